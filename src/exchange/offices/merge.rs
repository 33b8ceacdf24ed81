//! One row meeting one entry: which fields it may change. Knows nothing of how the entry was found.

use serde::Deserialize as _;
use serde_json::{Map, Value, json};

use super::super::rows::Incoming;
use super::super::{ability, layout, text};
use super::{Change, FIELDS, Kept, Plan, STAFF_FIELDS, Why};
use crate::desk::edits::compact;
use crate::desk::id::Id;
use crate::desk::office::{Answer, Capability, Office, Staff};
use crate::desk::phone;
use crate::search::fold;

/// An entry while the files are gone through.
pub(super) struct Work<'a> {
    /// Its identity.
    pub id: Id,
    /// The entry as it is in the directory.
    pub before: Option<&'a Office>,
    /// The entry without empty members, once a row has met it.
    pub now: Option<Map<String, Value>>,
    /// Whether anything in `now` differs from `before`.
    pub dirty: bool,
    /// What the file in hand has already had a say in.
    said: Said,
    /// What the file would have changed; dropped where the entry is new.
    pub changes: Vec<Change>,
}

impl<'a> Work<'a> {
    pub fn of(id: Id, before: Option<&'a Office>) -> Self {
        Self { id, before, now: None, dirty: false, said: Said::default(), changes: Vec::new() }
    }
}

/// The fields and people that one file has had a say in: its first row counts.
#[derive(Default)]
struct Said {
    file: usize,
    fields: Vec<&'static str>,
    people: Vec<String>,
}

impl Said {
    /// Whether the file says something of this field for the first time.
    fn first(&mut self, field: &'static str) -> bool {
        let first = !self.fields.contains(&field);
        if first {
            self.fields.push(field);
        }
        first
    }
}

/// One row meeting one entry.
pub(super) struct Merge<'m, 'a> {
    pub work: &'m mut Work<'a>,
    pub incoming: &'m Incoming,
    pub file: usize,
    /// Whether the identity says that they are the same, or only name and place.
    pub by_id: bool,
    pub plan: &'m mut Plan,
    pub new_id: &'m mut dyn FnMut() -> Id,
}

impl Merge<'_, '_> {
    /// Takes the row into the entry; whether the file has two names for it.
    pub fn office(&mut self) -> bool {
        let mut now = self.work.now.take().unwrap_or_else(|| self.work.before.map_or_else(Map::new, bare));
        if self.work.said.file != self.file {
            self.work.said = Said { file: self.file, ..Said::default() };
        }
        let mut two_names = false;
        if now.get("removed").is_some() {
            self.keep("name", "", Why::Removed, &Value::Null, &json!(self.incoming.office.name));
        } else {
            let mut imported = object(now.remove("imported"));
            self.origin(&mut now, &mut imported);
            two_names = self.fields(&mut now, &mut imported);
            self.services(&mut now, &mut imported);
            if self.own() {
                self.abilities(&mut now);
            } else {
                self.listed_abilities(&mut now, &mut imported);
            }
            if let Some(staff) = &self.incoming.staff {
                self.staff(staff, &mut now, &mut imported);
            }
            if !imported.is_empty() {
                now.insert("imported".to_owned(), Value::Object(imported));
            }
        }
        self.work.now = Some(now);
        two_names
    }

    /// Where a new entry comes from, and the identity where it has none yet.
    fn origin(&mut self, now: &mut Map<String, Value>, imported: &mut Map<String, Value>) {
        if now.is_empty() {
            let layout = self.incoming.source.split('/').next().unwrap_or_default();
            now.insert("source".to_owned(), json!(layout));
            if !self.own() {
                imported.insert("source".to_owned(), json!(self.incoming.source));
            }
        }
        let id = &self.incoming.office.official_id;
        if !id.is_empty() && !now.contains_key("official_id") {
            self.note("official_id", "", &Value::Null, &json!(id));
            now.insert("official_id".to_owned(), json!(id));
        }
    }

    fn fields(&mut self, now: &mut Map<String, Value>, imported: &mut Map<String, Value>) -> bool {
        let mut two_names = false;
        for field in FIELDS {
            let Some(value) = wanted(&self.incoming.office, field) else { continue };
            let present = now.get(field).unwrap_or(&Value::Null);
            let first = self.work.said.first(field);
            if *present == value {
                continue;
            }
            let alike = spelled_alike(field, present, &value);
            if !first {
                two_names |= field == "name" && !alike && self.by_id;
                continue;
            }
            if self.own() && Self::written_anew(field, present, &value, alike) {
                continue;
            }
            // Met by name, the directory's own spelling stays.
            if !self.by_id && (alike || field == "name" && !present.is_null()) {
                continue;
            }
            self.field(field, "", &value, now, imported, field);
        }
        two_names
    }

