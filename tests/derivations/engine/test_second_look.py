"""A step that is undecided within the usual time is looked at once more with more of it; what is decided is not."""

import pytest
import sympy as sp

from derivations import Derivation
from derivations.engine import report
from derivations.engine.evidence import Evidence
from derivations.engine.routes.budget import USUAL_TIMEOUT
from derivations.engine.verdict import Verdict
from derivations.engine.verify import verify
from theory import Domain, Identity

x = sp.Symbol("x", real=True)
UNSURE = Verdict(evidence=(Evidence(route="exact", outcome="undecided", claim="", reason="too hard"),))
CLAIM = Identity(sp.sin(x) ** 2 + sp.cos(x) ** 2, 1, Domain({x: sp.S.Reals}))


@pytest.fixture
def derivation() -> Derivation:
    made = Derivation("circle", title="A circle", domain={x: sp.S.Reals})
    made.so(CLAIM.left, CLAIM.right, name="circle", by="Pythagoras")
    return made


@pytest.mark.parametrize(
    ("timeout", "limits"),
    [(USUAL_TIMEOUT, [USUAL_TIMEOUT, report.SECOND_LOOK * USUAL_TIMEOUT]), (USUAL_TIMEOUT / 10, [USUAL_TIMEOUT / 10])],
)
def test_an_undecided_step_is_looked_at_again(
    timeout: float, limits: list[float], derivation: Derivation, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[float] = []

    def never_sure(claim: Identity, *, timeout: float, seed: int, fresh: bool) -> Verdict:
        asked.append(timeout)
        return UNSURE

    monkeypatch.setattr(report, "verify", never_sure)
    found = report.examine(derivation, timeout=timeout)
    assert asked == limits
    assert found["circle"].status == "inconclusive"


def test_a_decided_step_is_not(derivation: Derivation, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float] = []

    def sure(claim: Identity, *, timeout: float, seed: int, fresh: bool) -> Verdict:
        asked.append(timeout)
        return verify(claim, timeout=timeout, seed=seed, fresh=fresh)

    monkeypatch.setattr(report, "verify", sure)
    assert report.examine(derivation)["circle"].status == "proved"
    assert asked == [USUAL_TIMEOUT]
