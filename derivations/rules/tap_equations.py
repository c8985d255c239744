"""From the Gibbs free energy to the Thouless-Anderson-Palmer equations and the matrix of their linear part."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.merged_sums import merged
from derivations.algebra.sum_terms import resolved
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.field_derivative import FieldDerivative
from theory.statements import Definition, Expansion, Identity
from theory.sums import Sigma, unfold


@rule(
    "mean-field free energy",
    "Terms up to the second order are kept: naive mean field and Onsager's reaction. Sums over pairs become half the "
    "sums over all sites of the symmetric bond matrix.",
)
def mean_field_free_energy(
    expansion: Step, bond: Step, *, magnetizations: Any, fields: Any, temperature_inverse: sp.Symbol, site: Any
) -> Inference:
    """F(m) = G(m) + O(beta^2) for pairs of spins; the result is F in the entries of the bond matrix.

    Parameters
    ----------
    expansion
        beta G(m), to the second order in beta or beyond.
    bond
        Defines the entry of the bond matrix by the couplings of pairs.
    site
        ``(i, 1, N)``.
    """
    i, lower, upper = site
    statement = cast(Expansion, expansion.statement)
    definition = cast(Definition, bond.statement)
    beta, m, entry = temperature_inverse, magnetizations, cast(Any, definition.symbol)
    j = entry.indices[1]
    over = ((i, lower, upper), (j, lower, upper))
    bonds = Sigma(entry * m[i] * m[j], *over) / 2
    reaction = beta * Sigma(entry**2 * (1 - m[i] ** 2) * (1 - m[j] ** 2), *over) / 4
    up, down = (1 + m[i]) / 2, (1 - m[i]) / 2
    entropy = Sigma((1 + m[i]) * sp.log(up) + (1 - m[i]) * sp.log(down), site) / (2 * beta)
    result = -bonds - reaction + entropy - Sigma(fields[i] * m[i], site)
    written = sp.expand(beta * unfold(result, entry, definition.expression), deep=False)
    domain = statement.domain.restricted(expansion.result, written)
    claim = Expansion(expansion.result, written, domain, variable=beta, order=3)
    return Inference(statement=claim, result=result)


@rule("no external field", "From here on there are no external fields.")
def without_fields(general: Step, bond: Step, *, fields: Any) -> Inference:
    """A result where all external fields are zero, in the entries of the bond matrix as before."""
    definition = cast(Definition, bond.statement)
    slot = sp.Dummy("i", integer=True)
    terms = (unfold(t, fields[slot], sp.Integer(0)) for t in sp.Add.make_args(general.result))
    result = sp.Add(*[t for t in terms if resolved(t) != 0])
    before = unfold(general.result, fields[slot], sp.Integer(0))
    before, after = (unfold(e, definition.symbol, definition.expression) for e in (before, result))
    domain = cast(Any, general.statement).domain
    return Inference(statement=Identity(before, after, domain.restricted(before, after)), result=result)


@rule("TAP equations", "The free energy is stationary in every magnetization.")
def tap_equations(
    free_energy: Step, bond: Step, *, magnetizations: Any, inverse_temperature: sp.Symbol, site: Any
) -> Inference:
    """artanh m_i = theta_i; the result is theta_i, in the entries of the bond matrix.

    The claim: beta times the derivative of the free energy by m_i is artanh m_i - theta_i.
    """
    i, lower, upper = site
    definition = cast(Definition, bond.statement)
    m, beta, entry = magnetizations, inverse_temperature, cast(Any, definition.symbol)
    without_entropy = free_energy.result.replace(sp.log, lambda _: sp.Integer(0))
    slope = _symmetric(sp.diff(without_entropy, m[i]), entry, i)
    result = merged(-beta * slope, (site,), entry.indices[1])
    energy = unfold(free_energy.result, entry, definition.expression)
    written = unfold(result, entry, definition.expression)
    domain = cast(Any, free_energy.statement).domain.extended({i: sp.Range(lower, upper + 1)})
    left = beta * FieldDerivative(energy, m[i])
    right = sp.atanh(m[i]) - written
    return Inference(statement=Identity(left, right, domain.restricted(left, right)), result=result)


def _symmetric(expression: Any, entry: Any, row: sp.Symbol) -> Any:
    """Entries B[j, i] of a symmetric matrix written B[i, j], so that the free index comes first."""

    def turned(atom: Any) -> Any:
        first, second = atom.indices
        return entry.base[second, first] if second == row and first != row else atom

    return resolved(expression).replace(lambda e: isinstance(e, sp.Indexed) and e.base == entry.base, turned)


@rule("linearize", "Near the transition all magnetizations are small; the next terms are of third order.")
def linearized(
    equations: Step, bond: Step, *, magnetizations: Any, small: sp.Symbol, site: sp.Symbol, domain: Domain
) -> Inference:
    """artanh m_i - theta_i(m) to first order in m, the remainder of third; the result is the linear part of theta_i."""
    definition = cast(Definition, bond.statement)
    m, slot = magnetizations, sp.Dummy("j", integer=True)
    scaled = unfold(equations.result, m[slot], small * m[slot])
    result = merged(sp.diff(scaled, small).subs(small, 0), (), sp.Symbol("j", integer=True))
    if resolved(scaled.subs(small, 0)) != 0:
        raise ValueError(f"m = 0 solves the equations only without external fields; found {equations.result}")
    left = sp.atanh(small * m[site]) - unfold(scaled, definition.symbol, definition.expression)
    right = small * (m[site] - unfold(result, definition.symbol, definition.expression))
    sets = domain.extended({small: (-1, 1)}).restricted(left, right)
    return Inference(statement=Expansion(left, right, sets, variable=small, order=3), result=result)


@rule("matrix form", "A system of linear equations is a matrix: its entries are the derivatives.")
def matrix_form(
    equations: Step, bond: Step, *, magnetizations: Any, rows: tuple[sp.Symbol, sp.Symbol], upper: Any, domain: Domain
) -> Inference:
    """m_i - theta_i(m) = sum over j of (delta_ij - M_ij) m_j; the result is M_ij."""
    definition = cast(Definition, bond.statement)
    (i, j), m = rows, magnetizations
    entry = _slope(equations.result, m[j], rows, upper)
    field, matrix = (unfold(e, definition.symbol, definition.expression) for e in (equations.result, entry))
    left, right = m[i] - field, Sigma((sp.KroneckerDelta(i, j) - matrix) * m[j], (j, 1, upper))
    sets = domain.extended({i: sp.Range(1, upper + 1)})
    return Inference(statement=Identity(left, right, sets.restricted(left, right)), result=entry)


@rule("curvature", "Whether a solution is stable is decided by the second derivatives of the free energy.")
def curvature(
    equations: Step, bond: Step, *, magnetizations: Any, rows: tuple[sp.Symbol, sp.Symbol], upper: Any, domain: Domain
) -> Inference:
    """beta times the Hessian of F, as the derivative of artanh m_i - theta_i by m_j; the result is its entry."""
    definition = cast(Definition, bond.statement)
    (i, j), m = rows, magnetizations
    own = sp.KroneckerDelta(i, j) / (1 - m[i] ** 2)
    entry = own - _slope(equations.result, m[j], rows, upper)
    field, matrix = (unfold(e, definition.symbol, definition.expression) for e in (equations.result, entry))
    left = FieldDerivative(sp.atanh(m[i]) - field, m[j])
    site = sp.Range(1, upper + 1)
    sets = domain.extended({i: site, j: site}).restricted(left, matrix)
    return Inference(statement=Identity(left, matrix, sets), result=entry)


def _slope(field: Any, by: Any, rows: tuple[sp.Symbol, sp.Symbol], upper: Any) -> Any:
    ranges = tuple((r, sp.Integer(1), upper) for r in rows)
    return merged(sp.diff(field, by), ranges, sp.Symbol("l", integer=True))


@rule("paramagnet", "At zero magnetizations this is one minus the matrix of the linearized equations.")
def paramagnet_curvature(
    hessian: Step, matrix: Step, bond: Step, *, magnetizations: Any, rows: tuple[sp.Symbol, sp.Symbol]
) -> Inference:
    """The curvature at m = 0 is I - M, so the paramagnet is a minimum where that is positive definite."""
    definition = cast(Definition, bond.statement)
    slot = sp.Dummy("i", integer=True)
    left = unfold(hessian.result, magnetizations[slot], sp.Integer(0))
    right = sp.KroneckerDelta(*rows) - matrix.result
    before, after = (unfold(e, definition.symbol, definition.expression) for e in (left, right))
    sets = cast(Any, hessian.statement).domain.restricted(before, after)
    return Inference(statement=Identity(before, after, sets), result=right)
