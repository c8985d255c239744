"""What a refuted limit or expansion should have been, where it can be computed."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.routes import exact
from derivations.engine.routes.asymptotics import expansions, series_limit, series_order, substitution
from derivations.engine.routes.asymptotics.limit import limit_of
from derivations.engine.routes.asymptotics.scale import UnknownScaleError, written
from derivations.engine.routes.asymptotics.signs import Signs, UndecidedSignError
from derivations.engine.routes.normal_forms.field import UnsupportedError
from theory.statements import Expansion, LimitStatement

LONGEST = 80
SEED = 0
FAILURES = (UnknownScaleError, UndecidedSignError, UnsupportedError, ValueError)


def true_value(statement: LimitStatement) -> Any | None:
    """The limit, for all values of the parameters alike."""
    domain = series_limit.parameters(statement)
    side = 1 if statement.direction == "+" else -1
    try:
        if domain is not None:
            return limit_of(statement.expression, statement.variable, statement.point, side, Signs(domain))
    except FAILURES:
        pass
    resolved = substitution.resolve(statement, SEED)
    return _short(resolved.pairs[0][0], resolved.domain) if resolved.pairs else None


def true_series(statement: Expansion) -> Any | None:
    """The right side with its wrong coefficients put right."""
    if isinstance(statement.variable, tuple):
        return None
    taylor = isinstance(statement.order, int) and not statement.about.is_infinite
    try:
        found = _taylor_gaps(statement) if taylor and not expansions.has_branches(statement) else None
        gaps = _series_gaps(statement) if found is None else found
    except FAILURES:
        return None
    return sp.Add(statement.right, *gaps) if all(len(str(g)) <= LONGEST for g in gaps) else None


def _taylor_gaps(statement: Expansion) -> list[Any] | None:
    pairs, gaps = expansions.coefficient_pairs(statement), []
    if not all(expansions.is_finite(side) for pair in pairs for side in pair):
        return None
    domain = expansions.parameters(statement.domain, statement.variable)
    for power, (left, right) in enumerate(pairs):
        if not exact.equal(left, right, domain):
            gap = _short(left - right, domain) / sp.factorial(power)
            gaps.append(gap * (statement.variable - statement.about) ** power)
    return gaps


def _series_gaps(statement: Expansion) -> list[Any]:
    domain = statement.domain.without(statement.variable)
    x, about = statement.variable, statement.about
    far = {sp.oo: x, -sp.oo: -x}.get(about, 1 / (x - about))
    signs = Signs(domain or statement.domain)
    rows = series_order.coefficients(statement, (statement.left, statement.right), about, signs)
    return [sp.expand(r.left - r.right) * written(r.scale, far) for r in rows if sp.expand(r.left - r.right) != 0]


def _short(value: Any, domain: Any) -> Any:
    try:
        form = exact.normal_form(value, domain)
    except FAILURES:
        return value
    return sp.factor(form) if len(str(form)) < LONGEST else value
