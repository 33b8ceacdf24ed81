# 見出し
cli-heading-usage = 使い方:
cli-heading-commands = コマンド
cli-heading-arguments = 対象
cli-heading-options = オプション
cli-heading-global = どのコマンドでも使えるオプション
cli-value-command = コマンド

# どのコマンドでも使えるもの
cli = 在宅医療・介護連携の相談窓口。コマンドを付けずに起動すると画面が開きます。
cli-arg-data = データを置くフォルダー（指定しなければ、このパソコンの標準の場所）
cli-arg-lang = 言葉: ja（日本語）、en（英語）
cli-arg-keymap = キー割り当て: default、vim、function-keys、またはファイル
cli-arg-passphrase-file = 1行目に合言葉を書いたファイル（MADOGUCHI_PASSPHRASE_FILE でも指定できます）
cli-arg-json = ほかのプログラムのために、結果を JSON で出します
cli-arg-ascii = 枠を +-| で描きます
cli-arg-read-only = 閲覧のみで開きます。案件には何も書き込まず、ほかの画面が開いていても使えます
cli-arg-help = この説明を出します
cli-arg-version = 版を出します

# keys
cli-keys = いまのキー割り当てを見ます。--check でファイルの誤りを調べます
cli-keys-arg-check = 調べるファイル。誤りを行番号つきで出します
cli-keys-arg-print = いまのキー割り当てを、キー割り当てファイルの形で出します
cli-keys-sound = { $file }: 誤りはありません。
cli-keys-refused = { $file }: 使えない行が { $count } 件あります。直すまで、その行は元の割り当てのままです。
cli-keys-unreadable = { $file } を読めません（{ $why }）。名前と、UTF-8 の文字ファイルであることを確かめてください。

# completions
cli-completions = シェルの補完スクリプトを出します
cli-completions-arg-shell = シェル: bash、elvish、fish、powershell、zsh

# office
cli-office = 連携先の名簿を探し、一覧にし、取り込み、書き出します
cli-office-search = 連携先を探します（ローマ字・かな・漢字・電話番号の一部）
cli-office-search-arg-query = 探す言葉。いくつか並べると、すべてを含むものを出します
cli-office-list = 連携先を五十音順に並べます
cli-office-show = 連携先を1件くわしく見ます
cli-office-show-arg-id = 一覧の左端にある番号（はじめの数文字で足ります）
cli-office-import = 連携先の一覧（CSV、Excel、JSON）を取り込みます
cli-office-import-arg-files = 取り込むファイル
cli-office-import-arg-dry-run = 取り込まずに、何が変わるかだけを見ます
cli-office-export = 名簿をファイルに書き出します
cli-office-export-arg-file = 書き出すファイル。名前の終わり（.csv、.xlsx、.json）が形式になります
cli-office-export-arg-cp932 = CSV をシフトJIS（CP932）で書きます
cli-office-export-arg-similar = シフトJISにない「〜」「—」などを、同じ形の字（「～」「―」）で書きます
cli-office-export-arg-hsds = 国際的な名簿の形式 HSDS 3.0 の JSON で書きます（担当者名は入り、窓口のメモと相談員の名前は入りません）
cli-no-chance = 乱数を得られません（{ $why }）。
cli-record-unreadable = 記録 { $record } を読めません。madoguchi verify で調べてください。

# demo
cli-demo = 架空の人と相談で体験します（終わるとあとに残りません）
cli-demo-arg-keep = 体験用の窓口を残すフォルダー（空か、まだないもの）
cli-demo-arg-no-open = 作るだけで、画面を開きません（--keep とともに）
cli-demo-arg-practice = はじめの電話の練習から始めます
cli-demo-made = 体験用の窓口を { $folder } に作りました。madoguchi --data { $folder } で開きます。
cli-demo-not-empty = { $folder } は空ではありません。空か、まだないフォルダーを指定してください。
cli-demo-not-usable = { $folder } を使えません（{ $why }）。別のフォルダーを指定してください。
cli-demo-no-folder = 一時フォルダーを作れません（{ $why }）。--keep でフォルダーを指定してください。

