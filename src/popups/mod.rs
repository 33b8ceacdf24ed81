//! One popup a file. Each returns what was chosen; none touches the app.
