//! 活動: what a desk does besides its cases: 挨拶回り, flyers, hearings, visits. Knows what it cost and whom it met; knows no
//! screen.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Serialize};

use super::date::{fiscal_months, fiscal_year};
use super::id::Id;

/// The kinds (list `activity-kind`) at which nobody is met by being on the list alone: flyers, publicity, questionnaires.
const UNMET: [&str; 3] = ["2", "3", "8"];

/// The means of travel (list `fare-means`) that leads to an island.
pub const FERRY: &str = "4";

/// An office that an activity was about.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Visit {
    /// Whether it belongs to it: false where it was taken out again.
    pub visited: bool,
    /// Who was met there, by the identity of the person at the office.
    pub met: BTreeMap<Id, bool>,
    /// Flyers handed out there.
    pub flyers: u32,
    /// Place in the tour: smaller first.
    pub order: u32,
}

/// 交通費 of one person for one means of travel.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Fare {
    /// By what (list `fare-means`).
    pub means: String,
    /// In yen.
    pub yen: u32,
    /// Whose; nobody: all together.
    pub operator: Id,
    /// The island, for a ferry.
    pub island: String,
}

/// One activity.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Activity {
    /// 種類 (list `activity-kind`).
    pub kind: String,
    /// When.
    pub on: Option<NaiveDate>,
    /// 名称・場所.
    pub title: String,
    /// Who of the desk.
    pub operators: Vec<Id>,
    /// The offices, by identity, so that two operators can both add.
    pub offices: BTreeMap<Id, Visit>,
    /// 参加者数 beyond the people of the offices.
    pub heads: u32,
    /// 交通費, by identity.
    pub fares: BTreeMap<Id, Fare>,
    /// 内容.
    pub text: String,
    /// 成果: what came of it.
    pub result: String,
    /// 次回: when to go again.
    pub next_on: Option<NaiveDate>,
    /// Taken out: kept, counted no more.
    pub removed: bool,
    /// Members that this version does not know: kept, never dropped.
    #[serde(flatten)]
    pub other: BTreeMap<String, serde_json::Value>,
}

impl Activity {
    /// The offices in the order of the tour.
    pub fn tour(&self) -> Vec<(Id, &Visit)> {
        let mut tour: Vec<_> =
            self.offices.iter().filter(|(_, visit)| visit.visited).map(|(id, visit)| (*id, visit)).collect();
        tour.sort_by_key(|(id, visit)| (visit.order, *id));
        tour
    }

    /// 交通費 together, in yen.
    pub fn yen(&self) -> u64 {
        self.fares.values().map(|fare| u64::from(fare.yen)).sum()
    }

    /// The islands that were gone to.
    pub fn islands(&self) -> BTreeSet<&str> {
        let ferries = self.fares.values().filter(|fare| fare.means == FERRY || !fare.island.is_empty());
        ferries.map(|fare| fare.island.as_str()).collect()
    }

    /// Flyers together.
    pub fn flyers(&self) -> u64 {
        self.tour().iter().map(|(_, visit)| u64::from(visit.flyers)).sum()
    }

    /// How many people at offices were met by name.
    pub fn met(&self) -> usize {
        self.tour().iter().map(|(_, visit)| visit.met.values().filter(|met| **met).count()).sum()
    }

    /// The fiscal year in which it was.
    pub fn year(&self) -> Option<i32> {
        self.on.map(fiscal_year)
    }

    /// The day, where it has been and somebody of this office was met: a flyer alone meets nobody.
    fn met_on(&self, visit: &Visit, today: NaiveDate) -> Option<NaiveDate> {
        let named = visit.met.values().any(|met| *met);
        let meets = visit.visited && (named || !UNMET.contains(&self.kind.as_str()));
        self.on.filter(|on| meets && !self.removed && *on <= today)
    }
}

/// When the desk met whom last.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LastMet {
    /// By office.
    pub offices: BTreeMap<Id, NaiveDate>,
    /// By person at an office.
    pub staff: BTreeMap<Id, NaiveDate>,
}

