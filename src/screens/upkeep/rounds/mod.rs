//! 確認: rounds of checks. One begins over some of the directory; whoever has time calls the next office, reads the
//! questions off the screen, and says by one key what came of it. A call that comes in meanwhile loses nothing: the round
//! stays on the disk, and the clock of the office in front waits.

mod answer;
mod begin;
mod report;
mod script;
mod view;

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::hands::{Hands, Request, Tone};
use crate::app::model::Model;
use crate::app::msg::Query;
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::office::{Freshness, Office};
use crate::desk::operator::Role;
use crate::desk::record::{Kind, RecordKey};
use crate::desk::round::{Asked, Outcome, Round, april_due};
use crate::desk::say::Say;
use crate::keys::Action;
use crate::popups::confirm::Confirm;
use crate::popups::history::History;
use crate::popups::prompt::Prompt;
use crate::screens::form::Focus;
use crate::screens::look::Look;
use crate::screens::pages::Page;
use crate::screens::{Screen, lists};
use crate::search::fold;
use crate::widgets::edit::Edit;
use crate::widgets::list::ListState;

/// How long one office has been talked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    /// The office.
    office: Id,
    /// Before it was stopped last, in seconds.
    seconds: u64,
    /// Since when it runs.
    since: Option<Duration>,
}

impl Clock {
    const fn new(office: Id, now: Duration) -> Self {
        Self { office, seconds: 0, since: Some(now) }
    }

    fn at(&self, now: Duration) -> u64 {
        self.seconds + self.since.map_or(0, |since| now.saturating_sub(since).as_secs())
    }

    fn stopped(self, now: Duration) -> Self {
        Self { seconds: self.at(now), since: None, ..self }
    }
}

/// How fresh the directory is, counted once for each of its versions: it may have every office of the country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Counted {
    version: (u64, chrono::NaiveDate, u32, usize),
    fresh: usize,
    expired: usize,
    never: usize,
    april: usize,
}

/// The page.
#[derive(Debug, Default)]
pub struct Rounds {
    list: ListState,
    /// The round that is looked at; none: the list of all.
    at: Option<Id>,
    offices: ListState,
    /// The office in front: it stays so when the order changes.
    chosen: Option<Id>,
    /// The office in front, and how often it had been called when it came there.
    seen: (Id, usize),
    /// Of the office in front. Shared with the popups that ask what came of its call: it stops under them too.
    clock: Rc<Cell<Option<Clock>>>,
    /// Whether the clock ran when the page was left.
    ran: bool,
    /// Whether the report is shown in place of the offices.
    report: bool,
    /// The round that was begun last, until it is there.
    expected: Option<Id>,
    /// Whether the round that is looked at is still worked at.
    open: bool,
    counted: RefCell<Counted>,
    /// From which row on the questions are shown, and the next such row, where there are more than fit.
    scroll: u16,
    more: Cell<Option<u16>>,
}

/// All rounds: those that are open first, then the newest.
fn all(model: &Model) -> Vec<(Id, &Round)> {
    let mut all: Vec<_> = model.rounds.iter().map(|(id, round)| (*id, round)).collect();
    all.sort_by_key(|(id, round)| (!round.is_open(), std::cmp::Reverse((round.on, *id))));
    all
}

/// The offices of a round in the order in which they are to be called.
fn order(round: &Round, model: &Model) -> Vec<Id> {
    let uses = model.uses();
    // One that was taken out meanwhile stays where it was done, and is asked no more where it was not.
    let office = |id: Id| {
        let office = model.offices.get(&id).map(Box::as_ref)?;
        let done = round.offices.get(&id).is_some_and(Asked::is_done);
        Some(office).filter(|office| !office.removed || done)
    };
    round.order(office, |id| uses.get(&id).copied().unwrap_or_default(), model.today())
}

