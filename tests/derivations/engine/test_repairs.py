"""Common slips are repaired, the repair is verified, and nothing is proposed that says nothing."""

import time

import pytest
import sympy as sp

from derivations.engine.examine import examined
from derivations.engine.repair import repaired
from derivations.engine.repairs.slips import changes
from derivations.engine.verify import verify
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.statements import Expansion, Identity, Inequality, LimitStatement, Stationarity
from theory.sums import Sigma

x, y, z = sp.symbols("x y z", real=True)
s, a, b, v, beta, h = sp.symbols("s a b v beta h", positive=True)
q = sp.Symbol("q", positive=True)
n, k = sp.symbols("n k", integer=True, positive=True)
POSITIVE, LINE, SIZES = (0, sp.oo), (-3, 3), sp.Range(1, sp.oo)
SETS = {x: LINE, y: LINE, s: POSITIVE, a: POSITIVE, b: POSITIVE, v: POSITIVE, beta: POSITIVE, h: POSITIVE, q: (0, 1)}
SETS |= {n: SIZES, k: SIZES}


def over(*expressions):
    names = set().union(*(sp.sympify(e).free_symbols for e in expressions))
    return Domain({name: SETS[name] for name in names})


def same(left, right):
    return Identity(left, right, over(left, right))


def limit(expression, value, variable, point, direction="+"):
    domain = over(expression, value, variable)
    return LimitStatement(expression, value, domain, variable=variable, point=point, direction=direction)


def series(left, right, variable, order, about=0):
    return Expansion(left, right, over(left, right), variable=variable, order=order, about=about)


def gauss(integrand):
    return sp.Integral(integrand, (z, -sp.oo, sp.oo)) / sp.sqrt(2 * sp.pi)


