//! 主治医照会 of a case, step by step: the inquiries that there are, whom to ask, what was asked and what was answered. A
//! doctor who takes the case becomes its 主治医 in the same deed.

use serde_json::Value;

use super::inquiry::{Chosen, Doctors};
use super::picker::{Choice, Picker};
use super::sheet::Sheet;
use crate::app::doctors;
use crate::app::hands::{Hands, Request, Tone};
use crate::app::model::Model;
use crate::app::msg::CaseFile;
use crate::desk::case::Case;
use crate::desk::doctors::Need;
use crate::desk::edits::{self, Taking};
use crate::desk::id::Id;
use crate::desk::inquiry::{Inquiry, Reply, of_case};
use crate::desk::say::Say;
use crate::screens::form::Form;
use crate::screens::form::field::{Field, FieldKind, Target, field};
use crate::screens::form::values::Values;
use crate::screens::look::Look;
use crate::screens::queue::paper;

use FieldKind::{Code, Date, Due, Line};
use Target::Inquiry as Own;

/// What is kept of an inquiry, and whether its doctor takes the case.
const FIELDS: &[Field] = &[
    field(Own, "purpose", Code("inquiry-purpose"), 0, 0, 1),
    field(Own, "means", Code("method"), 0, 1, 1),
    field(Own, "on", Date, 0, 1, 1),
    field(Own, "answer", Code("inquiry-answer"), 0, 2, 1),
    field(Own, "answered_on", Date, 0, 2, 1),
    field(Own, "declined_for", Code("inquiry-decline"), 0, 3, 1),
    field(Own, "answer_text", Line, 0, 3, 1),
    field(Own, "take", Code("yes-no"), 0, 4, 1),
    field(Own, "rest_until", Due, 0, 4, 1),
];

/// 訪問診療・主治医の引受 (list `inquiry-purpose`).
const TAKE_ON: &str = "9";
/// 電話 and FAX (list `method`).
const PHONE: &str = "1";
const FAX: &str = "4";
/// はい (list `yes-no`).
const YES: &str = "1";
/// What stands for a new inquiry in the list of those that there are.
const NEW: &str = "new";

/// What the inquiries are about.
#[derive(Debug, Clone)]
pub enum About {
    /// A case that is kept.
    Kept(Box<CaseFile>),
    /// The slip of a call: the case that it belongs to, if it is an earlier one, and what it says of it by now. A new
    /// inquiry is kept with the call.
    Slip(Id, Box<Case>),
}

impl About {
    fn case(&self) -> Id {
        match self {
            Self::Kept(file) => file.id,
            Self::Slip(case, _) => *case,
        }
    }

    fn seen(&self) -> &Case {
        match self {
            Self::Kept(file) => &file.case,
            Self::Slip(_, case) => case,
        }
    }
}

/// Begins with the inquiries that the case has; where it has none, with whom to ask.
pub fn open(about: About, hands: &mut Hands<'_>) {
    let case = about.case();
    let there = if case.is_nil() { Vec::new() } else { of_case(&hands.model.inquiries, case) };
    if there.is_empty() {
        return ask_whom(about, hands);
    }
    let mut choices =
        vec![Choice { code: NEW.to_owned(), key: Some('0'), label: hands.locale.t("inquiry-new").into_owned() }];
    let keys = ('1'..='9').chain('a'..='z').map(Some).chain(std::iter::repeat(None));
    choices.extend(there.iter().zip(keys).map(|((id, inquiry), key)| Choice {
        code: id.to_string(),
        key,
        label: summary(inquiry, hands),
    }));
    let title = Say::new("inquiry-of-case").with("number", about.seen().number.clone());
    // What waits for an answer is what one comes back for.
    let waiting = there.iter().find(|(_, inquiry)| inquiry.is_waiting()).map(|(id, _)| id.to_string());
    let at = waiting.unwrap_or_else(|| NEW.to_owned());
    hands.open(Picker::new(title, choices, Some(&at), move |hands, code| {
        let inquiry = code.parse().ok().and_then(|id: Id| Some((id, hands.model.inquiries.get(&id)?.clone())));
        match inquiry {
            Some((id, inquiry)) => sheet(about, Some(id), inquiry, hands),
            None => ask_whom(about, hands),
        }
    }));
}

