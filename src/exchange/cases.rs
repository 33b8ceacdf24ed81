//! The list of cases as a file: what the queue shows, one row a case. Codes as they are stored, dates by ISO 8601.

use super::write::{self, ExportError, Format};
use crate::desk::case::Case;
use crate::desk::id::Id;

type Column = (&'static str, fn(&Case) -> String);

/// The columns after the identity: header and value.
const COLUMNS: [Column; 14] = [
    ("受付番号", |c| c.number.clone()),
    ("進行状態", |c| c.status.name().to_owned()),
    ("緊急度", |c| if c.urgency.is_empty() { "3".to_owned() } else { c.urgency.clone() }),
    ("受付日時", |c| c.opened_at.map(|at| at.to_rfc3339()).unwrap_or_default()),
    ("終結日時", |c| c.closed_at.map(|at| at.to_rfc3339()).unwrap_or_default()),
    ("期限", |c| c.due.map(|on| on.to_string()).unwrap_or_default()),
    ("次の対応", |c| c.next_action.clone()),
    ("相談者区分", |c| c.caller_kind.clone()),
    ("相談者", |c| c.caller.clone()),
    ("相談内容区分", |c| c.topics.join("、")),
    ("対象者", |c| c.subject_name.clone()),
    ("圏域", |c| c.area.clone()),
    ("定例会の旗", |c| if c.flag.is_some() { "1" } else { "" }.to_owned()),
    ("概要", |c| c.summary.clone()),
];

/// The file's bytes, the cases in the order in which they are given.
///
/// # Errors
/// An [`ExportError`] where the format cannot hold a cell.
pub fn cases(all: &[(Id, Case)], format: Format) -> Result<Vec<u8>, ExportError> {
    let headers: Vec<&'static str> = std::iter::once("窓口管理ID").chain(COLUMNS.map(|(header, _)| header)).collect();
    let row = |(id, case): &(Id, Case)| {
        std::iter::once(id.to_string()).chain(COLUMNS.iter().map(|(_, value)| value(case))).collect()
    };
    write::table(&headers, &all.iter().map(row).collect::<Vec<_>>(), format)
}

#[cfg(test)]
mod tests {
    use super::super::table;
    use super::*;

    #[test]
    fn each_case_is_a_row_in_each_kind_of_file() {
        let case = Case {
            number: "R8-0001".into(),
            summary: "看取りの主治医を探す, \"急ぎ\"".into(),
            topics: vec!["1".into(), "3".into()],
            due: chrono::NaiveDate::from_ymd_opt(2026, 12, 1),
            ..Case::default()
        };
        let all = [(Id::from_bytes([1; 16]), case)];
        for format in [Format::CsvUtf8, Format::CsvCp932, Format::Xlsx] {
            let sheets = table::from_bytes("f", &cases(&all, format).unwrap()).unwrap();
            let rows = &sheets[0].rows;
            let cell = |header: &str| rows[1].cell(rows[0].cells.iter().position(|h| h == header).unwrap()).to_owned();
            assert_eq!(cell("概要"), all[0].1.summary, "{format:?}");
            assert_eq!(
                (cell("受付番号"), cell("進行状態"), cell("緊急度")),
                ("R8-0001".into(), "received".into(), "3".into())
            );
            assert_eq!((cell("相談内容区分"), cell("期限")), ("1、3".into(), "2026-12-01".into()));
        }
        let text = String::from_utf8(cases(&all, Format::Json).unwrap()).unwrap();
        assert!(text.contains("看取りの主治医を探す") && !text.contains("終結日時"), "{text}");
    }
}
