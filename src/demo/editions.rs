//! The demo's lists that were given away: two editions of the list of liaison offices, and who has only the older one.

use super::build::{Build, phone_number};
use crate::desk::document::{Document, Recipient};
use crate::desk::edition::{self, LIAISON};
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::office::Office;

/// Who is no office of the directory, and received the first edition.
const OTHERS: [(&str, u32); 2] = [("架空ブロック地域ケア会議", 20), ("架空市民生委員児童委員協議会", 40)];

/// Why each edition was made.
const NOTES: [&str; 2] = ["初版", "担当者の異動"];

impl Build<'_> {
    /// Both editions, with who received them.
    pub fn editions(&mut self) {
        let now = std::mem::take(&mut self.listed);
        let mut then = now.clone();
        // What was different when the first edition was made.
        let hospitals = then.iter_mut().filter(|(_, office)| office.kind == "1" && !office.staff.is_empty());
        for (n, (_, office)) in hospitals.take(2).enumerate() {
            if n == 0 {
                office.phone = phone_number(1999);
            } else if let Some(person) = office.staff.values_mut().min_by_key(|person| person.order) {
                "架空 前任".clone_into(&mut person.name);
                person.phone = phone_number(1998);
            }
        }
        if let Some(gone) = then.iter().rposition(|(_, office)| office.kind == "1") {
            then.remove(gone);
        }
        self.edition(1, 300, &then);
        self.edition(2, 850, &now);
    }

    fn edition(&mut self, number: u32, part: u32, offices: &[(Id, Office)]) {
        let (day, by) = (self.time.part(part), self.operator(1));
        let at = self.time.at(day, 13, 10);
        let extent = edition::usual_extent(LIAISON);
        let offices = offices.iter().map(|(id, office)| (*id, office));
        let made = edition::snapshot(offices, LIAISON, &extent, &|a, b| a == b);
        let note = usize::try_from(number).ok().and_then(|n| NOTES.get(n - 1)).copied().unwrap_or_default();
        let made = Document { number, on: Some(day), by, note: note.to_owned(), ..made };
        let id = (self.ids)();
        self.push(at, edits::number_edition(self.desk, LIAISON, number));
        self.push(at, edits::make_edition(by, id, &made));
        let one = |office, name: &str, copies| Recipient { copies, ..edition::recipient(office, name, day, "3", by) };
        let all = edition::everybody(&made);
        // The second one has not reached everybody yet.
        let reached = if number == 1 { all.len() } else { all.len() / 2 };
        let offices = all.into_iter().take(reached).map(|(office, name)| one(office, name, 1));
        let others = OTHERS.iter().filter(|_| number == 1).map(|(name, copies)| one(Id::NIL, name, *copies));
        let recipients: Vec<Recipient> = offices.chain(others).collect();
        let recipients: Vec<(Id, Recipient)> = recipients.into_iter().map(|one| ((self.ids)(), one)).collect();
        self.push(super::time::later(at, 20), edits::give_edition(by, id, &recipients));
    }
}
