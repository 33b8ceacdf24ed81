//! Where a term was found, best first. Knows no buffer.

/// Where the query was found: what a list may show beside the hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// Nothing was asked for: every record is a hit.
    All,
    /// In the name or the short name.
    Name,
    /// In the reading.
    Kana,
    /// In a phone number.
    Phone,
    /// In the address or its reading.
    Address,
    /// In other text: department, staff, notes.
    Note,
    /// The characters stand in the name in this order, but not together (徳中 → 徳山中央病院).
    Scattered,
}

/// The classes of the ranking, best first; the number is the rank.
pub(super) mod class {
    pub const EXACT_NAME: u8 = 0;
    pub const NAME_WORD: u8 = 1;
    pub const NAME_INSIDE: u8 = 2;
    pub const KANA_WORD: u8 = 3;
    pub const KANA_INSIDE: u8 = 4;
    pub const FLAT_KANA_WORD: u8 = 5;
    pub const FLAT_KANA_INSIDE: u8 = 6;
    pub const PHONE_END: u8 = 7;
    pub const PHONE: u8 = 8;
    pub const ADDRESS: u8 = 9;
    pub const FLAT_ADDRESS: u8 = 10;
    pub const NOTE: u8 = 11;
    pub const FLAT_NOTE: u8 = 12;
    /// How many there are.
    pub const COUNT: usize = 13;
}

/// Where a record stands for a query: the class of its worst word, and after its equals what only a tag has found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank(u8);

impl Rank {
    /// Nothing was asked for.
    pub const ALL: Self = Self(0);
    /// Not found.
    pub const NONE: Self = Self(u8::MAX);

    pub const fn of(class: u8) -> Self {
        Self(class * 2)
    }

    /// Found by a tag, as good as a word of this class.
    pub const fn tagged(class: u8) -> Self {
        Self(class * 2 + 1)
    }

    pub const fn class(self) -> u8 {
        self.0 / 2
    }

    /// Whether it is in a name or a reading.
    pub const fn is_of_name(self) -> bool {
        self.class() <= class::FLAT_KANA_INSIDE
    }

    /// The rank of a record that must have both.
    pub fn and(self, other: Self) -> Self {
        if self == Self::NONE || other == Self::NONE {
            return Self::NONE;
        }
        Self(self.class().max(other.class()) * 2 + ((self.0 | other.0) & 1))
    }

    /// Where the query was found.
    pub const fn why(self) -> Why {
        match self.class() {
            _ if self.0 == Self::tagged(class::EXACT_NAME).0 => Why::All,
            class::EXACT_NAME | class::NAME_WORD | class::NAME_INSIDE => Why::Name,
            class::KANA_WORD | class::KANA_INSIDE | class::FLAT_KANA_WORD | class::FLAT_KANA_INSIDE => Why::Kana,
            class::PHONE_END | class::PHONE => Why::Phone,
            class::ADDRESS | class::FLAT_ADDRESS => Why::Address,
            class::NOTE | class::FLAT_NOTE => Why::Note,
            _ => Why::All,
        }
    }
}

impl Why {
    /// The key of its label in the locale files.
    pub const fn label(self) -> &'static str {
        match self {
            Self::All => "search-why-all",
            Self::Name => "search-why-name",
            Self::Kana => "search-why-kana",
            Self::Phone => "search-why-phone",
            Self::Address => "search-why-address",
            Self::Note => "search-why-note",
            Self::Scattered => "search-why-scattered",
        }
    }
}
