"""The work of a path of moves between changes of a trap, from the joint Gaussian of all its positions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def path_transform(
    stiffnesses: Sequence[Fraction], centers: Sequence[Fraction], retained: Fraction, power: Fraction
) -> tuple[Fraction, Fraction]:
    """The square of the mean of exp(-power W) is ratio * exp(2 * exponent); (ratio, exponent), exact.

    The integrand is exp(-x^T A x / 2 + b^T x + c) with x the positions before each change: the equilibrium of the
    first trap, the law of each move, and the weight of each change of k (x - center)^2 / 2.
    """
    n = len(stiffnesses) - 1
    plain = _Quadratic(n)
    plain.add_square({0: Fraction(1)}, -centers[0], stiffnesses[0])
    for t in range(1, n):
        share = stiffnesses[t] / (1 - retained**2)
        plain.add_square({t: Fraction(1), t - 1: -retained}, -(1 - retained) * centers[t], share)
    weighted = plain.copy()
    for t in range(n):
        weighted.add_square({t: Fraction(1)}, -centers[t + 1], power * stiffnesses[t + 1])
        weighted.add_square({t: Fraction(1)}, -centers[t], -power * stiffnesses[t])
    (first, rest), (second, more) = plain.integral(), weighted.integral()
    return first / second, more - rest


class _Quadratic:
    """-x^T matrix x / 2 + vector^T x + constant."""

    def __init__(self, size: int) -> None:
        self.matrix = [[Fraction(0)] * size for _ in range(size)]
        self.vector, self.constant = [Fraction(0)] * size, Fraction(0)

    def copy(self) -> _Quadratic:
        twin = _Quadratic(len(self.vector))
        twin.matrix, twin.vector, twin.constant = [list(r) for r in self.matrix], list(self.vector), self.constant
        return twin

    def add_square(self, form: dict[int, Fraction], shift: Fraction, weight: Fraction) -> None:
        """Add -weight (form(x) + shift)^2 / 2."""
        for i, a in form.items():
            self.vector[i] -= weight * a * shift
            for j, b in form.items():
                self.matrix[i][j] += weight * a * b
        self.constant -= weight * shift**2 / 2

    def integral(self) -> tuple[Fraction, Fraction]:
        """Determinant of the matrix, and the exponent at the stationary point; by elimination."""
        rows = [[*row, value] for row, value in zip(self.matrix, self.vector, strict=True)]
        determinant, exponent = Fraction(1), self.constant
        for place, pivot in enumerate(rows):
            if pivot[place] <= 0:
                raise ValueError("expected a weight under which the path has a law; found a pivot that is not positive")
            determinant *= pivot[place]
            exponent += pivot[-1] ** 2 / (2 * pivot[place])
            for row in rows[place + 1 :]:
                factor = row[place] / pivot[place]
                row[place:] = [b - factor * a for a, b in zip(pivot[place:], row[place:], strict=True)]
        return determinant, exponent
