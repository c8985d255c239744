"""A derivation of the user's own: definitions are put in, premises are assumed, and slips are refused."""

from __future__ import annotations

import pytest
import sympy as sp

from derivations import Derivation, RefutedStepError
from theory import Definition, Domain, Expansion, Identity, LimitStatement
from theory.laws import Discrete
from theory.statements import EnsembleMean

m, beta = sp.symbols("m beta", positive=True)
h = sp.Symbol("h", real=True)
Z = sp.Symbol("Z", positive=True)
t = sp.Symbol("t", real=True)
f = sp.Function("f")


def magnet() -> Derivation:
    d = Derivation("magnet", domain={m: (0, 1), beta: (0, sp.oo), h: (-1, 1)})
    d.define(Z, sp.exp(h) + sp.exp(-h), name="partition function")
    return d


def status(d: Derivation, name: str) -> str | None:
    return d.reports[name].status


def test_two_sides_make_a_claim_over_the_domain_of_the_derivation():
    d = magnet()
    step = d.so(sp.cosh(2 * h), 1 + 2 * sp.sinh(h) ** 2, name="double", by="addition theorem")
    assert (step.stated, status(d, "double"), step.reason) == (True, "proved", "addition theorem")


def test_a_definition_is_put_in_when_a_claim_is_checked():
    d = magnet()
    d.so(Z, 2 * sp.cosh(h), name="trace")
    assert status(d, "trace") == "proved"
    with pytest.raises(RefutedStepError, match="refuted"):
        d.so(Z, 2 * sp.sinh(h))


def test_definitions_may_use_definitions():
    d = magnet()
    phi = sp.Symbol("phi", real=True)
    d.define(phi, sp.log(Z))
    d.so(sp.exp(phi), 2 * sp.cosh(h), name="back")
    assert status(d, "back") == "proved"


def test_a_defined_function_is_put_in_at_any_argument_and_under_a_derivative():
    d = magnet()
    g = sp.Function("g")
    d.define(g(h), h**3)
    d.so(g(2 * h) + g(h).diff(h), 8 * h**3 + 3 * h**2, name="used")
    assert status(d, "used") in ("proved", "enclosed")


def test_a_remainder_in_the_right_side_makes_an_expansion():
    d = magnet()
    step = d.so(sp.log(Z), sp.log(2) + h**2 / 2 + sp.O(h**4), name="weak field")
    assert isinstance(step.statement, Expansion)
    assert (step.statement.order, status(d, "weak field")) == (4, "proved")
    assert step.rests_on == ("expansion: weak field",)
    with pytest.raises(RefutedStepError):
        d.so(sp.log(Z), sp.log(2) + h**2 + sp.O(h**4))


@pytest.mark.parametrize(
    ("right", "order"),
    [
        (sp.sqrt(2 * t) / sp.pi + sp.O(t ** sp.Rational(3, 2)), sp.Rational(3, 2)),
        (sp.sqrt(2 * t) / sp.pi + sp.O(t), 1),
    ],
)
def test_a_remainder_may_be_of_fractional_order(right: sp.Expr, order: object):
    d = Derivation("angle", domain={t: (0, 1)})
    step = d.so(sp.acos(1 - t) / sp.pi, right)
    assert (step.status, step.statement.order) == ("proved", order)


@pytest.mark.parametrize(
    "right",
    [
        sp.sqrt(t) / sp.pi + sp.O(t ** sp.Rational(3, 2)),
        -sp.sqrt(2 * t) / sp.pi + sp.O(t ** sp.Rational(3, 2)),
        sp.sqrt(2 * t) / sp.pi + sp.O(t ** sp.Rational(5, 2)),
    ],
)
def test_a_wrong_root_or_order_is_refuted(right: sp.Expr):
    with pytest.raises(RefutedStepError, match="would hold with"):
        Derivation("angle", domain={t: (0, 1)}).so(sp.acos(1 - t) / sp.pi, right)


def test_a_remainder_at_infinity_counts_inverse_powers():
    d = Derivation("far", domain={t: (1, sp.oo)})
    root = sp.sqrt(t**2 + t)
    assert d.so(root, t + sp.S.Half + sp.O(1 / t, (t, sp.oo))).status == "proved"
    with pytest.raises(RefutedStepError):
        d.so(root, t + sp.S.Half + sp.O(1 / t**2, (t, sp.oo)))
    with pytest.raises(ValueError, match="expected a remainder"):
        d.so(root, t + sp.O(t**2, (t, sp.oo)))


