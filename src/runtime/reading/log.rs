//! Reading the access log in pages backwards, and which months of it were reviewed. Here is decided whose entries
//! somebody may see: the screens and the command line get no others.

use crate::app::msg::{Answer, LogPage, LogQuery, Reviews};
use crate::desk::access::review::SignOff;
use crate::desk::access::{Entry, Filter, REVIEWS};
use crate::desk::id::Id;
use crate::desk::operator::{Operator, Role};
use crate::desk::record::{Kind, RecordKey};
use crate::journal::{Journal, ReadError, hex};
use crate::runtime::eyes;

use super::typed;

/// How many entries a page has at most.
const ENTRIES: usize = 200;
/// How many batches are looked at for a page at most: some ten milliseconds, which is what a save may have to wait.
const BATCHES: usize = 2_000;
/// How many looks at one record are shown.
const LOOKS: usize = 500;
/// More months than any desk will have.
const MONTHS: usize = 10_000;

/// Whether the operator may see everybody's entries: a supervisor may.
pub fn sees_all(journal: &Journal, who: Id) -> Result<bool, ReadError> {
    let mut all: Vec<(Id, Operator)> = Vec::new();
    for record in journal.each(Kind::Operator) {
        let (id, value) = record?;
        all.extend(typed(Kind::Operator, id, value).map(|operator| (id, operator)));
    }
    Ok(eyes::role_in(&all, who) == Role::Supervisor)
}

/// A page of the log, newest first.
pub fn page(journal: &Journal, query: &LogQuery) -> Result<LogPage, ReadError> {
    let own = !sees_all(journal, query.who)?;
    let filter = if own { Filter { operator: Some(query.who), ..query.filter.clone() } } else { query.filter.clone() };
    let mut page = LogPage { query: query.clone(), entries: Vec::new(), next: None, unreadable: 0, own };
    for (n, logged) in journal.log_back(query.before).enumerate() {
        let logged = logged?;
        if page.entries.len() >= ENTRIES || n >= BATCHES {
            // The walk goes on below the batch before this one.
            return Ok(page);
        }
        page.next = Some(logged.seq);
        page.unreadable += u64::from(logged.changes.is_empty());
        if logged.changes.first().is_some_and(|c| filter.ends_at(c.stamp.ms, *c.at.offset())) {
            break;
        }
        let numbered = (logged.seq..).zip(&logged.changes);
        let entries: Vec<Entry> = numbered.map(|(seq, change)| Entry::of(seq, change)).collect();
        page.entries.extend(entries.into_iter().rev().filter(|entry| filter.takes(entry)));
    }
    page.next = None;
    Ok(page)
}

/// The looks at one record, newest first: of everybody for a supervisor, else of who asks.
pub fn looks(journal: &Journal, key: RecordKey, who: Id) -> Result<Answer, ReadError> {
    let all = sees_all(journal, who)?;
    let looks = journal.looks(key, LOOKS)?;
    let seen = looks.iter().filter(|change| all || change.operator == who);
    // Their numbers are of no interest beside a record.
    Ok(Answer::Looks(key, seen.map(|change| Entry::of(0, change)).collect()))
}

