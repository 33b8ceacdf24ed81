//! `madoguchi inquiry`: 主治医照会 and their answers, as the screen keeps them.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::desk::Desk;
use super::print::profile;
use super::words::{Words, print_table};
use super::{Cx, Exit, Failure};
use crate::desk::access::{Access, Details};
use crate::desk::case::Case;
use crate::desk::doctors::doctors;
use crate::desk::edits::{self, Taking};
use crate::desk::id::Id;
use crate::desk::inquiry::{ANSWER_DAYS, Inquiry, Reply, of_doctor};
use crate::desk::office::Office;
use crate::desk::record::{Kind, RecordKey};
use crate::desk::say::Say;
use crate::popups::inquiry_sheet;
use crate::runtime::eyes::Act;
use crate::search::same;

/// What the subcommand takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// The inquiries, the newest first.
    List {
        /// Only those of this case.
        #[arg(long, value_name = "CASE")]
        case: Option<String>,
        /// Only those to this office in the last year: its name, its identity or the beginning of that.
        #[arg(long, value_name = "OFFICE")]
        office: Option<String>,
        /// Only those without an answer.
        #[arg(long)]
        waiting: bool,
        /// Only those whose answer is late, by the desk's setting.
        #[arg(long)]
        late: bool,
    },
    /// A doctor was asked.
    Add {
        /// The case's number or identity.
        case: String,
        /// The office: its name, its identity or the beginning of that.
        office: String,
        /// The doctor's name, where the office has several.
        #[arg(long, value_name = "NAME")]
        doctor: Option<String>,
        /// A code of list inquiry-purpose.
        #[arg(long, value_name = "CODE", default_value = "9")]
        purpose: String,
        /// A code of list method.
        #[arg(long, value_name = "CODE", default_value = "1")]
        means: String,
        /// The day; without it today.
        #[arg(long, value_name = "DATE")]
        on: Option<NaiveDate>,
        /// What was asked for: codes of list capability.
        #[arg(long, value_name = "CODE")]
        want: Vec<String>,
    },
    /// What the doctor answered.
    Answer {
        /// The inquiry's identity or the beginning of it.
        id: String,
        /// accepted, conditional, declined or waiting.
        answer: String,
        /// Why the doctor declined: a code of list inquiry-decline.
        #[arg(long, value_name = "CODE")]
        reason: Option<String>,
        /// What was said.
        #[arg(long, default_value = "")]
        text: String,
        /// The day; without it today.
        #[arg(long, value_name = "DATE")]
        on: Option<NaiveDate>,
        /// The last day on which the doctor does not want to be asked.
        #[arg(long, value_name = "DATE")]
        rest_until: Option<NaiveDate>,
        /// The doctor is that of the case from now on.
        #[arg(long)]
        take: bool,
    },
}

impl Args {
    /// Whether nothing is written for it and nothing leaves the desk.
    pub(super) const fn only_reads(&self) -> bool {
        matches!(self.what, What::List { .. })
    }

    /// What it is, for the roles.
    pub(super) const fn act(&self) -> Act {
        match self.what {
            What::List { .. } | What::Add { .. } | What::Answer { .. } => Act::Work,
        }
    }
}

fn failed(say: Say) -> Failure {
    Failure::new(Exit::Failed, say)
}

/// Does what was asked for.
pub fn run(args: &Args, cx: &mut Cx<'_>) -> Result<(), Failure> {
    Desk::with(cx, |desk, cx| match &args.what {
        What::List { .. } => list(desk, &args.what, cx),
        What::Add { case, office, doctor, purpose, means, on, want } => {
            let case = desk.case_id(case)?;
            let (office_id, office) = self::office(desk, office)?;
            let staff = staff(&office, doctor.as_deref())?;
            let words = Words::of(desk)?;
            for (list, code) in [("inquiry-purpose", purpose), ("method", means)] {
                known(&words, list, code)?;
            }
            want.iter().try_for_each(|code| known(&words, "capability", code))?;
            let today = words.today;
            let on = on.unwrap_or(today);
            if on > today {
                return Err(failed(Say::new("inquiry-day-ahead")));
            }
            let inquiry = Inquiry {
                case,
                office: office_id,
                staff,
                purpose: purpose.clone(),
                wanted: want.clone(),
                means: means.clone(),
                on: Some(on),
                by: desk.operator(),
                ..Inquiry::default()
            };
            let id = desk.fresh();
            desk.commit(edits::add_inquiry(desk.operator(), id, &inquiry, None))?;
            kept(desk, id, &inquiry, cx)
        }
        What::Answer { .. } => answer(desk, &args.what, cx),
    })
}

