import numpy as np
import pytest

from numerics.networks.hinge import squared_hinge


def summed_by_hand(scores: np.ndarray, labels: np.ndarray, margin: float) -> float:
    """The definition, one pair of classes at a time."""
    n_samples, n_classes = scores.shape
    total = 0.0
    for n in range(n_samples):
        for j in range(n_classes):
            if j != labels[n]:
                total += max(0.0, margin - scores[n, labels[n]] + scores[n, j]) ** 2
    return total / (n_samples * n_classes)


@pytest.fixture
def batch() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(4)
    return 8 * rng.standard_normal((6, 5)), rng.integers(0, 5, 6)


def test_loss_is_the_sum_over_wrong_classes_by_hand(batch: tuple[np.ndarray, np.ndarray]) -> None:
    scores, labels = batch
    expected = summed_by_hand(scores, labels, 10.0)
    # Thirty terms of one sign: rounding is below one unit in the last place per term.
    assert squared_hinge(scores, labels, 10.0, np.empty_like(scores)) == pytest.approx(
        expected, rel=scores.size * np.finfo(float).eps
    )


def test_two_classes_give_half_of_the_squared_shortfall() -> None:
    scores = np.array([[1.0, 4.0]])
    gradient = np.empty_like(scores)
    assert squared_hinge(scores, np.array([0]), 10.0, gradient) == (10 - 1 + 4) ** 2 / 2
    assert gradient.tolist() == [[-13.0, 13.0]]


def test_a_lead_of_the_margin_costs_nothing() -> None:
    scores = np.array([[10.0, 0.0, -3.0]])
    gradient = np.empty_like(scores)
    assert squared_hinge(scores, np.array([0]), 10.0, gradient) == 0
    assert not gradient.any()


def test_gradient_is_the_derivative_of_the_loss(batch: tuple[np.ndarray, np.ndarray]) -> None:
    scores, labels = batch
    gradient = np.empty_like(scores)
    squared_hinge(scores, labels, 10.0, gradient)
    step = 1e-3
    for index in np.ndindex(scores.shape):
        moved = scores.copy()
        moved[index] += step
        above = summed_by_hand(moved, labels, 10.0)
        moved[index] -= 2 * step
        below = summed_by_hand(moved, labels, 10.0)
        # The loss is piecewise quadratic, so a central difference is exact away from the kinks; at a kink
        # the second derivative jumps by at most 2 (n_classes - 1) / (n_samples n_classes) and the error by
        # half of that a step.
        assert (above - below) / (2 * step) == pytest.approx(gradient[index], abs=step)


def test_other_losses_of_the_same_name_have_other_values(batch: tuple[np.ndarray, np.ndarray]) -> None:
    scores, labels = batch
    ours = squared_hinge(scores, labels, 10.0, np.empty_like(scores))
    rows = np.arange(len(labels))
    signs = np.full(scores.shape, -1.0)
    signs[rows, labels] = 1
    one_versus_rest = np.mean(np.maximum(0, 10 - signs * scores) ** 2)
    shortfall = 10 - scores[rows, labels][:, None] + scores
    shortfall[rows, labels] = 0
    worst_class = np.mean(np.maximum(0, shortfall).max(axis=1) ** 2)
    assert abs(one_versus_rest / ours - 1) > 0.1
    assert abs(worst_class / ours - 1) > 0.1


def test_scores_that_overflowed_give_a_loss_that_is_not_finite() -> None:
    scores = np.array([[np.inf, 0.0]], dtype=np.float32)
    with np.errstate(invalid="ignore"):
        loss = squared_hinge(scores, np.array([1]), 10.0, np.empty_like(scores))
    assert not np.isfinite(loss)
