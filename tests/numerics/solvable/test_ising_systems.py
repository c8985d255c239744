"""Driven Ising chains and lattices: partition functions, draws and works against sums over all configurations."""

from __future__ import annotations

import dataclasses
import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import chi2

from derivations.oracles.ising_configurations import density_of_states, weights
from numerics import annealed_importance_sampling, bennett_acceptance_ratio
from numerics.solvable.bond_census import census
from numerics.solvable.ising_chain import IsingChain
from numerics.solvable.ising_lattice import IsingLattice
from numerics.solvable.ising_torus import torus_log_partition
from numerics.solvable.row_transfer import RowTransfer
from numerics.solvable.spin_sweeps import bond_sum, neighbor_lists, neighbor_sum

FALSE_ALARM = 1e-4
"""Of one chi-squared test."""
CRITICAL = math.log(1 + math.sqrt(2)) / 2
PARAMETERS = ((Fraction(2, 5), Fraction(1, 3)), (Fraction(-3, 4), Fraction(0)), (Fraction(-500), Fraction(1700)))
"""Coupling and field; the last is frustrated: what one row favors, two rows do not."""


def log_sum(counts):
    """log of a sum of exponentials of rational numbers."""
    largest = max(counts)
    return float(largest) + math.log(sum(count * math.exp(x - largest) for x, count in counts.items()))


def lattice(shape, periodic, coupling, field=0.0, **more):
    ends = {"couplings": (0.0, float(coupling)), "fields": (0.0, float(field))}
    if len(shape) == 1:
        return IsingChain(length=shape[0], periodic=periodic[0], moves="sequential", **ends, **more)
    return IsingLattice(shape=shape, periodic=periodic, moves="sequential", **ends, **more)


SHAPES = [((n,), (closed,)) for n in (2, 3, 7) for closed in (False, True)]
SHAPES += [
    (shape, closed)
    for shape in ((2, 2), (3, 3), (4, 3), (2, 5))
    for closed in itertools.product((False, True), repeat=2)
]


@pytest.mark.parametrize(("shape", "periodic"), SHAPES)
@pytest.mark.parametrize(("coupling", "field"), PARAMETERS)
def test_partition_functions_are_those_of_all_configurations(shape, periodic, coupling, field):
    exact = log_sum(weights(shape, periodic, (coupling,) * len(shape), field))
    assert lattice(shape, periodic, coupling, field).log_partition(1.0) == pytest.approx(exact, rel=1e-13)


def test_single_spins_and_rows_of_one():
    assert IsingChain(length=1, periodic=False, couplings=(0.0, 3.0), fields=(0.5, 0.5)).log_partition(
        1.0
    ) == pytest.approx(math.log(2 * math.cosh(0.5)))
    row = IsingLattice(shape=(1, 6), periodic=(False, True), couplings=(0.0, 0.7))
    assert row.log_partition(1.0) == pytest.approx(IsingChain(length=6, couplings=(0.0, 0.7)).log_partition(1.0))


def test_open_and_closed_chains_approach_the_long_chain():
    long = IsingChain(length=100_000, couplings=(0.0, 0.8), fields=(0.0, 0.1))
    assert long.log_partition(1.0) / long.length == pytest.approx(long.long_log_partition(1.0), abs=1e-9)
    held = IsingChain(length=100_000, couplings=(0.8, 0.8), fields=(0.0, 0.1))
    slope = (held.log_partition(1.0 + 1e-4) - held.log_partition(1.0 - 1e-4)) / (2e-4 * 0.1) / held.length
    assert held.long_magnetization(1.0) == pytest.approx(slope, rel=1e-6)


@pytest.mark.parametrize("coupling", [1e-12, 1e-3, 0.2, CRITICAL, 0.6, 3.0, 400.0, 5000.0, -0.6])
@pytest.mark.parametrize("shape", [(2, 2), (4, 6), (8, 8), (7, 5), (10, 9)])
def test_kaufmans_formula_and_the_transfer_matrix_agree(shape, coupling):
    rows = RowTransfer(
        width=shape[1], n_rows=shape[0], closed_rows=True, closed=True, coupling=coupling, field=0.0
    )  # fmt: skip
    if coupling < 0 and shape[0] % 2 + shape[1] % 2:
        with pytest.raises(ValueError, match="frustrated"):
            torus_log_partition(shape, coupling)
    else:
        assert torus_log_partition(shape, coupling) == pytest.approx(rows.log_partition(), rel=1e-13)


