//! アンケート: a questionnaire that was made from the directory, and what came back.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::id::Id;

/// One questionnaire.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Survey {
    /// When it was made.
    pub on: Option<NaiveDate>,
    /// Who made it.
    pub by: Id,
    /// Members that this version does not know: kept, never dropped.
    #[serde(flatten)]
    pub other: BTreeMap<String, serde_json::Value>,
}
