//! How what is known of the caller is drawn: proposals beside the slip or under it, and a banner over it with what was
//! said before. Changes no state.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::Beside;
use crate::app::known::find::What;
use crate::app::model::Model;
use crate::desk::brief::Brief;
use crate::desk::contact::Contact;
use crate::desk::policy::{Policy, Standing};
use crate::keys::Action;
use crate::screens::look::Look;
use crate::widgets::cache::version;
use crate::widgets::paint::put;
use crate::widgets::panel::Panel;
use crate::widgets::width::{truncate, width, wrap};

/// How many earlier contacts the banner shows.
const CONTACTS: usize = 3;

/// A line with how it looks.
type Line = (String, Style);

/// What the pane and the banner depend on.
fn seen(beside: &Beside, model: &Model, look: &Look<'_>) -> u64 {
    let whom = (&beside.concerned, &beside.chosen, beside.double);
    let state = (beside.version, beside.marked, beside.found.sure, whom);
    let known = (model.known.version(), model.cases_version, history_of(beside, model).map(<[_]>::len));
    version(&(look.locale.lang(), look.contexts, look.today, model.codebook_version, state, known))
}

/// The contacts of those concerned, the newest first; `None` until they have been read.
fn history_of<'a>(beside: &Beside, model: &'a Model) -> Option<&'a [Contact]> {
    let history = model.history.as_ref()?;
    let all: Vec<_> = beside.concerned.iter().flat_map(|person| model.known.all_of(*person)).collect();
    (history.persons == all).then_some(history.contacts.as_slice())
}

/// Whether there is something to show beside the slip.
pub fn has_pane(beside: &Beside) -> bool {
    beside.proposes() || !beside.concerned.is_empty()
}

/// The share of the side pane that what is known takes, in fifths.
pub fn fifths(beside: &Beside, model: &Model) -> u16 {
    let policy = beside.chosen != beside.concerned && !model.known.policies_for(&beside.concerned).is_empty();
    match (has_pane(beside), policy) {
        (false, _) => 0,
        (true, false) => 3,
        (true, true) => 5,
    }
}

/// Draws the proposals, and of those who are concerned their cases.
pub fn pane(beside: &Beside, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    beside.pane.draw(look.held, buf, area, seen(beside, model, look), |buf, area| {
        let title = look.t(if beside.subject { "caller-pane-subject" } else { "caller-pane" });
        let shown = beside.found.proposals.len();
        let count = if shown == 0 { String::new() } else { counted("caller-count", shown, look) };
        let inner = Panel::new(look.theme).title(&title).right(&count).draw(buf, area);
        let mut rows = inner.rows();
        if beside.proposes() {
            let how = hint(beside, look);
            let wide = inner.height > 8;
            let each = if wide { 2 } else { 1 };
            let room = usize::from(inner.height.saturating_sub(1)) / each;
            // The marked one is always in sight.
            let first = beside.marked.map_or(0, |at| (at + 1).saturating_sub(room.max(1)));
            for at in (first..shown).take(room.max(1)) {
                proposal(beside, at, wide, model, look, &mut rows, buf);
            }
            if let Some(row) = rows.next() {
                put(buf, row.x, row.y, row.width, &truncate(&how, row.width), look.theme.key);
            }
        }
        for (text, style) in details(beside, model, look, inner.width) {
            let Some(row) = rows.next() else { return };
            put(buf, row.x, row.y, row.width, &truncate(&text, row.width), style);
        }
    });
}

/// What Enter and the arrows do here.
fn hint(beside: &Beside, look: &Look<'_>) -> String {
    let key = |action| look.key(action).unwrap_or_default();
    let arrows = format!("{} {}", key(Action::Up), key(Action::Down));
    let name = if beside.taken_by_enter().is_some() { "caller-hint-take" } else { "caller-hint-mark" };
    look.locale
        .f(name, &[("take", &key(Action::TakeCaller)), ("arrows", &arrows), ("next", &key(Action::NextField))])
        .into_owned()
}

/// One proposal: who, and how well the desk knows them.
fn proposal(
    beside: &Beside,
    at: usize,
    wide: bool,
    model: &Model,
    look: &Look<'_>,
    rows: &mut impl Iterator<Item = Rect>,
    buf: &mut Buffer,
) {
    let Some((what, row)) = beside.found.proposals.get(at).map(|p| p.what).zip(rows.next()) else { return };
    let marked = beside.marked == Some(at) || (beside.marked.is_none() && beside.found.sure && at == 0);
    let (who, known) = told(what, model, look);
    let style = if marked { look.theme.selected } else { look.theme.value };
    let sign = if beside.marked == Some(at) { ">" } else { " " };
    put(buf, row.x, row.y, 1, sign, look.theme.key);
    let room = row.width.saturating_sub(2);
    if wide {
        put(buf, row.x + 2, row.y, room, &truncate(&who, room), style);
        if let Some(row) = rows.next() {
            let room = row.width.saturating_sub(4);
            put(buf, row.x + 4, row.y, room, &truncate(&known, room), look.theme.muted);
        }
    } else {
        let half = room / 2;
        put(buf, row.x + 2, row.y, half.saturating_sub(1), &truncate(&who, half.saturating_sub(1)), style);
        put(buf, row.x + 2 + half, row.y, room - half, &truncate(&known, room - half), look.theme.muted);
    }
}

