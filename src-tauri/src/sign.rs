//! The picture in the tray: the program's own, with a triangle and an exclamation mark in its corner
//! when somebody has to do something. The shape tells, not only the colour.

use tauri::image::Image;

/// The side of the picture, in pixels.
const SIDE: usize = 32;

/// The side of the triangle in its corner.
const MARK: usize = 18;

/// The program's picture.
const PLAIN: Image<'_> = tauri::include_image!("../icons/32x32.png");

/// From here on a colour is paper: in macOS' menu bar the envelope stands alone.
const PAPER: u8 = 200;

/// The picture, with the mark or without.
pub(crate) fn sign(marked: bool) -> Image<'static> {
    let template = cfg!(target_os = "macos");
    let mut pixels = PLAIN.rgba().to_vec();
    if template {
        for pixel in pixels.chunks_exact_mut(4) {
            if let [red, green, blue, alpha] = pixel {
                let paper = [*red, *green, *blue].iter().all(|part| *part >= PAPER);
                *alpha = if paper { *alpha } else { 0 };
                (*red, *green, *blue) = (0, 0, 0);
            }
        }
    }
    if marked {
        mark(&mut pixels, template);
    }
    let side = u32::try_from(SIDE).unwrap_or_default();
    Image::new_owned(pixels, side, side)
}

fn mark(pixels: &mut [u8], template: bool) {
    let (ground, ink, clear) = if template {
        ([0, 0, 0, 255], [0, 0, 0, 0], [0, 0, 0, 0])
    } else {
        ([255, 196, 0, 255], [20, 20, 20, 255], [20, 20, 20, 255])
    };
    for row in 0..MARK {
        for column in 0..MARK {
            // The triangle's half width grows by one pixel every two rows.
            let from_axis = column.abs_diff(MARK / 2);
            let half = row.div_ceil(2);
            if from_axis > half {
                continue;
            }
            let edge = from_axis == half || row + 1 == MARK;
            let stroke = from_axis == 0 && ((6..12).contains(&row) || row == 14);
            let colour = if edge {
                clear
            } else if stroke {
                ink
            } else {
                ground
            };
            let at = ((SIDE - MARK + row) * SIDE + SIDE - MARK + column) * 4;
            if let Some(pixel) = pixels.get_mut(at..at + 4) {
                pixel.copy_from_slice(&colour);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_changes_the_shape_and_nothing_else() {
        let (calm, marked) = (sign(false), sign(true));
        assert_eq!(calm.rgba().len(), SIDE * SIDE * 4);
        let differing = calm
            .rgba()
            .chunks_exact(4)
            .zip(marked.rgba().chunks_exact(4))
            .enumerate()
            .filter(|(_, (before, after))| before != after)
            .map(|(at, _)| (at % SIDE, at / SIDE));
        let places: Vec<_> = differing.collect();
        assert!(places.len() > MARK * MARK / 4, "{}", places.len());
        let corner = SIDE - MARK;
        assert!(places.iter().all(|(x, y)| *x >= corner && *y >= corner));
    }
}
