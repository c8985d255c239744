"""The exact route: a difference that vanishes in normal form. It proves, or it is undecided; it never refutes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

import flint
import sympy as sp
from theory.domain import Domain
from theory.sums import unfold

from derivations.engine.evidence import Evidence
from derivations.engine.routes import elementary, special  # noqa: F401  (they fill the table of rules)
from derivations.engine.routes.field import Ratio, Unsupported
from derivations.engine.routes.tower import Retry, Tower

ENGINE = f"saddlepoint tower on python-flint {flint.__version__}"
MAX_RETRIES = 24
T = TypeVar("T")


def with_tower(domain: Domain, work: Callable[[Tower], T]) -> T:
    """Run ``work`` with a tower whose letters are fine enough for every root that turns up."""
    orders: dict[str, int] = {}
    for _ in range(MAX_RETRIES):
        try:
            return work(Tower(domain, orders))
        except Retry as again:
            orders[again.key] = again.order
    raise Unsupported("roots of too many orders")


def determined(expression: Any, domain: Domain) -> Any:
    """Put in what the domain's equations say about symbols."""
    for constraint in domain.constraints:
        if isinstance(constraint, sp.Eq) and constraint.args[0].is_Symbol:
            expression = unfold(expression, constraint.args[0], constraint.args[1])
    return expression


def equal(left: Any, right: Any, domain: Domain) -> str:
    """How two expressions are proved equal on the domain; an empty text if they are not.

    Raises
    ------
    Unsupported
        If a node has no rule.
    """

    def work(tower: Tower) -> str:
        sides = [tower.convert(determined(side, domain)) for side in (left, right)]
        if not tower.field.same(*sides):
            return ""
        return ", ".join(["normal form", *sorted(tower.techniques)])

    return with_tower(domain, work)


def vanishes(expression: Any, domain: Domain) -> str:
    """How an expression is proved to be zero on the domain; an empty text if it is not."""
    return equal(expression, sp.S.Zero, domain)


def normal_form(expression: Any, domain: Domain) -> sp.Expr:
    """The expression rewritten in normal form: equal to it wherever both are defined."""
    return with_tower(domain, lambda tower: tower.field.expression(tower.convert(determined(expression, domain))))


def prove(pairs: list[tuple[Any, Any]], domain: Domain, claim: str, by: str = "") -> Evidence:
    """The exact route on a list of equations."""
    start = time.perf_counter()
    found: set[str] = {by} if by else set()
    reason = ""
    try:
        for left, right in pairs:
            technique = equal(left, right, domain)
            if not technique:
                reason = "the difference has a normal form that is not zero, which decides nothing"
                break
            found.add(technique)
    except Unsupported as error:
        reason = str(error)
    outcome = "undecided" if reason else "proves"
    return Evidence(
        route="exact", outcome=outcome, technique="; ".join(sorted(found)) if not reason else "", engine=ENGINE,
        seconds=time.perf_counter() - start, claim=claim, reason=reason,
    )  # fmt: skip
