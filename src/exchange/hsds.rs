//! The directory as services of HSDS 3.0 (Human Services Data Specification, openreferral.org): a JSON list of services, each
//! with its organization, place, phones, hours, area and abilities inside, as the specification's `service_package` has them.
//!
//! An office is a service at a location; its 法人 is the organization. Nothing but what a printed directory says leaves the
//! desk: no history, no operator's name, no note. Every identity is made from the record's, so that each export gives the
//! same ones.

use serde_json::{Map, Value, json};

use crate::desk::id::Id;
use crate::desk::office::{Answer, Office, Staff};
use crate::desk::phone;
use crate::search::{self, fold};

/// Days with the same hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// The days, 0 being Monday.
    pub days: Vec<usize>,
    /// From and to in minutes of the day; none where the hours are not known.
    pub hours: Option<(u32, u32)>,
}

/// What the export needs to know beside the directory.
pub struct Around<'a> {
    /// The desk's name: who says so.
    pub desk: &'a str,
    /// The hours of an office, as far as they can be read.
    pub openings: &'a dyn Fn(&Office) -> Vec<Opening>,
    /// The word for a code of a list.
    pub word: &'a dyn Fn(&str, &str) -> String,
}

/// RFC 5545's names of the days.
const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
/// Hours ahead of UTC.
const TIMEZONE: i32 = 9;

/// The list. Entries that were taken out of the directory, and staff who have left, are not in it.
pub fn services(all: &[(Id, Office)], around: &Around<'_>) -> Value {
    let mut all: Vec<&(Id, Office)> = all.iter().filter(|(_, office)| !office.removed).collect();
    all.sort_by_key(|(id, _)| *id);
    all.into_iter().map(|(id, office)| One { id: *id, office, around }.service()).collect()
}

/// An identity in the form that the specification wants (a UUID of version 8), made of words.
fn uuid(parts: &[&str]) -> String {
    let hash = blake3::hash(parts.join("\u{1f}").as_bytes());
    let mut hex: Vec<char> = hash.to_hex().chars().take(32).collect();
    for (place, sign) in [(12, '8'), (16, 'a')] {
        if let Some(c) = hex.get_mut(place) {
            *c = sign;
        }
    }
    let part = |from: usize, count: usize| hex.iter().skip(from).take(count).collect::<String>();
    [part(0, 8), part(8, 4), part(12, 4), part(16, 4), part(20, 12)].join("-")
}

/// An object without its empty members.
fn filled(value: Value) -> Value {
    let Value::Object(members) = value else { return value };
    let empty =
        |v: &Value| v.is_null() || v.as_str().is_some_and(str::is_empty) || v.as_array().is_some_and(Vec::is_empty);
    Value::Object(members.into_iter().filter(|(_, value)| !empty(value)).collect::<Map<_, _>>())
}

struct One<'a> {
    id: Id,
    office: &'a Office,
    around: &'a Around<'a>,
}

