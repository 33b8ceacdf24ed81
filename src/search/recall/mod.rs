//! How many rows are found by each way of typing (the recall table of the match rules), over invented rows whose spellings are written by hand.

use super::*;
use rows::{Numbers, Row};
use spelling::{half_width, hiragana, large, wide};

mod open;
mod spelling;

#[path = "../../../benches/rows/mod.rs"]
mod rows;

const ROWS: usize = 2_500;

fn keys(rows: &[Row]) -> Vec<Keys> {
    let of = |row: &Row| {
        Keys::of(&Entry {
            name: &row.name,
            kana: &row.kana,
            phones: vec![&row.phone],
            address: &row.address,
            words: vec![row.department, &row.staff, &row.staff_kana, row.note],
            ..Entry::default()
        })
    };
    rows.iter().map(of).collect()
}

/// The share of rows, in hundredths, that are found by what `typed` makes of them; rows without a spelling are left out.
fn recall(rows: &[Row], keys: &[Keys], typed: impl Fn(&Row, &mut Numbers) -> Option<String>) -> f64 {
    let mut numbers = Numbers::new(7);
    let (mut asked, mut found) = (0_u32, 0_u32);
    for (row, keys) in rows.iter().zip(keys) {
        let Some(typed) = typed(row, &mut numbers) else { continue };
        asked += 1;
        // The filter has the needles of the search; that both find the same, `tests` holds.
        found += u32::from(Filter::new(&typed).matches(keys));
    }
    assert!(asked >= 100, "too few rows have such a spelling: {asked}");
    f64::from(found) * 100.0 / f64::from(asked)
}

fn swap(text: &str, pairs: &[(&str, &str)]) -> Option<String> {
    let swapped = pairs.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
    (swapped != text).then_some(swapped)
}

const FORMS: &[(&str, &str)] =
    &[("髙", "高"), ("邊", "辺"), ("齋", "斉"), ("﨑", "崎"), ("濵", "浜"), ("廣", "広"), ("瀨", "瀬")];

/// One or two parts of the name that follow each other, in the spelling that `of` takes of a part.
fn some_parts(row: &Row, numbers: &mut Numbers, of: impl Fn(&rows::Part) -> &'static str) -> String {
    let from = numbers.below(3);
    let count = numbers.below(2) + 1;
    row.parts.iter().skip(from).take(count).map(of).collect()
}

/// The ten digits of a row's number.
fn digits(row: &Row) -> String {
    row.phone.chars().filter_map(|c| c.to_digit(10).or_else(|| wide_digit(c))).map(|d| d.to_string()).collect()
}

fn wide_digit(c: char) -> Option<u32> {
    ('０'..='９').contains(&c).then(|| u32::from(c) - u32::from('０'))
}

fn three_characters(row: &Row, numbers: &mut Numbers) -> Option<String> {
    let from = numbers.below(row.name.chars().count() - 2);
    let three: String = row.name.chars().skip(from).take(3).collect();
    Some(three).filter(|t| !t.contains([' ', '　', '(', ')', '㈱']))
}

type Typed = fn(&Row, &mut Numbers) -> Option<String>;

/// Way of typing, the least recall of the table (column 4d), and what is typed.
const TABLE: &[(&str, f64, Typed)] = &[
    ("romaji Hepburn", 98.5, |r, n| Some(some_parts(r, n, |p| p.2))),
    ("romaji Kunrei, as for an input method", 98.5, |r, n| Some(some_parts(r, n, |p| p.3))),
    ("romaji without long vowels", 98.2, |r, n| Some(some_parts(r, n, |p| p.4))),
    ("hiragana", 100.0, |r, n| Some(hiragana(&some_parts(r, n, |p| p.1)))),
    ("katakana", 100.0, |r, n| Some(some_parts(r, n, |p| p.1))),
    ("half-width katakana", 100.0, |r, n| Some(half_width(&some_parts(r, n, |p| p.1)))),
    ("kana, small typed large, no ー", 100.0, |r, n| Some(large(&some_parts(r, n, |p| p.1)))),
    ("as written, 3 characters", 100.0, three_characters),
    ("old form in data, new typed", 100.0, |r, _| swap(r.parts[1].0, FORMS)),
    ("phone without hyphens, 8 digits", 100.0, |r, _| digits(r).get(..8).map(str::to_owned)),
    ("phone, full width", 100.0, |r, _| Some(wide(&r.phone))),
    ("phone, last 4 digits", 100.0, |r, _| digits(r).get(6..).map(str::to_owned)),
    ("ヴ in data, ブ typed", 88.0, |r, _| {
        swap(r.parts[1].1, &[("ヴィ", "ビ"), ("ヴ", "ブ")]).map(|kana| hiragana(&kana))
    }),
    ("city in the address, romaji", 90.0, |r, _| Some(r.city.to_owned())),
    ("address number", 100.0, |r, _| Some(r.house.clone())),
];

#[test]
fn recall_is_at_least_that_of_the_table() {
    let rows = rows::rows(ROWS, 42);
    let kept = keys(&rows);
    for (what, least, typed) in TABLE {
        let found = recall(&rows, &kept, typed);
        println!("{found:6.1} % (at least {least:5.1})  {what}");
        assert!(found >= *least, "{what}: {found:.1} % of the rows are found, {least} % are to be");
    }
}

#[test]
fn old_forms_of_kanji_find_new_ones_in_the_data() {
    let mut rows = rows::rows(ROWS, 43);
    for row in &mut rows {
        if let Some(name) = swap(&row.name, FORMS) {
            row.name = name;
        }
    }
    let found = recall(&rows, &keys(&rows), |row, _| swap(row.parts[1].0, FORMS).map(|_| row.parts[1].0.to_owned()));
    assert!((found - 100.0).abs() < f64::EPSILON, "{found:.1} %");
}
