//! The monthly meeting: when the next one is, and its agenda made from flags and from what was put in order.

use std::str::FromStr;

use chrono::{DateTime, Datelike, Days, FixedOffset, Months, NaiveDate, Weekday};

use super::case::Flag;
use super::date::is_open_day;
use super::id::Id;
use super::meeting::{AgendaItem, Meeting, Treatment};
use super::operator::DeskProfile;

/// The weekday of the month on which the 定例会 is held, such as `2-tue`; `last-fri` for the last Friday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Which one of the month, 1 to 4; `None`: the last one.
    pub nth: Option<u8>,
    /// The weekday.
    pub weekday: Weekday,
}

impl Default for Rule {
    /// The second Tuesday.
    fn default() -> Self {
        Self { nth: Some(2), weekday: Weekday::Tue }
    }
}

/// The text is not a rule such as `2-tue`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a rule for a monthly meeting")]
pub struct NotARule;

impl FromStr for Rule {
    type Err = NotARule;

    fn from_str(text: &str) -> Result<Self, NotARule> {
        let (nth, weekday) = text.trim().split_once('-').ok_or(NotARule)?;
        let nth = match nth {
            "last" => None,
            digit => Some(digit.parse().ok().filter(|n| (1..=4).contains(n)).ok_or(NotARule)?),
        };
        Ok(Self { nth, weekday: weekday.parse().map_err(|_| NotARule)? })
    }
}

impl Rule {
    /// The desk's rule; the second Tuesday where none is set or it cannot be read.
    pub fn of(profile: &DeskProfile) -> Self {
        profile.meeting_rule.parse().unwrap_or_default()
    }

    /// The day in this month. The rule's day is kept even if the desk is closed then: see [`falls_on_closed_day`].
    pub fn in_month(self, year: i32, month: u32) -> Option<NaiveDate> {
        if let Some(nth) = self.nth {
            return NaiveDate::from_weekday_of_month_opt(year, month, self.weekday, nth);
        }
        (1..=5).rev().find_map(|nth| NaiveDate::from_weekday_of_month_opt(year, month, self.weekday, nth))
    }

    /// The first day of a meeting on or after `from`.
    pub fn next_from(self, from: NaiveDate) -> NaiveDate {
        let months = (0..=1).filter_map(|n| from.with_day(1)?.checked_add_months(Months::new(n)));
        months.filter_map(|month| self.in_month(month.year(), month.month())).find(|day| *day >= from).unwrap_or(from)
    }

    /// The last day of a meeting before `before`.
    pub fn last_before(self, before: NaiveDate) -> NaiveDate {
        let months = (0..=1).filter_map(|n| before.with_day(1)?.checked_sub_months(Months::new(n)));
        months
            .filter_map(|month| self.in_month(month.year(), month.month()))
            .find(|day| *day < before)
            .unwrap_or_else(|| before.checked_sub_days(Days::new(28)).unwrap_or(before))
    }
}

/// Whether the desk is closed on the meeting's day, so that the screen says to look at the date.
pub fn falls_on_closed_day(on: NaiveDate) -> bool {
    !is_open_day(on)
}

/// The monthly meeting that flags set now go to: the earliest 定例会 that is not held and not in the past.
///
/// `None`: there is none yet; it will be on [`Rule::next_from`].
pub fn next_meeting<'a>(
    meetings: impl IntoIterator<Item = (Id, &'a Meeting)>,
    today: NaiveDate,
) -> Option<(Id, &'a Meeting)> {
    meetings
        .into_iter()
        .filter(|(_, m)| m.kind == MONTHLY && !m.held && m.on.is_some_and(|on| on >= today))
        .min_by_key(|(id, m)| (m.on, *id))
}

/// The day of the next monthly meeting where none is kept for it: the rule's next day in a month whose meeting was not
/// held yet.
pub fn next_day<'a>(rule: Rule, meetings: impl IntoIterator<Item = &'a Meeting>, today: NaiveDate) -> NaiveDate {
    let month = |day: NaiveDate| (day.year(), day.month());
    let held = meetings.into_iter().filter(|m| m.kind == MONTHLY && m.held).filter_map(|m| m.on).max();
    let day = rule.next_from(today);
    match held.filter(|held| month(*held) == month(day)) {
        // The month's meeting was held early: the next one is the next month's.
        Some(_) => rule.next_from(first_of_next_month(day).unwrap_or(day)),
        None => day,
    }
}

