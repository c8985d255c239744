"""Right formulas of the field pass, wrong ones are refuted, and the exact route alone proves no wrong one."""

import pytest
import sympy as sp

from derivations.engine.kinds.identity import pairs_of
from derivations.engine.routes.exact import prove
from derivations.engine.verify import verify
from theory.averages import ConfigurationSum, GaussianMean
from theory.domain import Domain
from theory.statements import Expansion, Identity, LimitStatement, PositiveDefinite, Stationarity
from theory.sums import Sigma

x, y, q, p, t, z, b = sp.symbols("x y q p t z beta")
n, m, L, k, i, j, a, c = sp.symbols("n m L k i j a c", integer=True)
N, C, s, J, f, g = map(sp.IndexedBase, ("N", "C", "s", "J", "f", "g"))
SETS = {
    x: (0, 3),
    y: (-3, 3),
    q: (0, 1),
    p: (0, 1),
    t: (0, 1),
    b: (0, 2),
    n: sp.Range(1, sp.oo),
    m: sp.Range(1, sp.oo),
    L: sp.Range(1, sp.oo),
    N: sp.Range(1, sp.oo),
    C: (0, 5),
    f: sp.S.Reals,
    g: sp.S.Reals,
}
delta = sp.KroneckerDelta
R = sp.Rational


def over(*names):
    return Domain({name: SETS[name] for name in names})


def spins_total(size):
    return Sigma(s[i], (i, 1, size))


