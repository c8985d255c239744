"""``saddlepoint analyze``."""

from __future__ import annotations

from typing import Any

import click

from saddlepoint.cli.answers import answer_json, console_for, json_option, wrong_call


@click.command(short_help="A trained network: melting temperature, spectrum.")
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False))
@click.option(
    "--orientation",
    type=click.Choice(["in-out", "out-in"]),
    help="Whether the rows of each matrix are its inputs (in-out) or its outputs; needed where both fit.",
)
@json_option
def analyze(file: str, orientation: Any, json_file: str | None) -> None:
    """A trained network as a spin model: its melting temperature and the spectrum of its bonds.

    FILE is an npz archive of weight matrices in layer order.

    \b
    saddlepoint analyze weights.npz
    saddlepoint analyze weights.npz --orientation in-out --json -
    """
    from rich.table import Table

    from numerics import analyze as analyzed
    from saddlepoint.strict_json import row

    with wrong_call(ValueError, TypeError), wrong_call(OSError, message=_unread):
        record = row(analyzed(file, orientation=orientation))
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for name, value in record.items():
        if name != "schema":
            table.add_row(name.replace("_", " "), _shown(value))
    console_for(json_file).print(table)
    answer_json(json_file, record)


def _unread(error: OSError) -> str:
    return f"{error.filename or 'file'}: {error.strerror or error}; give an npz archive of weight matrices"


def _shown(value: Any) -> str:
    if value is None:
        return "undefined"
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, list):
        shown = ", ".join(_shown(v) for v in value[:12])
        return f"{shown}, ... ({len(value)} values)" if len(value) > 12 else shown
    return str(value)
