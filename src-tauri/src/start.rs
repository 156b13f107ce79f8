//! What is decided before the window opens: the data folder, and whether this is practice.

use std::path::PathBuf;

use ninka_core::folders;

/// The data folder, or `None` where the user has no home folder.
pub(crate) fn data_folder() -> Option<PathBuf> {
    folders::data_folder(std::env::var_os(folders::FOLDER_VARIABLE).map(PathBuf::from))
}
