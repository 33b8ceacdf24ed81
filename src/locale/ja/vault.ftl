# The keys of a sealed desk: why it stays closed, and why something about the keys was not done.
vault-wrong = 合言葉が違います。
vault-recovery-slip = 回復キーに打ち間違いがあります。4 文字ずつ、控えと見比べてください。
vault-code-needed = 認証アプリに出ている 6 けたの番号も入れてください。
vault-code-wrong = 番号が違うか、使用済みです。認証アプリの次の番号を入れてください。
vault-wait = 間違いが続いたため、あと { $seconds } 秒お待ちください。
vault-no-keys = 鍵のファイル（keys）が { $folder } にありません。バックアップから keys を戻してください。
vault-damaged = 鍵のファイル { $file } も控え（keys.copy）も壊れていて読めません。何も変えていません。バックアップから keys を戻してください。
vault-foreign = 鍵のファイル { $file } が、この窓口の人でない誰かに書き換えられています。開きませんでした。このパソコンを使わず、バックアップを別のパソコンで戻してください。
vault-older = 鍵のファイル { $file } が、前に使ったものより古い版に差し替えられています。新しい方に戻すか、バックアップを戻したのなら回復キーで開いてください。
vault-no-chance = 乱数かメモリーが足りず、鍵を作れませんでした。何も変えていません。ほかのプログラムを閉じて、もう一度お試しください。
vault-taken = この合言葉は使えません。別の合言葉にしてください。
vault-no-slot = この相談員には鍵がありません。
vault-has-slot = この相談員にはもう鍵があります。
vault-last-operator = 最後の相談員は外せません。先にほかの相談員を加えてください。
vault-locked = 窓口が閉じています。先に合言葉で開けてください。
