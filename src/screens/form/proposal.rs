//! 案: what an empty field may be filled with by one key. It is drawn apart from what was typed, counts as nothing and is
//! kept nowhere until it is taken. Knows no screen: where a proposal comes from is the screen's matter.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::Value;

use super::field::{Field, Target};
use super::{Around, Form};
use crate::screens::look::Look;

/// Why something is proposed, short enough to stand beside it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Why {
    /// The sentence; it may name `day` and `codes`.
    pub key: &'static str,
    /// The day that it speaks of.
    pub day: Option<NaiveDate>,
    /// The codes that it speaks of, each with its list.
    pub codes: Vec<(&'static str, String)>,
}

impl Why {
    /// A reason without any more.
    pub const fn of(key: &'static str) -> Self {
        Self { key, day: None, codes: Vec::new() }
    }

    /// A reason that is a day.
    pub const fn on(key: &'static str, day: NaiveDate) -> Self {
        Self { key, day: Some(day), codes: Vec::new() }
    }

    /// As it is read.
    pub fn text(&self, look: &Look<'_>) -> String {
        let day = self.day.map(|day| look.day(day)).unwrap_or_default();
        let codes: Vec<String> = self.codes.iter().map(|(list, code)| look.short_code(list, code)).collect();
        look.locale.f(self.key, &[("day", &day), ("codes", &codes.join(" + "))]).into_owned()
    }
}

/// What a field may be filled with.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Proposal {
    /// The value, as the field holds it.
    pub value: Value,
    /// Why.
    pub why: Why,
}

/// The proposals of a form, at most one a field.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct Proposals(BTreeMap<(Target, &'static str), Proposal>);

impl Proposals {
    /// Proposes this, unless something better was proposed before.
    pub fn add(&mut self, target: Target, member: &'static str, value: Value, why: Why) {
        self.0.entry((target, member)).or_insert(Proposal { value, why });
    }

    /// Proposes nothing for these members any more.
    pub fn drop_all(&mut self, target: Target, members: &[&str]) {
        self.0.retain(|(of, member), _| *of != target || !members.contains(member));
    }

    /// Keeps, of codes, only those that may be chosen today.
    pub fn retain_codes(&mut self, fields: &[Field], around: &Around<'_>) {
        self.0.retain(|(target, member), proposal| {
            let list = fields.iter().find(|f| f.target == *target && f.member == *member).and_then(|f| f.kind.list());
            let Some(list) = list else { return true };
            let offered = |code: &str| around.codebook.offered(list, around.today).any(|entry| entry.code == code);
            match &proposal.value {
                Value::Array(codes) => codes.iter().filter_map(Value::as_str).all(offered),
                one => one.as_str().is_some_and(offered),
            }
        });
    }
}

impl Form {
    /// Puts these proposals in the place of those before. Asked for after every message, from the keyboard and from outside.
    ///
    /// What Enter does in the field in focus is what the screen said when the field was entered: what comes or changes
    /// while somebody is in it waits until the field is entered again. It is only withdrawn at once, where it holds no
    /// more (a link that was dropped): then Enter goes on and takes nothing.
    pub fn propose(&mut self, mut proposals: Proposals) {
        if let Some(field) = self.field().filter(|_| self.has_promised()) {
            let key = (field.target, field.member);
            let before = self.proposals.0.remove(&key);
            let now = proposals.0.remove(&key);
            let stands = before.filter(|before| now.is_some_and(|now| now.value == before.value));
            proposals.0.extend(stands.map(|stands| (key, stands)));
        }
        self.proposals = proposals;
        self.promised = self.field().map(|field| (field.target, field.member));
    }

    /// Whether what the field in focus proposes was on the screen already.
    pub fn has_promised(&self) -> bool {
        self.promised.is_some() && self.promised == self.field().map(|field| (field.target, field.member))
    }

    /// The form comes to the front: what is in focus is read anew by who looks at it.
    pub fn comes_to_front(&mut self) {
        self.promised = None;
    }

    /// What is proposed for this field: only where it is empty.
    pub fn proposal(&self, field: &Field) -> Option<&Proposal> {
        let empty = self.values.get(field.target, field.member).is_none() && self.values.raw(field).is_none();
        self.proposals.0.get(&(field.target, field.member)).filter(|_| empty)
    }

    /// What Enter takes in the field in focus.
    pub fn offered(&self) -> Option<&Proposal> {
        self.field().and_then(|field| self.proposal(field))
    }

