"""Where an action is stationary: solve one linear local equation for one field."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.means import split_means
from derivations.algebra.rational_parts import atomic_names
from derivations.algebra.sum_terms import guarded, resolved
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.statements import Identity, Stationarity
from theory.sums import Inside, unfold


@rule("stationarity", "At the saddle point the derivative of the action by each order parameter vanishes.")
def stationary(action: Step, *, by: Any, solve_for: Any, layers: tuple[Any, Any] | None = None) -> Inference:
    """Differentiate by one order parameter and solve for another; the result is its value.

    ``by`` and ``solve_for`` are symbols, or entries for any layer in ``layers``.
    """
    slots = getattr(by, "indices", ())
    ranges = tuple((cast(sp.Symbol, s), *(sp.sympify(e, strict=True) for e in cast(Any, layers))) for s in slots)
    slope = local_slope(action.result, by, ranges)
    solution = solved_linearly(slope, solve_for)
    sets = {slot: sp.Range(low, high + 1) for slot, low, high in ranges}
    domain = cast(Any, action.statement).domain.extended(sets)
    statement = Stationarity(action.result, domain, variables=(by,), at={solve_for: solution})
    return Inference(statement=statement, result=solution)


@rule(
    "joint stationarity",
    "Where the derivatives by the conjugates hold no mean, they are solved for all conjugates of a site at once.",
)
def stationary_together(
    action: Step, *, by: tuple[Any, ...], solve_for: tuple[Any, ...], layers: tuple[Any, Any] | None = None
) -> Inference:
    """Differentiate by several order parameters of one layer and solve for as many; the result is their values.

    Raises
    ------
    ValueError
        If the equations have not exactly one solution.
    """
    slots = getattr(by[0], "indices", ())
    ranges = tuple((cast(sp.Symbol, s), *(sp.sympify(e, strict=True) for e in cast(Any, layers))) for s in slots)
    slopes = [local_slope(action.result, name, ranges) for name in by]
    values = solved_jointly(slopes, solve_for)
    domain = cast(Any, action.statement).domain.extended({slot: sp.Range(low, high + 1) for slot, low, high in ranges})
    statement = Stationarity(action.result, domain, variables=by, at=values)
    return Inference(statement=statement, result=values)


def solved_jointly(equations: list[Any], unknowns: tuple[Any, ...]) -> dict[Any, Any]:
    """The one solution of rational equations, by a Groebner basis in which denominators do not vanish.

    Raises
    ------
    ValueError
        If there is none, or more than one.
    """
    letters = {name: sp.Dummy() for e in equations for name in atomic_names(e)}
    fractions = [sp.fraction(sp.cancel(e.xreplace(letters))) for e in equations]
    inverse, wanted = sp.Dummy(), [letters[u] for u in unknowns]
    never_zero = inverse * sp.Mul(*[bottom for _, bottom in fractions]) - 1
    basis = sp.groebner([*(top for top, _ in fractions), never_zero], inverse, *wanted, order="lex")
    values: dict[Any, Any] = {}
    for letter in reversed(wanted):
        for polynomial in basis.exprs:
            left: Any = sp.expand(polynomial.xreplace(values))
            if letter in left.free_symbols and not left.free_symbols & ({inverse, *wanted} - {letter}):
                if sp.Poly(left, letter).degree() == 1:
                    values[letter] = sp.factor(-left.coeff(letter, 0) / left.coeff(letter, 1))
                break
        if letter not in values:
            raise ValueError(f"expected one solution for {unknowns} of {equations} = 0; their basis is {basis.exprs}")
    back = {letter: name for name, letter in letters.items()}
    return {u: values[letters[u]].xreplace(back) for u in unknowns}


def local_slope(expression: Any, name: Any, ranges: tuple[Any, ...]) -> Any:
    """The derivative by a symbol, or by the entry of a layer in its range."""
    slope = split_means(resolved(sp.diff(expression, name)))
    slope = resolved(slope) if slope.has(sp.KroneckerDelta) else slope
    return slope.replace(lambda e: isinstance(e, Inside), lambda e: guarded(e, ranges))


def solved_linearly(equation: Any, unknown: Any) -> sp.Expr:
    """The root of an equation that is linear in one order parameter.

    Raises
    ------
    ValueError
        If the equation is not linear in it or does not contain it.
    """
    whole = sp.expand(equation)
    slope = whole.coeff(unknown, 1)
    rest = sp.expand(whole - slope * unknown)
    if slope == 0 or unknown in slope.free_symbols | rest.free_symbols:
        raise ValueError(f"expected an equation linear in {unknown}, found {equation} = 0")
    return cast(sp.Expr, sp.Add(*[cast(Any, sp.factor(-term / slope)) for term in sp.Add.make_args(rest)]))


@rule("substitute", "Put the values at the saddle point into the action.")
def at_saddle(action: Step, *solutions: Step) -> Inference:
    """The action where each solved field has its value; the claim holds on that set of fields alone."""
    value, equations = action.result, []
    for step in solutions:
        ((field, solution),) = cast(Stationarity, step.statement).at
        value = unfold(value, field, solution)
        equations.append(sp.Eq(field, solution, evaluate=False))
    value = resolved(value)
    domain = cast(Any, action.statement).domain.extended(constraints=equations).restricted(action.result)
    return Inference(statement=Identity(action.result, value, domain))
