//! The cells of one row as the fields of an entry. Knows nothing of the rows around it.

use std::collections::BTreeMap;

use super::super::ability;
use super::super::clean::{self, Bad};
use super::super::kind;
use super::super::layout::{self, BEDS, Field, Found};
use super::super::table::Row;
use super::{Incoming, Problem, Trouble};
use crate::desk::office::{Answer, Capability, Office, Staff};
use crate::desk::phone::Split;

/// The cells of one row, by field.
pub(super) struct Cells<'a> {
    pub row: &'a Row,
    pub found: &'a Found,
    pub file: &'a str,
    pub problems: &'a mut Vec<Problem>,
}

impl Cells<'_> {
    fn raw(&self, field: Field) -> &str {
        self.found.columns.get(&field).map_or("", |column| self.row.cell(*column))
    }

    fn line(&self, field: Field) -> String {
        clean::line(self.raw(field))
    }

    pub fn problem(&mut self, column: &str, what: Trouble) {
        self.problems.push(Problem {
            file: self.file.to_owned(),
            row: self.row.number,
            column: column.to_owned(),
            what,
        });
    }

    /// The value, or nothing and a problem that names the column.
    fn checked<T: Default>(&mut self, field: Field, value: Result<T, Bad>) -> T {
        value.unwrap_or_else(|bad| {
            let header = self.found.columns.get(&field).and_then(|c| self.found.headers.get(*c));
            self.problem(&header.cloned().unwrap_or_default(), Trouble::Value(bad));
            T::default()
        })
    }

    /// Long lists repeat their header on each page.
    pub fn repeats_header(&self) -> bool {
        let same = |c: &usize| self.found.headers.get(*c).is_some_and(|h| h == self.row.cell(*c).trim());
        self.found.columns.len() > 1 && self.found.columns.values().all(same)
    }

    pub fn entry(&mut self) -> Incoming {
        let own = self.found.layout.name == layout::OWN;
        let official_id = self.official_id();
        let services = self.services(own);
        let service = self.line(Field::Service);
        let mut source = self.found.layout.name.to_owned();
        if !service.is_empty() && !own {
            source = format!("{source}/{service}");
        }
        let (prefecture, city) = (self.line(Field::Prefecture), self.line(Field::City));
        // The country's extent.
        let latitude = clean::coordinate(self.raw(Field::Latitude), 20.0, 46.0);
        let longitude = clean::coordinate(self.raw(Field::Longitude), 122.0, 154.0);
        let postal = clean::postal(self.raw(Field::Postal));
        let phone = self.phone(Field::Phone, &official_id);
        let able = if own { ability::read(self.raw(Field::Abilities)) } else { Ok(self.beds()) };
        let accepting = ability::accepting(self.raw(Field::Accepting));
        let until = ability::day(self.raw(Field::AcceptingUntil));
        let asked_on = ability::day(self.raw(Field::AcceptingOn));
        let mut office = Office {
            name: self.line(Field::Name),
            kana: self.line(Field::Kana),
            short_name: self.line(Field::ShortName),
            department: self.line(Field::Department),
            extension: some(self.line(Field::Extension), phone.extension),
            phone: phone.number,
            fax: self.phone(Field::Fax, &official_id).number,
            email: self.line(Field::Email),
            postal_code: self.checked(Field::Postal, postal),
            address: clean::address(&self.line(Field::Address), &prefecture, &city),
            building: self.line(Field::Building),
            latitude: self.checked(Field::Latitude, latitude),
            longitude: self.checked(Field::Longitude, longitude),
            area: self.line(Field::Area),
            corporation: self.line(Field::Corporation),
            handles: clean::lines(self.raw(Field::Handles)),
            hours: self.hours(),
            how_to_contact: clean::lines(self.raw(Field::HowToContact)),
            alert: clean::lines(self.raw(Field::Alert)),
            closed: self.line(Field::Closed),
            best_time: self.line(Field::BestTime),
            serves: self.line(Field::Serves),
            capabilities: self.checked(Field::Abilities, able),
            accepting: self.checked(Field::Accepting, accepting),
            waiting: self.line(Field::Waiting),
            accepting_until: self.checked(Field::AcceptingUntil, until),
            accepting_on: self.checked(Field::AcceptingOn, asked_on),
            url: self.line(Field::Url),
            capacity: self.capacity(),
            note: clean::lines(self.raw(Field::Note)),
            official_id,
            services,
            ..Office::default()
        };
        self.kind(own).unwrap_or_default().clone_into(&mut office.kind);
        let staff = self.found.layout.staff.then(|| self.staff(&mut office, own)).flatten();
        Incoming {
            row: self.row.number,
            source,
            id: self.raw(Field::RecordId).trim().parse().ok(),
            updated_on: self.raw(Field::UpdatedOn).trim().parse().ok(),
            asked_by: self.line(Field::AcceptingBy),
            office,
            staff,
        }
    }

    fn official_id(&mut self) -> String {
        let own = self.line(Field::OfficialId);
        if !own.is_empty() {
            return own;
        }
        let schemes: [(Field, &str, usize); 3] =
            [(Field::IryoId, "iryo:", 13), (Field::KaigoNumber, "kaigo:", 10), (Field::MedicalCode, "kikan:", 7)];
        for (field, scheme, length) in schemes {
            let code = clean::code(self.raw(field), length);
            let code = self.checked(field, code);
            if code.is_empty() {
                continue;
            }
            // 医療機関コード are unique in a prefecture only.
            let area = if field == Field::MedicalCode {
                clean::prefecture_code(self.raw(Field::AreaCode))
            } else {
                String::new()
            };
            return format!("{scheme}{area}{code}");
        }
        let any = clean::any_id(self.raw(Field::AnyId));
        self.checked(Field::AnyId, any)
    }

    /// The number, and the extension that was written behind it.
    fn phone(&mut self, field: Field, id: &str) -> Split {
        let phone = clean::phone(self.raw(field), id);
        self.checked(field, phone)
    }

    fn services(&self, own: bool) -> Vec<String> {
        let mut services: Vec<String> = Vec::new();
        let flagged = self.found.flags.iter().filter(|(c, _)| clean::mark(self.row.cell(*c)) == Some(true));
        let flagged = flagged.map(|(_, name)| name.clone());
        let several = format!("{} {}", self.line(Field::Services), self.line(Field::MoreServices));
        // This program's own list has but one sign, so that names may have the others.
        let sign = |c: char| matches!(c, ',' | '，' | ';' | '；' | '/' | '／' | '|' | '｜') || c.is_whitespace();
        let several = several.split(|c: char| c == '、' || !own && sign(c)).map(|s| s.trim().to_owned());
        let one = self.line(Field::Service);
        for service in std::iter::once(one).chain(flagged).chain(several).filter(|s| !s.is_empty()) {
            if !services.contains(&service) {
                services.push(service);
            }
        }
        services
    }

    fn hours(&self) -> String {
        let (from, to) = (self.line(Field::From), self.line(Field::To));
        let time = if from.is_empty() && to.is_empty() { String::new() } else { format!("{from}～{to}") };
        let parts = [self.line(Field::Days), time, self.line(Field::HoursNote)];
        parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ")
    }

    fn capacity(&self) -> String {
        let known = |text: String| if text == "0" { String::new() } else { text };
        let whole = known(self.line(Field::Capacity));
        // 0, 無 and a hyphen are no beds to tell of.
        let told = |text: &String| clean::beds(text).unwrap_or_else(|| text.contains(char::is_alphanumeric));
        let beds = BEDS.iter().enumerate().map(|(i, (name, _))| (name, self.line(Field::Beds(i))));
        let beds: Vec<String> = beds.filter(|(_, n)| told(n)).map(|(name, n)| format!("{name}{n}")).collect();
        match (whole.is_empty(), beds.is_empty()) {
            (true, _) => beds.join("・"),
            (false, true) => whole,
            (false, false) => format!("{whole}（{}）", beds.join("・")),
        }
    }

    /// What the columns of beds say that an office has and has not. Where none has any, nobody filled them in.
    fn beds(&self) -> BTreeMap<String, Capability> {
        let told =
            BEDS.iter().enumerate().filter_map(|(i, (_, code))| Some((*code, clean::beds(self.raw(Field::Beds(i)))?)));
        let told: Vec<(&str, bool)> = told.collect();
        if !told.iter().any(|(_, has)| *has) {
            return BTreeMap::new();
        }
        let able = |has| Capability {
            answer: if has { Answer::Yes } else { Answer::No },
            source: ability::PUBLISHED.to_owned(),
            ..Capability::default()
        };
        told.into_iter().filter(|(code, _)| !code.is_empty()).map(|(code, has)| (code.to_owned(), able(has))).collect()
    }

    fn kind(&self, own: bool) -> Option<&'static str> {
        kind::of_column(&self.line(Field::Service), false).or_else(|| kind::of_column(&self.line(Field::Kind), own))
    }

    /// The person of the row. In a desk's own list department, extension and 対応内容 are the person's where there is one.
    fn staff(&mut self, office: &mut Office, own: bool) -> Option<Staff> {
        let name = self.line(Field::StaffName);
        let direct = self.phone(Field::StaffPhone, "");
        if name.is_empty() {
            if office.phone.is_empty() {
                office.phone = direct.number;
            }
            return None;
        }
        let mut staff = Staff {
            name,
            kana: self.line(Field::StaffKana),
            role: self.line(Field::StaffRole),
            phone: direct.number,
            ..Staff::default()
        };
        if own {
            staff.department = self.line(Field::StaffDepartment);
            staff.extension = self.line(Field::StaffExtension);
            staff.handles = clean::lines(self.raw(Field::StaffHandles));
        } else {
            staff.department.clone_from(&office.department);
            staff.extension = some(std::mem::take(&mut office.extension), direct.extension);
            staff.handles = std::mem::take(&mut office.handles);
            if staff.phone.is_empty() {
                staff.phone.clone_from(&office.phone);
            }
        }
        Some(staff)
    }
}

/// The first of the two that is not empty.
fn some(a: String, b: String) -> String {
    if a.is_empty() { b } else { a }
}
