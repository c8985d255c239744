"""Distributions over the parameters of a network: how they move, their entropy, and the wave function made of them.

Distributions p are functions of K parameters Q_k, at one inverse temperature or at one time; the free energy F is any
function of the parameters. Source: V. Vanchurin, Towards a theory of machine learning (2020), sections 8 and 11.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.models import learning
from theory.symbols import family

learning_strength = learning.learning_strength
normalization = sp.Symbol("M", positive=True)
"""Of the entropy: the unit of volume is its inverse."""
time = sp.Symbol("t", real=True)
diffusion = sp.Symbol("D", positive=True)
REAL, POSITIVE = (-sp.oo, sp.oo), (0, sp.oo)

density_rate, continuity_rate, diffusion_rate = sp.symbols(r"\dot{p} \dot{p}_c \dot{p}_D", real=True)
"""Rates of the distribution: carried as (8.1) has it, carried with its mass, diffusing."""
probability_source = sp.Symbol("n", real=True)
"""A density whose integral is the rate of the total probability."""
entropy_density = sp.Symbol("sigma", real=True)
entropy_rate, local_entropy_rate, normalized_entropy_rate = sp.symbols(
    r"\dot{\sigma} \dot{\sigma}_Q \dot{\sigma}_n", real=True
)
"""Rates of the entropy density: as it is, by its own gradient, and less what a changing total probability adds."""
printed_production = sp.Symbol("s_n", real=True)
entropy_production, continuity_entropy_rate, continuity_production = sp.symbols(r"s \dot{\sigma}_c s_c", real=True)
"""What their integrals are after integration by parts."""
carried_rate = sp.Symbol(r"\dot{\sigma}_F", real=True)
"""Of any density that is carried along as a function."""
network_slope = sp.Symbol(r"\dot{Q}", real=True)
"""The rate of a parameter."""
diffusion_entropy_rate, entropy_term = sp.symbols(r"\dot{\sigma}_D s_D", real=True)

action_density, gradient_action, amplitude_action = sp.symbols("L L_1 L_2", real=True)
"""Of (11.6), and of the first and second line of (11.7)."""
wave_action, polar_action, phase_action = sp.Symbol("L_3"), sp.Symbol("L_p"), sp.Symbol("L_4", real=True)
"""Of its third line: by the wave function, with an imaginary part by distribution and phase, and without it."""
independent_action = sp.Symbol("L_Psi")
"""The same in a wave function and a conjugate that vary independently."""
free_action, fixed_action, constrained_action = sp.symbols("L_0 L_5 L_Phi", real=True)
"""With the entropy of any distribution, whether or not it diffuses; the entropy in it; of one constraint."""
normed_action, constrained_wave_action = sp.symbols("L_6 L_7", real=True)
"""With a multiplier of the norm; with one constraint of the phase apart."""
norm_multiplier: Any = sp.Function("mu", real=True)(time)
phase_energy = sp.Symbol("Delta", real=True)
"""The third line of (11.7) less the second."""
stationary_phase_rate, wave_phase_rate, wave_density_rate = sp.symbols(
    r"\dot{\theta}_2 \dot{\theta}_3 \dot{p}_3", real=True
)
"""Where the second line is stationary; and as the wave function moves."""
wave_rate = sp.Symbol(r"\dot{\Psi}")
osmotic_density_rate = sp.Symbol(r"\dot{p}_\theta", real=True)
osmotic_phase = sp.Symbol(r"\theta_D", real=True)
"""The phase whose gradient carries a distribution as diffusion does."""
equilibrium_slope, constraint_on_manifold = sp.symbols(r"\dot{Q}_0 \Theta_0", real=True)
constraint_mean, constraint_drift = sp.symbols(r"m \dot{m}", real=True)
"""The mean of a constraint, and a density whose integral is its rate while the distribution diffuses."""
multiplier_slope = sp.Symbol("E_Phi", real=True)
"""What varying a multiplier gives, before the integral over the parameters."""
wave_value = sp.Symbol("Psi")
constraint = sp.Function("Theta", real=True)
multiplier: Any = sp.Function("Phi", real=True)(time)
density_value = sp.Symbol("p", positive=True)
phase_slope = sp.Symbol(r"\theta_Q", real=True)
"""The distribution at one place, and the slope of the phase by one parameter there."""

n_constraints = sp.Symbol("n", integer=True, positive=True)
place = sp.Symbol("k", integer=True)
CONSTRAINTS = (place, sp.Integer(1), n_constraints)
multipliers, constraint_values, constraint_slopes, multiplier_rates = (
    family(name, real=True) for name in ("Phi", "Theta", r"\dot{\Theta}", r"\dot{\Phi}")
)
"""At one time and place: the multipliers, the constraints, their derivatives by one parameter, by time."""
superposed_phase, superposed_rate, superposed_slope = sp.symbols(r"\theta \dot{\theta} \theta_Q", real=True)
superposed_energy = sp.Symbol(r"\Delta_\Phi", real=True)

variance = sp.Symbol("a", positive=True)
"""Of a Gaussian at time 0."""
packet_variance, diffusion_variance = sp.symbols("v_3 v_D", positive=True)


@dataclass(frozen=True)
class Parameters:
    """K parameters of a network, and fields over them.

    With ``number`` 1 the parameter stands for any one of K: in the sums over parameters of these densities a term holds
    derivatives by one parameter only, the others are held fixed in it, and what is a derivative by it in each term is a
    divergence in the sum.
    """

    number: int

    def __post_init__(self) -> None:
        if self.number < 1:
            raise ValueError(f"a network has one parameter or more; found {self.number}")

    @cached_property
    def coordinates(self) -> tuple[sp.Symbol, ...]:
        """The parameters."""
        if self.number == 1:
            return (sp.Symbol("Q", real=True),)
        return tuple(sp.Symbol(f"Q_{k}", real=True) for k in range(1, self.number + 1))

    @property
    def spacetime(self) -> tuple[sp.Symbol, ...]:
        """Time, and the parameters."""
        return (time, *self.coordinates)

    @property
    def free_energy(self) -> Any:
        """The free energy at one temperature."""
        return sp.Function("F", real=True)(*self.coordinates)

    @property
    def network(self) -> tuple[Any, ...]:
        """Biases and weights of as many neurons as there are parameters, as functions of the first parameter."""
        places = range(1, self.number + 1)
        names = [*(f"b_{i}" for i in places), *(f"w_{{{i}{j}}}" for i in places for j in places)]
        return tuple(sp.Function(name, real=True)(self.coordinates[0]) for name in names)

    @property
    def carried_density(self) -> Any:
        """Any density at one temperature."""
        return sp.Function("sigma", real=True)(*self.coordinates)

    @property
    def distribution(self) -> Any:
        """The distribution at one temperature."""
        return sp.Function("p", positive=True)(*self.coordinates)

    @property
    def density(self) -> Any:
        """The distribution over time."""
        return sp.Function("p", positive=True)(*self.spacetime)

    @property
    def phase(self) -> Any:
        """A fourth of the sum over all constraints of each times its multiplier."""
        return sp.Function("theta", real=True)(*self.spacetime)

    @property
    def local_constraint(self) -> Any:
        """One constraint."""
        return constraint(*self.coordinates)

    @property
    def multiplier_variation(self) -> Any:
        """A small change of a multiplier."""
        return sp.Function("zeta", real=True)(time)

    @property
    def variation(self) -> Any:
        """A small change of a field over time."""
        return sp.Function("eta", real=True)(*self.spacetime)

    @property
    def wave(self) -> tuple[Any, Any]:
        """The wave function and its conjugate, as fields that vary independently."""
        return (sp.Function("Psi")(*self.spacetime), sp.Function(r"\bar{\Psi}")(*self.spacetime))

    @property
    def polar_wave(self) -> tuple[Any, Any]:
        """The wave function by distribution and phase, and its conjugate."""
        root, turn = sp.sqrt(self.density), sp.exp(sp.I * self.phase)
        return root * turn, root / turn

    def laplacian(self, field: Any) -> Any:
        """The sum of the second derivatives."""
        return sp.Add(*(sp.Derivative(field, (q, 2)) for q in self.coordinates))

    def product(self, one: Any, other: Any) -> Any:
        """The scalar product of two gradients."""
        return sp.Add(*(sp.Derivative(one, q) * sp.Derivative(other, q) for q in self.coordinates))

    def divergence(self, component: Callable[[Any], Any]) -> Any:
        """The divergence of the field with the given component for each parameter."""
        return sp.Add(*(sp.diff(component(q), q) for q in self.coordinates))

    @property
    def at_one_temperature(self) -> dict[str, Any]:
        """Fields, coordinates and domain of densities at one temperature."""
        domain = Domain({learning_strength: POSITIVE, normalization: POSITIVE, diffusion: POSITIVE})
        return {"fields": {self.distribution: POSITIVE}, "coordinates": self.coordinates, "domain": domain}

    @property
    def over_time(self) -> dict[str, Any]:
        """Fields, coordinates and domain of densities of an action."""
        fields = {self.density: POSITIVE, self.phase: REAL}
        return {"fields": fields, "coordinates": self.spacetime, "domain": Domain({diffusion: POSITIVE})}


def constraint_domain() -> Domain:
    """Any number of constraints with their multipliers, at one time and place."""
    families = (multipliers, constraint_values, constraint_slopes, multiplier_rates)
    sets = {n_constraints: sp.Range(1, sp.oo), diffusion: POSITIVE, density_value: POSITIVE}
    return Domain({**sets, **dict.fromkeys(families, REAL)})


def packet_domain() -> Domain:
    """A Gaussian of any width, which spreads in one parameter from time 0 on."""
    return Domain({diffusion: POSITIVE, variance: POSITIVE, time: POSITIVE, ONE.coordinates[0]: REAL})


ONE = Parameters(1)
"""Any one of K parameters."""
