//! Placeholder until the commands are listed.
//! See lib.rs.
fn main() {}
