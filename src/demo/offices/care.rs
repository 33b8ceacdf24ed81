//! The demo's home nursing stations, care managers and support centres. Invented.

use super::{DemoOffice, office};

/// Home nursing, care management, support centres.
pub const CARE: &[DemoOffice] = &[
    DemoOffice {
        handles: "24時間対応、看取り、小児",
        can: "round-clock+ end-of-life+ palliative+ ventilator+ paediatrics? pressure-ulcer+ suction+",
        staff: &[
            ("鳴海 京子", "なるみ きょうこ", "管理者・看護師", "", "新規の受付"),
            ("更科 望", "さらしな のぞみ", "看護師", "", "看取り・緩和ケア"),
        ],
        how: "携帯に転送されます。夜間も可。",
        verified: Some(920),
        serves: "中央、港、西部",
        places: ("yes", "3", 14),
        ..office("5", "架空訪問看護ステーション", "カクウホウモンカンゴステーション", 0, 5100)
    },
    DemoOffice {
        can: "round-clock+ end-of-life+ rehabilitation+ pressure-ulcer+",
        staff: &[("入江 慎", "いりえ しん", "管理者・看護師", "", "新規の受付")],
        verified: Some(840),
        ..office("5", "みなと架空訪問看護", "ミナトカクウホウモンカンゴ", 1, 5200)
    },
    DemoOffice {
        can: "round-clock? end-of-life+ rehabilitation+",
        staff: &[("保科 道代", "ほしな みちよ", "管理者・看護師", "", "山間部への訪問")],
        verified: Some(660),
        serves: "北部中学校区、架空島",
        places: ("no", "", 7),
        ..office("5", "北部架空訪問看護ステーション", "ホクブカクウホウモンカンゴステーション", 2, 5300)
    },
    DemoOffice {
        can: "psychiatry+ dementia+ round-clock-",
        verified: Some(540),
        ..office("5", "架空こころの訪問看護", "カクウココロノホウモンカンゴ", 3, 5400)
    },
    DemoOffice {
        can: "round-clock+ dialysis? gastrostomy+",
        ..office("5", "東部架空訪問看護", "トウブカクウホウモンカンゴ", 3, 5500)
    },
    DemoOffice {
        can: "round-clock~ end-of-life?",
        verified: Some(290),
        ..office("5", "西部架空訪問看護", "セイブカクウホウモンカンゴ", 4, 5600)
    },
    DemoOffice {
        staff: &[
            ("田村 一枝", "たむら かずえ", "主任ケアマネジャー", "", ""),
            ("井沢 亮", "いざわ りょう", "ケアマネジャー", "", ""),
        ],
        verified: Some(890),
        ..office("6", "架空居宅介護支援事業所", "カクウキョタクカイゴシエンジギョウショ", 0, 6100)
    },
    DemoOffice {
        staff: &[("矢萩 操", "やはぎ みさお", "主任ケアマネジャー", "", "")],
        verified: Some(680),
        ..office("6", "ケアプラン架空中央", "ケアプランカクウチュウオウ", 0, 6200)
    },
    DemoOffice {
        staff: &[("栗栖 浩二", "くりす こうじ", "ケアマネジャー", "", "")],
        verified: Some(480),
        ..office("6", "港町架空居宅支援センター", "ミナトマチカクウキョタクシエンセンター", 1, 6300)
    },
    DemoOffice {
        staff: &[("妹尾 春香", "せのお はるか", "ケアマネジャー", "", "離島・山間部")],
        ..office("6", "北部架空ケアプランセンター", "ホクブカクウケアプランセンター", 2, 6400)
    },
    DemoOffice {
        staff: &[("安曇 麻里", "あずみ まり", "主任ケアマネジャー", "", "")],
        verified: Some(570),
        ..office("6", "東部架空居宅介護支援", "トウブカクウキョタクカイゴシエン", 3, 6500)
    },
    DemoOffice {
        verified: Some(350), ..office("6", "西部架空ケアプラン", "セイブカクウケアプラン", 4, 6600)
    },
    DemoOffice {
        staff: &[("鈴鹿 直樹", "すずか なおき", "社会福祉士", "", "権利擁護、虐待の相談")],
        verified: Some(860),
        ..office("7", "架空市中央地域包括支援センター", "カクウシチュウオウチイキホウカツシエンセンター", 0, 7100)
    },
    DemoOffice {
        staff: &[("小峰 弘美", "こみね ひろみ", "保健師", "", "")],
        verified: Some(830),
        ..office("7", "架空市港地域包括支援センター", "カクウシミナトチイキホウカツシエンセンター", 1, 7200)
    },
    DemoOffice {
        staff: &[("辻堂 勇", "つじどう いさむ", "主任ケアマネジャー", "", "")],
        ..office("7", "架空市北部地域包括支援センター", "カクウシホクブチイキホウカツシエンセンター", 2, 7300)
    },
    DemoOffice {
        staff: &[("芦屋 悠", "あしや ゆう", "社会福祉士", "", "")],
        verified: Some(810),
        ..office("7", "架空市東部地域包括支援センター", "カクウシトウブチイキホウカツシエンセンター", 3, 7400)
    },
    DemoOffice {
        staff: &[("吉良 菜摘", "きら なつみ", "保健師", "", "")],
        verified: Some(790),
        ..office("7", "架空市西部地域包括支援センター", "カクウシセイブチイキホウカツシエンセンター", 4, 7500)
    },
];
