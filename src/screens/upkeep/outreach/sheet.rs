//! The sheet of an activity, with 交通費 in one line: `車 600、船 1580 架空島 山田`.

use std::collections::BTreeMap;

use super::visits::number;
use crate::app::hands::{Hands, Tone};
use crate::app::model::Model;
use crate::desk::activity::{Activity, Fare, Visit};
use crate::desk::codebook::{label_key, short_key};
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::say::Say;
use crate::locale::Locale;
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

/// The list of means of travel.
const MEANS: &str = "fare-means";
/// What goes between two things in a line.
const BETWEEN: [char; 5] = ['、', '，', ';', '；', '/'];

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
    let values = filled(&before, hands.model, hands.locale);
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
    let values = filled(&before, hands.model, hands.locale);
    hands.open(Sheet::new(Say::new("outreach-edit-title"), Form::new(ACTIVITY, values), move |hands, values| {
        let after = read(&before, values, hands)?;
        match edits::edit_activity(hands.model.me, id, &before, &after) {
            Some(batch) => hands.commit(batch),
            None => hands.say(Say::new("keeping-unchanged"), Tone::Good),
        }
        Ok(())
    }));
}

fn filled(activity: &Activity, model: &Model, locale: &Locale) -> Values {
    let mut values = Values::default();
    let count = |n: u32| if n == 0 { String::new() } else { n.to_string() };
    let name = |id: &Id| model.operator_name(*id).replace(char::is_whitespace, "");
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let operators: Vec<String> = activity.operators.iter().map(name).collect();
    let fares: Vec<String> =
        activity.fares.values().map(|fare| written(fare, &name(&fare.operator), model, locale)).collect();
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

fn means_label(code: &str, model: &Model, locale: &Locale) -> String {
    let own = model.codebook.short(MEANS, code).map(str::to_owned);
    own.unwrap_or_else(|| {
        let key = short_key(MEANS, code);
        if locale.has(&key) { locale.t(&key).into_owned() } else { locale.t(&label_key(MEANS, code)).into_owned() }
    })
}

fn written(fare: &Fare, operator: &str, model: &Model, locale: &Locale) -> String {
    let parts =
        [means_label(&fare.means, model, locale), fare.yen.to_string(), fare.island.clone(), operator.to_owned()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The operator whose name begins so.
fn operator(typed: &str, model: &Model) -> Option<Id> {
    let plain = |name: &str| fold::text(&name.replace(char::is_whitespace, ""));
    let typed = plain(typed);
    let mut fits = model.operators.iter().filter(|(_, operator)| plain(&operator.name).starts_with(&typed));
    let first = fits.next().filter(|_| !typed.is_empty())?.0;
    fits.next().is_none().then_some(*first)
}

/// Fares as they are written in a line.
fn fares(typed: &str, model: &Model, locale: &Locale) -> Result<Vec<Fare>, Say> {
    let parts = typed.split(|c: char| BETWEEN.contains(&c)).map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| fare(part, model, locale)).collect()
}

fn fare(part: &str, model: &Model, locale: &Locale) -> Result<Fare, Say> {
    let known: Vec<(String, Option<char>, String)> = model
        .codebook
        .entries(MEANS)
        .iter()
        .map(|entry| (entry.code.clone(), entry.key, fold::text(&means_label(&entry.code, model, locale))))
        .collect();
    let mut fare = Fare::default();
    let mut yen = None;
    // 船1580 is as good as 船 1580.
    let spaced: String = part
        .char_indices()
        .flat_map(|(at, c)| {
            let digit = |c: char| fold::command_key(c).unwrap_or(c).is_ascii_digit();
            let before = part.get(..at).and_then(|text| text.chars().next_back());
            let begins = digit(c) && before.is_some_and(|before| !digit(before) && before != ',' && before != '.');
            [begins.then_some(' '), Some(c)].into_iter().flatten()
        })
        .collect();
    for word in spaced.split_whitespace() {
        let folded = fold::text(word).replace([',', '円', '¥'], "");
        let by_key = || {
            let mut chars = folded.chars();
            let key = chars.next().filter(|_| chars.next().is_none());
            known.iter().find(|(_, own, _)| own.is_some() && *own == key)
        };
        let means = known.iter().find(|(.., label)| *label == folded);
        if let Some((code, ..)) = means.or_else(|| by_key().filter(|_| fare.means.is_empty())) {
            fare.means.clone_from(code);
        } else if let Ok(amount) = folded.parse::<u32>() {
            yen = Some(amount);
        } else if let Some(operator) = operator(word, model) {
            fare.operator = operator;
        } else {
            if !fare.island.is_empty() {
                fare.island.push(' ');
            }
            fare.island.push_str(word);
        }
    }
    fare.yen = yen.filter(|yen| *yen <= 10_000_000).ok_or_else(|| Say::new("outreach-fare-wrong"))?;
    if fare.means.is_empty() {
        "9".clone_into(&mut fare.means);
    }
    Ok(fare)
}

/// The activity that a sheet leads to, or what is wrong with it.
fn read(before: &Activity, values: &Values, hands: &mut Hands<'_>) -> Result<Activity, Say> {
    let text = |member| values.text(Of, member);
    let line = |member| fold::one_line(text(member));
    let on = text("on").parse().map_err(|_| Say::new("outreach-no-day"))?;
    if text("kind").is_empty() {
        return Err(Say::new("outreach-no-kind"));
    }
    let names = line("operators");
    let names = names.split(|c: char| BETWEEN.contains(&c)).map(str::trim).filter(|name| !name.is_empty());
    let operators: Result<Vec<Id>, Say> =
        names.map(|name| operator(name, hands.model).ok_or_else(|| Say::new("outreach-no-operator"))).collect();
    let told = fares(&line("fares"), hands.model, hands.locale)?;
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::app::msg::Now;
    use crate::desk::operator::Operator;
    use crate::locale::Lang;

    #[test]
    fn fares_are_read_however_they_are_written() {
        let wall = chrono::DateTime::parse_from_rfc3339("2026-11-22T10:00:00+09:00").unwrap();
        let mut model = Model::new(Now { wall, mono: Duration::ZERO });
        let me = Id::from_bytes([7; 16]);
        model.operators.insert(me, Operator { name: "山田 花子".into(), ..Operator::default() });
        let locale = Locale::new(Lang::Ja);
        for (typed, wanted) in [
            ("", vec![]),
            ("車 600", vec![("1", 600, "", Id::NIL)]),
            ("船1580 架空島、バス480円", vec![("4", 1580, "架空島", Id::NIL), ("2", 480, "", Id::NIL)]),
            ("4 1,580 架空島 山田", vec![("4", 1580, "架空島", me)]),
            ("１２００", vec![("9", 1200, "", Id::NIL)]),
        ] {
            let read = fares(typed, &model, &locale).unwrap();
            let read: Vec<_> = read.iter().map(|f| (f.means.as_str(), f.yen, f.island.as_str(), f.operator)).collect();
            assert_eq!(read, wanted, "{typed}");
        }
        for typed in ["車", "船 架空島", "99999999999"] {
            assert_eq!(fares(typed, &model, &locale).unwrap_err().key, "outreach-fare-wrong", "{typed}");
        }
        // What is written can be read again.
        let fare = Fare { means: "4".into(), yen: 1580, island: "架空島".into(), operator: me };
        let text = written(&fare, "山田花子", &model, &locale);
        assert_eq!(fares(&text, &model, &locale).unwrap(), [fare]);
    }
}
