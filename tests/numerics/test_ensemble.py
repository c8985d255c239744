"""The ensemble's stability, against dense matrices written out from the paper's equation (15)."""

from __future__ import annotations

from math import cos, pi, sqrt
from typing import Any

import numpy as np
import pytest

from numerics.ensemble import ensemble_critical_temperature, ensemble_least_eigenvalue

CHAINS = (
    ((784, 512, 512, 512, 10), (2.0, 2.0, 2.0, 2.0)),
    ((3, 7), (0.4,)),
    ((5, 11, 2, 9), (0.3, 2.5, 1.1)),
    ((1, 1, 1), (1, 2)),
)


def printed_hessian(sizes: Any, variances: Any, beta: float) -> Any:
    """Equation (15), with the misprinted last beta squared like the others."""
    beside = [-(beta**2) * sizes[k] * variances[k - 1] for k in range(1, len(sizes))]
    return np.diag(np.array(sizes, dtype=float)) + np.diag(beside, 1) + np.diag(beside, -1)


@pytest.mark.parametrize(("sizes", "variances"), CHAINS)
def test_the_printed_hessian_is_singular_at_the_critical_temperature(sizes: Any, variances: Any) -> None:
    hessian = printed_hessian(sizes, variances, 1 / ensemble_critical_temperature(sizes, variances))
    assert abs(np.linalg.eigvalsh(hessian)[0]) < 1e-13 * max(sizes)


@pytest.mark.parametrize(("sizes", "variances"), CHAINS)
@pytest.mark.parametrize("beta", [0.0, 0.3, 1.7])
def test_the_least_eigenvalue_is_that_of_the_printed_hessian(sizes: Any, variances: Any, beta: float) -> None:
    expected = np.linalg.eigvalsh(printed_hessian(sizes, variances, beta))[0]
    assert ensemble_least_eigenvalue(sizes, variances, beta) == pytest.approx(expected, rel=1e-12, abs=1e-10)


@pytest.mark.parametrize("n_bonds", [1, 2, 5, 40])
def test_equal_layers_have_the_closed_form_of_equation_17(n_bonds: int) -> None:
    found = ensemble_critical_temperature((6,) * (n_bonds + 1), (1.7,) * n_bonds)
    assert found == pytest.approx(sqrt(2 * 1.7 * cos(pi / (n_bonds + 2))), rel=1e-14)


def test_only_ratios_of_sizes_matter() -> None:
    small = ensemble_critical_temperature((2, 3, 5), (1.0, 2.0))
    assert ensemble_critical_temperature((200, 300, 500), (1.0, 2.0)) == pytest.approx(small, rel=1e-14)


def test_the_direction_of_the_chain_matters() -> None:
    # The variance is C_k / N_{k-1}: reversing sizes and variances is another ensemble.
    assert ensemble_critical_temperature((2, 8), (1.0,)) != pytest.approx(ensemble_critical_temperature((8, 2), (1.0,)))


def test_an_array_of_temperatures_gives_an_array() -> None:
    betas = np.array([[0.1, 0.2], [0.3, 0.4]])
    values = ensemble_least_eigenvalue((4, 4), (1.0,), betas)
    assert values.shape == (2, 2)
    assert values[1, 0] == ensemble_least_eigenvalue((4, 4), (1.0,), 0.3)


@pytest.mark.parametrize(
    ("sizes", "variances", "error", "message"),
    [
        ((5, 5), (1.0, 1.0), ValueError, "1 for 2 layer sizes; found 2"),
        ((5, 5, 5), (1.0,), ValueError, "one more entry than weight_variances"),
        ((5,), (), ValueError, "at least two layers"),
        ((), (), ValueError, "at least two layers"),
        ((5, 0), (1.0,), ValueError, "found 0 in layer 1"),
        ((5, 2.5), (1.0,), TypeError, "found 2.5 for layer 1"),
        ((5, True), (1.0,), TypeError, "found True for layer 1"),
        ((5, 5), (-1.0,), ValueError, "C_1 = -1.0"),
        ((5, 5), (float("nan"),), ValueError, "C_1 = nan"),
        ((5, 5), (float("inf"),), ValueError, "C_1 = inf"),
        ((5, 5), ("1",), TypeError, "found '1' for C_1"),
        ((5, 5), 1.0, TypeError, "weight_variances as a sequence"),
        (7, (1.0,), TypeError, "layer_sizes as a sequence"),
    ],
)
def test_bad_input_is_answered_with_what_was_expected(sizes: Any, variances: Any, error: Any, message: str) -> None:
    with pytest.raises(error, match=message):
        ensemble_critical_temperature(sizes, variances)


@pytest.mark.parametrize("beta", [-0.1, float("nan"), [1.0, float("inf")]])
def test_an_impossible_temperature_is_refused(beta: Any) -> None:
    with pytest.raises(ValueError, match="finite inverse temperatures"):
        ensemble_least_eigenvalue((5, 5), (1.0,), beta)
