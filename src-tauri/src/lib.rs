//! The shell: window and thin commands. No product logic; that is `ninka-core`.
//! Everything of Tauri stays in this crate.
