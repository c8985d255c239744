"""Inequalities hold by a certificate or by boxes that cover the domain; points alone refute, and never accept."""

from math import inf
from typing import Any

import pytest
import sympy as sp
from flint import acb

from derivations.engine.routes.budget import Budget
from derivations.engine.routes.certificates.inequalities import Certifier
from derivations.engine.routes.enclosures.balls import ball
from derivations.engine.routes.enclosures.points import Frame
from derivations.engine.routes.enclosures.zeros import zeros
from derivations.engine.routes.exact import determined
from derivations.engine.verify import verify
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.printing import statement_latex, statement_text
from theory.statements import Inequality

x, y, a, z = sp.symbols("x y a z")
p = sp.Symbol("p", positive=True)
n = sp.Symbol("n", integer=True)
R = sp.Rational
LINE, HALF = sp.S.Reals, (0, sp.oo)
SIZES = sp.Range(1, sp.oo)
entropy = -x * sp.log(x) - (1 - x) * sp.log(1 - x)

PROVED = {
    "logarithm below its tangent at an open end": (sp.log(1 + x), "<", x, {x: HALF}),
    "of a symbol declared positive": (sp.log(1 + p), "<", p, {p: HALF}),
    "exponential above its tangent": (sp.exp(x), ">=", 1 + x, {x: LINE}),
    "geometric below arithmetic mean": (2 * sp.sqrt(x * y), "<=", x + y, {x: HALF, y: HALF}),
    "a square": (2 * x * y, "<=", x**2 + y**2, {x: LINE, y: LINE}),
    "a definite form": (x**2 + x * y + y**2 + 1, ">", 0, {x: (-3, 3), y: (-3, 3)}),
    "hyperbolic tangent below the diagonal": (sp.tanh(x), "<", x, {x: HALF}),
    "hyperbolic tangent below one": (sp.tanh(x), "<", 1, {x: LINE}),
    "entropy of a bit": (entropy, "<=", sp.log(2), {x: (0, 1)}),
    "Bernoulli": ((1 + x) ** n, ">=", 1 + n * x, {x: (-1, sp.oo), n: SIZES}),
    "powers of two": (2**n, ">", n, {n: SIZES}),
    "a parameter": (sp.tanh(a * x), "<=", a * x, {x: (0, 2), a: (0, 1)}),
    "error function": (sp.erf(x), "<", 2 * x / sp.sqrt(sp.pi), {x: HALF}),
    "three positive numbers": (x * y * z, "<=", (x + y + z) ** 3 / 27, {x: (0, 1), y: (0, 1), z: (0, 1)}),
    "relative entropy of two numbers": (x * sp.log(x / y) - x + y, ">=", 0, {x: HALF, y: HALF}),
    "log cosh below its parabola": (sp.log(sp.cosh(x)), "<=", x**2 / 2, {x: LINE}),
    "sine below the diagonal": (sp.sin(x), "<", x, {x: HALF}),
    "cosine above its parabola": (sp.cos(x), ">=", 1 - x**2 / 2, {x: LINE}),
    "a factor squared": (x**3 + y**3, ">=", x * y * (x + y), {x: HALF, y: HALF}),
}
ENCLOSED = {
    "two waves": (sp.sin(x) + sp.sin(2 * x), "<=", R(9, 5), {x: (0, 6)}),
    "a quartic": (x**4 - 3 * x**2 + x, ">=", -6, {x: (-3, 3)}),
}
WRONG = {
    "one term too many": (sp.log(1 + x), "<=", x - x**2 / 4, {x: (0, 5)}),
    "the tangent and a curvature": (sp.exp(x), ">=", 1 + x + x**2 / 2, {x: LINE}),
    "strict where it touches": (sp.exp(x), ">", 1 + x, {x: LINE}),
    "strict at a closed end": (sp.log(1 + x), "<", x, {x: sp.Interval(0, 1)}),
    "strict on a diagonal": (2 * x * y, "<", x**2 + y**2, {x: LINE, y: LINE}),
    "an indefinite form": (3 * x * y, "<=", x**2 + y**2, {x: LINE, y: LINE}),
    "a bound passed far away": (sp.tanh(x), "<", R(999, 1000), {x: LINE}),
    "a maximum that is a little higher": (sp.sin(x) + sp.sin(2 * x), "<=", R(176, 100), {x: (0, 6)}),
    "a minimum that is a little lower": (x**4 - 3 * x**2 + x, ">=", -R(35, 10), {x: (-3, 3)}),
    "a narrow dip": ((x - R(37, 100)) ** 2, ">=", R(1, 10**8), {x: (0, 1)}),
    "one wrong size": (2**n, ">=", n**2, {n: SIZES}),
    "from some size on": (n**3, "<=", 1000 * n**2, {n: SIZES}),
    "a pole": (1 / x, ">=", -8, {x: sp.Interval(-1, 1)}),
    "entropy in a hurry": (entropy, "<=", sp.log(2) - R(1, 10**6), {x: (0, 1)}),
    "the other way": (sp.tanh(x), ">", x, {x: HALF}),
    "three numbers in a hurry": (x * y * z, "<=", (x + y + z) ** 3 / 28, {x: (0, 1), y: (0, 1), z: (0, 1)}),
    "relative entropy upside down": (x * sp.log(x / y) - x + y, "<=", 0, {x: HALF, y: HALF}),
    "relative entropy above a square": (x * sp.log(x / y) - x + y, ">=", (x - y) ** 2, {x: HALF, y: HALF}),
    "strict on the diagonal of two numbers": (x * sp.log(x / y) - x + y, ">", 0, {x: HALF, y: HALF}),
    "a sine that is too small": (sp.sin(x), "<=", R(99, 100), {x: LINE}),
    "outside the unit interval": (x**2, "<=", x, {x: (0, 2)}),
}
relative = x * sp.log(x / y) + (1 - x) * sp.log((1 - x) / (1 - y))
gauss = sp.exp(-(x**2) / 2) / sp.sqrt(2 * sp.pi)
tail = sp.erfc(x / sp.sqrt(2)) / 2
UNIT = {x: (0, 1), y: (0, 1)}


