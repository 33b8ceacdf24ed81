//! Cells of forms that offices fill in: how they look, how they are called, and what was written into them. Knows neither
//! 変更届 nor アンケート.

use rust_xlsxwriter::{
    Color, DataValidation, Format, FormatAlign, FormatBorder, FormatPattern, ProtectionOptions, Worksheet, XlsxError,
};

use crate::desk::proposal::Expected;
use crate::desk::record::Explain;
use crate::desk::say::Say;
use crate::exchange::table::{Row, Sheet};
use crate::search::fold;
use crate::widgets::width;

/// What a box is ticked with.
pub const TICK: &str = "○";
/// What can be answered of an ability; 未確認 is an empty cell.
pub const ANSWERS: [&str; 3] = ["可", "不可", "要相談"];

/// The looks of cells: black on white, for a fax machine too.
pub struct Looks {
    /// The sheet's name.
    pub title: Format,
    /// Running text.
    pub text: Format,
    /// A line that must be seen.
    pub strong: Format,
    /// The head of a table.
    pub head: Format,
    /// What a row is about.
    pub label: Format,
    /// What stands there now.
    pub now: Format,
    /// A cell to fill in.
    pub open: Format,
}

impl Looks {
    /// The looks.
    pub fn new() -> Self {
        let base =
            Format::new().set_font_name("BIZ UDゴシック").set_font_size(10.5).set_align(FormatAlign::VerticalCenter);
        let boxed = base.clone().set_border(FormatBorder::Thin).set_text_wrap();
        let grey =
            |format: Format| format.set_pattern(FormatPattern::Solid).set_background_color(Color::RGB(0x00EE_EEEE));
        Self {
            title: base.clone().set_font_size(18).set_bold(),
            text: base.clone().set_text_wrap(),
            strong: base.clone().set_font_size(13).set_bold(),
            head: grey(boxed.clone()).set_bold().set_align(FormatAlign::Center),
            label: grey(boxed.clone()),
            now: grey(boxed.clone()).set_num_format("@"),
            // As text, so that no spreadsheet takes a zero from a number.
            open: boxed.set_num_format("@").set_unlocked(),
        }
    }
}

/// A4 upright, one page wide, with two hidden columns before `first`; only open cells can be written into.
pub fn page(sheet: &mut Worksheet, widths: &[f64], first: u16) -> Result<(), XlsxError> {
    for column in 0..first {
        sheet.set_column_hidden(column)?;
    }
    for (column, width) in (first..).zip(widths) {
        sheet.set_column_width(column, *width)?;
    }
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    sheet.set_margins(0.5, 0.5, 0.5, 0.6, 0.2, 0.3).set_footer("&C&P / &N");
    // Columns may be widened, rows made higher and added: what was written must have room.
    let options = ProtectionOptions {
        format_columns: true,
        format_rows: true,
        insert_rows: true,
        ..ProtectionOptions::default()
    };
    sheet.protect_with_options(&options);
    Ok(())
}

/// Writes a text over several columns.
pub fn wide(
    sheet: &mut Worksheet,
    row: u32,
    (first, last): (u16, u16),
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    if first == last {
        sheet.write_string_with_format(row, first, text, format)?;
    } else {
        sheet.merge_range(row, first, row, last, text, format)?;
    }
    Ok(())
}

/// A sentence that a cell shows while it is chosen.
pub fn hint(text: &str) -> Result<DataValidation, XlsxError> {
    DataValidation::new().allow_any_value().set_input_message(text)
}

/// The height in points of a row for this text in so many half-width characters.
pub fn height(text: &str, characters: u16) -> f64 {
    let lines: u16 = text.lines().map(|line| width::width(line).div_ceil(characters.max(1)).max(1)).sum();
    f64::from(lines.clamp(1, 20)) * 14.5 + 6.0
}

/// The name of a cell as a spreadsheet shows it: `H12`; the row from 1, the column from 0.
pub fn name(row: u32, column: usize) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        letters.push(char::from(b'A' + u8::try_from((left - 1) % 26).unwrap_or_default()));
        left = (left - 1) / 26;
    }
    letters.iter().rev().chain(row.to_string().chars().collect::<Vec<_>>().iter()).collect()
}