    /// Whether the difference came of writing and reading alone: a number parted anew, a sign that CP932 has once.
    fn written_anew(field: &str, present: &Value, value: &Value, alike: bool) -> bool {
        let twins = || text::same_in_cp932(present.as_str().unwrap_or_default(), value.as_str().unwrap_or_default());
        alike && (matches!(field, "phone" | "fax") || twins())
    }

    /// One field of an office or of a person: `key` is where the import's own note of it stands.
    fn field(
        &mut self,
        field: &'static str,
        person: &str,
        value: &Value,
        now: &mut Map<String, Value>,
        imported: &mut Map<String, Value>,
        key: &str,
    ) {
        let present = now.get(field).cloned().unwrap_or_default();
        let wrote = imported.get(key).cloned().unwrap_or_default();
        let why = match (present.is_null(), wrote.is_null()) {
            _ if self.own() => self.stale_export(now).then_some(Why::Desk),
            (true, true) => None,
            _ if present != wrote => Some(Why::Desk),
            _ => (Self::writer(imported, key) != self.incoming.source).then_some(Why::OtherList),
        };
        if let Some(why) = why {
            if !spelled_alike(field, &present, value) && field != "kind" {
                self.keep(field, person, why, &present, value);
            }
            return;
        }
        self.note(field, person, &present, value);
        now.insert(field.to_owned(), value.clone());
        if !self.own() {
            imported.insert(key.to_owned(), value.clone());
            if Self::writer(imported, key) != self.incoming.source {
                imported.insert(format!("source.{key}"), json!(self.incoming.source));
            }
        }
    }

