//! 主治医照会: a doctor who was asked for a case, and what the doctor answered.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::id::Id;

/// One doctor, asked once.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Inquiry {
    /// The case.
    pub case: Id,
    /// The doctor's office.
    pub office: Id,
    /// When the doctor was asked.
    pub on: Option<NaiveDate>,
    /// Members that this version does not know: kept, never dropped.
    #[serde(flatten)]
    pub other: BTreeMap<String, serde_json::Value>,
}