# (left, right, names, wrong right sides)
IDENTITIES = {
    "double angle": (
        sp.tanh(2 * x),
        2 * sp.tanh(x) / (1 + sp.tanh(x) ** 2),
        (x,),
        [2 * sp.tanh(x) / (1 - sp.tanh(x) ** 2), sp.tanh(x) / (1 + sp.tanh(x) ** 2), 2 * sp.tanh(x) / (1 + sp.tanh(x))],
    ),
    "log cosh": (
        sp.log(2 * sp.cosh(y)),
        y + sp.log(1 + sp.exp(-2 * y)),
        (y,),
        [
            y + sp.log(1 + sp.exp(2 * y)),
            y - sp.log(1 + sp.exp(-2 * y)),
            y + sp.log(1 + sp.exp(-y)),
            2 * y + sp.log(1 + sp.exp(-2 * y)),
        ],
    ),
    "artanh": (
        sp.atanh(q),
        sp.log((1 + q) / (1 - q)) / 2,
        (q,),
        [sp.log((1 + q) / (1 - q)), sp.log((1 - q) / (1 + q)) / 2],
    ),
    "sech squared": (
        1 - sp.tanh(y) ** 2,
        1 / sp.cosh(y) ** 2,
        (y,),
        [1 / sp.cosh(y), 1 / sp.sinh(y) ** 2, 2 / sp.cosh(y) ** 2],
    ),
    "split root": (sp.sqrt(1 - q**2), sp.sqrt(1 - q) * sp.sqrt(1 + q), (q,), [sp.sqrt(1 - q) * sp.sqrt(1 - q), 1 - q]),
    "generating function": (
        GaussianMean(sp.exp(b * z), z, q),
        sp.exp(b**2 * q / 2),
        (b, q),
        [sp.exp(b**2 * q), sp.exp(-(b**2) * q / 2), sp.exp(b * q / 2), sp.exp(b**2 / 2)],
    ),
    "fourth moment": (GaussianMean(z**4, z, q), 3 * q**2, (q,), [q**2, 3 * q, 6 * q**2, 3 * q**4]),
    "Gaussian of a Gaussian": (
        GaussianMean(sp.exp(-x * z**2 / 2), z, q),
        1 / sp.sqrt(1 + x * q),
        (x, q),
        [1 / sp.sqrt(1 - x * q / 4), 1 / (1 + x * q), 1 / sp.sqrt(1 + 2 * x * q)],
    ),
    "cosine by continuation": (GaussianMean(sp.cosh(z), z, -q), sp.exp(-q / 2), (q,), [sp.exp(q / 2), sp.exp(-q)]),
    "Hubbard-Stratonovich": (
        ConfigurationSum(sp.exp(x * spins_total(m) ** 2 / 2), s, (i, 1, m)),
        GaussianMean((2 * sp.cosh(z)) ** m, z, x),
        (m, x),
        [
            GaussianMean((2 * sp.cosh(z)) ** m, z, 2 * x),
            GaussianMean(2 * sp.cosh(z) ** m, z, x),
            GaussianMean((2 * sp.cosh(z)) ** (m - 1), z, x),
            GaussianMean((2 * sp.sinh(z)) ** m, z, x),
        ],
    ),
    "free spins": (
        ConfigurationSum(sp.exp(b * spins_total(n)), s, (i, 1, n)),
        (2 * sp.cosh(b)) ** n,
        (b, n),
        [(2 * sp.cosh(b)) ** (n - 1), sp.cosh(b) ** n, (2 * sp.cosh(2 * b)) ** n, (2 * sp.sinh(b)) ** n],
    ),
    "one bond averaged": (
        GaussianMean(ConfigurationSum(sp.exp(b * z * s[1] * s[2]), s, (i, 1, 2)), z, q),
        4 * sp.exp(b**2 * q / 2),
        (b, q),
        [2 * sp.exp(b**2 * q / 2), 4 * sp.exp(b**2 * q), 4 * sp.exp(-(b**2) * q / 2)],
    ),
    "replicas": (
        ConfigurationSum(sp.exp(b * spins_total(n) ** 2), s, (i, 1, n)) ** m,
        ConfigurationSum(sp.exp(b * Sigma(Sigma(s[i, a], (i, 1, n)) ** 2, (a, 1, m))), s, (i, 1, n), (a, 1, m)),
        (b, n, m),
        [ConfigurationSum(sp.exp(b * Sigma(Sigma(s[i, a], (a, 1, m)) ** 2, (i, 1, n))) + 1, s, (i, 1, n), (a, 1, m))],
    ),
    "odd numbers": (Sigma(2 * k - 1, (k, 1, n)), n**2, (n,), [n**2 + n, n**2 - 1, 2 * n**2, n**3]),
    "geometric": (
        Sigma(q**k, (k, 0, n)),
        (1 - q ** (n + 1)) / (1 - q),
        (q, n),
        [
            (1 - q**n) / (1 - q),
            (1 + q ** (n + 1)) / (1 - q),
            (1 - q ** (n + 1)) / (1 + q),
            (1 - q ** (n + 2)) / (1 - q),
        ],
    ),
    "telescoping": (
        Sigma(f[k] - f[k - 1], (k, 1, L)),
        f[L] - f[0],
        (f, L),
        [f[L] - f[1], f[L - 1] - f[0], f[L] + f[0], f[0] - f[L]],
    ),
    "shift": (
        Sigma(f[k] * f[k - 1], (k, 1, L)),
        Sigma(f[k] * f[k + 1], (k, 0, L - 1)),
        (f, L),
        [
            Sigma(f[k] * f[k + 1], (k, 1, L)),
            Sigma(f[k] * f[k + 1], (k, 0, L)),
            Sigma(f[k] * f[k], (k, 0, L - 1)),
            Sigma(f[k] * f[k + 2], (k, 0, L - 1)),
        ],
    ),
    "ansatz": (
        Sigma((q + delta(a, c) * (p - q)) ** 2, (a, 1, m), (c, 1, m)),
        m * p**2 + m * (m - 1) * q**2,
        (m, p, q),
        [
            m * p**2 + m * (m + 1) * q**2,
            m * p**2 + m**2 * q**2,
            m * p**2 - m * (m - 1) * q**2,
            p**2 + m * (m - 1) * q**2,
            m * p**2 + m * (m - 1) * q,
        ],
    ),
    "cosines": (sp.cos(sp.pi * n), (-1) ** n, (n,), [(-1) ** (n + 1), sp.S.One]),
    "gamma": (sp.gamma(x + 2), x * (x + 1) * sp.gamma(x), (x,), [x * sp.gamma(x), (x + 1) * (x + 2) * sp.gamma(x)]),
    "Stein": (
        GaussianMean(z * sp.tanh(z), z, q),
        q * GaussianMean(1 - sp.tanh(z) ** 2, z, q),
        (q,),
        [
            GaussianMean(1 - sp.tanh(z) ** 2, z, q),
            q * GaussianMean(1 + sp.tanh(z) ** 2, z, q),
            q**2 * GaussianMean(1 - sp.tanh(z) ** 2, z, q),
        ],
    ),
    "arcsine": (
        GaussianMean(sp.erf(z) ** 2, z, q),
        2 / sp.pi * sp.asin(2 * q / (1 + 2 * q)),
        (q,),
        [2 / sp.pi * sp.asin(2 * q / (1 + q)) / 2, sp.asin(2 * q / (1 + 2 * q)), 2 / sp.pi * sp.asin(q / (1 + 2 * q))],
    ),
    "Gaussian integral": (
        sp.Integral(sp.exp(-x * z**2), (z, -sp.oo, sp.oo)),
        sp.sqrt(sp.pi / x),
        (x,),
        [sp.sqrt(2 * sp.pi / x), sp.sqrt(sp.pi) * x, sp.pi / x],
    ),
    "absolute value": (sp.sqrt(y**2), sp.Abs(y), (y,), [y, -y]),
    "rotation": (
        sp.exp(sp.I * y),
        sp.cos(y) + sp.I * sp.sin(y),
        (y,),
        [sp.cos(y) - sp.I * sp.sin(y), sp.cos(y) + sp.sin(y)],
    ),
}

