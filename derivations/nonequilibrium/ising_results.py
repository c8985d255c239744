"""The results on Ising chains as expressions, for lowering. Nothing here is typed in."""

from __future__ import annotations

from functools import cache
from typing import Any

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.nonequilibrium import ising_chain, ising_torus


@cache
def _chain() -> Derivation:
    return ising_chain.build()


def transfer_matrix() -> Any:
    """The weights of one bond of a chain, in K and h, spin up before spin down."""
    return sp.Matrix(_chain()["transfer matrix"].result)


def largest_eigenvalue() -> Any:
    """Of the transfer matrix; its logarithm is log Z per spin of a long chain."""
    return _chain()["eigenvalues"].result[0]


def magnetization() -> Any:
    """Mean of a spin of a long chain."""
    return _chain()["magnetization of a long chain"].result


def ring_partition_function() -> Any:
    """Z of a ring of n spins."""
    return _chain()["partition function of the ring"].result


def open_partition_function() -> Any:
    """Z of an open chain of n spins."""
    return _chain()["partition function of the open chain"].result


def correlation() -> Any:
    """Mean of the product of two spins r apart in a long chain."""
    return _chain()["correlations of the ring"].result


@cache
def _torus() -> Derivation:
    return ising_torus.build()


def growth_of_a_wave() -> Any:
    """gamma_0 of the uniform wave, with its sign, and gamma of a wave k, in K_x and K_y."""
    return _torus()["growth of a wave"].result


def roots_of_a_product() -> Any:
    """Of the product over all waves along a side of M spins with growth g: periodic ones, and antiperiodic ones."""
    return _torus()["product over all waves"].result


def front_of_the_torus() -> Any:
    """What stands before the sum of the four products."""
    return _torus()["partition function of the torus"].result
