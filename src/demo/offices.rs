//! The demo's directory: every office, every person and every number is invented. The exchange 00 of area code 0834
//! cannot exist, and there is no postal code that begins with 000.

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
        staff: &[],
        verified: None,
    }
}

/// The hospitals, with their liaison offices.
pub(super) const HOSPITALS: &[DemoOffice] = &[
    DemoOffice {
        department: "地域医療連携室",
        handles: "入退院調整、紹介・逆紹介、転院相談",
        services: &["内科", "外科", "循環器内科", "脳神経外科", "整形外科"],
        hours: "平日 8:30-17:15",
        how: "先に電話、そのあとFAX。診療情報提供書の有無を聞かれます。",
        capacity: "急性期 320床",
        can: "admission? respite- night-holiday+ ventilator+",
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

/// The clinics, dentists and pharmacies.
pub(super) const CLINICS: &[DemoOffice] = &[
    DemoOffice {
        handles: "訪問診療、在宅看取り",
        services: &["内科", "在宅医療"],
        hours: "外来 午前、訪問 午後",
        how: "12時半から13時が院長につながりやすい。FAXのあと電話を。",
        can: "house-call+ home-visit+ round-clock+ end-of-life+ palliative+ gastrostomy+ ivh+ oxygen+ opinion-letter+",
        staff: &[("久世 玲", "くぜ れい", "看護師", "", "訪問診療の日程、初回の聞き取り")],
        verified: Some(950),
        ..office("2", "架空内科クリニック", "カクウナイカクリニック", 0, 3100)
    },
    DemoOffice {
        handles: "訪問診療専門",
        services: &["在宅医療", "緩和ケア"],
        hours: "平日 9:00-18:00、夜間は待機",
        how: "電話一本で構いません。相談員が折り返します。",
        can: "house-call+ home-visit+ round-clock+ end-of-life+ palliative+ ventilator+ gastrostomy+ ivh+ oxygen+",
        staff: &[
            ("音無 翔", "おとなし しょう", "相談員", "", "新規の受付"),
            ("黛 ひとみ", "まゆずみ ひとみ", "看護師", "", "緊急時の連絡"),
        ],
        verified: Some(940),
        ..office("2", "架空在宅クリニック", "カクウザイタククリニック", 0, 3200)
    },
    DemoOffice {
        services: &["内科", "循環器内科"],
        how: "主治医意見書は早めに連絡を。受診が要ります。",
        can: "house-call? home-visit? end-of-life? opinion-letter+",
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
        handles: "訪問診療(火・金の午後)",
        services: &["内科", "外科"],
        can: "house-call+ home-visit+ end-of-life? pressure-ulcer+ opinion-letter+ round-clock-",
        verified: Some(870),
        ..office("2", "架空浜クリニック", "カクウハマクリニック", 1, 3500)
    },
    DemoOffice {
        handles: "山間部の往診",
        services: &["内科", "整形外科"],
        how: "看護師あてに電話。冬は訪問の日が変わります。",
        can: "house-call+ home-visit+ end-of-life+ oxygen? opinion-letter+",
        verified: Some(880),
        ..office("2", "北部架空診療所", "ホクブカクウシンリョウショ", 2, 3600)
    },
    DemoOffice {
        services: &["内科"],
        can: "house-call~ home-visit~ opinion-letter?",
        ..office("2", "架空山手医院", "カクウヤマテイイン", 2, 3700)
    },
    DemoOffice {
        services: &["内科", "神経内科"],
        handles: "物忘れ外来、神経難病の訪問診療",
        can: "dementia+ home-visit+ ventilator+ opinion-letter+ end-of-life?",
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

/// Home nursing, care management, support centres.
pub(super) const CARE: &[DemoOffice] = &[
    DemoOffice {
        handles: "24時間対応、看取り、小児",
        can: "round-clock+ end-of-life+ palliative+ ventilator+ paediatrics? pressure-ulcer+ suction+",
        staff: &[
            ("鳴海 京子", "なるみ きょうこ", "管理者・看護師", "", "新規の受付"),
            ("更科 望", "さらしな のぞみ", "看護師", "", "看取り・緩和ケア"),
        ],
        how: "携帯に転送されます。夜間も可。",
        verified: Some(920),
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

/// Facilities, care services, the city, other desks.
pub(super) const OTHERS: &[DemoOffice] = &[
    DemoOffice {
        capacity: "定員 80",
        handles: "特別養護老人ホーム",
        can: "admission? gastrostomy+ suction? end-of-life+",
        verified: Some(620),
        ..office("8", "特別養護老人ホーム架空苑", "トクベツヨウゴロウジンホームカクウエン", 0, 7600)
    },
    DemoOffice {
        capacity: "定員 100",
        handles: "介護老人保健施設",
        can: "admission+ rehabilitation+ gastrostomy? dementia+",
        verified: Some(730),
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
