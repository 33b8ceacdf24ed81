//! 活動: what a desk does besides its cases: 挨拶回り, flyers, hearings, visits.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::id::Id;

/// One activity.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Activity {
    /// When.
    pub on: Option<NaiveDate>,
    /// Who of the desk.
    pub operators: Vec<Id>,
    /// Members that this version does not know: kept, never dropped.
    #[serde(flatten)]
    pub other: BTreeMap<String, serde_json::Value>,
}
