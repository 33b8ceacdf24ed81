# exchange: files in and out
exchange-unreadable = { $file } can't be opened ({ $why }). Check where it is, and whether another program holds it.
exchange-too-large = { $file } is too large (up to { $limit } MB). Keep only the rows that are needed.
exchange-inflates = { $file } unpacks to too much (up to { $limit } MB). It is broken, or no list of offices.
exchange-too-many-rows = { $file } has too many rows (up to { $limit }). Import it in parts.
exchange-too-many-cells = { $file }, row { $row }: too many columns (up to { $limit } in a row).
exchange-old-excel = { $file } is an old Excel file (.xls) or has a password. Save it as .xlsx without a password.
exchange-damaged = { $file } is broken and can't be read. Get the original file again.
exchange-json = { $file }, line { $row }, character { $at }: not readable as JSON. Check that it is not cut off.
exchange-json-shape = { $file } is no JSON list of offices ([{"{"} … {"}"}, …]).
exchange-not-text = { $file }, line { $row }: characters that are neither UTF-8 nor Shift_JIS (CP932). Save it as CSV UTF-8.
exchange-mixed-encodings = { $file }, line { $row }: the encoding changes inside of the file (UTF-8 and Shift_JIS). Save it in one.
exchange-open-quote = { $file }, row { $row }: a quote (") is opened and never closed. Check that the file is not cut off.
exchange-cut = { $file }, row { $row }: the row ends after { $found } columns (the header has { $expected }). The file seems to be cut off.
exchange-column-count = { $file }, row { $row }: { $found } columns (the header has { $expected }). Check the commas of the row.
exchange-cell-error = { $file }, row { $row }, column { $column }: holds the Excel error { $sign }. Put a value there.
exchange-uncalculated = { $file }, row { $row }, column { $column }: the result of a formula was not saved. Open the file in Excel and save it, or put the value there.
exchange-code-table = { $file } is a table of municipal codes and no list of offices. There is no need to import it (the readings of cities are built in).
exchange-other-kind = { $file } is a { $kind } file and no table. Ask for CSV or Excel (.xlsx).
exchange-binary = { $file }, row { $row }: data that are no text. The file is damaged or no table. Save it as CSV UTF-8.
exchange-no-header = { $file } has no row of headers that is known. A row with headers such as 病院名 and 電話 is needed.
exchange-twice-the-same-column = { $file }, row { $row }: the header { $column } stands there twice. Give one another name.
exchange-no-rows = { $file } has headers, but no rows under them.
exchange-empty = { $file } is empty.
exchange-bad-postal = { $file }, row { $row }, column { $column }: no postal code (7 digits); left empty.
exchange-bad-ability = { $file }, row { $row }, column { $column }: not written as this program writes answers (可, 不可, 要相談, 未確認); left empty.
exchange-bad-day = { $file }, row { $row }, column { $column }: not a date; left empty.
exchange-bad-code = { $file }, row { $row }, column { $column }: the code has another length than expected; left empty.
exchange-rounded-code = { $file }, row { $row }, column { $column }: a spreadsheet rounded the code (E+); save the column as text. Left empty.
exchange-bad-coordinate = { $file }, row { $row }, column { $column }: no latitude or longitude in degrees; left empty.
exchange-bad-phone = { $file }, row { $row }, column { $column }: no phone number; left empty.
exchange-phone-is-id = { $file }, row { $row }, column { $column }: an ID stands where a phone number should be; left empty.
exchange-id-is-phone = { $file }, row { $row }, column { $column }: a phone number stands where an ID should be; left empty.
exchange-no-name = { $file }, row { $row }: no name; passed over.
exchange-outside = { $file }, row { $row }: content in columns without a header is not read.
exchange-several = { $file }, row { $row }: two or more offices have this name; passed over. Give an address or a phone number.
exchange-same-name = { $file }, row { $row }: an office of this name has another address; a new one is added. Please check.
exchange-no-operator = { $file }, row { $row }, column { $column }: this desk does not have exactly one operator of that name; left empty.
exchange-two-names = { $file }, row { $row }: the same code has another name in an earlier row; the earlier name is used.
done-import-offices = Imported a list of offices
exchange-why-desk = kept as the desk has it
exchange-why-other-list = kept as another list has it
exchange-why-removed = the desk took it out of the directory
exchange-unmappable = { $table ->
    [none] {""}
   *[other] { $table },{" "}
 }row { $row }, column { $column }: CP932 lacks the character { $sign }.
exchange-unmappable-all = CP932 lacks characters of { $cells } cells; nothing was written. Export as UTF-8 or Excel. Where only signs such as 〜 or — are in the way, --similar writes their look-alikes.
exchange-cell-too-long = { $table ->
    [none] {""}
   *[other] { $table },{" "}
 }row { $row }, column { $column }: too long for Excel (up to 32,767 characters). Export as CSV.
exchange-not-made = The file could not be made ({ $why }).
exchange-layout-madoguchi = this program's export
exchange-layout-iryo-net = 医療情報ネット
exchange-layout-kaigo-open-data = 介護サービス情報公表
exchange-layout-kaigo-standard = 推奨データセット, care offices
exchange-layout-medical-standard = 推奨データセット, medical institutions
exchange-layout-hospital-list = list of hospitals
exchange-layout-json-offices = JSON list of offices
exchange-layout-liaison = list of liaison offices
exchange-read = { $file }: { $rows } rows read as { $layout }.
exchange-imported = Added { $added }, changed { $changed }, unchanged { $unchanged }, fields kept { $kept }, rows to look at { $skipped }.
exchange-would-import = Would add { $added }, change { $changed }, leave { $unchanged }; fields kept { $kept }, rows to look at { $skipped }. Nothing has been changed.
exchange-change = { $name }, { $field }: from "{ $from }" to "{ $to }"
exchange-kept = { $name }, { $field }: stays "{ $from }" (the file has "{ $to }"; { $why })
exchange-nothing-found = Nothing found.
exchange-search-unknown = { $count } more are not in the list above: nobody has asked them yet, or their days cannot be read. Type e.g. "看取り 未確認" for those alone.
exchange-nothing-changed = The directory has not been changed.
exchange-several-ids = Two or more offices begin with this code. Give more of it.
exchange-no-such-office = There is no office { $id }. See madoguchi office list.
exchange-cp932-is-csv = --cp932 is for .csv files only.
exchange-hsds-is-json = --hsds goes with .json only.
exchange-unknown-ending = It is not clear what kind of file { $file } should be. Let its name end in .csv, .xlsx or .json.
exchange-written = Wrote { $count } { $count ->
    [one] office
   *[other] offices
 } to { $file }.
exchange-not-written = { $file } can't be written ({ $why }). Check the place and the free space.
exchange-unread = Columns that were not read: { $columns }
exchange-cases-not-ours = { $file } is no JSON that madoguchi case export wrote. Nothing else can be imported.
exchange-cases-newer = { $file } was exported by a newer program (format { $version }). Update the program.
exchange-cases-value = { $file }, case { $case }{ $contact ->
    [none] {""}
   *[other] , contact { $contact }
 }: the value of { $field } cannot be read. Put it back as it was exported.
exchange-cases-code = { $file }, case { $case }{ $contact ->
    [none] {""}
   *[other] , contact { $contact }
 }: { $field } has a code that is not in this desk's lists.
exchange-cases-twice = { $file }, case { $case }{ $contact ->
    [none] {""}
   *[other] , contact { $contact }
 }: { $field } stands in the file twice.
exchange-cases-taken = { $file }, case { $case }{ $contact ->
    [none] {""}
   *[other] , contact { $contact }
 }: { $field } belongs to another case of this desk.
exchange-cases-disposed = { $file }, case { $case }{ $contact ->
    [none] {""}
   *[other] , contact { $contact }
 } ({ $field }): it was disposed of at this desk and cannot be taken in again. Take it out of the file.
exchange-cases-nothing-changed = No case was changed.
exchange-cases-imported = Cases: { $added } added, { $changed } changed, { $unchanged } unchanged. Contacts: { $contacts_added } added, { $contacts_changed } changed.
done-import-cases = Imported cases
exchange-postal = The postal table was read ({ $rows } towns); { $count } addresses get their readings.
exchange-all-not-ours = { $file } holds no tables of madoguchi export --all (the first one, madoguchi, is missing). Name the .xlsx or the folder of CSV.
exchange-all-newer = { $file } was written by a newer version (format { $version }). Update this program.
exchange-all-missing = { $file } should have { $expected } rows and has { $found }. It may have been cut off. Where rows were taken out on purpose, correct the count in the table madoguchi.
exchange-all-value = { $file }, row { $row }, column { $column }: not a value of this column. Put it back as it was exported.
exchange-all-code = { $file }, row { $row }, column { $column }: a code that neither this desk nor the file has.
exchange-all-twice = { $file }, row { $row }, column { $column }: another row has the same identity. Take one out.
exchange-all-taken = { $file }, row { $row }, column { $column }: another case of this desk has this number.
exchange-all-disposed = { $file }, row { $row }, column { $column }: this record was disposed of at this desk and cannot come back. Take the row out.
exchange-all-alone = { $file }, row { $row }, column { $column }: the record that it belongs to is neither in the file nor at this desk.
exchange-all-formula = { $file }, row { $row }, column { $column }: an error of Excel. Put a value there.
exchange-all-cells = { $file }, row { $row }: more or fewer columns than the header, or the row ends in the middle. Get the file once more.
exchange-all-nothing-changed = Nothing of this desk was changed.
exchange-all-imported = { $added } added, { $changed } changed, { $unchanged } the same, { $kept } different and left as the desk has them.
exchange-all-would-import = Would add { $added }, change { $changed }, leave { $unchanged } the same and { $kept } as the desk has them. Nothing was changed yet.
exchange-all-written = { $count } records written to { $path } as tables. Delete it when you no longer need it.
exchange-all-left-out = In no table:
exchange-all-left-disposals = - Records of disposals: they name changes of this desk by number. A backup (madoguchi backup and restore) carries them.
exchange-all-left-history = - The history of changes and the log of looks: evidence of this desk, worth something only where it can't be rewritten. A backup carries them; to read them: export --all FILE.jsonl, or madoguchi audit.
exchange-all-left-secrets = - Passphrases, recovery keys and second factors: never written readable. Set them anew at the other computer.
exchange-all-left-folders = - The folders for backups and papers: each computer has its own. Choose them under Manage at the other one.
exchange-all-left-drafts = - Slips that are not saved yet: they are no records. Save them first.
exchange-all-left-files = - The desk's own keymap and templates: files, not records. Copy them as they are.
exchange-all-csv-is-a-folder = With --csv and --cp932 name a folder that is empty or not there yet.
done-import-all = everything imported
exchange-kind-office = Offices
exchange-kind-case = Cases
exchange-kind-contact = Contacts
exchange-kind-person = Persons
exchange-kind-policy = Policies
exchange-kind-meeting = Meetings
exchange-kind-task = Tasks
exchange-kind-inquiry = Inquiries
exchange-kind-round = Rounds
exchange-kind-survey = Surveys
exchange-kind-proposal = Change notices
exchange-kind-activity = Activities
exchange-kind-document = Documents
exchange-kind-codebook = Codes and texts
exchange-kind-operator = Operators
exchange-kind-desk = Desk settings
exchange-kind-usage = Keystrokes
exchange-column-id = ID
exchange-column-key = ID of the item
exchange-column-about = Name or number
