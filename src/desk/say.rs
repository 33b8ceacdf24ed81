//! What is to be said to a person, before it is put into a language. Knows no sentence: `locale` does.

/// A sentence by its key in the locale files, with the values that go into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Say {
    /// The message's key, such as `queue-saved`.
    pub key: &'static str,
    /// Named values for the placeables of the message.
    pub args: Vec<(&'static str, String)>,
}

impl Say {
    /// A sentence without values.
    pub const fn new(key: &'static str) -> Self {
        Self { key, args: Vec::new() }
    }

    /// The same sentence with one more value.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, value.into()));
        self
    }
}