/// Who is proposed, and what the desk knows of them.
fn told(what: What, model: &Model, look: &Look<'_>) -> (String, String) {
    match what {
        What::Person(id) => {
            let Some(card) = model.known.get(id) else { return (String::new(), String::new()) };
            let name =
                if card.name.is_empty() { look.t("caller-nameless").into_owned() } else { card.name.to_string() };
            let who = joined([look.short_code("caller-kind", &card.kind), name, card.kana.to_string()]);
            let last =
                card.last_seen().map(|day| look.locale.f("caller-last", &[("day", &look.day(day))]).into_owned());
            let cases = card.seen.len();
            let cases = if cases == 0 { String::new() } else { counted("caller-cases", cases, look) };
            let place = if card.office.is_empty() { card.area.to_string() } else { card.office.to_string() };
            (who, joined([place, last.unwrap_or_default(), cases]))
        }
        What::Office(id) => {
            let Some(office) = model.offices.get(&id) else { return (String::new(), String::new()) };
            let kind = look.short_code("office-kind", &office.kind);
            (
                joined([kind, office.name.clone()]),
                joined([office.phone.clone(), look.t("caller-of-directory").into_owned()]),
            )
        }
        What::Staff(id, staff) => {
            let Some(office) = model.offices.get(&id) else { return (String::new(), String::new()) };
            let Some(person) = office.staff.get(&staff) else { return (String::new(), String::new()) };
            let who = joined([person.role.clone(), person.name.clone(), person.kana.clone()]);
            (who, joined([office.name.clone(), look.t("caller-of-directory").into_owned()]))
        }
    }
}

/// Cases of those concerned, and who may be a double.
fn details(beside: &Beside, model: &Model, look: &Look<'_>, cells: u16) -> Vec<Line> {
    // Who is only proposed is told of here: the slip does not move while somebody types.
    let above = beside.chosen == beside.concerned;
    let mut lines = if above { Vec::new() } else { banner_lines(beside, model, look, cells) };
    if let Some((_, other)) = beside.double
        && let Some(card) = model.known.get(other)
    {
        let key = look.key(Action::MergePersons).unwrap_or_default();
        let name = joined([card.name.to_string(), card.office.to_string()]);
        let text = look.locale.f("caller-double", &[("name", &name), ("key", &key)]).into_owned();
        lines.push((text, look.theme.warning));
    }
    let cases = beside.cases(model);
    if !cases.is_empty() {
        let key = look.key(Action::ContinueCase).unwrap_or_default();
        lines.push((look.locale.f("caller-cases-title", &[("key", &key)]).into_owned(), look.theme.label));
    }
    for case in cases {
        let style = if case.is_open() { look.theme.value } else { look.theme.muted };
        lines.push((joined([case.number().to_string(), state_of(case, look), case.summary().to_string()]), style));
    }
    lines
}

/// What stands over the slip: the policy that all desks share, in full, and the last contacts.
fn banner_lines(beside: &Beside, model: &Model, look: &Look<'_>, cells: u16) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for (_, policy) in model.known.policies_for(&beside.concerned) {
        policy_lines(policy, look, cells, &mut lines);
    }
    match history_of(beside, model) {
        None => lines.push((look.t("caller-reading").into_owned(), look.theme.muted)),
        Some([]) => {}
        Some(contacts) => {
            lines.extend(contacts.iter().take(CONTACTS).map(|c| (contact_line(c, model, look), look.theme.text)));
        }
    }
    lines
}

