//! The slip under saves and forms.

use std::time::Duration;

use chrono::DateTime;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::app::msg::{Effect, Msg, Now, Opening};
use crate::app::{App, Config};
use crate::desk::id::Id;
use crate::desk::record::{Kind, RecordKey};
use crate::desk::slip::SlipForm;
use crate::keys::Keymap;
use crate::locale::Lang;
use crate::runtime::headless::parse;
use crate::screens::form::field::{Field, Target};
use crate::screens::intake::call::Call;
use crate::widgets::theme::Theme;

#[test]
fn nothing_is_written_on_a_slip_that_is_being_saved() {
    let wall = DateTime::parse_from_rfc3339("2026-11-24T14:29:00+09:00").unwrap();
    let now = Now { wall, mono: Duration::from_secs(1) };
    let theme = Theme::default();
    let mut app = App::new(Config { lang: Some(Lang::Ja), keymap: Keymap::default(), theme, seed: [1; 32], now });
    let operator = RecordKey::new(Kind::Operator, Id::from_bytes([7; 16]));
    let records = vec![(operator, json!({"name": "山田 花子"}))];
    app.update(now, Msg::Opened(Box::new(Opening { records, ..Opening::default() })));
    let mut press = |keys: &str| {
        let keys = parse(keys).unwrap();
        keys.into_iter().flat_map(|key| app.update(now, Msg::Key(key))).collect::<Vec<Effect>>()
    };
    press("f7 \"1架空\"");
    let saved = press("ctrl-s");
    assert!(saved.iter().any(|effect| matches!(effect, Effect::Commit { .. })), "the answer is on its way");
    press("\"一郎\" backspace f8 ctrl-t");
    let values = app.intake().current().unwrap().form.values();
    assert_eq!(values.text(Target::Contact, "caller_name"), "架空");
    assert_eq!(values.text(Target::Contact, "text"), "");
    assert_eq!(values.get(Target::Case, "flag"), None);
}

/// An app with a desk of one operator.
fn desk() -> (App, Now) {
    let wall = DateTime::parse_from_rfc3339("2026-11-24T14:29:00+09:00").unwrap();
    let now = Now { wall, mono: Duration::from_secs(1) };
    let theme = Theme::default();
    let mut app = App::new(Config { lang: Some(Lang::Ja), keymap: Keymap::default(), theme, seed: [1; 32], now });
    let operator = RecordKey::new(Kind::Operator, Id::from_bytes([7; 16]));
    let records = vec![(operator, json!({"name": "山田 花子"}))];
    app.update(now, Msg::Opened(Box::new(Opening { records, ..Opening::default() })));
    (app, now)
}

/// A step at the slip: to the next form, to another field, or something typed where the focus is.
#[derive(Debug, Clone)]
enum Step {
    Form,
    Next,
    Back,
    Page,
    Type(&'static str),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => Just(Step::Form),
        4 => Just(Step::Next),
        1 => Just(Step::Back),
        1 => Just(Step::Page),
        4 => prop::sample::select(vec!["1", "2", "架空", "ｶｸｳ", "12/5", "昭和15年13月", "e", "+7", "#退院 "])
            .prop_map(Step::Type),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn whatever_form_it_is_on_nothing_that_was_written_goes(steps in prop::collection::vec(step(), 1..40)) {
        let (mut app, now) = desk();
        let press = |app: &mut App, keys: &str| {
            let mut fields = Vec::new();
            for key in parse(keys).unwrap() {
                let call = app.intake().current();
                fields.extend(call.and_then(|call| call.form.field()).map(Field::name));
                app.update(now, Msg::Key(key));
            }
            fields
        };
        press(&mut app, "f7");
        for step in steps {
            let call = app.intake().current().unwrap();
            let before = call.form.values().to_json();
            // A code that was taken leads on: what is typed behind it goes into the next field.
            let fields = match step {
                Step::Form => press(&mut app, "alt-f"),
                Step::Next => press(&mut app, "tab"),
                Step::Back => press(&mut app, "shift-tab"),
                Step::Page => press(&mut app, "pagedown"),
                Step::Type(text) => press(&mut app, &format!("\"{text}\"")),
            };
            let call = app.intake().current().unwrap();
            let after = call.form.values().to_json();
            // What was there is there still, but for the field in which something was typed and the form itself.
            for part in ["contact", "case"] {
                for (member, value) in before.get(part).and_then(Value::as_object).into_iter().flatten() {
                    let own = format!("{part}.{member}");
                    let now = after.get(part).and_then(|record| record.get(member));
                    let typed = matches!(step, Step::Type(_));
                    // A number that was typed is spelt as numbers are when its field is left, by whatever key.
                    let may_change = member == "form" || (fields.contains(&own) && (typed || now.is_some()));
                    prop_assert!(may_change || now == Some(value), "{own} was {value}, is {now:?} after {step:?}");
                }
            }
            let said = SlipForm::of(call.form.values().text(Target::Contact, "form"));
            prop_assert_eq!(said, call.form_kind());
            prop_assert!(call.form.field().is_some());
            // The draft opens on the same form again.
            let again = Call::restore(call.id, &call.draft(Duration::ZERO), &app.model).unwrap();
            prop_assert_eq!(again.form_kind(), said);
            prop_assert_eq!(again.form.focused(), call.form.focused());
        }
    }
}
