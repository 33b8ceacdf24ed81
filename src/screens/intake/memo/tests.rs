//! Whatever is typed, pasted, deleted, taken back or changed beside it: text and fields say the same.

use std::time::Duration;

use chrono::DateTime;
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::app::msg::{Msg, Now, Opening};
use crate::app::{App, Config};
use crate::desk::id::Id;
use crate::desk::record::{Kind, RecordKey};
use crate::keys::Keymap;
use crate::locale::Lang;
use crate::runtime::headless::parse;
use crate::widgets::theme::Theme;

fn now() -> Now {
    let wall = DateTime::parse_from_rfc3339("2026-11-24T14:29:00+09:00").unwrap();
    Now { wall, mono: Duration::from_secs(1) }
}

/// A desk with a few offices, two of one name, and a call with its memo in focus.
fn desk() -> App {
    let theme = Theme::default();
    let mut app =
        App::new(Config { lang: Some(Lang::Ja), keymap: Keymap::default(), theme, seed: [1; 32], now: now() });
    let office = |n: u8, name: &str, kind: &str, staff: &str| {
        let staff = json!({ Id::from_bytes([n; 16]).to_string(): { "name": staff, "kana": "かくう" } });
        let value = json!({"name": name, "kind": kind, "phone": format!("0834-00-00{n:02}"), "staff": staff});
        (RecordKey::new(Kind::Office, Id::from_bytes([n; 16])), value)
    };
    let records = vec![
        (RecordKey::new(Kind::Operator, Id::from_bytes([7; 16])), json!({"name": "山田 花子"})),
        office(11, "架空病院", "1", "窓口 花"),
        office(12, "架空薬局", "4", "試験 一郎"),
        office(13, "同名 医院", "2", "北 次郎"),
        office(14, "同名 医院", "2", "南 三郎"),
    ];
    // Enough calls for usual answers: the fields that Enter goes through propose something.
    let call = |n: u8| {
        let operator = Id::from_bytes([7; 16]).to_string();
        let value = json!({"at": now().wall, "operator": operator, "visit": "1", "scene": "1", "direction": "1"});
        (RecordKey::new(Kind::Contact, Id::from_bytes([n; 16])), value)
    };
    let records = records.into_iter().chain((30..40).map(call)).collect();
    app.update(now(), Msg::Opened(Box::new(Opening { records, ..Opening::default() })));
    assert!(app.model.habits.usual("scene", Id::from_bytes([7; 16]), app.model.today()).is_some());
    press(&mut app, "f7 ctrl-t");
    app
}

fn press(app: &mut App, keys: &str) {
    for key in parse(keys).unwrap() {
        app.update(now(), Msg::Key(key));
    }
}

/// What the memo of a call says, read anew from its text.
fn said(call: &Call, app: &App) -> Vec<Said> {
    let mut labels = Labels::default();
    labels.refresh(&app.model);
    read(call.form.values(), &labels, &app.model).into_iter().map(|token| token.said).collect()
}

fn front(app: &App) -> &Call {
    app.intake().current().unwrap()
}

fn text_of(call: &Call) -> String {
    call.form.values().text(Target::Contact, TEXT).to_owned()
}

/// Fails where a memo says what its slip does not.
fn agree(app: &App, labels: &Labels) -> Result<(), TestCaseError> {
    for call in app.intake().calls() {
        let slip = call.form.values();
        for token in read(slip, labels, &app.model) {
            prop_assert!(holds(&token.said, slip), "{:?} in {:?}", token.said, text_of(call));
        }
    }
    Ok(())
}

