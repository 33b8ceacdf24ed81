//! `madoguchi edition show`.

use serde_json::{Map, Value};

use super::super::words::print_table;
use super::{Cx, Failure, Lists, Which};
use crate::desk::document::{Document, Person, Row};
use crate::print::edition::{label, shown};

/// What it takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    which: Which,
}

/// The columns of the table; `--json` has all of them.
const TOLD: [&str; 4] = ["name", "department", "phone", "fax"];

/// Shows the offices of the edition.
pub(super) fn run(args: &Args, lists: &Lists, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let (id, document) = lists.find(&args.which, cx)?;
    if cx.global.json {
        let mut value = lists.head(id, document, cx);
        if let Value::Object(members) = &mut value {
            members.insert("rows".to_owned(), document.rows.iter().map(|row| json_row(document, row)).collect());
        }
        return cx.json(&value);
    }
    let mut heads: Vec<String> = TOLD.iter().map(|column| label(cx.locale, "office", column)).collect();
    if !document.staff_columns.is_empty() {
        heads.push(label(cx.locale, "office", "staff"));
    }
    let row = |row: &Row| {
        let cell = |column: &&str| shown(cx.locale, &lists.words.codebook, column, document.cell(row, column));
        let mut cells: Vec<String> = TOLD.iter().map(cell).collect();
        if !document.staff_columns.is_empty() {
            let names = row.staff.iter().map(|person| document.staff_cell(person, "name"));
            cells.push(names.collect::<Vec<_>>().join(" / "));
        }
        cells
    };
    let rows: Vec<Vec<String>> = document.rows.iter().map(row).collect();
    print_table(&heads, &rows, cx)
}

fn json_row(document: &Document, row: &Row) -> Value {
    let members = document.columns.iter().map(|column| (column.clone(), document.cell(row, column).into()));
    let mut members: Map<String, Value> = members.collect();
    let person = |person: &Person| -> Value {
        let cells = document.staff_columns.iter();
        Value::Object(cells.map(|column| (column.clone(), document.staff_cell(person, column).into())).collect())
    };
    members.insert("id".to_owned(), row.id.to_string().into());
    members.insert("staff".to_owned(), row.staff.iter().map(person).collect());
    Value::Object(members)
}
