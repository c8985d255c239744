"""Rules on order parameters, each on an action that is not the paper's."""

from fractions import Fraction
from math import comb

import pytest
import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.verify import verify
from derivations.rules.drop_constants import drop_constants
from derivations.rules.expansion import cumulant_expansion, truncate
from derivations.rules.hessian import hessian
from derivations.rules.hubbard_stratonovich import hubbard_stratonovich, linearize_sites
from derivations.rules.instance import instance
from derivations.rules.pair_stability import one_pair, pair_cumulant, proportional_to
from derivations.rules.replica_limit import replica_limit
from derivations.rules.replica_symmetry import replica_symmetric
from derivations.rules.row_sums import sum_of_squares
from derivations.rules.stationarity import at_saddle, stationary
from theory.averages import ConfigurationSum
from theory.domain import Domain
from theory.models import multilayer as model
from theory.statements import Definition, Identity
from theory.sums import Sigma
from theory.symbols import family

k, i, j, a, b = model.k, model.i, model.j, model.a, model.b
L, m = model.n_bonds, model.n_replicas
q, lam = model.off_diagonal, model.conjugate_off_diagonal
weight = family("w", positive=True)
x = sp.Symbol("x", positive=True)
small = sp.Symbol("epsilon", positive=True)
LAYERS = (sp.Integer(0), L)
DOMAIN = Domain({L: sp.Range(2, sp.oo), weight: (0, 3), q: (-1, 1), lam: (-1, 1)})


def entered(expression: sp.Expr, domain: Domain = DOMAIN) -> tuple[Derivation, object]:
    """A derivation that starts from an action, entered as a claim about itself."""
    d = Derivation("test")
    name = sp.Symbol("action", real=True)
    d.define(Definition(name, expression))
    step = d.steps[-1]
    object.__setattr__(step, "statement", Identity(expression, expression, domain))
    return d, step


def skipping_action() -> sp.Expr:
    """A chain whose layers couple two apart, with a linear conjugate."""
    bonds = Sigma(weight[k] * q[k - 2] * q[k], (k, 2, L))
    return bonds + Sigma(weight[k] * (3 * lam[k] * q[k] + 2 * lam[k] ** 2 + 5), (k, 0, L))


def test_stationary_solves_for_a_conjugate_with_other_coefficients(holds_and_is_sharp):
    d, action = entered(skipping_action())
    step = d.apply(stationary, action, by=lam[k], solve_for=lam[k], layers=LAYERS)
    assert step.result == -sp.Rational(3, 4) * q[k]
    holds_and_is_sharp(step.statement)


def test_a_tridiagonal_form_is_a_sum_of_squares_weighted_by_rows_and_bonds(holds_and_is_sharp):
    delta, first = sp.KroneckerDelta, weight
    entry = 3 * delta(i, j) * first[i] - delta(j, i - 1) * first[i] - delta(j, i + 1) * first[i + 1]
    rows = {i: sp.Range(0, L + 1), j: sp.Range(0, L + 1)}
    d, matrix = entered(entry, DOMAIN.extended(rows))
    step = d.apply(sum_of_squares, matrix, rows=(i, j), layers=LAYERS, vector=family("x", real=True))
    inner = step.result.subs({L: 5, i: 2}).doit()
    assert sp.expand(inner - (3 * first[2] - first[2] - first[3])) == 0
    holds_and_is_sharp(step.statement)


def test_stationary_refuses_an_equation_that_is_not_linear():
    d, action = entered(Sigma(lam[k] ** 4, (k, 0, L)))
    with pytest.raises(ValueError, match="linear in"):
        d.apply(stationary, action, by=lam[k], solve_for=lam[k], layers=LAYERS)


def test_at_saddle_and_drop_constants_leave_the_quadratic_form(holds_and_is_sharp):
    d, action = entered(skipping_action())
    solution = d.apply(stationary, action, by=lam[k], solve_for=lam[k], layers=LAYERS)
    saddle = d.apply(at_saddle, action, solution)
    reduced = d.apply(drop_constants, saddle, fields=(q[k],))
    holds_and_is_sharp(saddle.statement)
    holds_and_is_sharp(reduced.statement)
    expected = Sigma(weight[k] * q[k - 2] * q[k], (k, 2, L)) - Sigma(
        sp.Rational(9, 8) * weight[k] * q[k] ** 2, (k, 0, L)
    )
    assert verify(Identity(reduced.result, expected, DOMAIN)).status == "proved"


