//! Who is calling, beside the slip: what must be read for it is asked for, and whose earlier calls are shown is noted.

use super::App;
use super::hands::Tone;
use super::model::Phase;
use super::msg::{Effect, Query, Ticket};
use crate::desk::access::{Access, Details, Look};
use crate::desk::id::Id;
use crate::desk::operator::Role;
use crate::desk::record::{Kind, RecordKey};
use crate::desk::say::Say;

impl App {
    /// Looks at the slip in front after something has happened.
    pub(super) fn watch_caller(&mut self) {
        if self.model.phase != Phase::Ready || self.model.role() == Role::Viewer {
            return;
        }
        let wanted = self.intake.look_beside(&self.model);
        for query in wanted.queries {
            self.tickets += 1;
            self.effects.push(Effect::Load { ticket: Ticket(self.tickets), query });
        }
        for person in wanted.looked_at {
            let details = Details { preview: true, ..Details::default() };
            self.look(Look::new(Access::Open, RecordKey::new(Kind::Person, person)).with(details));
        }
    }

    /// Has the slip read that who sits here kept last, whenever that is another one: `//` repeats it, also after a restart.
    pub(super) fn watch_last(&mut self) {
        let at = (self.model.me, self.model.habits.version());
        if self.model.phase != Phase::Ready || self.model.role() == Role::Viewer || self.asked_last == at {
            return;
        }
        self.asked_last = at;
        let last = self.model.habits.last_of(self.model.me);
        if self.model.last_slip.as_ref().map(|slip| slip.id) == last {
            return;
        }
        self.model.last_slip = None;
        if let Some(contact) = last {
            self.tickets += 1;
            self.effects.push(Effect::Load { ticket: Ticket(self.tickets), query: Query::Slip(contact) });
        }
    }

    /// The call in front goes on with this earlier case.
    pub(super) fn go_on_with(&mut self, case: Id) {
        self.intake.go_on_with(case);
        self.tickets += 1;
        self.effects.push(Effect::Load { ticket: Ticket(self.tickets), query: Query::CaseFile(case) });
        let details = Details { task: "contact".to_owned(), ..Details::default() };
        self.look(Look::new(Access::Open, RecordKey::new(Kind::Case, case)).with(details));
        let number = self.model.brief(case).map(|brief| brief.number().to_string()).unwrap_or_default();
        self.say(Say::new("caller-goes-on").with("number", number), Tone::Good);
    }
}
