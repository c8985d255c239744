"""Solutions far below the transition: found near states of low energy, verified, and told from the spurious minimum."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from numerics.networks.initialization import sample_weights
from numerics.sampling import parallel_tempering
from numerics.spectra.dense import bond_matrix
from numerics.tap import tap_solution
from numerics.tap.cold_search import is_physical
from numerics.tap.frozen_states import frozen_states
from numerics.tap.many_starts import settled_fields
from numerics.tap.solver import functional_of


def functional(bonds: Any, temperature: float, field: Any = 0.0) -> Any:
    return functional_of(bonds, temperature=temperature, field=field, orientation=None)


@pytest.mark.parametrize("field", [0.0, 0.3])
def test_no_flip_of_a_spin_lowers_a_frozen_state(instances: Any, field: float) -> None:
    bonds = instances.sherrington_kirkpatrick(60, 1)
    glass = functional(bonds, 0.5, field)
    states = frozen_states(glass.bonds, glass.field, rng=np.random.default_rng(0), n_chains=4)
    assert np.all(states * (bonds @ states + field) >= 0)
    signs = states if field else states * states[0]
    assert len(np.unique(signs, axis=1).T) == states.shape[1] > 1


def test_frozen_states_lie_near_the_ground_state(instances: Any) -> None:
    # All configurations of fourteen spins; quenches from random ones mostly end higher.
    bonds = instances.sherrington_kirkpatrick(14, 3)
    bits = np.arange(2**14)[:, None] >> np.arange(14) & 1
    every = (2.0 * bits - 1).T
    ground = -0.5 * np.max(np.sum(every * (bonds @ every), axis=0))
    glass = functional(bonds, 0.5)
    states = frozen_states(glass.bonds, glass.field, rng=np.random.default_rng(0), n_chains=4)
    assert -0.5 * np.max(np.sum(states * (bonds @ states), axis=0)) == pytest.approx(ground, rel=1e-12)


def test_many_starts_settle_where_each_would(printed: Any, instances: Any) -> None:
    bonds = instances.sherrington_kirkpatrick(50, 2)
    tap = functional(bonds, 1.5, 0.3)
    starts = np.random.default_rng(0).normal(size=(50, 5))
    settled, _ = settled_fields(tap, starts, residual=1e-10)
    expected = tap_solution(bonds, temperature=1.5, field=0.3).magnetizations
    assert settled.shape == (50, 5)
    assert np.allclose(np.tanh(settled / 1.5), expected[:, None], rtol=0, atol=1e-8)


@pytest.mark.parametrize(("temperature", "seed"), [(0.3, 12), (0.3, 13), (0.5, 0)])
def test_a_solution_far_below_the_transition_is_found(
    printed: Any, instances: Any, temperature: float, seed: int
) -> None:
    bonds = instances.sherrington_kirkpatrick(300, seed)
    found = tap_solution(bonds, temperature=temperature)
    m = found.magnetizations
    assert is_physical(found) and found.residual <= 1e-12
    assert printed.residual(bonds, m, temperature, 0.0) <= 1e-12
    assert np.linalg.eigvalsh(printed.hessian(bonds, m, temperature))[0] > 0
    assert np.mean(m**2) > 0.5
    # The paramagnet is a minimum too, of lower F where the expansion does not converge.
    paramagnet = tap_solution(bonds, temperature=temperature, start=np.zeros(300))
    assert paramagnet.stable and paramagnet.plefka_margin < 0 and paramagnet.free_energy < found.free_energy


def test_where_there_is_no_such_solution_the_margin_says_so(instances: Any) -> None:
    found = tap_solution(instances.sherrington_kirkpatrick(100, 0), temperature=0.6)
    assert found.residual <= 1e-12 and found.plefka_margin < 0 and not is_physical(found)


def test_a_layered_glass_has_one_too(printed: Any) -> None:
    weights = sample_weights((100, 100, 100), (1.0, 1.0), np.random.default_rng(6))
    found = tap_solution(weights, temperature=0.5, orientation="in-out")
    bonds = bond_matrix(weights, orientation="in-out")
    assert is_physical(found) and printed.residual(bonds, found.magnetizations, 0.5, 0.0) <= 1e-12


@pytest.mark.parametrize(("temperature", "seed"), [(0.3, 13), (0.5, 0)])
def test_spins_held_in_the_state_have_its_magnetizations(instances: Any, temperature: float, seed: int) -> None:
    """A weak field along the state makes it the one that parallel tempering, which starts anywhere, ends in.

    What is left differs from the equations by order 1/N, and from naive mean field, the rival, by order 1.
    """
    bonds = instances.sherrington_kirkpatrick(300, seed)
    state = tap_solution(bonds, temperature=temperature).magnetizations
    field = 0.05 * np.sign(state)
    held = tap_solution(bonds, temperature=temperature, field=field, start=state)
    naive = tap_solution(bonds, temperature=temperature, field=field, start=state, order=1)
    sampled = parallel_tempering(
        bonds,
        temperatures=np.linspace(temperature, 1.5, 14).tolist(),
        field=field,
        rng=np.random.default_rng(1),
        n_sweeps=960,
    )
    means = sampled.magnetizations[0]
    assert sampled.thermalized and is_physical(held)

    def distance(magnetizations: Any) -> float:
        return float(np.sqrt(np.mean((means - magnetizations) ** 2)))

    noise = float(np.sqrt(np.mean(sampled.magnetization_errors[0] ** 2)))
    assert distance(held.magnetizations) < 5 * noise
    assert distance(naive.magnetizations) > 3 * distance(held.magnetizations)
    m = held.magnetizations
    assert m @ means / (m @ m) == pytest.approx(1, abs=3 / len(m))
