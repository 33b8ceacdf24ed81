//! 一覧表・様式: lists that the desk gives away, by edition, and who received which. What stands in an edition is a copy of
//! the directory as it was then, and never changes; [`super::edition`] makes and compares them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::id::Id;

/// What an edition was made of.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Extent {
    /// 種別 (list `office-kind`); none: all.
    pub kinds: Vec<String>,
    /// 圏域 in which the offices stand; empty: all.
    pub area: String,
    /// What the offices can do (list `capability`), each answered 可; none: whatever they can.
    pub able: Vec<String>,
    /// Whether 担当者 are in it.
    pub staff: bool,
}

/// A person of an office, as they stood there.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Person {
    /// Who.
    pub id: Id,
    /// The values of [`Document::staff_columns`], in that order.
    pub cells: Vec<String>,
}

/// An office, as it stood in the directory.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Row {
    /// Which.
    pub id: Id,
    /// The values of [`Document::columns`], in that order.
    pub cells: Vec<String>,
    /// The persons, in list order; none where the edition has no staff.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub staff: Vec<Person>,
}

/// 配付先: who received an edition.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Recipient {
    /// The office in the directory; nobody: one that is not in it, by its name.
    pub office: Id,
    /// The name, as it was then.
    pub name: String,
    /// When.
    pub on: Option<NaiveDate>,
    /// How (list `method`).
    pub how: String,
    /// By which operator.
    pub by: Id,
    /// 部数.
    pub copies: u32,
    /// 回収: the day on which it was taken back or thrown away there.
    pub back: Option<NaiveDate>,
}

/// One edition of a list. The desk's own record of this kind, which has the desk's identity, counts the numbers instead.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Document {
    /// Which list (list `edition-list`); empty: this is no edition.
    pub list: String,
    /// 第N版, from 1; never given twice within a list.
    pub number: u32,
    /// The day on which it was made.
    pub on: Option<NaiveDate>,
    /// Who made it.
    pub by: Id,
    /// What was changed, or why it was made, in the desk's words.
    pub note: String,
    /// What it was made of.
    pub extent: Extent,
    /// The members of [`super::office::Office`] that stand in it.
    pub columns: Vec<String>,
    /// The members of [`super::office::Staff`] that stand in it.
    pub staff_columns: Vec<String>,
    /// The offices, in the order of the list.
    pub rows: Vec<Row>,
    /// Who received it.
    pub recipients: BTreeMap<Id, Recipient>,
    /// The last number that was given, by list; in the desk's own record only.
    pub numbers: BTreeMap<String, u32>,
    /// Members that this version does not know: kept, never dropped.
    #[serde(flatten)]
    pub other: BTreeMap<String, serde_json::Value>,
}

impl Document {
    /// Whether it is an edition of a list.
    pub const fn is_edition(&self) -> bool {
        !self.list.is_empty()
    }

    /// The value of a column in a row; empty where the edition has no such column.
    pub fn cell<'a>(&self, row: &'a Row, column: &str) -> &'a str {
        let at = self.columns.iter().position(|name| name == column);
        at.and_then(|at| row.cells.get(at)).map_or("", String::as_str)
    }

    /// The value of a column for a person; empty where the edition has no such column.
    pub fn staff_cell<'a>(&self, person: &'a Person, column: &str) -> &'a str {
        let at = self.staff_columns.iter().position(|name| name == column);
        at.and_then(|at| person.cells.get(at)).map_or("", String::as_str)
    }
}
