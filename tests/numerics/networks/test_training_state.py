from dataclasses import replace

import numpy as np
import pytest

from numerics.networks.initialization import sample_network
from numerics.networks.state import TrainingHistory, TrainingState


@pytest.fixture
def state() -> TrainingState:
    network = sample_network((4, 3, 2), (1.0, 2.0), np.random.default_rng(0))
    return TrainingState.untrained(network, seed=2**62)


def test_an_untrained_state_rounds_the_weights_once_and_is_at_rest(state: TrainingState) -> None:
    network = sample_network((4, 3, 2), (1.0, 2.0), np.random.default_rng(0))
    assert state.epoch == 0
    assert np.array_equal(state.network.weights[1], network.weights[1].astype(np.float32))
    assert not any(v.any() for v in (*state.weight_velocities, *state.bias_velocities))


def test_arrays_give_the_state_back(state: TrainingState) -> None:
    history = TrainingHistory().extended(train_loss=3.0, train_error=0.5, test_error=0.6)
    state = replace(state, epoch=1, history=history, weight_velocities=state.network.weights)
    arrays = state.to_arrays()
    back = TrainingState.from_arrays(arrays)
    assert (back.epoch, back.seed) == (1, 2**62)
    assert back.to_arrays().keys() == arrays.keys()
    assert all(np.array_equal(values, arrays[name]) for name, values in back.to_arrays().items())


@pytest.mark.parametrize("name", ["epoch", "biases_1", "weight_velocities_0", "test_error", "schema"])
def test_a_missing_array_is_named(state: TrainingState, name: str) -> None:
    arrays = state.to_arrays()
    del arrays[name]
    with pytest.raises(ValueError, match=name):
        TrainingState.from_arrays(arrays)


def test_a_state_of_another_schema_is_refused(state: TrainingState) -> None:
    with pytest.raises(ValueError, match="has schema 2, this version reads schema 1"):
        TrainingState.from_arrays({**state.to_arrays(), "schema": np.array(2)})


def test_a_state_that_contradicts_itself_is_refused(state: TrainingState) -> None:
    with pytest.raises(ValueError, match="epoch is 3, but the history has 0 entries"):
        replace(state, epoch=3)
    with pytest.raises(ValueError, match="velocities belong to layers"):
        replace(state, weight_velocities=(np.zeros((4, 2)),), bias_velocities=(np.zeros(2),))
    with pytest.raises(ValueError, match="one entry an epoch"):
        TrainingHistory(train_loss=np.zeros(2))


@pytest.mark.parametrize("seed", [-1, 2**63, 1.0, True])
def test_a_seed_that_cannot_be_stored_is_refused(state: TrainingState, seed: object) -> None:
    with pytest.raises(ValueError, match="seed must be an integer from 0"):
        replace(state, seed=seed)
