//! Open drafts: one small sealed file each, replaced at once. Never part of the journal.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

use super::disk::{Disk, read_all, replace};
use super::error::Told;
use super::format::{hash, take};
use super::seal::Seal;
use crate::desk::id::Id;

const MAGIC: [u8; 8] = *b"\xf4MDDRF\r\n";
const VERSION: u32 = 2;
/// Drafts of before anything was sealed.
const VERSION_CLEAR: u32 = 1;
const HEAD: usize = 48;

/// A draft with its identity.
pub type Draft = (Id, Value);

/// The drafts' folder. Clones share it.
#[derive(Clone)]
pub struct Drafts {
    disk: Arc<dyn Disk>,
    seal: Arc<dyn Seal>,
    folder: PathBuf,
}

impl Drafts {
    /// The drafts in this folder, which is made when it is missing.
    pub fn open(disk: Arc<dyn Disk>, seal: Arc<dyn Seal>, folder: &Path) -> io::Result<Self> {
        disk.create_folder(folder)?;
        Ok(Self::at(disk, seal, folder))
    }

    /// The drafts in this folder, whether it is there or not.
    pub(super) fn at(disk: Arc<dyn Disk>, seal: Arc<dyn Seal>, folder: &Path) -> Self {
        Self { disk, seal, folder: folder.to_owned() }
    }

    /// How many drafts lie there, without reading them.
    pub fn count(&self) -> io::Result<usize> {
        Ok(self.disk.names(&self.folder)?.iter().filter_map(|name| name.strip_suffix(".draft")).count())
    }

    fn path(&self, id: Id) -> PathBuf {
        self.folder.join(format!("{id}.draft"))
    }

    /// Puts the draft on the disk; refused while the desk is locked. When this returns `Ok` it is there after a power cut; else the one before is.
    pub fn save(&self, id: Id, value: &Value) -> io::Result<()> {
        let plain = serde_json::to_vec(value)?;
        let sealed = self.seal.seal(id.bytes(), &plain).map_err(|_| io::ErrorKind::PermissionDenied)?;
        let mut bytes = MAGIC.to_vec();
        bytes.extend_from_slice(&VERSION.to_le_bytes());
        bytes.extend_from_slice(&[0; 4]);
        bytes.extend_from_slice(&hash(&sealed));
        bytes.extend_from_slice(&sealed);
        replace(&*self.disk, &self.path(id), &bytes)
    }