fn policy_lines(policy: &Policy, look: &Look<'_>, cells: u16, lines: &mut Vec<Line>) {
    let day = |day: Option<chrono::NaiveDate>| day.map_or_else(|| "-".to_owned(), |day| look.day(day));
    let standing = policy.standing(look.today);
    let (sign, style) = match standing {
        Standing::Valid => ("policy-valid", look.theme.warning),
        Standing::ToReview => ("policy-to-review", look.theme.warning),
        Standing::Expired => ("policy-expired", look.theme.error),
    };
    let dates = look.locale.f(
        "policy-dates",
        &[
            ("sign", &look.t(sign)),
            ("agreed", &day(policy.agreed_on)),
            ("review", &day(policy.review_on)),
            ("expires", &day(policy.expires_on)),
            ("desks", &policy.desks),
        ],
    );
    let text = if standing == Standing::Expired { look.theme.muted } else { look.theme.value };
    let mut add = |text: &str, style| {
        for row in wrap(text, cells) {
            lines.push((text.get(row).unwrap_or_default().trim_end().to_owned(), style));
        }
    };
    add(&dates, style);
    for (key, said) in [("policy-say", &policy.say), ("policy-avoid", &policy.avoid)] {
        if !said.trim().is_empty() {
            add(&look.locale.f(key, &[("text", said.trim())]), text);
        }
    }
}

/// One earlier contact: when, who took it, how, what about, what came of it.
fn contact_line(contact: &Contact, model: &Model, look: &Look<'_>) -> String {
    let case = model.brief(contact.case);
    let topics = look.short_codes("topic", contact.topics.iter().map(String::as_str));
    let state = case.map(|case| joined([case.number().to_string(), state_of(case, look)]));
    joined([
        contact.at.map(|at| look.day(at.date_naive())).unwrap_or_default(),
        model.operator_name(contact.operator).to_owned(),
        look.short_code("method", &contact.method),
        topics,
        look.short_code("response", &contact.response),
        state.unwrap_or_default(),
    ])
}

/// The rows that the banner takes over a slip of this size; 0: nothing is known. What decides is who is concerned and
/// where the focus is, so that it moves only by a key.
pub fn banner_height(beside: &Beside, model: &Model, look: &Look<'_>, area: Rect, at_work: bool) -> u16 {
    if beside.chosen.is_empty() {
        return 0;
    }
    let policy: Vec<Line> = {
        let mut lines = Vec::new();
        for (_, policy) in model.known.policies_for(&beside.concerned) {
            policy_lines(policy, look, area.width.saturating_sub(2), &mut lines);
        }
        lines
    };
    let wanted = u16::try_from(1 + policy.len() + CONTACTS).unwrap_or(u16::MAX);
    // Where there is little room, the slip has it back as soon as somebody writes further down.
    let most = if area.height >= 20 || !at_work { area.height / 2 } else { 2 };
    wanted.min(most)
}

/// Draws the banner.
pub fn banner(beside: &Beside, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    beside.banner.draw(look.held, buf, area, seen(beside, model, look), |buf, area| {
        let names = beside.concerned.iter().filter_map(|person| {
            let card = model.known.get(*person)?;
            Some(if card.name.is_empty() { look.t("caller-nameless").into_owned() } else { card.name.to_string() })
        });
        let names = names.collect::<Vec<_>>().join(" / ");
        let title = look.locale.f("caller-banner", &[("name", &names)]).into_owned();
        // Behind a popup no key leads there.
        let key = look.key(Action::ContinueCase);
        let keys =
            key.map(|key| look.locale.f("caller-banner-keys", &[("key", &key)]).into_owned()).unwrap_or_default();
        let room = area.width.saturating_sub(width(&keys) + 2);
        put(buf, area.x + 1, area.y, room, &truncate(&title, room), look.theme.title);
        let right = area.right().saturating_sub(width(&keys) + 1);
        put(buf, right, area.y, width(&keys), &keys, look.theme.key);
        let lines = banner_lines(beside, model, look, area.width.saturating_sub(2));
        let rows = usize::from(area.height.saturating_sub(1));
        for (at, (y, (text, style))) in (area.y + 1..area.bottom()).zip(&lines).enumerate() {
            let cells = area.width.saturating_sub(2);
            if at + 1 == rows && lines.len() > rows {
                let key = look.key(Action::SharedPolicy).unwrap_or_default();
                let more = look.locale.f("caller-more", &[("key", &key)]).into_owned();
                let cells = cells.saturating_sub(width(&more) + 1);
                put(buf, area.x + 1, y, cells, &truncate(text, cells), *style);
                put(buf, area.right().saturating_sub(width(&more) + 1), y, width(&more), &more, look.theme.key);
            } else {
                put(buf, area.x + 1, y, cells, &truncate(text, cells), *style);
            }
        }
    });
}

/// Where a case stands; of one that is closed, what came of it, which says that too.
fn state_of(case: &Brief, look: &Look<'_>) -> String {
    if case.is_open() || case.outcome().is_empty() {
        return look.short_code("status", case.status.name());
    }
    look.short_code("outcome", case.outcome())
}

fn counted(key: &str, count: usize, look: &Look<'_>) -> String {
    look.locale.f(key, &[("count", &count.to_string())]).into_owned()
}

fn joined(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