SLIPS = {
    "sign of the whole": (same(sp.diff(sp.log(sp.cosh(x)), x), -sp.tanh(x)), "the opposite sign"),
    "factor 2": (same(sp.sinh(2 * x), sp.sinh(x) * sp.cosh(x)), "a factor 2"),
    "factor 1/2": (same(1 - sp.cos(x), 4 * sp.sin(x / 2) ** 2), "a factor 1/2"),
    "sign of a term": (same(sp.cosh(x) ** 2, 1 - sp.sinh(x) ** 2), "opposite sign of the term"),
    "sign in an argument": (same(sp.exp(-x) * sp.exp(-y), sp.exp(y - x)), "sign of the term y"),
    "missing pi": (same(sp.Integral(1 / (1 + x**2), (x, 0, 1)), sp.Rational(1, 4)), "a factor pi"),
    "root of pi": (same(sp.Integral(sp.exp(-(x**2)), (x, -sp.oo, sp.oo)), sp.pi), "1/sqrt(pi)"),
    "power of a symbol": (same(sp.Integral(sp.exp(-a * x**2), (x, -sp.oo, sp.oo)), sp.sqrt(sp.pi) / a), "sqrt(a)"),
    "power of the variance": (same(GaussianMean(z**4, z, v), 3 * v), "one more power of v"),
    "number of pairings": (same(GaussianMean(z**6, z, v), 12 * v**3), "5/4"),
    "half in the exponent": (same(GaussianMean(sp.cosh(a * z), z, 1), sp.exp(a**2)), "a^2/2 for a^2"),
    "shifted size": (same(Sigma(k, (k, 1, n)), n * (n - 1) / 2), "n + 1 for n"),
    "shifted power": (same(Sigma(q**k, (k, 0, n)), (1 - q**n) / (1 - q)), "n + 1 for n"),
    "end of a sum": (same(n**2, Sigma(2 * k - 1, (k, 1, n - 1))), "n"),
    "start of a sum": (same(n * (n + 1) / 2 + 1, Sigma(k + 1, (k, 1, n)) - n), "a further term 1"),
    "missing cross term": (same((x + y) ** 2, x**2 + y**2), "2*x*y"),
    "constant too many": (same(Sigma(2 * k - 1, (k, 1, n)), n**2 + 1), "no term 1"),
    "square forgotten": (same(1 - sp.tanh(x) ** 2, 1 / sp.cosh(x)), "cosh(x)^(-2)"),
    "inner derivative": (same(sp.diff(sp.log(2 * sp.cosh(beta * h)), h), beta * sp.tanh(h)), "beta*h for h"),
    "square in the exponent": (same(GaussianMean(sp.exp(beta * z), z, v), sp.exp(beta * v / 2)), "beta^2 for beta"),
    "partner function": (same(sp.exp(a * x) - sp.exp(-a * x), 2 * sp.cosh(a * x)), "sinh"),
    "log 2": (same(sp.log(sp.exp(x) + sp.exp(-x)), sp.log(sp.cosh(x))), "log(2)"),
    "inverse hyperbolic tangent": (same(sp.atanh(q), sp.log((1 + q) / (1 - q))), "a factor 1/2"),
    "arcsine law": (
        same(GaussianMean(sp.erf(z) ** 2, z, q), 2 / sp.pi * sp.asin(q / (1 + 2 * q))), "2*q/(2*q + 1)",
    ),
    "Stein": (
        same(GaussianMean(z * sp.tanh(z), z, q), GaussianMean(1 - sp.tanh(z) ** 2, z, q)), "one more power of q",
    ),
    "sign under the mean": (
        same(GaussianMean(z * sp.tanh(z), z, q), q * GaussianMean(1 + sp.tanh(z) ** 2, z, q)), "sign of the term",
    ),
    "gamma recurrence": (same(sp.gamma(s + 1), (s + 1) * sp.gamma(s)), "no term 1"),
    "double angle": (same(sp.tanh(2 * x), 2 * sp.tanh(x) / (1 - sp.tanh(x) ** 2)), "sign of the term"),
    "inverse root": (same(GaussianMean(sp.exp(-a * z**2 / 2), z, v), sp.sqrt(1 + a * v)), "1/sqrt"),
    "root for square": (same(sp.sqrt(x**2 + y**2), x**2 + y**2), "the square root"),
    "entry of an inverse": (
        Identity(
            sp.Matrix([[a, b], [b, a]]).inv(), sp.Matrix([[a, b], [-b, a]]) / (a**2 - b**2),
            Domain({a: (3, 5), b: (0, 1)}),
        ),
        "opposite sign in entry (1, 2)",
    ),
    "ground state": (limit(sp.log(2 * sp.cosh(beta * h)) / beta, -h, beta, sp.oo), "the opposite sign"),
    "exponential": (limit((1 + a / n) ** n, sp.exp(-a), n, sp.oo), "a for -a"),
    "Gaussian tail": (limit(s * sp.exp(s**2) * sp.erfc(s), 2 / sp.sqrt(sp.pi), s, sp.oo), "a factor 1/2"),
    "side of a pole": (limit(1 / x, sp.oo, x, 0, "-"), "-oo"),
    "replica limit": (limit((a**s - 1) / s, a, s, 0), "log(a)"),
    "sign of a coefficient": (series(sp.tanh(x), x + x**3 / 3, x, 5), "opposite sign of the term"),
    "neglected too little": (series(sp.tanh(x), x - x**3 / 3, x, 7), "2*x^5/15"),
    "coefficient": (series(sp.log(sp.cosh(x)), x**2 / 2 - x**4 / 6, x, 6), "1/2 in the term"),
    "coefficient at infinity": (series(sp.sqrt(s**2 + a * s), s + a, s, 1, sp.oo), "1/2 in the term a"),
    "missing power": (series(sp.exp(x), 1 + x + x**3 / 6, x, 4), "x^2/2"),
    "stationary point": (
        # On all of the line: a point that may leave the domain is repaired by no sign.
        Stationarity((x - a) ** 2, Domain({x: sp.S.Reals, a: POSITIVE}), variables=(x,), at={x: -a}),
        "opposite sign in the value of x",
    ),
    "relation": (Inequality(x**2 + y**2, 2 * x * y, over(x, y), relation="<="), "the relation >="),
    "strictness": (
        Inequality(2 * x * y, x**2 + y**2, Domain({x: sp.Interval(-3, 3), y: sp.Interval(-3, 3)}), relation="<"),
        "the relation <=",
    ),
    "width in an exponent under an integral": (
        same(sp.exp(beta * x**2 / 2), gauss(sp.exp(-(z**2) + sp.sqrt(beta) * x * z))),
        "a factor 1/2 in the term -z^2",
    ),
    "root under an integral": (
        same(sp.exp(beta * x**2 / 2), gauss(sp.exp(-(z**2) / 2 + beta * x * z))),
        "sqrt(beta) for beta",
    ),
    "size in an exponent under an integral": (
        same(sp.exp(beta * n * x**2 / 2), sp.sqrt(n) * gauss(sp.exp(-(z**2) / 2 + n * sp.sqrt(beta) * x * z))),
        "one more power of n in the term -z^2/2",
    ),
    "power under a mean": (
        same(GaussianMean(z * sp.tanh(x * z), z, 1), x * GaussianMean(1 - sp.tanh(x * z), z, 1)),
        "tanh(x*z)^2",
    ),
    "power of the variable under a mean": (
        same(GaussianMean(z**2 * sp.exp(x * z), z, 1), GaussianMean((1 + x * z**2) * sp.exp(x * z), z, 1)),
        "z for z^2",
    ),
    "number before a power": (same((2 * sp.cosh(x)) ** n, 2 * sp.cosh(x) ** n), "(2*cosh(x))^n"),
    "cross term in a bracket": (same((x + y) ** 2 * sp.exp(x), (x**2 + y**2) * sp.exp(x)), "2*x*y in x^2 + y^2"),
    "cross term in an exponent": (same(sp.exp((x + y) ** 2), sp.exp(x**2 + y**2)), "2*x*y in x^2 + y^2"),
    "third in an exponent": (same(GaussianMean(sp.exp(x * z), z, s / 3), sp.exp(s * x**2 / 2)), "a factor 1/3 in"),
    "missing term on the right": (same(sp.log(GaussianMean(sp.exp(a * z + x), z, s)), s * a**2 / 2), "further term x"),
    "one symbol for another": (
        same(sp.Integral(sp.exp(-a * z) * sp.cos(b * z), (z, 0, sp.oo)), b / (a**2 + b**2)), "a for b"
    ),
}  # fmt: skip