# init
cli-init = 質問なしで窓口を始めます
cli-init-arg-desk = 窓口の名前
cli-init-arg-operator = はじめの相談員の名前
cli-init-done = { $folder } に窓口「{ $desk }」を作りました。相談員: { $operator }

# case
cli-case = 案件を一覧にし、見て、取り込み、書き出します
cli-case-list = 終わっていない案件を、案件の画面と同じ順に並べます
cli-case-list-arg-all = 終結した案件も並べます
cli-case-list-arg-closed = 終結した案件だけを並べます
cli-case-show = 案件を1件、経過とともに見ます
cli-case-show-arg-id = 受付番号（R8-0123 など）か、ID
cli-case-import = case export で書き出した JSON を取り込みます
cli-case-import-arg-file = 取り込むファイル
cli-case-export = すべての案件をファイルに書き出します（本人だけが読める設定になります）
cli-case-export-arg-file = 書き出すファイル。名前の終わり（.json、.csv、.xlsx）が形式になります。取り込めるのは .json です
cli-case-none = 案件はありません。
cli-no-such-case = 「{ $id }」という案件はありません。madoguchi case list --all で受付番号を確かめてください。

# meeting
cli-meeting = 会議と、その次第・決定を見ます
cli-meeting-list = 会議を日の順に並べます
cli-meeting-show = 会議を1つ、次第と決定とともに見ます
cli-meeting-show-arg-id = 一覧の左端の番号（はじめの数文字で足ります）、日（2026-12-08）、または next（次の定例会）
cli-meeting-print = 次第を1枚の文字の用紙にします
cli-meeting-print-arg-id = 一覧の左端の番号（はじめの数文字で足ります）、日（2026-12-08）、または next（次の定例会）
cli-meeting-print-arg-file = 書き出すファイル（持ち主だけが読めます）。指定しなければ標準出力へ出します
cli-meeting-printed = { $file } に次第を書き出しました。
cli-meeting-head-id = 番号
cli-meeting-head-day = 日
cli-meeting-head-kind = 種類
cli-meeting-head-items = 議題
cli-meeting-next = 次回
cli-meeting-matter = 内容
cli-meeting-caller = 相談者
cli-meeting-topics = 区分
cli-meeting-reason = 旗の理由
cli-meeting-no-items = 議題はありません。
cli-no-such-meeting = 「{ $id }」という会議はありません。madoguchi meeting list で確かめてください。次の定例会は next です。
cli-several-meetings = 「{ $id }」に当てはまる会議が2つ以上あります。もう少し長く入れてください。

# print
cli-print = 紙に出す用紙を作ります
cli-print-fax = 進行中の案件から、主治医連絡FAX送付書を作ります（イニシャル、返信欄つき、A4 1枚）
cli-print-fax-arg-case = 案件の受付番号（R8-0123）
cli-print-fax-arg-to = 送り先。連携先の名称、または番号（はじめの数文字で足ります）。FAX番号は連携先の登録から取ります
cli-print-fax-arg-out = 書き出すファイル（持ち主だけが読めます）。指定しなければ HTML を標準出力へ出します
cli-print-fax-arg-pdf = PDF にします（Chromium、Chrome、Edge のどれかが要ります。--out も付けてください）
cli-print-fax-arg-full-name = イニシャルの代わりに氏名を載せます
cli-print-fax-written = { $file } に送付書を書き出しました。送り先は { $office }、FAX { $fax } です。番号を確かめてから送ってください。

# verify
cli-verify = 記録が壊れていないかを、はじめから終わりまで調べます
cli-verify-arg-repair = 直せるものを直します
cli-verify-sound = 壊れた記録はありません（変更 { $changes }件、記録 { $records }件を調べました）。
cli-verify-damaged = 壊れたところがありました（変更 { $changes }件、記録 { $records }件を調べました）。
cli-verify-backup-hint = 直せるものは、もう直してあります。次は madoguchi backup で控えを作り、ディスクを調べてください。番号の出た記録は、最新の控えと見比べてください。
cli-verify-repair-hint = madoguchi verify --repair で、残っている記録から直します。

