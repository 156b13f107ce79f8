//! The standard library for systems that Debian's Rust has none for, built once per compiler from
//! the source that Debian ships, into a sysroot of our own.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::shell;

/// What a library must be called for cargo to build the standard one along.
const MANIFEST: &str = "\
[package]
name = \"probe\"
version = \"0.0.0\"
edition = \"2024\"

[workspace]
";

/// Checking needs no object code: every object is empty, and questions about the compiler are
/// answered by the host's.
const EMPTY_COMPILER: &str = r#"#!/bin/sh
object= compiles= before=
for word; do
    case $word in -c) compiles=yes ;; esac
    case $before in -o) object=$word ;; esac
    before=$word
done
case $compiles$object in
yes?*) exec cc -x c -c -o "$object" /dev/null ;;
*) exec cc "$@" ;;
esac
"#;

/// Builds the standard library for a target, unless this compiler's is there.
pub(super) fn build(target: &str, optimised: u8) -> Result<()> {
    let libraries = sysroot()?.join("lib/rustlib").join(target).join("lib");
    let stamp = libraries.join("built-by");
    let version = shell::output(shell::command(programs()?.join("rustc")).arg("-vV"))?;
    if fs::read_to_string(&stamp).is_ok_and(|built_by| built_by == version) {
        println!("{target} is up to date");
        return Ok(());
    }
    let probe = super::folder()?.join("probe");
    shell::remove_folder(&probe)?;
    fs::create_dir_all(probe.join("src"))?;
    fs::write(probe.join("Cargo.toml"), MANIFEST)?;
    fs::write(probe.join("src/lib.rs"), "#![no_std]\n")?;

    let mut cargo = super::debian_cargo("build --quiet --release")?;
    cargo
        .args(["-Zbuild-std=std,panic_abort,proc_macro,test", "--target"])
        .arg(target)
        .current_dir(&probe)
        // Building the standard library is the one thing that a stable compiler must be allowed.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_DIR", probe.join("target"))
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", optimised.to_string());
    shell::run(&mut cargo)?;

    shell::remove_folder(&libraries)?;
    fs::create_dir_all(&libraries)?;
    let built = probe.join("target").join(target).join("release/deps");
    for entry in fs::read_dir(&built).with_context(|| built.display().to_string())? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.ends_with(".rlib") && !name.starts_with("libprobe-") {
            fs::copy(&path, libraries.join(&*name))?;
        }
    }
    shell::remove_folder(&probe)?;
    // Last: what was broken off has none.
    fs::write(&stamp, version)?;
    Ok(())
}

/// Where the compiler looks for the standard library of the other systems.
pub(super) fn sysroot() -> Result<PathBuf> {
    Ok(super::folder()?.join("sysroot"))
}

/// A folder with nothing but Debian's Rust programs. cargo looks for its subcommands beside rustup
/// first, unless they stand on the path before.
pub(super) fn programs() -> Result<PathBuf> {
    let bin = super::folder()?.join("bin");
    fs::create_dir_all(&bin)?;
    for name in ["cargo", "cargo-clippy", "clippy-driver", "rustc", "rustdoc"] {
        let link = bin.join(name);
        if !link.is_symlink() {
            symlink(Path::new("/usr/bin").join(name), link)?;
        }
    }
    Ok(bin)
}

/// A C compiler for macOS that is good enough for checking.
pub(super) fn empty_compiler() -> Result<PathBuf> {
    let path = super::folder()?.join("empty-cc");
    if !fs::read_to_string(&path).is_ok_and(|script| script == EMPTY_COMPILER) {
        fs::write(&path, EMPTY_COMPILER)?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755))?;
    }
    Ok(path)
}
