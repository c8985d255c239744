"""Terms whose brackets contradict one another vanish at every size; others must not be called zero."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from derivations import verify
from derivations.engine.routes.certificates.contradictions import by_contradiction
from derivations.engine.routes.certificates.linear_conditions import infeasible
from derivations.engine.routes.normal_forms.normal_form import Equation
from theory import sums
from theory.domain import Domain
from theory.models import feedforward as model
from theory.statements import Identity
from theory.sums import Sigma
from theory.symbols import family

Inside: Any = sums.Inside
N, L, n, q = model.n_neurons, model.n_layers, model.power, model.beyond
i, j, k, h, w, delta = model.i, model.j, model.k, model.layer, model.weights, sp.KroneckerDelta
x, t = model.path, model.t
DOMAIN = model.feedforward_domain().extended({k: sp.Range(1, N + 1)})
climbs, next_layer = model.response, model.layered_response


def level(row: Any, column: Any) -> Any:
    """Entries that may lead within a layer."""
    return w[row, column] * Inside(h[row], h[column], L)


def proved(left: Any, right: Any = sp.S.Zero) -> str:
    return by_contradiction(Equation(left=left, right=right, domain=DOMAIN))


TRUE = {
    "power beyond the layers": model.power_entry(climbs, L + q),
    "its transpose": model.power_entry(model.transposed(climbs), L + q),
    "closed path": model.along_paths(climbs, n + 1, delta(x[0], x[n + 1])),
    "block": (1 - delta(h[i], h[j] + n)) * model.power_entry(next_layer, n),
    "block as a difference": model.power_entry(next_layer, n) * (delta(h[i], h[j] + n) - 1),
    "two steps and one": Sigma(next_layer(i, k) * next_layer(k, j), (k, 1, N)) * next_layer(i, j),
    "square": (delta(h[i], 1) * climbs(i, j)) ** 2,
    "two terms": delta(h[i], 1) * climbs(i, j) + delta(h[j], L) * climbs(i, j),
    "inside a sum": Sigma(climbs(i, k) * (climbs(k, j) + delta(k, j)) * delta(h[i], 1), (k, 1, N)),
}
FALSE = {
    "one power less": model.power_entry(climbs, L - 1 + q),
    "steps within a layer": model.power_entry(level, L + q),
    "closed path of no steps": model.along_paths(climbs, n, delta(x[0], x[n])),
    "another block": (1 - delta(h[i], h[j] + n + 1)) * model.power_entry(next_layer, n),
    "skipped layers": (1 - delta(h[i], h[j] + n)) * model.power_entry(climbs, n),
    "two steps": Sigma(next_layer(i, k) * next_layer(k, j), (k, 1, N)),
    "above the first layer": delta(h[j], 1) * climbs(i, j),
    "one of two terms": delta(h[i], 1) * climbs(i, j) + climbs(i, j),
    "no guard": w[i, j],
}


@pytest.mark.parametrize("name", TRUE)
def test_a_contradiction_is_found_and_points_agree(name: str) -> None:
    assert proved(TRUE[name]) == "contradicting brackets"
    claim = Identity(TRUE[name], 0, DOMAIN.restricted(TRUE[name]))
    assert verify(claim).status == "proved"
    assert verify(claim.replaced(right=sp.S.One)).status == "refuted"


@pytest.mark.parametrize("name", FALSE)
def test_what_does_not_vanish_is_not_proved_to(name: str) -> None:
    assert proved(FALSE[name]) == ""


@pytest.mark.parametrize("name", ["one power less", "steps within a layer", "closed path of no steps"])
def test_it_does_not_vanish_where_each_neuron_is_a_layer(name: str) -> None:
    chain = {N: sp.FiniteSet(3), L: sp.FiniteSet(3), q: sp.FiniteSet(0), n: sp.FiniteSet(0)}
    claim = Identity(FALSE[name], 0, DOMAIN.restricted(FALSE[name]))
    domain = Domain(
        {**claim.domain.sets, **{s: c for s, c in chain.items() if s in claim.domain.sets}}, [sp.Eq(h[k], k)]
    )
    assert verify(claim.replaced(domain=domain)).status == "refuted"


def test_both_sides_equal_and_zero_is_not_needed_term_by_term() -> None:
    whole = model.power_entry(next_layer, n)
    assert proved(whole, delta(h[i], h[j] + n) * whole)
    assert not proved(whole, delta(h[i], h[j] + n + 1) * whole)


def test_linear_conditions_are_decided_with_the_sets_of_the_domain() -> None:
    a, b = sp.symbols("a b", integer=True)
    domain = Domain({a: sp.Range(1, 6), b: sp.Range(a, 9)})
    assert infeasible([a - 6], domain)
    assert not infeasible([a - 5], domain)
    assert infeasible([a - b - 1], domain)
    assert not infeasible([a - b], domain)
    assert infeasible([a - 2 * b + 4, b - a - 2], domain)
    assert not infeasible([a - 2 * b + 8, b - a - 2], domain)


def test_a_range_with_gaps_gives_no_bounds() -> None:
    a = sp.Symbol("a", integer=True)
    assert not infeasible([-a], Domain({a: sp.Range(1, 9, 2)}))


def test_brackets_on_another_family_do_not_count() -> None:
    other = family("g", integer=True)
    domain = DOMAIN.extended({other: sp.Range(1, L + 1)})
    term: Any = Inside(h[i], other[j] + 1, L) * Inside(other[j], h[k] + 1, L) * Inside(h[k], h[i], L)
    assert by_contradiction(Equation(left=term, right=sp.S.Zero, domain=domain))
    loose = Inside(h[i], other[j] + 1, L) * Inside(other[k], h[k] + 1, L) * Inside(h[k], h[i], L)
    assert not by_contradiction(Equation(left=loose, right=sp.S.Zero, domain=domain))
