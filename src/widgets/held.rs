//! A frame that is drawn over the one before: what still stands on the buffer is neither painted nor compared again.
//!
//! Most of the time from a key to the screen goes into touching thousands of cells that have not changed: a computer
//! that slept until the key came has none of them at hand. Knows nothing of what is drawn.

use std::cell::{Cell, RefCell};
use std::sync::atomic::{AtomicU64, Ordering};

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// One frame of one buffer. The default is of none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Frame {
    buffer: u64,
    number: u64,
}

/// What is known of a buffer that is drawn on frame after frame.
#[derive(Debug)]
pub struct Held {
    frame: Cell<Frame>,
    /// Whether the buffer holds the frame before, cell by cell.
    level: Cell<bool>,
    /// Whether the frame that is being drawn goes over the one before.
    stands: Cell<bool>,
    /// Rows from and to, as they were painted.
    painted: RefCell<Vec<(u16, u16)>>,
}

impl Default for Held {
    fn default() -> Self {
        static BUFFERS: AtomicU64 = AtomicU64::new(1);
        let frame = Frame { buffer: BUFFERS.fetch_add(1, Ordering::Relaxed), number: 0 };
        Self {
            frame: Cell::new(frame),
            level: Cell::new(false),
            stands: Cell::new(false),
            painted: RefCell::new(Vec::new()),
        }
    }
}

impl Held {
    /// Says whether the buffer holds the frame before: not when it was painted by something else, or has a new size.
    pub fn set_level(&self, level: bool) {
        self.level.set(level);
    }

    /// Begins a frame on `buf`. It goes over the one before if the buffer holds that and `same` is what the painter
    /// says: that everything which is not painted through this is where it was. Else the buffer is blank.
    pub fn begin(&self, same: bool, buf: &mut Buffer) {
        let stands = same && self.level.get();
        if !stands {
            buf.reset();
        }
        let Frame { buffer, number } = self.frame.get();
        self.frame.set(Frame { buffer, number: number + 1 });
        self.stands.set(stands);
        self.painted.borrow_mut().clear();
    }

    /// The frame that is being drawn, or was drawn last.
    pub fn frame(&self) -> Frame {
        self.frame.get()
    }

    /// Whether the frame that is being drawn goes over the one before.
    pub fn stands(&self) -> bool {
        self.stands.get()
    }

    /// Whether `frame` was the last on this buffer. Before the next one is begun.
    pub fn is_last(&self, frame: Frame) -> bool {
        self.frame.get() == frame
    }

    /// Whether `frame` came just before the one that is being drawn, on the same buffer.
    pub fn follows(&self, frame: Frame) -> bool {
        let now = self.frame.get();
        now.buffer == frame.buffer && now.number == frame.number + 1
    }

    /// Whether what was painted in `frame` is there still.
    pub fn has(&self, frame: Frame) -> bool {
        self.stands.get() && self.follows(frame)
    }

    /// Says that something was painted in `area`.
    pub fn touch(&self, area: Rect) {
        self.painted.borrow_mut().push((area.top(), area.bottom()));
    }

    /// Blanks `area`, to be painted anew.
    pub fn wipe(&self, area: Rect, buf: &mut Buffer) {
        self.touch(area);
        if self.stands.get() {
            let area = area.intersection(buf.area);
            for y in area.top()..area.bottom() {
                for x in area.left()..area.right() {
                    if let Some(cell) = buf.cell_mut((x, y)) {
                        cell.reset();
                    }
                }
            }
        }
    }

    /// Whether the row may differ from that of the frame before.
    pub fn may_differ(&self, y: u16) -> bool {
        !self.stands.get() || self.painted.borrow().iter().any(|(from, to)| (*from..*to).contains(&y))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_frame_over_the_one_before_keeps_what_was_there() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 4, 3));
        let held = Held::default();
        held.begin(true, &mut buf);
        let first = held.frame();
        assert!(held.may_differ(2) && !held.has(first), "nothing stands in the first frame");
        buf.set_string(0, 1, "ab", ratatui::style::Style::new());
        held.set_level(true);
        held.begin(true, &mut buf);
        assert!(held.has(first) && held.follows(first) && !held.may_differ(1));
        assert_eq!(buf[(0, 1)].symbol(), "a");
        held.wipe(Rect::new(0, 1, 1, 1), &mut buf);
        assert!(held.may_differ(1) && !held.may_differ(0) && !held.may_differ(2));
        assert_eq!((buf[(0, 1)].symbol(), buf[(1, 1)].symbol()), (" ", "b"));
        held.begin(true, &mut buf);
        assert!(!held.has(first), "two frames ago");
        let third = held.frame();
        held.begin(false, &mut buf);
        assert!(held.may_differ(0) && !held.has(third) && buf[(1, 1)].symbol() == " ");
        assert!(!Held::default().follows(third), "another buffer");
    }
}
