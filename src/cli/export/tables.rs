//! Everything as tables: a workbook, or a folder of CSV files.

use std::path::Path;

use serde_json::{Value, json};

use super::super::desk::Desk;
use super::super::{Cx, Exit, Failure};
use crate::desk::access::{Access, Details};
use crate::desk::record::{Kind, RecordKey};
use crate::desk::say::Say;
use crate::exchange::everything::{KINDS, LEFT_OUT, LeftOut, tables};
use crate::exchange::text::Twins;
use crate::exchange::write::{self, ExportError, Table};
use crate::locale::Locale;
use crate::runtime::private;
use crate::screens::form::field::label_key;

/// What kind of tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum As {
    /// A workbook.
    Workbook,
    /// CSV in UTF-8.
    Utf8,
    /// CSV in CP932.
    Cp932(Twins),
}

/// What things are called in the reader's language: see [`crate::exchange::everything::tables`].
fn label(locale: &Locale, kind: Kind, list: &str, place: &str) -> String {
    let word = |key: &str| if locale.has(key) { locale.t(key).into_owned() } else { String::new() };
    let last = place.rsplit('.').next().unwrap_or_default();
    match place.strip_prefix('#') {
        Some(own) => word(&format!("exchange-column-{own}")),
        None if place.is_empty() && list.is_empty() => word(&format!("exchange-kind-{}", kind.name())),
        None if place.is_empty() => word(&label_key(kind.name(), list)),
        None => {
            let of = if list.is_empty() { kind.name() } else { list };
            [label_key(of, place), label_key(kind.name(), place), label_key(kind.name(), last), label_key(of, last)]
                .iter()
                .map(|key| word(key))
                .find(|word| !word.is_empty())
                .unwrap_or_default()
        }
    }
}

/// Writes them, and notes in the access log that they left the desk.
pub(super) fn write(desk: &mut Desk, target: &Path, how: As, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let mut records: Vec<(RecordKey, Value)> = Vec::new();
    for kind in KINDS {
        records.extend(desk.all::<Value>(kind)?.into_iter().map(|(id, value)| (RecordKey::new(kind, id), value)));
    }
    let locale = cx.locale;
    let made = tables(desk.journal().desk(), &records, &|kind, list, place| label(locale, kind, list, place));
    let files = files(&made, how).map_err(|error| Failure { exit: Exit::Failed, says: error.says() })?;
    let name = target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let count = u64::try_from(records.len()).ok();
    // Noted before it is written: what left the desk must not be missing in the log.
    desk.look(Access::Export, None, Details { file: name, task: "all".to_owned(), count, ..Details::default() }, cx);
    put(target, how, &files).map_err(|error| {
        let say = Say::new("exchange-not-written").with("file", target.display().to_string());
        Failure::new(Exit::Failed, say.with("why", error.kind().to_string()))
    })?;
    let target = target.display().to_string();
    if cx.global.json {
        let rows: serde_json::Map<String, Value> =
            made.iter().skip(1).map(|(name, table)| (name.clone(), json!(table.rows.len()))).collect();
        return cx.json(&json!({ "target": target, "rows": rows, "left_out": LEFT_OUT.map(|left| left.name) }));
    }
    cx.print(&Say::new("exchange-all-written").with("path", target).with("count", records.len().to_string()))?;
    tell_left_out(cx)
}

/// What is in no table, why, and what carries it: nobody is to find that out on the new computer.
pub(in crate::cli) fn tell_left_out(cx: &mut Cx<'_>) -> Result<(), Failure> {
    cx.print(&Say::new("exchange-all-left-out"))?;
    LEFT_OUT.iter().try_for_each(|LeftOut { why, .. }| cx.print(&Say::new(why)))
}

fn files(made: &[(String, Table)], how: As) -> Result<Vec<(String, Vec<u8>)>, ExportError> {
    let only: Vec<&Table> = made.iter().map(|(_, table)| table).collect();
    let bytes = match how {
        As::Workbook => {
            let all: Vec<Table> = only.into_iter().cloned().collect();
            return Ok(vec![(String::new(), write::book(&all)?)]);
        }
        As::Utf8 => only.into_iter().map(write::csv_utf8).collect::<Result<_, _>>()?,
        As::Cp932(twins) => write::csv_cp932(&only, twins)?,
    };
    Ok(made.iter().map(|(name, _)| format!("{name}.csv")).zip(bytes).collect())
}

fn put(target: &Path, how: As, files: &[(String, Vec<u8>)]) -> std::io::Result<()> {
    if how != As::Workbook && !target.is_dir() {
        private::folder(target)?;
    }
    let path = |name: &str| if name.is_empty() { target.to_path_buf() } else { target.join(name) };
    files.iter().try_for_each(|(name, bytes)| private::write(&path(name), bytes))
}
