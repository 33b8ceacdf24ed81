//! Who sits at the desk: choosing among its operators, and taking in a new one. Knows no screen.

use super::App;
use super::hands::{Hands, Request, Tone};
use super::model::Phase;
use crate::desk::edits;
use crate::desk::operator::Operator;
use crate::desk::say::Say;
use crate::keys::Action;
use crate::popups::picker::{Choice, Picker};
use crate::popups::prompt::Prompt;

/// What stands for "somebody new" among the operators to choose from: no identity is as short.
const NEW: &str = "new";

impl App {
    /// Opens the list of those who may sit at the desk; the last row takes in a new one.
    pub(super) fn choose_operator(&mut self) {
        if self.model.phase != Phase::Ready {
            return;
        }
        let label = |o: &Operator| [o.name.as_str(), &o.kana].join("  ").trim_end().to_owned();
        let mut choices: Vec<Choice> = self
            .model
            .around()
            .choosable()
            .map(|(key, id, o)| Choice { code: id.to_string(), key: Some(key), label: label(o) })
            .collect();
        choices.push(Choice {
            code: NEW.to_owned(),
            key: Some('0'),
            label: self.locale.t(Action::AddOperator.title()).into_owned(),
        });
        let me = self.model.me.to_string();
        let title = Say::new("people-switch");
        self.open(Box::new(Picker::new(title, choices, Some(&me), |hands, code| match code.parse() {
            Ok(id) => hands.ask(Request::WorkAs(id)),
            Err(_) => hands.ask(Request::Act(Action::AddOperator)),
        })));
    }

    /// Asks for the name of a new operator.
    pub(super) fn ask_for_operator(&mut self) {
        if self.model.phase == Phase::Ready {
            let (title, about) = (Say::new("people-add"), Say::new("people-add-about"));
            self.open(Box::new(Prompt::new(title, about, "", add_operator)));
        }
    }
}

/// Keeps a new operator of this name; who sits at the desk stays the same.
fn add_operator(hands: &mut Hands<'_>, name: &str) -> Result<(), Say> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Say::new("people-no-name"));
    }
    if hands.model.present_operators().iter().any(|(_, o)| crate::search::fold::same(&o.name, name)) {
        return Err(Say::new("people-same-name"));
    }
    let id = hands.ids.fresh();
    let operator = Operator { name: name.to_owned(), ..Operator::default() };
    hands.commit(edits::add_operator(hands.model.me, id, &operator));
    hands.say(Say::new("people-added"), Tone::Good);
    Ok(())
}
