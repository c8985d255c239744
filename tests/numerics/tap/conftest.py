"""Couplings, and the TAP equations as printed, typed here once more: nothing of the package is used."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest


def sherrington_kirkpatrick(n_spins: int, seed: int) -> Any:
    upper = np.triu(np.random.default_rng(seed).standard_normal((n_spins, n_spins)), 1) / np.sqrt(n_spins)
    return upper + upper.T


def curie_weiss(n_spins: int) -> Any:
    return (np.ones((n_spins, n_spins)) - np.eye(n_spins)) / (n_spins - 1)


def printed_residual(bonds: Any, m: Any, temperature: float, field: Any) -> float:
    """Barney, Winer and Galitski (2024), equation (20)."""
    beta = 1 / temperature
    inner = bonds @ m + field - beta * m * (bonds**2 @ (1 - m**2))
    return float(np.max(np.abs(m - np.tanh(beta * inner))))


def printed_free_energy(bonds: Any, m: Any, temperature: float, field: Any) -> float:
    """Equation (19), and the fields."""
    entropy = ((1 + m) * np.log((1 + m) / 2) + (1 - m) * np.log((1 - m) / 2)).sum()
    reaction = (1 - m**2) @ bonds**2 @ (1 - m**2) / (4 * temperature)
    return float(-0.5 * m @ bonds @ m - reaction + 0.5 * temperature * entropy - np.sum(field * m))


def differentiated_hessian(bonds: Any, m: Any, temperature: float) -> Any:
    """Second derivatives of equation (19), by hand."""
    beta = 1 / temperature
    matrix = -bonds - 2 * beta * bonds**2 * np.outer(m, m)
    matrix[np.diag_indices_from(matrix)] = temperature / (1 - m**2) + beta * (bonds**2 @ (1 - m**2))
    return matrix


@pytest.fixture(scope="session")
def printed() -> SimpleNamespace:
    return SimpleNamespace(residual=printed_residual, free_energy=printed_free_energy, hessian=differentiated_hessian)


@pytest.fixture(scope="session")
def instances() -> SimpleNamespace:
    return SimpleNamespace(sherrington_kirkpatrick=sherrington_kirkpatrick, curie_weiss=curie_weiss)