def test_hessian_of_a_chain_that_skips_a_layer_reaches_two_places(holds_and_is_sharp):
    d, action = entered(Sigma(weight[k] * q[k - 2] * q[k], (k, 2, L)) + Sigma(weight[k] * q[k] ** 2, (k, 0, L)))
    step = d.apply(hessian, action, field=q, rows=(i, j), layers=LAYERS, factor=sp.Rational(1, 2))
    holds_and_is_sharp(step.statement)
    delta = sp.KroneckerDelta
    assert sp.expand(step.result - weight[i] * delta(i, j) - weight[i] * delta(j, i - 2) / 2) == (
        weight[i + 2] * delta(j, i + 2) / 2
    )


def test_instance_replaces_families_by_their_common_value(holds_and_is_sharp):
    d, action = entered(Sigma(weight[k] * q[k - 2] * q[k], (k, 2, L)) + Sigma(weight[k] * q[k] ** 2, (k, 0, L)))
    entry = d.apply(hessian, action, field=q, rows=(i, j), layers=LAYERS, factor=sp.Integer(1))
    common = sp.Symbol("c", positive=True)
    equal = d.define(Definition(weight[k], common))
    step = d.apply(instance, entry, equal)
    assert weight not in {atom.base for atom in step.result.atoms(sp.Indexed)}
    holds_and_is_sharp(step.statement)


def test_one_site_trace_of_a_named_spin_linearizes_for_any_number_of_replicas(holds_and_is_sharp):
    d = Derivation("test")
    spin = family("tau", real=True)
    step = d.apply(hubbard_stratonovich, spin=spin, replica=b, n_replicas=m, curvature=x)
    holds_and_is_sharp(step.statement, 2)


def enumerated_cumulants(replicas: int, order: int) -> list[Fraction]:
    """Coefficients of log of the mean of exp(x M^2 / 2) over free spins, by enumerating the magnetization."""
    moments = []
    for n in range(order + 1):
        weights = [Fraction(comb(replicas, up), 2**replicas) for up in range(replicas + 1)]
        mean = sum((w * Fraction(2 * up - replicas) ** (2 * n) for up, w in enumerate(weights)), Fraction(0))
        factorial = 1
        for factor in range(1, n + 1):
            factorial *= factor
        moments.append(mean / (2**n * factorial))
    cumulants = [Fraction(0)]
    for n in range(1, order + 1):
        mixed = sum((r * cumulants[r] * moments[n - r] for r in range(1, n)), Fraction(0))
        cumulants.append(moments[n] - mixed / n)
    return cumulants


def test_cumulants_to_fifth_order_equal_enumerated_ones_at_enough_sizes_to_prove_them():
    d = Derivation("test")
    transform = d.apply(hubbard_stratonovich, spin=model.spins, replica=a, n_replicas=m, curvature=x)
    series = sp.Poly(sp.expand(d.apply(cumulant_expansion, transform, order=6).result - m * sp.log(2)), x)
    for order in range(1, 6):
        derived = sp.Poly(series.coeff_monomial(x**order), m)
        # The r-th cumulant is a polynomial in m of degree at most r: r + 1 sizes decide it.
        assert derived.degree() <= order
        for replicas in range(1, order + 2):
            exact = enumerated_cumulants(replicas, order)[order]
            assert derived.eval(replicas) == sp.Rational(exact.numerator, exact.denominator)


