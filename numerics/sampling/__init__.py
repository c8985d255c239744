"""Monte Carlo of Ising spins with given couplings; it knows nothing of the theory that it checks."""

from __future__ import annotations

from numerics.sampling.parallel_tempering import parallel_tempering
from numerics.sampling.record import TemperedSamples

__all__ = ["TemperedSamples", "parallel_tempering"]
