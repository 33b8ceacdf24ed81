//! CSV and tab-separated text.

use csv::ReaderBuilder;

use super::error::Refusal;
use super::table::{Guard, Row, Sheet};
use super::write::formula;

/// The rows of `text`. Row numbers are those of a spreadsheet: empty lines count, lines inside quotes don't.
pub fn read(text: &str) -> Result<Sheet, Refusal> {
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter(text)).from_reader(text.as_bytes());
    let mut sheet = Sheet { unended: !text.ends_with(['\n', '\r']), delimited: true, ..Sheet::default() };
    let mut guard = Guard::default();
    let mut record = csv::StringRecord::new();
    let mut number = 0_u32;
    let mut line = 1;
    let mut last_field_lines = 0;
    while reader.read_record(&mut record).map_err(|_| Refusal::Damaged)? {
        let inside: u64 = record.iter().map(newlines).sum();
        last_field_lines = record.iter().next_back().map(newlines).unwrap_or_default();
        let now = reader.position().line();
        // The csv crate passes over empty lines in silence; a person's spreadsheet numbers them.
        let skipped = (now - line).saturating_sub(inside + 1);
        line = now;
        number = number.saturating_add(1).saturating_add(u32::try_from(skipped).unwrap_or(u32::MAX));
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        guard.row(number, record.len())?;
        sheet.rows.push(Row { number, cells: record.iter().map(|cell| formula::bare(cell).to_owned()).collect() });
    }
    let odd_quotes = text.bytes().filter(|b| *b == b'"').count() % 2 == 1;
    if odd_quotes && (last_field_lines > 0 || sheet.unended) {
        return Err(Refusal::OpenQuote { row: number });
    }
    Ok(sheet)
}

fn newlines(field: &str) -> u64 {
    field.bytes().filter(|b| *b == b'\n').count() as u64
}

/// Tab where the first lines have more tabs than commas.
fn delimiter(text: &str) -> u8 {
    let head = || text.lines().take(20).flat_map(str::bytes);
    let count = |sign: u8| head().filter(|b| *b == sign).count();
    if count(b'\t') > count(b',') { b'\t' } else { b',' }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<u32> {
        read(text).unwrap().rows.iter().map(|r| r.number).collect()
    }

    #[test]
    fn rows_have_the_numbers_of_a_spreadsheet() {
        for (text, wanted) in [
            ("a,b\n1,2\n", vec![1, 2]),
            ("a,b\r\n1,2\r\n\r\n3,4", vec![1, 2, 4]),
            ("\n\na,b\n\"x\ny\",2\n3,4\n", vec![3, 4, 5]),
            ("a,b\n,\n1,2\n", vec![1, 3]),
            ("a\tb\n1\t2\n", vec![1, 2]),
        ] {
            assert_eq!(numbers(text), wanted, "{text:?}");
        }
    }

    #[test]
    fn tabs_and_commas_are_told_apart() {
        assert_eq!(read("a\tb\n1,5\t2\n").unwrap().rows[1].cells, ["1,5", "2"]);
        assert_eq!(read("a,b\n1,\"2,3\"\n").unwrap().rows[1].cells, ["1", "2,3"]);
    }

    #[test]
    fn a_quote_that_never_closes_names_the_row_that_opens_it() {
        assert_eq!(read("a,b\n1,2\n3,\"4\n5,6\n"), Err(Refusal::OpenQuote { row: 3 }));
        assert!(read("a,b\n1,5\" pipe\n3,4\n").is_ok(), "a stray sign inside of a plain cell is text");
    }
}
