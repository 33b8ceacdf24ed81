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
    /// ○ under the name of a 診療科.
    Flag,
}

/// The kinds of beds that lists count, as they are written into the capacity.
pub const BEDS: [&str; 5] = ["一般", "療養", "精神", "結核", "感染症"];

/// A layout that is known by its headers.
#[derive(Debug)]
pub struct Layout {
    /// The name that is kept with the office as its source.
    pub name: &'static str,
    /// One header of each group must be there.
    pub(super) signature: &'static [&'static [&'static str]],
    /// Headers that mean something else here than in [`COMMON`].
    pub(super) columns: &'static [(Field, &'static [&'static str])],
    /// Columns named after a 診療科 that hold ○.
    pub(super) flags: bool,
    /// A published file holds offices of one kind: what most of their names tell is true of all.
    pub one_kind: bool,
    /// Several rows of one office are several staff, and the name may stand in the first of them only.
    pub staff: bool,
}

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

/// What headers mean everywhere, folded by `clean::header`; of several in one sheet the first is taken.
pub(super) const COMMON: [(Field, &[&str]); 47] = [
    (
        Field::Name,
        &[
            "正式名称",
            "施設正式名称",
            "介護サービス事業所名称",
            "名称",
            "病院名",
            "病院名称",
            "医療機関名",
            "医療機関名称",
            "施設名",
            "施設名称",
            "事業所名",
            "事業所名称",
            "薬局名",
            "薬局名称",
            "機関名",
            "機関名称",
            "連携先名",
            "連携先",
            "病院施設名",
            "医療機関施設名",
            "所属機関",
            "病院",
            "医療機関",
            "name",
        ],
    ),
    (
        Field::Kana,
        &[
            "正式名称フリガナ",
            "介護サービス事業所名称カナ",
            "事業所名カナ",
            "名称カナ",
            "名称フリガナ",
            "施設名カナ",
            "施設名フリガナ",
            "病院名フリガナ",
            "病院名ふりがな",
            "病院名カナ",
            "医療機関名フリガナ",
            "医療機関名ふりがな",
            "医療機関名カナ",
            "kana",
        ],
    ),
    (Field::SomeKana, &["ふりがな", "フリガナ", "かな", "カナ", "よみがな", "ヨミガナ", "よみ", "読み"]),
    (Field::ShortName, &["略称", "通称", "shortname"]),
    (
        Field::Kind,
        &[
            "機関区分",
            "施設区分",
            "医療機関の種類",
            "種別",
            "施設種別",
            "機関種別",
            "事業所種別",
            "区分",
            "種類",
            "category",
            "kind",
        ],
    ),
    (Field::Service, &["サービスの種類", "実施サービス", "サービス種類", "サービス種別", "servicetype"]),
    (Field::Services, &["診療科目", "診療科", "診療科名", "サービス", "departments", "specialties"]),
    (Field::MoreServices, &["診療科目その他", "その他の診療科目"]),
    (
        Field::Department,
        &[
            "部署",
            "部署名",
            "担当部署",
            "所属部署",
            "所属",
            "窓口",
            "窓口名",
            "連携室",
            "連携室名",
            "連携窓口",
            "部門",
            "department",
        ],
    ),
    (
        Field::Phone,
        &[
            "電話番号",
            "電話",
            "代表電話",
            "代表電話番号",
            "電話番号代表",
            "電話代表",
            "代表番号",
            "連絡先電話番号",
            "連絡先電話",
            "連絡先",
            "tel",
            "tel番号",
            "phone",
            "telephone",
        ],
    ),
    (Field::Extension, &["内線番号", "内線", "extension", "ext"]),
    (Field::Fax, &["fax番号", "fax", "ファックス", "ファクス", "ファックス番号", "ファクス番号", "連絡先fax"]),
    (Field::Email, &["メール", "メールアドレス", "eメール", "email", "mail"]),
    (Field::Postal, &["郵便番号", "郵便", "〒", "postalcode", "postcode", "zip"]),
    (Field::AreaCode, &["都道府県コード又は市町村コード", "都道府県コード又は市区町村コード", "都道府県コード"]),
    (Field::Prefecture, &["都道府県名", "都道府県", "pref", "prefecture"]),
    (Field::City, &["市区町村名", "市町村名", "市区町村", "市町村", "city"]),
    (Field::Address, &["所在地", "住所", "住所所在地", "所在地住所", "address"]),
    (Field::Building, &["方書ビル名等", "方書", "建物名", "building"]),
    (Field::Latitude, &["所在地座標緯度", "緯度", "lat", "latitude"]),
    (Field::Longitude, &["所在地座標経度", "経度", "lng", "lon", "longitude"]),
    (Field::Area, &["日常生活圏域", "圏域", "地区", "area"]),
    (
        Field::Corporation,
        &[
            "法人の名称",
            "法人名",
            "設置主体法人",
            "設置主体",
            "運営法人",
            "開設者名",
            "開設者氏名",
            "開設者",
            "corporation",
        ],
    ),
    (
        Field::Handles,
        &["対応内容", "対応できること", "担当業務", "担当内容", "業務内容", "相談内容", "内容", "handles"],
    ),
    (
        Field::Days,
        &[
            "利用可能曜日",
            "診療曜日",
            "診療日時",
            "診療日",
            "営業日",
            "受付時間",
            "対応時間",
            "診療時間",
            "opendays",
            "hours",
        ],
    ),
    (Field::From, &["診療開始時間", "開始時間"]),
    (Field::To, &["診療終了時間", "終了時間"]),
    (Field::HoursNote, &["利用可能曜日特記事項", "診療日時特記事項", "opendaysnote"]),
    (Field::HowToContact, &["連絡のしかた", "連絡方法"]),
    (Field::Alert, &["注意", "注意事項"]),
    (Field::Url, &["案内用ホームページアドレス", "url", "ホームページ", "ホームページアドレス", "hp", "website"]),
    (Field::Capacity, &["合計病床数", "定員病床", "定員", "病床数", "許可病床数", "総病床数", "capacity"]),
    (Field::Beds(0), &["一般病床数", "一般病床"]),
    (Field::Beds(1), &["療養病床数", "療養病床"]),
    (Field::Beds(2), &["精神病床数", "精神病床"]),
    (Field::Beds(3), &["結核病床数", "結核病床"]),
    (Field::Beds(4), &["感染症病床数", "感染症病床"]),
    (Field::Note, &["備考", "メモ", "特記事項", "note"]),
    (Field::StaffName, &["担当者名", "担当者氏名", "担当者", "氏名", "担当", "担当職員", "相談員名", "名前"]),
    (
        Field::StaffKana,
        &[
            "担当者ふりがな",
            "担当者フリガナ",
            "担当者名ふりがな",
            "担当者名フリガナ",
            "担当者カナ",
            "担当者名カナ",
            "氏名ふりがな",
            "氏名フリガナ",
            "氏名カナ",
        ],
    ),
    (Field::StaffRole, &["職種", "担当者職種", "役職", "職名", "職種役職", "資格"]),
    (
        Field::StaffPhone,
        &[
            "直通電話",
            "直通",
            "直通番号",
            "直通電話番号",
            "電話番号直通",
            "電話直通",
            "担当者電話",
            "担当者電話番号",
            "担当者直通",
        ],
    ),
    (Field::MedicalCode, &["医療機関コード"]),
    (Field::KaigoNumber, &["事業所番号", "介護保険事業所番号"]),
    (Field::StaffDepartment, &["担当者の部署"]),
    (Field::StaffExtension, &["担当者の内線"]),
    (Field::StaffHandles, &["担当者の対応内容"]),
];

/// Words that a desk's own headers hold when they are none of [`COMMON`], such as `電話（代表・夜間）`; the first counts.
pub(super) const LOOSE: [(Field, &[&str]); 16] = [
    (Field::Fax, &["fax", "ファックス", "ファクス"]),
    (Field::Extension, &["内線"]),
    (Field::StaffPhone, &["直通", "担当者電話"]),
    (Field::Email, &["メール", "mail"]),
    (Field::Postal, &["郵便番号"]),
    (Field::Phone, &["電話", "tel"]),
    (Field::SomeKana, &["ふりがな", "フリガナ", "よみがな"]),
    (Field::StaffRole, &["職種", "役職"]),
    (Field::Department, &["部署", "連携室名", "窓口名", "担当課"]),
    (Field::Handles, &["対応内容", "対応できる", "担当業務", "業務内容", "相談内容"]),
    (Field::StaffName, &["担当者", "氏名"]),
    (Field::Name, &["病院名", "医療機関名", "施設名", "事業所名", "機関名", "連携先名"]),
    (Field::Address, &["住所", "所在地"]),
    (Field::Days, &["受付時間", "対応時間", "診療時間"]),
    (Field::HowToContact, &["連絡方法"]),
    (Field::Note, &["備考"]),
];

/// Characters of a header that is looked through for [`LOOSE`] words: longer ones are sentences.
pub(super) const LOOSE_MAX: usize = 20;
/// What a desk's own list has beside names.
pub(super) const REACHED_BY: [Field; 9] = [
    Field::Phone,
    Field::StaffPhone,
    Field::StaffName,
    Field::Department,
    Field::Extension,
    Field::Fax,
    Field::Email,
    Field::Handles,
    Field::Address,
];
