"""Differentiate, integrate, take a limit, expand: what needs the equation for every value of a symbol."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.operations.equation import Done, Equation, OperationError, exact, refuse_capture
from derivations.operations.side_conditions import member
from theory.statements import Expansion, LimitStatement, Statement

EASY = 80
"""Nodes up to which SymPy is asked for an antiderivative or a limit; its answer is verified like any claim."""


def differentiate(equation: Equation, *, by: Any) -> Done:
    """The derivative of both sides by a symbol."""
    equation = _over(equation, by, "differentiate by")
    left, right = (sp.diff(side, by) for side in equation.sides)
    written = tuple(sp.Derivative(side, by) for side in equation.sides)
    return Done(
        statement=equation.with_sides(left, right), written=(written[0], written[1]),
        reason=f"Differentiate both sides by ${sp.latex(by)}$.",
    )  # fmt: skip


def integrate(equation: Equation, *, over: Any, low: Any, high: Any) -> Done:
    """The integral of both sides over a symbol between two ends of the set where the equation holds."""
    equation = _over(equation, over, "integrate over")
    low, high = exact(low, "the lower end"), exact(high, "the upper end")
    domain = equation.domain_with(low, high, *equation.sides)
    closure = domain.sets[over].closure
    needs = tuple(claim for end in (low, high) if end.is_finite is not False for claim in member(end, closure, domain))
    if any(end.is_infinite and end not in (closure.inf, closure.sup) for end in (low, high)):
        raise OperationError(f"the equation holds for {over} in {domain.sets[over]}, not up to {low} and {high}")
    written = tuple(sp.Integral(side, (over, low, high)) for side in equation.sides)
    left, right = (_integral(side, over, low, high) for side in equation.sides)
    rest = domain.restricted(*(set(domain.sets) - {over} & set(domain.sets)), left, right)
    statement = equation.statement.replaced(left=left, right=right, domain=rest)
    reason = f"Integrate both sides over ${sp.latex(over)}$ from ${sp.latex(low)}$ to ${sp.latex(high)}$."
    return Done(statement=statement, written=(written[0], written[1]), obligations=needs, reason=reason)


def limit(equation: Equation, *, of: Any, to: Any, direction: str = "+") -> Done:
    """The limit of both sides; each side's limit is verified by itself."""
    point = exact(to, "the point")
    equation = _over(equation, of, "take the limit in", through_integers=point.is_infinite)
    chosen = equation.domain_with(*equation.sides, of).sets[of]
    _require_approach(of, chosen, point, direction)
    values, needs = _limits(equation.sides, of, point, direction), []
    for side, value in zip(equation.sides, values, strict=True):
        if of in side.free_symbols:
            needs.append(
                LimitStatement(side, value, equation.domain_with(side), variable=of, point=point, direction=direction)
            )
    domain = equation.domain.restricted(*values, *(n for n in equation.domain.sets if n != of))
    statement = equation.statement.replaced(left=values[0], right=values[1], domain=domain)
    reason = f"Let ${sp.latex(of)}$ tend to ${sp.latex(point)}$ on both sides."
    return Done(statement=statement, written=(values[0], values[1]), obligations=tuple(needs), reason=reason)


def expand(equation: Equation, *, by: Any, order: int, about: Any = 0) -> Done:
    """The right side expanded in a symbol, to a remainder of an order."""
    equation = _over(equation, by, "expand in")
    point = exact(about, "the point")
    left, right = equation.sides
    _require_approach(by, equation.domain_with(left, right, by).sets[by], point, "+")
    statement: Statement = Expansion(
        left, _taylor(right, by, order, point), equation.domain_with(left, right, by), variable=by, order=order,
        about=point,
    )  # fmt: skip
    shift = by if point == 0 else by - point
    return Done(statement=statement, reason=f"Expand the right side in ${sp.latex(shift)}$.")


def _require_approach(name: Any, chosen: Any, point: Any, direction: str) -> None:
    """Raise unless the set reaches up to the point from the side it is approached from."""
    if chosen.closure.contains(point) != sp.true and point not in (chosen.inf, chosen.sup):
        raise OperationError(f"the equation holds for {name} in {chosen}, which {point} is no end or point of")
    outside = chosen.sup if direction == "+" else chosen.inf
    if point == outside and point.is_finite:
        raise OperationError(
            f"the equation holds for {name} in {chosen}, not beyond {point}; take the limit from the other side, "
            f"direction={'-' if direction == '+' else '+'!r}"
        )


def _over(equation: Equation, name: Any, doing: str, *, through_integers: bool = False) -> Equation:
    """The equation with its definitions opened, where it holds for an interval of ``name``, or for all large integers.

    A limit over real values, which is what is verified, is the limit over the integers among them.
    """
    equation.require_identity(doing.rsplit(maxsplit=1)[0])
    if not (through_integers and isinstance(equation.ambient.sets.get(name), sp.Range)):
        equation.require_continuous(name, doing)
    equation.require_free(name, doing)
    opened = equation.of(name)
    opened.require_loose(name, doing)
    for side in opened.sides:
        refuse_capture(side, {name}, f"{doing} {name}")
    return opened


def _integral(side: Any, over: Any, low: Any, high: Any) -> Any:
    """Term by term; in closed form where an antiderivative is easily had."""
    return sp.Add(*(_integral_of_term(term, over, low, high) for term in sp.Add.make_args(sp.expand(side))))


def _integral_of_term(term: Any, over: Any, low: Any, high: Any) -> Any:
    front, body = term.as_independent(over, as_Add=False)
    whole = sp.Integral(body, (over, low, high))
    if not body.is_polynomial(over) or low.is_infinite or high.is_infinite:
        return front * whole
    found = sp.integrate(body, over)
    return front * (found.subs(over, high) - found.subs(over, low))


def _limits(sides: tuple[Any, Any], of: Any, point: Any, direction: str) -> list[Any]:
    """The limit of each side; where only one is found, it is proposed for both, and verified for each."""
    found = [_limit(side, of, point, direction) for side in sides]
    known = [value for value in found if value is not None]
    if not known:
        raise OperationError(
            f"no finite limit of {sides[0]} is found as {of} tends to {point}; state it with so and a LimitStatement"
        )
    return [known[0] if value is None else value for value in found]


def _limit(side: Any, of: Any, point: Any, direction: str) -> Any:
    value = side.subs(of, point) if point.is_finite else sp.nan
    if value.has(sp.nan, sp.zoo, sp.oo) and side.count_ops() <= EASY:
        try:
            value = sp.limit(side, of, point, direction)
        except (NotImplementedError, ValueError):  # SymPy does not know the sign of a parameter
            return None
    return None if value.has(sp.nan, sp.zoo, sp.oo, sp.Limit) else value


def _taylor(side: Any, by: Any, order: int, point: Any) -> Any:
    terms, slope = [], side
    for power in range(order):
        value = slope.subs(by, point)
        if value.has(sp.nan, sp.zoo, sp.oo):
            return _series(side, by, order, point)
        value = sp.simplify(value) if value.count_ops() <= EASY else value
        terms.append(value * (by - point) ** power / sp.factorial(power))
        slope = sp.diff(slope, by)
    return sp.Add(*terms)


def _series(side: Any, by: Any, order: int, point: Any) -> Any:
    if side.count_ops() > EASY:
        raise OperationError(f"{side} has no derivatives at {by} = {point}; state the expansion with so")
    return sp.series(side, by, point, order).removeO()
