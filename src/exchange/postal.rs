//! 日本郵便's postal table (KEN_ALL, of the country or of a prefecture, or a table made of it with headers): the readings of
//! towns, for addresses that are in the directory. The table itself is not kept.

use std::collections::HashMap;
use std::path::Path;

use serde_json::json;

use super::clean;
use super::error::ImportError;
use super::table::{self, Row};
use crate::desk::id::Id;
use crate::desk::office::Office;
use crate::desk::record::{Edit, Kind, RecordKey};
use crate::search::{self, fold};

/// Rows that are looked at to know the table.
const LOOKED_AT: usize = 20;

/// The readings of towns, by the text key of the city.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Towns {
    by_city: HashMap<String, HashMap<String, String>>,
    /// How many rows with a town there were.
    pub rows: usize,
}

impl Towns {
    /// Reads the table; `None` where the file is something else.
    ///
    /// # Errors
    /// The file can't be read.
    pub fn read(path: &Path) -> Result<Option<Self>, ImportError> {
        let sheets = table::read(path)?;
        let rows: Vec<&Row> = sheets.iter().flat_map(|sheet| &sheet.rows).collect();
        Ok(Self::of(&rows))
    }

    fn of(rows: &[&Row]) -> Option<Self> {
        Self::with_headers(rows).or_else(|| Self::as_published(rows))
    }

    /// A table made of it, with headers that name city, town and the town's reading.
    fn with_headers(rows: &[&Row]) -> Option<Self> {
        let (first, body) = rows.split_first()?;
        let headers: Vec<String> = first.cells.iter().map(|cell| clean::header(cell)).collect();
        let column = |names: &[&str]| headers.iter().position(|header| names.contains(&header.as_str()));
        let city = column(&["市区町村", "市区町村名", "市町村", "市町村名"])?;
        let town = column(&["町域", "町域名"])?;
        let kana = column(&["町域カナ", "町域名カナ", "町域フリガナ"])?;
        column(&["郵便番号"])?;
        let mut towns = Self::default();
        for row in body {
            towns.take(row.cell(city), row.cell(town), row.cell(kana));
        }
        Some(towns)
    }

    /// A town; one that stands for the rest of its city is none.
    fn take(&mut self, city: &str, town: &str, kana: &str) {
        let before = |text: &str| text.split(['（', '(']).next().unwrap_or_default().trim().to_owned();
        let (town, kana) = (before(town), before(&fold::display(kana)));
        if town.is_empty() || kana.is_empty() || town.starts_with("以下に掲載がない") {
            return;
        }
        self.rows += 1;
        // A town is also written without its district.
        let short = city.split_once('郡').map(|(_, town)| town).filter(|town| town.ends_with(['町', '村']));
        for city in std::iter::once(city).chain(short) {
            let all = self.by_city.entry(fold::text(city)).or_default();
            all.entry(fold::address(&town)).or_insert_with(|| kana.clone());
        }
    }

    /// The table as it is published: without headers.
    fn as_published(rows: &[&Row]) -> Option<Self> {
        let digits = |cell: &str, count: usize| cell.len() == count && cell.bytes().all(|b| b.is_ascii_digit());
        // Spreadsheet programs take the zero off the first code.
        let known = |row: &Row| {
            (digits(row.cell(0), 5) || digits(row.cell(0), 4))
                && (5..=7).any(|count| digits(row.cell(2), count))
                && !row.cell(5).is_empty()
                && fold::plain(row.cell(3)).chars().all(fold::is_kana)
                && row.cell(6).contains(fold::is_kanji)
        };
        if rows.is_empty() || !rows.iter().take(LOOKED_AT).all(|row| known(row)) {
            return None;
        }
        let mut towns = Self::default();
        for row in rows.iter().filter(|row| known(row)) {
            towns.take(row.cell(7), row.cell(8), row.cell(5));
        }
        Some(towns)
    }

