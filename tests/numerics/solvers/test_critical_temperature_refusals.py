"""What is no network, or no threshold, is refused with what was expected, what was found and what to do."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from numerics.solvers.critical_temperature import critical_temperature

GOOD = np.ones((3, 2))
WITH_NAN = np.array([[1.0, np.nan], [2.0, 3.0]])

REFUSED: tuple[tuple[Any, type[Exception], str], ...] = (
    ([], ValueError, "empty list, no layer to connect"),
    (np.ones((3, 2)), ValueError, r"one array of shape \(3, 2\)"),
    (np.ones(3), ValueError, r"one array of shape \(3,\)"),
    ([np.ones(3)], ValueError, r"weight 1 to be a matrix \(2 axes\); found shape \(3,\)"),
    ([GOOD, np.ones((2, 2, 2))], ValueError, r"weight 2 to be a matrix \(2 axes\); found shape \(2, 2, 2\)"),
    ([np.zeros((0, 4))], ValueError, r"found shape \(0, 4\), no layer to connect"),
    ([WITH_NAN], ValueError, r"1 NaN or infinite in weight 1, the first is nan at \(0, 1\)"),
    ([GOOD, np.full((2, 2), np.inf)], ValueError, "4 NaN or infinite in weight 2"),
    ([np.array([[1, "x"]], dtype=object)], TypeError, "weight 1; found dtype object"),
    ([np.ones((2, 2)) * 1j], TypeError, "found dtype complex128"),
    ([[["a", "b"]]], TypeError, "found dtype <U1"),
    ([[[1.0, 2.0], [3.0]]], ValueError, "rows of unequal length"),
    ("weights", TypeError, "found str"),
    (None, TypeError, "found NoneType"),
    ([np.zeros((3, 2)), np.zeros((2, 4))], ValueError, "all weights zero"),
    ([np.ones((3, 2)), np.ones((4, 5))], ValueError, r"\(3, 2\) for weight 1 and \(4, 5\) for weight 2"),
    ([np.ones((2, 2)), np.ones((2, 2))], ValueError, 'orientation="in-out"'),
    ([np.ones((3, 4)), np.ones((4, 3))], ValueError, 'orientation="out-in"'),
    ([np.full((2, 2), 1e305)], ValueError, r"found 1e\+305"),
    ([np.full((2, 2), 1e-305)], ValueError, "found 1e-305"),
)


@pytest.mark.parametrize(("weights", "error", "message"), REFUSED)
def test_what_is_no_network_is_refused(weights: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        critical_temperature(weights)


@pytest.mark.parametrize("threshold", [1.0, 1.5, float("nan"), float("inf"), float("-inf")])
def test_a_threshold_that_is_not_below_one_is_refused(threshold: float) -> None:
    with pytest.raises(ValueError, match=f"finite threshold below 1; found {threshold}"):
        critical_temperature([GOOD], threshold=threshold)


def test_an_unknown_orientation_is_refused() -> None:
    with pytest.raises(ValueError, match='"in-out" or "out-in"; found \'rows\''):
        critical_temperature([GOOD], orientation="rows")  # type: ignore[arg-type]


def test_a_stated_orientation_that_does_not_fit_names_the_shapes() -> None:
    with pytest.raises(ValueError, match=r"found \(3, 2\) for weight 1 and \(2, 5\) for weight 2.*'out-in'"):
        critical_temperature([np.ones((3, 2)), np.ones((2, 5))], orientation="out-in")
