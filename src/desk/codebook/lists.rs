//! The built-in code lists, one entry a list. Where a list comes from stands above it.

use super::{Code, CodeList};

const fn code(code: &'static str, key: char) -> Code {
    Code { code, key, valid_from: None, valid_to: None }
}

type Day = (i32, u32, u32);

const fn between(code: &'static str, key: char, valid_from: Day, valid_to: Option<Day>) -> Code {
    Code { code, key, valid_from: Some(valid_from), valid_to }
}

/// The codes of lists that are numbered through.
const ONE_TO_NINE: [Code; 9] = [
    code("1", '1'),
    code("2", '2'),
    code("3", '3'),
    code("4", '4'),
    code("5", '5'),
    code("6", '6'),
    code("7", '7'),
    code("8", '8'),
    code("9", '9'),
];

/// Every built-in list.
pub const LISTS: &[CodeList] = &[
    // 相談者区分. The desk's own list; no national code exists. Its kinds are those that the minutes of 2017-02-09 count
    // (ケアマネジャー, 市民, 包括, 病院ケースワーカー, 行政) and those of other centres' sheets. `K F N` are the citizens.
    CodeList {
        name: "caller-kind",
        multiple: false,
        entries: &[
            code("1", '1'),
            code("2", '2'),
            code("3", '3'),
            code("4", '4'),
            code("5", '5'),
            code("6", '6'),
            code("7", '7'),
            code("8", '8'),
            code("9", '9'),
            code("A", 'a'),
            code("B", 'b'),
            code("C", 'c'),
            code("D", 'd'),
            code("K", 'k'),
            code("F", 'f'),
            code("N", 'n'),
            code("Z", 'z'),
        ],
    },
    // 相談方法. The national form 利用者基本情報 knows 来所・電話・その他 only; the others are the desk's own.
    CodeList { name: "method", multiple: false, entries: &ONE_TO_NINE },
    // 相談内容区分. The desk's own list, from the matters named in the minutes of 2017-02-09 and by other centres.
    CodeList {
        name: "topic",
        multiple: true,
        entries: &[
            code("a", 'a'),
            code("b", 'b'),
            code("c", 'c'),
            code("d", 'd'),
            code("e", 'e'),
            code("f", 'f'),
            code("g", 'g'),
            code("h", 'h'),
            code("i", 'i'),
            code("j", 'j'),
            code("k", 'k'),
            code("l", 'l'),
            code("m", 'm'),
            code("n", 'n'),
            code("o", 'o'),
            code("p", 'p'),
            code("q", 'q'),
            code("r", 'r'),
            code("s", 's'),
            code("t", 't'),
            code("u", 'u'),
            code("v", 'v'),
            code("z", 'z'),
        ],
    },
    // 対応区分, which is the triage: from information only to an emergency. The desk's own list; the question is that of the
    // minutes (「ただ単に情報を提供するだけで良いのか…どこまで介入」).
    CodeList { name: "response", multiple: false, entries: &ONE_TO_NINE },
    // 提供情報区分. The desk's own list; the minutes name 往診・訪問診療 as the most frequent.
    CodeList {
        name: "information",
        multiple: true,
        entries: &[
            code("1", '1'),
            code("2", '2'),
            code("3", '3'),
            code("4", '4'),
            code("5", '5'),
            code("6", '6'),
            code("7", '7'),
            code("8", '8'),
            code("9", '9'),
            code("A", 'a'),
            code("B", 'b'),
            code("C", 'c'),
            code("D", 'd'),
            code("Z", 'z'),
        ],
    },
    // 転帰. The desk's own list.
    CodeList {
        name: "outcome",
        multiple: false,
        entries: &[
            code("1", '1'),
            code("2", '2'),
            code("3", '3'),
            code("4", '4'),
            code("5", '5'),
            code("6", '6'),
            code("7", '7'),
            code("8", '8'),
            code("9", '9'),
            code("0", '0'),
        ],
    },
    // 緊急度. The desk's own list; an empty field counts as `3`.
    CodeList {
        name: "urgency",
        multiple: false,
        entries: &[code("1", '1'), code("2", '2'), code("3", '3'), code("4", '4')],
    },
    // 場面: the four scenes of 在宅医療・介護連携推進事業 (handbook), and none of them.
    CodeList {
        name: "scene",
        multiple: false,
        entries: &[code("1", '1'), code("2", '2'), code("3", '3'), code("4", '4'), code("9", '9')],
    },
    // 8項目 ア to ク of 在宅医療・介護連携推進事業, numbered 1 to 8 because a key must not need an IME.
    CodeList {
        name: "eight-items",
        multiple: true,
        entries: &[
            code("1", '1'),
            code("2", '2'),
            code("3", '3'),
            code("4", '4'),
            code("5", '5'),
            code("6", '6'),
            code("7", '7'),
            code("8", '8'),
        ],
    },
    // 要介護状態区分コード (national, as in the 国保連 interface); `90 99 00` are the desk's own. Keys: `1`–`5` are 要介護1–5, because
    // that is what a caller says most; `6 7` 要支援1–2, `8` 事業対象者, `9` 不明, `0` 未申請, so that all common answers are digits.
    // 経過的要介護 belongs to certifications made before April 2006, which lasted two years at most: it is shown, not offered.
    CodeList {
        name: "care-level",
        multiple: false,
        entries: &[
            code("21", '1'),
            code("22", '2'),
            code("23", '3'),
            code("24", '4'),
            code("25", '5'),
            between("12", '6', (2006, 4, 1), None),
            between("13", '7', (2006, 4, 1), None),
            between("06", '8', (2015, 4, 1), None),
            code("90", 'a'),
            code("01", 'b'),
            between("11", 'c', (2006, 4, 1), Some((2008, 3, 31))),
            code("00", '0'),
            code("99", '9'),
        ],
    },
    // 障害高齢者の日常生活自立度(寝たきり度), nine values of the ministry's scale. The keys 1 to 9 are the numbers that 認定ソフト
    // uses for 自立 to C2.
    CodeList {
        name: "mobility",
        multiple: false,
        entries: &[
            code("self", '1'),
            code("j1", '2'),
            code("j2", '3'),
            code("a1", '4'),
            code("a2", '5'),
            code("b1", '6'),
            code("b2", '7'),
            code("c1", '8'),
            code("c2", '9'),
            code("0", '0'),
        ],
    },
    // 認知症高齢者の日常生活自立度 of the ministry's scale; Roman numbers in plain letters, whose width no
    // terminal mistakes. The keys 1 to 8 are the numbers that 認定ソフト uses for 自立 to M.
    CodeList {
        name: "dementia",
        multiple: false,
        entries: &[
            code("self", '1'),
            code("1", '2'),
            code("2a", '3'),
            code("2b", '4'),
            code("3a", '5'),
            code("3b", '6'),
            code("4", '7'),
            code("m", '8'),
            code("0", '0'),
        ],
    },
    // 性別, numbered as in ISO/IEC 5218.
    CodeList {
        name: "sex",
        multiple: false,
        entries: &[code("1", '1'), code("2", '2'), code("9", '9'), code("0", '0')],
    },
    // 年代, where no birth date is told. The key is the first digit of the age (`8` for 80代); `1` is 100歳以上.
    CodeList {
        name: "age-band",
        multiple: false,
        entries: &[
            code("2", '2'),
            code("3", '3'),
            code("4", '4'),
            code("5", '5'),
            code("6", '6'),
            code("7", '7'),
            code("8", '8'),
            code("9", '9'),
            code("1", '1'),
            code("0", '0'),
        ],
    },
    // 本人の現況. 利用者基本情報 asks for 在宅・入院・入所; finer here, because the way on differs.
    CodeList {
        name: "whereabouts",
        multiple: false,
        entries: &[
            code("1", '1'),
            code("2", '2'),
            code("3", '3'),
            code("4", '4'),
            code("5", '5'),
            code("9", '9'),
            code("0", '0'),
        ],
    },
    // 退院先. The desk's own list.
    CodeList {
        name: "discharge-to",
        multiple: false,
        entries: &[
            code("1", '1'),
            code("2", '2'),
            code("3", '3'),
            code("4", '4'),
            code("5", '5'),
            code("9", '9'),
            code("0", '0'),
        ],
    },
    // 窓口の対象者; the codes are those of `desk::eligibility::Rule`.
    CodeList { name: "callers", multiple: false, entries: &[code("1", '1'), code("2", '2'), code("3", '3')] },
    // 受付票の種類; the codes are those of `desk::slip::SlipForm`.
    CodeList {
        name: "form",
        multiple: false,
        entries: &[code("standard", '1'), code("brief", '2'), code("discharge", '3')],
    },
    // 世帯. The desk's own list.
    CodeList {
        name: "household",
        multiple: false,
        entries: &[code("1", '1'), code("2", '2'), code("3", '3'), code("4", '4'), code("9", '9'), code("0", '0')],
    },
    // 医療処置: `1` to `c` are the twelve 特別な医療 of the 認定調査, in its order; the others are the desk's own.
    CodeList {
        name: "treatment",
        multiple: true,
        entries: &[
            code("1", '1'),
            code("2", '2'),
            code("3", '3'),
            code("4", '4'),
            code("5", '5'),
            code("6", '6'),
            code("7", '7'),
            code("8", '8'),
            code("9", '9'),
            code("a", 'a'),
            code("b", 'b'),
            code("c", 'c'),
            code("d", 'd'),
            code("e", 'e'),
            code("z", 'z'),
            code("0", '0'),
        ],
    },
    // 主治医の有無. `1` opens the question whether the doctor was told (主治医への伝達).
    CodeList { name: "has-doctor", multiple: false, entries: &[code("1", '1'), code("2", '2'), code("0", '0')] },
    // 同意: whether the person agrees that the desk passes the matter on.
    CodeList {
        name: "consent",
        multiple: false,
        entries: &[code("1", '1'), code("2", '2'), code("3", '3'), code("4", '4'), code("5", '5')],
    },
    // 主治医への伝達の要否, asked by the doctors at the meeting of 2017-02-09.
    CodeList { name: "doctor-notice", multiple: false, entries: &[code("1", '1'), code("2", '2'), code("3", '3')] },
    // 初回・継続 of 利用者基本情報.
    CodeList { name: "visit", multiple: false, entries: &[code("1", '1'), code("2", '2'), code("3", '3')] },
    // Whether the desk was called or called itself.
    CodeList { name: "direction", multiple: false, entries: &[code("1", '1'), code("2", '2')] },
    // 把握経路・広報経路: how the caller found the desk. The desk's own list, from what the minutes say was done to be known.
    CodeList {
        name: "route",
        multiple: false,
        entries: &[
            code("1", '1'),
            code("2", '2'),
            code("3", '3'),
            code("4", '4'),
            code("5", '5'),
            code("6", '6'),
            code("7", '7'),
            code("8", '8'),
            code("9", '9'),
            code("0", '0'),
        ],
    },
    // はい・いいえ.
    CodeList { name: "yes-no", multiple: false, entries: &[code("1", '1'), code("2", '2')] },
    // 連携先の種別. The desk's own list.
    CodeList {
        name: "office-kind",
        multiple: false,
        entries: &[
            code("1", '1'),
            code("2", '2'),
            code("3", '3'),
            code("4", '4'),
            code("5", '5'),
            code("6", '6'),
            code("7", '7'),
            code("8", '8'),
            code("9", '9'),
            code("a", 'a'),
            code("b", 'b'),
            code("z", 'z'),
        ],
    },
    // 一覧表 that a desk gives away by edition: those that the minutes of 2017-02-09 name (宇部). A desk adds its own.
    CodeList {
        name: "edition-list",
        multiple: false,
        entries: &[code("liaison", '1'), code("medical", '2'), code("facility", '3')],
    },
    // What an office can do; each has one of 可・不可・要相談・未確認. The desk's own list, of what callers ask for.
    CodeList {
        name: "capability",
        multiple: false,
        entries: &[
            code("house-call", '1'),
            code("home-visit", '2'),
            code("round-clock", '3'),
            code("end-of-life", '4'),
            code("palliative", '5'),
            code("ventilator", '6'),
            code("gastrostomy", '7'),
            code("ivh", '8'),
            code("oxygen", '9'),
            code("dementia", 'a'),
            code("psychiatry", 'b'),
            code("paediatrics", 'c'),
            code("admission", 'd'),
            code("opinion-letter", 'e'),
            code("respite", 'f'),
            code("pressure-ulcer", 'g'),
            code("dialysis", 'h'),
            code("rehabilitation", 'i'),
            code("swallowing", 'j'),
            code("visiting-pharmacist", 'k'),
            code("visiting-dentist", 'l'),
            code("suction", 'm'),
            code("open-system", 'n'),
            code("night-holiday", 'o'),
            // 病床の4区分 and 休棟, as the reports on bed functions (病床機能報告) part them; how many stands in 定員・病床.
            code("bed-advanced", 'p'),
            code("bed-acute", 'q'),
            code("bed-recovery", 'r'),
            code("bed-chronic", 's'),
            code("bed-closed", 't'),
            code("full-open-system", 'u'),
            // 病床の種別 as they are licensed (医療法 7条2項), which published lists count.
            code("bed-general", 'v'),
            code("bed-long-term", 'w'),
            code("bed-psychiatric", 'x'),
        ],
    },
    // What came of a call in a round of checks, and which offices a round is about; fixed by the program (`desk::round`).
    CodeList {
        name: "round-outcome",
        multiple: false,
        entries: &[code("1", '1'), code("2", '2'), code("3", '3'), code("4", '4'), code("5", '5'), code("6", '6')],
    },
    CodeList {
        name: "round-scope",
        multiple: false,
        entries: &[code("1", '1'), code("2", '2'), code("3", '3'), code("4", '4'), code("5", '5')],
    },
    // What a desk does besides its cases, after the minutes of 2017-02-09; the desk's own list.
    CodeList { name: "activity-kind", multiple: false, entries: &ONE_TO_NINE },
    // 交通手段 of 交通費; the desk's own list.
    CodeList {
        name: "fare-means",
        multiple: false,
        entries: &[code("1", '1'), code("2", '2'), code("3", '3'), code("4", '4'), code("5", '5'), code("9", '9')],
    },
    // How an answer about an office became known; the desk's own list.
    CodeList {
        name: "told",
        multiple: false,
        entries: &[
            code("phone", '1'),
            code("visit", '2'),
            code("fax", '3'),
            code("survey", '4'),
            code("published", '5'),
            code("meeting", '6'),
            code("colleague", '7'),
            code("other", '9'),
        ],
    },
    // 受入 of an office just now: the four answers of a capability without 未確認, which is an empty field.
    CodeList { name: "accepting", multiple: false, entries: &[code("yes", '1'), code("ask", '2'), code("no", '3')] },
    // 照会目的: `1` to `8` are the eight of 厚木市's form for asking a doctor; `9`, whether the doctor takes somebody on, is the
    // desk's own: it is what 宇部市's 主治医照会システム is for.
    CodeList {
        name: "inquiry-purpose",
        multiple: false,
        entries: &[
            code("9", '9'),
            code("1", '1'),
            code("2", '2'),
            code("3", '3'),
            code("4", '4'),
            code("5", '5'),
            code("6", '6'),
            code("7", '7'),
            code("8", '8'),
        ],
    },
    // The answer of a doctor who was asked; the codes are those of `desk::inquiry::Reply`.
    CodeList {
        name: "inquiry-answer",
        multiple: false,
        entries: &[code("accepted", '1'), code("conditional", '2'), code("declined", '3'), code("waiting", '0')],
    },
    // Why a doctor declined; the first two are of the doctor (`desk::doctors::full`), the last but one is of the person.
    CodeList {
        name: "inquiry-decline",
        multiple: false,
        entries: &[
            code("full", '1'),
            code("hands", '2'),
            code("outside", '3'),
            code("beyond", '4'),
            code("person", '5'),
            code("other", '9'),
        ],
    },
    // 会議の種類 of the minutes: 月1回の定例会議, 臨時会議, 行政との2か月に1回の会議, ブロックの会議.
    CodeList {
        name: "meeting-kind",
        multiple: false,
        entries: &[code("1", '1'), code("2", '2'), code("3", '3'), code("4", '4'), code("9", '9')],
    },
    // 権限; the codes are those of `desk::operator::Role`.
    CodeList {
        name: "role",
        multiple: false,
        entries: &[code("supervisor", '1'), code("operator", '2'), code("viewer", '3')],
    },
    // 進行状態; the codes are the names of `desk::case::Status`.
    CodeList {
        name: "status",
        multiple: false,
        entries: &[
            code("received", '1'),
            code("active", '2'),
            code("waiting-other", '3'),
            code("circulating", '4'),
            code("waiting-meeting", '5'),
            code("waiting-follow-up", '6'),
            code("closed", '7'),
        ],
    },
];
