//! The demo's facilities, care services, the city and other desks. Invented.

use super::{DemoOffice, office};

/// Facilities, care services, the city, other desks.
pub const OTHERS: &[DemoOffice] = &[
    DemoOffice {
        capacity: "定員 80",
        handles: "特別養護老人ホーム",
        can: "admission? gastrostomy+ suction? end-of-life+",
        verified: Some(620),
        places: ("ask", "90", 30),
        ..office("8", "特別養護老人ホーム架空苑", "トクベツヨウゴロウジンホームカクウエン", 0, 7600)
    },
    DemoOffice {
        capacity: "定員 100",
        handles: "介護老人保健施設",
        can: "admission+ rehabilitation+ gastrostomy? dementia+",
        verified: Some(730),
        places: ("yes", "14", -20),
        ..office("8", "介護老人保健施設みなと架空", "カイゴロウジンホケンシセツミナトカクウ", 1, 7700)
    },
    DemoOffice {
        capacity: "2ユニット 18",
        handles: "グループホーム",
        can: "dementia+ admission- end-of-life?",
        verified: Some(470),
        ..office("8", "グループホーム架空の家", "グループホームカクウノイエ", 2, 7800)
    },
    DemoOffice {
        capacity: "40室",
        handles: "サービス付き高齢者向け住宅",
        can: "admission+ end-of-life? oxygen+",
        ..office("8", "架空ハイツ東部", "カクウハイツトウブ", 3, 7900)
    },
    DemoOffice {
        capacity: "50室",
        handles: "介護付有料老人ホーム",
        can: "admission+ ivh? dialysis? suction+",
        verified: Some(550),
        ..office("8", "架空ガーデン西部", "カクウガーデンセイブ", 4, 8000)
    },
    DemoOffice {
        handles: "訪問介護",
        hours: "毎日 7:00-21:00",
        can: "suction+",
        verified: Some(430),
        ..office("9", "架空ヘルパーステーション", "カクウヘルパーステーション", 0, 8100)
    },
    DemoOffice {
        handles: "通所介護",
        can: "dementia+",
        ..office("9", "デイサービス架空の里", "デイサービスカクウノサト", 1, 8200)
    },
    DemoOffice {
        handles: "訪問入浴",
        can: "gastrostomy+ ventilator?",
        verified: Some(520),
        ..office("9", "架空訪問入浴サービス", "カクウホウモンニュウヨクサービス", 3, 8300)
    },
    DemoOffice {
        handles: "小規模多機能",
        can: "dementia+ round-clock+",
        ..office("9", "小規模多機能ホーム架空", "ショウキボタキノウホームカクウ", 4, 8400)
    },
    DemoOffice {
        department: "地域包括ケア推進係",
        handles: "在宅医療・介護連携の委託、行政との会議",
        staff: &[("榊 真紀", "さかき まき", "保健師", "2345", "2か月に1回の会議の窓口")],
        verified: Some(970),
        ..office("a", "架空市役所 高齢者支援課", "カクウシヤクショコウレイシャシエンカ", 0, 8500)
    },
    DemoOffice {
        handles: "障害福祉サービス、難病",
        ..office("a", "架空市役所 障害福祉課", "カクウシヤクショショウガイフクシカ", 0, 8600)
    },
    DemoOffice {
        handles: "福祉の総合相談(市民)",
        how: "市民からの相談はまずここへ。温かく引き継ぐときは先に電話を。",
        hours: "平日 8:30-17:15",
        staff: &[
            ("和泉 佳奈", "いずみ かな", "社会福祉士", "", "総合相談"),
            ("本庄 敏", "ほんじょう さとし", "精神保健福祉士", "", "生活困窮、ひきこもり"),
        ],
        verified: Some(965),
        ..office("b", "架空市福祉総合相談窓口 むすび", "カクウシフクシソウゴウソウダンマドグチムスビ", 0, 8700)
    },
    DemoOffice {
        handles: "認知症の初期集中支援",
        verified: Some(690),
        ..office("b", "架空市認知症相談センター", "カクウシニンチショウソウダンセンター", 3, 8800)
    },
    DemoOffice {
        handles: "がんの療養、医療費、就労",
        hours: "平日 9:00-16:00",
        ..office("b", "架空がん相談支援センター", "カクウガンソウダンシエンセンター", 0, 8900)
    },
    DemoOffice {
        handles: "成年後見、日常生活自立支援",
        verified: Some(360),
        ..office("b", "架空市権利擁護センター", "カクウシケンリヨウゴセンター", 0, 9000)
    },
    DemoOffice {
        fax: 0,
        handles: "福祉用具の貸与",
        ..office("z", "架空福祉用具レンタル", "カクウフクシヨウグレンタル", 1, 9100)
    },
];
