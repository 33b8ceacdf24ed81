//! Times of the day as people write them. Knows no clock.

use chrono::NaiveTime;
use unicode_normalization::UnicodeNormalization;

/// A time of the day: `13:30`, `1330`, `13`, `13時半`, `午後1時30分`, `1:30pm`; full-width too. `None`: it is none.
pub fn parse_time(text: &str) -> Option<NaiveTime> {
    let plain: String = text.nfkc().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace()).collect();
    let (half_day, told) = half_of_day(&plain);
    let told = told.replace('半', "30");
    let told = told.trim_end_matches('分').trim_end_matches('時');
    let (hour, minute) = match told.split_once([':', '時', '.']) {
        Some((hour, minute)) => (figures(hour)?, figures(minute)?),
        None if told.len() > 2 => {
            let (hour, minute) = told.split_at_checked(told.len() - 2)?;
            (figures(hour)?, figures(minute)?)
        }
        None => (figures(told)?, 0),
    };
    let hour = match half_day {
        Some(later) if hour <= 12 => hour % 12 + later,
        Some(_) => return None,
        None => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, 0)
}

fn figures(text: &str) -> Option<u32> {
    text.parse().ok().filter(|_| text.bytes().all(|b| b.is_ascii_digit()))
}

/// The half of the day that is named before or behind the time, as hours to add, and the rest.
fn half_of_day(text: &str) -> (Option<u32>, &str) {
    let names = [("午前", 0), ("午後", 12), ("am", 0), ("pm", 12)];
    let named = names.iter().find_map(|(name, hours)| {
        let rest = text.strip_prefix(name).or_else(|| text.strip_suffix(name))?;
        Some((Some(*hours), rest))
    });
    named.unwrap_or((None, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_every_spelling() {
        for (text, hour, minute) in [
            ("13:30", 13, 30),
            ("１３：３０", 13, 30),
            ("1330", 13, 30),
            ("930", 9, 30),
            ("13", 13, 0),
            ("13時", 13, 0),
            ("13時半", 13, 30),
            ("午後1時30分", 13, 30),
            ("午前 9時", 9, 0),
            ("午前 9:30", 9, 30),
            ("1:30pm", 13, 30),
            ("12 AM", 0, 0),
        ] {
            assert_eq!(parse_time(text), NaiveTime::from_hms_opt(hour, minute, 0), "{text}");
        }
        for text in ["", " ", "25:00", "13:60", "午後13時", "ひる", "-1", "13:", "99999", "時半", "ｱ30", "1330分半"]
        {
            assert_eq!(parse_time(text), None, "{text}");
        }
    }
}
