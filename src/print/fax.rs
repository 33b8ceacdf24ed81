//! 主治医連絡FAX送付書: what stands on it. The doctor's office comes from the directory alone, so that no number is typed
//! by hand; of the person only what a wrong number may learn: initials and the area.

use chrono::NaiveDate;
use serde::Serialize;

use super::initials;
use crate::desk::case::Case;
use crate::desk::codebook::{Codebook, label_key};
use crate::desk::date::format_era_long;
use crate::desk::office::Office;
use crate::desk::operator::DeskProfile;
use crate::locale::{Lang, Locale};

/// To whom it goes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct To {
    /// 医療機関・事業所.
    pub office: String,
    /// 部署; may be empty.
    pub department: String,
    /// The doctor whom the case names, where it is this office's; may be empty.
    pub doctor: String,
    /// FAX.
    pub fax: String,
    /// 電話; may be empty.
    pub phone: String,
}

/// From whom.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct From {
    /// 窓口.
    pub desk: String,
    /// 設置主体; may be empty.
    pub founder: String,
    /// 担当.
    pub operator: String,
    /// 電話 of the desk; empty: to be written by hand.
    pub phone: String,
    /// FAX of the desk; empty: to be written by hand.
    pub fax: String,
}

/// About whom.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct About {
    /// Initials; empty: to be written by hand.
    pub initials: String,
    /// The full name, where an operator chose to show it; else empty.
    pub name: String,
    /// 圏域; may be empty.
    pub area: String,
}

/// All of it. Templates use the members by these names.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Fax {
    /// 受付番号.
    pub number: String,
    /// The day, as it is written on papers.
    pub date: String,
    /// To whom it goes.
    pub to: To,
    /// From whom.
    pub from: From,
    /// About whom.
    pub about: About,
    /// 相談内容区分 by their labels.
    pub topics: Vec<String>,
    /// 照会目的: every one that there is, with that of the inquiry marked.
    pub purposes: Vec<Purpose>,
    /// What the doctor is asked to do, by labels; may be empty.
    pub wanted: Vec<String>,
    /// Whether the doctor is asked to take the person on: then the reply slip has boxes for the answer.
    pub to_take: bool,
}

/// A purpose with its box.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Purpose {
    /// As the desk calls it.
    pub label: String,
    /// Whether it is that of the inquiry.
    pub chosen: bool,
    /// Whether it leaves a line to write on.
    pub open: bool,
}

/// The code of 訪問診療・主治医の引受 and of その他 (list `inquiry-purpose`).
const TAKE_ON: &str = "9";
const OTHER: &str = "8";

impl Fax {
    /// About this case to this office; with initials only.
    pub fn of(case: &Case, office: &Office, desk: &DeskProfile, operator: &str, on: NaiveDate) -> Self {
        let text = |text: &str| text.trim().to_owned();
        let of_kana = initials(&case.subject_kana);
        Self {
            number: text(&case.number),
            date: format_era_long(on),
            to: To {
                office: text(&office.name),
                department: text(&office.department),
                doctor: String::new(),
                fax: text(&office.fax),
                phone: text(&office.phone),
            },
            from: From {
                desk: text(&desk.name),
                founder: text(&desk.founder),
                operator: text(operator),
                phone: text(&desk.phone),
                fax: text(&desk.fax),
            },
            about: About {
                initials: if of_kana.is_empty() { initials(&case.subject_name) } else { of_kana },
                name: String::new(),
                area: text(&case.area),
            },
            topics: Vec::new(),
            purposes: Vec::new(),
            wanted: Vec::new(),
            to_take: false,
        }
    }

    /// The same with this doctor's name.
    #[must_use]
    pub fn to_doctor(mut self, doctor: &str) -> Self {
        doctor.trim().clone_into(&mut self.to.doctor);
        self
    }

    /// The same with these labels of what it is about.
    #[must_use]
    pub fn with_topics(self, topics: Vec<String>) -> Self {
        Self { topics, ..self }
    }

    /// The same with the purpose (a code of list `inquiry-purpose`; empty: to be marked by hand) and with what is asked for
    /// (codes of list `capability`).
    #[must_use]
    pub fn for_purpose(mut self, purpose: &str, wanted: &[String], codebook: &Codebook, on: NaiveDate) -> Self {
        let (list, locale) = ("inquiry-purpose", Locale::new(Lang::Ja));
        let offered: Vec<&str> = codebook.offered(list, on).map(|entry| entry.code.as_str()).collect();
        // One that the desk no longer offers stands there all the same where the inquiry has it.
        let gone = Some(purpose).filter(|code| codebook.entry(list, code).is_some() && !offered.contains(code));
        let box_of = |code: &str| Purpose {
            label: label(&locale, list, code, codebook),
            chosen: code == purpose,
            open: code == OTHER,
        };
        self.purposes = offered.iter().copied().chain(gone).map(box_of).collect();
        let known = wanted.iter().filter(|code| codebook.entry("capability", code).is_some());
        self.wanted = known.map(|code| label(&locale, "capability", code, codebook)).collect();
        self.to_take = purpose == TAKE_ON;
        self
    }

    /// What the access log says of where it goes.
    pub fn logged(&self) -> String {
        format!("{} {}", self.to.office, self.to.fax)
    }
}

/// What the case is about, by the labels that the desk gives the codes: in Japanese, as the rest of the paper.
pub fn topics(case: &Case, codebook: &Codebook) -> Vec<String> {
    let locale = Locale::new(Lang::Ja);
    let known = case.topics.iter().filter(|code| codebook.entry("topic", code).is_some());
    known.map(|code| label(&locale, "topic", code, codebook)).collect()
}

fn label(locale: &Locale, list: &'static str, code: &str, codebook: &Codebook) -> String {
    let own = codebook.label(list, code).map(str::to_owned);
    own.unwrap_or_else(|| locale.t(&label_key(list, code)).into_owned())
}
