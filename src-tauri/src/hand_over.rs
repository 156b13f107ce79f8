//! What customer and support desk share: the pages of the guide, and hand-overs, made here for a
//! customer and opened here from a link or a file. The file is put
//! where the system keeps what was downloaded, under a name that is free.

use std::path::Path;

use ninka_core::Ninka;
use ninka_core::guided::script;
use ninka_core::handover::{ENDING, LONGEST_FILE, SCHEME};
use ninka_core::view::{GuidedPageView, HandOverLink, HandOverView, WishView};
use tauri::AppHandle;

use crate::commands::Answer;
use crate::exchange::write_new;
use crate::shell;

/// The pages of the guide through an authorization.
#[tauri::command]
pub(crate) fn guided() -> Vec<GuidedPageView> {
    Ninka::guided()
}

/// Makes the link for a customer.
#[tauri::command]
pub(crate) fn make_hand_over(holds: HandOverView) -> Answer<HandOverLink> {
    Ok(Ninka::make_hand_over(holds)?)
}

/// Tells what a link or a file hands over; nothing is taken over.
#[tauri::command]
pub(crate) fn read_hand_over(text: &str) -> Answer<HandOverLink> {
    Ok(Ninka::read_hand_over(text)?)
}

/// Writes the link for a customer to a new file; answers where it is.
#[tauri::command]
pub(crate) fn save_hand_over(holds: HandOverView, app: AppHandle) -> Answer<String> {
    let made = Ninka::make_hand_over(holds)?;
    let text = format!("{}\n", made.link);
    Ok(write_new(&app, "ninka-hand-over", ENDING, text.as_bytes())?)
}

/// Writes the staff's script of the guide to a new file, in the window's language; answers where it is.
#[tauri::command]
pub(crate) async fn save_script(app: AppHandle) -> Answer<String> {
    let html = script(shell::language(&app).await);
    Ok(write_new(&app, "ninka-script", "html", html.as_bytes())?)
}

/// What the window is asked for by a link or a file of a hand-over; `None` for anything else. A
/// relative place is one in `folder`. Performs I/O.
pub(crate) fn asked(argument: &str, folder: &Path) -> Option<WishView> {
    let scheme = argument.get(..SCHEME.len());
    if scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case(SCHEME)) {
        // Longer ones are refused by the core; one octet too many is enough to know.
        let text = argument.chars().take(LONGEST_FILE + 1).collect();
        return Some(WishView::HandOver { text });
    }
    let named = match tauri::Url::parse(argument) {
        Ok(url) if url.scheme() == "file" => url.to_file_path().ok()?,
        Ok(_) | Err(_) => folder.join(argument),
    };
    if named.extension().is_none_or(|ending| ending != ENDING) {
        return None;
    }
    Some(match Ninka::hand_over_file(&named) {
        Ok(text) => WishView::HandOver { text },
        Err(problem) => WishView::Refused {
            problem: Box::new(problem.into()),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_files_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let text = |text: &str| {
            Some(WishView::HandOver {
                text: text.to_owned(),
            })
        };
        let link = "ninka:hand-over?v=1";
        assert_eq!(asked(link, folder.path()), text(link));
        assert_eq!(asked("NINKA:x", folder.path()), text("NINKA:x"));
        let file = folder.path().join("店.ninka");
        std::fs::write(&file, link).unwrap();
        let url = tauri::Url::from_file_path(&file).unwrap();
        for named in ["店.ninka", file.to_str().unwrap(), url.as_str()] {
            assert_eq!(asked(named, folder.path()), text(link), "{named}");
        }
        assert!(matches!(
            asked("gone.ninka", folder.path()),
            Some(WishView::Refused { .. })
        ));
        for other in ["", "ninka", "--check", "https://x.example/a.txt", "店.txt"] {
            assert_eq!(asked(other, folder.path()), None, "{other}");
        }
    }
}
