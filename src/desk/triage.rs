//! 対応区分の見立て: how far the desk goes into a matter, proposed from what is known of it, with the reason. The minutes of
//! 2017-02-09 ask for it: 「ただ単に情報を提供するだけで良いのか…どこまで介入」 is to be judged at once. A proposal only: who took
//! the call decides. Knows no screen.

use super::codebook::CITIZENS;

/// What is known of the matter.
#[derive(Debug, Clone, Copy, Default)]
pub struct Facts<'a> {
    /// 相談内容区分 (list `topic`).
    pub topics: &'a [&'a str],
    /// 緊急度 (list `urgency`); empty: not said.
    pub urgency: &'a str,
    /// 相談者区分 (list `caller-kind`).
    pub caller_kind: &'a str,
    /// Whether it was said before (list `visit`: 継続 or 再相談).
    pub again: bool,
    /// Whether the caller was given an office or information.
    pub given: bool,
    /// Whether the matter was handed to somebody else (紹介先).
    pub referred: bool,
}

/// What of all that led to the proposal, so that it can be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Because {
    /// The caller is a citizen (市民).
    Citizen,
    /// Something was given to the caller.
    Given,
    /// The matter was handed on.
    Referred,
    /// It was said before.
    Again,
}

/// A proposal.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Triage {
    /// 対応区分 (list `response`).
    pub response: &'static str,
    /// The topic that it comes from.
    pub topic: Option<&'static str>,
    /// 緊急度, where it is one that hurries.
    pub urgency: Option<&'static str>,
    /// What else made a difference.
    pub because: Option<Because>,
}

/// What is done about a topic: 対応区分 by how much it hurries and what was done already.
struct Row {
    topic: &'static str,
    /// As a rule.
    rule: &'static str,
    /// Once an office or information was given, and nothing hurries.
    given: &'static str,
    /// 急ぐ(3開庁日).
    soon: &'static str,
    /// 至急(当日).
    today: &'static str,
    /// For a citizen, where that is another desk's matter.
    citizen: Option<&'static str>,
    /// Where it was said before.
    again: Option<&'static str>,
}

