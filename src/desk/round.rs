//! 確認の巡回: the offices of the directory that are asked in one go whether their entries still hold. Knows which are to be
//! asked, in which order, and what came of it; knows no telephone and no screen.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

use super::date::fiscal_year;
use super::id::Id;
use super::office::{Freshness, Office};

/// How many offices one round holds at most: more cannot be asked before the first of them are old again.
pub const MOST: usize = 1_000;

/// Which offices a round is about (list `round-scope`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// 期限切れ: those whose check has expired, and those never checked.
    Expired,
    /// 種別: those of one kind.
    Kind,
    /// 圏域: those of one area.
    Area,
    /// 4月の異動: those whose people change with the fiscal year.
    April,
    /// 未確認: those never checked.
    Never,
}

impl Scope {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Expired, Self::Kind, Self::Area, Self::April, Self::Never];

    /// The code as records keep it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Expired => "1",
            Self::Kind => "2",
            Self::Area => "3",
            Self::April => "4",
            Self::Never => "5",
        }
    }

    /// The scope of a code; `None` for one of a newer version.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.code() == code)
    }

    /// Whether an office belongs to it. `of`: the code of the kind, or the area. `months`: how long a check holds.
    pub fn holds(self, of: &str, office: &Office, today: NaiveDate, months: u32) -> bool {
        !office.removed
            && match self {
                Self::Expired => office.freshness(today, months) != Freshness::Fresh,
                Self::Never => office.verified.is_none(),
                Self::Kind => office.kind == of,
                Self::Area => office.area == of,
                Self::April => changes_in_april(office),
            }
    }
}

/// The kinds (list `office-kind`) whose people move with the fiscal year: 病院の連携室, 居宅介護支援.
const APRIL_KINDS: [&str; 2] = ["1", "6"];
/// The words in a department or a job that say the same of other offices.
const APRIL_WORDS: [&str; 4] = ["連携", "ケアマネ", "介護支援専門員", "相談員"]; // data, not a sentence

fn changes_in_april(office: &Office) -> bool {
    let says = |text: &str| APRIL_WORDS.iter().any(|word| text.contains(word));
    APRIL_KINDS.contains(&office.kind.as_str())
        || says(&office.department)
        || office.staff.values().any(|person| !person.left && (says(&person.department) || says(&person.role)))
}

/// What came of asking (list `round-outcome`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// 変更なし.
    Unchanged,
    /// 変更あり.
    Changed,
    /// 不在・かけ直し: the only one after which the office is asked again.
    Absent,
    /// 拒否.
    Refused,
    /// 廃止・移転.
    Gone,
    /// 対象外.
    Outside,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Unchanged, Self::Changed, Self::Absent, Self::Refused, Self::Gone, Self::Outside];

    /// The code as records keep it, which is also its key.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unchanged => "1",
            Self::Changed => "2",
            Self::Absent => "3",
            Self::Refused => "4",
            Self::Gone => "5",
            Self::Outside => "6",
        }
    }

    /// The outcome of a code; `None` for one of a newer version.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code)
    }

    /// Whether the office answered.
    pub const fn is_answer(self) -> bool {
        matches!(self, Self::Unchanged | Self::Changed | Self::Gone)
    }
}

/// One call to an office.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Try {
    /// When it ended.
    pub at: Option<DateTime<FixedOffset>>,
    /// By which operator.
    pub by: Id,
    /// What came of it (list `round-outcome`).
    pub outcome: String,
    /// How long it took, in seconds; 0: not measured.
    pub seconds: u32,
}

/// An office in a round.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Whether it is to be asked: false where it was taken out again.
    pub wanted: bool,
    /// The calls, by identity, so that two operators who call at once both count.
    pub tries: BTreeMap<Id, Try>,
    /// かけ直し: the day on which to call again.
    pub again_on: Option<NaiveDate>,
    /// メモ.
    pub note: String,
}

impl Asked {
    /// The last call.
    pub fn last(&self) -> Option<&Try> {
        self.tries.iter().max_by_key(|(id, call)| (call.at, **id)).map(|(_, call)| call)
    }

    /// What came of it so far.
    pub fn outcome(&self) -> Option<Outcome> {
        self.last().and_then(|call| Outcome::from_code(&call.outcome))
    }

    /// Whether it needs no more calls in this round.
    pub fn is_done(&self) -> bool {
        self.last().is_some_and(|call| Outcome::from_code(&call.outcome) != Some(Outcome::Absent))
    }

