//! Which offices are sent a sheet, and where the sheets go: one office, or all of some kinds and areas.

use crate::app::hands::{Hands, Tone};
use crate::app::sheets::{SheetWish, wish};
use crate::desk::id::Id;
use crate::desk::office::Office;
use crate::desk::say::Say;
use crate::popups::offices::Offices;
use crate::popups::picker::{Choice, Picker};
use crate::popups::prompt::Prompt;
use crate::popups::sheet::Sheet;
use crate::screens::form::Form;
use crate::screens::form::field::{Field, FieldKind, Target, field};
use crate::screens::form::values::Values;
use crate::search::fold;

/// Which offices.
const WHICH: &[Field] = &[
    field(Target::Survey, "kinds", FieldKind::Codes("office-kind"), 0, 0, 1),
    field(Target::Survey, "areas", FieldKind::Line, 0, 1, 1),
    field(Target::Survey, "folder", FieldKind::Line, 0, 2, 1),
];

/// Asks whether it is one office or many.
pub(super) fn ask(hands: &mut Hands<'_>) {
    let choice = |code: &str, key, label: &str| Choice {
        code: code.to_owned(),
        key: Some(key),
        label: hands.locale.t(label).into_owned(),
    };
    let choices = vec![choice("one", '1', "proposal-make-one"), choice("many", '2', "proposal-make-many")];
    hands.open(Picker::new(Say::new("proposal-make-title"), choices, None, |hands, code| {
        if code == "one" { one(hands) } else { many(hands) }
    }));
}

fn one(hands: &mut Hands<'_>) {
    let popup = Offices::new(Say::new("proposal-make-whose"), Vec::new(), hands, |hands, office| {
        into_folder(hands, move |folder| SheetWish::MakeProposals(vec![office], folder));
    });
    hands.open(popup);
}

/// Asks for the folder of what is written.
pub fn into_folder(hands: &mut Hands<'_>, made: impl Fn(String) -> SheetWish + 'static) {
    let folder = hands.model.desk.paper_folder.clone();
    let (title, about) = (Say::new("proposal-folder-title"), Say::new("proposal-folder-about"));
    hands.open(Prompt::new(title, about, &folder, move |hands, typed| {
        if typed.trim().is_empty() {
            return Err(Say::new("proposal-folder-empty"));
        }
        wish(hands, made(typed.trim().to_owned()));
        Ok(())
    }));
}

fn many(hands: &mut Hands<'_>) {
    let mut values = Values::default();
    values.set_text(Target::Survey, "folder", &hands.model.desk.paper_folder);
    hands.open(Sheet::new(Say::new("proposal-make-title"), Form::new(WHICH, values), |hands, values| {
        let folder = fold::one_line(values.text(Target::Survey, "folder"));
        if folder.is_empty() {
            return Err(Say::new("proposal-folder-empty"));
        }
        let ids = meant(values, hands);
        if ids.is_empty() {
            return Err(Say::new("survey-nobody"));
        }
        hands.say(Say::new("proposal-busy"), Tone::Good);
        wish(hands, SheetWish::MakeProposals(ids, folder));
        Ok(())
    }));
}

/// The offices of the kinds and areas of a sheet; none named: all.
pub fn meant(values: &Values, hands: &Hands<'_>) -> Vec<Id> {
    let kinds = values.codes(Target::Survey, "kinds");
    let areas = fold::one_line(values.text(Target::Survey, "areas"));
    let areas: Vec<&str> = areas.split(|c: char| c == ',' || c == '\u{3001}' || c.is_whitespace()).collect();
    let areas: Vec<&str> = areas.into_iter().filter(|area| !area.is_empty()).collect();
    let fits = |office: &Office| {
        !office.removed
            && (kinds.is_empty() || kinds.contains(&office.kind.as_str()))
            && (areas.is_empty() || areas.iter().any(|area| fold::same(area, &office.area)))
    };
    hands.model.offices.iter().filter(|(_, office)| fits(office)).map(|(id, _)| *id).collect()
}
