"""Balls of special functions against mpmath, on cuts, and in claims that are right and wrong."""

import random

import mpmath
import pytest
import sympy as sp
from flint import acb

from derivations import verify
from derivations.engine.routes.enclosures.balls import UnknownError, ball, precision
from derivations.engine.routes.enclosures.points import Frame, VagueError
from theory import Domain, Identity

x, y = sp.symbols("x y", positive=True)
t = sp.Symbol("t", real=True)
n = sp.Symbol("n", integer=True, positive=True)
HALF = sp.Rational(1, 2)
DOMAIN = Domain({x: (0, 1), y: (1, 3), n: sp.Range(1, 6), t: (-1, 1)})
FUNCTIONS = [
    sp.besselj(2, t), sp.besselj(y, x), sp.besseli(0, t), sp.besseli(n, y), sp.besseli(HALF * 3, y), sp.bessely(1, x),
    sp.besselk(x, y), sp.hankel1(1, y), sp.hankel2(x, y), sp.jn(2, y), sp.yn(1, y), sp.airyai(t), sp.airybi(-y),
    sp.airyaiprime(t), sp.airybiprime(y), sp.zeta(y), sp.zeta(y + 1, x), sp.dirichlet_eta(x), sp.polylog(2, t),
    sp.polylog(1, -y), sp.polylog(y, x), sp.LambertW(y), sp.LambertW(-x / 3), sp.LambertW(-x / 3, -1),
    sp.hyper((1, x), (y,), -y), sp.hyper((x,), (y,), t), sp.hyper((), (y,), -x), sp.hyper((x, y), (1, 2), y),
    sp.hyper((1, 1), (2,), x), sp.uppergamma(x, y), sp.lowergamma(y, x), sp.expint(x, y), sp.expint(1, y), sp.Ei(y),
    sp.Ei(-y), sp.li(y + 1), sp.li(x), sp.Si(t), sp.Ci(x), sp.Shi(t), sp.Chi(y), sp.erf2(t, x), sp.erfinv(t),
    sp.erfcinv(y / 2), sp.fresnels(t), sp.fresnelc(y), sp.elliptic_k(t), sp.elliptic_e(t), sp.elliptic_f(t, x),
    sp.elliptic_e(t, x), sp.beta(x, y), sp.betainc(y, x + 1, 0, x), sp.betainc_regularized(x, y, x / 2, x),
    sp.chebyshevt(n - 6, t), sp.chebyshevu(n - 6, t),
    sp.chebyshevt(n, t), sp.chebyshevu(n, y), sp.legendre(n, t), sp.hermite(n, t), sp.laguerre(n, y),
    sp.assoc_laguerre(n, x, t), sp.gegenbauer(n, y, t), sp.jacobi(n, x, y, t), sp.hermite_prob(n, t),
    sp.factorial2(n), sp.factorial2(2 * n - 1), sp.rf(x, n), sp.rf(x, y), sp.ff(y, n), sp.ff(y, x), sp.fibonacci(n),
    sp.lucas(n), sp.bernoulli(n), sp.euler(n), sp.catalan(n), sp.bell(n), sp.subfactorial(n), sp.harmonic(n),
    sp.harmonic(n, 2), sp.harmonic(x), sp.digamma(t + HALF), sp.polygamma(2, x), sp.floor(3 * y), sp.ceiling(-y),
    sp.frac(3 * t), sp.Mod(t, x), sp.Mod(5 * y, -2), sp.atan2(t, -x), sp.arg(-x + sp.I), sp.acot(t), sp.asec(1 / t),
    sp.acsch(t), sp.acoth(2 * y), sp.asech(x), sp.Catalan * x, sp.GoldenRatio + x,
]  # fmt: skip


def value(expression, point, bits=190):
    with precision(bits):
        return ball(expression, Frame(free=point))


def plain(expression):
    """Without the functions that SymPy does not evaluate, or evaluates only to low precision."""
    if isinstance(expression, sp.erf2):
        return sp.erf(expression.args[1]) - sp.erf(expression.args[0])
    return sp.erfinv(1 - expression.args[0]) if isinstance(expression, sp.erfcinv) else expression


