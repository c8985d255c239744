"""``saddlepoint equation``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from saddlepoint.cli.answers import answer_json, console_for, json_option, timeout_option, wrong_call


def examining_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """How a user's formulas are examined: the same options wherever they are."""
    options = (
        click.option("--where", "conditions", multiple=True, metavar="CONDITIONS", help="What the symbols range over."),
        timeout_option,
        click.option("--seed", default=0, show_default=True, help="Seed of the random points."),
        click.option("--fresh", is_flag=True, help="Examine again what was examined before."),
        json_option,
    )
    for option in reversed(options):
        function = option(function)
    return function


@click.command(short_help="Check one formula of your own.")
@click.argument("formula", metavar="'LEFT = RIGHT'")
@examining_options
def equation(
    formula: str, conditions: tuple[str, ...], timeout: float, seed: int, fresh: bool, json_file: str | None
) -> None:
    """Check a formula written in ordinary notation, and say where it fails.

    \b
    saddlepoint equation 'cosh(x)^2 - sinh(x)^2 = 1' --where 'x real'
    saddlepoint equation 'mean(z, tanh(a*z)^2) = a^2 + O(a^4)' --where 'a in (0, 1)'
    saddlepoint equation 'sum(k, 1, n, k^3) = (n*(n+1)/2)^2' --where 'n in 1..oo'
    saddlepoint equation '(x^m - 1)/m -> log(x) as m -> 0' --where 'x > 0, m in (0, 1)'

    A formula is LEFT = RIGHT, LEFT = RIGHT + O(x^3), LEFT <= RIGHT, a chain of these, or a limit. Every symbol
    needs a condition: beta > 0, x in (-3, 3), L in 1..8, n integer, f function. Exit code 0 says that it holds, 1
    that it was refuted or not decided, 2 that it cannot be read.
    """
    from saddlepoint.formula_lines import print_report
    from saddlepoint.formulas import examine, read_formula
    from theory.notation import NotationError

    with readable(NotationError):
        asked = read_formula(formula, *conditions)
    report = examine(asked, timeout=timeout, seed=seed, fresh=fresh)
    print_report(report, console_for(json_file))
    answer_json(json_file, report.to_json())
    if not report.holds:
        raise SystemExit(1)


def readable(*kinds: type[Exception]) -> Any:
    """As ``wrong_call``, for errors whose text is the whole message."""
    return wrong_call(*kinds, message=str)
