"""The Jarzynski equality and annealed importance sampling: the mean of exp(-W) is the ratio of partition functions.

Equations (15) and (16) of Bahri et al. (2020), for any number of states and steps, with what must hold for them.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.step import Step
from derivations.nonequilibrium import chain_oracles as oracles
from derivations.nonequilibrium.driven_paths import (
    CONVENTIONS,
    RATIO,
    REFERENCES,
    DrivenPaths,
    K,
    R,
    T,
    a,
    b,
    driven_paths,
    left_side,
    n,
    serving,
    t,
)
from derivations.rules.detailed_balance import invariance
from derivations.rules.path_means import (
    in_free_energies,
    kernels_with_currents,
    over_all_paths,
    sum_put_in,
    under_detailed_balance,
)
from derivations.rules.path_weights import importance_weight
from derivations.rules.summed_paths import states_summed_over
from theory.models import driven_chain as chain
from theory.statements import Definition
from theory.sums import Inside

IDENTIFIER = "jarzynski-equality"
TITLE = "The Jarzynski equality and annealed importance sampling"
CLAIMS = tuple(f"claim:6.4.1{letter}" for letter in "acef")
SERVES = serving(15, 16, *CLAIMS)

x, f, q = chain.states, chain.observable, chain.initial_law
START = sp.Symbol("m", integer=True, positive=True)
"""The chain starts in one of the states 1, ..., m only."""


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction=(
            "A system in equilibrium is driven out of it in finitely many steps. The mean of exp(-W) over its paths "
            "is nevertheless fixed by equilibrium free energies. Each path of the driven chain is compared with the "
            "same path taken backwards; annealed importance sampling draws the paths to learn the ratio of partition "
            "functions. Only the first state must be drawn from equilibrium; the kernels must leave the equilibrium of "
            "their own time invariant, but need be neither reversible nor long enough to come close to it."
        ),
        references=REFERENCES,
        conventions=CONVENTIONS,
    )
    paths = driven_paths(d)
    normalized = _normalizations(d, paths)
    _any_kernels(d, paths, normalized)
    _conditions(d, paths)
    _continuum(d)
    _work(d, paths, normalized)
    return d


def _normalizations(d: Derivation, paths: DrivenPaths) -> Step:
    d.apply(
        states_summed_over,
        paths.forward,
        row=(K[t, a, b], b, n),
        start=x[0],
        paths=chain.over_paths,
        domain=chain.normalized(),
        name="the forward law is normalized",
    )
    return d.apply(
        states_summed_over,
        paths.reverse,
        row=(R[t, b, a], a, n),
        start=x[T],
        paths=chain.over_paths,
        domain=chain.unrelated(),
        name="the reverse law is normalized",
    )


def _any_kernels(d: Derivation, paths: DrivenPaths, normalized: Step) -> None:
    """The first form of (16): no balance is needed, only positive probabilities."""
    laws: dict[str, Any] = {"sampled": paths.forward, "wanted": paths.reverse}
    summed = d.apply(
        over_all_paths,
        paths.ratio,
        **laws,
        scale=sp.S.One,
        paths=chain.over_paths,
        domain=chain.unrelated(),
        name="mean of the weights",
    )
    d.apply(
        sum_put_in,
        summed,
        normalized,
        domain=chain.unrelated(),
        name="the mean weight is one",
        serves=serving(16),
    )
    start = d.define(
        Definition(sp.Symbol("p_q", real=True), chain.forward_law(q[x[0]])),
        name="law of paths from another start",
        reason="The first state may be drawn from any law that gives every state a chance.",
    )
    domain = chain.unrelated().extended({q: (0, sp.oo)})
    other = d.apply(
        importance_weight,
        start,
        paths.reverse,
        domain=domain.extended(chain.path_set()),
        name="weight of a path from another start",
    )
    mean = d.apply(
        over_all_paths,
        other,
        sampled=start,
        wanted=paths.reverse,
        scale=sp.S.One,
        paths=chain.over_paths,
        domain=domain,
        name="mean of the weights from another start",
    )
    d.apply(sum_put_in, mean, normalized, domain=domain, name="the mean weight from another start is one")


def _work(d: Derivation, paths: DrivenPaths, normalized: Step) -> None:
    summed = d.apply(
        over_all_paths,
        paths.weighted,
        sampled=paths.forward,
        wanted=paths.reverse,
        scale=RATIO,
        paths=chain.over_paths,
        domain=chain.balanced_with_zeros(),
        name="sum of the weighted paths",
    )
    d.apply(
        invariance, paths.balance, n_states=n, domain=chain.invariant(), name="kernels that leave equilibrium invariant"
    )
    mean = d.apply(
        sum_put_in,
        summed,
        normalized,
        domain=chain.invariant(),
        name="mean of exp(-W)",
        serves=serving(16),
    )
    d.apply(
        under_detailed_balance,
        mean,
        domain=chain.reversible(),
        oracle=lambda found: oracles.mean_of_work(left_side(found), chain.reversible()),
        name="mean of exp(-W) under detailed balance",
    )
    d.apply(
        kernels_with_currents,
        mean,
        domain=chain.stationary(),
        oracle=lambda found: oracles.mean_of_work(left_side(found), chain.stationary(), current=True),
        name="mean of exp(-W) without detailed balance",
    )
    difference = d.define(
        Definition(chain.free_energy_difference_name, chain.free_energy_difference()),
        name="free energy difference",
        reason="The free energy is minus the logarithm of the partition function.",
    )
    d.apply(
        in_free_energies,
        mean,
        difference,
        ratio=RATIO,
        domain=chain.invariant(),
        name="Jarzynski equality",
        serves=serving(15, *CLAIMS),
    )


def _conditions(d: Derivation, paths: DrivenPaths) -> None:
    """What the last state and the first one have to do with equilibrium."""
    laws: dict[str, Any] = {
        "sampled": paths.forward,
        "wanted": paths.reverse,
        "scale": RATIO,
        "paths": chain.over_paths,
    }
    domain = chain.invariant().extended({f: (-sp.oo, sp.oo)})
    last = d.apply(
        states_summed_over,
        paths.reverse,
        row=(R[t, b, a], a, n),
        start=x[T],
        functional=f[x[T]],
        paths=chain.over_paths,
        domain=chain.unrelated().extended({f: (-sp.oo, sp.oo)}),
        name="last state of the reverse law",
    )
    weighted = d.apply(
        over_all_paths,
        paths.weighted,
        **laws,
        functional=f[x[T]],
        domain=chain.balanced_with_zeros().extended({f: (-sp.oo, sp.oo)}),
        name="weighted mean of a function of the last state",
    )
    d.apply(sum_put_in, weighted, last, domain=domain, name="weighted last states are those of equilibrium")
    d.apply(
        over_all_paths,
        paths.weighted,
        **laws,
        functional=Inside(x[0], 1, START),
        domain=chain.balanced_with_zeros().extended({START: sp.Range(1, n + 1)}),
        name="a start in a part of the states",
    )


def _continuum(d: Derivation) -> None:
    d.postulate(
        "sums over states as integrals",
        "For states of a continuum, with Boltzmann weights of finite integral and kernels that have densities, the "
        "same equations hold with integrals for the sums over states.",
        justification="Weights, balance and telescoping are statements about one path and know nothing of sums. Every "
        "integrand is nonnegative, so the states may be integrated over one after the other, in any order (Tonelli).",
        test="The dragged and the stiffened oscillator, whose distribution of work is known in closed form.",
    )
