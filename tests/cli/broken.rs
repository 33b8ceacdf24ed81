//! Broken files through the real program: exit code 3, a sentence with the place, and not one byte of the desk changed.

use super::Demo;
use super::tables::files;

#[test]
fn a_refused_file_leaves_the_desk_as_it_was_to_the_byte() {
    let demo = Demo::new();
    let before = files(&demo.computer.path("data"));
    let fixture = |name: &str| {
        std::fs::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)).unwrap()
    };
    let whole = fixture("kaigo_new.csv");
    let cp932 = fixture("liaison_cp932.csv");
    let wide = [b"\xe7\x97\x85\xe9\x99\xa2\xe5\x90\x8d,tel\na".as_slice(), ",".repeat(1_000_000).as_bytes()].concat();
    let cases: Vec<(&str, Vec<u8>, &[&str])> = vec![
        ("cut.csv", whole[..whole.len() - 40].to_vec(), &["4行目", "途中で切れた"]),
        ("quote.csv", "病院名,電話\n\"架空病院,0834-00-0001\n".as_bytes().to_vec(), &["2行目", "引用符"]),
        ("mixed.csv", [&cp932, "架空の丘病院,,,,,0834-00-0009,,,\n".as_bytes()].concat(), &["1行目", "文字コード"]),
        ("shift.csv", "病院名,電話\n架空,病院,0834-00-0001\n".as_bytes().to_vec(), &["2行目", "列が3個"]),
        ("wide.csv", wide, &["2行目", "列が多すぎます"]),
        ("nul.csv", "病院名,電話\n架空\u{0}病院,0\n".as_bytes().to_vec(), &["2行目", "文字ではない"]),
        ("twice.csv", "病院名,電話,電話\na,1,2\n".as_bytes().to_vec(), &["1行目", "「電話」が2つ"]),
        ("page.csv", b"<!DOCTYPE html><table></table>".to_vec(), &["HTML"]),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), &["パスワード", ".xlsx"]),
        ("cut.xlsx", b"PK\x03\x04\x14\0\0\0\x08\0".to_vec(), &["壊れて"]),
        ("codes.csv", "code,prefecture,city\n352152,架空県,架空市\n".as_bytes().to_vec(), &["番号の表"]),
    ];
    for (name, bytes, said) in cases {
        let file = demo.computer.arg(name);
        std::fs::write(&file, bytes).unwrap();
        let ended = demo.run(&["office", "import", &file]).ends(3);
        assert!(ended.out.is_empty() && ended.err.contains(name), "{}", ended.err);
        for said in said.iter().chain(&["名簿は何も変えていません"]) {
            assert!(ended.err.contains(said), "{name}: {}", ended.err);
        }
        // A sound file beside it does not come in either.
        let sound = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/kaigo_old.csv");
        demo.run(&["office", "import", sound, &file]).ends(3);
        std::fs::remove_file(&file).unwrap();
    }
    assert!(files(&demo.computer.path("data")) == before, "something was written");
}
