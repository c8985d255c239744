"""Names for what is a matrix or a pattern in replicas: overlaps of pairs, moments of one site, one-step breaking."""

from __future__ import annotations

import sympy as sp

from theory.domain import Domain
from theory.symbols import family

n_replicas = sp.Symbol("m", integer=True, positive=True)
continued_replicas = sp.Symbol("m", positive=True)
slots = sp.symbols("a b c d", integer=True)
middle = sp.symbols("e f", integer=True)

n_spins = sp.Symbol("N", integer=True, positive=True)
inverse_temperature = sp.Symbol("beta", positive=True)
external_field = sp.Symbol("h", real=True)
spins = family("s", real=True)
overlap_matrix = family("Q", real=True)
conjugate_matrix = family("Lambda", real=True)

pair_overlap = family("y", real=True)
"""Overlap ``y[a, b]`` of replicas a < b."""
pair_conjugate = family("w", real=True)
"""Its conjugate."""
moment = family("t", real=True)
"""``t[r]``: mean of tanh(u)^r over the field u of one site, weighted with (2 cosh u)^m."""
curvature = sp.Symbol("x", positive=True)
"""Coupling of every pair of replicas of one site, where all are coupled alike."""
site_field = sp.Symbol("g", real=True)
"""Field on every replica of one site."""

overlap = sp.Symbol("q", real=True)
"""Overlap of two replicas where all pairs are alike."""

inner_overlap = sp.Symbol("q_1", real=True)
"""Overlap of two replicas of one block."""
outer_overlap = sp.Symbol("q_0", real=True)
"""Overlap of two replicas of different blocks."""
breakpoint_parameter = sp.Symbol("x", positive=True)
"""Size of a block; in the limit of vanishing replica number between 0 and 1."""
scaled_breakpoint = sp.Symbol("y", positive=True)
"""Limit of inverse temperature times breakpoint at vanishing temperature."""


def one_step_domain() -> Domain:
    """Where claims on the one-step free energy are checked: moderate temperatures and fields."""
    sets = {inverse_temperature: (0, 2), external_field: (-1, 1), breakpoint_parameter: (0, 1)}
    return Domain({**sets, outer_overlap: (0, 1), inner_overlap: (0, 1)}, [sp.Lt(outer_overlap, inner_overlap)])


def symmetric_domain() -> Domain:
    """Where limits of the replica-symmetric theory are checked: moderate temperatures and fields."""
    return Domain({inverse_temperature: (0, 3), external_field: (-2, 2), overlap: (0, 1)})
