//! Which doctors fit a case, in what order they are to be asked, and why in that one. Knows no spelling: what is the same
//! place and on which days an office works comes in from outside ([`Ways`]).
//!
//! The order (`docs/decisions.md`): who may be asked at all, how well the answers fit, how near in steps, who said lately
//! that there is no room, how often asked lately, and only then what is left to be asked and the exact distance. So of two doctors who fit alike and are about as
//! near, the one who was asked less comes first.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use chrono::{NaiveDate, Weekday};

use super::case::Case;
use super::id::Id;
use super::inquiry::{Inquiry, Reply};
use super::office::{Answer, Office};

pub mod full;
pub mod load;
pub mod pairs;
pub mod path;
pub mod place;
#[cfg(test)]
mod tests;
pub mod who;

pub use load::Load;
pub use place::{From, Point, km};
pub use who::doctors;

/// 訪問診療 (list `capability`).
pub const HOME_VISIT: &str = "home-visit";
/// 往診 (list `capability`).
pub const HOUSE_CALL: &str = "house-call";
/// 主治医意見書 (list `capability`).
const OPINION_LETTER: &str = "opinion-letter";
/// 訪問歯科 (list `capability`).
const DENTIST: &str = "visiting-dentist";

/// 病院, 診療所, 歯科 (list `office-kind`).
const HOSPITAL: &str = "1";
const CLINIC: &str = "2";
const DENTAL: &str = "3";

/// Over how many days inquiries weigh where the desk has not said.
pub const DAYS: u32 = 90;

/// Steps of nearness, in km. 往診 and 訪問診療 beyond 16 km are paid for in special cases only (医科点数表 C000, C001).
const STEPS: [f64; 3] = [4.0, 8.0, FAR];
/// Beyond this many km a visit needs a reason.
const FAR: f64 = 16.0;

/// What is asked of a doctor.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Need {
    /// The case; nobody for a call that is not kept yet.
    pub case: Id,
    /// Codes of list `capability`.
    pub wanted: Vec<String>,
    /// The weekday on which the doctor should come.
    pub weekday: Option<Weekday>,
    /// 圏域 of the person; may be empty.
    pub area: String,
    /// 中学校区 of the person; may be empty.
    pub school_district: String,
    /// 住所 of the person; may be empty.
    pub address: String,
}

/// What a topic (list `topic`) asks of a doctor.
const OF_TOPICS: [(&str, &str); 7] = [
    ("c", OPINION_LETTER),
    ("h", "end-of-life"),
    ("i", "round-clock"),
    ("j", "dementia"),
    ("m", DENTIST),
    ("p", "psychiatry"),
    ("a", HOME_VISIT),
];

/// What a treatment (list `treatment`) asks of a doctor.
const OF_TREATMENTS: [(&str, &str); 7] = [
    ("2", "ivh"),
    ("5", "oxygen"),
    ("6", "ventilator"),
    ("8", "palliative"),
    ("9", "gastrostomy"),
    ("b", "pressure-ulcer"),
    ("d", "suction"),
];

impl Need {
    /// What a case asks of a doctor, by its topics and treatments. Who only needs a letter need not be visited.
    pub fn of(id: Id, case: &Case) -> Self {
        let topics = OF_TOPICS.iter().filter(|(code, _)| case.topics.iter().any(|topic| topic == code));
        let treatments = OF_TREATMENTS.iter().filter(|(code, _)| case.treatments.iter().any(|own| own == code));
        let mut wanted: Vec<String> = topics.chain(treatments).map(|(_, able)| (*able).to_owned()).collect();
        let at_office = wanted.iter().any(|able| able == OPINION_LETTER || able == DENTIST);
        if !at_office && !wanted.iter().any(|able| able == HOME_VISIT) {
            wanted.insert(0, HOME_VISIT.to_owned());
        }
        Self {
            case: id,
            wanted,
            weekday: None,
            area: case.area.clone(),
            school_district: case.school_district.clone(),
            address: case.address.clone(),
        }
    }
}

/// What only other rooms can tell.
pub struct Ways<'a> {
    /// Whether two names are of one place, however spelt.
    pub same: &'a dyn Fn(&str, &str) -> bool,
    /// Whether an address lies in a place of this name.
    pub inside: &'a dyn Fn(&str, &str) -> bool,
    /// Whether an office works on this day of the week.
    pub works: &'a dyn Fn(&Office, Weekday) -> Answer,
}

/// What is asked with, at which day and over how many days.
pub struct Asking<'a> {
    /// Today.
    pub today: NaiveDate,
    /// Over how many days inquiries weigh.
    pub days: u32,
    /// Where the person lives, as well as it is known.
    pub at: Option<(Point, From)>,
    /// What only other rooms can tell.
    pub ways: Ways<'a>,
}

