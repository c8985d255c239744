"""Sums over paths of a chain with any number of steps: what is proved, and what must not be."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from derivations import verify
from derivations.engine.routes.certificates.chain_ends import ChainEnd, counted_from_the_end
from derivations.engine.routes.certificates.finite_values import above_zero, is_finite
from derivations.engine.routes.exact import equal
from derivations.engine.routes.normal_forms.field import UnsupportedError
from derivations.engine.routes.normal_forms.tower import Tower
from theory.domain import Domain
from theory.models import driven_chain as chain
from theory.paths import PathSum
from theory.statements import Identity
from theory.sums import Sigma

n, T, t, a, b, c = chain.n_states, chain.n_steps, chain.t, chain.a, chain.b, chain.c
x, E, K, R, J, f, g = (
    chain.states, chain.energies, chain.kernel, chain.reverse_kernel, chain.flows, chain.observable, chain.factors,
)  # fmt: skip
START = chain.boltzmann(0, x[0])
RATIO = chain.partition_function(T) / chain.partition_function(0)
WEIGHTED = chain.forward_law() * sp.exp(-chain.work())
FUNCTIONAL = chain.steps_product(g[t, x[t - 1], x[t]])


def with_functionals(domain: Domain) -> Domain:
    return domain.extended({f: (-sp.oo, sp.oo), g: (-sp.oo, sp.oo)})


def proved(left: Any, right: Any, domain: Domain) -> str:
    """What the exact route says by itself; nothing where it has no rule."""
    try:
        return equal(sp.sympify(left), sp.sympify(right), domain)
    except UnsupportedError:
        return ""


RIGHT: dict[str, Any] = {
    "reverse law": (chain.over_paths(chain.reverse_law()), 1, chain.invariant()),
    "forward law": (chain.over_paths(chain.forward_law()), 1, chain.reversible()),
    "work": (chain.over_paths(WEIGHTED), RATIO, chain.invariant()),
    "work, detailed balance": (chain.over_paths(WEIGHTED), RATIO, chain.reversible()),
    "last state": (
        chain.over_paths(f[x[T]] * WEIGHTED),
        Sigma(f[c] * sp.exp(-E[T, c]), (c, 1, n)) / chain.partition_function(0),
        with_functionals(chain.invariant()),
    ),
    "path by path": (
        chain.over_paths(FUNCTIONAL * WEIGHTED),
        RATIO * chain.over_paths(FUNCTIONAL * chain.reverse_law()),
        with_functionals(chain.balanced()),
    ),
    "sum of sums": (
        chain.over_paths(f[x[0]] * WEIGHTED) + chain.over_paths(-f[x[0]] * WEIGHTED + WEIGHTED),
        RATIO,
        with_functionals(chain.invariant()),
    ),
}


@pytest.mark.parametrize("name", RIGHT)
def test_a_true_claim_is_proved_for_any_number_of_steps_and_states(name: str) -> None:
    assert "induction over T" in proved(*RIGHT[name])


def wrong_order() -> Any:
    return Sigma(E[t, x[t - 1]] - E[t - 1, x[t - 1]], (t, 1, T))


WRONG: dict[str, Any] = {
    "twice as much": (chain.over_paths(chain.reverse_law()), 2, chain.invariant()),
    "true at T = 0 alone": (chain.over_paths(chain.forward_law() * sp.exp(-wrong_order())), RATIO, chain.invariant()),
    "sign of the work": (chain.over_paths(chain.forward_law() * sp.exp(chain.work())), RATIO, chain.invariant()),
    "a step left out": (
        chain.over_paths(chain.forward_law() * sp.exp(-Sigma(chain.work_steps(), (t, 2, T)))), RATIO, chain.invariant(),
    ),
    "a step too many": (
        chain.over_paths(chain.forward_law() * sp.exp(-Sigma(chain.work_steps(), (t, 1, T + 1)))),
        RATIO, chain.invariant(),
    ),
    "rows that do not sum to one": (chain.over_paths(chain.reverse_law()), 1, chain.balanced()),
    "forward rows that do not sum to one": (chain.over_paths(chain.forward_law()), 1, chain.invariant()),
    "start out of equilibrium": (
        chain.over_paths(sp.exp(-chain.work()) * chain.forward_law(1 / n)), RATIO, chain.invariant(),
    ),
    "exchanged states": (
        chain.over_paths(START * chain.steps_product(K[t - 1, x[t], x[t - 1]]) * sp.exp(-chain.work())),
        RATIO, chain.invariant(),
    ),
    "kernel of the next time": (
        chain.over_paths(START * chain.steps_product(K[t, x[t - 1], x[t]]) * sp.exp(-chain.work())),
        RATIO, chain.invariant(),
    ),
    "another functional": (
        chain.over_paths(FUNCTIONAL * WEIGHTED),
        RATIO * chain.over_paths(chain.steps_product(g[t, x[t], x[t - 1]]) * chain.reverse_law()),
        with_functionals(chain.balanced()),
    ),
    "other paths": (
        chain.over_paths(WEIGHTED), RATIO * PathSum(chain.reverse_law(), x, n, (t, 0, T + 1)), chain.invariant(),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_false_claim_is_not_proved(name: str) -> None:
    assert proved(*WRONG[name]) == ""


@pytest.mark.parametrize("name", sorted(set(WRONG) - {"other paths"}))
def test_a_false_claim_is_refuted(name: str) -> None:
    left, right, domain = WRONG[name]
    verdict = verify(Identity(left, right, domain), timeout=20)
    assert verdict.status == "refuted", verdict


def test_a_chain_that_may_have_no_state_is_left_alone() -> None:
    m = sp.Symbol("m", integer=True)
    domain = with_functionals(Domain({m: sp.Range(0, sp.oo), T: sp.Range(0, sp.oo), g: sp.S.Reals}))
    right = chain.steps_product(g[t]) * (Sigma(f[c], (c, 1, m)) - f[1])
    left = chain.steps_product(g[t]) * Sigma(f[c], (c, 2, m))
    assert proved(PathSum(left, x, m, (t, 0, T)), PathSum(right, x, m, (t, 0, T)), domain) == ""


def test_products_over_steps_are_proved_by_their_factors() -> None:
    domain = chain.balanced().extended(chain.path_set())
    heat = Sigma(E[t - 1, x[t]] - E[t - 1, x[t - 1]], (t, 1, T))
    ratio = chain.reverse_steps() / chain.forward_steps()
    assert "induction over T" in proved(ratio, sp.exp(heat), domain)
    assert proved(ratio, sp.exp(-heat), domain) == ""
    assert proved(ratio, 2 * sp.exp(heat), domain) == ""
    assert proved(1 / ratio, sp.exp(heat), domain) == ""


def test_a_gap_of_the_claim_breaks_the_chain() -> None:
    """Where E vanishes at some time, what is divided by it has no value there."""
    domain = chain.driven().extended(chain.path_set())
    left = chain.steps_product(K[t, x[t], x[t]] * R[t, x[t], x[t]]) / E[T, 1]
    right = chain.steps_product(K[t, x[t], x[t]]) * chain.steps_product(R[t, x[t], x[t]]) / E[T, 1]
    assert proved(left * E[T, 1], right * E[T, 1], domain)
    assert proved(left, right, domain) == ""


def test_signs_and_finite_values_are_read_off() -> None:
    domain = Domain(
        {E: (-sp.oo, sp.oo), J: (0, sp.oo), K: sp.Interval(0, 1), n: sp.Range(1, sp.oo), T: sp.Range(0, sp.oo)}
    )
    tower = Tower(domain)
    total = Sigma(J[0, c], (c, 1, n))
    assert above_zero(tower, total) and above_zero(tower, sp.exp(-E[0, 1])) and is_finite(tower, sp.log(total) / total)
    assert not above_zero(tower, Sigma(J[0, c], (c, 1, T)))
    assert not above_zero(tower, Sigma(K[0, c], (c, 1, n)))
    assert not above_zero(tower, E[0, 1]) and not above_zero(tower, total - J[0, 1])
    assert not is_finite(tower, 1 / E[0, 1]) and not is_finite(tower, sp.log(E[0, 1]))
    assert not is_finite(tower, Sigma(J[0, c], (c, 1, sp.oo)))
    assert not is_finite(tower, sp.sqrt(E[0, 1])) and not is_finite(tower, sp.tan(E[0, 1]))


def last(least: int = 0) -> ChainEnd:
    return ChainEnd(path=x, low=sp.Integer(0), high=T, size=T, least=least, at_start=False)


def test_the_last_state_is_split_off() -> None:
    y = sp.Symbol("y", integer=True)
    grown = last().grown(chain.forward_steps() * f[x[T]], y)
    assert grown == f[y] * K[T, x[T], y] * chain.forward_steps()


@pytest.mark.parametrize(
    "body",
    [
        chain.steps_product(K[t, x[t], x[t + 1]]),
        chain.steps_product(K[t, x[T - t], x[t]]),
        chain.steps_product(K[t, x[2 * t], x[t]]),
        sp.Product(K[t, x[t], x[t]], (t, T, 2 * T)),
        PathSum(f[x[T]], x, n, (t, 0, T)),
        Sigma(f[c], (c, 1, x[1])),
    ],
)
def test_a_state_that_is_not_seen_is_not_split_off(body: Any) -> None:
    with pytest.raises(UnsupportedError):
        last().grown(body, a)


def test_families_are_counted_from_the_last_time() -> None:
    families = frozenset({E, x})
    moved = counted_from_the_end(chain.work() + E[T, x[T]], families, T)
    assert moved == Sigma(E[t, x[t]] - E[t - 1, x[t]], (t, 1 - T, 0)) + E[0, x[0]]
    with pytest.raises(UnsupportedError):
        counted_from_the_end(sp.Integral(E[0, a], (a, 0, 1)), families, T)
