//! 交通費 and names as they are typed in a line: `車 600、船 1580 架空島 山田`. What the sheet of an activity and the command
//! line both read.

use std::collections::BTreeMap;

use crate::desk::activity::Fare;
use crate::desk::codebook::{Codebook, label_key, short_key};
use crate::desk::id::Id;
use crate::desk::operator::Operator;
use crate::desk::say::Say;
use crate::locale::Locale;
use crate::search::fold;

/// The list of means of travel.
const MEANS: &str = "fare-means";
/// 他: the means of a fare of which none is told.
const OTHER_MEANS: &str = "9";
/// The most that a fare is, in yen.
const MOST: u32 = 10_000_000;
/// The highest count of people or flyers.
const MOST_COUNTED: u32 = 1_000_000;
/// What goes between two things in a line.
const BETWEEN: [char; 5] = ['、', '，', ';', '；', '/'];

/// What words may name.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    /// The code lists in force.
    pub codebook: &'a Codebook,
    /// The operators of the desk.
    pub operators: &'a BTreeMap<Id, Operator>,
    /// The words of the built-in lists.
    pub locale: &'a Locale,
}

/// The parts of a line that names several things.
pub fn parts(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| BETWEEN.contains(&c)).map(str::trim).filter(|part| !part.is_empty())
}

/// A count as it was typed; empty is none.
///
/// # Errors
/// It is no number from 0 to 1,000,000.
pub fn number(typed: &str) -> Result<u32, Say> {
    let folded = fold::text(&fold::one_line(typed)).replace(',', "");
    match folded.trim() {
        "" => Ok(0),
        digits => digits.parse().ok().filter(|n| *n <= MOST_COUNTED).ok_or_else(|| Say::new("outreach-number-wrong")),
    }
}

impl Names<'_> {
    fn means_label(&self, code: &str) -> String {
        let locale = self.locale;
        let own = self.codebook.short(MEANS, code).map(str::to_owned);
        own.unwrap_or_else(|| {
            let key = short_key(MEANS, code);
            if locale.has(&key) { locale.t(&key).into_owned() } else { locale.t(&label_key(MEANS, code)).into_owned() }
        })
    }

    /// A fare as it is typed; `operator` is the name of whose it is.
    pub fn written(&self, fare: &Fare, operator: &str) -> String {
        let parts = [self.means_label(&fare.means), fare.yen.to_string(), fare.island.clone(), operator.to_owned()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// The operator whose name begins so; `None`: nobody's, or that of several.
    pub fn operator(&self, typed: &str) -> Option<Id> {
        let plain = |name: &str| fold::text(&name.replace(char::is_whitespace, ""));
        let typed = plain(typed);
        let mut fits = self.operators.iter().filter(|(_, operator)| plain(&operator.name).starts_with(&typed));
        let first = fits.next().filter(|_| !typed.is_empty())?.0;
        fits.next().is_none().then_some(*first)
    }

    /// Fares as they are written in a line.
    ///
    /// # Errors
    /// One of them has no sum in yen.
    pub fn fares(&self, typed: &str) -> Result<Vec<Fare>, Say> {
        parts(typed).map(|part| self.fare(part)).collect()
    }

    fn fare(&self, part: &str) -> Result<Fare, Say> {
        let known: Vec<(String, Option<char>, String)> = self
            .codebook
            .entries(MEANS)
            .iter()
            .map(|entry| (entry.code.clone(), entry.key, fold::text(&self.means_label(&entry.code))))
            .collect();
        let mut fare = Fare::default();
        let mut yen = None;
        // 船1580 is as good as 船 1580.
        let spaced: String = part
            .char_indices()
            .flat_map(|(at, c)| {
                let digit = |c: char| fold::command_key(c).unwrap_or(c).is_ascii_digit();
                let before = part.get(..at).and_then(|text| text.chars().next_back());
                let begins = digit(c) && before.is_some_and(|before| !digit(before) && before != ',' && before != '.');
                [begins.then_some(' '), Some(c)].into_iter().flatten()
            })
            .collect();
        for word in spaced.split_whitespace() {
            let folded = fold::text(word).replace([',', '円', '¥'], "");
            let by_key = || {
                let mut chars = folded.chars();
                let key = chars.next().filter(|_| chars.next().is_none());
                known.iter().find(|(_, own, _)| own.is_some() && *own == key)
            };
            let means = known.iter().find(|(.., label)| *label == folded);
            if let Some((code, ..)) = means.or_else(|| by_key().filter(|_| fare.means.is_empty())) {
                fare.means.clone_from(code);
            } else if let Ok(amount) = folded.parse::<u32>() {
                yen = Some(amount);
            } else if let Some(operator) = self.operator(word) {
                fare.operator = operator;
            } else {
                if !fare.island.is_empty() {
                    fare.island.push(' ');
                }
                fare.island.push_str(word);
            }
        }
        fare.yen = yen.filter(|yen| *yen <= MOST).ok_or_else(|| Say::new("outreach-fare-wrong"))?;
        if fare.means.is_empty() {
            OTHER_MEANS.clone_into(&mut fare.means);
        }
        Ok(fare)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Lang;

    #[test]
    fn fares_are_read_however_they_are_written() {
        let me = Id::from_bytes([7; 16]);
        let operators = [(me, Operator { name: "山田 花子".into(), ..Operator::default() })].into();
        let (locale, codebook) = (Locale::new(Lang::Ja), Codebook::default());
        let names = Names { codebook: &codebook, operators: &operators, locale: &locale };
        for (typed, wanted) in [
            ("", vec![]),
            ("車 600", vec![("1", 600, "", Id::NIL)]),
            ("船1580 架空島、バス480円", vec![("4", 1580, "架空島", Id::NIL), ("2", 480, "", Id::NIL)]),
            ("4 1,580 架空島 山田", vec![("4", 1580, "架空島", me)]),
            ("１２００", vec![("9", 1200, "", Id::NIL)]),
        ] {
            let read = names.fares(typed).unwrap();
            let read: Vec<_> = read.iter().map(|f| (f.means.as_str(), f.yen, f.island.as_str(), f.operator)).collect();
            assert_eq!(read, wanted, "{typed}");
        }
        for typed in ["車", "船 架空島", "99999999999"] {
            assert_eq!(names.fares(typed).unwrap_err().key, "outreach-fare-wrong", "{typed}");
        }
        // What is written can be read again.
        let fare = Fare { means: "4".into(), yen: 1580, island: "架空島".into(), operator: me };
        let text = names.written(&fare, "山田花子");
        assert_eq!(names.fares(&text).unwrap(), [fare]);
    }
}
