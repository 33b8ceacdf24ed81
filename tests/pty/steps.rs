//! Steps that several tests take: setting up a desk, opening a slip, going to its memo.

use madoguchi::keys::{Action, Context, Keymap};
use madoguchi::locale::{Lang, Locale};

use crate::harness::{Desk, Home, PASSPHRASE, text_of};

/// The sentence of this key in Japanese.
pub fn ja(key: &str) -> String {
    Locale::new(Lang::Ja).t(key).into_owned()
}

/// Its part before the first value that is put in.
pub fn head_of(key: &str) -> String {
    ja(key).split('{').next().unwrap_or_default().trim_end().to_owned()
}

impl Home {
    /// A desk set up through the first screen, as a new user does it.
    pub fn set_up(&self, columns: u16, rows: u16) -> Desk {
        let mut desk = self.start(columns, rows);
        // The sentence is wrapped in a narrow window: its beginning will do.
        desk.until_text(&ja("start-2-desk").chars().take(8).collect::<String>());
        desk.send("2");
        desk.until_text(&ja("field-desk-name"));
        desk.send("架空窓口");
        desk.press("tab");
        desk.send("試験花子");
        desk.until_text("試験花子");
        for _ in 0..2 {
            desk.press("tab");
        }
        desk.send(PASSPHRASE);
        desk.press("tab");
        desk.send(PASSPHRASE);
        desk.press("enter");
        desk.until_text(&ja("entry-recovery-title"));
        let last = recovery_group(&desk.text()).unwrap_or_else(|| panic!("no recovery key:\n{}", desk.text()));
        desk.send(&last);
        desk.press("enter");
        desk.until_text(&ja("app-tab-directory"));
        desk
    }
}

/// The last group of the recovery key on the screen: four capital letters or digits.
fn recovery_group(text: &str) -> Option<String> {
    let is_group = |word: &&str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    text.split_whitespace().rfind(is_group).map(str::to_owned)
}

impl Desk {
    /// Presses the first key of an action that works everywhere.
    pub fn act(&mut self, action: Action) {
        let shown = Keymap::default().keys_for(action, &[Context::Global]).expect("a key for it");
        self.press(&shown.replace('^', "ctrl-").to_lowercase());
    }

    /// Opens a slip and goes to its memo, field by field.
    pub fn go_to_memo(&mut self) {
        self.act(Action::NewCall);
        self.until_text(&ja("intake-slip-new"));
        let memo = ja("field-contact-text");
        for _ in 0..40 {
            let field = field_in_focus(&self.screen());
            if field.contains(&memo) {
                return;
            }
            self.press("tab");
            self.until("the next field", |screen| field_in_focus(screen) != field);
        }
        panic!("there is no memo:\n{}", self.text());
    }
}

/// The title of the lowest box, which explains the field in focus.
fn field_in_focus(screen: &vt100::Screen) -> String {
    let text = text_of(screen);
    text.lines().rev().find(|line| line.starts_with('┌')).unwrap_or_default().to_owned()
}
