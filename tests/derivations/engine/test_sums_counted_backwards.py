"""A sum over entries at places n - i is the same sum counted from its other end."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from derivations import verify
from derivations.engine.routes.exact import equal
from theory.domain import Domain
from theory.statements import Identity
from theory.sums import Sigma
from theory.symbols import family

i, j = sp.symbols("i j", integer=True)
n = sp.Symbol("n", integer=True)
h, x = family("h", real=True), family("x", integer=True)
DOMAIN = Domain({n: sp.Range(0, sp.oo), h: (-2, 2), x: sp.Range(1, 4)})
FORWARD = Sigma(h[i], (i, 1, n))
RIGHT: tuple[tuple[Any, Any], ...] = (
    (Sigma(h[n + 1 - i], (i, 1, n)), FORWARD),
    (Sigma(h[-i], (i, -n, -1)), FORWARD),
    (Sigma(i * h[n + 1 - i], (i, 1, n)), Sigma((n + 1 - i) * h[i], (i, 1, n))),
    (Sigma(h[n - i, x[n + 1 - i]], (i, 1, n)), Sigma(h[i - 1, x[i]], (i, 1, n))),
    (Sigma(h[n + 1 - i, j], (i, 1, n), (j, 1, n)), Sigma(h[i, j], (i, 1, n), (j, 1, n))),
)  # fmt: skip
WRONG: tuple[tuple[Any, Any], ...] = (
    (Sigma(h[n - i], (i, 1, n)), FORWARD),
    (Sigma(h[n + 1 - i], (i, 1, n - 1)), FORWARD),
    (Sigma(i * h[n + 1 - i], (i, 1, n)), Sigma(i * h[i], (i, 1, n))),
    (Sigma(h[n - i, x[n - i]], (i, 1, n)), Sigma(h[i - 1, x[i]], (i, 1, n))),
    (Sigma(h[n + 1 - i, i], (i, 1, n)), Sigma(h[i, i], (i, 1, n))),
    (Sigma(h[n + 1 - i] * h[i], (i, 1, n)), Sigma(h[i] ** 2, (i, 1, n))),
)  # fmt: skip


@pytest.mark.parametrize(("left", "right"), RIGHT)
def test_the_other_end_makes_no_difference(left: Any, right: Any) -> None:
    assert equal(left, right, DOMAIN)
    assert verify(Identity(left, right, DOMAIN)).status == "proved"


@pytest.mark.parametrize(("left", "right"), WRONG)
def test_entries_that_are_others_are_not_proved(left: Any, right: Any) -> None:
    assert equal(left, right, DOMAIN) == ""
    assert verify(Identity(left, right, DOMAIN)).status == "refuted"
