"""Densities equal up to a total derivative: right ones are proved with their boundary terms, wrong ones refuted."""

import pytest
import sympy as sp

from derivations import Derivation, boundary_obligations
from derivations.engine.verify import verify
from theory.domain import Domain
from theory.printing import statement_latex, statement_text
from theory.statements import EqualUpToTotalDerivative

t, x, m, g = sp.symbols("t x m g")
phi, psi, V, source = map(sp.Function, ("phi", "psi", "V", "h"))
q, r = phi(t), psi(t)
field, other = phi(t, x), psi(t, x)
DOMAIN = Domain({m: (0, 5), g: (0, 1)})
POSITIVE = {field: (0, sp.oo)}
CURRENT = field.diff(x) + V(x).diff(x) * field

RIGHT = {
    "by parts": (q * q.diff(t, 2), -(q.diff(t) ** 2), (q,), (t,)),
    "a mass": (m * q.diff(t) ** 2 / 2, -m * q * q.diff(t, 2) / 2, (q,), (t,)),
    "four derivatives": (q * q.diff(t, 4), q.diff(t, 2) ** 2, (q,), (t,)),
    "an explicit coordinate": (t * q.diff(t), -q, (q,), (t,)),
    "an undetermined potential": (V(q).diff(t), 0, (q,), (t,)),
    "a function of the field": (sp.cos(q) * q.diff(t), 0, (q,), (t,)),
    "mixed derivatives": (field.diff(t) * field.diff(x), -field * field.diff(t, x), (field,), (t, x)),
    "a Jacobian": (field.diff(t) * other.diff(x) - field.diff(x) * other.diff(t), 0, (field, other), (t, x)),
    "Fisher information": (-field.diff(x, 2) * sp.log(field), field.diff(x) ** 2 / field, POSITIVE, (t, x)),
    "a dispersive flow": (field.diff(x) * field**2, g * field.diff(x, 3), (field,), (t, x)),
    "heat and entropy": ((V(x) + sp.log(field)) * CURRENT.diff(x), -(CURRENT**2) / field, POSITIVE, (t, x)),
    "a given function": (source(t) * q.diff(t), -source(t).diff(t) * q, (q,), (t,)),
    "two fields": (q * r.diff(t), -r * q.diff(t), (q, r), (t,)),
}
WRONG = {
    "by parts with a wrong sign": (q * q.diff(t, 2), q.diff(t) ** 2, (q,), (t,)),
    "half the mass": (m * q.diff(t) ** 2 / 2, -m * q * q.diff(t, 2), (q,), (t,)),
    "an explicit coordinate forgotten": (t * q.diff(t), 0, (q,), (t,)),
    "four derivatives with a sign": (q * q.diff(t, 4), -(q.diff(t, 2) ** 2), (q,), (t,)),
    "a potential": (q**2, 0, (q,), (t,)),
    "the symmetric Jacobian": (
        field.diff(t) * other.diff(x) + field.diff(x) * other.diff(t),
        0,
        (field, other),
        (t, x),
    ),
    "Fisher information with a sign": (field.diff(x, 2) * sp.log(field), field.diff(x) ** 2 / field, POSITIVE, (t, x)),
    "heat and entropy with a sign": ((V(x) + sp.log(field)) * CURRENT.diff(x), CURRENT**2 / field, POSITIVE, (t, x)),
    "heat and entropy without the field": ((V(x) + sp.log(field)) * CURRENT.diff(x), -(CURRENT**2), POSITIVE, (t, x)),
    "a given function taken for a constant": (source(t) * q.diff(t), 0, (q,), (t,)),
    "two fields with a sign": (q * r.diff(t), r * q.diff(t), (q, r), (t,)),
    "wrong in the second field alone": (r.diff(t) ** 2 + q.diff(t) * q, 0, (q, r), (t,)),
}


def statement(claim) -> EqualUpToTotalDerivative:
    left, right, fields, coordinates = claim
    return EqualUpToTotalDerivative(left, right, DOMAIN, fields=fields, coordinates=coordinates)


@pytest.mark.parametrize("name", RIGHT)
def test_equality_up_to_a_total_derivative_is_proved(name: str) -> None:
    assert verify(statement(RIGHT[name])).status == "proved"


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_integration_by_parts_is_refuted(name: str) -> None:
    assert verify(statement(WRONG[name])).status == "refuted"


def test_the_boundary_terms_are_named() -> None:
    claim = statement(RIGHT["by parts"])
    term = "phi(t)*Derivative(phi(t), t) takes equal values at both ends of t"
    assert boundary_obligations(claim) == (term,)
    assert verify(claim).conditions == (term,)