/// Which months were signed off, and what a sign-off of now names.
pub fn reviews(journal: &Journal) -> Result<Reviews, ReadError> {
    let signed = journal.looks(REVIEWS, MONTHS)?.iter().filter_map(SignOff::of).collect();
    let first = journal.first_change()?.map(|change| change.at.date_naive()).unwrap_or_default();
    let (seq, hash) = journal.head();
    Ok(Reviews { first, signed, head: (seq, hex(&hash)) })
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
    use serde_json::json;

    use super::*;
    use crate::desk::access::review::sign_off;
    use crate::desk::access::{Access, Details, Look, batch};
    use crate::desk::record::{Batch, Edit};

    fn id(n: u8) -> Id {
        Id::from_bytes([n; 16])
    }

    fn at(minute: i64) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339("2026-11-24T09:00:00+09:00").unwrap() + TimeDelta::minutes(minute)
    }

    fn operator(n: u8, role: &str) -> Batch {
        let edit = Edit::new(RecordKey::new(Kind::Operator, id(n)), json!({"name": "架空", "role": role}));
        Batch::new("done-add-operator", id(n), vec![edit])
    }

    fn opened(by: u8, cases: u32) -> Batch {
        let case = |n: u32| RecordKey::new(Kind::Case, Id::from_bytes(u128::from(n).to_be_bytes()));
        let looks: Vec<Look> = (0..cases).map(|n| Look::new(Access::Open, case(n))).collect();
        batch(Access::Open, id(by), &looks)
    }

    fn desk() -> Journal {
        Journal::in_memory(id(9), at(0)).unwrap().0
    }

    fn all(journal: &Journal, who: u8, filter: &Filter) -> (Vec<Entry>, usize) {
        let (mut entries, mut pages) = (Vec::new(), 0);
        let mut query = LogQuery { who: id(who), filter: filter.clone(), before: None };
        loop {
            let page = page(journal, &query).unwrap();
            entries.extend(page.entries);
            pages += 1;
            match page.next {
                Some(next) => query.before = Some(next),
                None => return (entries, pages),
            }
        }
    }

    #[test]
    fn pages_are_read_to_the_end_and_meet_each_entry_once() {
        let mut journal = desk();
        journal.commit(operator(1, "supervisor"), at(0)).unwrap();
        for minute in 1..=300 {
            journal.commit(opened(1, 2), at(minute)).unwrap();
        }
        let (entries, pages) = all(&journal, 1, &Filter::default());
        assert_eq!((entries.len(), pages), (601, 4));
        assert!(entries.is_sorted_by(|newer, older| newer.seq > older.seq));
        let (none, _) = all(&journal, 1, &Filter { access: Some(Access::Print), ..Filter::default() });
        assert_eq!(none, []);
        let (settings, _) = all(&journal, 1, &Filter { access: Some(Access::Settings), ..Filter::default() });
        assert_eq!(settings.len(), 1);
    }

    #[test]
    fn who_is_no_supervisor_sees_their_own() {
        let mut journal = desk();
        journal.commit(operator(1, ""), at(0)).unwrap();
        journal.commit(operator(2, "operator"), at(1)).unwrap();
        journal.commit(opened(1, 1), at(2)).unwrap();
        journal.commit(opened(2, 1), at(3)).unwrap();
        let seen = |journal: &Journal, who| all(journal, who, &Filter::default()).0.len();
        assert_eq!((seen(&journal, 1), seen(&journal, 2)), (4, 4), "nobody is a supervisor");
        journal.commit(operator(3, "supervisor"), at(4)).unwrap();
        assert_eq!((seen(&journal, 1), seen(&journal, 2), seen(&journal, 3)), (2, 2, 5));
        let others = Filter { operator: Some(id(1)), ..Filter::default() };
        assert!(all(&journal, 2, &others).0.iter().all(|entry| entry.operator == id(2)));
        let unknown = LogQuery { who: id(7), ..LogQuery::default() };
        let page = page(&journal, &unknown).unwrap();
        assert!(page.own && page.entries.is_empty());
    }

    #[test]
    fn walking_stops_before_the_first_day_that_is_wanted() {
        let mut journal = desk();
        for day in 0..10 {
            journal.commit(opened(1, 1), at(day * 24 * 60)).unwrap();
        }
        // The wall clock was set back: a later entry shows an earlier day, and none of the wanted ones is missed.
        journal.commit(opened(1, 1), at(0)).unwrap();
        journal.commit(opened(1, 1), at(9 * 24 * 60)).unwrap();
        let day = |n| NaiveDate::from_ymd_opt(2026, 11, n).unwrap();
        let (entries, _) = all(&journal, 1, &Filter { from: Some(day(24 + 6)), ..Filter::default() });
        assert_eq!(entries.len(), 5, "30 November to 3 December, and the last once more");
        let (entries, _) = all(&journal, 1, &Filter { to: Some(day(24)), ..Filter::default() });
        assert_eq!(entries.len(), 2);
    }

    #[test]
    fn sign_offs_are_found_without_reading_the_log() {
        let mut journal = desk();
        assert_eq!(reviews(&journal).unwrap().signed, []);
        journal.commit(opened(1, 1), at(0)).unwrap();
        let before = reviews(&journal).unwrap();
        assert_eq!((before.head.0, before.head.1.len(), before.first), (1, 64, at(0).date_naive()));
        journal.commit(sign_off("2026-10".parse().unwrap(), id(1), before.head.0, &before.head.1), at(1)).unwrap();
        let after = reviews(&journal).unwrap();
        assert_eq!(after.signed.first().map(|signed| signed.head.clone()), Some(before.head.1));
        let Answer::Looks(key, looks) = looks(&journal, REVIEWS, id(1)).unwrap() else { panic!("no looks") };
        assert_eq!((key, looks.len()), (REVIEWS, 1));
        assert_eq!(looks[0].details, Details { seq: Some(1), ..looks[0].details.clone() });
    }
}