def mean(body: sp.Expr) -> sp.Expr:
    return GaussianMean(body, z, 1)


PROVED |= {
    "a tangent at an irrational point": (p * sp.sqrt(sp.log(2)), "<=", sp.log(2) + p**2 / 4, {p: HALF}),
    "relative entropy of two coins": (relative, ">=", 0, UNIT),
    "Pinsker's inequality": (relative, ">=", 2 * (x - y) ** 2, UNIT),
    "convexity of log-sum-exp": (sp.log((sp.exp(x) + sp.exp(y)) / 2), ">=", (x + y) / 2, {x: LINE, y: LINE}),
    "a cosh below a Gaussian": (sp.cosh(x), "<=", sp.exp(x**2 / 2), {x: LINE}),
    "a rational bound of an exponential": (1 - sp.exp(-x), ">=", x / (1 + x), {x: HALF}),
    "the smaller of two bounds": (1 - sp.exp(-x), "<=", sp.Min(1, x), {x: HALF}),
    "log cosh above its asymptote": (sp.log(2 * sp.cosh(x)), ">=", sp.Abs(x), {x: LINE}),
    "a modulus on each side of zero": (x * sp.tanh(x), "<=", sp.Abs(x), {x: LINE}),
    "Mills' ratio from above": (tail, "<=", gauss / x, {x: HALF}),
    "Mills' ratio from below": (tail, ">", x / (1 + x**2) * gauss, {x: HALF}),
    "equal at both ends": (sp.erfc(x), "<=", sp.exp(-(x**2)), {x: HALF}),
    "a mean by its integrand": (mean(sp.tanh(a * z) ** 2), "<", a**2, {a: HALF}),
    "a mean by a moment": (mean(sp.log(sp.cosh(a * z))), "<=", a**2 / 2, {a: HALF}),
    "Jensen's inequality for a logarithm": (
        mean(sp.log(sp.cosh(a * z))), "<=", sp.log(mean(sp.cosh(a * z))), {a: HALF}
    ),
    "Jensen's inequality for a square": (mean(sp.tanh(z + a)) ** 2, "<=", mean(sp.tanh(z + a) ** 2), {a: LINE}),
    "Cauchy and Schwarz": (mean(z * sp.tanh(a * z)) ** 2, "<=", mean(sp.tanh(a * z) ** 2), {a: HALF}),
}  # fmt: skip
WRONG |= {
    "strict at an irrational point": (p * sp.sqrt(sp.log(2)), "<", sp.log(2) + p**2 / 4, {p: HALF}),
    "a slope a little above the tangent": (p * sp.sqrt(sp.log(2)) * R(11, 10), "<=", sp.log(2) + p**2 / 4, {p: HALF}),
    "strict at the tangent point of the entropy": (entropy, "<", sp.log(2), {x: (0, 1)}),
    "strict on the diagonal of the relative entropy": (relative, ">", 0, UNIT),
    "Pinsker with a larger constant": (relative, ">=", R(21, 10) * (x - y) ** 2, UNIT),
    "a Gaussian that is too narrow": (sp.cosh(x), "<=", sp.exp(x**2 / 3), {x: LINE}),
    "a rational bound that is too large": (1 - sp.exp(-x), ">=", x / (1 + x / 3), {x: HALF}),
    "the larger of two bounds, from below": (1 - sp.exp(-x), ">=", sp.Min(1, x), {x: HALF}),
    "the asymptote of log cosh, from above": (sp.log(2 * sp.cosh(x)), "<=", sp.Abs(x) + R(1, 2), {x: LINE}),
    "a modulus under the mean": (mean(sp.Abs(z)), "<=", mean(z), {}),
    "Mills' ratio on the wrong side": (tail, ">=", gauss / x, {x: HALF}),
    "a tail above its limit": (sp.erfc(x), "<=", sp.exp(-(x**2)) - R(1, 10**6), {x: HALF}),
    "a mean below a smaller moment": (mean(sp.tanh(a * z) ** 2), "<=", a**2 * R(9, 10), {a: HALF}),
    "Jensen turned round": (mean(sp.log(sp.cosh(a * z))), ">=", sp.log(mean(sp.cosh(a * z))), {a: HALF}),
    "a square turned round": (mean(sp.tanh(z + a)) ** 2, ">=", mean(sp.tanh(z + a) ** 2), {a: LINE}),
}  # fmt: skip

