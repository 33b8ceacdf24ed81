//! The tables: what a column can hold, the layouts, and the headers that mean each field. Data only.

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The record's own identity, in this program's export.
    RecordId,
    /// An official identity with its scheme, in this program's export.
    OfficialId,
    /// `ID` of 医療情報ネット, 13 digits.
    IryoId,
    /// 医療機関コード, 7 digits.
    MedicalCode,
    /// 事業所番号, 10 characters.
    KaigoNumber,
    /// An identity whose scheme shows in its length.
    AnyId,
    /// 都道府県コード or 市区町村コード.
    AreaCode,
    /// 名称.
    Name,
    /// フリガナ of the name.
    Kana,
    /// フリガナ of the name or of the staff: decided by the columns around it.
    SomeKana,
    /// 略称.
    ShortName,
    /// 種別, as a word or a code.
    Kind,
    /// サービスの種類.
    Service,
    /// 診療科目, several in one cell.
    Services,
    /// 診療科目 that have no column of their own.
    MoreServices,
    /// 部署.
    Department,
    /// 電話.
    Phone,
    /// 内線.
    Extension,
    /// FAX.
    Fax,
    /// メール.
    Email,
    /// 郵便番号.
    Postal,
    /// 都道府県名.
    Prefecture,
    /// 市区町村名.
    City,
    /// 住所.
    Address,
    /// 方書.
    Building,
    /// 緯度.
    Latitude,
    /// 経度.
    Longitude,
    /// 圏域.
    Area,
    /// 法人, 開設者.
    Corporation,
    /// 対応内容.
    Handles,
    /// 曜日.
    Days,
    /// 開始時間.
    From,
    /// 終了時間.
    To,
    /// Remarks on days and hours.
    HoursNote,
    /// 連絡のしかた.
    HowToContact,
    /// 注意.
    Alert,
    /// ホームページ.
    Url,
    /// 定員, 病床数.
    Capacity,
    /// One kind of beds, by the name in [`BEDS`].
    Beds(usize),
    /// 備考.
    Note,
    /// 更新日.
    UpdatedOn,
    /// 担当者名.
    StaffName,
    /// 担当者ふりがな.
    StaffKana,
    /// 担当者の部署, in this program's export.
    StaffDepartment,
    /// 職種.
    StaffRole,
    /// 直通電話.
    StaffPhone,
    /// 担当者の内線, in this program's export.
    StaffExtension,
    /// 担当者の対応内容, in this program's export.
    StaffHandles,
    /// 休み, in this program's export.
    Closed,
    /// つながる時間, in this program's export.
    BestTime,
    /// 訪問エリア, in this program's export.
    Serves,
    /// できること, in this program's export.
    Abilities,
    /// 今の受入, in this program's export.
    Accepting,
    /// 待ち, in this program's export.
    Waiting,
    /// 受入の期限, in this program's export.
    AcceptingUntil,
    /// 受入を聞いた日, in this program's export.
    AcceptingOn,
    /// 受入を聞いた人, in this program's export: the operator's name.
    AcceptingBy,
}

/// The kinds of beds that lists count: as they are written into the capacity, and the code of list `capability` that an office
/// with such beds has. The first five are those of the licence (医療法 7条2項), of which 結核 and 感染症 are no matter of a
/// desk's search; the others are those of the reports on bed functions (病床機能報告).
pub const BEDS: [(&str, &str); 10] = [
    ("一般", "bed-general"),
    ("療養", "bed-long-term"),
    ("精神", "bed-psychiatric"),
    ("結核", ""),
    ("感染症", ""),
    ("高度急性期", "bed-advanced"),
    ("急性期", "bed-acute"),
    ("回復期", "bed-recovery"),
    ("慢性期", "bed-chronic"),
    ("休棟", "bed-closed"),
];

