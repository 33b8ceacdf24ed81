//! Command line in, exit code out.

use std::env;
use std::io;
use std::process::ExitCode;

use madoguchi::cli::{self, Surroundings};
use madoguchi::runtime::paths::Paths;

fn main() -> ExitCode {
    let around = Surroundings {
        variable: &|name| env::var(name).ok(),
        config: Paths::find(None).ok().and_then(|paths| paths.config),
        open_desk: &|_| 1,
        out: &mut io::stdout().lock(),
        err: &mut io::stderr().lock(),
    };
    ExitCode::from(cli::run(env::args_os(), around))
}
