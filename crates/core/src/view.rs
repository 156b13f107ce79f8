//! What crosses to the screens and to the command line's JSON: plain data, made from the core's
//! types by exhaustive conversions. Nothing secret has a field here. A test writes the TypeScript
//! of these types to `ui/src/generated`, and fails where the committed files differ. What the
//! command line answers with has a JSON schema, too: `ninka schemas` writes it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

mod account;
mod backup;
mod case;
mod check;
mod consent;
mod evidence;
mod exchange;
mod explanation;
mod guided;
mod handover;
mod history;
mod kind;
mod operators;
mod practice;
mod probe;
mod problem;
mod proof;
mod readout;
mod report;
mod self_test;
mod servers;
mod settings;
mod shell;
mod status;
mod writing;

pub use account::*;
pub use backup::*;
pub use case::*;
pub use check::*;
pub use consent::*;
pub use evidence::*;
pub use exchange::*;
pub use explanation::*;
pub use guided::*;
pub use handover::*;
pub use history::*;
pub use kind::*;
pub use operators::*;
pub use practice::*;
pub use problem::*;
pub use proof::*;
pub use readout::*;
pub use report::*;
pub use self_test::*;
pub use servers::*;
pub use settings::*;
pub use shell::*;
pub use status::*;
pub use writing::*;
