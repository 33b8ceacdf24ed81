//! `madoguchi completions SHELL`: what the shell needs to complete our command line.

use clap_complete::{Shell, generate};

use super::{Cx, Failure, help};

/// What the subcommand takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shell.
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// Prints the shell's completion script.
pub fn run(args: &Args, cx: &mut Cx<'_>) -> Result<(), Failure> {
    // Into memory first: the generator panics where its output is gone.
    let mut script = Vec::new();
    generate(args.shell, &mut help::command(cx.locale), "madoguchi", &mut script);
    Ok(cx.out.write_all(&script)?)
}
