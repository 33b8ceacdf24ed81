//! The demo's clinics, dentists and pharmacies. Invented.

use super::{DemoOffice, office};

/// The clinics, dentists and pharmacies.
pub const CLINICS: &[DemoOffice] = &[
    DemoOffice {
        handles: "訪問診療、在宅看取り",
        services: &["内科", "在宅医療"],
        hours: "月・火・水・金・土 9:00-12:30、訪問 14:00-17:00",
        how: "12時半から13時が院長につながりやすい。FAXのあと電話を。",
        can: "house-call+ home-visit+ round-clock+ end-of-life+ palliative+ gastrostomy+ ivh+ oxygen+ opinion-letter+",
        staff: &[
            ("高梨 亘", "たかなし わたる", "医師(院長)", "", "訪問診療"),
            ("久世 玲", "くぜ れい", "看護師", "", "訪問診療の日程、初回の聞き取り"),
        ],
        verified: Some(950),
        serves: "中央、港",
        closed: "木・日・祝",
        best_time: "12:30-13:00",
        ..office("2", "架空内科クリニック", "カクウナイカクリニック", 0, 3100)
    },
    DemoOffice {
        handles: "訪問診療専門",
        services: &["在宅医療", "緩和ケア"],
        hours: "平日 9:00-18:00、夜間は待機",
        how: "電話一本で構いません。相談員が折り返します。",
        can: "house-call+ home-visit+ round-clock+ end-of-life+ palliative+ ventilator+ gastrostomy+ ivh+ oxygen+",
        staff: &[
            ("鷹取 碧", "たかとり みどり", "医師(院長)", "", "訪問診療、緩和ケア"),
            ("雪村 冬馬", "ゆきむら とうま", "医師", "", "訪問診療"),
            ("音無 翔", "おとなし しょう", "相談員", "", "新規の受付"),
            ("黛 ひとみ", "まゆずみ ひとみ", "看護師", "", "緊急時の連絡"),
        ],
        verified: Some(940),
        serves: "中央、港、東部",
        places: ("yes", "7", 14),
        ..office("2", "架空在宅クリニック", "カクウザイタククリニック", 0, 3200)
    },
    DemoOffice {
        hours: "月・火・木・金 9:00-12:00 15:00-18:00、水・土 9:00-12:00",
        services: &["内科", "循環器内科"],
        how: "主治医意見書は早めに連絡を。受診が要ります。",
        can: "house-call? home-visit? end-of-life? opinion-letter+",
        staff: &[("久保寺 進", "くぼでら すすむ", "医師(院長)", "", "")],
        verified: Some(640),
        ..office("2", "架空駅前医院", "カクウエキマエイイン", 0, 3300)
    },
    DemoOffice {
        services: &["内科", "小児科"],
        can: "house-call+ home-visit- paediatrics+ opinion-letter+",
        verified: Some(500),
        ..office("2", "港町架空医院", "ミナトマチカクウイイン", 1, 3400)
    },
    DemoOffice {
        hours: "月・水・木 9:00-12:00 14:30-17:30、火・金・土 9:00-12:00",
        handles: "訪問診療(火・金の午後)",
        services: &["内科", "外科"],
        can: "house-call+ home-visit+ end-of-life? pressure-ulcer+ opinion-letter+ round-clock-",
        staff: &[("磯部 渚", "いそべ なぎさ", "医師(院長)", "", "訪問診療")],
        serves: "港",
        verified: Some(870),
        ..office("2", "架空浜クリニック", "カクウハマクリニック", 1, 3500)
    },
    DemoOffice {
        hours: "月・火・木・金 8:30-12:00 14:00-17:00、土 8:30-12:00",
        handles: "山間部の往診",
        services: &["内科", "整形外科"],
        how: "看護師あてに電話。冬は訪問の日が変わります。",
        can: "house-call+ home-visit+ end-of-life+ oxygen? opinion-letter+",
        staff: &[("峯岸 岳", "みねぎし がく", "医師", "", "山間部の往診")],
        verified: Some(880),
        serves: "北部中学校区、架空島",
        closed: "水・日",
        places: ("ask", "", 10),
        ..office("2", "北部架空診療所", "ホクブカクウシンリョウショ", 2, 3600)
    },
    DemoOffice {
        services: &["内科"],
        can: "house-call~ home-visit~ opinion-letter?",
        ..office("2", "架空山手医院", "カクウヤマテイイン", 2, 3700)
    },
    DemoOffice {
        hours: "平日 9:00-12:30 14:30-17:30",
        services: &["内科", "神経内科"],
        handles: "物忘れ外来、神経難病の訪問診療",
        can: "dementia+ home-visit+ ventilator+ opinion-letter+ end-of-life?",
        staff: &[("海老沢 円", "えびさわ まどか", "医師(院長)", "", "")],
        serves: "東部、中央",
        verified: Some(780),
        ..office("2", "東部架空脳神経クリニック", "トウブカクウノウシンケイクリニック", 3, 3800)
    },
    DemoOffice {
        services: &["精神科"],
        can: "psychiatry+ dementia+ house-call? opinion-letter+",
        verified: Some(450),
        ..office("2", "架空こころクリニック", "カクウココロクリニック", 3, 3900)
    },
    DemoOffice {
        services: &["内科", "在宅医療"],
        handles: "西部では数少ない訪問診療",
        alert: "新規の訪問診療は月2名まで",
        can: "house-call+ home-visit? end-of-life? round-clock-",
        staff: &[("夕凪 誠一", "ゆうなぎ せいいち", "医師(院長)", "", "")],
        serves: "西部",
        verified: Some(910),
        ..office("2", "西部架空医院", "セイブカクウイイン", 4, 4000)
    },
    DemoOffice {
        services: &["外科", "内科"],
        can: "house-call- home-visit- opinion-letter+",
        verified: Some(330),
        ..office("2", "架空外科医院", "カクウゲカイイン", 4, 4100)
    },
    DemoOffice {
        services: &["訪問歯科", "口腔ケア"],
        can: "visiting-dentist+ swallowing+",
        how: "FAXの申込書。初回は口腔内を見てから日程。",
        verified: Some(720),
        ..office("3", "架空歯科医院", "カクウシカイイン", 0, 4200)
    },
    DemoOffice {
        services: &["訪問歯科"],
        can: "visiting-dentist+",
        ..office("3", "港町架空歯科", "ミナトマチカクウシカ", 1, 4300)
    },
    DemoOffice {
        can: "visiting-dentist? swallowing-",
        verified: Some(400),
        ..office("3", "北部架空デンタル", "ホクブカクウデンタル", 2, 4400)
    },
    DemoOffice {
        can: "visiting-dentist~", ..office("3", "西部架空歯科医院", "セイブカクウシカイイン", 4, 4500)
    },
    DemoOffice {
        handles: "麻薬・無菌調剤、夜間の連絡",
        can: "visiting-pharmacist+ round-clock+ palliative+ ivh+",
        how: "処方箋のFAXの前に電話を。",
        verified: Some(850),
        ..office("4", "架空調剤薬局 中央店", "カクウチョウザイヤッキョクチュウオウテン", 0, 4600)
    },
    DemoOffice {
        can: "visiting-pharmacist+ round-clock?",
        verified: Some(590),
        ..office("4", "みなと架空薬局", "ミナトカクウヤッキョク", 1, 4700)
    },
    DemoOffice {
        can: "visiting-pharmacist+", ..office("4", "北部架空薬局", "ホクブカクウヤッキョク", 2, 4800)
    },
    DemoOffice {
        can: "visiting-pharmacist? ivh-",
        verified: Some(380),
        ..office("4", "東部架空薬局", "トウブカクウヤッキョク", 3, 4900)
    },
    DemoOffice {
        can: "visiting-pharmacist~", ..office("4", "西部架空薬局", "セイブカクウヤッキョク", 4, 5000)
    },
];
