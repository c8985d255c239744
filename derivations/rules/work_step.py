"""One step of a protocol: the energy changes at fixed state, and runs are weighted by the work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity

Letters = tuple[tuple[Any, ...], ...]
"""Groups of names: sums are ordered by products of those in the first group, coefficients by the next."""


@rule(
    "weight of the work",
    "The work of a step is the change of energy at fixed state. For quadratic energies its weight exp(-s W) is the "
    "exponential of a quadratic, with coefficients to be read off.",
)
def work_weight(
    before: Step, after: Step, *, variable: Any, power: Any, quadratic: Any, names: tuple[Any, Any], domain: Domain
) -> Inference:
    """Write -``power`` times the change of energy as ``quadratic`` plus a constant.

    ``quadratic`` is an expression without constant in the variable, whose coefficients are linear in ``names``. The
    result is the values of the two names and the constant.

    Raises
    ------
    ValueError
        If no values of the names do it.
    """
    change: Any = -power * (after.result - before.result)
    rest = sp.Dummy("rest")
    wanted = sp.Poly(sp.expand(quadratic + rest - change), variable).all_coeffs()
    found = sp.solve(wanted, [*names, rest], dict=True)
    if len(found) != 1 or len(found[0]) != len(names) + 1:
        raise ValueError(f"expected {names} so that {quadratic} is {change} up to a constant; found {found}")
    values = [sp.factor(sp.expand(found[0][name])) for name in (*names, rest)]
    right = quadratic.xreplace(dict(zip(names, values[:-1], strict=True))) + values[-1]
    claim = Identity(change, right, domain.restricted(change, right))
    return Inference(statement=claim, result=sp.Tuple(*values))


@rule(
    "one step of work",
    "The law of the state in weighted runs is multiplied by the weight of the step, which adds to the logarithm of the "
    "mean of exp(-s W).",
)
def work_step(parts: Step, weight: Step, *, names: tuple[Any, ...], letters: Letters = (), domain: Domain) -> Inference:
    """The mass, mean and precision of ``parts`` with the values of a work put in; its constant belongs to the mass.

    The rational part of the mass is ordered by products of the ``letters``.
    """
    values = dict(zip(names, weight.result[:-1], strict=True))
    mass, *law = (entry.xreplace(values) for entry in parts.result)
    left = mass + weight.result[-1]
    right = with_short_logarithms(left, letters)
    short = [sp.cancel(e) for e in law]
    claims = [Identity(e, value, domain.restricted(e, value)) for e, value in zip(law, short, strict=True)]
    return Inference(
        statement=Identity(left, right, domain.restricted(left, right)),
        obligations=tuple(claims),
        result=sp.Tuple(right, *short),
    )


@rule("from equilibrium", "The first step starts in equilibrium.")
def from_equilibrium(work: Step, *, at: Mapping[Any, Any], domain: Domain, times: Any = 1) -> Inference:
    """The logarithm of the mean of exp(-s W) of a step from a given law, for ``times`` independent coordinates."""
    left = times * work.result[0].xreplace(dict(at))
    right = times * with_short_logarithms(work.result[0].xreplace(dict(at)))
    return Inference(statement=Identity(left, right, domain.restricted(left, right)), result=right)


def with_short_logarithms(expression: Any, letters: Letters = ()) -> Any:
    """A rational part in lowest terms, and logarithms of arguments without a denominator 1 / (...)."""
    names = {found: sp.Dummy() for found in expression.atoms(sp.log)}
    if not names:
        return in_lowest_terms(expression, letters)
    whole = sp.Poly(sp.expand(sp.cancel(expression.xreplace(names))), *names.values())
    rest = in_lowest_terms(whole.nth(*(0,) * len(names)), letters)
    return sp.Add(rest, *(sp.cancel(whole.coeff_monomial(n)) * _short(found) for found, n in names.items()))


def in_lowest_terms(expression: Any, letters: Letters = ()) -> Any:
    """A rational expression with both sides of the fraction factored, the upper one by products of the letters."""
    top, bottom = cast(tuple[Any, Any], sp.fraction(sp.cancel(expression)))
    return _ordered(top, letters) / sp.factor(bottom)


def _ordered(polynomial: Any, letters: Letters) -> Any:
    """Factors, and in them sums by products of the first letters, whose coefficients are ordered by the others."""
    whole: Any = sp.factor(polynomial)
    if not letters or whole.is_Atom:
        return whole
    if isinstance(whole, sp.Add):
        terms = sp.Poly(whole, *letters[0]).terms()
        return sp.Add(*(_ordered(c, letters[1:]) * _product(letters[0], powers) for powers, c in terms))
    if isinstance(whole, sp.Mul):
        return sp.Mul(*(_ordered(factor, letters) for factor in whole.args))
    return _ordered(whole.base, letters) ** whole.exp if isinstance(whole, sp.Pow) else whole


def _product(names: tuple[Any, ...], powers: tuple[int, ...]) -> Any:
    return sp.Mul(*(name**power for name, power in zip(names, powers, strict=True)))


def _short(logarithm: Any) -> Any:
    top, bottom = cast(tuple[Any, Any], sp.fraction(sp.cancel(logarithm.args[0])))
    if top.could_extract_minus_sign():
        top, bottom = -top, sp.expand(-bottom)
    return sp.log(top / bottom) if isinstance(top, sp.Add) or bottom == 1 else -sp.log(bottom / top)
