"""``saddlepoint lower``."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from saddlepoint.cli.answers import WrongCall, answer_json, answer_text, console_for, json_option
from saddlepoint.cli.entries import entry_named
from saddlepoint.cli.outputs import require_apart, text_target

if TYPE_CHECKING:
    from derivations.engine.step import Step
    from numerics.lowering import Lowered


@click.command(short_help="A derived formula as C or NumPy code of measured accuracy.")
@click.argument("identifier", metavar="ID | FILE.json")
@click.option("--target", type=click.Choice(["c", "numpy"]), default="c", show_default=True, help="The language.")
@click.option("--step", metavar="NAME", help="The step whose result is lowered; the last one that can be if left out.")
@click.option(
    "--size", "sizes", metavar="NAME=N", multiple=True, help="An integer for a size, such as L=4, to write sums out at."
)
@click.option("--strict", is_flag=True, help="Scalar functions in strict order: accuracy before speed.")
@click.option(
    "-o",
    "output",
    metavar="F",
    callback=text_target,
    help="Write the code to F, for C with a header beside it; - is standard output.",
)
@json_option
def lower(
    identifier: str,
    target: str,
    step: str | None,
    sizes: tuple[str, ...],
    strict: bool,
    output: str | None,
    json_file: str | None,
) -> None:
    """Turn a derived formula into code, and measure its error against balls of 50 digits and more.

    \b
    saddlepoint lower multilayer-critical-temperature
    saddlepoint lower multilayer-critical-temperature --target c -o temperature.c
    saddlepoint lower multilayer-critical-temperature --target numpy -o -
    saddlepoint lower multilayer-critical-temperature --step "reduced action" --size L=4
    """
    require_apart(identifier, {"-o": output, "json": json_file})
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", RuntimeWarning)
        chosen, function = _lowered(identifier, target, step, sizes, strict)
    for message in dict.fromkeys(str(w.message) for w in caught):
        click.echo(message, err=True)
    if output is not None:
        _write(output, function, target, strict=strict)
    if output != "-" and json_file != "-":
        _print(chosen, function)
    answer_json(json_file, _row(chosen, function))


def _lowered(
    identifier: str, target: str, name: str | None, sizes: tuple[str, ...], strict: bool
) -> tuple[Step, Lowered]:
    """The step and its function; the last step with a result that has a program if none is named."""
    from numerics.lowering import lower as lowered
    from saddlepoint.lowerable import Lowerable, NothingToLowerError, last_lowered

    steps = [s for s in entry_named(identifier).build().steps if s.result is not None]
    if name is not None:
        steps = [s for s in steps if s.name == name]
        if not steps:
            raise WrongCall(
                f"{identifier} has no step {name!r} with a result; saddlepoint derive {identifier} lists them"
            )

    def how(found: Lowerable) -> Lowered:
        accuracy = "strict" if strict else "fast"
        return lowered(found.expression, found.arguments, backend=target, domain=found.domain, accuracy=accuracy)

    try:
        return last_lowered(
            steps, how, sizes=lambda result: _sizes(result, sizes), remedy=lambda result: _remedy(result, sizes)
        )
    except NothingToLowerError as error:
        raise WrongCall(f"nothing of {identifier} can be lowered; {error}") from error


def _sizes(result: Any, texts: tuple[str, ...]) -> dict[Any, int]:
    """Sizes by the symbol that has the name."""
    from theory.sums import free_names

    named = {str(symbol): symbol for symbol in free_names(result)}
    found: dict[Any, int] = {}
    for text in texts:
        name, _, value = text.partition("=")
        if not value.isdecimal():
            raise WrongCall(f"expected NAME=INTEGER for --size; found {text!r}")
        if name not in named:
            raise ValueError(f"found no symbol {name} in the result; it has {', '.join(sorted(named)) or 'none'}")
        found[named[name]] = int(value)
    return found


def _remedy(result: Any, sizes: tuple[str, ...]) -> str:
    """What to say of sums that were not written out."""
    from theory.sums import Binder

    symbolic = not sizes and hasattr(result, "has") and result.has(Binder)
    return "; sums over layers, sites or replicas are written out at sizes, as in --size L=4" if symbolic else ""


def _write(output: str, function: Lowered, target: str, *, strict: bool) -> None:
    """The text in the language asked for; C is written where there is no compiler too."""
    if target != "c":
        answer_text(output, function.source)
        return
    from numerics.lowering.backends import C
    from numerics.lowering.c.standalone import header, standalone
    from numerics.lowering.lowered import written

    accuracy = "strict" if strict else "fast"
    function = written(function.expression, function.arguments, backend=C, domain=function.domain, accuracy=accuracy)
    try:
        text = standalone(function)
    except ValueError as error:
        raise WrongCall(str(error)) from error
    answer_text(output, text)
    if output != "-":
        path = Path(output)
        guard = "".join(c if c.isascii() and c.isalnum() else "_" for c in path.stem).upper() + "_H"
        answer_text(str(path.with_suffix(".h")), header(function, f"LOWERED_{guard}"))


def _row(step: Step, function: Lowered) -> dict[str, Any]:
    worst = function.worst_point or {}
    return {
        "step": step.name,
        "expression": str(function.expression),
        "arguments": [str(a) for a in function.arguments],
        "backend": function.backend,
        "libm": function.libm,
        "max_ulp": function.max_ulp,
        "max_ulp_per_condition": function.max_ulp_per_condition,
        "ulp_aim": function.ulp_aim,
        "max_ulp_far_out": function.far_out.max_ulp,
        "worst_point_far_out": {str(k): v for k, v in (function.far_out.worst_point or {}).items()},
        "worst_point": {str(k): v for k, v in worst.items()},
        "source": function.source,
    }


def _place(point: dict[str, float]) -> str:
    return ", ".join(f"{name} = {value:g}" for name, value in point.items()) or "none"


def _print(step: Step, function: Lowered) -> None:
    from rich.table import Table

    row = _row(step, function)
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    worst, farthest = (_place(row[name]) for name in ("worst_point", "worst_point_far_out"))
    for label, text in (
        ("step", row["step"]),
        ("formula", row["expression"]),
        ("arguments", ", ".join(row["arguments"]) or "none"),
        ("code", f"{row['backend']}, functions of {row['libm']} libm"),
        ("largest error", f"{row['max_ulp']:.3g} units in the last place, at {worst}"),
        ("far out", f"{row['max_ulp_far_out']:.3g} units in the last place, at {farthest}; 5e-324 to 1e300"),
        ("over condition", f"{row['max_ulp_per_condition']:.3g} units in the last place; aim: {row['ulp_aim']:g}"),
    ):
        table.add_row(label, text)
    console = console_for(None)
    console.print(table)
    console.print()
    console.print(function.source, markup=False, soft_wrap=True)
