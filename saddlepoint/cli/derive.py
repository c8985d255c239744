"""``saddlepoint derive``."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import click

from saddlepoint.cli.answers import answer_json, answer_text, console_for, json_option
from saddlepoint.cli.entries import entry_named
from saddlepoint.cli.outputs import require_apart, text_target

if TYPE_CHECKING:
    from derivations.engine.report import DerivationReport


@click.command(short_help="A derivation step by step; also as a document, a notebook, a picture.")
@click.argument("identifier", metavar="ID | FILE.json")
@click.option(
    "--latex",
    metavar="F",
    callback=text_target,
    help="Write a LaTeX article (pdflatex, amsmath) to F; - is standard output.",
)
@click.option("--markdown", metavar="F", callback=text_target, help="Write Markdown with dollar-sign mathematics to F.")
@click.option("--html", metavar="F", callback=text_target, help="Write a page that stands by itself to F.")
@click.option(
    "--notebook",
    metavar="F",
    callback=text_target,
    help="Write a notebook that rebuilds and verifies the derivation to F.",
)
@click.option("--svg", metavar="F", callback=text_target, help="Write a picture of the steps and their verdicts to F.")
@click.option("--seed", default=0, show_default=True, help="Seed of the random points.")
@json_option
def derive(
    identifier: str,
    latex: str | None,
    markdown: str | None,
    html: str | None,
    notebook: str | None,
    svg: str | None,
    seed: int,
    json_file: str | None,
) -> None:
    """Derive a result from its premises, verify each step, and show the whole chain.

    \b
    saddlepoint derive multilayer-critical-temperature
    saddlepoint derive multilayer-critical-temperature --latex appendix.tex
    saddlepoint derive multilayer-critical-temperature --markdown - | less
    saddlepoint derive mine.json --notebook mine.ipynb --svg mine.svg
    """
    from saddlepoint.exporting import FORMS
    from saddlepoint.render.narrative import document
    from saddlepoint.render.terminal import print_document
    from saddlepoint.rows import verify_row

    require_apart(
        identifier,
        {"latex": latex, "markdown": markdown, "html": html, "notebook": notebook, "svg": svg, "json": json_file},
    )
    files = {".tex": latex, ".md": markdown, ".html": html, ".ipynb": notebook, ".svg": svg}
    wanted = {form: name for form, name in files.items() if name is not None}
    report = _examined(identifier, seed)
    for form, name in wanted.items():
        answer_text(name, FORMS[form](report))
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