impl LastMet {
    /// Read off all activities up to today.
    pub fn of<'a>(activities: impl Iterator<Item = &'a Activity>, today: NaiveDate) -> Self {
        let mut last = Self::default();
        for activity in activities {
            for (office, visit) in &activity.offices {
                let Some(on) = activity.met_on(visit, today) else { continue };
                let later = |known: &mut NaiveDate| *known = on.max(*known);
                last.offices.entry(*office).and_modify(later).or_insert(on);
                for person in visit.met.iter().filter(|(_, met)| **met).map(|(person, _)| person) {
                    last.staff.entry(*person).and_modify(|known| *known = on.max(*known)).or_insert(on);
                }
            }
        }
        last
    }
}

/// What a kind of activity came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Total {
    /// Activities.
    pub count: usize,
    /// Offices, each as often as it was gone to.
    pub offices: usize,
    /// People met by name.
    pub met: usize,
    /// 参加者数.
    pub heads: u64,
    /// Flyers.
    pub flyers: u64,
    /// Trips to islands.
    pub islands: usize,
    /// 交通費, in yen.
    pub yen: u64,
    /// Activities that led to an island.
    pub island_trips: usize,
    /// 交通費 of these, in yen, the way to the ferry too.
    pub island_yen: u64,
}

impl Total {
    fn add(&mut self, activity: &Activity) {
        self.count += 1;
        self.offices += activity.tour().len();
        self.met += activity.met();
        self.heads += u64::from(activity.heads);
        self.flyers += activity.flyers();
        self.islands += activity.islands().len();
        self.yen += activity.yen();
        if !activity.islands().is_empty() {
            self.island_trips += 1;
            self.island_yen += activity.yen();
        }
    }

    /// As text: activities, offices, people met, 参加者, flyers, 交通費, trips to islands, 交通費 of these.
    pub fn figures(&self) -> [String; 8] {
        let [count, offices, met, trips] =
            [self.count, self.offices, self.met, self.island_trips].map(|n| n.to_string());
        let [heads, flyers, yen, island] = [self.heads, self.flyers, self.yen, self.island_yen].map(|n| n.to_string());
        [count, offices, met, heads, flyers, yen, trips, island]
    }

    /// Counts another time together with this one.
    pub const fn join(&mut self, other: &Self) {
        self.count += other.count;
        self.offices += other.offices;
        self.met += other.met;
        self.heads += other.heads;
        self.flyers += other.flyers;
        self.islands += other.islands;
        self.yen += other.yen;
        self.island_trips += other.island_trips;
        self.island_yen += other.island_yen;
    }
}

/// What counts in a fiscal year: what was not taken out, up to today.
fn done<'a>(
    activities: impl Iterator<Item = &'a Activity>,
    year: i32,
    today: NaiveDate,
) -> impl Iterator<Item = &'a Activity> {
    let done = move |activity: &&Activity| !activity.removed && activity.on.is_some_and(|on| on <= today);
    activities.filter(done).filter(move |activity| activity.year() == Some(year))
}

/// What was done in each month of a fiscal year up to today, from April on, twelve rows.
pub fn months<'a>(
    activities: impl Iterator<Item = &'a Activity>,
    year: i32,
    today: NaiveDate,
) -> Vec<(NaiveDate, Total)> {
    let mut months: Vec<(NaiveDate, Total)> =
        fiscal_months(year).into_iter().map(|month| (month, Total::default())).collect();
    for activity in done(activities, year, today) {
        let first = activity.on.and_then(|on| on.with_day(1));
        let month = months.iter_mut().find(|(month, _)| Some(*month) == first);
        if let Some((_, total)) = month {
            total.add(activity);
        }
    }
    months
}

