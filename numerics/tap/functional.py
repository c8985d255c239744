"""The TAP free energy of one set of couplings at a temperature and in a field, with its derivatives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from numerics.ising.bonds import Bonds
from numerics.tap.local_terms import LocalProfile, LocalTerms

# Matrices of more spins are factorized sparse where the couplings are.
MOST_DENSE_SPINS = 3000


@dataclass(frozen=True, kw_only=True)
class State:
    """The spins at their local fields; arrays of shape (n_spins,).

    Attributes
    ----------
    local_fields
        In the units of the couplings.
    profile
        What each spin contributes there.
    sums
        sum_j J_ij^p right(m_j) for each product of the pair's free energy, shape (n_products, n_spins).
    target_fields
        The local fields that these magnetizations cause: at a solution, the same.
    target_magnetizations
        At those.
    """

    local_fields: Any
    profile: LocalProfile
    sums: Any
    target_fields: Any
    target_magnetizations: Any

    @property
    def magnetizations(self) -> Any:
        """m_i."""
        return self.profile.magnetizations

    @property
    def residual(self) -> float:
        """Largest |m_i - f_i(m)| of the TAP equations m = f(m)."""
        return float(np.max(np.abs(self.magnetizations - self.target_magnetizations)))


class TapFunctional:
    """F(m) = sum_i site(m_i) - sum_i h_i m_i + sum_{i<j} pair(J_ij, m_i, m_j).

    Parameters
    ----------
    bonds
        The couplings.
    beta
        Inverse temperature, in units of one over the couplings.
    field
        h, shape (n_spins,).
    terms
        Of the free energy.
    """

    def __init__(self, bonds: Bonds, beta: float, field: Any, terms: LocalTerms) -> None:
        self.bonds, self.beta, self.field, self.terms = bonds, beta, field, terms

    def at(self, local_fields: Any) -> State:
        """Evaluate all that one product with the couplings gives."""
        profile = self.terms.profile(local_fields, self.beta)
        sums = np.array(
            [self.bonds.power(p) @ right for p, right in zip(self.terms.powers, profile.right, strict=True)]
        )
        target = self.field - np.sum(profile.left_slope * sums, axis=0)
        return State(
            local_fields=local_fields,
            profile=profile,
            sums=sums,
            target_fields=target,
            target_magnetizations=np.asarray(self.terms.magnetization(target, self.beta)),
        )

    def from_magnetizations(self, magnetizations: Any) -> State:
        """The state of given magnetizations; those of frozen spins are drawn just inside the range."""
        inside = np.clip(magnetizations, -1 + 1e-15, 1 - 1e-15)
        return self.at(np.asarray(self.terms.field_of_magnetization(inside, self.beta)))

    def free_energy(self, state: State) -> float:
        """F, total, in the units of the couplings."""
        pairs = 0.5 * np.sum(state.profile.left * state.sums, axis=0)
        return float(np.sum(state.profile.site_energies - self.field * state.magnetizations + pairs))

    def pair_hessian(self, state: State) -> Any:
        """Second derivatives by the magnetizations of the pairs' part of F, shape (n_spins, n_spins)."""
        profile, total = state.profile, None
        for place, p in enumerate(self.terms.powers):
            left, right = profile.left_slope[place], profile.right_slope[place]
            term = _scaled(self.bonds.power(p), left, right)
            total = term if total is None else total + term
        return _add_diagonal(total, np.sum(profile.left_curvature * state.sums, axis=0))

    def scaled_hessian(self, state: State) -> Any:
        """The Hessian of F between the roots of the free spins' susceptibilities: 1 on the diagonal without couplings.

        It has as many negative eigenvalues as the Hessian, and stays finite where spins freeze.
        """
        root = np.sqrt(state.profile.susceptibilities)
        return _add_diagonal(_scaled(self.pair_hessian(state), root, root), np.ones(len(root)))

    def correlated_response(self, state: State) -> Any:
        """(d^2 F_1 / dm_i dm_j)^2 chi_i chi_j, F_1 the part of F that is linear in the couplings."""
        profile, chi = state.profile, state.profile.susceptibilities
        place = self.terms.powers.index(1)
        return _scaled(self.bonds.power(2), profile.left_slope[place] ** 2 * chi, profile.right_slope[place] ** 2 * chi)


def _scaled(matrix: Any, rows: Any, columns: Any) -> Any:
    if isinstance(matrix, np.ndarray):
        return rows[:, None] * matrix * columns
    from scipy import sparse

    return sparse.csr_array(sparse.diags_array(rows) @ matrix @ sparse.diags_array(columns))


def _add_diagonal(matrix: Any, diagonal: Any) -> Any:
    if isinstance(matrix, np.ndarray):
        matrix[np.diag_indices_from(matrix)] += diagonal
        return matrix
    from scipy import sparse

    return sparse.csr_array(matrix + sparse.diags_array(diagonal))
