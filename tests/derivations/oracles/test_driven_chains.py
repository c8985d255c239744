"""The sum over every path of a driven chain, against matrix products, and where its conditions fail."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce

import pytest

from derivations.nonequilibrium.chain_oracles import SIZES, flows_of, small_chain
from derivations.oracles.driven_chains import (
    DrivenChain,
    equilibrium,
    mean_exponential_work,
    reverse_work_law,
    weighted_last_states,
    work_law,
)

CHAINS = [
    small_chain(flows_of(n, T), n, T, current=current) for n, T in SIZES if n**T < 70 for current in (False, True)
]
DRIVEN = [chain for chain in CHAINS if chain.n_steps and len(chain.weights[0]) > 1]


def by_matrices(chain: DrivenChain) -> Fraction:
    """The mean of exp(-W) by products of tilted matrices, with no path in sight."""
    law = equilibrium(chain.weights[0])
    for step, matrix in enumerate(chain.kernels):
        tilt = [new / old for new, old in zip(chain.weights[step + 1], chain.weights[step], strict=True)]
        law = [sum(law[a] * matrix[a][b] for a in range(len(law))) * tilt[b] for b in range(len(law))]
    return sum(law, Fraction(0))


@pytest.mark.parametrize("chain", CHAINS)
def test_laws_are_normalized_and_kernels_leave_their_weights_invariant(chain: DrivenChain) -> None:
    assert sum(chain.forward(p) for p in chain.paths()) == sum(chain.reverse(p) for p in chain.paths()) == 1
    for weights, matrix in zip(chain.weights, chain.kernels, strict=False):
        states = range(len(weights))
        assert [sum(weights[a] * matrix[a][b] for a in states) for b in states] == list(weights)


@pytest.mark.parametrize("chain", CHAINS)
def test_the_mean_over_paths_is_that_of_tilted_matrices_and_the_ratio_of_partition_functions(
    chain: DrivenChain,
) -> None:
    assert mean_exponential_work(chain) == by_matrices(chain) == chain.ratio


@pytest.mark.parametrize("chain", CHAINS)
def test_the_works_of_both_chains_cross_as_crooks_says(chain: DrivenChain) -> None:
    forward, backward = work_law(chain), reverse_work_law(chain)
    assert {1 / value for value in forward} == set(backward)
    assert all(chance * value == chain.ratio * backward[1 / value] for value, chance in forward.items())


@pytest.mark.parametrize("chain", CHAINS)
def test_weighted_last_states_are_those_of_equilibrium(chain: DrivenChain) -> None:
    start = sum(chain.weights[0], Fraction(0))
    assert weighted_last_states(chain) == [weight / start for weight in chain.weights[-1]]


def test_the_last_state_itself_is_not_in_equilibrium() -> None:
    chain = DRIVEN[0]
    last = [sum(chain.forward(p) for p in chain.paths() if p[-1] == state) for state in range(2)]
    assert sum(last) == 1
    assert last != equilibrium(chain.weights[-1])


@pytest.mark.parametrize("chain", DRIVEN)
def test_a_start_out_of_equilibrium_breaks_the_equality(chain: DrivenChain) -> None:
    n_states = len(chain.weights[0])
    assert mean_exponential_work(chain, start=[Fraction(1, n_states)] * n_states) != chain.ratio


@pytest.mark.parametrize("chain", DRIVEN)
def test_other_powers_of_the_weight_have_other_means(chain: DrivenChain) -> None:
    assert mean_exponential_work(chain, 0) == 1
    assert mean_exponential_work(chain, -1) != 1 / chain.ratio


def test_paths_that_cannot_be_drawn_are_missing_from_the_mean_weight() -> None:
    """The forward chain never leaves state 0; the reverse chain comes to it from state 1."""
    half, whole, none = Fraction(1, 2), Fraction(1), Fraction(0)
    chain = DrivenChain(
        weights=[[whole, whole], [whole, whole]],
        kernels=[[[whole, none], [half, half]]],
        reverse_kernels=[[[half, half], [half, half]]],
    )
    drawn = [p for p in chain.paths() if chain.forward(p)]
    mean_weight = sum(chain.forward(p) * (chain.reverse(p) / chain.forward(p)) for p in drawn)
    lost = sum(chain.reverse(p) for p in chain.paths() if not chain.forward(p))
    assert mean_weight == 1 - lost == Fraction(3, 4)


def energy_first(chain: DrivenChain, path: tuple[int, ...]) -> Fraction:
    """exp(-W) with the energy changed before each step instead of after it."""
    steps = range(1, chain.n_steps + 1)
    factors = (chain.weights[t][path[t - 1]] / chain.weights[t - 1][path[t - 1]] for t in steps)
    return reduce(lambda x, y: x * y, factors, Fraction(1))


@pytest.mark.parametrize("chain", DRIVEN)
def test_exchanging_step_and_change_of_the_energy_breaks_the_equality_from_two_steps_on(chain: DrivenChain) -> None:
    """With one step, both orders are a sudden change: of the first equilibrium, or of what the kernel keeps of it."""
    exchanged = sum(chain.forward(p) * energy_first(chain, p) for p in chain.paths())
    assert (exchanged == chain.ratio) is (chain.n_steps == 1)
