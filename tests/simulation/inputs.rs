//! What a hand does, at random: keys that mean something here, keys that do not, texts, pastes, another size of the
//! terminal, time that passes, a clock that is put right.

use chrono::TimeDelta;
use madoguchi::journal::faulty::Random;
use madoguchi::keys::{Action, Context, Key, KeyCode, Keymap, SHIPPED};

/// One thing that a hand does.
#[derive(Debug, Clone)]
pub enum Input {
    /// These keys, one after the other.
    Keys(Vec<Key>),
    /// A paste, or what an input method committed at once.
    Paste(String),
    /// Another size of the terminal.
    Resize(u16, u16),
    /// Milliseconds pass.
    Wait(u64),
    /// The clock of the computer is put to another time.
    Clock(TimeDelta),
}

const TEXTS: [&str; 34] = [
    "退院後の訪問診療を探している",
    "やまだ はなこ",
    "山田 花子",
    "架空町",
    "ｶﾌﾞｼｷ ﾔﾏﾀﾞ",
    "か\u{3099}は\u{309a}",
    "０８３４－００－１２３４",
    "0834-00-1234",
    "083400",
    "S13.5.3",
    "昭和十三年五月三日",
    "令和8年11月31日",
    "+7",
    "火",
    "12/5",
    "月末",
    "ほうもん",
    "houmon",
    "byouin",
    "@ケアマネ",
    "＃在宅療養",
    "#",
    ">架空",
    "＞",
    "!+3",
    "！明日",
    "*",
    "＊",
    ";",
    "👨‍👩‍👧と𠮷野家①㈱",
    "a b",
    "9999999999999999999999",
    "ー－‐―",
    "\u{200b}\u{feff}\u{3000}",
];

const KANA: &str =
    "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん、。ーぁっ";
const SIGNS: &str = "0123456789０１２３４５６７８９abcxyzａｂｃ-+/.,@#>!*;＠＃＞！＊；？?漢字徳ｱﾞ 　";

/// Keys, and the action that they are bound to.
type Row = (Vec<Key>, String);

/// What may be pressed with one keymap.
pub struct Inputs {
    tables: Vec<(Context, Vec<Row>)>,
    any: Vec<Key>,
    texts: Vec<char>,
}

/// The keymap of this name.
pub fn keymap(name: &str) -> Keymap {
    let text = SHIPPED.iter().find(|(shipped, _)| *shipped == name).unwrap().1;
    Keymap::layered(Some(text), None).keymap
}

impl Inputs {
    pub fn new(keymap: &Keymap) -> Self {
        let row = |(keys, action): (String, &str)| (Key::chord(&keys).unwrap(), action.to_owned());
        let tables: Vec<(Context, Vec<_>)> = Context::ALL
            .into_iter()
            .map(|context| (context, keymap.rows(context).into_iter().map(row).collect()))
            .collect();
        // Every key that any of the shipped keymaps binds, and the editing keys of fields, which none does.
        let mut any: Vec<Key> = SHIPPED
            .iter()
            .flat_map(|(_, text)| {
                let map = Keymap::layered(Some(text), None).keymap;
                Context::ALL.into_iter().flat_map(move |context| map.rows(context))
            })
            .flat_map(|(keys, _)| Key::chord(&keys).unwrap())
            .collect();
        for code in [KeyCode::Left, KeyCode::Right, KeyCode::Home, KeyCode::End, KeyCode::Backspace, KeyCode::Delete] {
            any.extend([Key::plain(code), Key::new(code, true, false, false), Key::new(code, false, false, true)]);
        }
        any.extend([
            Key::new(KeyCode::Char('u'), true, false, false),
            Key::new(KeyCode::Char('k'), true, false, false),
        ]);
        any.sort();
        any.dedup();
        Self { tables, any, texts: KANA.chars().chain(SIGNS.chars()).collect() }
    }

    /// What is done next, where these tables apply.
    pub fn next(&self, random: &mut Random, contexts: &[Context]) -> Input {
        match random.below(1_000) {
            0..360 => self.bound(random, contexts),
            360..540 => Input::Keys(vec![Key::char(*pick(random, &self.texts))]),
            540..580 => Input::Keys(pick(random, &TEXTS).chars().map(Key::char).collect()),
            580..740 => Input::Keys(vec![plain(random)]),
            740..790 => Input::Keys(vec![*pick(random, &self.any)]),
            790..820 => Input::Keys(errand(random)),
            820..850 => Input::Paste(paste(random)),
            850..880 => resize(random),
            880..990 => Input::Wait(wait(random)),
            990..994 => Input::Clock(jump(random)),
            // Keys of a table that does not apply here.
            _ => self.bound(random, &Context::ALL),
        }
    }

