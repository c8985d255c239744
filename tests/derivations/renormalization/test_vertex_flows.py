"""Flows of vertices against an expansion that knows nothing of loops, and against counts of set partitions."""

from __future__ import annotations

from collections import Counter
from math import comb, factorial
from typing import Any

import pytest
import sympy as sp

from derivations.algebra.necklaces import differentiated, necklaces, shapes
from derivations.engine.derivation import Derivation
from derivations.engine.verify import verify
from derivations.oracles.set_partitions import loop_terms
from derivations.renormalization import vertex_flows
from derivations.renormalization.flow_equation import equation_steps
from derivations.renormalization.vertex_flows import against_expansion, flow_of_vertex
from derivations.renormalization.vertex_words import against_set_partitions, words
from derivations.rules.component_contraction import component_contraction
from derivations.rules.vertex_flow import vertex_flow
from theory.models import regulated_field as model

START = Derivation("flows of vertices")
EQUATION = equation_steps(START)
FLOWS = {
    (n, symmetric): flow_of_vertex(START, EQUATION, n, symmetric=symmetric)
    for n, symmetric in ((1, False), (2, False), (3, False), (2, True), (4, True), (6, True))
}


NAMES = (vertex_flows.rate, vertex_flows.propagator, vertex_flows.vertex)


def surjections(n: int, m: int) -> int:
    return sum((-1) ** k * comb(m, k) * (m - k) ** n for k in range(m + 1))


@pytest.mark.parametrize("n", [1, 2, 4, 6])
def test_terms_are_the_ordered_set_partitions_read_either_way(n: int) -> None:
    counted: Counter[int] = Counter()
    for term in necklaces(n):
        assert sorted(leg for legs in term.vertices for leg in legs) == list(range(1, n + 1))
        counted[len(term.vertices)] += abs(2 * term.coefficient)
    assert counted == {m: surjections(n, m) for m in range(1, n + 1)}
    assert counted[n] == factorial(n)


@pytest.mark.parametrize(
    ("n", "even"),
    [(1, False), (2, False), (3, False), (4, False), (6, False), (2, True), (4, True), (6, True), (8, True)],
)
def test_repeated_differentiation_gives_every_set_partition_in_every_order(n: int, even: bool) -> None:
    """As words in a free algebra: for matrices of any size."""
    found = {term.vertices: 2 * term.coefficient for term in necklaces(n, even=even)}
    assert found == loop_terms(n, even=even)


def test_a_lost_sign_of_a_new_vertex_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def unsigned(words: Any, leg: int) -> Any:
        return {word: abs(c) for word, c in differentiated(words, leg).items()}

    monkeypatch.setattr("derivations.algebra.necklaces.differentiated", unsigned)
    with pytest.raises(ValueError, match="for each direction"):
        necklaces(3)


def test_shapes_count_the_terms_that_differ_in_labels_alone() -> None:
    counted = {term.orders: count for term, count in shapes(8, even=True)}
    assert sum(counted.values()) == len(necklaces(8, even=True))
    assert counted == {(10,): 1, (6, 6): 35, (4, 8): 28, (4, 6, 4): 210, (4, 4, 6): 420, (4, 4, 4, 4): 1260}


def test_what_is_no_closed_loop_is_refused() -> None:
    broken = (
        FLOWS[2, False]
        .result.subs(vertex_flows.size, 1)
        .replace(lambda e: isinstance(e, sp.Indexed) and e.base == vertex_flows.rate, lambda e: e.base[e.indices[0], 7])
    )
    with pytest.raises(ValueError, match="expected a closed loop"):
        words(broken, NAMES)


@pytest.mark.parametrize(("n", "symmetric"), FLOWS)
def test_a_flow_is_the_derivative_of_the_trace(n: int, symmetric: bool) -> None:
    step = FLOWS[n, symmetric]
    assert verify(step.statement).status == "proved"  # type: ignore[arg-type]
    sizes = {(3, False): (1, 2), (6, True): (1,)}.get((n, symmetric), (1, 2, 3))
    assert against_expansion(step.result, n, symmetric, sizes)().outcome == "agrees"
    assert step.oracle is not None
    assert step.oracle().outcome == "agrees"


@pytest.mark.parametrize(("n", "symmetric"), [(2, False), (3, False), (4, True)])
def test_a_wrong_sign_or_factor_of_one_term_is_refuted(n: int, symmetric: bool) -> None:
    result = FLOWS[n, symmetric].result
    for term in result.args:
        for wrong in (result - 2 * term, result + term):
            assert against_expansion(wrong, n, symmetric, (1, 2))().outcome == "refutes"
            assert against_set_partitions(wrong, n, symmetric, NAMES)().outcome == "refutes"


@pytest.mark.parametrize("slip", [-1, 2])
def test_a_wrong_flow_of_one_degree_of_freedom_is_refuted(slip: int) -> None:
    claim = FLOWS[2, False].statement
    assert verify(claim.replaced(right=slip * claim.right)).status == "refuted"  # type: ignore[union-attr]


def test_a_vertex_without_legs_is_refused() -> None:
    with pytest.raises(ValueError, match="expected at least one external leg"):
        vertex_flow(
            EQUATION,
            n=0,
            field=model.field,
            action=None,
            second_derivative=model.second_derivative,
            names=(None, None, None),
            size=1,
            domain=model.domain(),
        )


@pytest.mark.parametrize("n", [2, 4])
def test_closed_loops_of_components_give_the_known_factors(n: int) -> None:
    """(N + 2)/6, (N + 4)/10 and (N + 8)/3; the step is claimed for every N."""
    step = vertex_flows.flow_of_coupling(Derivation("couplings"), FLOWS[n, True], n)
    big, u, j = vertex_flows.size, vertex_flows.coupling, vertex_flows.loop
    known = {
        2: -(big + 2) * j(2) * u(4) / 6,
        4: (big + 8) * j(3) * u(4) ** 2 / 3 - (big + 4) * j(2) * u(6) / 10,
    }
    assert sp.expand(step.result - known[n]) == 0
    assert step.rule == component_contraction.name


@pytest.mark.slow
@pytest.mark.parametrize("n", [2, 4])
def test_the_flow_of_a_coupling_holds_for_its_components_and_a_wrong_one_is_refuted(n: int) -> None:
    claim: Any = vertex_flows.flow_of_coupling(Derivation("couplings"), FLOWS[n, True], n).statement
    assert verify(claim).holds
    assert verify(claim.replaced(right=2 * claim.right)).holds is False
