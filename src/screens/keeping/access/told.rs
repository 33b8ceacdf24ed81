//! An entry of the access log in words: the same on the screen and on the command line.

use crate::desk::access::{Access, Details, Entry};
use crate::desk::say::Say;
use crate::locale::Locale;

/// What was done, as the lists show it. A change is called as the history calls it.
pub fn what(entry: &Entry, locale: &Locale) -> String {
    locale.t(&entry.what).into_owned()
}

/// When it happened: the day and the minute.
pub fn when(entry: &Entry) -> String {
    entry.happened().format("%Y-%m-%d %H:%M").to_string()
}

/// What more is known, on one line; empty when it is nothing.
pub fn details(entry: &Entry, locale: &Locale) -> String {
    let parts = sentences(&entry.details, locale);
    parts.join(&locale.t("access-told-between"))
}

/// Why the clock may have gone another way.
fn clock(seconds: i64) -> Say {
    let key = if seconds < 0 { "access-told-back" } else { "access-told-ahead" };
    Say { key, args: Vec::new() }.with("minutes", seconds.unsigned_abs().div_ceil(60).to_string())
}

/// A task by its name, where it has one.
fn task(task: &str, locale: &Locale) -> String {
    let key = format!("access-task-{task}");
    if locale.has(&key) { locale.t(&key).into_owned() } else { task.to_owned() }
}

fn sentences(details: &Details, locale: &Locale) -> Vec<String> {
    let mut parts = Vec::new();
    let mut tell = |key: &'static str| parts.push(locale.t(key).into_owned());
    for (set, key) in [
        (details.failed, "access-told-failed"),
        (details.of_other, "access-told-other"),
        (details.preview, "access-told-preview"),
        (details.by_itself, "access-told-by-itself"),
        (details.command_line, "access-told-command-line"),
    ] {
        if set {
            tell(key);
        }
    }
    let mut say = |say: Say| parts.push(locale.say(&say));
    if !details.task.is_empty() {
        say(Say::new("access-told-task").with("task", task(&details.task, locale)));
    }
    if !details.reason.is_empty() {
        say(Say::new("access-told-reason").with("reason", details.reason.as_str()));
    }
    if !details.query.is_empty() {
        say(Say::new("access-told-query").with("query", details.query.as_str()));
    }
    if !details.file.is_empty() {
        say(Say::new("access-told-file").with("file", details.file.as_str()));
    }
    if !details.to.is_empty() {
        say(Say::new("access-told-to").with("to", details.to.as_str()));
    }
    if let Some(count) = details.count {
        say(Say::new("access-told-count").with("count", count.to_string()));
    }
    if let Some(seconds) = details.seconds {
        say(clock(seconds));
    }
    if !details.month.is_empty() {
        say(Say::new("access-told-month").with("month", details.month.as_str()));
    }
    if let Some(seq) = details.seq {
        say(Say::new("access-told-head").with("seq", seq.to_string()).with("head", short(&details.head)));
    }
    parts.extend(details.other.iter().map(|(name, value)| format!("{name}: {value}")));
    parts
}

/// The beginning of a hash: enough to compare by eye.
pub fn short(head: &str) -> String {
    head.chars().take(16).collect()
}

/// The keys of what a kind is called, for choosing one.
pub fn kinds() -> impl Iterator<Item = (&'static str, &'static str)> {
    Access::ALL.iter().map(|access| (access.short(), access.name()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::id::Id;
    use crate::desk::record::{Kind, RecordKey};
    use crate::locale::Lang;

    fn entry(what: &str, details: Details) -> Entry {
        let at = chrono::DateTime::parse_from_rfc3339("2026-11-24T09:05:00+09:00").unwrap();
        let record = RecordKey::new(Kind::Case, Id::NIL);
        Entry { seq: 7, at, operator: Id::NIL, what: what.to_owned(), record, details }
    }

    #[test]
    fn what_is_known_is_told_in_both_languages() {
        let all = Details {
            reason: "点検・指導".into(),
            query: "ﾔﾏﾀﾞ".into(),
            count: Some(0),
            file: "案件.json".into(),
            task: "close".into(),
            of_other: true,
            seconds: Some(-61),
            month: "2026-10".into(),
            seq: Some(70),
            head: "0123456789abcdef0123".into(),
            ..Details::default()
        };
        for lang in [Lang::Ja, Lang::En] {
            let locale = Locale::new(lang);
            let text = details(&entry("access-open", all.clone()), &locale);
            for part in ["点検・指導", "ﾔﾏﾀﾞ", "案件.json", "0", "2026-10", "0123456789abcdef", "70", "2"]
            {
                assert!(text.contains(part), "{part} is missing in {text}");
            }
            assert!(!text.contains("access-"), "{text}");
            assert_eq!(details(&entry("access-login", Details::default()), &locale), "");
        }
    }

    #[test]
    fn a_task_or_member_of_a_newer_version_is_told_as_it_is() {
        let later = Details {
            task: "later".into(),
            other: [("extra".to_owned(), serde_json::json!(3))].into(),
            ..Details::default()
        };
        let text = details(&entry("access-later", later), &Locale::new(Lang::Ja));
        assert!(text.contains("later") && text.contains("extra: 3"), "{text}");
        assert!(!what(&entry("done-flag", Details::default()), &Locale::new(Lang::En)).contains("done-"));
    }

    #[test]
    fn a_try_is_shown_when_it_was_made() {
        let tried_at = chrono::DateTime::parse_from_rfc3339("2026-11-23T23:59:59+09:00").ok();
        let try_ = entry("access-login-failed", Details { tried_at, ..Details::default() });
        assert_eq!(when(&try_), "2026-11-23 23:59");
    }
}
