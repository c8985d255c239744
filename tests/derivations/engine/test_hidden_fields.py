"""Fields that do not show in an expression, values outside of a domain, and letters for what has other values."""

from __future__ import annotations

import time
from typing import Any

import pytest
import sympy as sp

from derivations import verify
from derivations.engine.examine import examined
from derivations.engine.kinds.tensor_densities import obligations
from derivations.engine.routes.certificates.contradictions import by_contradiction
from derivations.engine.routes.certificates.determinants import by_determinants
from derivations.engine.routes.normal_forms.normal_form import Equation
from theory.determinants import Determinant
from theory.domain import Domain
from theory.models import metric_field as model
from theory.statements import EqualUpToTotalDerivative, Identity, Stationarity
from theory.symbols import family
from theory.tensors import (
    Component,
    Contracted,
    InverseMetric,
    ScalarCurvature,
    SecondSlope,
    Slope,
    SymmetricTensorField,
    VolumeElement,
)

g, h = model.metric_field(2), model.change_of_metric(2)
x0, x1 = g.coordinates
DOMAIN = model.domain(2)
phi: Any = sp.Function("phi", real=True)(x0, x1)
BOX = ((x0, 0, 1), (x1, 0, 1))


def outcomes(statement: Any) -> set[str]:
    return {e.outcome for e in examined(statement, time.perf_counter() + 60, 0)}


@pytest.mark.parametrize(
    ("action", "at"),
    [
        (sp.Integral(VolumeElement(g), *BOX), {g.component(0, 0): 1}),
        (sp.Integral(phi**2, *BOX) + VolumeElement(g), {g.component(0, 0): 1, phi: 0}),
        (
            sp.Integral(Contracted(InverseMetric(g, "a", "b") * Component(h, "a", "b")) + phi**2, *BOX),
            {h.component(0, 0): 1, phi: 0},
        ),
    ],
)
def test_an_action_of_tensors_is_not_taken_for_one_without_their_components(action: Any, at: dict[Any, Any]) -> None:
    """None of these is stationary: a tensor depends on its components although they do not show."""
    claim = Stationarity(action, DOMAIN, variables=tuple(at), at=at)
    assert verify(claim).status == "inconclusive"


def test_explicit_coordinates_have_values_of_the_domain() -> None:
    curvature = ScalarCurvature(g)
    claim = Identity(x0 * curvature, curvature, DOMAIN.extended({x0: sp.FiniteSet(1)}))
    assert verify(claim).status == "inconclusive"  # true, and no jet may be taken elsewhere
    assert verify(claim.replaced(domain=DOMAIN.extended({x0: sp.FiniteSet(3)}))).status == "refuted"


@pytest.mark.parametrize("coordinates", [(x1, x0), (x0, x1, sp.Symbol("x2", real=True))])
def test_fields_of_one_name_and_other_coordinates_differ(coordinates: Any) -> None:
    other = SymmetricTensorField("g", coordinates)
    trace = Contracted(InverseMetric(g, "a", "b") * Component(other, "a", "b"))
    claim = Identity(trace, 2, DOMAIN.extended(dict.fromkeys(coordinates, sp.S.Reals)))
    assert "proves" not in outcomes(claim)


@pytest.mark.parametrize("factor", [1, 1 / VolumeElement(g), VolumeElement(g) ** -2, 1 / ScalarCurvature(g)])
def test_what_stands_before_a_contraction_is_not_taken_for_a_constant(factor: Any) -> None:
    """The difference is a divergence without the factor, and none with it."""

    def up(a: str, b: str) -> Any:
        return InverseMetric(g, a, b)

    left = up("a", "b") * up("c", "d") * SecondSlope(h, "a", "b", "c", "d")
    slope = Slope(g, "m", "n", "d")
    turned = up("a", "m") * up("b", "n") * slope * up("c", "d") + up("a", "b") * up("c", "m") * up("d", "n") * slope
    right = Contracted(factor * turned * Slope(h, "a", "b", "c"))
    claim = EqualUpToTotalDerivative(
        Contracted(factor * left), right, DOMAIN, fields=h.components, coordinates=g.coordinates
    )
    told = outcomes(claim)
    assert ("proves" in told) == (factor == 1)
    assert ("refutes" in told) == (factor != 1)
    (condition,) = obligations(claim.left, claim.right, h.components)
    assert ("does not contribute" in condition) == (factor != 1)


@pytest.mark.parametrize("place", [-1, 2])
def test_an_index_beyond_the_dimension_is_refused(place: int) -> None:
    with pytest.raises(ValueError, match="one of 0 to 1"):
        Component(g, place, 0)


def test_a_determinant_that_may_be_complex_is_no_real_letter() -> None:
    i, j = sp.symbols("i j", integer=True)
    size, entries = sp.Symbol("N", integer=True, positive=True), family("A", real=True)
    domain = Domain({size: sp.Range(1, sp.oo), entries: sp.S.Reals})
    for unit in (1, sp.I):
        node = Determinant(unit * entries[i, j], (i, j), size)
        equation = Equation(left=sp.conjugate(node), right=node, domain=domain)
        assert bool(by_determinants(equation)) == (unit == 1)


def test_a_factor_that_vanishes_beside_one_without_a_value_proves_nothing() -> None:
    a, b = sp.symbols("a b", integer=True)
    domain = Domain({a: sp.Range(1, 4), b: sp.Range(1, 4)})
    bracket = sp.KroneckerDelta(a, b) * sp.sin(a - b)
    assert by_contradiction(Equation(left=bracket, right=sp.S.Zero, domain=domain))
    assert not by_contradiction(Equation(left=bracket / (a - b), right=sp.S.Zero, domain=domain))
