//! Folding of Japanese text, keys, ranking. Nothing else decides when two spellings are the same.
