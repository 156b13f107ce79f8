//! Where Ninka keeps its data on each system. Not roaming on Windows: the key that opens the data
//! is in this computer's keyring, so the data would be of no use elsewhere.

use std::path::PathBuf;

use directories::ProjectDirs;

/// Names another data folder, for tests and for support.
pub const FOLDER_VARIABLE: &str = "NINKA_DATA_DIR";

/// The data folder: `given`, else the platform's.
///
/// Linux `~/.local/share/ninka`, macOS `~/Library/Application Support/Ninka`,
/// Windows `%LOCALAPPDATA%\Ninka\data`. `None` where the user has no home folder.
#[must_use]
pub fn data_folder(given: Option<PathBuf>) -> Option<PathBuf> {
    given
        .filter(|folder| !folder.as_os_str().is_empty())
        .or_else(|| {
            ProjectDirs::from("", "", "Ninka").map(|folders| folders.data_local_dir().to_owned())
        })
}
