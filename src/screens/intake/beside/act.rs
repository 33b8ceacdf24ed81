//! The keys about who is calling: marking a proposal, taking it, going on with an earlier case, putting two records of one
//! person together, the policy that all desks share.

use super::Beside;
use crate::app::hands::{Hands, Request, Tone};
use crate::app::known::find::{Filling, What, filling, is_number};
use crate::app::model::Model;
use crate::desk::brief::Brief;
use crate::desk::id::Id;
use crate::desk::person::{Likeness, phone_likeness};
use crate::desk::say::Say;
use crate::keys::Action;
use crate::popups::merge::Merge;
use crate::popups::picker::{Choice, Picker};
use crate::popups::policy;
use crate::screens::form::field::Target;
use crate::screens::form::values::Values;
use crate::screens::intake::call::Call;
use crate::search::{Entry, Filter, Keys};

impl Beside {
    /// Takes a key where it is about who is calling; `false` leaves it to the slip.
    pub fn act(&mut self, action: Action, call: &mut Call, hands: &mut Hands<'_>) -> bool {
        match action {
            Action::Down if self.proposes() => {
                let last = self.found.proposals.len() - 1;
                self.marked = Some(self.marked.map_or(0, |at| (at + 1).min(last)));
                self.concern(call, hands.model);
            }
            Action::Up if self.marked.is_some() => {
                self.marked = self.marked.and_then(|at| at.checked_sub(1));
                self.concern(call, hands.model);
            }
            Action::TakeCaller => match self.taken_by_enter() {
                Some(what) => self.take(what, call, hands),
                // Who is proposed comes first: the slip says so beside the list. Where nobody is, Enter takes what the
                // field itself proposes.
                None => _ = call.form.take_proposal() || call.form.next(&hands.around()),
            },
            Action::ContinueCase => self.continue_case(call, hands),
            Action::MergePersons => match self.double {
                Some((keep, gone)) => open_merge(keep, gone, hands),
                None => hands.say(Say::new("caller-no-double"), Tone::Warning),
            },
            Action::SharedPolicy => self.policy(call, hands),
            _ => return false,
        }
        true
    }

    fn take(&mut self, what: What, call: &mut Call, hands: &mut Hands<'_>) {
        let subject = self.subject;
        let target = if subject { Target::Case } else { Target::Contact };
        let typed = call.form.values();
        let typed = [typed.text(target, "phone"), call.form.field().map_or("", |f| typed.text(f.target, f.member))];
        let number = typed.into_iter().find(|text| is_number(text)).unwrap_or_default().to_owned();
        let Some(filled) = filling(hands.model, what, &number) else { return };
        let focus = call.form.field().map_or("", |field| field.member);
        call.form.change(|values| {
            if subject {
                take_subject(values, &filled, focus);
            } else {
                take_caller(values, &filled, &number, focus);
            }
        });
        let around = hands.around();
        let named = !call.form.values().text(Target::Contact, "caller_name").is_empty();
        let next: &[(Target, &str)] = match (subject, named) {
            (true, _) => &[(Target::Case, "age_band")],
            // What comes behind who calls: on each form something else.
            (false, true) => &[(Target::Contact, "method"), (Target::Contact, "topics"), (Target::Case, "facility")],
            // Of an office is known who called there before, but not who calls now.
            (false, false) => &[(Target::Contact, "caller_name")],
        };
        let found = next.iter().any(|(target, member)| call.form.focus_member(*target, member, &around));
        if !found {
            call.form.next(&around);
        }
        let name = if filled.name.is_empty() { filled.office } else { filled.name };
        hands.say(Say::new("caller-taken").with("name", name), Tone::Good);
    }

