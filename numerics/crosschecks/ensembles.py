"""The untrained networks that are sampled, at widths that grow in fixed proportion, and the theories of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from numerics.chain import layer_chain
from numerics.ensemble import ensemble_critical_temperature
from numerics.large_layer import ResolventEquations, edge, resolvent_equations
from numerics.networks.initialization import sample_weights


@dataclass(frozen=True, kw_only=True)
class UntrainedEnsemble:
    """Layer sizes in fixed proportion, and the variances of the weights.

    Attributes
    ----------
    name
        In the identifiers of comparisons.
    proportions
        Layer sizes at width 1.
    weight_variances
        C_1 to C_L.
    """

    name: str
    proportions: tuple[int, ...]
    weight_variances: tuple[float, ...]

    def layer_sizes(self, width: int) -> tuple[int, ...]:
        """N_0 to N_L."""
        return tuple(width * p for p in self.proportions)

    def n_spins(self, width: int) -> int:
        """All spins of a network."""
        return sum(self.layer_sizes(width))

    @property
    def critical_temperature(self) -> float:
        """Of the ensemble, in the limit of large layers."""
        return ensemble_critical_temperature(self.proportions, self.weight_variances)

    def weights(self, width: int, seed: int, member: int) -> tuple[np.ndarray, ...]:
        """Weights of one network, fixed by the run's seed and the network's number."""
        return sample_weights(self.layer_sizes(width), self.weight_variances, self._generator(width, seed, member))

    def _generator(self, width: int, seed: int, member: int) -> Generator:
        return np.random.default_rng([seed, *self.name.encode(), width, member])


@dataclass(frozen=True, kw_only=True)
class RivalTemperature:
    """A wrong theory of the critical temperature."""

    name: str
    temperature: Callable[[UntrainedEnsemble], float]


def _without_reaction(ensemble: UntrainedEnsemble) -> float:
    """Where I - beta J becomes singular: the largest eigenvalue of J in large layers."""
    chain = layer_chain(ensemble.proportions, ensemble.weight_variances)
    return 1 - edge(without_reaction(resolvent_equations(chain, 1.0))).least_eigenvalue


def without_reaction(equations: ResolventEquations) -> ResolventEquations:
    """The equations of I - beta J: the same bonds, a unit diagonal."""
    return ResolventEquations(diagonal=np.ones_like(equations.diagonal), coupling=equations.coupling)


def _one_layer_fewer(ensemble: UntrainedEnsemble) -> float:
    """L + 1 in place of L + 2 in the closed form of equal layers: a chain that has lost a layer."""
    return ensemble_critical_temperature(ensemble.proportions[1:], ensemble.weight_variances[1:])


def _variance_by_outputs(ensemble: UntrainedEnsemble) -> float:
    return ensemble_critical_temperature(ensemble.proportions, variances_by_outputs(ensemble))


def variances_by_outputs(ensemble: UntrainedEnsemble) -> tuple[float, ...]:
    """The C_k that a variance C_k / N_k would amount to, in our convention C_k / N_{k-1}."""
    sizes = ensemble.proportions
    return tuple(c * sizes[k] / sizes[k + 1] for k, c in enumerate(ensemble.weight_variances))


NO_REACTION = RivalTemperature(name="Onsager reaction term dropped (M = beta J)", temperature=_without_reaction)
ONE_LAYER_FEWER = RivalTemperature(name="L + 1 in place of L + 2", temperature=_one_layer_fewer)
BY_OUTPUTS = RivalTemperature(name="variance C_k / N_k in place of C_k / N_(k-1)", temperature=_variance_by_outputs)

THREE_EQUAL = UntrainedEnsemble(name="three-equal-layers", proportions=(1, 1, 1), weight_variances=(1.0, 1.0))
FIVE_EQUAL = UntrainedEnsemble(name="five-equal-layers", proportions=(1,) * 5, weight_variances=(1.0,) * 4)
FOUR_UNEQUAL = UntrainedEnsemble(name="four-unequal-layers", proportions=(4, 2, 1, 2), weight_variances=(2.0, 1.0, 0.5))
