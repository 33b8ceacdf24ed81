//! `madoguchi history`: what became of a record, who did it and when.

use serde_json::{Value, json};

use super::desk::Desk;
use super::words::{Words, label};
use super::{Cx, Exit, Failure};
use crate::desk::access::{Access, Details};
use crate::desk::history::{Step, steps};
use crate::desk::id::Id;
use crate::desk::record::{Kind, RecordKey};
use crate::desk::say::Say;

/// What the subcommand takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A case's number, or the identity of any record.
    id: String,
}

/// Tells the history of one record.
pub fn run(args: &Args, cx: &mut Cx<'_>) -> Result<(), Failure> {
    Desk::with(cx, |desk, cx| {
        let key = find(desk, &args.id)?;
        let history = desk.journal().history(key).map_err(|error| Failure::of(Exit::Failed, &error))?;
        desk.look(Access::History, Some(key), Details::default(), cx);
        if history.unreadable > 0 {
            cx.tell(&Say::new("cli-history-unreadable").with("count", history.unreadable.to_string()));
        }
        tell(key, &steps(history.changes), &Words::of(desk)?, cx)
    })
}

/// The record of this identity, one that is no more too; else the case of this number.
fn find(desk: &Desk, text: &str) -> Result<RecordKey, Failure> {
    let Ok(id) = text.trim().parse::<Id>() else {
        return Ok(RecordKey::new(Kind::Case, desk.case_id(text)?));
    };
    for kind in Kind::ALL {
        let key = RecordKey::new(kind, id);
        let history = desk.journal().history(key).map_err(|error| Failure::of(Exit::Failed, &error))?;
        if !history.changes.is_empty() || history.unreadable > 0 {
            return Ok(key);
        }
    }
    Err(Failure::new(Exit::Failed, Say::new("cli-no-such-record").with("id", text)))
}

fn tell(key: RecordKey, steps: &[Step], words: &Words, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let locale = cx.locale;
    if cx.global.json {
        let all: Vec<Value> = steps.iter().map(|step| as_json(step, words, cx)).collect();
        return cx.json(&all);
    }
    let shown = |member: &str, value: &Value| {
        let text = words.value(locale, key.kind, member, value).replace('\n', " ");
        if text.is_empty() { locale.t("history-nothing").into_owned() } else { text }
    };
    for step in steps {
        let change = &step.change;
        let undone = if change.undoes.is_some() { locale.t("history-undo") } else { "".into() };
        let (at, what) = (change.at.format("%Y-%m-%d %H:%M"), locale.t(&change.what));
        let head = format!("{at}  {}  {what}  {undone}", words.operator(change.operator));
        writeln!(cx.out, "{}", head.trim_end())?;
        for (member, from, to) in &step.fields {
            let label = label(locale, key.kind, member);
            writeln!(cx.out, "  {label}: {} -> {}", shown(member, from), shown(member, to))?;
        }
    }
    Ok(())
}

fn as_json(step: &Step, words: &Words, cx: &Cx<'_>) -> Value {
    let change = &step.change;
    let fields = step.fields.iter().map(|(field, from, to)| json!({ "field": field, "from": from, "to": to }));
    json!({
        "at": change.at,
        "operator": change.operator,
        "operator_name": words.operator(change.operator),
        "what": change.what,
        "message": cx.locale.t(&change.what),
        "undo": change.undoes.is_some(),
        "fields": fields.collect::<Vec<_>>(),
    })
}
