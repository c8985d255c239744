"""The exact route: a difference that vanishes in normal form. It proves, or it is undecided; it never refutes."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

import flint
import sympy as sp

from derivations.engine.evidence import Evidence
from derivations.engine.routes import elementary, integrals_form, means_form, special, sums_form, traces  # noqa: F401  (they fill the table of rules)
from derivations.engine.routes.field import LETTERS, Ratio, TooManyLettersError, UnsupportedError
from derivations.engine.routes.generators.atoms import symbolic_ranges
from derivations.engine.routes.generators.letters import RetryError
from derivations.engine.routes.sampling import size_symbols
from derivations.engine.routes.signs import coefficients_of, ratio_nonnegative
from derivations.engine.routes.tower import Tower
from theory.domain import Domain
from theory.sums import Sigma, rename, unfold

ENGINE = f"saddlepoint tower on python-flint {flint.__version__}"
MAX_RETRIES = 24
MAX_SMALL = 8
T = TypeVar("T")


def with_tower(domain: Domain, work: Callable[[Tower], T]) -> T:
    """Run ``work`` with a tower whose letters are fine enough for every root that turns up."""
    orders: dict[str, int] = {}
    room = LETTERS[0]
    for _ in range(MAX_RETRIES):
        try:
            return work(Tower(domain, orders, room))
        except RetryError as again:
            orders[again.key] = again.order
        except TooManyLettersError:
            if room == LETTERS[-1]:
                raise
            room = LETTERS[-1]
    raise UnsupportedError("roots of too many orders")


def determined(expression: Any, domain: Domain) -> Any:
    """Put in what the domain's equations say about symbols."""
    for name, value in domain.equations():
        expression = unfold(expression, name, value)
    return expression


def equal(left: Any, right: Any, domain: Domain) -> str:
    """How two expressions are proved equal on the domain; an empty text if they are not.

    Raises
    ------
    UnsupportedError
        If a node has no rule.
    """
    left, right = determined(left, domain), determined(right, domain)
    return _by_normal_form(left, right, domain) or _by_induction(left, right, domain)


def _by_normal_form(left: Any, right: Any, domain: Domain) -> str:
    def work(tower: Tower) -> tuple[bool, list[sp.Expr], str]:
        sides = [tower.convert(side) for side in (left, right)]
        difference = tower.field.reduced(tower.field.add(sides[0], tower.field.negative(sides[1])))
        technique = ", ".join(["normal form", *sorted(tower.techniques)])
        return _is_zero_by_cases(tower, difference), tower.obligations, technique

    zero, obligations, technique = with_tower(domain, work)
    if not zero:
        return ""
    small = _small_sizes(obligations, domain)
    if small is None:
        return ""
    proved = all(_at_size(left, right, domain, name, value) for name, value in small)
    return (technique + (", small sizes one by one" if small else "")) if proved else ""


def _is_zero_by_cases(tower: Tower, x: Ratio) -> bool:
    """Zero, or a + b [i = v] with a = 0 and b = 0 at i = v, for a free integer i."""
    x = tower.field.reduced(x)
    if x.num.is_zero():
        return True
    for place in tower.field.used(x.num):
        content = tower.field.letters[place].content
        if isinstance(content, tuple) and content[0] == "delta" and not x.den.degrees()[place]:
            parts = coefficients_of(tower.field, x.num, place)
            if set(parts) == {1}:
                return _zero_on_delta(tower, Ratio(parts[1], x.den), content[1][0])
            return all(_zero_on_delta(tower, Ratio(p, x.den), content[1][0]) for e, p in parts.items() if e) and (
                _is_zero_by_cases(tower, Ratio(parts[0], x.den))
            )
    return False


def _zero_on_delta(tower: Tower, x: Ratio, difference: Ratio) -> bool:
    """Whether x vanishes where the difference is zero, by solving it for a symbol of the domain."""
    expression = sp.expand(tower.field.expression(difference))
    for name in sorted(expression.free_symbols, key=str):
        slope = expression.coeff(name)
        if slope in (1, -1) and isinstance(name, sp.Symbol):
            value = sp.expand(name - expression / slope)
            if _zero_at(tower, rename(tower.field.expression(x), name, value), name, value):
                return True
    return False


