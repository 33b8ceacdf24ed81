use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use super::*;

/// Text as it is after entry normalisation, with the cells that a terminal uses.
const MEASURED: &[(&str, u16)] = &[
    ("", 0),
    ("abc 0834-00-1234", 16),
    ("徳山", 4),
    ("が", 2),
    ("か\u{3099}", 2),
    ("ガギ", 4),
    ("パート", 6),
    ("𠮷野", 4),
    ("葛\u{E0100}城", 4),
    ("㈱", 2),
    ("〒745-0000", 10),
    ("～〜", 4),
    ("髙﨑濵", 6),
    ("①※●…", 4),
    ("々ー、。「」", 12),
    ("👨\u{200D}👩\u{200D}👧\u{200D}👦", 2),
    ("🇯🇵", 2),
    ("e\u{301}", 1),
    ("〰〽", 3),
    ("全角　空白", 10),
    ("ｶﾅ", 2),
];

fn buffer_width(text: &str) -> u16 {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 400, 1));
    buffer.set_stringn(0, 0, text, 400, Style::new()).0
}

#[test]
fn width_is_what_the_buffer_and_the_line_use() {
    for &(text, cells) in MEASURED {
        assert_eq!(width(text), buffer_width(text), "{text}");
        assert_eq!(usize::from(width(text)), Line::from(text).width(), "{text}");
        if text != "〰〽" {
            assert_eq!(width(text), cells, "{text}");
        }
    }
}

#[test]
fn half_width_sound_marks_become_two_cells_by_entry_normalisation_alone() {
    // ratatui 0.30 counts the mark twice (3 or more cells); what the terminal draws is 2. Folded text has no such doubt.
    for (raw, folded, cells) in [("ｶﾞ", "ガ", 2), ("ﾊﾟｰﾄ", "パート", 6), ("ﾋﾞﾙ", "ビル", 4)] {
        assert_eq!(width(raw), buffer_width(raw), "{raw}");
        let clean = crate::widgets::edit::clean(raw, true);
        assert_eq!(clean, folded);
        assert_eq!(width(&clean), cells, "{raw}");
        assert_eq!(Line::from(&*clean).width(), usize::from(cells), "{raw}");
    }
}

#[test]
fn quick_characters_are_graphemes_of_the_width_that_the_buffer_uses() {
    let quick: Vec<char> = ('\u{0}'..='\u{FFFF}').filter(|&c| simple(c).is_some()).collect();
    assert!(quick.len() > 21_000);
    for &c in &quick {
        let text = c.to_string();
        assert_eq!(simple(c), Some(text.cell_width()), "{c:?}");
    }
    for pair in quick.windows(2) {
        let text: String = pair.iter().collect();
        assert_eq!(text.graphemes(true).count(), 2, "{pair:?}");
    }
}

#[test]
fn cuts_on_grapheme_borders() {
    for (text, cells, cut) in [
        ("徳山中央病院", 12, "徳山中央病院"),
        ("徳山中央病院", 11, "徳山中央.."),
        ("徳山中央病院", 10, "徳山中央.."),
        ("徳山中央病院", 9, "徳山中.."),
        ("徳山中央病院", 2, ".."),
        ("徳山中央病院", 1, ""),
        ("abcdef", 1, "a"),
        ("abcdef", 5, "abc.."),
        ("か\u{3099}き\u{3099}く\u{3099}", 5, "か\u{3099}.."),
        ("abc", 0, ""),
        ("", 0, ""),
    ] {
        assert_eq!(truncate(text, cells), cut, "{text} in {cells}");
    }
}

#[test]
fn pads_to_the_cell() {
    assert_eq!(pad("看取り", 8), "看取り  ");
    assert_eq!(pad("看取り", 5), "看.. ");
    assert_eq!(pad_left("看取り", 8), "  看取り");
    assert_eq!(pad_left("12", 4), "  12");
    assert_eq!(pad("", 0), "");
}

#[test]
fn columns_and_bytes_answer_each_other() {
    let text = "a徳か\u{3099}b";
    for (byte, column) in [(0, 0), (1, 1), (2, 1), (4, 3), (7, 3), (10, 5), (11, 6), (99, 6)] {
        assert_eq!(column_of(text, byte), column, "byte {byte}");
    }
    for (column, byte) in [(0, 0), (1, 1), (2, 1), (3, 4), (4, 4), (5, 10), (6, 11), (99, 11)] {
        assert_eq!(byte_at_column(text, column), byte, "column {column}");
    }
}

#[test]
fn breaks_lines_as_japanese_is_set() {
    for (text, cells, rows) in [
        ("", 10, &[""][..]),
        ("看取りの主治医", 6, &["看取り", "の主治", "医"]),
        ("往診です。急ぐ", 8, &["往診で", "す。急ぐ"]),
        ("入院「家で」と", 6, &["入院", "「家", "で」と"]),
        ("ケアマネージャー", 8, &["ケアマ", "ネー", "ジャー"]),
        ("電話 0834-00-1234 へ", 14, &["電話 ", "0834-00-1234 ", "へ"]),
        ("abcdefghij", 4, &["abcd", "efgh", "ij"]),
        ("ーーーー", 4, &["ーー", "ーー"]),
        ("一行\n\n三行目", 4, &["一行", "", "三行", "目"]),
        ("徳山", 1, &["徳", "山"]),
        ("徳山", 0, &["徳", "山"]),
        ("待つ……です", 5, &["待", "つ……", "です"]),
    ] {
        let found: Vec<&str> = wrap(text, cells).into_iter().map(|row| slice(text, row.start, row.end)).collect();
        assert_eq!(found, rows, "{text} in {cells}");
    }
}

/// Text with everything that joins, splits or counts oddly.
pub fn odd_text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("a"),
        Just("9"),
        Just(" "),
        Just("徳"),
        Just("か"),
        Just("ー"),
        Just("、"),
        Just("「"),
        Just("\u{3099}"),
        Just("\u{200D}"),
        Just("👩"),
        Just("\u{FE0F}"),
        Just("🇯"),
        Just("𠮷"),
        Just("\u{E0100}"),
        Just("\u{301}"),
        Just("①"),
        Just("　"),
        Just("\u{7}"),
        Just("ﾞ"),
        Just("ｶ"),
        Just("\u{AC00}"),
        Just("\u{11A8}"),
        Just("〰"),
    ];
    proptest::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn measures_any_text_as_the_buffer_does(text in odd_text(), any in "\\PC{0,30}") {
        for text in [text, any] {
            prop_assert_eq!(width(&text), buffer_width(&text));
            let own: Vec<&str> = graphemes(&text).map(|grapheme| grapheme.text).collect();
            let theirs: Vec<&str> = text.graphemes(true).collect();
            prop_assert_eq!(own, theirs);
        }
    }

    #[test]
    fn never_cuts_wider_than_asked(text in odd_text(), cells in 0_u16..30) {
        prop_assert!(width(&truncate(&text, cells)) <= cells);
        prop_assert_eq!(width(&pad(&text, cells)), cells);
        prop_assert_eq!(width(&pad_left(&text, cells)), cells);
    }

    #[test]
    fn rows_hold_the_whole_text_and_fit(text in odd_text(), cells in 2_u16..20) {
        let rows = wrap(&text, cells);
        prop_assert_eq!(rows.iter().map(|row| slice(&text, row.start, row.end)).collect::<String>(), text.clone());
        for row in rows {
            let row = slice(&text, row.start, row.end);
            let body = row.trim_end_matches([' ', '\u{3000}']);
            prop_assert!(width(body) <= cells || graphemes(body).count() == 1, "{:?}", row);
        }
    }
}
