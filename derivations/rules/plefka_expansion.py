"""The Gibbs free energy of Ising spins at fixed magnetizations, expanded in the inverse temperature to any order."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, cast

import sympy as sp

from derivations.algebra.brackets import without_implied_brackets
from derivations.algebra.sum_terms import resolved
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from derivations.rules.plefka_graphs import coefficient, labelled_graphs
from theory.averages import ConfigurationSum
from theory.domain import Domain
from theory.models.disordered import Family
from theory.statements import Expansion
from theory.sums import Sigma, rename


@rule(
    "Plefka expansion",
    "At fixed magnetizations the logarithm of the partition function is extremal in the fields. Each multigraph of "
    "couplings contributes a polynomial in the magnetizations of its own vertices; one that a single vertex separates "
    "contributes nothing.",
)
def plefka_expansion(
    energy: Step,
    *,
    spins: Family,
    magnetizations: Any,
    inverse_temperature: sp.Symbol,
    domain: Domain,
    order: int,
) -> Inference:
    """beta times the Gibbs free energy G(m) up to and with ``order`` in beta; the result is that polynomial.

    Parameters
    ----------
    energy
        Defines a Hamiltonian of pairs of spins and single spins. It may be any; constants are not taken.
    spins
        The Ising spins, with one slot from 1 to their number.
    magnetizations
        Family of their means m.
    domain
        Sets of all symbols.
    order
        Of the last term kept. 1 is naive mean field, 2 adds Onsager's reaction.

    The claim is about sum_i f_i m_i - log Tr exp(-beta H + sum_i f_i s_i) at fields f known to half the order. As the
    fields are extremal, their error counts twice: the obligation, that the means at f are m to that order, is all
    that is needed for this to be beta G(m) to the order claimed.

    Raises
    ------
    ValueError
        If the order is not a positive integer, or the energy is not one of pairs and single spins.
    """
    if order < 1:
        raise ValueError(f"a Plefka expansion has at least the first order; found {order}")
    m, beta = magnetizations, inverse_temperature
    system = _system(energy.result, spins)
    free = _entropy(system, m) - beta * Sigma(system.field * m[system.site], system.range)
    terms = [_order(system, m, n) for n in range(1, order + 1)]
    right = free - sp.Add(*[beta**n * term for n, term in enumerate(terms, start=1)])
    fields = sp.atanh(m[system.site]) - beta * system.field
    for n, term in enumerate(terms[: order // 2], start=1):
        fields -= beta**n * _slope(term, m[system.site], system)
    return _claims(energy.result, system, spins, m, beta, fields, right, domain, order)


def _claims(
    hamiltonian: Any,
    system: _System,
    spins: Family,
    m: Any,
    beta: Any,
    fields: Any,
    right: Any,
    domain: Any,
    order: int,
) -> Inference:
    s, i = spins.base, system.site
    weight = sp.exp(-beta * hamiltonian + Sigma(fields * cast(Any, s)[i], system.range))
    trace = ConfigurationSum(weight, s, *spins.ranges)
    left = Sigma(fields * m[i], system.range) - sp.log(trace)
    moment = ConfigurationSum(weight * cast(Any, s)[i], s, *spins.ranges)
    placed = domain.extended({i: sp.Range(system.range[1], system.range[2] + 1)}).restricted(moment, i, beta)
    obligation = Expansion(moment, m[i] * trace, placed, variable=beta, order=order // 2 + 1)
    statement = Expansion(left, right, domain.restricted(left, right, beta), variable=beta, order=order + 1)
    return Inference(statement=statement, obligations=(obligation,))


@dataclass(frozen=True, kw_only=True)
class _System:
    """What a Hamiltonian of pairs says: the range of its sites, the field at a site, the coupling of a pair i < j."""

    range: tuple[sp.Symbol, Any, Any]
    field: Any
    pair: tuple[sp.Symbol, sp.Symbol, Any]

    @property
    def site(self) -> sp.Symbol:
        """The letter of a site."""
        return self.range[0]

    def coupling(self, first: sp.Symbol, second: sp.Symbol) -> Any:
        """The coupling of two sites, the first before the second."""
        i, j, entry = self.pair
        return rename(rename(entry, i, first), j, second)


def _system(hamiltonian: Any, spins: Family) -> _System:
    if len(spins.ranges) != 1:
        raise ValueError(f"a Plefka expansion takes spins with one index, as in (i, 1, N); found {spins.ranges}")
    ((i, lower, upper),) = spins.ranges
    j, s = sp.Dummy("j", integer=True), cast(Any, spins.base)
    slope: Any = resolved(sp.diff(hamiltonian, s[i]))
    curvature: Any = resolved(sp.diff(slope, s[j]))
    if spins.base in curvature.atoms(sp.IndexedBase):
        raise ValueError(f"a Plefka expansion takes pairs of spins; the energy {hamiltonian} couples more of them")
    own: Any = _decided(rename(curvature, j, i), ((i, lower, upper),))
    if own != 0:
        raise ValueError(
            f"the energy holds squares of spins, {-own / 2} s[{i}]^2; write them as constants and drop them"
        )
    field = -slope.replace(lambda e: isinstance(e, sp.Indexed) and e.base == spins.base, lambda _: sp.Integer(0))
    entry = -_after(curvature, i, j, upper)
    return _System(range=(i, lower, upper), field=_decided(sp.expand(field), spins.ranges), pair=(i, j, entry))


def _decided(expression: Any, ranges: Any) -> Any:
    return without_implied_brackets(resolved(expression), ranges)


def _after(entry: Any, i: sp.Symbol, j: sp.Symbol, upper: Any) -> Any:
    """An entry for i < j <= upper: brackets and deltas that this decides are put in."""
    beyond = sp.Dummy("d", integer=True, nonnegative=True)
    placed = rename(entry, j, i + 1 + beyond)
    placed = rename(placed, beyond, j - i - 1)
    return without_implied_brackets(resolved(placed), ((i, sp.Integer(1), upper), (j, i + 1, upper)))


def _entropy(system: _System, m: Any) -> Any:
    up, down = (1 + m[system.site]) / 2, (1 - m[system.site]) / 2
    return Sigma(up * sp.log(up) + down * sp.log(down), system.range)


def _order(system: _System, m: Any, n: int) -> Any:
    """All irreducible multigraphs with n edges, on ordered sites: every labelling once, so no symmetry factors."""
    return sp.Add(*[_on_ordered_sites(system, m, vertices, n) for vertices in range(2, max(n, 2) + 1)])


def _on_ordered_sites(system: _System, m: Any, vertices: int, edges: int) -> Any:
    site, lower, upper = system.range
    letters = [site, *_letters(site, vertices - 1, {str(m), *map(str, system.coupling(*system.pair[:2]).free_symbols)})]
    ranges = [(letters[0], lower, upper)]
    ranges += [(here, before + 1, upper) for before, here in pairwise(letters)]
    at = {place: m[letter] for place, letter in enumerate(letters)}
    total = sp.Add(
        *[
            coefficient(graph, at)
            * sp.Mul(*[system.coupling(letters[a], letters[b]) ** count for (a, b), count in graph])
            for graph in labelled_graphs(vertices, edges)
        ]
    )
    return Sigma(total, *ranges) if total != 0 else sp.Integer(0)


def _letters(site: sp.Symbol, count: int, taken: set[str]) -> list[sp.Symbol]:
    """The letters that follow the one of a site, those left out that stand for something else."""
    following = (chr(c) for c in range(ord(site.name[0]) + 1, ord("z") + 1))
    return [sp.Symbol(c, integer=True) for c in following if c not in taken][:count]


def _slope(term: Any, by: Any, system: _System) -> Any:
    """The derivative of a sum over ordered sites by one magnetization."""
    return without_implied_brackets(resolved(sp.diff(term, by)), (system.range,))
