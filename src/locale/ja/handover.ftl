# 引継ぎ
handover-title = 引継ぎ
handover-drafts = 書きかけの受付票 { $count }件
handover-overdue = 期限超過 { $count }件
handover-today = 今日の約束・折返し { $count }件
handover-ask = 先方の返事をたずねる { $count }件
handover-done-today = 今日 { $day } にあったこと { $count }件
handover-done-before = 前回 { $day } にあったこと { $count }件
handover-taken = 新規受付
handover-closed = 終結
handover-contact = 経過
handover-changed = 変更
handover-nothing = 引き継ぐことはありません。
handover-left = 前の日から
