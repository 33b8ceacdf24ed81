//! What came of a call, one key an answer, and what is asked after it: when to call again, what has changed, whether an
//! office is gone or has moved.

use std::cell::Cell;
use std::rc::Rc;

use chrono::NaiveDate;

use super::{Clock, Rounds};
use crate::app::hands::{Hands, Tone};
use crate::app::msg::Now;
use crate::desk::date::{parse_due, parse_time};
use crate::desk::edits::{self, Consequence};
use crate::desk::id::Id;
use crate::desk::record::Explain as _;
use crate::desk::round::{Outcome, Try};
use crate::desk::say::Say;
use crate::keys::Action;
use crate::popups::abilities::Abilities;
use crate::popups::confirm::Confirm;
use crate::popups::picker::{Choice, Picker};
use crate::popups::prompt::Prompt;
use crate::screens::directory::change;
use crate::search::fold;

/// A call of a round, before it is known what came of it.
#[derive(Debug, Clone)]
struct Call {
    round: Id,
    id: Id,
    office: Id,
    /// The page's own: it stops where the page is left or locked while somebody still answers.
    clock: Rc<Cell<Option<Clock>>>,
}

impl Call {
    fn told(&self, outcome: Outcome, by: Id, now: Now) -> Try {
        let seconds =
            self.clock.get().filter(|clock| clock.office == self.office).map_or(0, |clock| clock.at(now.mono));
        Try {
            at: Some(now.wall),
            by,
            outcome: outcome.code().to_owned(),
            seconds: u32::try_from(seconds).unwrap_or(u32::MAX),
        }
    }

    fn keep(&self, outcome: Outcome, consequence: &Consequence<'_>, hands: &mut Hands<'_>) {
        let me = hands.model.me;
        let told = self.told(outcome, me, hands.model.now);
        let records = (self.round, self.id, self.office);
        hands.commit(edits::answer_in_round(me, records, &told, None, consequence, hands.today()));
    }

    /// Nobody was reached: when to call again, and what is to be remembered, all in one deed.
    fn keep_absent(&self, again: Option<NaiveDate>, note: &str, hands: &mut Hands<'_>) {
        let me = hands.model.me;
        let told = self.told(Outcome::Absent, me, hands.model.now);
        let records = (self.round, self.id, self.office);
        let mut batch = edits::answer_in_round(me, records, &told, again, &Consequence::Nothing, hands.today());
        if !note.is_empty() {
            batch.edits.extend(edits::note_in_round(me, self.round, self.office, note).edits);
        }
        hands.commit(batch);
    }
}

impl Rounds {
    /// What a key says of the office in front.
    pub(super) fn answer(&self, action: Action, hands: &mut Hands<'_>) {
        let Some((round, office, found, _)) = self.front(hands.model) else {
            return hands.say(Say::new("rounds-nothing-chosen"), Tone::Warning);
        };
        if found.removed {
            return hands.say(Say::new("rounds-was-removed"), Tone::Warning);
        }
        let call = Call { round, id: hands.ids.fresh(), office, clock: Rc::clone(&self.clock) };
        match action {
            Action::AnswerUnchanged => call.keep(Outcome::Unchanged, &Consequence::Verified, hands),
            Action::AnswerChanged => changed(call, hands),
            Action::AnswerAbsent => absent(call, &found.name, hands),
            Action::AnswerRefused => call.keep(Outcome::Refused, &Consequence::Nothing, hands),
            Action::AnswerGone => gone(call, &found.name, hands),
            Action::AnswerOutside => call.keep(Outcome::Outside, &Consequence::Nothing, hands),
            _ => {}
        }
    }
}

/// When to call again: a day, and what else was told goes into the note.
fn absent(call: Call, name: &str, hands: &mut Hands<'_>) {
    let title = Say::new("rounds-again-title").with("name", name);
    hands.open(Prompt::new(title, Say::new("rounds-again-about"), "", move |hands, typed| {
        let typed = fold::one_line(typed);
        let (first, rest) = typed.split_once(char::is_whitespace).unwrap_or((&typed, ""));
        let (day, note) = if first.is_empty() {
            (None, String::new())
        } else if parse_time(first).is_some() && first.contains([':', '：', '時']) {
            (Some(hands.today()), typed.clone())
        } else {
            let day = parse_due(first, hands.today()).map_err(|error| error.say())?.date;
            (Some(day), rest.trim().to_owned())
        };
        if day.is_some_and(|day| day < hands.today()) {
            return Err(Say::new("rounds-again-past"));
        }
        call.keep_absent(day, &note, hands);
        Ok(())
    }));
}