impl One<'_> {
    fn uuid(&self, what: &str, which: &str) -> String {
        uuid(&[what, &self.id.to_string(), which])
    }

    fn service_id(&self) -> String {
        self.uuid("service", "")
    }

    fn organization_id(&self) -> String {
        let name = fold::text(&self.office.corporation);
        if name.is_empty() { self.uuid("organization", "") } else { uuid(&["organization", &name]) }
    }

    fn service(&self) -> Value {
        let office = self.office;
        let name = [office.name.as_str(), &office.department].join(" ");
        let told = [office.services.join("、"), office.handles.clone(), office.capacity.clone()];
        let told: Vec<&str> = told.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
        let reached = [office.how_to_contact.as_str(), &office.best_time];
        let reached: Vec<&str> = reached.into_iter().filter(|text| !text.is_empty()).collect();
        filled(json!({
            "id": self.service_id(),
            "organization_id": self.organization_id(),
            "name": name.trim(),
            "alternate_name": office.short_name,
            "description": told.join("\n"),
            "url": url(&office.url),
            "email": email(&office.email),
            "status": "active",
            "application_process": reached.join("\n"),
            "alert": office.alert,
            "assured_date": office.verified.as_ref().map(|verified| verified.on.to_string()),
            "phones": self.phones(),
            "schedules": self.schedules(),
            "service_areas": office.served().map(|place| json!({
                "id": self.uuid("service_area", place),
                "service_id": self.service_id(),
                "name": place,
            })).collect::<Vec<_>>(),
            "service_at_locations": self.location().map(|location| json!({
                "id": self.uuid("service_at_location", ""),
                "service_id": self.service_id(),
                "location_id": location.get("id"),
                "location": location,
            })).into_iter().collect::<Vec<_>>(),
            "organization": self.organization(),
            "contacts": office.present_staff().into_iter().map(|(id, staff)| self.contact(id, staff)).collect::<Vec<_>>(),
            "attributes": self.attributes(),
            "metadata": self.metadata(),
        }))
    }

    fn organization(&self) -> Value {
        let office = self.office;
        let own = office.corporation.is_empty();
        let name = if own { &office.name } else { &office.corporation };
        let kind = (self.around.word)("office-kind", &office.kind);
        filled(json!({
            "id": self.organization_id(),
            "name": name,
            // The specification wants one; the directory has none of a 法人.
            "description": if own && !kind.is_empty() { kind } else { name.clone() },
            "website": own.then(|| url(&office.url)).flatten(),
        }))
    }

    fn phones(&self) -> Vec<Value> {
        let office = self.office;
        let all = [(office.phone.as_str(), office.extension.as_str(), "voice"), (&office.fax, "", "fax")];
        let numbers = all.into_iter().filter(|(number, ..)| !phone::digits(number).is_empty());
        let one = |(number, extension, kind): (&str, &str, &str)| {
            number_of(&self.uuid("phone", kind), ("service_id", &self.service_id()), number, extension, kind)
        };
        numbers.map(one).collect()
    }

    fn contact(&self, id: Id, staff: &Staff) -> Value {
        let contact = self.uuid("contact", &id.to_string());
        let phone = (!phone::digits(&staff.phone).is_empty()).then(|| {
            let of = self.uuid("phone", &id.to_string());
            number_of(&of, ("contact_id", &contact), &staff.phone, &staff.extension, "voice")
        });
        filled(json!({
            "id": contact,
            "service_id": self.service_id(),
            "name": staff.name,
            "title": staff.role,
            "department": staff.department,
            "phones": phone.into_iter().collect::<Vec<_>>(),
        }))
    }

    fn schedules(&self) -> Vec<Value> {
        let office = self.office;
        let told = [office.hours.as_str(), &office.closed].into_iter().filter(|text| !text.is_empty());
        let told = told.collect::<Vec<_>>().join("\n");
        let time = |minutes: u32| format!("{:02}:{:02}+09:00", minutes / 60, minutes % 60);
        let mut openings = (self.around.openings)(office);
        if openings.is_empty() && !told.is_empty() {
            // Hours that only a person can read are told as they stand.
            openings.push(Opening { days: Vec::new(), hours: None });
        }
        let one = |(n, opening): (usize, &Opening)| {
            let days: Vec<&str> = opening.days.iter().filter_map(|day| DAYS.get(*day).copied()).collect();
            filled(json!({
                "id": self.uuid("schedule", &n.to_string()),
                "service_id": self.service_id(),
                "freq": (!days.is_empty()).then_some("WEEKLY"),
                "wkst": (!days.is_empty()).then_some("MO"),
                "byday": days.join(","),
                "timezone": TIMEZONE,
                "opens_at": opening.hours.map(|(from, _)| time(from)),
                "closes_at": opening.hours.map(|(_, to)| time(to)),
                "description": told,
            }))
        };
        openings.iter().enumerate().map(one).collect()
    }

    fn location(&self) -> Option<Value> {
        let office = self.office;
        if office.address.is_empty() && (office.latitude.is_none() || office.longitude.is_none()) {
            return None;
        }
        let id = self.uuid("location", "");
        let (scheme, code) = office.official_id.split_once(':').unwrap_or_default();
        let address = (!office.address.is_empty()).then(|| self.address(&id));
        Some(filled(json!({
            "id": id,
            "location_type": "physical",
            "organization_id": self.organization_id(),
            "name": office.name,
            "latitude": office.latitude,
            "longitude": office.longitude,
            "external_identifier": code,
            "external_identifier_type": scheme,
            "addresses": address.into_iter().collect::<Vec<_>>(),
        })))
    }

    /// The specification wants all of its members; what is not known stays empty.
    fn address(&self, location: &str) -> Value {
        let office = self.office;
        let mut address = json!({
            "id": self.uuid("address", ""),
            "location_id": location,
            "address_1": office.address,
            "city": search::city(&office.address).0,
            "state_province": prefecture(&office.address),
            "postal_code": office.postal_code,
            "country": "JP",
            "address_type": "physical",
        });
        if let (Value::Object(members), false) = (&mut address, office.building.is_empty()) {
            members.insert("address_2".to_owned(), json!(office.building));
        }
        address
    }

    fn attributes(&self) -> Vec<Value> {
        let office = self.office;
        let word = self.around.word;
        let mut all = Vec::new();
        if !office.kind.is_empty() {
            all.push(self.attribute("office-kind", &office.kind, &word("office-kind", &office.kind), ""));
        }
        all.extend(office.services.iter().map(|service| self.attribute("service", service, service, "")));
        for (code, known) in office.capabilities.iter().filter(|(_, known)| known.answer != Answer::Unknown) {
            let answer = match known.answer {
                Answer::Yes => "yes",
                Answer::No => "no",
                Answer::Ask => "ask",
                Answer::Unknown => continue,
            };
            let mut attribute = self.attribute("capability", code, &word("capability", code), answer);
            if let (Value::Object(members), Some(on)) = (&mut attribute, known.on) {
                let id = self.uuid("metadata", &format!("capability {code}"));
                let of = (members.get("id").cloned().unwrap_or_default(), "attribute");
                let told = action(&id, &of, &on.to_string(), "verify", code, answer, self.around.desk);
                members.insert("metadata".to_owned(), json!([told]));
            }
            all.push(attribute);
        }
        if let (false, Some(until)) = (office.accepting.is_empty(), office.accepting_until) {
            let waiting =
                if office.waiting.is_empty() { String::new() } else { format!(", waiting {}", office.waiting) };
            let value = format!("{}, until {until}{waiting}", office.accepting);
            all.push(self.attribute("accepting", "now", &word("accepting", &office.accepting), &value));
        }
        all
    }

    fn attribute(&self, taxonomy: &str, code: &str, name: &str, value: &str) -> Value {
        let term = uuid(&["taxonomy_term", taxonomy, code]);
        let name = if name.is_empty() { code } else { name };
        filled(json!({
            "id": self.uuid("attribute", &format!("{taxonomy} {code}")),
            "link_id": self.service_id(),
            "link_entity": "service",
            "link_type": taxonomy,
            "taxonomy_term_id": term,
            "value": value,
            "taxonomy_term": {
                "id": term,
                "code": code,
                "name": name,
                "description": name,
                "taxonomy": format!("madoguchi {taxonomy}"),
                "language": "ja",
            },
        }))
    }

    fn metadata(&self) -> Vec<Value> {
        let office = self.office;
        let of = (json!(self.service_id()), "service");
        let days = [("verify", office.verified.as_ref().map(|verified| verified.on)), ("update", office.updated_on)];
        let known = days.into_iter().filter_map(|(what, on)| Some((what, on?)));
        known
            .map(|(what, on)| {
                let id = self.uuid("metadata", what);
                action(&id, &of, &on.to_string(), what, "", "", self.around.desk)
            })
            .collect()
    }
}