impl Rounds {
    fn round<'m>(&self, model: &'m Model) -> Option<(Id, &'m Round)> {
        let id = self.at?;
        model.rounds.get(&id).map(|round| (id, round))
    }

    /// The office in front, where the round is open.
    fn front<'m>(&self, model: &'m Model) -> Option<(Id, Id, &'m Office, &'m Asked)> {
        let (round_id, round) = self.round(model).filter(|(_, round)| round.is_open() && !self.report)?;
        let id = self.chosen?;
        Some((round_id, id, model.offices.get(&id)?, round.offices.get(&id)?))
    }

    fn counted(&self, model: &Model) -> Counted {
        let months = model.desk.verify_months();
        let closed = model.rounds.values().filter(|round| !round.is_open()).count();
        let version = (model.offices_version, model.today(), months, closed);
        let mut kept = self.counted.borrow_mut();
        if kept.version != version {
            *kept = Counted { version, ..Counted::default() };
            for office in model.offices.values().filter(|office| !office.removed) {
                match office.freshness(model.today(), months) {
                    Freshness::Fresh => kept.fresh += 1,
                    Freshness::Expired => kept.expired += 1,
                    Freshness::Never => kept.never += 1,
                }
            }
            let offices = model.offices.values().map(Box::as_ref);
            kept.april = april_due(model.rounds.values(), offices, model.today());
        }
        *kept
    }

    /// Shows a round, the office in front that is to be called first.
    fn show(&mut self, id: Id, model: &Model) {
        let open = model.rounds.get(&id).is_some_and(Round::is_open);
        (self.at, self.report, self.open) = (Some(id), !open, open);
        self.clock.set(None);
        self.first(model);
    }

    fn first(&mut self, model: &Model) {
        self.offices.select(0);
        self.choose_here(model);
    }

    fn choose_here(&mut self, model: &Model) {
        let order = self.round(model).map(|(_, round)| order(round, model)).unwrap_or_default();
        self.chosen = self.offices.selected(order.len()).and_then(|at| order.get(at)).copied();
        self.scroll = 0;
        self.mark_seen(model);
    }

    fn mark_seen(&mut self, model: &Model) {
        let tries = self.tries(model);
        self.seen = (self.chosen.unwrap_or(Id::NIL), tries);
    }

    fn tries(&self, model: &Model) -> usize {
        let asked = self.round(model).and_then(|(_, round)| round.offices.get(&self.chosen?));
        asked.map_or(0, |asked| asked.tries.len())
    }

    /// The clock of the office in front starts or stops.
    fn toggle_clock(&mut self, hands: &Hands<'_>) {
        let Some((_, office, ..)) = self.front(hands.model) else { return };
        let now = hands.model.now.mono;
        let clock = match self.clock.get().filter(|clock| clock.office == office) {
            Some(clock) if clock.since.is_some() => clock.stopped(now),
            Some(clock) => Clock { since: Some(now), ..clock },
            None => Clock::new(office, now),
        };
        self.clock.set(Some(clock));
    }

    fn go(&mut self, action: Action, model: &Model) -> bool {
        match self.round(model) {
            None => lists::go(&mut self.list, action, model.rounds.len()),
            Some(_) if self.report => false,
            Some((_, round)) => {
                let len = order(round, model).len();
                let moved = lists::go(&mut self.offices, action, len);
                if moved {
                    self.choose_here(model);
                }
                moved
            }
        }
    }

    fn copy(&self, hands: &mut Hands<'_>) {
        let Some((_, _, office, _)) = self.front(hands.model) else { return };
        if office.phone.is_empty() {
            hands.say(Say::new("directory-no-phone"), Tone::Warning);
        } else {
            hands.ask(Request::Copy(office.phone.clone()));
        }
    }

    fn note(&self, hands: &mut Hands<'_>) {
        let Some((round, id, office, asked)) = self.front(hands.model) else { return };
        let title = Say::new("rounds-note-title").with("name", office.name.clone());
        let before = asked.note.clone();
        hands.open(Prompt::new(title, Say::new("rounds-note-about"), &asked.note, move |hands, typed| {
            let note = fold::one_line(typed);
            if note != before {
                hands.commit(edits::note_in_round(hands.model.me, round, id, &note));
            }
            Ok(())
        }));
    }

    fn close(&self, hands: &mut Hands<'_>) {
        let Some((id, round)) = self.round(hands.model) else { return };
        if !round.is_open() {
            return hands.say(Say::new("rounds-was-closed"), Tone::Warning);
        }
        let (done, left) = round.progress();
        let question = Say::new("rounds-close-question").with("done", done.to_string()).with("left", left.to_string());
        hands.open(Confirm::new(question, move |hands| {
            hands.commit(edits::close_round(hands.model.me, id, hands.today()));
        }));
    }

    fn history(&self, hands: &mut Hands<'_>) {
        let Some(id) = self.chosen.filter(|_| self.at.is_some()) else { return };
        let record = RecordKey::new(Kind::Office, id);
        let popup = History::new(record, hands);
        hands.open(popup);
        hands.ask(Request::Load(Query::History(record)));
    }

    /// After an answer the next office comes to the front, and its clock runs if the one before had one.
    fn advance(&mut self, hands: &mut Hands<'_>) {
        let before = self.chosen;
        self.first(hands.model);
        let left = self.round(hands.model).is_some_and(|(_, round)| round.progress().1 > 0);
        if !left {
            self.clock.set(None);
            return hands.say(Say::new("rounds-all-done"), Tone::Good);
        }
        let ran = self.clock.get().is_some_and(|clock| Some(clock.office) == before && clock.since.is_some());
        self.clock.set(self.chosen.filter(|_| ran).map(|office| Clock::new(office, hands.model.now.mono)));
    }

    /// From a round back to the list of all.
    fn back(&mut self, model: &Model) -> bool {
        if self.report && self.round(model).is_some_and(|(_, round)| round.is_open()) {
            self.report = false;
            return true;
        }
        self.clock.set(None);
        self.at.take().is_some()
    }
}

