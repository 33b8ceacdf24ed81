//! 引継ぎ: shown by itself at an operator's first login of the day, and whenever it is asked for.

use super::App;
use super::hands::Tone;
use super::model::Phase;
use super::msg::{Effect, Query, Ticket};
use crate::desk::access::{Access, Details, Look};
use crate::desk::handover::{OpenDraft, Page, Recent};
use crate::desk::operator::Role;
use crate::desk::record::{Kind, RecordKey};
use crate::desk::round::april_due;
use crate::desk::say::Say;
use crate::popups::handover::{Handover, lines};

impl App {
    /// Asks what was done lately; the page is made of the answer. `wanted`: by a key, so that it is shown in any case.
    pub(super) fn ask_handover(&mut self, wanted: bool) {
        // The demo is the story of a day already; a viewer sees no persons, of whom this page speaks.
        let by_itself = !self.model.desk.demo && !self.model.read_only;
        if self.model.phase != Phase::Ready || self.model.role() == Role::Viewer || !(wanted || by_itself) {
            return;
        }
        self.hands_over = wanted;
        self.tickets += 1;
        let query = Query::Recent(self.model.me, self.model.today());
        self.effects.push(Effect::Load { ticket: Ticket(self.tickets), query });
    }

    /// Once a day, as long as nobody has asked after the April transfers: a word at the foot, never during a call.
    pub(super) fn remind_of_april(&mut self) {
        let model = &self.model;
        let now = model.complete && !model.in_call && self.notice.is_none() && self.popups.is_empty();
        if !self.reminds || !now || model.phase != Phase::Ready {
            return;
        }
        self.reminds = false;
        let offices = model.offices.values().map(Box::as_ref);
        let due = april_due(model.rounds.values(), offices, model.today());
        if due > 0 {
            self.say(Say::new("rounds-april-notice").with("count", due.to_string()), Tone::Warning);
        }
    }

    /// Shows the page, if somebody asked for it or comes for the first time today and there is something to know.
    pub(super) fn hand_over(&mut self, recent: &Recent) {
        let wanted = std::mem::take(&mut self.hands_over);
        self.reminds |= !wanted && recent.logins <= 1;
        let drafts = self.intake.calls().iter().filter_map(|call| OpenDraft::of(&call.draft(self.model.now.mono)));
        let (open, today) = (self.model.open_cases(), self.model.today());
        let page = Page::new(drafts.collect(), open, |id| self.model.brief(id), recent, today);
        // A call that has begun meanwhile is never covered by what nobody asked for.
        let now = recent.logins <= 1 && !page.is_empty() && !self.model.in_call && self.popups.is_empty();
        if !wanted && !now {
            return;
        }
        let name = |id| self.model.operator_name(id).to_owned();
        let lines = lines(&page, &self.look_of(), &name);
        let desk = RecordKey::new(Kind::Desk, self.model.desk_id);
        let details = Details { task: "handover".to_owned(), by_itself: !wanted, ..Details::default() };
        self.look(Look::new(Access::List, desk).with(details));
        self.open(Box::new(Handover::new(lines)));
    }
}
