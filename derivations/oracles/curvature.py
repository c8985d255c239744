"""Curvature at a point from a metric and its first and second derivatives there, in exact rational arithmetic.

R^a_bcd = d_c Gamma^a_bd - d_d Gamma^a_bc + Gamma^a_ce Gamma^e_bd - Gamma^a_de Gamma^e_bc and R_bd = R^a_bad: spheres
have positive curvature.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import prod

from derivations.oracles.one_loop import Matrix, inverse

Table = Sequence[Sequence[Sequence[Fraction]]]
LETTERS = "mnabcd"
"""Of the two derivatives and the four indices of g_ab,m and g_cd,n."""


@dataclass(frozen=True)
class MetricJet:
    """A metric in any number of dimensions and its derivatives at a point.

    Attributes
    ----------
    metric
        g[a][b].
    first
        d_k g_ab as ``first[k][a][b]``.
    second
        d_k d_l g_ab as ``second[k][l][a][b]``.
    """

    metric: Matrix
    first: Table
    second: Sequence[Table]

    @property
    def indices(self) -> range:
        """All values of an index."""
        return range(len(self.metric))

    @cached_property
    def inverse(self) -> Matrix:
        """g^ab."""
        return inverse(self.metric)

    @cached_property
    def inverse_slopes(self) -> Table:
        """d_k g^ab = -g^ac d_k g_cd g^db."""
        up, all_of = self.inverse, self.indices
        return [
            [[-sum(up[a][c] * f[c][d] * up[d][b] for c in all_of for d in all_of) for b in all_of] for a in all_of]
            for f in self.first
        ]  # type: ignore[return-value]

    @cached_property
    def lowered(self) -> Table:
        """Christoffel symbols of the first kind, (g_ab,c + g_ac,b - g_bc,a) / 2 as ``[a][b][c]``."""
        f, all_of = self.first, self.indices
        return [[[(f[c][a][b] + f[b][a][c] - f[a][b][c]) / 2 for c in all_of] for b in all_of] for a in all_of]

    @cached_property
    def christoffel(self) -> Table:
        """Gamma^a_bc as ``[a][b][c]``."""
        up, low, all_of = self.inverse, self.lowered, self.indices
        return [[[sum(up[a][e] * low[e][b][c] for e in all_of) for c in all_of] for b in all_of] for a in all_of]  # type: ignore[return-value]

    @cached_property
    def christoffel_slopes(self) -> Sequence[Table]:
        """d_k Gamma^a_bc as ``[k][a][b][c]``."""
        up, moved, low, s, all_of = self.inverse, self.inverse_slopes, self.lowered, self.second, self.indices

        def slope(k: int, a: int, b: int, c: int) -> Fraction:
            terms = (
                moved[k][a][e] * low[e][b][c] + up[a][e] * (s[k][c][e][b] + s[k][b][e][c] - s[k][e][b][c]) / 2
                for e in all_of
            )
            return sum(terms, Fraction(0))

        return [[[[slope(k, a, b, c) for c in all_of] for b in all_of] for a in all_of] for k in all_of]

    def riemann(self, a: int, b: int, c: int, d: int) -> Fraction:
        """R^a_bcd."""
        G, dG = self.christoffel, self.christoffel_slopes
        squares = (G[a][c][e] * G[e][b][d] - G[a][d][e] * G[e][b][c] for e in self.indices)
        return dG[c][a][b][d] - dG[d][a][b][c] + sum(squares, Fraction(0))

    @cached_property
    def ricci(self) -> Matrix:
        """R_bd, the trace of the curvature over its first and third index."""
        all_of = self.indices
        return [[sum((self.riemann(a, b, a, d) for a in all_of), Fraction(0)) for d in all_of] for b in all_of]

    @cached_property
    def scalar(self) -> Fraction:
        """R."""
        return sum((self.inverse[a][b] * self.ricci[a][b] for a, b in product(self.indices, repeat=2)), Fraction(0))

    @cached_property
    def raised_einstein(self) -> Matrix:
        """G^ab = R^ab - g^ab R / 2."""
        up, ricci, all_of = self.inverse, self.ricci, self.indices
        raised = [
            [sum((up[a][c] * ricci[c][d] * up[d][b] for c in all_of for d in all_of), Fraction(0)) for b in all_of]
            for a in all_of
        ]
        return [[raised[a][b] - up[a][b] * self.scalar / 2 for b in all_of] for a in all_of]

    @cached_property
    def products_of_christoffels(self) -> Fraction:
        """g^mn (Gamma^a_mb Gamma^b_na - Gamma^a_mn Gamma^b_ab)."""
        up, G = self.inverse, self.christoffel
        terms = (
            up[m][n] * (G[a][m][b] * G[b][n][a] - G[a][m][n] * G[b][a][b])
            for m, n, a, b in product(self.indices, repeat=4)
        )
        return sum(terms, Fraction(0))

    def contracted(self, words: Mapping[str, Fraction]) -> Fraction:
        """The sum of coefficient times three inverse metrics times g_ab,m g_cd,n, as ``{"an bd mc": coefficient}``."""
        total, places = Fraction(0), tuple((w, [tuple(map(LETTERS.index, p)) for p in w.split()]) for w in words)
        for at in product(self.indices, repeat=6):
            m, n, a, b, c, d = at
            forces = self.first[m][a][b] * self.first[n][c][d]
            if forces:
                total += forces * sum(
                    (words[w] * prod(self.inverse[at[x]][at[y]] for x, y in pairs) for w, pairs in places), Fraction(0)
                )
        return total
