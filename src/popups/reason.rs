//! Why a case of another operator is looked at: a list of usual reasons, and a line for any other.

use super::picker::{Choice, Picker};
use super::prompt::Prompt;
use crate::app::hands::{Hands, Request};
use crate::desk::id::Id;
use crate::desk::say::Say;

/// The usual reasons, with the keys that choose them. What is kept is the sentence, so that the log says it later too.
const REASONS: [(char, &str); 5] = [
    ('1', "access-reason-cover"),
    ('2', "access-reason-asked"),
    ('3', "access-reason-caller"),
    ('4', "access-reason-meeting"),
    ('5', "access-reason-check"),
];

/// What stands for a reason in one's own words.
const OWN: &str = "own";

/// Asks why `case` is looked at, then does `then`. Nothing is done when nobody answers.
pub fn ask(case: Id, hands: &mut Hands<'_>, then: impl FnOnce(&mut Hands<'_>) + 'static) {
    let brief = hands.model.brief(case);
    let number = brief.map(|brief| brief.number().to_string()).unwrap_or_default();
    let name = brief.map(|brief| hands.model.operator_name(brief.operator).to_owned()).unwrap_or_default();
    let choice = |key, code: &str, label| Choice { code: code.to_owned(), key: Some(key), label };
    let mut choices: Vec<Choice> =
        REASONS.iter().map(|(key, code)| choice(*key, code, hands.locale.t(code).into_owned())).collect();
    choices.push(choice('6', OWN, hands.locale.t("access-reason-own").into_owned()));
    let title = Say::new("access-reason-title").with("number", number).with("name", name);
    let own_title = title.clone();
    hands.open(Picker::new(title, choices, None, move |hands, code| {
        if code == OWN {
            write(case, own_title, hands, then);
        } else {
            let reason = hands.locale.t(code).into_owned();
            give(case, reason, hands, then);
        }
    }));
}

fn write(case: Id, title: Say, hands: &mut Hands<'_>, then: impl FnOnce(&mut Hands<'_>) + 'static) {
    let mut then = Some(then);
    hands.open(Prompt::new(title, Say::new("access-reason-about"), "", move |hands, text| {
        if text.trim().is_empty() {
            return Err(Say::new("access-reason-empty"));
        }
        if let Some(then) = then.take() {
            give(case, text.trim().to_owned(), hands, then);
        }
        Ok(())
    }));
}

fn give(case: Id, reason: String, hands: &mut Hands<'_>, then: impl FnOnce(&mut Hands<'_>)) {
    hands.ask(Request::GiveReason(case, reason));
    then(hands);
}