WITHOUT_A_HYPOTHESIS = {
    "monotone down to zero at a closed end": (sp.sqrt(2) - x, ">", 0, {x: sp.Interval(0, sp.sqrt(2))}),
    "monotone up from zero at a closed end": (x - sp.sqrt(2), ">", 0, {x: sp.Interval(sp.sqrt(2), 3)}),
    "concave, zero at a closed end": (x * (sp.sqrt(2) - x), ">", 0, {x: sp.Interval.Lopen(0, sp.sqrt(2))}),
    "zero at a closed end, by logarithms": (sp.exp(x), ">", sp.exp(sp.sqrt(2)), {x: sp.Interval(sp.sqrt(2), 3)}),
    "sides with a pole where they meet": (1 / (x - R(1)) + (x - 1) ** 2, ">", 1 / (x - 1), {x: (0, 2)}),
    "a mean that exists for some parameters only": (mean(sp.exp(a * z**2)), ">=", 1, {a: (0, 1)}),
    "a mean of a pole": (mean(1 / z**2), ">=", 0, {}),
    "a mean of a pole that moves": (mean(1 / (z - a) ** 2), ">=", 0, {a: LINE}),
    "a mean that is minus infinity": (mean(-sp.exp(z**2)), "<=", 0, {}),
    "a mean of what is not real": (mean(sp.log(z)), "<=", a, {a: (3, 4)}),
    "a jump in a mean": (sp.sign(mean(z)) + 1, "<=", mean(sp.sign(z)), {}),
    "a modulus of what is not real": (x + R(1, 4) + sp.Abs(sp.sqrt(x)), ">=", 0, {x: LINE}),
    "a denominator of both signs": (1 / (1 - x), ">=", 1 + x, {x: (0, 2)}),
    "logarithms of what may be negative": (x * sp.exp(x), "<=", x * sp.exp(x**2), {x: (-2, 2)}),
    "a stationary point that is no minimum": (x * sp.log(x), ">", -sp.exp(-1), {x: HALF}),
    "strict where a parameter vanishes": (mean(sp.tanh(a * z) ** 2), "<", a**2, {a: LINE}),
    "equal where a parameter vanishes": ((y * x - a) ** 2 + y**2, ">", 0, {x: LINE, y: LINE, a: LINE}),
}
"""Claims that would follow if one condition of a certificate were not looked at."""

UNDECIDED = {
    "a Gaussian mean": (mean(sp.tanh(a * z) ** 2), "<", 1 - sp.exp(-3 * a**2) / 2, {a: (1, 3)}),
    "an unbounded range that no certificate reaches": (sp.sin(x) + sp.cos(x), "<=", R(3, 2), {x: LINE}),
}


PATIENT = 120.0
"""Seconds: proofs take up to 3 s of work on an idle machine, more than their share beside other work."""


def statement(claim) -> Inequality:
    left, relation, right, sets = claim
    return Inequality(left, right, Domain(sets), relation=relation)


@pytest.mark.parametrize("name", PROVED)
def test_an_inequality_is_proved(name: str) -> None:
    assert verify(statement(PROVED[name]), timeout=PATIENT).status == "proved"


@pytest.mark.parametrize("name", ENCLOSED)
def test_boxes_cover_a_bounded_domain(name: str) -> None:
    assert verify(statement(ENCLOSED[name])).status == "enclosed"


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_inequality_is_refuted(name: str) -> None:
    verdict = verify(statement(WRONG[name]))
    assert verdict.status == "refuted"
    assert verdict.repair is None or "the relation" in verdict.repair.text


@pytest.mark.parametrize("name", WRONG)
def test_no_certificate_is_found_for_a_wrong_inequality(name: str) -> None:
    claim = statement(WRONG[name])
    certifier = Certifier(budget=Budget.of(2, inf))
    assert certifier.proof(determined(claim.gap, claim.domain), claim.domain, strict=claim.strict) == ""


