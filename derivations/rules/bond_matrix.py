"""The matrix of a quadratic Hamiltonian, as minus its second derivative by the spins."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.algebra.brackets import without_implied_brackets
from derivations.algebra.sum_terms import resolved
from derivations.engine.rule import Inference, rule
from theory.models.disordered import DisorderedModel
from theory.statements import Identity
from theory.sums import Sigma


@rule(
    "bond matrix",
    "The Hamiltonian is homogeneous of degree two in the spins, hence half the form of its second derivatives.",
)
def bond_matrix(*, model: DisorderedModel, first: tuple[sp.Symbol, ...], second: tuple[sp.Symbol, ...]) -> Inference:
    """H = -(1/2) sum of J s s over all pairs of spins; the result is the entry of J for spins ``first``, ``second``."""
    spin = model.spins.base
    ranges = (*_ranges(model, first), *_ranges(model, second))
    slope = resolved(sp.diff(model.hamiltonian, spin[first]))
    entry = without_implied_brackets(-resolved(sp.diff(slope, spin[second])), ranges)
    form = -Sigma(entry * spin[first] * spin[second], *ranges) / 2
    domain = model.domain.extended({spin: sp.FiniteSet(-1, 1), model.only_couplings.family.base: (-sp.oo, sp.oo)})
    statement = Identity(model.hamiltonian, form, domain.restricted(model.hamiltonian, form))
    return Inference(statement=statement, result=entry)


def _ranges(model: DisorderedModel, slots: tuple[sp.Symbol, ...]) -> tuple[Any, ...]:
    names = dict(zip(model.spins.slots, slots, strict=True))
    return tuple(
        (names[s], sp.sympify(lo, strict=True).xreplace(names), sp.sympify(hi, strict=True).xreplace(names))
        for s, lo, hi in model.spins.ranges
    )