/// What was done on a day. The desk is named, and nobody who sits at it.
fn action(id: &str, of: &(Value, &str), on: &str, what: &str, field: &str, value: &str, desk: &str) -> Value {
    json!({
        "id": id,
        "resource_id": of.0,
        "resource_type": of.1,
        "last_action_date": on,
        "last_action_type": what,
        "field_name": field,
        "previous_value": "",
        "replacement_value": value,
        "updated_by": desk,
    })
}

fn number_of(id: &str, of: (&str, &str), number: &str, extension: &str, kind: &str) -> Value {
    // An extension is a number in the specification: one that is not comes in words.
    let whole = extension.parse::<u64>().ok().filter(|n| n.to_string() == extension);
    let told = if whole.is_none() && !extension.is_empty() { format!("内線 {extension}") } else { String::new() };
    filled(json!({ "id": id, of.0: of.1, "number": number, "extension": whole, "type": kind, "description": told }))
}

/// The prefecture that the address begins with.
fn prefecture(address: &str) -> String {
    let ends = |n: usize| address.chars().nth(n).is_some_and(|c| matches!(c, '都' | '道' | '府' | '県'));
    // 京都府 has 都 at its second place; only three prefectures have four characters.
    let count = if ends(2) {
        3
    } else if ends(3) {
        4
    } else {
        0
    };
    address.chars().take(count).collect()
}

/// An address of the web as RFC 3986 has it, which a checker of the format `uri` asks for.
fn url(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://"))?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let mut parts = text.split('%');
    let plain = |part: &str| part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=".contains(&b));
    let whole = parts.next().is_some_and(plain)
        && parts.all(|part| part.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2 && plain(part));
    (whole && !host.is_empty() && text.matches('#').count() < 2).then_some(text)
}

/// An address of electronic mail in the form without quotes of RFC 5321.
fn email(text: &str) -> Option<&str> {
    let (name, place) = text.split_once('@')?;
    let word = |part: &str, more: &[u8]| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || more.contains(&b))
    };
    let label = |part: &str| word(part, b"-") && !part.starts_with('-') && !part.ends_with('-');
    let sound = name.split('.').all(|part| word(part, b"!#$%&'*+-/=?^_`{|}~")) && place.split('.').all(label);
    (sound && place.contains('.')).then_some(text)
}

#[cfg(test)]
mod tests;