    /// The reading of the town of an address.
    fn reading(&self, address: &str) -> Option<&str> {
        let key = fold::address(address);
        let city = fold::text(search::city(address).0);
        let rest = key.split_once(city.as_str()).filter(|_| !city.is_empty())?.1;
        let towns = self.by_city.get(&city)?;
        let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8());
        ends.rev().find_map(|end| towns.get(rest.get(..end)?)).map(String::as_str)
    }

    /// The edits that give the addresses of the directory their readings.
    pub fn readings(&self, directory: &[(Id, Office)]) -> Vec<Edit> {
        let changed = directory.iter().filter_map(|(id, office)| {
            let kana = self.reading(&office.address).filter(|kana| *kana != office.address_kana)?;
            Some(Edit::new(RecordKey::new(Kind::Office, *id), json!({ "address_kana": kana })))
        });
        changed.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "35215,\"745  \",\"7450000\",\"ﾔﾏｸﾞﾁｹﾝ\",\"ｼｭｳﾅﾝｼ\",\"ｲｶﾆｹｲｻｲｶﾞﾅｲﾊﾞｱｲ\",\"山口県\",\"周南市\",\"以下に掲載がない場合\",0,0,0,0,0,0\n\
        35215,\"745  \",\"7450802\",\"ﾔﾏｸﾞﾁｹﾝ\",\"ｼｭｳﾅﾝｼ\",\"ｸﾒ(ｵｵｱｻﾞ)\",\"山口県\",\"周南市\",\"久米（大字）\",0,0,0,0,0,0\n\
        35344,\"74211\",\"7421101\",\"ﾔﾏｸﾞﾁｹﾝ\",\"ｸﾏｹﾞｸﾞﾝﾋﾗｵﾁｮｳ\",\"ﾋﾗｵﾑﾗ\",\"山口県\",\"熊毛郡平生町\",\"平生村\",0,0,0,0,0,0\n";

    fn towns(text: &str) -> Option<Towns> {
        let sheets = table::from_bytes("f.csv", text.as_bytes()).unwrap();
        Towns::of(&sheets.iter().flat_map(|sheet| &sheet.rows).collect::<Vec<_>>())
    }

    #[test]
    fn addresses_get_the_readings_of_their_towns() {
        let towns = towns(TABLE).unwrap();
        assert_eq!(towns.rows, 2);
        for (address, kana) in [
            ("山口県周南市大字久米752", Some("クメ")),
            ("周南市久米１丁目", Some("クメ")),
            ("山口県熊毛郡平生町平生村1", Some("ヒラオムラ")),
            ("平生町平生村1", Some("ヒラオムラ")),
            ("山口県下松市久米1", None),
            ("周南市", None),
            ("", None),
        ] {
            assert_eq!(towns.reading(address), kana, "{address}");
        }
        let office = |address: &str, kana: &str| Office {
            address: address.to_owned(),
            address_kana: kana.to_owned(),
            ..Office::default()
        };
        let id = |n: u8| Id::from_bytes([n; 16]);
        let directory =
            [(id(1), office("周南市久米1", "")), (id(2), office("周南市久米2", "クメ")), (id(3), office("不明", ""))];
        let edits = towns.readings(&directory);
        assert_eq!(edits.iter().map(|edit| edit.record.id).collect::<Vec<_>>(), [id(1)]);
    }

    #[test]
    fn a_table_with_headers_is_one_too() {
        let text = "全国地方公共団体コード,郵便番号,市区町村,市区町村カナ,町域,町域カナ\n\
            35215,7450000,周南市,シュウナンシ,以下に掲載がない場合,イカニケイサイガナイバアイ\n\
            35215,7450802,周南市,シュウナンシ,久米,クメ\n35344,7421101,熊毛郡平生町,クマゲグンヒラオチョウ,平生村,ヒラオムラ\n";
        let towns = towns(text).unwrap();
        assert_eq!(towns.rows, 2);
        assert_eq!(towns.reading("山口県周南市大字久米752"), Some("クメ"));
        assert_eq!(towns.reading("平生町平生村1"), Some("ヒラオムラ"));
    }

    #[test]
    fn other_tables_are_not_taken_for_it() {
        assert_eq!(towns("名称,電話\n架空病院,0834-00-0000\n"), None);
        assert_eq!(towns(&TABLE.replace("ﾔﾏｸﾞﾁｹﾝ", "山口")), None);
    }
}