fn first_of_next_month(day: NaiveDate) -> Option<NaiveDate> {
    day.with_day(1)?.checked_add_months(Months::new(1))
}

/// How long an item is expected to take, in minutes: what was said, else 10 for a decision, 5 for a report, none for
/// what is put off.
pub fn minutes(item: &AgendaItem) -> u32 {
    match (item.treatment, item.minutes) {
        (Treatment::Defer, _) => 0,
        (Treatment::Decide, 0) => 10,
        (Treatment::Report, 0) => 5,
        (_, said) => said,
    }
}

/// The code of list `meeting-kind` for 定例会.
pub const MONTHLY: &str = "1";

/// One line of an agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The case.
    pub case: Id,
    /// What the meeting's record says of it; the default where it is only flagged.
    pub item: AgendaItem,
    /// Whether the meeting's record has an item for it.
    pub placed: bool,
    /// When it was flagged; `None` if it no longer is.
    pub flagged_at: Option<DateTime<FixedOffset>>,
}

/// The agenda of a meeting: its items in order, then the flagged cases without one in the order of their flags.
///
/// A held meeting shows only its items, whatever was flagged since. In one that is still to come an item whose case is
/// no longer flagged is shown only if something was decided on it. `flagged` may be in any order.
pub fn agenda<'a>(meeting: Option<&Meeting>, flagged: impl IntoIterator<Item = (Id, &'a Flag)>) -> Vec<Row> {
    let held = meeting.is_some_and(|m| m.held);
    let flags: std::collections::BTreeMap<Id, &Flag> = flagged.into_iter().collect();
    let at = |case: &Id| flags.get(case).map(|flag| flag.at);
    let mut rows: Vec<Row> = meeting
        .into_iter()
        .flat_map(|m| &m.items)
        .filter(|(case, item)| held || flags.contains_key(case) || !item.decision.is_empty())
        .map(|(case, item)| Row { case: *case, item: item.clone(), placed: true, flagged_at: at(case) })
        .collect();
    if !held {
        let absent = flags.keys().filter(|case| meeting.is_none_or(|m| !m.items.contains_key(case)));
        rows.extend(absent.map(|case| Row {
            case: *case,
            item: AgendaItem::default(),
            placed: false,
            flagged_at: at(case),
        }));
    }
    rows.sort_by_key(|row| (!row.placed, row.item.order, row.flagged_at, row.case));
    rows
}

/// The new places after the row at `from` was moved to `to`: only the cases whose place changes, with the new
/// [`AgendaItem::order`]. Empty when nothing moves or `from` is not on the agenda; `to` beyond the end is the end.
pub fn reorder(rows: &[Row], from: usize, to: usize) -> Vec<(Id, i64)> {
    let to = to.min(rows.len().saturating_sub(1));
    if from == to || from >= rows.len() {
        return Vec::new();
    }
    let mut wanted: Vec<&Row> = rows.iter().collect();
    let row = wanted.remove(from);
    wanted.insert(to, row);
    // Rows that were never moved keep following their flags: only those up to the last moved or placed one get a place.
    let last_placed = wanted.iter().rposition(|row| row.placed).unwrap_or_default();
    let end = from.max(to).max(last_placed);
    // The places already given are dealt out again, so that a move between neighbours changes two records' fields.
    let mut places: Vec<i64> = rows.iter().filter(|row| row.placed).map(|row| row.item.order).collect();
    let distinct = places.is_sorted_by(|a, b| a < b);
    if !distinct || places.len() <= end {
        places = (1..).map(|n: i64| n * 10).take(end + 1).collect();
    }
    wanted
        .into_iter()
        .zip(places)
        .take(end + 1)
        .filter(|(row, place)| !row.placed || row.item.order != *place)
        .map(|(row, place)| (row.case, place))
        .collect()
}