/// Where something stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The file's name without its folders.
    pub file: String,
    /// The sheet.
    pub sheet: String,
    /// The cell, such as `H12`.
    pub cell: String,
}

/// A cell that holds something else than it should. What it holds is not told: it may be personal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misread {
    /// Where.
    pub at: Place,
    /// What it should hold; a sentence of the locale.
    pub expected: &'static str,
}

impl Misread {
    /// A cell that should hold this.
    pub const fn new(at: Place, expected: Expected) -> Self {
        Self { at, expected: expected.key() }
    }
}

impl Explain for Misread {
    fn say(&self) -> Say {
        at(Say::new(self.expected), &self.at)
    }
}

/// A sentence with a place.
pub fn at(say: Say, place: &Place) -> Say {
    say.with("file", &place.file).with("sheet", &place.sheet).with("cell", &place.cell)
}

/// The rows of a sheet with the column that holds its keys, found by the mark in it; none where the mark is lost.
pub struct Form<'a> {
    /// The sheet.
    pub sheet: &'a Sheet,
    /// The column of the keys, from 0.
    pub keys: Option<usize>,
    /// What stands beside the mark.
    pub about: serde_json::Value,
}

impl<'a> Form<'a> {
    /// The sheet, looked at for this mark.
    pub fn of(sheet: &'a Sheet, mark: &str) -> Self {
        let found = sheet.rows.iter().take(20).find_map(|row| {
            let column = row.cells.iter().take(8).position(|cell| cell.trim() == mark)?;
            Some((column, serde_json::from_str(row.cell(column + 1)).unwrap_or_default()))
        });
        // The first row may be gone: the keys of the tables are marks too.
        let found = found.or_else(|| {
            let tag = |cell: &String| cell.starts_with('@') && !cell.contains('.');
            let column = sheet.rows.iter().find_map(|row| row.cells.iter().take(8).position(tag))?;
            Some((column, serde_json::Value::Null))
        });
        let (keys, about) = found.map_or((None, serde_json::Value::Null), |(column, about)| (Some(column), about));
        Self { sheet, keys, about }
    }

    /// The key of a row; empty where it has none.
    pub fn key<'r>(&self, row: &'r Row) -> &'r str {
        self.keys.map_or("", |column| row.cell(column)).trim()
    }

    /// What stands beside the key.
    pub fn base<'r>(&self, row: &'r Row) -> Option<&'r str> {
        self.keys.map(|column| row.cell(column + 1))
    }

    /// The column whose cell in this row says this, whatever the spelling.
    pub fn column(&self, row: &Row, word: &str) -> Option<usize> {
        let from = self.keys.map_or(0, |column| column + 2);
        (from..row.cells.len()).find(|column| !row.cell(*column).is_empty() && fold::same(row.cell(*column), word))
    }
}

/// Words that take away what stands there.
const NOTHING: [&str; 6] = ["なし", "無し", "無", "削除", "-", "空欄"];

/// Whether the cell says that nothing is to stand there any more.
pub fn is_nothing(text: &str) -> bool {
    NOTHING.iter().any(|word| fold::same(text, word))
}

/// Words that say that nothing changes.
const AS_BEFORE: [&str; 7] = ["変更なし", "変わりなし", "変更無し", "同じ", "同上", "〃", "そのまま"];

/// Whether the cell says that what stands there holds.
pub fn is_as_before(text: &str) -> bool {
    AS_BEFORE.iter().any(|word| fold::same(text, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_called_as_a_spreadsheet_calls_them() {
        for (row, column, called) in [(1, 0, "A1"), (12, 7, "H12"), (3, 25, "Z3"), (3, 26, "AA3"), (9, 701, "ZZ9")] {
            assert_eq!(name(row, column), called);
        }
    }

    #[test]
    fn rows_are_as_high_as_their_text() {
        assert!(height("", 40) < height("あ".repeat(21).as_str(), 40));
        assert!(height("一\n二\n三", 40) > height("一\n二", 40));
        assert!(height(&"長".repeat(90_000), 1) < 400.0);
    }
}