cli-verify-arg-file = 調べる控え（指定しなければ、窓口の記録）

# backup, restore, export
cli-backup = 控えを作り、読み返して確かめます
cli-backup-arg-target = 控えのファイル名、または世代を置くフォルダー（指定しなければ、窓口で決めた置き場所）
cli-backup-arg-list = 置き場所にある控えを一覧にします
cli-backup-arg-drill = いちばん新しい控えを仮の場所に戻して確かめます（あとに残りません）
cli-restore = 控えを、窓口のないフォルダー（--data）に戻します
cli-restore-arg-file = 戻す控え
cli-export = すべてを書き出します（暗号化されません）。JSON Lines のほか、Excel（.xlsx）と CSV の表でも書けます
cli-export-arg-all = すべての記録を書き出します（JSON Lines では変更の履歴も）
cli-export-arg-yes = 確かめずに書き出します
cli-export-arg-csv = CSV（UTF-8）の表を、種類ごとに1つずつフォルダーに書きます
cli-export-arg-cp932 = CSV の表をシフトJIS（CP932）で書きます。書けない文字があれば場所を示し、何も書きません
cli-export-arg-similar = シフトJISにない「〜」「—」などを、同じ形の字（「～」「―」）で書きます
cli-export-arg-target = まだないか空のフォルダー、または名前が .jsonl か .xlsx で終わるファイル
cli-import = export --all の表（Excel、CSV のフォルダー）を取り込みます
cli-import-arg-all = すべての記録を取り込みます
cli-import-arg-dry-run = 取り込まずに、何が変わるかだけを見ます
cli-import-arg-overwrite = 窓口の内容と違うときは、ファイルの内容にします（指定しなければ窓口の内容を残します）
cli-import-arg-source = export --all で書き出した .xlsx、または CSV のフォルダー

# handover
cli-handover = 引継ぎ（書きかけ、今日の約束、期限超過、最近の動き）を文で出します
cli-usage = 電話1件にかかったキーと秒（窓口の中央値と自分の分）を出します
cli-handover-drafts = 書きかけの受付票を読めません（{ $why }）。

# history
cli-history = 記録がいつ、だれに、どう変えられたかを見ます
cli-history-arg-id = 案件の受付番号か、記録のID
cli-history-unreadable = { $count }件の変更は壊れていて読めません。madoguchi verify で調べてください。
cli-read-only-hint = 見るだけなら、--read-only を付けると今のままで開けます（case list、case show、office search、history、verify など）。
cli-read-only-not-here = --read-only では、書き込み・取り込み・書き出し・用紙・控えはできません（記録を残せないため）。--read-only を外してください。
cli-no-such-record = 「{ $id }」という記録はありません。

# audit
cli-audit = アクセス記録（だれが、いつ、どの記録を見たか）を見て、月ごとに点検します
cli-audit-arg-from = この日から
cli-audit-arg-to = この日まで
cli-audit-arg-operator = この相談員のものだけ（名前かID）
cli-audit-arg-record = この記録のものだけ（案件の受付番号か、記録のID）
cli-audit-arg-kind = この種類だけ: login、open、search、print、export、import、backup、settings など
cli-audit-arg-failures = 断られたもの、できなかったものだけ
cli-audit-arg-others = ほかの相談員の案件を見たものだけ
cli-audit-arg-changes = ふだんの変更も並べます
cli-audit-arg-limit = 新しいほうから、この件数まで
cli-audit-arg-month = この月の件数を1枚で示します
cli-audit-arg-sign-off = その月を点検したと記録します（管理者）
cli-audit-no-operator = 「{ $name }」という相談員はいません。

