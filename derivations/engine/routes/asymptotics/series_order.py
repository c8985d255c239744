"""Expansions by series of scales: what is larger than the remainder agrees on both sides, and the rest is of its order.

For roots, logarithms and points at infinity, where there is no Taylor series.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cmp_to_key
from typing import Any

import sympy as sp

from derivations.engine.evidence import Evidence
from derivations.engine.routes import exact
from derivations.engine.routes.asymptotics.approach import approaches, stays_bounded
from derivations.engine.routes.asymptotics.cases import by_cases, given
from derivations.engine.routes.asymptotics.expression import Expander
from derivations.engine.routes.asymptotics.limit import with_series
from derivations.engine.routes.asymptotics.scale import VARIABLE, Scale, UnknownScaleError, written
from derivations.engine.routes.asymptotics.series import Algebra, Series, TooFewTermsError
from derivations.engine.routes.asymptotics.signs import Signs, UndecidedSignError
from derivations.engine.routes.enclosures.balls import UnknownError
from derivations.engine.routes.normal_forms.field import UnsupportedError
from theory.domain import Assignment, Domain
from theory.statements import Expansion
from theory.sums import unroll

TECHNIQUE = "coefficients of both series"


@dataclass(frozen=True, kw_only=True)
class Coefficient:
    """The coefficients of one scale on both sides."""

    scale: Scale
    left: Any
    right: Any


def coefficients(statement: Expansion, sides: tuple[Any, Any], point: Any, signs: Signs) -> list[Coefficient]:
    """Coefficients of all scales larger than the remainder, on both sides; the rest is proved to be of its order.

    Raises
    ------
    UnknownScaleError, UndecidedSignError
        If there are no such series.
    """
    limit = VARIABLE.power(sp.sympify(-statement.order, strict=True))

    def use(expander: Expander, expressions: Any) -> list[Coefficient]:
        algebra, found = expander.algebra, [expander.series(e) for e in expressions]
        if any(s.rest is not None and algebra.compare(s.rest, limit) > 0 for s in found):
            raise TooFewTermsError
        scales: list[Scale] = []
        for scale in (s for f in found for s, _ in f.terms):
            if algebra.compare(scale, limit) > 0 and all(algebra.compare(scale, other) for other in scales):
                scales.append(scale)
        scales.sort(key=cmp_to_key(algebra.compare), reverse=True)
        return [Coefficient(scale=s, left=_at(algebra, found[0], s), right=_at(algebra, found[1], s)) for s in scales]

    return with_series(sides, statement.variable, point, 1, signs, use)


def _at(algebra: Algebra, series: Series, scale: Scale) -> Any:
    return sp.Add(*(c for s, c in series.terms if algebra.compare(s, scale) == 0))


@dataclass(frozen=True)
class AtPoints:
    """The equations of an expansion at one point of the parameters."""

    statement: Expansion

    def __call__(self, point: Assignment) -> list[tuple[Any, ...]]:
        """The coefficients of both sides for each scale, with a note that names the scale.

        Raises
        ------
        UnknownError
            If there is no series, or the values on the way contradict it.
        """
        s = self.statement
        left, right, about = (unroll(part, point) for part in (s.left, s.right, s.about))
        try:
            rows = coefficients(s, (left, right), about, Signs())
        except (UnknownScaleError, UndecidedSignError) as error:
            raise UnknownError(str(error)) from None
        self._check(rows, left - right, about)
        small = s.variable if about.is_infinite else 1 / (s.variable - about)
        notes = (f"coefficient of {written(row.scale, abs(small) if about is -sp.oo else small)}" for row in rows)
        return [(row.left, row.right, note) for row, note in zip(rows, notes, strict=True)]

    def _check(self, rows: list[Coefficient], difference: Any, about: Any) -> None:
        """The first coefficient that differs, or the order of the remainder, is seen in values near the point."""
        x = self.statement.variable
        far = {sp.oo: x, -sp.oo: -x}.get(about, 1 / (x - about))
        for row in rows:
            gap = row.left - row.right
            if Signs()(gap):
                ratio = difference / written(row.scale, far)
                if not approaches(ratio, x, about, 1, gap):
                    raise UnknownError("the values near the point are not seen to have the coefficient of the series")
                return
        if not stays_bounded(difference * far**self.statement.order, x, about, 1, self.statement.order):
            raise UnknownError("the remainder is not seen to be of its order near the point")


def proof(statement: Expansion, domain: Domain, claim: str) -> Evidence:
    """The exact route: in each case of the parameters all coefficients agree."""
    start = time.perf_counter()
    reason, used = "", {TECHNIQUE}
    try:
        for signs, rows in by_cases(domain, lambda case: at_signs(statement, case)):
            for row in rows:
                technique = exact.equal(signs.resolved(row.left), signs.resolved(row.right), signs.domain)
                used.add(technique)
                if not technique:
                    raise UnknownScaleError("a coefficient is not seen to be the claimed one")
    except (UnknownScaleError, UndecidedSignError, UnsupportedError, ValueError) as error:
        reason = str(error)
    return Evidence(
        route="exact", outcome="undecided" if reason else "proves",
        technique="" if reason else "; ".join(sorted(used)), engine=exact.ENGINE,
        seconds=time.perf_counter() - start, claim=claim, reason=reason,
    )  # fmt: skip


def at_signs(statement: Expansion, signs: Signs) -> list[Coefficient]:
    """The coefficients, where they are the same for all parameters with these signs."""
    left, right, about = (given(part, signs) for part in (statement.left, statement.right, statement.about))
    return coefficients(statement, (left, right), about, signs)
