//! Why a file is refused. Holds where and what, never a value of the file: those may be personal data.

use crate::desk::record::Explain;
use crate::desk::say::Say;

/// A file that is refused as a whole. Nothing of it has been taken in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: refused ({what:?})")]
pub struct ImportError {
    /// The file's name without its folders.
    pub file: String,
    /// The sheet, where the file has several.
    pub sheet: String,
    /// What is wrong.
    pub what: Refusal,
}

/// What is wrong with a refused file. Rows are those that a spreadsheet program shows, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The system does not give the file out.
    Unreadable {
        /// The operating system's kind of error, as it names it.
        why: String,
    },
    /// More bytes than a directory can have.
    TooLarge {
        /// The limit in megabytes.
        limit: u64,
    },
    /// A workbook that unpacks to more than a directory can have.
    Inflates {
        /// The limit in megabytes.
        limit: u64,
    },
    /// More rows with content than a directory can have.
    TooManyRows {
        /// The limit.
        limit: usize,
    },
    /// More columns, or more cells in all, than a directory can have.
    TooManyCells {
        /// The row at which the limit was passed.
        row: u32,
        /// The limit of columns in a row.
        limit: usize,
    },
    /// A workbook of the old binary kind, or one that needs a password.
    OldExcel,
    /// A workbook or JSON text whose structure is broken.
    Damaged,
    /// JSON that does not parse.
    Json {
        /// Line of the text.
        row: usize,
        /// Character in the line.
        at: usize,
    },
    /// JSON that is no list of objects.
    JsonShape,
    /// Bytes that are text in neither UTF-8 nor CP932.
    NotText {
        /// The line of the first such byte.
        row: usize,
    },
    /// UTF-8 and CP932 lines in one file.
    MixedEncodings {
        /// The first line that is not UTF-8.
        row: usize,
    },
    /// A quote that is opened and never closed.
    OpenQuote {
        /// The row in which it opens.
        row: u32,
    },
    /// The last row ends in the middle.
    Cut {
        /// That row.
        row: u32,
        /// Cells in it.
        found: usize,
        /// Cells of the header.
        expected: usize,
    },
    /// A row that has content right of the header's last column.
    ColumnCount {
        /// The row.
        row: u32,
        /// Cells in it.
        found: usize,
        /// Cells of the header.
        expected: usize,
    },
    /// A cell that a spreadsheet could not calculate (`#REF!` and so on).
    CellError {
        /// The row.
        row: u32,
        /// The column, by its header or letter.
        column: String,
        /// The spreadsheet's own sign.
        sign: String,
    },
    /// A cell with a formula whose result was not saved.
    Uncalculated {
        /// The row.
        row: u32,
        /// The column, by its header or letter.
        column: String,
    },
    /// A list of codes, and none of offices.
    CodeTable,
    /// A file of another kind, by what it begins with.
    OtherKind {
        /// What it is, such as `PDF`.
        kind: &'static str,
    },
    /// Signs that no text has.
    Binary {
        /// The line of the first.
        row: usize,
    },
    /// No sheet of it is a 変更届.
    NoProposal,
    /// No sheet of it is an アンケート of this desk.
    NoSurvey,
    /// No row that could be the header of a known layout.
    NoHeader,
    /// A header of the same meaning stands twice.
    TwiceTheSameColumn {
        /// The header row.
        row: u32,
        /// The header.
        column: String,
    },
    /// A header and no row under it.
    NoRows,
    /// Nothing at all.
    Empty,
}

impl ImportError {
    /// A refusal of the file of this name.
    pub fn new(file: impl Into<String>, what: Refusal) -> Self {
        Self { file: file.into(), sheet: String::new(), what }
    }

    /// The same, naming the sheet.
    #[must_use]
    pub fn in_sheet(mut self, sheet: &str) -> Self {
        sheet.clone_into(&mut self.sheet);
        self
    }
}

impl Refusal {
    fn say(&self) -> Say {
        let n = |n: usize| n.to_string();
        match self {
            Self::Unreadable { why } => Say::new("exchange-unreadable").with("why", why),
            Self::TooLarge { limit } => Say::new("exchange-too-large").with("limit", limit.to_string()),
            Self::Inflates { limit } => Say::new("exchange-inflates").with("limit", limit.to_string()),
            Self::TooManyRows { limit } => Say::new("exchange-too-many-rows").with("limit", n(*limit)),
            Self::TooManyCells { row, limit } => {
                Say::new("exchange-too-many-cells").with("row", row.to_string()).with("limit", n(*limit))
            }
            Self::OldExcel => Say::new("exchange-old-excel"),
            Self::Damaged => Say::new("exchange-damaged"),
            Self::Json { row, at } => Say::new("exchange-json").with("row", n(*row)).with("at", n(*at)),
            Self::JsonShape => Say::new("exchange-json-shape"),
            Self::NotText { row } => Say::new("exchange-not-text").with("row", n(*row)),
            Self::MixedEncodings { row } => Say::new("exchange-mixed-encodings").with("row", n(*row)),
            Self::OpenQuote { row } => Say::new("exchange-open-quote").with("row", row.to_string()),
            Self::Cut { row, found, expected } => Say::new("exchange-cut")
                .with("row", row.to_string())
                .with("found", n(*found))
                .with("expected", n(*expected)),
            Self::ColumnCount { row, found, expected } => Say::new("exchange-column-count")
                .with("row", row.to_string())
                .with("found", n(*found))
                .with("expected", n(*expected)),
            Self::CellError { row, column, sign } => {
                Say::new("exchange-cell-error").with("row", row.to_string()).with("column", column).with("sign", sign)
            }
            Self::Uncalculated { row, column } => {
                Say::new("exchange-uncalculated").with("row", row.to_string()).with("column", column)
            }
            Self::CodeTable => Say::new("exchange-code-table"),
            Self::OtherKind { kind } => Say::new("exchange-other-kind").with("kind", *kind),
            Self::Binary { row } => Say::new("exchange-binary").with("row", n(*row)),
            Self::NoProposal => Say::new("proposal-no-sheet"),
            Self::NoSurvey => Say::new("survey-no-sheet"),
            Self::NoHeader => Say::new("exchange-no-header"),
            Self::TwiceTheSameColumn { row, column } => {
                Say::new("exchange-twice-the-same-column").with("row", row.to_string()).with("column", column)
            }
            Self::NoRows => Say::new("exchange-no-rows"),
            Self::Empty => Say::new("exchange-empty"),
        }
    }
}

impl Explain for ImportError {
    fn say(&self) -> Say {
        let place = if self.sheet.is_empty() { self.file.clone() } else { format!("{} [{}]", self.file, self.sheet) };
        self.what.say().with("file", place)
    }
}