cli-yes = はい
cli-no = いいえ

# 使い方の誤り
cli-unknown-argument = { $argument } はここでは使えません。
cli-unknown-command = { $command } というコマンドはありません。
cli-suggested = { $nearest } ではありませんか。
cli-value-missing = { $argument } に値を付けてください。
cli-value-wrong = { $argument } に「{ $value }」は使えません。
cli-value-not-one-of = { $argument } に「{ $value }」は使えません。使えるのは { $valid } です。
cli-argument-missing = { $argument } を指定してください。
cli-arguments-conflict = { $argument } と { $other } は同時に使えません。
cli-not-utf8 = 文字として読めない指定があります。UTF-8 で書いてください。
cli-wrong-usage = コマンドの書き方が違います。
cli-see-help = 使い方は madoguchi --help で見られます。
cli-output-failed = 結果を書き出せません（{ $why }）。

# retention
cli-retention = 保存期間の過ぎた案件を調べ、廃棄を申し出て、承認します
cli-retention-list = 廃棄できる案件、保留している案件、承認を待つ申し出を並べます
cli-retention-propose = 廃棄を申し出ます（承認は別の管理者がします）
cli-retention-propose-arg-ids = 受付番号かID。指定しなければ、廃棄できる案件すべて
cli-retention-approve = 廃棄を承認し、記録を消します（元に戻せません）
cli-retention-approve-arg-id = 申し出の番号（はじめの数文字で足ります）
cli-retention-approve-arg-count = 廃棄する案件の数（確かめのため）
cli-retention-withdraw = 廃棄の申し出を取り下げます
cli-retention-withdraw-arg-id = 申し出の番号（はじめの数文字で足ります）
cli-retention-hold = 案件の廃棄を保留します（開示請求や争いのあるときなど）
cli-retention-hold-arg-id = 受付番号かID
cli-retention-hold-arg-reason = 保留の理由
cli-retention-release = 廃棄の保留を解きます
cli-retention-release-arg-id = 受付番号かID
cli-retention-log = これまでの廃棄を並べます
cli-retention-none = 保存期間（終結した年度のあと { $years }年度）を過ぎて廃棄できる案件はありません。
cli-retention-due = 保存期間（終結した年度のあと { $years }年度）を過ぎた案件が { $count }件あります。
cli-retention-number = 受付番号
cli-retention-closed = 終結日
cli-retention-since = 廃棄できる日
cli-retention-what = 内容
cli-retention-held = 保留: { $number }（{ $day }、{ $by }）{ $reason }
cli-retention-proposed = 承認待ち { $id }: { $count }件（{ $numbers }）。{ $proposed }に { $proposer } が申し出。承認は別の管理者が madoguchi retention approve { $id } --count { $count } で。
cli-retention-withdrawn = 申し出 { $id }（{ $count }件）を取り下げました。
cli-retention-done = 廃棄済み { $id }: 案件 { $count }件、経過 { $contacts }件（{ $numbers }）。{ $proposed }に { $proposer } が申し出、{ $approved }に { $approver } が承認。
cli-retention-done-again = 廃棄済み { $id }: 案件 { $count }件（{ $numbers }）。復元した控えに { $approved }に適用。
cli-retention-holds = { $number } の廃棄を保留しました。
cli-retention-released = { $number } の保留を解きました。
cli-retention-several = 「{ $id }」で始まる申し出が2つ以上あります。もう少し長く入れてください。
cli-passphrase-ask = 合言葉:{" "}
cli-code-ask = 6桁の番号:{" "}
cli-passphrase-new = 新しい合言葉:{" "}
cli-passphrase-again = もう一度:{" "}
cli-passphrase-differs = 2つの合言葉が同じではありません。何も変えていません。
cli-passphrase-missing = 合言葉がありません。--passphrase-file ファイル か、環境変数 MADOGUCHI_PASSPHRASE_FILE でファイルを示すか、端末から実行してください。
cli-passphrase-file = 合言葉のファイル { $file } を読めません（{ $why }）。
cli-passphrase-file-text = 合言葉のファイル { $file } は UTF-8 の文字ではありません。
cli-passphrase-file-empty = 合言葉のファイル { $file } の1行目が空です。1行目に合言葉を書いてください。
cli-sealed = { $folder } の窓口を暗号化しました。これからは合言葉で開きます。
cli-recovery-key = 予備の鍵（一度だけ表示します。書き写して金庫に置いてください）: { $key }
cli-operator = だれがこの窓口を開けられるかを見たり変えたりします
cli-operator-list = 相談員と、鍵・2つ目の確認の有無を一覧にします
cli-operator-add = 相談員を加えて鍵を渡します（管理者だけ）
cli-operator-add-arg-name = 氏名
cli-operator-add-arg-kana = ふりがな
cli-operator-add-arg-role = 権限（supervisor 管理者、operator 相談員、viewer 閲覧のみ。既定は operator）
cli-operator-add-arg-qualification = 資格（いくつでも、くり返し指定できます）
cli-operator-add-arg-new-passphrase-file = 渡す合言葉を1行目に書いたファイル
cli-operator-add-arg-second-factor = 2つ目の確認も付けます（合言葉は8文字以上で足ります）。認証アプリで読み取る絵を出し、6桁の番号を聞きます
cli-operator-add-arg-secret-file = 1行目に秘密（base32 の32文字）、2行目にいまの6桁の番号を書いたファイル（--second-factor の代わり）
cli-operator-remove = 相談員の鍵を取り上げ、データを新しい鍵で暗号化し直します（管理者だけ）
cli-operator-remove-arg-name = 氏名、ふりがな、またはID
cli-operator-passphrase = 自分の合言葉を変えます。--of で、忘れた人に新しいものを渡します（管理者だけ）
cli-operator-passphrase-arg-of = 合言葉を忘れた人の氏名
cli-operator-passphrase-arg-new-passphrase-file = 新しい合言葉を1行目に書いたファイル
cli-operator-second-factor = 自分の2つ目の確認（認証アプリの6桁の番号）を始めます、またはやめます
cli-operator-second-factor-arg-drop = 2つ目の確認をやめます（合言葉が13文字以上のとき）
cli-operator-second-factor-arg-secret-file = 1行目に秘密（base32 の32文字）、2行目にいまの6桁の番号を書いたファイル
cli-operator-recovery-key = 予備の鍵を新しくします。前のものは使えなくなる（管理者だけ）
cli-operator-recover = 予備の鍵で開き、相談員に新しい合言葉を渡します
cli-operator-recover-arg-name = 合言葉を新しくする人の氏名
cli-operator-recover-arg-recovery-key-file = 予備の鍵を1行目に書いたファイル
cli-operator-recover-arg-new-passphrase-file = 新しい合言葉を1行目に書いたファイル
cli-operator-name = 氏名
cli-operator-role = 権限
cli-operator-qualifications = 資格
cli-operator-key = 鍵
cli-operator-second = 2つ目の確認
cli-operator-since = いつから
cli-operator-yes = 有
cli-operator-no = 無
cli-operator-several = 「{ $name }」は何人もいます。operator list --json のIDで指定してください。
cli-operator-added = { $name } さんに鍵を渡しました。
cli-operator-removed = { $name } さんの鍵を取り上げました。データは新しい鍵で暗号化し直します。
cli-operator-changed = { $name } さんの合言葉を新しくしました。
cli-recovery-ask = 予備の鍵:{" "}
cli-recovery-missing = 予備の鍵がありません。--recovery-key-file ファイル で示すか、端末から実行してください。
cli-second-letters = 認証アプリで読み取るか、この文字を入れてください: { $letters }
cli-second-no-terminal = 6桁の番号を聞けません。端末から実行するか、--secret-file ファイル（1行目に秘密、2行目に6桁の番号）で示してください。
cli-second-set = 2つ目の確認を始めました。次からは6桁の番号も聞きます。
cli-second-dropped = 2つ目の確認をやめました。
cli-edition = 配付する一覧表の版を作り、配付先と変更を見ます
cli-edition-list = 版を一覧にします
cli-edition-make = いまの連携先から、新しい版を作ります
cli-edition-make-arg-list = 一覧表（liaison 連携室、medical 医療機関、facility 施設、または名前）
cli-edition-make-arg-kind = この種別だけ（区分の番号。くり返せます）
cli-edition-make-arg-area = この圏域だけ
cli-edition-make-arg-able = これができる所だけ（できることの区分。くり返せます）
cli-edition-make-arg-staff = 担当者も載せます
cli-edition-make-arg-no-staff = 担当者を載せません
cli-edition-make-arg-note = 作った理由や、変わった点
cli-edition-show = 版の中身を見ます
cli-edition-changes = 版のあとに変わったことを見ます
cli-edition-sent = 配付先と、旧版を持つ配付先を見て、配付を記録します
cli-edition-sent-arg-to = この連携先に配付しました（名称、または番号のはじめの数文字。くり返せます）
cli-edition-sent-arg-name = 登録のない相手に配付しました（くり返せます）
cli-edition-sent-arg-all = 載っている全部の連携先に配付しました
cli-edition-sent-arg-renew = 旧版を持つ全部の相手に配付しました
cli-edition-sent-arg-how = 方法（相談方法の区分。6 文書）
cli-edition-sent-arg-copies = 1か所あたりの部数
cli-edition-sent-arg-on = 配付した日（2026-12-01）。なければ今日
cli-edition-sent-arg-old = 最新版を受け取っていない、旧版の配付先を並べます
cli-edition-export = 版を書き出します（Excel、CSV、JSON、印刷用の HTML と PDF）
cli-edition-export-arg-file = 書き出すファイル。名前の終わり（.xlsx .csv .json .html .pdf）で形が決まります
cli-edition-export-arg-cp932 = CSV を CP932（Shift_JIS）にします
cli-edition-export-arg-changes = 一覧の代わりに変更一覧の用紙にします（.html .pdf）
cli-edition-export-arg-recall = 一覧の代わりに旧版の配付先の用紙にします（.html .pdf）
cli-edition-head-list = 一覧表
cli-edition-head-number = 版
cli-edition-head-on = 日
cli-edition-head-offices = 掲載
cli-edition-head-sent = 配付先
cli-edition-head-extent = 範囲
cli-edition-head-name = 名称
cli-edition-head-what = 項目
cli-edition-head-before = 変更前
cli-edition-head-after = 変更後
cli-edition-head-recipient = 配付先
cli-edition-head-how = 方法
cli-edition-head-copies = 部数
cli-edition-head-back = 回収
cli-edition-show-arg-list = 一覧表（liaison 連携室、medical 医療機関、facility 施設、または名前）
cli-edition-show-arg-number = 版の番号。なければ最新版
cli-edition-sent-arg-list = 一覧表（liaison 連携室、medical 医療機関、facility 施設、または名前）
cli-edition-sent-arg-number = 版の番号。なければ最新版
cli-edition-export-arg-list = 一覧表（liaison 連携室、medical 医療機関、facility 施設、または名前）
cli-edition-export-arg-number = 版の番号。なければ最新版
cli-edition-changes-arg-list = 一覧表（liaison 連携室、medical 医療機関、facility 施設、または名前）
cli-edition-changes-arg-since = この版のあと。なければ最新版
cli-edition-changes-arg-until = この版まで。なければいまの連携先まで
cli-edition-export-arg-since = この版のあと。なければ最新版
cli-edition-export-arg-until = この版まで。なければいまの連携先まで
cli-edition-export-arg-similar = CP932 で、「〜」「—」のように同じ形の字を CP932 の字で書きます

