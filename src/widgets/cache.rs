//! Keeps a pane as it was drawn. Most of a frame's time is measuring and writing text that has not changed since the last
//! one; a pane that did not change is copied instead. Knows nothing of what is in it.

use std::cell::Cell;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::held::{Frame, Held};

/// A pane that is drawn again only when its version or its place changes.
#[derive(Default)]
pub struct PaneCache {
    kept: Cell<Option<Kept>>,
}

struct Kept {
    version: u64,
    buffer: Buffer,
    /// Where it was shown last, if frames are drawn there one over the other.
    shown: Option<Frame>,
}

impl PaneCache {
    /// Shows the pane in `area`: a copy of what `draw` drew last if `version` and `area` are the same, else drawn anew.
    /// `version` stands for everything that the drawing depends on, the theme, the language and the focus included:
    /// see [`version`]. `draw` gets a blank buffer of the area alone. Where `held` says that the pane is on `buf` still,
    /// nothing is done; what may be painted over it must be in its place in every such frame.
    pub fn draw(
        &self,
        held: Option<&Held>,
        buf: &mut Buffer,
        area: Rect,
        version: u64,
        draw: impl FnOnce(&mut Buffer, Rect),
    ) {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return;
        }
        let shown = held.map(Held::frame);
        let mut there = false;
        let kept = match self.kept.take() {
            Some(kept) if kept.version == version && kept.buffer.area == area => {
                there = held.zip(kept.shown).is_some_and(|(held, shown)| held.has(shown));
                Kept { shown: shown.or(kept.shown), ..kept }
            }
            old => {
                let mut buffer = old.map_or_else(|| Buffer::empty(area), |old| old.buffer);
                buffer.resize(area);
                buffer.reset();
                draw(&mut buffer, area);
                Kept { version, buffer, shown }
            }
        };
        if !there {
            copy(&kept.buffer, buf);
            if let Some(held) = held {
                held.touch(area);
            }
        }
        self.kept.set(Some(kept));
    }

    /// Forgets the pane, so that the next look draws it.
    pub fn forget(&self) {
        self.kept.set(None);
    }
}

impl Clone for PaneCache {
    /// An empty one: what was kept is worth nothing elsewhere.
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl fmt::Debug for PaneCache {
    /// Without what is on the pane, which may be about a person.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PaneCache").finish_non_exhaustive()
    }
}

/// A version made of what a drawing depends on. Good for this run of the program only.
pub fn version(of: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

/// Copies `from`, whose area lies inside that of `to`, row by row.
fn copy(from: &Buffer, to: &mut Buffer) {
    let width = usize::from(from.area.width);
    let stride = usize::from(to.area.width);
    let left = usize::from(from.area.x - to.area.x);
    let top = usize::from(from.area.y - to.area.y);
    let rows = to.content.chunks_mut(stride).skip(top);
    for (source, row) in from.content.chunks(width).zip(rows) {
        if let Some(place) = row.get_mut(left..left + width) {
            place.clone_from_slice(source);
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::style::Style;

    use super::*;
    use crate::widgets::{put, screen_text};

    /// What is on the screen, and whether the pane was drawn for it.
    fn show(pane: &PaneCache, area: Rect, version: u64, text: &str) -> (String, bool) {
        let mut buf = Buffer::empty(Rect::new(1, 1, 10, 3));
        let mut drawn = false;
        pane.draw(None, &mut buf, area, version, |buf, area| {
            drawn = true;
            for y in area.top()..area.bottom() {
                put(buf, area.x, y, area.width, text, Style::new());
            }
        });
        (screen_text(&buf), drawn)
    }

    #[test]
    fn draws_again_only_for_another_version_or_place() {
        let (pane, area) = (PaneCache::default(), Rect::new(3, 2, 6, 1));
        assert_eq!(show(&pane, area, 1, "徳山"), ("\n  徳山\n\n".to_owned(), true));
        assert_eq!(show(&pane, area, 1, "病院"), ("\n  徳山\n\n".to_owned(), false));
        assert_eq!(show(&pane, area, 2, "病"), ("\n  病\n\n".to_owned(), true));
        assert_eq!(show(&pane, Rect::new(3, 2, 6, 2), 2, "徳山"), ("\n  徳山\n  徳山\n".to_owned(), true));
        pane.forget();
        assert!(show(&pane, area, 2, "病").1);
    }

    #[test]
    fn any_area_is_taken() {
        let pane = PaneCache::default();
        for area in [Rect::ZERO, Rect::new(0, 0, 99, 99), Rect::new(40, 40, 2, 2), Rect::new(10, 3, 5, 5)] {
            show(&pane, area, 1, "徳山中央");
        }
        pane.draw(None, &mut Buffer::empty(Rect::ZERO), Rect::new(0, 0, 4, 4), 1, |_, _| {});
    }

    #[test]
    fn versions_tell_states_apart() {
        assert_eq!(version(&("案件", 1)), version(&("案件", 1)));
        assert_ne!(version(&("案件", 1)), version(&("案件", 2)));
    }
}