fn ask_whom(about: About, hands: &mut Hands<'_>) {
    let need = Need::of(about.case(), about.seen());
    let title = Say::new("inquiry-title").with("number", about.seen().number.clone());
    let list = Doctors::new(title, need, hands, move |hands, chosen| ask(about, chosen, hands));
    hands.open(list);
}

fn ask(about: About, chosen: Chosen, hands: &mut Hands<'_>) {
    let inquiry = Inquiry {
        case: about.case(),
        office: chosen.office,
        staff: chosen.staff,
        purpose: TAKE_ON.to_owned(),
        wanted: chosen.wanted,
        means: PHONE.to_owned(),
        on: Some(hands.today()),
        by: hands.model.me,
        ..Inquiry::default()
    };
    sheet(about, None, inquiry, hands);
}

/// The sheet of an inquiry: a new one where it has no identity yet.
fn sheet(about: About, id: Option<Id>, inquiry: Inquiry, hands: &mut Hands<'_>) {
    let mut values = Values::default();
    if let Value::Object(members) = edits::compact(&inquiry) {
        let own = |name: &String| FIELDS.iter().any(|field| field.member == name);
        values.set_record(Own, members.into_iter().filter(|(name, _)| own(name)).collect());
    }
    let whom = doctors::name(hands.model, inquiry.office, inquiry.staff);
    let title = Say::new(if id.is_some() { "inquiry-answer-title" } else { "inquiry-ask-title" }).with("doctor", whom);
    let mut form = Form::new(FIELDS, values);
    if id.is_some() {
        form.focus_member(Own, "answer", &hands.around());
    }
    let notes = notes(&inquiry, hands);
    let sheet = Sheet::new(title, form, move |hands, values| {
        let after = read(&inquiry, values, hands)?;
        let taking = taking(&after, values, hands)?;
        keep(&about, id, (&inquiry, after), taking, hands);
        Ok(())
    });
    hands.open(sheet.notes(notes));
}

/// What to look at before the telephone is picked up.
fn notes(inquiry: &Inquiry, hands: &Hands<'_>) -> Vec<Say> {
    let Some(office) = hands.model.offices.get(&inquiry.office) else { return Vec::new() };
    let call = Say::new("inquiry-call").with("phone", office.phone.clone()).with("fax", office.fax.clone());
    let told = [office.alert.as_str(), &office.best_time, &office.how_to_contact];
    let told: Vec<&str> = told.into_iter().filter(|text| !text.is_empty()).collect();
    let how = (!told.is_empty()).then(|| Say::new("inquiry-how").with("how", told.join(" ")));
    std::iter::once(call).chain(how).collect()
}

/// The inquiry that a sheet leads to, or what is wrong with it.
fn read(before: &Inquiry, values: &Values, hands: &Hands<'_>) -> Result<Inquiry, Say> {
    let Value::Object(mut members) = edits::compact(before) else { return Err(Say::new("queue-unreadable")) };
    members.retain(|name, _| !FIELDS.iter().any(|field| field.member == name));
    members.extend(values.record(Own).into_iter().filter(|(name, _)| name != "take"));
    let mut after: Inquiry =
        serde_json::from_value(Value::Object(members)).map_err(|_| Say::new("queue-unreadable"))?;
    let today = hands.today();
    let on = after.on.ok_or_else(|| Say::new("inquiry-needs-day"))?;
    if on > today {
        return Err(Say::new("inquiry-day-ahead"));
    }
    if after.answer != Reply::Declined && !after.declined_for.is_empty() {
        // What was there from an answer that has changed since goes by itself; what was just chosen is asked about.
        if after.declined_for != before.declined_for {
            return Err(Say::new("inquiry-reason-needs-no"));
        }
        after.declined_for.clear();
    }
    if after.answer == Reply::Waiting {
        after.answered_on = None;
    } else {
        let answered = *after.answered_on.get_or_insert(today);
        if answered < on || answered > today {
            return Err(Say::new("inquiry-answer-day"));
        }
    }
    Ok(after)
}

