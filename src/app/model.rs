//! The desk as the app knows it: a read-only view for screens, changed only by what came from the store.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::backups::Backups;
use super::entries::{case_entry, office_entry};
use super::known::Known;
use super::msg::{Arrival, CaseFile, History, Holder, KeptSlip, LogPage, Now, Opening, Reviews};
use super::reach::Reach;
use super::used::Used;
use crate::desk::access::{self, Filter};
use crate::desk::activity::Activity;
use crate::desk::brief::Brief;
use crate::desk::briefs::Briefs;
use crate::desk::canned::{self, Canned};
use crate::desk::case::{Case, Flag};
use crate::desk::codebook::Codebook;
use crate::desk::contact::Contact;
use crate::desk::document::Document;
use crate::desk::id::Id;
use crate::desk::inquiry::Inquiry;
use crate::desk::meeting::Meeting;
use crate::desk::number::{self, Number};
use crate::desk::office::Office;
use crate::desk::operator::{self, DeskProfile, Operator, Role};
use crate::desk::proposal::Proposal;
use crate::desk::record::{Kind, RecordKey};
use crate::desk::retention::Disposal;
use crate::desk::round::Round;
use crate::desk::survey::Survey;
use crate::desk::usage::Report;
use crate::desk::usual::Habits;
use crate::locale::Locale;
use crate::screens::form::{Around, present};
use crate::search::Index;

/// How far the start has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Phase {
    /// The data folder is being looked at.
    #[default]
    Opening,
    /// There is no desk in it yet.
    Fresh,
    /// The desk is sealed, or about to be: a passphrase is asked for.
    Closed,
    /// Work can be done.
    Ready,
    /// The screen is locked: everything is as it was, and nothing of it shows.
    Locked,
    /// It cannot be used.
    Failed,
}

/// Everything that the screens read.
pub struct Model {
    /// The clocks at the last message.
    pub now: Now,
    /// How far the start has come.
    pub phase: Phase,
    /// The desk.
    pub desk: DeskProfile,
    /// The desk's identity.
    pub desk_id: Id,
    /// The operators, those who left too.
    pub operators: BTreeMap<Id, Operator>,
    /// Who sits at the desk.
    pub me: Id,
    /// The code lists in force.
    pub codebook: Codebook,
    /// All cases that have arrived.
    pub cases: Briefs,
    /// Finds cases.
    pub case_index: Index,
    /// The directory. Boxed: it arrives in the order of the map, which leaves its nodes half empty.
    pub offices: BTreeMap<Id, Box<Office>>,
    /// Finds offices.
    pub index: Index,
    /// Everybody whom the desk knows, and the policies about them.
    pub known: Known,
    /// The meetings.
    pub meetings: BTreeMap<Id, Meeting>,
    /// Disposals, those that are only proposed too.
    pub disposals: BTreeMap<Id, Disposal>,
    /// 活動.
    pub activities: BTreeMap<Id, Activity>,
    /// 一覧表・様式 with their editions.
    pub documents: BTreeMap<Id, Document>,
    /// 主治医照会.
    pub inquiries: BTreeMap<Id, Inquiry>,
    /// 確認の巡回.
    pub rounds: BTreeMap<Id, Round>,
    /// アンケート.
    pub surveys: BTreeMap<Id, Survey>,
    /// 変更届, those that were decided too.
    pub proposals: BTreeMap<Id, Proposal>,
    /// What the persons beside the slip called about before.
    pub history: Option<History>,
    /// Counts how often that came.
    pub history_version: u64,
    /// What the newest contacts answered.
    pub habits: Habits,
    /// Which offices the desk has had to do with lately.
    pub(super) used: Used,
    /// Which offices ever called, as far as it was asked for.
    pub reach: Reach,
    /// The slip that who sits at the desk kept last.
    pub last_slip: Option<KeptSlip>,
    /// The case that was looked at last, in full.
    pub file: Option<CaseFile>,
    /// The page of the access log that came last.
    pub log: Option<LogPage>,
    /// What narrows the access log on its page.
    pub log_filter: Filter,
    /// Which months of the access log have been reviewed, as was asked last.
    pub reviews: Option<Reviews>,
    /// How many keys and seconds calls took, as was asked last.
    pub usage: Option<Report>,
    /// When the last save reached the disk.
    pub saved_at: Option<DateTime<FixedOffset>>,
    /// How many saves are on their way.
    pub saving: usize,
    /// Why cases of other operators are looked at, as was said since the last login.
    pub reasons: BTreeMap<Id, String>,
    /// Whether a call is being taken: then nothing is asked that can wait.
    pub in_call: bool,
    /// Whether all of the desk has arrived from the store.
    pub complete: bool,
    /// The desk's backups.
    pub backups: Backups,
    /// Where the data lie.
    pub folder: String,
    /// Whether the desk is sealed: only then can it be locked.
    pub sealed: bool,
    /// Whether the desk was opened only to read it.
    pub read_only: bool,
    /// Who has a key, as far as it was asked for.
    pub holders: Vec<Holder>,
    /// Counts the changes of the cases: lists that were made from them compare it.
    pub cases_version: u64,
    /// Counts the changes of the inquiries.
    pub inquiries_version: u64,
    /// Counts the changes of the directory.
    pub offices_version: u64,
    /// Counts the changes of the code lists.
    pub codebook_version: u64,
    open: usize,
    flagged: Vec<Id>,
    codebooks: BTreeMap<Id, Value>,
    /// The highest case number of each fiscal year.
    numbers: BTreeMap<i32, Number>,
}

