"""``saddlepoint flow``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from saddlepoint.cli.answers import WrongCall, answer_json, console_for, json_option, wrong_call

if TYPE_CHECKING:
    from numerics.flows.fixed_points import FixedPoint

REGULATORS = "litim, exponential, sharp, or power:N as in power:2"


@click.command(short_help="A fixed point of the renormalization group, and its exponents.")
@click.option("-d", "--dimension", type=float, default=3.0, show_default=True, help="Between 2 and 4.")
@click.option("-n", "--components", type=float, default=1.0, show_default=True, help="Of the field; any real number.")
@click.option("-r", "--regulator", metavar="NAME", default="litim", show_default=True, help=f"One of {REGULATORS}.")
@click.option(
    "-o", "--order", type=click.IntRange(min=2, max=40), default=8, show_default=True, help="Of the potential."
)
@click.option("--convergence", is_flag=True, help="Show every order up to this one.")
@json_option
def flow(
    dimension: float, components: float, regulator: str, order: int, convergence: bool, json_file: str | None
) -> None:
    """The Wilson-Fisher fixed point of an O(N) field in the local potential approximation, and its exponents.

    The potential is expanded about its running minimum, in units in which 4 v_d / d is absorbed.

    \b
    saddlepoint flow
    saddlepoint flow --components 3 --order 10 --convergence
    saddlepoint flow -d 3 -n 2 -r exponential -o 8 --json -
    """
    from numerics.flows.fixed_points import local_potential_fixed_point
    from numerics.quadrature import QuadratureError
    from numerics.solvers.convergence import NotConvergedError

    shape = _regulator(regulator)
    orders = range(2, order + 1) if convergence else (order,)
    found: list[FixedPoint] = []
    for here in orders:
        try:
            with wrong_call(ValueError):
                found.append(
                    local_potential_fixed_point(dimension=dimension, components=components, regulator=shape, order=here)
                )
        except (NotConvergedError, QuadratureError) as error:
            if here == order:
                raise click.ClickException(str(error)) from error
    answer = _row(found[-1])
    if convergence:
        answer["convergence"] = [
            {"order": f.order, "nu": f.correlation_length_exponent, "omega": f.correction_exponent} for f in found
        ]
    _print(found, json_file)
    answer_json(json_file, answer)


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


def _row(found: FixedPoint) -> dict[str, Any]:
    return {
        "schema": 1,
        "dimension": found.dimension,
        "components": found.components,
        "regulator": repr(found.regulator),
        "order": found.order,
        "couplings": [float(c) for c in found.couplings],
        "correlation_length_exponent": found.correlation_length_exponent,
        "correction_exponent": found.correction_exponent,
        "eigenvalues": [{"real": float(v.real), "imaginary": float(v.imag)} for v in found.eigenvalues],
        "residual": found.residual,
        "uncertainty": found.uncertainty,
        "truncation_error": None if found.truncation_error != found.truncation_error else found.truncation_error,
    }


def _print(found: list[FixedPoint], json_file: str | None) -> None:
    from rich.table import Table

    console, last = console_for(json_file), found[-1]
    console.print(
        f"O({last.components:g}) in d = {last.dimension:g}, {last.regulator.name} regulator, order {last.order}",
        style="bold",
    )
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_row("nu", f"{last.correlation_length_exponent:.10g}")
    table.add_row("omega", f"{last.correction_exponent:.10g}")
    table.add_row("kappa", f"{last.couplings[0]:.10g}")
    for n, value in enumerate(last.couplings[1:], start=2):
        table.add_row(f"lambda_{n}", f"{value:.10g}")
    table.add_row("eigenvalues", ", ".join(_complex(v) for v in last.eigenvalues[:6]))
    if last.truncation_error == last.truncation_error:
        table.add_row("nu, from two orders below", f"moved by {last.truncation_error:.2g}")
    console.print(table)
    if len(found) > 1:
        steps = Table(box=None, padding=(0, 2, 0, 0))
        for title in ("order", "nu", "omega"):
            steps.add_column(title, justify="right")
        for f in found:
            steps.add_row(str(f.order), f"{f.correlation_length_exponent:.8f}", f"{f.correction_exponent:.8f}")
        console.print(steps)


def _complex(value: Any) -> str:
    return f"{value.real:.6g}" if value.imag == 0 else f"{value.real:.6g}{value.imag:+.6g}i"
