"""``saddlepoint derive``."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING

import click

from saddlepoint.cli.answers import answer_document, answer_json, console_for, json_option, wrong_call
from saddlepoint.cli.entries import entry_named
from saddlepoint.cli.outputs import require_apart, text_target

if TYPE_CHECKING:
    from derivations.engine.report import DerivationReport

OUTPUTS = {
    "latex": (".tex", "Write a LaTeX article (pdflatex, amsmath) to F; - is standard output."),
    "pdf": (".pdf", "Write the article as PDF to F, by the pdflatex that is installed."),
    "markdown": (".md", "Write Markdown with dollar-sign mathematics to F."),
    "html": (".html", "Write a page that stands by itself to F."),
    "notebook": (".ipynb", "Write a notebook that rebuilds and verifies the derivation to F."),
    "svg": (".svg", "Write a picture of the steps and their verdicts to F."),
    "bibtex": (".bib", "Write its sources as BibTeX to F."),
}
"""Each option that names a file to write, with the form of the file, by its ending, and the help."""


def _with_outputs(command: Callable[..., None]) -> Callable[..., None]:
    """The command with an option for each output, in the order of the table."""
    for option, (_, text) in reversed(OUTPUTS.items()):
        command = click.option(f"--{option}", metavar="F", callback=text_target, help=text)(command)
    return command


@click.command(short_help="A derivation step by step; also as a document, a notebook, a picture.")
@click.argument("identifier", metavar="ID | FILE.json")
@_with_outputs
@click.option("--seed", default=0, show_default=True, help="Seed of the random points.")
@json_option
def derive(
    identifier: str,
    seed: int,
    json_file: str | None,
    **files: str | None,
) -> None:
    """Derive a result from its premises, verify each step, and show the whole chain.

    \b
    saddlepoint derive multilayer-critical-temperature
    saddlepoint derive multilayer-critical-temperature --latex appendix.tex --bibtex appendix.bib
    saddlepoint derive multilayer-critical-temperature --markdown - | less
    saddlepoint derive mine.json --notebook mine.ipynb --svg mine.svg
    """
    from saddlepoint.exporting import FORMS
    from saddlepoint.render.narrative import document
    from saddlepoint.render.pdf import PdfError
    from saddlepoint.render.terminal import print_document
    from saddlepoint.rows import verify_row

    require_apart(identifier, {**files, "json": json_file})
    wanted = {form: name for option, (form, _) in OUTPUTS.items() if (name := files[option]) is not None}
    report = _examined(identifier, seed)
    for form, name in wanted.items():
        with wrong_call(PdfError):
            answer_document(name, FORMS[form](report))
    if not wanted and json_file != "-":
        print_document(document(report), console_for(None))
    answer_json(json_file, verify_row(report))
    if not report.stands:
        raise SystemExit(1)


def _examined(identifier: str, seed: int) -> DerivationReport:
    """The derivation with its verdicts; progress goes to standard error."""
    from derivations.engine.report import examine
    from saddlepoint.progress import activity

    entry, done = entry_named(identifier), count(1)
    with activity() as progress:
        progress(f"deriving {identifier}")
        derivation = entry.build()
        total = len(derivation.steps)
        on_step = lambda _: progress(f"verifying {identifier}", next(done), total)  # noqa: E731
        return examine(derivation, seed=seed, on_step=on_step)