impl Model {
    /// A desk of which nothing is known yet.
    pub fn new(now: Now) -> Self {
        Self {
            now,
            phase: Phase::Opening,
            desk: DeskProfile::default(),
            desk_id: Id::NIL,
            operators: BTreeMap::new(),
            me: Id::NIL,
            codebook: Codebook::default(),
            cases: Briefs::default(),
            case_index: Index::new(),
            offices: BTreeMap::new(),
            index: Index::directory(),
            known: Known::default(),
            meetings: BTreeMap::new(),
            disposals: BTreeMap::new(),
            activities: BTreeMap::new(),
            documents: BTreeMap::new(),
            inquiries: BTreeMap::new(),
            rounds: BTreeMap::new(),
            surveys: BTreeMap::new(),
            proposals: BTreeMap::new(),
            history: None,
            history_version: 0,
            habits: Habits::default(),
            used: Used::default(),
            reach: Reach::default(),
            last_slip: None,
            file: None,
            log: None,
            log_filter: Filter::default(),
            reviews: None,
            usage: None,
            saved_at: None,
            saving: 0,
            reasons: BTreeMap::new(),
            in_call: false,
            complete: false,
            backups: Backups::default(),
            folder: String::new(),
            sealed: false,
            read_only: false,
            holders: Vec::new(),
            cases_version: 0,
            inquiries_version: 0,
            offices_version: 0,
            codebook_version: 0,
            open: 0,
            flagged: Vec::new(),
            codebooks: BTreeMap::new(),
            numbers: BTreeMap::new(),
        }
    }

    /// Today at the desk.
    pub fn today(&self) -> NaiveDate {
        self.now.wall.date_naive()
    }