impl Screen for Rounds {
    fn takes(&self) -> Focus {
        Focus::None
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> bool {
        match action {
            Action::AddEntry => {
                let id = hands.ids.fresh();
                self.expected = Some(id);
                begin::ask(id, hands);
            }
            Action::Open if self.at.is_none() => {
                let all = all(hands.model);
                if let Some((id, _)) = self.list.selected(all.len()).and_then(|at| all.get(at)) {
                    self.show(*id, hands.model);
                }
            }
            Action::Open | Action::CallClock => self.toggle_clock(hands),
            Action::NextPane => self.scroll = self.more.get().unwrap_or(0),
            Action::Back => return self.back(hands.model),
            Action::CopyPhone => self.copy(hands),
            Action::WriteNote => self.note(hands),
            Action::CloseRound => self.close(hands),
            Action::RoundReport if self.at.is_some() => {
                self.report = !self.report || !self.open;
                self.scroll = 0;
            }
            Action::History => self.history(hands),
            Action::Edit => {
                if let Some((_, id, ..)) = self.front(hands.model) {
                    answer::correct(id, hands);
                }
            }
            _ if action.is_answer() => self.answer(action, hands),
            _ => return self.go(action, hands.model),
        }
        true
    }

    fn text(&mut self, _text: &str, _hands: &mut Hands<'_>) {}

    fn edit(&mut self, _edit: Edit<'_>, _hands: &mut Hands<'_>) {}

    fn entered(&mut self, hands: &mut Hands<'_>) {
        let now = hands.model.now.mono;
        if let Some(clock) = self.clock.get().filter(|_| self.ran) {
            self.clock.set(Some(Clock { since: clock.since.or(Some(now)), ..clock }));
        }
        self.ran = false;
        self.changed(hands);
    }

    fn left(&mut self, hands: &mut Hands<'_>) {
        if let Some(clock) = self.clock.get() {
            self.ran = clock.since.is_some();
            self.clock.set(Some(clock.stopped(hands.model.now.mono)));
        }
    }

    fn changed(&mut self, hands: &mut Hands<'_>) {
        if let Some(id) = self.expected.filter(|id| hands.model.rounds.contains_key(id)) {
            self.expected = None;
            self.show(id, hands.model);
        }
        let Some((_, round)) = self.round(hands.model) else {
            // Its beginning was taken back.
            self.at = None;
            self.clock.set(None);
            return;
        };
        self.open = round.is_open();
        if !self.open {
            self.report = true;
            self.clock.set(None);
            return;
        }
        let order = order(round, hands.model);
        let tries = self.tries(hands.model);
        let place = self.chosen.and_then(|chosen| order.iter().position(|id| *id == chosen));
        match place {
            Some(_) if self.chosen == Some(self.seen.0) && tries > self.seen.1 => self.advance(hands),
            Some(place) => {
                self.offices.select(place);
                self.mark_seen(hands.model);
            }
            None => self.first(hands.model),
        }
    }

    fn next_second(&self, now: Duration) -> Option<Duration> {
        let since = self.clock.get().and_then(|clock| clock.since)?;
        Some(since + Duration::from_secs(now.saturating_sub(since).as_secs() + 1))
    }

    fn hints(&self) -> &'static [Action] {
        if self.at.is_none() {
            return &[Action::Open, Action::AddEntry, Action::NextPage, Action::Undo, Action::Help];
        }
        if !self.open || self.report {
            return &[Action::RoundReport, Action::CloseRound, Action::Back, Action::Undo, Action::Help];
        }
        &[
            Action::CallClock,
            Action::AnswerUnchanged,
            Action::AnswerChanged,
            Action::Edit,
            Action::WriteNote,
            Action::CopyPhone,
            Action::RoundReport,
            Action::CloseRound,
            Action::Back,
            Action::Undo,
            Action::Help,
        ]
    }

    fn view(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        match self.round(model) {
            None => self.draw_all(model, look, area, buf),
            Some((_, round)) if self.report || !round.is_open() => {
                self.more.set(report::draw(round, self.scroll, (model, look), area, buf));
            }
            Some((_, round)) => self.draw_round(round, model, look, area, buf),
        }
        None
    }
}

impl Page for Rounds {
    fn title(&self) -> &'static str {
        "rounds-page"
    }

    fn seen_by(&self, role: Role) -> bool {
        role != Role::Viewer
    }
}

/// What an office in a round has come to, in a few words.
fn stands(asked: &Asked, look: &Look<'_>) -> String {
    let Some(outcome) = asked.outcome() else {
        return look.t(if asked.tries.is_empty() { "rounds-left" } else { "rounds-done" }).into_owned();
    };
    let label = look.short_code("round-outcome", outcome.code());
    if outcome != Outcome::Absent {
        return label;
    }
    let count = asked.tries.len().to_string();
    let day = asked.again_on.map(|day| look.day(day)).unwrap_or_default();
    look.locale.f("rounds-absent", &[("label", &label), ("count", &count), ("day", &day)]).trim_end().to_owned()
}
