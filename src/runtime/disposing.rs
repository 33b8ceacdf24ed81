//! Disposal on an open desk: what keeps a case, what goes with it, and carrying it out. Screen and command line call the
//! same functions; the rules are `desk::retention`'s.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::desk::access::{Access, Details};
use crate::desk::brief::Brief;
use crate::desk::case::Case;
use crate::desk::contact::Contact;
use crate::desk::edits::{self, Leaving};
use crate::desk::id::Id;
use crate::desk::index;
use crate::desk::meeting::Meeting;
use crate::desk::operator::{DeskProfile, Operator};
use crate::desk::record::{Explain, Kind, RecordKey};
use crate::desk::retention::{self, Disposal, Kept, NotApproved, Ties};
use crate::desk::say::Say;
use crate::exchange::archive::Gone;
use crate::journal::disposals::Going;
use crate::journal::{CommitError, Journal, ReadError, Receipt};
use crate::search::fold;

/// The members of an agenda's item that are no text.
const PLAIN: [&str; 5] = ["order", "treatment", "minutes", "operator", "due"];

/// A disposal that was agreed to.
#[derive(Debug)]
pub struct Disposed {
    /// That it is on the disk.
    pub receipt: Receipt,
    /// What has to be told with it.
    pub told: Vec<Say>,
}

/// Why a disposal was not agreed to. Nothing was changed.
#[derive(Debug)]
pub enum Refused {
    /// The rules.
    Rule(NotApproved),
    /// The disk.
    Disk(Say),
}

impl Explain for Refused {
    fn say(&self) -> Say {
        match self {
            Self::Rule(why) => why.say(),
            Self::Disk(say) => say.clone(),
        }
    }
}

impl From<NotApproved> for Refused {
    fn from(why: NotApproved) -> Self {
        Self::Rule(why)
    }
}

impl From<ReadError> for Refused {
    fn from(error: ReadError) -> Self {
        Self::Disk(error.say())
    }
}

/// A record as its type; `None` for one that has another shape.
fn typed<T: DeserializeOwned>(value: Value) -> Option<T> {
    serde_json::from_value(value).ok()
}

fn get<T: DeserializeOwned>(journal: &Journal, key: RecordKey) -> Result<Option<T>, ReadError> {
    Ok(journal.get(key)?.and_then(typed))
}

fn all<T: DeserializeOwned>(journal: &Journal, kind: Kind) -> Result<Vec<(Id, T)>, ReadError> {
    let mut all = Vec::new();
    for record in journal.each(kind) {
        let (id, value) = record?;
        all.extend(typed(value).map(|record| (id, record)));
    }
    Ok(all)
}

/// The desk's profile.
pub fn profile(journal: &Journal) -> Result<DeskProfile, ReadError> {
    Ok(get(journal, RecordKey::new(Kind::Desk, journal.desk()))?.unwrap_or_default())
}

/// What keeps cases: meetings to come, and the open cases that name them, read in full.
pub fn ties(journal: &Journal, today: NaiveDate) -> Result<Ties, ReadError> {
    let meetings: Vec<(Id, Meeting)> = all(journal, Kind::Meeting)?;
    let mut ties = Ties::of_meetings(meetings.iter().map(|(_, meeting)| meeting), today);
    for key in journal.index_at(index::OPEN, &[])? {
        let Some(case) = journal.get(key)? else { continue };
        let number = case.get("number").and_then(Value::as_str).unwrap_or_default().to_owned();
        ties.add_value(&number, &case);
        for contact in journal.index_at(index::CASE, key.id.bytes())? {
            if let Some(contact) = journal.get(contact)? {
                ties.add_value(&number, &contact);
            }
        }
    }
    Ok(ties)
}

