r"""Polynomials with one negative term below the geometric mean of the others, such as that of Motzkin.

If b = sum_i l_i a_i with l_i > 0 and sum_i l_i = 1, then sum_i c_i x^(a_i) >= prod_i (c_i / l_i)^(l_i) |x^b| where
every term on the left is nonnegative (Iliman and de Wolff, Amoebas, nonnegative polynomials and sums of squares, 2016).
"""

# pyright: reportArgumentType=false, reportOperatorIssue=false

from __future__ import annotations

from itertools import combinations
from math import lcm

from flint import fmpq, fmpq_mat, fmpq_mpoly

from derivations.engine.routes.normal_forms.field import Field

MAX_TERMS = 8
MAX_DENOMINATOR = 60
Term = tuple[tuple[int, ...], fmpq]


def is_circuit(field: Field, poly: fmpq_mpoly) -> bool:
    """Whether a polynomial in real letters is proved to be >= 0 by one inequality of the means."""
    terms: list[Term] = [(tuple(map(int, e)), c) for e, c in poly.to_dict().items()]
    if len(terms) > MAX_TERMS:
        return False
    above = [t for t in terms if t[1] > 0 and _is_nonnegative(field, t[0])]
    below = [t for t in terms if t not in above]
    if len(below) != 1:
        return False
    return any(
        _dominates(subset, below[0]) for count in range(2, len(above) + 1) for subset in combinations(above, count)
    )


def _is_nonnegative(field: Field, exponents: tuple[int, ...]) -> bool:
    return all(e % 2 == 0 or field.letters[i].nonnegative for i, e in enumerate(exponents) if e)


def _dominates(subset: tuple[Term, ...], term: Term) -> bool:
    """Whether the weighted geometric mean of some terms is at least the modulus of the other."""
    weights = _weights([e for e, _ in subset], term[0])
    if weights is None:
        return False
    power = lcm(*(int(w.q) for w in weights))
    if power > MAX_DENOMINATOR:
        return False
    mean = fmpq(1)
    for (_, coefficient), weight in zip(subset, weights, strict=True):
        mean *= (coefficient / weight) ** int((weight * power).p)
    return mean >= abs(term[1]) ** power


def _weights(corners: list[tuple[int, ...]], inner: tuple[int, ...]) -> list[fmpq] | None:
    """The positive weights by which a point is the mean of corners of a simplex; None if there are none."""
    rows = [[*(corner[i] for corner in corners), inner[i]] for i in range(len(inner))]
    rows.append([1] * (len(corners) + 1))
    reduced, rank = fmpq_mat([list(map(fmpq, row)) for row in rows]).rref()
    count = len(corners)
    if rank != count or any(reduced[i, j] != (i == j) for i in range(count) for j in range(count)):
        return None
    weights = [reduced[i, count] for i in range(count)]
    return weights if all(w > 0 for w in weights) else None