def test_the_boundary_terms_of_a_wrong_claim_are_not_invented() -> None:
    assert "current" in boundary_obligations(statement(WRONG["by parts with a wrong sign"]))[0]


def test_an_angle_is_no_total_derivative_of_its_fields() -> None:
    angle = (q * r.diff(t) - r * q.diff(t)) / (q**2 + r**2)
    verdict = verify(EqualUpToTotalDerivative(angle, 0, DOMAIN, fields=(q, r), coordinates=(t,)))
    assert verdict.status == "inconclusive"
    assert "wind" in verdict.reason


def test_a_field_under_an_integral_stays_undecided() -> None:
    claim = EqualUpToTotalDerivative(sp.Integral(q, (t, 0, 1)), 0, DOMAIN, fields=(q,), coordinates=(t,))
    assert verify(claim).holds is None


def test_symbols_of_derivatives_do_not_meet_symbols_of_the_claim() -> None:
    same = sp.Symbol("phi_t")
    domain = Domain({same: (0, 1)})
    claim = EqualUpToTotalDerivative(same * q.diff(t), 0, domain, fields=(q,), coordinates=(t,))
    assert verify(claim).status == "proved"
    assert verify(claim.replaced(left=same * q * t)).status == "refuted"


def test_fields_are_functions_of_the_coordinates() -> None:
    with pytest.raises(TypeError, match="undetermined function"):
        EqualUpToTotalDerivative(x, 0, DOMAIN, fields=(x,), coordinates=(x,))
    with pytest.raises(ValueError, match="applied to coordinates"):
        EqualUpToTotalDerivative(q, 0, DOMAIN, fields=(q,), coordinates=(x,))
    with pytest.raises(ValueError, match="no fields"):
        EqualUpToTotalDerivative(q, 0, DOMAIN, fields=(), coordinates=(t,))


def test_it_is_printed_with_its_coordinates() -> None:
    claim = statement(RIGHT["an explicit coordinate"])
    assert statement_latex(claim).endswith(r"= - \phi{\left(t \right)} \quad\text{up to total derivatives in}\quad t")
    assert statement_text(claim).endswith("= -phi(t) up to total derivatives in t")


def test_a_derivation_shows_what_must_hold_at_the_boundary_wherever_it_is_shown() -> None:
    d = Derivation("parts")
    step = d.so(statement(RIGHT["by parts"]))
    told = "integrals are equal if phi(t)*Derivative(phi(t), t) takes equal values at both ends of t"
    shown = (repr(step), repr(d), step._repr_html_(), repr(d.report()), d.report()._repr_html_())
    assert all(told in text for text in shown)


def test_a_wrong_claim_has_no_conditions() -> None:
    assert verify(statement(WRONG["by parts with a wrong sign"])).conditions == ()


def test_every_coordinate_has_its_own_condition() -> None:
    """(f f_x)_x + (f f_t)_t = f_x^2 + f_t^2 + f (f_xx + f_tt)"""
    right = -(field.diff(x) ** 2) - field.diff(t) ** 2
    claim = statement((field * (field.diff(x, 2) + field.diff(t, 2)), right, (field,), (t, x)))
    conditions = verify(claim).conditions
    assert conditions == boundary_obligations(claim)
    assert [c[-1] for c in conditions] == ["t", "x"]


NOT_LOCAL = {
    "a doubled time": (q * q.diff(t), phi(2 * t) ** 2, (q,), (t,), "refuted"),
    "a squared time": (q**2, phi(t**2) ** 2, (q,), (t,), "refuted"),
    "a shifted time of another size": (q**2, 2 * phi(t + 1) ** 2, (q,), (t,), "refuted"),
    "a doubled time in the plane": (field**2, phi(2 * t, x) ** 2, (field,), (t, x), "refuted"),
    "a shifted time": (q**2, phi(t + 1) ** 2, (q,), (t,), "inconclusive"),
    "a doubled time with its measure": (q**2, 2 * phi(2 * t) ** 2, (q,), (t,), "inconclusive"),
}


@pytest.mark.parametrize("name", NOT_LOCAL)
def test_densities_that_are_not_local_are_refuted_by_fields_that_decay_and_never_accepted(name):
    left, right, fields, coordinates, status = NOT_LOCAL[name]
    claim = EqualUpToTotalDerivative(left, right, Domain({}), fields=fields, coordinates=coordinates)
    verdict = verify(claim)
    assert verdict.status == status
    if verdict.counterexample is not None:
        assert "exp(-t**2" in verdict.counterexample.note
