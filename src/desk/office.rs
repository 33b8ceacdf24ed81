//! 連携先: hospital liaison offices, clinics, home nursing, care offices, other desks, and their staff.

use std::collections::BTreeMap;

use chrono::NaiveDate;
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
    /// Who or what said so.
    pub source: String,
    /// When it was said.
    pub on: Option<NaiveDate>,
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
    /// 圏域.
    pub area: String,
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
    /// 連絡のしかた.
    pub how_to_contact: String,
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

    /// Whether the reading is a guess that nobody has confirmed.
    pub const fn reading_is_guessed(&self) -> bool {
        self.kana.is_empty() && !self.kana_guess.is_empty()
    }

    /// The staff who are still there, in list order.
    pub fn present_staff(&self) -> Vec<(Id, &Staff)> {
        let mut staff: Vec<_> = self.staff.iter().filter(|(_, s)| !s.left).map(|(id, s)| (*id, s)).collect();
        staff.sort_by(|(_, a), (_, b)| (a.order, &a.kana, &a.name).cmp(&(b.order, &b.kana, &b.name)));
        staff
    }
}
