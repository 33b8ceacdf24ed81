//! 診療・利用できる曜日 and hours as they are told in words, as half hours of a week. What cannot be read is not known; it is
//! never taken for closed.

use crate::desk::office::Office;
use crate::search::fold;

/// The half hours of a week in which an office can be reached, Monday first and 祝日 last: bit 0 of a day is midnight to half past.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Week {
    days: [u64; 8],
    /// The weeks of a month in which it is open on that day, bit 0 being the first; 0: in all.
    weeks: [u8; 8],
}

/// 祝日, as a day of the week.
pub const HOLIDAY: usize = 7;

/// The bit of a day that is open at hours that were not told.
const SOMETIME: u64 = 1 << 48;
/// The bit of 祝日 when it is told that they are closed.
const SHUT: u64 = 1 << 49;
/// The half hours of a whole day.
const WHOLE: u64 = SOMETIME - 1;
/// Before noon.
const MORNING: u64 = (1 << 24) - 1;
/// From six in the evening, and before eight in the morning.
const NIGHT: u64 = (WHOLE >> 36 << 36) | 0xffff;
const DAYS: &str = "月火水木金土日";
/// All five weeks of a month.
const EVERY: u8 = 0b1_1111;

impl Week {
    /// Reads the hours and the closed days of an office; `None` where no day is told.
    pub fn of(office: &Office) -> Option<Self> {
        let mut reader = Reader::default();
        reader.read(&office.hours);
        for part in fold::plain(&office.closed).split(['\n', '、', '。', ';', ',', '/']) {
            let part = part.trim();
            if !part.is_empty() && !part.contains("なし") && !part.contains("無休") {
                reader.part(&if part.contains('休') { part.to_owned() } else { format!("{part}休") });
            }
        }
        reader.week.is_told()
    }

    /// Reads what stands in the field; `None` where no day is told.
    pub fn read(told: &str) -> Option<Self> {
        let mut reader = Reader::default();
        reader.read(told);
        reader.week.is_told()
    }

    fn is_told(self) -> Option<Self> {
        self.days.iter().any(|day| day & (WHOLE | SOMETIME) != 0).then_some(self)
    }

    /// The week in a tag that [`Week::tag`] wrote.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let digits = tag.strip_prefix("week:")?;
        let mut week = Self::default();
        for ((day, weeks), digits) in week.days.iter_mut().zip(&mut week.weeks).zip(digits.split('-')) {
            let (open, some) = digits.split_once('.').unwrap_or((digits, "0"));
            *day = u64::from_str_radix(open, 16).ok()?;
            *weeks = u8::from_str_radix(some, 16).ok()?;
        }
        Some(week)
    }

    /// The tag of all offices with this week.
    pub fn tag(&self) -> String {
        let day = |(day, weeks): (&u64, &u8)| match weeks {
            0 => format!("{day:x}"),
            weeks => format!("{day:x}.{weeks:x}"),
        };
        let days: Vec<String> = self.days.iter().zip(&self.weeks).map(day).collect();
        format!("week:{}", days.join("-"))
    }

    fn day(&self, day: usize) -> u64 {
        self.days.get(day).copied().unwrap_or_default() & (WHOLE | SOMETIME)
    }

    /// Whether it is open on this day, 0 being Monday, in some week at least.
    pub fn on(&self, day: usize) -> bool {
        self.day(day) != 0
    }

    /// Whether it is open on this day in this week of the month, 1 being the first.
    pub fn in_week(&self, day: usize, nth: u32) -> bool {
        let weeks = self.weeks.get(day).copied().unwrap_or_default();
        self.on(day) && (weeks == 0 || (1..=5).contains(&nth) && weeks & (1 << (nth - 1)) != 0)
    }

    /// Whether it is open on this day in every week.
    pub fn every_week(&self, day: usize) -> bool {
        self.on(day) && self.weeks.get(day).is_some_and(|weeks| *weeks == 0)
    }

    /// Whether it is open on this day at this minute of the day.
    pub fn at(&self, day: usize, minute: u32) -> bool {
        self.day(day) & (1 << (minute / 30).min(47)) != 0
    }

    /// Whether it is open before noon, or after it, on this day; `None`: on any.
    pub fn half(&self, day: Option<usize>, afternoon: bool) -> bool {
        let half = if afternoon { WHOLE & !MORNING } else { MORNING };
        (0..8).filter(|other| day.is_none_or(|day| day == *other)).any(|day| self.day(day) & half != 0)
    }

    /// Whether it is open in the evening, at night or early in the morning.
    pub fn by_night(&self) -> bool {
        self.days.iter().any(|day| day & NIGHT != 0)
    }

    /// Whether days are told without their hours.
    pub fn lacks_hours(&self) -> bool {
        self.days.iter().any(|day| day & SOMETIME != 0)
    }

    /// Whether it is told that it is open on 祝日, or that it is not.
    pub fn tells_holidays(&self) -> bool {
        self.days.get(HOLIDAY).is_some_and(|day| *day != 0)
    }
}

