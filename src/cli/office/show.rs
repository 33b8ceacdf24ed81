//! Offices as `madoguchi office` prints them: a list, one with everything, and what other programs read.

use serde_json::{Map, Value, json};

use super::super::{Cx, Exit, Failure};
use crate::desk::codebook::label_key;
use crate::desk::edits::compact;
use crate::desk::id::Id;
use crate::desk::office::{Office, Staff};
use crate::desk::say::Say;
use crate::exchange::offices;
use crate::widgets::width;

pub(super) fn print_list(all: &[(Id, Office)], cx: &mut Cx<'_>) -> Result<(), Failure> {
    if cx.global.json {
        let list: Vec<Value> = all.iter().map(|(id, office)| brief(*id, office)).collect();
        return cx.json(&list);
    }
    for (id, office) in all {
        let line = line(*id, office, cx);
        writeln!(cx.out, "{line}")?;
    }
    if all.is_empty() {
        cx.tell(&Say::new("exchange-nothing-found"));
    }
    Ok(())
}

/// The identity's beginning tells entries apart in any directory that a desk has.
pub(super) fn line(id: Id, office: &Office, cx: &Cx<'_>) -> String {
    let short: String = id.to_string().chars().take(8).collect();
    let kind = kind(office, cx);
    let (name, phone) = (width::pad(&office.name, 40), width::pad(&office.phone, 14));
    let line = format!("{short}  {name} {} {phone} {}", width::pad(&kind, 14), office.address);
    line.trim_end().to_owned()
}

fn kind(office: &Office, cx: &Cx<'_>) -> String {
    if office.kind.is_empty() {
        return String::new();
    }
    cx.locale.t(&label_key("office-kind", &office.kind)).into_owned()
}

/// The name of the operator with this identity; empty where there is none.
pub(super) fn asked_by(id: &str, operators: &[(Id, String)]) -> String {
    operators.iter().find(|(operator, _)| operator.to_string() == id).map_or_else(String::new, |(_, name)| name.clone())
}

/// What other programs read of an office (README, "For other programs").
pub(super) fn brief(id: Id, office: &Office) -> Value {
    let staff: Vec<Value> = office
        .present_staff()
        .into_iter()
        .map(|(_, s)| json!({ "name": s.name, "role": s.role, "phone": s.phone, "handles": s.handles }))
        .collect();
    json!({
        "id": id,
        "name": office.name,
        "kana": office.kana,
        "kind": office.kind,
        "phone": office.phone,
        "fax": office.fax,
        "postal_code": office.postal_code,
        "address": office.address,
        "staff": staff,
        "verified_on": office.verified.as_ref().map(|v| v.on),
    })
}

pub(super) fn show(
    all: &[(Id, Office)],
    operators: &[(Id, String)],
    wanted: &str,
    cx: &mut Cx<'_>,
) -> Result<(), Failure> {
    let begins = |id: &Id| id.to_string().starts_with(&wanted.to_ascii_lowercase());
    let mut found = all.iter().filter(|(id, _)| begins(id));
    let (id, office) = match (found.next(), found.next()) {
        (Some(one), None) => one,
        (Some(_), Some(_)) => return Err(Failure::new(Exit::Failed, Say::new("exchange-several-ids"))),
        (None, _) => return Err(Failure::new(Exit::Failed, Say::new("exchange-no-such-office").with("id", wanted))),
    };
    if cx.global.json {
        return cx.json(&whole(*id, office));
    }
    writeln!(cx.out, "{}  {id}", office.name)?;
    let record = compact(office);
    for field in offices::FIELDS.iter().skip(1).chain(&["services", "official_id", "updated_on", "verified"]) {
        let value = match (*field, record.get(field)) {
            (_, None) => continue,
            ("kind", _) => kind(office, cx),
            ("services", _) => office.services.join("、"),
            ("verified", _) => office.verified.as_ref().map(|v| v.on.to_string()).unwrap_or_default(),
            ("accepting_by", Some(Value::String(id))) => asked_by(id, operators),
            (_, Some(Value::String(text))) => text.clone(),
            (_, Some(other)) => other.to_string(),
        };
        print_field("office", field, &value, cx)?;
    }
    for (_, staff) in office.present_staff() {
        writeln!(cx.out)?;
        print_staff(staff, cx)?;
    }
    Ok(())
}

fn print_staff(staff: &Staff, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let record = compact(staff);
    for field in offices::STAFF_FIELDS {
        if let Some(text) = record.get(field).and_then(Value::as_str) {
            print_field("staff", field, text, cx)?;
        }
    }
    Ok(())
}

fn print_field(of: &str, field: &str, value: &str, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let label = label(of, field, cx);
    for (i, text) in value.lines().enumerate() {
        let label = if i == 0 { label.as_str() } else { "" };
        writeln!(cx.out, "  {} {text}", width::pad(label, 18))?;
    }
    Ok(())
}

pub(super) fn label(of: &str, field: &str, cx: &Cx<'_>) -> String {
    cx.locale.t(&format!("field-{of}-{}", field.replace('_', "-"))).into_owned()
}

/// The brief form with every other field that is filled.
fn whole(id: Id, office: &Office) -> Value {
    let mut all = Map::new();
    for value in [compact(office), brief(id, office)] {
        if let Value::Object(members) = value {
            all.extend(members);
        }
    }
    all.remove("imported");
    let staff = office.present_staff().into_iter().map(|(id, staff)| {
        let mut member = compact(staff);
        if let Value::Object(members) = &mut member {
            members.insert("id".to_owned(), json!(id));
        }
        member
    });
    all.insert("staff".to_owned(), staff.collect());
    Value::Object(all)
}
