"""Coefficients of the Gibbs free energy of Ising spins, graph by graph.

At fixed magnetizations m the logarithm of the partition function of the graph's own spins is made extremal in the
fields. Around independent spins, where a configuration has the weight prod (1 + m_i s_i)/2, it reads

    log < exp(sum_e J_e s_a s_b + sum_i d_i (s_i - m_i)) >,    < (s_i - m_i) exp(...) > = 0 for every i,

a power series in the couplings J_e alone. The coefficient of a multigraph, prod_e J_e^(multiplicity), depends on its
own vertices only. Where one vertex separates a graph it vanishes: at fixed m the marginal of that spin is fixed, and
the free energy is the sum of those of the parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import combinations, permutations
from typing import Any, cast

import sympy as sp
from sympy.polys.rings import ring

Edge = tuple[int, int]
Multigraph = tuple[tuple[Edge, int], ...]
"""Edges (a, b) with a < b among the vertices 0, 1, ..., each with its multiplicity, in order."""
Powers = tuple[int, ...]
Series = dict[Powers, Any]
"""Coefficients of a truncated power series in the couplings of a graph, one power for each edge."""


def n_vertices(graph: Multigraph) -> int:
    """Vertices are numbered without a gap."""
    return 1 + max(b for (_, b), _ in graph)


def labelled_graphs(vertices: int, edges: int) -> Iterator[Multigraph]:
    """Multigraphs on all of the vertices with that many edges that no single vertex separates, every labelling."""
    pairs = tuple(combinations(range(vertices), 2))
    for multiplicities in _compositions(edges, len(pairs)):
        graph = tuple((pair, n) for pair, n in zip(pairs, multiplicities, strict=True) if n)
        if is_irreducible(graph, vertices):
            yield graph


def _compositions(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in _compositions(total - first, parts - 1):
            yield (first, *rest)


def is_irreducible(graph: Multigraph, vertices: int) -> bool:
    """Whether the graph is connected, on all vertices, and stays connected without any one of them."""
    edges = [edge for edge, _ in graph]
    if {v for edge in edges for v in edge} != set(range(vertices)):
        return False
    everything = set(range(vertices))
    removals: list[set[int]] = [set(), *({v} for v in everything if vertices > 2)]
    return all(_is_connected(everything - gone, edges) for gone in removals)


def _is_connected(vertices: set[int], edges: Iterable[Edge]) -> bool:
    reached, waiting = set[int](), [min(vertices)]
    inner = [e for e in edges if set(e) <= vertices]
    while waiting:
        here = waiting.pop()
        if here not in reached:
            reached.add(here)
            waiting += [b if a == here else a for a, b in inner if here in (a, b)]
    return reached == vertices


def canonical(graph: Multigraph) -> tuple[Multigraph, tuple[int, ...]]:
    """The least relabelling of a graph, and the place of each of its vertices there."""
    count = n_vertices(graph)
    return min((_relabelled(graph, place), place) for place in permutations(range(count)))


def _relabelled(graph: Multigraph, place: tuple[int, ...]) -> Multigraph:
    return tuple(sorted(((min(place[a], place[b]), max(place[a], place[b])), n) for (a, b), n in graph))


def coefficient(graph: Multigraph, magnetizations: Mapping[int, Any]) -> sp.Expr:
    """The coefficient of the graph in the logarithm of the partition function at fixed magnetizations."""
    form, place = canonical(graph)
    letters, polynomial = _of_canonical(form)
    table = {letters[place[v]]: magnetizations[v] for v in range(len(place))}
    return cast(sp.Expr, polynomial.xreplace(table))


@cache
def _of_canonical(graph: Multigraph) -> tuple[tuple[sp.Symbol, ...], sp.Expr]:
    letters = sp.symbols(f"m:{n_vertices(graph)}")
    return letters, _with_variances(sp.Poly(computed_coefficient(graph, letters), *letters, domain="QQ"))


def _with_variances(polynomial: Any) -> sp.Expr:
    """The variances 1 - m^2 of single spins taken out, as often as they divide."""
    variances: list[Any] = []
    for m in polynomial.gens:
        quotient, rest = sp.div(polynomial, sp.Poly(1 - m**2, *polynomial.gens, domain="QQ"))
        if rest.is_zero and not quotient.is_zero:
            polynomial = quotient
            variances.append(1 - m**2)
    return sp.Mul(*variances, cast(Any, sp.factor(polynomial.as_expr())))


def computed_coefficient(graph: Multigraph, letters: tuple[sp.Symbol, ...]) -> sp.Expr:
    """The same by the defining extremum, for any multigraph, reducible or not.

    The fields are needed to half the order only: the logarithm is stationary in them.
    """
    return _Extremum(graph, letters).coefficient().as_expr()


class _Extremum:
    """The extremum over fields of a log mean, as a series truncated at the multiplicities of a graph.

    With spins, a coefficient is a polynomial for each set of spins (as bits) whose product it multiplies: s^2 = 1.
    """

    def __init__(self, graph: Multigraph, letters: tuple[sp.Symbol, ...]) -> None:
        self.edges = tuple(edge for edge, _ in graph)
        self.top = tuple(n for _, n in graph)
        _, *self.m = ring(letters, sp.QQ)
        self.one = self.m[0].ring.one
        self.zero = (0,) * len(self.edges)
        self.fields: list[Series] = [{} for _ in letters]

    def coefficient(self) -> Any:
        order = sum(self.top)
        for degree in range(1, order // 2 + 1):
            self._extend_fields(degree)
        mean = self._mean(self._exponential(order))
        return self._logarithm(mean).get(self.top, self.m[0].ring.zero)

    def _extend_fields(self, degree: int) -> None:
        """The terms of one degree that keep every mean of s_i - m_i zero; 1 - m_i^2 divides exactly."""
        weight = self._exponential(degree)
        for v, m in enumerate(self.m):
            off = self._product(weight, {self.zero: {1 << v: self.one, 0: -m}}, degree)
            for powers, value in self._mean(off).items():
                if sum(powers) == degree:
                    self.fields[v][powers] = -value.exquo(1 - m**2)

    def _exponential(self, degree: int) -> Series:
        exponent: Series = {}
        for place, (a, b) in enumerate(self.edges):
            powers = tuple(int(n == place) for n in range(len(self.edges)))
            exponent[powers] = {1 << a | 1 << b: self.one}
        for v, field in enumerate(self.fields):
            for powers, value in field.items():
                _add(exponent, powers, {1 << v: value, 0: -self.m[v] * value})
        total: Series = {self.zero: {0: self.one}}
        power = total
        for n in range(1, degree + 1):
            power = self._product(power, exponent, degree)
            for powers, value in power.items():
                _add(total, powers, {s: p * sp.QQ(1, int(sp.factorial(n))) for s, p in value.items()})
        return total

    def _product(self, first: Series, second: Series, degree: int) -> Series:
        result: Series = {}
        for p, one in first.items():
            for q, other in second.items():
                powers = tuple(x + y for x, y in zip(p, q, strict=True))
                if sum(powers) <= degree and all(x <= t for x, t in zip(powers, self.top, strict=True)):
                    _add(result, powers, _multiplied(one, other))
        return result

    def _mean(self, series: Series) -> Series:
        """The mean over independent spins: each stands for its magnetization."""
        means = {p: sum((c * self._of_spins(s) for s, c in v.items()), self.one * 0) for p, v in series.items()}
        return {p: value for p, value in means.items() if value}

    def _of_spins(self, spins: int) -> Any:
        value = self.one
        for v, m in enumerate(self.m):
            value = value * m if spins >> v & 1 else value
        return value

    def _logarithm(self, mean: Series) -> Series:
        """log of a series 1 + x as x - x^2/2 + ..."""
        rest: Series = {p: {0: v} for p, v in mean.items() if p != self.zero}
        order, total = sum(self.top), Series()
        power: Series = {self.zero: {0: self.one}}
        for n in range(1, order + 1):
            power = self._product(power, rest, order)
            for powers, value in power.items():
                _add(total, powers, {0: value[0] * sp.QQ((-1) ** (n + 1), n)})
        return {p: v[0] for p, v in total.items()}


def _add(series: Series, powers: Powers, value: dict[int, Any]) -> None:
    here = series.setdefault(powers, {})
    for spins, polynomial in value.items():
        here[spins] = here.get(spins, 0) + polynomial


def _multiplied(first: dict[int, Any], second: dict[int, Any]) -> dict[int, Any]:
    result: dict[int, Any] = {}
    for s, p in first.items():
        for t, q in second.items():
            result[s ^ t] = result.get(s ^ t, 0) + p * q
    return result
