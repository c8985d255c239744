"""Entries of a family lie in its range: sums over deltas and brackets at such entries are decided, and no others."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from derivations import verify
from derivations.engine.routes.exact import equal
from theory.domain import Domain
from theory.statements import Identity
from theory.sums import Inside, Sigma
from theory.symbols import family

k, t = sp.symbols("k t", integer=True)
n = sp.Symbol("n", integer=True, positive=True)
h, x, y = family("h", real=True), family("x", integer=True), family("y", integer=True)
DOMAIN = Domain(
    {n: sp.Range(1, sp.oo), h: (-2, 2), x: sp.Range(1, n + 1), y: sp.Range(0, n + 2), t: sp.Range(0, sp.oo)}
)  # fmt: skip


def picked(entry: Any, last: Any = n) -> Any:
    """The sum over k that is left with one term, at the entry."""
    return Sigma(h[k] * sp.KroneckerDelta(k, entry), (k, 1, last))


RIGHT: tuple[tuple[Any, Any], ...] = (
    (Inside(x[t], 1, n), sp.Integer(1)),
    (Inside(x[t] + 1, 2, n + 1), sp.Integer(1)),
    (Inside(x[t], n + 1, 2 * n), sp.Integer(0)),
    (picked(x[3]), h[x[3]]),
    (picked(x[t + 1]), h[x[t + 1]]),
    (picked(x[t], n + 1), h[x[t]]),
)  # fmt: skip
WRONG: tuple[tuple[Any, Any], ...] = (
    (Inside(x[t], 2, n), sp.Integer(1)),
    (Inside(x[t], 1, n - 1), sp.Integer(1)),
    (Inside(y[t], 1, n), sp.Integer(1)),
    (Inside(x[t] + 1, 1, n), sp.Integer(1)),
    (picked(y[t]), h[y[t]]),
    (picked(x[t], n - 1), h[x[t]]),
    (picked(x[t] + 1), h[x[t] + 1]),
    (picked(x[t]), h[x[t + 1]]),
)  # fmt: skip


@pytest.mark.parametrize(("left", "right"), RIGHT)
def test_what_the_range_says_is_used(left: Any, right: Any) -> None:
    assert equal(left, right, DOMAIN)
    assert verify(Identity(left, right, DOMAIN)).status == "proved"


@pytest.mark.parametrize(("left", "right"), WRONG)
def test_what_the_range_does_not_say_is_not_used(left: Any, right: Any) -> None:
    assert equal(left, right, DOMAIN) == ""
    assert verify(Identity(left, right, DOMAIN)).status == "refuted"