@pytest.mark.parametrize("name", UNDECIDED)
def test_points_alone_accept_nothing(name: str) -> None:
    verdict = verify(statement(UNDECIDED[name]))
    assert verdict.status == "inconclusive"
    assert "proves nothing" in verdict.reason
    assert "by factors" in verdict.reason or "within 2 s" in verdict.reason


@pytest.mark.parametrize("name", WITHOUT_A_HYPOTHESIS)
def test_every_condition_of_a_certificate_is_proved(name: str) -> None:
    claim = statement(WITHOUT_A_HYPOTHESIS[name])
    certifier = Certifier(budget=Budget.of(2, inf))
    assert certifier.proof(determined(claim.gap, claim.domain), claim.domain, strict=claim.strict) == ""
    assert verify(claim).status != "proved"


@pytest.mark.parametrize("name", ("zero at a closed end, by logarithms", "a mean of a pole"))
def test_a_claim_is_not_refuted_where_its_sides_are_undefined(name: str) -> None:
    assert verify(statement(WITHOUT_A_HYPOTHESIS[name])).status == "inconclusive"


def test_a_search_for_zeros_ends_with_its_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    places: list[Frame] = []

    class SpentAfterFive(Budget):
        @property
        def is_spent(self) -> bool:
            return len(places) >= 5

    def counted(expression: Any, frame: Frame) -> acb:
        places.append(frame)
        return ball(expression, frame)

    monkeypatch.setattr("derivations.engine.routes.enclosures.zeros.ball", counted)
    gap = mean(sp.log(sp.cosh(a * z))) - a**2 / 2
    assert zeros(gap, a, sp.Interval.open(0, sp.oo), SpentAfterFive(until=inf, deadline=inf)) == []
    assert len(places) == 5


def test_a_certificate_does_not_pass_a_pole() -> None:
    certifier = Certifier(budget=Budget.of(2, inf))
    assert certifier.proof(1 / x + 2, Domain({x: sp.Interval(-1, 1)}), strict=False) == ""


def test_a_constraint_of_the_domain_is_respected() -> None:
    below = Domain({x: (0, 2), y: (0, 2)}, [sp.Lt(x + 1, y)])
    assert verify(Inequality(x**2 + R(1, 2), y**2, below)).holds
    assert verify(Inequality(x + R(3, 2), y, below)).status == "refuted"
    ordered = Domain({x: (0, 1), y: (0, 1)}, [sp.Lt(x, y)])
    assert verify(Inequality(x**2, y**2, ordered, relation="<")).status == "proved"
    assert verify(Inequality(2 * x**2, y**2, ordered)).status == "refuted"


def test_every_one_of_finitely_many_sizes_is_covered() -> None:
    claim = Inequality(x**4 - 3 * x**2 + n * x, -7, Domain({x: (-3, 3), n: sp.Range(1, 4)}), relation=">=")
    assert verify(claim).status == "enclosed"
    assert verify(claim.replaced(domain=Domain({x: (-3, 3), n: SIZES}))).status == "refuted"


def test_sizes_without_end_are_not_accepted_from_the_first_few() -> None:
    verdict = verify(Inequality(sp.cos(sp.pi / (n + 1)), 1, Domain({n: SIZES}), relation="<"))
    assert verdict.status == "inconclusive"
    assert "more sizes" in verdict.reason


def test_complex_values_are_compared_by_no_relation() -> None:
    assert verify(Inequality(sp.sqrt(-1 - x), 5, Domain({x: (0, 1)}))).holds is None


def test_an_inequality_states_its_relation() -> None:
    with pytest.raises(ValueError, match="relation"):
        Inequality(x, 1, Domain({x: (0, 1)}), relation="==")
    with pytest.raises(TypeError, match="matrix"):
        Inequality(sp.eye(2), 1, Domain({}))


def test_an_inequality_is_printed_with_its_sign() -> None:
    claim = Inequality(x**2, x, Domain({x: (0, 1)}))
    assert statement_latex(claim) == r"x^{2} \le x"
    assert statement_text(claim) == "x^2 ≤ x"
    assert statement_latex(claim.replaced(relation=">")) == "x^{2} > x"


@pytest.mark.parametrize(
    ("left", "right", "domain"),
    [
        (0, (x - R(1, 3)) ** 2, {x: (-1, 1)}),
        (0, (x - R(1, 7)) * (x - R(1, 7) - R(1, 10**9)), {x: (-1, 1)}),
        (-R(1, 10**7), x, {x: sp.Interval(-R(1, 10**7), 1)}),
    ],
)
def test_an_inequality_is_tried_where_its_gap_vanishes(left, right, domain):
    assert verify(Inequality(left, right, Domain(domain), relation="<")).status == "refuted"
