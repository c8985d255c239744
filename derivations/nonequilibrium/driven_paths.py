"""The laws of the paths of a driven chain, forward and reverse, and the weight of one against the other: the work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.graph import Reference
from derivations.engine.rule import Inference
from derivations.engine.step import Step
from derivations.rules.detailed_balance import balance, heat_of_steps
from derivations.rules.path_means import weighted_law
from derivations.rules.path_weights import importance_weight
from derivations.rules.telescoped_work import telescoped
from theory.models import driven_chain as chain
from theory.statements import Definition

PAPER = "bahri2020statistical"
T, n, t, a, b = chain.n_steps, chain.n_states, chain.t, chain.a, chain.b
E, K, R = chain.energies, chain.kernel, chain.reverse_kernel
RATIO = chain.partition_function(T) / chain.partition_function(0)

REFERENCES = (
    Reference(
        key=PAPER,
        citation="Y. Bahri, J. Kadmon, J. Pennington, S. S. Schoenholz, J. Sohl-Dickstein, S. Ganguli, Statistical "
        "mechanics of deep learning, Annu. Rev. Condens. Matter Phys. 11, 501 (2020)",
    ),
    Reference(
        key="jarzynski1997nonequilibrium",
        citation="C. Jarzynski, Nonequilibrium equality for free energy differences, Phys. Rev. Lett. 78, 2690 (1997)",
    ),
    Reference(
        key="crooks1999entropy",
        citation="G. E. Crooks, Entropy production fluctuation theorem and the nonequilibrium work relation for free "
        "energy differences, Phys. Rev. E 60, 2721 (1999)",
    ),
    Reference(
        key="neal2001annealed", citation="R. M. Neal, Annealed importance sampling, Stat. Comput. 11, 125 (2001)"
    ),
)
CONVENTIONS = (
    "Energies and work are in units of $k_B T$. $E_{t a}$ is $E(a; \\lambda(t))$; the states are $1, \\ldots, n$ and "
    "the times $0, \\ldots, T$.",
    "Step $t$ leads from $x_{t-1}$ to $x_t$ by the kernel of $\\lambda(t-1)$; then $\\lambda(t-1)$ becomes "
    "$\\lambda(t)$. $K_{t a b}$ leads from a to b, $B_{t b a}$ back from b to a.",
    "Where a step asks something of the kernels, they are written by free weights $S$: what is claimed for all $S$ is "
    "claimed for all such kernels, also those with steps that are never taken.",
)


def serving(*numbers: int | str) -> tuple[str, ...]:
    """Names of printed equations."""
    return tuple(f"{PAPER}:{number}" for number in numbers)


def left_side(inference: Inference) -> Any:
    """The left side of the claim that an inference computed."""
    return getattr(inference.statement, "left", None)


@dataclass(frozen=True, kw_only=True)
class DrivenPaths:
    """Steps about one path.

    Attributes
    ----------
    forward, reverse
        The two laws.
    ratio
        Reverse law over forward law, for any two kernels.
    balance
        The kernels in balance with each other.
    work
        The ratio by the work along the path, for kernels in balance.
    weighted
        The forward law times exp(-W) as the reverse law; its result is exp(-W).
    """

    forward: Step
    reverse: Step
    ratio: Step
    balance: Step
    work: Step
    weighted: Step


def driven_paths(d: Derivation) -> DrivenPaths:
    """Add the steps about one path to a derivation."""
    every_path = chain.balanced().extended(chain.path_set())
    places = {t: sp.S.Integers, a: sp.Range(1, n + 1), b: sp.Range(1, n + 1)}
    d.define(
        Definition(chain.partition_function_name[t], chain.partition_function(t)),
        name="partition function",
        reason="The sum of the Boltzmann weights at one value of the control parameter.",
    )
    forward = d.define(
        Definition(chain.forward_name, chain.forward_law()),
        name="forward law",
        reason="The first state is drawn from equilibrium at $\\lambda(0)$, the others by the forward kernels.",
    )
    reverse = d.define(
        Definition(chain.reverse_name, chain.reverse_law()),
        name="reverse law",
        reason="The last state is drawn from equilibrium at $\\lambda(T)$, those before it by the reverse kernels.",
    )
    ratio = d.apply(
        importance_weight,
        forward,
        reverse,
        domain=chain.driven().extended(chain.path_set()),
        name="weight of a path",
    )
    balanced = d.apply(
        balance,
        weight=sp.exp(-E[t, a]),
        forward=K[t, a, b],
        backward=R[t, b, a],
        domain=chain.balanced().extended(places),
        name="kernels in balance",
    )
    heat = d.apply(heat_of_steps, ratio, balanced, domain=every_path, name="weight of a path by energies")
    work = d.apply(telescoped, heat, domain=every_path, name="weight of a path by the work")
    weighted = d.apply(
        weighted_law,
        work,
        sampled=forward,
        wanted=reverse,
        scale=RATIO,
        domain=chain.balanced_with_zeros().extended(chain.path_set()),
        name="weighted forward law",
    )
    return DrivenPaths(forward=forward, reverse=reverse, ratio=ratio, balance=balanced, work=work, weighted=weighted)
