"""Two formulas of the Sherrington-Kirkpatrick model as functions of one site, taken from their derivations."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.spin_glass import sherrington_kirkpatrick, tap_equations
from theory.averages import GaussianMean
from theory.models import ising_pairs as pairs
from theory.models import sherrington_kirkpatrick as model
from theory.sums import Sigma

magnetization, local_field = sp.symbols("m h", real=True)
reaction = sp.Symbol("r", positive=True)
inverse_temperature = pairs.inverse_temperature
overlap = sp.Symbol("q", positive=True)
normal = sp.Symbol("z", real=True)


def tap_residual() -> Any:
    """artanh m_i - theta_i of the TAP equations in a field, for sums over the other sites that are known.

    In m = m_i, h = h_i + sum_j J_ij m_j, r = sum_j J_ij^2 (1 - m_j^2), which a solver has from two products with
    matrices, and the inverse temperature.
    """
    derived = tap_equations.build()["TAP equations in a field"].result
    theta = derived.replace(lambda node: isinstance(node, Sigma), _in_known_sums)
    theta = sp.expand(theta.xreplace({pairs.magnetizations[pairs.i]: magnetization}))
    residual = sp.atanh(magnetization) - theta
    if not residual.free_symbols <= {magnetization, local_field, reaction, inverse_temperature}:
        raise ValueError(f"expected TAP equations in the sums of J m and of J^2 (1 - m^2); found {derived}")
    return residual


def _in_known_sums(total: Sigma) -> Any:
    """The sum over j of a (J_ij m_j) + b (J_ij^2 (1 - m_j^2)), for a and b that do not depend on j."""
    body, j = total.opened()
    coupling, other = pairs.bond_matrix[pairs.i, j], pairs.magnetizations[j]
    first, second = (sp.expand(body).coeff(coupling, power) for power in (1, 2))
    of_others = local_field - pairs.fields[pairs.i]
    return sp.cancel(first / other) * of_others + sp.cancel(second / (1 - other**2)) * reaction


def replica_symmetric_integrand() -> Any:
    """What the replica-symmetric free energy integrates over a standard normal variable, its density included.

    Without an external field, in the inverse temperature, the overlap and the variable.
    """
    derived = sherrington_kirkpatrick.build()["replica-symmetric free energy"].result
    (mean,) = derived.subs({model.external_field: 0, model.overlap: overlap}).atoms(GaussianMean)
    density = sp.exp(-(normal**2) / 2) / sp.sqrt(2 * sp.pi)
    return density * mean.body.subs(mean.family, sp.sqrt(mean.variance) * normal)
