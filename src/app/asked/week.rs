//! 診療・利用できる曜日 and hours as they are told in words, as half hours of a week. What cannot be read is not known; it is
//! never taken for closed.

use crate::search::fold;

/// The half hours of a week in which an office can be reached, Monday first: bit 0 of a day is midnight to half past.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Week([u64; 7]);

/// The bit of a day that is open at hours that were not told.
const SOMETIME: u64 = 1 << 48;
/// The half hours of a whole day.
const WHOLE: u64 = SOMETIME - 1;
/// From six in the evening, and before eight in the morning.
const NIGHT: u64 = (WHOLE >> 36 << 36) | 0xffff;
const DAYS: &str = "月火水木金土日";

impl Week {
    /// Reads what stands in the field; `None` where no day is told.
    pub fn read(told: &str) -> Option<Self> {
        let text = fold::plain(told);
        let mut reader = Reader { week: Self::default(), days: Vec::new(), closing: Vec::new(), timed: false };
        for part in text.split(['\n', '、', '。', ';', '/', '(', ')', '【', '】']) {
            reader.part(part);
        }
        reader.end_of_days();
        (reader.week != Self::default()).then_some(reader.week)
    }

    /// The week in a tag that [`Week::tag`] wrote.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let digits = tag.strip_prefix("week:")?;
        let mut week = Self::default();
        for (day, digits) in week.0.iter_mut().zip(digits.split('-')) {
            *day = u64::from_str_radix(digits, 16).ok()?;
        }
        Some(week)
    }

    /// The tag of all offices with this week.
    pub fn tag(&self) -> String {
        let days: Vec<String> = self.0.iter().map(|day| format!("{day:x}")).collect();
        format!("week:{}", days.join("-"))
    }

    /// Whether it is open on this day, 0 being Monday.
    pub fn on(&self, day: usize) -> bool {
        self.0.get(day).is_some_and(|day| *day != 0)
    }

    /// Whether it is open on this day at this minute of the day.
    pub fn at(&self, day: usize, minute: u32) -> bool {
        self.0.get(day).is_some_and(|day| day & (1 << (minute / 30).min(47)) != 0)
    }

    /// Whether it is open in the evening, at night or early in the morning.
    pub fn by_night(&self) -> bool {
        self.0.iter().any(|day| day & NIGHT != 0)
    }
}

struct Reader {
    week: Week,
    /// The days that were named since the last hours.
    days: Vec<usize>,
    /// The days that the last part named, should the next one say that they are closed.
    closing: Vec<usize>,
    timed: bool,
}

