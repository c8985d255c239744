"""A neural network as a statistical ensemble of its states: letters and domains of its thermodynamics.

The bulk loss of N neurons near their mean state is quadratic in the eigenvectors of G = (1 - f'w)^T (1 - f'w), with the
eigenvalues lambda_i; a local objective rewards each neuron by m x_i^2 / 2. Source: V. Vanchurin, Towards a theory of
machine learning (2020), sections 3 to 9.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.sums import Sigma
from theory.symbols import family

inverse_temperature = sp.Symbol("beta", positive=True)
n_neurons = sp.Symbol("N", integer=True, positive=True)
mass = sp.Symbol("m", real=True)
"""Strength of the local objective."""
i, j = sp.symbols("i j", integer=True)
state = family("x", real=True)
"""Components of the state in the eigenvectors of G."""
mean_state = family("a", real=True)
eigenvalues = family("lambda", positive=True)

component, shift = sp.symbols("y a", real=True)
eigenvalue = sp.Symbol("lambda", positive=True)
"""One component, its mean and its eigenvalue."""
other_eigenvalue = sp.Symbol("mu", positive=True)
"""That of the second group, where there are two."""
stiffness = sp.Symbol("kappa", positive=True)
"""What the window of the activation leaves of it against the local objective, 1 - beta m."""

bulk_loss, centered_loss = sp.symbols("H H_0", real=True)
partition_function = sp.Symbol("Z", positive=True)
full_log_partition = sp.Symbol(r"\log Z_a", real=True)
"""With the mean state."""
log_partition = sp.Symbol(r"\log Z", real=True)
free_energy = sp.Symbol("F", real=True)
average_loss = sp.Symbol("U", real=True)
total_entropy = sp.Symbol("S", real=True)

fraction = sp.Symbol("gamma", positive=True)
"""Of the eigenvalues that move together."""
log_eigenvalue = sp.Symbol("x", real=True)
root, log_root = sp.Symbol("s", positive=True), sp.Symbol("r", real=True)
"""The third root of the ratio of the two eigenvalues, and its logarithm."""
curvature, split_curvature = sp.symbols("D D_gamma", real=True)
"""Minus the Laplacian of the free energy in the eigenvalues: of any, and of two groups."""
n_first = sp.Symbol("n", integer=True, positive=True)
"""How many eigenvalues are in the first group."""
stationary_temperature = sp.Symbol("beta_s", positive=True)
extremum_of_a_third, extremum_of_few = sp.symbols("x_3 x_0", real=True)
"""The logarithm of the eigenvalue at the extremum beside 0: for a third of the eigenvalues, and for very few."""

bend_at_equal, bend_at_ratio = sp.symbols("B_1 B_s", real=True)
"""The second derivative of minus the Laplacian by the logarithm, at equal eigenvalues and at a stationary ratio."""
turn_at_half, turn_at_meeting, fourth_at_half = sp.symbols("T_1 T_c Q_1", real=True)
meeting_root, share_of_way = sp.Symbol("c", positive=True), sp.Symbol("u", positive=True)
"""The third root of the ratio at which two extrema meet, and how far on the way from there."""
stationary_slope = sp.Symbol("T_r", real=True)
value_at_equal, value_far_below = sp.symbols("V_1 V_0", real=True)
gap_temperature = sp.Symbol("beta_gap", real=True)
"""At which the extremum of a small fraction lies at a given logarithm."""

thermal_free_energy: Any = sp.Function("A", real=True)(inverse_temperature)
"""Any function of the temperature."""
complexity = sp.Symbol("C", real=True)
"""Any function of weights and biases."""
factorized_log_partition = sp.Symbol(r"\log Z_f", real=True)
thermal_log_partition = sp.Symbol(r"\log Z_A", real=True)
equilibrium_free_energy, equilibrium_loss, equilibrium_entropy = sp.symbols("F_eq U_eq S_eq", real=True)
any_thermodynamic_entropy = sp.Symbol("S_0", real=True)
n_large = sp.Symbol("N_>", integer=True, positive=True)
"""How many eigenvalues are far above 1 / beta."""
large_free_energy, large_thermal_free_energy, large_complexity = sp.symbols("F_> A_> C_>", real=True)
large_loss, large_entropy, entropy_by_loss = sp.symbols("U_> S_> S_U", real=True)
loss_value = sp.Symbol("U", positive=True)
"""A value of the mean loss."""

learning_strength = sp.Symbol("alpha", positive=True)
earlier = sp.Symbol("t", positive=True)
"""An inverse temperature before beta."""
steady_laplacian = sp.Symbol(r"\Delta F", real=True)
growth, steady_growth, steady_integral = sp.symbols("g g_0 g_t", real=True)
"""The logarithm of the entropy density, less that at beta = 0."""
initial_density = sp.Symbol("sigma_0", positive=True)
"""At infinite temperature."""
grown_density, any_grown_density = sp.symbols("sigma_g sigma_D", real=True)
any_growth, any_curvature = sp.symbols("g_D D_any", real=True)
half_angle = sp.Symbol("varphi", positive=True)
"""A singular value of f'w is twice its hyperbolic sine."""
any_number = sp.Symbol("n", integer=True, nonnegative=True)
shallow_entries = family("G", real=True)
log_among_inputs, log_between, log_among_outputs = sp.symbols("ell_11 ell_12 ell_22", real=True)
"""Entries of log G in the singular directions of one singular value."""
first_trace, second_trace, third_trace, odd_trace = sp.symbols("t_1 t_2 t_3 t_odd", real=True)