    /// The list that wrote a field.
    fn writer<'v>(imported: &'v Map<String, Value>, key: &str) -> &'v str {
        let own = imported.get(&format!("source.{key}")).or_else(|| imported.get("source"));
        own.and_then(Value::as_str).unwrap_or_default()
    }

    /// Services are a union over the lists that name them: one office stands in a list for each of its services. What the
    /// desk took out stays out, and what the desk put in is never taken out.
    fn services(&mut self, now: &mut Map<String, Value>, imported: &mut Map<String, Value>) {
        let wanted = &self.incoming.office.services;
        if wanted.is_empty() {
            return;
        }
        let present = strings(now.get("services"));
        let mut wrote = object(imported.remove("services"));
        let mut mine = strings(wrote.get(&self.incoming.source));
        let elsewhere: Vec<String> = wrote
            .iter()
            .filter(|(list, _)| **list != self.incoming.source)
            .flat_map(|(_, s)| strings(Some(s)))
            .collect();
        // A file of one service says nothing of the others; nor does a further row of the same file.
        let whole = !self.incoming.source.contains('/') && self.work.said.first("services");
        let gone = |s: &String| whole && mine.contains(s) && !wanted.contains(s) && !elsewhere.contains(s);
        let mut after: Vec<String> = present.iter().filter(|s| !gone(s)).cloned().collect();
        mine.retain(|s| !whole || wanted.contains(s));
        for service in wanted.iter().filter(|s| !present.contains(s)) {
            if !self.own() && (mine.contains(service) || elsewhere.contains(service)) {
                self.keep("services", "", Why::Desk, &Value::Null, &json!(service));
                continue;
            }
            after.push(service.clone());
            mine.push(service.clone());
        }
        if after != present {
            self.note("services", "", &json!(present.join("、")), &json!(after.join("、")));
            now.insert("services".to_owned(), json!(after));
            if !self.own() {
                wrote.insert(self.incoming.source.clone(), json!(mine));
            }
        }
        if !wrote.is_empty() {
            imported.insert("services".to_owned(), Value::Object(wrote));
        }
    }

    /// What it can do, out of this program's own export: an answer that is newer here stays.
    fn abilities(&mut self, now: &mut Map<String, Value>) {
        if self.incoming.office.capabilities.is_empty() || !self.work.said.first("capabilities") {
            return;
        }
        let mut all = object(now.remove("capabilities"));
        let stale = self.stale_export(now);
        for (code, told) in &self.incoming.office.capabilities {
            let present = all.get(code).and_then(|value| Capability::deserialize(value).ok());
            if present.as_ref().is_some_and(|present| ability::same(present, told)) {
                continue;
            }
            let newer = present.as_ref().is_some_and(|present| present.on > told.on);
            let from = present.map_or(Value::Null, |present| Value::from(one(code, &present)));
            let to = Value::from(one(code, told));
            if stale || newer {
                self.keep("capabilities", "", Why::Desk, &from, &to);
                continue;
            }
            self.note("capabilities", "", &from, &to);
            all.insert(code.clone(), compact(told));
        }
        if !all.is_empty() {
            now.insert("capabilities".to_owned(), Value::Object(all));
        }
    }

    /// What a published list says that it can do. An answer that somebody got from the office itself stays, and so does one that
    /// the desk took out; what this list said before may be said otherwise by it.
    fn listed_abilities(&mut self, now: &mut Map<String, Value>, imported: &mut Map<String, Value>) {
        if self.incoming.office.capabilities.is_empty() || !self.work.said.first("capabilities") {
            return;
        }
        let mut all = object(now.remove("capabilities"));
        let mut wrote = object(imported.remove("capabilities"));
        for (code, told) in &self.incoming.office.capabilities {
            let present = all.get(code).and_then(|value| Capability::deserialize(value).ok());
            let said = present.as_ref().map(|present| present.answer).unwrap_or_default();
            let note = wrote.get(code).and_then(Value::as_object);
            let mine = json!({ "list": self.incoming.source, "answer": told.answer });
            if said == told.answer {
                continue;
            }
            let untouched = present.as_ref().is_some_and(|present| present.source == ability::PUBLISHED)
                && note.is_some_and(|note| note.get("answer") == Some(&json!(said)));
            let why = match note {
                None => (said != Answer::Unknown).then_some(Why::Desk),
                Some(_) if !untouched => Some(Why::Desk),
                Some(note) => (note.get("list") != mine.get("list")).then_some(Why::OtherList),
            };
            let from = present.map_or(Value::Null, |present| Value::from(one(code, &present)));
            let to = Value::from(one(code, told));
            if let Some(why) = why {
                self.keep("capabilities", "", why, &from, &to);
                continue;
            }
            self.note("capabilities", "", &from, &to);
            all.insert(code.clone(), compact(told));
            wrote.insert(code.clone(), mine);
        }
        for (name, value, into) in [("capabilities", all, &mut *now), ("capabilities", wrote, &mut *imported)] {
            if !value.is_empty() {
                into.insert(name.to_owned(), Value::Object(value));
            }
        }
    }

    fn staff(&mut self, person: &Staff, now: &mut Map<String, Value>, imported: &mut Map<String, Value>) {
        let mut all = object(now.remove("staff"));
        let mut wrote = object(imported.remove("staff"));
        if let Some(id) = self.which_person(person, &all) {
            let mut member = object(all.remove(&id));
            let mut note = object(wrote.remove(&id));
            // Notes on people are few: they say their list in their own "source".
            if note.is_empty() && member.is_empty() && !self.own() {
                note.insert("source".to_owned(), json!(self.incoming.source));
            }
            if member.is_empty() {
                let order = all.len();
                self.note("staff", "", &Value::Null, &json!(person.name));
                member = bare_value(person);
                if order > 0 {
                    member.insert("order".to_owned(), json!(order));
                }
                if !self.own() {
                    note.extend(bare_value(person));
                }
            } else {
                let wanted = bare_value(person);
                for field in STAFF_FIELDS {
                    let Some(value) = wanted.get(field).filter(|v| member.get(field) != Some(*v)) else { continue };
                    let present = member.get(field).unwrap_or(&Value::Null);
                    let anew =
                        self.own() && Self::written_anew(field, present, value, spelled_alike(field, present, value));
                    if field != "name" && !anew {
                        self.field(field, &person.name, value, &mut member, &mut note, field);
                    }
                }
            }
            self.work.said.people.push(id.clone());
            all.insert(id.clone(), Value::Object(member));
            if !note.is_empty() {
                wrote.insert(id, Value::Object(note));
            }
        }
        if !all.is_empty() {
            now.insert("staff".to_owned(), Value::Object(all));
        }
        if !wrote.is_empty() {
            imported.insert("staff".to_owned(), Value::Object(wrote));
        }
    }

    /// The identity of the person: of those of the same name the one most alike that this file has not named yet; a new
    /// identity where there is none; `None` where the row only repeats an earlier one.
    fn which_person(&mut self, person: &Staff, all: &Map<String, Value>) -> Option<String> {
        let wanted = bare_value(person);
        let text = |v: Option<&Value>| v.and_then(Value::as_str).unwrap_or_default().to_owned();
        let alike = |member: &Value| STAFF_FIELDS.iter().filter(|f| member.get(**f) == wanted.get(**f)).count();
        let name = fold::text(&person.name);
        let mut same: Vec<_> = all.iter().filter(|(_, m)| fold::text(&text(m.get("name"))) == name).collect();
        same.sort_by_key(|(_, member)| std::cmp::Reverse(alike(member)));
        let named = |id: &str| self.work.said.people.iter().any(|said| said == id);
        if let Some((id, _)) = same.iter().find(|(id, _)| !named(id)) {
            return Some((*id).clone());
        }
        let repeats = |member: &Value| wanted.iter().all(|(field, value)| member.get(field) == Some(value));
        if same.iter().any(|(_, member)| repeats(member)) { None } else { Some((self.new_id)().to_string()) }
    }

    fn own(&self) -> bool {
        self.incoming.source == layout::OWN
    }

    /// An export that is older than the entry's last change doesn't take that change back.
    fn stale_export(&self, now: &Map<String, Value>) -> bool {
        let before = self.work.before.and_then(|o| o.updated_on);
        !now.is_empty() && before > self.incoming.updated_on
    }

    fn change(&self, field: &'static str, person: &str, from: &Value, to: &Value) -> Change {
        let office = self.work.before.map_or(&self.incoming.office.name, |o| &o.name).clone();
        Change { id: self.work.id, office, staff: person.to_owned(), field, from: shown(from), to: shown(to) }
    }

    /// What changes in an entry that is there; a new one is told as a whole.
    fn note(&mut self, field: &'static str, person: &str, from: &Value, to: &Value) {
        self.work.dirty = true;
        if self.work.before.is_some() {
            let change = self.change(field, person, from, to);
            self.work.changes.push(change);
        }
    }

    fn keep(&mut self, field: &'static str, person: &str, why: Why, from: &Value, to: &Value) {
        let change = self.change(field, person, from, to);
        if self.work.before.is_some() {
            self.plan.kept.push(Kept { change, why });
        }
    }
}

