# The demo.
demo-note = 体験用の窓口です。人・事業所・電話番号はすべて架空です
demo-note-short = 体験用(架空)