OTHERS = {
    "cosh series": (
        Expansion(sp.cosh(y), 1 + y**2 / 2, over(y), variable=y, order=4),
        [
            Expansion(sp.cosh(y), 1 + y**2, over(y), variable=y, order=4),
            Expansion(sp.cosh(y), 1 + y**2 / 2, over(y), variable=y, order=5),
            Expansion(sp.cosh(y), 1 - y**2 / 2, over(y), variable=y, order=4),
        ],
    ),
    "log mean cosh": (
        Expansion(
            sp.log(GaussianMean(sp.cosh(z) ** m, z, x)),
            m * x / 2 + m * (m - 1) * x**2 / 4,
            over(m, x),
            variable=x,
            order=3,
        ),
        [
            Expansion(
                sp.log(GaussianMean(sp.cosh(z) ** m, z, x)),
                m * x / 2 + m * (m + 1) * x**2 / 4,
                over(m, x),
                variable=x,
                order=3,
            ),
            Expansion(
                sp.log(GaussianMean(sp.cosh(z) ** m, z, x)),
                m * x + m * (m - 1) * x**2 / 4,
                over(m, x),
                variable=x,
                order=3,
            ),
            Expansion(sp.log(GaussianMean(sp.cosh(z) ** m, z, x)), m * x / 2, over(m, x), variable=x, order=3),
        ],
    ),
    "replica limit": (
        LimitStatement((x**y - 1) / y, sp.log(x), over(x, y), variable=y, point=0),
        [
            LimitStatement((x**y - 1) / y, -sp.log(x), over(x, y), variable=y, point=0),
            LimitStatement((x**y - 1) / y, sp.S.Zero, over(x, y), variable=y, point=0),
        ],
    ),
    "deep limit": (
        LimitStatement(sp.cos(sp.pi / (L + 2)), sp.S.One, over(L), variable=L, point=sp.oo),
        [LimitStatement(sp.cos(sp.pi / (L + 2)), sp.S.NegativeOne, over(L), variable=L, point=sp.oo)],
    ),
    "Euler": (
        LimitStatement((1 + 1 / x) ** x, sp.E, over(x), variable=x, point=sp.oo),
        [LimitStatement((1 + 1 / x) ** x, sp.S.One, over(x), variable=x, point=sp.oo)],
    ),
    "chain saddle": (
        Stationarity(
            Sigma(f[k] * g[k] + f[k] ** 2 / 2, (k, 0, L)),
            over(f, g, L).extended({k: sp.Range(0, L + 1)}),
            variables=(f[k],),
            at={f[k]: -g[k]},
        ),
        [
            Stationarity(
                Sigma(f[k] * g[k] + f[k] ** 2 / 2, (k, 0, L)),
                over(f, g, L).extended({k: sp.Range(0, L + 1)}),
                variables=(f[k],),
                at={f[k]: g[k]},
            ),
            Stationarity(
                Sigma(f[k] * g[k] + f[k] ** 2 / 2, (k, 0, L)),
                over(f, g, L).extended({k: sp.Range(0, L + 1)}),
                variables=(f[k],),
                at={f[k]: -2 * g[k]},
            ),
            Stationarity(
                Sigma(f[k] * g[k] + f[k] ** 2 / 2, (k, 1, L)),
                over(f, g, L).extended({k: sp.Range(0, L + 1)}),
                variables=(f[k],),
                at={f[k]: -g[k] + 1},
            ),
        ],
    ),
    "definite": (
        PositiveDefinite(sp.Matrix([[1, q], [q, x]]), over(q, x), condition=x > q**2),
        [
            PositiveDefinite(sp.Matrix([[1, q], [q, x]]), over(q, x), condition=x > q),
            PositiveDefinite(sp.Matrix([[1, q], [q, x]]), over(q, x), condition=x > R(99, 100) * q**2),
        ],
    ),
    "chain stability": (
        PositiveDefinite(
            delta(i, j) - q * delta(i, j + 1) - q * delta(i, j - 1),
            over(q, L).extended({i: sp.Range(0, L + 1), j: sp.Range(0, L + 1)}),
            condition=2 * q * sp.cos(sp.pi / (L + 2)) < 1,
            rows=(i, j, 0, L),
        ),
        [
            PositiveDefinite(
                delta(i, j) - q * delta(i, j + 1) - q * delta(i, j - 1),
                over(q, L).extended({i: sp.Range(0, L + 1), j: sp.Range(0, L + 1)}),
                condition=2 * q * sp.cos(sp.pi / (L + 1)) < 1,
                rows=(i, j, 0, L),
            )
        ],
    ),
}