def skipping_replica_action() -> sp.Expr:
    """A replica action whose first part is cubic in the overlaps of layers two apart."""
    overlap, conjugate = model.overlap, model.conjugate_overlap
    pairs = ((a, 1, m), (b, 1, m))
    energy = Sigma(weight[k] * Sigma(overlap[k - 2, a, b] * overlap[k, a, b] ** 2, *pairs), (k, 2, L))
    exponent = sp.exp(-Sigma(conjugate[k, a, b] * model.spins[a] * model.spins[b], *pairs) / 2)
    site = sp.log(ConfigurationSum(exponent, model.spins, (a, 1, m)))
    return energy + Sigma(weight[k] * (Sigma(conjugate[k, a, b] * overlap[k, a, b], *pairs) / 2 + site), (k, 0, L))


def symmetric_chain() -> tuple[Derivation, object]:
    overlap, conjugate = model.overlap, model.conjugate_overlap
    known = {L: sp.Range(2, sp.oo), weight: (0, 1), m: sp.Range(1, sp.oo)}
    d, action = entered(skipping_replica_action(), Domain({**known, overlap: (-1, 1), conjugate: (-1, 1)}))
    delta = sp.KroneckerDelta(a, b)
    p, mu = model.diagonal, model.conjugate_diagonal
    ansatz = [
        d.define(Definition(overlap[k, a, b], q[k] + delta * (p[k] - q[k]))),
        d.define(Definition(conjugate[k, a, b], lam[k] + delta * (mu[k] - lam[k]))),
    ]
    return d, d.apply(replica_symmetric, action, *ansatz, name="symmetric")


def test_replica_symmetric_form_of_a_cubic_action(holds_and_is_sharp):
    _, symmetric = symmetric_chain()
    holds_and_is_sharp(symmetric.statement)


def test_truncated_action_and_its_replica_limit(holds_and_is_sharp):
    d, symmetric = symmetric_chain()
    transform = d.apply(hubbard_stratonovich, spin=model.spins, replica=a, n_replicas=m, curvature=x)
    linear = d.apply(linearize_sites, symmetric, transform, curvature=x)
    cumulants = d.apply(cumulant_expansion, transform, order=3)
    truncated = d.apply(truncate, linear, cumulants, fields=(lam,), slot=k)
    limit = d.apply(replica_limit, truncated, n_replicas=m, continued=model.continued_replicas)
    assert verify(linear.statement).holds is True
    holds_and_is_sharp(truncated.statement)
    holds_and_is_sharp(limit.statement)


def test_replica_limit_refuses_an_action_that_does_not_vanish_without_replicas():
    d, action = entered(Sigma(weight[k], (k, 0, L)) + m, Domain({L: sp.Range(1, 9), weight: (0, 1), m: sp.Range(1, 9)}))
    with pytest.raises(ValueError, match="must vanish at m = 0"):
        d.apply(replica_limit, action, n_replicas=m, continued=model.continued_replicas)


def test_one_pair_of_replicas_has_no_factor_of_their_number(holds_and_is_sharp):
    overlap, conjugate = model.overlap, model.conjugate_overlap
    pairs = ((a, 1, m), (b, 1, m))
    known = {L: sp.Range(2, sp.oo), weight: (0, 1), m: sp.Range(1, sp.oo), overlap: (-1, 1), conjugate: (-1, 1)}
    energy = Sigma(weight[k] * Sigma(overlap[k - 2, a, b] * overlap[k, a, b], *pairs), (k, 2, L))
    d, action = entered(skipping_replica_action(), Domain(known))
    _, exponent = entered(energy, Domain(known))
    cumulant = d.apply(pair_cumulant, action, conjugate=conjugate[k, a, b], replicas=(a, b), small=small)
    assert verify(cumulant.statement).holds is True
    pair = d.apply(
        one_pair,
        exponent,
        cumulant,
        overlap=overlap[k, a, b],
        conjugate=conjugate[k, a, b],
        fields=(q[k], lam[k]),
        size=weight[k],
        layers=(k, *LAYERS),
        small=small,
    )
    holds_and_is_sharp(pair.statement)
    assert m not in pair.result.free_symbols
    twice = d.apply(proportional_to, pair, pair, factor=sp.Integer(1))
    assert verify(twice.statement).status == "proved"
    wrong = d.apply(proportional_to, pair, pair, factor=sp.Integer(2))
    assert verify(wrong.statement).status == "refuted"
