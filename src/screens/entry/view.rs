//! How the way in is drawn: what it is, the lines, what is wrong, how long to wait. Changes no state.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{Gate, Stage, lines};
use crate::keys::Action;
use crate::screens::look::Look;
use crate::widgets::paint::put_wrapped;
use crate::widgets::panel::Panel;

/// Text that goes on downwards in a room.
struct Page<'b> {
    room: Rect,
    buf: &'b mut Buffer,
}

impl Page<'_> {
    fn write(&mut self, text: &str, style: Style) {
        let rows = put_wrapped(self.buf, self.room, text, style);
        self.skip(rows);
    }

    fn skip(&mut self, rows: u16) {
        let rows = rows.min(self.room.height);
        self.room = Rect { y: self.room.y + rows, height: self.room.height - rows, ..self.room };
    }
}

impl Gate {
    pub(super) fn draw(&self, now: Duration, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let inner = Panel::new(look.theme).title(&look.t(self.title())).focused(true).draw(buf, area);
        let room = Rect { x: inner.x + 2, width: inner.width.saturating_sub(4).min(90), ..inner };
        let mut page = Page { room, buf };
        page.skip(u16::from(room.height > 14));
        if let Some((by, at)) = &self.locked {
            let at = at.format("%H:%M").to_string();
            page.write(&look.locale.f("entry-locked-by", &[("name", by), ("at", &at)]), look.theme.text);
        }
        for key in self.about() {
            page.write(&look.t(key), look.theme.text);
        }
        page.skip(1);
        let height = self.lines.height().min(page.room.height);
        let at = Rect { height, ..page.room };
        let caret = self.lines.view(look, at, page.buf);
        page.skip(height + 1);
        self.outcome(now, look, &mut page);
        caret.filter(|_| !self.waiting)
    }

    const fn title(&self) -> &'static str {
        match (&self.stage, self.locked.is_some()) {
            (Stage::Passphrase, true) => "entry-title-locked",
            (Stage::Passphrase, false) => "entry-title-closed",
            (Stage::Key | Stage::Recover(_), _) => "entry-title-recovery",
            (Stage::Seal, _) => "entry-title-seal",
        }
    }

    const fn about(&self) -> &'static [&'static str] {
        match (&self.stage, self.locked.is_some()) {
            (Stage::Passphrase, true) => &["entry-locked-about"],
            (Stage::Passphrase, false) => &["entry-closed-about"],
            (Stage::Key, _) => &["entry-key-about"],
            (Stage::Recover(_), _) => &["entry-recover-about", "entry-rules"],
            (Stage::Seal, _) => &["entry-seal-about", "entry-rules"],
        }
    }

    /// What came of it, or what is to be known meanwhile.
    fn outcome(&self, now: Duration, look: &Look<'_>, page: &mut Page<'_>) {
        if self.waiting {
            page.write(&look.t("entry-opening"), look.theme.text);
            return;
        }
        if let Some(say) = &self.said {
            page.write(&look.locale.say(say), look.theme.error);
        }
        if let Some(left) = self.time_left(now) {
            // A part of a second is still a second to wait.
            let seconds = (left.as_secs() + u64::from(left.subsec_nanos() > 0)).to_string();
            page.write(&look.locale.f("entry-wait", &[("seconds", &seconds)]), look.theme.warning);
            return;
        }
        if matches!(self.stage, Stage::Seal | Stage::Recover(_)) {
            if self.said.is_none()
                && let Some((say, good)) = lines::verdict(&self.lines, false, &self.names())
            {
                page.write(&look.locale.say(&say), if good { look.theme.ok } else { look.theme.warning });
            }
            return;
        }
        if self.stage == Stage::Passphrase {
            if self.lines.digits("code").is_some() && self.said.is_none() {
                page.write(&look.t("entry-code-about"), look.theme.text);
            }
            if self.demo {
                page.write(&look.t("entry-demo"), look.theme.warning);
            }
            let key = look.key(Action::UseRecovery).unwrap_or_default();
            page.write(&look.locale.f("entry-forgotten", &[("key", &key)]), look.theme.muted);
        }
    }
}
