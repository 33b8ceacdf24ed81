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
cli-no-chance = 乱数を得られません（{ $why }）。
cli-record-unreadable = 記録 { $record } を読めません。madoguchi verify で調べてください。

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
