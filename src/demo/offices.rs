//! The demo's directory: every office, every person and every number is invented. The exchange 00 of area code 0834
//! cannot exist, and there is no postal code that begins with 000.

mod care;
mod clinics;
mod hospitals;
mod others;

pub(super) use care::CARE;
pub(super) use clinics::CLINICS;
pub(super) use hospitals::HOSPITALS;
pub(super) use others::OTHERS;

/// An office of the demo.
#[derive(Debug, Clone, Copy)]
pub(super) struct DemoOffice {
    pub kind: &'static str,
    pub name: &'static str,
    pub kana: &'static str,
    /// 圏域, as an index into [`AREAS`].
    pub area: usize,
    /// The last four digits of its telephone number.
    pub phone: u16,
    /// The last four digits of its fax number; 0: none.
    pub fax: u16,
    pub department: &'static str,
    pub handles: &'static str,
    pub services: &'static [&'static str],
    pub hours: &'static str,
    pub how: &'static str,
    pub capacity: &'static str,
    pub note: &'static str,
    pub alert: &'static str,
    /// Codes of list `capability`, each with `+` 可, `-` 不可, `?` 要相談 or `~` 未確認.
    pub can: &'static str,
    /// 訪問エリア.
    pub serves: &'static str,
    pub closed: &'static str,
    pub best_time: &'static str,
    /// 今の受入 (list `accepting`), 待ち, and days from the demo's last opening day for which it holds; empty: never told.
    pub places: (&'static str, &'static str, i64),
    /// Name, kana, job, extension (empty: none), what they handle.
    pub staff: &'static [(&'static str, &'static str, &'static str, &'static str, &'static str)],
    /// When the desk last checked it, in thousandths of the demo's time; `None`: never.
    pub verified: Option<u32>,
}

/// The five 日常生活圏域 of the demo's city.
pub(super) const AREAS: [&str; 5] = ["中央", "港", "北部", "東部", "西部"];

const fn office(kind: &'static str, name: &'static str, kana: &'static str, area: usize, phone: u16) -> DemoOffice {
    DemoOffice {
        kind,
        name,
        kana,
        area,
        phone,
        fax: phone + 1,
        department: "",
        handles: "",
        services: &[],
        hours: "",
        how: "",
        capacity: "",
        note: "",
        alert: "",
        can: "",
        serves: "",
        closed: "",
        best_time: "",
        places: ("", "", 0),
        staff: &[],
        verified: None,
    }
}
