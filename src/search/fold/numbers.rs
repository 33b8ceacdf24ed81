//! Numbers as addresses write them: 一丁目３番１号, 1の3の1, 二－三 are all digits with hyphens. Knows no key but the one in the making.

use std::collections::VecDeque;

use super::{Mark, is_kanji};

/// The value of a kanji numeral.
pub(super) const fn numeral(c: char) -> Option<u32> {
    match c {
        '〇' | '零' => Some(0),
        '一' => Some(1),
        '二' => Some(2),
        '三' => Some(3),
        '四' => Some(4),
        '五' => Some(5),
        '六' => Some(6),
        '七' => Some(7),
        '八' => Some(8),
        '九' => Some(9),
        '十' => Some(10),
        '百' => Some(100),
        _ => None,
    }
}

/// The value of kanji numerals, in words (二十三) or digit by digit (一〇三); `None` above 9,999 or when there are none.
pub fn numerals(text: impl Iterator<Item = char>) -> Option<u32> {
    let (mut total, mut unit, mut any) = (0_u32, 0_u32, false);
    for c in text {
        let value = numeral(c)?;
        any = true;
        if value >= 10 {
            total = total.checked_add(unit.max(1).checked_mul(value)?)?;
            unit = 0;
        } else {
            unit = unit.checked_mul(10)?.checked_add(value)?;
        }
    }
    let value = total.checked_add(unit)?;
    (any && value <= 9_999).then_some(value)
}

fn is_number(c: char) -> bool {
    c.is_ascii_digit() || numeral(c).is_some()
}

/// `一丁目３番１号` → `1-3-1`, `1の3` → `1-3`, `二-三` → `2-3`, `北一条` → `北1条`: numerals before 丁目・番地・番・号 and beside hyphens
/// become digits, and the words hyphens (or nothing at the end).
pub(super) fn numbers(marks: Vec<Mark>) -> Vec<Mark> {
    let mut made = once(marks);
    // What has become digits can make a hyphen of the の before it.
    while made.iter().any(|m| m.c == 'の') {
        let again = once(made.clone());
        if again == made {
            break;
        }
        made = again;
    }
    made
}

fn once(marks: Vec<Mark>) -> Vec<Mark> {
    if !marks.iter().any(|m| matches!(m.c, '丁' | '番' | '号' | '条' | '線' | 'の' | '-')) {
        return marks;
    }
    let mut out: Vec<Mark> = Vec::with_capacity(marks.len());
    let mut rest: VecDeque<Mark> = marks.into();
    while let Some(mark) = rest.pop_front() {
        let before = out.last().map(|m| m.c);
        let next = rest.front().map(|m| m.c);
        let numbered = before.is_some_and(is_number);
        // The streets of a town laid out in squares: 北一条西5丁目.
        if numbered && matches!(mark.c, '条' | '線') {
            digits_at_end(&mut out);
            out.push(mark);
            continue;
        }
        let digits = before.is_some_and(|c| c.is_ascii_digit()) && next.is_some_and(|c| c.is_ascii_digit());
        let hyphen = mark.c == '-' && numbered && next.is_some_and(is_number) || mark.c == 'の' && digits;
        let taken = if hyphen { Some(0) } else { suffix(mark.c, &rest).filter(|_| numbered) };
        let Some(taken) = taken else {
            out.push(mark);
            continue;
        };
        digits_at_end(&mut out);
        rest.drain(..taken);
        if rest.front().is_some_and(|m| is_number(m.c)) {
            out.push(Mark { c: '-', start: false });
            // The numerals of the house number itself: 一番二 → 1-2.
            let count = rest.iter().take_while(|m| numeral(m.c).is_some()).count();
            if count > 0 && numerals(rest.iter().take(count).map(|m| m.c)).is_some() {
                out.extend(rest.drain(..count));
                digits_at_end(&mut out);
            }
        }
    }
    out
}

/// How many characters after `c` belong to 丁目・番地・番・号 (with `の` after 番地); `None` when `c` begins no such word.
fn suffix(c: char, rest: &VecDeque<Mark>) -> Option<usize> {
    let at = |i: usize| rest.get(i).map(|m| m.c);
    let mut taken = match c {
        '丁' if at(0) == Some('目') => 1,
        // 2丁3-1, as in 堺.
        '丁' if at(0).is_some_and(|c| c.is_ascii_digit()) => 0,
        '番' if at(0) == Some('地') => 1,
        '番' | '号' => 0,
        _ => return None,
    };
    if at(taken) == Some('の') && at(taken + 1).is_some_and(|c| c.is_ascii_digit() || numeral(c).is_some()) {
        taken += 1;
    }
    if at(taken) == Some('-') && at(taken + 1).is_some_and(|c| c.is_ascii_digit()) {
        taken += 1;
    }
    // 三番町 and 201号室 are words of their own: 番 and 号 end a number only before another one or before no kanji.
    let goes_on = at(taken).is_some_and(|c| is_kanji(c) && numeral(c).is_none());
    (taken > 0 || !goes_on).then_some(taken)
}

/// Turns the kanji numerals at the end into digits.
fn digits_at_end(out: &mut Vec<Mark>) {
    let count = out.iter().rev().take_while(|m| numeral(m.c).is_some()).count();
    let at = out.len() - count;
    let Some(value) = numerals(out.iter().skip(at).map(|m| m.c)) else { return };
    let start = out.get(at).is_some_and(|m| m.start);
    out.truncate(at);
    out.extend(value.to_string().chars().enumerate().map(|(i, c)| Mark { c, start: start && i == 0 }));
}
