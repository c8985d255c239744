"""The Ising chain, open or a ring, driven by its coupling or its field."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from numerics.lowering import Lowered
from numerics.solvable.ising_system import IsingSystem, Moves

Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, init=False)
class IsingChain(IsingSystem):
    """Spins in a row. Derivation ``ising-chain``.

    Parameters
    ----------
    length
        Number of spins.
    periodic
        Whether a bond joins the last spin to the first; between two spins it is a second one.
    couplings, fields, schedule, moves
        See `numerics.solvable.ising_system.IsingSystem`.

    Examples
    --------
    >>> chain = IsingChain(length=100, couplings=(0.0, 1.0), schedule=1)
    >>> round(chain.free_energy_difference, 6), round(-float(chain.work_law().log_transform(1.0)), 6)
    (-43.378083, -43.378083)
    """

    length: int
    periodic: bool

    def __init__(
        self,
        *,
        length: int,
        periodic: bool = True,
        couplings: tuple[float, float],
        fields: tuple[float, float] = (0.0, 0.0),
        schedule: int | ArrayLike = 1,
        moves: Moves = "checkerboard",
    ) -> None:
        object.__setattr__(self, "length", length)
        object.__setattr__(self, "periodic", bool(periodic))
        super().__init__(couplings=couplings, fields=fields, schedule=schedule, moves=moves)

    @property
    def sides(self) -> tuple[int, ...]:
        """The length."""
        return (self.length,)

    @property
    def closed(self) -> tuple[bool, ...]:
        """Whether it is a ring."""
        return (self.periodic,)

    def log_partition(self, lam: float) -> float:
        """log Z at lam, by a power of the transfer matrix: no weight is negative, and none is lost."""
        matrix = _lowered("matrix")(self.coupling(lam), self.field(lam))
        if self.periodic:
            return float(np.logaddexp.reduce(np.diagonal(_power(matrix, self.length))))
        end = np.array([self.field(lam), -self.field(lam)]) / 2
        return float(np.logaddexp.reduce((_power(matrix, self.length - 1) + end + end[:, np.newaxis]).ravel()))

    def long_log_partition(self, lam: float) -> float:
        """log Z per spin of a long chain, at lam."""
        return float(_lowered("long")(self.coupling(lam), self.field(lam)))

    def long_magnetization(self, lam: float) -> float:
        """Mean spin of a long chain, at lam."""
        return float(_lowered("magnetization")(self.coupling(lam), self.field(lam)))


def _power(logs: Array, exponent: int) -> Array:
    """Logarithms of a power of a matrix of two rows, by squaring."""
    found = np.array([[0.0, -np.inf], [-np.inf, 0.0]])
    while exponent:
        if exponent % 2:
            found = _product(found, logs)
        logs, exponent = _product(logs, logs), exponent // 2
    return found


def _product(one: Any, other: Any) -> Array:
    return np.logaddexp(one[:, :1] + other[:1], one[:, 1:] + other[1:])


@cache
def _lowered(name: str) -> Lowered:
    # Deferred: the derivations and the lowering of their results take a second of import time.
    from sympy import log

    from derivations.nonequilibrium import ising_results as derived
    from numerics.lowering import lower
    from theory.models import ising_chain as model

    expressions = {
        "matrix": lambda: derived.transfer_matrix().applyfunc(log),
        "long": lambda: log(derived.largest_eigenvalue()),
        "magnetization": derived.magnetization,
    }
    return lower(expressions[name](), (model.coupling, model.field))
