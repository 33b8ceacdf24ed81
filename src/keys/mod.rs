//! Key names, actions, keymap files, look-up, hints. Knows no terminal library.
