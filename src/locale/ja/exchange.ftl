# exchange: files in and out
exchange-unreadable = { $file } を開けません({ $why })。ファイルの場所と、他のソフトで開いていないかをご確認ください。
exchange-too-large = { $file } は大きすぎます({ $limit } MBまで)。必要な行だけのファイルにしてください。
exchange-inflates = { $file } は展開すると大きすぎます({ $limit } MBまで)。壊れているか、連携先の一覧ではありません。
exchange-too-many-rows = { $file } は行が多すぎます({ $limit } 行まで)。分けて取り込んでください。
exchange-too-many-cells = { $file } の{ $row }行目: 列が多すぎます(1行 { $limit } 列まで)。
exchange-old-excel = { $file } は古い形式(.xls)か、パスワード付きのExcelです。パスワードなしの .xlsx で保存し直してください。
exchange-damaged = { $file } は壊れていて読めません。元のファイルをもう一度受け取ってください。
exchange-json = { $file } の{ $row }行目{ $at }文字目: JSONとして読めません。途中で切れていないかご確認ください。
exchange-json-shape = { $file } は、連携先を並べたJSON([{"{"} … {"}"}, …])ではありません。
exchange-not-text = { $file } の{ $row }行目: UTF-8でもシフトJIS(CP932)でもない文字があります。CSV UTF-8で保存し直してください。
exchange-mixed-encodings = { $file } の{ $row }行目: 文字コードが途中で変わっています(UTF-8とシフトJISの混在)。どちらかに統一してください。
exchange-open-quote = { $file } の{ $row }行目: 引用符(")が閉じていません。途中で切れていないかご確認ください。
exchange-cut = { $file } の{ $row }行目: 列が{ $found }個で終わっています(見出しは{ $expected }個)。途中で切れたファイルのようです。
exchange-column-count = { $file } の{ $row }行目: 列が{ $found }個あります(見出しは{ $expected }個)。カンマの数をご確認ください。
exchange-cell-error = { $file } の{ $row }行目「{ $column }」: Excelのエラー { $sign } が入っています。値に直してください。
exchange-uncalculated = { $file } の{ $row }行目「{ $column }」: 式の結果が保存されていません。Excelで開いて上書き保存するか、値に直してください。
exchange-code-table = { $file } は市区町村などの番号の表で、連携先の一覧ではありません。取り込む必要はありません(市町村の読みは、はじめから入っています)。
exchange-other-kind = { $file } は { $kind } のファイルで、表ではありません。CSVかExcel(.xlsx)を受け取ってください。
exchange-binary = { $file } の{ $row }行目: 文字ではないデータが入っています。壊れているか、表ではないファイルです。CSV UTF-8で保存し直してください。
exchange-no-header = { $file } に見出しの行が見つかりません。「病院名」「電話」などの見出しがある行が必要です。
exchange-twice-the-same-column = { $file } の{ $row }行目: 見出し「{ $column }」が2つあります。違う名前にしてください。
exchange-no-rows = { $file } は見出しだけで、データの行がありません。
exchange-empty = { $file } は空です。
exchange-bad-postal = { $file } の{ $row }行目「{ $column }」: 郵便番号(7桁)ではないため、空欄にしました。
exchange-bad-ability = { $file } の{ $row }行目「{ $column }」: 可・不可・要相談・未確認の書き方が違うため、空欄にしました。
exchange-bad-day = { $file } の{ $row }行目「{ $column }」: 日付として読めないため、空欄にしました。
exchange-bad-code = { $file } の{ $row }行目「{ $column }」: 番号の桁数が違うため、空欄にしました。
exchange-rounded-code = { $file } の{ $row }行目「{ $column }」: 番号が表計算で丸められています(E+)。文字列として保存し直してください。空欄にしました。
exchange-bad-coordinate = { $file } の{ $row }行目「{ $column }」: 緯度・経度(度)ではないため、空欄にしました。
exchange-bad-phone = { $file } の{ $row }行目「{ $column }」: 電話番号ではないため、空欄にしました。
exchange-phone-is-id = { $file } の{ $row }行目「{ $column }」: 電話番号の列に番号(ID)が入っているため、空欄にしました。
exchange-id-is-phone = { $file } の{ $row }行目「{ $column }」: 番号(ID)の列に電話番号が入っているため、空欄にしました。
exchange-no-name = { $file } の{ $row }行目: 名称がないため、とばしました。
exchange-outside = { $file } の{ $row }行目: 見出しのない列の内容は読みません。
exchange-several = { $file } の{ $row }行目: 同じ名称の連携先が2つ以上あり決められないため、とばしました。住所か電話を入れてください。
exchange-same-name = { $file } の{ $row }行目: 同じ名称で住所の違う連携先がすでにあります。新しく加えますので、ご確認ください。
exchange-no-operator = { $file } の{ $row }行目「{ $column }」: この窓口に同じ名前の相談員が1人だけいるのではないため、空欄にしました。
exchange-two-names = { $file } の{ $row }行目: 同じ番号に別の名称があります。先の行の名称を使いました。
done-import-offices = 連携先の一覧を取り込み
exchange-why-desk = 窓口で直した内容を残しました
exchange-why-other-list = 別の一覧の内容を残しました
exchange-why-removed = 窓口で名簿から外しています
exchange-unmappable = { $table ->
    [none] {""}
   *[other] { $table }の{""}
 }{ $row }行目「{ $column }」: 文字 { $sign } はシフトJIS(CP932)にありません。
exchange-unmappable-all = シフトJIS(CP932)にない文字が{ $cells }か所あり、何も書いていません。UTF-8かExcelで書き出してください。「〜」「—」のように同じ形の字があるものだけなら、--similar を付けるとその字で書きます。
exchange-cell-too-long = { $table ->
    [none] {""}
   *[other] { $table }の{""}
 }{ $row }行目「{ $column }」が長すぎて、Excelに書けません(32,767文字まで)。CSVで書き出してください。
exchange-not-made = ファイルを作れませんでした({ $why })。
exchange-layout-madoguchi = この窓口の書き出し
exchange-layout-iryo-net = 医療情報ネット
exchange-layout-kaigo-open-data = 介護サービス情報公表
exchange-layout-kaigo-standard = 推奨データセット 介護サービス事業所一覧
exchange-layout-medical-standard = 推奨データセット 医療機関一覧
exchange-layout-hospital-list = 病院一覧
exchange-layout-json-offices = 連携先のJSON
exchange-layout-liaison = 連携室の一覧
exchange-read = { $file }: { $layout }として { $rows }行を読みました。
exchange-imported = 追加 { $added }件、変更 { $changed }件、変わらず { $unchanged }件、残した項目 { $kept }、要確認の行 { $skipped }。
exchange-would-import = 取り込むと、追加 { $added }件、変更 { $changed }件、変わらず { $unchanged }件、残す項目 { $kept }、要確認の行 { $skipped }。まだ何も変えていません。
exchange-change = { $name } { $field }: 「{ $from }」を「{ $to }」に
exchange-kept = { $name } { $field }: 「{ $from }」のまま(ファイルは「{ $to }」。{ $why })
exchange-nothing-found = 見つかりません。
exchange-search-unknown = ほかに、答えや診療日が未確認か読み取れない所が { $count }件あり、上の一覧に入れていません。「看取り 未確認」のように入れると、その所だけを出します。
exchange-nothing-changed = 名簿は何も変えていません。
exchange-several-ids = その番号で始まる連携先が2件以上あります。もう少し長く入れてください。
exchange-no-such-office = { $id } という番号の連携先はありません。madoguchi office list で確かめてください。
exchange-cp932-is-csv = --cp932 は .csv のときだけ使えます。
exchange-hsds-is-json = --hsds は .json のときだけ使えます。
exchange-unknown-ending = { $file } の形式がわかりません。名前の終わりを .csv、.xlsx、.json のどれかにしてください。
exchange-written = { $file } に { $count }件を書き出しました。
exchange-not-written = { $file } に書けません({ $why })。場所と空き容量をご確認ください。
exchange-unread = 読まなかった列: { $columns }
exchange-cases-not-ours = { $file } は madoguchi case export で書き出した JSON ではありません。取り込めるのはその形だけです。
exchange-cases-newer = { $file } は新しい版のプログラムで書き出されています（形式 { $version }）。プログラムを更新してください。
exchange-cases-value = { $file } の{ $case }件目の案件{ $contact ->
    [none] {""}
   *[other] 、経過{ $contact }
 }、項目「{ $field }」の値を読めません。書き出したときの形に戻してください。
exchange-cases-code = { $file } の{ $case }件目の案件{ $contact ->
    [none] {""}
   *[other] 、経過{ $contact }
 }、項目「{ $field }」に、この窓口の区分表にない番号があります。
exchange-cases-twice = { $file } の{ $case }件目の案件{ $contact ->
    [none] {""}
   *[other] 、経過{ $contact }
 }、項目「{ $field }」が、同じファイルの別の行と重なっています。
exchange-cases-taken = { $file } の{ $case }件目の案件{ $contact ->
    [none] {""}
   *[other] 、経過{ $contact }
 }、項目「{ $field }」は、この窓口の別の案件のものです。
exchange-cases-disposed = { $file } の{ $case }件目の案件{ $contact ->
    [none] {""}
   *[other] 、経過{ $contact }
 }（項目「{ $field }」）は、この窓口で廃棄したものです。廃棄した記録は取り込めません。ファイルからこの案件を除いてください。
exchange-cases-nothing-changed = 案件は何も変えていません。
exchange-cases-imported = 案件: 追加 { $added }件、変更 { $changed }件、変わらず { $unchanged }件。経過: 追加 { $contacts_added }件、変更 { $contacts_changed }件。
done-import-cases = 案件を取り込み
exchange-postal = 郵便番号の表を読みました（{ $rows } 町域）。{ $count } 件の住所に読みを付けます。
exchange-all-not-ours = { $file } は madoguchi export --all で書き出した表ではありません（最初の表 madoguchi がありません）。.xlsx か、CSV のフォルダーを指定してください。
exchange-all-newer = { $file } は新しい版のプログラムで書き出されています（形式 { $version }）。プログラムを更新してください。
exchange-all-missing = { $file } は { $expected }行あるはずが { $found }行しかありません。途中で切れていないかご確認ください。行をわざと消したときは、表 madoguchi の行数も直してください。
exchange-all-value = { $file } の{ $row }行目「{ $column }」: この欄の値として読めません。書き出したときの形に戻してください。
exchange-all-code = { $file } の{ $row }行目「{ $column }」: この窓口の区分表にもファイルにもない番号があります。
exchange-all-twice = { $file } の{ $row }行目「{ $column }」: 同じ番号が別の行にもあります。どちらかを消してください。
exchange-all-taken = { $file } の{ $row }行目「{ $column }」: この窓口の別の案件の番号です。
exchange-all-disposed = { $file } の{ $row }行目「{ $column }」: この窓口で廃棄した記録は取り込めません。ファイルからこの行を除いてください。
exchange-all-alone = { $file } の{ $row }行目「{ $column }」: もとの記録が、ファイルにもこの窓口にもありません。
exchange-all-formula = { $file } の{ $row }行目「{ $column }」: Excelのエラーが入っています。値に直してください。
exchange-all-cells = { $file } の{ $row }行目: 列の数が見出しと違うか、行の途中で終わっています。元のファイルをもう一度受け取ってください。
exchange-all-nothing-changed = 窓口の記録は何も変えていません。
exchange-all-imported = 追加 { $added }件、変更 { $changed }件、変わらず { $unchanged }件、違いがあり窓口の内容を残したもの { $kept }件。
exchange-all-would-import = 取り込むと、追加 { $added }件、変更 { $changed }件、変わらず { $unchanged }件、違いがあり窓口の内容を残すもの { $kept }件。まだ何も変えていません。
exchange-all-written = { $path } に { $count }件を表にして書き出しました。使い終わったら消してください。
exchange-all-left-out = 表に入らないもの:
exchange-all-left-disposals = - 廃棄の記録: この窓口の記入の番号に結び付いているため。控え（madoguchi backup と restore）が運びます。
exchange-all-left-history = - 変更の履歴と、見た記録: この窓口での証拠で、書きかえられない形でだけ意味があるため。控えが運びます。読むには export --all ファイル.jsonl か madoguchi audit。
exchange-all-left-secrets = - 合言葉・予備の鍵・6桁の番号: 読める形では書かないため。移った先で決め直してください。
exchange-all-left-folders = - 控えと紙のフォルダー: パソコンごとに違うため。移った先の「管理」で選んでください。
exchange-all-left-drafts = - 書きかけの受付票: まだ記録ではないため。先に保存してください。
exchange-all-left-files = - 窓口が作ったキー割り当てと用紙のひな形: 記録ではなくファイルのため。そのまま写してください。
exchange-all-csv-is-a-folder = --csv と --cp932 では、まだないか空のフォルダーを指定してください。
done-import-all = すべての記録を取り込み
exchange-kind-office = 連携先
exchange-kind-case = 案件
exchange-kind-contact = 経過
exchange-kind-person = 人
exchange-kind-policy = 統一対応方針
exchange-kind-meeting = 会議
exchange-kind-task = 次の対応
exchange-kind-inquiry = 主治医照会
exchange-kind-round = 確認の巡回
exchange-kind-survey = アンケート
exchange-kind-proposal = 変更届
exchange-kind-activity = 活動
exchange-kind-document = 書類
exchange-kind-codebook = 区分・定型文
exchange-kind-operator = 相談員
exchange-kind-desk = 窓口の設定
exchange-kind-usage = 入力の手数
exchange-column-id = ID
exchange-column-key = 項目のID
exchange-column-about = 名称・番号
