# Entering a sealed desk: passphrases, the lock, the recovery key.
entry-weak-short = A little longer, please: at least { $least } characters, or 8 with a second factor.
entry-weak-name = Too close to a name or to the desk's name. Add words that have nothing to do with it.
entry-weak-digits = A date, or digits only, will not do. Add words.
entry-weak-pattern = The same characters, or characters in their usual order. Add words.
entry-weak-common = This is one of the first that anybody tries. Add other words.
