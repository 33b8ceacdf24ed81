//! 病床の4区分 in 定員・病床 as it was told: how many beds of each function an office has. Reads; nothing is kept of it.

/// The codes of list `capability` for the functions of beds, each with how it is called, the longer before its end.
const FUNCTIONS: [(&str, &str); 5] = [
    ("bed-advanced", "高度急性期"),
    ("bed-acute", "急性期"),
    ("bed-recovery", "回復期"),
    ("bed-chronic", "慢性期"),
    ("bed-closed", "休棟"),
];

/// How many beds of this function (a code of list `capability`) are told: `急性期60床、回復期 40`. `None`: not told.
pub fn told(capacity: &str, code: &str) -> Option<u32> {
    let (_, wanted) = FUNCTIONS.iter().find(|(function, _)| *function == code)?;
    let mut rest = capacity;
    while let Some((at, (_, name))) = next(rest) {
        rest = rest.get(at + name.len()..)?;
        if name == wanted
            && let Some(count) = count(rest)
        {
            return Some(count);
        }
    }
    None
}

/// The first function that the text names, and where.
fn next(text: &str) -> Option<(usize, &'static (&'static str, &'static str))> {
    let found = FUNCTIONS.iter().filter_map(|function| Some((text.find(function.1)?, function)));
    found.min_by_key(|(at, (_, name))| (*at, std::cmp::Reverse(name.len())))
}

/// The number that follows the name of a function, in digits of any width, at most six.
fn count(text: &str) -> Option<u32> {
    let rest = text.trim_start_matches("中").trim_start_matches("病床").trim_start_matches("機能");
    let rest = rest.trim_start_matches([':', '：', '=', ' ', '　', '(', '（', '約']);
    let digit =
        |c: char| c.to_digit(10).or_else(|| u32::from(c).checked_sub(u32::from('０')).filter(|digit| *digit < 10));
    let mut digits = rest.chars().map_while(digit).take(6).peekable();
    digits.peek()?;
    Some(digits.fold(0, |count, digit| count * 10 + digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beds_are_read_as_they_are_told() {
        for (capacity, code, count) in [
            ("急性期60床、回復期 40床", "bed-acute", Some(60)),
            ("急性期60床、回復期 40床", "bed-recovery", Some(40)),
            ("急性期60床、回復期 40床", "bed-chronic", None),
            ("高度急性期１２・急性期：１０８", "bed-acute", Some(108)),
            ("高度急性期１２・急性期：１０８", "bed-advanced", Some(12)),
            ("高度急性期12", "bed-acute", None),
            ("慢性期病床(60)、休棟中12", "bed-closed", Some(12)),
            ("慢性期病床(60)、休棟中12", "bed-chronic", Some(60)),
            ("急性期あり", "bed-acute", None),
            ("120", "bed-acute", None),
            ("", "bed-acute", None),
            ("急性期99999999999", "bed-acute", Some(999_999)),
            ("急性期60", "end-of-life", None),
        ] {
            assert_eq!(told(capacity, code), count, "{capacity} {code}");
        }
    }
}