/// A layout that is known by its headers.
#[derive(Debug)]
pub struct Layout {
    /// The name that is kept with the office as its source.
    pub name: &'static str,
    /// One header of each group must be there.
    pub(super) signature: &'static [&'static [&'static str]],
    /// Headers that mean something else here than in the other layouts.
    pub(super) columns: &'static [(Field, &'static [&'static str])],
    /// Columns named after a 診療科 that hold ○.
    pub(super) flags: bool,
    /// A published file holds offices of one kind: what most of their names tell is true of all.
    pub one_kind: bool,
    /// Several rows of one office are several staff, and the name may stand in the first of them only.
    pub staff: bool,
}

/// The header of [`Field::AcceptingBy`].
pub const ASKED_BY: &str = "受入を聞いた人";
/// This program's own export.
pub const OWN: &str = "madoguchi";
/// The list of liaison offices that a desk keeps itself.
pub const LIAISON: &str = "liaison";

/// All layouts; the first whose signature is there is taken.
pub const LAYOUTS: [Layout; 9] = [
    Layout {
        name: OWN,
        signature: &[&["窓口管理id"], &["名称"]],
        columns: &[
            (Field::RecordId, &["窓口管理id"]),
            (Field::OfficialId, &["公的id"]),
            (Field::Kana, &["フリガナ"]),
            (Field::StaffDepartment, &["担当者部署"]),
            (Field::StaffExtension, &["担当者内線"]),
            (Field::StaffHandles, &["担当者対応内容"]),
            (Field::UpdatedOn, &["更新日"]),
            (Field::Closed, &["休み"]),
            (Field::BestTime, &["つながる時間"]),
            (Field::Serves, &["訪問エリア"]),
            (Field::Abilities, &["できること"]),
            (Field::Accepting, &["今の受入"]),
            (Field::Waiting, &["待ち"]),
            (Field::AcceptingUntil, &["受入の期限"]),
            (Field::AcceptingOn, &["受入を聞いた日"]),
            (Field::AcceptingBy, &[ASKED_BY]),
        ],
        flags: false,
        one_kind: false,
        staff: true,
    },
    // What `office list --json` prints.
    Layout {
        name: OWN,
        signature: &[&["verifiedon"], &["name"], &["id"]],
        columns: &[
            (Field::RecordId, &["id"]),
            (Field::OfficialId, &["officialid"]),
            (Field::StaffName, &["staffname"]),
            (Field::StaffKana, &["staffkana"]),
            (Field::StaffRole, &["staffrole"]),
            (Field::StaffPhone, &["staffphone"]),
            (Field::StaffDepartment, &["staffdepartment"]),
            (Field::StaffExtension, &["staffextension"]),
            (Field::StaffHandles, &["staffhandles"]),
            (Field::UpdatedOn, &["updatedon"]),
        ],
        flags: false,
        one_kind: false,
        staff: true,
    },
    Layout {
        name: "iryo-net",
        signature: &[&["id"], &["正式名称", "名称"], &["正式名称フリガナ", "所在地座標緯度", "機関区分"]],
        columns: &[(Field::IryoId, &["id"]), (Field::Kana, &["フリガナ"])],
        flags: true,
        one_kind: true,
        staff: false,
    },
    Layout {
        name: "kaigo-open-data",
        signature: &[&["事業所番号"], &["事業所名"], &["サービスの種類"]],
        columns: &[],
        flags: false,
        one_kind: false,
        staff: false,
    },
    Layout {
        name: "kaigo-standard",
        signature: &[&["介護サービス事業所名称"]],
        columns: &[],
        flags: false,
        one_kind: false,
        staff: false,
    },
    Layout {
        name: "medical-standard",
        signature: &[&["名称"], &["医療機関コード", "医療機関の種類"]],
        columns: &[],
        flags: false,
        one_kind: false,
        staff: false,
    },
    Layout {
        name: "hospital-list",
        signature: &[&["施設正式名称"], &["施設区分", "所在地"]],
        columns: &[],
        flags: true,
        one_kind: true,
        staff: false,
    },
    Layout {
        name: "json-offices",
        signature: &[&["name"], &["id", "kana", "address", "tel", "phone"]],
        columns: &[(Field::AnyId, &["id"]), (Field::Kana, &["kana"])],
        flags: false,
        one_kind: false,
        staff: false,
    },
    Layout {
        name: LIAISON,
        // Not by exact headers: a name and one thing more, however they are called.
        signature: &[],
        columns: &[],
        flags: false,
        one_kind: false,
        staff: true,
    },
];