/// Agrees to the disposal `id` in the name of `by`, and begins to take away what goes with it.
///
/// # Errors
/// Nothing was changed.
pub fn approve(journal: &mut Journal, by: Id, id: Id, at: DateTime<FixedOffset>) -> Result<Disposed, Refused> {
    if journal.is_read_only() {
        return Err(Refused::Disk(CommitError::ReadOnly.say()));
    }
    let operators: BTreeMap<Id, Operator> = all(journal, Kind::Operator)?.into_iter().collect();
    let key = RecordKey::new(Kind::Disposal, id);
    let disposal: Disposal = get(journal, key)?.ok_or(NotApproved::Unknown)?;
    retention::may_approve(&disposal, by, &operators)?;
    let profile = profile(journal)?;
    let drafts = drafts(journal)?;
    let cases = may_go(journal, &disposal, &profile, &drafts, at.date_naive())?;
    let mut bundle = Bundle::gather(journal, &cases)?;
    bundle.add_meetings(journal)?;
    bundle.add_searches(journal)?;
    let Bundle { going, restated, notes, .. } = bundle;
    let leaving = Leaving { records: going.records.clone(), restated, numbers: going.numbers() };
    let done = journal.dispose(edits::dispose(by, id, &leaving, at), id, &going, at);
    let (receipt, failed) = done.map_err(|error| Refused::Disk(error.say()))?;
    let mut told: Vec<Say> = failed.iter().map(Explain::say).collect();
    if failed.is_some() {
        told.push(Say::new("retention-goes-on"));
    }
    // A draft that a power cut left of a contact that was saved.
    for (draft, _) in drafts.iter().filter(|(id, _)| going.records.contains(&RecordKey::new(Kind::Contact, *id))) {
        told.extend(journal.drafts().remove(*draft).err().map(|_| Say::new("retention-draft-stays")));
    }
    told.extend(list_beside_backups(journal, &profile));
    for day in notes {
        told.push(Say::new("retention-read-note").with("day", day.to_string()));
    }
    Ok(Disposed { receipt, told })
}

/// The open drafts; broken ones are set aside and told at the start.
fn drafts(journal: &Journal) -> Result<Vec<(Id, Value)>, Refused> {
    let listed = journal.drafts().list();
    listed.map(|(drafts, _)| drafts).map_err(|error| Refused::Disk(ReadError::Io(error).say()))
}

/// The cases of a disposal, where all of them may go.
fn may_go(
    journal: &Journal,
    disposal: &Disposal,
    profile: &DeskProfile,
    drafts: &[(Id, Value)],
    today: NaiveDate,
) -> Result<Vec<(Id, Case)>, Refused> {
    let ties = ties(journal, today)?;
    let about =
        |(_, draft): &(Id, Value)| draft.get("about").and_then(Value::as_str).and_then(|id| id.parse::<Id>().ok());
    let calls: BTreeSet<Id> = drafts.iter().filter_map(about).collect();
    let mut cases = Vec::new();
    for (id, proposed) in &disposal.cases {
        let kept = |why| NotApproved::Kept { number: proposed.number.clone(), why };
        let case: Case = get(journal, RecordKey::new(Kind::Case, *id))?.ok_or_else(|| kept(Kept::Gone))?;
        retention::due(&Brief::of(*id, &case), &ties, retention::years(profile), today).map_err(kept)?;
        if calls.contains(id) {
            return Err(kept(Kept::Call).into());
        }
        cases.push((*id, case));
    }
    Ok(cases)
}

/// Puts the list of disposals beside the backups. A sentence where that has to wait.
fn list_beside_backups(journal: &Journal, profile: &DeskProfile) -> Option<Say> {
    if profile.backup_folder.is_empty() {
        return None;
    }
    let listed = journal.list_disposals_in(Path::new(&profile.backup_folder));
    listed.err().map(|_| Say::new("retention-list-waits").with("folder", profile.backup_folder.clone()))
}

/// Everything that goes with some cases.
struct Bundle {
    cases: BTreeSet<String>,
    /// What identifies the people, as the search compares it.
    people: BTreeSet<String>,
    /// The cases' 受付番号, as the search compares them.
    numbers: BTreeSet<String>,
    going: Going,
    restated: Vec<(RecordKey, Value)>,
    /// Days of meetings that talked about one of the cases and have a note of their own.
    notes: Vec<NaiveDate>,
}

