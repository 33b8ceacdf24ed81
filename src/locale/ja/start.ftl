# The first screen.
start-title = はじめに
start-welcome = 窓口へようこそ。ここにはまだ窓口がありません。どれかを選んでください。
start-folder = データの置き場所: { $folder }
start-1-demo = 1  試してみる（架空の市の、架空の相談で体験します）
start-2-desk = 2  窓口を始める（窓口の名前と、はじめの相談員を入れます）
start-3-language = 3  English
start-4-practice = 4  練習する（体験用の窓口で、はじめの電話を2分ほどで体験します）
start-desk = 窓口の名前と、はじめの相談員の名前、その人の合言葉を入れます。この人が管理者になります。
start-missing = この欄を入れてください。あとから変えられます。
start-waiting = 準備しています。
