"""Power series in several variables with rational coefficients, cut at a total degree, and matrices of them.

The last variable is infinitesimal: its square is zero, and it does not count in the degree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations

from derivations.oracles.one_loop import inverse

Exponents = tuple[int, ...]
Rows = list[list["Series"]]


@dataclass(frozen=True)
class Series:
    """Coefficients by exponents, the last of which is that of the infinitesimal."""

    terms: Mapping[Exponents, Fraction]
    degree: int

    def __add__(self, other: Series) -> Series:
        degree = min(self.degree, other.degree)
        total = {e: c for e, c in self.terms.items() if sum(e[:-1]) <= degree}
        for e, c in other.terms.items():
            if sum(e[:-1]) <= degree:
                total[e] = total.get(e, Fraction(0)) + c
        return Series(total, degree)

    def __sub__(self, other: Series) -> Series:
        return self + other.times(Fraction(-1))

    def __mul__(self, other: Series) -> Series:
        degree, total = min(self.degree, other.degree), {}
        for e, c in self.terms.items():
            room = degree - sum(e[:-1])
            for f, d in other.terms.items():
                if sum(f[:-1]) <= room and e[-1] + f[-1] <= 1:
                    both = tuple(x + y for x, y in zip(e, f, strict=True))
                    total[both] = total.get(both, Fraction(0)) + c * d
        return Series({e: c for e, c in total.items() if c}, degree)

    def times(self, number: Fraction) -> Series:
        """A multiple."""
        return Series({e: number * c for e, c in self.terms.items()}, self.degree)

    def slope(self, place: int) -> Series:
        """The derivative by one variable, one degree less."""
        moved = {
            tuple(x - (k == place) for k, x in enumerate(e)): e[place] * c for e, c in self.terms.items() if e[place]
        }
        return Series(moved, self.degree - 1)

    def shifted(self, by: Exponents) -> Series:
        """The product with a monomial, known to as many degrees more."""
        moved = {tuple(x + y for x, y in zip(e, by, strict=True)): c for e, c in self.terms.items()}
        return Series(moved, self.degree + sum(by[:-1]))

    def linear(self) -> Series:
        """The coefficient of the infinitesimal."""
        return Series({(*e[:-1], 0): c for e, c in self.terms.items() if e[-1]}, self.degree)

    @property
    def origin(self) -> Fraction:
        """The value at the origin."""
        return next((c for e, c in self.terms.items() if not any(e)), Fraction(0))

    def root(self) -> Series:
        """The square root of a series that is 1 at the origin."""
        rest, power, total, factor = self - self.constant(Fraction(1)), self.constant(Fraction(1)), None, Fraction(1)
        for k in range(self.degree + 2):
            total = power.times(factor) if total is None else total + power.times(factor)
            power, factor = power * rest, factor * (Fraction(1, 2) - k) / (k + 1)
        return self if total is None else total

    def constant(self, value: Fraction) -> Series:
        """A number as a series of the same variables and degree."""
        (example,) = [e for e, _ in zip(self.terms, range(1), strict=False)] or [(0,)]
        return Series({(0,) * len(example): value}, self.degree)


def matrix_product(left: Rows, right: Rows) -> Rows:
    """The product of two square matrices of series."""
    columns = list(zip(*right, strict=True))
    return [[total([x * y for x, y in zip(row, column, strict=True)]) for column in columns] for row in left]


def total(series: list[Series]) -> Series:
    """The sum of several series."""
    first, *others = series
    for other in others:
        first = first + other
    return first


def matrix_inverse(matrix: Rows) -> Rows:
    """By Newton's iteration from the inverse at the origin: each round doubles the order that is right."""
    zero = matrix[0][0]
    start = inverse([[x.origin for x in row] for row in matrix])
    found = [[zero.constant(x) for x in row] for row in start]
    order = 1
    while order <= zero.degree + 1:
        twice = [[x.times(Fraction(2)) for x in row] for row in found]
        inner = matrix_product(matrix_product(found, matrix), found)
        found = [[x - y for x, y in zip(a, b, strict=True)] for a, b in zip(twice, inner, strict=True)]
        order *= 2
    return found


def determinant(matrix: Rows) -> Series:
    """By the sum over permutations."""
    n, terms = len(matrix), []
    for order in permutations(range(n)):
        swaps = sum(order[i] > order[j] for i in range(n) for j in range(i + 1, n))
        term = matrix[0][order[0]]
        for row in range(1, n):
            term = term * matrix[row][order[row]]
        terms.append(term.times(Fraction((-1) ** swaps)))
    return total(terms)
