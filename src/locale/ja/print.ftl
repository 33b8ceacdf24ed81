# 紙に出すもの: 用紙、送り先の確認、開けないとき
print-template-syntax = 様式 { $file } の { $line } 行目が、様式として読めません（{ $near }）。直すか、ファイルを別の名前にすると標準の様式で作ります。
print-template-unknown = 様式 { $file } の { $line } 行目に、この用紙にない名前があります（{ $near }）。名前を直してください。
print-template-other = 様式 { $file } の { $line } 行目ができません（{ $near }）。外のファイルは使えません。
print-template-unreadable = 様式 { $file } を読めません（{ $why }）。ファイルを直すか、別の場所に移してください。
print-not-written = 用紙を書き出せません（{ $why }）: { $file }
print-not-opened = ブラウザーで開けませんでした。用紙はここにあります（終了すると消えます）: { $file }
print-opened = 用紙をブラウザーで開きました。印刷はブラウザーからしてください。
print-no-pdf-browser = PDF を作るには Chromium、Chrome、Edge のどれかが要ります。入っていないので、--pdf を付けずに HTML を書き出し、ブラウザーから印刷してください。
print-pdf-failed = { $browser } で PDF を作れませんでした。--pdf を付けずに HTML を書き出し、ブラウザーから印刷してください。
print-pdf-hung = { $browser } が { $seconds } 秒たっても PDF を作り終えないので、止めました。もう一度ためすか、--pdf を付けずに HTML を書き出し、ブラウザーから印刷してください。
print-pdf-begun = PDF を作っています。
print-not-begun = PDF を作り始められません（{ $why }）。
print-kept = 書き出しました: { $file }
print-no-folder = 書き出し先のフォルダーが決まっていません。管理の「設定」で「印刷・書き出し先」を決めてください。
print-folder-gone = 書き出し先のフォルダーがありません: { $folder }。管理の「設定」で「印刷・書き出し先」を確かめてください。
print-fax-pdf = 番号を確かめた。PDF にして書き出し先に置く
print-no-fax = { $office } にはFAX番号が登録されていません。連携先の画面（{ $id }）で番号を確かめて登録してください。
print-no-open-case = この案件は終結しています。送付書は進行中の案件から作ります。
print-fax-title = 主治医連絡FAX送付書
print-fax-to = 送り先
print-fax-doctor = { $doctor } 先生
print-fax-number = F A X
print-fax-none = FAX番号が登録されていません。連携先の画面で登録するか、ほかの送り先を選んでください。
print-fax-check = 番号を、名刺や控えと照らして確かめてください。
print-fax-about = 対象の方
print-fax-initials = { $initials }（イニシャル）
print-fax-by-hand = イニシャルは手書き（読みが分かりません）
print-fax-full = { $name }（氏名をそのまま載せます）
print-fax-two = 文字が多いため、2枚になります（1 / 2枚、2 / 2枚と入り、返信欄は2枚目です）。
print-fax-too-long = { $field ->
    [office] 送り先の名称
    [department] 送り先の部署
    [doctor] 医師の氏名
    [fax] 送り先のFAX番号
    [phone] 送り先の電話
    [desk] 窓口の名称や番号
    [founder] 窓口の設置主体
    [operator] 相談員の氏名
    [name] 対象の方の氏名
    [area] 圏域
    [topics] 相談内容
   *[other] 受付番号など
} が { $count } 字あり、送付書の2枚に収まりません。あと { $over } 字ほど短くしてください。
print-fax-make = 番号を確かめた。用紙を作る
print-fax-show-name = 氏名をそのまま載せる
print-fax-hide-name = イニシャルに戻す
print-fax-other = 送り先を選び直す
print-offices-title = 送付書の送り先
print-offices-about = 名称、よみ、市町などで探せます
print-offices-none = 当てはまる連携先はありません
