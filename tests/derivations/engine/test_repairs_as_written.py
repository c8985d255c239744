"""The repair of a claim that uses definitions is told of the claim as its author wrote it."""

from __future__ import annotations

import pytest
import sympy as sp

from derivations import Derivation, RefutedStepError
from derivations.engine.repairs.written import in_own_terms
from derivations.engine.verdict import Repair, Verdict
from theory import Definition, Domain, Identity
from theory.printing import statement_text

beta, J = sp.symbols("beta J", positive=True)
h, m, F = sp.symbols("h m F", real=True)
phi = sp.Function("phi")


def magnet() -> Derivation:
    d = Derivation("magnet", domain={beta: (0, sp.oo), J: (0, sp.oo), h: (-1, 1), m: (-1, 1)})
    d.define(phi(m), -beta * J * m**2 / 2 + sp.log(2 * sp.cosh(beta * (J * m + h))), name="free entropy")
    d.define(F, sp.log(2 * sp.cosh(beta * h)), name="free spin")
    return d


SLOPE = beta * J * (sp.tanh(beta * (J * m + h)) - m)
SLIPS = [
    (phi(m).diff(m), beta * J * (sp.tanh(beta * (J * m + h)) + m), phi(m).diff(m), SLOPE),
    (sp.exp(F), sp.cosh(beta * h), sp.exp(F), 2 * sp.cosh(beta * h)),
    (sp.exp(-F), 2 * sp.exp(F) / sp.cosh(beta * h) ** 2, sp.exp(-F), sp.exp(F) / (4 * sp.cosh(beta * h) ** 2)),
    (sp.sinh(2 * F), (sp.exp(2 * F) + sp.exp(-2 * F)) / 2, sp.sinh(2 * F), (sp.exp(2 * F) - sp.exp(-2 * F)) / 2),
]


@pytest.mark.parametrize(("left", "right", "left_then", "right_then"), SLIPS, ids=lambda side: str(side)[:20])
def test_the_corrected_claim_keeps_the_names_of_the_definitions(
    left: sp.Expr, right: sp.Expr, left_then: sp.Expr, right_then: sp.Expr
) -> None:
    with pytest.raises(RefutedStepError) as refuted:
        magnet().so(left, right, name="slip")
    repair = refuted.value.verdict.repair
    assert repair is not None
    assert (repair.statement.left, sp.expand(repair.statement.right - right_then)) == (left_then, 0)
    assert f"corrected: {statement_text(repair.statement)}" in str(refuted.value)


@pytest.mark.parametrize(("left", "right", "left_then", "right_then"), SLIPS, ids=lambda side: str(side)[:20])
def test_what_is_told_holds_as_it_is_told(
    left: sp.Expr, right: sp.Expr, left_then: sp.Expr, right_then: sp.Expr
) -> None:
    assert magnet().so(left_then, right_then).status == "proved"


def test_a_report_on_a_derivation_that_was_read_tells_it_so_too() -> None:
    d = magnet()
    claim = Identity(phi(m).diff(m), SLIPS[0][1], d.ground.domain_for(phi(m), SLOPE))
    d.append("slip", statement=claim, rule="stated", reason="", checked=(d.ground.plain(claim),))
    verdict = d.verify()["slip"].verdict
    assert verdict is not None
    assert verdict.repair is not None
    assert verdict.repair.statement.left == phi(m).diff(m)


def test_a_side_whose_change_is_not_found_is_shown_as_it_was_verified() -> None:
    domain = Domain({h: (-1, 1)})
    far_off = Identity(h, sp.besselj(0, h) + sp.erf(h) ** 3, domain)
    verdict = Verdict(repair=Repair(text="another right side", statement=far_off, status="proved"))
    told = in_own_terms(verdict, Identity(h, F**2, Domain({h: (-1, 1), F: sp.S.Reals})), (Definition(F, sp.sin(h)),))
    assert told.repair is not None
    assert told.repair.statement.right == far_off.right


def test_the_change_must_become_the_very_side_that_was_verified() -> None:
    """A factor 2 at the name is no factor 2 of what it stands for, if that is squared."""
    domain = Domain({h: (-1, 1), F: sp.S.Reals})
    corrected = Identity(h, 2 * sp.sin(h) ** 2, domain)
    verdict = Verdict(repair=Repair(text="a factor 2", statement=corrected, status="proved"))
    told = in_own_terms(verdict, Identity(h, F**2, domain), (Definition(F, sp.sin(h)),))
    assert told.repair is not None
    assert told.repair.statement.right == 2 * F**2
