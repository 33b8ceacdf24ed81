//! 活動 as tables for files: one row an activity, one a month with what it cost (trips to islands told apart), and how
//! callers found the desk. Knows no file: [`super::write`] makes CSV and Excel of them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::write::{Column, Table};
use crate::desk::activity::{Activity, Total, months};
use crate::desk::codebook::Codebook;
use crate::desk::date::{fiscal_label, fiscal_months};
use crate::desk::id::Id;
use crate::desk::reach::in_order;
use crate::locale::Locale;
use crate::print::edition::code;

/// Between several things in one cell.
const BETWEEN: &str = "、";

/// What the tables are made of.
pub struct About<'a> {
    /// The fiscal year, by the calendar year in which it begins.
    pub year: i32,
    /// Up to which day the months count.
    pub today: NaiveDate,
    /// The words of the heads.
    pub words: &'a Locale,
    /// The code lists in force.
    pub codebook: &'a Codebook,
    /// An office's name.
    pub office: &'a dyn Fn(Id) -> String,
    /// An operator's name.
    pub operator: &'a dyn Fn(Id) -> String,
}

impl About<'_> {
    fn word(&self, key: &str) -> String {
        self.words.t(key).into_owned()
    }

    fn table(&self, name: &str, columns: &[(&str, bool)], rows: Vec<Vec<String>>) -> Table {
        let columns = columns.iter().map(|(key, number)| Column { header: self.word(key), number: *number });
        Table { name: self.word(name), columns: columns.collect(), rows }
    }

    /// What the files are called, without an ending.
    pub fn file_name(&self) -> String {
        let first = fiscal_months(self.year).into_iter().next().unwrap_or(self.today);
        self.words.f("outreach-file", &[("year", &fiscal_label(first))]).into_owned()
    }

    /// The activities of the year, the oldest first, those that are planned too.
    pub fn activities<'a>(&self, all: impl Iterator<Item = &'a Activity>) -> Table {
        let of_year = |activity: &&Activity| !activity.removed && activity.year() == Some(self.year);
        let mut all: Vec<&Activity> = all.filter(of_year).collect();
        all.sort_by_key(|activity| (activity.on, &activity.title));
        let columns = [
            ("field-activity-on", false),
            ("field-activity-kind", false),
            ("field-activity-title", false),
            ("field-activity-operators", false),
            ("outreach-column-offices", false),
            ("outreach-column-offices-count", true),
            ("outreach-column-met", true),
            ("field-activity-heads", true),
            ("outreach-column-flyers", true),
            ("outreach-column-yen", true),
            ("outreach-column-island", false),
            ("outreach-column-fares", false),
            ("field-activity-text", false),
            ("field-activity-result", false),
            ("field-activity-next-on", false),
        ];
        self.table("outreach-page", &columns, all.into_iter().map(|activity| self.row(activity)).collect())
    }

    fn row(&self, activity: &Activity) -> Vec<String> {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let named =
            |names: Vec<String>| names.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(BETWEEN);
        let tour = activity.tour();
        let offices = tour.iter().map(|(id, _)| (self.office)(*id)).collect();
        let operators = activity.operators.iter().map(|id| (self.operator)(*id)).collect();
        let fares = activity.fares.values().map(|fare| {
            let means = if fare.means.is_empty() {
                String::new()
            } else {
                code(self.words, self.codebook, "fare-means", &fare.means)
            };
            let parts = [means, fare.yen.to_string(), fare.island.clone(), (self.operator)(fare.operator)];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
        });
        let mut islands: Vec<String> = activity.islands().into_iter().map(str::to_owned).collect();
        // A ferry of which nobody wrote whereto is a trip to an island all the same.
        islands.iter_mut().filter(|name| name.is_empty()).for_each(|name| *name = self.word("outreach-some-island"));
        vec![
            day(activity.on),
            code(self.words, self.codebook, "activity-kind", &activity.kind),
            activity.title.clone(),
            named(operators),
            named(offices),
            tour.len().to_string(),
            activity.met().to_string(),
            activity.heads.to_string(),
            activity.flyers().to_string(),
            activity.yen().to_string(),
            named(islands),
            named(fares.collect()),
            activity.text.clone(),
            activity.result.clone(),
            day(activity.next_on),
        ]
    }

    /// Each month of the year up to today, and the year in the last row.
    pub fn months<'a>(&self, all: impl Iterator<Item = &'a Activity>) -> Table {
        let columns = [
            ("outreach-column-month", false),
            ("outreach-column-count", true),
            ("outreach-column-offices-count", true),
            ("outreach-column-met", true),
            ("field-activity-heads", true),
            ("outreach-column-flyers", true),
            ("outreach-column-yen", true),
            ("outreach-column-island-trips", true),
            ("outreach-column-island-yen", true),
        ];
        let rows = months(all, self.year, self.today);
        let mut year = Total::default();
        for (_, total) in &rows {
            year.join(total);
        }
        let row = |name: String, total: &Total| std::iter::once(name).chain(total.figures()).collect::<Vec<String>>();
        let mut rows: Vec<Vec<String>> =
            rows.iter().map(|(month, total)| row(month.format("%Y-%m").to_string(), total)).collect();
        rows.push(row(self.word("outreach-sum"), &year));
        self.table("outreach-months", &columns, rows)
    }

    /// How callers found the desk, by month; what was told at least once, in the order of the list.
    pub fn routes(&self, routes: &BTreeMap<String, [u32; 12]>) -> Table {
        let months = fiscal_months(self.year).into_iter().map(|month| month.format("%Y-%m").to_string());
        let head = Column { header: self.word("list-route"), number: false };
        let sum = Column { header: self.word("outreach-sum"), number: true };
        let months = months.map(|header| Column { header, number: true });
        let columns = std::iter::once(head).chain(months).chain([sum]).collect();
        let rows = in_order(routes, self.codebook).into_iter().map(|(route, counts)| {
            let label = match route {
                "" => self.word("outreach-route-none"),
                route => code(self.words, self.codebook, "route", route),
            };
            let counts = counts.iter().copied().chain([counts.iter().sum()]).map(|count| count.to_string());
            std::iter::once(label).chain(counts).collect()
        });
        Table { name: self.word("outreach-routes"), columns, rows: rows.collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::activity::{Fare, Visit};
    use crate::locale::Lang;

    fn id(n: u8) -> Id {
        Id::from_bytes([n; 16])
    }

    fn activity(on: &str, fares: &[(&str, u32, &str)]) -> Activity {
        let fare = |(n, (means, yen, island)): (u8, &(&str, u32, &str))| {
            (id(n), Fare { means: (*means).into(), yen: *yen, island: (*island).into(), ..Fare::default() })
        };
        Activity {
            kind: "1".into(),
            on: on.parse().ok(),
            title: "架空の挨拶".into(),
            operators: vec![id(50)],
            offices: [(id(60), Visit { visited: true, flyers: 3, ..Visit::default() })].into(),
            fares: (1..).zip(fares).map(fare).collect(),
            ..Activity::default()
        }
    }

    #[test]
    fn a_file_tells_each_trip_and_what_a_month_cost_with_islands_apart() {
        let (words, codebook) = (Locale::new(Lang::Ja), Codebook::default());
        let (office, operator) = (
            |_: Id| "架空医院".to_owned(),
            |who: Id| {
                if who == id(50) { "架空 花子".to_owned() } else { String::new() }
            },
        );
        let today = "2026-11-22".parse().unwrap();
        let about =
            About { year: 2026, today, words: &words, codebook: &codebook, office: &office, operator: &operator };
        let all = [
            activity("2026-06-01", &[("1", 600, ""), ("4", 1580, "架空島")]),
            activity("2026-06-20", &[("1", 400, "")]),
            activity("2026-12-01", &[("4", 1580, "")]),
            Activity { removed: true, ..activity("2026-06-02", &[("1", 999, "")]) },
            activity("2026-03-31", &[("1", 999, "")]),
        ];
        let table = about.activities(all.iter());
        assert_eq!(table.rows.len(), 3);
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
        assert_eq!(table.rows[0][..6], ["2026-06-01", "挨拶回り", "架空の挨拶", "架空 花子", "架空医院", "1"]);
        assert_eq!(table.rows[0][9..11], ["2180", "架空島"]);
        assert!(table.rows[0][11].contains("1580 架空島"));
        // Whereto the ferry goes nobody wrote.
        assert_eq!(table.rows[2][10], "離島");
        let months = about.months(all.iter());
        assert_eq!(months.rows.len(), 13);
        assert!(months.rows.iter().all(|row| row.len() == months.columns.len()));
        assert_eq!(months.rows[2], ["2026-06", "2", "2", "0", "0", "6", "2580", "1", "2180"]);
        // What is planned costs nothing yet.
        assert_eq!(months.rows[8][6], "0");
        assert_eq!(months.rows[12], ["合計", "2", "2", "0", "0", "6", "2580", "1", "2180"]);
    }

    #[test]
    fn routes_stand_in_the_order_of_the_list() {
        let (words, codebook) = (Locale::new(Lang::Ja), Codebook::default());
        let name = |_: Id| String::new();
        let today = "2026-11-22".parse().unwrap();
        let about = About { year: 2026, today, words: &words, codebook: &codebook, office: &name, operator: &name };
        let mut april = [0; 12];
        april[0] = 2;
        let routes = ["", "5", "1", "X"].map(|route| (route.to_owned(), april)).into();
        let table = about.routes(&routes);
        assert_eq!(table.columns.len(), 14);
        assert_eq!(table.columns[1].header, "2026-04");
        let first: Vec<&str> = table.rows.iter().map(|row| row[0].as_str()).collect();
        assert_eq!(first, ["以前に利用", "チラシ", "X", "記入なし"]);
        assert_eq!((table.rows[0][1].as_str(), table.rows[0][13].as_str()), ("2", "2"));
    }
}