fn answer(desk: &mut Desk, what: &What, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let What::Answer { id, answer, reason, text, on, rest_until, take } = what else { return Ok(()) };
    let (id, before) = find(desk, id)?;
    let reply = Reply::from_code(answer);
    if reply.code() != answer {
        return Err(failed(Say::new("cli-inquiry-no-answer").with("answer", answer)));
    }
    let words = Words::of(desk)?;
    if let Some(reason) = reason {
        known(&words, "inquiry-decline", reason)?;
        if reply != Reply::Declined {
            return Err(failed(Say::new("inquiry-reason-needs-no")));
        }
    }
    let today = words.today;
    let answered = (reply != Reply::Waiting).then(|| on.unwrap_or(today));
    if answered.is_some_and(|on| on > today || before.on.is_some_and(|asked| on < asked)) {
        return Err(failed(Say::new("inquiry-answer-day")));
    }
    if *take && !matches!(reply, Reply::Accepted | Reply::Conditional) {
        return Err(failed(Say::new("inquiry-take-needs-yes")));
    }
    let after = Inquiry {
        answer: reply,
        declined_for: reason.clone().unwrap_or_default(),
        answer_text: text.trim().to_owned(),
        answered_on: answered,
        rest_until: *rest_until,
        ..before.clone()
    };
    let case: Case = desk.get(RecordKey::new(Kind::Case, before.case))?.unwrap_or_default();
    let taking = Taking { office: before.office, name: name(desk, &before)? };
    let taken = take.then_some((&case, &taking));
    if let Some(batch) = edits::answer_inquiry(desk.operator(), id, &before, &after, taken) {
        desk.commit(batch)?;
    }
    kept(desk, id, &after, cx)
}

/// Says what is kept.
fn kept(desk: &Desk, id: Id, inquiry: &Inquiry, cx: &mut Cx<'_>) -> Result<(), Failure> {
    if cx.global.json {
        return cx.json(&value(desk, id, inquiry)?);
    }
    let say = Say::new("cli-inquiry-kept").with("id", id.to_string()).with("doctor", name(desk, inquiry)?);
    cx.print(&say)
}

/// Whether the desk offers this code of the list today; else what it offers.
pub(super) fn known(words: &Words, list: &'static str, code: &str) -> Result<(), Failure> {
    if words.codebook.entry(list, code).is_some_and(|entry| entry.valid_on(words.today)) {
        return Ok(());
    }
    let codes = words.codebook.offered(list, words.today).map(|entry| entry.code.clone());
    let say = Say::new("cli-inquiry-no-code").with("code", code).with("list", list);
    Err(failed(say.with("codes", codes.collect::<Vec<_>>().join(" "))))
}

/// The one office that is meant.
pub(super) fn office(desk: &Desk, wanted: &str) -> Result<(Id, Office), Failure> {
    let all: Vec<(Id, Office)> = desk.all(Kind::Office)?;
    let begins = |id: Id| !wanted.is_empty() && id.to_string().starts_with(&wanted.to_ascii_lowercase());
    let fits = |(id, office): &(Id, Office)| !office.removed && (begins(*id) || same(&office.name, wanted));
    let mut found = all.into_iter().filter(fits);
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        (Some(_), Some(_)) => Err(failed(Say::new("exchange-several-ids"))),
        (None, _) => Err(failed(Say::new("exchange-no-such-office").with("id", wanted))),
    }
}

/// The doctor of this name; without a name the only one, else nobody.
fn staff(office: &Office, wanted: Option<&str>) -> Result<Id, Failure> {
    let there = doctors(office);
    let Some(wanted) = wanted else {
        return Ok(if let [(only, _)] = there.as_slice() { *only } else { Id::NIL });
    };
    let found = there.iter().find(|(_, person)| same(&person.name, wanted)).map(|(id, _)| *id);
    let none = || {
        let names: Vec<&str> = there.iter().map(|(_, person)| person.name.as_str()).collect();
        let say = Say::new("cli-inquiry-no-doctor").with("doctor", wanted).with("office", office.name.clone());
        failed(say.with("doctors", names.join("、"))) // data, not a sentence
    };
    found.ok_or_else(none)
}

fn find(desk: &Desk, wanted: &str) -> Result<(Id, Inquiry), Failure> {
    let all: Vec<(Id, Inquiry)> = desk.all(Kind::Inquiry)?;
    let begins = |id: Id| !wanted.is_empty() && id.to_string().starts_with(&wanted.to_ascii_lowercase());
    let mut found = all.into_iter().filter(|(id, _)| begins(*id));
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        (Some(_), Some(_)) => Err(failed(Say::new("exchange-several-ids"))),
        (None, _) => Err(failed(Say::new("cli-no-such-inquiry").with("id", wanted))),
    }
}

/// The doctor's office and name.
fn name(desk: &Desk, inquiry: &Inquiry) -> Result<String, Failure> {
    let office: Office = desk.get(RecordKey::new(Kind::Office, inquiry.office))?.unwrap_or_default();
    let person = office.staff.get(&inquiry.staff).map_or("", |person| person.name.as_str());
    Ok(format!("{} {person}", office.name).trim().to_owned())
}

