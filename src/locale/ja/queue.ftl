# 案件: the queue and the case file.
queue-title = 案件
queue-counts = { $count }件  期限超過 { $late }
queue-order = 緊急度、期限、古い順
queue-count = { $count }件
queue-contacts = 経過 { $count }件
queue-marked = { $count }件を選択中
queue-arriving = 終結した案件を読み込み中
queue-reading = 読んでいます。

# Column heads.
queue-head-number = 番号
queue-head-status = 状態
queue-head-urgency = 急
queue-head-due = 期限
queue-head-caller = 相談者
queue-head-matter = 内容
queue-head-meeting = 会
queue-head-operator = 担当
queue-flag-sign = 旗

# What narrows the list.
queue-typing = 文字で絞る:
queue-text-any = 文字で絞る
queue-states-open = 未終結
queue-states-all = 全部の状態
queue-states-late = 期限超過
queue-operators-all = 担当 全員
queue-areas-all = 全圏域
queue-areas-none = 圏域なし
queue-flagged-any = 旗を問わず
queue-flagged-only = 旗のある案件
queue-asked-any = 照会を問わず
queue-asked-only = 照会の返事待ち
queue-clear = 絞込を解く
queue-filter-status = どの状態の案件を見ますか
queue-filter-operator = だれの案件を見ますか
queue-filter-area = どの圏域の案件を見ますか

# Where there is nothing to see.
queue-empty = まだ案件がありません。{ $key } で受付票を開き、保存するとここに並びます。
queue-empty-open = 終わっていない案件はありません。{ $call } で新しい受付、{ $key } で終結した案件も見られます。
queue-empty-narrowed = この絞り込みに当てはまる案件はありません。{ $key } で絞込を解きます。

# The look at a case.
queue-label-next = 次の対応
queue-label-meeting = 定例会
queue-label-office = 連携先
queue-given = (案内)
queue-referred = (紹介)
queue-label-person = 対象
queue-label-doctor = 主治医
queue-label-matter = 相談
queue-flagged = 旗あり
queue-anonymous = (匿名)
queue-age = { $age }歳
queue-told = (伝達: { $how })
queue-group-matter = 相談
queue-group-person = 対象者
queue-group-state = 状態と希望

# Titles of what is asked.
queue-set-status = 状態を変える: { $what }
queue-set-urgency = 緊急度を変える: { $what }
queue-set-operator = 担当を替える: { $what }
queue-due-title = 次の対応と期限: { $what }
queue-due-about = 例 +7  火  12/5 返事を確認  月末。- で期限なし
queue-flag-title = 定例会に挙げる: { $what }
queue-flag-about = 理由（なくてもかまいません）
queue-edit-title = 案件を直す: { $what }
queue-close-title = 終結: { $what }

# What is said at the foot.
queue-no-case = 案件が選ばれていません。
queue-same = 変わりはありません。
queue-not-closed = この案件は終結していません。
queue-already-closed = この案件は終結しています。
queue-close-one = 終結は1件ずつ行います。印を外してください。
queue-no-phone = この案件に電話番号がありません。
queue-unreadable = 読み取れない値があり、保存していません。
queue-paused = { $pauses }回 { $away }  通話 { $active }
