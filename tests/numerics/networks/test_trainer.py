from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from numerics.networks.digits import Digits, load_digits
from numerics.networks.hinge import squared_hinge
from numerics.networks.initialization import sample_network
from numerics.networks.layered import LayeredNetwork, error_rate
from numerics.networks.settings import STANDARD_TRAINING, TrainingSettings
from numerics.networks.state import TrainingState
from numerics.networks.trainer import TrainingDiverged, train

SETTINGS = TrainingSettings(epochs=4, learning_rate=1e-2, momentum=0.9, batch_size=8, margin=1.0)
SIZES = (12, 9, 8, 3)


def small_network(seed: int = 0) -> LayeredNetwork:
    return sample_network(SIZES, (2.0,) * 3, np.random.default_rng(seed))


def same_bits(a: TrainingState, b: TrainingState) -> bool:
    left, right = a.to_arrays(), b.to_arrays()
    return left.keys() == right.keys() and all(
        left[name].dtype == right[name].dtype and left[name].tobytes() == right[name].tobytes() for name in left
    )


def trained_in_double(network: LayeredNetwork, data: Digits, settings: TrainingSettings, seed: int) -> list[np.ndarray]:
    """The textbook loop, in double precision and without any part of the trainer but its order of samples."""
    weights, biases = [w.copy() for w in network.weights], [b.copy() for b in network.biases]
    velocities = [np.zeros_like(p) for p in (*weights, *biases)]
    for epoch in range(1, settings.epochs + 1):
        order = np.random.default_rng([seed, epoch]).permutation(len(data.x_train))
        for batch in np.split(order, range(settings.batch_size, len(order), settings.batch_size)):
            activations = [data.x_train[batch].astype(float)]
            for k, (w, b) in enumerate(zip(weights, biases, strict=True)):
                z = activations[-1] @ w + b
                activations.append(z if k == len(weights) - 1 else np.where(z > 0, z, 0))
            scores, one_hot = activations[-1], np.eye(3)[data.y_train[batch]]
            signs = 2 * one_hot - 1
            back = -2 * signs * np.maximum(0, settings.margin - signs * scores) / scores.size
            by_weights, by_biases = [], []
            for k in range(len(weights) - 1, -1, -1):
                by_weights.insert(0, activations[k].T @ back)
                by_biases.insert(0, back.sum(axis=0))
                back = (back @ weights[k].T) * (activations[k] > 0)
            for p, v, g in zip((*weights, *biases), velocities, (*by_weights, *by_biases), strict=True):
                v *= settings.momentum
                v -= settings.learning_rate * g
                p += v
    return [*weights, *biases]


def distance(state: TrainingState, parameters: list[np.ndarray]) -> float:
    found = (*state.network.weights, *state.network.biases)
    return max(float(np.abs(a - b).max()) for a, b in zip(found, parameters, strict=True))


def test_training_follows_the_textbook_loop(few_digits: Digits) -> None:
    state = train(small_network(), few_digits, SETTINGS, seed=3)
    # 28 steps, each rounding weights of order 1 a few times in single precision.
    rounding = 100 * 28 * np.finfo(np.float32).eps
    assert distance(state, trained_in_double(small_network(), few_digits, SETTINGS, 3)) < rounding
    for wrong in (
        replace(SETTINGS, momentum=0.89),
        replace(SETTINGS, learning_rate=1.02e-2),
        replace(SETTINGS, margin=1.02),
    ):
        assert distance(state, trained_in_double(small_network(), few_digits, wrong, 3)) > rounding


def test_the_same_seed_gives_the_same_bits_and_another_seed_does_not(few_digits: Digits) -> None:
    first = train(small_network(), few_digits, SETTINGS, seed=3)
    assert same_bits(first, train(small_network(), few_digits, SETTINGS, seed=3))
    other = train(small_network(), few_digits, SETTINGS, seed=4)
    assert not np.array_equal(first.network.weights[0], other.network.weights[0])


@pytest.mark.parametrize("stop", [1, 3])
def test_stopping_and_going_on_gives_the_bits_of_an_uninterrupted_run(few_digits: Digits, stop: int) -> None:
    whole = train(small_network(), few_digits, SETTINGS, seed=3)
    part = train(small_network(), few_digits, replace(SETTINGS, epochs=stop), seed=3)
    restored = TrainingState.from_arrays(part.to_arrays())
    assert same_bits(whole, train(small_network(), few_digits, SETTINGS, seed=3, start=restored))


def test_going_on_without_the_velocities_gives_another_result(few_digits: Digits) -> None:
    whole = train(small_network(), few_digits, SETTINGS, seed=3)
    part = train(small_network(), few_digits, replace(SETTINGS, epochs=2), seed=3)
    at_rest = replace(part, weight_velocities=tuple(np.zeros_like(v) for v in part.weight_velocities))
    assert not same_bits(whole, train(small_network(), few_digits, SETTINGS, seed=3, start=at_rest))


def test_the_callback_sees_each_epoch_once_and_its_states_do_not_change(few_digits: Digits) -> None:
    seen: list[TrainingState] = []
    last = train(small_network(), few_digits, SETTINGS, seed=3, on_epoch=seen.append)
    assert [state.epoch for state in seen] == [1, 2, 3, 4]
    assert same_bits(seen[-1], last)
    assert same_bits(seen[0], train(small_network(), few_digits, replace(SETTINGS, epochs=1), seed=3))


