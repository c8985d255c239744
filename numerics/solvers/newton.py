"""Newton's method for a few equations, until rounding of the equations ends it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]

STEPS = 100
# Below this part of the unknowns a step that is no longer much shorter than the one before is rounding.
NEAR = 1e-6
SHRINKING = 0.5


@dataclass(frozen=True, kw_only=True)
class Root:
    """Where Newton's method ended.

    Attributes
    ----------
    values
        The unknowns, shape (n,).
    residual
        The equations there, shape (n,).
    step
        The last step, shape (n,): what is left of the error, or rounding.
    iterations
        Steps taken.
    """

    values: Vector
    residual: Vector
    step: Vector
    iterations: int

    @property
    def uncertainty(self) -> float:
        """The largest component of the last step."""
        return float(np.max(np.abs(self.step)))


def newton(
    equations: Callable[[Vector], Vector],
    jacobian: Callable[[Vector], Matrix],
    start: Vector,
    *,
    inside: Callable[[Vector], bool],
    floor: float = 0.0,
    steps: int = STEPS,
) -> Root | None:
    """A root from a start, or None where the iteration leads nowhere.

    Parameters
    ----------
    equations, jacobian
        At unknowns of shape (n,): shapes (n,) and (n, n).
    inside
        Whether unknowns are allowed; steps are halved until they are.
    floor
        A size of unknowns that is no longer told from zero by relative steps.
    """
    values, before = start, np.inf
    residual = equations(values)
    for iteration in range(1, steps + 1):
        step = _step(jacobian(values), residual)
        if step is None:
            return None
        size = float(np.max(np.abs(step) / (np.abs(values) + np.abs(step) + floor)))
        moved = _allowed(values, step, inside)
        ended = moved is None or not size or size >= SHRINKING * before
        if ended and size <= NEAR:
            return Root(values=values, residual=residual, step=step, iterations=iteration)
        if moved is None:
            return None
        values, before = moved, size
        residual = equations(values)
    return None


def _step(jacobian: Matrix, residual: Vector) -> Vector | None:
    if not (np.isfinite(jacobian).all() and np.isfinite(residual).all()):
        return None
    try:
        step = np.asarray(-np.linalg.solve(jacobian, residual), dtype=np.float64)
    except np.linalg.LinAlgError:
        return None
    return step if np.isfinite(step).all() else None


def _allowed(values: Vector, step: Vector, inside: Callable[[Vector], bool]) -> Vector | None:
    for halvings in range(60):
        moved = values + step / 2**halvings
        if inside(moved):
            return moved
    return None
