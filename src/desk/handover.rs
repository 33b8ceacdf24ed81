//! 引継ぎ: what who comes to the desk must know: calls in progress, what is promised for today, what is late, and what
//! was done to which case today and on the day before. Knows no store and no sentence.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::access::Access;
use super::brief::Brief;
use super::id::Id;
use super::queue::{DueIn, due, is_overdue, place};
use super::record::{Change, Kind};
use super::wanted::{Wanted, wanted_in};

/// What was done to one case on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched {
    /// The case.
    pub case: Id,
    /// When something was done last.
    pub last: DateTime<FixedOffset>,
    /// Who did something, the last one first.
    pub operators: Vec<Id>,
    /// Whether it was taken on that day.
    pub taken: bool,
    /// Whether it was closed on that day.
    pub closed: bool,
    /// Calls, visits and faxes that were written to it.
    pub contacts: usize,
}

/// A day on which cases were worked on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// The day, on the wall clock of the desk.
    pub on: NaiveDate,
    /// The cases, the one that was worked on last first.
    pub cases: Vec<Touched>,
}

/// What was done lately.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recent {
    /// Today, if something was done, and the last day before on which something was; the later one first.
    pub days: Vec<Day>,
    /// How often who asks has come to the desk today, with this time.
    pub logins: usize,
}

/// Gathers [`Recent`] from the changes of a desk, newest first.
#[derive(Debug)]
pub struct Gather {
    today: NaiveDate,
    who: Id,
    days: BTreeMap<NaiveDate, BTreeMap<Id, Touched>>,
    logins: usize,
}

impl Gather {
    /// For this day and who asks.
    pub const fn new(today: NaiveDate, who: Id) -> Self {
        Self { today, who, days: BTreeMap::new(), logins: 0 }
    }

    /// Takes one change; `false` when no older one is wanted.
    pub fn take(&mut self, change: &Change) -> bool {
        let on = change.at.date_naive();
        let before = self.days.keys().find(|day| **day < self.today);
        if before.is_some_and(|before| on < *before) {
            return false;
        }
        if change.is_look() {
            let came = change.what == Access::Login.name() && change.operator == self.who;
            self.logins += usize::from(came && on == self.today);
            return true;
        }
        let text = |member: &str| change.patch.get(member).and_then(serde_json::Value::as_str);
        let case = if change.record.kind == Kind::Case {
            Some(change.record.id)
        } else {
            let of = text("case").filter(|_| change.record.kind == Kind::Contact);
            of.and_then(|id| id.parse().ok())
        };
        let Some(case) = case else { return true };
        let touched = self.days.entry(on).or_default().entry(case).or_insert_with(|| Touched {
            case,
            last: change.at,
            operators: Vec::new(),
            taken: false,
            closed: false,
            contacts: 0,
        });
        if !touched.operators.contains(&change.operator) {
            touched.operators.push(change.operator);
        }
        touched.contacts += usize::from(change.record.kind == Kind::Contact);
        touched.taken |= change.record.kind == Kind::Case && text("number").is_some();
        touched.closed |= change.record.kind == Kind::Case && text("status") == Some("closed");
        true
    }

    /// What was gathered.
    pub fn finish(self) -> Recent {
        let days = self.days.into_iter().rev().map(|(on, cases)| {
            let mut cases: Vec<Touched> = cases.into_values().collect();
            cases.sort_by_key(|touched| Reverse((touched.last, touched.case)));
            Day { on, cases }
        });
        Recent { days: days.take(2).collect(), logins: self.logins }
    }
}

/// A call that is not saved yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenDraft {
    /// When the call began.
    pub started_at: DateTime<FixedOffset>,
    /// Who took it.
    pub operator: Id,
    /// 相談者区分.
    pub caller_kind: String,
    /// The caller's name, else office.
    pub caller: String,
    /// The first line of the memo.
    pub text: String,
    /// What its slip still lacks.
    pub wanted: Vec<Wanted>,
}

