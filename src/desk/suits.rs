//! Which kinds of office can have which abilities at all: of a pharmacy nobody asks for beds, of a meal service nobody asks
//! for 看取り. Only what is nonsense is ruled out; an answer that somebody gave counts whatever stands here. Knows no search.
//!
//! No official table says this. It is read off the laws that say who may do what: 医療法 7条 (beds: 病院, and 一般・療養 in
//! 診療所), 医師法 17条 (medical acts), 介護保険法 8条 (what each service is) and 27条3項 (主治医意見書), 社会福祉士及び
//! 介護福祉士法 48条の2 (喀痰吸引・経管栄養 by registered care services), and the items that 医療法施行規則 別表第一 has
//! hospitals, clinics, dentists and pharmacies publish (麻薬・無菌調剤 of pharmacies among them).

/// Abilities (list `capability`) with the kinds of office (list `office-kind`) of which they may be asked.
const SUITED: &[(&[&str], &[&str])] = &[
    // A physician's acts and letters.
    (&["house-call", "home-visit", "opinion-letter", "dialysis"], &["1", "2"]),
    // Beds; 病床機能報告 is made by hospitals and by clinics with beds.
    (
        &[
            "respite",
            "bed-advanced",
            "bed-acute",
            "bed-recovery",
            "bed-chronic",
            "bed-closed",
            "bed-general",
            "bed-long-term",
        ],
        &["1", "2"],
    ),
    // 開放型病院, and 精神病床: hospitals alone.
    (&["open-system", "full-open-system", "bed-psychiatric"], &["1"]),
    // Nursing and care of the body, at home or in a home: 訪問看護, 施設, and 介護 (定期巡回, 看護小規模多機能, 療養通所).
    (
        &["end-of-life", "ventilator", "gastrostomy", "pressure-ulcer", "suction", "rehabilitation"],
        &["1", "2", "5", "8", "9"],
    ),
    // The same, and pharmacies with 麻薬, 無菌調剤 and medical supplies.
    (&["palliative", "ivh", "oxygen"], &["1", "2", "4", "5", "8", "9"]),
    (&["swallowing"], &["1", "2", "3", "5", "8", "9"]),
    // 居宅療養管理指導 of pharmacists: those of hospitals and clinics too.
    (&["visiting-pharmacist"], &["1", "2", "4"]),
    // Dentists, and hospitals with 歯科口腔外科.
    (&["visiting-dentist"], &["1", "3"]),
    // Whom it looks after: all who look after somebody, and those who advise.
    (&["dementia", "psychiatry", "paediatrics"], &["1", "2", "3", "4", "5", "6", "7", "8", "9", "b"]),
    // Whether there is room for one more.
    (&["admission"], &["1", "2", "3", "4", "5", "6", "8", "9"]),
    // Anybody may be there at any hour.
    (&["round-clock", "night-holiday"], KINDS),
];

/// The built-in kinds of office.
const KINDS: &[&str] = &["1", "2", "3", "4", "5", "6", "7", "8", "9", "a", "b", "z"];

/// The built-in kinds of office (codes of list `office-kind`) of which this ability is not asked; none for an ability of the
/// desk's own. An office without a kind, or of a kind of the desk's own, may be asked anything.
pub fn unsuited_kinds(capability: &str) -> impl Iterator<Item = &'static str> {
    let suited = SUITED.iter().find(|(codes, _)| codes.contains(&capability)).map_or(KINDS, |(_, kinds)| kinds);
    KINDS.iter().copied().filter(move |kind| !suited.contains(kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::codebook;

    #[test]
    fn every_built_in_ability_stands_in_the_table_once_and_every_kind_is_one_of_the_list() {
        let codes =
            |list: &str| codebook::list(list).unwrap().entries.iter().map(|entry| entry.code).collect::<Vec<_>>();
        let mut told: Vec<&str> = SUITED.iter().flat_map(|(codes, _)| codes.iter().copied()).collect();
        let mut known = codes("capability");
        told.sort_unstable();
        known.sort_unstable();
        assert_eq!(told, known);
        assert_eq!(KINDS, codes("office-kind"));
        for (abilities, kinds) in SUITED {
            assert!(!kinds.is_empty() && kinds.iter().all(|kind| KINDS.contains(kind)), "{abilities:?}");
        }
    }

    #[test]
    fn what_is_nonsense_is_ruled_out_and_nothing_else() {
        for (ability, kinds, asked) in [
            ("end-of-life", "z a b 3 4 6 7", false),
            ("end-of-life", "1 2 5 8 9", true),
            ("bed-psychiatric", "2 8", false),
            ("bed-general", "1 2", true),
            ("palliative", "4", true),
            ("visiting-dentist", "2 5 9", false),
            ("dementia", "b 7 6", true),
            ("round-clock", "z a 4", true),
            // The desk's own ability, and kinds that are not built in.
            ("own-ability", "1 z a", true),
            ("end-of-life", "own", true),
        ] {
            for kind in kinds.split(' ') {
                assert_eq!(!unsuited_kinds(ability).any(|other| other == kind), asked, "{ability} {kind}");
            }
        }
    }
}
