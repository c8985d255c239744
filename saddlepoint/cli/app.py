"""The program: its commands, and how it ends when something goes wrong."""

from __future__ import annotations

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


class Program(click.Group):
    """The commands; an interrupt from the keyboard ends each of them with one word."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            ctx.exit(INTERRUPTED)


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
    program.add_command(command)


def main() -> None:
    """Run the program. A reader that stops reading, as ``head`` does, ends it without a message: click sees to it."""
    use_one_blas_thread()
    program.main(prog_name="saddlepoint")
