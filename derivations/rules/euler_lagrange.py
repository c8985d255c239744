"""Euler-Lagrange equations: the variation of an action by one field, and the field for which it vanishes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

import sympy as sp
from sympy.core.function import AppliedUndef

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from derivations.rules.stationarity import solved_linearly
from derivations.rules.total_derivative import multiplied_out
from theory.domain import Domain
from theory.statements import EqualUpToTotalDerivative, Stationarity


@rule(
    "first variation",
    "The field is shifted by a small one; derivatives are moved off the shift, and what multiplies it is the "
    "variational derivative.",
)
def first_variation(
    density: Step,
    *,
    field: Any,
    variation: Any,
    fields: Iterable[Any] | Mapping[Any, Any],
    coordinates: tuple[sp.Symbol, ...],
    domain: Domain,
) -> Inference:
    """The variational derivative of a density by a field, as the factor of a variation of it.

    Parameters
    ----------
    density
        A step whose result is a density in the field.
    field
        Such as ``p(t, x)``; one that does not depend on all coordinates is stationary where the integral over the
        others vanishes, not where the factor does.
    variation
        A field of the same coordinates that does not occur in the density.
    fields, coordinates, domain
        As those of ``EqualUpToTotalDerivative``; the variation is added to the fields.

    Returns
    -------
    Inference
        The claim that the change of the density to first order is ``variation`` times the result, up to a divergence.

    Raises
    ------
    ValueError
        If the variation does not fit.
    """
    action = cast(Any, density.result)
    if tuple(variation.args) != tuple(field.args) or action.has(variation.func):
        raise ValueError(f"expected a variation as a new function of {field.args}; found {variation}")
    size = sp.Dummy("epsilon", real=True)
    change = _shifted(action, field, field + size * variation).diff(size).subs(size, 0).doit()
    slope = variational_derivative(action, field)
    left = multiplied_out(change)
    all_fields = {**_as_sets(fields), variation: (-sp.oo, sp.oo)}
    claim = EqualUpToTotalDerivative(left, variation * slope, domain, fields=all_fields, coordinates=coordinates)
    missing = [str(c) for c in coordinates if c not in field.args]
    remark = f"It is to vanish after integration over {', '.join(missing)}." if missing else ""
    return Inference(statement=claim, result=slope, remark=remark)


@rule("Euler-Lagrange equation", "Where the action is stationary its variational derivative vanishes.")
def stationary_field(density: Step, *, field: Any, solve_for: Any, domain: Domain) -> Inference:
    """Where the integral of a density over all coordinates of a field is stationary; the result is what is solved for.

    Parameters
    ----------
    density
        A step whose result is a density in the field.
    field
        The field that is varied, a function of all coordinates.
    solve_for
        A field, or a derivative of one, in which the variational derivative is linear.
    domain
        Of the parameters.

    Raises
    ------
    ValueError
        If the variational derivative is not linear in what it is to be solved for.
    """
    action = cast(Any, density.result)
    value = solved_for(variational_derivative(action, field), solve_for)
    over = [(c, -sp.oo, sp.oo) for c in field.args]
    statement = Stationarity(sp.Integral(action, *over), domain, variables=(field,), at={solve_for: value})
    return Inference(statement=statement, result=value)


@rule(
    "dilatation",
    "The variation is the field itself: an action that is homogeneous in the field is, up to its degree, the field "
    "times its variational derivative.",
)
def along_itself(
    density: Step,
    *,
    field: Any,
    fields: Iterable[Any] | Mapping[Any, Any],
    coordinates: tuple[sp.Symbol, ...],
    domain: Domain,
) -> Inference:
    """A homogeneous density as its field times its variational derivative; the result is the density times its degree.

    Raises
    ------
    ValueError
        If the density is not homogeneous in the field.
    """
    action = cast(Any, density.result)
    scale = sp.Dummy("s", positive=True)
    quotient = sp.simplify(_shifted(action, field, scale * field) / action.doit())
    degree = sp.simplify(sp.diff(quotient, scale) * scale / quotient)
    if not degree.is_number:
        raise ValueError(f"expected a density homogeneous in {field}; found {action}")
    left = multiplied_out(field * variational_derivative(action, field))
    right = multiplied_out(degree * action)
    claim = EqualUpToTotalDerivative(left, right, domain, fields=fields, coordinates=coordinates)
    remark = "" if degree == 0 else "Where it is stationary in the field its integral vanishes, but for the boundary."
    return Inference(statement=claim, result=right, remark=remark)


def variational_derivative(density: Any, field: Any) -> Any:
    """Sum over all derivatives of the field: the derivative of the density by it, differentiated back with a sign."""
    opened = cast(Any, density).doit()
    met = {d for d in opened.atoms(sp.Derivative) if d.expr == field} | {field}
    letters = {d: sp.Dummy(str(d)) for d in met}
    plain, back = opened.xreplace(letters), {letter: d for d, letter in letters.items()}
    total: Any = sp.S.Zero
    for derivative, letter in letters.items():
        term: Any = sp.diff(plain, letter).xreplace(back)
        for coordinate, count in derivative.variable_count if derivative != field else ():
            term = (-1) ** count * sp.diff(term, (coordinate, count))
        total += term
    return multiplied_out(total.doit())


def solved_for(equation: Any, unknown: Any) -> Any:
    """The value of a field or a derivative for which an expression that is linear in it vanishes."""
    letter = sp.Dummy("unknown")
    return solved_linearly(cast(Any, equation).xreplace({unknown: letter}), letter)


def _shifted(density: Any, field: Any, value: Any) -> Any:
    """The density with the field, wherever it stands, replaced by a function of the same coordinates."""
    return density.replace(
        lambda node: isinstance(node, AppliedUndef) and node.func == field.func, lambda node: _at(node, field, value)
    ).doit()


def _at(node: Any, field: Any, value: Any) -> Any:
    if node != field:
        raise ValueError(f"expected the field at {field.args} only; found {node}")
    return value


def _as_sets(fields: Iterable[Any] | Mapping[Any, Any]) -> dict[Any, Any]:
    return dict(fields) if isinstance(fields, Mapping) else dict.fromkeys(fields, (-sp.oo, sp.oo))
