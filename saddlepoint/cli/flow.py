"""``saddlepoint flow``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from saddlepoint.cli.answers import WrongCall, answer_json, console_for, json_option, wrong_call
from saddlepoint.cli.outputs import text_target

if TYPE_CHECKING:
    from numerics.flows.convergence import TruncationConvergence
    from numerics.flows.global_fixed_point import GlobalFixedPoint

REGULATORS = "litim, exponential, sharp, or power:N as in power:2"


@click.command(short_help="A fixed point of the renormalization group, and its exponents.")
@click.option("-d", "--dimension", type=float, default=3.0, show_default=True, help="Between 2 and 4.")
@click.option("-n", "--components", type=float, default=1.0, show_default=True, help="Of the field; any real number.")
@click.option("-r", "--regulator", metavar="NAME", default="litim", show_default=True, help=f"One of {REGULATORS}.")
@click.option(
    "-o", "--order", type=click.IntRange(min=2, max=40), default=8, show_default=True, help="Of the potential."
)
@click.option(
    "--anomalous-dimension", "anomalous", is_flag=True, help="With the anomalous dimension of the field (LPA')."
)
@click.option(
    "--about",
    type=click.Choice(["minimum", "origin"]),
    default="minimum",
    show_default=True,
    help="Point of expansion.",
)
@click.option("--convergence", is_flag=True, help="Show every order up to this one, and the limit they go to.")
@click.option("--global", "everywhere", is_flag=True, help="Also solve for the potential at every field, untruncated.")
@click.option(
    "--multicritical",
    type=click.IntRange(min=1),
    metavar="MINIMA",
    help="Only the untruncated fixed point with so many minima: 3 for the tricritical one, 1 for the Gaussian one.",
)
@click.option("--digits", type=click.IntRange(min=1, max=40), help="Of the untruncated solution, 12 by default.")
@click.option(
    "--figure", metavar="F", callback=text_target, help="Draw the convergence of exponents to F, .png or .svg."
)
@json_option
def flow(
    dimension: float,
    components: float,
    regulator: str,
    order: int,
    anomalous: bool,
    about: str,
    convergence: bool,
    everywhere: bool,
    multicritical: int | None,
    digits: int | None,
    figure: str | None,
    json_file: str | None,
) -> None:
    """The Wilson-Fisher fixed point of an O(N) field in the local potential approximation, and its exponents.

    The potential is expanded about its running minimum, or about the origin, in units in which 4 v_d / d is absorbed;
    with --global it is also solved for at every field, which works down to d = 2.1, and for multicritical fixed points.

    \b
    saddlepoint flow
    saddlepoint flow --components 3 --order 10 --convergence --global
    saddlepoint flow -d 3 -n 2 -r exponential -o 8 --json -
    saddlepoint flow -d 2.8 --multicritical 3
    saddlepoint flow --components 2 --anomalous-dimension
    saddlepoint flow -o 12 --about origin --convergence
    saddlepoint flow -o 12 --figure convergence.png
    """
    from saddlepoint.cli.flow_answers import print_truncated, print_untruncated, row

    shape = _regulator(regulator)
    choices: dict[str, Any] = {"dimension": dimension, "components": components, "regulator": shape}
    if figure is not None and Path(figure).suffix not in {".png", ".svg"}:
        raise WrongCall(f"expected a figure as .png or .svg; found {figure!r}")
    if anomalous and (everywhere or multicritical is not None or figure is not None):
        raise WrongCall(
            "the potential at every field is solved for without an anomalous dimension: leave one of them out"
        )
    cut, whole = None, None
    if multicritical is None:
        cut = _truncated(
            choices | {"anomalous_dimension": anomalous, "about": about},
            order,
            every=convergence or figure is not None,
        )
    if everywhere or multicritical is not None or figure is not None:
        whole = _untruncated(choices, 2 if multicritical is None else multicritical, digits)
    console = console_for(json_file)
    answer = row(cut, whole, convergence)
    if cut is not None:
        print_truncated(cut, console, convergence)
    if whole is not None:
        print_untruncated(whole, console)
    if figure is not None and cut is not None and whole is not None:
        from saddlepoint.figures.truncations import Truncations, draw_truncations

        name = f"O({components:g}), d = {dimension:g}, {shape.name}"
        draw_truncations([Truncations(name=name, truncated=cut, untruncated=whole)], Path(figure))
        console.print(figure)
    answer_json(json_file, answer)


def _truncated(choices: dict[str, Any], order: int, every: bool) -> TruncationConvergence:
    from numerics.flows.convergence import TruncationConvergence, truncation_convergence
    from numerics.flows.fixed_points import local_potential_fixed_point

    def one() -> TruncationConvergence:
        return TruncationConvergence(fixed_points=(local_potential_fixed_point(**choices, order=order),))

    return _answered(lambda: truncation_convergence(**choices, order=order) if every else one())


def _untruncated(choices: dict[str, Any], minima: int, digits: int | None) -> GlobalFixedPoint:
    from numerics.flows.global_fixed_point import global_fixed_point

    return _answered(lambda: global_fixed_point(**choices, multicritical_order=minima, digits=digits))


def _answered(solve: Any) -> Any:
    from numerics.quadrature import QuadratureError
    from numerics.solvers.convergence import NotConvergedError

    try:
        with wrong_call(ValueError):
            return solve()
    except (NotConvergedError, QuadratureError) as error:
        raise click.ClickException(str(error)) from error


def _regulator(name: str) -> Any:
    from theory import regulators

    plain = {
        "litim": regulators.LitimRegulator,
        "exponential": regulators.ExponentialRegulator,
        "sharp": regulators.SharpRegulator,
    }
    if name in plain:
        return plain[name]()
    kind, _, power = name.partition(":")
    if kind == "power" and power.isdecimal() and int(power) > 0:
        return regulators.PowerRegulator(int(power))
    raise WrongCall(f"expected a regulator, one of {REGULATORS}; found {name!r}")