    /// What a form must know.
    pub fn around(&self) -> Around<'_> {
        Around { today: self.today(), codebook: &self.codebook, areas: &self.desk.areas, operators: &self.operators }
    }

    /// An operator's name; empty for nobody.
    pub fn operator_name(&self, id: Id) -> &str {
        self.operators.get(&id).map_or("", |o| o.name.as_str())
    }

    /// What who sits at the desk may do.
    pub fn role(&self) -> Role {
        self.role_of(self.me)
    }

    /// What this operator may do.
    pub fn role_of(&self, id: Id) -> Role {
        let all = || self.operators.values();
        self.operators.get(&id).map_or(Role::Operator, |who| operator::role_of(who, all()))
    }

    /// A case's row.
    pub fn brief(&self, id: Id) -> Option<&Brief> {
        self.cases.get(id)
    }

    /// Whether a reason is to be asked before this case is shown: where the desk wants one, for a case that another
    /// operator has, and never while a call is being taken.
    pub fn asks_reason(&self, case: Id) -> bool {
        let other = || self.brief(case).is_some_and(|brief| access::is_of_other(brief.operator, self.me));
        self.desk.ask_reason && !self.in_call && !self.reasons.contains_key(&case) && other()
    }

    /// The open cases.
    pub fn open_cases(&self) -> impl Iterator<Item = &Brief> {
        self.cases.iter().filter(|brief| brief.is_open())
    }

    /// How many cases are open.
    pub const fn open_count(&self) -> usize {
        self.open
    }

    /// How many cases are flagged for the next meeting.
    pub const fn flagged_count(&self) -> usize {
        self.flagged.len()
    }

    /// The cases that are flagged for the next meeting, with their flags, in no order of meaning.
    pub fn flagged(&self) -> impl Iterator<Item = (Id, &Flag)> {
        self.flagged.iter().filter_map(|id| Some((*id, self.cases.get(*id)?.flag.as_deref()?)))
    }

    /// The operators who have not left, by reading and name.
    pub fn present_operators(&self) -> Vec<(Id, &Operator)> {
        present(&self.operators)
    }

    /// The desk's own record of 定型文.
    pub fn canned_record(&self) -> Option<&Value> {
        self.codebooks.get(&self.desk_id)
    }

    /// 定型文 in force, in this language where they are the built-in ones.
    pub fn canned_texts(&self, locale: &Locale) -> Vec<Canned> {
        let built_in = canned::BUILT_IN.into_iter().map(|name| {
            let (title, text) = (format!("canned-{name}"), format!("canned-{name}-text"));
            Canned { name: name.to_owned(), title: locale.t(&title).into_owned(), text: locale.t(&text).into_owned() }
        });
        canned::in_force(built_in, self.canned_record())
    }

    /// Puts a case in its place (`None`: it is gone) and counts what the head shows by what has changed: a desk has a
    /// hundred thousand cases, of which few change.
    fn put_case(&mut self, id: Id, brief: Option<Brief>) {
        let (open, flagged) = brief.as_ref().map_or((false, false), |brief| (brief.is_open(), brief.flag.is_some()));
        let before = match brief {
            Some(brief) => self.cases.insert(brief),
            None => self.cases.remove(id),
        };
        self.open -= usize::from(before.is_some_and(|brief| brief.is_open()));
        self.open += usize::from(open);
        match self.flagged.binary_search(&id) {
            Err(place) if flagged => self.flagged.insert(place, id),
            Ok(place) if !flagged => _ = self.flagged.remove(place),
            Ok(_) | Err(_) => {}
        }
    }

    /// The number for a case of this day: behind every one of its fiscal year, the `given` ones too, whose saves are
    /// still on their way.
    pub fn next_number<'a>(&self, given: impl Iterator<Item = &'a str>, on: NaiveDate) -> String {
        let known = self.numbers.values().map(Number::to_string).chain(given.map(str::to_owned));
        let known: Vec<String> = known.collect();
        number::next_number(number::highest(known.iter().map(String::as_str), on).as_deref(), on)
    }

    /// A number of a case that was taken back stays given: a redo may bring the case back.
    fn note_number(&mut self, text: &str) {
        if let Ok(number) = text.parse::<Number>() {
            let highest = self.numbers.entry(number.fiscal_year).or_insert(number);
            *highest = number.max(*highest);
        }
    }

    /// Takes over what was found in the data folder.
    pub fn open(&mut self, opening: Opening) {
        self.folder = opening.folder;
        if opening.fresh {
            self.phase = Phase::Fresh;
            return;
        }
        self.phase = Phase::Ready;
        self.desk_id = opening.desk;
        self.sealed = opening.sealed;
        self.read_only = opening.read_only;
        opening.last_numbers.iter().for_each(|number| self.note_number(number));
        for (key, value) in opening.records {
            self.apply(key, value);
        }
        let usable = |id: &Id| self.operators.get(id).is_some_and(|o| !o.left);
        self.me = opening
            .last_operator
            .filter(usable)
            .or_else(|| self.operators.iter().find(|(_, o)| !o.left).map(|(id, _)| *id))
            .unwrap_or(Id::NIL);
        self.arrive(Arrival::Cases(opening.cases));
    }

    /// Takes in more of the desk. What changed meanwhile is newer and stays.
    pub fn arrive(&mut self, arrival: Arrival) {
        match arrival {
            Arrival::Cases(cases) => {
                let new: Vec<_> = cases.into_iter().filter(|(brief, _)| !self.cases.has(brief.id)).collect();
                self.case_index.insert_all(new.iter().map(|(brief, keys)| (brief.id, keys)));
                for (brief, _) in new {
                    self.note_number(brief.number());
                    self.put_case(brief.id, Some(brief));
                }
                self.cases_version += 1;
            }
            Arrival::Offices(offices) => {
                self.offices_version += 1;
                let new: Vec<_> = offices.into_iter().filter(|(id, ..)| !self.offices.contains_key(id)).collect();
                let present = new.iter().filter(|(_, office, _)| !office.removed);
                self.index.insert_all(present.map(|(id, _, keys)| (*id, keys)));
                for (id, office, _) in new {
                    self.index.touch(id, self.used.recent(id));
                    self.offices.insert(id, Box::new(office));
                }
            }
            Arrival::Changed(records) => records.into_iter().for_each(|(key, value)| self.apply(key, value)),
            Arrival::Persons(persons) => self.known.arrive(persons),
            Arrival::Contacts(contacts) => {
                self.habits.arrive(&contacts);
                // Each office is looked at once, however many contacts there are.
                let offices = contacts.iter().flat_map(|(id, contact)| self.used.apply(*id, Some(contact)));
                let offices: BTreeSet<Id> = offices.collect();
                self.touch(offices);
            }
            Arrival::Complete => {
                self.known.settle();
                self.case_index.settle();
                self.index.settle();
                self.complete = true;
            }
        }
    }

    /// Takes over the value of a record after a commit.
    pub fn apply(&mut self, key: RecordKey, value: Value) {
        let gone = value.as_object().is_none_or(serde_json::Map::is_empty);
        match key.kind {
            Kind::Case => {
                self.apply_case(key.id, if gone { None } else { read(value) });
                self.cases_version += 1;
            }
            Kind::Contact => self.apply_contact(key.id, if gone { None } else { read(value) }),
            Kind::Office => self.apply_office(key.id, if gone { None } else { read(value) }),
            Kind::Person => self.known.apply(key.id, if gone { None } else { read(value) }.as_ref()),
            Kind::Policy => self.known.apply_policy(key.id, if gone { None } else { read(value) }),
            Kind::Meeting => put(&mut self.meetings, key.id, value, gone),
            Kind::Disposal => put(&mut self.disposals, key.id, value, gone),
            Kind::Activity => put(&mut self.activities, key.id, value, gone),
            Kind::Document => put(&mut self.documents, key.id, value, gone),
            Kind::Inquiry => {
                put(&mut self.inquiries, key.id, value, gone);
                self.inquiries_version += 1;
            }
            Kind::Round => put(&mut self.rounds, key.id, value, gone),
            Kind::Survey => put(&mut self.surveys, key.id, value, gone),
            Kind::Proposal => put(&mut self.proposals, key.id, value, gone),
            Kind::Operator => put(&mut self.operators, key.id, value, gone),
            Kind::Desk => self.desk = read(value).unwrap_or_default(),
            Kind::Codebook => {
                self.codebooks.insert(key.id, value);
                let records: Vec<Value> = self.codebooks.values().cloned().collect();
                self.codebook = Codebook::from_records(&records);
                self.codebook_version += 1;
            }
            // Their rooms come with later issues, or read them when they are opened; their records are kept all the same.
            Kind::Task | Kind::Usage => {}
        }
    }

    fn apply_case(&mut self, id: Id, case: Option<Case>) {
        let Some(case) = case else {
            self.put_case(id, None);
            self.case_index.remove(id);
            self.file.take_if(|file| file.id == id);
            return;
        };
        self.note_number(&case.number);
        let brief = Brief::of(id, &case);
        self.case_index.insert(id, &case_entry(&brief));
        self.put_case(id, Some(brief));
        if let Some(file) = self.file.as_mut().filter(|file| file.id == id) {
            file.case = case;
        }
    }

    fn apply_contact(&mut self, id: Id, contact: Option<Contact>) {
        self.habits.apply(id, contact.as_ref());
        self.use_offices(id, contact.as_ref());
        self.reach.apply(id, contact.as_ref());
        let Some(file) = self.file.as_mut() else { return };
        file.contacts.retain(|(other, _)| *other != id);
        if let Some(contact) = contact.filter(|c| c.case == file.id) {
            file.contacts.push((id, contact));
            file.contacts.sort_by_key(|(_, c)| c.at);
        }
    }

    /// What a contact says of offices changes where they stand in the directory.
    fn use_offices(&mut self, contact: Id, value: Option<&Contact>) {
        let offices = self.used.apply(contact, value);
        self.touch(offices);
    }

    fn touch(&mut self, offices: impl IntoIterator<Item = Id>) {
        for office in offices {
            self.index.touch(office, self.used.recent(office));
            self.offices_version += 1;
        }
    }

    fn apply_office(&mut self, id: Id, office: Option<Office>) {
        self.offices_version += 1;
        self.index.remove(id);
        let Some(office) = office else {
            self.offices.remove(&id);
            return;
        };
        if !office.removed {
            self.index.insert(id, &office_entry(&office));
            self.index.touch(id, self.used.recent(id));
        }
        self.offices.insert(id, Box::new(office));
    }
}

fn read<T: DeserializeOwned>(value: Value) -> Option<T> {
    serde_json::from_value(value).ok()
}

fn put<T: DeserializeOwned>(map: &mut BTreeMap<Id, T>, id: Id, value: Value, gone: bool) {
    match read(value).filter(|_| !gone) {
        Some(record) => {
            map.insert(id, record);
        }
        None => {
            map.remove(&id);
        }
    }
}