/// One ability as it stands in a file.
fn one(code: &str, known: &Capability) -> String {
    ability::cell(&[(code.to_owned(), known.clone())].into())
}

/// What the row says of a field; `None` where it says nothing.
fn wanted(office: &Office, field: &str) -> Option<Value> {
    let text = match field {
        "name" => &office.name,
        "kana" => &office.kana,
        "short_name" => &office.short_name,
        "kind" => &office.kind,
        "department" => &office.department,
        "phone" => &office.phone,
        "extension" => &office.extension,
        "fax" => &office.fax,
        "email" => &office.email,
        "postal_code" => &office.postal_code,
        "address" => &office.address,
        "building" => &office.building,
        "latitude" => return office.latitude.map(Value::from),
        "longitude" => return office.longitude.map(Value::from),
        "area" => &office.area,
        "corporation" => &office.corporation,
        "handles" => &office.handles,
        "hours" => &office.hours,
        "how_to_contact" => &office.how_to_contact,
        "alert" => &office.alert,
        "closed" => &office.closed,
        "best_time" => &office.best_time,
        "serves" => &office.serves,
        "accepting" => &office.accepting,
        "waiting" => &office.waiting,
        "accepting_until" => return office.accepting_until.map(|until| Value::from(until.to_string())),
        "accepting_on" => return office.accepting_on.map(|on| Value::from(on.to_string())),
        "accepting_by" => return (!office.accepting_by.is_nil()).then(|| json!(office.accepting_by)),
        "url" => &office.url,
        "capacity" => &office.capacity,
        "note" => &office.note,
        _ => return None,
    };
    (!text.is_empty()).then(|| Value::from(text.as_str()))
}

/// Whether two values are one value in two spellings.
fn spelled_alike(field: &str, a: &Value, b: &Value) -> bool {
    let (Some(a), Some(b)) = (a.as_str(), b.as_str()) else { return a == b };
    match field {
        "address" => fold::same_address(a, b),
        "phone" | "fax" => phone::digits(a) == phone::digits(b),
        _ => fold::same(a, b),
    }
}

fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| if value.is_null() { String::new() } else { value.to_string() }, str::to_owned)
}

fn strings(value: Option<&Value>) -> Vec<String> {
    value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn object(value: Option<Value>) -> Map<String, Value> {
    if let Some(Value::Object(map)) = value { map } else { Map::new() }
}

/// The office as a record without empty members: missing and empty are the same.
pub(super) fn bare(office: &Office) -> Map<String, Value> {
    bare_value(office)
}

fn bare_value(value: &impl serde::Serialize) -> Map<String, Value> {
    object(Some(compact(value)))
}
