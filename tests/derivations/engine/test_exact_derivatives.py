"""Derivatives in normal form: by the chain rule where it applies, refused where the derivative would be no function."""

import mpmath
import pytest
import sympy as sp

from derivations.engine.routes.exact import equal, prove
from derivations.engine.routes.normal_forms.field import UnsupportedError
from derivations.engine.routes.normal_forms.slopes import SLOPES
from derivations.engine.verify import verify
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.field_derivative import FieldDerivative
from theory.statements import Identity
from theory.sums import Sigma
from theory.symbols import family

x, y, a, q = sp.symbols("x y a q")
n, k = sp.symbols("n k", integer=True)
f, g, V, psi = (sp.Function(name) for name in ("f", "g", "V", "psi"))
REALS = sp.Interval.open(-sp.oo, sp.oo)
DOMAIN = Domain({x: REALS, y: REALS, a: (0, 3), n: sp.Range(1, sp.oo)})


def d(body, *by):
    return sp.Derivative(body, *by)


TRUE_AND_WRONG = {
    "product": (d(x * sp.exp(a * x), x), (1 + a * x) * sp.exp(a * x), (1 + x) * sp.exp(a * x)),
    "second": (d(sp.sin(a * x), (x, 2)), -(a**2) * sp.sin(a * x), a**2 * sp.sin(a * x)),
    "mixed": (d(sp.exp(x * y), x, y), (1 + x * y) * sp.exp(x * y), x * y * sp.exp(x * y)),
    "root": (d(sp.sqrt(1 + x**2), x), x / sp.sqrt(1 + x**2), 1 / sp.sqrt(1 + x**2)),
    "error function": (d(sp.erf(x * a), x), 2 * a * sp.exp(-(a**2) * x**2) / sp.sqrt(sp.pi), sp.exp(-(a**2) * x**2)),
    "real power": (d(a**x, a), x * a ** (x - 1), a**x / x),
    "an oscillator of any level": (
        d(sp.exp(-(x**2)) * sp.hermite(n, x), (x, 2)) + d(2 * x * sp.exp(-(x**2)) * sp.hermite(n, x), x),
        -2 * n * sp.exp(-(x**2)) * sp.hermite(n, x),
        -2 * (n + 1) * sp.exp(-(x**2)) * sp.hermite(n, x),
    ),
    "Hermite's equation": (
        d(sp.hermite_prob(n, x), (x, 2)),
        x * d(sp.hermite_prob(n, x), x) - n * sp.hermite_prob(n, x),
        x * d(sp.hermite_prob(n, x), x) + n * sp.hermite_prob(n, x),
    ),
    "gamma": (d(sp.gamma(a), a), sp.gamma(a) * sp.polygamma(0, a), sp.polygamma(0, a)),
    "jet of a composition": (d(f(x**2), x), 2 * x * sp.Subs(d(f(y), y), y, x**2), sp.Subs(d(f(y), y), y, x**2)),
    "jet of several slots": (
        d(f(x, x**2), x),
        sp.Subs(d(f(y, x**2), y), y, x) + 2 * x * sp.Subs(d(f(x, y), y), y, x**2),
        sp.Subs(d(f(y, x**2), y), y, x) + x * sp.Subs(d(f(x, y), y), y, x**2),
    ),
    "Leibniz": (d(f(x) * g(x), x), d(f(x), x) * g(x) + f(x) * d(g(x), x), d(f(x), x) * g(x)),
    "quotient": (d(f(x) / g(x), x), (d(f(x), x) * g(x) - f(x) * d(g(x), x)) / g(x) ** 2, d(f(x), x) / d(g(x), x)),
    "order of mixed derivatives": (d(f(x, y), x, y), d(f(x, y), y, x), d(f(x, y), x, x)),
    "Schrödinger form": (
        sp.exp(V(x) / 2) * (d(sp.exp(-V(x) / 2) * psi(x), x, 2) + d(d(V(x), x) * sp.exp(-V(x) / 2) * psi(x), x)),
        d(psi(x), x, 2) - (d(V(x), x) ** 2 / 4 - d(V(x), x, 2) / 2) * psi(x),
        d(psi(x), x, 2) - (d(V(x), x) ** 2 / 4 + d(V(x), x, 2) / 2) * psi(x),
    ),
    "finite sum": (
        d(Sigma(sp.exp(k * x), (k, 1, n)), x),
        Sigma(k * sp.exp(k * x), (k, 1, n)),
        Sigma(sp.exp(k * x), (k, 1, n)),
    ),
    "under a mean": (GaussianMean(d(sp.cosh(a * y), y), y, 1), sp.S.Zero, a),
}


@pytest.mark.parametrize("name", TRUE_AND_WRONG)
def test_a_derivative_is_proved_and_a_wrong_one_is_not(name):
    left, right, wrong = TRUE_AND_WRONG[name]
    assert equal(left, right, DOMAIN)
    assert not equal(left, wrong, DOMAIN)