def test_kaufmans_formula_for_two_couplings_is_that_of_all_configurations():
    for shape, couplings in (((3, 4), (Fraction(1, 3), Fraction(4, 5))), ((4, 3), (Fraction(3, 2), Fraction(1, 7)))):
        exact = log_sum(weights(shape, (True, True), couplings))
        assert torus_log_partition(shape, [float(k) for k in couplings]) == pytest.approx(exact, rel=1e-13)
    rings = 3 * math.log((2 * math.cosh(0.7)) ** 4 + (2 * math.sinh(0.7)) ** 4)
    assert torus_log_partition((3, 4), (0.0, 0.7)) == pytest.approx(rings, rel=1e-13)
    assert torus_log_partition((4, 3), (0.7, 0.0)) == pytest.approx(rings, rel=1e-13)
    assert torus_log_partition((3, 4), 0.0) == pytest.approx(12 * math.log(2))


def onsager(coupling):
    """log Z per spin of the infinite lattice: Onsager (1944), in the usual form with one integral."""
    c = math.cosh(2 * coupling) ** 2
    k = 2 * math.sinh(2 * coupling) / c

    def inside(angle):
        return math.log((1 + math.sqrt(max(0.0, 1 - (k * math.sin(angle)) ** 2))) / 2)

    return math.log(2 * math.cosh(2 * coupling)) + quad(inside, 0, math.pi, epsabs=1e-13)[0] / (2 * math.pi)


@pytest.mark.parametrize("coupling", [0.2, 0.35, 0.55, 0.9])
def test_large_tori_have_onsagers_free_energy(coupling):
    # Away from the critical point the rest falls exponentially; below it two phases give log 2.
    degenerate = math.log(2) if coupling > CRITICAL else 0.0
    assert torus_log_partition((200, 200), coupling) - degenerate == pytest.approx(
        40_000 * onsager(coupling), rel=1e-12
    )


def test_at_the_critical_point_tori_have_the_known_correction():
    # log(2)/2 + 2 G / pi with Catalan's constant, and Ferdinand and Fisher (1969): log(2^(1/4) + 2^(-1/2)) for squares.
    # Both as they are usually quoted; neither paper was read here.
    per_spin = math.log(2) / 2 + 2 * 0.915965594177219015 / math.pi
    rest = torus_log_partition((300, 300), CRITICAL) - 300**2 * per_spin
    assert rest == pytest.approx(math.log(2**0.25 + 2**-0.5), abs=1e-5)


def test_the_census_is_the_density_of_states():
    for shape, periodic in (((3, 3), (True, True)), ((3, 4), (False, True)), ((4, 3), (True, False))):
        rows = RowTransfer(
            width=shape[1], n_rows=shape[0], closed_rows=periodic[1], closed=periodic[0], coupling=0.0, field=0.0
        )
        found = np.exp(census(rows, counted="broken bonds"))
        exact = density_of_states(shape, periodic)
        bonds = found.size - 1
        assert [round(x) for x in found] == [exact.get(2 * broken - bonds, 0) for broken in range(bonds + 1)]


ZERO_ENERGY = {(4, 3): 1346, (4, 4): 20524, (6, 4): 3961300, (6, 6): 13172279424, (8, 8): 2627978003957146636}
"""Configurations of a torus with as many satisfied bonds as broken ones: sequence A364781 of the OEIS, read there."""


