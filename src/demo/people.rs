//! The demo's desk: its name, the four who sit at it, all of whom do another job too, and who may look at its lists. Invented.

use crate::desk::operator::Role;

/// An operator of the demo.
pub(super) struct DemoOperator {
    pub name: &'static str,
    pub kana: &'static str,
    pub qualifications: &'static [&'static str],
    /// What they may do.
    pub role: Role,
}

/// The passphrases of the others, in their order: known, so that roles and what needs two can be tried.
pub const PASSPHRASES: [&str; 4] = ["demo2", "demo3", "demo4", "demo5"];

/// The operators; the first is the one who opens the demo.
pub(super) const OPERATORS: [DemoOperator; 5] = [
    DemoOperator {
        name: "山田 花子",
        kana: "やまだ はなこ",
        qualifications: &["看護師", "介護支援専門員"],
        role: Role::Supervisor,
    },
    DemoOperator {
        name: "佐藤 健一",
        kana: "さとう けんいち",
        qualifications: &["社会福祉士", "精神保健福祉士"],
        role: Role::Supervisor,
    },
    DemoOperator {
        name: "中村 美紀",
        kana: "なかむら みき",
        qualifications: &["介護福祉士", "介護支援専門員"],
        role: Role::Operator,
    },
    DemoOperator {
        name: "小林 隆",
        kana: "こばやし たかし",
        qualifications: &["看護師", "社会福祉士"],
        role: Role::Operator,
    },
    DemoOperator { name: "市川 実", kana: "いちかわ みのる", qualifications: &[], role: Role::Viewer },
];

/// The name of the demo's desk.
pub(super) const DESK: &str = "架空市在宅医療介護連携支援センター";
/// Who runs it.
pub(super) const FOUNDER: &str = "架空医師会(市の委託)";
/// The insurer, and the first part of every address.
pub(super) const CITY: &str = "架空市";
/// Where the monthly meeting is held.
pub(super) const ROOM: &str = "センター相談室";
/// What the entries of the directory were made from.
pub(super) const SURVEY: &str = "開設時アンケート";