# proposal
cli-proposal = 連携先に送る変更届（Excel）を作り、返ってきた変更を名簿に反映します
cli-proposal-make = 変更届の用紙を、連携先ごとに1つ作ります
cli-proposal-make-arg-offices = 連携先の名前か、一覧の左端にある番号
cli-proposal-make-arg-out = 用紙を置くフォルダー
cli-proposal-read = 返ってきた変更届を読み込みます（名簿はまだ変わりません）
cli-proposal-read-arg-files = Excel ファイル、またはそれが入ったフォルダー
cli-proposal-list = 待っている変更届を、項目ごとに並べます
cli-proposal-accept = 変更届の項目を名簿に反映します
cli-proposal-accept-arg-id = 変更届の番号（はじめの数文字で足ります）
cli-proposal-accept-arg-items = 反映する項目（office.phone など）。書かなければ、名簿が先に変わったものを除くすべて
cli-proposal-accept-arg-office = 用紙から連携先が分からないときの、その連携先
cli-proposal-refuse = 変更届の項目を却下します
cli-proposal-refuse-arg-id = 変更届の番号（はじめの数文字で足ります）
cli-proposal-refuse-arg-items = 却下する項目。書かなければすべて

# survey
cli-survey = 名簿からアンケート（Excel）を作り、回答を取り込んで集計します
cli-survey-make = アンケートを作り、連携先ごとの用紙と全体の一覧を書き出します
cli-survey-make-arg-name = アンケートの名前
cli-survey-make-arg-out = 用紙を置くフォルダー
cli-survey-make-arg-kinds = この種別の連携先だけ（区分表 office-kind の番号）
cli-survey-make-arg-areas = この圏域の連携先だけ
cli-survey-make-arg-abilities = たずねること（区分表 capability の番号）。書かなければすべて
cli-survey-make-arg-accepting = 今の受入もたずねます
cli-survey-make-arg-question = 独自の質問。「質問」または「質問|選択肢|選択肢」。何度でも書けます
cli-survey-make-arg-due = 回答期限（12/20、+14 など）
cli-survey-make-arg-cover = 質問の上に入れる文
cli-survey-read = 返ってきた回答を取り込みます
cli-survey-read-arg-files = Excel ファイル、またはそれが入ったフォルダー
cli-survey-report = 回収率、回答の件数と割合、未回答の連携先を出します
cli-survey-report-arg-survey = アンケートの名前か番号
cli-survey-report-arg-out = Excel でも書き出すフォルダー
cli-survey-list = アンケートを並べます
# round
cli-round = 名簿の確認の巡回を見ます・始めます
cli-round-list = 巡回を並べます（進行中が先）
cli-round-begin = 巡回を始めます
cli-round-begin-arg-scope = expired（期限切れ・未確認）、kind（種別）、area（圏域）、april（4月の異動）、never（未確認）のどれか
cli-round-begin-arg-of = kind なら種別の番号（例: 6）、area なら圏域の名前
cli-round-show = 巡回の連携先を、かける順に並べます
cli-round-show-arg-id = 一覧の左端の番号（はじめの数文字で足ります）
cli-round-report = 巡回の結果を種別・圏域ごとに数えます
cli-round-report-arg-id = 一覧の左端の番号（はじめの数文字で足ります）
cli-round-head-id = 番号
cli-round-head-state = 結果
cli-round-head-calls = 回数
cli-round-head-office = 連携先
cli-round-head-phone = 電話
cli-round-none = 巡回はまだありません。
cli-round-begun = 巡回 { $id } を{ $count }件で始めました。
cli-round-of-missing = kind には種別の番号、area には圏域の名前を続けてください（例: madoguchi round begin kind 6）。
cli-round-of-not-here = 種別や圏域を続けられるのは kind と area だけです。
cli-round-no-such-kind = 「{ $code }」という種別はありません。
cli-no-such-round = 「{ $id }」という巡回はありません。madoguchi round list で確かめてください。
cli-several-rounds = 「{ $id }」に当てはまる巡回が2つ以上あります。もう少し長く入れてください。