NEURONS = (i, sp.Integer(1), n_neurons)
LARGE = (i, sp.Integer(1), n_large)
n_small = sp.Symbol("N_<", integer=True, positive=True)
"""How many eigenvalues are not."""
SMALL = (i, n_large + 1, n_large + n_small)
ratios = family("rho", positive=True)
"""Eigenvalues in units of the temperature, beta lambda_i."""
gap = sp.Symbol("K", positive=True)
"""A factor within which of 1 / beta there is no eigenvalue."""
free_energy_left_out, loss_left_out, entropy_left_out, laplacian_left_out = sp.symbols("F_r U_r S_r D_r", real=True)
"""What the leading terms leave out."""
small_curvature, counted_curvature = sp.symbols("D_< D_N", real=True)
"""Minus the Laplacian by the small eigenvalues alone, and by their number."""


def windowed_exponent() -> sp.Expr:
    """Minus beta times the loss of one component, with the Gaussian window in place of its bounds."""
    return -inverse_temperature * eigenvalue * (component - shift) ** 2 / 2 - stiffness * component**2 / 2


def quadratic_loss(*, centered: bool = False) -> sp.Expr:
    """The bulk loss to second order about the mean state, or about the origin, in the eigenvectors of G."""
    deviation = state[i] if centered else state[i] - mean_state[i]
    errors = Sigma(eigenvalues[i] * deviation**2, NEURONS)
    return errors / 2 - mass / 2 * Sigma(state[i] ** 2, NEURONS)


def learning_domain() -> Domain:
    """Any number of neurons at any temperature at which the window of the activation outweighs the local objective."""
    sets = {
        inverse_temperature: (0, sp.oo), n_neurons: sp.Range(1, sp.oo), mass: (-sp.oo, sp.oo),
        eigenvalues: (0, sp.oo), mean_state: (-1, 1), eigenvalue: (0, sp.oo), shift: (-1, 1), stiffness: (0, sp.oo),
    }  # fmt: skip
    return Domain(sets, [sp.Gt(1 - inverse_temperature * mass, 0)])


def two_fraction_domain() -> Domain:
    """Any fraction of any number of eigenvalues, at any temperature, without a local objective."""
    sets = {
        inverse_temperature: (0, sp.oo), n_neurons: sp.Range(1, sp.oo), eigenvalues: (0, sp.oo), fraction: (0, 1),
        log_eigenvalue: (-sp.oo, sp.oo), root: (0, sp.oo), log_root: (-sp.oo, sp.oo),
    }  # fmt: skip
    return Domain(sets)


def equilibrium_domain() -> Domain:
    """Any thermodynamic free energy and complexity, and any number of eigenvalues, some of them large."""
    sets = {
        inverse_temperature: (0, sp.oo), complexity: (-sp.oo, sp.oo), eigenvalue: (0, sp.oo), eigenvalues: (0, sp.oo),
        n_neurons: sp.Range(1, sp.oo), n_large: sp.Range(1, n_neurons + 1), loss_value: (0, sp.oo),
        i: sp.Range(1, n_neurons + 1),
    }  # fmt: skip
    return Domain(sets)