/// One thing that a person does.
#[derive(Debug, Clone)]
enum Deed {
    Type(String),
    Paste(String),
    Press(&'static str),
}

fn fragment() -> impl Strategy<Value = String> {
    let words = [
        "#",
        "＃",
        ">",
        "＞",
        "@",
        "＠",
        "!",
        "！",
        "*",
        "＊",
        ";",
        "；",
        " ",
        "　",
        "、",
        "\n",
        "看取り",
        "退院・転院",
        "mitori",
        "h",
        "架空病院",
        "架空",
        "同名 医院",
        "窓口 花",
        "ケアマネ",
        "本人",
        "12/5",
        "12/5(土)",
        "12/5(日)",
        "+7",
        "返事",
        "定例会",
        "kk",
        "{",
        "}",
        "38",
        "a",
        "の",
    ];
    prop::sample::select(words.map(str::to_owned).to_vec())
}

fn deed() -> impl Strategy<Value = Deed> {
    let tokens = [
        "#看取り ",
        "＃訪看 ",
        ">架空病院 ",
        "＞架空薬局\n",
        "@架空病院 窓口 花 ",
        "@ケアマネ ",
        "＠包括 ",
        "!12/5(土) 返事を待つ\n",
        "！1/8 電話\n",
        "*定例会 ",
        ">同名 医院 ",
        "@窓口 花 ",
    ];
    let presses = [
        "backspace",
        "backspace",
        "delete",
        "left",
        "left",
        "right",
        "home",
        "end",
        "up",
        "down",
        "enter",
        "enter",
        "esc f2",
        "ctrl-z",
        "f8",
        "alt-u",
        "ctrl-t",
        "ctrl-k",
        "ctrl-u",
        "tab",
        "shift-tab",
        "pagedown",
        "f7",
        "f9",
        "alt-1",
        "shift-f9",
        // Another form of the slip, where the memo is on each.
        "alt-f",
        "alt-f ctrl-t",
        // The topic, the kind of caller, what is next, the name: in their fields, and back to the memo.
        "ctrl-t shift-tab shift-tab shift-tab \"h\" ctrl-t",
        "pageup pagedown pageup pagedown pageup \"2\" ctrl-t",
        "ctrl-t tab tab tab tab \"電話\" tab \"+3\" ctrl-t",
        // What is proposed there, or nothing.
        "ctrl-t shift-tab shift-tab enter ctrl-t",
        "ctrl-t tab enter enter ctrl-t",
        "ctrl-t tab tab tab tab tab \"+3\" tab ctrl-t",
        "ctrl-f \"架空薬局\" enter",
        "ctrl-f \"同名\" enter",
    ];
    prop_oneof![
        4 => fragment().prop_map(Deed::Type),
        3 => prop::sample::select(tokens.map(str::to_owned).to_vec()).prop_map(Deed::Type),
        2 => prop::collection::vec(fragment(), 1..6).prop_map(|parts| Deed::Paste(parts.concat())),
        5 => prop::sample::select(presses.to_vec()).prop_map(Deed::Press),
    ]
}

fn carry_out(app: &mut App, deed: &Deed) {
    match deed {
        // As an input method commits: one key a character.
        Deed::Type(text) => {
            for c in text.chars() {
                let key = if c == '\n' { "ctrl-b".parse().unwrap() } else { crate::keys::Key::char(c) };
                app.update(now(), Msg::Key(key));
            }
        }
        Deed::Paste(text) => _ = app.update(now(), Msg::Paste(text.clone())),
        Deed::Press(keys) => press(app, keys),
    }
    if app.screen() != crate::screens::ScreenName::Intake {
        press(app, "f2");
    }
}

/// What a memo said before and says no more, though nothing that it says now means it too.
fn gone(before: &[Said], after: &[Said]) -> Vec<Said> {
    let means_too = |said: &Said| {
        after.iter().any(|other| match (said, other) {
            (Said::Next { .. }, Said::Next { .. }) | (Said::Kind(_) | Said::Caller { .. }, Said::Caller { .. }) => true,
            _ => said == other,
        })
    };
    before.iter().filter(|said| !means_too(said)).cloned().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn text_and_fields_agree_after_every_deed(deeds in prop::collection::vec(deed(), 1..40)) {
        let mut app = desk();
        let mut labels = Labels::default();
        labels.refresh(&app.model);
        for deed in deeds {
            let (id, before) = (front(&app).id, said(front(&app), &app));
            carry_out(&mut app, &deed);
            agree(&app, &labels)?;
            // A token that was deleted leaves nothing behind; an undo puts fields back as they were.
            let undone = matches!(deed, Deed::Press("ctrl-z"));
            let taken = matches!(deed, Deed::Press(keys) if keys.starts_with("ctrl-f"));
            if front(&app).id == id && !undone && !taken {
                let slip = front(&app).form.values();
                for said in gone(&before, &said(front(&app), &app)) {
                    prop_assert!(!holds(&said, slip), "{said:?} is gone from {:?}", text_of(front(&app)));
                }
            }
        }
        // A draft comes back with the same words and the same fields.
        for call in app.intake().calls() {
            let draft = call.draft(now().mono);
            let mut back = Call::restore(call.id, &draft, &app.model).unwrap();
            back.memo.agree(&mut back.form, &mut labels, &app.model);
            prop_assert_eq!(back.form.values(), call.form.values());
        }
    }
}

#[test]
fn two_offices_of_one_name_are_told_apart_by_choosing() {
    let mut app = desk();
    // The name alone does not say which: it stays text.
    press(&mut app, "\">同名\" esc \" 医院 \"");
    assert_eq!(front(&app).form.values().get(Target::Contact, "offices"), None);
    press(&mut app, "\">同名\" down enter");
    let offices = front(&app).form.values().get(Target::Contact, "offices").unwrap().as_object().unwrap().len();
    assert_eq!(offices, 1);
    assert!(said(front(&app), &app).contains(&Said::Office("同名 医院".to_owned())));
    assert!(text_of(front(&app)).ends_with(">同名 医院 "));
}

#[test]
fn a_name_that_is_changed_on_the_form_is_no_token_any_more() {
    let mut app = desk();
    press(&mut app, "\"@窓口\" enter");
    assert!(text_of(front(&app)).ends_with("@架空病院 窓口 花 "), "{}", text_of(front(&app)));
    press(&mut app, "pageup pagedown tab \"子\"");
    assert!(text_of(front(&app)).ends_with(" 架空病院 窓口 花 "), "{}", text_of(front(&app)));
    assert_eq!(front(&app).form.values().text(Target::Contact, "phone"), "0834-00-0011");
}

#[test]
fn a_letter_before_the_sign_or_behind_the_label_makes_plain_words_and_clears() {
    for keys in ["home left \"は\"", "home \"は\"", "backspace \"は\""] {
        let mut app = desk();
        press(&mut app, "ctrl-u \"@窓口\" enter");
        assert_eq!(front(&app).form.values().text(Target::Contact, "caller_name"), "窓口 花");
        press(&mut app, keys);
        assert_eq!(front(&app).form.values().text(Target::Contact, "caller_name"), "", "{keys}");
        assert!(text_of(front(&app)).contains("@架空病院 窓口 花"), "{keys}: {}", text_of(front(&app)));
    }
}

#[test]
fn a_kind_of_caller_that_was_typed_stays_when_an_office_is_taken_out_of_the_text() {
    // The directory's 架空病院 calls as 3. Typed before, typed as the same, left to the token.
    for (typed, kept) in [("\"1\"", "1"), ("\"3\"", "3"), ("tab", "")] {
        let mut app = desk();
        press(&mut app, &format!("pageup pagedown {typed} ctrl-t ctrl-u \"@窓口\" enter"));
        let with = if kept.is_empty() { "3" } else { kept };
        assert_eq!(front(&app).form.values().text(Target::Contact, "caller_kind"), with, "{typed}");
        press(&mut app, "ctrl-u");
        assert_eq!(front(&app).form.values().text(Target::Contact, "caller_kind"), kept, "{typed}");
        assert_eq!(front(&app).form.values().text(Target::Contact, "caller_name"), "", "{typed}");
    }
}