RIGHT = {name: Identity(left, right, over(*names)) for name, (left, right, names, _) in IDENTITIES.items()}
WRONG = {
    f"{name} {place}": Identity(left, wrong, over(*names))
    for name, (left, _, names, wrongs) in IDENTITIES.items()
    for place, wrong in enumerate(wrongs)
}
WRONG_OTHERS = {f"{name} {place}": w for name, (_, wrongs) in OTHERS.items() for place, w in enumerate(wrongs)}


def test_there_are_at_least_sixty_wrong_formulas():
    assert len(WRONG) + len(WRONG_OTHERS) >= 60


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_formula_is_accepted(name):
    verdict = verify(RIGHT[name])
    assert verdict.status == "proved", str(verdict)


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_formula_is_refuted_with_a_counterexample(name):
    verdict = verify(WRONG[name])
    assert verdict.status == "refuted", str(verdict)
    assert verdict.holds is False
    assert verdict.counterexample is not None
    assert verdict.counterexample.left != verdict.counterexample.right


@pytest.mark.parametrize("name", WRONG)
def test_the_exact_route_alone_proves_no_wrong_formula(name):
    statement = WRONG[name]
    assert prove(pairs_of(statement), statement.domain, "").outcome == "undecided"


@pytest.mark.parametrize("name", OTHERS)
def test_a_right_statement_of_another_kind_is_accepted(name):
    verdict = verify(OTHERS[name][0])
    assert verdict.holds is True, str(verdict)


@pytest.mark.parametrize("name", WRONG_OTHERS)
def test_a_wrong_statement_of_another_kind_is_refuted(name):
    verdict = verify(WRONG_OTHERS[name])
    assert verdict.status == "refuted", str(verdict)


def test_a_claim_that_fails_at_one_size_between_small_and_large_is_refuted():
    sides = sp.Sum(q**k, (k, 0, n)), (1 - q ** (n + 1)) / (1 - q) + sp.KroneckerDelta(n, 7)
    claim = Identity(*sides, Domain({q: (0, 1), n: sp.Range(0, sp.oo)}))
    assert verify(claim).status == "refuted"
