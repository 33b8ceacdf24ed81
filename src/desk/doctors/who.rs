//! Who among the people of an office is a doctor, by what is written as their 職種. Desks write it by hand, so it is read
//! from words; who is not recognised is asked through the office as a whole, which loses nothing.

use super::super::id::Id;
use super::super::office::{Office, Staff};
use super::CLINIC;

/// The doctors among an office's staff who are still there, in list order.
pub fn doctors(office: &Office) -> Vec<(Id, &Staff)> {
    let is_doctor = |staff: &Staff| is_doctor(&staff.role, &office.kind);
    office.present_staff().into_iter().filter(|(_, staff)| is_doctor(staff)).collect()
}

/// What holds a word for a doctor and means somebody or something else.
const OTHERS: [&str; 18] = [
    "医師事務",         // data, not a sentence
    "医師会",           // data, not a sentence
    "医師連絡",         // data, not a sentence
    "医師支援",         // data, not a sentence
    "医師対応",         // data, not a sentence
    "医師担当",         // data, not a sentence
    "医師秘書",         // data, not a sentence
    "医師補助",         // data, not a sentence
    "院長秘書",         // data, not a sentence
    "院長室",           // data, not a sentence
    "院長補佐",         // data, not a sentence
    "獣医師",           // data, not a sentence
    "獣医",             // data, not a sentence
    "ドクターズ",       // data, not a sentence
    "ドクタークラーク", // data, not a sentence
    "ドクター秘書",     // data, not a sentence
    "ドクターカー",     // data, not a sentence
    "ドクターヘリ",     // data, not a sentence
];

/// What makes somebody a doctor wherever it stands. 歯科医師 too: of what they are a doctor is clear from the office.
const ALWAYS: [&str; 2] = ["医師", "ドクター"]; // data, not a sentence

/// Posts that a doctor has, unless another profession is named beside them: a 看護部長 may be 副院長.
const POSTS: [&str; 5] = ["院長", "診療所長", "医局長", "診療部長", "医長"]; // data, not a sentence

/// Other professions: with one of these a post alone makes nobody a doctor.
const PROFESSIONS: [&str; 7] = ["看護", "事務", "薬剤", "技師", "療法士", "相談員", "栄養"]; // data, not a sentence

/// Words of Latin letters, whole, in small letters; as wide ones too, as an input method writes them.
const LATIN: [&str; 10] = [
    "dr",
    "drs",
    "doctor",
    "physician",
    "md",
    "gp",
    "dentist",
    "ｄｒ",         // data, not a sentence
    "ｄｏｃｔｏｒ", // data, not a sentence
    "ｍｄ",         // data, not a sentence
];

/// The head of a clinic, where nothing else is written: the law wants a doctor there.
const HEAD: [&str; 2] = ["所長", "管理者"]; // data, not a sentence

/// Whether this 職種 is that of a doctor, in an office of this kind (list `office-kind`).
fn is_doctor(role: &str, kind: &str) -> bool {
    let told = OTHERS.iter().fold(role.to_owned(), |told, other| told.replace(other, " "));
    let has = |words: &[&str]| words.iter().any(|word| told.contains(word));
    if has(&ALWAYS) {
        return true;
    }
    // 内科医, 訪問診療医, 嘱託医: what ends so names a doctor; 医療事務 and 主治医意見書 do not.
    let mut words = told.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    if words.clone().any(|word| word.ends_with('医') || is_latin(word)) {
        return true;
    }
    let alone = words.next().filter(|_| words.next().is_none());
    if kind == CLINIC && alone.is_some_and(|word| HEAD.contains(&word)) {
        return true;
    }
    has(&POSTS) && !has(&PROFESSIONS)
}

/// Whether a word of Latin letters says doctor; `M.D.` comes in two words, of which the letters alone say nothing.
fn is_latin(word: &str) -> bool {
    LATIN.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doctor_is_told_by_what_desks_write() {
        for (role, is) in [
            // As lists of clinics and hospitals have it.
            ("医師", true),
            ("医師(院長)", true),
            ("医師（副院長）", true),
            ("院長", true),
            ("院長・医師", true),
            ("名誉院長", true),
            ("病院長", true),
            ("副院長 兼 内科部長", true),
            ("理事長・院長", true),
            ("診療所長", true),
            ("内科医長", true),
            ("医局長", true),
            ("診療部長", true),
            ("内科医", true),
            ("訪問診療医", true),
            ("嘱託医", true),
            ("産業医、校医", true),
            ("主治医", true),
            ("歯科医師", true),
            ("歯科医", true),
            ("歯科院長", true),
            ("非常勤医師", true),
            ("常勤医師 2名", true),
            ("Dr", true),
            ("Dr.", true),
            ("DR", true),
            ("Ｄｒ．", true),
            ("Dr（整形）", true),
            ("doctor", true),
            ("Doctor (head)", true),
            ("MD", true),
            ("GP", true),
            ("ドクター", true),
            ("在宅ドクター", true),
            ("看護師・医師", true),
            ("医師会理事・医師", true),
            // Who works beside doctors.
            ("", false),
            ("　", false),
            ("看護師", false),
            ("看護師長", false),
            ("看護部長", false),
            ("副院長・看護部長", false),
            ("副院長(事務)", false),
            ("医師事務作業補助者", false),
            ("医師会事務局", false),
            ("医師連絡窓口", false),
            ("院長秘書", false),
            ("院長室 室長", false),
            ("医療事務", false),
            ("医療ソーシャルワーカー", false),
            ("医療連携室", false),
            ("主治医意見書担当", false),
            ("ドクターズクラーク", false),
            ("獣医師", false),
            ("獣医", false),
            ("薬剤師", false),
            ("理学療法士", false),
            ("ケアマネジャー", false),
            ("事務長", false),
            ("理事長", false),
            ("Driver", false),
            ("hydrologist", false),
            ("GPS", false),
            ("学", false),
        ] {
            assert_eq!(is_doctor(role, "1"), is, "{role}");
        }
        assert!(is_doctor(&"内".repeat(5000), "1") != is_doctor(&format!("{}科医", "内".repeat(5000)), "1"));
    }

    #[test]
    fn the_head_of_a_clinic_is_one_and_the_head_of_another_office_is_not() {
        for (role, kind, is) in [
            ("所長", CLINIC, true),
            ("管理者", CLINIC, true),
            ("所長(事務)", CLINIC, false),
            ("所長 看護師", CLINIC, false),
            ("所長", "5", false),
            ("管理者", "1", false),
        ] {
            assert_eq!(is_doctor(role, kind), is, "{role} {kind}");
        }
    }

    #[test]
    fn who_left_is_no_longer_asked() {
        let person = |role: &str, left, order| Staff { role: role.into(), left, order, ..Staff::default() };
        let id = |n: u8| Id::from_bytes([n; 16]);
        let staff = [(1, person("医師", false, 2)), (2, person("院長", false, 1)), (3, person("医師", true, 0))];
        let office = Office { staff: staff.map(|(n, s)| (id(n), s)).into(), ..Office::default() };
        let found: Vec<Id> = doctors(&office).into_iter().map(|(id, _)| id).collect();
        assert_eq!(found, [id(2), id(1)]);
    }
}
