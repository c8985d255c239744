"""Ensembles of states of a network: densities over its states, and the letters of the principle of maximum entropy.

Source: V. Vanchurin, Towards a theory of machine learning (2020), section 4 and equation (5.1). States form a
continuum, or any number of cells of any volumes; a loss is any function of the state.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.sums import Sigma
from theory.symbols import family

state = sp.Symbol("x", real=True)
STATES = (state, sp.Integer(-1), sp.Integer(1))
"""The range of the activation."""
loss: Any = sp.Function("H", real=True)(state)
density: Any = sp.Function("p", positive=True)(state)
other_density: Any = sp.Function("q", positive=True)(state)

loss_multiplier, norm_multiplier = sp.symbols("beta nu", real=True)
"""The Lagrange multipliers of the mean loss and of the norm."""
mean_loss = sp.Symbol("U", real=True)
"""The value to which the mean loss was reduced."""
variation = sp.Symbol("epsilon", real=True)
direction: Any = sp.Function("eta", real=True)(state)

entropy, lagrangian = sp.symbols("S L", real=True)
slope, loss_slope, norm_slope = sp.symbols("L_p L_beta L_nu", real=True)
"""Derivatives of the functional by the density at a state, and by the multipliers."""
canonical_density = sp.Symbol("p_c", positive=True)
partition_function = sp.Symbol("Z", positive=True)
first_probability, second_probability = sp.symbols("u w", positive=True)

n_cells = sp.Symbol("n", integer=True, positive=True)
k = sp.Symbol("k", integer=True)
CELLS = (k, sp.Integer(1), n_cells)
volumes = family("v", positive=True)
cell_losses = family("H", real=True)
cell_densities, other_cell_densities = family("p", positive=True), family("q", positive=True)
cell_partition_function = sp.Symbol("Z_n", positive=True)
cell_mean_loss = sp.Symbol("U_n", real=True)

n_boundary = sp.Symbol("M", integer=True, positive=True)
j = sp.Symbol("j", integer=True)
boundary_density = family("p", positive=True)
boundary_losses = family("H", real=True)
"""By the cell of the boundary and that of the bulk."""
least_cell = family("zeta", integer=True)
"""The cell of the bulk in which the loss is least, for each of the boundary."""
boundary_volume, bulk_volume = sp.symbols("v_1 v_0", positive=True)
least_mean_loss = sp.Symbol("U_0", real=True)
concentrated_density = family("p_0", positive=True)


def over_states(integrand: Any) -> Any:
    """The integral over all states."""
    return sp.Integral(integrand, STATES)


def over_cells(summand: Any, index: sp.Symbol = k) -> Any:
    """The sum over all cells, each with its volume."""
    return Sigma(volumes[index] * summand, (index, 1, n_cells))


def functional(density_there: Any, loss_there: Any, over: Any) -> Any:
    """The entropy with both constraints as (4.6) has it in its first line, of any density."""
    constraints = loss_multiplier * (mean_loss - over(density_there * loss_there)) + norm_multiplier * (
        1 - over(density_there)
    )
    return entropy_of(density_there, over) + constraints


def entropy_of(density_there: Any, over: Any) -> Any:
    """Minus the mean of the logarithm of a density, which ``over`` integrates or adds up."""
    return -over(density_there * sp.log(density_there))


def concentrated(*, on_the_boundary: bool) -> Any:
    """The density p_0 of (4.2) in a cell (j, k), each cell of the boundary with its least loss.

    In cells a delta function is the inverse volume of the cell where it does not vanish. ``on_the_boundary`` takes it
    over all components of the state as printed: those of the boundary are the same on both sides.
    """
    in_the_bulk = sp.KroneckerDelta(k, least_cell[j]) / bulk_volume
    return boundary_density[j] * in_the_bulk / (boundary_volume if on_the_boundary else 1)


def mean_over_boundary_and_bulk(density_there: Any, quantity: Any = None) -> Any:
    """The mean loss of a density in the cells (j, k), as in (4.3); or the mean of another quantity."""
    measured = boundary_losses[j, k] if quantity is None else quantity
    summand = boundary_volume * bulk_volume * measured * density_there
    return Sigma(summand, (j, 1, n_boundary), (k, 1, n_cells))


def mean_of_the_least() -> Any:
    """The mean over the boundary of the least loss, as in (4.1)."""
    return Sigma(boundary_volume * boundary_losses[j, least_cell[j]] * boundary_density[j], (j, 1, n_boundary))


def states_domain() -> Domain:
    """Any multipliers and any value of the mean loss."""
    sets = dict.fromkeys((loss_multiplier, norm_multiplier, mean_loss), sp.S.Reals)
    return Domain({**sets, variation: (-1, 1), state: (-1, 1)})


def cells_domain() -> Domain:
    """Any number of cells with any volumes, losses and densities."""
    positive = (volumes, cell_densities, other_cell_densities)
    sets = dict.fromkeys(positive, (0, sp.oo)) | {cell_losses: sp.S.Reals, n_cells: sp.Range(1, sp.oo)}
    return states_domain().extended({**sets, k: sp.Range(1, n_cells + 1)})


def boundary_domain() -> Domain:
    """Any number of cells of the boundary and of the bulk, any losses, and any cell of the bulk for each."""
    sets = {
        n_boundary: sp.Range(1, sp.oo), n_cells: sp.Range(1, sp.oo), boundary_losses: sp.S.Reals,
        boundary_density: (0, sp.oo), boundary_volume: (0, sp.oo), bulk_volume: (0, sp.oo),
        least_cell: sp.Range(1, n_cells + 1),
    }  # fmt: skip
    return Domain(sets)


def probabilities_domain() -> Domain:
    """Two densities at one state."""
    return Domain(dict.fromkeys((first_probability, second_probability), (0, sp.oo)))
