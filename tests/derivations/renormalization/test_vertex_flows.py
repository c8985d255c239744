"""Flows of vertices against an expansion that knows nothing of loops, and against counts of set partitions."""

from __future__ import annotations

from collections import Counter
from math import comb, factorial

import pytest

from derivations.algebra.necklaces import necklaces
from derivations.engine.derivation import Derivation
from derivations.engine.verify import verify
from derivations.renormalization.flow_equation import equation_steps
from derivations.renormalization.vertex_flows import against_expansion, flow_of_vertex
from derivations.rules.vertex_flow import vertex_flow
from theory.models import regulated_field as model

START = Derivation("flows of vertices")
EQUATION = equation_steps(START)
FLOWS = {
    (n, symmetric): flow_of_vertex(START, EQUATION, n, symmetric=symmetric)
    for n, symmetric in ((1, False), (2, False), (3, False), (2, True), (4, True), (6, True))
}


def surjections(n: int, m: int) -> int:
    return sum((-1) ** k * comb(m, k) * (m - k) ** n for k in range(m + 1))


@pytest.mark.parametrize("n", [1, 2, 4, 6, 8])
def test_terms_are_the_ordered_set_partitions_read_either_way(n: int) -> None:
    counted: Counter[int] = Counter()
    for term in necklaces(n):
        assert sorted(leg for legs in term.vertices for leg in legs) == list(range(1, n + 1))
        counted[len(term.vertices)] += abs(2 * term.coefficient)
    assert counted == {m: surjections(n, m) for m in range(1, n + 1)}
    assert counted[n] == factorial(n)


@pytest.mark.parametrize(("n", "symmetric"), FLOWS)
def test_a_flow_is_the_derivative_of_the_trace(n: int, symmetric: bool) -> None:
    step = FLOWS[n, symmetric]
    assert verify(step.statement).status == "proved"  # type: ignore[arg-type]
    sizes = (1, 2) if n < 6 else (1,)
    assert against_expansion(step.result, n, symmetric, sizes)().outcome == "agrees"


@pytest.mark.parametrize(("n", "symmetric"), [(2, False), (3, False), (4, True)])
def test_a_wrong_sign_or_factor_of_one_term_is_refuted(n: int, symmetric: bool) -> None:
    result = FLOWS[n, symmetric].result
    for term in result.args:
        for wrong in (result - 2 * term, result + term):
            assert against_expansion(wrong, n, symmetric)().outcome == "refutes"


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
