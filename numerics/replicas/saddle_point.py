"""The saddle point of a derived replica-symmetric theory: a search from several starts, and one rule of choice.

A saddle point counts where no change of the order parameters within replica symmetry leads away from it: the free
energy is largest over the overlap q, then least over the magnetization M and the self-overlap. Of those, the largest M
is taken, in the direction of the field: that of a retrieved pattern, or of a ferromagnet, where there is one. Of
several with this M the least q is taken: the one that belongs to the paramagnet.
"""

from __future__ import annotations

import numpy as np

from numerics.replicas.records import ReplicaSymmetricSolution
from numerics.replicas.saddle_equations import SaddleEquations
from numerics.replicas.saddle_functions import At, SaddleFunctions
from numerics.replicas.saddle_search import roots
from numerics.solvers.convergence import NotConvergedError
from numerics.solvers.newton import Root, Vector

# Of a restoring force that may vanish, as at a critical temperature.
MARGINAL = 1e-9
SAME_MAGNETIZATION = 6
RESIDUAL = 1e-10
# An unknown of which less is known may belong to another branch.
RELATIVE_UNCERTAINTY = 1e-6


class SaddleSolver:
    """One theory at any temperature, field and parameters."""

    def __init__(self, source: SaddleEquations) -> None:
        self._source, self._functions = source, SaddleFunctions(source)

    def solve(self, temperature: float, field: float, parameters: tuple[float, ...]) -> ReplicaSymmetricSolution:
        """The saddle point by the rule of choice, at a positive temperature.

        Raises
        ------
        NotConvergedError
            If no saddle point is found, or the one that is chosen is not confirmed with controlled means.
        """
        constants = (1 / temperature, field, *parameters)
        coarse = self._functions.with_coarse_means(constants)
        found = list(roots(self._source, coarse, field))
        stable = [(sector, u) for sector, u in found if _is_saddle(coarse, u)]
        if not stable:
            raise NotConvergedError(
                f"expected a replica-symmetric saddle point at temperature {temperature} and field {field}; found none "
                f"that is stable from {len(found)} starts that converged: take another temperature or field"
            )
        sector, start = min(stable, key=lambda pair: self._rank(pair[1], field))
        fine = self._functions.with_controlled_means(constants)
        root = sector.root(fine, start, not self._source.free_self_overlap)
        unknowns = start if root is None else sector.embedded(root.values)
        residual = self._functions.residual(unknowns, constants)
        if root is None or not residual <= RESIDUAL or not _is_saddle(fine, unknowns) or _merges(root, unknowns):
            raise NotConvergedError(
                f"expected a replica-symmetric saddle point near {unknowns} at temperature {temperature} and field "
                f"{field}; found a residual of {residual:.2g} after {root}: solutions may merge there, so move away"
            )
        return self._solution(temperature, field, unknowns, constants, root, residual)

    def _rank(self, unknowns: Vector, field: float) -> tuple[float, float]:
        magnetization = unknowns[1] if self._source.magnetized else 0.0
        along = -magnetization if field >= 0 else magnetization
        return round(float(along), SAME_MAGNETIZATION), float(unknowns[0])

    def _solution(
        self,
        temperature: float,
        field: float,
        unknowns: Vector,
        constants: tuple[float, ...],
        root: Root,
        residual: float,
    ) -> ReplicaSymmetricSolution:
        free_energy, energy, entropy, magnetization = self._functions.values(unknowns, constants)
        return ReplicaSymmetricSolution(
            temperature=temperature,
            field=field,
            overlap=float(unknowns[0]),
            magnetization=magnetization,
            free_energy=free_energy,
            energy=energy,
            entropy=entropy,
            replicon_eigenvalue=np.nan,
            residual=residual,
            uncertainty=root.uncertainty,
            iterations=root.iterations,
        )


def _is_saddle(at: At, unknowns: Vector) -> bool:
    """Whether the equations, read as forces, restore the overlap, and the others while it follows them."""
    jacobian = at.jacobian(unknowns)
    if not np.isfinite(jacobian).all() or jacobian[0, 0] > MARGINAL:
        return False
    if len(unknowns) == 1:
        return True
    coupled = np.outer(jacobian[1:, 0], jacobian[0, 1:])
    followed = jacobian[1:, 1:] - np.divide(coupled, jacobian[0, 0], out=np.zeros_like(coupled), where=coupled != 0)
    return bool(np.isfinite(followed).all() and np.max(np.linalg.eigvals(followed).real) <= MARGINAL)


def _merges(root: Root, unknowns: Vector) -> bool:
    return root.uncertainty > RELATIVE_UNCERTAINTY * float(np.max(np.abs(unknowns)))
