//! The beginning of a round: over which offices.

use crate::app::hands::{Hands, Tone};
use crate::app::model::Model;
use crate::desk::codebook::label_key;
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::round::{Round, Scope, offices_for};
use crate::desk::say::Say;
use crate::popups::picker::{Choice, Picker};

/// The offices that a scope means now, and how many more than a round holds.
fn found(scope: Scope, of: &str, model: &Model) -> (Vec<Id>, usize) {
    let uses = model.uses();
    let offices = model.offices.iter().map(|(id, office)| (*id, office.as_ref()));
    let used = |id| uses.get(&id).copied().unwrap_or_default();
    offices_for((scope, of), offices, used, (model.today(), model.desk.verify_months()))
}

/// Asks over which offices, then begins the round under this identity.
pub(super) fn ask(id: Id, hands: &mut Hands<'_>) {
    let model = hands.model;
    let choices = Scope::ALL.into_iter().zip('1'..).map(|(scope, key)| {
        let label = hands.locale.t(&label_key("round-scope", scope.code())).into_owned();
        let label = if matches!(scope, Scope::Kind | Scope::Area) {
            hands.locale.f("rounds-scope-of", &[("scope", &label)]).into_owned()
        } else {
            let (ids, more) = found(scope, "", model);
            let count = (ids.len() + more).to_string();
            hands.locale.f("rounds-scope-count", &[("scope", &label), ("count", &count)]).into_owned()
        };
        Choice { code: scope.code().to_owned(), key: Some(key), label }
    });
    let choices = choices.collect();
    hands.open(Picker::new(
        Say::new("rounds-begin-title"),
        choices,
        Some("1"),
        move |hands, code| match Scope::from_code(code) {
            Some(Scope::Kind) => ask_kind(id, hands),
            Some(Scope::Area) => ask_area(id, hands),
            Some(scope) => begin(id, scope, "", hands),
            None => {}
        },
    ));
}

fn ask_kind(id: Id, hands: &mut Hands<'_>) {
    let list = "office-kind";
    let kinds = hands.model.codebook.offered(list, hands.today()).map(|entry| Choice {
        code: entry.code.clone(),
        key: entry.key,
        label: entry.label.clone().unwrap_or_else(|| hands.locale.t(&label_key(list, &entry.code)).into_owned()),
    });
    let kinds = kinds.collect();
    hands.open(Picker::new(Say::new("rounds-which-kind"), kinds, None, move |hands, kind| {
        begin(id, Scope::Kind, kind, hands);
    }));
}

fn ask_area(id: Id, hands: &mut Hands<'_>) {
    let mut areas: Vec<&str> = hands.model.desk.areas.iter().map(String::as_str).collect();
    let own = areas.len();
    areas.extend(hands.model.offices.values().filter(|office| !office.removed).map(|office| office.area.as_str()));
    // The desk's own order first; others by name.
    let mut others = areas.split_off(own);
    others.sort_unstable();
    others.dedup();
    others.retain(|area| !area.is_empty() && !areas.contains(area));
    areas.extend(others);
    if areas.is_empty() {
        return hands.say(Say::new("directory-no-areas"), Tone::Warning);
    }
    let keys = ('1'..='9').chain('a'..='z').map(Some).chain(std::iter::repeat(None));
    let choice = |(area, key): (&str, _)| Choice { code: area.to_owned(), key, label: area.to_owned() };
    let choices = areas.into_iter().zip(keys).map(choice).collect();
    hands.open(Picker::new(Say::new("rounds-which-area"), choices, None, move |hands, area| {
        begin(id, Scope::Area, area, hands);
    }));
}

fn begin(id: Id, scope: Scope, of: &str, hands: &mut Hands<'_>) {
    let (ids, more) = found(scope, of, hands.model);
    if ids.is_empty() {
        return hands.say(Say::new("rounds-none-to-ask"), Tone::Good);
    }
    let count = ids.len().to_string();
    let round = Round::over(ids, scope, of, hands.model.me, hands.today());
    hands.commit(edits::begin_round(hands.model.me, id, &round));
    if more > 0 {
        let say = Say::new("rounds-more").with("count", count).with("more", more.to_string());
        hands.say(say, Tone::Warning);
    }
}