    /// Removes the draft; one that is not there is removed already.
    pub fn remove(&self, id: Id) -> io::Result<()> {
        match self.disk.remove(&self.path(id)) {
            Ok(()) => self.disk.sync_folder(&self.folder),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// All drafts by identity. One that does not read is set aside and told; it never hinders the others.
    pub fn list(&self) -> io::Result<(Vec<Draft>, Vec<Told>)> {
        // Without the key every draft would look broken.
        if !self.seal.is_open() {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        let mut names = self.disk.names(&self.folder)?;
        names.sort();
        let (mut drafts, mut told) = (Vec::new(), Vec::new());
        for name in names {
            let Some(stem) = name.strip_suffix(".draft") else { continue };
            let path = self.folder.join(&name);
            let id: Option<Id> = stem.parse().ok();
            // A file that the disk refuses to read is as good as one with wrong bytes.
            let bytes = read_all(&*self.disk, &path).ok().flatten().unwrap_or_default();
            match id.and_then(|id| Some((id, self.decode(id, &bytes, false)?))) {
                Some(draft) => drafts.push(draft),
                None => told.push(self.set_aside(&name)),
            }
        }
        Ok((drafts, told))
    }

    /// Seals every draft anew with the newest key.
    pub fn seal_again(&self) -> io::Result<()> {
        let (drafts, _) = self.list()?;
        drafts.iter().try_for_each(|(id, value)| self.save(*id, value))
    }

    /// Seals the drafts of a desk that was made before anything was sealed. May be called again after a power cut.
    pub fn seal_clear(&self) -> io::Result<()> {
        for name in self.disk.names(&self.folder)? {
            let Some(id) = name.strip_suffix(".draft").and_then(|stem| stem.parse::<Id>().ok()) else { continue };
            let bytes = read_all(&*self.disk, &self.folder.join(&name))?.unwrap_or_default();
            if let Some(value) = self.decode(id, &bytes, true) {
                self.save(id, &value)?;
            }
        }
        Ok(())
    }

    fn decode(&self, id: Id, bytes: &[u8], in_clear: bool) -> Option<Value> {
        let sealed = bytes.get(HEAD..)?;
        let version = u32::from_le_bytes(take(bytes, 8)?);
        let sound = take(bytes, 0)? == MAGIC && take(bytes, 16)? == hash(sealed);
        sound.then_some(())?;
        match version {
            VERSION => serde_json::from_slice(&self.seal.open(id.bytes(), sealed)?).ok(),
            VERSION_CLEAR if in_clear => serde_json::from_slice(sealed).ok(),
            _ => None,
        }
    }

    fn set_aside(&self, name: &str) -> Told {
        let taken = self.disk.names(&self.folder).unwrap_or_default();
        let free = (1..=u32::MAX).map(|n| format!("{name}.aside-{n}")).find(|new| !taken.contains(new));
        let file = free.unwrap_or_else(|| format!("{name}.aside"));
        // When even that fails it is told again at the next start.
        let _ = self.disk.rename(&self.folder.join(name), &self.folder.join(&file));
        Told::DraftAside { file }
    }
}

#[cfg(test)]
mod tests {
    use super::super::faulty::{FaultyDisk, Plan};
    use super::super::seal::Clear;
    use super::*;
    use serde_json::json;

    fn drafts(disk: &FaultyDisk) -> Drafts {
        Drafts::open(Arc::new(disk.clone()), Arc::new(Clear), Path::new("drafts")).unwrap()
    }

    fn id(n: u8) -> Id {
        Id::from_bytes([n; 16])
    }

    #[test]
    fn a_draft_is_there_after_a_power_cut_or_the_one_before_is() {
        let (old, new) = (json!({"complaint": "夜"}), json!({"complaint": "夜に眠れない", "phone": "0834-00-1234"}));
        let disk = FaultyDisk::new();
        drafts(&disk).save(id(1), &old).unwrap();
        let steps = {
            let disk = disk.after_cut(0);
            drafts(&disk).save(id(1), &new).unwrap();
            disk.operations()
        };
        for cut in 1..=steps + 1 {
            for seed in 0..8 {
                let disk = disk.after_cut(0);
                disk.plan(Plan { cut_at: Some(cut), ..Plan::default() });
                let drafts_then = Drafts { disk: Arc::new(disk.clone()), ..drafts(&FaultyDisk::new()) };
                let saved = drafts_then.save(id(1), &new).is_ok();
                let (list, told) = drafts(&disk.after_cut(seed)).list().unwrap();
                assert!(told.is_empty());
                assert_eq!(list.len(), 1);
                assert!(list[0].1 == new || (!saved && list[0].1 == old), "cut at {cut}, seed {seed}");
            }
        }
    }

    #[test]
    fn a_broken_draft_is_set_aside_and_the_others_are_there() {
        let disk = FaultyDisk::new();
        let drafts = drafts(&disk);
        for n in 1..=3 {
            drafts.save(id(n), &json!({"n": n})).unwrap();
        }
        let path = drafts.path(id(2));
        disk.tamper(&path, |bytes| bytes[50] ^= 1);
        let (list, told) = drafts.list().unwrap();
        assert_eq!(list, [(id(1), json!({"n": 1})), (id(3), json!({"n": 3}))]);
        assert_eq!(told.len(), 1);
        assert_eq!(drafts.list().unwrap().1, [], "told once");
        drafts.remove(id(1)).unwrap();
        drafts.remove(id(1)).unwrap();
        assert_eq!(drafts.list().unwrap().0.len(), 1);
    }
}
