"""Each function of each table is as accurate over its range as its condition number allows, or as stated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
import sympy as sp

from numerics.lowering import lower
from numerics.lowering.accuracy import worst_per_condition
from numerics.lowering.arguments import checked_arguments
from numerics.lowering.backends import C
from numerics.lowering.c.dialect import FUNCTIONS as C_FUNCTIONS
from numerics.lowering.definitions import FORMULAS
from numerics.lowering.expressions import formula
from numerics.lowering.lowered import written
from numerics.lowering.numpy_dialect import FUNCTIONS as NUMPY_FUNCTIONS
from numerics.lowering.rewrites import stable

needs_compiler = pytest.mark.usefixtures("needs_compiler")
x, y = sp.symbols("x y", real=True)
p = sp.Symbol("p", positive=True)
n = sp.Symbol("n", integer=True, nonnegative=True)
AIM = 4.0
"""Units in the last place, times max(1, condition number)."""
N_POINTS = 60
ORDERS = 9


@dataclass(frozen=True, kw_only=True)
class Range:
    """A function of x or p, or of a whole order n and x; where it is measured, and the bound that it keeps there.

    ``bound`` stands above the aim where SciPy's own function does: it is then what was measured, and room for other
    versions of SciPy.
    """

    expression: Any
    low: float
    high: float
    bound: float = AIM

    @property
    def points(self) -> list[tuple[float, ...]]:
        """Evenly spread ones, ones spread over all sizes, and the ends."""
        rng = np.random.default_rng(5)
        even = rng.uniform(self.low, self.high, N_POINTS)
        sizes = 10 ** rng.uniform(-8, np.log10(max(abs(self.low), abs(self.high))), N_POINTS)
        spread = np.concatenate([sizes, -sizes])
        inside = spread[(spread > self.low) & (spread < self.high)]
        values = [float(v) for v in (*even, *inside, self.low, self.high)]
        return [(v,) if len(self.arguments) == 1 else (float(k % ORDERS), v) for k, v in enumerate(values)]

    @property
    def arguments(self) -> tuple[Any, ...]:
        """In the order of the call."""
        return tuple(s for s in (n, x, p) if self.expression.has(s))

    def worst(self, backend: str, accuracy: Any) -> float:
        """The largest error in units in the last place over max(1, condition number)."""
        function = lower(self.expression, self.arguments, backend=backend, accuracy=accuracy)
        return worst_per_condition(function, formula(self.expression), checked_arguments(self.arguments), self.points)


def over(expression: Any, low: float, high: float, bound: float = AIM) -> Range:
    """Shorter to read in the table."""
    return Range(expression=expression, low=low, high=high, bound=bound)


half, third = sp.Rational(1, 2), sp.Rational(1, 3)
RANGES: dict[str, Range] = {
    "exp": over(sp.exp(x), -700, 700),
    "log": over(sp.log(x), 0, 1e300),
    "sin": over(sp.sin(x), -100, 100),
    "cos": over(sp.cos(x), -100, 100),
    "tan": over(sp.tan(x), -100, 100),
    "sinc": over(sp.sinc(x), -100, 100),
    "divided difference of exp": over((sp.exp(x) - sp.exp(n)) / (x - n), -5, 5),
    "divided difference of log": over((sp.log(1 + p) - sp.log(1 + n)) / (p - n), 0, 100),
    "asin": over(sp.asin(x), -1, 1),
    "acos": over(sp.acos(x), -1, 1),
    "atan": over(sp.atan(x), -1e9, 1e9),
    "atan2": over(sp.atan2(x, -third), -100, 100),
    "sinh": over(sp.sinh(x), -700, 700),
    "cosh": over(sp.cosh(x), -700, 700),
    "tanh": over(sp.tanh(x), -30, 30),
    "asinh": over(sp.asinh(x), -1e9, 1e9),
    "acosh": over(sp.acosh(x), 1, 1e9),
    "atanh": over(sp.atanh(x), -1, 1),
    "modulus": over(sp.Abs(x), -5, 5),
    "sign": over(sp.sign(x), -5, 5),
    "floor": over(sp.floor(x), -50, 50),
    "ceiling": over(sp.ceiling(x), -50, 50),
    "remainder": over(sp.Mod(x, sp.Rational(5, 2)), -50, 50),
    "fraction": over(sp.frac(x), -50, 50),
    "step": over(sp.Heaviside(x, third), -5, 5),
    "sech": over(sp.cosh(x) ** -1, -700, 700),
    "log cosh": over(sp.log(sp.cosh(x)), -1e3, 1e3),
    "log 2 cosh": over(sp.log(2 * sp.cosh(x)), -1e3, 1e3),
    "logistic": over(1 / (1 + sp.exp(-x)), -700, 700),
    "softplus": over(sp.log(1 + sp.exp(x)), -700, 700),
    "log1p": over(sp.log(1 + x), -1, 1e9),
    "expm1": over(sp.exp(x) - 1, -700, 700),
    "erf": over(sp.erf(x), -6, 6),
    "erfc": over(sp.erfc(x), -6, 26),
    "scaled erfc": over(sp.exp(x**2) * sp.erfc(x), -25, 1e3, 12),
    "log erfc": over(sp.log(sp.erfc(x)), -5, 1e3),
    "log of half erfc": over(sp.log(sp.erfc(x) / 2), -5, 1e3),
    "erfinv": over(sp.erfinv(x), -1, 1),
    "erfcinv": over(sp.erfcinv(x), 0, 2),
    "erfi": over(sp.erfi(x), -26, 26),
    "Dawson": over(sp.exp(-(x**2)) * sp.erfi(x), -1e3, 1e3),
    "entropy of a level": over(x * sp.log(x), 0, 50),
    "entropy of a hole": over((1 - x) * sp.log(1 - x), 0, 1),
    "logarithm of a saturating function": over(sp.log(sp.tanh(x)), 1e-3, 300),
    "difference of erf": over(sp.erf2(half, x), -6, 6, 8),
    "gamma": over(sp.gamma(x), -20, 170, 6),
    "factorial": over(sp.factorial(x), 0, 169, 6),
    "log gamma": over(sp.loggamma(x), 0, 1e5),
    "log of gamma": over(sp.log(sp.gamma(x)), 0, 1e5),
    "log of the modulus of gamma": over(sp.log(sp.Abs(sp.gamma(x))), -20, 1e5),
    "ratio of gamma functions": over(sp.gamma(x + half) / sp.gamma(x), 0, 1e8, 12),
    "rising factorial": over(sp.RisingFactorial(x, third), 0, 1e3, 12),
    "falling factorial": over(sp.FallingFactorial(x, 4), -10, 10),
    "binomial": over(sp.binomial(x, 5), -10, 50),
    "binomial of a real order": over(sp.binomial(20, x), 0, 20, 40),
    "beta": over(sp.beta(x, sp.Rational(5, 2)), 0, 20, 40),
    "log beta": over(sp.log(sp.beta(x, third)), 0, 1e8, 6),
    "step of log gamma": over(sp.loggamma(p + n + half) - sp.loggamma(p), 1, 1e8),
    "step of digamma": over(sp.digamma(p + n + half) - sp.digamma(p), 0, 1e8),
    "log of a binomial": over(sp.loggamma(p + n + 1) - sp.loggamma(p + 1) - sp.loggamma(n + 1), 0, 1e8),
    "remainder of Stirling": over(sp.loggamma(p) - (p - half) * sp.log(p) + p - sp.log(2 * sp.pi) / 2, 0, 1e8),
    "gap of digamma": over(sp.digamma(p) - sp.log(p), 0, 1e8),
    "digamma": over(sp.digamma(x), -9, 100),
    "trigamma": over(sp.polygamma(1, x), -9, 100),
    "polygamma": over(sp.polygamma(3, x), 0, 100),
    "harmonic number": over(sp.harmonic(x), 1, 100),
    "lower gamma": over(sp.lowergamma(third, x) / sp.gamma(third), 0, 50, 40),
    "upper gamma": over(sp.uppergamma(third, x), 0, 50, 40),
    "incomplete beta": over(sp.betainc_regularized(2, third, 0, x), 0, 1, 8),
    "zeta": over(sp.zeta(x), 1, 50),
    "zeta of Hurwitz": over(sp.zeta(sp.Rational(5, 2), x), 0, 50),
    "dilogarithm": over(sp.polylog(2, x), -100, 1),
    "dilogarithm of an exponential": over(sp.polylog(2, sp.exp(-x)), 0, 50),
    "dilogarithm of a Fermi gas": over(-sp.polylog(2, -sp.exp(x)), -50, 1e3),
    "dilogarithm of a complement": over(sp.polylog(2, 1 - sp.exp(x)), -50, 600),
    "relative entropy of rates": over((1 + n) * sp.log((1 + n) / p) - 1 - n + p, 0, 50),
    "polylogarithm of order 1": over(sp.polylog(1, x), -100, 1),
    "polylogarithm of order -2": over(sp.polylog(-2, x), -100, 0.5, 8),
    "J_0": over(sp.besselj(0, x), -100, 100),
    "J_1": over(sp.besselj(1, x), -100, 100),
    "J_5": over(sp.besselj(5, x), 0, 50, 40),
    "Y_5": over(sp.bessely(5, x), 0, 50, 40),
    "I_5": over(sp.besseli(5, x), 0, 700, 40),
    "K_5": over(sp.besselk(5, x), 0, 700, 40),
    "J of a real order": over(sp.besselj(third, x), 0, 50, 400),
    "Y_0": over(sp.bessely(0, x), 0, 100, 8),
    "Y_1": over(sp.bessely(1, x), 0, 100),
    "Y of a real order": over(sp.bessely(third, x), 0, 50, 40),
    "I_0": over(sp.besseli(0, x), -700, 700),
    "I_1": over(sp.besseli(1, x), -700, 700, 6),
    "I of a real order": over(sp.besseli(third, x), 0, 700, 20),
    "K_0": over(sp.besselk(0, x), 0, 700),
    "K_1": over(sp.besselk(1, x), 0, 700),
    "K of a real order": over(sp.besselk(third, x), 0, 700, 20),
    "scaled I_0": over(sp.exp(-x) * sp.besseli(0, x), 0, 1e3),
    "scaled I_1": over(sp.exp(-x) * sp.besseli(1, x), 0, 1e3),
    "scaled I of a real order": over(sp.exp(-x) * sp.besseli(third, x), 0, 1e3, 600),
    "scaled K_0": over(sp.exp(x) * sp.besselk(0, x), 0, 1e3),
    "scaled K_1": over(sp.exp(x) * sp.besselk(1, x), 0, 1e3),
    "scaled K of a real order": over(sp.exp(x) * sp.besselk(third, x), 0, 1e3, 100),
    "log of I_0": over(sp.log(sp.besseli(0, x)), -1e3, 1e3),
    "log of scaled I_0": over(sp.log(sp.besseli(0, x)) - sp.Abs(x), -1e8, 1e8),
    "ratio of I near one": over(1 - sp.besseli(1, x) / sp.besseli(0, x), -1e3, 1e8),
    "limit of the scaled tail": over(1 / sp.sqrt(sp.pi) - x * sp.exp(x**2) * sp.erfc(x), -6, 1e8),
    "log of a factorial": over(sp.log(sp.factorial(p)), 0, 1e5),
    "ratio of I": over(sp.besseli(1, x) / sp.besseli(0, x), -1e3, 1e3, 6),
    "hypotenuse": over(sp.sqrt(x**2 + 2), -1e300, 1e300),
    "hypotenuse less a side": over(sp.sqrt(x**2 + 1) - 1, -1e300, 1e300),
    "spherical J": over(sp.jn(2, x), 0.01, 50, 100),
    "spherical Y": over(sp.yn(2, x), 0.01, 50, 100),
    "Airy": over(sp.airyai(x), -20, 20, 40),
    "derivative of Airy": over(sp.airyaiprime(x), -20, 20, 40),
    "second Airy": over(sp.airybi(x), -20, 20, 40),
    "derivative of the second Airy": over(sp.airybiprime(x), -20, 20, 40),
    "Ei": over(sp.Ei(x), -100, 100),
    "E_1": over(sp.expint(1, x), 0, 100),
    "E_3": over(sp.expint(3, x), 0, 100, 20),
    "li": over(sp.li(x), 0, 100, 20),
    "Si": over(sp.Si(x), -100, 100),
    "Ci": over(sp.Ci(x), 0, 100, 12),
    "Shi": over(sp.Shi(x), -100, 100),
    "Chi": over(sp.Chi(x), 0, 100),
    "Fresnel S": over(sp.fresnels(x), -30, 30),
    "Fresnel C": over(sp.fresnelc(x), -30, 30),
    "elliptic K": over(sp.elliptic_k(x), -10, 1),
    "elliptic K near one": over(sp.elliptic_k(1 - x), 0, 10),
    "elliptic E": over(sp.elliptic_e(x), -10, 1),
    "elliptic E up to an angle": over(sp.elliptic_e(x, half), -1.4, 1.4, 8),
    "elliptic F": over(sp.elliptic_f(x, half), -1.4, 1.4),
    "Lambert W": over(sp.LambertW(x), -0.36, 1e300),
    "lower branch of Lambert W": over(sp.LambertW(x, -1), -0.36, 0),
    "0F1": over(sp.hyper([], [third], x), -20, 20, 2000),
    "1F1": over(sp.hyper([third], [half], x), -20, 20, 40),
    "2F1": over(sp.hyper([third, half], [sp.Rational(5, 4)], x), -10, 1, 50),
    "Legendre": over(sp.legendre(n, x), -0.9, 1, 8),
    "Chebyshev": over(sp.chebyshevt(n, x), -0.9, 1, 8),
    "second Chebyshev": over(sp.chebyshevu(n, x), -0.9, 1, 8),
    "Laguerre": over(sp.laguerre(n, x), 0, 20, 20),
    "associated Laguerre": over(sp.assoc_laguerre(n, half, x), 0, 20, 20),
    "Gegenbauer": over(sp.gegenbauer(n, third, x), -0.9, 1, 2e5),
    "Jacobi": over(sp.jacobi(n, half, third, x), -0.9, 1, 400),
    "Hermite": over(sp.hermite(n, x), -3, 3, 20),
}  # fmt: skip


@pytest.mark.parametrize("name", RANGES)
def test_numpy_is_as_accurate_as_the_condition_allows_or_as_stated(name: str) -> None:
    assert RANGES[name].worst("numpy", "strict") <= RANGES[name].bound


@needs_compiler
@pytest.mark.parametrize("accuracy", ["strict", "fast"])
@pytest.mark.parametrize("name", RANGES)
def test_c_is_as_accurate_where_it_has_the_function(name: str, accuracy: str) -> None:
    if not in_c(RANGES[name]):
        return
    assert RANGES[name].worst("c", accuracy) <= RANGES[name].bound


def in_c(case: Range) -> bool:
    """Whether C has all functions of a case."""
    return {type(node) for node in parts(case)} & {*NUMPY_FUNCTIONS} <= {*C_FUNCTIONS}


def parts(case: Range) -> set[Any]:
    """The nodes that a program of the case computes, those of formulas included."""
    found: set[Any] = set()
    wanted = [stable(case.expression)]
    while wanted:
        for node in sp.preorder_traversal(wanted.pop()):
            if node.func in FORMULAS and node not in found:
                wanted.append(FORMULAS[node.func][1])
            found.add(node)
    return found


@pytest.mark.parametrize("table", [NUMPY_FUNCTIONS, C_FUNCTIONS], ids=["NumPy", "C"])
def test_each_function_of_a_table_is_measured(table: dict[Any, str]) -> None:
    measured = {type(node) for case in RANGES.values() for node in parts(case)}
    assert {f.__name__ for f in table} - {f.__name__ for f in measured} == set()


ODD = (np.nan, np.inf, -np.inf, 0.0, -0.0, 1e308, -1e308, 1e-300, -1e-300)
OSCILLATING = {"J_0", "J_1", "J_5", "Y_0", "Y_1", "Y_5"}
"""SciPy knows no phase at huge arguments."""


@needs_compiler
@pytest.mark.parametrize("name", [name for name, case in RANGES.items() if in_c(case)])
def test_what_is_not_a_number_or_not_finite_is_the_same_in_both_backends(name: str) -> None:
    case = RANGES[name]
    odd = np.array([v for v in ODD if name not in OSCILLATING or abs(v) != 1e308])
    values = [odd] if len(case.arguments) == 1 else [np.full(len(odd), 2.0), odd]
    functions = [lower(case.expression, case.arguments, backend=backend) for backend in ("numpy", "c")]
    with np.errstate(all="ignore"):
        in_numpy, in_c = (function(*values) for function in functions)
    np.testing.assert_allclose(in_c, in_numpy, rtol=1e-12)


SINGLE = AIM * float(np.finfo(np.float32).eps)


@pytest.mark.parametrize("name", RANGES)
def test_each_function_obeys_the_rules_of_a_ufunc(name: str) -> None:
    case = RANGES[name]
    function = lower(case.expression, case.arguments)
    order = (1,) * (len(case.arguments) - 1)
    point = min(max(1.0, np.nextafter(case.low, case.high)), np.nextafter(case.high, case.low))
    with np.errstate(all="ignore"):
        single = function(*order, np.array([point, np.nan], dtype=np.float32))
        assert single.dtype == np.float32
        # NumPy's own functions compute in single precision.
        np.testing.assert_allclose(single[0], function(*order, float(np.float32(point))), rtol=SINGLE)
        assert np.isnan(single[1])
        assert function(*order, np.empty((0, 3))).shape == (0, 3)
        assert function(*order, 1) == function(*order, 1.0) or np.isnan(function(*order, 1.0))
        assert isinstance(function(*order, 1.0), float)


LIMITS = {
    sp.besseli(0, x): [(np.inf, np.inf), (-np.inf, np.inf)],
    sp.besselk(0, x): [(0.0, np.inf), (np.inf, 0.0), (-1.0, np.nan)],
    sp.besselk(1, x): [(0.0, np.inf), (np.inf, 0.0), (-1.0, np.nan)],
    sp.exp(-x) * sp.besseli(1, x): [(0.0, 0.0), (np.inf, 0.0)],
    sp.log(sp.besseli(0, x)): [(0.0, 0.0), (np.inf, np.inf), (1e300, 1e300)],
    sp.log(sp.besseli(0, x)) - sp.Abs(x): [(0.0, 0.0), (np.inf, -np.inf)],
    1 - sp.besseli(1, x) / sp.besseli(0, x): [(0.0, 1.0), (np.inf, 0.0), (-np.inf, 2.0)],
    1 / sp.sqrt(sp.pi) - x * sp.exp(x**2) * sp.erfc(x): [(np.inf, 0.0), (-np.inf, np.inf)],
    sp.loggamma(x): [(0.0, np.inf), (1.0, 0.0), (2.0, 0.0), (np.inf, np.inf), (-0.5, np.nan)],
    sp.log(sp.gamma(x)): [(-0.5, np.nan), (np.inf, np.inf)],
    sp.erfi(x): [(np.inf, np.inf), (-np.inf, -np.inf), (40.0, np.inf)],
    sp.exp(-(x**2)) * sp.erfi(x): [(np.inf, 0.0), (0.0, 0.0)],
    sp.polylog(2, x): [(0.0, 0.0), (1.0, np.pi**2 / 6), (-np.inf, -np.inf), (2.0, np.nan)],
    sp.Ei(x): [(0.0, -np.inf), (-np.inf, 0.0), (np.inf, np.inf)],
    sp.expint(1, x): [(0.0, np.inf), (np.inf, 0.0), (-1.0, np.nan)],
    sp.LambertW(x): [(0.0, 0.0), (np.inf, np.inf), (-1.0, np.nan)],
    sp.LambertW(x, -1): [(0.0, -np.inf), (-1.0, np.nan), (1.0, np.nan)],
    sp.erfinv(x): [(1.0, np.inf), (-1.0, -np.inf), (2.0, np.nan)],
    sp.erfcinv(x): [(0.0, np.inf), (2.0, -np.inf), (-1.0, np.nan)],
    sp.digamma(x): [(-1.0, np.nan), (np.inf, np.inf)],
    sp.polygamma(1, x): [(0.0, np.inf), (np.inf, 0.0)],
    sp.Ci(x): [(-1.0, np.nan)],
    sp.Chi(x): [(-1.0, np.nan)],
}


@pytest.mark.parametrize("expression", LIMITS, ids=str)
def test_limits_poles_and_ends_of_domains_are_as_the_formula_has_them(expression: Any, backend: str) -> None:
    if backend == "c" and not in_c(over(expression, 0, 1)):
        return
    places, expected = zip(*LIMITS[expression], strict=True)
    with np.errstate(all="ignore"):
        np.testing.assert_array_equal(lower(expression, [x], backend=backend)(np.array(places)), expected)


def test_what_c_lacks_is_named_with_the_other_backend_as_the_remedy() -> None:
    with pytest.raises(TypeError, match=r"no C form for airyai.*use backend='numpy'"):
        written(sp.airyai(x), [x], backend=C, domain=None, accuracy="fast")


@pytest.mark.parametrize(
    "expression",
    [
        sp.Derivative(sp.erfinv(x), x),
        sp.Subs(sp.Derivative(sp.sin(y) * y, y), y, x**2),
        sp.Derivative(sp.Function("g")(x), x).subs(sp.Function("g")(x), sp.loggamma(x + 2)),
    ],
    ids=str,
)
def test_derivatives_are_carried_out(expression: Any) -> None:
    assert lower(expression, [x])(0.3) == lower(expression.doit(), [x])(0.3)


def test_derivatives_of_special_functions_keep_their_accuracy() -> None:
    for function in (sp.besseli(0, x), sp.erfinv(x), sp.LambertW(x), sp.loggamma(x)):
        derivative = over(sp.diff(function, x), 0.1, 0.9)
        assert derivative.worst("numpy", "strict") <= 2 * AIM, function
