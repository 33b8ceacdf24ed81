//! 会議: the monthly meeting, its agenda and what was decided.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::id::Id;

/// How a case is to be treated in the meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Treatment {
    /// 要決定.
    #[default]
    Decide,
    /// 報告.
    Report,
    /// 見送り.
    Defer,
}

/// 議題: one case on the agenda.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AgendaItem {
    /// Place on the agenda: smaller first; the flag's time breaks ties.
    pub order: i64,
    /// 要決定・報告・見送り.
    pub treatment: Treatment,
    /// 目安, in minutes.
    pub minutes: u32,
    /// 決定.
    pub decision: String,
    /// 担当.
    pub operator: Id,
    /// 期限.
    pub due: Option<NaiveDate>,
}

/// A meeting.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Meeting {
    /// 種類 (list `meeting-kind`): `1` is 定例会.
    pub kind: String,
    /// 日.
    pub on: Option<NaiveDate>,
    /// 時刻.
    pub starts_at: Option<NaiveTime>,
    /// 場所.
    pub place: String,
    /// 司会.
    pub chair: Id,
    /// 議題, by case. A flagged case without an item stands at the end.
    pub items: BTreeMap<Id, AgendaItem>,
    /// Held and closed: flags set later go to the next one.
    pub held: bool,
    /// 議事メモ.
    pub note: String,
    /// Members that this version does not know: kept, never dropped.
    #[serde(flatten)]
    pub other: BTreeMap<String, serde_json::Value>,
}