def test_a_finished_run_is_returned_as_it_is(few_digits: Digits) -> None:
    done = train(small_network(), few_digits, SETTINGS, seed=3)
    again = train(small_network(), few_digits, SETTINGS, seed=3, start=done, on_epoch=lambda _: pytest.fail("ran"))
    assert same_bits(done, again)


def test_history_holds_what_the_states_say(few_digits: Digits) -> None:
    seen: list[TrainingState] = []
    last = train(small_network(), few_digits, SETTINGS, seed=3, on_epoch=seen.append)
    measured = [error_rate(s.network, few_digits.x_test, few_digits.y_test) for s in seen]
    assert last.history.test_error.tolist() == measured
    assert len(last.history.train_loss) == 4
    assert last.history.train_loss[-1] < last.history.train_loss[0]


def test_the_training_loss_is_the_mean_over_samples_although_the_last_batch_is_small(few_digits: Digits) -> None:
    assert len(few_digits.x_train) % SETTINGS.batch_size
    standing = replace(SETTINGS, epochs=1, learning_rate=1e-30)  # too small to move a weight in single precision
    network = small_network()
    state = train(network, few_digits, standing, seed=3)
    scores = network.outputs(few_digits.x_train)
    expected = squared_hinge(scores, few_digits.y_train, SETTINGS.margin, np.empty_like(scores))
    assert state.history.train_loss[0] == pytest.approx(expected, rel=100 * float(np.finfo(np.float32).eps))
    assert state.history.train_error[0] == error_rate(network, few_digits.x_train, few_digits.y_train)


def test_the_standard_settings_teach_the_digits_better_than_class_means_do() -> None:
    digits = load_digits()
    means = np.array([digits.x_train[digits.y_train == c].mean(axis=0) for c in range(10)])
    squared = ((digits.x_test[:, None, :] - means[None]) ** 2).sum(axis=2)
    by_means = float(np.mean(squared.argmin(axis=1) != digits.y_test))

    network = sample_network((784, 128, 10), (2.0, 2.0), np.random.default_rng(0))
    settings = replace(STANDARD_TRAINING, epochs=8, learning_rate=1e-3)
    state = train(network, digits, settings, seed=0)
    assert 0 < state.history.test_error[-1] < by_means


def test_divergence_names_the_epoch_and_the_learning_rate(few_digits: Digits) -> None:
    with pytest.raises(TrainingDiverged, match=r"diverged in epoch 1 at learning_rate = 10000\b"):
        train(small_network(), few_digits, replace(SETTINGS, learning_rate=1e4), seed=3)


def test_divergence_in_the_last_step_of_an_epoch_is_seen(few_digits: Digits) -> None:
    one_step = replace(SETTINGS, epochs=1, batch_size=50, learning_rate=3e38, margin=1e4)
    with pytest.raises(TrainingDiverged, match="a weight or velocity is not finite"):
        train(small_network(), few_digits, one_step, seed=3)


def test_a_network_that_does_not_fit_the_data_is_refused(few_digits: Digits) -> None:
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match="takes 11 inputs, the images have 12 pixels"):
        train(sample_network((11, 3), (1.0,), rng), few_digits, SETTINGS, seed=0)
    with pytest.raises(ValueError, match="has 2 outputs, the labels need 3"):
        train(sample_network((12, 2), (1.0,), rng), few_digits, SETTINGS, seed=0)


def test_a_state_of_another_run_is_refused(few_digits: Digits) -> None:
    start = TrainingState.untrained(small_network(), seed=1)
    with pytest.raises(ValueError, match="trained with seed 1, asked to go on with seed 2"):
        train(small_network(), few_digits, SETTINGS, seed=2, start=start)
    other = sample_network((12, 3), (1.0,), np.random.default_rng(0))
    with pytest.raises(ValueError, match="start belongs to layers"):
        train(other, few_digits, SETTINGS, seed=1, start=start)


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("epochs", 0, ValueError),
        ("epochs", 2.5, TypeError),
        ("batch_size", 0, ValueError),
        ("learning_rate", 0.0, ValueError),
        ("learning_rate", float("inf"), ValueError),
        ("learning_rate", "fast", TypeError),
        ("margin", -1.0, ValueError),
        ("momentum", 1.0, ValueError),
        ("momentum", float("nan"), ValueError),
    ],
)
def test_settings_out_of_range_are_named(field: str, value: object, error: type[Exception]) -> None:
    with pytest.raises(error, match=field):
        replace(SETTINGS, **{field: value})


def test_settings_print_the_numbers_of_table_1() -> None:
    table = (1e-4, 60, 0.9, 32, 10)
    s = STANDARD_TRAINING
    assert (s.learning_rate, s.epochs, s.momentum, s.batch_size, s.margin) == table


def test_layers_of_general_sizes_train(few_digits: Digits) -> None:
    for sizes in ((12, 3), (12, 1, 5), (12, 30, 2, 17, 4)):
        network = sample_network(sizes, (2.0,) * (len(sizes) - 1), np.random.default_rng(1))
        state = train(network, few_digits, replace(SETTINGS, epochs=1), seed=0)
        assert [w.shape for w in state.network.weights] == list(pairwise(sizes))
        assert all(w.dtype == np.float32 for w in state.network.weights)
