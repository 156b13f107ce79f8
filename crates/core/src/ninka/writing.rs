//! The preview of outgoing mail: what will be read of what was typed. Nothing is sent or kept.

use super::Ninka;
use crate::charset::{Writing, prepare};
use crate::view::{PreviewRequest, PreviewView};

/// The longest text that is previewed, in characters; more is cut off.
const PREVIEW_MAX: usize = 5_000;

impl Ninka {
    /// Tells how a mail will arrive. Pure; fast enough for every keystroke.
    #[must_use]
    pub fn preview(request: &PreviewRequest) -> PreviewView {
        let Writing { charset, guard } = request.writing.into();
        let cut = |text: &str| text.chars().take(PREVIEW_MAX).collect::<String>();
        (&prepare(&cut(&request.subject), &cut(&request.body), charset, guard)).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{ChangeView, CharsetView, GuardView, PreviewText, WritingView};

    fn preview(subject: &str, body: &str, guard: GuardView) -> PreviewView {
        let writing = WritingView {
            charset: CharsetView::Iso2022Jp,
            guard,
        };
        let (subject, body) = (subject.to_owned(), body.to_owned());
        Ninka::preview(&PreviewRequest {
            subject,
            body,
            writing,
        })
    }

    fn read(text: &PreviewText) -> String {
        text.pieces
            .iter()
            .map(|piece| piece.text.as_str())
            .collect()
    }

    #[test]
    fn the_pieces_are_the_text_with_its_changes_marked() {
        let shown = preview("№1", "ご注文①〜②です", GuardView::Replace);
        assert_eq!(read(&shown.subject), "No.1");
        assert_eq!(read(&shown.body), "ご注文(1)～(2)です");
        let marked: Vec<_> = shown
            .body
            .pieces
            .iter()
            .filter_map(|piece| Some((piece.written.as_deref()?, piece.change?)))
            .collect();
        let expected = [
            ("①", ChangeView::Replaced),
            ("〜", ChangeView::SameLook),
            ("②", ChangeView::Replaced),
        ];
        assert_eq!(marked, expected);
    }

    #[test]
    fn the_charset_is_the_one_it_goes_out_in() {
        let guard = GuardView::Utf8WhenNeeded;
        assert_eq!(preview("", "♡", guard).charset, CharsetView::Utf8);
        assert_eq!(preview("", "はい", guard).charset, CharsetView::Iso2022Jp);
        let long = preview("", &"あ".repeat(PREVIEW_MAX + 1), guard);
        assert_eq!(read(&long.body).chars().count(), PREVIEW_MAX);
    }
}
