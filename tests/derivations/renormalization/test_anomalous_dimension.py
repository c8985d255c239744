"""The anomalous dimension beside a potential: known forms, wrong ones, and loops differentiated numerically."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.verify import verify
from derivations.oracles.two_point_loop import momentum_slope
from derivations.renormalization import anomalous_dimension, threshold_functions
from derivations.rules.momentum_edge import value_with_edge, without_second_derivatives
from derivations.rules.momentum_expansion import by_parts, expanded_in_momentum, mean_over_directions
from derivations.rules.momentum_threshold import anomalous_dimension_value, momentum_threshold_form
from derivations.rules.potential_vertex import potential_vertex
from derivations.rules.two_point_loop import two_point_loop
from numerics.flows.momentum_thresholds import momentum_threshold
from theory.domain import Domain
from theory.models import scalar_field as model
from theory.momentum_thresholds import momentum_integrand, pieces, slow_pieces
from theory.regulators import ExponentialRegulator, LitimRegulator, Regulator, y
from theory.statements import Definition

DERIVATION = anomalous_dimension.build()
kappa, second, third = model.place_of_minimum, model.coupling(2), model.coupling(3)
m = model.momentum_threshold


def test_every_step_is_proved() -> None:
    report = DERIVATION.verify()
    claims = [r for r in report.steps if r.verdict is not None]
    assert len(claims) > 15
    assert [r.step.name for r in claims if r.status != "proved"] == []
    assert DERIVATION.stated_steps == 0


def test_the_steps_are_computed_by_these_rules() -> None:
    own = (expanded_in_momentum, mean_over_directions, by_parts, momentum_threshold_form, anomalous_dimension_value)
    used = {step.rule for step in DERIVATION}
    assert {r.name for r in (*own, potential_vertex, two_point_loop)} <= used
    assert without_second_derivatives.name in {step.rule for step in threshold_functions.build()}


def test_a_vertex_with_four_legs_is_the_derivative_of_the_potential() -> None:
    legs = sp.symbols("a b c e", integer=True)
    slopes = sp.symbols("U_1:5", real=True)
    domain = Domain({model.fields: (-2, 2), model.n_components: sp.Range(1, 3)})
    made = potential_vertex(fields=model.fields, legs=legs, size=model.n_components, slopes=slopes, domain=domain)
    claim: Any = made.statement
    assert verify(claim).holds
    assert verify(claim.replaced(right=2 * claim.right)).status == "refuted"
    assert len(sp.Add.make_args(made.result)) == 3 + 6 + 1


def test_a_wrong_factor_of_any_step_is_refuted() -> None:
    own = [s for s in DERIVATION if hasattr(s.statement, "right") and not s.rule.startswith(("vertices", "loop"))]
    assert len(own) > 12
    for place, step in enumerate(own):
        claim, slip = step.statement, (2, -1)[place % 2]
        assert verify(claim.replaced(right=slip * claim.right)).status == "refuted", step.name  # type: ignore[union-attr]


def test_a_wrong_term_of_the_loop_is_refuted() -> None:
    claim: Any = DERIVATION["loop of the transverse modes"].statement
    for term in claim.right.args:
        assert verify(claim.replaced(right=claim.right - term)).status == "refuted"


def test_the_transverse_modes_give_the_known_form() -> None:
    """N. Tetradis, C. Wetterich (1994): 16 v_d / d kappa lambda^2 m_22(0, 2 kappa lambda), with 4 v_d / d absorbed."""
    gap = 2 * kappa * second
    found = DERIVATION["anomalous dimension, transverse modes"].result
    assert sp.expand(found - 4 * kappa * second**2 * m(0, gap)) == 0


def test_the_radial_mode_has_both_kinds_of_loops() -> None:
    gap, n = 2 * kappa * second, model.n_components
    radial = (3 * second + 2 * kappa * third) ** 2 * m(gap, gap) + (n - 1) * second**2 * m(0, 0)
    assert sp.expand(DERIVATION["anomalous dimension, radial mode"].result - 2 * kappa * radial) == 0


def test_it_rests_on_the_truncation_and_on_the_flow_equation() -> None:
    named = set(DERIVATION["anomalous dimension, transverse modes"].rests_on)
    assert named == {
        "local potential approximation with a field renormalization",
        "derivatives under the integral",
        "no surface terms in momentum space",
    }


Shape = Callable[[Any], Any]
SHAPES: dict[str, tuple[Regulator, Shape, Shape, float | None, float]] = {
    "exponential": (
        ExponentialRegulator(),
        lambda x: 1 / np.expm1(x),
        lambda x: -np.exp(x) / np.expm1(x) ** 2,
        None,
        1e-8,
    ),
    "optimized": (LitimRegulator(), lambda x: 1 / x - 1, lambda x: -(x**-2.0), 1.0, 1e-6),
    "half of it": (
        Regulator(lambda x: (1 / x - 1) / 2, edge=1),
        lambda x: (1 / x - 1) / 2,
        lambda x: -(x**-2.0) / 2,
        1.0,
        1e-6,
    ),
    "smooth at its edge": (
        Regulator(lambda x: (1 / x - 1) ** 2, edge=1),
        lambda x: (1 / x - 1) ** 2,
        lambda x: -2 * (1 / x - 1) / x**2,
        1.0,
        1e-6,
    ),
}


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize(("dimension", "eta", "masses"), [(3, 0.1, (0.0, 0.7)), (2, 0.3, (0.2, 0.2))])
def test_threshold_functions_are_those_of_a_loop_differentiated_by_its_momentum(
    name: str, dimension: int, eta: float, masses: tuple[float, float]
) -> None:
    regulator, shape, slope, edge, accuracy = SHAPES[name]
    moved = momentum_slope(shape, slope, masses=masses, dimension=dimension, anomalous_dimension=eta, edge=edge)
    found = momentum_threshold(regulator, (0, 0), masses, float(dimension), eta)
    assert found == pytest.approx(-dimension / 4 * moved, rel=accuracy)


def test_the_optimized_regulator_has_a_closed_form_without_the_anomalous_dimension() -> None:
    """D. F. Litim, Nuclear Physics B 631, 128 (2002): 1 / ((1 + w_1)^2 (1 + w_2)^2)."""
    first, other = model.masses
    assert threshold_functions.optimized_momentum().result == 1 / ((1 + first) ** 2 * (1 + other) ** 2)


def test_slow_pieces_are_the_others_times_powers_of_the_reciprocal() -> None:
    r = sp.Function("r", positive=True)(y)
    s, rate, eta = 1 / r, -2 * y * sp.diff(r, y) / r, model.anomalous_dimension
    masses, d = model.masses, model.dimension
    slow = slow_pieces(s, rate, y * sp.diff(rate, y), eta)
    scaled = momentum_integrand(slow, masses=(s * masses[0], s * masses[1]), dimension=d)
    assert sp.simplify(scaled - momentum_integrand(pieces(r, eta), masses=masses, dimension=d)) == 0


def test_a_regulator_without_an_edge_has_no_integral_up_to_it() -> None:
    step = Derivation("edge").define(Definition(model.slope, model.kinetic))
    choices: dict[str, Any] = {"masses": model.masses, "dimension": model.dimension}
    with pytest.raises(ValueError, match="beyond an edge"):
        value_with_edge(
            step,
            shape=model.shape(y),
            regulator=ExponentialRegulator(),
            variable=y,
            choices=choices,
            domain=threshold_functions.DOMAIN,
        )


def test_an_odd_function_of_the_direction_is_refused() -> None:
    step = Derivation("odd").define(Definition(model.slope, model.cosine))
    with pytest.raises(ValueError, match="expected an even function"):
        mean_over_directions(step, cosine=model.cosine, dimension=model.dimension)