@pytest.mark.parametrize("shape", ZERO_ENERGY)
def test_published_numbers_of_configurations_without_energy_are_met(shape):
    rows = RowTransfer(width=shape[1], n_rows=shape[0], closed_rows=True, closed=True, coupling=0.0, field=0.0)
    logs = census(rows, counted="broken bonds")
    assert np.exp(logs[logs.size // 2]) == pytest.approx(ZERO_ENERGY[shape], rel=1e-12)


BEALE = {
    0: 2, 4: 2048, 6: 4096, 8: 1057792, 10: 4218880, 12: 371621888, 14: 2191790080, 16: 100903637504,
    18: 768629792768, 20: 22748079183872, 22: 205394991329280, 24: 4449893079195648, 26: 44743561136807936,
    28: 776335369907888128, 30: 8296338816339398656, 32: 122868315209973770496, 34: 1348964107338697842688,
    36: 17832940430689993684992, 38: 196523971814021975830528, 40: 2391406180740483290926080,
    42: 26065481800659863486496768, 44: 298044124622553465145298944, 46: 3185666524478313863851044864,
    48: 34699120806036636726464401408, 50: 362130971398695260784899284992,
}  # fmt: skip
"""Powers of exp(-2 K) in Z exp(-2048 K) of the 32 by 32 torus: P. D. Beale, Physical Review Letters 76, 78 (1996), as
the author's page on the exact Ising model prints them; the paper itself was not read."""


def test_kaufmans_formula_has_the_published_coefficients_of_a_large_torus():
    for coupling in (1.0, 1.5):
        series = sum(count * math.exp(-2 * coupling * power) for power, count in BEALE.items())
        # What the published terms leave out is below 1e-12 of the sum; rounding of 2048 K is 5e-13.
        assert torus_log_partition((32, 32), coupling) - 2048 * coupling == pytest.approx(math.log(series), abs=5e-12)
        fewer = series - BEALE[8] * math.exp(-16 * coupling) * 0.01
        assert math.log(series) - math.log(fewer) > 1e-9


def test_the_census_of_a_larger_torus_has_its_first_entries_and_its_sum():
    """8 by 8: two ground states, 128 single flips, 256 pairs of neighbors, 2^64 configurations."""
    rows = RowTransfer(width=8, n_rows=8, closed_rows=True, closed=True, coupling=0.0, field=0.0)
    logs = census(rows, counted="broken bonds")
    assert np.exp(logs[[0, 4, 6]]) == pytest.approx([2, 128, 256], rel=1e-12)
    assert np.all(np.isneginf(logs[[1, 2, 3, 5]]))
    assert np.logaddexp.reduce(logs) == pytest.approx(64 * math.log(2), rel=1e-14)


KNOWN = {
    "ring": IsingChain(
        length=8, couplings=(0.2, 0.9), fields=(0.3, 0.3), schedule=3, moves="equilibrium"
    ),
    "open chain": IsingChain(
        length=6, periodic=False, couplings=(-0.5, -0.5), fields=(0.3, 2.0), schedule=(0, 0.25, 1), moves="equilibrium"
    ),
    "torus": IsingLattice(
        shape=(4, 3), couplings=(0.1, 0.4), fields=(0.2, 0.2), schedule=2, moves="equilibrium"
    ),
    "cylinder": IsingLattice(
        shape=(3, 3), periodic=(False, True), couplings=(0.3, 0.3), fields=(-0.2, 0.4), schedule=2, moves="equilibrium"
    ),
    "other cylinder": IsingLattice(
        shape=(3, 3), periodic=(True, False), couplings=(0.3, 0.5), fields=(0.1, 0.1), moves="sequential"
    ),
    "sudden square": IsingLattice(shape=(4, 4), couplings=(0.0, 0.44)),
}  # fmt: skip


@pytest.mark.parametrize("name", KNOWN)
def test_the_law_of_the_work_obeys_crooks_relation_and_has_the_transform_of_partition_functions(name):
    system = KNOWN[name]
    forward, reverse = system.work_law(), system.work_law("reverse")
    occurs = np.isfinite(forward.log_probabilities)
    assert forward.values == pytest.approx(-reverse.values[::-1])
    ratio = forward.log_probabilities[occurs] - reverse.log_probabilities[::-1][occurs]
    assert ratio == pytest.approx(forward.values[occurs] - system.free_energy_difference, abs=1e-10)
    tilts = np.array([-0.5, 0.3, 1.0, 2.0])
    for direction in ("forward", "reverse"):
        law = system.work_law(direction)
        assert law.log_transform(tilts) == pytest.approx(system.log_work_transform(tilts, direction), abs=1e-11)
    assert -forward.log_transform(1.0) == pytest.approx(system.free_energy_difference, abs=1e-11)


def test_the_law_of_a_sudden_change_is_that_of_all_configurations():
    system = IsingLattice(shape=(3, 2), couplings=(0.25, 1.0), fields=(0.5, 0.5), moves="sequential")
    found = {}
    for spins in itertools.product((1, -1), repeat=6):
        x = np.array([spins], dtype=np.int8).reshape(1, 3, 2)
        bonds = int(bond_sum(x, (True, True))[0])
        weight = math.exp(0.25 * bonds + 0.5 * sum(spins))
        found[-0.75 * bonds] = found.get(-0.75 * bonds, 0.0) + weight
    total = sum(found.values())
    law = system.work_law()
    for value, probability in zip(law.values, law.probabilities, strict=True):
        assert probability == pytest.approx(found.get(round(value, 9), 0.0) / total, abs=1e-14)


def p_value(counts, probabilities):
    """Of Pearson's test, values that are expected fewer than five times taken together."""
    expected = counts.sum() * probabilities
    often = expected >= 5
    observed, wanted = [*counts[often], counts[~often].sum()], [*expected[often], expected[~often].sum()]
    if wanted[-1] < 1:
        observed, wanted = observed[:-1], wanted[:-1]
    statistic = sum((o - w) ** 2 / w for o, w in zip(observed, wanted, strict=True))
    return float(chi2.sf(statistic, len(wanted) - 1))


@pytest.mark.parametrize("name", KNOWN)
@pytest.mark.parametrize("direction", ["forward", "reverse"])
def test_sampled_works_follow_the_law(name, direction):
    system, rng = KNOWN[name], np.random.default_rng([43, len(name)])
    law = system.work_law(direction)
    counts = law.counted(system.sampled_work(5000, rng, direction=direction))
    assert p_value(counts, law.probabilities) > FALSE_ALARM
    # The rival: the same works, done by spins with a coupling that is larger by 0.1 throughout.
    same = {field.name: getattr(system, field.name) for field in dataclasses.fields(system) if field.name != "lams"}
    couplings = (system.couplings[0] + 0.1, system.couplings[1] + 0.1)
    rival = type(system)(**{**same, "couplings": couplings, "schedule": system.schedule}).work_law(direction)
    assert rival.values == pytest.approx(law.values)
    assert p_value(counts, rival.probabilities) < 1e-7


def equilibrium_counts(states):
    """How often each configuration occurs, by its bits."""
    found = numbers(states)
    return np.bincount(found, minlength=2 ** (states.size // states.shape[0]))


def boltzmann(system, lam):
    """Probabilities of all configurations, in the order of their bits."""
    size = system.n_spins
    bits = (np.arange(2**size)[:, np.newaxis] >> np.arange(size)) & 1
    states = (1 - 2 * bits).astype(np.int8).reshape(-1, *system.sides)
    logs = -system.energy(lam, states)
    return np.exp(logs - np.logaddexp.reduce(logs)), states


SMALL = {
    "ring": IsingChain(length=4, couplings=(0.3, 0.6), fields=(0.2, 0.2)),
    "odd ring": IsingChain(length=5, couplings=(0.3, 0.6), fields=(0.2, -0.3), moves="sequential"),
    "open": IsingChain(length=5, periodic=False, couplings=(-0.3, 0.6), fields=(0.2, 0.4)),
    "torus": IsingLattice(shape=(4, 2), couplings=(0.2, 0.3), fields=(0.1, 0.3)),
    "cylinder": IsingLattice(
        shape=(3, 3), periodic=(False, True), couplings=(0.4, 0.3), fields=(0.1, 0.3), moves="sequential"
    ),
    "other": IsingLattice(shape=(3, 2), periodic=(False, True), couplings=(0.4, 0.3), fields=(0.1, 0.3)),
}  # fmt: skip


@pytest.mark.parametrize("name", SMALL)
def test_draws_come_from_equilibrium_at_both_ends(name):
    system, rng, n = SMALL[name], np.random.default_rng([44, len(name)]), 40_000
    for lam, states in ((0.0, system.initial(n, rng)), (1.0, system.final(n, rng))):
        expected = n * boltzmann(system, lam)[0]
        statistic = float(np.sum((equilibrium_counts(states) - expected) ** 2 / expected))
        assert chi2.sf(statistic, expected.size - 1) > FALSE_ALARM
        wrong = n * boltzmann(system, 1.0 - lam)[0]
        assert chi2.sf(float(np.sum((equilibrium_counts(states) - wrong) ** 2 / wrong)), expected.size - 1) < 1e-12


def symmetry_p_value(before, after):
    """Of Bowker's test: from equilibrium, moves there and back are equally frequent if they are in detailed balance."""
    size = before.max() + 1
    moves = np.bincount(before * size + after, minlength=size * size).reshape(size, size)
    there, back = (m[np.triu_indices(size, 1)] for m in (moves, moves.T))
    often = there + back >= 20
    assert often.sum() >= 5
    statistic = np.sum((there - back)[often] ** 2 / (there + back)[often])
    return float(chi2.sf(statistic, int(often.sum())))


def numbers(states):
    """Each configuration by its bits."""
    flat = (states.reshape(states.shape[0], -1) < 0).astype(np.int64)
    return flat @ (1 << np.arange(flat.shape[1]))


@pytest.mark.parametrize("name", SMALL)
def test_a_sweep_keeps_equilibrium_and_is_reversible(name):
    system, rng, n = SMALL[name], np.random.default_rng([45, len(name)]), 200_000
    law, states = boltzmann(system, 1.0)
    before = rng.choice(law.size, size=n, p=law)
    after = numbers(system.kernel(states[before], 1.0, rng))
    counts = np.bincount(after, minlength=law.size)
    assert p_value(counts, law) > FALSE_ALARM
    assert np.mean(before == after) < 0.9
    assert symmetry_p_value(before, after) > FALSE_ALARM


def test_a_sweep_that_does_not_go_back_is_noticed():
    """Sites in order keep equilibrium and are not in detailed balance."""
    system, rng, n = SMALL["ring"], np.random.default_rng(46), 200_000
    law, states = boltzmann(system, 1.0)
    before = rng.choice(law.size, size=n, p=law)
    spins, lists = states[before].copy(), neighbor_lists((4,), (True,))
    for site in range(4):
        field = 0.6 * spins[:, lists[site]].sum(axis=1) + 0.2
        spins[:, site] = np.where(rng.random(n) < 1 / (1 + np.exp(-2 * field)), 1, -1)
    assert p_value(np.bincount(numbers(spins), minlength=law.size), law) > FALSE_ALARM
    assert symmetry_p_value(before, numbers(spins)) < 1e-12


def test_annealing_from_infinite_temperature_finds_the_exact_partition_function():
    system = IsingLattice(shape=(8, 8), couplings=(0.0, 0.4), schedule=100)
    found = annealed_importance_sampling(
        system.energy,
        system.kernel,
        n_chains=2000,
        schedule=system.schedule,
        rng=np.random.default_rng(47),
        initial=system.initial,
    )
    # Four standard errors: one false alarm in 16,000. The rival: the transfer matrix at 1.05 times the coupling.
    assert found.reliable
    assert abs(found.free_energy_difference - system.free_energy_difference) < 4 * found.standard_error
    rival = IsingLattice(shape=(8, 8), couplings=(0.0, 0.42)).free_energy_difference
    assert abs(found.free_energy_difference - rival) > 5 * found.standard_error


def test_works_of_sweeps_in_both_directions_obey_crooks_relation():
    system = IsingLattice(shape=(4, 4), couplings=(0.1, 0.5), schedule=8)
    rng = np.random.default_rng(48)
    forward, reverse = (system.sampled_work(4000, rng, direction=d) for d in ("forward", "reverse"))
    found = bennett_acceptance_ratio(forward, reverse)
    assert abs(found.free_energy_difference - system.free_energy_difference) < 4 * found.standard_error
    assert found.reliable


def test_sums_over_neighbors_count_each_bond():
    rng = np.random.default_rng(49)
    for sides, periodic in (((4, 3), (True, False)), ((2, 5), (True, True)), ((6,), (False,))):
        spins = np.where(rng.random((3, *sides)) < 0.5, 1, -1).astype(np.int8)
        flat, lists = spins.reshape(3, -1), neighbor_lists(sides, periodic)
        sums = np.stack([flat[:, around].sum(axis=1) for around in lists], axis=1).reshape(spins.shape)
        assert np.array_equal(neighbor_sum(spins, periodic), sums)
        assert np.array_equal(2 * bond_sum(spins, periodic), (spins * sums).reshape(3, -1).sum(axis=1))


def test_huge_couplings_do_not_overflow():
    system = IsingLattice(shape=(6, 6), couplings=(0.0, 1e6), fields=(0.0, -1e5), schedule=4)
    assert system.free_energy_difference == pytest.approx(-72e6 - 36e5 + 36 * math.log(2))
    assert np.isfinite(system.sampled_work(10, np.random.default_rng(1))).all()
    chain = IsingChain(length=5, couplings=(0.0, -1e4), moves="sequential")
    # An odd ring is frustrated: ten ground states, each with one bond that is not satisfied.
    assert chain.log_partition(1.0) == pytest.approx(3e4 + math.log(10), rel=1e-14)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: IsingChain(length=0, couplings=(0.0, 1.0)), "at least 2 spins on a closed"),
        (lambda: IsingChain(length=1, couplings=(0.0, 1.0)), "at least 2 spins on a closed"),
        (lambda: IsingChain(length=0, periodic=False, couplings=(0.0, 1.0)), "at least 1 spins on an open"),
        (lambda: IsingChain(length=5, couplings=(0.0, 1.0)), "sequential"),
        (lambda: IsingLattice(shape=(4, 3), couplings=(0.0, 1.0)), "even length"),
        (lambda: IsingLattice(shape=(4,), couplings=(0.0, 1.0)), "two sides"),
        (lambda: IsingChain(length=4, couplings=(0.0, math.inf)), "couplings as two finite"),
        (lambda: IsingChain(length=4, couplings=(0.0, 1.0), fields=(0.0, math.nan)), "fields as two finite"),
        (lambda: IsingChain(length=4, couplings=(0.0, 1.0), moves="Metropolis"), "moves among"),
        (lambda: IsingChain(length=4, couplings=(0.0, 1.0), schedule=0), "at least one step"),
        (lambda: IsingChain(length=4, couplings=(0.0, 1.0), schedule=3).work_law(), "moves='equilibrium'"),
        (lambda: IsingChain(length=4, couplings=(0.0, 1.0), fields=(0.0, 1.0)).work_law(), "either the coupling"),
        (lambda: IsingLattice(shape=(16, 16), couplings=(0.0, 1.0)).log_partition(1.0), "at most 14"),
        (lambda: IsingLattice(shape=(16, 16), couplings=(0.0, 1.0)).final(1, np.random.default_rng(0)), "exact draws"),
        (lambda: IsingLattice(shape=(12, 12), couplings=(0.0, 1.0)).work_law(), "operations"),
        (lambda: IsingChain(length=4, couplings=(0.0, 1.0)).energy(0.0, np.ones((3, 5))), "shape"),
        (lambda: torus_log_partition((0, 4), 1.0), "at least one spin"),
        (lambda: torus_log_partition((4, 4), math.inf), "finite coupling"),
    ],
)  # fmt: skip
def test_bad_systems_are_refused(make, told):
    with pytest.raises(ValueError, match=told):
        make()


def test_lengths_are_whole_numbers():
    with pytest.raises(TypeError, match="whole numbers"):
        IsingChain(length=4.0, couplings=(0.0, 1.0))
    with pytest.raises(TypeError, match="whole numbers"):
        torus_log_partition((4, 2.5), 1.0)
