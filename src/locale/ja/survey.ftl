# アンケート: the sheets, the page and the commands.
survey-sheet-title = アンケート
survey-sheet-whose = { $name } 様
survey-sheet-cover = いつもお世話になっております。地域の皆さまからのご相談に正しくお答えするため、下の表の「回答」の欄をご記入のうえ、ご返送ください。分からないところは空欄のままで結構です。
survey-sheet-due = ご回答期限: { $day }
survey-sheet-number = 番号
survey-sheet-question = 質問
survey-sheet-answer = 回答
survey-sheet-list-lead = { $name }　ご返送・お問い合わせ先: { $desk }
survey-file = アンケート
survey-file-list = アンケート_一覧
survey-file-report = アンケート_結果
survey-source = アンケート { $name }

survey-no-sheet = { $file }: この窓口のアンケートの用紙が見つかりません。送った Excel ファイル(.xlsx)が返ってきたものを選んでください。何も変えていません。
survey-not-answer = { $file } [{ $sheet }] { $cell }: 選べる回答のどれでもないので、未確認のままにしました。
survey-whose = { $file } [{ $sheet }] { $cell }: どの連携先の回答か分かりません。名称と電話を確かめて、用紙を作り直すか手で入れてください。
survey-other = { $file } [{ $sheet }] { $cell }: この窓口で作ったアンケートではありません。
survey-older = { $file } [{ $sheet }] { $cell }: 同じ連携先の新しい回答がもうあるので、取り込みませんでした。
survey-newer = { $name }: 名簿の方が新しい{ $count }項目は、そのままにしました。

survey-all = 全体
survey-no-answer = 無回答
survey-column-by = 区分
survey-column-group = 内訳
survey-column-asked = 依頼
survey-column-answered = 回答
survey-column-rate = 回収率
survey-column-count = 件数
survey-column-percent = 割合
survey-report-rates = 回収率
survey-report-results = 結果
survey-report-missing = 未回答

done-make-survey = アンケートを作成
done-read-survey = アンケートの回答を取り込み

survey-read = アンケートの回答を { $count } 件取り込みました(取り込み済み { $known } 件)。名簿の { $abilities } 項目が新しくなりました。

survey-none = アンケートはまだありません。
survey-no-such = { $id } というアンケートはありません。madoguchi survey list で確かめてください。
survey-no-such-code = { $code } は区分表 { $list } にありません。
survey-nobody = あてはまる連携先がありません。種別や圏域を確かめてください。
survey-needs = アンケートには、名前と、1つ以上の質問が要ります。

survey-page = アンケート
survey-empty = アンケートはまだありません。
survey-about = 名簿から連携先を選び、できることと独自の質問をたずねる用紙(Excel)を作ります。返ってきた回答は、出どころと日付を付けて名簿の「できること」に入ります。
survey-head = { $view }　作成 { $made }　期限 { $due }
survey-by-kind = 種別ごと
survey-by-area = 圏域ごと
survey-not-known = 未設定
survey-add-title = アンケートを作る
survey-add-about = 質問は1行に1つ。選んでもらうときは「質問|答え|答え」と書きます。種別と圏域が空ならすべての連携先です。フォルダーが空なら用紙は作りません。
survey-same-name = 同じ名前のアンケートがあります。
survey-read-title = 返ってきたアンケートを読み込む
survey-no-phone = 電話番号がありません。
field-survey-name = 名前
field-survey-due = 期限
field-survey-kinds = 種別
field-survey-areas = 圏域
field-survey-accepting = 今の受入
field-survey-abilities = できること
field-survey-questions = 独自の質問
field-survey-cover = はじめの文
field-survey-folder = フォルダー
survey-all-answered = すべての連携先から回答がありました。
survey-no-such-form = 書き出せる形は .csv .xlsx .html .pdf です。ファイルの名前の終わりを変えてください。
