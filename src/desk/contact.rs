//! 相談・経過: one call, visit or fax. What 延べ件数 counts. Written only by patches of single fields.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::id::Id;

/// An office named to the caller, or asked for them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct GivenOffice {
    /// Its name as it was when it was given, so that the record reads the same after the directory changed.
    pub name: String,
    /// The number that was given.
    pub phone: String,
    /// The staff member named, if any.
    pub staff: String,
    /// Whether the matter was handed to it (紹介先), not only named (提供情報).
    pub referred: bool,
}

/// One call, visit or fax.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Contact {
    /// The case it belongs to.
    pub case: Id,
    /// 受付日時.
    pub at: Option<DateTime<FixedOffset>>,
    /// 終了日時.
    pub ended_at: Option<DateTime<FixedOffset>>,
    /// How long the call was open on the screen, in seconds, without the time that it was parked.
    pub seconds: u32,
    /// How often it was left before it ended. How long: what is between `at` and `ended_at` beyond `seconds`.
    pub pauses: u32,
    /// On which form it was written (list `form`); empty: the standard one.
    pub form: String,
    /// 受付者.
    pub operator: Id,
    /// 相談方法 (list `method`).
    pub method: String,
    /// The direction (list `direction`): the desk was called, or called itself.
    pub direction: String,
    /// 初回・継続 (list `visit`).
    pub visit: String,
    /// 相談者区分 (list `caller-kind`).
    pub caller_kind: String,
    /// 相談者 氏名.
    pub caller_name: String,
    /// 相談者 カナ.
    pub caller_kana: String,
    /// 所属.
    pub caller_office: String,
    /// 所属 in the directory.
    pub caller_office_id: Id,
    /// Who called, where that is known.
    pub caller_person: Id,
    /// 続柄・関係.
    pub relation: String,
    /// 電話.
    pub phone: String,
    /// FAX.
    pub fax: String,
    /// 連絡可能時間.
    pub reachable: String,
    /// 把握経路: how the desk was found (list `route`).
    pub route: String,
    /// 相談内容区分 (list `topic`, several).
    pub topics: Vec<String>,
    /// 場面 (list `scene`).
    pub scene: String,
    /// 8項目 (list `eight-items`, several).
    pub items: Vec<String>,
    /// 主訴, in the caller's words.
    pub complaint: String,
    /// 依頼内容: what the hospital asks of the desk.
    pub request: String,
    /// メモ・経過.
    pub text: String,
    /// 対応区分 (list `response`).
    pub response: String,
    /// 対応内容.
    pub response_text: String,
    /// 提供情報区分 (list `information`, several).
    pub information: Vec<String>,
    /// 提供情報・紹介先 from the directory, by office identity, so that two desks can both add.
    pub offices: BTreeMap<Id, GivenOffice>,
    /// 紹介先 that is not in the directory.
    pub referred_to: String,
    /// Members that this version does not know: kept, never dropped.
    #[serde(flatten)]
    pub other: BTreeMap<String, serde_json::Value>,
}
