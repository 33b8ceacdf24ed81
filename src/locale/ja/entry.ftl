# Entering a sealed desk: passphrases, the lock, the recovery key.
entry-weak-short = あと少し長くしてください（{ $least } 文字以上、または 2 つ目の確認を付けて 8 文字以上）。
entry-weak-name = 名前や窓口名に近いものは使えません。関係のない言葉を足してください。
entry-weak-digits = 日付や数字だけのものは使えません。言葉を足してください。
entry-weak-pattern = 同じ文字や、並び順どおりの文字が続いています。言葉を足してください。
entry-weak-common = まっ先に試される言葉です。ほかの言葉を足してください。
