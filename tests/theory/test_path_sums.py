"""Sums over paths: their exact meaning, their names, and the chains they are about."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
import sympy as sp

from derivations import verify
from derivations.engine.claims import encode
from theory.domain import Domain
from theory.interchange.decoding import Decoder
from theory.interchange.encoding import Encoder
from theory.models import driven_chain as chain
from theory.paths import PathSum
from theory.printing.latex import TheoryLatexPrinter
from theory.printing.letters import Letters
from theory.printing.text import TheoryTextPrinter
from theory.statements import Identity
from theory.sums import Sigma, free_names, rename, unroll
from theory.symbols import family

n, T, t, a, b = chain.n_states, chain.n_steps, chain.t, chain.a, chain.b
x, E, K, J = chain.states, chain.energies, chain.kernel, chain.flows


def at(sizes: dict[Any, Any]) -> Any:
    return lambda atom: sp.sympify(sizes.get(atom, atom))


def test_a_path_sum_is_the_sum_over_its_paths() -> None:
    node = chain.over_paths(sp.exp(-E[0, x[0]]) * chain.forward_steps() * Sigma(E[t, x[t]], (t, 0, T)))
    expected = sp.Integer(0)
    for first, second, third in product((1, 2), repeat=3):
        weight = sp.exp(-E[0, first]) * K[0, first, second] * K[1, second, third]
        expected += weight * (E[0, first] + E[1, second] + E[2, third])
    assert sp.expand(unroll(node, at({n: 2, T: 2})) - expected) == 0


def test_a_path_of_no_entries_is_one_path() -> None:
    assert unroll(PathSum(E[0, 1], x, n, (t, 1, T)), at({n: 3, T: 0})) == E[0, 1]


def test_the_path_is_bound() -> None:
    node = chain.over_paths(chain.reverse_law())
    assert free_names(node) == {n, T, E, chain.reverse_kernel}
    assert rename(node, T, T + 1) == PathSum(rename(node.body, T, T + 1), x, n, (t, 0, T + 1))


def test_the_name_of_the_path_does_not_matter() -> None:
    y = family("y", integer=True)
    assert encode(PathSum(E[0, x[0]], x, n, (t, 0, T))) == encode(PathSum(E[0, y[0]], y, n, (a, 0, T)))
    assert encode(PathSum(E[0, x[0]], x, n, (t, 0, T))) != encode(PathSum(E[0, x[0]], x, n, (t, 0, T + 1)))


@pytest.mark.parametrize("wrong", [(x,), (a, (t, 0, T))])
def test_a_path_needs_a_family_and_its_times(wrong: Any) -> None:
    with pytest.raises(ValueError, match="a path is an IndexedBase"):
        PathSum(sp.Integer(1), wrong[0], n, *wrong[1:])


def test_paths_are_written_to_documents_and_back() -> None:
    node = chain.over_paths(chain.forward_law() * sp.exp(-chain.work()))
    encoder = Encoder()
    written = encoder.value(node)
    assert Decoder(encoder.symbols).value(written) == node


def test_paths_are_printed_by_their_ends() -> None:
    node = chain.over_paths(sp.exp(-E[0, x[0]]))
    assert r"\sum_{x_{0}, \ldots, x_{T}}" in TheoryLatexPrinter(Letters(node)).doprint(node)
    assert "x[0], …, x[T] = 1..n" in TheoryTextPrinter(Letters(node)).doprint(node)


def rows(matrix: Any, first: Any, second: Any) -> Any:
    return Sigma(matrix[t, first, second], (second, 1, n))


def inside(domain: Any) -> Any:
    places = {n: sp.Range(1, 4), t: sp.Range(0, 3), a: sp.Range(1, n + 1), b: sp.Range(1, n + 1)}
    return domain.extended(places)


@pytest.mark.parametrize("domain", [chain.reversible(), chain.stationary()])
def test_rows_of_both_kernels_sum_to_one(domain: Any) -> None:
    for matrix in (K, chain.reverse_kernel):
        assert verify(Identity(rows(matrix, a, b), sp.Integer(1), inside(domain))).holds


@pytest.mark.parametrize("domain", [chain.balanced(), chain.invariant(), chain.reversible(), chain.stationary()])
def test_kernels_are_in_balance(domain: Any) -> None:
    left = sp.exp(-E[t, a]) * K[t, a, b]
    right = sp.exp(-E[t, b]) * chain.reverse_kernel[t, b, a]
    assert verify(Identity(left, right, inside(domain))).holds
    exchanged = sp.exp(-E[t, b]) * chain.reverse_kernel[t, a, b]
    assert verify(Identity(left, exchanged, inside(domain))).status == "refuted"


def test_one_row_of_the_forward_kernel_alone_need_not_sum_to_one() -> None:
    claim = Identity(rows(K, a, b), sp.Integer(1), inside(chain.invariant()))
    assert verify(claim).status == "refuted"


def test_too_many_paths_have_no_value() -> None:
    claim = Identity(chain.over_paths(1), n ** (T + 1), sized(13, 4))
    assert verify(claim).status == "inconclusive"


def sized(n_states: int, n_steps: int) -> Domain:
    return Domain({n: sp.FiniteSet(n_states), T: sp.FiniteSet(n_steps)})


def test_paths_are_counted() -> None:
    assert verify(Identity(chain.over_paths(1), n ** (T + 1), sized(3, 2))).holds
    assert verify(Identity(chain.over_paths(1), n**T, sized(3, 2))).status == "refuted"
