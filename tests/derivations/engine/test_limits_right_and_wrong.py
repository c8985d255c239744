"""Limits with exponentials, logarithms and powers: right ones are accepted, wrong ones refuted, others left open."""

import time

import pytest
import sympy as sp

from derivations.engine.examine import examined
from derivations.engine.verdict import Verdict
from derivations.engine.verify import verify
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.statements import LimitStatement
from theory.sums import Sigma

x, y = sp.symbols("x y", real=True)
a, b, h, s = sp.symbols("a b h s", positive=True)
n, k = sp.symbols("n k", integer=True, positive=True)
q = sp.Symbol("q", positive=True)
HALF = sp.Rational(1, 2)
POSITIVE = (0, sp.oo)
SETS = {
    q: (0, 1), a: POSITIVE, b: POSITIVE, h: POSITIVE, s: POSITIVE, n: sp.Range(1, sp.oo), x: sp.S.Reals, y: sp.S.Reals,
}  # fmt: skip


def limit(expression, value, variable, point, direction="+"):
    names = (sp.sympify(expression).free_symbols | sp.sympify(value).free_symbols | {variable}) & set(SETS)
    domain = Domain({name: SETS[name] for name in names})
    return LimitStatement(expression, value, domain, variable=variable, point=point, direction=direction)


