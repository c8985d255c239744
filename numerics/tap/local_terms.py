"""The terms of a Gibbs free energy as lowered functions of the local field of a spin.

The unknown of each spin is its local field x, with m = m(x) the inverse of the derivative of the site's free energy: no
step of an iteration leaves the magnetizations' range, and 1 - m^2 keeps its digits where spins are nearly frozen.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import numpy as np
import sympy as sp

from numerics.lowering import Lowered, lower
from numerics.tap.gibbs_terms import GibbsTerms, coupling, inverse_temperature, magnetization, other_magnetization

local_field = sp.Symbol("x", real=True)


@dataclass(frozen=True, kw_only=True)
class Product:
    """One product in a pair's free energy, J^power left(m_i) right(m_j)."""

    power: int
    left: Any
    right: Any


@dataclass(frozen=True, kw_only=True)
class LocalProfile:
    """What each spin contributes at its local field; arrays of shape (n_spins,), and (n_products, n_spins) below.

    Attributes
    ----------
    magnetizations, susceptibilities
        m and dm/dx, the latter the inverse of the second derivative of the site's free energy.
    site_energies
        Without fields.
    left, left_slope, left_curvature, right, right_slope
        The factors of the pair's products, and their derivatives by m.
    """

    magnetizations: Any
    susceptibilities: Any
    site_energies: Any
    left: Any
    left_slope: Any
    left_curvature: Any
    right: Any
    right_slope: Any


@dataclass(frozen=True, kw_only=True)
class LocalTerms:
    """A Gibbs free energy made ready for numbers.

    Attributes
    ----------
    powers
        Of the couplings, one a product.
    response
        m(x; beta), as an expression and as a function.
    """

    powers: tuple[int, ...]
    response: Any
    magnetization: Lowered
    field_of_magnetization: Lowered
    profile_function: Lowered

    def profile(self, fields: Any, beta: float) -> LocalProfile:
        """All that a spin contributes, at local fields of shape (n_spins,)."""
        rows = np.moveaxis(np.asarray(self.profile_function(fields, beta)), -1, 0)
        factors = rows[3:].reshape(5, len(self.powers), *np.shape(fields))
        return LocalProfile(
            magnetizations=rows[0],
            susceptibilities=rows[1],
            site_energies=rows[2],
            left=factors[0],
            left_slope=factors[1],
            left_curvature=factors[2],
            right=factors[3],
            right_slope=factors[4],
        )


def local_terms(terms: GibbsTerms) -> LocalTerms:
    """Differentiate, invert and lower; made once for each free energy."""
    return _made(terms.site, terms.pair)


@cache
def _made(site: Any, pair: Any) -> LocalTerms:
    m, other, beta, x = magnetization, other_magnetization, inverse_temperature, local_field
    products = separated(pair)
    response = inverse_response(site)
    left, right = [p.left for p in products], [p.right.xreplace({other: m}) for p in products]
    factors = [
        *left,
        *(sp.diff(a, m) for a in left),
        *(sp.diff(a, m, 2) for a in left),
        *right,
        *(sp.diff(b, m) for b in right),
    ]
    rows = [response, sp.diff(response, x), *(f.xreplace({m: response}) for f in (site, *factors))]
    return LocalTerms(
        powers=tuple(p.power for p in products),
        response=response,
        magnetization=lower(response, (x, beta)),
        field_of_magnetization=lower(sp.diff(site, m), (m, beta)),
        profile_function=lower(rows, (x, beta)),
    )


def separated(pair: Any) -> tuple[Product, ...]:
    """Write a pair's free energy as products of a power of J, a factor of m_i and one of m_j.

    Raises
    ------
    ValueError
        If it is no polynomial in J that vanishes with J, or not symmetric between the two spins.
    """
    m, other = magnetization, other_magnetization
    swapped = pair.xreplace({m: other, other: m})
    if sp.expand(pair - swapped) != 0:
        raise ValueError(f"expected a free energy of a pair that is symmetric between its spins; found {pair}")
    found: list[Product] = []
    for (power,), coefficient in sp.Poly(pair, coupling).terms():
        if power == 0:
            raise ValueError(f"expected a free energy of a pair that vanishes without a coupling; found {pair}")
        left, right = cast(Any, sp.factor(coefficient)).as_independent(other, as_Add=False)
        if right.has(m):
            found += [Product(power=power, left=c, right=other**n) for (n,), c in sp.Poly(coefficient, other).terms()]
        else:
            found.append(Product(power=power, left=left, right=right))
    return tuple(found)


def inverse_response(site: Any) -> Any:
    """Solve d site/dm = x for m."""
    m, beta, x = magnetization, inverse_temperature, local_field
    slope = sp.expand(sp.simplify(2 * beta * sp.diff(site, m)))
    boltzmann = sp.Symbol("u", positive=True)
    (root,) = sp.solve(sp.exp(slope) - boltzmann, m)
    return sp.simplify(root.xreplace({boltzmann: sp.exp(2 * beta * x)}).rewrite(sp.tanh))
