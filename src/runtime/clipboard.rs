//! A text for the clipboard of the terminal (OSC 52), which works over SSH too. Makes bytes; only the drawing thread
//! writes them, so that they never fall into the middle of a frame.

/// More than this some terminals cut or refuse.
const LONGEST: usize = 74_000;

/// The sequence that puts `text` into the clipboard; `None` when it is too long for that.
pub fn osc52(text: &str) -> Option<Vec<u8>> {
    let body = base64(text.as_bytes());
    (body.len() <= LONGEST).then(|| [b"\x1b]52;c;", body.as_slice(), b"\x07"].concat())
}

fn base64(bytes: &[u8]) -> Vec<u8> {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = Vec::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let n = group.iter().fold(0_u32, |n, byte| (n << 8) | u32::from(*byte)) << (8 * (3 - group.len()));
        for i in 0..4 {
            let digit = usize::try_from((n >> (18 - 6 * i)) & 63).unwrap_or_default();
            text.push(if i <= group.len() { DIGITS.get(digit).copied().unwrap_or(b'A') } else { b'=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vectors_of_rfc_4648() {
        for (text, expected) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE=")]
        {
            assert_eq!(base64(text.as_bytes()), expected.as_bytes(), "{text}");
        }
    }

    #[test]
    fn japanese_arrives_as_its_bytes_and_too_much_is_refused() {
        assert_eq!(osc52("窓").unwrap(), b"\x1b]52;c;56qT\x07");
        assert_eq!(osc52(&"窓".repeat(40_000)), None);
    }
}