    /// The keys of something that is bound in these tables. The program is left seldom: that takes a start.
    fn bound(&self, random: &mut Random, contexts: &[Context]) -> Input {
        let context = *pick(random, contexts);
        let rows = self.tables.iter().find(|(c, _)| *c == context).map_or(&[][..], |(_, rows)| rows);
        if rows.is_empty() {
            return Input::Keys(vec![plain(random)]);
        }
        let (keys, action) = pick(random, rows);
        if action == Action::Quit.name() && random.below(10) > 0 {
            return Input::Keys(vec![plain(random)]);
        }
        Input::Keys(keys.clone())
    }
}

pub fn pick<'a, T>(random: &mut Random, from: &'a [T]) -> &'a T {
    &from[random.below(from.len())]
}

/// The keys that mean something nearly everywhere.
fn plain(random: &mut Random) -> Key {
    const KEYS: [KeyCode; 15] = [
        KeyCode::Tab,
        KeyCode::Tab,
        KeyCode::Enter,
        KeyCode::Enter,
        KeyCode::Enter,
        KeyCode::Esc,
        KeyCode::Up,
        KeyCode::Down,
        KeyCode::Down,
        KeyCode::Left,
        KeyCode::Right,
        KeyCode::Backspace,
        KeyCode::Delete,
        KeyCode::Home,
        KeyCode::PageDown,
    ];
    Key::plain(*pick(random, &KEYS))
}

/// What people come for; random keys alone would seldom get through it.
fn errand(random: &mut Random) -> Vec<Key> {
    const ERRANDS: [&[&str]; 9] = [
        // A call with a text, saved.
        &["f7", "退", "院", "f12"],
        &["f7", "2", "tab", "山", "tab", "tab", "1", "f12"],
        &["f7", "f12", "f9", "f12"],
        // The cases: flag, state, due date, closing, another contact.
        &["esc", "esc", "f3", "down", "f8"],
        &["esc", "esc", "f3", "d", "+", "7", "enter"],
        &["esc", "esc", "f3", "s", "down", "enter"],
        &["esc", "esc", "f3", "c", "1", "f12"],
        // The directory: an office into a call.
        &["f7", "f4", "架", "enter"],
        &["f3", "shift-f6", "shift-f8"],
    ];
    pick(random, &ERRANDS).iter().map(|name| name.parse().unwrap_or_else(|_| panic!("no key: {name}"))).collect()
}

fn paste(random: &mut Random) -> String {
    let text = *pick(random, &TEXTS);
    match random.below(6) {
        0 => format!("{text}\r{text}\r\n\t{text}"),
        1 => text.repeat(40),
        2 => "\u{1b}[31m\u{7}\u{0}".to_owned() + text,
        _ => text.to_owned(),
    }
}

/// Mostly sizes at which people work, often ones at which nobody can; the very large ones are slow to draw.
fn resize(random: &mut Random) -> Input {
    let mut side = |most: usize| u16::try_from(random.below(most) + 1).unwrap();
    let any = (side(100), side(34));
    let small = (side(45), side(14));
    let (width, height) = match random.below(12) {
        0..4 => (80, 24),
        4..6 => any,
        6..9 => small,
        9 => *pick(random, &[(1, 1), (40, 10), (39, 10), (40, 9), (20, 5), (41, 11), (200, 3), (2, 60)]),
        10 => (60, 18),
        _ => *pick(random, &[(100, 30), (140, 40), (200, 60), (120, 24)]),
    };
    Input::Resize(width, height)
}

/// Milliseconds: mostly those between two keys, sometimes a pause, seldom the night.
fn wait(random: &mut Random) -> u64 {
    let ms = match random.below(100) {
        0..60 => random.below(400),
        60..97 => random.below(3_000),
        97..99 => random.below(60_000),
        _ => random.below(600_000),
    };
    u64::try_from(ms).unwrap()
}

/// A clock that is put right, or wrong: by hours, over the turn of a fiscal year, back again.
fn jump(random: &mut Random) -> TimeDelta {
    let days = *pick(random, &[0, 1, -1, 31, 130, -130, 365, -365, 800, -800]);
    TimeDelta::days(days) + TimeDelta::seconds(i64::try_from(random.below(7_200)).unwrap() - 3_600)
}
