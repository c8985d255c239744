"""Every evidence says what claim it is about, by what program it was found, and how long that took."""

import pytest
import sympy as sp

from derivations.engine.claims import claim_hash
from derivations.engine.kernel import kernel_digest
from derivations.engine.verify import verify
from theory.domain import Domain
from theory.statements import Expansion, Identity, LimitStatement, PositiveDefinite, Stationarity

x, y = sp.symbols("x y")
DOMAIN = Domain({x: (0, 1), y: (0, 1)})
CLAIMS = {
    "proved": Identity(sp.sin(x) ** 2 + sp.cos(x) ** 2, 1, DOMAIN),
    "refuted": Identity(sp.sin(x), x, DOMAIN),
    "unknown": Identity(sp.Function("f")(x), y, DOMAIN),
    "expansion": Expansion(sp.exp(x), 1 + x, DOMAIN, variable=x, order=2),
    "branches": Expansion(sp.Abs(x), x, DOMAIN, variable=x, order=2),
    "limit": LimitStatement(sp.sin(x) / x, 1, DOMAIN, variable=x, point=0),
    "stationarity": Stationarity((x - y) ** 2, DOMAIN, variables=(x,), at={x: y}),
    "definite": PositiveDefinite(sp.Matrix([[1, x], [x, 1]]), DOMAIN, condition=x < 1),
}


@pytest.mark.parametrize("name", CLAIMS)
def test_every_evidence_is_signed(name):
    verdict = verify(CLAIMS[name])
    assert verdict.evidence
    for evidence in verdict.evidence:
        assert evidence.claim == claim_hash(CLAIMS[name])
        assert any(character.isdigit() for character in evidence.engine)
        assert evidence.seconds > 0
        assert kernel_digest().startswith(evidence.kernel)
        assert len(evidence.kernel) == 12


@pytest.mark.parametrize("name", ["proved", "refuted"])
def test_points_and_digits_are_counted(name):
    counted = [e for e in verify(CLAIMS[name]).evidence if e.outcome in ("agrees", "refutes")]
    assert counted
    assert all(e.points > 0 for e in counted)
    assert all(e.digits > 10 for e in counted if e.outcome == "agrees")
