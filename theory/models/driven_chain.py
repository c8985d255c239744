r"""A Markov chain with finitely many states, driven by a protocol: energies, kernels, laws of its paths, and the work.

The states are 1, ..., n. ``E[t, a]`` is the energy E(a; lambda(t)) of state a while the control parameter has its value
of time t, in units of k_B T. Step t leads from ``x[t - 1]`` to ``x[t]`` by the kernel of time t - 1: ``K[t - 1, a, b]``
is the probability to go from a to b. Then the control parameter moves from lambda(t - 1) to lambda(t). The reverse
chain goes from b to a with the probability ``B[t - 1, b, a]``. Source: Bahri et al. (2020), section 6.4.1.

The domains say what is assumed of the kernels. Each is parametrized by families that are free, so that its points can
be drawn exactly. Every kernel that has the property is of the form of ``normalized``, ``balanced_with_zeros`` or
``invariant``, forbidden steps included. Where their formulas give negative entries there is no kernel, but an equality
may be claimed there too. The kernels of ``reversible`` and ``stationary`` are positive: every positive kernel in
detailed balance, and examples without it.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.paths import PathSum
from theory.sums import Sigma
from theory.symbols import family

n_states = sp.Symbol("n", integer=True, positive=True)
n_steps = sp.Symbol("T", integer=True, nonnegative=True)
t, a, b, c = sp.symbols("t a b c", integer=True)

states = family("x", integer=True)
energies = family("E", real=True)
kernel = family("K", real=True)
reverse_kernel = family("B", real=True)
flows = family("S", real=True)
"""Of free weights: ``S[t, a, b]`` belongs to the step from a to b."""

ANY_FLOWS = {flows: sp.Interval(0, sp.oo)}
"""Steps may have no weight."""

initial_law = family("q", positive=True)
observable = family("f", real=True)
factors = family("g", real=True)
"""``g[t, a, b]``: a factor of a functional of the path for the step from a to b that ends at time t."""

# Names of results.
partition_function_name = family("Z", positive=True)
work_name = sp.Symbol("W", real=True)
forward_name, reverse_name = sp.symbols("p_f p_r", real=True)
free_energy_difference_name = sp.Symbol("\\Delta F", real=True)


def partition_function(time: Any) -> Any:
    """Z of the energies of one time."""
    return Sigma(sp.exp(-energies[time, c]), (c, 1, n_states))


def boltzmann(time: Any, state: Any) -> Any:
    """The probability of a state in equilibrium at one time."""
    return sp.exp(-energies[time, state]) / partition_function(time)


def steps_product(factor: Any) -> Any:
    """The product over the steps t = 1, ..., T of what depends on ``t``."""
    return sp.Product(factor, (t, 1, n_steps))


def forward_steps() -> Any:
    """The probability of the steps of a path, given its first state."""
    return steps_product(kernel[t - 1, states[t - 1], states[t]])


def reverse_steps(reverse: Any = reverse_kernel) -> Any:
    """The probability of the steps of a path taken backwards, given its last state."""
    return steps_product(reverse[t - 1, states[t], states[t - 1]])


def forward_law(start: Any = None) -> Any:
    """The probability of a path that starts in equilibrium, or by another law ``start(x[0])``."""
    first = boltzmann(sp.S.Zero, states[0]) if start is None else start
    return first * forward_steps()


def reverse_law(reverse: Any = reverse_kernel) -> Any:
    """The probability of a path of the reverse chain, which starts in equilibrium at time T."""
    return boltzmann(n_steps, states[n_steps]) * reverse_steps(reverse)


def work_steps() -> Any:
    """The work of each step: the change of the energy at the state that was reached, by the change of lambda."""
    return energies[t, states[t]] - energies[t - 1, states[t]]


def work() -> Any:
    """The work along a path, in units of k_B T."""
    return Sigma(work_steps(), (t, 1, n_steps))


def free_energy_difference() -> Any:
    """-log Z_T + log Z_0, in units of k_B T."""
    return sp.log(partition_function(0)) - sp.log(partition_function(n_steps))


def over_paths(body: Any) -> PathSum:
    """The sum over all paths x[0], ..., x[T]."""
    return PathSum(body, states, n_states, (t, 0, n_steps))


def path_set() -> dict[Any, Any]:
    """The states of one path, for claims about every path."""
    return {states: sp.Range(1, n_states + 1)}


def driven(*constraints: Any) -> Domain:
    """Any energies and positive kernels, and what the constraints say of them; the flows are any positive numbers."""
    sets = {n_states: sp.Range(1, sp.oo), n_steps: sp.Range(0, sp.oo), energies: (-sp.oo, sp.oo)}
    return Domain({**sets, flows: (0, sp.oo), kernel: (0, sp.oo), reverse_kernel: (0, sp.oo)}, constraints)


def normalized() -> Domain:
    """Any forward kernel whose rows sum to one: what is left of a row stays where it is."""
    left = 1 - Sigma(flows[t, a, c], (c, 1, n_states))
    return driven(sp.Eq(kernel[t, a, b], flows[t, a, b] + sp.KroneckerDelta(a, b) * left)).extended(ANY_FLOWS)


def unrelated() -> Domain:
    """Any positive forward kernel, and any reverse kernel whose rows sum to one."""
    return driven(sp.Eq(reverse_kernel[t, b, a], _row_of_reverse())).extended(ANY_FLOWS)


def balanced() -> Domain:
    """Positive kernels in balance: exp(-E[a]) K[a, b] = exp(-E[b]) B[b, a]; their rows may sum to anything."""
    return driven(
        sp.Eq(kernel[t, a, b], flows[t, a, b] * sp.exp(energies[t, a])),
        sp.Eq(reverse_kernel[t, b, a], flows[t, a, b] * sp.exp(energies[t, b])),
    )


def balanced_with_zeros() -> Domain:
    """As ``balanced``, with steps that neither chain can take."""
    return balanced().extended(ANY_FLOWS)


def invariant() -> Domain:
    """Kernels in balance with each other, where the rows of the reverse one sum to one.

    That is all of what invariance says: the sum of exp(-E[a]) K[a, b] over a is exp(-E[b]).
    """
    back = reverse_kernel[t, b, a]
    return driven(
        sp.Eq(kernel[t, a, b], back * sp.exp(energies[t, a] - energies[t, b])), sp.Eq(back, _row_of_reverse())
    ).extended(ANY_FLOWS)


def _row_of_reverse() -> Any:
    """Entries from b to a that sum to one over a."""
    left = 1 - Sigma(flows[t, c, b], (c, 1, n_states))
    return flows[t, a, b] + sp.KroneckerDelta(a, b) * left


def reversible() -> Domain:
    """One kernel in detailed balance, whose rows sum to one: exp(-E[a]) K[a, b] is any symmetric matrix."""
    total = Sigma(flows[t, a, c] + flows[t, c, a], (c, 1, n_states))
    return driven(
        sp.Eq(reverse_kernel[t, a, b], kernel[t, a, b]),
        sp.Eq(kernel[t, a, b], (flows[t, a, b] + flows[t, b, a]) * sp.exp(energies[t, a])),
        sp.Eq(energies[t, a], -sp.log(total)),
    )


def stationary() -> Domain:
    """Kernels that leave exp(-E) invariant, both with rows that sum to one, without detailed balance.

    A symmetric flow and a current ``S[t, 0, 0]`` around the ring 1, 2, ..., n, 1.
    """
    ring = sp.KroneckerDelta(b, a + 1) + sp.KroneckerDelta(a, n_states) * sp.KroneckerDelta(b, 1)
    flow = flows[t, a, b] + flows[t, b, a] + flows[t, 0, 0] * ring
    total = flows[t, 0, 0] + Sigma(flows[t, a, c] + flows[t, c, a], (c, 1, n_states))
    return driven(
        sp.Eq(reverse_kernel[t, b, a], kernel[t, a, b] * sp.exp(energies[t, b] - energies[t, a])),
        sp.Eq(kernel[t, a, b], flow * sp.exp(energies[t, a])),
        sp.Eq(energies[t, a], -sp.log(total)),
    )
