//! The sheet of an activity, with 交通費 in one line: `車 600、船 1580 架空島 山田`.

use std::collections::BTreeMap;

use crate::app::fares::{Names, number, parts};
use crate::app::hands::{Hands, Tone};
use crate::app::model::Model;
use crate::desk::activity::{Activity, Fare, Visit};
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::say::Say;
use crate::popups::sheet::Sheet;
use crate::screens::form::Form;
use crate::screens::form::field::{Field, FieldKind, Target, field};
use crate::screens::form::values::Values;
use crate::search::fold;

use FieldKind::{Code, Date, Due, Line, Memo};
use Target::Activity as Of;

/// The fields of an activity.
const ACTIVITY: &[Field] = &[
    field(Of, "kind", Code("activity-kind"), 0, 0, 1),
    field(Of, "on", Date, 0, 0, 1),
    field(Of, "title", Line, 0, 1, 1),
    field(Of, "heads", Line, 0, 2, 1),
    field(Of, "flyers", Line, 0, 2, 1),
    field(Of, "fares", Line, 0, 3, 1),
    field(Of, "operators", Line, 0, 4, 1),
    field(Of, "text", Memo, 0, 5, 1),
    field(Of, "result", Memo, 0, 6, 1),
    field(Of, "next_on", Due, 0, 7, 1),
];

fn names<'a>(hands: &'a Hands<'_>) -> Names<'a> {
    let model = hands.model;
    Names { codebook: &model.codebook, operators: &model.operators, locale: hands.locale }
}

/// Asks for a new activity with these offices.
pub(super) fn add(offices: &[Id], hands: &mut Hands<'_>) {
    let id = hands.ids.fresh();
    let visit = |(id, order): (&Id, u32)| (*id, Visit { visited: true, order, ..Visit::default() });
    let before = Activity {
        on: Some(hands.today()),
        operators: vec![hands.model.me],
        offices: offices.iter().zip(1..).map(visit).collect(),
        ..Activity::default()
    };
    let values = filled(&before, names(hands), hands.model);
    let title = Say::new("outreach-add-title").with("count", offices.len().to_string());
    hands.open(Sheet::new(title, Form::new(ACTIVITY, values), move |hands, values| {
        let after = read(&before, values, hands)?;
        hands.commit(edits::add_activity(hands.model.me, id, &after));
        Ok(())
    }));
}

/// Opens the sheet of an activity.
pub(super) fn edit(id: Id, hands: &mut Hands<'_>) {
    let Some(before) = hands.model.activities.get(&id).cloned() else { return };
    let values = filled(&before, names(hands), hands.model);
    hands.open(Sheet::new(Say::new("outreach-edit-title"), Form::new(ACTIVITY, values), move |hands, values| {
        let after = read(&before, values, hands)?;
        match edits::edit_activity(hands.model.me, id, &before, &after) {
            Some(batch) => hands.commit(batch),
            None => hands.say(Say::new("keeping-unchanged"), Tone::Good),
        }
        Ok(())
    }));
}

fn filled(activity: &Activity, names: Names<'_>, model: &Model) -> Values {
    let mut values = Values::default();
    let count = |n: u32| if n == 0 { String::new() } else { n.to_string() };
    let name = |id: &Id| model.operator_name(*id).replace(char::is_whitespace, "");
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let operators: Vec<String> = activity.operators.iter().map(name).collect();
    let fares: Vec<String> = activity.fares.values().map(|fare| names.written(fare, &name(&fare.operator))).collect();
    for (member, text) in [
        ("kind", activity.kind.clone()),
        ("on", day(activity.on)),
        ("title", activity.title.clone()),
        ("heads", count(activity.heads)),
        ("flyers", each_flyers(activity).map(count).unwrap_or_default()),
        ("fares", fares.join("、")),
        ("operators", operators.join("、")),
        ("text", activity.text.clone()),
        ("result", activity.result.clone()),
        ("next_on", day(activity.next_on)),
    ] {
        values.set_text(Of, member, &text);
    }
    values
}

/// How many flyers each office got, where all got the same.
fn each_flyers(activity: &Activity) -> Option<u32> {
    let tour = activity.tour();
    let first = tour.first()?.1.flyers;
    tour.iter().all(|(_, visit)| visit.flyers == first).then_some(first)
}

/// The activity that a sheet leads to, or what is wrong with it.
fn read(before: &Activity, values: &Values, hands: &mut Hands<'_>) -> Result<Activity, Say> {
    let text = |member| values.text(Of, member);
    let line = |member| fold::one_line(text(member));
    let on = text("on").parse().map_err(|_| Say::new("outreach-no-day"))?;
    if text("kind").is_empty() {
        return Err(Say::new("outreach-no-kind"));
    }
    let known = names(hands);
    let operators: Result<Vec<Id>, Say> = parts(&line("operators"))
        .map(|name| known.operator(name).ok_or_else(|| Say::new("outreach-no-operator")))
        .collect();
    let told = known.fares(&line("fares"))?;
    let mut kept = before.fares.keys().copied();
    let fares: BTreeMap<Id, Fare> =
        told.into_iter().map(|fare| (kept.next().unwrap_or_else(|| hands.ids.fresh()), fare)).collect();
    let mut offices = before.offices.clone();
    let flyers = line("flyers");
    if !flyers.is_empty() {
        let flyers = number(&flyers)?;
        offices.values_mut().filter(|visit| visit.visited).for_each(|visit| visit.flyers = flyers);
    }
    Ok(Activity {
        kind: text("kind").to_owned(),
        on: Some(on),
        title: line("title"),
        operators: operators?,
        offices,
        heads: number(text("heads"))?,
        fares,
        text: text("text").trim_end().to_owned(),
        result: text("result").trim_end().to_owned(),
        next_on: text("next_on").parse().ok(),
        ..before.clone()
    })
}