impl OpenDraft {
    /// What a draft says, as it is written to the disk; `None` if it is not a draft's value.
    pub fn of(draft: &serde_json::Value) -> Option<Self> {
        let text = |member: &str| {
            let contact = draft.get("slip")?.get("contact")?;
            contact.get(member)?.as_str().map(str::trim).filter(|text| !text.is_empty())
        };
        let own = |member: &str| draft.get(member).and_then(serde_json::Value::as_str);
        Some(Self {
            wanted: draft.get("slip").map(wanted_in).unwrap_or_default(),
            started_at: own("started_at")?.parse().ok()?,
            operator: own("operator").and_then(|id| id.parse().ok()).unwrap_or_default(),
            caller_kind: text("caller_kind").unwrap_or_default().to_owned(),
            caller: text("caller_name").or_else(|| text("caller_office")).unwrap_or_default().to_owned(),
            text: text("text").and_then(|text| text.lines().next()).unwrap_or_default().to_owned(),
        })
    }
}

/// The page of a handover.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page<'a> {
    /// Calls that are not saved yet.
    pub drafts: Vec<OpenDraft>,
    /// Cases of which something is promised for today, in the order of the queue.
    pub today: Vec<&'a Brief>,
    /// Cases for which the desk is late.
    pub overdue: Vec<&'a Brief>,
    /// Cases that wait for others and were to be asked after before today.
    pub ask: Vec<&'a Brief>,
    /// What was done lately, as far as the cases are still there.
    pub days: Vec<(NaiveDate, Vec<(Touched, &'a Brief)>)>,
}

impl<'a> Page<'a> {
    /// The page of today. `open` are the open cases; `find` may not know every one that `recent` names.
    pub fn new(
        drafts: Vec<OpenDraft>,
        open: impl Iterator<Item = &'a Brief>,
        find: impl Fn(Id) -> Option<&'a Brief>,
        recent: &Recent,
        today: NaiveDate,
    ) -> Self {
        let mut open: Vec<&Brief> = open.collect();
        open.sort_by_key(|brief| place(*brief));
        let of = |wanted: &dyn Fn(&Brief) -> bool| open.iter().copied().filter(|brief| wanted(brief)).collect();
        let days = recent.days.iter().map(|day| {
            let known = day.cases.iter().filter_map(|touched| Some((touched.clone(), find(touched.case)?)));
            (day.on, known.collect::<Vec<_>>())
        });
        Self {
            drafts,
            today: of(&|brief| due(brief, today) == DueIn::Today),
            overdue: of(&|brief| is_overdue(brief, today)),
            ask: of(&|brief| matches!(due(brief, today), DueIn::Over(_)) && !is_overdue(brief, today)),
            days: days.filter(|(_, cases)| !cases.is_empty()).collect(),
        }
    }

    /// Whether there is nothing to hand over.
    pub fn is_empty(&self) -> bool {
        let none = self.today.is_empty() && self.overdue.is_empty() && self.ask.is_empty();
        none && self.drafts.is_empty() && self.days.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::desk::case::{Case, Status};
    use crate::desk::record::{RecordKey, Stamp};

    fn id(n: u8) -> Id {
        Id::from_bytes([n; 16])
    }

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, n).unwrap()
    }

    fn at(day: u32, hour: u32) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339(&format!("2026-11-{day:02}T{hour:02}:00:00+09:00")).unwrap()
    }

    fn change(on: (u32, u32), who: u8, what: &str, record: (Kind, u8), patch: Value) -> Change {
        Change {
            stamp: Stamp::default(),
            batch: Stamp::default(),
            at: at(on.0, on.1),
            desk: id(99),
            operator: id(who),
            what: what.to_owned(),
            undoes: None,
            record: RecordKey::new(record.0, id(record.1)),
            patch,
            back: Value::Null,
        }
    }

    fn brief(n: u8, status: Status, urgency: &str, due: Option<u32>) -> (Id, Brief) {
        let case = Case { status, urgency: urgency.to_owned(), due: due.map(day), ..Case::default() };
        (id(n), Brief::of(id(n), &case))
    }

    #[test]
    fn what_was_done_is_gathered_for_today_and_the_last_day_before() {
        let log = [
            change((24, 10), 1, "access-login", (Kind::Operator, 1), json!({})),
            change((24, 9), 2, "done-set-status", (Kind::Case, 20), json!({"status": "closed"})),
            change((24, 9), 2, "access-login", (Kind::Operator, 2), json!({})),
            // Friday; a weekend lies between.
            change((20, 16), 2, "done-save-call", (Kind::Contact, 50), json!({"case": id(20).to_string()})),
            change((20, 15), 1, "done-save-call", (Kind::Case, 20), json!({"number": "R8-0001"})),
            change((20, 15), 1, "done-save-call", (Kind::Contact, 51), json!({"case": id(20).to_string()})),
            change((20, 14), 1, "done-edit-office", (Kind::Office, 3), json!({"name": "架空"})),
            change((20, 13), 1, "access-login", (Kind::Operator, 1), json!({})),
            change((20, 12), 1, "done-set-due", (Kind::Case, 21), json!({"due": "2026-11-24"})),
            change((19, 12), 1, "done-set-due", (Kind::Case, 22), json!({"due": "2026-11-24"})),
        ];
        let mut gather = Gather::new(day(24), id(1));
        let taken = log.iter().take_while(|change| gather.take(change)).count();
        assert_eq!(taken, 9, "nothing of the days before is wanted");
        let recent = gather.finish();
        assert_eq!(recent.logins, 1);
        assert_eq!(recent.days.iter().map(|day| day.on).collect::<Vec<_>>(), [day(24), day(20)]);
        let [today, before] = recent.days.as_slice() else { panic!("two days") };
        assert!(today.cases[0].closed && !today.cases[0].taken);
        let cases: Vec<Id> = before.cases.iter().map(|touched| touched.case).collect();
        assert_eq!(cases, [id(20), id(21)], "the last one first");
        let first = &before.cases[0];
        assert_eq!((first.contacts, first.taken, first.closed), (2, true, false));
        assert_eq!(first.operators, [id(2), id(1)]);
    }

    #[test]
    fn the_page_holds_what_is_promised_what_is_late_and_whom_to_ask() {
        let cases: BTreeMap<Id, Brief> = [
            brief(1, Status::Active, "3", Some(24)),
            brief(2, Status::Active, "1", Some(24)),
            brief(3, Status::Active, "3", Some(20)),
            brief(4, Status::WaitingOther, "3", Some(20)),
            brief(5, Status::Closed, "1", Some(20)),
            brief(6, Status::Active, "3", Some(25)),
            brief(7, Status::Active, "3", None),
        ]
        .into();
        let touched = |n| Touched {
            case: id(n),
            last: at(24, 9),
            operators: vec![id(9)],
            taken: true,
            closed: false,
            contacts: 1,
        };
        let days = vec![Day { on: day(24), cases: vec![touched(5), touched(77)] }, Day { on: day(20), cases: vec![] }];
        let open = cases.values().filter(|brief| brief.is_open());
        let page = Page::new(Vec::new(), open, |id| cases.get(&id), &Recent { days, logins: 1 }, day(24));
        let ids = |briefs: &[&Brief]| briefs.iter().map(|brief| brief.id).collect::<Vec<_>>();
        assert_eq!(ids(&page.today), [id(2), id(1)], "the urgent one first");
        assert_eq!((ids(&page.overdue), ids(&page.ask)), (vec![id(3)], vec![id(4)]));
        assert_eq!(page.days.len(), 1, "a day of which nothing is known is left out");
        assert_eq!(page.days[0].1[0].1.id, id(5));
        assert!(!page.is_empty());
        assert!(Page::new(Vec::new(), [].into_iter(), |_| None, &Recent::default(), day(24)).is_empty());
    }

    #[test]
    fn a_draft_tells_who_called_and_what_about() {
        let draft = json!({
            "started_at": "2026-11-24T14:29:00+09:00",
            "operator": id(1).to_string(),
            "slip": {"contact": {"caller_kind": "1", "caller_office": "架空居宅", "text": "  看取り\n二行目"}},
        });
        let told = OpenDraft::of(&draft).unwrap();
        assert_eq!(told.wanted.first(), Some(&("case", "age_band")));
        assert_eq!((told.caller.as_str(), told.text.as_str(), told.operator), ("架空居宅", "看取り", id(1)));
        assert!(OpenDraft::of(&json!({"slip": {}})).is_none());
        assert_eq!(OpenDraft::of(&json!({"started_at": "2026-11-24T14:29:00+09:00"})).unwrap().caller, "");
    }
}
