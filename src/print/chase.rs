//! 未回答の連携先: who has not answered a survey, to be called or faxed one after the other, with room for what came of it.

use serde::Serialize;

use super::edition::{By, code};
use crate::desk::codebook::Codebook;
use crate::desk::date::format_era_long;
use crate::desk::office::Office;
use crate::desk::operator::DeskProfile;
use crate::desk::survey::Survey;
use crate::locale::{Lang, Locale};

/// An office to be asked again. Each member may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Unanswered {
    /// 名称.
    pub name: String,
    /// 部署.
    pub department: String,
    /// 種別, by its label.
    pub kind: String,
    /// 圏域.
    pub area: String,
    /// 電話.
    pub phone: String,
    /// 内線.
    pub extension: String,
    /// FAX.
    pub fax: String,
    /// つながる時間.
    pub best_time: String,
}

/// 未回答の連携先 of a survey. Templates use the members by these names.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Chase {
    /// The survey.
    pub title: String,
    /// Until when answers were asked for; may be empty.
    pub due: String,
    /// The day of the page.
    pub date: String,
    /// Who asks.
    pub by: By,
    /// Offices that were asked.
    pub asked: usize,
    /// Of them those that have answered.
    pub answered: usize,
    /// Those that have not, area by area.
    pub rows: Vec<Unanswered>,
}

/// Those that have not answered and are in the directory, area by area, of an area by their reading.
pub fn unanswered<'o, I: Copy + Ord>(missing: impl Iterator<Item = (I, &'o Office)>) -> Vec<(I, &'o Office)> {
    let mut rows: Vec<(I, &Office)> = missing.filter(|(_, office)| !office.removed).collect();
    rows.sort_by_key(|(id, office)| office.tour_key(*id));
    rows
}

impl Chase {
    /// The page of these offices, which have not answered. Its words are Japanese: it is worked at beside the telephone.
    pub fn of(
        survey: &Survey,
        missing: &[&Office],
        on: chrono::NaiveDate,
        desk: &DeskProfile,
        book: &Codebook,
    ) -> Self {
        let locale = Locale::new(Lang::Ja);
        let row = |office: &&Office| Unanswered {
            name: office.name.clone(),
            department: office.department.clone(),
            kind: code(&locale, book, "office-kind", &office.kind),
            area: office.area.clone(),
            phone: office.phone.clone(),
            extension: office.extension.clone(),
            fax: office.fax.clone(),
            best_time: office.best_time.clone(),
        };
        let rate = survey.rate_of_all();
        Self {
            title: survey.name.clone(),
            due: survey.due.map(format_era_long).unwrap_or_default(),
            date: format_era_long(on),
            by: By::of(desk),
            asked: rate.asked,
            answered: rate.answered,
            rows: missing.iter().map(row).collect(),
        }
    }
}
