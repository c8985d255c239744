"""Operations on both sides of an equation: each is computed and checked, and refused where it is not allowed."""

from __future__ import annotations

import pytest
import sympy as sp

from derivations import Derivation, RefutedStepError
from derivations.engine.step import Step
from derivations.operations.equation import OperationError
from derivations.operations.table import OPERATIONS
from theory import Domain, Expansion, Identity, Inequality, LimitStatement
from theory.averages import GaussianMean

x, a, y = sp.symbols("x a y", real=True)
m, beta, J = sp.symbols("m beta J", positive=True)
z = sp.Symbol("z", real=True)
t = sp.Symbol("t", real=True)
s = sp.Symbol("s")
f = sp.Function("f")
HOLDS = ("proved", "enclosed")


def paper() -> Derivation:
    sets = {x: (-1, 1), a: (1, 2), y: (0, 1), m: (0, 1), beta: (0, sp.oo), J: (0, sp.oo), z: sp.S.Reals, t: (0, 5)}
    return Derivation("paper", domain={**sets, s: sp.FiniteSet(-1, 1)})


def double_angle() -> Derivation:
    d = paper()
    d.so(sp.cosh(2 * x), 1 + 2 * sp.sinh(x) ** 2, name="start")
    return d


def magnet() -> Derivation:
    d = paper()
    d.premise(m, sp.tanh(beta * J * m), name="self-consistency")
    return d


def decay() -> Derivation:
    d = paper()
    d.premise(f(t).diff(t), -a * f(t), name="decay")
    return d


def sides(step: Step) -> tuple[sp.Expr, sp.Expr]:
    assert isinstance(step.statement, Identity | Expansion)
    return step.statement.left, step.statement.right


def status(d: Derivation, step: Step) -> str | None:
    return d.reports[step.name].status


def test_a_term_and_an_equation_are_added_and_subtracted():
    d = double_angle()
    step = d.subtract(1)
    assert sides(step) == (sp.cosh(2 * x) - 1, 2 * sp.sinh(x) ** 2)
    both = d.add(d["start"])
    assert sides(both) == (2 * sp.cosh(2 * x) - 1, 1 + 4 * sp.sinh(x) ** 2)
    assert {status(d, step), status(d, both)} <= set(HOLDS)


def test_a_factor_is_distributed_and_divided_out_again():
    d = double_angle()
    step = d.multiply(a)
    assert sides(step)[1] == a + 2 * a * sp.sinh(x) ** 2
    back = d.divide(a, by="a is not zero")
    assert (sides(back), back.reason) == (sides(d["start"]), "a is not zero")
    assert len(back.obligations) == 1


def test_division_by_what_can_vanish_is_refused_with_the_point_where_it_does():
    d = double_angle()
    with pytest.raises(RefutedStepError) as caught:
        d.divide(x)
    point = caught.value.verdict.counterexample
    assert point is not None
    assert point[x] == 0
    assert len(d.steps) == 1


def test_division_by_what_is_not_shown_to_differ_from_zero_is_undecided():
    d = decay()
    step = d.divide(f(t))
    assert status(d, step) == "inconclusive"
    assert d.undecided == (step,)


def test_a_premise_may_say_that_a_divisor_is_positive():
    d = decay()
    d.premise(Inequality(f(t), 0, Domain({t: (0, 5)}), relation=">"), name="positive")
    step = d.divide(f(t), of=d["decay"])
    assert (status(d, step), step.obligations) == ("proved", ())
    assert set(step.rests_on) == {"premise: decay", "premise: positive"}
    assert status(d, d.differentiate(t)) == "proved"
    again = Derivation.from_json(d.to_json())
    assert again.verify().status == "proved"


def test_a_premise_may_bound_a_symbol():
    d = paper()
    d.premise(Inequality(x, y, Domain({x: (-1, 1), y: (0, 1)}), relation=">"), name="above")
    d.so(sp.Max(x, y), x, name="larger")
    assert (status(d, d["larger"]) in HOLDS, d["larger"].rests_on) == (True, ("premise: above",))
    with pytest.raises(RefutedStepError):
        d.so(sp.Max(x, y), y)


def test_zero_is_no_factor_and_no_divisor():
    with pytest.raises(OperationError, match="0 = 0"):
        double_angle().multiply(0)
    with pytest.raises(OperationError, match="zero"):
        double_angle().divide(0)


def test_the_sides_are_swapped():
    d = double_angle()
    assert sides(d.swap()) == tuple(reversed(sides(d["start"])))