/// Within how many days an answer is expected.
fn within(desk: &Desk) -> Result<u32, Failure> {
    Ok(profile(desk)?.answer_days.unwrap_or(ANSWER_DAYS))
}

/// What other programs read of an inquiry: the case by its number, nothing of the person.
fn value(desk: &Desk, id: Id, inquiry: &Inquiry) -> Result<Value, Failure> {
    let case: Case = desk.get(RecordKey::new(Kind::Case, inquiry.case))?.unwrap_or_default();
    let (today, within) = (Words::of(desk)?.today, within(desk)?);
    let waits = inquiry.waiting();
    Ok(json!({
        "waiting_days": waits.map(|waits| waits.days(today)),
        "late": waits.is_some_and(|waits| waits.is_late(today, within)),
        "id": id,
        "case": case.number,
        "office": inquiry.office,
        "doctor": name(desk, inquiry)?,
        "purpose": inquiry.purpose,
        "wanted": inquiry.wanted,
        "means": inquiry.means,
        "on": inquiry.on,
        "by": inquiry.by,
        "answer": inquiry.answer,
        "declined_for": inquiry.declined_for,
        "answer_text": inquiry.answer_text,
        "answered_on": inquiry.answered_on,
        "rest_until": inquiry.rest_until,
    }))
}

fn list(desk: &mut Desk, what: &What, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let What::List { case, office, waiting, late } = what else { return Ok(()) };
    let case = case.as_deref().map(|case| desk.case_id(case)).transpose()?;
    let office = office.as_deref().map(|wanted| self::office(desk, wanted)).transpose()?.map(|(id, _)| id);
    let (today, within) = (Words::of(desk)?.today, within(desk)?);
    let mut found: Vec<(Id, Inquiry)> = desk.all(Kind::Inquiry)?;
    let of_office: Option<BTreeSet<Id>> = office.map(|office| {
        let own = of_doctor(found.iter().map(|(id, inquiry)| (id, inquiry)), office, None, today);
        own.into_iter().map(|(id, _)| id).collect()
    });
    found.retain(|(id, inquiry)| {
        case.is_none_or(|case| inquiry.case == case)
            && of_office.as_ref().is_none_or(|own| own.contains(id))
            && (!waiting || inquiry.is_waiting())
            && (!late || inquiry.waiting().is_some_and(|waits| waits.is_late(today, within)))
    });
    found.sort_by(|(a_id, a), (b_id, b)| b.on.cmp(&a.on).then_with(|| b_id.cmp(a_id)));
    let count = u64::try_from(found.len()).ok();
    desk.look(Access::List, None, Details { task: "inquiry".to_owned(), count, ..Details::default() }, cx);
    let values: Vec<Value> =
        found.iter().map(|(id, inquiry)| value(desk, *id, inquiry)).collect::<Result<_, Failure>>()?;
    if cx.global.json {
        return cx.json(&values);
    }
    let words = Words::of(desk)?;
    let look = words.look(cx.locale);
    let heads = ["case", "on", "office", "purpose", "means", "answer", "answered-on", "answer-text"];
    let heads = heads.map(|member| cx.locale.t(&format!("field-inquiry-{member}")).into_owned());
    let text = |value: &Value, member: &str| value.get(member).and_then(Value::as_str).unwrap_or_default().to_owned();
    let rows: Vec<Vec<String>> = values
        .iter()
        .zip(&found)
        .map(|(value, (_, inquiry))| {
            vec![
                text(value, "id").get(..8).unwrap_or_default().to_owned(),
                text(value, "case"),
                text(value, "on"),
                text(value, "doctor"),
                look.short_code("inquiry-purpose", &text(value, "purpose")),
                look.short_code("method", &text(value, "means")),
                inquiry_sheet::stands(inquiry, within, &look),
                text(value, "answered_on"),
                [look.short_code("inquiry-decline", &text(value, "declined_for")), text(value, "answer_text")]
                    .join(" ")
                    .replace('\n', " ")
                    .trim()
                    .to_owned(),
            ]
        })
        .collect();
    let heads: Vec<String> = std::iter::once(String::new()).chain(heads).collect();
    print_table(&heads, &rows, cx)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::codebook;

    #[test]
    fn the_codes_that_are_taken_by_default_are_in_their_lists() {
        for (list, code) in [("inquiry-purpose", "9"), ("method", "1")] {
            assert!(codebook::list(list).unwrap().entries.iter().any(|entry| entry.code == code), "{list}");
        }
        for reply in Reply::ALL {
            let entries = codebook::list("inquiry-answer").unwrap().entries;
            assert!(entries.iter().any(|entry| entry.code == reply.code()));
        }
    }
}
