"""The derived Gibbs free energy of Ising spins with pair couplings, as terms of sites and of pairs.

It is the result of `derivations.rules.plefka_expansion` for the Hamiltonian of `theory.models.ising_pairs`. Equations,
Hessian and functions follow from it by differentiation; no formula is typed here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import sympy as sp

from theory.models import ising_pairs as model
from theory.sums import Sigma

inverse_temperature = model.inverse_temperature
coupling = sp.Symbol("J", real=True)
magnetization = sp.Symbol("m", real=True)
other_magnetization = sp.Symbol("M", real=True)
field = sp.Symbol("h", real=True)


@dataclass(frozen=True, kw_only=True)
class GibbsTerms:
    """A free energy sum_i (site(m_i) - h_i m_i) + sum_{i<j} pair(J_ij, m_i, m_j).

    Attributes
    ----------
    site
        Of `magnetization` and `inverse_temperature`: the free energy of a spin without couplings and fields.
    pair
        Of `coupling`, `magnetization`, `other_magnetization` and `inverse_temperature`; a polynomial in the others.
    """

    site: Any
    pair: Any


@cache
def gibbs_terms(order: int = 2) -> GibbsTerms:
    """The free energy to an order in the couplings: 1 is naive mean field, 2 adds the Onsager reaction term.

    Raises
    ------
    ValueError
        For any other order: from the third on there are loops of three spins and more.

    Notes
    -----
    Order 2 is equation (19) of Barney, Winer and Galitski (2024).
    """
    if order not in (1, 2):
        raise ValueError(f"expected order 1 or 2, whose terms are those of pairs; found {order!r}")
    return separated_terms(sp.Add(*[term / inverse_temperature for term in sp.Add.make_args(_expanded(order))]))


def separated_terms(free_energy: Any) -> GibbsTerms:
    """Read the terms of sites and pairs off a sum over sites and over ordered pairs of them.

    Raises
    ------
    ValueError
        If it has other terms, or fields that do not enter as -sum_i h_i m_i.
    """
    site: Any = sp.Integer(0)
    pair: Any = sp.Integer(0)
    for term in sp.Add.make_args(free_energy):
        factor, total = cast(Any, term).as_independent(Sigma, as_Add=False)
        summand, letters = _opened(total)
        if len(letters) == 1:
            site += factor * _at_one(summand, letters[0])
        elif len(letters) == 2:
            pair += factor * _at_two(summand, *letters)
        else:
            raise ValueError(f"expected sums over sites and over pairs of them; found {term}")
    linear = sp.diff(site, field)
    if sp.simplify(linear + magnetization) != 0:
        raise ValueError(f"expected fields that enter as -h m at each site; found the slope {linear} by h")
    return GibbsTerms(site=site.subs(field, 0), pair=pair)


def _expanded(order: int) -> Any:
    """beta times the free energy, by the rule."""
    from derivations.engine.derivation import Derivation
    from derivations.rules.plefka_expansion import plefka_expansion
    from theory.statements import Definition

    derivation = Derivation("gibbs-free-energy", title="Gibbs free energy", introduction="By Plefka's expansion.")
    energy = derivation.define(
        Definition(sp.Symbol("H", real=True), model.pair_hamiltonian()),
        name="Hamiltonian",
        reason="Every pair of spins interacts through one coupling; each spin feels an external field.",
    )
    step = derivation.apply(
        plefka_expansion,
        energy,
        spins=model.spin_family(),
        magnetizations=model.magnetizations,
        inverse_temperature=inverse_temperature,
        domain=model.pair_domain(),
        order=order,
        name="Gibbs free energy",
        defines=model.gibbs_free_energy,
    )
    return step.result


def _opened(total: Any) -> tuple[Any, list[Any]]:
    """The summand within nested sums, and their letters from the outermost on."""
    letters: list[Any] = []
    while isinstance(total, Sigma):
        letters += [limits[0] for limits in cast(Any, total).args[1:]]
        total = total.args[0]
    return total, letters


def _at_one(summand: Any, i: Any) -> Any:
    return summand.xreplace({model.magnetizations[i]: magnetization, model.fields[i]: field})


def _at_two(summand: Any, i: Any, j: Any) -> Any:
    return summand.xreplace(
        {
            model.magnetizations[i]: magnetization,
            model.magnetizations[j]: other_magnetization,
            model.couplings[i, j]: coupling,
        }
    )
