//! The first broken link of the chain: where it is, how it is broken, and what is still known of the change that stood
//! there. Everything before it is as it was written.

use std::collections::HashMap;
use std::fmt::Write as _;

use chrono::{DateTime, FixedOffset};

use super::format::Hash;
use super::rebuild::lost_numbers;
use super::store::Scan;
use super::store::cell::{self, Cell};
use super::walk::{Place, Walked, segment_name};
use super::{Journal, ReadError};
use crate::desk::access::REVIEWS;
use crate::desk::access::review::SignOff;
use crate::desk::record::{Kind, RecordKey, Stamp};
use crate::desk::say::Say;

/// How a link is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// The change is gone, or its bytes do not read.
    Missing,
    /// The change reads, but is not the one that followed the change before it: something was put in, taken out or
    /// written anew.
    NotNext,
    /// Its text is not what was sealed.
    Altered,
    /// Its text was removed, and nobody agreed to that.
    Removed,
    /// It is not the change that was there when the month was signed off.
    NotAsSigned,
}

impl How {
    /// Its name, for other programs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::NotNext => "not-next",
            Self::Altered => "altered",
            Self::Removed => "removed",
            Self::NotAsSigned => "not-as-signed",
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Missing => "journal-link-missing",
            Self::NotNext => "journal-link-not-next",
            Self::Altered => "journal-link-altered",
            Self::Removed => "journal-link-removed",
            Self::NotAsSigned => "journal-link-not-as-signed",
        }
    }
}

/// The first link that is broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The number of the change.
    pub seq: u64,
    /// How.
    pub how: How,
    /// The segment's file; empty where it is not known any more.
    pub file: String,
    /// The first byte of it, or where it should be; none where it is not known any more.
    pub byte: Option<u64>,
    /// When it was made, as the store knows.
    pub at: Option<DateTime<FixedOffset>>,
    /// What it was about, as the store knows.
    pub record: Option<RecordKey>,
    /// Whether it was a look.
    pub look: bool,
}

impl Broken {
    /// The sentences: where and how, and what is known of it. A case's number or an operator's name is no part of it.
    pub fn says(&self) -> Vec<Say> {
        let place = Say { key: self.how.key(), args: Vec::new() }.with("seq", self.seq.to_string());
        let place = place.with("file", if self.file.is_empty() { "?" } else { &self.file });
        let known = match (self.record, self.look) {
            (Some(record), true) => Say::new("journal-link-look").with("record", record.to_string()),
            (Some(record), false) => Say::new("journal-link-change").with("record", record.to_string()),
            (None, _) => Say::new("journal-link-unknown"),
        };
        let at = self.at.map(|at| at.format("%Y-%m-%d %H:%M").to_string());
        vec![place, known.with("at", at.unwrap_or_else(|| "?".to_owned()))]
    }
}

