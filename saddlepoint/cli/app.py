"""The program: its commands, and how it ends when something goes wrong."""

from __future__ import annotations

import sys
from typing import Any

import click

from saddlepoint.blas_threads import use_one_blas_thread
from saddlepoint.cli.analyze import analyze
from saddlepoint.cli.check import check
from saddlepoint.cli.derive import derive
from saddlepoint.cli.equation import equation
from saddlepoint.cli.equations import equations
from saddlepoint.cli.figures import figures
from saddlepoint.cli.flow import flow
from saddlepoint.cli.ledger import ledger
from saddlepoint.cli.listing import listing
from saddlepoint.cli.logz import logz
from saddlepoint.cli.lower import lower
from saddlepoint.cli.report import report
from saddlepoint.cli.run import run
from saddlepoint.cli.selftest import selftest
from saddlepoint.cli.verify import verify
from saddlepoint.settings import afresh, change, settings
from saddlepoint.version import own_version

EPILOG = """
\b
Examples
  saddlepoint run                          everything on the built-in data, into saddlepoint-results/
  saddlepoint list                         what is derived, and which printed equations it serves
  saddlepoint derive multilayer-critical-temperature
  saddlepoint derive multilayer-critical-temperature --latex appendix.tex
  saddlepoint verify                       every step of every derivation
  saddlepoint ledger barney2024neural --errata
  saddlepoint check --quick                theory against sampled networks
  saddlepoint equation 'tanh(x) = x - x^3/3 + O(x^5)' --where 'x in (-1, 1)'
  saddlepoint equations notes.txt          a file of your own formulas
  saddlepoint lower multilayer-critical-temperature --target c -o temperature.c
  saddlepoint analyze weights.npz          melting temperature of a trained network
  saddlepoint flow --components 3          fixed points and exponents of O(N) fields
  saddlepoint logz machine.npz             partition function of a Boltzmann machine
  saddlepoint figures --quick              sampled networks beside the exact results
  saddlepoint report -o site               a static site of all results
  saddlepoint verify --json - | jq '.[].status'
\b
Exit codes
  0  all that was asked for was completed, and our own derivations stand
  1  a step, a cross-check or a formula was refuted, or stayed inconclusive
  2  the call was wrong
  130  interrupted from the keyboard
"""


def _print_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"saddlepoint {own_version()}")
        context.exit()


INTERRUPTED = 130
"""Exit code after an interrupt from the keyboard, as shells have it."""


UNEXPECTED = 1
"""Exit code after an error that is a defect of ours: nothing that was asked for is completed."""
KEPT = {
    **dict.fromkeys(("run", "report", "verify", "derive", "ledger"), "claims that were verified are kept"),
    "logz": "batches of long runs that were finished are kept",
    "check": "with --full, units that were finished are kept",
}
"""What an interrupted command has saved for the next call."""


class Program(click.Group):
    """The commands; an interrupt ends each of them in one line, and so does an error that nobody expected."""

    def main(self, *args: Any, **keywords: Any) -> Any:
        """Run with the usual settings."""
        with afresh():
            try:
                return super().main(*args, **keywords)
            except Exception as error:
                if settings().traced:
                    raise
                click.echo(
                    f"unexpected {type(error).__name__}: {error}. This is a defect of saddlepoint; run it again with "
                    "--debug and report what it shows.",
                    err=True,
                )
                sys.exit(UNEXPECTED)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            kept = KEPT.get(str(ctx.invoked_subcommand))
            click.echo(f"interrupted; {kept}: the same call goes on from there" if kept else "interrupted", err=True)
            ctx.exit(INTERRUPTED)


def _setting(option: str, text: str, **parts: bool) -> click.Option:
    def told(context: click.Context, parameter: click.Parameter, wanted: bool) -> None:
        del context, parameter
        if wanted:
            change(**parts)

    return click.Option([option], is_flag=True, expose_value=False, is_eager=True, callback=told, help=text)


def with_settings(command: click.Command) -> click.Command:
    """The command with the options that every command has."""
    command.params += [
        _setting("--quiet", "No progress and no remarks: answers and errors only.", quiet=True),
        _setting("--no-color", "No colors; the variable NO_COLOR does the same.", colored=False),
        _setting("--debug", "Show where an unexpected error happened.", traced=True),
    ]
    return command


@click.group(cls=Program, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_print_version, help="Show the version."
)
def program() -> None:
    """Derive results of the statistical mechanics of learning, verify each step, and test them on real networks."""


for command in (
    *(run, listing, derive, verify, ledger, check, equation, equations),
    *(lower, analyze, flow, logz, figures, report, selftest),
):
    program.add_command(with_settings(command))
with_settings(program)


def main() -> None:
    """Run the program. A reader that stops reading, as ``head`` does, ends it without a message: click sees to it."""
    use_one_blas_thread()
    program.main(prog_name="saddlepoint")
