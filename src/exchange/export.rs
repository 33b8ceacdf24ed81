//! The directory as a file. One row for each member of staff.
//!
//! [`super::rows`] reads what this writes: the headers are those of the layout [`super::layout::OWN`].

use super::layout::ASKED_BY;
use super::{ability, write};
use crate::desk::id::Id;
use crate::desk::office::{Office, Staff};

pub use super::write::{ExportError, Format};

/// One row of the file: an office, and one of its staff where it has any.
struct Line<'a> {
    id: Id,
    office: &'a Office,
    staff: Option<&'a Staff>,
    /// The name of the operator who asked for 今の受入.
    asked_by: &'a str,
}

type Column = (&'static str, fn(&Line<'_>) -> String);

/// The person's value of a row without a person is empty.
fn of_staff(line: &Line<'_>, value: impl Fn(&Staff) -> &String) -> String {
    line.staff.map(|s| value(s).clone()).unwrap_or_default()
}

/// The columns: header and value.
const COLUMNS: [Column; 44] = [
    ("窓口管理ID", |l| l.id.to_string()),
    ("公的ID", |l| l.office.official_id.clone()),
    ("名称", |l| l.office.name.clone()),
    ("フリガナ", |l| l.office.kana.clone()),
    ("略称", |l| l.office.short_name.clone()),
    ("種別", |l| l.office.kind.clone()),
    ("部署", |l| l.office.department.clone()),
    ("電話番号", |l| l.office.phone.clone()),
    ("内線番号", |l| l.office.extension.clone()),
    ("FAX番号", |l| l.office.fax.clone()),
    ("メール", |l| l.office.email.clone()),
    ("郵便番号", |l| postal(&l.office.postal_code)),
    ("住所", |l| l.office.address.clone()),
    ("方書", |l| l.office.building.clone()),
    ("緯度", |l| l.office.latitude.map(|n| n.to_string()).unwrap_or_default()),
    ("経度", |l| l.office.longitude.map(|n| n.to_string()).unwrap_or_default()),
    ("圏域", |l| l.office.area.clone()),
    ("設置主体・法人", |l| l.office.corporation.clone()),
    ("対応内容", |l| l.office.handles.clone()),
    ("サービス", |l| l.office.services.join("、")),
    ("診療日時", |l| l.office.hours.clone()),
    ("連絡のしかた", |l| l.office.how_to_contact.clone()),
    ("注意", |l| l.office.alert.clone()),
    ("休み", |l| l.office.closed.clone()),
    ("つながる時間", |l| l.office.best_time.clone()),
    ("訪問エリア", |l| l.office.serves.clone()),
    ("できること", |l| ability::cell(&l.office.capabilities)),
    ("今の受入", |l| ability::accepting_cell(&l.office.accepting)),
    ("待ち", |l| l.office.waiting.clone()),
    ("受入の期限", |l| l.office.accepting_until.map(|d| d.to_string()).unwrap_or_default()),
    ("受入を聞いた日", |l| l.office.accepting_on.map(|d| d.to_string()).unwrap_or_default()),
    (ASKED_BY, |l| l.asked_by.to_owned()),
    ("URL", |l| l.office.url.clone()),
    ("定員・病床", |l| l.office.capacity.clone()),
    ("備考", |l| l.office.note.clone()),
    ("更新日", |l| l.office.updated_on.map(|d| d.to_string()).unwrap_or_default()),
    ("確認日", |l| l.office.verified.as_ref().map(|v| v.on.to_string()).unwrap_or_default()),
    ("担当者名", |l| of_staff(l, |s| &s.name)),
    ("担当者ふりがな", |l| of_staff(l, |s| &s.kana)),
    ("担当者の部署", |l| of_staff(l, |s| &s.department)),
    ("職種", |l| of_staff(l, |s| &s.role)),
    ("直通電話", |l| of_staff(l, |s| &s.phone)),
    ("担当者の内線", |l| of_staff(l, |s| &s.extension)),
    ("担当者の対応内容", |l| of_staff(l, |s| &s.handles)),
];

/// A spreadsheet takes leading zeros from bare digits, not from a code with its hyphen.
fn postal(code: &str) -> String {
    match code.split_at_checked(3) {
        Some((area, town)) if code.len() == 7 => format!("{area}-{town}"),
        _ => code.to_owned(),
    }
}

/// The file's bytes; `operators` are the desk's, by name. Entries that were taken out of the directory and staff who have left are not in it.
///
/// # Errors
/// An [`ExportError`] where the format cannot hold a cell; nothing is replaced in silence.
pub fn offices(all: &[(Id, Office)], operators: &[(Id, String)], format: Format) -> Result<Vec<u8>, ExportError> {
    write::table(&COLUMNS.map(|(header, _)| header), &rows(all, operators), format)
}

fn rows(all: &[(Id, Office)], operators: &[(Id, String)]) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for (id, office) in all.iter().filter(|(_, o)| !o.removed) {
        let staff = office.present_staff();
        let people: Vec<Option<&Staff>> =
            if staff.is_empty() { vec![None] } else { staff.into_iter().map(|(_, s)| Some(s)).collect() };
        for person in people {
            let asked_by = operators.iter().find(|(id, _)| *id == office.accepting_by).map_or("", |(_, name)| name);
            let line = Line { id: *id, office, staff: person, asked_by };
            rows.push(COLUMNS.iter().map(|(_, value)| value(&line)).collect());
        }
    }
    rows
}

#[cfg(test)]
mod tests;
