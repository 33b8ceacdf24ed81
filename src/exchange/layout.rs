//! Which layout a sheet has, and what each of its columns means. Data: a layout is a table of headers and fields.
//!
//! The headers are those of the published lists (医療情報ネット, 介護サービス情報公表, 推奨データセット, municipal hospital
//! lists), of this program's own export, and the words that desks use for their own lists of liaison offices.

mod headers;
mod tables;

use std::collections::HashMap;

use super::clean;
use super::error::Refusal;
use super::table::{Row, Sheet};
use headers::{COMMON, LOOSE, LOOSE_MAX, REACHED_BY};
pub use tables::{ASKED_BY, BEDS, Field, LAYOUTS, LIAISON, Layout, OWN};

/// Rows with content in which the header is looked for: forms have titles, dates and remarks above it.
const PREAMBLE: usize = 60;
/// Names of offices end so in kana: it is the office's reading that stands there, not a person's.
const OFFICE_KANA: [&str; 8] =
    ["ビョウイン", "イイン", "クリニック", "シンリョウショ", "センター", "ヤッキョク", "ステーション", "ホーム"];

/// The layout of a sheet and its columns.
#[derive(Debug)]
pub struct Found {
    /// The layout.
    pub layout: &'static Layout,
    /// Index in the sheet's rows of the first row under the header.
    pub first: usize,
    /// The header's row number.
    pub row: u32,
    /// Columns of the header, empty ones at its end included.
    pub width: usize,
    /// The columns that are read.
    pub columns: HashMap<Field, usize>,
    /// Columns of 診療科 with their names.
    pub flags: Vec<(usize, String)>,
    /// The headers as they stand in the file.
    pub headers: Vec<String>,
    /// The headers that mean nothing to this program.
    pub unread: Vec<String>,
}

/// Finds the header of `sheet`: the row, or the pair of rows, in which most columns are understood.
///
/// # Errors
/// [`Refusal::NoHeader`], or that two filled columns have the same header.
pub fn find(sheet: &Sheet) -> Result<Found, Refusal> {
    let mut best: Option<(usize, Found)> = None;
    for (i, row) in sheet.rows.iter().enumerate().take(PREAMBLE) {
        let below = sheet.rows.get(i + 1).filter(|below| below.number == row.number.saturating_add(1));
        let pair = below.map(|below| (i + 2, two_rows(row, below)));
        for (first, headers) in std::iter::once((i + 1, one_row(row))).chain(pair) {
            let Some(found) = understand(sheet, headers, first, row.number) else { continue };
            let score = found.columns.len() + found.flags.len();
            if best.as_ref().is_none_or(|(most, _)| score > *most) {
                best = Some((score, found));
            }
        }
    }
    let (_, mut found) = best.ok_or(Refusal::NoHeader)?;
    place_kana(sheet, &mut found);
    twice(sheet, &found)?;
    Ok(found)
}

/// Whether the sheet lists municipalities by their codes: such a table lies beside the lists of offices on the same portals.
pub fn is_code_table(sheet: &Sheet) -> bool {
    let Some(first) = sheet.rows.first() else { return false };
    let headers: Vec<String> = first.cells.iter().map(|cell| clean::header(cell)).collect();
    let has = |words: &[&str]| headers.iter().any(|header| words.iter().any(|word| header.starts_with(word)));
    has(&["code", "団体コード", "全国地方公共団体コード", "市区町村コード", "都道府県コード"])
        && has(&["city", "市区町村", "市町村"])
        && headers.len() <= 8
}

/// A header: what is shown of it, and the keys under which it is looked up, the best first.
type Header = (String, Vec<String>);

fn one_row(row: &Row) -> Vec<Header> {
    row.cells.iter().map(|cell| (clean::line(cell), vec![clean::header(cell)])).collect()
}

/// A header of two rows: the upper cell spans (merged) the lower ones, or the lower is empty.
fn two_rows(upper: &Row, lower: &Row) -> Vec<Header> {
    let mut over = String::new();
    (0..upper.cells.len().max(lower.cells.len()))
        .map(|i| {
            let (above, below) = (upper.cell(i), lower.cell(i));
            if !above.trim().is_empty() {
                above.clone_into(&mut over);
            }
            // What a vertical merge repeated is one header, not two.
            if below.trim().is_empty() || above == below {
                return (clean::line(above), vec![clean::header(above)]);
            }
            let whole = format!("{over}{below}");
            (clean::line(&whole), vec![clean::header(&whole), clean::header(below)])
        })
        .collect()
}

