"""Variations of densities of a metric by brute force: power series of a metric about a point, and of one beside it.

For L(g, dg, ddg) the coefficients of the variation of L are read off from test functions 1, x_k and x_k x_l; the
variational derivative is A - d_k A^k + d_k d_l A^kl. The root of |det g| is taken relative to its value at the point.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations, combinations_with_replacement, product

from derivations.oracles.curvature import MetricJet
from derivations.oracles.one_loop import Matrix
from derivations.oracles.power_series import Rows, Series, determinant, matrix_inverse, total


@dataclass(frozen=True)
class SeriesMetric:
    """A metric as a matrix of power series about a point."""

    rows: Rows

    @property
    def indices(self) -> range:
        """All values of an index."""
        return range(len(self.rows))

    @cached_property
    def inverse(self) -> Rows:
        """g^ab."""
        return matrix_inverse(self.rows)

    @cached_property
    def root(self) -> Series:
        """The root of |det g| over its value at the point."""
        det = determinant(self.rows)
        start = det.origin
        return det.times(1 / start).root()

    @cached_property
    def first(self) -> list[Rows]:
        """g_ab,k as ``[k][a][b]``."""
        return [[[x.slope(k) for x in row] for row in self.rows] for k in self.indices]

    @cached_property
    def christoffel(self) -> list[Rows]:
        """Gamma^a_bc as ``[a][b][c]``."""
        f, up, all_of = self.first, self.inverse, self.indices

        def low(e: int, b: int, c: int) -> Series:
            return (f[c][e][b] + f[b][e][c] - f[e][b][c]).times(Fraction(1, 2))

        lowered = [[[low(e, b, c) for c in all_of] for b in all_of] for e in all_of]
        return [
            [[total([up[a][e] * lowered[e][b][c] for e in all_of]) for c in all_of] for b in all_of] for a in all_of
        ]

    @cached_property
    def scalar(self) -> Series:
        """R, by R_bd = d_a Gamma^a_bd - d_d Gamma^a_ba + Gamma^a_ae Gamma^e_bd - Gamma^a_de Gamma^e_ba."""
        G, up, terms = self.christoffel, self.inverse, []
        for b, d, a in product(self.indices, repeat=3):
            squares = [G[a][a][e] * G[e][b][d] - G[a][d][e] * G[e][b][a] for e in self.indices]
            terms.append(up[b][d] * (G[a][b][d].slope(a) - G[a][b][a].slope(d) + total(squares)))
        return total(terms)

    def contracted(self, words: Mapping[str, Fraction]) -> Series:
        """Three inverse metrics times g_ab,m g_cd,n, summed as ``{"an bd mc": coefficient}`` says."""
        return total([self._pairing(word).times(factor) for word, factor in words.items()])

    def _pairing(self, word: str) -> Series:
        """One product: traces within a force first, then indices of the second force are raised to meet the first."""
        pairs = word.split()
        within = [p for p in pairs if set(p) <= set("mab") or set(p) <= set("ncd")]
        across = [p if p[0] in "mab" else p[::-1] for p in pairs if p not in within]
        left, right = self._forces("mab", within), self._forces("ncd", within)
        free_left, free_right = ([x for x in w if x not in "".join(within)] for w in ("mab", "ncd"))
        for place in range(len(free_right)):
            right = self._raised(right, place)
        order = [free_right.index(next(p[1] for p in across if p[0] == x)) for x in free_left]
        met = [(s, right.get(tuple(at[order.index(k)] for k in range(len(order))))) for at, s in left.items()]
        return total([s * r for s, r in met if r is not None])

    def _forces(self, letters: str, within: list[str]) -> dict[tuple[int, ...], Series]:
        """g_ab,m by its indices in the order of the letters, traced over a pair of them if one is within it."""
        full = {(k, a, b): self.first[k][a][b] for k, a, b in product(self.indices, repeat=3)}
        for pair in (p for p in within if set(p) <= set(letters)):
            x, y = sorted(map(letters.index, pair))
            (other,) = {0, 1, 2} - {x, y}
            traced = {}
            for k in self.indices:
                some = [(at, s) for at, s in full.items() if at[other] == k]
                traced[(k,)] = total([self.inverse[at[x]][at[y]] * s for at, s in some])
            full = traced
        return full

    def _raised(self, table: dict[tuple[int, ...], Series], place: int) -> dict[tuple[int, ...], Series]:
        def raised(at: tuple[int, ...]) -> Series:
            lower = ((k, (*at[:place], k, *at[place + 1 :])) for k in self.indices)
            return total([self.inverse[at[place]][k] * table[low] for k, low in lower])

        return {at: raised(at) for at in table}


Density = Callable[[SeriesMetric], Series]


def curvature_density(metric: SeriesMetric) -> Series:
    """sqrt|g| R."""
    return metric.root * metric.scalar


def form_density(words: Mapping[str, Fraction]) -> Density:
    """sqrt|g| times three inverse metrics times two forces."""
    return lambda metric: metric.root * metric.contracted(words)


def variational_derivative(density: Density, jet: MetricJet, direction: Matrix, derivatives: int) -> Fraction:
    """E^ab h_ab at the point of the jet over sqrt|g| there, h the symmetric ``direction``.

    ``derivatives`` is the highest order of the derivatives of the metric in the density. The metric is the polynomial
    with this jet; one of the third order and above would not change what is a tensor made of the jet.
    """
    n, found = len(jet.metric), Fraction(0)
    parts: dict[tuple[int, ...], Series] = {}
    for at in (c for size in range(derivatives + 1) for c in combinations_with_replacement(range(n), size)):
        varied = SeriesMetric(_metric(jet, direction, at, len(at) + derivatives))
        change = density(varied).linear()
        for rest, times in _splittings(at).items():
            monomial = (*_exponents(rest, n), 0)
            change = change - parts[_without(at, rest)].shifted(monomial).times(Fraction(times))
        # The test function x_k x_k has the second derivative 2.
        parts[at] = change.times(Fraction(1, 2)) if len(set(at)) < len(at) else change
        slope = parts[at]
        for k in at:
            slope = slope.slope(k)
        found += (-1) ** len(at) * slope.origin
    return found


def _splittings(at: tuple[int, ...]) -> Counter[tuple[int, ...]]:
    """What is left undifferentiated of the product of x_k at ``at`` when some of its factors are, with multiplicity."""
    return Counter(tuple(left) for size in range(1, len(at) + 1) for left in combinations(at, size))


def _without(at: tuple[int, ...], rest: tuple[int, ...]) -> tuple[int, ...]:
    left = list(at)
    for k in rest:
        left.remove(k)
    return tuple(left)


def _exponents(at: Sequence[int], n: int) -> tuple[int, ...]:
    return tuple(sum(k == place for k in at) for place in range(n))


def _metric(jet: MetricJet, direction: Matrix, at: tuple[int, ...], degree: int) -> Rows:
    """The polynomial with this jet plus the infinitesimal times the direction times the product of x_k at ``at``."""
    n = len(jet.metric)
    test = (*_exponents(at, n), 1)

    def entry(a: int, b: int) -> Series:
        terms = {(*_exponents((), n), 0): jet.metric[a][b]}
        for k in range(n):
            terms[*_exponents((k,), n), 0] = jet.first[k][a][b]
            for l in range(k, n):
                half = Fraction(1, 2) if k == l else Fraction(1)
                terms[*_exponents((k, l), n), 0] = half * jet.second[k][l][a][b]
        terms[test] = direction[a][b]
        return Series(terms, degree)

    return [[entry(a, b) for b in range(n)] for a in range(n)]
