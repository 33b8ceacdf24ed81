//! 保存期間: the cases that have been kept long enough, those that are held, the proposals, and what was disposed of.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Page;
use crate::app::hands::{Hands, Request, Tone};
use crate::app::model::Model;
use crate::desk::date::format_era;
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::operator::Role;
use crate::desk::record::Explain;
use crate::desk::retention::{self, Disposal, Disposed, Ties};
use crate::desk::say::Say;
use crate::keys::Action;
use crate::popups::confirm::Confirm;
use crate::popups::message::Message;
use crate::popups::prompt::Prompt;
use crate::screens::form::Focus;
use crate::screens::look::Look;
use crate::screens::{Screen, lists};
use crate::search::fold;
use crate::widgets::edit::Edit;
use crate::widgets::list::ListState;
use crate::widgets::paint::put_wrapped;
use crate::widgets::panel::Panel;
use crate::widgets::table::{Column, Columns};

/// The sign of a marked row.
const MARKED: &str = "*";

/// One line of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Row {
    /// A disposal that waits for approval.
    Proposed(Id),
    /// A case that may be disposed of.
    Due(Id, Disposed),
    /// A case that is held.
    Held(Id),
    /// A disposal that was carried out.
    Done(Id),
}

/// The page.
#[derive(Debug, Default)]
pub struct Retention {
    list: ListState,
    rows: Vec<Row>,
    marked: BTreeSet<Id>,
}

/// The lines for what the desk has, in the order in which they ask for something.
fn rows(model: &Model) -> Vec<Row> {
    let (waiting, done): (Vec<_>, Vec<_>) = model.disposals.iter().partition(|(_, disposal)| disposal.is_proposed());
    let proposed: BTreeSet<Id> = waiting.iter().flat_map(|(_, disposal)| disposal.cases.keys().copied()).collect();
    let mut ties = Ties::of_meetings(model.meetings.values(), model.today());
    // Only what lists know of open cases; approving looks into all of them.
    for case in model.open_cases() {
        ties.add_text(case.number(), case.summary());
        ties.add_text(case.number(), case.next_action());
    }
    let due = retention::all_due(model.cases.iter(), &ties, retention::years(&model.desk), model.today());
    let due = due.into_iter().filter(|(case, _)| !proposed.contains(&case.id));
    let held = model.cases.iter().filter(|case| case.hold.is_some());
    let mut done: Vec<(&Id, &Disposal)> = done;
    done.sort_by_key(|(id, disposal)| (std::cmp::Reverse(disposal.approved_at.or(disposal.restored_at)), **id));
    let mut rows: Vec<Row> = waiting.into_iter().map(|(id, _)| Row::Proposed(*id)).collect();
    rows.extend(due.map(|(case, since)| Row::Due(case.id, Disposed::of(case, since))));
    rows.extend(held.map(|case| Row::Held(case.id)));
    rows.extend(done.into_iter().map(|(id, _)| Row::Done(*id)));
    rows
}

impl Retention {
    fn chosen(&self) -> Option<&Row> {
        self.list.selected(self.rows.len()).and_then(|at| self.rows.get(at))
    }

    /// The marked cases that may be disposed of, else the chosen one.
    fn targets(&self) -> BTreeMap<Id, Disposed> {
        let due = self.rows.iter().filter_map(|row| match row {
            Row::Due(id, disposed) => Some((*id, disposed.clone())),
            Row::Proposed(_) | Row::Held(_) | Row::Done(_) => None,
        });
        let marked: BTreeMap<Id, Disposed> = due.filter(|(id, _)| self.marked.contains(id)).collect();
        match self.chosen() {
            Some(Row::Due(id, disposed)) if marked.is_empty() => [(*id, disposed.clone())].into(),
            _ => marked,
        }
    }

    fn mark(&mut self) {
        let Some(Row::Due(id, _)) = self.chosen() else { return };
        let id = *id;
        if !self.marked.remove(&id) {
            self.marked.insert(id);
        }
        self.list.down(self.rows.len());
    }

    fn propose(&mut self, hands: &mut Hands<'_>) {
        let cases = self.targets();
        if cases.is_empty() {
            return hands.say(Say::new("retention-nothing-due"), Tone::Warning);
        }
        let id = hands.ids.fresh();
        hands.commit(edits::propose_disposal(hands.model.me, id, cases, hands.model.now.wall));
        self.marked.clear();
    }

