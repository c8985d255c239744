import numpy as np
import pytest

from numerics.networks.hinge import squared_hinge


def summed_by_hand(scores: np.ndarray, labels: np.ndarray, margin: float) -> float:
    """The definition, one class against the rest at a time."""
    n_samples, n_classes = scores.shape
    total = 0.0
    for n in range(n_samples):
        for j in range(n_classes):
            sign = 1 if j == labels[n] else -1
            total += max(0.0, margin - sign * scores[n, j]) ** 2
    return total / (n_samples * n_classes)


@pytest.fixture
def batch() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(4)
    return 8 * rng.standard_normal((6, 5)), rng.integers(0, 5, 6)


def test_loss_is_the_sum_over_classes_by_hand(batch: tuple[np.ndarray, np.ndarray]) -> None:
    scores, labels = batch
    expected = summed_by_hand(scores, labels, 10.0)
    # Thirty terms of one sign: rounding is below one unit in the last place per term.
    assert squared_hinge(scores, labels, 10.0, np.empty_like(scores)) == pytest.approx(
        expected, rel=scores.size * np.finfo(float).eps
    )


def test_the_right_class_must_exceed_the_margin_and_the_others_fall_below_its_negative() -> None:
    scores = np.array([[1.0, 4.0, -12.0, -10.0]])  # four, so that the division is exact
    gradient = np.empty_like(scores)
    assert squared_hinge(scores, np.array([0]), 10.0, gradient) == ((10 - 1) ** 2 + (10 + 4) ** 2) / 4
    assert gradient.tolist() == [[-2 * 9 / 4, 2 * 14 / 4, 0.0, 0.0]]


def test_scores_beyond_the_margin_cost_nothing() -> None:
    scores = np.array([[10.0, -10.0, -13.0]])
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
        # the second derivative jumps by 2 / (n_samples n_classes), and the error is half of that a step.
        assert (above - below) / (2 * step) == pytest.approx(gradient[index], abs=step / scores.size)


def test_other_losses_of_the_same_name_have_other_values(batch: tuple[np.ndarray, np.ndarray]) -> None:
    scores, labels = batch
    ours = squared_hinge(scores, labels, 10.0, np.empty_like(scores))
    rows = np.arange(len(labels))
    shortfall = np.maximum(0, 10 - scores[rows, labels][:, None] + scores)
    shortfall[rows, labels] = 0
    class_against_class = np.mean(shortfall**2)  # Weston and Watkins 1999, squared
    worst_class = np.mean(shortfall.max(axis=1) ** 2)  # Crammer and Singer 2001, squared
    for other in (class_against_class, worst_class):
        assert abs(other / ours - 1) > 0.1


def test_scores_that_overflowed_give_a_loss_that_is_not_finite() -> None:
    scores = np.array([[np.inf, 0.0]], dtype=np.float32)
    with np.errstate(invalid="ignore"):
        loss = squared_hinge(scores, np.array([1]), 10.0, np.empty_like(scores))
    assert not np.isfinite(loss)
