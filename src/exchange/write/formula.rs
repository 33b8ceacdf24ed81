//! Cells of text files that a spreadsheet would take for formulas. Such a cell gets `'` in front, which spreadsheets know
//! as "this is text"; reading takes it away again, so that every cell comes back as it was. Knows no file.

use std::borrow::Cow;

/// What a formula begins with; full-width twins count, as Japanese spreadsheets take those too, and so do the signs with
/// which a cell can be split off into a formula.
const SIGNS: [char; 10] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r'];

/// Whether the cell, or what stands behind its quotes, would be taken for a formula. A sign alone and a number are none.
fn is_risky(cell: &str) -> bool {
    let bare = cell.trim_start_matches('\'');
    let mut rest = bare.chars();
    rest.next().is_some_and(|first| SIGNS.contains(&first)) && rest.next().is_some() && bare.parse::<f64>().is_err()
}

/// The cell as it is written.
pub fn guard(cell: &str) -> Cow<'_, str> {
    if is_risky(cell) { format!("'{cell}").into() } else { cell.into() }
}

/// The cell as it was before it was written.
pub fn bare(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_risky(rest) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_every_cell_comes_back() {
        for (cell, written) in [
            ("=1+1", "'=1+1"),
            ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
            ("+81-834-00-0001", "'+81-834-00-0001"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-要相談", "'-要相談"),
            ("＝１＋１", "'＝１＋１"),
            ("\t=1", "'\t=1"),
            ("'=1", "''=1"),
            ("''=1", "'''=1"),
            ("-", "-"),
            ("-1.5", "-1.5"),
            ("'", "'"),
            ("'引用'", "'引用'"),
            ("0834-00-0001", "0834-00-0001"),
            ("", ""),
        ] {
            assert_eq!(guard(cell), written);
            assert_eq!(bare(written), cell);
        }
    }

    proptest! {
        #[test]
        fn any_cell_comes_back(cell in "['=+@＝a1 \\-\t]{0,6}") {
            let written = guard(&cell);
            prop_assert_eq!(bare(&written), &cell);
            prop_assert!(!written.starts_with(['=', '@', '＝', '\t']) || written.chars().nth(1).is_none());
        }
    }
}
