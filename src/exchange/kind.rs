//! The kind of an office (codes of list `office-kind`) out of what a list says of it. A table of words, read in order.

/// 病院(連携室).
pub const HOSPITAL: &str = "1";
/// 診療所.
const CLINIC: &str = "2";
/// 歯科.
const DENTIST: &str = "3";
/// 薬局.
const PHARMACY: &str = "4";
/// 訪問看護.
const NURSING: &str = "5";
/// 居宅介護支援.
const CARE_MANAGER: &str = "6";
/// 地域包括支援センター.
const COMMUNITY: &str = "7";
/// 施設・住まい.
const RESIDENCE: &str = "8";
/// 通所・訪問などの介護サービス.
const SERVICE: &str = "9";
/// 行政.
const AUTHORITY: &str = "a";
/// 他の相談窓口.
const OTHER_DESK: &str = "b";

/// All codes of list `office-kind`.
pub const CODES: [&str; 12] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "a", "b", "z"];

/// Words of columns that say what kind an office is: 機関区分, サービスの種類, `category`. The first that is contained counts.
const OF_COLUMN: [(&str, &str); 49] = [
    ("歯科", DENTIST),
    ("薬局", PHARMACY),
    ("訪問看護", NURSING),
    ("定期巡回", SERVICE),
    ("居宅介護支援", CARE_MANAGER),
    ("介護予防支援", COMMUNITY),
    ("地域包括", COMMUNITY),
    ("訪問", SERVICE),
    ("通所", SERVICE),
    ("デイ", SERVICE),
    ("短期入所", SERVICE),
    ("小規模多機能", SERVICE),
    ("福祉用具", SERVICE),
    ("介護老人", RESIDENCE),
    ("介護医療院", RESIDENCE),
    ("老人ホーム", RESIDENCE),
    ("老健", RESIDENCE),
    ("特養", RESIDENCE),
    ("特定施設", RESIDENCE),
    ("共同生活", RESIDENCE),
    ("グループホーム", RESIDENCE),
    ("高齢者向け住宅", RESIDENCE),
    ("介護療養", RESIDENCE),
    ("施設", RESIDENCE),
    ("病院", HOSPITAL),
    ("診療所", CLINIC),
    ("クリニック", CLINIC),
    ("医院", CLINIC),
    ("行政", AUTHORITY),
    ("市役所", AUTHORITY),
    ("保健所", AUTHORITY),
    ("居宅", CARE_MANAGER),
    ("ケアマネ", CARE_MANAGER),
    ("相談", OTHER_DESK),
    ("窓口", OTHER_DESK),
    ("介護", SERVICE),
    ("hospital", HOSPITAL),
    ("clinic", CLINIC),
    ("dental", DENTIST),
    ("dentist", DENTIST),
    ("pharmacy", PHARMACY),
    ("nursing_home", RESIDENCE),
    ("visiting_nurs", NURSING),
    ("home_nurs", NURSING),
    ("care_manage", CARE_MANAGER),
    ("group_home", RESIDENCE),
    ("tokuyou", RESIDENCE),
    ("rouken", RESIDENCE),
    ("day_service", SERVICE),
];

/// Words of names.
const OF_NAME: [(&str, &str); 39] = [
    ("歯科医師会", OTHER_DESK),
    ("歯科", DENTIST),
    ("デンタル", DENTIST),
    ("薬局", PHARMACY),
    ("ファーマシー", PHARMACY),
    ("訪問看護", NURSING),
    ("地域包括支援", COMMUNITY),
    ("居宅介護支援", CARE_MANAGER),
    ("ケアプラン", CARE_MANAGER),
    ("介護医療院", RESIDENCE),
    ("老人保健施設", RESIDENCE),
    ("老人ホーム", RESIDENCE),
    ("グループホーム", RESIDENCE),
    ("デイ", SERVICE),
    ("通所", SERVICE),
    ("ヘルパー", SERVICE),
    ("訪問介護", SERVICE),
    ("訪問入浴", SERVICE),
    ("小規模多機能", SERVICE),
    ("市役所", AUTHORITY),
    ("町役場", AUTHORITY),
    ("県庁", AUTHORITY),
    ("保健所", AUTHORITY),
    ("健康福祉センター", AUTHORITY),
    ("病院", HOSPITAL),
    ("医療センター", HOSPITAL),
    ("連携相談", OTHER_DESK),
    ("連携支援", OTHER_DESK),
    ("相談窓口", OTHER_DESK),
    ("相談センター", OTHER_DESK),
    ("医師会", OTHER_DESK),
    ("社会福祉協議会", OTHER_DESK),
    ("ホスピタル", HOSPITAL),
    ("クリニック", CLINIC),
    ("診療所", CLINIC),
    ("医院", CLINIC),
    ("内科", CLINIC),
    ("外科", CLINIC),
    ("医師", CLINIC),
];

/// 機関区分 of 医療情報ネット, where it is a number.
const OF_NUMBER: [(&str, &str); 4] = [("1", HOSPITAL), ("2", CLINIC), ("3", DENTIST), ("5", PHARMACY)];

/// The kind that a column says, `category` being what stands in it and `own` whether it holds this program's codes.
pub fn of_column(category: &str, own: bool) -> Option<&'static str> {
    if own {
        return CODES.into_iter().find(|c| *c == category);
    }
    let number = OF_NUMBER.iter().find(|(n, _)| *n == category);
    let category = category.to_lowercase();
    number.or_else(|| OF_COLUMN.iter().find(|(word, _)| category.contains(word))).map(|(_, kind)| *kind)
}

/// The kind that a name tells.
pub fn of_name(name: &str) -> Option<&'static str> {
    OF_NAME.iter().find(|(word, _)| name.contains(word)).map(|(_, kind)| *kind)
}

/// The kind that an identity of 医療情報ネット tells: its third digit is that of the fee schedule (3 dentists, 4 pharmacies).
pub fn of_iryo_id(id: &str) -> Option<&'static str> {
    match id.strip_prefix("iryo:")?.as_bytes().get(2)? {
        b'3' => Some(DENTIST),
        b'4' => Some(PHARMACY),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_and_names_tell_the_kind() {
        for (text, kind) in [
            ("病院", "1"),
            ("介護老人福祉施設", "8"),
            ("定期巡回・随時対応型訪問介護看護", "9"),
            ("訪問看護", "5"),
            ("居宅介護支援", "6"),
            ("day_service", "9"),
            ("5", "4"),
        ] {
            assert_eq!(of_column(text, false), Some(kind), "{text}");
        }
        for (text, kind) in [
            ("架空総合病院", Some("1")),
            ("架空歯科医院", Some("3")),
            ("架空市在宅医療・介護連携支援センター", Some("b")),
            ("架空市地域包括支援センター", Some("7")),
            ("架空苑", None),
        ] {
            assert_eq!(of_name(text), kind, "{text}");
        }
        assert_eq!(of_iryo_id("iryo:3541100000001"), Some("4"));
        assert_eq!(of_column("9", true), Some("9"));
    }
}
