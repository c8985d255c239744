"""The Crooks relation: a driven path, weighted by exp(-W), is as likely as its reverse."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.nonequilibrium import chain_oracles as oracles
from derivations.nonequilibrium.driven_paths import CONVENTIONS, RATIO, REFERENCES, T, driven_paths, left_side, t
from derivations.rules.path_means import at_exponent, in_free_energies, over_all_paths
from derivations.rules.reverse_work import work_distributions, work_taken_back
from theory.models import driven_chain as chain
from theory.statements import Definition

IDENTIFIER = "crooks-relation"
TITLE = "The Crooks relation"
SERVES: tuple[str, ...] = ()

x, g = chain.states, chain.factors
EXPONENT = sp.Symbol("u", real=True)
"""The variable of the generating functions of the work."""
POWER = 2
"""A value of it at which the oracle goes over every path."""


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction=(
            "For every single path, the probability to be driven along it is to that of its reverse as exp(W - dF) to "
            "one. Summed with any function of the path, this turns means over driven paths into means over reverse "
            "ones: the distributions of the work of both protocols determine each other and cross where W is the "
            "difference of the free energies."
        ),
        references=REFERENCES,
        conventions=(
            *CONVENTIONS,
            "A reverse path is written with the times of the forward one: the reverse chain starts at $x_T$.",
        ),
    )
    paths = driven_paths(d)
    laws: dict[str, Any] = {
        "sampled": paths.forward,
        "wanted": paths.reverse,
        "scale": RATIO,
        "paths": chain.over_paths,
    }
    difference = d.define(
        Definition(chain.free_energy_difference_name, chain.free_energy_difference()),
        name="free energy difference",
        reason="The free energy is minus the logarithm of the partition function.",
    )
    d.apply(
        in_free_energies,
        paths.weighted,
        difference,
        ratio=RATIO,
        domain=chain.balanced_with_zeros().extended(chain.path_set()),
        name="Crooks relation for one path",
    )
    functional = chain.steps_product(g[t, x[t - 1], x[t]])
    d.apply(
        over_all_paths,
        paths.weighted,
        **laws,
        functional=functional,
        domain=chain.balanced_with_zeros().extended({g: (-sp.oo, sp.oo)}),
        name="means of functions of the path",
    )
    work = d.define(
        Definition(chain.work_name, chain.work()),
        name="work",
        reason="In each step the energy changes at the state that was reached.",
    )
    taken_back = d.apply(
        work_taken_back,
        work,
        last=T,
        domain=chain.driven().extended(chain.path_set()),
        name="work of the reverse protocol",
    )
    generating = d.apply(
        work_distributions,
        paths.weighted,
        work,
        taken_back,
        **laws,
        exponent=EXPONENT,
        domain=chain.balanced_with_zeros().extended({EXPONENT: (-sp.oo, sp.oo)}),
        name="distributions of both works",
    )
    d.apply(
        at_exponent,
        generating,
        exponent=EXPONENT,
        value=sp.Integer(POWER),
        domain=chain.reversible(),
        oracle=lambda found: oracles.reverse_mean_of_work(left_side(found), chain.reversible(), POWER),
        name="a moment of both works under detailed balance",
    )
    return d