/// The places that the rows up to `last` need so that all of them keep their place once one of them has an item of its
/// own: only those that have none yet.
pub fn place(rows: &[Row], last: usize) -> Vec<(Id, i64)> {
    let highest = rows.iter().filter(|row| row.placed).map(|row| row.item.order).max().unwrap_or_default();
    let open = rows.iter().take(last.saturating_add(1)).filter(|row| !row.placed);
    open.zip(1_i64..).map(|(row, n)| (row.case, highest.saturating_add(n.saturating_mul(10)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn rules_are_read_and_wrong_ones_refused() {
        assert_eq!("2-tue".parse(), Ok(Rule::default()));
        assert_eq!("last-fri".parse(), Ok(Rule { nth: None, weekday: Weekday::Fri }));
        for text in ["", "tue", "5-tue", "0-tue", "2-", "2-かようび", "-2-tue"] {
            assert_eq!(text.parse::<Rule>(), Err(NotARule), "{text}");
        }
        let profile = DeskProfile { meeting_rule: "x".into(), ..DeskProfile::default() };
        assert_eq!(Rule::of(&profile), Rule::default());
    }

    #[test]
    fn the_next_meeting_is_on_or_after_today() {
        let rule = Rule::default();
        for (from, next, last) in [
            (day(2026, 11, 22), day(2026, 12, 8), day(2026, 11, 10)),
            (day(2026, 11, 10), day(2026, 11, 10), day(2026, 10, 13)),
            (day(2026, 11, 11), day(2026, 12, 8), day(2026, 11, 10)),
            (day(2026, 12, 31), day(2027, 1, 12), day(2026, 12, 8)),
        ] {
            assert_eq!(rule.next_from(from), next, "{from}");
            assert_eq!(rule.last_before(from), last, "{from}");
        }
        let last_friday: Rule = "last-fri".parse().unwrap();
        assert_eq!(last_friday.next_from(day(2026, 11, 22)), day(2026, 11, 27));
        assert_eq!(last_friday.next_from(day(2026, 10, 31)), day(2026, 11, 27));
        assert!(falls_on_closed_day(day(2026, 11, 3)));
        assert!(!falls_on_closed_day(day(2026, 12, 8)));
    }

    #[test]
    fn after_a_meeting_was_held_the_next_one_is_in_another_month() {
        let held = |on| Meeting { on: Some(on), ..meeting(&[], true) };
        for (today, kept, next) in [
            (day(2026, 11, 22), None, day(2026, 12, 8)),
            (day(2026, 12, 8), None, day(2026, 12, 8)),
            (day(2026, 12, 8), Some(held(day(2026, 12, 8))), day(2027, 1, 12)),
            (day(2026, 12, 2), Some(held(day(2026, 12, 1))), day(2027, 1, 12)),
            (day(2026, 11, 22), Some(held(day(2026, 11, 10))), day(2026, 12, 8)),
        ] {
            assert_eq!(next_day(Rule::default(), kept.iter(), today), next, "{today}");
        }
    }

    #[test]
    fn an_item_takes_what_was_said_or_what_its_treatment_usually_takes() {
        let item = |treatment, minutes| AgendaItem { treatment, minutes, ..AgendaItem::default() };
        for (item, expected) in [
            (item(Treatment::Decide, 0), 10),
            (item(Treatment::Report, 0), 5),
            (item(Treatment::Report, 15), 15),
            (item(Treatment::Defer, 15), 0),
        ] {
            assert_eq!(minutes(&item), expected, "{item:?}");
        }
    }

    fn id(n: u8) -> Id {
        Id::from_bytes([n; 16])
    }

    fn flag(minute: u32) -> Flag {
        let at = DateTime::parse_from_rfc3339(&format!("2026-11-20T09:{minute:02}:00+09:00")).unwrap();
        Flag { reason: String::new(), at, by: id(9) }
    }

    fn meeting(orders: &[(u8, i64)], held: bool) -> Meeting {
        let item = |order| AgendaItem { order, ..AgendaItem::default() };
        Meeting {
            kind: MONTHLY.into(),
            on: Some(day(2026, 12, 8)),
            items: orders.iter().map(|(n, order)| (id(*n), item(*order))).collect(),
            held,
            ..Meeting::default()
        }
    }

    fn cases(rows: &[Row]) -> Vec<Id> {
        rows.iter().map(|row| row.case).collect()
    }

    #[test]
    fn the_earliest_meeting_to_come_is_the_next() {
        let past = Meeting { on: Some(day(2026, 11, 10)), ..meeting(&[], true) };
        let special = Meeting { kind: "2".into(), on: Some(day(2026, 11, 25)), ..Meeting::default() };
        let (soon, later) = (meeting(&[], false), Meeting { on: Some(day(2027, 1, 12)), ..meeting(&[], false) });
        let all = [(id(1), &past), (id(2), &later), (id(3), &soon), (id(4), &special)];
        assert_eq!(next_meeting(all, day(2026, 11, 22)).map(|(id, _)| id), Some(id(3)));
        assert_eq!(next_meeting(all, day(2026, 12, 9)).map(|(id, _)| id), Some(id(2)));
        assert_eq!(next_meeting([], day(2026, 11, 22)), None);
    }

    #[test]
    fn items_lead_in_order_and_flags_follow_in_time() {
        let (a, b, c, d) = (flag(3), flag(1), flag(2), flag(4));
        let flagged = [(id(1), &a), (id(2), &b), (id(3), &c), (id(4), &d)];
        let rows = agenda(Some(&meeting(&[(4, 10), (3, 20), (7, 5)], false)), flagged);
        assert_eq!(cases(&rows), [id(4), id(3), id(2), id(1)], "an item without flag and decision is not shown");
        assert_eq!(cases(&agenda(None, flagged)), [id(2), id(3), id(1), id(4)]);
        assert_eq!(agenda(None, []), []);
    }

    #[test]
    fn a_held_meeting_keeps_what_was_talked_about() {
        let later = flag(1);
        let rows = agenda(Some(&meeting(&[(4, 10), (3, 20)], true)), [(id(1), &later)]);
        assert_eq!(cases(&rows), [id(4), id(3)]);
        let mut open = meeting(&[(7, 5)], false);
        open.items.get_mut(&id(7)).unwrap().decision = "方針を揃える".into();
        assert_eq!(cases(&agenda(Some(&open), [])), [id(7)], "a decision stays though the flag is gone");
    }

    #[test]
    fn moving_neighbours_swaps_their_places() {
        let (a, b, c) = (flag(1), flag(2), flag(3));
        let flagged = [(id(1), &a), (id(2), &b), (id(3), &c)];
        let rows = agenda(Some(&meeting(&[(1, 10), (2, 20), (3, 30)], false)), flagged);
        assert_eq!(reorder(&rows, 0, 1), [(id(2), 10), (id(1), 20)]);
        assert_eq!(reorder(&rows, 0, 0), []);
        assert_eq!(reorder(&rows, 9, 0), []);
        assert_eq!(reorder(&[], 0, 1), []);
    }

    #[test]
    fn a_row_that_gets_an_item_keeps_its_place() {
        let (a, b, c) = (flag(1), flag(2), flag(3));
        let flagged = [(id(1), &a), (id(2), &b), (id(3), &c)];
        let mut meeting = meeting(&[(3, 10)], false);
        let rows = agenda(Some(&meeting), flagged);
        assert_eq!(cases(&rows), [id(3), id(1), id(2)]);
        assert_eq!(place(&rows, 0), []);
        for (case, order) in place(&rows, 2) {
            meeting.items.entry(case).or_default().order = order;
        }
        assert_eq!(cases(&agenda(Some(&meeting), flagged)), [id(3), id(1), id(2)]);
    }

    proptest! {
        #[test]
        fn after_a_move_the_agenda_stands_as_wanted(
            orders in prop::collection::vec(prop::option::of(-3..3_i64), 1..8),
            from in 0..8_usize,
            to in 0..9_usize,
        ) {
            let orders: Vec<(u8, Option<i64>)> = (1..).zip(orders).collect();
            let placed: Vec<(u8, i64)> = orders.iter().filter_map(|(n, o)| Some((*n, (*o)?))).collect();
            let flags: Vec<(Id, Flag)> = orders.iter().map(|(n, _)| (id(*n), flag(u32::from(60 - *n) % 60))).collect();
            let flagged = || flags.iter().map(|(id, flag)| (*id, flag));
            let mut meeting = meeting(&placed, false);
            let before = agenda(Some(&meeting), flagged());
            let mut wanted = cases(&before);
            if from < wanted.len() {
                let moved = wanted.remove(from);
                wanted.insert(to.min(wanted.len()), moved);
            }
            for (case, order) in reorder(&before, from, to) {
                meeting.items.entry(case).or_default().order = order;
            }
            prop_assert_eq!(cases(&agenda(Some(&meeting), flagged())), wanted);
        }
    }
}