#[derive(Default)]
struct Reader {
    week: Week,
    /// The days that were named since the last hours.
    days: Vec<usize>,
    /// The days that the last part named, should the next one say that they are closed.
    closing: Vec<usize>,
    timed: bool,
    /// 第1・3, until the day follows that it is said of.
    some_weeks: u8,
}

impl Reader {
    fn read(&mut self, told: &str) {
        // 第1、第3土曜 is one list.
        let text = fold::plain(told).replace("、第", "・第").replace(",第", "・第");
        for part in text.split(['\n', '、', '。', ';', '/', '(', ')', '【', '】']) {
            self.part(part);
        }
        self.end_of_days();
    }

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
        let named = self.days.len();
        while let Some(c) = rest.chars().next() {
            if let Some((from, to, after)) = hours(rest) {
                self.open(from, to);
                (rest, span) = (after, false);
                continue;
            }
            let word = [
                ("年中無休", 0..8),
                ("毎日", 0..7),
                ("平日", 0..5),
                ("24時間", 0..0),
                ("祝日", 7..8),
                ("祭日", 7..8),
                ("祝", 7..8),
            ]
            .into_iter()
            .find(|(word, _)| rest.starts_with(word));
            if let Some((weeks, after)) = weeks(rest) {
                (self.some_weeks, rest) = (weeks, after);
                continue;
            }
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
                let from = self.days.last().copied().filter(|from| span && *from < HOLIDAY).unwrap_or(day);
                (from.min(day)..=day).for_each(|day| self.name(day));
                span = false;
            } else if c == '~' || c == '-' || rest.starts_with("から") {
                span = true;
            }
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
        // 土 (第1・3): said of the days before.
        let weeks = std::mem::take(&mut self.some_weeks);
        if weeks != 0 && self.days.len() == named && !self.timed {
            for day in self.days.clone() {
                self.only_in(day, weeks);
            }
        }
        self.closing.clone_from(&self.days);
    }

    fn only_in(&mut self, day: usize, weeks: u8) {
        self.week.weeks.iter_mut().skip(day).take(1).for_each(|some| *some |= weeks);
    }

    /// What stands before and behind 休: the days right before it are closed, else those behind it (休診日:土日), else
    /// those of the part before. What says no day (年末年始休み) closes nothing, 第2・4土曜休 those weeks only, 木曜午後休 the
    /// half day.
    fn closed(&mut self, before: &str, behind: &str) {
        let head = before.trim_end_matches(|c: char| DAYS.contains(c) || "・,.祝祭 定".contains(c));
        let days = before.get(head.len()..).unwrap_or_default();
        if before.trim().is_empty() {
            let behind = behind.trim_start_matches(['診', '業', '館', 'み']);
            let behind = behind.strip_prefix('日').unwrap_or(behind);
            return self.close(behind.trim_start_matches([':', ' ']));
        }
        let list = behind.trim_start_matches(['診', '業', '館', 'み', '日']);
        if let Some(list) = list.strip_prefix(':').filter(|_| days.trim().is_empty()) {
            self.part(head);
            return self.close(list);
        }
        for (half, mask) in [("午前", MORNING), ("午後", WHOLE & !MORNING)] {
            if let Some(before) = head.strip_suffix(half).filter(|_| days.is_empty()) {
                for day in named_in(before) {
                    self.week.days.iter_mut().skip(day).take(1).for_each(|open| *open &= !mask);
                }
                return;
            }
        }
        let (head, some) = match head.find('第').and_then(|at| head.split_at_checked(at)) {
            Some((before, said)) if weeks(said).is_some_and(|(_, after)| after.is_empty()) => (before, said),
            _ => (head, ""),
        };
        self.part(head);
        if days.contains(|c| DAYS.contains(c) || "祝祭".contains(c)) {
            self.close(&format!("{some}{days}"));
        }
        // 日祝休み 月～金 9時から: what follows is told of other days.
        let behind = behind.trim_start_matches(['診', '業', '館', 'み', '日', ' ']);
        if !behind.is_empty() && !days.trim().is_empty() {
            self.part(behind);
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
        // What was open in all weeks before stays so.
        if self.some_weeks != 0 && !self.week.on(day) {
            self.only_in(day, self.some_weeks);
        }
    }

    fn open(&mut self, from: u32, to: u32) {
        self.timed = true;
        let mask = (from..to.min(48)).fold(0, |mask, half| mask | (1 << half));
        for day in &self.days {
            self.week.days.iter_mut().skip(*day).take(1).for_each(|open| *open |= mask);
        }
    }

    /// 木・日・祝 休診: these days are closed, whatever was said before; 第2・4土: in these weeks.
    fn close(&mut self, text: &str) {
        let (some, text) = weeks(text).unwrap_or((0, text));
        let holidays = text.contains(['祝', '祭']);
        let named = named_in(text);
        let closed = match (named.is_empty(), holidays) {
            (true, false) if text.contains('第') || some != 0 => Vec::new(),
            (true, false) => std::mem::take(&mut self.closing),
            _ => named,
        };
        if some != 0 {
            for day in closed {
                let left = self.week.weeks.iter_mut().skip(day).take(1);
                left.for_each(|left| *left = (if *left == 0 { EVERY } else { *left }) & !some);
            }
            return;
        }
        if holidays {
            self.week.days.iter_mut().skip(HOLIDAY).for_each(|open| *open = SHUT);
        }
        self.days.retain(|day| !(closed.contains(day) || holidays && *day == HOLIDAY));
        for day in closed {
            self.week.days.iter_mut().skip(day).take(1).for_each(|open| *open = 0);
        }
    }

    /// Days without hours are open at some time.
    fn end_of_days(&mut self) {
        if !self.timed && self.week.is_told().is_none() {
            for day in std::mem::take(&mut self.days) {
                self.week.days.iter_mut().skip(day).take(1).for_each(|open| *open |= SOMETIME);
            }
        }
    }
}