@pytest.mark.parametrize("expression", FUNCTIONS, ids=str)
def test_a_ball_of_a_special_function_contains_the_value_of_mpmath(expression):
    rng = random.Random(11)
    for _ in range(3):
        point = DOMAIN.sample(rng)
        names = {s: point(s) for s in expression.free_symbols}
        with mpmath.workdps(60):
            reference = mpmath.mpmathify(plain(expression).subs(names).evalf(60))
        fine, coarse = value(expression, point), value(expression, point, 64)
        with mpmath.workdps(60):
            middle = mpmath.mpc(fine.real.str(50, radius=False), fine.imag.str(50, radius=False))
            assert abs(middle - reference) < mpmath.mpf(10) ** -40 * (1 + abs(reference))
        with precision(256):
            assert not abs(coarse - fine).lower() > 0


@pytest.mark.parametrize(
    "expression",
    [
        sp.besselk(1, -y), sp.polylog(2, 1 + y), sp.LambertW(-y), sp.LambertW(x, -1),
        sp.hyper((1, 2), (y,), 1 + y), sp.uppergamma(y, -x), sp.elliptic_k(y), sp.zeta(y, -x), sp.erfinv(y),
    ],
    ids=str,
)  # fmt: skip
def test_on_a_cut_there_is_no_value(expression):
    assert not value(expression, DOMAIN.sample(random.Random(3))).is_finite()


@pytest.mark.parametrize("expression", [sp.DiracDelta(t), sp.legendre(x, t), sp.factorial2(x), sp.LambertW(y, 2)])
def test_what_has_no_rule_is_unknown(expression):
    with pytest.raises(UnknownError):
        value(expression, DOMAIN.sample(random.Random(3)))


@pytest.mark.parametrize("at_zero", [0, HALF, 1])
def test_a_step_keeps_its_value_at_zero(at_zero):
    found = value(sp.Heaviside(t, at_zero), lambda _: sp.S.Zero)
    assert found == acb(0.5) if at_zero == HALF else found == acb(int(at_zero))


def test_a_function_cut_along_the_path_is_not_integrated_as_if_it_were_analytic():
    point = DOMAIN.sample(random.Random(3))
    found = value(sp.Integral(sp.besselk(0, t), (t, 1, 2)), point, 128)
    with precision(128):
        assert abs(found.real - acb("0.23116588569305").real) < 1e-9
    with pytest.raises(VagueError):
        value(sp.Integral(sp.polylog(2, t), (t, 0, 2)), point, 64)


CLAIMS = {
    "bessel recurrence": (sp.besseli(0, x) - sp.besseli(2, x), 2 * sp.besseli(1, x) / x),
    "bessel integral": (sp.Integral(sp.exp(x * sp.cos(t)), (t, 0, sp.pi)) / sp.pi, sp.besseli(0, x)),
    "chebyshev": (sp.chebyshevu(n, sp.cos(x)), sp.sin((n + 1) * x) / sp.sin(x)),
    "lambert": (sp.LambertW(x) * sp.exp(sp.LambertW(x)), x),
    "logarithm": (sp.hyper((1, 1), (2,), -x), sp.log(1 + x) / x),
    "incomplete gamma": (sp.uppergamma(1 + y, x), y * sp.uppergamma(y, x) + x**y * sp.exp(-x)),
    "inverse": (sp.erf(sp.erfinv(x)), x),
    "dilogarithm": (sp.polylog(2, x) + sp.polylog(2, 1 - x), sp.pi**2 / 6 - sp.log(x) * sp.log(1 - x)),
    "double factorial": (sp.factorial2(2 * n - 1), sp.factorial(2 * n) / (2**n * sp.factorial(n))),
}


@pytest.mark.parametrize("name", CLAIMS)
def test_a_claim_about_special_functions_holds_and_its_mutant_is_refuted(name):
    left, right = CLAIMS[name]
    names = left.free_symbols | right.free_symbols
    domain = Domain({s: DOMAIN.sets[s] for s in names})
    assert verify(Identity(left, right, domain)).holds
    assert verify(Identity(left, right + x * HALF if x in names else 2 * right, domain)).status == "refuted"
