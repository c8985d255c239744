"""Expansions: every Taylor coefficient below the order agrees, and the remainder is seen to be of that order."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

import random
import time
from itertools import islice, pairwise
from typing import Any

import sympy as sp
from flint import acb, arb, fmpq

from derivations.engine.evidence import Evidence
from derivations.engine.routes.enclosed import ENGINE, decimal
from derivations.engine.routes.enclosures.balls import UnknownError, ball, precision
from derivations.engine.routes.enclosures.points import Frame, TooLargeError
from derivations.engine.routes.jumps import slope
from derivations.engine.routes.sampling import points
from theory.averages import GaussianMean
from theory.domain import Assignment, Domain
from theory.statements import Expansion
from theory.sums import Sigma, rename, unfold

STEPS = (2, 3, 4, 5, 6)
"""The variable is taken at these powers of a tenth from the point of expansion."""
REMAINDER_BITS = 500
REMAINDER_POINTS = 6
"""Points looked through for one where the remainder is not zero altogether."""
GROWTH_ALLOWED = 4
"""Between successive decades a bounded quotient settles; one that grows tenfold does not."""
LAST_GROWTH_ALLOWED = fmpq(11, 10)
"""At the last decade it has settled; a quotient that grows like a root or a logarithm has not."""


def coefficient_pairs(statement: Expansion) -> list[tuple[Any, Any]]:
    """Derivatives of both sides at the point, from order zero up: the Taylor coefficients times r!."""
    pairs, sides = [], [statement.left, statement.right]
    for _ in range(statement.order):
        pairs.append(tuple(at_value(side, statement.variable, statement.about) for side in sides))
        sides = [slope(side, statement.variable) for side in sides]
    return pairs


def coefficient_notes(statement: Expansion) -> tuple[str, ...]:
    """What each pair is, for the reader of a counterexample."""
    x = statement.variable
    where = f"at {x} = {statement.about}"
    return tuple(f"derivative of order {r} by {x} {where}" for r in range(statement.order))


def at_value(expression: Any, variable: sp.Symbol, value: Any) -> Any:
    """Put a value in; a Gaussian mean whose variance becomes zero is its integrand at zero."""
    kept = expression.replace(
        lambda node: isinstance(node, sp.Derivative) and variable in node.variables,
        lambda node: _frozen(node, variable, value),
    )
    return collapsed(unfold(kept, variable, value))


def _frozen(derivative: Any, variable: sp.Symbol, value: Any) -> Any:
    """A derivative that stays, of an undetermined function, taken at a value of its variable."""
    slot = sp.Dummy(variable.name, real=True)
    return sp.Subs(derivative.xreplace({variable: slot}), slot, value)


def collapsed(node: Any) -> Any:
    """Evaluate the Gaussian means of zero variance."""
    if not node.has(GaussianMean):
        return node
    if isinstance(node, Sigma):
        body, fresh = node.opened()
        return Sigma(collapsed(body), (fresh, node.lower, node.upper))
    if isinstance(node, GaussianMean) and not node.ranges and sp.expand(node.variance) == 0:
        return collapsed(rename(node.body, node.family, sp.S.Zero))
    return node.func(*(collapsed(a) for a in node.args))


def parameters(domain: Domain, variable: sp.Symbol) -> Domain:
    """The domain without the variable of an expansion; as it is where something else depends on that variable."""
    return domain.without(variable) or domain


def is_finite(node: Any) -> bool:
    """Whether no infinity is left in an expression, but for the ends of integrals and sums."""
    if node in (sp.nan, sp.zoo, sp.oo, -sp.oo):
        return False
    inner = node.args[:1] if isinstance(node, sp.Integral | sp.Sum | sp.Product) else node.args
    return all(map(is_finite, inner))


BRANCHES = (sp.Abs, sp.sign, sp.Heaviside, sp.Max, sp.Min, sp.Piecewise, sp.floor, sp.ceiling, sp.arg)


def has_branches(statement: Expansion) -> bool:
    """Whether the variable enters by a function that is another formula on each side of some place.

    So it does where such a function is integrated over up to the variable, or with the variance that it is.
    """
    binders = (sp.Integral, GaussianMean)
    nodes = (n for side in (statement.left, statement.right) for n in side.atoms(*BRANCHES, *binders))
    return any(statement.variable in n.free_symbols and n.has(*BRANCHES) for n in nodes)


def remainder_evidence(statement: Expansion, claim: str, seed: int) -> Evidence:
    """Whether (left - right)/x^n stays bounded as x shrinks: a support that proves nothing."""
    start = time.perf_counter()
    outcome, reason, tried = "undecided", "", 0
    quotients: list[arb] = []
    try:
        for point in islice(points(statement.domain, random.Random(seed)), REMAINDER_POINTS):
            quotients = [_quotient(statement, point, step) for step in STEPS]
            if quotients[-1] > 0:
                break
        tried = len(quotients)
        outcome = "agrees" if _settles(quotients) else "undecided"
        reason = f"remainder divided by the power of its order: {', '.join(decimal(acb(q))[:9] for q in quotients)}"
    except (UnknownError, TooLargeError, ValueError) as error:
        reason = str(error)
    return Evidence(
        route="enclosed", outcome=outcome, technique="remainder as the variable shrinks", engine=ENGINE, points=tried,
        seconds=time.perf_counter() - start, claim=claim, reason=reason,
    )  # fmt: skip


def _quotient(statement: Expansion, point: Assignment, step: int) -> arb:
    small = fmpq(1, 10**step)
    with precision(REMAINDER_BITS):
        frame = Frame(free=point)
        place = ball(statement.about, frame) + acb(small)
        there = frame.with_value(statement.variable, place)
        difference = ball(statement.left, there) - ball(statement.right, there)
        if not difference.is_finite():
            raise UnknownError("the remainder is not finite near the point of expansion")
        return arb(abs(difference)) / arb(small) ** statement.order


def _settles(quotients: list[arb]) -> bool:
    slack = arb("1e-20")
    settled = bool(quotients[-1] < LAST_GROWTH_ALLOWED * quotients[-2] + slack)
    return settled and all(bool(later < GROWTH_ALLOWED * sooner + slack) for sooner, later in pairwise(quotients))
