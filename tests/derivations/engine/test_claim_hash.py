"""The hash of a claim: one for all ways to write it, another for every other claim, the same in every process."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import sympy as sp

from derivations.engine.claims import LONGEST, claim_hash, encode
from derivations.engine.verify import verify
from theory.averages import ConfigurationSum, GaussianMean
from theory.domain import Domain
from theory.statements import Identity, LimitStatement, PositiveDefinite, Stationarity
from theory.sums import Sigma

x, y, z, w = sp.symbols("x y z w")
n, k, j = sp.symbols("n k j", integer=True)
s, r = sp.IndexedBase("s"), sp.IndexedBase("r")
f, g = sp.Function("f"), sp.Function("g")
DOMAIN = Domain({x: (0, 1), n: sp.Range(1, sp.oo)})
ROOT = Path(__file__).parents[3]
SCRIPT = """
import sympy as sp
from derivations.engine.claims import claim_hash
from theory.averages import ConfigurationSum, GaussianMean
from theory.domain import Domain
from theory.statements import Identity, LimitStatement, PositiveDefinite, Stationarity
from theory.sums import Sigma
x, y, z, A, B = sp.symbols("x y z A B"); n, k = sp.symbols("n k", integer=True); p = sp.Symbol("p", positive=True)
d, e = sp.Dummy("d"), sp.Dummy("d"); q = sp.IndexedBase("q")
left = GaussianMean(sp.tanh(x * z + y)**2, z, y) + Sigma(x**k * y, (k, 0, n)) + sp.Max(x, y, n, p) + 10**5000 * d / 3
right = sp.Integral(sp.sin(z), (z, 0, x)) + sp.Sum(k * y, (k, 1, n)) + ConfigurationSum(q[1] * x, q, (k, 1, n)) - e
domain = Domain({n: sp.Range(1, 9), y: (0, 2), x: (0, 1), p: sp.FiniteSet(1, 2, 3), d: (0, 1), e: (0, 2)}, [x < y])
print(claim_hash(Identity(left, right, domain)))
print(claim_hash(LimitStatement(x * y, 0, domain, variable=x, point=0)))
print(claim_hash(Stationarity(Sigma(q[k]**2 + y, (k, 1, n)), domain.extended({q: (0, 1)}), variables=(y,), at={y: x})))
print(claim_hash(PositiveDefinite(sp.KroneckerDelta(A, B), domain, rows=(A, B, 1, n))))
"""


def test_bound_names_do_not_matter():
    pairs = [
        (Sigma(x**k, (k, 0, n)), Sigma(x**j, (j, 0, n))),
        (GaussianMean(sp.tanh(z * x), z, x), GaussianMean(sp.tanh(w * x), w, x)),
        (ConfigurationSum(sp.exp(x * s[1]), s, (k, 1, n)), ConfigurationSum(sp.exp(x * r[1]), r, (j, 1, n))),
        (sp.Integral(sp.exp(-z), (z, 0, x)), sp.Integral(sp.exp(-w), (w, 0, x))),
        (sp.Sum(k * j, (k, 0, j), (j, 1, n)), sp.Sum(k * j, (j, 0, k), (k, 1, n))),
        (sp.Product(k * x, (k, 1, n)), sp.Product(j * x, (j, 1, n))),
        (sp.Integral(sp.Derivative(f(z), z), (z, 0, x)), sp.Integral(sp.Derivative(f(w), w), (w, 0, x))),
    ]
    for first, second in pairs:
        assert encode(first) == encode(second)
        assert claim_hash(Identity(first, x, DOMAIN)) == claim_hash(Identity(second, x, DOMAIN))


def test_bound_names_of_other_nodes_do_not_matter():
    for first, second in [
        (sp.Limit(sp.sin(z * x) / z, z, 0), sp.Limit(sp.sin(w * x) / w, w, 0)),
        (sp.Subs(sp.Derivative(f(z), z), z, x), sp.Subs(sp.Derivative(f(w), w), w, x)),
        (sp.ImageSet(sp.Lambda(z, z**2), sp.S.Integers), sp.ImageSet(sp.Lambda(w, w**2), sp.S.Integers)),
        (sp.ConditionSet(z, sp.sin(z) > 0, sp.S.Reals), sp.ConditionSet(w, sp.sin(w) > 0, sp.S.Reals)),
    ]:
        assert encode(first) == encode(second)


def test_bound_rows_and_indices_of_a_statement_do_not_matter():
    matrices = [PositiveDefinite(sp.KroneckerDelta(a, b), DOMAIN, rows=(a, b, 1, n)) for a, b in ((k, j), (j, k))]
    assert len(set(map(claim_hash, matrices))) == 1
    domain = DOMAIN.extended({s: (0, 1)})
    points = [Stationarity(s[n] ** 2, domain, variables=(s[n],), at={s[i]: x}) for i in (k, j)]
    assert len(set(map(claim_hash, points))) == 1
    ties = [DOMAIN.extended({s: (0, 1), r: (0, 1)}, [sp.Eq(s[i], 1 - r[i])]) for i in (k, j)]
    assert len({claim_hash(Identity(x, s[n], tie)) for tie in ties}) == 1


A, B = sp.symbols("A B", commutative=False)
DIFFERENT = {
    "assumptions": (x, sp.Symbol("x", positive=True)),
    "names that look like two": (sp.Symbol("a',s'b"), sp.Symbol("a")),
    "one index bound twice": (
        sp.Sum(sp.Sum(k * j, (k, 1, 2)), (k, 1, 3), (j, 1, 4)),
        sp.Sum(sp.Sum(k * k, (k, 1, 2)), (k, 1, 3), (j, 1, 4)),
    ),
    "inner index shadows": (
        sp.Sum(sp.Sum(sp.Sum(k * j, (j, 1, 2)), (k, 1, 2)), (k, 1, 3)),
        sp.Sum(sp.Sum(sp.Sum(j * j, (j, 1, 2)), (k, 1, 2)), (k, 1, 3)),
    ),
    "an indefinite integral": (sp.Integral(f(x), x), sp.Integral(f(y), y)),
    "order of matrices": (A * B, B * A),
    "names of matrices": (sp.MatrixSymbol("A", 2, 2), sp.MatrixSymbol("B", 2, 2)),
    "functions": (f(x), g(x)),
    "assumptions of functions": (f(x), sp.Function("f", positive=True)(x)),
    "a function named as one of SymPy's": (sp.sin(x), sp.Function("sin")(x)),
    "shapes of families": (s[1], sp.IndexedBase("s", shape=(3,))[1]),
    "dummies": (sp.Dummy("d"), sp.Dummy("d")),
    "a dummy and a symbol": (sp.Dummy("x"), x),
    "a point of evaluation": (sp.Subs(sp.Derivative(f(z), z), z, x), sp.Subs(sp.Derivative(f(z), z), z, y)),
    "sides of a limit": (sp.Limit(1 / z, z, 0, "+"), sp.Limit(1 / z, z, 0, "-")),
    "arguments of a function": (sp.Lambda((z, w), z - w), sp.Lambda((w, z), z - w)),
    "what is differentiated by": (sp.Derivative(f(x, y), x), sp.Derivative(f(x, y), y)),
    "quotients": (sp.Rational(1, 16), sp.Rational(1, 10)),
    "ends": (sp.Interval(0, 1), sp.Interval.open(0, 1)),
}


@pytest.mark.parametrize("name", DIFFERENT)
def test_expressions_that_differ_have_different_texts(name):
    first, second = DIFFERENT[name]
    assert encode(first) != encode(second)


def test_free_names_bounds_and_domains_matter():
    base = claim_hash(Identity(Sigma(x**k, (k, 0, n)), x, DOMAIN))
    others = [
        Identity(Sigma(x**k, (k, 1, n)), x, DOMAIN),
        Identity(Sigma(x ** (k + 1), (k, 0, n)), x, DOMAIN),
        Identity(x, Sigma(x**k, (k, 0, n)), DOMAIN),
        Identity(Sigma(x**k, (k, 0, n)), x, DOMAIN.extended({x: (0, 2)})),
        Identity(Sigma(x**k, (k, 0, n)), x, DOMAIN.extended(constraints=[x < n])),
        LimitStatement(Sigma(x**k, (k, 0, n)), x, DOMAIN, variable=x, point=0),
        LimitStatement(Sigma(x**k, (k, 0, n)), x, DOMAIN, variable=x, point=0, direction="-"),
    ]
    assert len({base, *map(claim_hash, others)}) == len(others) + 1


def test_two_symbols_of_one_name_are_two_symbols():
    other = sp.Symbol("x", positive=True)
    claim = Identity(x, other, Domain({x: (0, 1), other: (5, 6)}))
    assert verify(claim).status == "refuted"


def test_dummies_are_told_apart_by_the_order_in_which_they_were_made():
    def claim(swapped):
        d, e = sp.Dummy("d"), sp.Dummy("d")
        left, right = (e, d) if swapped else (d, e)
        return Identity(left, 2 * right, Domain({d: (0, 1), e: (5, 6)}))

    assert claim_hash(claim(False)) == claim_hash(claim(False))
    assert claim_hash(claim(False)) != claim_hash(claim(True))


@pytest.mark.parametrize(
    "node", [sp.Float("0.5"), sp.Poly(x**2, modulus=5), sp.Wild("w"), 0.5, NotImplemented], ids=str
)
def test_what_is_not_known_has_no_canonical_form(node):
    with pytest.raises(ValueError, match=r"float|canonical form"):
        encode(node)


def test_shared_parts_are_not_written_out():
    expression = x + y
    for _ in range(60):
        expression = sp.Add(sp.sin(expression), sp.cos(expression), evaluate=False)
    assert len(encode(expression)) <= LONGEST


def test_the_hash_is_the_same_in_every_process_and_with_other_ground_types():
    found = set()
    for seed, ground in (("0", "flint"), ("77", "flint"), ("5", "python")):
        environment = {
            **os.environ, "PYTHONHASHSEED": seed, "SYMPY_GROUND_TYPES": ground, "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, check=True, timeout=60
        )
        found.add(done.stdout.strip())
    assert len(found) == 1
    assert [len(line) for line in found.pop().split()] == [32] * 4