def test_what_cancels_when_definitions_are_put_in_keeps_its_set():
    d = Derivation("tail", domain={t: (0, 5)})
    tail = sp.Function("H")
    d.define(tail(t), sp.erfc(t / sp.sqrt(2)) / 2)
    assert d.so(tail(t) + tail(-t), 1).status == "proved"
    with pytest.raises(RefutedStepError):
        d.so(tail(t) + tail(-t), sp.S.Half)


def test_a_slip_about_undetermined_functions_is_repaired():
    d = Derivation("diffusion", domain={t: (-5, 5), beta: (0, sp.oo)})
    V, psi = sp.Function("V"), sp.Function("psi")
    half = sp.exp(-beta * V(t) / 2)
    flow = sp.Derivative(V(t).diff(t) * half * psi(t) + sp.Derivative(half * psi(t), t) / beta, t) / half
    potential = beta * V(t).diff(t) ** 2 / 4 - V(t).diff(t, 2) / 2
    with pytest.raises(RefutedStepError, match=r"would hold with the opposite sign of the term Derivative\(V"):
        d.so(flow, psi(t).diff(t, 2) / beta - (potential + V(t).diff(t, 2)) * psi(t))
    assert d.so(flow, psi(t).diff(t, 2) / beta - potential * psi(t)).status == "proved"


def test_a_chain_of_sides_checks_each_link_and_the_whole():
    d = magnet()
    step = d.so(sp.sinh(2 * h), 2 * sp.sinh(h) * sp.cosh(h), (sp.exp(2 * h) - sp.exp(-2 * h)) / 2, name="chain")
    assert isinstance(step.statement, Identity)
    assert step.statement.left == sp.sinh(2 * h)
    assert [p.name for p in step.parents] == ["chain: link 1", "chain: link 2"]
    with pytest.raises(RefutedStepError):
        d.so(sp.sinh(2 * h), 2 * sp.sinh(h), 2 * sp.sinh(h))


def test_a_refuted_step_shows_the_point_both_sides_and_a_repair_and_is_not_kept():
    d = magnet()
    before = len(d.steps)
    with pytest.raises(RefutedStepError, match="would hold with") as caught:
        d.so(sp.cosh(2 * h), 1 - 2 * sp.sinh(h) ** 2)
    found = caught.value.verdict.counterexample
    assert found is not None
    assert h in found
    assert (len(d.steps), "left = " in str(caught.value)) == (before, True)


def test_a_claim_holds_given_a_premise_and_says_so():
    d = magnet()
    d.premise(m, sp.tanh(beta * m), name="self-consistency")
    step = d.so(sp.cosh(beta * m), 1 / sp.sqrt(1 - m**2), name="consequence")
    assert status(d, "consequence") == "proved"
    assert step.rests_on == ("premise: self-consistency",)


def test_a_wrong_consequence_of_a_premise_fails_at_a_point_where_the_premise_holds():
    d = magnet()
    d.premise(m, sp.tanh(beta * m), name="self-consistency")
    with pytest.raises(RefutedStepError) as caught:
        d.so(sp.cosh(beta * m), 1 / sp.sqrt(1 + m**2))
    point = caught.value.verdict.counterexample
    assert point is not None
    assert sp.simplify(sp.tanh(point[beta] * point[m]) - point[m]) == 0


def test_a_solution_of_a_premise_is_not_lost():
    # With h > 0 the premise needs beta > 1; at h = 0 it holds for every beta, and the claim is wrong there.
    d = Derivation("zero", domain={h: (-1, 1), beta: (0, 3)})
    d.premise(h, sp.tanh(beta * h), name="self-consistency")
    d.so(beta * h, sp.atanh(h), name="on every branch")
    assert status(d, "on every branch") == "enclosed"
    with pytest.raises(RefutedStepError) as caught:
        d.so(sp.Max(beta, 1), beta)
    point = caught.value.verdict.counterexample
    assert point is not None
    assert point[beta] < 1


def test_a_claim_that_holds_by_itself_does_not_rest_on_the_premise():
    d = magnet()
    d.premise(m, sp.tanh(beta * m), name="self-consistency")
    d.so(sp.exp(2 * m), sp.exp(m) ** 2, name="free", parents=(d["partition function"],))
    assert d["free"].rests_on == ()


