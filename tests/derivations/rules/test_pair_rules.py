"""Kernels on pairs of replicas: sectors, multiplicities and moments, each against another route and against slips."""

from itertools import combinations

import numpy as np
import pytest
import sympy as sp

from derivations.algebra.pair_kernels import ONE_SHARED, PairKernel
from derivations.engine.derivation import Derivation
from derivations.engine.step import Step
from derivations.engine.verify import verify
from derivations.rules.moment_limit import (
    moments_at,
    moments_without_replicas,
    paramagnetic,
    powers_of_the_secant,
    stability_line,
    vanishing_replicon,
    with_moments,
)
from derivations.rules.pair_action import conjugate_of_pairs, pairs_counted_once
from derivations.rules.pair_hessian import pair_hessian, symmetric_pair_hessian
from derivations.rules.pair_moments import pair_covariance, pair_moments, pair_response
from derivations.rules.pair_sectors import SECTORS, pair_products, pair_sectors, sector_eigenvalue, sector_multiplicity
from derivations.spin_glass.replica_stability import build
from derivations.spin_glass.replica_stability_oracles import brute_force_spectrum
from theory.averages import ConfigurationSum, GaussianMean
from theory.domain import Domain
from theory.models import replica_pairs as names
from theory.statements import Definition, Identity
from theory.sums import Sigma

m, slots, middle = names.n_replicas, names.slots, names.middle
beta = names.inverse_temperature

RULES = (
    pair_moments, pair_response, pair_covariance, pair_hessian, symmetric_pair_hessian, moments_without_replicas,
    powers_of_the_secant, paramagnetic, vanishing_replicon, stability_line, sector_eigenvalue,
)  # fmt: skip


@pytest.fixture(scope="module")
def stability() -> Derivation:
    return build()


@pytest.fixture(scope="module")
def sectors() -> Step:
    d = Derivation("test")
    products = d.apply(pair_products, slots=slots, middle=middle, n_replicas=m)
    return d.apply(pair_sectors, products, slots=slots, n_replicas=m)


def matrix(kernel: tuple[float, float, float], replicas: int) -> np.ndarray:
    """The matrix over pairs that shares two, one and no replica."""
    pairs = list(combinations(range(replicas), 2))
    return np.array([[kernel[2 - len(set(p) & set(r))] for r in pairs] for p in pairs])


@pytest.mark.parametrize("replicas", [4, 5, 7])
def test_sectors_are_those_of_a_matrix_over_pairs(sectors, replicas):
    near, (same, one, none) = matrix((0, 1, 0), replicas), (3.0, -0.7, 0.4)
    whole, total = matrix((same, one, none), replicas), 0
    for eigenvalue, unit in sectors.result:
        value, *parts = (float(sp.sympify(e).subs(m, replicas)) for e in (eigenvalue, *unit.values))
        project = matrix(tuple(parts), replicas)
        total += project
        assert np.allclose(project @ project, project)
        assert np.allclose(near @ project, value * project)
        assert np.allclose(whole @ project, np.trace(whole @ project) / np.trace(project) * project)
    assert np.allclose(total, np.eye(len(total)))


def test_multiplicities_add_up_and_wrong_ones_are_refuted(sectors):
    d = Derivation("test")
    found = [d.apply(sector_multiplicity, sectors, sector=s, slots=slots, n_replicas=m) for s in SECTORS]
    assert [f.result for f in found] == [1, m - 1, m * (m - 3) / 2]
    assert sp.expand(sum(f.result for f in found) - m * (m - 1) / 2) == 0
    for step in found:
        assert verify(step.statement).status == "proved"
        assert verify(step.statement.replaced(right=step.result + 1)).status == "refuted"
    wrong = found[-1].statement.replaced(right=m * (m - 1) / 2)
    assert verify(wrong).status == "refuted"


def test_a_kernel_with_other_values_has_other_eigenvalues(sectors):
    kernel = PairKernel(same=5, one=2, none=-1)
    d = Derivation("test")
    step = d.define(Definition(sp.Symbol("K"), kernel.at(*slots)))
    object.__setattr__(step, "statement", Identity(0, 0, Domain({})))
    choices = {"slots": slots, "middle": middle, "n_replicas": m}
    values = [d.apply(sector_eigenvalue, step, sectors, sector=s, **choices).result for s in SECTORS]
    for replicas in (4, 6):
        found = np.linalg.eigvalsh(matrix((5.0, 2.0, -1.0), replicas))
        distinct = sorted({round(float(v), 9) for v in found})
        assert distinct == sorted(float(sp.sympify(v).subs(m, replicas)) for v in values)


