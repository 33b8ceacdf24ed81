//! Who said not long ago that there is no room: a fact about the doctor, unlike a no that was about one person.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::super::id::Id;
use super::super::inquiry::{Inquiry, Reply};
use super::super::office::Office;

/// For how many days "no room" holds: what clinics say of their places they say by the month.
pub const FULL_DAYS: u32 = 30;

/// 満床・受入停止中 (list `inquiry-decline`): of the office as a whole.
pub const NO_ROOM: &str = "full";
/// 医師の手が足りない (list `inquiry-decline`): of the doctor.
pub const NO_HANDS: &str = "hands";

/// The inquiries by the office that was asked.
pub(super) struct ByOffice<'a>(BTreeMap<Id, Vec<&'a Inquiry>>);

impl<'a> ByOffice<'a> {
    /// All of these.
    pub fn of(inquiries: impl IntoIterator<Item = &'a Inquiry>) -> Self {
        let mut offices: BTreeMap<Id, Vec<&Inquiry>> = BTreeMap::new();
        for inquiry in inquiries {
            offices.entry(inquiry.office).or_default().push(inquiry);
        }
        Self(offices)
    }

    /// Those to this office.
    pub fn to(&self, office: Id) -> &[&'a Inquiry] {
        self.0.get(&office).map_or(&[][..], Vec::as_slice)
    }
}

/// The day on which this doctor, or the office, last said that there is no room, where that still holds: not for longer than
/// [`FULL_DAYS`], not once somebody was taken on after it, nor once the office told that it takes people on again.
pub(super) fn full(asked: &[&Inquiry], (id, office): (Id, &Office), staff: Id, today: NaiveDate) -> Option<NaiveDate> {
    let mine = |inquiry: &Inquiry| inquiry.is_to(id, staff);
    let told_again = |on| office.accepts_on(today) && office.accepting_on.is_some_and(|told| told > on);
    // A full house is everybody's there, and so is its end; what one doctor cannot do another may.
    let room = last_no(asked, NO_ROOM, &|_| true);
    let hands = last_no(asked, NO_HANDS, &mine);
    let holds = |on: &NaiveDate| *on <= today && (today - *on).num_days() < i64::from(FULL_DAYS) && !told_again(*on);
    [room, hands].into_iter().flatten().filter(holds).max()
}

/// When one of these inquiries was last declined for this reason, unless one was answered with a yes after it.
fn last_no(asked: &[&Inquiry], why: &str, whose: &impl Fn(&Inquiry) -> bool) -> Option<NaiveDate> {
    let told = |inquiry: &Inquiry| inquiry.answered_on.or(inquiry.on);
    let own = || asked.iter().filter(|inquiry| whose(inquiry));
    let no = |inquiry: &&&Inquiry| inquiry.answer == Reply::Declined && inquiry.declined_for == why;
    let yes = |inquiry: &&&Inquiry| matches!(inquiry.answer, Reply::Accepted | Reply::Conditional);
    let last = own().filter(no).filter_map(|inquiry| told(inquiry)).max()?;
    let since = own().filter(yes).filter_map(|inquiry| told(inquiry)).any(|on| on > last);
    (!since).then_some(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u8) -> Id {
        Id::from_bytes([n; 16])
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
    }

    fn ago(days: i64) -> Option<NaiveDate> {
        today().checked_sub_signed(chrono::TimeDelta::days(days))
    }

    /// A no for this reason so many days ago, by this doctor (0: the office).
    fn no(why: &str, days: i64, staff: u8) -> Inquiry {
        let staff = if staff == 0 { Id::NIL } else { id(staff) };
        Inquiry {
            office: id(9),
            staff,
            on: ago(days + 1),
            answered_on: ago(days),
            answer: Reply::Declined,
            declined_for: why.to_owned(),
            ..Inquiry::default()
        }
    }

    fn yes(days: i64, staff: u8) -> Inquiry {
        Inquiry { answer: Reply::Conditional, declined_for: String::new(), ..no("", days, staff) }
    }

    #[test]
    fn no_room_holds_for_a_month_and_ends_when_somebody_is_taken_on() {
        let stands = |free: Option<Option<NaiveDate>>| match free {
            None => Office::default(),
            Some(told) => {
                let accepting_until = ago(-10);
                Office { accepting: "yes".into(), accepting_until, accepting_on: told, ..Office::default() }
            }
        };
        // What was answered; since when the office told that it takes people on; whether it counts for its doctors 1 and 2.
        for (answers, free, first, second) in [
            (vec![], None, None, None),
            (vec![no(NO_ROOM, 5, 1)], None, ago(5), ago(5)),
            (vec![no(NO_ROOM, 5, 0)], None, ago(5), ago(5)),
            (vec![no(NO_HANDS, 5, 1)], None, ago(5), None),
            (vec![no(NO_HANDS, 5, 0)], None, ago(5), ago(5)),
            // What says nothing of the doctor.
            (vec![no("person", 5, 1)], None, None, None),
            (vec![no("outside", 5, 1), no("beyond", 4, 1), no("other", 3, 1), no("", 2, 1)], None, None, None),
            (vec![no("満床", 5, 1)], None, None, None),
            // Its age, and a day that lies ahead.
            (vec![no(NO_ROOM, 29, 1)], None, ago(29), ago(29)),
            (vec![no(NO_ROOM, 30, 1)], None, None, None),
            (vec![no(NO_ROOM, -1, 1)], None, None, None),
            (vec![no(NO_ROOM, 20, 1), no(NO_HANDS, 3, 1)], None, ago(3), ago(20)),
            // Taken on since: for hands by that doctor, for room by anybody there.
            (vec![no(NO_HANDS, 5, 1), yes(4, 1)], None, None, None),
            (vec![no(NO_HANDS, 5, 1), yes(4, 2)], None, ago(5), None),
            (vec![no(NO_ROOM, 5, 1), yes(4, 2)], None, None, None),
            (vec![no(NO_ROOM, 5, 1), yes(5, 1)], None, ago(5), ago(5)),
            (vec![yes(8, 1), no(NO_ROOM, 5, 1)], None, ago(5), ago(5)),
            // The office tells that it takes people on: later than the no, or before it, or nobody knows when.
            (vec![no(NO_ROOM, 5, 1)], Some(ago(2)), None, None),
            (vec![no(NO_ROOM, 5, 1)], Some(ago(6)), ago(5), ago(5)),
            (vec![no(NO_ROOM, 5, 1)], Some(None), ago(5), ago(5)),
        ] {
            let (office, asked) = (stands(free), answers.iter().collect::<Vec<&Inquiry>>());
            let of = |staff| full(&asked, (id(9), &office), id(staff), today());
            let told: Vec<_> = answers.iter().map(|a| (a.declined_for.as_str(), a.answered_on, a.staff)).collect();
            assert_eq!((of(1), of(2)), (first, second), "{told:?}");
        }
    }
}
