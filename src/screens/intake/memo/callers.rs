//! Who can be named behind `@`: callers of earlier calls, the offices of the directory and the people there. One more
//! source is a line in [`found`] that lists it, and one in [`Caller::named`] that knows it by what the memo calls it.

use serde_json::Value;

use super::labels::{Labels, caller_label, word};
use crate::app::known::Card;
use crate::app::known::find::{Asked, Typing, What, find};
use crate::app::model::Model;
use crate::desk::id::Id;
use crate::desk::office::{Office, Staff};
use crate::screens::form::field::Target;
use crate::screens::form::values::Values;
use crate::search::{Entry, Filter, Keys, Query};

/// How many offices are looked through for people.
const OFFICES: usize = 8;

/// A caller as the slip takes them: what is empty is not known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Caller {
    /// 相談者区分 (list `caller-kind`).
    pub kind: String,
    /// 氏名.
    pub name: String,
    /// カナ.
    pub kana: String,
    /// 所属.
    pub office: String,
    /// 所属 in the directory; nil where it is in none.
    pub office_id: Id,
    /// 電話.
    pub phone: String,
    /// FAX.
    pub fax: String,
    /// Whether the kind is their own, and not only what their office lets one think.
    pub own_kind: bool,
}

impl Caller {
    /// An office as a caller, or a person there.
    pub fn of(id: Id, office: &Office, staff: Option<&Staff>) -> Self {
        let own = staff.map(|staff| staff.phone.as_str()).filter(|phone| !phone.is_empty());
        Self {
            kind: kind_of(&office.kind).to_owned(),
            name: staff.map(|staff| word(&staff.name).into_owned()).unwrap_or_default(),
            kana: staff.map(|staff| word(&staff.kana).into_owned()).unwrap_or_default(),
            office: word(&office.name).into_owned(),
            office_id: id,
            phone: own.unwrap_or(&office.phone).to_owned(),
            fax: office.fax.clone(),
            own_kind: false,
        }
    }

    /// Somebody who called before.
    fn known(card: &Card) -> Self {
        Self {
            kind: card.kind.to_string(),
            name: word(&card.name).into_owned(),
            kana: word(&card.kana).into_owned(),
            office: word(&card.office).into_owned(),
            office_id: card.office_id,
            phone: card.phones.first().map(ToString::to_string).unwrap_or_default(),
            fax: card.fax.to_string(),
            own_kind: !card.kind.is_empty(),
        }
    }

    /// Who is named so in a memo, as far as the desk knows.
    pub fn named(office: &str, name: &str, labels: &Labels, model: &Model) -> Option<Self> {
        let is_meant = |card: &Card| word(&card.name) == *name && word(&card.office) == *office;
        let known = model.known.iter().map(|(_, card)| card).filter(|card| card.merged_into.is_nil());
        if !name.is_empty()
            && let Some(card) = known.into_iter().find(|card| is_meant(card))
        {
            return Some(Self::known(card));
        }
        let (id, listed) = labels.office(office, model)?;
        let staff = listed.present_staff().into_iter().map(|(_, staff)| staff).find(|staff| word(&staff.name) == *name);
        if !name.is_empty() && staff.is_none() {
            return None;
        }
        Some(Self::of(id, listed, staff))
    }

    /// What a memo calls them.
    pub fn label(&self) -> String {
        caller_label(&self.office, &self.name)
    }

    /// The members of a contact that they fill, with what is put there.
    fn members(&self) -> [(&'static str, &str); 6] {
        [
            ("caller_kind", &self.kind),
            ("caller_name", &self.name),
            ("caller_kana", &self.kana),
            ("caller_office", &self.office),
            ("phone", &self.phone),
            ("fax", &self.fax),
        ]
    }

    /// Fills the slip. A kind of caller that was chosen stays where only the office is known: it does not say who calls
    /// there. `true`: the kind of caller was put there now, and was not before.
    pub fn fill(&self, slip: &mut Values) -> bool {
        let kind = slip.text(Target::Contact, "caller_kind").to_owned();
        for (member, text) in self.members() {
            let keep = member == "caller_kind" && !self.own_kind && !slip.text(Target::Contact, member).is_empty();
            if !text.is_empty() && !keep {
                slip.set_text(Target::Contact, member, text);
            }
        }
        if !self.office_id.is_nil() {
            slip.set_text(Target::Contact, "caller_office_id", &self.office_id.to_string());
        }
        slip.text(Target::Contact, "caller_kind") != kind
    }

    /// Takes them from the slip again: what was changed there since stays, and a kind of caller that somebody else put
    /// there than they.
    pub fn empty(&self, slip: &mut Values, own_kind: bool) {
        for (member, text) in self.members().into_iter().filter(|(member, _)| own_kind || *member != "caller_kind") {
            if !text.is_empty() && word(slip.text(Target::Contact, member)) == word(text) {
                slip.set(Target::Contact, member, Value::Null);
            }
        }
        if !self.office.is_empty() {
            slip.set(Target::Contact, "caller_office_id", Value::Null);
        }
    }
}

/// Everybody who can be named and is found by what was typed, the best first.
pub fn found(typed: &str, model: &Model) -> Vec<Caller> {
    let filter = Filter::new(typed);
    let mut callers = known(typed, model);
    for hit in model.index.search(&Query::new(typed), OFFICES) {
        let Some(office) = model.offices.get(&hit.id) else { continue };
        let staff = office.present_staff();
        let is_meant = |staff: &Staff| {
            let keys = Keys::of(&Entry { name: &staff.name, kana: &staff.kana, ..Entry::default() });
            !filter.is_empty() && filter.matches(&keys)
        };
        let (meant, others): (Vec<_>, Vec<_>) = staff.into_iter().partition(|(_, staff)| is_meant(staff));
        // Who is typed by name is the caller; else the office is, and then whoever works there.
        let by_name = !meant.is_empty();
        callers.extend(meant.iter().map(|(_, staff)| Caller::of(hit.id, office, Some(staff))));
        callers.push(Caller::of(hit.id, office, None));
        if !by_name {
            callers.extend(others.iter().map(|(_, staff)| Caller::of(hit.id, office, Some(staff))));
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    callers.retain(|caller| seen.insert(caller.label()));
    callers
}

/// Callers of earlier calls, by name, reading or number.
fn known(typed: &str, model: &Model) -> Vec<Caller> {
    let asked =
        Asked { typing: Typing::Name, subject: false, name: typed, office: "", phone: "", kind: "", birth: None };
    let proposals = find(model, &asked).proposals.into_iter().filter_map(|proposal| match proposal.what {
        What::Person(id) => model.known.get(id),
        What::Office(_) | What::Staff(..) => None,
    });
    proposals.filter(|card| !card.name.is_empty()).map(Caller::known).collect()
}

/// The kind of caller (list `caller-kind`) that calls from an office of this kind (list `office-kind`); empty where that
/// says nothing.
fn kind_of(office_kind: &str) -> &'static str {
    match office_kind {
        "1" => "3",
        "2" => "5",
        "3" => "6",
        "4" => "7",
        "5" => "8",
        "6" => "1",
        "7" => "2",
        "8" | "9" => "9",
        "a" => "A",
        _ => "",
    }
}
