"""``saddlepoint list``."""

from __future__ import annotations

import click

from saddlepoint.cli.answers import answer_json, console_for, json_option


@click.command("list", short_help="The derivations and the equations they serve.")
@json_option
def listing(json_file: str | None) -> None:
    """The derivations, with the printed equations each one serves.

    \b
    saddlepoint list
    saddlepoint list --json -
    """
    from rich.table import Table

    from derivations import catalogue
    from saddlepoint.rows import catalogue_rows
    from saddlepoint.serving import equations_by_paper

    entries = catalogue()
    table = Table(box=None, padding=(0, 2, 0, 0))
    for head in ("id", "title", "serves"):
        table.add_column(head, overflow="fold", no_wrap=head == "id")
    for entry in entries:
        table.add_row(entry.identifier, entry.title, equations_by_paper(entry.serves))
    console_for(json_file).print(table)
    answer_json(json_file, catalogue_rows(entries))
