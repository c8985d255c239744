"""The field above which layers are replica symmetric."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from scipy.optimize import brentq

from numerics import almeida_thouless_field, ensemble_critical_temperature, replica_symmetric_solution
from numerics.replicas.onset_field import onset_field
from numerics.solvers.convergence import NotConvergedError
from theory import BipartiteSpinGlass, MultilayerSpinGlass

SIZES, VARIANCES = (3, 2, 4), (1.0, 2.0)
MODEL = MultilayerSpinGlass(SIZES, VARIANCES)
NODES = np.linspace(-9, 9, 1001)
WEIGHTS = np.exp(-(NODES**2) / 2) / np.exp(-(NODES**2) / 2).sum()


def field_by_hand(temperature: float, *, power: int = 4, variances: Sequence[float] = VARIANCES) -> float:
    """Where the stencil over three layers becomes singular, with equations and stencil written out."""
    (n0, n1, n2), (c1, c2), beta = SIZES, variances, 1 / temperature

    def means(field: float, local: np.ndarray, function: Any) -> np.ndarray:
        return function(beta * (field + np.sqrt(local)[:, None] * NODES)) @ WEIGHTS

    def determinant(field: float) -> float:
        q = np.ones(3)
        for _ in range(400):
            local = np.array([c1 * n1 / n0 * q[1], c1 * q[0] + c2 * n2 / n1 * q[2], c2 * q[1]])
            q = means(field, local, lambda u: np.tanh(u) ** 2)
        g = means(field, local, lambda u: np.cosh(u) ** -power)
        off = np.array([n1 * c1, n2 * c2]) * beta**2
        return float(np.linalg.det(np.diag(np.array(SIZES) / g) - np.diag(off, 1) - np.diag(off, -1)))

    root: Any = brentq
    return float(root(determinant, 1e-3, 20.0, xtol=1e-13))


def test_the_line_is_where_the_stencil_written_out_by_hand_is_singular() -> None:
    found = almeida_thouless_field(1.2, model=MODEL)
    assert found == pytest.approx(field_by_hand(1.2), rel=1e-9)
    assert abs(found - field_by_hand(1.2, power=2)) > 0.01 * found
    assert abs(found - field_by_hand(1.2, variances=(2.0, 1.0))) > 0.01 * found


def test_the_replicon_eigenvalue_changes_its_sign_on_the_line() -> None:
    field = almeida_thouless_field(0.6, model=MODEL)
    below, above = (
        replica_symmetric_solution(MODEL, temperature=0.6, field=f * field).replicon_eigenvalue for f in (0.999, 1.001)
    )
    assert below < 0 < above


@pytest.mark.parametrize(("temperature", "precision"), [(1e-6, 1e-11), (0.5, 1e-12), (0.96, 1e-10)])
def test_two_equal_layers_have_the_line_of_one_overlap(temperature: float, precision: float) -> None:
    found = almeida_thouless_field(temperature, model=BipartiteSpinGlass(4, 4))
    assert found == pytest.approx(almeida_thouless_field(temperature), rel=precision)


def test_the_line_scales_with_the_weights() -> None:
    strong = MultilayerSpinGlass(SIZES, [100 * c for c in VARIANCES])
    assert almeida_thouless_field(12.0, model=strong) == pytest.approx(
        10 * almeida_thouless_field(1.2, model=MODEL), rel=1e-9
    )


def test_the_line_ends_at_the_critical_temperature() -> None:
    critical = ensemble_critical_temperature(SIZES, VARIANCES)
    assert almeida_thouless_field(critical, model=MODEL) == 0
    assert almeida_thouless_field(0, model=MODEL) == math.inf
    with pytest.raises(ValueError, match=r"stable in every field; found 2\.9"):
        almeida_thouless_field(2.9, model=MODEL)
    with pytest.raises(NotConvergedError, match=r"of at most 0\.99999 times the critical one"):
        almeida_thouless_field(critical * (1 - 1e-6), model=MODEL)


def test_another_model_is_refused() -> None:
    wrong: Any = 3
    with pytest.raises(TypeError, match=r"SherringtonKirkpatrick or theory\.MultilayerSpinGlass; found 3"):
        almeida_thouless_field(0.5, model=wrong)


@pytest.mark.parametrize(("sign", "message"), [(1, "found none: lower"), (-1, "found none: raise")])
def test_an_eigenvalue_of_one_sign_has_no_onset(sign: int, message: str) -> None:
    with pytest.raises(NotConvergedError, match=message):
        onset_field(lambda field: float(sign), temperature=0.5, scale=2.0)