def test_a_multiple_of_a_premise_follows_for_an_undetermined_function():
    d = Derivation("decay", domain={t: (0, 5)})
    d.premise(f(t).diff(t), -f(t), name="decay")
    d.so(f(t) * f(t).diff(t), -(f(t) ** 2), name="energy")
    assert status(d, "energy") == "proved"
    with pytest.raises(RefutedStepError):
        d.so(f(t) * f(t).diff(t), f(t) ** 2, name="wrong sign")


def test_the_derivative_of_a_product_is_worked_out_before_a_premise_is_used():
    d = Derivation("variance", domain={t: (0, 5), beta: (0, sp.oo)})
    d.premise(f(t).diff(t), -2 * beta * f(t) + 2, name="variance equation")
    d.so(sp.Derivative(sp.exp(2 * beta * t) * f(t), t), 2 * sp.exp(2 * beta * t), name="exact derivative")
    assert status(d, "exact derivative") == "proved"
    with pytest.raises(RefutedStepError):
        d.so(sp.Derivative(sp.exp(2 * beta * t) * f(t), t), sp.exp(2 * beta * t), name="slip")


def test_a_premise_that_says_what_a_function_is_refutes_as_well():
    d = Derivation("explicit", domain={t: (0, 5)})
    d.premise(f(t), sp.exp(-t), name="solution")
    d.so(f(t).diff(t, 2), sp.exp(-t), name="curvature")
    assert status(d, "curvature") == "proved"
    with pytest.raises(RefutedStepError):
        d.so(f(t).diff(t), sp.exp(-t))


def test_a_premise_says_nothing_outside_the_set_of_its_argument():
    d = Derivation("explicit", domain={t: (0, 5)})
    d.premise(f(t), sp.exp(-t), name="solution")
    d.so(sp.Integral(f(t), (t, 0, 1)), 1 - sp.exp(-1), name="inside")
    d.so(sp.Integral(f(t), (t, -1, 1)), sp.exp(1) - sp.exp(-1), name="outside")
    beyond = Domain({t: (-5, 5)})
    d.so(Identity(f(t) + 1, sp.exp(-t) + 1, beyond), name="beyond")
    d.so(Identity(f(t) + 1, sp.exp(t) + 1, beyond), name="wrong beyond")
    d.so(f(t / 2), sp.exp(-t / 2), name="at another argument")
    assert {s.name for s in d.undecided} == {"outside", "beyond", "wrong beyond", "at another argument"}


def test_a_premise_between_symbols_says_nothing_outside_its_sets():
    d = Derivation("sets", domain={h: (0, 1), t: (0, 1)})
    d.premise(h, t**2, name="square")
    beyond = Domain({h: (-1, 1), t: (-1, 1)})
    d.so(Identity(sp.sqrt(h), t, beyond), name="beyond")
    d.so(sp.sqrt(h), t, name="inside")
    assert (status(d, "beyond"), status(d, "inside")) == ("inconclusive", "proved")


def test_a_claim_may_follow_from_an_earlier_step_that_holds_under_premises():
    mag = sp.Function("M")
    d = Derivation("response", domain={h: (-1, 1), beta: (0, sp.oo)})
    d.premise(mag(h), sp.tanh(beta * (mag(h) + h)), name="state")
    slope = d.differentiate(h)
    d.rewrite(d.swap(of=d["state"]), of=slope)
    rate = mag(h).diff(h)
    step = d.so(rate * (1 - beta * (1 - mag(h) ** 2)), beta * (1 - mag(h) ** 2), name="solved", parents=(d.steps[-1],))
    assert (status(d, "solved"), step.rests_on) == ("proved", ("premise: state",))
    with pytest.raises(RefutedStepError, match="M = the solution of"):
        d.so(rate * (1 + beta * (1 - mag(h) ** 2)), beta * (1 - mag(h) ** 2), name="slip", parents=step.parents)


def test_a_factor_that_is_infinite_where_the_premise_holds_is_no_consequence():
    a, b = sp.symbols("a b", real=True)
    d = Derivation("pole", domain={a: (-1, 1), b: (-1, 1)})
    d.premise(a**2, b**2)
    d.so(1 / (a + b) * (a**2 - b**2) + a * b, a * b + 0 * a, name="a = b does not follow")
    assert status(d, "a = b does not follow") == "inconclusive"


def test_a_name_declared_positive_stands_for_something_positive():
    with pytest.raises(RefutedStepError):
        magnet().define(sp.Symbol("q", positive=True), h)