/// What was done in a fiscal year up to today: all of it, and by kind (list `activity-kind`).
pub fn totals<'a>(
    activities: impl Iterator<Item = &'a Activity>,
    year: i32,
    today: NaiveDate,
) -> (Total, BTreeMap<String, Total>) {
    let (mut all, mut kinds) = (Total::default(), BTreeMap::<String, Total>::new());
    for activity in done(activities, year, today) {
        all.add(activity);
        kinds.entry(activity.kind.clone()).or_default().add(activity);
    }
    (all, kinds)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u8) -> Id {
        Id::from_bytes([n; 16])
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn activity(kind: &str, on: &str, visits: &[(u8, &[u8])]) -> Activity {
        let visit = |(n, met): &(u8, &[u8])| {
            let met = met.iter().map(|person| (id(*person), true)).collect();
            (id(*n), Visit { visited: true, met, flyers: 2, order: u32::from(255 - n) })
        };
        Activity {
            kind: kind.into(),
            on: Some(day(on)),
            offices: visits.iter().map(visit).collect(),
            ..Activity::default()
        }
    }

    #[test]
    fn who_was_met_last_is_read_off_what_has_been() {
        let today = day("2026-11-22");
        let removed = Activity { removed: true, ..activity("1", "2026-11-20", &[(1, &[11])]) };
        let mut taken_out = activity("1", "2026-11-19", &[(4, &[])]);
        taken_out.offices.values_mut().for_each(|visit| visit.visited = false);
        let all = [
            activity("1", "2026-04-10", &[(1, &[11]), (2, &[])]),
            activity("6", "2026-10-01", &[(1, &[12])]),
            // A flyer meets nobody, unless somebody is named who took it.
            activity("2", "2026-11-01", &[(2, &[]), (3, &[])]),
            activity("2", "2026-11-02", &[(5, &[15])]),
            // Not yet been, taken out, and an office taken out.
            activity("1", "2026-12-01", &[(1, &[11]), (3, &[])]),
            removed,
            taken_out,
        ];
        let last = LastMet::of(all.iter(), today);
        let offices = [(1, "2026-10-01"), (2, "2026-04-10"), (5, "2026-11-02")];
        assert_eq!(last.offices, offices.map(|(n, on)| (id(n), day(on))).into());
        let staff = [(11, "2026-04-10"), (12, "2026-10-01"), (15, "2026-11-02")];
        assert_eq!(last.staff, staff.map(|(n, on)| (id(n), day(on))).into());
    }

    #[test]
    fn a_fiscal_year_is_counted_by_kind_with_its_islands_and_fares() {
        let today = day("2026-11-22");
        let fare = |means: &str, yen, island: &str| Fare {
            means: means.into(),
            yen,
            island: island.into(),
            ..Fare::default()
        };
        let mut island = activity("1", "2026-06-01", &[(1, &[11]), (2, &[])]);
        island.fares =
            [(id(1), fare("1", 600, "")), (id(2), fare("4", 1580, "架空島")), (id(3), fare("4", 1580, "架空島"))]
                .into();
        island.heads = 12;
        let all = [
            island,
            activity("1", "2027-03-31", &[(1, &[])]),
            activity("1", "2026-03-31", &[(1, &[])]),
            activity("2", "2026-04-01", &[(1, &[])]),
            Activity { removed: true, ..activity("2", "2026-05-01", &[(1, &[])]) },
        ];
        let (total, kinds) = totals(all.iter(), 2026, today);
        assert_eq!((total.count, total.offices, total.met, total.heads), (2, 3, 1, 12));
        assert_eq!((total.flyers, total.islands, total.yen), (6, 1, 3760));
        assert_eq!((total.island_trips, total.island_yen), (1, 3760));
        let rows = months(all.iter(), 2026, today);
        assert_eq!(rows.iter().map(|(month, _)| month.to_string()).collect::<Vec<_>>().len(), 12);
        let spent: Vec<_> = rows.iter().filter(|(_, t)| t.count > 0).map(|(m, t)| (*m, t.yen, t.island_yen)).collect();
        assert_eq!(spent, [(day("2026-04-01"), 0, 0), (day("2026-06-01"), 3760, 3760)]);
        assert_eq!(
            kinds.iter().map(|(kind, total)| (kind.as_str(), total.count)).collect::<Vec<_>>(),
            [("1", 1), ("2", 1)]
        );
        assert_eq!(totals(all.iter(), 2025, today).0.count, 1);
        assert_eq!(totals(all.iter(), 2026, day("2027-03-31")).0.count, 3);
    }

    #[test]
    fn a_tour_has_its_order() {
        let activity = activity("1", "2026-06-01", &[(1, &[]), (3, &[]), (2, &[])]);
        assert_eq!(activity.tour().iter().map(|(id, _)| *id).collect::<Vec<_>>(), [3, 2, 1].map(id));
        assert_eq!(Activity::default().year(), None);
    }
}
