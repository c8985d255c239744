"""Exact proofs that a matrix is positive definite if and only if a condition holds, by the signs of its leading minors.

Every minor, and the difference of both sides of every relation in the condition, is a product of irreducible factors.
A factor of a certain sign drops out. Those that are left are compared: equal ones, and ones of which one exceeds a
positive multiple of the other.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sympy as sp
from flint import fmpq, fmpq_mpoly

from derivations.engine.routes.certificates.inequalities import in_roots, sign_of
from derivations.engine.routes.exact import determined, with_tower
from derivations.engine.routes.normal_forms.field import Ratio, UnsupportedError
from derivations.engine.routes.normal_forms.signs import is_real, ratio_nonnegative
from derivations.engine.routes.normal_forms.tower import Tower
from theory.domain import Domain

MULTIPLES = tuple(map(fmpq, (1, 2, 4))) + (fmpq(1, 2), fmpq(1, 4))
LONGEST = 200
Product = tuple[fmpq_mpoly, ...]
"""Factors whose sign depends on the point; the product of the others is positive."""


def equivalence(conditions: Iterable[Any], condition: Any, domain: Domain) -> str:
    """How it is proved that all of ``conditions`` are positive if and only if ``condition`` holds; empty if not.

    Parameters
    ----------
    conditions
        Expressions, such as the leading minors of a matrix.
    condition
        A strict inequality, several joined by ``And``, or ``true``.
    domain
        Where both are compared.
    """
    relations = _relations(condition)
    if relations is None:
        return ""

    def work(tower: Tower) -> bool:
        minors = [_product(tower, tower.convert(determined(e, domain))) for e in conditions]
        wanted = [_product(tower, _gap(tower, r, domain)) for r in relations]
        if None in minors or None in wanted:
            return False
        return _follow(tower, minors, _known(tower, wanted)) and _follow(tower, wanted, _known(tower, minors))

    try:
        return "signs of factors" if with_tower(domain, work) else ""
    except (UnsupportedError, ValueError):
        return ""


def _relations(condition: Any) -> list[Any] | None:
    """The relations of a condition; None where it is no conjunction of strict inequalities."""
    if condition == sp.true:
        return []
    parts = condition.args if isinstance(condition, sp.And) else (condition,)
    strict = all(isinstance(part, sp.StrictLessThan | sp.StrictGreaterThan) for part in parts)
    return list(parts) if strict else None


def _gap(tower: Tower, relation: Any, domain: Domain) -> Ratio:
    """What is positive exactly where a relation holds: the difference of its sides, or of their squares."""
    more, less = (tower.convert(determined(side, domain)) for side in (relation.gts, relation.lts))
    if ratio_nonnegative(tower.field, more) and ratio_nonnegative(tower.field, less):
        more, less = (tower.field.multiply(side, side) for side in (more, less))
    return tower.field.add(more, tower.field.negative(less))


def _product(tower: Tower, x: Ratio) -> Product | None:
    """The factors that decide the sign of an element; None where it is not real, or too long, or zero."""
    field = tower.field
    x = field.reduced(x)
    if x.num.is_zero():
        return None
    undecided, sign = [], 1
    for poly in (in_roots(field, x.num), in_roots(field, x.den)):
        if len(poly) > LONGEST or not is_real(field, poly):
            return None
        constant, factors = poly.factor()
        sign = sign if constant > 0 else -sign
        for factor, times in factors:
            found = sign_of(field, factor, strict=True)
            if not found:
                undecided += [factor] * (times % 2 or 2)
            elif times % 2:
                sign *= found
    if not undecided:
        return () if sign > 0 else None
    return (sign * undecided[0], *undecided[1:])


def _known(tower: Tower, products: list[Product]) -> list[fmpq_mpoly]:
    """Factors that are positive where all products are: those that stand alone once others are known."""
    known: list[fmpq_mpoly] = []
    for _ in products:
        for product in products:
            left = _without(tower, product, known)
            # Two factors with a positive product and a positive sum are both positive.
            both = len(left) == 2 and sign_of(tower.field, left[0] + left[1], strict=True) > 0
            known += [f for f in left if (both or len(left) == 1) and not f.is_constant() and f not in known]
    return known


def _without(tower: Tower, product: Product, known: list[fmpq_mpoly]) -> list[fmpq_mpoly]:
    """The factors of a product of which it is not known that they are positive or negative; the sign goes along."""
    left, sign = [], 1
    for factor in product:
        if _positive(tower, factor, known):
            continue
        if _positive(tower, -factor, known):
            sign = -sign
        else:
            left.append(factor)
    return [sign * left[0], *left[1:]] if left else ([] if sign > 0 else [tower.field.context.constant(-1)])


def _follow(tower: Tower, products: list[Product], known: list[fmpq_mpoly]) -> bool:
    """Whether all products are positive where the known factors are."""
    return all(not _without(tower, product, known) for product in products)


def _positive(tower: Tower, factor: fmpq_mpoly, known: list[fmpq_mpoly]) -> bool:
    """Whether a factor is one that is known to be positive, or at least a positive multiple of it."""
    differences = (factor - multiple * other for other in known for multiple in MULTIPLES)
    return any(d.is_zero() or sign_of(tower.field, d, strict=False) > 0 for d in differences)