def repair_of(statement):
    """With time enough for a busy machine."""
    return repaired(statement, lambda claim: examined(claim, time.perf_counter() + 60, 0), 0, seconds=60)


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_repaired_in_words(name):
    statement, said = SLIPS[name]
    assert verify(statement).status == "refuted"
    repair = repair_of(statement)
    assert repair is not None
    assert said in repair.text, repair.text
    assert repair.status in ("proved", "enclosed", "enumerated")


@pytest.mark.parametrize("name", ["factor 2", "ground state", "sign of a coefficient", "relation"])
def test_the_repaired_statement_holds_by_itself(name):
    repair = repair_of(SLIPS[name][0])
    assert repair is not None
    assert verify(repair.statement).holds is True


NOTHING_TO_SAY = {
    "unrelated functions": same(sp.erf(x), sp.gamma(s + 3) * x**5 + sp.sin(y)),
    "zero": same(sp.S.Zero, x),
    "a name for another": same(x, y),
}


@pytest.mark.parametrize("name", NOTHING_TO_SAY)
def test_nothing_is_proposed_where_only_the_left_side_itself_would_hold(name):
    verdict = verify(NOTHING_TO_SAY[name])
    assert verdict.status == "refuted"
    assert verdict.repair is None


def test_changes_are_all_different_and_none_is_the_expression_itself():
    expression = sp.exp(-a * x**2 / 2) * (1 + sp.tanh(beta * x)) / sp.sqrt(2 * sp.pi * v)
    found = [changed for _, changed in changes(expression)]
    assert len(found) == len(set(found)) > 100
    assert expression not in found


def test_a_counterexample_far_from_the_simple_values_is_simple_for_its_set():
    domain = Domain({a: (sp.Rational(31, 10), sp.Rational(39, 10)), b: (5, 9)})
    found = verify(Identity(a + b, a - b, domain)).counterexample
    assert found is not None
    assert dict(found) == {a: sp.Rational(7, 2), b: 6}


@pytest.mark.parametrize("name", [n for n in SLIPS if "under" in n or " in a" in n])
def test_few_of_the_corrections_are_examined(name):
    """Their values at a few points tell the others apart: an examination takes far longer."""
    asked = []

    def examine(claim):
        asked.append(claim)
        return examined(claim, time.perf_counter() + 60, 0)

    assert repaired(SLIPS[name][0], examine, 0, seconds=60) is not None
    assert len(asked) <= 2
