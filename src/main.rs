//! Command line in, exit code out.

use std::env;
use std::io;
use std::process::ExitCode;

use madoguchi::cli::{self, Surroundings};
use madoguchi::runtime::paths::Paths;
use madoguchi::runtime::{Wishes, ask_unseen, open_desk, private, told};

fn main() -> ExitCode {
    private::keep_to_the_owner();
    let around = Surroundings {
        variable: &|name| env::var(name).ok(),
        config: Paths::find(None).ok().and_then(|paths| paths.config),
        open_desk: &|global| {
            open_desk(&Wishes {
                data: global.data.clone(),
                lang: global.lang,
                keymap: global.keymap.clone(),
                ascii: global.ascii,
                read_only: global.read_only,
                passphrase_file: global.passphrase_file.clone().or_else(|| {
                    env::var_os("MADOGUCHI_PASSPHRASE_FILE").filter(|name| !name.is_empty()).map(Into::into)
                }),
                demo: global.demo,
                practice: global.practice,
            })
        },
        ask: &ask_unseen,
        // Not locked: while the screen is open other threads may have to give the terminal back.
        out: &mut io::stdout(),
        err: &mut io::stderr(),
    };
    ExitCode::from(told(|| cli::run(env::args_os(), around)))
}
