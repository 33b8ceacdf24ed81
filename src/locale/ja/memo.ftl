# メモの記号 (@ # > ! * ;) と、そこに開く一覧.
memo-signs = @相談者 #内容 >連携先 !次の対応・期限 *定例会 ;定型文
memo-place = 打つと中かっこの言葉と入れ替わります。{ $next } 次のところ
memo-meeting = 定例会
memo-meeting-about = 次の定例会に出す
memo-list-caller = 相談者
memo-list-topic = 内容
memo-list-office = 連携先
memo-list-next = 次の対応・期限
memo-list-meeting = 定例会
memo-list-canned = 定型文
memo-list-keys = { $up } { $down } 選ぶ  { $enter } 入れる  { $close } 閉じる
memo-next-about = 期限と次の対応
memo-next-tomorrow = 明日
memo-next-week = 1週間後
memo-next-month-end = 月末
memo-next-month = 1か月後
