"""``saddlepoint ledger``."""

from __future__ import annotations

from itertools import count
from typing import Any

import click

from saddlepoint.cli.answers import answer_json, answer_text, console_for, json_option, timeout_option, wrong_call
from saddlepoint.cli.outputs import text_target


@click.command(short_help="Every printed equation and the verdict on it.")
@click.argument("paper", required=False)
@click.option("--errata", is_flag=True, help="Only what is wrong as printed, with the correction.")
@click.option(
    "--latex",
    metavar="F",
    callback=text_target,
    help="With --errata: write a LaTeX article to F; - is standard output.",
)
@click.option("--markdown", metavar="F", callback=text_target, help="With --errata: write Markdown to F.")
@timeout_option
@json_option
def ledger(
    paper: str | None, errata: bool, latex: str | None, markdown: str | None, timeout: float, json_file: str | None
) -> None:
    """Every printed equation of PAPER, or of all papers, and the checkable claims of its prose, with the verdicts.

    \b
    saddlepoint ledger
    saddlepoint ledger barney2024neural
    saddlepoint ledger barney2024neural --errata --json errata.json
    saddlepoint ledger barney2024neural --errata --latex errata.tex --markdown errata.md
    """
    from saddlepoint.ledger_table import WRONG, ledger_rows, print_ledger
    from saddlepoint.progress import activity

    _require_paper(paper)
    files = {"latex": latex, "markdown": markdown}
    if any(files.values()) and not (errata and paper):
        raise click.UsageError("--latex and --markdown write the errata of one paper: name the paper and add --errata")
    with activity() as progress:
        done = count(1)
        progress("judging the printed equations")
        rows = ledger_rows(
            paper, timeout=timeout, on_row=lambda _: progress("judging the printed equations", next(done))
        )
    shown = [r for r in rows if r["verdict"] in WRONG] if errata else rows
    if errata:
        _answer_errata(rows, files, json_file)
    else:
        print_ledger(shown, console_for(json_file))
    answer_json(json_file, shown)


def _require_paper(paper: str | None) -> None:
    from theory.papers import find

    if paper is not None:
        with wrong_call(ValueError):
            find(paper)


def _answer_errata(rows: list[dict[str, Any]], files: dict[str, str | None], json_file: str | None) -> None:
    """The errata of each paper on the terminal, or where the options say."""
    from saddlepoint.errata import errata_document
    from saddlepoint.render.latex import latex_document
    from saddlepoint.render.markdown import markdown_document
    from saddlepoint.render.terminal import print_document
    from theory.papers import find

    writers = {"latex": latex_document, "markdown": markdown_document}
    for key in dict.fromkeys(r["paper"] for r in rows):
        document = errata_document([r for r in rows if r["paper"] == key], find(key))
        for form, name in files.items():
            if name is not None:
                answer_text(name, writers[form](document))
        if not any(files.values()):
            print_document(document, console_for(json_file))
