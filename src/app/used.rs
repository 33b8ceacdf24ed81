//! How lately and how often the desk had to do with an office: given to a caller, asked for one, or calling itself. Read off
//! the newest contacts, so that nothing is kept for it; one of a month ago counts half.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::model::Model;
use crate::desk::contact::Contact;
use crate::desk::id::Id;
use crate::desk::office::Office;

/// After so many days a use counts half.
const HALF: f64 = 30.0;

impl Model {
    /// How lately and often the offices were used that the newest contacts name; the others were not.
    pub fn uses(&self) -> BTreeMap<Id, u32> {
        self.used.all()
    }

    /// An office that is in the directory.
    pub fn office(&self, id: Id) -> Option<&Office> {
        self.offices.get(&id).map(Box::as_ref).filter(|office| !office.removed)
    }
}

/// The offices of the newest contacts.
#[derive(Debug, Default)]
pub struct Used {
    /// By contact: its day, counted from the day zero of the calendar in use here, and its offices.
    contacts: HashMap<Id, (i32, Vec<Id>)>,
    /// By office: how many of them there are of each day.
    days: HashMap<Id, BTreeMap<i32, u32>>,
}

impl Used {
    /// Takes over a contact (`None`: it is gone); the offices whose use has changed.
    pub fn apply(&mut self, id: Id, contact: Option<&Contact>) -> Vec<Id> {
        let (before, mut changed) = self.contacts.remove(&id).unwrap_or_default();
        for office in &changed {
            let Some(days) = self.days.get_mut(office) else { continue };
            let left = days.get(&before).map_or(0, |count| count.saturating_sub(1));
            if left > 0 {
                days.insert(before, left)
            } else {
                days.remove(&before)
            };
        }
        let Some(contact) = contact else { return changed };
        let Some(at) = contact.at else { return changed };
        let own = Some(contact.caller_office_id).filter(|id| !id.is_nil());
        let mut offices: Vec<Id> = contact.offices.keys().copied().chain(own).collect();
        offices.sort_unstable();
        offices.dedup();
        if !offices.is_empty() {
            changed.extend(&offices);
            let begin = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_default();
            let day = i32::try_from((at.date_naive() - begin).num_days()).unwrap_or_default();
            for office in &offices {
                *self.days.entry(*office).or_default().entry(day).or_default() += 1;
            }
            self.contacts.insert(id, (day, offices));
        }
        changed
    }

    /// [`Self::recent`] of every office that was used.
    pub fn all(&self) -> BTreeMap<Id, u32> {
        self.days.keys().map(|office| (*office, self.recent(*office))).filter(|(_, recent)| *recent > 0).collect()
    }

    /// Grows with each use, by less the longer ago it is; 0: never. Two offices compare alike on any day.
    pub fn recent(&self, office: Id) -> u32 {
        let days = self.days.get(&office).into_iter().flatten();
        let sum: f64 = days.map(|(day, count)| (f64::from(*day) / HALF).exp2() * f64::from(*count)).sum();
        if sum <= 0.0 {
            return 0;
        }
        // The logarithm of the sum: what decays alike needs no counting down.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 1 and some hundred thousand"
        )]
        let recent = (sum.log2().clamp(0.001, 4_000.0) * 1_000.0) as u32;
        recent
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u8) -> Id {
        Id::from_bytes([n; 16])
    }

    fn contact(day: u32, offices: &[u8]) -> Contact {
        let at = chrono::DateTime::parse_from_rfc3339(&format!("2026-11-{day:02}T10:00:00+09:00")).unwrap();
        let offices = offices.iter().map(|n| (id(*n), crate::desk::contact::GivenOffice::default())).collect();
        Contact { at: Some(at), offices, ..Contact::default() }
    }

    #[test]
    fn lately_and_often_used_offices_come_first() {
        let mut used = Used::default();
        assert_eq!(used.apply(id(1), Some(&contact(20, &[101, 102]))), [id(101), id(102)]);
        used.apply(id(2), Some(&contact(21, &[102])));
        used.apply(id(3), Some(&Contact { caller_office_id: id(103), ..contact(1, &[]) }));
        assert!(used.recent(id(102)) > used.recent(id(101)));
        assert!(used.recent(id(101)) > used.recent(id(103)));
        assert!(used.recent(id(103)) > used.recent(id(104)));
        assert_eq!(used.recent(id(104)), 0);
        assert_eq!(used.all(), [101, 102, 103].map(|n| (id(n), used.recent(id(n)))).into());
        // Taken back.
        assert_eq!(used.apply(id(2), None), [id(102)]);
        assert_eq!(used.recent(id(102)), used.recent(id(101)));
        assert_eq!(used.apply(id(9), Some(&Contact::default())), []);
        // The same contact told again counts once.
        let once = used.recent(id(101));
        used.apply(id(1), Some(&contact(20, &[101, 102])));
        assert_eq!(used.recent(id(101)), once);
        used.apply(id(1), None);
        assert_eq!(used.recent(id(101)), 0);
    }
}
