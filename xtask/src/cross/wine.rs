//! A Windows of wine's own to run test programs in, apart from the user's.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::shell;

/// Rust's standard library takes its random numbers from `bcryptprimitives.dll`, which Debian 12's
/// wine lacks. This forwards to what wine has. For tests only; it is in nothing that ships, and can
/// go when Debian's wine has the library (wine 9).
const RANDOM_NUMBERS: &str = r#"
#include <windows.h>
#define RtlGenRandom SystemFunction036
BOOLEAN NTAPI RtlGenRandom(PVOID buffer, ULONG size);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size)
{
    const SIZE_T most = 1u << 28;
    for (SIZE_T done = 0; done < size;) {
        ULONG part = (ULONG)(size - done < most ? size - done : most);
        if (!RtlGenRandom(data + done, part))
            return FALSE;
        done += part;
    }
    return TRUE;
}
"#;

/// Makes the Windows folder, unless it is there, and returns it.
pub(super) fn prefix() -> Result<PathBuf> {
    let prefix = super::folder()?.join("wine");
    let library = prefix.join("drive_c/windows/system32/bcryptprimitives.dll");
    if library.is_file() {
        return Ok(prefix);
    }
    // One that was broken off half-way is of no use.
    shell::remove_folder(&prefix)?;
    fs::create_dir_all(&prefix)?;
    for line in [["wineboot", "--init"], ["wineserver", "--wait"]] {
        let [program, argument] = line;
        let mut wine = shell::command(program);
        environment(wine.arg(argument), &prefix);
        shell::output(&mut wine)?;
    }
    let source = super::folder()?.join("random-numbers.c");
    fs::write(&source, RANDOM_NUMBERS)?;
    let mut compile = shell::command("x86_64-w64-mingw32-gcc");
    compile
        .args(["-O2", "-s", "-shared", "-o"])
        .args([&library, &source])
        .arg("-ladvapi32");
    shell::run(&mut compile)?;
    Ok(prefix)
}

/// Lets cargo run Windows programs in it.
pub(super) fn environment(command: &mut Command, prefix: &Path) {
    command
        .env("WINEPREFIX", prefix)
        .env("WINEDEBUG", "-all")
        // No offer to download a browser or .NET.
        .env("WINEDLLOVERRIDES", "mscoree,mshtml=")
        .env("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER", "wine")
        .env_remove("DISPLAY");
}
