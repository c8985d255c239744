"""Equations with integrals, proved after the values of antiderivatives have taken the place of the integrals.

Integrals over one range are taken together where they enter linearly: what is a total derivative only as a whole, as in
an integration by parts, has an antiderivative only as a whole.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import chain
from typing import Any

import sympy as sp

from derivations.engine.evidence import Evidence
from derivations.engine.routes import exact
from derivations.engine.routes.budget import work_until
from derivations.engine.routes.certificates.antiderivative_hints import guesses
from derivations.engine.routes.certificates.antiderivatives import value_by_antiderivative
from derivations.engine.routes.certificates.stretches import Ends
from derivations.engine.routes.jumps import without_derivatives
from derivations.engine.routes.normal_forms.field import UnsupportedError
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.sums import rename

SECONDS = 4.0
"""Time of the processor for all antiderivatives of a claim."""
TECHNIQUE = "antiderivatives, proved by differentiation"


def prove(pairs: list[tuple[Any, Any]], domain: Domain, claim: str) -> Evidence:
    """The exact route on equations whose integrals have antiderivatives."""
    start = time.perf_counter()
    until = work_until(SECONDS)
    try:
        without = [(_without_integrals(left - right, domain, until), sp.S.Zero) for left, right in pairs]
    except (UnsupportedError, ValueError) as error:
        seconds = time.perf_counter() - start
        return Evidence(route="exact", outcome="undecided", claim=claim, reason=str(error), seconds=seconds)
    return exact.prove(without, domain, claim, TECHNIQUE)


def _without_integrals(expression: Any, domain: Domain, until: float) -> Any:
    """The expression with its integrals evaluated: by ranges where that is possible, else one by one.

    Raises
    ------
    UnsupportedError
        If an integral has no proved antiderivative.
    """
    expression = exact.determined(expression, domain)
    expression = expression.xreplace({node: without_derivatives(node) for node in expression.atoms(sp.Integral)})
    if expression.has(sp.Derivative, GaussianMean):
        raise UnsupportedError("no antiderivatives beside derivatives and means")
    rest, by_range = _by_range(expression)
    total = rest
    for ends, (x, integrand) in by_range.items():
        claimed = _claimed(rest, integrand, x, ends) if len(by_range) == 1 else ()
        found = _evaluated(integrand, x, ends, domain, until, claimed)
        if found is None:
            terms = list(_terms_over(expression, ends))
            if len(terms) == 1:
                raise UnsupportedError("an integral without a proved antiderivative")
            found = sp.Add(*(_one_by_one(term, domain, until) for term in terms))
        total += found
    return _one_by_one(total, domain, until)


def _claimed(rest: Any, integrand: Any, x: sp.Symbol, ends: Ends) -> tuple[Any, ...]:
    """What the equation says of the antiderivative: integral + rest = 0, as a function of a symbol at one end."""
    found = []
    for end, side in ((ends[1], -1), (ends[0], 1)):
        if isinstance(end, sp.Symbol) and not integrand.has(end) and not rest.has(sp.Integral):
            found.append(side * rename(rest, end, x))
    return tuple(found)


def _by_range(expression: Any) -> tuple[Any, dict[Ends, tuple[sp.Symbol, Any]]]:
    """The terms without a simple integral, and for each range the sum of what stands under its integrals."""
    rest, by_range = sp.S.Zero, {}
    for term in _terms(expression):
        found = _linear(term)
        if found is None:
            rest += term
            continue
        coefficient, node = found
        name, *ends = node.limits[0].args
        x, integrand = by_range.get(tuple(ends), (_variable(ends), sp.S.Zero))
        by_range[tuple(ends)] = (x, integrand + coefficient * rename(node.function, name, x))
    return rest, by_range


def _terms(expression: Any) -> Iterator[Any]:
    yield from sp.Add.make_args(sp.expand_mul(expression, deep=False))


def _terms_over(expression: Any, ends: Ends) -> Iterator[Any]:
    """The terms that are multiples of integrals over one range."""
    for term in _terms(expression):
        found = _linear(term)
        if found is not None and tuple(found[1].limits[0].args[1:]) == ends:
            yield term


def _linear(term: Any) -> tuple[Any, sp.Integral] | None:
    """A coefficient without integrals and one integral over one variable, if a term is their product."""
    factors = sp.Mul.make_args(term)
    nodes = [f for f in factors if isinstance(f, sp.Integral)]
    others = [f for f in factors if not isinstance(f, sp.Integral)]
    if len(nodes) != 1 or any(f.has(sp.Integral) for f in others) or not _is_simple(nodes[0]):
        return None
    return sp.Mul(*others), nodes[0]


def _is_simple(node: Any) -> bool:
    one = len(node.limits) == 1 and len(node.limits[0].args) == 3
    return one and not node.function.has(sp.Integral) and not any(e.has(sp.Integral) for e in node.limits[0].args[1:])


def _variable(ends: Any) -> sp.Symbol:
    """A name for the variable, which tells SymPy that it is positive where the ends say so."""
    above = all(end.is_nonnegative for end in ends)
    return sp.Symbol("x\u2032", positive=True) if above else sp.Symbol("x\u2032", real=True)


def _one_by_one(expression: Any, domain: Domain, until: float) -> Any:
    """Every integral by itself, the innermost first."""
    while True:
        nodes = sorted((n for n in expression.atoms(sp.Integral) if _is_simple(n)), key=sp.default_sort_key)
        if not nodes:
            break
        name, *ends = nodes[0].limits[0].args
        x = _variable(ends)
        found = _evaluated(rename(nodes[0].function, name, x), x, (ends[0], ends[1]), domain, until)
        if found is None:
            raise UnsupportedError("an integral without a proved antiderivative")
        expression = expression.xreplace({nodes[0]: found})
    if expression.has(sp.Integral):
        raise UnsupportedError("an integral without an antiderivative")
    return expression


def _evaluated(
    integrand: Any, x: sp.Symbol, ends: Ends, domain: Domain, until: float, claimed: tuple[Any, ...] = ()
) -> Any | None:
    low, high = ends
    if low is sp.oo or high is sp.S.NegativeInfinity:
        turned = _evaluated(integrand, x, (high, low), domain, until, claimed)
        return -turned if turned is not None else None
    tried = chain(claimed, guesses(integrand, x, domain))
    return value_by_antiderivative(integrand, x, ends, domain, tried, until)
