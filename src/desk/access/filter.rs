//! What narrows the access log. Knows no store: entries are handed in, the newest first.

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::{Access, Entry};
use crate::desk::id::Id;

/// What is wanted of the log. Nothing set: every look.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Only what this operator did.
    pub operator: Option<Id>,
    /// From this day on.
    pub from: Option<NaiveDate>,
    /// Up to and with this day.
    pub to: Option<NaiveDate>,
    /// Only of the record of this identity, of whatever kind.
    pub record: Option<Id>,
    /// Only this kind.
    pub access: Option<Access>,
    /// Only what was refused or did not succeed.
    pub failures: bool,
    /// Only looks at cases that another operator had.
    pub others: bool,
    /// Changes of everyday work too.
    pub changes: bool,
}

impl Filter {
    /// Whether the entry is wanted.
    pub fn takes(&self, entry: &Entry) -> bool {
        let day = entry.day();
        (self.changes || entry.is_logged())
            && self.operator.is_none_or(|operator| entry.operator == operator)
            && self.from.is_none_or(|from| from <= day)
            && self.to.is_none_or(|to| day <= to)
            && self.record.is_none_or(|record| entry.record.id == record)
            && self.access.is_none_or(|access| entry.access() == Some(access))
            && (!self.failures || entry.is_failure())
            && (!self.others || entry.details.of_other)
    }

    /// Whether nothing older than a change with this stamp can be wanted: walking back may stop.
    ///
    /// `ms` is the stamp's, which never runs back on a desk and is never behind the wall clock of its time. The wall
    /// clock itself may have been set back, so that an older entry may show a later day.
    pub fn ends_at(&self, ms: u64, zone: FixedOffset) -> bool {
        let Some(from) = self.from else { return false };
        let stamped = i64::try_from(ms).ok().and_then(DateTime::from_timestamp_millis);
        stamped.is_some_and(|stamped| stamped.with_timezone(&zone).date_naive() < from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::access::Details;
    use crate::desk::record::{Kind, RecordKey};

    fn id(n: u8) -> Id {
        Id::from_bytes([n; 16])
    }

    fn entry(what: &str, day: u32, details: Details) -> Entry {
        let at = DateTime::parse_from_rfc3339(&format!("2026-11-{day:02}T23:30:00+09:00")).unwrap();
        Entry { seq: 1, at, operator: id(1), what: what.to_owned(), record: RecordKey::new(Kind::Case, id(5)), details }
    }

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, n).unwrap()
    }

    #[test]
    fn each_part_narrows_alone() {
        let open = entry("access-open", 24, Details { of_other: true, ..Details::default() });
        let none = Filter::default;
        for (filter, expected) in [
            (none(), true),
            (Filter { operator: Some(id(1)), ..none() }, true),
            (Filter { operator: Some(id(2)), ..none() }, false),
            (Filter { from: Some(day(24)), to: Some(day(24)), ..none() }, true),
            (Filter { from: Some(day(25)), ..none() }, false),
            (Filter { to: Some(day(23)), ..none() }, false),
            (Filter { record: Some(id(5)), ..none() }, true),
            (Filter { record: Some(id(6)), ..none() }, false),
            (Filter { access: Some(Access::Open), ..none() }, true),
            (Filter { access: Some(Access::Print), ..none() }, false),
            (Filter { failures: true, ..none() }, false),
            (Filter { others: true, ..none() }, true),
        ] {
            assert_eq!(filter.takes(&open), expected, "{filter:?}");
        }
        let change = entry("done-save-call", 24, Details::default());
        assert!(!none().takes(&change) && Filter { changes: true, ..none() }.takes(&change));
        let settings = entry("done-edit-desk", 24, Details::default());
        assert!(Filter { access: Some(Access::Settings), ..none() }.takes(&settings) && none().takes(&settings));
        // What a newer version calls a look is a look, of no kind that is known here.
        let later = entry("access-later", 24, Details::default());
        assert!(none().takes(&later) && !Filter { access: Some(Access::Open), ..none() }.takes(&later));
    }

    #[test]
    fn failures_are_refusals_and_what_did_not_succeed() {
        let failures = Filter { failures: true, ..Filter::default() };
        assert!(failures.takes(&entry("access-unlock-failed", 24, Details::default())));
        assert!(failures.takes(&entry("access-backup", 24, Details { failed: true, ..Details::default() })));
        assert!(!failures.takes(&entry("access-backup", 24, Details::default())));
    }

    #[test]
    fn a_try_that_was_kept_later_counts_on_its_own_day() {
        let tried = DateTime::parse_from_rfc3339("2026-11-20T08:00:00+09:00").ok();
        let try_ = entry("access-login-failed", 24, Details { tried_at: tried, ..Details::default() });
        assert!(Filter { to: Some(day(20)), ..Filter::default() }.takes(&try_));
        assert!(!Filter { from: Some(day(21)), ..Filter::default() }.takes(&try_));
    }

    #[test]
    fn walking_back_stops_only_before_the_first_day() {
        let zone = FixedOffset::east_opt(9 * 3600).unwrap();
        let ms = |day| u64::try_from(entry("access-open", day, Details::default()).at.timestamp_millis()).unwrap();
        let filter = Filter { from: Some(day(24)), ..Filter::default() };
        assert!(!filter.ends_at(ms(24), zone) && filter.ends_at(ms(23), zone));
        assert!(!Filter::default().ends_at(0, zone));
        assert!(!filter.ends_at(u64::MAX, zone), "a stamp of no time stops nothing");
    }
}
