//! The language on the screen: who said it last, and what follows when nobody did.

use super::App;
use super::commits::Pending;
use crate::desk::edits;
use crate::desk::operator::Operator;
use crate::locale::{Lang, Locale};

impl App {
    /// The environment's language: for as long as neither the command line, the operator nor the desk says one.
    pub fn suggest_language(&mut self, lang: Lang) {
        if !self.lang_given && lang != self.locale.lang() {
            self.locale = Locale::new(lang);
            self.dirty = true;
        }
    }

    /// The operator's language, else the desk's, where the command line did not say one.
    pub(super) fn follow_language(&mut self) {
        let own = self.model.operators.get(&self.model.me).map(|o| o.language.as_str()).unwrap_or_default();
        let lang = Lang::from_code(own).or_else(|| Lang::from_code(&self.model.desk.language));
        if let Some(lang) = lang.filter(|lang| *lang != self.locale.lang()) {
            self.locale = Locale::new(lang);
        }
    }

    pub(super) fn speak(&mut self, lang: Lang) {
        self.locale = Locale::new(lang);
        self.lang_given = true;
        self.dirty = true;
        let me = self.model.me;
        if let Some(before) = self.model.operators.get(&me) {
            let after = Operator { language: lang.code().to_owned(), ..before.clone() };
            if let Some(batch) = edits::edit_operator(me, me, before, &after) {
                self.commit(batch, Pending::Plain);
            }
        }
    }
}
