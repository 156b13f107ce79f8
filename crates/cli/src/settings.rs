//! `ninka settings get|set`.

use ninka_core::Ninka;

use crate::arguments::SettingsCommand;
use crate::output::Output;
use crate::{Ended, Verdict};

pub(crate) async fn run(command: SettingsCommand, ninka: &Ninka, output: &Output) -> Ended {
    match command {
        SettingsCommand::Get { key } => output.line(&ninka.setting(&key).await?),
        SettingsCommand::Set { key, value } => ninka.set_setting(&key, &value).await?,
    }
    Ok(Verdict::Well)
}
