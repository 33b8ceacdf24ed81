//! A desk of any size with invented cases and offices, the same on every machine.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Days, FixedOffset};
use madoguchi::desk::case::{Case, Status};
use madoguchi::desk::edits;
use madoguchi::desk::id::Id;
use madoguchi::desk::office::Office;
use madoguchi::desk::operator::{DeskProfile, Operator};
use madoguchi::desk::record::{Batch, Edit, Kind};
use madoguchi::journal::{Journal, Options, RealDisk};

use crate::rows::{self, Numbers};

/// However many cases a desk has closed, it works on about this many.
const OPEN: usize = 300;

/// Edits in one batch.
const BATCH: usize = 1_000;

/// Makes a desk with this many cases, and a tenth as many offices, in an empty folder.
pub fn fill(folder: &Path, cases: usize) {
    let now = DateTime::parse_from_rfc3339("2026-11-24T14:29:00+09:00").expect("a time");
    let (desk, operator) = (id(1, 0), id(2, 0));
    let options = Options::new(now).of_desk(desk);
    let (mut journal, _) = Journal::create(folder, Arc::new(RealDisk), options).expect("an empty folder");
    let profile = DeskProfile { name: "架空窓口".to_owned(), ..DeskProfile::default() };
    let person = Operator { name: "試験花子".to_owned(), ..Operator::default() };
    journal.commit(edits::set_up(desk, &profile, operator, &person), now).expect("a save");
    let rows = rows::rows(cases.max(10) / 10, 7);
    let offices = rows.iter().enumerate().map(|(n, row)| {
        let office = Office {
            name: row.name.clone(),
            kana: row.kana.clone(),
            phone: row.phone.clone(),
            address: row.address.clone(),
            department: row.department.to_owned(),
            note: row.note.to_owned(),
            ..Office::default()
        };
        edits::create(Kind::Office, id(3, n), &office)
    });
    commit_all(&mut journal, operator, offices, now);
    let mut numbers = Numbers::new(11);
    let cases = (0..cases).map(|n| {
        let open = n + OPEN >= cases;
        let days = u64::try_from((cases - n) / 40).unwrap_or_default();
        let opened = now.checked_sub_days(Days::new(days.min(9_000))).unwrap_or(now);
        let case = case(n, open, opened, operator, &mut numbers);
        edits::create(Kind::Case, id(4, n), &case)
    });
    commit_all(&mut journal, operator, cases, now);
    journal.close().expect("a clean stop");
}

fn commit_all(journal: &mut Journal, operator: Id, edits: impl Iterator<Item = Edit>, now: DateTime<FixedOffset>) {
    let mut edits = edits.peekable();
    while edits.peek().is_some() {
        let batch = Batch::new("done-save-call", operator, edits.by_ref().take(BATCH).collect());
        journal.commit(batch, now).expect("a save");
    }
}

fn case(n: usize, open: bool, opened: DateTime<FixedOffset>, operator: Id, numbers: &mut Numbers) -> Case {
    let topic = numbers.pick(&[
        "退院後の往診医を探している",
        "訪問看護の回数を増やしたい",
        "家で最期まで過ごしたい",
        "薬局に配達を頼みたい",
    ]);
    Case {
        number: format!("R8-{:04}", n + 1),
        status: if open { Status::Active } else { Status::Closed },
        urgency: numbers.pick(&["1", "2", "3", "4"]).to_owned(),
        opened_at: Some(opened),
        closed_at: (!open).then_some(opened),
        operator,
        caller: numbers.pick(&["架空居宅 田中", "架空病院連携室", "長女", "民生委員"]).to_owned(),
        summary: topic.to_owned(),
        subject_name: format!("架空{}郎", numbers.below(900) + 100),
        area: numbers.pick(&["北", "南", "東"]).to_owned(),
        ..Case::default()
    }
}

fn id(kind: u8, n: usize) -> Id {
    let mut bytes = *blake3::hash(&n.to_le_bytes()).as_bytes();
    bytes[0] = kind;
    let mut id = [0; 16];
    id.copy_from_slice(&bytes[..16]);
    Id::from_bytes(id)
}
