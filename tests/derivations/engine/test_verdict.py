"""Seven words from evidence, failing closed."""

from itertools import combinations_with_replacement, product

import pytest
import sympy as sp

from derivations.engine.evidence import SHOWN, Counterexample, Evidence
from derivations.engine.verdict import STATUSES, Verdict, status_of, weakest
from derivations.engine.verify import verify
from theory.domain import Domain
from theory.statements import Definition, Identity, Postulate

x, y = sp.symbols("x y")
PROOF = Evidence(route="exact", outcome="proves")
BALL = Evidence(route="enclosed", outcome="agrees", points=1)
BALLS = Evidence(route="enclosed", outcome="agrees", points=20)
ORACLE = Evidence(route="enumerated", outcome="agrees", points=3)
SAMPLED = Evidence(route="measured", outcome="agrees", points=9)
NOTHING = Evidence(route="exact", outcome="undecided", reason="no rule")
POINT = Counterexample(values=((x, sp.Integer(1)),), left="1", right="2")
REFUTED = Evidence(route="enclosed", outcome="refutes", counterexample=POINT)


@pytest.mark.parametrize(
    ("evidence", "status"),
    [
        ((), "unchecked"),
        ((PROOF,), "inconclusive"),
        ((PROOF, BALL), "proved"),
        ((PROOF, ORACLE), "proved"),
        ((PROOF, SAMPLED), "inconclusive"),
        ((NOTHING, BALL), "inconclusive"),
        ((NOTHING, BALLS), "enclosed"),
        ((NOTHING, ORACLE), "enumerated"),
        ((ORACLE, BALLS), "enclosed"),
        ((SAMPLED,), "measured"),
        ((NOTHING, REFUTED), "refuted"),
        ((BALLS, REFUTED), "refuted"),
        ((PROOF, REFUTED), "inconclusive"),
    ],
)
def test_the_status_follows_from_the_evidence(evidence, status):
    assert status_of(evidence) == status


def test_disagreeing_routes_are_called_a_fault():
    assert "fault" in Verdict(evidence=(PROOF, REFUTED)).reason


COUNTED = (PROOF, BALL, BALLS, ORACLE, SAMPLED, NOTHING, REFUTED)
BESIDE = tuple(
    Evidence(route=route, outcome=outcome, points=points, digits=points, complete=complete)
    for route, outcome, points, complete in product(
        sorted(SHOWN), ("agrees", "doubts", "undecided"), (0, 1, 40), (False, True)
    )
)
"""Whatever a route can say that is shown and not counted."""


@pytest.mark.parametrize("number", range(4))
def test_what_is_shown_and_not_counted_changes_nothing(number):
    for evidence in combinations_with_replacement(COUNTED, number):
        plain = Verdict(evidence=evidence)
        for said in product(BESIDE, repeat=2) if number < 2 else ((one,) for one in BESIDE):
            for joined in ((*evidence, *said), (*said, *evidence)):
                verdict = Verdict(evidence=joined)
                assert (verdict.status, verdict.holds) == (plain.status, plain.holds)
                assert verdict.counterexample == plain.counterexample


@pytest.mark.parametrize("route", sorted(SHOWN))
@pytest.mark.parametrize("outcome", ["proves", "refutes"])
def test_what_is_not_counted_can_neither_prove_nor_refute(route, outcome):
    with pytest.raises(ValueError, match="not counted"):
        Evidence(route=route, outcome=outcome, counterexample=POINT if outcome == "refutes" else None)


def test_a_route_that_counts_does_not_merely_doubt():
    with pytest.raises(ValueError, match="never doubts"):
        Evidence(route="enclosed", outcome="doubts")


def test_what_is_not_counted_is_told_in_the_reason_and_marked():
    doubt = Evidence(route="two quadratures", outcome="doubts", reason="the sides differ by 0.1 at x = 1/2")
    verdict = Verdict(evidence=(NOTHING, doubt))
    assert verdict.reason == "exact: no rule; two quadratures: the sides differ by 0.1 at x = 1/2"
    assert [e.told_outcome for e in verdict.evidence] == ["undecided", "doubts (not counted)"]
    assert [e["counted"] for e in verdict.to_json()["evidence"]] == [True, False]


def test_a_result_inherits_the_weakest_status():
    assert weakest(["proved", "enumerated", "enclosed"]) == "enumerated"
    assert weakest([]) == "proved"
    assert weakest(STATUSES) == "refuted"


def test_a_refutation_without_a_counterexample_cannot_be_built():
    with pytest.raises(ValueError, match="counterexample"):
        Evidence(route="enclosed", outcome="refutes")


def test_an_empty_counterexample_is_still_one():
    empty = Counterexample(values=(), left="1", right="2")
    verdict = Verdict(evidence=(Evidence(route="enclosed", outcome="refutes", counterexample=empty),))
    assert verdict.counterexample is empty
    assert verdict.to_json()["counterexample"]["left"] == "1"


@pytest.mark.parametrize(
    "claim", [Definition(x, y + 1), Postulate(name="a", claim="b", justification="c", test="d"), sp.Eq(x, y)]
)
def test_what_is_no_claim_has_no_verdict(claim):
    with pytest.raises(TypeError):
        verify(claim)


def test_a_counterexample_is_small_and_shows_both_sides():
    verdict = verify(Identity((x + y) ** 2, x**2 + y**2, Domain({x: (-5, 5), y: (-5, 5)})))
    found = verdict.counterexample
    assert found is not None
    assert dict(found) == {x: 1, y: 1}
    assert (found.left, found.right) == ("4", "2")


@pytest.mark.parametrize(
    ("left", "right", "repair"),
    [
        (sp.sinh(2 * x), sp.sinh(x) * sp.cosh(x), "a factor 2"),
        (sp.cos(x) ** 2, 1 + sp.sin(x) ** 2, "sign"),
        (sp.diff(x**3, x), 3 * x, "one more power of x"),
        (sp.diff(sp.log(sp.cosh(x)), x), -sp.tanh(x), "sign"),
    ],
    ids=str,
)
def test_a_common_slip_is_repaired_and_the_repair_is_verified(left, right, repair):
    verdict = verify(Identity(left, right, Domain({x: (0, 3)})))
    assert verdict.status == "refuted"
    assert verdict.repair is not None
    assert repair in verdict.repair.text
    assert verify(verdict.repair.statement).status == "proved"


def test_no_repair_is_said_where_none_is_found():
    verdict = verify(Identity(sp.erf(x), sp.gamma(x + 3), Domain({x: (0, 3)})))
    assert verdict.status == "refuted"
    assert verdict.repair is None


def test_a_claim_that_no_route_knows_is_inconclusive():
    assert verify(Identity(sp.mathieus(1, x, 2), sp.mathieuc(x, 1, 2), Domain({x: (0, 1)}))).status == "inconclusive"