/// The doctor who takes the case, where the sheet says so.
fn taking(inquiry: &Inquiry, values: &Values, hands: &Hands<'_>) -> Result<Option<Taking>, Say> {
    if values.text(Own, "take") != YES {
        return Ok(None);
    }
    if !matches!(inquiry.answer, Reply::Accepted | Reply::Conditional) {
        return Err(Say::new("inquiry-take-needs-yes"));
    }
    let name = doctors::name(hands.model, inquiry.office, inquiry.staff);
    Ok(Some(Taking { office: inquiry.office, name }))
}

fn keep(
    about: &About,
    id: Option<Id>,
    (before, after): (&Inquiry, Inquiry),
    taking: Option<Taking>,
    hands: &mut Hands<'_>,
) {
    let me = hands.model.me;
    let taken = taking.as_ref().map(|taking| (about.seen(), taking));
    let fresh = id.is_none();
    let fax = fresh && after.means == FAX && after.is_waiting();
    let batch = match (id, about) {
        (None, About::Slip(..)) => {
            hands.ask(Request::TakeInquiry(Box::new(after), taking));
            return;
        }
        (None, About::Kept(_)) => Some(edits::add_inquiry(me, hands.ids.fresh(), &after, taken)),
        (Some(id), _) => edits::answer_inquiry(me, id, before, &after, taken),
    };
    match batch {
        Some(batch) => hands.commit(batch),
        None => hands.say(Say::new("queue-same"), Tone::Warning),
    }
    if let (true, About::Kept(file)) = (fax, about) {
        paper::confirm((**file).clone(), after.office, hands);
    }
}

fn summary(inquiry: &Inquiry, hands: &Hands<'_>) -> String {
    let whom = doctors::name(hands.model, inquiry.office, inquiry.staff);
    let on = inquiry.on.map(|on| on.format("%m/%d").to_string()).unwrap_or_default();
    let answer =
        hands.locale.t(&crate::desk::codebook::label_key("inquiry-answer", inquiry.answer.code())).into_owned();
    format!("{on} {whom} {answer}")
}

/// How an inquiry stands, in short: the answer, or for how many days there is none, where one is expected within so many.
pub fn stands(inquiry: &Inquiry, within: u32, look: &Look<'_>) -> String {
    let Some(waits) = inquiry.waiting() else { return look.short_code("inquiry-answer", inquiry.answer.code()) };
    let late = waits.is_late(look.today, within);
    let key = if late { "inquiry-waited-late" } else { "inquiry-waited" };
    look.locale.f(key, &[("days", &waits.days(look.today).to_string())]).into_owned()
}

/// An inquiry on one line, as the file of its case has it: when, whom, by what, for what, and the answer.
pub fn line(inquiry: &Inquiry, whom: &str, model: &Model, look: &Look<'_>) -> String {
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| look.day(day)).unwrap_or_default();
    let asked = [
        day(inquiry.on),
        whom.to_owned(),
        look.short_code("method", &inquiry.means),
        look.short_code("inquiry-purpose", &inquiry.purpose),
    ];
    let answer = [
        stands(inquiry, doctors::answer_days(model), look),
        day(inquiry.answered_on),
        answered(inquiry, look),
        String::new(),
    ];
    let joined = |parts: [String; 4]| parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    format!("{}: {}", joined(asked), joined(answer))
}

/// What came with the answer: the words, and the wish to rest.
pub fn answered(inquiry: &Inquiry, look: &Look<'_>) -> String {
    let rest = inquiry.rest_until.map(|until| look.locale.f("inquiry-rest", &[("day", &look.day(until))]).into_owned());
    let why = look.short_code("inquiry-decline", &inquiry.declined_for);
    let parts = [why, inquiry.answer_text.clone(), rest.unwrap_or_default()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