/// Something that is asked of an office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// 往診, 看取り … (a code of list `capability`).
    Ability(String),
    /// It serves the place where the person lives.
    Place,
    /// It works on the weekday that is wanted.
    Weekday,
    /// It is not further away than 16 km.
    Distance,
    /// It takes somebody on just now; only where that was told and still holds.
    Places,
}

/// One thing that was asked, with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// What.
    pub what: What,
    /// 可・不可・要相談・未確認.
    pub answer: Answer,
    /// When it became known.
    pub on: Option<NaiveDate>,
    /// Whether it is to be asked again.
    pub old: bool,
}

/// Why somebody is not to be asked now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aside {
    /// Was asked for this case, and took it: there is nothing to ask.
    Taken(Option<NaiveDate>),
    /// Was asked for this case and has not answered.
    Waiting(Option<NaiveDate>),
    /// Was asked for this case and declined.
    Declined(Option<NaiveDate>),
    /// 休止: does not want to be asked until this day.
    Resting(NaiveDate),
}

impl Aside {
    const fn rank(self) -> u8 {
        match self {
            Self::Taken(_) => 1,
            Self::Waiting(_) => 2,
            Self::Declined(_) => 3,
            Self::Resting(_) => 4,
        }
    }
}

/// A doctor, or an office of which no doctor is known by name, against what is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// The office.
    pub office: Id,
    /// The doctor among its staff; nobody where none is known.
    pub staff: Id,
    /// Each thing that was asked, in its order.
    pub criteria: Vec<Criterion>,
    /// How far away the office is, km as the crow flies.
    pub km: Option<f64>,
    /// How often the doctor was asked, and how it ended.
    pub load: Load,
    /// Why the doctor is not to be asked now.
    pub aside: Option<Aside>,
    /// The day on which it was said for another case that there is no room, where that still holds.
    pub full: Option<NaiveDate>,
    step: u8,
    name: String,
}

/// How a fit is placed before or behind another: the first that differs decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// One of them is not to be asked now.
    Aside,
    /// What is asked is answered better.
    Answers,
    /// It is a step nearer.
    Step,
    /// It said not long ago that there is no room.
    Full,
    /// The doctor was asked less often lately.
    Doctor,
    /// The office was asked less often lately.
    Office,
    /// Less is left to be asked.
    Open,
    /// It is nearer.
    Distance,
    /// Nothing: they stand by name.
    Name,
}

impl Fit {
    /// The worst answer: 可 where all is well, 不可 where something cannot be done.
    pub fn worst(&self) -> Answer {
        self.criteria
            .iter()
            .map(|criterion| criterion.answer)
            .max_by_key(|answer| badness(*answer))
            .unwrap_or(Answer::Yes)
    }

    /// Whether nothing speaks against asking: what is not known can be asked.
    pub fn fits(&self) -> bool {
        self.worst() != Answer::No && self.aside.is_none()
    }

    /// How near it is, from 0: at most 4, 8 and 16 km, and further. By what it serves where no distance is known.
    pub const fn step(&self) -> u8 {
        self.step
    }

    fn open(&self) -> usize {
        self.criteria.iter().filter(|criterion| criterion.answer != Answer::Yes).count()
    }

    /// How it compares with another, and what decides. Only a doctor with itself is equal.
    pub fn compare(&self, other: &Self) -> (Ordering, Why) {
        let rank = |fit: &Self| fit.aside.map_or(0, Aside::rank);
        let km = |fit: &Self| fit.km.unwrap_or(f64::INFINITY);
        let found = [
            (rank(self).cmp(&rank(other)), Why::Aside),
            (badness(self.worst()).cmp(&badness(other.worst())), Why::Answers),
            (self.step.cmp(&other.step), Why::Step),
            (self.full.is_some().cmp(&other.full.is_some()), Why::Full),
            (self.load.doctor.cmp(&other.load.doctor), Why::Doctor),
            (self.load.office.cmp(&other.load.office), Why::Office),
            (self.open().cmp(&other.open()), Why::Open),
            (km(self).total_cmp(&km(other)), Why::Distance),
        ];
        let by_name = || (&self.name, self.office, self.staff).cmp(&(&other.name, other.office, other.staff));
        found.into_iter().find(|(order, _)| order.is_ne()).unwrap_or_else(|| (by_name(), Why::Name))
    }
}

/// How bad an answer is to who looks for a doctor. What nobody has asked is worse than what may be talked about.
const fn badness(answer: Answer) -> u8 {
    match answer {
        Answer::Yes => 0,
        Answer::Ask => 1,
        Answer::Unknown => 2,
        Answer::No => 3,
    }
}

