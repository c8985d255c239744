"""One step of replica symmetry breaking for the Sherrington-Kirkpatrick model: free energy, equations, special cases.

Source: G. Parisi, A sequence of approximated solutions to the S-K model for spin glasses, Journal of Physics A 13, L115
(1980). The named steps are "one-step free energy", "overlap inside a block", "overlap between blocks" and "slope in the
size of a block"; the first is an expression in q_0, q_1, x, beta and h, and ``saddle_equations`` gives the equations.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.derivation import Derivation, Reference
from derivations.engine.step import Step
from derivations.rules.one_step_breaking import Blocks, nested_fields, one_step_action
from derivations.rules.one_step_equations import block_size, overlap_between, overlap_inside, saddle_point
from derivations.rules.one_step_free_energy import (
    block_conjugate,
    blocks_of_one,
    equal_overlaps,
    one_step_free_energy,
    one_step_site,
)
from derivations.spin_glass.sherrington_kirkpatrick import replica_action
from theory.models import replica_pairs as names

IDENTIFIER = "sherrington-kirkpatrick-one-step"
TITLE = "One step of replica symmetry breaking in the Sherrington-Kirkpatrick model"
SERVES: tuple[str, ...] = ()

REFERENCES = (
    Reference(
        key="parisi1980sequence",
        citation="G. Parisi, A sequence of approximated solutions to the S-K model for spin glasses, Journal of "
        "Physics A 13, L115 (1980)",
    ),
)
BLOCKS = Blocks(
    count=sp.Symbol("n", integer=True, positive=True),
    size=sp.Symbol("x", integer=True, positive=True),
    overlaps=(names.inner_overlap, names.outer_overlap),
    conjugates=(sp.Symbol("lambda_1", real=True), sp.Symbol("lambda_0", real=True)),
)
VARIANCES = (sp.Symbol("v_1", positive=True), sp.Symbol("v_0", positive=True))


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction=(
            "Below the transition the replica-symmetric saddle point is unstable. In Parisi's first approximation the "
            "replicas come in blocks, with a larger overlap inside a block than between blocks."
        ),
        references=REFERENCES,
        conventions=(
            "The free energy is per spin; couplings have variance $1/N$.",
            "$q_1$ is the overlap inside a block, $q_0$ the one between blocks, $x$ the size of a block, continued to "
            "a number between 0 and 1 as the number of replicas tends to 0.",
            "$W$ is the one-site term. $A$ is the mean that an overlap equals; for the size of a block $Y$ and $A$ are "
            "the means of $\\log Z$ and of its slope by $x$, $Z$ the sum over one block.",
        ),
    )
    free = _free_energy(d)
    x = names.breakpoint_parameter
    d.apply(overlap_inside, free, blocks=BLOCKS, breakpoint_parameter=x, name="overlap inside a block")
    d.apply(overlap_between, free, blocks=BLOCKS, breakpoint_parameter=x, name="overlap between blocks")
    d.apply(block_size, free, breakpoint_parameter=x, name="slope in the size of a block")
    domain = names.one_step_domain()
    symmetric = d.apply(equal_overlaps, free, blocks=BLOCKS, domain=domain, name="equal overlaps")
    d.apply(
        blocks_of_one,
        free,
        symmetric,
        breakpoint_parameter=x,
        domain=domain,
        name="blocks of one replica",
    )
    return d


def saddle_equations() -> dict[sp.Symbol, Any]:
    """For q_1 and q_0 the means that they equal, for x the derivative that vanishes; all in q_0, q_1, x, beta and h."""
    free = _free_energy(Derivation("one-step free energy"))
    return saddle_point(free.result, BLOCKS, names.breakpoint_parameter)


def _free_energy(d: Derivation) -> Step:
    action = replica_action(d)
    a, b, *_ = names.slots
    divided = d.apply(
        one_step_action,
        action,
        overlap=names.overlap_matrix[a, b],
        conjugate=names.conjugate_matrix[a, b],
        blocks=BLOCKS,
        n_replicas=names.n_replicas,
        name="one-step action",
    )
    nested = d.apply(
        nested_fields,
        spin=names.spins,
        blocks=BLOCKS,
        variances=VARIANCES,
        field=names.site_field,
        name="nested Gaussian fields",
    )
    site = d.apply(one_step_site, divided, nested, blocks=BLOCKS, name="one-site sum by nested fields")
    inside, between = (
        d.apply(block_conjugate, site, overlap=q, conjugate=lam, name=f"conjugate {place} blocks")
        for q, lam, place in zip(BLOCKS.overlaps, BLOCKS.conjugates, ("inside", "between"), strict=True)
    )
    return d.apply(
        one_step_free_energy,
        site,
        inside,
        between,
        blocks=BLOCKS,
        sites=names.n_spins,
        inverse_temperature=names.inverse_temperature,
        continued=names.continued_replicas,
        breakpoint_parameter=names.breakpoint_parameter,
        name="one-step free energy",
    )
