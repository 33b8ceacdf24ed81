//! The demo's inquiries to doctors, and its 主治医・副主治医 by 中学校区: some asked often, some who rest, a district without
//! anybody. Invented.

use chrono::TimeDelta;

use super::build::Build;
use super::offices::AREAS;
use super::time::later;
use crate::desk::doctors::doctors;
use crate::desk::doctors::pairs::{District, Pair};
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::inquiry::{Inquiry, Reply};

/// A doctor who was asked.
struct Asked {
    /// The case, by what it is about.
    about: &'static str,
    office: &'static str,
    /// Which of the office's doctors, from 1; 0: the office as a whole.
    doctor: usize,
    /// So many opening days after the case's last call.
    after: u32,
    /// Code of list `inquiry-purpose`.
    purpose: &'static str,
    /// Code of list `method`.
    means: &'static str,
    wanted: &'static [&'static str],
    answer: Reply,
    /// Code of list `inquiry-decline`.
    why: &'static str,
    text: &'static str,
    /// 休止 for so many days from today; 0: none.
    rest: i64,
}

const ASKED: Asked = Asked {
    about: "",
    office: "",
    doctor: 1,
    after: 1,
    purpose: "9",
    means: "1",
    wanted: &["home-visit", "end-of-life"],
    answer: Reply::Waiting,
    why: "",
    text: "",
    rest: 0,
};

const INQUIRIES: &[Asked] = &[
    Asked {
        about: "妻を家で看取りたい",
        office: "架空内科クリニック",
        answer: Reply::Accepted,
        text: "翌週から訪問",
        ..ASKED
    },
    Asked {
        about: "がんの治療を終え、家で過ごしたい",
        office: "架空在宅クリニック",
        means: "4",
        answer: Reply::Accepted,
        ..ASKED
    },
    Asked {
        about: "認知症の義母。施設の種類がわからない",
        office: "西部架空医院",
        wanted: &["home-visit", "dementia"],
        answer: Reply::Declined,
        why: "full",
        text: "新規は月2名まで。年内は難しい",
        rest: 21,
        ..ASKED
    },
    Asked {
        about: "医療拒否のある独居の方への関わり方",
        office: "架空在宅クリニック",
        wanted: &["home-visit"],
        answer: Reply::Conditional,
        text: "包括の同行があれば一度伺う",
        ..ASKED
    },
    Asked {
        about: "医師への報告のしかた",
        office: "架空在宅クリニック",
        doctor: 2,
        purpose: "6",
        means: "4",
        wanted: &[],
        answer: Reply::Accepted,
        ..ASKED
    },
    Asked {
        about: "受入先の病床の種類",
        office: "架空在宅クリニック",
        wanted: &["home-visit", "gastrostomy"],
        answer: Reply::Declined,
        why: "full",
        text: "今月はいっぱい",
        ..ASKED
    },
    Asked {
        about: "退院後の訪問診療の返事待ち",
        office: "架空浜クリニック",
        means: "4",
        wanted: &["home-visit", "pressure-ulcer"],
        ..ASKED
    },
    Asked {
        about: "主治医意見書を書く医師がいない",
        office: "架空駅前医院",
        after: 0,
        wanted: &["opinion-letter"],
        ..ASKED
    },
    Asked {
        about: "在宅緩和ケア中の急変時の入院先", office: "架空在宅クリニック", purpose: "6", ..ASKED
    },
    Asked {
        about: "自宅で看取りたい。往診医を探している", office: "架空浜クリニック", ..ASKED
    },
    Asked {
        about: "自宅で看取りたい。往診医を探している",
        office: "架空内科クリニック",
        answer: Reply::Declined,
        why: "hands",
        text: "夜間の往診が続いており、今は受けられない",
        ..ASKED
    },
];

/// A district with its pair: name, area, 主治医, 副主治医, and how many days ago it was confirmed.
type InDistrict = (&'static str, usize, &'static str, &'static str, i64);

const DISTRICTS: [InDistrict; 6] = [
    ("架空中央中学校区", 0, "架空内科クリニック", "架空在宅クリニック", 60),
    ("架空港中学校区", 1, "架空浜クリニック", "", 60),
    ("北部中学校区", 2, "北部架空診療所", "架空内科クリニック", 45),
    ("東部中学校区", 3, "東部架空脳神経クリニック", "架空こころクリニック", 400),
    ("西部中学校区", 4, "", "", 0),
    ("架空島中学校区", 1, "", "", 0),
];

impl Build<'_> {
    /// The inquiries of the stories.
    pub fn inquiries(&mut self) {
        for (nth, asked) in (0_i64..).zip(INQUIRIES) {
            let Some((case, by, at)) = self.cases.get(asked.about).copied() else { continue };
            let day = self.time.after(at.date_naive(), asked.after);
            // Never before the call that led to it.
            let at = self.time.at(day, 15, 0).max(later(at, 15)) + TimeDelta::minutes(nth);
            let (office, staff) = self.doctor(asked.office, asked.doctor);
            let rest = (asked.rest > 0).then(|| self.time.today + TimeDelta::days(asked.rest));
            let inquiry = Inquiry {
                case,
                office,
                staff,
                purpose: asked.purpose.to_owned(),
                wanted: asked.wanted.iter().map(|code| (*code).to_owned()).collect(),
                means: asked.means.to_owned(),
                on: Some(day),
                by,
                answer: asked.answer,
                declined_for: asked.why.to_owned(),
                answer_text: asked.text.to_owned(),
                answered_on: (asked.answer != Reply::Waiting).then_some(day),
                rest_until: rest,
                ..Inquiry::default()
            };
            let id = (self.ids)();
            self.push(at, edits::add_inquiry(by, id, &inquiry, None));
        }
    }

    /// The districts with their pairs, some of them missing.
    pub fn districts(&mut self) {
        let (by, at) = (self.operator(0), self.time.at(self.time.last(), 9, 10));
        let desk = self.desk;
        for (order, (name, area, main, second, ago)) in (1..).zip(DISTRICTS) {
            let area = AREAS.get(area).copied().unwrap_or_default().to_owned();
            let district = District { name: name.to_owned(), area, order, ..District::default() };
            let id = (self.ids)();
            self.push(at, edits::keep_district(by, desk, id, &district));
            if main.is_empty() {
                continue;
            }
            let ((doctor_office, doctor_staff), (second_office, second_staff)) =
                (self.doctor(main, 1), self.doctor(second, 1));
            let on = Some(self.time.today - TimeDelta::days(ago));
            let pair =
                Pair { district: id, doctor_office, doctor_staff, second_office, second_staff, on, ..Pair::default() };
            let pair_id = (self.ids)();
            self.batches_of(at, edits::keep_pair(by, desk, pair_id, None, &pair));
        }
    }

    /// An office by name with one of its doctors.
    fn doctor(&self, name: &str, nth: usize) -> (Id, Id) {
        let id = self.offices.get(name).map(|(id, _)| *id).unwrap_or_default();
        let entry = self.listed.iter().find(|(listed, _)| *listed == id);
        let there = entry.map(|(_, office)| doctors(office)).unwrap_or_default();
        let staff = nth.checked_sub(1).and_then(|nth| there.get(nth)).map(|(staff, _)| *staff);
        (id, staff.unwrap_or_default())
    }
}
