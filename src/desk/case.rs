//! 案件: one matter of one person, as the fold of its changes is read. Written only by patches of single fields.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

use super::id::Id;

/// Where a case stands (進行状態, `domain.md` §2.2). Drafts are no cases yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// 受付: taken, nobody has begun.
    #[default]
    Received,
    /// 対応中.
    Active,
    /// 先方待ち: stops the clock; `due` is when to ask again.
    WaitingOther,
    /// 回覧中.
    Circulating,
    /// 会議待ち.
    WaitingMeeting,
    /// フォロー待ち.
    WaitingFollowUp,
    /// 終結.
    Closed,
}

impl Status {
    /// All, in the order in which a case usually passes through them.
    pub const ALL: [Self; 7] = [
        Self::Received,
        Self::Active,
        Self::WaitingOther,
        Self::Circulating,
        Self::WaitingMeeting,
        Self::WaitingFollowUp,
        Self::Closed,
    ];

    /// The name as stored and as in `--json`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Active => "active",
            Self::WaitingOther => "waiting-other",
            Self::Circulating => "circulating",
            Self::WaitingMeeting => "waiting-meeting",
            Self::WaitingFollowUp => "waiting-follow-up",
            Self::Closed => "closed",
        }
    }
}

/// A case's mark for the monthly meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flag {
    /// Why it should be talked about; may be empty.
    #[serde(default)]
    pub reason: String,
    /// When it was set.
    pub at: DateTime<FixedOffset>,
    /// Who set it.
    pub by: Id,
}

/// 廃棄の保留 (legal hold): the case is kept however long its time is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Why: a dispute, a request to see the record, an inspection.
    #[serde(default)]
    pub reason: String,
    /// When it was set.
    pub at: DateTime<FixedOffset>,
    /// Who set it.
    pub by: Id,
}

/// One matter of one person. Every field may be missing: callers don't speak in form order.
///
/// Codes are those of the code list named in the comment (`codebook`); dates are Gregorian.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Case {
    /// 受付番号, such as `R8-0123`: era year of the fiscal year, running number.
    pub number: String,
    /// 進行状態.
    pub status: Status,
    /// 緊急度 (list `urgency`): `1` today to `4` planned; empty counts as `3`.
    pub urgency: String,
    /// 受付日時.
    pub opened_at: Option<DateTime<FixedOffset>>,
    /// 終結日時.
    pub closed_at: Option<DateTime<FixedOffset>>,
    /// 担当.
    pub operator: Id,
    /// One line for lists: what it is about.
    pub summary: String,
    /// 相談者区分 of the first caller (list `caller-kind`).
    pub caller_kind: String,
    /// The first caller's name or office, for lists.
    pub caller: String,
    /// The first caller's kana, for the search.
    pub caller_kana: String,
    /// 相談内容区分 (list `topic`, several).
    pub topics: Vec<String>,
    /// 場面 (list `scene`).
    pub scene: String,
    /// Whom it is about, where that is known.
    pub subject_person: Id,
    /// 対象者 氏名; empty: 匿名.
    pub subject_name: String,
    /// 対象者 カナ.
    pub subject_kana: String,
    /// 性別 (list `sex`).
    pub sex: String,
    /// 生年月日.
    pub birth: Option<NaiveDate>,
    /// 年代 (list `age-band`), where no birth date is told.
    pub age_band: String,
    /// 住所.
    pub address: String,
    /// 日常生活圏域 (the desk's own areas).
    pub area: String,
    /// 中学校区.
    pub school_district: String,
    /// 電話.
    pub phone: String,
    /// 被保険者番号.
    pub insured_number: String,
    /// 保険者.
    pub insurer: String,
    /// 本人の現況 (list `whereabouts`).
    pub whereabouts: String,
    /// 入院・入所先.
    pub facility: String,
    /// 病棟.
    pub ward: String,
    /// 病院側の担当者: who is to be asked at the hospital.
    pub hospital_staff: String,
    /// 病院の主治医.
    pub hospital_doctor: String,
    /// 退院予定日.
    pub discharge_on: Option<NaiveDate>,
    /// 退院先 (list `discharge-to`).
    pub discharge_to: String,
    /// 世帯 (list `household`).
    pub household: String,
    /// 緊急連絡先.
    pub emergency_contact: String,
    /// 要介護状態区分 (list `care-level`).
    pub care_level: String,
    /// 認定有効期間の始まり.
    pub certified_from: Option<NaiveDate>,
    /// 認定有効期間の終わり.
    pub certified_until: Option<NaiveDate>,
    /// 障害高齢者の日常生活自立度 (list `mobility`).
    pub mobility: String,
    /// 認知症高齢者の日常生活自立度 (list `dementia`).
    pub dementia: String,
    /// 障害等認定.
    pub disability: String,
    /// 経済状況.
    pub economy: String,
    /// 住居環境.
    pub housing: String,
    /// 現病歴・既往歴.
    pub illness: String,
    /// 医療処置 (list `treatment`, several).
    pub treatments: Vec<String>,
    /// 利用中サービス.
    pub services: String,
    /// 主治医の有無 (list `has-doctor`).
    pub has_doctor: String,
    /// 主治医.
    pub doctor: String,
    /// 主治医の医療機関 in the directory.
    pub doctor_office: Id,
    /// 副主治医.
    pub second_doctor: String,
    /// 担当ケアマネジャー.
    pub care_manager: String,
    /// 本人の希望.
    pub wish_of_person: String,
    /// 家族の希望.
    pub wish_of_family: String,
    /// 困難な理由.
    pub difficulty: String,
    /// 同意の有無 (list `consent`).
    pub consent: String,
    /// 主治医への伝達 要否 (list `doctor-notice`).
    pub doctor_notice: String,
    /// 主治医への伝達 日.
    pub doctor_notice_on: Option<NaiveDate>,
    /// 主治医への伝達 方法 (list `method`).
    pub doctor_notice_by: String,
    /// 主治医への伝達 者: who told the doctor, where it was not the desk.
    pub doctor_notice_who: String,
    /// 次の対応: what.
    pub next_action: String,
    /// 次の対応: by when. In [`Status::WaitingOther`] the day to ask again.
    pub due: Option<NaiveDate>,
    /// 定例会の旗.
    pub flag: Option<Flag>,
    /// 転帰 (list `outcome`).
    pub outcome: String,
    /// 終結の記録.
    pub closing_note: String,
    /// 廃棄の保留.
    pub hold: Option<Hold>,
    /// 特記事項.
    pub remarks: String,
    /// 地域課題.
    pub local_issue: String,
    /// 行政と共有する (list `yes-no`).
    pub share_with_city: String,
    /// 複数回の相談が見込まれる (list `yes-no`).
    pub expect_repeat: String,
    /// Members that this version does not know: kept, never dropped.
    #[serde(flatten)]
    pub other: BTreeMap<String, serde_json::Value>,
}

impl Case {
    /// Whether anything is still to be done.
    pub fn is_open(&self) -> bool {
        self.status != Status::Closed
    }
}