# expression, value, variable, point, direction, wrong values
LIMITS = {
    "entropy of a rare state": (s * sp.log(s), 0, s, 0, "+", [1, -1, sp.oo]),
    "flat exponential": (sp.exp(-1 / s), 0, s, 0, "+", [1, sp.oo]),
    "steep exponential": (sp.exp(-1 / x), sp.oo, x, 0, "-", [0, 1, -sp.oo]),
    "saturated spin": (sp.tanh(s * h), 1, s, sp.oo, "+", [0, -1, h, sp.oo]),
    "spin in any field": (sp.tanh(s * x), sp.sign(x), s, sp.oo, "+", [1, -sp.sign(x), sp.tanh(x)]),
    "ground state": (sp.log(2 * sp.cosh(s * x)) / s, sp.Abs(x), s, sp.oo, "+", [x, 2 * sp.Abs(x), sp.Abs(x) + 1]),
    "two levels": (-sp.log(sp.exp(-s * x) + sp.exp(-s * y)) / s, sp.Min(x, y), s, sp.oo, "+", [sp.Max(x, y), x]),
    "norm": ((a**s + b**s) ** (1 / s), sp.Max(a, b), s, sp.oo, "+", [sp.Min(a, b), a + b, 2 * sp.Max(a, b)]),
    "Stirling": (
        sp.factorial(n) / (sp.sqrt(2 * sp.pi * n) * n**n * sp.exp(-n)), 1, n, sp.oo, "+",
        [sp.sqrt(2 * sp.pi), HALF, 1 + sp.Rational(1, 12)],
    ),
    "leading Stirling": (sp.loggamma(s + 1) / (s * sp.log(s)), 1, s, sp.oo, "+", [0, sp.oo, HALF]),
    "Gaussian tail": (s * sp.exp(s**2) * sp.erfc(s), 1 / sp.sqrt(sp.pi), s, sp.oo, "+", [1, 2 / sp.sqrt(sp.pi), 0]),
    "compound interest": ((1 + x / n) ** n, sp.exp(x), n, sp.oo, "+", [1 + x, sp.exp(-x), sp.exp(2 * x)]),
    "replicas": (n * (s ** (1 / n) - 1), sp.log(s), n, sp.oo, "+", [s, -sp.log(s), 0]),
    "entropy of mixing": (
        sp.log(sp.binomial(2 * n, n)) / n, 2 * sp.log(2), n, sp.oo, "+", [sp.log(2), 0, 4 * sp.log(2)],
    ),
    "central binomial": (
        sp.sqrt(n) * sp.binomial(2 * n, n) / 4**n, 1 / sp.sqrt(sp.pi), n, sp.oo, "+", [1, 1 / sp.pi, sp.oo],
    ),
    "pole from above": (1 / x, sp.oo, x, 0, "+", [-sp.oo, 0, 1]),
    "pole from below": (1 / x, -sp.oo, x, 0, "-", [sp.oo, 0, 1]),
    "modulus from below": (sp.Abs(x) / x, -1, x, 0, "-", [1, 0]),
    "damped oscillation": (sp.sin(s) / s, 0, s, sp.oo, "+", [1, sp.oo, HALF]),
    "alternating": ((-1) ** n / n, 0, n, sp.oo, "+", [1, -1]),
    "digamma": (sp.digamma(s) - sp.log(s), 0, s, sp.oo, "+", [-HALF, 1]),
    "Langevin": (sp.coth(s) - 1 / s, 0, s, 0, "+", [sp.Rational(1, 3), 1]),
    "Langevin slope": ((sp.coth(s) - 1 / s) / s, sp.Rational(1, 3), s, 0, "+", [HALF, 0, 1]),
    "mean field exponent": (sp.sqrt(s**2 + a * s) - s, a / 2, s, sp.oo, "+", [a, 0, a / 4]),
    "roots": (n ** (1 / n), 1, n, sp.oo, "+", [0, sp.oo, sp.E]),
    "power of zero": (s**s, 1, s, 0, "+", [0, sp.E]),
    "exponential beats powers": (s**a * sp.exp(-b * s), 0, s, sp.oo, "+", [1, sp.oo]),
    "powers beat logarithms": (sp.log(s) ** a / s**b, 0, s, sp.oo, "+", [1, sp.oo]),
    "inverse tangent": (s * (sp.pi / 2 - sp.atan(s)), 1, s, sp.oo, "+", [0, -1, sp.pi / 2]),
    "gamma ratio": (sp.gamma(s + HALF) / (sp.gamma(s) * sp.sqrt(s)), 1, s, sp.oo, "+", [HALF, 0, sp.sqrt(2)]),
    "residue of gamma": (s * sp.gamma(s), 1, s, 0, "+", [0, -1, sp.oo]),
    "three levels": (
        sp.log(sp.exp(s * x) + sp.exp(s * y) + 1) / s, sp.Max(x, y, 0), s, sp.oo, "+", [sp.Max(x, y), sp.Max(x, 0)],
    ),
    "softmax": (
        sp.exp(s * x) / (sp.exp(s * x) + sp.exp(s * y)), (1 + sp.sign(x - y)) / 2, s, sp.oo, "+", [1, sp.S.Half],
    ),
    "harmonic sum": (sp.Sum(1 / k, (k, 1, n)) - sp.log(n), sp.EulerGamma, n, sp.oo, "+", [0, 1, sp.EulerGamma / 2]),
    "Riemann sum": (Sigma(k**2 / n**3, (k, 1, n)), sp.Rational(1, 3), n, sp.oo, "+", [HALF, 0, 1]),
    "Basel": (sp.Sum(1 / k**2, (k, 1, n)), sp.pi**2 / 6, n, sp.oo, "+", [sp.pi**2 / 8, 2]),
    "geometric sum": (sp.Sum(q**k, (k, 0, n)), 1 / (1 - q), n, sp.oo, "+", [q / (1 - q), 1 / (1 + q)]),
    "telescoping product": (sp.Product(1 + 1 / k, (k, 1, n)) / n, 1, n, sp.oo, "+", [2, 0]),
    "free energy of free spins": (
        sp.log(sp.Sum(sp.binomial(n, k) * sp.exp(a * k), (k, 0, n))) / n, sp.log(1 + sp.exp(a)), n, sp.oo, "+",
        [sp.log(1 - sp.exp(-a)), a, sp.log(2)],
    ),
    "Gaussian step": (sp.erf(s * x), sp.sign(x), s, sp.oo, "+", [1, 0, -sp.sign(x)]),
}  # fmt: skip
ACCEPTED = {name: limit(*parts[:5]) for name, parts in LIMITS.items()}
WRONG = {
    f"{name} {place}": limit(expression, value, *rest)
    for name, (expression, _, *rest, wrong) in LIMITS.items()
    for place, value in enumerate(wrong)
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_right_limit_is_accepted(name):
    verdict = verify(ACCEPTED[name])
    assert verdict.holds is True, str(verdict)


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_limit_is_refuted(name):
    verdict = Verdict(evidence=examined(WRONG[name], time.perf_counter() + 30, 0))
    assert verdict.holds is False, str(verdict)
    assert verdict.counterexample is not None


def test_most_right_limits_are_proved_for_all_parameters():
    proved = [name for name, claim in ACCEPTED.items() if verify(claim).status == "proved"]
    assert len(proved) > 0.9 * len(ACCEPTED), sorted(set(ACCEPTED) - set(proved))


NO_LIMIT = {
    "oscillation": (sp.sin(1 / s), s, 0),
    "growing oscillation": (s * sp.sin(s), s, sp.oo),
    "alternating sign": ((-1) ** n, n, sp.oo),
    "oscillating exponential": (sp.exp(sp.sin(s)), s, sp.oo),
    "undetermined function": (sp.Function("f")(s) / s, s, sp.oo),
    "complex phase": (sp.exp(sp.I * s), s, sp.oo),
    "logarithm of what is negative": (sp.log(-s), s, sp.oo),
}


@pytest.mark.parametrize("name", NO_LIMIT)
@pytest.mark.parametrize("value", [0, 1, sp.oo])
def test_an_expression_without_a_limit_has_none_accepted(name, value):
    expression, variable, point = NO_LIMIT[name]
    assert verify(limit(expression, value, variable, point)).holds is not True


@pytest.mark.parametrize(("slip", "holds"), [(0, True), (a * n / 2, False), (1, False)])
def test_values_that_constraints_exclude_say_nothing_against_a_limit(slip, holds):
    """At a = 1 no number of replicas fulfils a n < 1."""
    rest = sp.log(GaussianMean(sp.cosh(x) ** n, x, b)) + sp.log(1 - a * n)
    domain = Domain({a: (0, 2), b: (0, 1), n: sp.Range(1, sp.oo), s: (1, sp.oo)}, [sp.Lt(a * n, 1)])
    statement = LimitStatement(rest - a * n / (2 * s), rest + slip, domain, variable=s, point=sp.oo)
    assert verify(statement).holds is holds