    /// The cases of the persons concerned that the desk has, open ones first, the newest first.
    pub(super) fn cases<'a>(&self, model: &'a Model) -> Vec<&'a Brief> {
        let persons = self.concerned.iter().flat_map(|person| model.known.all_of(*person));
        let mut seen: Vec<(Id, chrono::NaiveDate)> =
            persons.filter_map(|person| model.known.card(person)).flat_map(|card| card.seen.iter().copied()).collect();
        seen.sort_unstable();
        seen.dedup_by_key(|(case, _)| *case);
        let mut cases: Vec<(&Brief, chrono::NaiveDate)> =
            seen.into_iter().filter_map(|(case, day)| Some((model.brief(case)?, day))).collect();
        cases.sort_by_key(|(case, day)| (!case.is_open(), std::cmp::Reverse(*day), case.id));
        cases.into_iter().map(|(case, _)| case).collect()
    }

    fn continue_case(&self, call: &Call, hands: &mut Hands<'_>) {
        let cases = self.cases(hands.model);
        let current = call.about.as_ref().map(|(id, _)| *id);
        let cases: Vec<&Brief> = cases.into_iter().filter(|case| Some(case.id) != current).collect();
        let open: Vec<&Brief> = cases.iter().copied().filter(|case| case.is_open()).collect();
        match (open.as_slice(), cases.as_slice()) {
            ([only], _) => {
                hands.ask(Request::GoOnWith(only.id));
            }
            (_, []) => hands.say(Say::new("caller-no-case"), Tone::Warning),
            (_, all) => {
                let choices = ('1'..='9').zip(all).map(|(key, case)| Choice {
                    code: case.id.to_string(),
                    key: Some(key),
                    label: format!("{} {} {}", case.number(), case.subject(), case.summary()),
                });
                hands.open(Picker::new(Say::new("caller-which-case"), choices.collect(), None, |hands, code| {
                    if let Ok(case) = code.parse() {
                        hands.ask(Request::GoOnWith(case));
                    }
                }));
            }
        }
    }

    /// The call goes on with this case once it has been read.
    pub fn expect(&mut self, case: Id) {
        self.continuing = Some(case);
    }

    fn policy(&self, call: &Call, hands: &mut Hands<'_>) {
        let known =
            hands.model.known.policies_for(&self.concerned).first().map(|(id, policy)| (*id, (*policy).clone()));
        let case = call.about.as_ref().map(|(id, _)| *id);
        if let Some((id, policy)) = known {
            hands.open(policy::sheet(Some(id), &policy));
        } else if let Some(case) = case.filter(|_| !self.concerned.is_empty()) {
            hands.open(policy::sheet(None, &policy::fresh(case, &self.concerned, hands)));
        } else {
            hands.say(Say::new("policy-from-a-case"), Tone::Warning);
        }
    }
}

/// Shows what becomes of two records of one person.
pub fn open_merge(keep: Id, gone: Id, hands: &mut Hands<'_>) {
    let known = &hands.model.known;
    if let (Some(a), Some(b)) = (known.get(keep), known.get(gone)) {
        hands.open(Merge::new((keep, a.person()), (gone, b.person())));
    }
}

/// Puts who calls on the slip. What was told otherwise stays; what was typed in part, or to find them, is completed.
fn take_caller(values: &mut Values, filled: &Filling, number: &str, focus: &str) {
    let contact = Target::Contact;
    if is_number(values.text(contact, "caller_name")) {
        values.set_text(contact, "caller_name", "");
    }
    if is_number(values.text(contact, "caller_office")) {
        values.set_text(contact, "caller_office", "");
    }
    let office_told = values.text(contact, "caller_office").to_owned();
    let same_office = office_told.is_empty() || focus == "caller_office" || is_part(&office_told, &filled.office);
    if same_office && !filled.office.is_empty() {
        values.set_text(contact, "caller_office", &filled.office);
        set_id(values, contact, "caller_office_id", filled.office_id);
        fill(values, contact, "fax", &filled.fax);
    }
    let phone_told = values.text(contact, "phone").to_owned();
    let part = matches!(phone_likeness(&phone_told, [filled.phone.as_str()]), Likeness::Part | Likeness::Same);
    if (phone_told.is_empty() || part) && !filled.phone.is_empty() {
        values.set_text(contact, "phone", &filled.phone);
    }
    fill(values, contact, "phone", number);
    fill(values, contact, "caller_kind", &filled.kind);
    if !filled.name.is_empty() {
        values.set_text(contact, "caller_name", &filled.name);
        fill_or_replace(values, contact, "caller_kana", &filled.kana, focus);
    }
    fill(values, contact, "relation", &filled.relation);
    set_id(values, contact, "caller_person", filled.person);
}

/// Puts whom it is about on the slip.
fn take_subject(values: &mut Values, filled: &Filling, focus: &str) {
    let case = Target::Case;
    if !filled.name.is_empty() {
        values.set_text(case, "subject_name", &filled.name);
        fill_or_replace(values, case, "subject_kana", &filled.kana, focus);
    }
    fill_or_replace(values, case, "phone", &filled.phone, focus);
    if let Some(birth) = filled.birth {
        fill(values, case, "birth", &birth.to_string());
    }
    fill(values, case, "area", &filled.area);
    set_id(values, case, "subject_person", filled.person);
}

fn fill(values: &mut Values, target: Target, member: &str, text: &str) {
    if values.text(target, member).is_empty() {
        values.set_text(target, member, text);
    }
}

fn fill_or_replace(values: &mut Values, target: Target, member: &str, text: &str, focus: &str) {
    if !text.is_empty() && (focus == member || values.text(target, member).is_empty()) {
        values.set_text(target, member, text);
    }
}

fn set_id(values: &mut Values, target: Target, member: &str, id: Id) {
    values.set_text(target, member, &if id.is_nil() { String::new() } else { id.to_string() });
}

/// Whether what was typed is the name of this office, or a part of it.
fn is_part(typed: &str, office: &str) -> bool {
    Filter::new(typed).matches(&Keys::of(&Entry { name: office, ..Entry::default() }))
}