impl Bundle {
    /// The cases, their contacts, and all other records that are a case's.
    fn gather(journal: &Journal, cases: &[(Id, Case)]) -> Result<Self, ReadError> {
        let mut records = Vec::new();
        let (mut people, mut numbers) = (BTreeSet::new(), BTreeSet::new());
        for (id, case) in cases {
            numbers.extend(Some(fold::text(&case.number)).filter(|number| !number.is_empty()));
            records.push(RecordKey::new(Kind::Case, *id));
            people.extend(
                [&case.subject_name, &case.subject_kana, &case.caller, &case.caller_kana].map(|n| fold::text(n)),
            );
            people.extend([&case.phone, &case.insured_number].map(|n| fold::text(n)));
            for key in journal.index_at(index::CASE, id.bytes())? {
                let contact: Contact = get(journal, key)?.unwrap_or_default();
                people.extend([&contact.caller_name, &contact.caller_kana, &contact.phone].map(|n| fold::text(n)));
                records.push(key);
            }
        }
        let persons = persons::leaving(journal, &cases.iter().map(|(id, _)| *id).collect())?;
        records.extend(persons.gone);
        let cases: BTreeSet<String> = cases.iter().map(|(id, _)| id.to_string()).collect();
        for kind in [Kind::Person, Kind::Task, Kind::Policy, Kind::Activity, Kind::Document, Kind::Inquiry] {
            for record in journal.each(kind) {
                let (id, value) = record?;
                if value.get("case").and_then(Value::as_str).is_some_and(|case| cases.contains(case)) {
                    records.push(RecordKey::new(kind, id));
                }
            }
        }
        // One or two letters identify nobody.
        people.retain(|name| name.chars().nth(2).is_some());
        let mut going = journal.going(records)?;
        going.changes.extend(persons.changes);
        Ok(Self { cases, people, numbers, going, restated: persons.stay, notes: Vec::new() })
    }

    /// What meetings said of the cases: the text goes, the meeting stays.
    fn add_meetings(&mut self, journal: &Journal) -> Result<(), ReadError> {
        for record in journal.each(Kind::Meeting) {
            let (id, mut value) = record?;
            let key = RecordKey::new(Kind::Meeting, id);
            let mut mentioned = self.clear_items(&mut value);
            mentioned |= self.clear_note(&mut value);
            for (seq, change) in journal.numbered(key)? {
                if self.says_something(&change.patch) || self.says_something(&change.back) {
                    self.going.changes.insert(seq, change.stamp);
                    mentioned = true;
                }
            }
            if mentioned {
                if let Some(meeting) = typed::<Meeting>(value.clone()).filter(|meeting| !meeting.note.is_empty()) {
                    self.notes.extend(meeting.on);
                }
                self.restated.push((key, value));
            }
        }
        Ok(())
    }

    /// Takes the text out of what a meeting has of the cases; says whether there was any.
    fn clear_items(&self, meeting: &mut Value) -> bool {
        let Some(Value::Object(items)) = meeting.get_mut("items") else { return false };
        let mut found = false;
        for (_, item) in items.iter_mut().filter(|(case, _)| self.cases.contains(*case)) {
            let Value::Object(members) = item else { continue };
            let before = members.len();
            members.retain(|name, _| PLAIN.contains(&name.as_str()));
            found |= members.len() < before;
        }
        found
    }

    /// Takes the lines that name one of the people or cases out of a meeting's note; says whether there were any.
    fn clear_note(&self, meeting: &mut Value) -> bool {
        let Some(Value::String(note)) = meeting.get_mut("note") else { return false };
        let kept: Vec<&str> = note.lines().filter(|line| !self.names(line)).collect();
        let found = kept.len() < note.lines().count();
        if found {
            *note = kept.join("\n");
        }
        found
    }