impl Reader {
    fn part(&mut self, part: &str) {
        let text = part.replace("曜日", "").replace("曜", "").replace(['〜', '～', '－', '―'], "~");
        // Of a break at noon the hours are none of the office's; 休日 is a holiday, 定休日 a day on which it is closed.
        let text = ["昼休", "休憩"].iter().fold(text, |text, rest| match text.split_once(rest) {
            Some((before, _)) => before.to_owned(),
            None => text,
        });
        let text = text.replace("定休日", "休").replace("休日:", "休:").replace("休日", "祝日");
        let told = !text.contains("無休") && !text.contains("休まず");
        if let Some((before, behind)) = text.split_once('休').filter(|_| told) {
            return self.closed(before, behind);
        }
        let mut rest = text.as_str();
        let mut span = false;
        while let Some(c) = rest.chars().next() {
            if let Some((from, to, after)) = hours(rest) {
                self.open(from, to);
                (rest, span) = (after, false);
                continue;
            }
            let word =
                [("年中無休", 0..7), ("毎日", 0..7), ("平日", 0..5), ("24時間", 0..0), ("祝日", 0..0), ("祭日", 0..0)]
                    .into_iter()
                    .find(|(word, _)| rest.starts_with(word));
            if let Some((word, days)) = word {
                if word == "24時間" {
                    self.open(0, 48);
                } else {
                    days.for_each(|day| self.name(day));
                }
                rest = rest.get(word.len()..).unwrap_or_default();
                continue;
            }
            if let Some(day) = DAYS.chars().position(|day| day == c) {
                let from = self.days.last().copied().filter(|_| span).unwrap_or(day);
                (from.min(day)..=day).for_each(|day| self.name(day));
                span = false;
            } else if c == '~' || c == '-' || rest.starts_with("から") {
                span = true;
            }
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
        self.closing.clone_from(&self.days);
    }

    /// What stands before and behind 休: the days right before it are closed, else those behind it (休診日:土日), else
    /// those of the part before. What says no day (年末年始休み) or not every week (第2・4土曜休) closes nothing.
    fn closed(&mut self, before: &str, behind: &str) {
        let head = before.trim_end_matches(|c: char| DAYS.contains(c) || "・,.祝祭 第定".contains(c));
        let days = before.get(head.len()..).unwrap_or_default();
        if before.trim().is_empty() {
            let behind = behind.trim_start_matches(['診', '業', '館', 'み']);
            let behind = behind.strip_prefix('日').unwrap_or(behind);
            return if behind.contains('第') { self.closing.clear() } else { self.close(behind) };
        }
        self.part(head);
        let some_weeks = head.rsplit_once('第').is_some_and(|(_, weeks)| {
            !weeks.is_empty() && weeks.chars().all(|c| c.is_ascii_digit() || "・,.".contains(c))
        });
        if !some_weeks && days.contains(|c| DAYS.contains(c)) {
            self.close(days);
        }
    }

    fn name(&mut self, day: usize) {
        // Days behind hours begin a new list.
        if self.timed {
            self.days.clear();
            self.timed = false;
        }
        if !self.days.contains(&day) {
            self.days.push(day);
        }
    }

    fn open(&mut self, from: u32, to: u32) {
        self.timed = true;
        let mask = (from..to.min(48)).fold(0, |mask, half| mask | (1 << half));
        for day in &self.days {
            self.week.0.iter_mut().skip(*day).take(1).for_each(|open| *open |= mask);
        }
    }

    /// 木・日・祝 休診: these days are closed, whatever was said before.
    fn close(&mut self, text: &str) {
        // 祝日 is no Sunday.
        let text = text.replace("祝日", "").replace("祭日", "");
        let named: Vec<usize> =
            DAYS.chars().enumerate().filter(|(_, day)| text.contains(*day)).map(|(day, _)| day).collect();
        let closed = if named.is_empty() { std::mem::take(&mut self.closing) } else { named };
        self.days.retain(|day| !closed.contains(day));
        for day in closed {
            self.week.0.iter_mut().skip(day).take(1).for_each(|open| *open = 0);
        }
    }

    /// Days without hours are open at some time.
    fn end_of_days(&mut self) {
        if !self.timed && self.week == Week::default() {
            for day in std::mem::take(&mut self.days) {
                self.week.0.iter_mut().skip(day).take(1).for_each(|open| *open |= SOMETIME);
            }
        }
    }
}

/// Hours at the beginning of the text, in half hours, and what follows them.
fn hours(text: &str) -> Option<(u32, u32, &str)> {
    let (from, rest) = time(text)?;
    let rest = rest.trim_start();
    let rest = rest.strip_prefix(['~', '-']).or_else(|| rest.strip_prefix("から"))?;
    let (to, rest) = time(rest.trim_start())?;
    let rest = rest.strip_prefix("まで").unwrap_or(rest);
    (from < to).then_some((from / 30, to.div_ceil(30), rest))
}

/// A time at the beginning of the text, in minutes, and what follows it.
fn time(text: &str) -> Option<(u32, &str)> {
    let (add, text) = match (text.strip_prefix("午前"), text.strip_prefix("午後")) {
        (Some(rest), _) => (0, rest),
        (_, Some(rest)) => (12 * 60, rest),
        _ => (0, text),
    };
    let (hour, rest) = number(text)?;
    let (minute, rest) = if let Some(rest) = rest.strip_prefix([':', '.']) {
        number(rest)?
    } else {
        let rest = rest.strip_prefix('時').filter(|rest| !rest.starts_with('間'))?;
        match (rest.strip_prefix('半'), number(rest)) {
            (Some(rest), _) => (30, rest),
            (_, Some((minute, rest))) => (minute, rest.strip_prefix('分').unwrap_or(rest)),
            _ => (0, rest),
        }
    };
    let minutes = hour * 60 + minute + if hour < 12 { add } else { 0 };
    (hour <= 24 && minute < 60).then_some((minutes.min(24 * 60), rest))
}

fn number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end.min(2))?;
    Some((digits.parse().ok()?, rest)).filter(|_| end <= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_hours_as_they_are_told() {
        for (told, open, shut) in [
            (
                "月～金 9:00～17:30、土 9:00～12:00",
                &[(0, 9 * 60), (4, 17 * 60), (5, 11 * 60)][..],
                &[(5, 13 * 60), (6, 600)][..],
            ),
            ("平日９時から１７時半", &[(2, 9 * 60), (2, 17 * 60 + 20)], &[(5, 600)]),
            (
                "月火水木金土 8:30-12:00,14:00-18:00 木・日・祝 休診",
                &[(0, 510), (5, 15 * 60)],
                &[(0, 13 * 60), (3, 600), (6, 600)],
            ),
            ("月・火・水・金 午前9時～午後6時", &[(4, 17 * 60)], &[(3, 600)]),
            ("月～金 9:00～17:00（休診日：土日）", &[(0, 600), (4, 600)], &[(5, 600), (6, 600)]),
            ("毎日 9:00～17:00、定休日：日曜", &[(0, 600), (5, 600)], &[(6, 600)]),
            ("月～金 9:00～17:00（昼休み 12:00～13:00）、土 9:00～12:00", &[(0, 600), (5, 600)], &[(5, 750)]),
            ("月～土 9:00～17:00、第2・4土曜休", &[(0, 600), (5, 600)], &[(6, 600)]),
            ("土・休日 9:00～12:00", &[(5, 600)], &[(6, 600)]),
            ("月～金 9:00～17:00 年末年始休み", &[(0, 600), (4, 600)], &[(5, 600)]),
            ("年中無休 24時間", &[(6, 0), (3, 23 * 60 + 59)], &[]),
            ("毎日 24時間対応", &[(6, 0)], &[]),
        ] {
            let week = Week::read(told).unwrap_or_else(|| panic!("{told}"));
            assert!(open.iter().all(|(day, minute)| week.at(*day, *minute)), "{told} {week:?}");
            assert!(!shut.iter().any(|(day, minute)| week.at(*day, *minute)), "{told} {week:?}");
            assert_eq!(Week::from_tag(&week.tag()), Some(week));
        }
        let days = Week::read("月火水木金土").unwrap();
        assert!(days.on(5) && !days.on(6) && !days.at(5, 600), "the hours are not known");
        assert!(Week::read("月～金 9:00～19:00").unwrap().by_night());
        assert!(!Week::read("月～金 9:00～17:00").unwrap().by_night());
        for told in ["", "要予約", "9:00～17:00", "〜", "月", "99:99~", "日祝休み"] {
            assert!(Week::read(told).is_none_or(|week| told == "月" && week.on(0)), "{told}");
        }
        Week::read(&"月～金 9:00～17:00、土".repeat(5_000)).unwrap();
    }
}
