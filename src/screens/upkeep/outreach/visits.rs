//! The offices of an activity: added one after the other by typing, and whom one met there.

use crate::app::fares::number;
use crate::app::hands::Hands;
use crate::desk::activity::Visit;
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::say::Say;
use crate::popups::offices::Offices;
use crate::popups::picker::{Choice, Picker};
use crate::popups::prompt::Prompt;

/// Adds an office, and asks for the next one until Esc.
pub(super) fn add(activity: Id, hands: &mut Hands<'_>) {
    let popup = Offices::new(Say::new("outreach-add-visit"), Vec::new(), hands, move |hands, office| {
        if let Some(found) = hands.model.activities.get(&activity) {
            let known = found.offices.get(&office).filter(|visit| visit.visited);
            if known.is_none() {
                let order = found.offices.values().map(|visit| visit.order).max().unwrap_or_default() + 1;
                let visit = Visit { visited: true, order, ..Visit::default() };
                hands.commit(edits::set_visit(hands.model.me, activity, office, Some(&visit)));
            }
        }
        add(activity, hands);
    });
    hands.open(popup);
}

/// Asks whom one met at this office and how many flyers it got.
pub(super) fn ask(activity: Id, office: Id, hands: &mut Hands<'_>) {
    let found = hands.model.activities.get(&activity).and_then(|activity| activity.offices.get(&office));
    if let Some(visit) = found.cloned() {
        asking(activity, office, visit, hands);
    }
}

/// One key a person; the list comes again until all is told, and is kept as one deed.
fn asking(activity: Id, office: Id, visit: Visit, hands: &mut Hands<'_>) {
    let Some(found) = hands.model.office(office) else { return };
    let plain = |code: &str, key, label: String| Choice { code: code.to_owned(), key: Some(key), label };
    let mut choices = vec![plain("done", '0', hands.locale.t("outreach-met-done").into_owned())];
    let keys = ('1'..='9').map(Some).chain(std::iter::repeat(None));
    for ((id, person), key) in found.present_staff().into_iter().zip(keys) {
        let met = visit.met.get(&id).copied().unwrap_or_default();
        let who = if person.name.is_empty() { &person.department } else { &person.name };
        let label = if met { "outreach-met-yes" } else { "outreach-met-no" };
        let label = hands.locale.f(label, &[("name", who), ("role", &person.role)]);
        choices.push(Choice { code: id.to_string(), key, label: label.trim_end().to_owned() });
    }
    let flyers = hands.locale.f("outreach-met-flyers", &[("count", &visit.flyers.to_string())]).into_owned();
    choices.push(plain("flyers", 'f', flyers));
    let title = Say::new("outreach-met-title").with("name", found.name.clone());
    hands.open(Picker::new(title, choices, Some("done"), move |hands, code| match code {
        "done" => hands.commit(edits::set_visit(hands.model.me, activity, office, Some(&visit))),
        "flyers" => flyers_of(activity, office, visit, hands),
        person => {
            let mut visit = visit;
            if let Ok(person) = person.parse::<Id>() {
                // What is taken back is written as such: the other members stay as they are.
                let met = visit.met.entry(person).or_default();
                *met = !*met;
            }
            asking(activity, office, visit, hands);
        }
    }));
}

fn flyers_of(activity: Id, office: Id, visit: Visit, hands: &mut Hands<'_>) {
    let text = visit.flyers.to_string();
    let title = Say::new("outreach-flyers-title");
    hands.open(Prompt::new(title, Say::new("outreach-number-about"), &text, move |hands, typed| {
        let flyers = number(typed)?;
        asking(activity, office, Visit { flyers, ..visit.clone() }, hands);
        Ok(())
    }));
}
