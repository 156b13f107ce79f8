//! A text as a QR code, drawn as the outline of its dark fields: the screens draw it in their own
//! colours, and nothing that came from outside becomes markup.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

use crate::view::QrView;

/// The empty frame around it, in fields (ISO/IEC 18004, section 6.3.8).
const QUIET: usize = 4;

/// Draws a text; `None` where it is too long.
#[must_use]
pub fn qr(text: &str) -> Option<QrView> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let colors = code.to_colors();
    let mut path = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        let mut fields = row.iter().enumerate().peekable();
        while let Some((x, color)) = fields.next() {
            if *color == Color::Light {
                continue;
            }
            let mut run = 1;
            while fields
                .next_if(|(_, color)| **color == Color::Dark)
                .is_some()
            {
                run += 1;
            }
            let (left, top) = (x + QUIET, y + QUIET);
            // Writing to a string does not fail.
            let _infallible = write!(path, "M{left} {top}h{run}v1h-{run}z");
        }
    }
    let size = u32::try_from(width + 2 * QUIET).ok()?;
    Some(QrView { size, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawn_with_a_frame_and_its_three_corners() {
        let code = qr("https://microsoft.com/devicelogin").unwrap();
        // Version 3: 29 fields and the frame.
        assert_eq!(code.size, 29 + 8);
        assert!(code.path.starts_with("M4 4h7v1h-7z"), "{}", code.path);
        assert!(code.path.contains("M26 4h7v1h-7z"));
        assert!(qr(&"x".repeat(5000)).is_none());
    }
}