    /// Whether a text names one of the people or cases.
    fn names(&self, text: &str) -> bool {
        let text = fold::text(text);
        self.people.iter().chain(&self.numbers).any(|name| text.contains(name.as_str()))
    }

    /// Whether this patch of a meeting holds text about one of the cases, or its note names one.
    fn says_something(&self, patch: &Value) -> bool {
        if patch.get("note").and_then(Value::as_str).is_some_and(|note| self.names(note)) {
            return true;
        }
        let items = patch.get("items").and_then(Value::as_object).into_iter().flatten();
        let ours = items.filter(|(case, _)| self.cases.contains(*case)).filter_map(|(_, item)| item.as_object());
        ours.flatten().any(|(name, value)| !PLAIN.contains(&name.as_str()) && !value.is_null())
    }

    /// Searches of the access log that name one of the people.
    fn add_searches(&mut self, journal: &Journal) -> Result<(), ReadError> {
        for (seq, look) in journal.numbered_looks(RecordKey::new(Kind::Desk, journal.desk()))? {
            if look.what != Access::Search.name() {
                continue;
            }
            let details: Details = typed(look.patch).unwrap_or_default();
            let query = fold::text(&details.query);
            if self.people.iter().any(|name| query.contains(name.as_str())) {
                self.going.changes.insert(seq, look.stamp);
            }
        }
        Ok(())
    }
}

/// Everything that was disposed of at this desk: no file may bring it back.
///
/// # Errors
/// The sentence says what could not be read; then nothing may be taken in.
pub fn gone(journal: &Journal) -> Result<Gone, Say> {
    let mut gone = Gone::default();
    let list = journal.disposals().map_err(|error| error.say())?;
    gone.records.extend(list.all().flat_map(|disposal| disposal.records.iter().copied()));
    let agreed = all::<Disposal>(journal, Kind::Disposal).map_err(|error| error.say())?;
    for (_, disposal) in agreed.into_iter().filter(|(_, disposal)| !disposal.is_proposed()) {
        for (case, known) in disposal.cases {
            gone.records.insert(RecordKey::new(Kind::Case, case));
            gone.numbers.extend(Some(known.number).filter(|number| !number.is_empty()));
        }
    }
    Ok(gone)
}

/// Settles what a power cut or a restored backup left of disposals, after an opening; gives what there is to tell.
pub fn settle(journal: &mut Journal, at: DateTime<FixedOffset>) -> Vec<Say> {
    let settled = match journal.settle_disposals(at) {
        Ok(settled) => settled,
        Err(error) => return vec![Say::new("retention-not-settled"), error.say()],
    };
    let mut told = Vec::new();
    if settled.list_damaged {
        told.push(Say::new("retention-list-damaged"));
    } else if settled.resumed > 0 {
        told.push(Say::new("retention-resumed"));
    }
    if settled.restored > 0 {
        told.push(Say::new("retention-restored").with("count", settled.restored.to_string()));
        told.extend(tell_persons_again(journal, at).err());
    }
    told
}

/// Completes the persons who lost with the restored disposals what other cases say of them too.
fn tell_persons_again(journal: &mut Journal, at: DateTime<FixedOffset>) -> Result<(), Say> {
    let edits = persons::told_again(journal).map_err(|error| error.say())?;
    if !edits.is_empty() {
        journal.commit(edits::derive_persons(edits), at).map_err(|error| error.say())?;
    }
    Ok(())
}

/// Removes at once what would be removed bit by bit behind the screen: for the command line, which has nobody waiting.
///
/// # Errors
/// The next opening goes on with it.
pub fn finish(journal: &mut Journal) -> Result<(), Say> {
    while journal.is_renewing() {
        if journal.is_stopped() || journal.is_store_behind() || journal.is_read_only() {
            return Err(Say::new("retention-goes-on"));
        }
        journal.renewal_step().map_err(|error| error.say())?;
    }
    Ok(())
}

mod persons;
#[cfg(test)]
mod tests;
