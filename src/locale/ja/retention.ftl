# 保存期間と廃棄

# なぜまだ廃棄しないのか。
retention-kept-open = { $number } は終結していません。
retention-kept-no-day = { $number } は終結日が分からないため、保存期間を数えられません。終結日を記入してください。
retention-kept-until = { $number } の保存期間は、{ $day }の前日までです。
retention-kept-held = { $number } は廃棄が保留されています。
retention-kept-meeting = { $number } はこれからの会議に挙がっています。
retention-kept-named = { $number } は、終結していない { $by } に書かれています。
retention-kept-call = { $number } についての受付票が開いています。保存するか取りやめてからにしてください。
retention-kept-gone = この案件はもうありません。

# だれが承認できるか。
retention-no-proposal = その廃棄の申し出はありません。取り下げられたのかもしれません。
retention-done-already = この廃棄はもう済んでいます。
retention-supervisors-only = 廃棄を承認できるのは管理者だけです。
retention-own-proposal = 自分で申し出た廃棄は承認できません。別の管理者が承認してください。
retention-second-needed = 廃棄には、申し出た人とは別の管理者の承認が要ります。いまはほかに管理者がいません。相談員を加え、権限を管理者にしてください。
retention-viewer = 閲覧のみの人は、廃棄の申し出や保留はできません。

# 廃棄のときに伝えること。
retention-goes-on = 廃棄は承認されました。記録の消去は、次に開いたときに続けます。
retention-removed = 廃棄した案件の記録を消し終えました。
retention-draft-stays = 済んだ受付票の下書きを1つ消せませんでした。次に開いたときに消します。
retention-list-waits = 控えのフォルダー { $folder } に、廃棄の一覧をまだ置けません。USB メモリーや共有フォルダーをつなげば、次の控えのときに置きます。それまで、古い控えを復元すると廃棄した記録が戻ります。
retention-read-note = { $day }の会議の議事メモは残っています。廃棄した案件のことが書かれていないか、確かめてください。
retention-proposed-already = { $number } はもう廃棄が申し出られています。
retention-count-differs = この申し出の案件は { $count }件です（入力は { $typed }）。数を確かめて、もう一度入れてください。何も変わっていません。
retention-no-reason = 保留の理由を書いてください。
retention-log-empty = 廃棄はまだありません。

# 開いたときに伝えること。
retention-not-settled = 廃棄の後始末ができませんでした。次に開いたときにやり直します。
retention-list-damaged = 廃棄の一覧（disposals）が壊れていたため、記録から作り直しました。廃棄した記録は戻っていません。
retention-resumed = 承認済みの廃棄が途中だったため、記録の消去を続けます。
retention-restored = 復元した控えより後の廃棄 { $count }件を、この窓口にも適用しました。

# 管理の画面のページ。
retention-title = 保存期間
retention-head-state = 区分
retention-head-number = 受付番号
retention-head-closed = 終結日
retention-head-since = 廃棄できる日
retention-head-what = 内容
retention-state-due = 期間満了
retention-state-held = 保留
retention-state-proposed = 承認待ち
retention-state-done = 廃棄済み
retention-count = { $count }件
retention-page-about = 保存期間は、終結した年度のあと { $years }年度です。廃棄は1人が申し出て、別の管理者が承認します。承認すると、案件と経過の文字は元に戻せません。
retention-page-empty = 保存期間（終結した年度のあと { $years }年度）を過ぎた案件はありません。
retention-told-proposed = { $proposed }に { $proposer } が申し出。
retention-told-done = { $proposed }に { $proposer } が申し出、{ $approved }に { $approver } が承認。
retention-told-again = { $restored }に、復元した控えに適用。
retention-register = 受付番号: { $numbers }
retention-nothing-due = 案件を選んでください。
retention-choose-proposal = 承認待ちの行を選んでください。
retention-approve = 案件 { $count }件を廃棄する
retention-approve-about = 元に戻せません。廃棄する案件の数を数字で入れてください。
retention-hold = 案件 { $count }件の廃棄を保留
retention-hold-about = 保留の理由（開示請求、係争など）
retention-release = 案件 { $count }件の保留を解きますか。
