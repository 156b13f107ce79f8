//! Starts the desktop program. See the library for everything else.
//! On Windows no console window opens beside it.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() {}