    /// Takes what is proposed for the field in focus and goes on to the next one; `false` where nothing is.
    pub fn take_proposal(&mut self) -> bool {
        let (Some(field), Some(value)) = (self.field(), self.offered().map(|offered| offered.value.clone())) else {
            return false;
        };
        self.values.set(field.target, field.member, value);
        self.complaint = None;
        self.version += 1;
        // The field's own editor is still empty: what it would read on leaving is not what was taken.
        let next = (self.focus + 1).min(self.fields.len().saturating_sub(1));
        self.enter(next);
        true
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::desk::codebook::Codebook;
    use crate::screens::form::field::{FieldKind, field};
    use crate::screens::form::values::Values;

    const FIELDS: &[Field] = &[
        field(Target::Contact, "method", FieldKind::Code("method"), 0, 0, 1),
        field(Target::Case, "area", FieldKind::Area, 0, 1, 1),
        field(Target::Case, "doctor", FieldKind::Line, 0, 2, 1),
    ];

    fn proposals(of: &[(Target, &'static str, &str)]) -> Proposals {
        let mut proposals = Proposals::default();
        for (target, member, value) in of {
            proposals.add(*target, member, Value::from(*value), Why::of("propose-own"));
        }
        proposals
    }

    fn offered(form: &Form) -> Option<&str> {
        form.offered().and_then(|offered| offered.value.as_str())
    }

    fn with_around(work: impl FnOnce(&Around<'_>)) {
        let codebook = Codebook::default();
        let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        work(&Around { today, codebook: &codebook, areas: &["東部".to_owned()], operators: &BTreeMap::new() });
    }

    #[test]
    fn what_comes_for_the_field_in_focus_waits_until_it_is_entered_again() {
        with_around(|around| {
            let mut form = Form::new(FIELDS, Values::default());
            form.propose(Proposals::default());
            form.propose(proposals(&[(Target::Contact, "method", "1"), (Target::Case, "area", "東部")]));
            assert_eq!(offered(&form), None, "somebody is about to press Enter");
            assert!(!form.take_proposal());
            form.next(around);
            assert_eq!(offered(&form), Some("東部"), "a field that nobody was in");
            form.propose(proposals(&[(Target::Contact, "method", "1"), (Target::Case, "area", "東部")]));
            form.previous(around);
            form.propose(proposals(&[(Target::Contact, "method", "1")]));
            assert_eq!(offered(&form), Some("1"), "entered again");
        });
    }

    #[test]
    fn what_holds_no_more_is_withdrawn_at_once_and_another_takes_its_place_later() {
        with_around(|around| {
            let mut form = Form::new(FIELDS, Values::default());
            form.propose(proposals(&[(Target::Contact, "method", "1")]));
            form.propose(proposals(&[(Target::Contact, "method", "1"), (Target::Case, "doctor", "架空 医師")]));
            assert_eq!(offered(&form), Some("1"), "the same stays");
            form.propose(proposals(&[(Target::Contact, "method", "4")]));
            assert_eq!(offered(&form), None, "neither what is wrong now nor what nobody has seen");
            form.next(around);
            form.propose(proposals(&[(Target::Contact, "method", "4")]));
            form.previous(around);
            form.propose(proposals(&[(Target::Contact, "method", "4")]));
            assert_eq!(offered(&form), Some("4"));
        });
    }

    #[test]
    fn only_empty_fields_propose_and_nothing_counts_before_it_is_taken() {
        with_around(|around| {
            let mut form = Form::new(FIELDS, Values::default());
            form.propose(proposals(&[(Target::Contact, "method", "1"), (Target::Case, "doctor", "架空 医師")]));
            let version = form.version();
            assert!(form.values().is_empty() && form.version() == version);
            form.insert("2", around);
            form.previous(around);
            assert_eq!(offered(&form), None);
            form.focus_member(Target::Case, "doctor", around);
            form.insert("別", around);
            assert!(!form.take_proposal());
            form.clear();
            assert!(form.take_proposal(), "the last field too");
            assert_eq!(form.values().text(Target::Case, "doctor"), "架空 医師");
            assert!(form.undo());
            assert_eq!(form.values().text(Target::Case, "doctor"), "");
        });
    }

    #[test]
    fn a_code_that_is_no_more_is_not_proposed() {
        with_around(|around| {
            let mut proposals = proposals(&[(Target::Contact, "method", "x"), (Target::Case, "doctor", "x")]);
            proposals.retain_codes(FIELDS, around);
            assert_eq!(proposals.0.len(), 1);
        });
    }
}
