//! What the system must have. On Debian it is installed with apt-get; elsewhere it is named, with
//! the line that installs it.
//! npm's and cargo's packages are not here: they install what they need by themselves.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::shell;

/// What every build of the window needs on Debian.
pub(crate) const BUILD: &[&str] = &["libc6-dev", "gcc", "libwebkit2gtk-4.1-dev", "pkg-config"];

/// A virtual display with session bus, keyring and fonts, and what drives the window and a browser.
pub(crate) const WINDOW: &[&str] = &[
    "chromium",
    "chromium-driver",
    "dbus",
    "dbus-daemon",
    "fonts-noto-cjk",
    "gnome-keyring",
    "libayatana-appindicator3-1",
    "libglib2.0-bin",
    "webkit2gtk-driver",
    "xdg-utils",
    "xvfb",
];

/// Real mail servers, and what only the tests use.
pub(crate) const SERVERS: &[&str] = &[
    "curl",
    "dovecot-imapd",
    "dovecot-lmtpd",
    "dovecot-pop3d",
    "getmail6",
    "postfix",
    "python3",
    "sqlite3",
];

/// The other systems' compilers, and Windows' stand-in to run its tests.
#[cfg(target_os = "linux")]
pub(crate) const CROSS: &[&str] = &[
    "cargo-web",
    "g++-mingw-w64-x86-64-win32",
    "gcc-mingw-w64-x86-64-win32",
    "mingw-w64-x86-64-dev",
    "nasm",
    "rust-web-clippy",
    "rust-web-src",
    "rustc-web",
    "wine",
    "wine64",
];

/// The oldest Node.js that Vite runs on.
const NODE: (u32, u32) = (20, 19);

/// Services that a package would start by itself, and that only the tests use, on their own ports.
const SERVICES: [&str; 2] = ["dovecot", "postfix"];

/// Installs what is missing of these groups, or says exactly what to install.
pub(crate) fn need(groups: &[&[&str]]) -> Result<()> {
    if cfg!(not(target_os = "linux")) {
        return name_missing();
    }
    let mut wanted: Vec<&str> = groups.concat();
    if !has_node() {
        // Debian 12's own Node is too old for Vite.
        bail!(
            "Node.js {}.{} or newer is missing: https://nodejs.org/en/download",
            NODE.0,
            NODE.1
        );
    }
    if !shell::found("apt-get") || !shell::found("dpkg-query") {
        println!(
            "This is not Debian: what its packages bring must be here already ({}).",
            wanted.join(", ")
        );
        return Ok(());
    }
    wanted.retain(|package| !is_installed(package));
    if wanted.is_empty() {
        println!("nothing to install");
        return Ok(());
    }
    install(&wanted)
}

fn has_node() -> bool {
    shell::output(shell::command("node").arg("--version"))
        .is_ok_and(|version| node_version(&version).is_some_and(|version| version >= NODE))
}

/// Major and minor of `v20.19.2`.
fn node_version(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.strip_prefix('v')?.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

fn is_installed(package: &str) -> bool {
    let mut query = shell::command("dpkg-query");
    query.args(["--show", "--showformat", "${db:Status-Status}", package]);
    shell::output(&mut query).is_ok_and(|status| status == "installed")
}

fn install(packages: &[&str]) -> Result<()> {
    println!("installing {}", packages.join(", "));
    shell::run_quietly(as_root("apt-get").args(["update", "--quiet"]))?;
    let services = ServicesStayOff::new()?;
    let mut apt = as_root("env");
    apt.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "install"])
        .args(["--yes", "--quiet", "--no-install-recommends"])
        .args(packages);
    let installed = shell::run_quietly(&mut apt);
    drop(services);
    installed.context("apt-get could not install what is missing")?;
    keep_off_at_boot(packages)
}

/// A command with the rights to change the system.
fn as_root(program: &str) -> Command {
    if is_root() {
        return shell::command(program);
    }
    let mut sudo = shell::command("sudo");
    sudo.arg(program);
    sudo
}

fn is_root() -> bool {
    shell::output(shell::command("id").arg("-u")).is_ok_and(|id| id == "0")
}

/// While it lives, no package starts its service: Debian asks this file before it does.
struct ServicesStayOff {
    ours: bool,
}

