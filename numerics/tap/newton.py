"""Newton's method for the TAP equations, plain towards any solution, and regularized down to a minimum."""

from __future__ import annotations

from typing import Any

import numpy as np

from numerics.tap.functional import MOST_DENSE_SPINS, State, TapFunctional

_SHORTEST = 2.0**-10
_ROUNDING = 1e-13
_ALL_EIGENVALUES, _MOST_PRODUCTS, _LINEAR = 1000, 5000, 1e-13
_LEAST_PULL, _LARGEST_PULL = 1e-8, 1e8


def newton_step(functional: TapFunctional, state: State, pull: float = 0.0) -> Any:
    """The step of the local fields, shape (n_spins,); NaN where the linear equations have no solution.

    With G = x - y(x), P the pairs' Hessian and chi = dm/dx it solves (1 + pull + P chi) dx = -G. A pull to large values
    makes it a short step of the damped iteration.
    """
    gap, chi = state.local_fields - state.target_fields, state.profile.susceptibilities
    root, pairs = np.sqrt(chi), functional.pair_hessian(state)
    moved = solve_symmetric(functional.scaled_hessian(state), -root * gap, pull)
    return -(gap + pairs @ (root * moved)) / (1 + pull)


def newton(functional: TapFunctional, state: State, *, tolerance: float, most_steps: int) -> tuple[State, int]:
    """Newton's method on G = 0, steps halved until sum (m - f(m))^2 falls: ends at minima and saddles alike.

    Once the residual is at the tolerance it goes on while that gains digits.
    """
    for step in range(most_steps):
        if state.residual == 0:
            return state, step
        direction = newton_step(functional, state)
        if not np.isfinite(direction).all():
            return state, step
        better = _shortened(functional, state, direction, most_halvings=0 if state.residual <= tolerance else 10)
        if better is None:
            return state, step
        if better.residual > 0.5 * state.residual and better.residual <= tolerance:
            return better, step + 1
        state = better
    return state, most_steps


def _shortened(functional: TapFunctional, state: State, direction: Any, *, most_halvings: int) -> State | None:
    merit, share = _merit(state), 1.0
    for _ in range(most_halvings + 1):
        tried = functional.at(state.local_fields + share * direction)
        if _merit(tried) < merit * (1 - 1e-4 * share):
            return tried
        share /= 2
    return None


def _merit(state: State) -> float:
    return float(np.sum((state.magnetizations - state.target_magnetizations) ** 2))


def regularized_descent(
    functional: TapFunctional, state: State, *, residual: float, most_steps: int
) -> tuple[State, int]:
    """Steps of Newton's method with as much pull as the free energy needs to go down.

    F has no end of its range as a minimum, for its slope is infinite there and points inwards: it goes down to a
    stationary point.
    """
    energy, pull = functional.free_energy(state), 1e-3
    for step in range(most_steps):
        if state.residual <= residual or pull > _LARGEST_PULL:
            return state, step
        if not is_positive_definite(functional.scaled_hessian(state), pull):
            pull *= 4
            continue
        tried = functional.at(state.local_fields + newton_step(functional, state, pull))
        reached = functional.free_energy(tried)
        if reached <= energy + _ROUNDING * abs(energy):
            state, energy, pull = tried, reached, max(_LEAST_PULL, pull / 4)
        else:
            pull *= 4
    return state, most_steps


def solve_symmetric(matrix: Any, right_side: Any, pull: float = 0.0) -> Any:
    """Solve (matrix + pull) u = b; NaN where the matrix is singular."""
    if isinstance(matrix, np.ndarray):
        return _solve_dense(matrix, right_side, pull)
    from scipy.sparse.linalg import minres

    # A factor of couplings without a plane's order fills up; near 1, where free spins have theirs, few products do.
    return minres(matrix, right_side, shift=-pull, rtol=_LINEAR, maxiter=_MOST_PRODUCTS)[0]


def _solve_dense(matrix: Any, right_side: Any, pull: float) -> Any:
    import warnings

    from scipy.linalg import LinAlgError, LinAlgWarning, solve

    shifted = matrix + pull * np.eye(len(matrix)) if pull else matrix
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LinAlgWarning)  # near a transition: the step is judged by what it reaches
        try:
            return solve(shifted, right_side, assume_a="sym", check_finite=False)
        except LinAlgError:
            return np.full_like(right_side, np.nan)


def is_positive_definite(matrix: Any, pull: float = 0.0) -> bool:
    """Whether matrix + pull is, by its Cholesky factor, or by Lanczos' method where the matrix is large and sparse."""
    if isinstance(matrix, np.ndarray) or matrix.shape[0] <= MOST_DENSE_SPINS:
        dense = matrix if isinstance(matrix, np.ndarray) else matrix.toarray()
        try:
            np.linalg.cholesky(dense + pull * np.eye(len(dense)))
        except np.linalg.LinAlgError:
            return False
        return True
    return least_eigenvalue(matrix) + pull > 0


def least_eigenvalue(matrix: Any) -> float:
    """The least eigenvalue of a symmetric matrix, dense or sparse."""
    if isinstance(matrix, np.ndarray) or matrix.shape[0] <= MOST_DENSE_SPINS:
        from scipy.linalg import eigvalsh

        dense = matrix if isinstance(matrix, np.ndarray) else matrix.toarray()
        return float(eigvalsh(dense, subset_by_index=(0, 0))[0])
    from scipy.sparse.linalg import eigsh

    first = np.random.default_rng(0).standard_normal(matrix.shape[0])
    return float(eigsh(matrix, k=1, which="SA", v0=first, return_eigenvectors=False)[0])


def least_eigenvalue_and_index(matrix: Any) -> tuple[float, int | None]:
    """The least eigenvalue, and how many are negative; None where there are some of too many to be counted."""
    if matrix.shape[0] > MOST_DENSE_SPINS and not isinstance(matrix, np.ndarray):
        least = least_eigenvalue(matrix)
        return least, 0 if least > 0 else None
    dense = matrix if isinstance(matrix, np.ndarray) else matrix.toarray()
    if len(dense) > _ALL_EIGENVALUES:
        least = least_eigenvalue(dense)
        return least, 0 if least > 0 else number_of_negative_eigenvalues(dense)
    values = np.linalg.eigvalsh(dense)
    return float(values[0]), int(np.count_nonzero(values < 0))


def number_of_negative_eigenvalues(matrix: Any) -> int:
    """Of a dense symmetric matrix, by Sylvester's law of inertia from the blocks of its factorization L D L^T."""
    from scipy.linalg import eigvalsh_tridiagonal, ldl

    blocks = ldl(matrix, check_finite=False)[1]
    values: Any = eigvalsh_tridiagonal(np.diag(blocks), np.diag(blocks, 1))
    return int(np.count_nonzero(values < 0))
