//! What the terminal sends, as messages without the terminal library's types.

use std::time::Duration;

use crossterm::event::{Event, KeyCode as TheirCode, KeyEvent, KeyEventKind, KeyModifiers, poll, read};

use crate::app::msg::Msg;
use crate::keys::{Key, KeyCode};

/// How many messages one burst may hold: a paste on a terminal without paste marks comes as keys.
const BURST: usize = 4096;

/// Waits for the next input, and takes what came with it: a text that an input method commits arrives as several
/// characters at once, and they are to be drawn once.
///
/// # Errors
/// When the terminal is gone.
pub fn burst() -> std::io::Result<Vec<Msg>> {
    let mut messages = Vec::with_capacity(1);
    loop {
        messages.extend(translate(read()?));
        if messages.len() >= BURST || !poll(Duration::ZERO)? {
            return Ok(messages);
        }
    }
}

/// The message that an event makes; `None` for what the program does not use (releases, focus, the mouse).
fn translate(event: Event) -> Option<Msg> {
    match event {
        // Repeat: a key that is held down works as often as the terminal repeats it.
        Event::Key(KeyEvent { kind: KeyEventKind::Release, .. })
        | Event::FocusGained
        | Event::FocusLost
        | Event::Mouse(_) => None,
        Event::Key(key) => key_of(key).map(Msg::Key),
        Event::Paste(text) => Some(Msg::Paste(lines(&text))),
        Event::Resize(width, height) => Some(Msg::Resize(width, height)),
    }
}

/// Line ends as `\n`: terminals send `\r` for each in a paste.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn key_of(event: KeyEvent) -> Option<Key> {
    let held = |modifier| event.modifiers.contains(modifier);
    let (ctrl, alt) = (held(KeyModifiers::CONTROL), held(KeyModifiers::ALT));
    let mut shift = held(KeyModifiers::SHIFT);
    let code = match event.code {
        TheirCode::Char(char) => {
            // AltGr arrives as Ctrl and Alt together, and has already made its character.
            if ctrl && alt && !char.is_ascii_alphanumeric() {
                return Some(Key::char(char));
            }
            KeyCode::Char(char)
        }
        TheirCode::F(number) => KeyCode::F(number),
        TheirCode::Enter => KeyCode::Enter,
        TheirCode::Esc => KeyCode::Esc,
        TheirCode::Tab => KeyCode::Tab,
        TheirCode::BackTab => {
            shift = true;
            KeyCode::Tab
        }
        TheirCode::Backspace => KeyCode::Backspace,
        TheirCode::Delete => KeyCode::Delete,
        TheirCode::Insert => KeyCode::Insert,
        TheirCode::Home => KeyCode::Home,
        TheirCode::End => KeyCode::End,
        TheirCode::PageUp => KeyCode::PageUp,
        TheirCode::PageDown => KeyCode::PageDown,
        TheirCode::Up => KeyCode::Up,
        TheirCode::Down => KeyCode::Down,
        TheirCode::Left => KeyCode::Left,
        TheirCode::Right => KeyCode::Right,
        TheirCode::Null
        | TheirCode::CapsLock
        | TheirCode::ScrollLock
        | TheirCode::NumLock
        | TheirCode::PrintScreen
        | TheirCode::Pause
        | TheirCode::Menu
        | TheirCode::KeypadBegin
        | TheirCode::Media(_)
        | TheirCode::Modifier(_) => return None,
    };
    Some(Key::new(code, ctrl, alt, shift))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(code: TheirCode, modifiers: KeyModifiers) -> Option<String> {
        match translate(Event::Key(KeyEvent::new(code, modifiers))) {
            Some(Msg::Key(key)) => Some(key.to_string()),
            _ => None,
        }
    }

    #[test]
    fn keys_arrive_in_their_one_spelling() {
        const NONE: KeyModifiers = KeyModifiers::NONE;
        for (code, modifiers, expected) in [
            (TheirCode::Char('a'), NONE, "a"),
            (TheirCode::Char('J'), KeyModifiers::SHIFT, "J"),
            (TheirCode::Char('山'), NONE, "山"),
            (TheirCode::Char(' '), NONE, "space"),
            (TheirCode::Char('s'), KeyModifiers::CONTROL, "ctrl-s"),
            (TheirCode::Char('@'), KeyModifiers::CONTROL.union(KeyModifiers::ALT), "@"),
            (TheirCode::BackTab, KeyModifiers::SHIFT, "shift-tab"),
            (TheirCode::BackTab, NONE, "shift-tab"),
            (TheirCode::F(12), NONE, "f12"),
            (TheirCode::Enter, KeyModifiers::ALT, "alt-enter"),
        ] {
            assert_eq!(key(code, modifiers).as_deref(), Some(expected), "{code:?}");
        }
        assert_eq!(key(TheirCode::CapsLock, NONE), None);
    }

    #[test]
    fn a_release_is_no_key_and_a_repeat_is() {
        let of = |kind| {
            let event = KeyEvent::new_with_kind(TheirCode::Down, KeyModifiers::NONE, kind);
            translate(Event::Key(event)).is_some()
        };
        assert!(of(KeyEventKind::Press) && of(KeyEventKind::Repeat) && !of(KeyEventKind::Release));
    }

    #[test]
    fn a_paste_has_line_ends_of_one_kind() {
        for (text, expected) in [("一\r二", "一\n二"), ("一\r\n二\n", "一\n二\n"), ("", ""), ("ｶﾞ", "ｶﾞ")]
        {
            let Some(Msg::Paste(pasted)) = translate(Event::Paste(text.to_owned())) else { panic!() };
            assert_eq!(pasted, expected);
        }
    }
}
