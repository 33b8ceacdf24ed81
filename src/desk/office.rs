//! 連携先: hospital liaison offices, clinics, home nursing, care offices, other desks, and their staff.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::id::Id;

/// 担当者: a person at an office. Entered and corrected one field at a time.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Staff {
    /// 氏名.
    pub name: String,
    /// ふりがな.
    pub kana: String,
    /// 部署.
    pub department: String,
    /// 職種.
    pub role: String,
    /// 直通電話.
    pub phone: String,
    /// 内線.
    pub extension: String,
    /// 対応内容.
    pub handles: String,
    /// Whether the person has left: kept for old records, shown no more.
    pub left: bool,
    /// Position in lists: smaller first, then by name.
    pub order: u32,
}

/// 可・不可・要相談・未確認: every capability has one of the four; a missing answer is not a no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// 可.
    Yes,
    /// 不可.
    No,
    /// 要相談.
    Ask,
    /// 未確認.
    #[default]
    Unknown,
}

/// What an office can do, with where that is known from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Capability {
    /// The answer.
    pub answer: Answer,
    /// How it became known: a code of list `told`, or words where it is from elsewhere.
    pub source: String,
    /// When it was said.
    pub on: Option<NaiveDate>,
    /// The operator who wrote it down; nobody where a file brought it.
    pub by: Id,
}

/// Days after which an answer is to be asked again: what an office can do changes with its people in April.
const FRESH_DAYS: i64 = 365;

impl Capability {
    /// Whether there is an answer, and it is older than a year or nobody knows how old.
    pub fn is_old(&self, today: NaiveDate) -> bool {
        self.answer != Answer::Unknown && self.on.is_none_or(|on| (today - on).num_days() > FRESH_DAYS)
    }
}

/// That somebody checked the entry with the office itself. Not the same as a change of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verified {
    /// When.
    pub on: NaiveDate,
    /// By which operator.
    pub by: Id,
    /// How (list `method`).
    #[serde(default)]
    pub how: String,
}

/// Months for which a check holds where the desk has set no other number.
pub const VERIFY_MONTHS: u32 = 12;

impl Verified {
    /// The last day on which the check holds, so many months after it.
    pub fn expires(&self, months: u32) -> NaiveDate {
        self.on.checked_add_months(Months::new(months)).unwrap_or(self.on)
    }
}

/// Whether what stands about an office can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Freshness {
    /// It was checked, and that still holds.
    Fresh,
    /// The check is too old: 要確認.
    Expired,
    /// It was never checked.
    Never,
}

/// A place that the desk can send somebody to, or ask.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Office {
    /// 名称.
    pub name: String,
    /// フリガナ.
    pub kana: String,
    /// A reading that nobody confirmed: guessed from the name, shown as such, used for searching while there is no [`Self::kana`].
    pub kana_guess: String,
    /// 略称.
    pub short_name: String,
    /// 種別 (list `office-kind`).
    pub kind: String,
    /// 部署 that is called first, such as 地域医療連携室.
    pub department: String,
    /// 電話.
    pub phone: String,
    /// 内線.
    pub extension: String,
    /// FAX.
    pub fax: String,
    /// メール.
    pub email: String,
    /// 郵便番号, 7 digits without hyphen.
    pub postal_code: String,
    /// 住所.
    pub address: String,
    /// The reading of the address's town, from a postal table.
    pub address_kana: String,
    /// 方書.
    pub building: String,
    /// 緯度, degrees.
    pub latitude: Option<f64>,
    /// 経度, degrees.
    pub longitude: Option<f64>,
    /// 圏域 in which it stands.
    pub area: String,
    /// 訪問エリア: 圏域, 中学校区, 町 or islands that it serves, as distinct from where it stands; parted by 、 or spaces.
    pub serves: String,
    /// 設置主体・法人.
    pub corporation: String,
    /// 医療機関コード, 事業所番号 or the identity of 医療情報ネット, with its scheme in front: `kaigo:3550180024`.
    pub official_id: String,
    /// 対応内容 of the office as a whole.
    pub handles: String,
    /// 診療科・サービスの種類, one a member.
    pub services: Vec<String>,
    /// 診療・利用できる曜日 and hours, as told.
    pub hours: String,
    /// 休み, as told.
    pub closed: String,
    /// 連絡のしかた.
    pub how_to_contact: String,
    /// つながりやすい時間.
    pub best_time: String,
    /// Shown before everything else.
    pub alert: String,
    /// ホームページ.
    pub url: String,
    /// 定員・病床, as told.
    pub capacity: String,
    /// 備考.
    pub note: String,
    /// What it can do, by the code of list `capability`.
    pub capabilities: BTreeMap<String, Capability>,
    /// 受入 just now (list `accepting`); holds until [`Self::accepting_until`].
    pub accepting: String,
    /// 待ち just now: days, or as told.
    pub waiting: String,
    /// The last day on which [`Self::accepting`] and [`Self::waiting`] hold.
    pub accepting_until: Option<NaiveDate>,
    /// When somebody asked for [`Self::accepting`] and [`Self::waiting`].
    pub accepting_on: Option<NaiveDate>,
    /// The operator who asked.
    pub accepting_by: Id,
    /// 担当者, by identity, so that two desks can both add.
    pub staff: BTreeMap<Id, Staff>,
    /// Last check with the office itself.
    pub verified: Option<Verified>,
    /// Last change of the entry's content.
    pub updated_on: Option<NaiveDate>,
    /// Where the entry comes from: a file's layout name, or empty when typed at the desk.
    pub source: String,
    /// What the last import wrote, by field: an import may change a field only while it still holds this.
    pub imported: BTreeMap<String, serde_json::Value>,
    /// Taken out of the directory: kept for old records.
    pub removed: bool,
    /// Members that this version does not know: kept, never dropped.
    #[serde(flatten)]
    pub other: BTreeMap<String, serde_json::Value>,
}