    /// The proposal that is chosen; says so where there is none.
    fn proposal<'m>(&self, hands: &mut Hands<'m>) -> Option<(Id, &'m Disposal)> {
        let found = match self.chosen() {
            Some(Row::Proposed(id)) => hands.model.disposals.get_key_value(id).map(|(id, disposal)| (*id, disposal)),
            _ => None,
        };
        if found.is_none() {
            hands.say(Say::new("retention-choose-proposal"), Tone::Warning);
        }
        found
    }

    fn approve(&self, hands: &mut Hands<'_>) {
        let Some((id, proposal)) = self.proposal(hands) else { return };
        if let Err(why) = retention::may_approve(proposal, hands.model.me, &hands.model.operators) {
            return hands.open(Message::new(vec![why.say()]));
        }
        let count = proposal.cases.len();
        let title = Say::new("retention-approve").with("count", count.to_string());
        hands.open(Prompt::new(title, Say::new("retention-approve-about"), "", move |hands, text| {
            let typed = fold::plain(text);
            if typed.trim().parse() != Ok(count) {
                let say = Say::new("retention-count-differs").with("count", count.to_string());
                return Err(say.with("typed", typed.trim()));
            }
            hands.ask(Request::Dispose(id));
            Ok(())
        }));
    }

    fn withdraw(&self, hands: &mut Hands<'_>) {
        if let Some((id, _)) = self.proposal(hands) {
            hands.commit(edits::withdraw_disposal(hands.model.me, id));
        }
    }

    fn hold(&self, hands: &mut Hands<'_>) {
        match self.chosen() {
            Some(Row::Held(id)) => hold(&[*id], hands),
            _ => hold(&self.targets().into_keys().collect::<Vec<_>>(), hands),
        }
    }

    fn open(&self, hands: &mut Hands<'_>) {
        match self.chosen() {
            Some(Row::Due(id, _) | Row::Held(id)) => hands.ask(Request::ShowCase(*id)),
            Some(Row::Proposed(id) | Row::Done(id)) => {
                let Some(disposal) = hands.model.disposals.get(id) else { return };
                let register = Say::new("retention-register").with("numbers", numbers(disposal));
                hands.open(Message::new(vec![told(disposal, hands.model), register]));
            }
            None => {}
        }
    }
}

/// Holds these cases, with a reason; releases them where all of them are held.
pub fn hold(cases: &[Id], hands: &mut Hands<'_>) {
    let held = |id: &Id| hands.model.brief(*id).is_some_and(|case| case.hold.is_some());
    let cases: Vec<Id> = cases.to_vec();
    if cases.is_empty() {
        return hands.say(Say::new("retention-nothing-due"), Tone::Warning);
    }
    if cases.iter().all(held) {
        let question = Say::new("retention-release").with("count", cases.len().to_string());
        return hands.open(Confirm::new(question, move |hands| {
            hands.commit(edits::release(hands.model.me, &cases));
        }));
    }
    let title = Say::new("retention-hold").with("count", cases.len().to_string());
    hands.open(Prompt::new(title, Say::new("retention-hold-about"), "", move |hands, text| {
        let reason = fold::one_line(text);
        if reason.is_empty() {
            return Err(Say::new("retention-no-reason"));
        }
        hands.commit(edits::hold(hands.model.me, &cases, &reason, hands.model.now.wall));
        Ok(())
    }));
}

/// The numbers of a disposal's cases.
fn numbers(disposal: &Disposal) -> String {
    let numbers = disposal.cases.values().map(|case| case.number.as_str()).filter(|number| !number.is_empty());
    numbers.collect::<Vec<_>>().join(" ")
}

/// Who proposed and approved a disposal, and when.
fn told(disposal: &Disposal, model: &Model) -> Say {
    let day = |at: Option<chrono::DateTime<_>>| at.map(|at| format_era(at.date_naive())).unwrap_or_default();
    let key = if disposal.is_proposed() {
        "retention-told-proposed"
    } else if disposal.approved_at.is_some() {
        "retention-told-done"
    } else {
        "retention-told-again"
    };
    Say { key, args: Vec::new() }
        .with("proposer", model.operator_name(disposal.proposed_by))
        .with("proposed", day(disposal.proposed_at))
        .with("approver", model.operator_name(disposal.approved_by))
        .with("approved", day(disposal.approved_at))
        .with("restored", day(disposal.restored_at))
}