/// A hash as sign-offs name it.
pub fn hex(hash: &Hash) -> String {
    hash.iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a text does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// What a walk met that may be the first broken link.
#[derive(Debug, Default)]
pub(super) struct Suspects {
    /// Numbers and places of changes whose text is not what was sealed.
    pub altered: Vec<(u64, Place)>,
    /// The same of texts that were removed without agreement.
    pub removed: Vec<(u64, Place)>,
    /// The same of heads that are not those of a sign-off.
    pub not_as_signed: Vec<(u64, Place)>,
}

impl Journal {
    /// The heads that sign-offs of months name, by their numbers.
    pub(super) fn signed_heads(&self) -> Result<HashMap<u64, String>, ReadError> {
        let signed = self.looks(REVIEWS, usize::MAX)?;
        Ok(signed.iter().filter_map(SignOff::of).map(|signed| (signed.seq, signed.head)).collect())
    }

    /// The first broken link; `None` when the chain is whole.
    pub(super) fn first_broken(&self, walked: &Walked, suspects: &Suspects) -> Result<Option<Broken>, ReadError> {
        let lost = lost_numbers(&walked.damage);
        let damaged = walked.damage.iter().map(|d| {
            let how = if lost.contains(&d.seq) { How::Missing } else { How::NotNext };
            (d.seq, how, Place { segment: d.segment, at: d.from })
        });
        let of = |found: &[(u64, Place)], how| found.iter().map(|(seq, place)| (*seq, how, *place)).collect::<Vec<_>>();
        let all = damaged
            .chain(of(&suspects.altered, How::Altered))
            .chain(of(&suspects.removed, How::Removed))
            .chain(of(&suspects.not_as_signed, How::NotAsSigned));
        let Some((seq, how, place)) = all.min_by_key(|(seq, ..)| *seq) else { return Ok(None) };
        let known = self.known_of(seq)?;
        let time = |stamp: Stamp| DateTime::from_timestamp_millis(i64::try_from(stamp.ms).ok()?);
        let zone = self.options.now.offset();
        let at = known.and_then(|(.., stamp)| time(stamp)).map(|at| at.with_timezone(zone));
        Ok(Some(Broken {
            seq,
            how,
            file: segment_name(place.segment),
            byte: Some(place.at),
            at,
            record: known.map(|(record, ..)| record),
            look: known.is_some_and(|(_, look, _)| look),
        }))
    }

    /// What the store knows of a change whose text does not read: the record, whether it was a look, and its stamp.
    fn known_of(&self, seq: u64) -> Result<Option<(RecordKey, bool, Stamp)>, ReadError> {
        for look in [false, true] {
            for kind in Kind::ALL {
                let prefix = if look { cell::looks_of(kind) } else { cell::changes_of(kind) };
                for pair in Scan::new(&*self.store, &prefix, false) {
                    let (at, bytes) = pair?;
                    let Some((record, _)) = cell::change_of(&at).filter(|(_, number)| *number == seq) else { continue };
                    let stamp = Cell::decode(&at, &bytes).and_then(|cell| Some(cell::decode_place(&cell.payload)?.1));
                    return Ok(stamp.map(|stamp| (record, look, stamp)));
                }
            }
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::tests::{at, case, edit, memory, operator, reopen};
    use super::super::walk::segment_name;
    use super::*;
    use crate::desk::access::review::sign_off;
    use crate::desk::record::{Batch, Edit};
    use crate::journal::format::{RECORD_HEAD, RECORD_MAGIC};

    /// Five changes; the third is a look.
    fn desk() -> (Journal, crate::journal::FaultyDisk, crate::journal::Options) {
        let (mut journal, disk, options) = memory();
        for n in 1..=5 {
            if n == 3 {
                let look = vec![Edit::new(case(1), json!({"reason": "確認"}))];
                journal.commit(Batch::new("access-open", operator(), look), at(n)).unwrap();
            } else {
                journal.commit(edit(n, json!({"n": n})), at(n)).unwrap();
            }
        }
        (journal, disk, options)
    }

    /// Where the record of this number begins in the first segment.
    fn begin(bytes: &[u8], seq: usize) -> usize {
        memchr::memmem::find_iter(bytes, &RECORD_MAGIC).nth(seq - 1).unwrap()
    }

    fn path(journal: &Journal) -> std::path::PathBuf {
        journal.log.folder().join(segment_name(1))
    }

    #[test]
    fn a_whole_chain_has_none() {
        let (journal, ..) = desk();
        assert_eq!(journal.verify().unwrap().broken, None);
    }

    #[test]
    fn the_first_of_several_is_named_with_what_is_known_of_it() {
        for (seq, look, record) in [(2, false, case(2)), (3, true, case(1))] {
            let (journal, disk, _) = desk();
            let path = path(&journal);
            assert!(disk.tamper(&path, |bytes| {
                for broken in [seq, 5] {
                    let body = begin(bytes, broken) + RECORD_HEAD + 12;
                    bytes[body] ^= 1;
                }
            }));
            let report = journal.verify().unwrap();
            let broken = report.broken.clone().unwrap();
            assert_eq!((broken.seq, broken.how, broken.look), (u64::try_from(seq).unwrap(), How::Missing, look));
            assert_eq!((broken.record, broken.file.as_str()), (Some(record), "00000001.seg"));
            assert!(broken.at.is_some() && broken.byte.is_some() && !report.is_sound());
            assert_eq!(broken.says().len(), 2);
        }
    }

    #[test]
    fn a_change_that_was_cut_out_is_missed_under_its_number() {
        let (journal, disk, options) = desk();
        let path = path(&journal);
        drop(journal);
        assert!(disk.tamper(&path, |bytes| {
            let (from, to) = (begin(bytes, 2), begin(bytes, 3));
            bytes.drain(from..to);
        }));
        let broken = reopen(&disk, &options).0.verify().unwrap().broken.unwrap();
        assert_eq!((broken.seq, broken.how, broken.record), (2, How::Missing, Some(case(2))));
    }

    #[test]
    fn a_chain_that_is_not_the_one_that_was_signed_off_is_told() {
        let (mut journal, ..) = desk();
        let (seq, hash) = journal.head();
        journal.commit(sign_off("2026-10".parse().unwrap(), operator(), seq, &hex(&hash)), at(6)).unwrap();
        assert_eq!(journal.verify().unwrap().broken, None);
        journal.commit(sign_off("2026-09".parse().unwrap(), operator(), 4, &"0".repeat(64)), at(7)).unwrap();
        let report = journal.verify().unwrap();
        assert_eq!(report.broken.as_ref().map(|broken| (broken.seq, broken.how)), Some((4, How::NotAsSigned)));
        assert!(!report.is_sound());
    }
}