def split_domain() -> Domain:
    """Any number of large and of small eigenvalues, at any temperature."""
    sets = {
        inverse_temperature: (0, sp.oo), eigenvalues: (0, sp.oo), eigenvalue: (0, sp.oo), ratios: (0, sp.oo),
        n_large: sp.Range(1, sp.oo), n_small: sp.Range(1, sp.oo), gap: sp.Interval(1, sp.oo),
    }  # fmt: skip
    return Domain(sets)


def shallow_block() -> sp.ImmutableMatrix:
    """G in the two singular directions of one singular value of f'w, without hidden layers."""
    response = sp.Matrix([[0, 0], [2 * sp.sinh(half_angle), 0]])
    return sp.ImmutableMatrix((sp.eye(2) - response).T * (sp.eye(2) - response))


def shallow_domain() -> Domain:
    """Any singular value."""
    return Domain({half_angle: (0, sp.oo), any_number: sp.Range(0, sp.oo)})


def growth_domain() -> Domain:
    """Any eigenvalues at any temperature, and any rate of learning."""
    sets = {
        inverse_temperature: (0, sp.oo), n_neurons: sp.Range(1, sp.oo), eigenvalues: (0, sp.oo), eigenvalue: (0, sp.oo),
        learning_strength: (0, sp.oo), steady_laplacian: (-sp.oo, sp.oo),
    }  # fmt: skip
    return Domain(sets)


weight, base_weight = sp.symbols("w w_0", real=True)
"""Any weight or bias, and a value of it."""
base_temperature = sp.Symbol("beta_0", positive=True)
any_log_partition = sp.Symbol("L", real=True)
any_thermal_part, any_configuration_part, coupling_part = sp.symbols("L_beta L_w L_r", real=True)
any_loss = sp.Symbol("U_w", real=True)
pair_log_partition, pair_loss, pair_loss_slope, pair_entropy = sp.symbols("L_2 U_2 G_2 S_2", real=True)
pair_coupling, pair_descent = sp.symbols("L_4 R_2", real=True)
"""Of two neurons with one connection: what is no sum of two parts, and the rate of the entropy along descent."""
pair_slope_at_one = sp.Symbol("G_1", real=True)
pair_thermal_part, pair_configuration_part = sp.symbols("P_beta P_x", real=True)
path = sp.Symbol("q", real=True)
"""Position on a path of equilibria."""
moving_thermal_free_energy: Any = sp.Function("A", real=True)(inverse_temperature, path)
moving_complexity: Any = sp.Function("C", real=True)(path)
free_energy_change, held_complexity = sp.symbols("F_q C_q", real=True)
kept_free_energy = sp.Symbol("F_0", real=True)
path_thermal, path_complexity = sp.symbols("A_q B_q", real=True)
rates = family("v", real=True)
"""Of eigenvalues, or of eigenvalues times the inverse temperature."""
temperature_rate = sp.Symbol("b", real=True)
"""Of the inverse temperature."""
entropy_of_ratios, entropy_rate, loss_rate, total_entropy_rate, work_rate = sp.symbols(
    r"S_\rho S_v U_t S_t W_t", real=True
)


def any_laplacian(temperature: Any) -> Any:
    """The Laplacian of any free energy at an inverse temperature."""
    return sp.Function("D", real=True)(temperature)


def any_log_z(temperature: Any, at: Any) -> Any:
    """The logarithm of any partition function, at an inverse temperature and a weight."""
    return sp.Function("L", real=True)(temperature, at)


def separation_domain() -> Domain:
    """Any two temperatures and weights."""
    real, positive = (-sp.oo, sp.oo), (0, sp.oo)
    return Domain(
        {inverse_temperature: positive, base_temperature: positive, weight: real, base_weight: real, log_root: real}
    )


def path_domain() -> Domain:
    """Any temperature and any path of equilibria."""
    real = (-sp.oo, sp.oo)
    return Domain({inverse_temperature: (0, sp.oo), path: real, kept_free_energy: real})


def rates_domain() -> Domain:
    """Any spectrum at any temperature, with any rates."""
    real, positive = (-sp.oo, sp.oo), (0, sp.oo)
    return Domain(
        {
            inverse_temperature: positive, eigenvalues: positive, ratios: positive, n_neurons: sp.Range(1, sp.oo),
            rates: real, temperature_rate: real,
        }
    )  # fmt: skip
