"""``saddlepoint equations``."""

from __future__ import annotations

import click

from saddlepoint.cli.answers import answer_json, console_for
from saddlepoint.cli.equation import examining_options, readable
from saddlepoint.cli.outputs import require_apart


@click.command(short_help="Check a text file of formulas.")
@click.argument("file", metavar="FILE")
@examining_options
def equations(
    file: str, conditions: tuple[str, ...], timeout: float, seed: int, fresh: bool, json_file: str | None
) -> None:
    """Check a text file with one formula a line; - reads the standard input.

    \b
    saddlepoint equations notes.txt
    saddlepoint equations notes.txt --json verdicts.json

    \b
    # a comment
    where beta > 0, x real
    tanh(beta*x)^2 = 1 - sech(beta*x)^2
    sum(k, 1, n, k) = n*(n+1)/2 where n in 1..oo

    A line `where …` gives the conditions of the lines after it; `where` at the end of a formula adds to them. All
    lines are read before any is examined.
    """
    from saddlepoint.formula_file import FormulaFileError, read_file
    from saddlepoint.formula_lines import print_counts, print_line
    from saddlepoint.formulas import examine
    from theory.notation import NotationError

    require_apart(file, {"json": json_file})
    with readable(FormulaFileError, NotationError):
        formulas = read_file(file, *conditions)
    console, reports = console_for(json_file), []
    for formula in formulas:
        reports.append(examine(formula, timeout=timeout, seed=seed, fresh=fresh))
        print_line(reports[-1], console)
    print_counts(reports, console)
    answer_json(json_file, [r.to_json() for r in reports])
    if not all(r.holds for r in reports):
        raise SystemExit(1)
