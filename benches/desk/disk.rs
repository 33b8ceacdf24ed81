//! The real disk, observed: it remembers the last write, and syncs only where that is measured.

use std::any::Any;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex};

use madoguchi::journal::{Disk, DiskFile, RealDisk};

/// The disk. Clones share it.
#[derive(Clone, Default)]
pub struct Observed {
    last: Arc<Mutex<Vec<u8>>>,
    lazy: bool,
}

struct ObservedFile(Box<dyn DiskFile>, Observed);

impl Observed {
    /// A disk whose syncs do nothing: for making a desk of very many saves.
    pub fn lazy() -> Self {
        Self { lazy: true, ..Self::default() }
    }

    /// What was written last.
    pub fn last(&self) -> Vec<u8> {
        self.last.lock().expect("nobody else").clone()
    }
}

impl Disk for Observed {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        RealDisk.create_folder(path)
    }
    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        RealDisk.names(folder)
    }
    fn open(&self, path: &Path, create: bool) -> io::Result<Box<dyn DiskFile>> {
        Ok(Box::new(ObservedFile(RealDisk.open(path, create)?, self.clone())))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        RealDisk.rename(from, to)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        RealDisk.remove(path)
    }
    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        RealDisk.remove_folder(path)
    }
    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        RealDisk.sync_folder(path)
    }
    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn Any + Send>>> {
        RealDisk.lock(path)
    }
}

impl DiskFile for ObservedFile {
    fn size(&self) -> io::Result<u64> {
        self.0.size()
    }
    fn read_at(&self, at: u64, into: &mut [u8]) -> io::Result<usize> {
        self.0.read_at(at, into)
    }
    fn write_at(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        *self.1.last.lock().expect("nobody else") = bytes.to_vec();
        self.0.write_at(at, bytes)
    }
    fn sync(&mut self) -> io::Result<()> {
        if self.1.lazy { Ok(()) } else { self.0.sync() }
    }
}
