"""Inequivalent combinations of points, and where the union of two of them stands among those of more points."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import combinations_with_replacement
from math import factorial

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Places = NDArray[np.intp]


@cache
def combinations(n_points: int, order: int) -> Places:
    """Combinations of points, repetitions allowed, that a symmetric function tells apart.

    Returns
    -------
    array of shape (n_combinations, order)
        Places of points, ascending in each row: 21, 126 and 462 rows for two, four and six of six points.
    """
    found = list(combinations_with_replacement(range(n_points), order))
    rows = np.array(found, dtype=np.intp).reshape(len(found), order)
    rows.flags.writeable = False
    return rows


@cache
def unions(n_points: int, one: int, other: int) -> Places:
    """For a combination of ``one`` points and one of ``other`` points: the place of both together.

    Returns
    -------
    array of shape (n_combinations of one, n_combinations of other)
    """
    all_codes = _codes(n_points, one + other, one + other)
    order = np.argsort(all_codes)
    sums = _codes(n_points, one, one + other)[:, None] + _codes(n_points, other, one + other)[None, :]
    found: Places = order[np.searchsorted(all_codes[order], sums)]
    found.flags.writeable = False
    return found


@cache
def splits(n_points: int, one: int, other: int) -> tuple[Places, Places]:
    """One way to split each combination of ``one + other`` points: places of a first and of a second part."""
    places = unions(n_points, one, other)
    _, first = np.unique(places, return_index=True)
    rows, columns = np.unravel_index(first, places.shape)
    return rows, columns


@cache
def repetitions(n_points: int, order: int) -> Array:
    """The product of the factorials of how often each point stands in a combination, shape (n_combinations,)."""
    counts = multiplicities(n_points, order)
    table = np.array([factorial(k) for k in range(order + 1)], dtype=float)
    return np.asarray(table[counts].prod(axis=1), dtype=np.float64)


@cache
def multiplicities(n_points: int, order: int) -> Places:
    """How often each point stands in a combination, shape (n_combinations, n_points)."""
    rows = combinations(n_points, order)
    return (rows[:, :, None] == np.arange(n_points)).sum(axis=1)


def _codes(n_points: int, order: int, base: int) -> NDArray[np.int64]:
    return multiplicities(n_points, order) @ ((base + 1) ** np.arange(n_points, dtype=np.int64))


def product(n_points: int, one: tuple[int, Array], other: tuple[int, Array]) -> Array:
    """The homogeneous part of a product of two power series in the points' sources, from a part of each.

    A part is its degree with its coefficients, one for each combination of so many points.
    """
    (first, a), (second, b) = one, other
    return collected(n_points, first, second, np.multiply.outer(a, b))


def collected(n_points: int, one: int, other: int, pairs: Array) -> Array:
    """Sum of a matrix over pairs of combinations, those with the same union together."""
    places = unions(n_points, one, other)
    size = len(combinations(n_points, one + other))
    return np.bincount(places.ravel(), weights=pairs.ravel(), minlength=size).astype(np.float64)


def exponential(n_points: int, exponent: Mapping[int, Array], order: int) -> dict[int, Array]:
    """Even parts of the exponential of a series without a constant, up to a degree: k E_k = sum_j j C_j E_(k-j)."""
    parts = {0: np.ones(1)}
    for k in range(2, order + 1, 2):
        terms = [
            j * product(n_points, (j, exponent[j]), (k - j, parts[k - j])) for j in range(2, k + 1, 2) if j in exponent
        ]
        parts[k] = sum(terms, np.zeros(len(combinations(n_points, k)))) / k
    return parts


def logarithm(n_points: int, series: Mapping[int, Array], order: int) -> dict[int, Array]:
    """Even parts of the logarithm of a series that begins with 1: k C_k = k S_k - sum_(j<k) j C_j S_(k-j)."""
    parts: dict[int, Array] = {}
    for k in range(2, order + 1, 2):
        found = series[k].copy()
        for j in range(2, k, 2):
            found -= j / k * product(n_points, (j, parts[j]), (k - j, series[k - j]))
        parts[k] = found
    return parts