    /// How long the calls took together, in seconds.
    pub fn seconds(&self) -> u64 {
        self.tries.values().map(|call| u64::from(call.seconds)).sum()
    }
}

/// One round.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Round {
    /// When it was begun.
    pub on: Option<NaiveDate>,
    /// Who began it.
    pub by: Id,
    /// Which offices it is about (list `round-scope`).
    pub scope: String,
    /// Of that: the code of the kind (list `office-kind`), or the area.
    pub of: String,
    /// The offices, by identity, so that several operators can work at it.
    pub offices: BTreeMap<Id, Asked>,
    /// When it was closed: it is a report from then on.
    pub closed_on: Option<NaiveDate>,
    /// Who closed it.
    pub closed_by: Id,
    /// 備考.
    pub note: String,
    /// Members that this version does not know: kept, never dropped.
    #[serde(flatten)]
    pub other: BTreeMap<String, serde_json::Value>,
}

impl Round {
    /// A round over these offices.
    pub fn over(ids: impl IntoIterator<Item = Id>, scope: Scope, of: &str, by: Id, on: NaiveDate) -> Self {
        let wanted = Asked { wanted: true, ..Asked::default() };
        Self {
            on: Some(on),
            by,
            scope: scope.code().to_owned(),
            of: if matches!(scope, Scope::Kind | Scope::Area) { of.to_owned() } else { String::new() },
            offices: ids.into_iter().map(|id| (id, wanted.clone())).collect(),
            ..Self::default()
        }
    }

    /// Whether it is still worked at.
    pub const fn is_open(&self) -> bool {
        self.closed_on.is_none()
    }

    /// The offices that are in it.
    pub fn asked(&self) -> impl Iterator<Item = (Id, &Asked)> {
        self.offices.iter().filter(|(_, asked)| asked.wanted).map(|(id, asked)| (*id, asked))
    }

    /// How many are done, and how many are left.
    pub fn progress(&self) -> (usize, usize) {
        let (mut done, mut left) = (0, 0);
        for (_, asked) in self.asked() {
            *if asked.is_done() { &mut done } else { &mut left } += 1;
        }
        (done, left)
    }

    /// How long all calls took together, in seconds.
    pub fn seconds(&self) -> u64 {
        self.asked().map(|(_, asked)| asked.seconds()).sum()
    }

    /// The offices in the order in which they are to be called: those to be called again later behind those not reached
    /// yet, those done last; then whose check is oldest (never: oldest of all), then the most used, then by name.
    pub fn order<'a>(
        &self,
        office: impl Fn(Id) -> Option<&'a Office>,
        used: impl Fn(Id) -> u32,
        today: NaiveDate,
    ) -> Vec<Id> {
        let mut rows: Vec<_> = self
            .asked()
            .filter_map(|(id, asked)| {
                let office = office(id)?;
                // Somebody who did not answer a moment ago is not called at once again.
                let today_tried = asked.last().and_then(|call| call.at).is_some_and(|at| at.date_naive() >= today);
                let waits = today_tried || asked.again_on.is_some_and(|day| day > today);
                let checked = office.verified.as_ref().map(|verified| verified.on);
                let name = if office.reading().is_empty() { &office.name } else { office.reading() };
                Some(((asked.is_done(), waits, checked, Reverse(used(id)), name, id), id))
            })
            .collect();
        rows.sort_unstable_by_key(|(place, _)| *place);
        rows.into_iter().map(|(_, id)| id).collect()
    }
}

/// The offices for a round, the most pressing first, [`MOST`] at most; and how many more there are.
pub fn offices_for<'a>(
    (scope, of): (Scope, &str),
    offices: impl Iterator<Item = (Id, &'a Office)>,
    used: impl Fn(Id) -> u32,
    (today, months): (NaiveDate, u32),
) -> (Vec<Id>, usize) {
    let mut found: Vec<_> = offices
        .filter(|(_, office)| scope.holds(of, office, today, months))
        .map(|(id, office)| (office.verified.as_ref().map(|verified| verified.on), Reverse(used(id)), id))
        .collect();
    found.sort_unstable();
    let more = found.len().saturating_sub(MOST);
    (found.into_iter().take(MOST).map(|(.., id)| id).collect(), more)
}

