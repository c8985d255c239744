"""What ``saddlepoint flow`` answers: as rows for JSON, and as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import mpmath
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from numerics.flows.convergence import Extrapolation, TruncationConvergence
    from numerics.flows.global_fixed_point import GlobalFixedPoint
    from numerics.flows.truncated_fixed_point import FixedPoint


def row(cut: TruncationConvergence | None, whole: GlobalFixedPoint | None, convergence: bool) -> dict[str, Any]:
    """The object that JSON holds: the truncated fixed point, and beside it or in its place the untruncated one."""
    answer: dict[str, Any] = {"schema": 1}
    if cut is not None:
        answer |= _truncated_row(cut.fixed_points[-1])
        if convergence:
            answer["convergence"] = [
                {"order": f.order, "nu": f.correlation_length_exponent, "omega": f.correction_exponent}
                for f in cut.fixed_points
            ]
            answer["extrapolated"] = {
                "nu": _limit_row(cut.extrapolated_correlation_length_exponent),
                "omega": _limit_row(cut.extrapolated_correction_exponent),
            }
    if whole is not None:
        answer["untruncated"] = _untruncated_row(whole)
    return answer


def _truncated_row(found: FixedPoint) -> dict[str, Any]:
    return {
        "dimension": found.dimension,
        "components": found.components,
        "regulator": repr(found.regulator),
        "order": found.order,
        "about": found.about,
        "couplings": [float(c) for c in found.couplings],
        "correlation_length_exponent": found.correlation_length_exponent,
        "correction_exponent": found.correction_exponent,
        "anomalous_dimension": getattr(found, "anomalous_dimension", None),
        "eigenvalues": [{"real": float(v.real), "imaginary": float(v.imag)} for v in found.eigenvalues],
        "residual": found.residual,
        "uncertainty": found.uncertainty,
        "truncation_error": _number(found.truncation_error),
    }


def _untruncated_row(found: GlobalFixedPoint) -> dict[str, Any]:
    return {
        "dimension": float(found.dimension),
        "components": float(found.components),
        "regulator": repr(found.regulator),
        "multicritical_order": found.multicritical_order,
        "digits": found.digits,
        "couplings": _digits(found.couplings, found.digits),
        "extrema": _digits(found.extrema, found.digits),
        "slope_at_origin": _digits([found.slope_at_origin], found.digits)[0],
        "correlation_length_exponent": _digits([found.correlation_length_exponent], found.digits)[0],
        "correction_exponents": _digits(found.correction_exponents, found.digits),
        "eigenvalues": _digits(found.eigenvalues, found.digits),
        "uncertainty": found.uncertainty,
        "uncertainties": list(found.uncertainties),
    }


def _digits(values: Any, digits: int) -> list[str]:
    """As text: a double may hold fewer digits."""
    return [str(mpmath.nstr(v, digits)) for v in values]


def _limit_row(limit: Extrapolation) -> dict[str, Any]:
    return {"value": _number(limit.value), "error": _number(limit.error)}


def _number(value: float) -> float | None:
    return value if value == value else None


def print_truncated(cut: TruncationConvergence, console: Console, convergence: bool) -> None:
    """The fixed point at the highest order, and how orders went there."""
    last = cut.fixed_points[-1]
    console.print(
        f"O({last.components:g}) in d = {last.dimension:g}, {last.regulator.name} regulator, order {last.order}, "
        f"about the {last.about}",
        style="bold",
    )
    table = _plain()
    table.add_row("nu", f"{last.correlation_length_exponent:.10g}")
    table.add_row("omega", f"{last.correction_exponent:.10g}")
    eta = getattr(last, "anomalous_dimension", None)
    if eta:
        table.add_row("eta", f"{eta:.10g}")
    for name, value in zip(last.names, last.couplings, strict=True):
        table.add_row(name, f"{value:.10g}")
    table.add_row("eigenvalues", ", ".join(_complex(v) for v in last.eigenvalues[:6]))
    if last.truncation_error == last.truncation_error:
        table.add_row("nu, from lower orders", f"moved by {last.truncation_error:.2g}")
    console.print(table)
    if convergence:
        _print_steps(cut, console)


def _print_steps(cut: TruncationConvergence, console: Console) -> None:
    steps = Table(box=None, padding=(0, 2, 0, 0))
    for title in ("order", "nu", "omega"):
        steps.add_column(title, justify="right")
    for f in cut.fixed_points:
        steps.add_row(str(f.order), f"{f.correlation_length_exponent:.8f}", f"{f.correction_exponent:.8f}")
    limits = (cut.extrapolated_correlation_length_exponent, cut.extrapolated_correction_exponent)
    if all(limit.value == limit.value for limit in limits):
        steps.add_row("limit", *(f"{limit.value:.8f} ± {limit.error:.0e}" for limit in limits))
    console.print(steps)


def print_untruncated(found: GlobalFixedPoint, console: Console) -> None:
    """The fixed point at every field."""
    console.print(
        f"O({float(found.components):g}) in d = {float(found.dimension):g}, {found.regulator.name} regulator, "
        f"every field, {found.multicritical_order} minima",
        style="bold",
    )
    table = _plain()
    table.add_row("nu", mpmath.nstr(found.correlation_length_exponent, found.digits), _error(found.uncertainty))
    first = len(found.relevant_eigenvalues)
    if found.correction_exponents:
        table.add_row("omega", mpmath.nstr(found.correction_exponent, found.digits), _error(found.uncertainties[first]))
    names = ["kappa", *(f"lambda_{n}" for n in range(2, len(found.couplings) + 1))]
    for name, value, error in zip(names, found.couplings, found.coupling_uncertainties, strict=True):
        table.add_row(name, mpmath.nstr(value, found.digits), _error(error))
    for place, (value, error) in enumerate(zip(found.eigenvalues, found.uncertainties, strict=True)):
        kind = "relevant" if place < first else "irrelevant"
        table.add_row(f"eigenvalue, {kind}", mpmath.nstr(value, found.digits), _error(error))
    console.print(table)


def _error(value: float) -> str:
    return f"± {value:.0e}"


def _plain() -> Table:
    return Table(box=None, show_header=False, padding=(0, 2, 0, 0))


def _complex(value: Any) -> str:
    return f"{value.real:.6g}" if value.imag == 0 else f"{value.real:.6g}{value.imag:+.6g}i"