impl Screen for Retention {
    fn takes(&self) -> Focus {
        Focus::None
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> bool {
        match action {
            Action::Mark => self.mark(),
            Action::ProposeDisposal => self.propose(hands),
            Action::ApproveDisposal => self.approve(hands),
            Action::WithdrawDisposal => self.withdraw(hands),
            Action::HoldCase => self.hold(hands),
            Action::Open => self.open(hands),
            _ => return lists::go(&mut self.list, action, self.rows.len()),
        }
        true
    }

    fn text(&mut self, _text: &str, _hands: &mut Hands<'_>) {}

    fn edit(&mut self, _edit: Edit<'_>, _hands: &mut Hands<'_>) {}

    fn entered(&mut self, hands: &mut Hands<'_>) {
        self.changed(hands);
    }

    fn changed(&mut self, hands: &mut Hands<'_>) {
        self.rows = rows(hands.model);
        self.marked.retain(|id| hands.model.cases.has(*id));
    }

    fn hints(&self) -> &'static [Action] {
        match self.chosen() {
            Some(Row::Proposed(_)) => {
                &[Action::ApproveDisposal, Action::WithdrawDisposal, Action::Open, Action::NextPage, Action::Help]
            }
            Some(Row::Due(..)) => {
                &[Action::ProposeDisposal, Action::Mark, Action::HoldCase, Action::Open, Action::NextPage, Action::Help]
            }
            Some(Row::Held(_)) => &[Action::HoldCase, Action::Open, Action::NextPage, Action::Help],
            Some(Row::Done(_)) => &[Action::Open, Action::NextPage, Action::Help],
            None => &[Action::NextPage, Action::Help],
        }
    }

    fn view(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let inner = Panel::new(look.theme).title(&look.t("retention-title")).focused(true).draw(buf, area);
        let head = Rect { height: inner.height.min(1), ..inner };
        let foot = inner.height.saturating_sub(1).min(3);
        let body = Rect { y: inner.y + head.height, height: inner.height - head.height - foot, ..inner };
        let columns = [
            Column::new(look.t("retention-head-state"), 8, 10, 9),
            Column::new(look.t("retention-head-number"), 8, 12, 8),
            Column::new(look.t("retention-head-closed"), 8, 10, 6),
            Column::new(look.t("retention-head-since"), 8, 12, 7),
            Column::new(look.t("retention-head-what"), 10, Column::REST, 5),
        ];
        let columns = Columns::new(columns, ListState::row_area(body).width);
        columns.draw_head(buf, ListState::row_area(head), look.theme);
        self.list.draw(buf, body, look.theme, self.rows.len(), true, |buf, slot| {
            let Some(row) = self.rows.get(slot.index) else { return };
            if matches!(row, Row::Due(id, _) if self.marked.contains(id)) {
                slot.mark(buf, MARKED, look.theme);
            }
            let cells = cells(row, model, look);
            columns.draw_row(buf, slot.area, |column| {
                (cells.get(column).cloned().unwrap_or_default().into(), look.theme.text)
            });
        });
        let years = retention::years(&model.desk).to_string();
        let key = if self.rows.is_empty() { "retention-page-empty" } else { "retention-page-about" };
        let lines = Rect { x: inner.x + 1, y: body.bottom(), width: inner.width.saturating_sub(2), height: foot };
        put_wrapped(buf, lines, &look.locale.f(key, &[("years", &years)]), look.theme.muted);
        None
    }
}

/// The cells of a line: state, number, closed on, since, what.
fn cells(row: &Row, model: &Model, look: &Look<'_>) -> [String; 5] {
    let day = |day: Option<chrono::NaiveDate>| day.map(format_era).unwrap_or_default();
    let state = |key: &'static str| look.locale.t(key).into_owned();
    let of = |disposal: &Disposal| {
        let count = disposal.cases.len().to_string();
        let told = look.locale.say(&told(disposal, model));
        (look.locale.f("retention-count", &[("count", &count)]).into_owned(), told)
    };
    match row {
        Row::Due(id, due) => {
            let what = model.brief(*id).map_or(Cow::Borrowed(""), |case| case.summary().replace('\n', " ").into());
            let number = due.number.clone();
            [state("retention-state-due"), number, day(due.closed_on), day(due.since), what.into_owned()]
        }
        Row::Held(id) => {
            let case = model.brief(*id);
            let hold = case.and_then(|case| case.hold.as_deref());
            let number = case.map(|case| case.number().to_string()).unwrap_or_default();
            let reason = hold.map(|hold| {
                let by = model.operator_name(hold.by);
                format!("{} ({by} {})", hold.reason, format_era(hold.at.date_naive()))
            });
            let closed = day(case.and_then(|case| case.closed_on));
            [state("retention-state-held"), number, closed, String::new(), reason.unwrap_or_default()]
        }
        Row::Proposed(id) | Row::Done(id) => {
            let key = if matches!(row, Row::Proposed(_)) { "retention-state-proposed" } else { "retention-state-done" };
            let (count, told) = model.disposals.get(id).map(of).unwrap_or_default();
            [state(key), count, String::new(), String::new(), told]
        }
    }
}

impl Page for Retention {
    fn title(&self) -> &'static str {
        "retention-title"
    }

    fn seen_by(&self, role: Role) -> bool {
        role != Role::Viewer
    }
}
