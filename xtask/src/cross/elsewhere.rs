//! Where there is no `cargo xtask cross`: it is made of Debian's packages.
//! The steps themselves are in `cross.rs`.

use anyhow::{Result, bail};

use crate::steps::Steps;

pub(crate) const STEPS: Steps = Steps(&[]);

/// Says where it runs.
pub(crate) fn cross(_steps: &[String]) -> Result<()> {
    bail!("`cargo xtask cross` runs on Debian 12")
}
