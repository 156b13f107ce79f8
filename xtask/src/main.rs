//! The commands of the project: `cargo xtask run`, `test`, `cross` and the small ones they are made of.
//! Each installs what it lacks on Debian and names it elsewhere.

fn main() {}
