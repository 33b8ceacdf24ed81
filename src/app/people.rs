//! Who sits at the desk: at a sealed one whoever gives their passphrase, at one in clear whoever is chosen. Knows no
//! screen.

use super::App;
use super::hands::Request;
use super::model::Phase;
use crate::desk::operator::Operator;
use crate::desk::say::Say;
use crate::popups::picker::{Choice, Picker};

impl App {
    /// Lets another operator sit down. At a sealed desk the lock asks who: nobody works under another's name.
    pub(super) fn choose_operator(&mut self) {
        if self.model.phase != Phase::Ready {
            return;
        }
        if self.model.sealed {
            return self.lock();
        }
        let label = |o: &Operator| [o.name.as_str(), &o.kana].join("  ").trim_end().to_owned();
        let choosable = self.model.around().choosable();
        let choices: Vec<Choice> =
            choosable.map(|(key, id, o)| Choice { code: id.to_string(), key: Some(key), label: label(o) }).collect();
        let me = self.model.me.to_string();
        self.open(Box::new(Picker::new(Say::new("people-switch"), choices, Some(&me), |hands, code| {
            if let Ok(id) = code.parse() {
                hands.ask(Request::WorkAs(id));
            }
        })));
    }
}