def test_a_name_declared_real_or_integer_stands_for_such():
    with pytest.raises(ValueError, match="declared real"):
        magnet().define(sp.Symbol("r", real=True), sp.I * m)
    with pytest.raises(ValueError, match="declared integer"):
        magnet().define(sp.Symbol("r", integer=True), sp.Rational(1, 2))


def test_a_sign_that_is_not_shown_is_said():
    d = magnet()
    step = d.define(sp.Symbol("q", positive=True), f(h) ** 2 + 1)
    assert "is not shown" in repr(step)


def test_a_definition_is_put_into_a_law_and_a_random_name_stays_out_of_the_domain():
    spin = sp.Symbol("s", real=True)
    d = Derivation("spin", domain={h: (-1, 1), spin: sp.FiniteSet(-1, 1)})
    up = sp.Symbol("p", real=True)
    d.define(up, sp.exp(h) / (2 * sp.cosh(h)))
    own = d.ground.domain_for(up, h)
    d.so(EnsembleMean(spin, sp.tanh(h), own, over=Discrete(spin, {1: up, -1: 1 - up})), name="magnetization")
    assert status(d, "magnetization") in ("proved", "enclosed")


def test_numbers_are_sides_like_any_other():
    d = magnet()
    d.so(Z - 2 * sp.cosh(h), 0, name="zero")
    d.so(1, sp.cosh(h) ** 2 - sp.sinh(h) ** 2, name="one")
    assert (status(d, "zero"), status(d, "one")) == ("proved", "proved")
    with pytest.raises(TypeError, match="text is never evaluated"):
        d.so("Z", 2)


def test_a_variable_is_not_defined_and_a_name_is_not_defined_twice():
    with pytest.raises(ValueError, match="has a set in the domain"):
        magnet().define(m, h)
    with pytest.raises(ValueError, match="was defined before"):
        magnet().define(Z, h + 3)


def test_a_bound_variable_that_a_definition_would_be_captured_by_is_refused():
    d = magnet()
    q = sp.Symbol("q", real=True)
    d.define(q, h**2)
    with pytest.raises(ValueError, match="rename the variable"):
        d.so(sp.Integral(q * h, (h, 0, 1)), q / 2)


def test_a_symbol_without_a_set_is_named():
    with pytest.raises(ValueError, match="stranger"):
        magnet().so(sp.Symbol("stranger"), h)


def test_an_equation_of_sympy_is_refused():
    with pytest.raises(TypeError, match=r"so\(left, right\)"):
        magnet().so(sp.Eq(h, h, evaluate=False))


def test_any_statement_can_be_stated():
    d = magnet()
    field = Domain({h: (-1, 1)})
    d.so(LimitStatement(sp.log(Z) - sp.log(2), 0, d.ground.domain_for(Z, h), variable=h, point=0), name="limit")
    d.so(Identity(sp.sin(h) ** 2 + sp.cos(h) ** 2, 1, field), name="circle")
    assert (status(d, "limit"), status(d, "circle")) == ("proved", "proved")


def test_a_result_is_used_elsewhere_with_its_premises_and_what_it_rests_on():
    first = magnet()
    first.premise(m, sp.tanh(beta * m), name="self-consistency")
    first.postulate("mean field", "Fluctuations vanish.", justification="Infinite range.", test="Simulation.")
    first.so(sp.cosh(beta * m), 1 / sp.sqrt(1 - m**2), name="cosh of the field")
    second = Derivation("susceptibility", domain={m: (0, 1), beta: (0, sp.oo)})
    used = second.given(first.result("cosh of the field"))
    assert set(used.rests_on) == {"premise: self-consistency", "mean field"}
    second.so(1 - sp.tanh(beta * m) ** 2, 1 - m**2, name="slope")
    assert (status(second, "cosh of the field"), status(second, "slope")) == ("proved", "proved")


def test_the_whole_is_examined_anew():
    d = magnet()
    d.so(Z, 2 * sp.cosh(h))
    report = d.verify()
    assert (report.status, report.stated_steps, report.stands) == ("proved", 1, True)


def test_a_definition_given_as_a_statement_is_kept_as_it_is():
    d = magnet()
    step = d.define(Definition(sp.Symbol("w"), h**2), name="as it is")
    assert step.result == h**2


