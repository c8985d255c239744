"""A Gaussian density of K parameters, p = exp(-sum g_kl Q_k Q_l) up to normalization, that may move in time.

The components Q_k are those in the eigenvectors of the symmetric matrix g, so that its eigenvalues s_k stand for it:
the trace, the determinant and the Laplacian do not change when axes are rotated, and the rates ds_k/dt are the diagonal
elements of dg/dt there. Source: V. Vanchurin, Towards a theory of machine learning (2020), section 12.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.symbols import family

diffusion = sp.Symbol("D", positive=True)
place = sp.Symbol("Q", real=True)
"""One parameter, the others held."""
density: Any = sp.Function("p", positive=True)(place)
"""Any density."""
precision = sp.Symbol("s", positive=True)
"""One eigenvalue of g."""
rate = sp.Symbol(r"\dot{s}", real=True)
"""Its rate in time."""
n_parameters = sp.Symbol("K", integer=True, positive=True)
k = sp.Symbol("k", integer=True)
precisions, rates = family("s", positive=True), family(r"\dot{s}", real=True)
PARAMETERS = (k, sp.Integer(1), n_parameters)

entropy_flow, squared_flow, mean_flow = sp.symbols("w_0 w_1 w", real=True)
"""Entropy production as a density: of a density that diffuses, by its gradient, and of which (12.1) takes the mean."""
gaussian_density, gaussian_logarithm = sp.Symbol("p_s", positive=True), sp.Symbol(r"\log p_s", real=True)
gaussian_flow, gaussian_square = sp.symbols("w_s w_q", real=True)
entropy_rate = sp.Symbol(r"\dot{S}_s", real=True)
diffusing_rate = sp.Symbol(r"\dot{s}_D", real=True)
total_production, total_entropy_rate = sp.symbols(r"W \dot{S}", real=True)


def gaussian(at: Any = precision) -> Any:
    """The normalized density of one component; its variance is 1 / (2 s)."""
    return sp.sqrt(at / sp.pi) * sp.exp(-at * place**2)


def parameters_domain() -> Domain:
    """Any number of parameters, any eigenvalues and rates."""
    sets = {
        diffusion: (0, sp.oo), place: (-sp.oo, sp.oo), precision: (0, sp.oo), rate: (-sp.oo, sp.oo),
        n_parameters: sp.Range(1, sp.oo), precisions: (0, sp.oo), rates: (-sp.oo, sp.oo),
    }  # fmt: skip
    return Domain(sets)
