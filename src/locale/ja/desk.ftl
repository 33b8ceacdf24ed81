# What the rules of the desk say (src/desk), and the names of what was done (done-…).

# Due dates in lists: short.
desk-due-none = -
desk-due-over = 超過 { $days }日
desk-due-today = 今日
desk-due-tomorrow = 明日
desk-due-ahead = あと{ $days }日
desk-ask-over = 再確認 超過{ $days }日
desk-ask-today = 今日 再確認

# Why a case stands where it stands in the queue.
desk-why-over = { $urgency ->
    [urgent] 至急で、期限を{ $days }日過ぎています
    [soon] 急ぐ案件で、期限を{ $days }日過ぎています
    [planned] 予定の案件ですが、期限を{ $days }日過ぎています
   *[normal] 期限を{ $days }日過ぎています
 }
desk-why-today = { $urgency ->
    [urgent] 至急で、期限は今日です
    [soon] 急ぐ案件で、期限は今日です
    [planned] 予定の案件で、期限は今日です
   *[normal] 期限は今日です
 }
desk-why-ahead = { $urgency ->
    [urgent] 至急です。期限まであと{ $days }日です
    [soon] 急ぐ案件です。期限まであと{ $days }日です
    [planned] 予定の案件です。期限まであと{ $days }日です
   *[normal] 期限まであと{ $days }日です
 }
desk-why-no-due = { $urgency ->
    [urgent] 至急ですが、期限が決まっていません(受付から{ $days }日)
    [soon] 急ぐ案件ですが、期限が決まっていません(受付から{ $days }日)
    [planned] 予定の案件で、期限は決まっていません(受付から{ $days }日)
   *[normal] 期限が決まっていません(受付から{ $days }日)
 }
desk-why-ask-over = { $urgency ->
    [urgent] 至急で、先方への再確認の日を{ $days }日過ぎています
    [soon] 急ぐ案件で、先方への再確認の日を{ $days }日過ぎています
    [planned] 予定の案件で、先方への再確認の日を{ $days }日過ぎています
   *[normal] 先方への再確認の日を{ $days }日過ぎています
 }
desk-why-ask-today = { $urgency ->
    [urgent] 至急で、今日が先方への再確認の日です
    [soon] 急ぐ案件で、今日が先方への再確認の日です
    [planned] 予定の案件で、今日が先方への再確認の日です
   *[normal] 今日が先方への再確認の日です
 }
desk-why-ask-ahead = { $urgency ->
    [urgent] 至急ですが、先方の返事を待っています(再確認まであと{ $days }日)
    [soon] 急ぐ案件ですが、先方の返事を待っています(再確認まであと{ $days }日)
    [planned] 予定の案件で、先方の返事を待っています(再確認まであと{ $days }日)
   *[normal] 先方の返事を待っています(再確認まであと{ $days }日)
 }
desk-why-closed = 終結しています

# What a case lacks before it can be closed, and what to look at.
desk-missing-outcome = 転帰が未記入です
desk-missing-response = 対応区分がどの経過にもありません
desk-missing-doctor-notice = 主治医への伝達の要否が未定です
desk-missing-doctor-notice-on = 主治医に伝えた日が未記入です
desk-missing-doctor-notice-by = 主治医に伝えた方法が未記入です
desk-warn-no-caller-kind = 相談者区分がなく、集計に入りません
desk-warn-no-topic = 相談内容がなく、集計に入りません
desk-warn-no-scene = 場面が未記入です
desk-warn-doctor-unknown = 主治医の有無が未確認です
desk-warn-next-action = 次の対応が残っています
desk-warn-flagged = 定例会の旗が付いています(次第に残ります)

# What was done: said by the history, and by undo and redo.
setup-desk = 窓口を設定
done-save-call = 受付票を保存
done-add-contact = 経過を追加
done-edit-contact = 経過を修正
done-edit-case = 案件を修正
done-set-status = 状態を変更
done-set-next = 次の対応を設定
done-set-urgency = 緊急度を変更
done-set-operator = 担当を変更
done-close-case = 案件を終結
done-reopen-case = 案件を再開
done-flag = 定例会の旗を付けた
done-unflag = 定例会の旗を外した
done-open-meeting = 会議を作成
done-edit-meeting = 会議を修正
done-decide = 決定を記入
done-set-treatment = 議題の扱いを変更
done-reorder = 次第の順番を変更
done-hold-meeting = 会議を開催済みに
done-add-office = 連携先を追加
done-edit-office = 連携先を修正
done-verify-office = 連携先を確認
done-add-activity = 活動を加える
done-edit-activity = 活動を修正
done-set-visit = 活動の訪問先を記入
done-remove-activity = 活動を取り消す
done-begin-round = 確認の巡回を開始
done-answer-in-round = 確認の結果を記入
done-correct-in-round = 「変更あり」の結果を記入
done-note-in-round = 確認の巡回にメモ
done-close-round = 確認の巡回を終了
done-add-inquiry = 主治医照会を記録
done-answer-inquiry = 主治医照会の返事を記録
done-keep-district = 中学校区を記入
done-remove-district = 中学校区を削除
done-keep-pair = 主治医・副主治医を記入
done-remove-pair = 主治医・副主治医を削除
done-set-abilities = できることを記入
done-remove-office = 連携先を外した
done-restore-office = 連携先を戻した
done-add-staff = 担当者を追加
done-edit-staff = 担当者を修正
done-staff-left = 担当者の異動・退職を記入
done-add-operator = 相談員を追加
done-edit-operator = 相談員を修正
done-edit-desk = 窓口の設定を変更
done-edit-codes = 区分表を変更
done-keep-canned = 定型文を変更
done-remove-canned = 定型文を削除
done-derive-persons = これまでの記録から人の記録を作成
done-edit-person = 人の記録を変更
done-merge-persons = 同じ人を統合
done-write-policy = 統一対応方針を保存
done-end-policy = 統一対応方針を終了
done-hold-case = 廃棄を保留
done-release-case = 廃棄の保留を解除
done-propose-disposal = 廃棄を申し出た
done-withdraw-disposal = 廃棄の申し出を取り下げた
disposal-done = 廃棄を承認し、記録を消去
disposal-restored = 復元した控えに、廃棄を適用
done-number-edition = 版の番号を記録
done-make-edition = 一覧表の版を作成
done-give-edition = 配付先を記録
done-ungive-edition = 配付先の記録を取り消し
done-edition-back = 旧版の回収を記録
