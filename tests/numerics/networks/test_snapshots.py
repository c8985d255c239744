from dataclasses import replace

import numpy as np
import pytest

from numerics.networks.digits import Digits
from numerics.networks.initialization import sample_network
from numerics.networks.layered import LayeredNetwork
from numerics.networks.settings import TrainingSettings
from numerics.networks.snapshots import logarithmic_epochs, training_snapshots
from numerics.networks.trainer import train

SETTINGS = TrainingSettings(epochs=6, learning_rate=1e-2, momentum=0.9, batch_size=8, margin=1.0)


@pytest.fixture
def network() -> LayeredNetwork:
    return sample_network((12, 9, 3), (2.0, 2.0), np.random.default_rng(0))


def test_snapshots_are_the_states_of_one_training_run(few_digits: Digits, network: LayeredNetwork) -> None:
    states = list(training_snapshots(network, few_digits, SETTINGS, seed=1, epochs=(0, 2, 5)))
    assert [s.epoch for s in states] == [0, 2, 5]
    assert np.array_equal(states[0].network.weights[0], network.weights[0].astype(np.float32))
    for state in states[1:]:
        alone = train(network, few_digits, replace(SETTINGS, epochs=state.epoch), seed=1)
        assert all(map(np.array_equal, state.network.weights, alone.network.weights))


def test_snapshots_go_on_from_a_state(few_digits: Digits, network: LayeredNetwork) -> None:
    start = train(network, few_digits, replace(SETTINGS, epochs=2), seed=1)
    later = list(training_snapshots(network, few_digits, SETTINGS, seed=1, epochs=(2, 5), start=start))
    whole = train(network, few_digits, replace(SETTINGS, epochs=5), seed=1)
    assert [s.epoch for s in later] == [2, 5]
    assert np.array_equal(later[-1].network.weights[1], whole.network.weights[1])


def test_the_snapshot_before_training_alone_trains_nothing(few_digits: Digits, network: LayeredNetwork) -> None:
    (state,) = training_snapshots(network, few_digits, SETTINGS, seed=1, epochs=(0,))
    assert state.epoch == 0


@pytest.mark.parametrize("epochs", [(), (2, 1), (1, 1), (-1, 2), (0, 7)])
def test_epochs_that_do_not_ascend_within_the_run_are_refused(
    few_digits: Digits, network: LayeredNetwork, epochs: tuple[int, ...]
) -> None:
    with pytest.raises(ValueError, match="epochs must ascend from 0 or later to 6 at most"):
        next(training_snapshots(network, few_digits, SETTINGS, seed=1, epochs=epochs))


def test_logarithmic_epochs_double_and_end_with_the_last() -> None:
    assert logarithmic_epochs(1) == (0, 1)
    assert logarithmic_epochs(8) == (0, 1, 2, 4, 8)
    assert logarithmic_epochs(30) == (0, 1, 2, 4, 8, 16, 30)