def test_a_sector_that_does_not_exist_is_refused(sectors):
    with pytest.raises(ValueError, match="longitudinal, anomalous, replicon"):
        Derivation("test").apply(sector_multiplicity, sectors, sector="ergodon", slots=slots, n_replicas=m)


def test_kernels_are_read_off_their_deltas():
    kernel = PairKernel(same=m, one=m + 1, none=7)
    assert PairKernel.of(kernel.at(*slots), slots) == kernel
    assert PairKernel.of(ONE_SHARED.at(*slots) ** 2, slots) == ONE_SHARED


def action(power: int) -> sp.Expr:
    """A replica action with some power of each overlap, and no field."""
    a, b, *_ = slots
    entry, conjugate, spin = names.overlap_matrix[a, b], names.conjugate_matrix[a, b], names.spins
    pairs = ((a, 1, m), (b, 1, m))
    trace = ConfigurationSum(sp.exp(-Sigma(conjugate * spin[a] * spin[b], *pairs) / 2), spin, (a, 1, m))
    return Sigma(names.inverse_temperature * entry**power + 3 * conjugate * entry, *pairs) + 6 * sp.log(trace)


@pytest.mark.parametrize("power", [2, 3])
def test_pairs_are_counted_once_for_other_actions(power):
    a, b, *_ = slots
    d = Derivation("test")
    step = d.define(Definition(sp.Symbol("S", real=True), action(power)))
    few = {m: sp.Range(1, 4), beta: (0, 2), names.overlap_matrix: (-1, 1), names.conjugate_matrix: (-1, 1)}
    object.__setattr__(step, "statement", Identity(action(power), action(power), Domain(few)))
    pairs = d.apply(
        pairs_counted_once,
        step,
        overlap=names.overlap_matrix[a, b],
        conjugate=names.conjugate_matrix[a, b],
        of_pairs=(names.pair_overlap, names.pair_conjugate),
    )
    entries = {"overlap": names.pair_overlap[a, b], "conjugate": names.pair_conjugate[a, b]}
    conjugate = d.apply(conjugate_of_pairs, pairs, n_replicas=m, **entries)
    y = names.pair_overlap[a, b]
    assert conjugate.result == -beta * power * y ** (power - 1) / 3
    assert verify(pairs.statement).holds is True
    assert verify(pairs.statement.replaced(right=2 * pairs.statement.right)).status == "refuted"


def test_replicon_has_the_fourth_power_of_the_secant(stability):
    step = stability["replicon eigenvalue"]
    (mean,) = step.result.atoms(GaussianMean)
    (secant,) = mean.body.atoms(sp.sech)
    assert mean.body == secant**4
    assert verify(step.statement).status == "proved"
    for power in (2, 3):
        wrong = step.result.xreplace({mean: mean.with_body(secant**power)})
        assert verify(step.statement.replaced(right=wrong)).status == "refuted"
    assert verify(step.statement.replaced(right=2 - step.result)).status == "refuted"


def test_transition_without_field_is_at_the_coupling(stability):
    assert stability["replicon of the paramagnet"].result == 1 - names.inverse_temperature**2
    assert stability["temperature of the transition"].result == 1


def test_brute_force_agrees_and_refuses_another_multiplicity(stability):
    symbols = (m, names.inverse_temperature, names.overlap, names.external_field)
    weights = moments_at(stability["moments of pair products"], stability["Hessian of pairs"], names.overlap)
    values = [with_moments(stability[f"eigenvalue, {s}"].result, weights, names.moment) for s in SECTORS]
    counts = [stability[f"multiplicity, {s}"].result for s in SECTORS]
    right = brute_force_spectrum(dict(zip(values, counts, strict=True)), symbols, (3, 4))()
    assert (right.outcome, right.points) == ("agrees", 8)
    assert right.digits > 30
    for wrong in ((1, m, m * (m - 3) / 2), (1, m - 1, m * (m - 1) / 2), (m - 1, 1, m * (m - 3) / 2)):
        spectrum = dict(zip(values, wrong, strict=True))
        assert brute_force_spectrum(spectrum, symbols, (4,))().outcome == "refutes"


def test_covariances_in_letters_are_sharp(stability, holds_and_is_sharp):
    holds_and_is_sharp(stability["covariance of pair products"].statement, 2)


def test_every_step_is_computed(stability):
    assert {step.rule for step in stability} >= {rule.name for rule in RULES}
    assert stability.stated_steps == 0
    claims = [c for s in stability if s.needs_verdict for c in (s.statement, *s.obligations)]
    assert [c for c in claims if isinstance(c, Identity) and c.left == c.right] == []


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_the_whole_derivation_holds(stability):
    for step in stability:
        for claim in (step.statement, *step.obligations) if step.needs_verdict else ():
            assert verify(claim, timeout=120).holds is True, step.name
