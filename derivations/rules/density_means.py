"""Means of polynomials over densities on a line: Gaussian ones, and uniform ones on boxes."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity, LimitStatement
from theory.sums import Sigma


@rule("logarithm of a density", "The logarithm of a density, in separate terms.")
def logarithm_of_density(*, density: Any, domain: Domain) -> Inference:
    """The logarithm of a product of powers and exponentials as a sum."""
    left = sp.log(density)
    right = sp.expand_log(left, force=True)
    return Inference(statement=Identity(left, right, domain.restricted(left)))


@rule("Gaussian moments", "A polynomial averaged by the moments of the Gaussian law.")
def gaussian_mean_of(
    *terms: Step, signs: tuple[int, ...], law: tuple[Any, sp.Symbol, Any, Any], domain: Domain
) -> Inference:
    """The integral of a Gaussian density, ``law = (density, place, mean, variance)``, times the steps' results.

    The results, polynomials in the place, are added with ``signs``.
    """
    density, place, mean, variance = law
    body = sp.Add(*[sign * cast(Any, term.result) for sign, term in zip(signs, terms, strict=True)])
    polynomial = sp.Poly(sp.expand(body), place)
    value = sp.Add(*[c * _moment(k, mean, variance) for (k,), c in polynomial.terms()])
    left = sp.Integral(density * body, (place, -sp.oo, sp.oo))
    return Inference(statement=Identity(left, _ordered(value), domain.restricted(left)))


def _moment(order: int, mean: Any, variance: Any) -> Any:
    even = range(0, order + 1, 2)
    return sp.Add(
        *[sp.binomial(order, k) * sp.factorial2(k - 1) * variance ** (k // 2) * mean ** (order - k) for k in even]
    )


def _ordered(value: Any) -> Any:
    rational, rest = sp.expand(value).as_independent(sp.log, as_Add=True)
    return sp.factor(rational) + rest


@rule("boxes", "Each point of the data is a box of small width; the polynomial is integrated over each.")
def mean_over_boxes(*, body: Any, place: sp.Symbol, boxes: Any, width: sp.Symbol, domain: Domain) -> Inference:
    """The mean of a polynomial over uniform laws on boxes about ``boxes = (center, (index, 1, number))``."""
    center, states = boxes
    ends = (place, center - width / 2, center + width / 2)
    share = 1 / (width * states[2])
    value = sp.expand(sp.integrate(sp.expand(body * share), ends))
    constant, rest = value.as_independent(center, as_Add=True)
    left = Sigma(sp.Integral(body * share, ends), states)
    right = (Sigma(rest, states) if rest != 0 else sp.S.Zero) + sp.expand(constant * states[2])
    return Inference(statement=Identity(left, right, domain.restricted(left)))


@rule("limit of a width", "The width tends to its end.")
def limit_of_width(
    quantity: Step, *, variable: sp.Symbol, point: Any = 0, remark: str = "", domain: Domain
) -> Inference:
    """The limit of the step's result as a width tends to zero from above, or to another end of its range."""
    expression = cast(Any, quantity.result)
    letters = {total: sp.Dummy(real=True) for total in expression.atoms(Sigma)}
    found = sp.limit(expression.xreplace(letters), variable, point, "-" if point is sp.oo else "+")
    value = sp.expand(found).xreplace({letter: total for total, letter in letters.items()})
    claim = LimitStatement(expression, value, domain.restricted(expression), variable=variable, point=point)
    return Inference(statement=claim, result=value if value.is_finite else None, remark=remark)


@rule("put together", "An integral of a sum is the sum of the integrals.")
def put_together(*parts: Step, domain: Domain) -> Inference:
    """The sum of the steps' integrals, by the sum of their values."""
    left = sp.Add(*[cast(Any, part.statement).left for part in parts])
    right = sp.Add(*[cast(Any, part.result) for part in parts])
    return Inference(statement=Identity(left, right, domain.restricted(left)))
