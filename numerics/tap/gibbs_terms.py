"""The Gibbs free energy of Ising spins to second order in their couplings, as terms of sites and pairs.

This module alone says what the free energy is; equations, Hessian and functions follow from it by differentiation.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import sympy as sp

inverse_temperature = sp.Symbol("beta", positive=True)
coupling = sp.Symbol("J", real=True)
magnetization = sp.Symbol("m", real=True)
other_magnetization = sp.Symbol("M", real=True)


@dataclass(frozen=True, kw_only=True)
class GibbsTerms:
    """A free energy sum_i site(m_i) + sum_{i<j} pair(J_ij, m_i, m_j), fields left out.

    Attributes
    ----------
    site
        Of `magnetization` and `inverse_temperature`: the free energy of a spin without couplings.
    pair
        Of `coupling`, `magnetization`, `other_magnetization` and `inverse_temperature`; a polynomial in the others.
    """

    site: sp.Expr
    pair: sp.Expr


@cache
def second_order_terms() -> GibbsTerms:
    """The terms of Barney, Winer and Galitski (2024), equation (19): mean field with the Onsager reaction term."""
    m, other, beta = magnetization, other_magnetization, inverse_temperature
    up, down = (1 + m) / 2, (1 - m) / 2
    return GibbsTerms(
        site=(up * sp.log(up) + down * sp.log(down)) / beta,
        pair=-coupling * m * other - beta / 2 * coupling**2 * (1 - m**2) * (1 - other**2),
    )
