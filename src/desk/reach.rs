//! Whom the desk reaches: what one contact tells of the office that called and of how the caller came to know of the desk
//! (把握経路). Knows no directory: whether a name is that of an office is for others to say.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};

use super::codebook::Codebook;
use super::contact::Contact;
use super::date::fiscal_year;
use super::id::Id;

/// The direction (list `direction`) of a contact that the desk began itself: nobody called.
const OUTWARD: &str = "2";

/// What of a contact is kept for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The day.
    pub on: NaiveDate,
    /// The office that called, where it was chosen from the directory.
    pub office: Id,
    /// 所属 as it was typed, where it was not.
    pub named: Box<str>,
    /// 把握経路 (list `route`); empty: not asked.
    pub route: Box<str>,
}

impl Told {
    /// What a contact tells; `None` for one without a day, and for one that the desk began itself.
    pub fn of(contact: &Contact) -> Option<Self> {
        let on = contact.at?.date_naive();
        let named = if contact.caller_office_id.is_nil() { contact.caller_office.as_str() } else { "" };
        (contact.direction != OUTWARD).then(|| Self {
            on,
            office: contact.caller_office_id,
            named: named.into(),
            route: contact.route.as_str().into(),
        })
    }
}

/// How often each 把握経路 was told in each month of a fiscal year: by code (empty: not asked), twelve months from April on.
pub fn routes<'a>(all: impl Iterator<Item = &'a Told>, year: i32) -> BTreeMap<String, [u32; 12]> {
    let mut routes: BTreeMap<String, [u32; 12]> = BTreeMap::new();
    for told in all.filter(|told| fiscal_year(told.on) == year) {
        // April is the first.
        let at = usize::try_from((told.on.month0() + 9) % 12).unwrap_or_default();
        let months = routes.entry(told.route.to_string()).or_default();
        months.iter_mut().skip(at).take(1).for_each(|count| *count += 1);
    }
    routes
}

/// 把握経路 in the order of the list; those that it has no more behind them, and what was not asked last.
pub fn in_order<'r>(routes: &'r BTreeMap<String, [u32; 12]>, codebook: &Codebook) -> Vec<(&'r str, &'r [u32; 12])> {
    let place = |route: &str| codebook.entries("route").iter().position(|entry| entry.code == route);
    let mut rows: Vec<(&str, &[u32; 12])> = routes.iter().map(|(route, counts)| (route.as_str(), counts)).collect();
    rows.sort_by_key(|(route, _)| (route.is_empty(), place(route).unwrap_or(usize::MAX)));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contact(at: &str, direction: &str, route: &str) -> Contact {
        let at = chrono::DateTime::parse_from_rfc3339(&format!("{at}T10:00:00+09:00")).unwrap();
        Contact { at: Some(at), direction: direction.into(), route: route.into(), ..Contact::default() }
    }

    #[test]
    fn only_who_called_tells_how_they_found_the_desk() {
        let office = Id::from_bytes([3; 16]);
        let chosen =
            Contact {
                caller_office_id: office, caller_office: "架空医院".into(), ..contact("2026-05-01", "1", "5")
            };
        let typed = Contact { caller_office: "ｶｸｳ医院".into(), ..contact("2026-05-01", "", "") };
        assert_eq!(Told::of(&chosen).map(|told| (told.office, told.named.to_string())), Some((office, String::new())));
        assert_eq!(
            Told::of(&typed).map(|told| (told.office, told.named.to_string())),
            Some((Id::NIL, "ｶｸｳ医院".into()))
        );
        assert_eq!(Told::of(&Contact { caller_office_id: office, ..contact("2026-05-01", "2", "5") }), None);
        assert_eq!(Told::of(&Contact::default()), None);
    }

    #[test]
    fn routes_are_counted_by_month_of_the_fiscal_year() {
        let days = [
            ("2026-03-31", "5"),
            ("2026-04-01", "5"),
            ("2026-04-30", "5"),
            ("2026-04-30", ""),
            ("2026-12-01", "7"),
            ("2027-01-01", "7"),
            ("2027-03-31", "7"),
            ("2027-04-01", "7"),
        ];
        let told: Vec<Told> = days.iter().filter_map(|(on, route)| Told::of(&contact(on, "1", route))).collect();
        let found = routes(told.iter(), 2026);
        let months = |of: &[(usize, u32)]| {
            let mut months = [0; 12];
            for (at, count) in of {
                months[*at] = *count;
            }
            months
        };
        let wanted = [("", months(&[(0, 1)])), ("5", months(&[(0, 2)])), ("7", months(&[(8, 1), (9, 1), (11, 1)]))];
        assert_eq!(found, wanted.map(|(route, months)| (route.to_owned(), months)).into());
        assert!(routes([].into_iter(), 2026).is_empty());
    }
}
