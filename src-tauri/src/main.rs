//! Starts the desktop program. Everything else is in the library.
//! On Windows no console window opens beside it.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    ninka_desktop::run()
}