def _zero_at(tower: Tower, expression: Any, name: sp.Symbol, value: sp.Expr) -> bool:
    """The value keeps the range of the symbol it stands for."""
    outside = tower.scope
    ranges = [(value, low, high) for n, low, high in symbolic_ranges(tower.domain) if n == name]
    tower.scope = (*outside, *ranges)
    try:
        return _is_zero_by_cases(tower, tower.convert(expression))
    finally:
        tower.scope = outside


def _small_sizes(obligations: list[sp.Expr], domain: Domain) -> list[tuple[Any, int]] | None:
    """The finitely many sizes at which a rewriting of ranges is not valid; None if they are not finitely many."""
    found: list[tuple[Any, int]] = []
    for obligation in obligations:
        names = obligation.free_symbols
        name = next(iter(names)) if len(names) == 1 else None
        if name is None or name not in size_symbols(domain) or sp.expand(obligation - name).free_symbols:
            return None
        first, least = int(name - obligation), domain.sets[name].inf
        if not least.is_Integer or first - int(least) > MAX_SMALL:
            return None
        found += [(name, n) for n in range(int(least), first) if (name, n) not in found]
    return found


def _at_size(left: Any, right: Any, domain: Domain, name: sp.Symbol, value: int) -> str:
    sides = [rename(side, name, sp.Integer(value)) for side in (left, right)]
    return _by_normal_form(*sides, fixed(domain, name, value))


def fixed(domain: Domain, name: sp.Symbol, value: int) -> Domain:
    """The domain with one size put in."""
    number = sp.Integer(value)
    sets = {n: s.subs(name, number) if name in s.free_symbols else s for n, s in domain.sets.items()}
    return Domain({**sets, name: sp.FiniteSet(number)}, domain.constraints)


def _by_induction(left: Any, right: Any, domain: Domain) -> str:
    """Over a size with a least value: true there, and the step from n to n + 1 follows in normal form."""
    for name in size_symbols(domain):
        chosen = domain.sets[name]
        tied = any(name in s.free_symbols for s in domain.sets.values()) or domain.constraints
        if tied or not chosen.inf.is_Integer or not _bounds_with(name, left, right):
            continue
        try:
            if _at_size(left, right, domain, name, int(chosen.inf)) and _step(left, right, domain, name):
                return f"induction over {name} from {chosen.inf}, each step in normal form"
        except UnsupportedError:
            continue
    return ""


def _bounds_with(name: sp.Symbol, *sides: Any) -> bool:
    nodes = [n for side in sides for n in side.atoms(Sigma, sp.Sum, sp.Product)]
    return any(name in n.free_symbols for n in nodes)


def _step(left: Any, right: Any, domain: Domain, name: sp.Symbol) -> bool:
    """left(n+1) - left(n) = right(n+1) - right(n), or the same with quotients where right(n) is never zero."""

    def work(tower: Tower) -> bool:
        now = [tower.convert(side) for side in (left, right)]
        later = [tower.convert(rename(side, name, name + 1)) for side in (left, right)]
        if tower.obligations:
            return False
        field = tower.field
        gains = [field.add(x, field.negative(y)) for x, y in zip(later, now, strict=True)]
        if field.same(*gains):
            return True
        # From left(n) = right(n), left(n+1) right(n) = right(n+1) left(n) says nothing where right(n) is zero.
        signs = (now[1], field.negative(now[1]))
        never_zero = any(ratio_nonnegative(field, side, strict=True) for side in signs)
        return never_zero and field.same(field.multiply(later[0], now[1]), field.multiply(later[1], now[0]))

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
    except UnsupportedError as error:
        reason = str(error)
    outcome = "undecided" if reason else "proves"
    return Evidence(
        route="exact", outcome=outcome, technique="; ".join(sorted(found)) if not reason else "", engine=ENGINE,
        seconds=time.perf_counter() - start, claim=claim, reason=reason,
    )  # fmt: skip