def test_an_identity_is_differentiated_and_a_constraint_is_not():
    d = double_angle()
    assert sides(d.differentiate(x)) == (2 * sp.sinh(2 * x), 4 * sp.sinh(x) * sp.cosh(x))
    with pytest.raises(OperationError, match="holds only where a premise about m holds"):
        magnet().differentiate(m)


def test_a_constraint_is_differentiated_by_the_argument_of_its_functions():
    d = decay()
    step = d.differentiate(t)
    assert sides(step) == (f(t).diff(t, 2), -a * f(t).diff(t))
    assert (status(d, step), step.rests_on) == ("proved", ("premise: decay",))
    with pytest.raises(OperationError, match="premise about a"):
        d.differentiate(a)


def test_a_definition_is_opened_before_it_is_differentiated():
    d = paper()
    Z = sp.Symbol("Z", positive=True)
    d.define(Z, 2 * sp.cosh(x))
    d.so(sp.log(Z), sp.log(2) + sp.log(sp.cosh(x)), name="log")
    step = d.differentiate(x)
    assert sp.simplify(sides(step)[0] - sp.tanh(x)) == 0
    assert status(d, step) in HOLDS


def test_an_identity_is_integrated_within_its_domain_only():
    d = double_angle()
    d.so((1 + x) ** 2, 1 + 2 * x + x**2, name="square")
    step = d.integrate(x, 0, sp.Rational(1, 2))
    assert sides(step)[1] == sp.Rational(1, 2) + sp.Rational(1, 4) + sp.Rational(1, 24)
    assert x not in step.statement.domain.sets  # pyright: ignore[reportAttributeAccessIssue]
    with pytest.raises(OperationError, match="not known to lie"):
        d.integrate(x, 0, 2, of=d["square"])


def test_a_gaussian_mean_is_taken_term_by_term():
    d = paper()
    d.so((z + a) ** 2 * 1, z**2 + 2 * a * z + a**2, name="square")
    step = d.average(z, variance=J)
    assert sides(step) == (J + a**2, J + a**2)
    d.so(sp.exp(a * z), sp.cosh(a * z) + sp.sinh(a * z), name="exponential")
    mean = d.average(z)
    assert sides(mean)[0] == sp.exp(a**2 / 2)
    assert sides(mean)[1].has(GaussianMean)
    assert status(d, mean) in HOLDS


def test_a_gaussian_mean_needs_every_real_value():
    with pytest.raises(OperationError, match="every real"):
        double_angle().average(x)


def test_a_mean_over_spins_is_the_mean_of_two_values():
    d = paper()
    d.so(sp.exp(x * s) * 1, sp.cosh(x * s) + sp.sinh(x * s), name="spin")
    step = d.average(s)
    assert sp.simplify(sides(step)[1] - sp.cosh(x)) == 0
    assert status(d, step) in HOLDS


def test_a_limit_lists_the_limits_it_needs():
    d = paper()
    d.so(sp.sin(t) / t + t, (sp.sin(t) + t**2) / t, name="quotient")
    step = d.limit(t, 0)
    assert sides(step) == (1, 1)
    assert [type(o) for o in step.obligations] == [LimitStatement, LimitStatement]
    assert status(d, step) == "proved"


def test_a_limit_outside_the_domain_is_refused():
    with pytest.raises(OperationError, match="no end or point"):
        double_angle().limit(x, 2)


def test_the_right_side_is_expanded_to_an_order():
    d = double_angle()
    step = d.expand(x, 4)
    assert isinstance(step.statement, Expansion)
    assert (step.statement.right, step.statement.order) == (1 + 2 * x**2, 4)
    assert step.rests_on == (f"expansion: {step.name}",)


def test_an_expansion_is_not_differentiated_nor_scaled_by_its_variable():
    d = double_angle()
    d.expand(x, 4)
    for wrong in (lambda: d.differentiate(x), d.log, lambda: d.multiply(x)):
        with pytest.raises(OperationError):
            wrong()
    scaled = d.multiply(a)
    assert isinstance(scaled.statement, Expansion)
    assert status(d, scaled) in HOLDS


def test_the_logarithm_needs_positive_sides():
    d = double_angle()
    assert status(d, d.log()) in HOLDS
    d.so(2 * x, x + x, name="linear")
    d.so(sp.sinh(x), (sp.exp(x) - sp.exp(-x)) / 2, name="odd")
    with pytest.raises(RefutedStepError):
        d.log()


