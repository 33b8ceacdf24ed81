//! The table of keys and seconds: printed, and in `docs/budget.md` as it is.

use std::fmt::Write as _;
use std::path::Path;

use crate::calls::{CALLS, SIZES, played, second_call, wrong_number};
use crate::player::Count;

/// Where the table stands in its document.
const MARKS: (&str, &str) = ("<!-- table: begin -->\n", "<!-- table: end -->\n");

fn table() -> String {
    let size = SIZES[1];
    let mut rows: Vec<(&str, Count)> = CALLS.iter().map(|call| (call.title, played(call, size))).collect();
    rows.push(("A wrong number", wrong_number(size)));
    rows.push(("A second call on top of the first, to the first and back", second_call(size)));
    let mut table = String::from(
        "| call | keys to begin | coded keys, those to begin and end too | characters | keys for them | keys to end | seconds |\n\
         |---|--:|--:|--:|--:|--:|--:|\n",
    );
    for (title, count) in rows {
        let Count { begin, coded, text, strokes, end, .. } = count;
        let seconds = count.seconds();
        writeln!(table, "| {title} | {begin} | {coded} | {text} | {strokes} | {end} | {seconds:.0} |").unwrap();
    }
    table
}

#[test]
fn the_table_of_the_documents_is_what_the_calls_take() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/budget.md");
    let table = table();
    println!("{table}");
    let text = std::fs::read_to_string(&path).unwrap();
    let (head, rest) = text.split_once(MARKS.0).unwrap();
    let (stands, foot) = rest.split_once(MARKS.1).unwrap();
    if std::env::var("INSTA_UPDATE").is_ok_and(|how| how == "always") && stands != table {
        let (begin, end) = MARKS;
        return std::fs::write(&path, format!("{head}{begin}{table}{end}{foot}")).unwrap();
    }
    assert_eq!(stands, table, "INSTA_UPDATE=always cargo test --test budget writes it anew");
}
