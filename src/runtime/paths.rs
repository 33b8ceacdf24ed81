//! Where things lie on this computer. Everything else is told its folder.

use std::path::{Path, PathBuf};

use etcetera::app_strategy::{AppStrategy, AppStrategyArgs, choose_native_strategy};

use crate::desk::record::Explain;
use crate::desk::say::Say;

/// The folders of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// The data: journal, store, drafts, log.
    pub data: PathBuf,
    /// The user's own settings: `keymap.toml`. Never written by the program.
    pub config: Option<PathBuf>,
}

/// The computer does not say where a person's files belong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no home folder")]
pub struct NoHome;

impl Explain for NoHome {
    fn say(&self) -> Say {
        Say::new("runtime-no-home")
    }
}

impl Paths {
    /// The folders for `--data DIR`, or the platform's own: `~/.local/share/madoguchi` (or `$XDG_DATA_HOME`),
    /// `~/Library/Application Support/madoguchi`, `%APPDATA%\madoguchi\data`.
    pub fn find(data: Option<&Path>) -> Result<Self, NoHome> {
        let strategy = choose_native_strategy(AppStrategyArgs {
            top_level_domain: String::new(),
            author: String::new(),
            app_name: "madoguchi".to_owned(),
        });
        match (data, strategy) {
            (Some(data), strategy) => {
                Ok(Self { data: absolute(data), config: strategy.ok().map(|folders| folders.config_dir()) })
            }
            (None, Ok(folders)) => Ok(Self { data: folders.data_dir(), config: Some(folders.config_dir()) }),
            (None, Err(_)) => Err(NoHome),
        }
    }

    /// The user's keymap, whether it is there or not.
    pub fn keymap(&self) -> Option<PathBuf> {
        self.config.as_deref().map(|folder| folder.join("keymap.toml"))
    }

    /// The log: identities and durations, never what was typed.
    pub fn log(&self) -> PathBuf {
        self.data.join("madoguchi.log")
    }
}

/// The same folder by its full name, which messages show and a later change of folder does not touch.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_named_folder_is_used_and_made_absolute() {
        let paths = Paths::find(Some(Path::new("窓口のデータ"))).unwrap();
        assert!(paths.data.is_absolute() && paths.data.ends_with("窓口のデータ"));
        assert!(paths.log().starts_with(&paths.data));
    }
}