impl ServicesStayOff {
    const FILE: &str = "/usr/sbin/policy-rc.d";

    fn new() -> Result<Self> {
        let ours = !Path::new(Self::FILE).exists();
        if ours {
            let write = format!(
                "printf '#!/bin/sh\\nexit 101\\n' > {0} && chmod 755 {0}",
                Self::FILE
            );
            shell::output(as_root("sh").args(["-c", &write]))?;
        }
        Ok(Self { ours })
    }
}

impl Drop for ServicesStayOff {
    fn drop(&mut self) {
        if self.ours
            && let Err(fault) = shell::output(as_root("rm").args(["-f", Self::FILE]))
        {
            eprintln!("{fault:#}");
        }
    }
}

/// A developer's machine must not become a mail server at its next start.
fn keep_off_at_boot(packages: &[&str]) -> Result<()> {
    if !Path::new("/run/systemd/system").exists() {
        return Ok(());
    }
    for service in SERVICES {
        if packages.iter().any(|package| package.starts_with(service)) {
            shell::output(as_root("systemctl").args(["disable", "--quiet", service]))?;
        }
    }
    Ok(())
}

/// On Windows and macOS nothing is installed unasked: each missing part is named with its line.
fn name_missing() -> Result<()> {
    let mut missing = Vec::new();
    if !has_node() {
        missing.push(if cfg!(windows) {
            ("Node.js", "winget install --exact --id OpenJS.NodeJS.LTS")
        } else {
            ("Node.js", "brew install node")
        });
    }
    if cfg!(windows) && !has_webview2() {
        missing.push((
            "Microsoft Edge WebView2 Runtime",
            "winget install --exact --id Microsoft.EdgeWebView2Runtime",
        ));
    }
    if cfg!(windows) && cfg!(target_env = "msvc") && !has_build_tools() {
        missing.push((
            "Visual Studio Build Tools for C++",
            "winget install --exact --id Microsoft.VisualStudio.2022.BuildTools --override \
             \"--passive --wait --add Microsoft.VisualStudio.Workload.VCTools --includeRecommended\"",
        ));
    }
    if cfg!(target_os = "macos") && shell::output(shell::command("xcode-select").arg("-p")).is_err()
    {
        missing.push(("Xcode command line tools", "xcode-select --install"));
    }
    if missing.is_empty() {
        println!("nothing is missing");
        return Ok(());
    }
    let lines: Vec<String> = missing
        .iter()
        .map(|(part, line)| format!("  {part}\n    {line}"))
        .collect();
    bail!(
        "missing on this computer; run these lines, open a new terminal and try again:\n{}",
        lines.join("\n")
    )
}

/// The runtime leaves its version in the registry, per machine or per user.
fn has_webview2() -> bool {
    const CLIENT: &str = r"Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}";
    [
        r"HKLM\SOFTWARE\WOW6432Node",
        r"HKLM\SOFTWARE",
        r"HKCU\Software",
    ]
    .iter()
    .any(|hive| {
        let key = format!(r"{hive}\{CLIENT}");
        let mut query = shell::command("reg");
        query.args(["query", &key, "/v", "pv"]);
        shell::output(&mut query).is_ok_and(|answer| !answer.contains(" 0.0.0.0"))
    })
}

/// Visual Studio's own finder stands at a fixed place.
fn has_build_tools() -> bool {
    let programs = std::env::var_os("ProgramFiles(x86)").unwrap_or_default();
    let finder = Path::new(&programs).join(r"Microsoft Visual Studio\Installer\vswhere.exe");
    let mut find = shell::command(finder);
    find.args(["-products", "*", "-property", "installationPath"])
        .args([
            "-requires",
            "Microsoft.VisualStudio.Component.VC.Tools.x86.x64",
        ]);
    shell::output(&mut find).is_ok_and(|path| !path.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_versions_are_compared_as_numbers() {
        assert!(node_version("v20.19.0").unwrap() >= NODE);
        assert!(node_version("v22.4.1").unwrap() >= NODE);
        assert!(node_version("v20.9.0").unwrap() < NODE);
        assert_eq!(node_version("20"), None);
    }
}
