//! The demo's activities: greetings, flyers, a hearing on an island, a lecture, with what they cost, and a tour to come.

use super::build::Build;
use crate::desk::activity::{Activity, FERRY, Fare, Visit};
use crate::desk::edits;
use crate::desk::id::Id;

/// One activity.
struct Told {
    /// In thousandths of the demo's time.
    when: u32,
    kind: &'static str,
    title: &'static str,
    /// From which office of the directory on, and how many.
    offices: (usize, usize),
    flyers: u32,
    heads: u32,
    /// Means, yen, island.
    fares: &'static [(&'static str, u32, &'static str)],
    text: &'static str,
    result: &'static str,
}

const TOLD: [Told; 5] = [
    Told {
        when: 60,
        kind: "1",
        title: "連携室への開設の挨拶",
        offices: (0, 4),
        flyers: 20,
        heads: 0,
        fares: &[("1", 640, "")],
        text: "各病院の連携室を訪ね、窓口の役目と電話番号を伝えた。",
        result: "3か所で担当者の直通番号を伺った。",
    },
    Told {
        when: 240,
        kind: "2",
        title: "居宅介護支援事業所へのチラシ",
        offices: (34, 6),
        flyers: 10,
        heads: 0,
        fares: &[("1", 380, "")],
        text: "相談窓口のチラシを届けた。",
        result: "",
    },
    Told {
        when: 480,
        kind: "6",
        title: "架空島の在宅療養の聞き取り",
        offices: (8, 2),
        flyers: 5,
        heads: 3,
        fares: &[(FERRY, 1580, "架空島"), (FERRY, 1580, "架空島"), ("2", 420, "")],
        text: "島の診療所と民生委員に、夜間の往診と船のない日の対応を聞いた。",
        result: "船が止まる日の連絡先を名簿に加えた。",
    },
    Told {
        when: 700,
        kind: "5",
        title: "市民講演会「家で過ごすということ」",
        offices: (0, 0),
        flyers: 0,
        heads: 84,
        fares: &[],
        text: "市民センターで講演と相談会。",
        result: "終わったあとの相談が5件あった。",
    },
    Told {
        when: 930,
        kind: "7",
        title: "ケアマネ連絡会",
        offices: (34, 3),
        flyers: 30,
        heads: 41,
        fares: &[("1", 210, "")],
        text: "退院時の情報の流れを説明した。",
        result: "",
    },
];

impl Build<'_> {
    /// What the desk did besides its cases.
    pub fn outreach(&mut self) {
        let all: Vec<Id> = self.checked.iter().map(|(id, _)| *id).collect();
        for (n, told) in TOLD.iter().enumerate() {
            let on = self.time.part(told.when);
            let by = self.operator(n % 3);
            let ids = all.iter().skip(told.offices.0).take(told.offices.1);
            let visit = |(id, order): (&Id, u32)| {
                let met = self.staff.get(id).copied().filter(|_| told.kind != "2");
                let met = met.map(|person| (person, true)).into_iter().collect();
                (*id, Visit { visited: true, met, flyers: told.flyers, order })
            };
            let offices = ids.zip(1..).map(visit).collect();
            let mut fares = std::collections::BTreeMap::new();
            for (at, (means, yen, island)) in told.fares.iter().enumerate() {
                let operator = self.operator((n + at) % 3);
                let fare = Fare { means: (*means).to_owned(), yen: *yen, operator, island: (*island).to_owned() };
                fares.insert((self.ids)(), fare);
            }
            let activity = Activity {
                kind: told.kind.to_owned(),
                on: Some(on),
                title: told.title.to_owned(),
                operators: vec![by],
                offices,
                heads: told.heads,
                fares,
                text: told.text.to_owned(),
                result: told.result.to_owned(),
                ..Activity::default()
            };
            let id = (self.ids)();
            self.push(self.time.at(on, 16, 20), edits::add_activity(by, id, &activity));
        }
    }
}