impl Office {
    /// The reading, else the guessed one.
    pub fn reading(&self) -> &str {
        if self.kana.is_empty() { &self.kana_guess } else { &self.kana }
    }

    /// By what lists of offices to be called or visited are sorted: area by area (those without one last), in an area by
    /// their reading.
    pub fn tour_key<I>(&self, id: I) -> (bool, &str, &str, I) {
        (self.area.is_empty(), &self.area, self.reading(), id)
    }

    /// Whether the reading is a guess that nobody has confirmed.
    pub const fn reading_is_guessed(&self) -> bool {
        self.kana.is_empty() && !self.kana_guess.is_empty()
    }

    /// Whether it is known that the office takes somebody on this day, or is willing to talk about it.
    pub fn accepts_on(&self, day: NaiveDate) -> bool {
        matches!(self.accepting.as_str(), "yes" | "ask") && self.accepting_until.is_some_and(|until| day <= until)
    }

    /// Whether it was checked, and the check holds on this day.
    pub fn freshness(&self, today: NaiveDate, months: u32) -> Freshness {
        match &self.verified {
            None => Freshness::Never,
            Some(verified) if verified.expires(months) < today => Freshness::Expired,
            Some(_) => Freshness::Fresh,
        }
    }

    /// The places that it serves, one by one.
    pub fn served(&self) -> impl Iterator<Item = &str> {
        let parts = self.serves.split(|c: char| matches!(c, '、' | ',' | '，' | '・' | '/') || c.is_whitespace());
        parts.filter(|part| !part.is_empty())
    }

    /// The staff who are still there, in list order.
    pub fn present_staff(&self) -> Vec<(Id, &Staff)> {
        let mut staff: Vec<_> = self.staff.iter().filter(|(_, s)| !s.left).map(|(id, s)| (*id, s)).collect();
        staff.sort_by(|(_, a), (_, b)| (a.order, &a.kana, &a.name).cmp(&(b.order, &b.kana, &b.name)));
        staff
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn an_answer_is_old_after_a_year_and_when_nobody_knows_its_day() {
        let today = day(2026, 11, 22);
        for (answer, on, old) in [
            (Answer::Yes, Some(today), false),
            (Answer::No, Some(day(2025, 11, 22)), false),
            (Answer::No, Some(day(2025, 11, 21)), true),
            (Answer::Ask, None, true),
            (Answer::Unknown, None, false),
            (Answer::Unknown, Some(day(2001, 1, 1)), false),
            (Answer::Yes, Some(day(2027, 1, 1)), false),
        ] {
            let capability = Capability { answer, on, ..Capability::default() };
            assert_eq!(capability.is_old(today), old, "{answer:?} {on:?}");
        }
    }

    #[test]
    fn a_check_holds_for_its_months_and_the_last_of_a_short_one() {
        for (on, today, months, freshness) in [
            (None, day(2026, 11, 22), 12, Freshness::Never),
            (Some(day(2025, 11, 22)), day(2026, 11, 22), 12, Freshness::Fresh),
            (Some(day(2025, 11, 21)), day(2026, 11, 22), 12, Freshness::Expired),
            (Some(day(2026, 8, 31)), day(2026, 9, 30), 1, Freshness::Fresh),
            (Some(day(2026, 8, 31)), day(2026, 10, 1), 1, Freshness::Expired),
            // A clock that was wrong: a check of tomorrow is none of yesterday.
            (Some(day(2026, 11, 23)), day(2026, 11, 22), 12, Freshness::Fresh),
        ] {
            let verified = on.map(|on| Verified { on, by: Id::NIL, how: String::new() });
            let office = Office { verified, ..Office::default() };
            assert_eq!(office.freshness(today, months), freshness, "{on:?} {today} {months}");
        }
    }

    #[test]
    fn what_was_told_of_places_holds_until_its_last_day() {
        let until = Some(day(2026, 12, 6));
        for (accepting, until, on, accepts) in [
            ("yes", until, day(2026, 12, 6), true),
            ("ask", until, day(2026, 11, 22), true),
            ("yes", until, day(2026, 12, 7), false),
            ("no", until, day(2026, 11, 22), false),
            ("", until, day(2026, 11, 22), false),
            ("yes", None, day(2026, 11, 22), false),
        ] {
            let office = Office { accepting: accepting.into(), accepting_until: until, ..Office::default() };
            assert_eq!(office.accepts_on(on), accepts, "{accepting} {on}");
        }
    }

    #[test]
    fn the_places_served_are_parted_however_they_were_written() {
        for (written, places) in [
            ("", vec![]),
            ("港中学校区、架空島　北部・東部", vec!["港中学校区", "架空島", "北部", "東部"]),
            ("中央,西部/港", vec!["中央", "西部", "港"]),
        ] {
            let office = Office { serves: written.into(), ..Office::default() };
            assert_eq!(office.served().collect::<Vec<_>>(), places);
        }
    }
}
