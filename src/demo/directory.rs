//! The demo's directory as edits: what the survey brought, and what was checked later.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::build::{Build, phone_number};
use super::offices::{AREAS, CARE, CLINICS, DemoOffice, HOSPITALS, OTHERS};
use super::people::{CITY, SURVEY};
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::office::{Answer, Capability, Office, Staff};
use crate::desk::record::Batch;

impl Build<'_> {
    /// The offices, from the survey of the first day, and the checks since.
    pub fn directory(&mut self) {
        let first = self.time.first();
        let by = self.operator(0);
        let at = self.time.at(first, 8, 45);
        // Offices checked in the same twentieth of the time are checked in one go.
        let mut rounds: BTreeMap<u32, Vec<(Id, Office)>> = BTreeMap::new();
        let mut places = Vec::new();
        for table in [HOSPITALS, CLINICS, CARE, OTHERS] {
            let mut added = Vec::new();
            for row in table {
                let id = (self.ids)();
                let number = self.offices.len() + 1;
                let office = self.office(row, number, first);
                self.offices.insert(row.name, (id, office.phone.clone()));
                self.listed.push((id, office.clone()));
                if !row.places.0.is_empty() {
                    places.push((id, office.clone(), row.places));
                }
                self.staff.extend(office.present_staff().first().map(|(person, _)| (id, *person)));
                self.checked.push((id, row.verified.map(|part| self.time.part(part / 50 * 50))));
                added.extend(edits::add_office(by, id, &office, first).edits);
                if let Some(part) = row.verified {
                    rounds.entry(part / 50).or_default().push((id, office));
                }
            }
            self.push(at, Batch::new("done-add-office", by, added));
        }
        for (round, offices) in rounds {
            self.check(round, &offices);
        }
        self.places(places);
    }

    /// What offices told of places on the last days; some of it no longer holds.
    fn places(&mut self, told: Vec<(Id, Office, (&str, &str, i64))>) {
        let on = self.time.last();
        let by = self.operator(1);
        let mut batch = Batch::new("done-edit-office", by, Vec::new());
        for (id, before, (accepting, waiting, days)) in told {
            let after = Office {
                accepting: accepting.to_owned(),
                waiting: waiting.to_owned(),
                accepting_until: on.checked_add_signed(chrono::TimeDelta::days(days)),
                ..before.clone()
            };
            batch.edits.extend(edits::edit_office(by, id, &before, &after, on).into_iter().flat_map(|b| b.edits));
        }
        self.push(self.time.at(on, 9, 5), batch);
    }

    fn check(&mut self, round: u32, offices: &[(Id, Office)]) {
        let on = self.time.part(round.saturating_mul(50));
        let by = self.operator(usize::try_from(round % 4).unwrap_or_default());
        let ids: Vec<Id> = offices.iter().map(|(id, _)| *id).collect();
        let mut batch = edits::verify_offices(by, &ids, on, "1");
        for (id, before) in offices {
            let mut after = before.clone();
            // What is asked first on the telephone is the first thing that the office is known for.
            if let Some(known) = after.capabilities.values_mut().next() {
                "phone".clone_into(&mut known.source);
                known.on = Some(on);
                known.by = by;
            }
            batch.edits.extend(edits::edit_office(by, *id, before, &after, on).into_iter().flat_map(|b| b.edits));
        }
        self.push(self.time.at(on, 16, 50), batch);
    }

    fn office(&mut self, row: &DemoOffice, number: usize, on: NaiveDate) -> Office {
        let area = AREAS.get(row.area).copied().unwrap_or_default();
        let staff = row.staff.iter().zip(1..).map(|((name, kana, role, extension, handles), order)| {
            let person = Staff {
                name: (*name).to_owned(),
                kana: (*kana).to_owned(),
                department: row.department.to_owned(),
                role: (*role).to_owned(),
                extension: (*extension).to_owned(),
                handles: (*handles).to_owned(),
                order,
                ..Staff::default()
            };
            ((self.ids)(), person)
        });
        let (latitude, longitude) = place(row.area, number);
        Office {
            name: row.name.to_owned(),
            kana: row.kana.to_owned(),
            kind: row.kind.to_owned(),
            department: row.department.to_owned(),
            phone: phone_number(row.phone),
            fax: if row.fax == 0 { String::new() } else { phone_number(row.fax) },
            postal_code: format!("000{number:04}"),
            address: format!("{CITY}{area}{}丁目{}番{}号", number % 5 + 1, number % 17 + 1, number % 11 + 1),
            area: area.to_owned(),
            latitude: Some(latitude),
            longitude: Some(longitude),
            handles: row.handles.to_owned(),
            services: row.services.iter().map(|s| (*s).to_owned()).collect(),
            hours: row.hours.to_owned(),
            how_to_contact: row.how.to_owned(),
            alert: row.alert.to_owned(),
            capacity: row.capacity.to_owned(),
            note: row.note.to_owned(),
            capabilities: capabilities(row.can, on),
            serves: row.serves.to_owned(),
            closed: row.closed.to_owned(),
            best_time: row.best_time.to_owned(),
            staff: staff.collect(),
            ..Office::default()
        }
    }
}

/// Where an office stands, degrees: the areas lie around the middle one, in a sea where nobody lives.
fn place(area: usize, number: usize) -> (f64, f64) {
    const CENTRES: [(f64, f64); 5] =
        [(33.800, 131.500), (33.770, 131.510), (33.880, 131.495), (33.810, 131.570), (33.795, 131.420)];
    let (latitude, longitude) = CENTRES.get(area).copied().unwrap_or_default();
    // Some hundred metres apart, the same in each demo.
    let step = |factor: usize| f64::from(u16::try_from(number * factor % 11).unwrap_or_default()) / 500.0 - 0.01;
    (latitude + step(7), longitude + step(5))
}

/// Reads `home-visit+ end-of-life?`.
fn capabilities(can: &str, on: NaiveDate) -> BTreeMap<String, Capability> {
    can.split_whitespace()
        .filter_map(|word| {
            let (code, answer) = [('+', Answer::Yes), ('-', Answer::No), ('?', Answer::Ask), ('~', Answer::Unknown)]
                .into_iter()
                .find_map(|(sign, answer)| Some((word.strip_suffix(sign)?, answer)))?;
            Some((code.to_owned(), Capability { answer, source: SURVEY.to_owned(), on: Some(on), by: Id::NIL }))
        })
        .collect()
}
