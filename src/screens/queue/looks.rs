//! What the access log is told of the queue, and where it asks for a reason before a case is shown.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Queue, file};
use crate::app::hands::{Hands, Request};
use crate::desk::access::{Access, Details};
use crate::desk::id::Id;
use crate::desk::record::{Kind, RecordKey};
use crate::keys::Action;
use crate::popups::reason;
use crate::screens::look::Look;
use crate::widgets::paint::put_wrapped;
use crate::widgets::panel::Panel;

impl Queue {
    /// Opens the file of the current case.
    pub(super) fn open(&mut self, hands: &mut Hands<'_>) {
        self.note_search(hands);
        let Some(case) = self.current() else { return };
        if wants_reason(case, Action::Open, hands) {
            return;
        }
        hands.look(Access::Open, RecordKey::new(Kind::Case, case), Details::default());
        self.file = Some(file::Open::new(case));
    }

    /// Notes what was searched for, once it is settled: each key of it would tell nothing.
    pub(super) fn note_search(&mut self, hands: &mut Hands<'_>) {
        let query = self.text.text().trim().to_owned();
        if query != self.searched && !query.is_empty() {
            let count = u64::try_from(self.rows.ids().len()).ok();
            let desk = RecordKey::new(Kind::Desk, hands.model.desk_id);
            hands.look(Access::Search, desk, Details { query: query.clone(), count, ..Details::default() });
        }
        self.searched = query;
    }
}

/// Asks for a reason where one is wanted before this case is shown; then `action` is done again.
pub(super) fn wants_reason(case: Id, action: Action, hands: &mut Hands<'_>) -> bool {
    let wanted = hands.model.asks_reason(case);
    if wanted {
        reason::ask(case, hands, move |hands| hands.ask(Request::Act(action)));
    }
    wanted
}

/// Draws, in place of a case, that a reason is wanted first.
pub(super) fn view_wanted(title: &str, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let inner = Panel::new(look.theme).title(title).draw(buf, area);
    let key = look.key(Action::Open).unwrap_or_default();
    let text = look.locale.f("access-reason-wanted", &[("key", &key)]);
    put_wrapped(buf, inner, &text, look.theme.muted);
}
