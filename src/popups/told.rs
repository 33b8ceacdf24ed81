//! A value of a record as it is read in its history: codes by their labels, operators by their names, days as lists show
//! them. Knows no store.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::Deserialize as _;
use serde_json::{Map, Value};

use super::abilities::answer_key;
use crate::desk::id::Id;
use crate::desk::members::list_of;
use crate::desk::office::Capability;
use crate::desk::record::Kind;
use crate::screens::look::Look;

/// The value of a member on one line; `names` are those of the operators.
pub fn told(kind: Kind, member: &str, value: &Value, names: &[(Id, String)], look: &Look<'_>) -> String {
    let text = |text: &str| match list_of(kind, member) {
        Some(list) => look.code(list, text),
        None => plain(text, names, look),
    };
    match value {
        Value::Object(able) if kind == Kind::Office && member == "capabilities" => abilities(able, names, look),
        Value::Null => look.t("history-nothing").into_owned(),
        Value::String(value) => text(value),
        Value::Array(values) => {
            values.iter().map(|v| v.as_str().map_or_else(|| v.to_string(), text)).collect::<Vec<_>>().join(" ")
        }
        Value::Object(members) => {
            let inside = members.values().filter(|v| !v.is_null()).map(|v| match v {
                Value::String(value) => plain(value, names, look),
                other => told(kind, "", other, names, look),
            });
            inside.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
        }
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

/// What an office can do, each ability with its answer, how it is known, since when and by whom.
fn abilities(able: &Map<String, Value>, names: &[(Id, String)], look: &Look<'_>) -> String {
    let told = able.iter().filter_map(|(code, value)| {
        let known = Capability::deserialize(value).ok()?;
        let by = names.iter().find(|(id, _)| *id == known.by).map_or("", |(_, name)| name.as_str());
        let on = known.on.map(|on| look.day(on)).unwrap_or_default();
        let source = look.code("told", &known.source);
        let parts = [&look.short_code("capability", code), &*look.t(answer_key(known.answer)), &source, &on, by];
        Some(parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "))
    });
    let told = told.collect::<Vec<_>>().join(&look.t("history-between"));
    if told.is_empty() { look.t("history-nothing").into_owned() } else { told }
}

/// A text that is no code: a name for an operator's identity, a day or a time as lists show them, else as it is.
fn plain(text: &str, names: &[(Id, String)], look: &Look<'_>) -> String {
    if let Ok(id) = text.parse::<Id>() {
        let name = names.iter().find(|(operator, _)| *operator == id);
        return name.map_or_else(|| text.to_owned(), |(_, name)| name.clone());
    }
    if let Ok(day) = text.parse::<NaiveDate>() {
        return look.day(day);
    }
    if let Ok(at) = text.parse::<DateTime<FixedOffset>>() {
        return format!("{} {}", look.day(at.date_naive()), at.format("%H:%M"));
    }
    text.replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::codebook::Codebook;
    use crate::keys::Keymap;
    use crate::locale::{Lang, Locale};
    use crate::widgets::theme::Theme;
    use serde_json::json;

    #[test]
    fn codes_names_and_days_are_told_in_words() {
        let (theme, locale, keymap, codebook) =
            (Theme::default(), Locale::new(Lang::Ja), Keymap::default(), Codebook::default());
        let look = Look {
            theme: &theme,
            locale: &locale,
            keymap: &keymap,
            contexts: &[],
            codebook: &codebook,
            today: NaiveDate::from_ymd_opt(2026, 11, 22).unwrap(),
            held: None,
        };
        let id = Id::from_bytes([9; 16]);
        let names = vec![(id, "山田花子".to_owned())];
        let flag = json!({"at": "2026-11-20T09:05:00+09:00", "by": id.to_string(), "reason": "負担"});
        for (kind, member, value, words) in [
            (Kind::Case, "status", json!("active"), "対応中"),
            (Kind::Case, "topics", json!(["h", "a"]), "看取り・緩和ケア 往診・訪問診療医を探す"),
            (Kind::Case, "urgency", json!("9"), "9"),
            (Kind::Case, "due", json!("2026-11-25"), "11/25(水)"),
            (Kind::Case, "operator", json!(id.to_string()), "山田花子"),
            (Kind::Case, "flag", flag, "11/20(金) 09:05 山田花子 負担"),
            (Kind::Case, "remarks", json!("一行目\n二行目"), "一行目 二行目"),
            (Kind::Contact, "method", json!("4"), "FAX"),
            (
                Kind::Office,
                "capabilities",
                json!({
                    "end-of-life": {"answer": "yes", "source": "phone", "on": "2026-11-20", "by": id.to_string()},
                    "ivh": {"answer": "ask", "source": "アンケート 春"},
                }),
                "看取り 可 電話 11/20(金) 山田花子、IVH 要相談 アンケート 春",
            ),
            (Kind::Office, "accepting", json!("ask"), "要相談"),
            (Kind::Office, "kind", Value::Null, "(なし)"),
            (Kind::Operator, "left", json!(true), "true"),
        ] {
            assert_eq!(told(kind, member, &value, &names, &look), words, "{member}");
        }
    }
}
