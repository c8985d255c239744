r"""Laws of the paths of a driven system, and of the work along them, in units of k_B T.

A path omega is one of n, whatever its steps are: the paths of a chain with s states and T steps are n = s^(T + 1). The
law of the forward paths is any positive one; that of the reverse paths is what Crooks' relation
p_r = p_f exp(-(W - \Delta F)) says. Source: G. E. Crooks, Physical Review E 61, 2361 (2000).
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.sums import Sigma
from theory.symbols import family

n_paths = sp.Symbol("n", integer=True, positive=True)
path = sp.Symbol("omega", integer=True)
weights = family("r", positive=True)
"""Of the law of the forward paths, up to a factor."""
work = family("W", real=True)
forward, reverse = family("p_f", positive=True), family("p_r", positive=True)
observable = family("f", real=True)
free_energy_name = sp.Symbol("\\Delta F", real=True)
dissipation_name, reverse_dissipation_name = sp.symbols("W_dis W_dis'", real=True)
spread_name = sp.Symbol("v_rel", real=True)
"""The variance of the weights over the square of their mean."""

inverse_temperature = sp.Symbol("beta", positive=True)
value = sp.Symbol("W", real=True)
"""Of the work."""
mean = sp.Symbol("mu", real=True)
variance = sp.Symbol("s", positive=True)
deviation = sp.Symbol("z", real=True)

energies = family("E", real=True)
features = family("phi", real=True)
"""What the control parameter multiplies in the energy."""
control, step = sp.symbols("lambda delta", real=True)
state = sp.Symbol("x", integer=True)
n_steps = sp.Symbol("T", integer=True, positive=True)
time = sp.Symbol("t", integer=True)
slopes = family("m", real=True)
"""Mean features in equilibrium at the times of a protocol."""
spent, back = family("D", real=True), family("B", nonnegative=True)
"""Relative entropies of the laws before and after each step, and in the other order."""
shift, width = sp.symbols("h v", positive=True)
stiffening = sp.Symbol("kappa", positive=True)
"""The final stiffness of a trap over the initial one."""
annealed_spread, importance_spread = sp.symbols("v_AIS v_IS", real=True)
"""Relative variances of the weights: of annealed importance sampling, and of importance sampling."""


def over_paths(summand: Any) -> Any:
    """The sum over all paths."""
    return Sigma(summand, (path, 1, n_paths))


def paths_domain() -> Domain:
    """Any law of the forward paths and any works."""
    w = path
    boltzmann = weights[w] * sp.exp(-work[w])
    sets: dict[Any, Any] = {
        n_paths: sp.Range(1, sp.oo),
        weights: (0, sp.oo),
        work: sp.S.Reals,
        forward: (0, sp.oo),
        reverse: (0, sp.oo),
        observable: sp.S.Reals,
    }
    return Domain(
        sets,
        [sp.Eq(reverse[w], boltzmann / over_paths(boltzmann)), sp.Eq(forward[w], weights[w] / over_paths(weights[w]))],
    )


def exponential_mean(scale: Any = 1) -> Any:
    """The mean over the forward paths of exp(-W)."""
    return over_paths(forward[path] * sp.exp(-scale * work[path]))


def gaussian_domain() -> Domain:
    """Gaussian laws of the work."""
    reals = dict.fromkeys((value, mean), sp.S.Reals)
    return Domain({**reals, variance: (0, sp.oo), inverse_temperature: (0, sp.oo)})


def partition_function(at: Any) -> Any:
    """Of energies that are linear in the control parameter."""
    return Sigma(sp.exp(-energies[state] - at * features[state]), (state, 1, n_paths))


def equilibrium(at: Any) -> Any:
    """The Boltzmann law of a state there."""
    return sp.exp(-energies[state] - at * features[state]) / partition_function(at)


def mean_feature(at: Any, power: int = 1) -> Any:
    """Of the slope of the energy, in equilibrium there."""
    return Sigma(equilibrium(at) * features[state] ** power, (state, 1, n_paths))


def control_domain() -> Domain:
    """Any energies that are linear in the control parameter, and any step of it."""
    reals = dict.fromkeys((energies, features, control), sp.S.Reals)
    return Domain({n_paths: sp.Range(1, sp.oo), **reals, step: (-1, 1)})


def protocol_domain() -> Domain:
    """Any number of steps, with what each step spends."""
    sets: dict[Any, Any] = {n_steps: sp.Range(1, sp.oo), slopes: sp.S.Reals, spent: sp.S.Reals}
    sets[back] = sp.Interval(0, sp.oo)
    t = time
    return Domain(sets, [sp.Eq(spent[t], (slopes[t - 1] - slopes[t]) / n_steps - back[t])])