fn understand(sheet: &Sheet, headers: Vec<Header>, first: usize, row: u32) -> Option<Found> {
    let has = |key: &&str| headers.iter().any(|(_, keys)| keys.iter().any(|k| k == key));
    let layout = LAYOUTS.iter().find(|l| l.signature.iter().all(|group| group.iter().any(has)))?;
    let mut ranked: HashMap<Field, (usize, usize)> = HashMap::new();
    let mut flags = Vec::new();
    let mut read = vec![false; headers.len()];
    for (column, (text, keys)) in headers.iter().enumerate() {
        let Some((field, rank)) = keys.iter().find_map(|key| field_of(layout, key)) else {
            if layout.flags && is_flag_column(sheet, first, column, keys) {
                flags.push((column, text.clone()));
                read.iter_mut().skip(column).take(1).for_each(|r| *r = true);
            }
            continue;
        };
        // 名称 beside 施設名: the better word is the field, the other is left unread.
        if ranked.get(&field).is_none_or(|(better, _)| rank < *better) {
            ranked.insert(field, (rank, column));
        }
    }
    if layout.name == LIAISON
        && !(ranked.contains_key(&Field::Name) && REACHED_BY.iter().any(|f| ranked.contains_key(f)))
    {
        return None;
    }
    for (_, column) in ranked.values() {
        read.iter_mut().skip(*column).take(1).for_each(|r| *r = true);
    }
    let unread =
        headers.iter().zip(&read).filter(|((text, _), read)| !**read && !text.is_empty()).map(|((t, _), _)| t.clone());
    Some(Found {
        layout,
        first,
        row,
        width: headers.len(),
        columns: ranked.into_iter().map(|(field, (_, column))| (field, column)).collect(),
        flags,
        unread: unread.collect(),
        headers: headers.into_iter().map(|(text, _)| text).collect(),
    })
}

/// The field of a header, with how good a word it is for it: the lower the better.
fn field_of(layout: &Layout, key: &str) -> Option<(Field, usize)> {
    let mut tables = layout.columns.iter().chain(COMMON.iter());
    let exact = tables.find_map(|(field, words)| Some((*field, words.iter().position(|w| *w == key)?)));
    if exact.is_some() || layout.name != LIAISON || key.chars().nth(LOOSE_MAX).is_some() {
        return exact;
    }
    let loose = |(_, (_, words)): &(usize, &(Field, &[&str]))| words.iter().any(|w| key.contains(w));
    LOOSE.iter().enumerate().find(loose).map(|(rank, (field, _))| (*field, usize::MAX / 2 + rank))
}

/// A column named after a 診療科 in which nothing but marks stands.
fn is_flag_column(sheet: &Sheet, first: usize, column: usize, keys: &[String]) -> bool {
    keys.iter().any(|k| k.contains('科') && !k.ends_with("その他"))
        && sheet.rows.iter().skip(first).all(|row| clean::mark(row.cell(column)).is_some())
}

/// Says whose reading the column ふりがな holds: the staff's, unless the values or the columns beside it speak against it.
fn place_kana(sheet: &Sheet, found: &mut Found) {
    let Some(column) = found.columns.remove(&Field::SomeKana) else { return };
    let values = || sheet.rows.iter().skip(found.first).map(|r| r.cell(column)).filter(|c| !c.trim().is_empty());
    let offices = values().filter(|c| clean::holds(c, &OFFICE_KANA)).count();
    let field = match (found.columns.contains_key(&Field::StaffName), found.columns.contains_key(&Field::Kana)) {
        (true, true) => Field::StaffKana,
        (true, false) if offices * 2 <= values().count() => Field::StaffKana,
        _ => Field::Kana,
    };
    found.columns.entry(field).or_insert(column);
}

/// Two filled columns under one and the same header: it can't be known which to take.
fn twice(sheet: &Sheet, found: &Found) -> Result<(), Refusal> {
    for column in found.columns.values() {
        let Some(header) = found.headers.get(*column) else { continue };
        let other = found.headers.iter().enumerate().find(|(i, h)| i != column && *h == header).map(|(i, _)| i);
        let filled = |c: usize| sheet.rows.iter().skip(found.first).any(|r| !r.cell(c).trim().is_empty());
        if other.is_some_and(|other| filled(other) && filled(*column)) {
            return Err(Refusal::TwiceTheSameColumn { row: found.row, column: header.clone() });
        }
    }
    Ok(())
}