const fn row(
    topic: &'static str,
    [rule, given, soon, today]: [&'static str; 4],
    citizen: Option<&'static str>,
    again: Option<&'static str>,
) -> Row {
    Row { topic, rule, given, soon, today, citizen, again }
}

const INFORMATION: &str = "1";
const ADVICE: &str = "2";
const ARRANGE: &str = "3";
const GO_THERE: &str = "4";
const OTHER_DESK: &str = "5";
const SHARE_POLICY: &str = "6";
const MEETING: &str = "7";
const EMERGENCY: &str = "8";
const LISTEN: &str = "9";

/// The table, one row a topic of list `topic` (z その他 says nothing). Where a row comes from stands above it: the practice
/// in the source record (`domain.md` §6), else the meaning of the codes themselves (§2.2).
const TABLE: [Row; 22] = [
    // 周南 事例1: 看取りできる主治医を探した; 宇部 ウエ 主治医照会: the desk asks the doctors. A name given is information.
    row("a", [ARRANGE, INFORMATION, ARRANGE, ARRANGE], None, None),
    row("b", [ARRANGE, INFORMATION, ARRANGE, ARRANGE], None, None),
    // 宇部 オ: 主治医なし→意見書.
    row("c", [ARRANGE, INFORMATION, ARRANGE, ARRANGE], None, None),
    // 山陽小野田: 主治医へ聞きにくい内容; 聞き方の助言が多い.
    row("d", [ADVICE, ADVICE, ADVICE, ARRANGE], None, None),
    // 徳山 退院支援ルール; 宇部 退院情報連絡: hospital, doctor and care manager are brought together.
    row("e", [ARRANGE, ARRANGE, ARRANGE, ARRANGE], None, None),
    // 周南 事例3: 4病院転院→機能分化を説明.
    row("f", [INFORMATION, INFORMATION, INFORMATION, ARRANGE], None, None),
    // 周南: 内容最多=在宅療養; 山陽小野田: 簡単な医療相談.
    row("g", [ADVICE, INFORMATION, ARRANGE, ARRANGE], None, None),
    // 周南 事例1.
    row("h", [ARRANGE, ARRANGE, ARRANGE, ARRANGE], None, None),
    // §2.2: 緊急対応 is for what cannot wait until tomorrow.
    row("i", [ADVICE, INFORMATION, ARRANGE, EMERGENCY], None, None),
    // 徳山 認知症安心ガイド; 宇部 ア 認知症 医療機関一覧.
    row("j", [ADVICE, INFORMATION, ARRANGE, ARRANGE], None, None),
    // 宇部 オ: 医療拒否への方法. What hurries there is seen on the spot.
    row("k", [ADVICE, ADVICE, ARRANGE, GO_THERE], None, Some(MEETING)),
    // 宇部 ア: lists of offices are given out; what is not given yet is asked for.
    row("l", [ARRANGE, INFORMATION, ARRANGE, ARRANGE], None, None),
    row("m", [ARRANGE, INFORMATION, ARRANGE, ARRANGE], None, None),
    row("n", [ADVICE, INFORMATION, ARRANGE, ARRANGE], None, None),
    row("o", [ARRANGE, INFORMATION, ARRANGE, ARRANGE], None, None),
    // §2.2: 精神・アルコール; where it is said again and again the desks agree on one answer (周南 事例2).
    row("p", [ADVICE, INFORMATION, ARRANGE, EMERGENCY], None, Some(SHARE_POLICY)),
    // 周南 業務③ 専門職窓口だが市民も; 適切な窓口を紹介: 介護サービス is the 包括's matter.
    row("q", [INFORMATION, INFORMATION, ARRANGE, ARRANGE], Some(OTHER_DESK), None),
    row("r", [ADVICE, ADVICE, ARRANGE, EMERGENCY], Some(OTHER_DESK), None),
    row("s", [OTHER_DESK, OTHER_DESK, OTHER_DESK, ARRANGE], Some(OTHER_DESK), None),
    // 周南 事例2: 各窓口に頻回の同様相談→情報と対応方法を共有. The first time somebody listens.
    row("t", [LISTEN, LISTEN, ADVICE, ARRANGE], None, Some(SHARE_POLICY)),
    row("u", [INFORMATION, INFORMATION, ARRANGE, ARRANGE], None, None),
    row("v", [INFORMATION, INFORMATION, INFORMATION, ARRANGE], None, None),
];

/// 対応区分 from the least to the most that a desk does: of several topics the one that asks for most decides.
const BY_WEIGHT: [&str; 9] =
    [LISTEN, INFORMATION, ADVICE, OTHER_DESK, MEETING, SHARE_POLICY, ARRANGE, GO_THERE, EMERGENCY];

fn weight(response: &str) -> usize {
    BY_WEIGHT.iter().position(|other| *other == response).unwrap_or_default()
}

/// What is proposed; `None` where nothing is known that would say so.
pub fn propose(facts: &Facts<'_>) -> Option<Triage> {
    let rows = facts.topics.iter().filter_map(|topic| TABLE.iter().find(|row| row.topic == *topic));
    let found = rows.map(|row| of_row(row, facts)).reduce(|most, next| {
        // Of two that ask for the same the one that was named first.
        if weight(next.response) > weight(most.response) { next } else { most }
    });
    let by_itself = |response, because| Triage { response, topic: None, urgency: None, because: Some(because) };
    let handed = facts.referred.then(|| by_itself(OTHER_DESK, Because::Referred));
    let told = facts.given.then(|| by_itself(INFORMATION, Because::Given));
    match (found, handed) {
        (Some(found), Some(handed)) if weight(found.response) < weight(handed.response) => Some(handed),
        (Some(found), _) => Some(found),
        (None, handed) => handed.or(told),
    }
}

fn of_row(row: &Row, facts: &Facts<'_>) -> Triage {
    let is = |response, urgency, because| Triage { response, topic: Some(row.topic), urgency, because };
    match facts.urgency {
        "1" => return is(row.today, Some("1"), None),
        "2" => return is(row.soon, Some("2"), None),
        _ => {}
    }
    if let Some(again) = row.again.filter(|_| facts.again) {
        return is(again, None, Some(Because::Again));
    }
    if let Some(citizen) = row.citizen.filter(|_| CITIZENS.contains(&facts.caller_kind)) {
        return is(citizen, None, Some(Because::Citizen));
    }
    if facts.given && row.given != row.rule {
        return is(row.given, None, Some(Because::Given));
    }
    is(row.rule, None, None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::codebook;

    fn facts<'a>(topics: &'a [&'a str], urgency: &'a str) -> Facts<'a> {
        Facts { topics, urgency, ..Facts::default() }
    }

    #[test]
    fn every_topic_and_urgency_has_its_level() {
        // By topic: not said, 通常, 予定, 急ぐ, 至急; once something was given; a citizen; said before.
        let table = [
            ("a", "33333", "1", "3", "3"),
            ("b", "33333", "1", "3", "3"),
            ("c", "33333", "1", "3", "3"),
            ("d", "22223", "2", "2", "2"),
            ("e", "33333", "3", "3", "3"),
            ("f", "11113", "1", "1", "1"),
            ("g", "22233", "1", "2", "2"),
            ("h", "33333", "3", "3", "3"),
            ("i", "22238", "1", "2", "2"),
            ("j", "22233", "1", "2", "2"),
            ("k", "22234", "2", "2", "7"),
            ("l", "33333", "1", "3", "3"),
            ("m", "33333", "1", "3", "3"),
            ("n", "22233", "1", "2", "2"),
            ("o", "33333", "1", "3", "3"),
            ("p", "22238", "1", "2", "6"),
            ("q", "11133", "1", "5", "1"),
            ("r", "22238", "2", "5", "2"),
            ("s", "55553", "5", "5", "5"),
            ("t", "99923", "9", "9", "6"),
            ("u", "11133", "1", "1", "1"),
            ("v", "11113", "1", "1", "1"),
            ("z", "-----", "1", "-", "-"),
        ];
        let topics: Vec<&str> = codebook::list("topic").unwrap().entries.iter().map(|code| code.code).collect();
        assert_eq!(table.map(|row| row.0).to_vec(), topics, "a topic has no row");
        let responses = codebook::list("response").unwrap().entries;
        for (topic, by_urgency, given, citizen, again) in table {
            let one = [topic];
            let said = |facts: Facts<'_>| {
                let found = propose(&facts);
                assert!(found.as_ref().is_none_or(|t| responses.iter().any(|code| code.code == t.response)));
                found.map_or("-", |triage| triage.response)
            };
            for (urgency, wanted) in ["", "3", "4", "2", "1"].into_iter().zip(by_urgency.chars()) {
                assert_eq!(said(facts(&one, urgency)), wanted.to_string(), "{topic} {urgency}");
            }
            assert_eq!(said(Facts { given: true, ..facts(&one, "3") }), given, "{topic}, given");
            for kind in CITIZENS {
                assert_eq!(said(Facts { caller_kind: kind, ..facts(&one, "") }), citizen, "{topic} from {kind}");
            }
            let colleague = Facts { caller_kind: "1", ..facts(&one, "") };
            assert!(by_urgency.starts_with(said(colleague)), "{topic} from a colleague");
            assert_eq!(said(Facts { again: true, ..facts(&one, "") }), again, "{topic}, again");
        }
    }

    #[test]
    fn where_nothing_is_known_nothing_is_proposed() {
        for urgency in ["", "1", "2", "3", "4", "x"] {
            assert_eq!(propose(&facts(&[], urgency)), None, "{urgency}");
            assert_eq!(propose(&facts(&["z", "unknown"], urgency)), None, "{urgency}");
        }
        let given = Facts { given: true, ..Facts::default() };
        assert_eq!(propose(&given).map(|t| (t.response, t.because)), Some(("1", Some(Because::Given))));
        let referred = Facts { referred: true, given: true, ..Facts::default() };
        assert_eq!(propose(&referred).map(|t| (t.response, t.because)), Some(("5", Some(Because::Referred))));
    }

    #[test]
    fn of_several_topics_the_one_that_asks_for_most_decides_and_is_named() {
        let named =
            |topics: &[&str], urgency| propose(&facts(topics, urgency)).map(|t| (t.response, t.topic, t.urgency));
        assert_eq!(named(&["f", "h"], ""), Some(("3", Some("h"), None)));
        assert_eq!(named(&["d", "a", "h"], "3"), Some(("3", Some("a"), None)));
        assert_eq!(named(&["a", "i"], "1"), Some(("8", Some("i"), Some("1"))));
        assert_eq!(named(&["t", "f"], "2"), Some(("2", Some("t"), Some("2"))));
        // What was handed on is at least that; what has to be arranged stays to be arranged.
        let handed = |topics: &[&str]| propose(&Facts { referred: true, ..facts(topics, "") }).map(|t| t.response);
        assert_eq!((handed(&["f"]), handed(&["h"])), (Some("5"), Some("3")));
    }

    #[test]
    fn every_level_has_its_weight() {
        for code in codebook::list("response").unwrap().entries {
            assert!(BY_WEIGHT.contains(&code.code), "{}", code.code);
        }
    }
}
