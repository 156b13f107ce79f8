//! The user's handbook, which comes with the program and is read in the system's browser without a
//! network. The window names a page, never a path; `cargo xtask handbook` builds it.

use std::path::{Path, PathBuf};

use ninka_core::Problem;
use ninka_core::diagnosis::Cause;
use tauri::{AppHandle, Manager as _};
use tauri_plugin_opener::OpenerExt as _;

use crate::commands::Answer;
use crate::shell;

/// Its folder among the program's resources, as `tauri.bundle.conf.json` puts it there.
const FOLDER: &str = "handbook";

/// Where it is, if it came with the program. One that was not installed has it beside its own file.
pub(crate) fn folder(app: &AppHandle) -> Option<PathBuf> {
    let installed = app.path().resource_dir().ok();
    let program = std::env::current_exe().ok();
    let beside = program
        .as_deref()
        .and_then(Path::parent)
        .map(Path::to_owned);
    let folders = installed.into_iter().chain(beside);
    folders
        .map(|folder| folder.join(FOLDER))
        .find(|folder| folder.is_dir())
}

/// The file of a page in the book of a language: its beginning, or a cause by its name.
fn file(page: &str) -> Option<PathBuf> {
    if page == "index" {
        return Some(PathBuf::from("index.html"));
    }
    let cause = Cause::from_code(page)?;
    Some(
        Path::new("causes")
            .join(cause.code())
            .with_extension("html"),
    )
}

/// Opens a page of the handbook.
#[tauri::command]
pub(crate) async fn open_handbook(page: String, app: AppHandle) -> Answer<()> {
    let Some(file) = file(&page) else {
        return Err(Problem::SettingInvalid { key: page }.into());
    };
    let language = shell::language(&app).await.code();
    let folder = folder(&app).unwrap_or_else(|| PathBuf::from(FOLDER));
    let path = folder.join(language).join(file);
    let shown = path.display().to_string();
    if !path.is_file() {
        return Err(Problem::FileUnreadable { path: shown }.into());
    }
    app.opener()
        .open_path(shown, None::<&str>)
        .map_err(|fault| {
            tracing::warn!("the handbook could not be opened: {fault}");
            Problem::BrowserNotOpened
        })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_that_are_known_have_a_file() {
        assert_eq!(file("index").unwrap(), Path::new("index.html"));
        for cause in Cause::ALL {
            let expected = format!("causes/{}.html", cause.code());
            assert_eq!(file(cause.code()).unwrap(), Path::new(&expected));
        }
        for foreign in [
            "",
            "..",
            "../index",
            "/etc/passwd",
            r"C:\a",
            "moon",
            "https://a.example",
        ] {
            assert_eq!(file(foreign), None, "{foreign}");
        }
    }

    #[test]
    fn an_installed_program_has_it_where_it_looks() {
        let config = include_str!("../tauri.bundle.conf.json");
        let config: serde_json::Value = serde_json::from_str(config).unwrap();
        let resources = config["bundle"]["resources"].as_object().unwrap();
        let targets: Vec<_> = resources.values().filter_map(|to| to.as_str()).collect();
        assert_eq!(targets, [format!("{FOLDER}/")]);
    }
}
