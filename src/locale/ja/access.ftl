# アクセス記録: 何をしたか。名前は desk/access.rs の表と同じです。
access-login = ログイン
access-login-failed = ログインできず
access-lock = ロック
access-unlock = ロック解除
access-unlock-failed = ロック解除できず
access-open = 案件を見た
access-search = 案件を検索
access-list = 一覧を見た
access-history = 履歴を見た
access-copy = 写し取り
access-print = 印刷
access-export = 書き出し
access-import = 取り込み
access-backup = バックアップ
access-restore = 復元
access-restore-drill = 復元の練習
access-settings = 設定・相談員・鍵の変更
access-log = アクセス記録を見た
access-review = 月の点検
access-clock = 時計のずれ

access-not-kept = アクセス記録をディスクに書けません。ディスクの空きとつながりを確かめてください。書けるようになりしだい、残りを書きます。
access-clock-back = パソコンの時計が { $minutes } 分ほど前に戻りました。時刻を確かめてください。アクセス記録に残しました。
access-clock-ahead = パソコンの時計が { $minutes } 分ほど進みました（休止していたときも出ます）。時刻を確かめてください。

# ほかの相談員の案件を見る理由。
access-reason-title = { $number } は { $name } さんの案件です。見る理由は
access-reason-cover = 担当者の代わりに対応する
access-reason-asked = 担当者に頼まれた
access-reason-caller = 本人・家族・関係者から問い合わせがあった
access-reason-meeting = 会議・回覧の準備
access-reason-check = 点検・指導
access-reason-own = ほかの理由を書く
access-reason-about = アクセス記録に残ります。
access-reason-empty = 理由を一言書いてください。
access-reason-wanted = ほかの相談員の案件です。{ $key } で開くと、見る理由を聞きます。
