//! Where temporary pages lie, so that the browser that reads them can see them. A browser from snap has a `/tmp` of its
//! own, and sees nothing hidden in a person's folder: for it pages lie in the person's folder itself, readable for its
//! owner alone, as short as elsewhere.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Scripts that start a browser are no longer than this, in bytes.
const SCRIPT: u64 = 1 << 14;

/// What a cut off program left is removed when it is older than this: no browser works so long on a page.
const LEFT: Duration = Duration::from_secs(60 * 60);

/// Whether the browser is one from snap: there itself, a link to it, or a script that starts one, as Ubuntu has.
pub fn in_a_box(browser: &Path) -> bool {
    let real = fs::canonicalize(browser).unwrap_or_else(|_| browser.to_owned());
    let is = |path: &Path| path.starts_with("/snap") || path.file_name().is_some_and(|name| name == "snap");
    let script = || {
        let small = fs::metadata(&real).is_ok_and(|about| about.is_file() && about.len() <= SCRIPT);
        small && fs::read_to_string(&real).is_ok_and(|text| text.starts_with("#!") && text.contains("/snap/bin/"))
    };
    is(browser) || is(&real) || script()
}

/// The folder for temporary pages of a browser; `home` is the person's folder.
pub fn folder(boxed: bool, home: Option<String>) -> PathBuf {
    let home = home.map(PathBuf::from).filter(|home| boxed && home.is_absolute() && home.is_dir());
    home.unwrap_or_else(std::env::temp_dir)
}

/// Removes the folders that a program which was cut off left here: their names begin with `name`.
pub fn sweep(folder: &Path, name: &str) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let ours = entry.file_name().to_string_lossy().starts_with(name);
        let old = || entry.metadata().and_then(|about| about.modified()).ok().and_then(|at| at.elapsed().ok());
        if ours && old().is_some_and(|age| age > LEFT) {
            // Another person's stay, for they cannot be removed.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_of_snap_is_known_by_its_place_by_a_link_and_by_a_script() {
        let bin = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| {
            let path = bin.path().join(name);
            fs::write(&path, text).unwrap();
            path
        };
        for (browser, boxed) in [
            (PathBuf::from("/snap/bin/chromium"), true),
            (file("chromium-browser", "#!/bin/sh\nexec /snap/bin/chromium \"$@\"\n"), true),
            (file("chromium", "#!/bin/sh\nexec /usr/lib/chromium/chromium \"$@\"\n"), false),
            (file("note", "see /snap/bin/"), false),
            (PathBuf::from("/no/such/browser"), false),
        ] {
            assert_eq!(in_a_box(&browser), boxed, "{}", browser.display());
        }
        #[cfg(unix)]
        {
            let (snap, link) = (file("snap", "\x7fELF"), bin.path().join("firefox"));
            std::os::unix::fs::symlink(snap, &link).unwrap();
            assert!(in_a_box(&link));
        }
    }

    #[test]
    fn only_a_boxed_browser_has_its_pages_in_the_persons_folder() {
        let home = tempfile::tempdir().unwrap();
        let own = || Some(home.path().display().to_string());
        assert_eq!(folder(true, own()), home.path());
        for (boxed, home) in [(false, own()), (true, None), (true, Some("x".into())), (true, Some("/no/such".into()))] {
            assert_eq!(folder(boxed, home.clone()), std::env::temp_dir(), "{boxed} {home:?}");
        }
    }

    #[test]
    fn what_was_left_an_hour_ago_is_swept_and_what_is_at_work_and_others_stay() {
        let place = tempfile::tempdir().unwrap();
        let old = std::time::SystemTime::UNIX_EPOCH;
        for (name, aged) in [("madoguchi-pdf-1", true), ("madoguchi-pdf-2", false), ("paper", true)] {
            fs::create_dir(place.path().join(name)).unwrap();
            if aged {
                fs::File::open(place.path().join(name)).unwrap().set_modified(old).unwrap();
            }
        }
        sweep(place.path(), "madoguchi-pdf-");
        sweep(Path::new("/no/such"), "madoguchi-pdf-");
        let mut left: Vec<_> = fs::read_dir(place.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["madoguchi-pdf-2", "paper"]);
    }
}
