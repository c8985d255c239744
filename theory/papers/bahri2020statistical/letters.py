"""The letters of the paper as symbols of the models, and the sets they range over."""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.models import boltzmann_law as law
from theory.models import driven_chain as chain
from theory.papers.writing import Writer

KEY = "bahri2020statistical"
PAPER = Writer(key=KEY)

x, n, q, p = law.x, law.n_states, law.data_law, law.model_law
E, Z, F, G, S = law.energies, law.partition_function, law.helmholtz, law.gibbs, law.entropy
ell, D = law.log_likelihood, law.divergence
LAWS = law.states_domain()
"""Any number of states, any energies, any law of data that leaves no state out."""

paths, T, t, a, b = chain.states, chain.n_steps, chain.t, chain.a, chain.b
U, K, R = chain.energies, chain.kernel, chain.reverse_kernel
"""Energies and kernels of a driven chain: K is p_f, R is p_r of one step."""


def among(*names: Any) -> Domain:
    """The laws with the named derived results, as real numbers."""
    return LAWS.extended(dict.fromkeys(names, sp.S.Reals))


def every_path(domain: Domain) -> Domain:
    """For every path of the chain."""
    return domain.extended(chain.path_set())
