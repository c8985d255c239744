"""A premise holds at the values at hand, or for every argument of a function: nothing uses it beyond that."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sympy as sp

from derivations import Derivation, RefutedStepError
from derivations.operations.equation import OperationError
from theory import Domain, Identity, Inequality
from theory.averages import GaussianMean

x, y, z, a, t = sp.symbols("x y z a t", real=True)
n = sp.Symbol("n", integer=True)
f, g = sp.Function("f", real=True), sp.Function("g", real=True)
REALS, PAIR = sp.S.Reals, sp.FiniteSet(-1, 1)


def derivation(**sets: Any) -> Derivation:
    names = {"n": n}
    return Derivation("d", domain={names.get(k, sp.Symbol(k, real=True)): s for k, s in sets.items()})


def accepted(step: Any) -> bool:
    return bool(step.verdicts) and all(v.holds for v in step.verdicts)


OPERATIONS: dict[str, Callable[[Derivation, Any], Any]] = {
    "differentiate": lambda d, p: d.differentiate(x, of=p),
    "substitute": lambda d, p: d.substitute(x, 2, of=p),
    "integrate": lambda d, p: d.integrate(x, 0, 1, of=p),
    "average": lambda d, p: d.average(x, of=p),
    "limit": lambda d, p: d.limit(x, 0, of=p),
}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_what_a_defined_name_stands_for_is_held_with_it(operation: str):
    d = derivation(x=REALS)
    d.define(y, x**2)
    held = d.premise(y, 1)
    with pytest.raises(OperationError, match="premise about x"):
        OPERATIONS[operation](d, held)


def test_what_a_defined_function_stands_for_is_held():
    d = derivation(x=REALS, t=REALS)
    d.define(f(t), t**2)
    held = d.premise(f(x), 1)
    with pytest.raises(OperationError, match="premise about x"):
        d.substitute(x, 2, of=held)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_premise_for_every_argument_may_be_worked_on(operation: str):
    d = derivation(x=REALS)
    step = OPERATIONS[operation](d, d.premise(f(x), x))
    assert step.verdicts[0].holds


BEYOND = [(f(x).diff(x), 0), (sp.Integral(f(x), (x, 0, 2)), 2), (GaussianMean(f(x), x, 1), 1)]


@pytest.mark.parametrize(("left", "right"), BEYOND)
def test_a_step_at_one_point_says_nothing_of_others(left: Any, right: Any):
    d = derivation(x=REALS)
    d.premise(f(x), x**2)
    d.premise(x, 1)
    assert accepted(d.so(f(x), 1))
    assert not accepted(d.so(left, right))


def test_a_function_stays_known_for_every_argument_beside_a_premise_about_one():
    d = derivation(x=REALS)
    d.premise(f(x), x**2)
    d.premise(x, 1)
    d.so(f(x), 1)
    assert accepted(d.so(f(x).diff(x), 2 * x))
    assert accepted(d.so(sp.Integral(f(x), (x, 0, 2)), sp.Rational(8, 3)))


def test_a_step_on_a_half_line_says_nothing_of_the_other():
    d = derivation(x=REALS)
    d.premise(g(x), sp.Abs(x))
    d.premise(Inequality(x, 0, Domain({x: REALS}), relation=">"))
    d.so(g(x), x)
    assert not accepted(d.so(sp.Integral(g(x), (x, -1, 1)), 0))


def test_values_at_single_points_give_no_slope():
    for name, values in ((n, sp.S.Integers), (x, PAIR)):
        d = Derivation("points", domain={name: values})
        d.premise(f(name), name**2)
        assert not accepted(d.so(f(name).diff(name), 2 * name))
    d = derivation(n=sp.S.Integers)
    d.premise(f(n).diff(n), f(n))
    assert not accepted(d.so(f(n).diff(n, 2), f(n)))


def test_values_where_a_domain_ties_symbols_give_no_slope():
    tied = Domain({x: REALS, a: REALS}, [sp.Eq(x, a, evaluate=False)])
    d = Derivation("tied", domain=tied)
    d.premise(f(x), a * x)
    assert not accepted(d.so(f(x).diff(x), a))
    free = derivation(x=REALS, a=REALS)
    free.premise(f(x), a * x)
    assert accepted(free.so(f(x).diff(x), a))


def test_a_premise_over_a_part_of_a_domain_says_nothing_of_the_rest():
    d = derivation(x=REALS)
    d.premise(Identity(f(x), x, Domain({x: REALS}, [x > 5])))
    assert not accepted(d.so(f(x), x))


def test_nothing_is_put_in_under_a_derivative_that_is_equal_at_a_point_only():
    d = derivation(x=REALS, y=REALS)
    held = d.premise(x * y, sp.sin(y) + sp.cos(x))
    product = sp.sin(x * y) * g(x)
    slope = y * sp.cos(x * y) * g(x) + sp.sin(x * y) * g(x).diff(x)
    step = d.so(sp.Derivative(product, x), slope, parents=())
    with pytest.raises(OperationError, match="at certain values only"):
        d.rewrite(held, of=step)
    assert accepted(d.rewrite(held, of=d.so(sp.sin(x * y) ** 2, 1 - sp.cos(x * y) ** 2, parents=())))


def test_nothing_is_put_in_under_a_derivative_on_single_points():
    d = derivation(n=sp.S.Integers)
    zero = d.premise(f(n), 0)
    step = d.so(f(n).diff(n) * (n + 1), n * f(n).diff(n) + f(n).diff(n), parents=())
    with pytest.raises(OperationError, match="at certain values only"):
        d.rewrite(zero, of=step)


def test_a_function_equal_to_its_argument_is_no_number_that_solves_an_equation():
    d = derivation(x=REALS, y=REALS)
    d.premise(f(x), x)
    assert accepted(d.so(sp.Integral(f(x), (x, 0, 1)), sp.Rational(1, 2)))
    assert accepted(d.so(f(x).diff(x), 1))
    with pytest.raises(RefutedStepError):
        d.so(f(x), x + 1)
    level = derivation(x=REALS, y=REALS)
    level.premise(y, f(x))
    assert accepted(level.so(f(x).diff(x), 0))
    with pytest.raises(RefutedStepError):
        level.so(y**2, f(x) ** 2 + 1)