/// How many offices whose people move in April have not been checked since the last 1 April, where no such round was
/// closed since; 0: no April round is due.
pub fn april_due<'a>(
    rounds: impl Iterator<Item = &'a Round>,
    offices: impl Iterator<Item = &'a Office>,
    today: NaiveDate,
) -> usize {
    let Some(first) = NaiveDate::from_ymd_opt(fiscal_year(today), 4, 1) else { return 0 };
    let april = Scope::April.code();
    if rounds.into_iter().any(|round| round.scope == april && round.closed_on.is_some_and(|day| day >= first)) {
        return 0;
    }
    // What was typed or taken in since is as fresh as a check; of what nobody knows the day there is nothing to tell.
    let known = |office: &Office| office.verified.as_ref().map(|verified| verified.on).max(office.updated_on);
    offices
        .filter(|office| !office.removed && changes_in_april(office) && known(office).is_some_and(|on| on < first))
        .count()
}

/// What came of a round, or of a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Tally {
    /// Offices in it.
    pub offices: usize,
    /// Offices that were called at least once.
    pub called: usize,
    /// Calls.
    pub calls: usize,
    /// 変更なし.
    pub unchanged: usize,
    /// 変更あり.
    pub changed: usize,
    /// Not reached so far.
    pub absent: usize,
    /// 拒否.
    pub refused: usize,
    /// 廃止・移転.
    pub gone: usize,
    /// 対象外.
    pub outside: usize,
    /// How long the calls took together, in seconds.
    pub seconds: u64,
}

impl Tally {
    fn add(&mut self, asked: &Asked) {
        self.offices += 1;
        self.called += usize::from(!asked.tries.is_empty());
        self.calls += asked.tries.len();
        self.seconds += asked.seconds();
        match asked.outcome() {
            Some(Outcome::Unchanged) => self.unchanged += 1,
            Some(Outcome::Changed) => self.changed += 1,
            Some(Outcome::Absent) => self.absent += 1,
            Some(Outcome::Refused) => self.refused += 1,
            Some(Outcome::Gone) => self.gone += 1,
            Some(Outcome::Outside) => self.outside += 1,
            None => {}
        }
    }

    /// Offices that answered.
    pub const fn answered(&self) -> usize {
        self.unchanged + self.changed + self.gone
    }

    /// 回答率, in whole percent of the offices without those that are 対象外; `None` where there are none.
    pub fn rate(&self) -> Option<usize> {
        (self.answered() * 100).checked_div(self.offices.saturating_sub(self.outside))
    }

    /// Minutes that the calls took together, rounded up.
    pub const fn minutes(&self) -> u64 {
        self.seconds.div_ceil(60)
    }

    /// The locale keys of the heads of [`Self::figures`].
    pub const HEADS: [&str; 9] = [
        "rounds-head-offices",
        "rounds-head-unchanged",
        "rounds-head-changed",
        "rounds-head-absent",
        "rounds-head-refused",
        "rounds-head-gone",
        "rounds-head-outside",
        "rounds-head-rate",
        "rounds-head-minutes",
    ];

    /// Its figures as a row of a table; a rate that there is none of is `-`.
    pub fn figures(&self) -> [String; 9] {
        let counts = [self.offices, self.unchanged, self.changed, self.absent, self.refused, self.gone, self.outside];
        let [all, unchanged, changed, absent, refused, gone, outside] = counts.map(|n| n.to_string());
        let rate = self.rate().map_or_else(|| "-".to_owned(), |rate| format!("{rate}%"));
        [all, unchanged, changed, absent, refused, gone, outside, rate, self.minutes().to_string()]
    }
}

/// A round as a report.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Report {
    /// All of it.
    pub all: Tally,
    /// By kind (list `office-kind`).
    pub kinds: BTreeMap<String, Tally>,
    /// By area; empty: none is known.
    pub areas: BTreeMap<String, Tally>,
}

impl Report {
    /// What came of a round.
    pub fn of<'a>(round: &Round, office: impl Fn(Id) -> Option<&'a Office>) -> Self {
        let mut report = Self::default();
        for (id, asked) in round.asked() {
            let office = office(id);
            report.all.add(asked);
            let kind = office.map(|office| office.kind.clone()).unwrap_or_default();
            report.kinds.entry(kind).or_default().add(asked);
            report.areas.entry(office.map(|office| office.area.clone()).unwrap_or_default()).or_default().add(asked);
        }
        report
    }
}

#[cfg(test)]
mod tests;