def test_the_exponential_undoes_the_logarithm():
    d = double_angle()
    d.log()
    assert sp.simplify(sides(d.exp())[1] - sides(d["start"])[1]) == 0


def test_a_value_outside_the_set_of_its_symbol_is_not_substituted():
    d = double_angle()
    assert sides(d.substitute(x, y / 2))[0] == sp.cosh(y)
    for outside in (sp.Integer(2), sp.Integer(1)):
        with pytest.raises(OperationError, match="not known to lie"):
            d.substitute(x, outside, of=d["start"])
    with pytest.raises(RefutedStepError):
        d.substitute(x, 2 * y, of=d["start"])


def test_a_symbol_of_a_constraint_is_not_substituted_and_one_of_a_function_is():
    with pytest.raises(OperationError, match="premise about beta"):
        magnet().substitute(beta, 2 * beta)
    d = decay()
    step = d.substitute(t, y)
    assert sides(step) == (f(y).diff(y), -a * f(y))


def test_an_earlier_equation_is_used_inside_another():
    d = magnet()
    d.so(1 - sp.tanh(beta * J * m) ** 2, sp.sech(beta * J * m) ** 2, name="slope", parents=(d["self-consistency"],))
    back = d.swap(of=d["self-consistency"], name="back")
    step = d.rewrite(back, of=d["slope"])
    assert sides(step)[0] == 1 - m**2
    assert (status(d, step) in HOLDS, step.rests_on) == (True, ("premise: self-consistency",))


def test_what_does_not_occur_cannot_be_replaced():
    d = double_angle()
    d.so(sp.sin(x) ** 2, 1 - sp.cos(x) ** 2, name="circle")
    with pytest.raises(OperationError, match="does not occur"):
        d.rewrite(d["circle"], of=d["start"])


def test_an_identity_of_a_smaller_domain_gives_no_more_than_that_domain():
    d = paper()
    d.so(Identity(sp.sqrt(y**2), y, Domain({y: (0, 1)})), name="root")
    d.so(Identity(sp.sqrt(y**2) + x, x + sp.sqrt(y**2) + x - x, Domain({y: (-1, 1), x: (-1, 1)})), name="wide")
    step = d.rewrite(d["root"], of=d["wide"])
    assert step.statement.domain.sets[y] == sp.Interval.open(0, 1)  # pyright: ignore[reportAttributeAccessIssue]


def test_multiplying_a_premise_keeps_its_premise_and_is_checked():
    d = decay()
    step = d.multiply(f(t))
    assert (status(d, step), step.rests_on) == ("proved", ("premise: decay",))
    equation = magnet()
    scaled = equation.multiply(beta * J)
    assert (status(equation, scaled), scaled.given[0].name) == ("proved", "self-consistency")


def test_a_condition_is_needed_only_where_the_premise_holds():
    d = paper()
    d.premise(x, y + sp.Rational(1, 4) - y, name="fixed")
    step = d.divide(x)
    assert status(d, step) == "proved"


def test_nothing_is_done_without_an_equation_or_with_unknown_words():
    with pytest.raises(OperationError, match="no equation yet"):
        paper().multiply(a)
    with pytest.raises(TypeError, match="of=, by= and name="):
        double_angle().multiply(a, because="typo")


def test_every_operation_is_in_the_table():
    names = {"add", "subtract", "multiply", "divide", "swap", "differentiate", "integrate", "limit", "expand"}
    names |= {"logarithm", "exponential", "average", "substitute", "rewrite"}
    assert set(OPERATIONS) == {f"both sides: {name}" for name in names}


def test_a_limit_is_taken_from_the_side_on_which_the_equation_holds():
    d = paper()
    d.so(sp.sqrt(y**2) + 1, y + 1, name="root")
    with pytest.raises(OperationError, match="from the other side"):
        d.limit(y, 1)
    assert sides(d.limit(y, 1, direction="-", of=d["root"])) == (2, 2)
    with pytest.raises(OperationError, match="from the other side"):
        d.expand(y, 2, about=1, of=d["root"])


def test_a_symbol_that_the_domain_ties_to_others_is_left_alone():
    d = paper()
    below = Domain({x: (-1, 1), y: (0, 1)}, [sp.Lt(x, y)])
    d.so(Identity(sp.Max(x, y), y, below), name="larger")
    for wrong in (lambda: d.differentiate(x), lambda: d.integrate(x, 0, 1), lambda: d.substitute(x, y**2)):
        with pytest.raises(OperationError, match="ties it to other names"):
            wrong()
