//! Records as words: labels, code lists and people's names of the desk that a subcommand has open.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate};
use serde_json::{Value, json};

use super::desk::Desk;
use super::{Cx, Failure};
use crate::desk::codebook::Codebook;
use crate::desk::id::Id;
use crate::desk::members;
use crate::desk::office::Office;
use crate::desk::operator::Operator;
use crate::desk::record::Kind;
use crate::desk::say::Say;
use crate::keys::Keymap;
use crate::locale::Locale;
use crate::runtime::clock;
use crate::screens::form::field::label_key;
use crate::screens::look::Look;
use crate::widgets::theme::{Borders, Colours, Theme};
use crate::widgets::width;

/// What a desk calls things.
pub(super) struct Words {
    theme: Theme,
    keymap: Keymap,
    /// The code lists in force.
    pub codebook: Codebook,
    operators: BTreeMap<Id, String>,
    /// Today at the desk.
    pub today: NaiveDate,
}

impl Words {
    /// The words of this desk.
    pub fn of(desk: &Desk) -> Result<Self, Failure> {
        let records: Vec<Value> = desk.all(Kind::Codebook)?.into_iter().map(|(_, value)| value).collect();
        let operators: Vec<(Id, Operator)> = desk.all(Kind::Operator)?;
        Ok(Self {
            theme: Theme::new(Colours::None, Borders::ASCII),
            keymap: Keymap::default(),
            codebook: Codebook::from_records(&records),
            operators: operators.into_iter().map(|(id, operator)| (id, operator.name)).collect(),
            today: clock::wall().date_naive(),
        })
    }

    /// What the screens make their texts with.
    pub fn look<'a>(&'a self, locale: &'a Locale) -> Look<'a> {
        let (theme, keymap, codebook) = (&self.theme, &self.keymap, &self.codebook);
        Look { theme, locale, keymap, contexts: &[], codebook, today: self.today, held: None }
    }

    /// An operator's name; empty for nobody and for one that is not known.
    pub fn operator(&self, id: Id) -> &str {
        self.operators.get(&id).map_or("", String::as_str)
    }

    /// A member's value as a person reads it: codes by their labels, operators by their names; empty for nothing.
    pub fn value(&self, locale: &Locale, kind: Kind, member: &str, value: &Value) -> String {
        let inner = |value: &Value| self.value(locale, kind, member, value);
        match value {
            Value::Null => String::new(),
            Value::String(text) => match members::list_of(kind, member) {
                Some(list) => self.look(locale).code(list, text),
                None => self.plain(text),
            },
            Value::Array(list) => list.iter().map(inner).collect::<Vec<_>>().join(" / "),
            Value::Object(map) => {
                let parts = map.values().map(inner).filter(|text| !text.is_empty());
                parts.collect::<Vec<_>>().join(" ")
            }
            Value::Bool(yes) => locale.t(if *yes { "cli-yes" } else { "cli-no" }).into_owned(),
            Value::Number(number) => number.to_string(),
        }
    }

    /// An identity that is an operator's as a name, a time without its seconds.
    fn plain(&self, text: &str) -> String {
        if let Some(name) = text.parse().ok().and_then(|id: Id| self.operators.get(&id)) {
            return name.clone();
        }
        match DateTime::parse_from_rfc3339(text) {
            Ok(at) => at.format("%Y-%m-%d %H:%M").to_string(),
            Err(_) => text.to_owned(),
        }
    }
}

/// The label of a member; its name in the record where there is none.
pub(super) fn label(locale: &Locale, kind: Kind, member: &str) -> String {
    let key = label_key(kind.name(), member);
    if locale.has(&key) { locale.t(&key).into_owned() } else { member.to_owned() }
}

/// Prints one labelled value; further lines of it stand under the first. Nothing for an empty one.
pub(super) fn print_field(label: &str, value: &str, cx: &mut Cx<'_>) -> Result<(), Failure> {
    for (n, line) in value.lines().enumerate() {
        let label = if n == 0 { label } else { "" };
        writeln!(cx.out, "  {} {line}", width::pad(label, 20))?;
    }
    Ok(())
}

/// Prints rows under heads, each column as wide as its widest cell; the last one is not filled.
pub(super) fn print_table(heads: &[String], rows: &[Vec<String>], cx: &mut Cx<'_>) -> Result<(), Failure> {
    let mut widths = vec![0; heads.len()];
    for row in std::iter::once(heads).chain(rows.iter().map(Vec::as_slice)) {
        for (widest, cell) in widths.iter_mut().zip(row) {
            *widest = width::width(cell).max(*widest);
        }
    }
    for row in std::iter::once(heads).chain(rows.iter().map(Vec::as_slice)) {
        let cells = row.iter().zip(&widths).map(|(cell, widest)| width::pad(cell, *widest));
        writeln!(cx.out, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    Ok(())
}

/// Offices to be called or visited, in this order, as a table or as JSON; `nobody` is said where there are none.
pub(super) fn print_offices(
    all: &[(Id, &Office)],
    nobody: &'static str,
    words: &Words,
    cx: &mut Cx<'_>,
) -> Result<(), Failure> {
    if cx.global.json {
        let row = |(id, office): &(Id, &Office)| {
            json!({
                "id": id, "name": office.name, "kind": office.kind, "area": office.area, "phone": office.phone,
                "fax": office.fax,
            })
        };
        return cx.json(&all.iter().map(row).collect::<Vec<Value>>());
    }
    if all.is_empty() {
        return cx.print(&Say::new(nobody));
    }
    let (locale, look) = (cx.locale, words.look(cx.locale));
    let heads = ["area", "kind", "phone", "fax", "name"];
    let heads: Vec<String> = heads.iter().map(|name| locale.t(&format!("field-office-{name}")).into_owned()).collect();
    let row = |(_, office): &(Id, &Office)| {
        let kind = look.short_code("office-kind", &office.kind);
        vec![office.area.clone(), kind, office.phone.clone(), office.fax.clone(), office.name.clone()]
    };
    print_table(&heads, &all.iter().map(row).collect::<Vec<_>>(), cx)
}
