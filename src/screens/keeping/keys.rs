//! What is done with keys from the list of operators: each is a few lines in a popup, and a task for the runtime.

use crate::app::hands::{Hands, Request, Tone};
use crate::app::model::Model;
use crate::app::msg::KeysTask;
use crate::desk::id::Id;
use crate::desk::operator::{Operator, Role};
use crate::desk::say::Say;
use crate::desk::secret::Secret;
use crate::popups::confirm::Confirm;
use crate::popups::keys_sheet::KeysSheet;
use crate::screens::entry::lines::{self, Line, Lines};

/// The names that a passphrase of this operator must not be made of.
fn known(operator: &Operator, model: &Model) -> Vec<String> {
    vec![operator.name.clone(), operator.kana.clone(), model.desk.name.clone()]
}

fn new_passphrase(lines: &Lines, second: bool, known: &[String]) -> Result<Secret, (&'static str, Say)> {
    let names: Vec<&str> = known.iter().map(String::as_str).collect();
    lines::checked(lines, second, &names)
}

fn wants_second(lines: &Lines) -> bool {
    lines.chosen("second") == 1
}

/// The choice whether there is to be a second factor.
fn second_choice(hands: &Hands<'_>) -> Line {
    let choices = ["entry-second-no", "entry-second-yes"].map(|key| hands.locale.t(key).into_owned());
    Line::choice("second", "entry-second", choices.into())
}

/// Whether who sits at the desk has a second factor.
fn has_second(model: &Model) -> bool {
    model.holders.iter().any(|holder| holder.operator == model.me && holder.second == Some(true))
}

/// Whether this operator can open the desk; while that is not known, yes.
pub fn has_key(id: Id, model: &Model) -> bool {
    model.holders.is_empty() || model.holders.iter().any(|holder| holder.operator == id)
}

/// The key of a new operator, whose record was filled in.
pub fn add(id: Id, operator: Operator, hands: &mut Hands<'_>) {
    let known = known(&operator, hands.model);
    let [new, again] = lines::new_passphrase();
    let lines = Lines::new(vec![second_choice(hands), new, again]);
    let title = Say::new("keeping-key-of").with("name", operator.name.clone());
    let names = known.clone();
    let sheet = KeysSheet::new(title, "keeping-key-add-about", lines, move |lines, second| {
        let passphrase = new_passphrase(lines, wants_second(lines), &names)?;
        Ok(KeysTask::AddOperator { id, operator: Box::new(operator.clone()), passphrase, second })
    });
    hands.open(sheet.known(known).second(wants_second));
}

/// A new passphrase for an operator who forgot theirs.
pub fn give(id: Id, operator: &Operator, hands: &mut Hands<'_>) {
    let known = known(operator, hands.model);
    let names = known.clone();
    let title = Say::new("keeping-key-of").with("name", operator.name.clone());
    let lines = Lines::new(lines::new_passphrase().into());
    let sheet = KeysSheet::new(title, "keeping-key-give-about", lines, move |lines, _| {
        Ok(KeysTask::GivePassphrase { id, passphrase: new_passphrase(lines, false, &names)? })
    });
    hands.open(sheet.known(known));
}

/// One's own passphrase.
pub fn change_own(hands: &mut Hands<'_>) {
    let Some(me) = hands.model.operators.get(&hands.model.me) else { return };
    let known = known(me, hands.model);
    let names = known.clone();
    let second = has_second(hands.model);
    let mut all = vec![Line::secret("old", "keeping-key-old")];
    if second {
        all.push(Line::text("code", "entry-code"));
    }
    all.extend(lines::new_passphrase());
    let title = Say::new("keeping-key-own");
    let sheet = KeysSheet::new(title, "keeping-key-own-about", Lines::new(all), move |lines, _| {
        let old = old(lines)?;
        let new = new_passphrase(lines, second, &names)?;
        Ok(KeysTask::ChangePassphrase { old, new, code: lines.digits("code") })
    });
    hands.open(sheet.known(known));
}

fn old(lines: &Lines) -> Result<Secret, (&'static str, Say)> {
    let old = lines.passphrase("old");
    if old.is_empty() { Err(("old", Say::new("keeping-key-old-missing"))) } else { Ok(old) }
}

/// One's own second factor: set up, or replaced, or taken away.
pub fn second_factor(hands: &mut Hands<'_>) {
    let title = Say::new("keeping-second");
    let passphrase = Line::secret("old", "entry-passphrase");
    if !has_second(hands.model) {
        let lines = Lines::new(vec![passphrase]);
        let sheet = KeysSheet::new(title, "keeping-second-add-about", lines, |lines, second| {
            // Asked first without one, only to look at the lines.
            let second = second.unwrap_or_else(nothing);
            Ok(KeysTask::SetSecondFactor { passphrase: old(lines)?, code: None, second })
        });
        hands.open(sheet.second(|_| true));
        return;
    }
    let choices = ["keeping-second-replace", "keeping-second-drop"].map(|key| hands.locale.t(key).into_owned());
    let what = Line::choice("what", "keeping-second-what", choices.into());
    let lines = Lines::new(vec![what, passphrase, Line::text("code", "entry-code")]);
    let sheet = KeysSheet::new(title, "keeping-second-about", lines, |lines, second| {
        let (passphrase, code) = (old(lines)?, lines.digits("code").unwrap_or_default());
        if lines.chosen("what") == 1 {
            return Ok(KeysTask::DropSecondFactor { passphrase, code });
        }
        Ok(KeysTask::SetSecondFactor { passphrase, code: Some(code), second: second.unwrap_or_else(nothing) })
    });
    hands.open(sheet.second(|lines| lines.chosen("what") == 0));
}

/// Stands for a second factor that is yet to be set up: such a task is never sent.
fn nothing() -> crate::app::msg::NewSecond {
    crate::app::msg::NewSecond { secret: Secret::default(), code: String::new() }
}

/// Asks whether an operator who left is to lose their key.
pub fn remove(id: Id, operator: &Operator, hands: &mut Hands<'_>) {
    if id == hands.model.me {
        return hands.say(Say::new("keeping-remove-self"), Tone::Warning);
    }
    let others = hands.model.present_operators().into_iter().filter(|(other, _)| *other != id);
    let supervisors = others.filter(|(_, other)| Role::from_code(&other.role) == Role::Supervisor).count();
    if Role::from_code(&operator.role) == Role::Supervisor && supervisors == 0 {
        return hands.say(Say::new("keeping-last-supervisor"), Tone::Warning);
    }
    let cases = hands.model.open_cases().filter(|case| case.operator == id).count();
    let question =
        Say::new("keeping-remove-question").with("name", operator.name.clone()).with("cases", cases.to_string());
    hands.open(Confirm::new(question, move |hands| hands.ask(Request::Keys(KeysTask::RemoveOperator { id }))));
}

/// Asks whether the recovery key is to be made anew.
pub fn renew_recovery(hands: &mut Hands<'_>) {
    let question = Say::new("keeping-recovery-question");
    hands.open(Confirm::new(question, |hands| hands.ask(Request::Keys(KeysTask::NewRecoveryKey))));
}
