"""Layered models as the temperature vanishes."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pytest

from numerics import replica_symmetric_solution
from theory import BipartiteSpinGlass, MultilayerSpinGlass, SherringtonKirkpatrick

SIZES, VARIANCES = (3, 2, 4), (1.0, 2.0)
MODEL = MultilayerSpinGlass(SIZES, VARIANCES)
# Of the local field of a spin, written out by hand: a bond into layer k has variance C_k / N_{k-1}.
BY_INPUTS = (VARIANCES[0] * 2 / 3, VARIANCES[0] + VARIANCES[1] * 4 / 2, VARIANCES[1])
BY_OUTPUTS = (VARIANCES[0], VARIANCES[0] * 3 / 2 + VARIANCES[1], VARIANCES[1] * 2 / 4)


@dataclass(frozen=True)
class GroundState:
    """Closed forms of the limit: every spin follows its Gaussian local field."""

    local_variances: tuple[float, ...]
    field: float

    @property
    def magnetization(self) -> list[float]:
        return [math.erf(self.field / math.sqrt(2 * v)) for v in self.local_variances]

    @property
    def deficits(self) -> list[float]:
        """(1 - q) / T is twice the density of local fields at zero."""
        return [2 * math.exp(-(self.field**2) / (2 * v)) / math.sqrt(2 * math.pi * v) for v in self.local_variances]

    @property
    def energy(self) -> float:
        moments = zip(self.magnetization, self.local_variances, self.deficits, SIZES, strict=True)
        return -sum(n * (self.field * m + v * c) for m, v, c, n in moments) / sum(SIZES)

    @property
    def entropy(self) -> float:
        c = self.deficits
        bonds = (SIZES[j] * VARIANCES[j - 1] * c[j - 1] * c[j] for j in (1, 2))
        return -sum(bonds) / (2 * sum(SIZES))


@pytest.mark.parametrize("field", [0.0, 0.7])
def test_spins_follow_their_local_fields_in_the_ground_state(field: float) -> None:
    found = replica_symmetric_solution(MODEL, temperature=0, field=field)
    expected = GroundState(BY_INPUTS, field)
    assert found.energy == pytest.approx(expected.energy, rel=1e-10)
    assert found.entropy == pytest.approx(expected.entropy, rel=1e-10)
    np.testing.assert_allclose(found.magnetization, expected.magnetization, atol=1e-10)
    assert (found.overlap == 1).all()
    assert found.free_energy == found.energy
    assert found.residual < 1e-14
    assert found.replicon_eigenvalue == -math.inf
    assert abs(found.energy - GroundState(BY_OUTPUTS, field).energy) > 1e-2


def test_two_equal_layers_have_the_ground_state_of_one_overlap() -> None:
    layers = replica_symmetric_solution(BipartiteSpinGlass(4, 4), temperature=0, field=0.3)
    one = replica_symmetric_solution(SherringtonKirkpatrick(), temperature=0, field=0.3)
    assert layers.energy == pytest.approx(one.energy, rel=1e-11)
    assert layers.entropy == pytest.approx(one.entropy, rel=1e-10)
    np.testing.assert_allclose(layers.magnetization, one.magnetization, rtol=1e-10)


def test_the_limit_is_approached_as_the_temperature_falls() -> None:
    """Linearly by overlaps, entropy and magnetization, quadratically by the energy."""
    limit = replica_symmetric_solution(MODEL, temperature=0, field=0.7)
    cold = replica_symmetric_solution(MODEL, temperature=1e-5, field=0.7)
    deficits = (1 - cold.overlap) / 1e-5
    np.testing.assert_allclose(deficits, GroundState(BY_INPUTS, 0.7).deficits, rtol=1e-4)
    assert cold.entropy == pytest.approx(limit.entropy, abs=1e-5)
    assert cold.energy == pytest.approx(limit.energy, abs=1e-10)
    assert cold.free_energy == pytest.approx(limit.energy - 1e-5 * limit.entropy, abs=1e-10)
    assert cold.residual < 1e-12


def test_cold_and_warm_equations_meet() -> None:
    """The solver changes its unknowns at a hundredth of the critical temperature, here at 0.024."""
    below, above = (replica_symmetric_solution(MODEL, temperature=t, field=0.2) for t in (0.0235, 0.0245))
    midpoint = replica_symmetric_solution(MODEL, temperature=0.024, field=0.2)
    slope = (below.free_energy - above.free_energy) / 1e-3
    assert slope == pytest.approx(midpoint.entropy, abs=1e-6)
    np.testing.assert_allclose((below.overlap + above.overlap) / 2, midpoint.overlap, atol=1e-6)
    assert (below.replicon_eigenvalue + above.replicon_eigenvalue) / 2 == pytest.approx(
        midpoint.replicon_eigenvalue, rel=1e-3
    )