def test_a_premise_that_moves_with_the_variable_is_followed_in_an_expansion_and_a_limit():
    d = magnet()
    d.premise(m, sp.tanh(beta * m), name="self-consistency")
    d.so(beta, 1 + m**2 / 3 + sp.O(m**4), name="near the transition")
    d.so(LimitStatement(beta, 1, Domain({m: (0, 1), beta: (0, sp.oo)}), variable=m, point=0), name="transition")
    assert (status(d, "near the transition"), status(d, "transition")) == ("proved", "proved")
    with pytest.raises(RefutedStepError):
        d.so(beta, 1 + m**2 / 2 + sp.O(m**4))


def test_an_implicit_premise_refutes_at_its_solutions():
    d = Derivation("zero", domain={h: (-1, 1), beta: (0, 3)})
    d.premise(h, sp.tanh(beta * h), name="self-consistency")
    with pytest.raises(RefutedStepError):
        d.so(beta * h, 2 * sp.atanh(h))


def test_an_inequality_of_the_domain_ties_a_symbol_that_the_claim_does_not_name():
    x, y = sp.symbols("x y", real=True)
    d = Derivation("tied", domain=Domain({x: (0, 2), y: (0, 1)}, [x < y]))
    assert d.so(sp.Abs(x - 1), 1 - x).status in ("proved", "enclosed")
    with pytest.raises(RefutedStepError):
        d.so(sp.Abs(2 * x - 1), 1 - 2 * x)


def test_a_counterexample_lists_only_what_a_statement_is_about():
    d = Derivation("short", domain={m: (0, 1), beta: (0, sp.oo), t: (0, 5), h: (-1, 1)})
    wrong = LimitStatement(sp.sin(beta * t) / t, beta**2, d.domain, variable=t, point=0)
    with pytest.raises(RefutedStepError) as refused:
        d.so(wrong)
    assert refused.value.verdict.counterexample is not None
    assert set(refused.value.verdict.counterexample) == {beta}


def test_a_remainder_about_another_point_is_printed_in_parentheses():
    d = Derivation("about one", domain={beta: (0, sp.oo)})
    step = d.so(sp.log(beta), beta - 1 + sp.O((beta - 1) ** 2, (beta, 1)), name="logarithm")
    assert "O((β - 1)^2)" in str(step)


def test_the_limit_of_both_sides_is_taken_through_the_integers():
    n = sp.Symbol("n", integer=True, positive=True)
    d = Derivation("large", domain={n: sp.Range(1, sp.oo), h: (-1, 1)})
    d.so(sp.log(2**n * sp.exp(-n * h**2) / n) / n, sp.log(2) - h**2 - sp.log(n) / n, name="count")
    step = d.limit(n, sp.oo)
    assert (step.status, step.result) == ("proved", sp.log(2) - h**2)
    with pytest.raises(ValueError, match="expected an interval"):
        d.limit(n, 2, of=d["count"])


def test_a_defined_function_may_be_integrated_over_its_own_argument():
    d = Derivation("law", domain={t: (0, sp.oo)})
    rate = sp.Symbol("rate", positive=True)
    density = sp.Function("p")(t)
    d.domain = d.domain.extended({rate: (0, sp.oo)})
    d.define(density, rate * sp.exp(-rate * t))
    d.so(sp.Integral(t * density, (t, 0, sp.oo)), 1 / rate, name="mean")
    assert status(d, "mean") == "proved"
    with pytest.raises(RefutedStepError):
        d.so(sp.Integral(t * density, (t, 0, sp.oo)), rate)


def test_a_step_rests_on_the_one_before_it_unless_it_says_otherwise():
    d = magnet()
    d.so(sp.sinh(h), h + sp.O(h**3), name="near zero")
    assert d.so(sp.cosh(-h), sp.cosh(h)).rests_on
    assert not d.so(sp.tanh(-h), -sp.tanh(h), parents=()).rests_on


def test_a_claim_without_a_side_says_what_was_expected_and_what_was_found():
    d = Derivation("wrong calls", domain={sp.Symbol("v", real=True): (0, 1)})
    for claim in ((), (sp.Symbol("v", real=True),)):
        with pytest.raises(TypeError, match="expected a statement, or two or more sides as so"):
            d.so(*claim)


def test_division_by_zero_is_called_that():
    d = Derivation("zero", domain={})
    d.premise(sp.Integer(1), sp.Integer(1))
    with pytest.raises(ValueError, match="divided by zero"):
        d.divide(0)