/// A closed office leaves the directory; the fields of one that moved are corrected.
fn gone(call: Call, name: &str, hands: &mut Hands<'_>) {
    let choice = |code: &str, key, label: &str| Choice {
        code: code.to_owned(),
        key: Some(key),
        label: hands.locale.t(label).into_owned(),
    };
    let choices = vec![choice("closed", '1', "rounds-gone-closed"), choice("moved", '2', "rounds-gone-moved")];
    let name = name.to_owned();
    hands.open(Picker::new(
        Say::new("rounds-gone-title").with("name", name.clone()),
        choices,
        None,
        move |hands, code| {
            if code == "moved" {
                let id = call.office;
                what_changed(call, Outcome::Gone, hands);
                if let Some(office) = hands.model.office(id) {
                    change::edit_entry(id, office, hands);
                }
                return;
            }
            hands.open(Confirm::new(Say::new("directory-remove-question").with("name", name), move |hands| {
                call.keep(Outcome::Gone, &Consequence::Removed, hands);
            }));
        },
    ));
}

fn changed(call: Call, hands: &mut Hands<'_>) {
    what_changed(call, Outcome::Changed, hands);
}

/// Asks what has changed, again and again until all is written: the list stays under each sheet. `Enter` on its first
/// line says that the entry is right now.
fn what_changed(call: Call, outcome: Outcome, hands: &mut Hands<'_>) {
    let done =
        Choice { code: "done".to_owned(), key: Some('0'), label: hands.locale.t("rounds-changed-done").into_owned() };
    let id = call.office;
    list(id, vec![done], hands, move |hands, code| {
        if code == "done" {
            call.keep(outcome, &Consequence::Verified, hands);
            return;
        }
        what_changed(call, outcome, hands);
        open(id, code, hands);
    });
}

/// The same outside a call: something is corrected and nothing said about the rest.
pub(super) fn correct(office: Id, hands: &mut Hands<'_>) {
    list(office, Vec::new(), hands, move |hands, code| open(office, code, hands));
}

/// What can be corrected of an office: its fields, its people, what it can do, whether it has places.
fn list(office: Id, first: Vec<Choice>, hands: &mut Hands<'_>, then: impl FnOnce(&mut Hands<'_>, &str) + 'static) {
    let Some(found) = hands.model.office(office) else { return };
    let choice = |code: &str, key, label: &str| Choice {
        code: code.to_owned(),
        key: Some(key),
        label: hands.locale.t(label).into_owned(),
    };
    let mut choices = first;
    choices.push(choice("entry", '1', "rounds-changed-entry"));
    let keys = ('2'..='9').map(Some).chain(std::iter::repeat(None));
    for ((id, person), key) in found.present_staff().into_iter().zip(keys) {
        let who = if person.name.is_empty() { &person.department } else { &person.name };
        let label = hands.locale.f("rounds-changed-person", &[("name", who), ("role", &person.role)]);
        choices.push(Choice { code: id.to_string(), key, label: label.trim_end().to_owned() });
    }
    choices.push(choice("person", 'a', "rounds-changed-new-person"));
    choices.push(choice("able", 'c', "rounds-changed-able"));
    choices.push(choice("accepting", 'w', "rounds-changed-accepting"));
    let title = Say::new("rounds-changed-title").with("name", found.name.clone());
    hands.open(Picker::new(title, choices, None, then));
}

/// Opens what is to be corrected.
fn open(id: Id, what: &str, hands: &mut Hands<'_>) {
    let Some(office) = hands.model.office(id) else { return };
    match what {
        "entry" => change::edit_entry(id, office, hands),
        "person" => change::add_person(id, office, hands),
        "accepting" => change::tell_accepting(id, office, hands),
        "able" => {
            let popup = Abilities::new(id, office, hands);
            hands.open(popup);
        }
        person => {
            if let Ok(person) = person.parse() {
                about_person(id, person, hands);
            }
        }
    }
}

/// After the transfers the commonest change is that somebody is no longer there.
fn about_person(office: Id, person: Id, hands: &mut Hands<'_>) {
    let Some(found) = hands.model.office(office).and_then(|office| office.staff.get(&person)) else { return };
    let choice = |code: &str, key, label: &str| Choice {
        code: code.to_owned(),
        key: Some(key),
        label: hands.locale.t(label).into_owned(),
    };
    let choices = vec![choice("left", '1', "rounds-person-left"), choice("edit", '2', "rounds-person-edit")];
    let title = Say::new("rounds-person-title").with("name", found.name.clone());
    hands.open(Picker::new(title, choices, None, move |hands, code| {
        let Some(found) = hands.model.office(office).and_then(|office| office.staff.get(&person)) else { return };
        if code == "left" {
            hands.commit(edits::staff_left(hands.model.me, office, person, hands.today()));
        } else {
            change::edit_person(office, (person, found), hands);
        }
    }));
}
