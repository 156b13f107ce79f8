//! What a start of the program asks for: hidden, an account, a check, the link or file of a
//! hand-over. The same words come from the system's login, from a second start while the program
//! runs, from a click on a link, and from whoever writes a shortcut.

use std::path::Path;

use ninka_core::view::WishView;

use crate::hand_over;

/// Starts without a window: the argument that starting with the system gives.
pub(crate) const HIDDEN: &str = "--hidden";

/// The longest mail address (RFC 5321 section 4.5.3.1.3: a path of 256 octets with its brackets).
const LONGEST: usize = 254;

/// No start needs more arguments than this.
const MOST: usize = 8;

/// What the arguments ask for.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Start {
    /// Whether to stay without a window.
    pub(crate) hidden: bool,
    /// What the window is to do.
    pub(crate) wish: Option<WishView>,
}

/// Reads the arguments after the program's name, as they were given in `folder`. What is not
/// understood only shows the window. Performs I/O where a file is named.
pub(crate) fn parse<I: IntoIterator<Item = String>>(arguments: I, folder: &Path) -> Start {
    let mut start = Start::default();
    let mut arguments = arguments.into_iter().take(MOST);
    while let Some(argument) = arguments.next() {
        let wish = match argument.as_str() {
            HIDDEN => {
                start.hidden = true;
                continue;
            }
            "--check" => Some(WishView::Check),
            "--account" => address(arguments.next()).map(|address| WishView::Account {
                address,
                authorize: false,
            }),
            "--authorize" => address(arguments.next()).map(|address| WishView::Account {
                address,
                authorize: true,
            }),
            "--guide" => address(arguments.next()).map(|address| WishView::Guide { address }),
            other => hand_over::asked(other, folder),
        };
        if wish.is_none() {
            tracing::warn!("an argument of the start is not understood");
            return Start::default();
        }
        start.wish = wish;
    }
    // Who wishes for something wants to see it.
    start.hidden &= start.wish.is_none();
    start
}

fn address(address: Option<String>) -> Option<String> {
    address.filter(|address| {
        address.len() <= LONGEST
            && address.contains('@')
            && !address.chars().any(|c| c.is_control() || c.is_whitespace())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Start {
        parse(
            line.split_terminator(' ').map(str::to_owned),
            Path::new("/nowhere"),
        )
    }

    fn wish(wish: WishView) -> Start {
        Start {
            hidden: false,
            wish: Some(wish),
        }
    }

    #[test]
    fn what_is_asked_for() {
        let address = "order@hana-shop.example".to_owned();
        assert_eq!(parsed(""), Start::default());
        assert!(parsed("--hidden").hidden);
        assert_eq!(parsed("--check"), wish(WishView::Check));
        let text = "ninka:hand-over?v=1".to_owned();
        assert_eq!(
            parsed(&text),
            wish(WishView::HandOver { text: text.clone() })
        );
        assert_eq!(
            parsed("--guide order@hana-shop.example"),
            wish(WishView::Guide {
                address: address.clone()
            })
        );
        assert_eq!(
            parsed("--account order@hana-shop.example"),
            wish(WishView::Account {
                address: address.clone(),
                authorize: false
            })
        );
        assert_eq!(
            parsed("--hidden --authorize order@hana-shop.example"),
            wish(WishView::Account {
                address,
                authorize: true
            })
        );
    }

    #[test]
    fn what_is_not_understood_shows_the_window() {
        let long = format!("--account {}@hana-shop.example", "a".repeat(LONGEST));
        for line in [
            "--hidden --unknown",
            "--account",
            "--account nobody",
            "--account a@b\u{7}",
            "file.txt",
            &long,
        ] {
            assert_eq!(parsed(line), Start::default(), "{line}");
        }
    }
}
