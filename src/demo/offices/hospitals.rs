//! The demo's hospitals and their liaison offices. Invented.

use super::{DemoOffice, office};

/// The hospitals, with their liaison offices.
pub const HOSPITALS: &[DemoOffice] = &[
    DemoOffice {
        department: "地域医療連携室",
        handles: "入退院調整、紹介・逆紹介、転院相談",
        services: &["内科", "外科", "循環器内科", "脳神経外科", "整形外科"],
        hours: "平日 8:30-17:15",
        how: "先に電話、そのあとFAX。診療情報提供書の有無を聞かれます。",
        capacity: "高度急性期 40床、急性期 280床、休棟 12床",
        can: "admission? respite- night-holiday+ ventilator+ bed-advanced+ bed-acute+ bed-recovery- bed-closed+ full-open-system-",
        staff: &[
            ("窪田 由美", "くぼた ゆみ", "社会福祉士(MSW)", "2101", "退院調整・転院"),
            ("真壁 達也", "まかべ たつや", "社会福祉士(MSW)", "2102", "医療費・制度、外来の相談"),
            ("野々村 恵", "ののむら めぐみ", "看護師", "2103", "医療処置のある方の退院支援"),
            ("樋渡 直子", "ひわたし なおこ", "事務", "2100", "紹介予約、FAXの受付"),
        ],
        verified: Some(930),
        ..office("1", "架空中央病院", "カクウチュウオウビョウイン", 0, 2100)
    },
    DemoOffice {
        department: "地域連携室",
        handles: "開業医が主治医のままの入院、在宅療養の後方支援",
        services: &["内科", "外科", "リハビリテーション科"],
        hours: "平日 8:30-17:00",
        how: "かかりつけ医からの電話が早い。在宅部の看護師にもつながります。",
        capacity: "地域包括ケア 60床、療養 60床",
        note: "開放型(オープンシステム)。開業医が入院中も主治医になれます。",
        can: "admission+ respite+ open-system+ palliative? end-of-life+ rehabilitation+",
        staff: &[
            ("有働 さつき", "うどう さつき", "看護師", "201", "入院の受付、レスパイト"),
            ("塩見 大輔", "しおみ だいすけ", "社会福祉士(MSW)", "202", "退院調整、施設への紹介"),
            ("門脇 礼子", "かどわき れいこ", "看護師", "203", "在宅部。訪問診療との調整"),
        ],
        verified: Some(960),
        ..office("1", "架空医師会病院", "カクウイシカイビョウイン", 0, 2200)
    },
    DemoOffice {
        department: "医療福祉相談室",
        handles: "回復期リハビリの受入、退院後の生活",
        services: &["内科", "整形外科", "リハビリテーション科"],
        hours: "平日 9:00-17:00、土 9:00-12:00",
        how: "火・木の午前は判定会議。午後に電話がつながります。",
        capacity: "回復期リハビリ 100床",
        can: "admission? rehabilitation+ swallowing+ respite-",
        staff: &[
            ("浜名 香織", "はまな かおり", "社会福祉士(MSW)", "31", "入院判定の受付"),
            ("土居 祐介", "どい ゆうすけ", "理学療法士", "35", "家屋調査、福祉用具"),
        ],
        verified: Some(820),
        ..office("1", "港町架空リハビリテーション病院", "ミナトマチカクウリハビリテーションビョウイン", 1, 2300)
    },
    DemoOffice {
        department: "地域連携室",
        handles: "長期療養の受入、褥瘡・経管栄養",
        services: &["内科"],
        hours: "平日 8:30-17:00",
        how: "空床は毎週月曜に更新。月曜の午後に聞くと確実です。",
        capacity: "医療療養 120床",
        can: "admission+ gastrostomy+ ivh+ pressure-ulcer+ suction+ ventilator-",
        staff: &[
            ("丹下 和代", "たんげ かずよ", "社会福祉士(MSW)", "11", "入院相談"),
            ("北御門 聡", "きたみかど さとし", "看護師", "12", "医療処置の確認"),
        ],
        verified: Some(700),
        ..office("1", "北部架空病院", "ホクブカクウビョウイン", 2, 2400)
    },
    DemoOffice {
        department: "緩和ケア相談室",
        handles: "緩和ケア病棟、在宅緩和ケアの相談",
        services: &["緩和ケア内科", "内科"],
        hours: "平日 9:00-16:30",
        how: "主治医の紹介状のあと、家族面談が先になります。",
        capacity: "緩和ケア 20床、急性期 80床",
        can: "palliative+ end-of-life+ respite? night-holiday+",
        staff: &[
            ("志水 千春", "しみず ちはる", "看護師(緩和ケア認定)", "501", "緩和ケア病棟の面談"),
            ("伊集院 誠", "いじゅういん まこと", "社会福祉士(MSW)", "502", "在宅への移行"),
            ("早乙女 明", "さおとめ あきら", "医師", "", "在宅緩和の助言(水曜午後)"),
        ],
        verified: Some(900),
        ..office("1", "架空みなと病院", "カクウミナトビョウイン", 1, 2500)
    },
    DemoOffice {
        department: "地域連携室",
        handles: "認知症の鑑別診断、BPSDの入院",
        services: &["精神科", "心療内科"],
        hours: "平日 9:00-17:00",
        how: "家族からの電話が要ります。初診は3週間ほど先です。",
        capacity: "精神 180床",
        can: "dementia+ psychiatry+ admission?",
        staff: &[
            ("寒河江 涼", "さがえ りょう", "精神保健福祉士", "21", "受診・入院の相談"),
            ("宇都木 薫", "うつぎ かおる", "精神保健福祉士", "22", "アルコール、退院後の生活"),
        ],
        verified: Some(610),
        ..office("1", "架空こころの病院", "カクウココロノビョウイン", 3, 2600)
    },
    DemoOffice {
        department: "地域連携室",
        handles: "透析患者の入院・転院",
        services: &["内科", "腎臓内科", "泌尿器科"],
        hours: "平日 8:30-17:00",
        capacity: "急性期 60床、療養 40床",
        can: "dialysis+ admission? respite?",
        staff: &[
            ("鴨志田 実", "かもしだ みのる", "社会福祉士(MSW)", "41", "透析の送迎、転院"),
            ("大河内 綾", "おおこうち あや", "看護師", "42", "退院支援"),
        ],
        ..office("1", "東部架空記念病院", "トウブカクウキネンビョウイン", 3, 2700)
    },
    DemoOffice {
        department: "相談室",
        handles: "地域包括ケア病床、短期の入院",
        services: &["内科", "外科"],
        hours: "平日 8:30-17:00",
        how: "ケアマネジャーからの直接の電話で構いません。",
        capacity: "地域包括ケア 48床",
        can: "admission+ respite+ night-holiday?",
        staff: &[
            ("仁科 奈々", "にしな なな", "社会福祉士(MSW)", "61", "入退院調整"),
            ("比嘉 徹", "ひが とおる", "看護師", "62", "レスパイト入院"),
        ],
        verified: Some(760),
        ..office("1", "西部架空病院", "セイブカクウビョウイン", 4, 2800)
    },
];
