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
}

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

    /// What the access log says of where it goes.
    pub fn logged(&self) -> String {
        format!("{} {}", self.to.office, self.to.fax)
    }
}

/// What the case is about, by the labels that the desk gives the codes: in Japanese, as the rest of the paper.
pub fn topics(case: &Case, codebook: &Codebook) -> Vec<String> {
    let locale = Locale::new(Lang::Ja);
    let label = |code: &String| {
        let own = codebook.label("topic", code).map(str::to_owned);
        own.unwrap_or_else(|| locale.t(&label_key("topic", code)).into_owned())
    };
    case.topics.iter().filter(|code| codebook.entry("topic", code).is_some()).map(label).collect()
}