@pytest.mark.parametrize("body", [sp.sign(x), sp.Heaviside(x), sp.Abs(x), sp.Piecewise((x, x > 0), (1, True))], ids=str)
def test_what_jumps_has_no_derivative(body):
    with pytest.raises(UnsupportedError):
        equal(d(body, x), sp.S.Zero, DOMAIN)


def test_the_modulus_has_a_derivative_where_its_argument_has_a_sign():
    assert equal(d(sp.Abs(a), a), sp.S.One, DOMAIN)


@pytest.mark.parametrize("chosen", [sp.Range(1, 5), sp.FiniteSet(-1, 1), sp.FiniteSet(2)], ids=str)
def test_a_derivative_by_what_is_not_continuous_is_refused(chosen):
    with pytest.raises(UnsupportedError, match="interval"):
        equal(d(x**2, x), 2 * x, Domain({x: chosen}))


def test_a_derivative_at_a_fixed_tied_symbol_is_not_a_total_one():
    tied = Domain({q: (0, 1), a: (1, 3)}, [sp.Eq(q, a / 4)])
    assert prove([(d(q * a, a), d(a**2 / 4, a))], tied, "claim").outcome == "undecided"


def test_a_substitution_is_carried_out_after_the_derivative():
    inner = sp.Subs(d(y**3, y), y, 2 * x)
    assert equal(inner, 12 * x**2, DOMAIN)
    assert not equal(inner, 24 * x**2, DOMAIN)
    with pytest.raises(UnsupportedError, match="not proved real"):
        equal(sp.Subs(d(y**3, y), y, sp.I), sp.Integer(-3), DOMAIN)


@pytest.mark.parametrize("function", SLOPES, ids=str)
def test_slopes_of_special_functions_agree_with_difference_quotients(function):
    head, slot = function
    arguments = [sp.Rational(3, 7)] if slot == 0 else [sp.Integer(2), sp.Rational(3, 7)]
    moved = head(*arguments[:slot], y, *arguments[slot + 1 :])

    def value(expression: sp.Expr, at: mpmath.mpf) -> mpmath.mpf:
        return expression.evalf(50, subs={y: sp.Float(at, 50)})._to_mpmath(160)

    with mpmath.workdps(48):
        place = mpmath.mpf(3) / 7
        slope = mpmath.diff(lambda at: value(moved, at), place, h=mpmath.mpf(10) ** -16)
        assert abs(slope - value(SLOPES[function](*arguments[:slot], y), place)) < 1e-12


CRITICAL = 2 * sp.sqrt(sp.log(2))


def _slope_at(expression: sp.Expr, name: sp.Symbol, place: sp.Expr) -> sp.Expr:
    return sp.Subs(sp.Derivative(expression, name), name, place)


def test_a_derivative_at_the_root_of_a_logarithm_is_taken_where_that_is_real() -> None:
    beta = sp.Symbol("beta", positive=True)
    annealed = sp.log(2) / beta + beta / 4
    assert verify(Identity(_slope_at(annealed, beta, CRITICAL), 0, Domain({}))).status == "proved"
    assert verify(Identity(_slope_at(annealed, beta, CRITICAL / 2), 0, Domain({}))).status == "refuted"


def test_a_derivative_at_a_corner_has_no_value() -> None:
    t = sp.Symbol("t", real=True)
    assert verify(Identity(_slope_at(sp.Abs(t), t, sp.S.Zero), 0, Domain({}))).holds is None


@pytest.mark.parametrize(("low", "high", "sign"), [(1, sp.oo, 1), (0, 1, -1)])
def test_the_sign_of_a_logarithm_is_known_on_each_side_of_one(low: int, high: sp.Expr, sign: int) -> None:
    u = sp.Symbol("u", positive=True)
    root = sp.sqrt(sp.log(u) ** 2)
    assert verify(Identity(root, sign * sp.log(u), Domain({u: (low, high)}))).status == "proved"
    assert verify(Identity(root, -sign * sp.log(u), Domain({u: (low, high)}))).status == "refuted"
    assert verify(Identity(root, sp.log(u), Domain({u: (0, 2)}))).status == "refuted"


def test_a_mean_by_one_entry_of_its_variance():
    j, z, q = sp.Symbol("j", integer=True), sp.Symbol("z", real=True), family("q", positive=True)
    total = Sigma(GaussianMean(sp.log(sp.cosh(z)), z, q[k]), (k, 1, n))
    slope = GaussianMean(1 - sp.tanh(z) ** 2, z, q[j]) / 2
    domain = Domain({n: sp.Range(1, sp.oo), j: sp.Range(1, n + 1), q: (0, 1)})
    claim = Identity(FieldDerivative(total, q[j]), slope, domain)
    assert verify(claim).status == "proved"
    assert verify(claim.replaced(right=2 * slope), repair=False).status == "refuted"
