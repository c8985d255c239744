"""``saddlepoint ledger``."""

from __future__ import annotations

from itertools import count

import click

from saddlepoint.cli.answers import answer_json, console_for, json_option, wrong_call


@click.command(short_help="Every printed equation and the verdict on it.")
@click.argument("paper", required=False)
@click.option("--errata", is_flag=True, help="Only what is wrong as printed, with the correction.")
@json_option
def ledger(paper: str | None, errata: bool, json_file: str | None) -> None:
    """Every printed equation of PAPER, or of all papers, and the verdict on it.

    \b
    saddlepoint ledger
    saddlepoint ledger barney2024neural
    saddlepoint ledger barney2024neural --errata --json errata.json
    """
    from saddlepoint.ledger_table import WRONG, ledger_rows, print_ledger
    from saddlepoint.progress import activity
    from theory.papers import find

    if paper is not None:
        with wrong_call(ValueError):
            find(paper)
    with activity() as progress:
        done = count(1)
        progress("judging the printed equations")
        rows = ledger_rows(paper, on_row=lambda _: progress("judging the printed equations", next(done)))
    shown = [r for r in rows if r["verdict"] in WRONG] if errata else rows
    print_ledger(shown, console_for(json_file), errata=errata)
    answer_json(json_file, shown)