/// Everybody who can be asked, in the order in which they are to be asked. Who does not fit stands behind, with the reason;
/// nobody is left out for being far away, for being asked often, or for an answer that is not known.
pub fn rank<'a>(
    need: &Need,
    offices: impl IntoIterator<Item = (Id, &'a Office)>,
    inquiries: &BTreeMap<Id, Inquiry>,
    asking: &Asking<'_>,
) -> Vec<Fit> {
    let tally = load::Tally::of(inquiries, asking.today, asking.days);
    let by_office = full::ByOffice::of(inquiries.values());
    let mut found: Vec<Fit> = Vec::new();
    for (id, office) in offices.into_iter().filter(|(_, office)| is_asked(office, need)) {
        let criteria = criteria(need, office, asking);
        let km = asking.at.and_then(|(at, _)| Some(km(at, Point::of(office)?)));
        let doctors = doctors(office);
        let asked = by_office.to(id);
        let nobody = doctors.is_empty().then_some(Id::NIL);
        for staff in doctors.iter().map(|(staff, _)| *staff).chain(nobody) {
            let name = office.staff.get(&staff).map_or("", |person| person.kana.as_str());
            found.push(Fit {
                office: id,
                staff,
                criteria: criteria.clone(),
                km,
                load: tally.load(id, staff),
                aside: aside(need.case, asked, (id, staff), asking.today),
                full: full::full(asked, (id, office), staff, asking.today),
                step: step(km, &criteria),
                name: format!("{} {name}", office.reading()),
            });
        }
    }
    found.sort_by(|a, b| a.compare(b).0);
    found
}

/// Whether it is an office that may be asked for this: a clinic always, a hospital where it visits or can do all that is
/// wanted, a dentist where one is wanted.
fn is_asked(office: &Office, need: &Need) -> bool {
    let can = |code: &str| {
        office.capabilities.get(code).is_some_and(|known| matches!(known.answer, Answer::Yes | Answer::Ask))
    };
    let all = || !need.wanted.is_empty() && need.wanted.iter().all(|code| can(code));
    !office.removed
        && match office.kind.as_str() {
            CLINIC => true,
            HOSPITAL => can(HOME_VISIT) || can(HOUSE_CALL) || all(),
            DENTAL => need.wanted.iter().any(|code| code == DENTIST),
            _ => false,
        }
}

fn criteria(need: &Need, office: &Office, asking: &Asking<'_>) -> Vec<Criterion> {
    let today = asking.today;
    let mut criteria: Vec<Criterion> = need
        .wanted
        .iter()
        .map(|code| {
            let known = office.capabilities.get(code);
            let old = known.is_some_and(|known| known.is_old(today));
            let (answer, on) = known.map_or((Answer::Unknown, None), |known| (known.answer, known.on));
            Criterion { what: What::Ability(code.clone()), answer, on, old }
        })
        .collect();
    let checked = office.verified.as_ref().map(|verified| verified.on);
    let plain = |what, answer| Criterion { what, answer, on: checked, old: false };
    criteria.extend(place::serves(need, office, &asking.ways).map(|answer| plain(What::Place, answer)));
    if let Some(weekday) = need.weekday {
        criteria.push(plain(What::Weekday, (asking.ways.works)(office, weekday)));
    }
    let far = asking.at.and_then(|(at, _)| Some(km(at, Point::of(office)?))).is_some_and(|km| km > FAR);
    if far {
        criteria.push(Criterion { what: What::Distance, answer: Answer::Ask, on: None, old: false });
    }
    if let Some(until) = office.accepting_until.filter(|until| today <= *until) {
        let answer = match office.accepting.as_str() {
            "yes" => Some(Answer::Yes),
            "ask" => Some(Answer::Ask),
            "no" => Some(Answer::No),
            _ => None,
        };
        let told = |answer| Criterion { what: What::Places, answer, on: Some(until), old: false };
        criteria.extend(answer.map(told));
    }
    criteria
}

fn step(km: Option<f64>, criteria: &[Criterion]) -> u8 {
    if let Some(km) = km {
        let passed = STEPS.iter().filter(|step| km > **step).count();
        return u8::try_from(passed).unwrap_or(u8::MAX);
    }
    match criteria.iter().find(|criterion| criterion.what == What::Place).map(|criterion| criterion.answer) {
        Some(Answer::Yes) => 0,
        None => 1,
        Some(Answer::Ask | Answer::Unknown | Answer::No) => 2,
    }
}

/// Why this doctor is not to be asked now: the newest inquiry of the case, or the longest wish for rest.
fn aside(case: Id, asked: &[&Inquiry], (office, staff): (Id, Id), today: NaiveDate) -> Option<Aside> {
    let own = || asked.iter().filter(|inquiry| inquiry.is_to(office, staff));
    let resting = own().filter_map(|inquiry| inquiry.rest_until).filter(|until| today <= *until).max();
    if let Some(until) = resting {
        return Some(Aside::Resting(until));
    }
    let last = own().filter(|inquiry| inquiry.case == case && !case.is_nil()).max_by_key(|inquiry| inquiry.on)?;
    Some(match last.answer {
        Reply::Waiting => Aside::Waiting(last.on),
        Reply::Declined => Aside::Declined(last.answered_on.or(last.on)),
        Reply::Accepted | Reply::Conditional => Aside::Taken(last.answered_on.or(last.on)),
    })
}
