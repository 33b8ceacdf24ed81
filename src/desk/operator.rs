//! 相談員 and 窓口: who sits at the desk, and what desk it is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::doctors::pairs::{District, Pair};
use super::id::Id;
use super::office::VERIFY_MONTHS;

/// What an operator may do (権限).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Sees de-identified lists only.
    Viewer,
    /// Works at the desk.
    Operator,
    /// Also keeps the operators, the settings, the disposal.
    Supervisor,
}

impl Role {
    /// The role of a code as records keep it. Empty and unknown ones, from before roles or from a newer version, are
    /// those of an operator.
    pub fn from_code(code: &str) -> Self {
        match code {
            "supervisor" => Self::Supervisor,
            "viewer" => Self::Viewer,
            _ => Self::Operator,
        }
    }

    /// The code as records keep it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Operator => "operator",
            Self::Supervisor => "supervisor",
        }
    }
}

/// What this operator may do. Where nobody who is still at the desk is a supervisor, as at desks of before roles, every
/// operator is one: else nobody could put that right.
pub fn role_of<'a>(operator: &Operator, mut all: impl Iterator<Item = &'a Operator>) -> Role {
    let role = Role::from_code(&operator.role);
    let nobody = !all.any(|o| !o.left && Role::from_code(&o.role) == Role::Supervisor);
    if role == Role::Operator && nobody { Role::Supervisor } else { role }
}

/// 相談員.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Operator {
    /// 氏名.
    pub name: String,
    /// ふりがな.
    pub kana: String,
    /// 資格 (several).
    pub qualifications: Vec<String>,
    /// The language of the operator's screen: `ja`, `en`, or empty for the desk's.
    pub language: String,
    /// No longer at the desk.
    pub left: bool,
    /// What the operator may do: `supervisor`, `operator` or `viewer`; empty: `operator`.
    pub role: String,
    /// Members that this version does not know: kept, never dropped.
    #[serde(flatten)]
    pub other: BTreeMap<String, serde_json::Value>,
}

/// 窓口: the desk itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DeskProfile {
    /// 名称.
    pub name: String,
    /// 設置主体.
    pub founder: String,
    /// 窓口の電話, as it stands on papers; empty: a line to write on.
    pub phone: String,
    /// 窓口の FAX, as it stands on papers; empty: a line to write on.
    pub fax: String,
    /// 日常生活圏域, in the order in which they are offered.
    pub areas: Vec<String>,
    /// 定例会: the weekday of the month, such as `2-tue`; empty: second Tuesday.
    pub meeting_rule: String,
    /// Whether this is the demo with fictional people.
    pub demo: bool,
    /// The language of the desk: `ja`, `en`, or empty.
    pub language: String,
    /// After how many idle minutes the screen locks itself; none: 5.
    pub idle_minutes: Option<u32>,
    /// The folder for backups (a stick, a share); empty: none chosen yet.
    pub backup_folder: String,
    /// How many daily backups are kept; none: 7.
    pub backup_daily: Option<u32>,
    /// How many weekly backups are kept; none: 5.
    pub backup_weekly: Option<u32>,
    /// 保存期間: fiscal years after closing; none: 5.
    pub retention_years: Option<u32>,
    /// Whether looking at a case outside one's own asks for a reason.
    pub ask_reason: bool,
    /// Whom the desk is there for (list `callers`); empty: anyone.
    pub callers: String,
    /// The folder for printed and exported files; empty: none chosen yet.
    pub paper_folder: String,
    /// Months for which a check of an office holds; none: [`VERIFY_MONTHS`].
    pub verify_months: Option<u32>,
    /// Whether persons have been made of all contacts and cases that are kept.
    pub has_persons: bool,
    /// 中学校区 by identity, so that two desks can both add.
    pub districts: BTreeMap<Id, District>,
    /// 主治医・副主治医 of the districts.
    pub doctor_pairs: BTreeMap<Id, Pair>,
    /// Over how many days inquiries weigh in the order of doctors; none: 90.
    pub inquiry_days: Option<u32>,
    /// Days within which a doctor who was asked is expected to answer; none: 7.
    pub answer_days: Option<u32>,
    /// Members that this version does not know: kept, never dropped.
    #[serde(flatten)]
    pub other: BTreeMap<String, serde_json::Value>,
}

impl DeskProfile {
    /// Months for which a check of an office holds.
    pub fn verify_months(&self) -> u32 {
        self.verify_months.unwrap_or(VERIFY_MONTHS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operator(role: &str, left: bool) -> Operator {
        Operator { role: role.to_owned(), left, ..Operator::default() }
    }

    #[test]
    fn a_desk_without_supervisor_is_everybodys() {
        for (own, others, role) in [
            ("", vec![], Role::Supervisor),
            ("operator", vec![operator("operator", false)], Role::Supervisor),
            ("operator", vec![operator("supervisor", false)], Role::Operator),
            ("operator", vec![operator("supervisor", true)], Role::Supervisor),
            ("viewer", vec![], Role::Viewer),
            ("supervisor", vec![operator("supervisor", false)], Role::Supervisor),
            ("chief", vec![operator("supervisor", false)], Role::Operator),
        ] {
            assert_eq!(role_of(&operator(own, false), others.iter()), role, "{own} {others:?}");
        }
    }

    #[test]
    fn a_role_reads_back_from_its_code() {
        for role in [Role::Viewer, Role::Operator, Role::Supervisor] {
            assert_eq!(Role::from_code(role.code()), role);
        }
    }
}
