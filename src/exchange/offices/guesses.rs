//! Readings for entries whose list had none: guessed from their names and from the readings of the others. Each is kept apart
//! from the reading itself, and goes when that is known.

use serde_json::{Value, json};

use crate::desk::id::Id;
use crate::desk::office::Office;
use crate::desk::record::{Edit, Kind, RecordKey};
use crate::search::Readings;

/// The edits that give every entry without a reading the best guess of today, and take away the guess of those that have one.
pub fn guesses(directory: &[(Id, Office)]) -> Vec<Edit> {
    let present = || directory.iter().filter(|(_, office)| !office.removed);
    let mut readings: Option<Readings> = None;
    let mut edits = Vec::new();
    for (id, office) in present() {
        let guess = if office.kana.is_empty() {
            let readings = readings.get_or_insert_with(|| {
                let mut readings = Readings::new();
                for (_, other) in present().filter(|(_, other)| !other.kana.is_empty()) {
                    readings.learn(&other.name, &other.kana);
                }
                readings
            });
            readings.guess(&office.name)
        } else {
            String::new()
        };
        if guess != office.kana_guess {
            let guess = if guess.is_empty() { Value::Null } else { json!(guess) };
            edits.push(Edit::new(RecordKey::new(Kind::Office, *id), json!({ "kana_guess": guess })));
        }
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_reading_gets_a_guess_and_loses_it_when_it_has_one() {
        let office = |name: &str, kana: &str, guess: &str| Office {
            name: name.to_owned(),
            kana: kana.to_owned(),
            kana_guess: guess.to_owned(),
            ..Office::default()
        };
        let id = |n: u8| Id::from_bytes([n; 16]);
        let directory = [
            (id(1), office("架空遠石病院", "カクウトオイシビョウイン", "何か")),
            (id(2), office("架空病院", "カクウビョウイン", "")),
            (id(3), office("遠石内科", "", "")),
            (id(4), office("ひかり薬局", "", "ヒカリヤッキョク")),
            (id(5), Office { removed: true, ..office("山田医院", "", "") }),
        ];
        let edits = guesses(&directory);
        let said: Vec<(Id, &Value)> =
            edits.iter().map(|edit| (edit.record.id, edit.patch.get("kana_guess").unwrap())).collect();
        assert_eq!(said.first(), Some(&(id(1), &Value::Null)));
        assert!(said.iter().any(|(of, _)| *of == id(3)), "{said:?}");
        assert!(!said.iter().any(|(of, _)| *of == id(4) || *of == id(5)), "{said:?}");
    }
}
