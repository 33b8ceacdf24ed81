//! The way of a patient through hospital functions (高度急性期 → 急性期 → 回復期 → 慢性期・療養 → 施設・自宅), with the offices of the
//! directory at each step. The steps are those of 病床機能報告; knows no sentence for a family.

use super::super::id::Id;
use super::super::office::{Answer, Office};
use super::Ways;

/// A step of the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// 高度急性期.
    HighAcute,
    /// 急性期.
    Acute,
    /// 回復期, 地域包括ケア.
    Recovery,
    /// 慢性期, 療養.
    Chronic,
    /// 施設・自宅.
    Onward,
}

impl Step {
    /// All, in the order of the way.
    pub const ALL: [Self; 5] = [Self::HighAcute, Self::Acute, Self::Recovery, Self::Chronic, Self::Onward];

    /// The name in the keys of the locale files (`inquiry-path-NAME`).
    pub const fn name(self) -> &'static str {
        match self {
            Self::HighAcute => "high-acute",
            Self::Acute => "acute",
            Self::Recovery => "recovery",
            Self::Chronic => "chronic",
            Self::Onward => "onward",
        }
    }

    /// The codes of list `capability` that say that an office has beds of this function.
    const fn codes(self) -> &'static [&'static str] {
        match self {
            Self::HighAcute => &["bed-advanced"],
            Self::Acute => &["bed-acute"],
            Self::Recovery => &["bed-recovery"],
            Self::Chronic => &["bed-chronic"],
            Self::Onward => &[],
        }
    }

    /// Words of 定員・病床 that say the same, where nobody has asked for the function itself.
    const fn words(self) -> &'static [&'static str] {
        match self {
            Self::HighAcute => &[HIGH_ACUTE, "救命救急", "ICU", "集中治療"], // data, not a sentence
            Self::Acute => &["急性期"],                                      // data, not a sentence
            Self::Recovery => &["回復期", "地域包括ケア", "地域包括医療"],   // data, not a sentence
            Self::Chronic => &["慢性期", "療養"],                            // data, not a sentence
            Self::Onward => &[],
        }
    }
}

/// Holds the word for [`Step::Acute`].
const HIGH_ACUTE: &str = "高度急性期"; // data, not a sentence

/// 病院, 診療所 and 施設・住まい (list `office-kind`).
const HOSPITAL: &str = "1";
const CLINIC: &str = "2";
const HOME: &str = "8";

/// An office at a step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stop<'a> {
    /// Which.
    pub id: Id,
    /// As the directory has it.
    pub office: &'a Office,
    /// Whether it stands in the person's 圏域.
    pub near: bool,
    /// What is known of the function: 可, or 要相談, or 未確認 where only 定員・病床 says so.
    pub answer: Answer,
    /// Whether the person is there now.
    pub here: bool,
}

/// The steps with their offices: those of the person's 圏域 first, then by reading. `facility` is where the person is now;
/// empty: at home, or not known.
pub fn path<'a>(
    offices: &(impl Iterator<Item = (Id, &'a Office)> + Clone),
    area: &str,
    facility: &str,
    ways: &Ways<'_>,
) -> Vec<(Step, Vec<Stop<'a>>)> {
    let step = |step: Step| {
        let there = offices.clone().filter(|(_, office)| !office.removed);
        let mut stops: Vec<Stop<'a>> = there
            .filter_map(|(id, office)| {
                let answer = at(office, step)?;
                let near = !area.is_empty() && (ways.same)(&office.area, area);
                let here = !facility.is_empty()
                    && ((ways.same)(&office.name, facility) || (ways.same)(&office.short_name, facility));
                Some(Stop { id, office, near, answer, here })
            })
            .collect();
        stops.sort_by_key(|stop| (!stop.here, !stop.near, stop.office.reading(), stop.id));
        (step, stops)
    };
    Step::ALL.into_iter().map(step).collect()
}

/// Whether an office belongs to a step: by its bed functions where somebody asked for one of them, else by its beds as told.
pub fn at(office: &Office, step: Step) -> Option<Answer> {
    if step == Step::Onward {
        return (office.kind == HOME).then_some(Answer::Yes);
    }
    if !matches!(office.kind.as_str(), HOSPITAL | CLINIC) {
        return None;
    }
    let answer = |code: &&str| office.capabilities.get(*code).map(|known| known.answer);
    let asked = |answer: &Answer| *answer != Answer::Unknown;
    let all = Step::ALL.iter().flat_map(|step| step.codes());
    if all.filter_map(answer).any(|answer| asked(&answer)) {
        return step.codes().iter().filter_map(answer).find(|answer| matches!(answer, Answer::Yes | Answer::Ask));
    }
    let told = if step == Step::Acute { office.capacity.replace(HIGH_ACUTE, "") } else { office.capacity.clone() };
    step.words().iter().any(|word| told.contains(word)).then_some(Answer::Unknown)
}
