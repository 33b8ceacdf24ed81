//! A second factor that is being set up: the QR code for the operator's phone, the same as text, and the code that
//! proves that the phone has it. Knows no vault.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::lines::{Line, Lines};
use crate::app::msg::NewSecond;
use crate::desk::say::Say;
use crate::desk::secret::Secret;
use crate::screens::look::Look;
use crate::widgets::edit::Edit;
use crate::widgets::paint::{put_line, put_wrapped};
use crate::widgets::qr::Qr;
use crate::widgets::theme::Borders;

/// How many digits a code has.
const DIGITS: usize = 6;
/// The letters of the secret that stand together, so that they can be typed off.
const GROUP: usize = 4;

/// The second factor on its way.
#[derive(Debug)]
pub struct Pairing {
    secret: Secret,
    lines: Lines,
    qr: Option<Qr>,
}

impl Pairing {
    /// A pairing over this secret: base32 without padding.
    pub fn new(secret: Secret) -> Self {
        // No name of a person or a desk goes into the phone's list.
        let url = format!("otpauth://totp/madoguchi?secret={}&issuer=madoguchi", secret.expose());
        let qr = Qr::new(&url);
        Self { secret, lines: Lines::new(vec![Line::text("code", "entry-code")]), qr }
    }

    /// What was shown and typed.
    ///
    /// # Errors
    /// No code of six digits was typed.
    pub fn done(&self) -> Result<NewSecond, Say> {
        let code = self.lines.digits("code").unwrap_or_default();
        if code.len() == DIGITS {
            Ok(NewSecond { secret: self.secret.clone(), code })
        } else {
            Err(Say::new("entry-code-digits"))
        }
    }

    /// Another try: the code is wiped.
    pub fn again(&mut self) {
        self.lines.clear(&["code"]);
    }

    /// Typed or pasted text.
    pub fn insert(&mut self, text: &str) {
        self.lines.insert(text);
    }

    /// An editing key.
    pub fn edit(&mut self, edit: Edit<'_>) {
        self.lines.edit(edit);
    }

    /// Draws the code on the left where there is room for it, and what is to be done beside it.
    pub fn view(&self, said: Option<&Say>, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let ascii = look.theme.borders == Borders::ASCII;
        let drawn =
            self.qr.as_ref().filter(|qr| !ascii && area.width > qr.size().0 + 30 && qr.draw(buf, area, look.theme));
        let left = drawn.map_or(0, |qr| qr.size().0 + 2);
        let mut room = Rect { x: area.x + left, width: area.width.saturating_sub(left), ..area };
        let mut down = |rows: u16| {
            let rows = rows.min(room.height);
            room = Rect { y: room.y + rows, height: room.height - rows, ..room };
            room
        };
        let about = if left > 0 { "entry-pairing-about" } else { "entry-pairing-text" };
        let at = down(0);
        let rows = put_wrapped(buf, at, &look.t(about), look.theme.text);
        let mut at = down(rows + 1);
        let letters: Vec<char> = self.secret.expose().chars().collect();
        // Half of the groups a row: it has to fit beside the picture.
        let groups: Vec<String> = letters.chunks(GROUP).map(|group| group.iter().collect()).collect();
        for row in groups.chunks(4) {
            put_line(buf, at, &row.join(" "), look.theme.title);
            at = down(1);
        }
        let at = down(1);
        let rows = put_wrapped(buf, at, &look.t("entry-pairing-code"), look.theme.text);
        let at = down(rows + 1);
        let caret = self.lines.view(look, Rect { height: at.height.min(1), ..at }, buf);
        let at = down(2);
        if let Some(say) = said {
            put_wrapped(buf, at, &look.locale.say(say), look.theme.error);
        }
        caret
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_six_digits_however_typed() {
        for (typed, code) in [
            ("123456", Some("123456")),
            ("１２３　４５６", Some("123456")),
            ("123 456", Some("123456")),
            ("12345", None),
            ("1234567", None),
            ("", None),
            ("abcdef", None),
        ] {
            let mut pairing = Pairing::new(Secret::new("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"));
            pairing.insert(typed);
            assert_eq!(pairing.done().ok().map(|new| new.code).as_deref(), code, "{typed:?}");
        }
    }
}
