//! Who may read what lies on the disk, and whether the disk is in this computer at all. Knows no format.
//!
//! On Windows a person's own folders (`%APPDATA%` and what is made below it) carry that person's access list, which new
//! files inherit: there is nothing to set. A data folder elsewhere has the access list of the place it was put.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io;
use std::path::Path;

/// Folders of ours in a data folder; others that lie there are somebody else's business.
const OURS: [&str; 3] = ["journal", "drafts", "store-"];

/// Makes the folder and those above it that are missing, for the owner alone.
pub fn make_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Files that these options make are the owner's alone, whatever the mask of the process says.
pub fn for_the_owner(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

/// Closes a data folder, its files, and our folders in it to everybody but the owner; whether they are closed then: a
/// disk without owners (a FAT stick) has nothing to close.
pub fn close_to_others(data: &Path) -> bool {
    let mut closed = close(data, true);
    let Ok(entries) = fs::read_dir(data) else { return false };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let ours = name.to_str().is_some_and(|name| OURS.iter().any(|ours| name.starts_with(ours)));
        match entry.file_type() {
            Ok(kind) if kind.is_file() => closed &= close(&entry.path(), false),
            Ok(kind) if kind.is_dir() && ours => closed &= close_tree(&entry.path()),
            Ok(_) | Err(_) => {}
        }
    }
    closed
}

/// The same for one folder with all that is in it.
pub fn close_tree(folder: &Path) -> bool {
    let mut closed = close(folder, true);
    let Ok(entries) = fs::read_dir(folder) else { return closed };
    for entry in entries.flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => closed &= close_tree(&entry.path()),
            Ok(kind) if kind.is_file() => closed &= close(&entry.path(), false),
            Ok(_) | Err(_) => {}
        }
    }
    closed
}

/// Takes away what the group and others may do. A file that is gone meanwhile (sled's snapshots) is closed.
#[cfg(unix)]
fn close(path: &Path, _folder: bool) -> bool {
    use std::os::unix::fs::PermissionsExt;
    let open = || match fs::metadata(path) {
        Ok(found) => Some(found.permissions()).filter(|mode| mode.mode() & 0o077 != 0),
        Err(_) => None,
    };
    let Some(mut permissions) = open() else { return true };
    permissions.set_mode(permissions.mode() & 0o700);
    // Whether it helped is seen by looking again: some disks say yes and change nothing.
    let _ = fs::set_permissions(path, permissions);
    open().is_none()
}

#[cfg(windows)]
fn close(_: &Path, _: bool) -> bool {
    true
}

/// Whether the folder, or the nearest one above it that is there, lies on another computer.
pub fn is_remote(folder: &Path) -> bool {
    let full = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    full.ancestors().find(|path| path.exists()).is_some_and(on_another_computer)
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn on_another_computer(path: &Path) -> bool {
    rustix::fs::statfs(path).is_ok_and(|found| is_network(i128::from(found.f_type)))
}

/// NFS, SMB in its three numbers, NetWare, Coda, AFS, Ceph (statfs(2), `linux/magic.h`).
#[cfg(any(target_os = "linux", target_os = "android"))]
fn is_network(kind: i128) -> bool {
    // Some computers give the number with its sign.
    [0x6969, 0x517b, 0xfe53_4d42, 0xff53_4d42, 0x564c, 0x7375_7245, 0x5346_414f, 0x00c3_6400]
        .contains(&(kind & 0xffff_ffff))
}

/// `MNT_LOCAL` is missing from the flags of a disk that another computer lends.
#[cfg(target_os = "macos")]
fn on_another_computer(path: &Path) -> bool {
    rustix::fs::statfs(path).is_ok_and(|found| found.f_flags & 0x1000 == 0)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_os = "macos", windows)))]
fn on_another_computer(_: &Path) -> bool {
    false
}

/// The full name of a folder on a share begins with the other computer's name, behind a drive letter too.
#[cfg(windows)]
fn on_another_computer(path: &Path) -> bool {
    use std::path::{Component, Prefix};
    let full = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let Some(Component::Prefix(prefix)) = full.components().next() else { return false };
    matches!(prefix.kind(), Prefix::UNC(..) | Prefix::VerbatimUNC(..))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn disks_of_other_computers_are_told_from_those_in_this_one() {
        // NFS, SMB 1 to 3 as they come signed and unsigned; ext4, btrfs, tmpfs, vfat, overlay.
        for kind in [0x6969, 0x517b, 0xff53_4d42, 0xfe53_4d42, -0x00ac_b2be, -0x01ac_b2be] {
            assert!(is_network(kind), "{kind:x}");
        }
        for kind in [0xef53, 0x9123_683e, 0x0102_1994, 0x4d44, 0x794c_7630, 0] {
            assert!(!is_network(kind), "{kind:x}");
        }
        let folder = tempfile::tempdir().unwrap();
        assert!(!is_remote(&folder.path().join("not").join("there")));
    }

    #[cfg(unix)]
    #[test]
    fn a_data_folder_is_closed_and_what_is_not_ours_is_left() {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let outer = tempfile::tempdir().unwrap();
        let data = outer.path().join("data");
        for folder in ["journal", "store-1/blobs", "theirs"] {
            fs::create_dir_all(data.join(folder)).unwrap();
            fs::set_permissions(data.join(folder), fs::Permissions::from_mode(0o755)).unwrap();
        }
        for file in ["desk", "journal/00000001.seg", "store-1/blobs/1", "theirs/photo"] {
            fs::write(data.join(file), b"x").unwrap();
            fs::set_permissions(data.join(file), fs::Permissions::from_mode(0o664)).unwrap();
        }
        std::os::unix::fs::symlink(data.join("theirs/photo"), data.join("link")).unwrap();
        assert!(close_to_others(&data));
        for (path, wanted) in [
            ("", 0o700),
            ("desk", 0o600),
            ("journal", 0o700),
            ("journal/00000001.seg", 0o600),
            ("store-1/blobs", 0o700),
            ("store-1/blobs/1", 0o600),
            ("theirs", 0o755),
            ("theirs/photo", 0o664),
        ] {
            assert_eq!(mode(&data.join(path)), wanted, "{path}");
        }
        // What is made from now on is closed from the first moment.
        make_folder(&data.join("drafts/deeper")).unwrap();
        assert_eq!((mode(&data.join("drafts")), mode(&data.join("drafts/deeper"))), (0o700, 0o700));
        for_the_owner(OpenOptions::new().write(true).create(true)).open(data.join("keys")).unwrap();
        assert_eq!(mode(&data.join("keys")), 0o600);
    }
}