/// The days of the week that a text names; 祝日 is no Sunday.
fn named_in(text: &str) -> Vec<usize> {
    let text = text.replace("祝日", "").replace("祭日", "");
    DAYS.chars().enumerate().filter(|(_, day)| text.contains(*day)).map(|(day, _)| day).collect()
}

/// 第1・第3, 第2・4週, 第二 at the beginning of the text, as bits, and what follows.
pub fn weeks(text: &str) -> Option<(u8, &str)> {
    let nth = |c: char| {
        let kanji = (1..).zip("一二三四五".chars()).find(|(_, sign)| *sign == c).map(|(nth, _)| nth);
        c.to_digit(10).or(kanji).filter(|nth| (1..=5).contains(nth))
    };
    let mut rest = text.strip_prefix('第')?;
    let mut weeks = 0;
    loop {
        let mut letters = rest.chars();
        weeks |= 1 << (nth(letters.next()?)? - 1);
        rest = letters.as_str();
        rest = rest.strip_prefix('週').unwrap_or(rest);
        let next = rest.trim_start_matches(['・', ',', '.', 'と', '、', ' ']);
        let next = next.strip_prefix('第').unwrap_or(next);
        if next.len() == rest.len() || !next.starts_with(|c| nth(c).is_some()) {
            return Some((weeks, rest));
        }
        rest = next;
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
mod tests;
