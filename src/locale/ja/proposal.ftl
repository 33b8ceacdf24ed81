# 変更届: the sheet, its page and its commands.
proposal-sheet-title = 変更届
proposal-sheet-lead = いつもお世話になっております。当窓口の連携先名簿に載せている内容です。変わったところだけ、右の白い欄「変更後」にご記入ください。消すときは「なし」とご記入ください。変わりがなければ「変更なし」の欄で○を選び、このままお返しください。
proposal-sheet-whose = { $name } 様　({ $day } 現在)
proposal-sheet-back = ご返送・お問い合わせ先: { $desk }
proposal-sheet-unchanged = 変更なし
proposal-sheet-who = ご記入者
proposal-sheet-when = 記入日
proposal-sheet-item = 項目
proposal-sheet-now = 今の内容
proposal-sheet-after = 変更後
proposal-sheet-people = ご担当者: 変わったところは上から書き直してください。退職・異動の方は右端で「退職」を選び、新しい方は空いた行にご記入ください(行は増やせます)。
proposal-sheet-left = 退職
proposal-sheet-hint-phone = 例: 0834-00-1234 内線 12
proposal-sheet-hint-day = 例: R8.12.6 または 2026/12/6
proposal-file = 変更届
proposal-source = 変更届

proposal-no-sheet = { $file }: 変更届の用紙が見つかりません。「項目・今の内容・変更後」の表がある Excel ファイル(.xlsx)を選んでください。何も変えていません。
proposal-expected-phone = { $file } [{ $sheet }] { $cell }: 電話番号になっていません。「0834-00-1234」のように書きます。
proposal-expected-postal = { $file } [{ $sheet }] { $cell }: 郵便番号になっていません。数字 7 桁で書きます。
proposal-expected-email = { $file } [{ $sheet }] { $cell }: メールアドレスになっていません。
proposal-expected-day = { $file } [{ $sheet }] { $cell }: 日付になっていません。「R8.12.6」「2026/12/6」のように書きます。
proposal-expected-answer = { $file } [{ $sheet }] { $cell }: 「可」「不可」「要相談」のどれでもありません。
proposal-expected-name = { $file } [{ $sheet }] { $cell }: 名前が空です。

done-read-proposals = 変更届を読み込み
done-accept-changes = 変更届を反映
done-refuse-changes = 変更届を却下
done-edit-change = 変更届の値を直す
done-name-proposal = 変更届の連携先を決める

proposal-busy = 用紙を処理しています。
proposal-written = { $folder } に { $count } 件の用紙を作りました。
proposal-read = 変更届を { $new } 件読み込みました(変更なし { $nothing } 件、読み込み済み { $known } 件)。
proposal-more = ほかに { $count } 件あります。

proposal-none = 待っている変更届はありません。
proposal-unsure = 連携先を確かめてください
proposal-all-holds = 変更なし(すべて今のとおり)
proposal-mark-unread = 読めません
proposal-mark-conflict = 名簿が先に変わっています
proposal-no-such = { $id } という変更届はありません。madoguchi proposal list の左端の番号を使ってください。
proposal-no-such-item = { $item } という待っている項目はありません。何も変えていません。
proposal-say-whose = 「{ $name }」の変更届がどの連携先のものか分かりません。--office で連携先を指定してください。
proposal-nothing-to-accept = 反映できる項目がありません。読めない項目は値を直すか、却下してください。
proposal-accepted = { $count } 項目を名簿に反映しました。
proposal-refused = { $count } 項目を却下しました。
proposal-left = 名簿が先に変わっている項目と読めない項目を、{ $count } 項目残しました。項目名を付けると1つずつ反映できます。
