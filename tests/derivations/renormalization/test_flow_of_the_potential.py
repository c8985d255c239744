"""The flow of a potential in the local potential approximation, for any regulator."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.verify import verify
from derivations.renormalization import flow_equation, local_potential, threshold_functions
from derivations.renormalization.running_couplings import couplings_at_the_origin
from derivations.rules.constant_field import trace_at_one_momentum
from theory.models import scalar_field as model
from theory.regulators import LitimRegulator, PowerRegulator, Regulator, SharpRegulator, y
from theory.statements import Definition

DERIVATIONS = {m.IDENTIFIER: m.build() for m in (flow_equation, local_potential, threshold_functions)}
SLIPS = [sp.Integer(2), sp.Integer(-1)]


@pytest.mark.parametrize("identifier", DERIVATIONS)
def test_every_step_is_proved(identifier: str) -> None:
    report = DERIVATIONS[identifier].verify()
    claims = [r for r in report.steps if r.verdict is not None]
    assert claims
    assert [r.step.name for r in claims if r.status != "proved"] == []
    assert DERIVATIONS[identifier].stated_steps == 0


@pytest.mark.parametrize("identifier", DERIVATIONS)
@pytest.mark.parametrize("slip", SLIPS)
def test_a_wrong_factor_of_any_step_is_refuted(identifier: str, slip: Any) -> None:
    for step in DERIVATIONS[identifier]:
        claim = step.statement
        if hasattr(claim, "right"):
            assert verify(claim.replaced(right=slip * claim.right)).status == "refuted", step.name


def test_the_result_is_the_known_flow_of_an_on_potential() -> None:
    """Litim (2001), equation (13), and for Ising the mean of one mode."""
    rho, d, n = model.invariant, model.dimension, model.n_components
    u, w = model.potential(rho), sp.Symbol("w")
    flow = local_potential.flow_of_the_potential().result.xreplace({model.anomalous_dimension: sp.S.Zero})
    optimized = threshold_functions.optimized().result.xreplace({model.anomalous_dimension: sp.S.Zero})
    here = flow.replace(model.threshold, lambda at: optimized.xreplace({threshold_functions.mass: at}))
    first, second = u.diff(rho), u.diff(rho, 2)
    known = -d * u + (d - 2) * rho * first + (n - 1) / (1 + first) + 1 / (1 + first + 2 * rho * second)
    values = {second: sp.Rational(3, 7), first: sp.Rational(2, 5), u: sp.Rational(1, 3)}
    numbers = {rho: sp.Rational(5, 4), d: sp.Rational(11, 4), n: 3}
    difference = (here - known).xreplace({second: values[second]}).xreplace({first: values[first]})
    assert sp.simplify(difference.xreplace({u: values[u]}).xreplace(numbers)) == 0
    assert w not in here.free_symbols


def test_the_couplings_about_the_origin_move_with_the_known_numbers_of_components() -> None:
    """The couplings of phi^2, phi^4 and phi^6 in powers of N: those of O(N) loops, at any dimension and regulator."""
    moved = couplings_at_the_origin(Derivation("origin"), local_potential.flow_of_the_potential(), 3)
    d, n, eta, g = model.dimension, model.n_components, model.anomalous_dimension, model.coupling_at_origin
    first, second, third = (model.threshold(g(1)).diff(g(1), m) for m in (1, 2, 3))
    known = (
        (eta - 2) * g(1) + d * (n + 2) / 2 * g(2) * first,
        (d - 4 + 2 * eta) * g(2) + d * (n + 4) / 2 * g(3) * first + d * (n + 8) / 2 * g(2) ** 2 * second,
        (2 * d - 6 + 3 * eta) * g(3)
        + d * ((n + 6) / 2 * g(4) * first + 3 * (n + 14) / 2 * g(2) * g(3) * second + (n + 26) / 2 * g(2) ** 3 * third),
    )
    assert [sp.expand(found - expected) for found, expected in zip(moved, known, strict=True)] == [0, 0, 0]


@pytest.mark.parametrize("order", [1, 2, 3])
def test_a_wrong_sign_of_any_term_of_a_coupling_about_the_origin_is_refuted(order: int) -> None:
    claim: Any = DERIVATIONS[local_potential.IDENTIFIER][
        f"derivative of order {order} of the flow at the origin"
    ].statement
    for term in sp.Add.make_args(claim.right):
        assert verify(claim.replaced(right=claim.right - 2 * term)).status == "refuted"


def test_another_matrix_than_that_of_an_invariant_is_refused() -> None:
    derivation = Derivation("wrong")
    step = derivation.define(
        Definition(model.inverse_propagator[model.a, model.b], model.fields[model.a] * model.kinetic)
    )
    with pytest.raises(ValueError, match="expected a matrix p delta"):
        local_potential.propagator(
            step, fields=model.fields, rows=(model.a, model.b), column=model.c, size=model.n_components
        )


@pytest.mark.parametrize(
    ("shape", "error"),
    [("1/y", TypeError), (sp.Integer(1), ValueError), (sp.Symbol("a") * sp.Symbol("b"), ValueError)],
)
def test_a_shape_that_is_no_function_of_one_momentum_is_refused(shape: Any, error: type[Exception]) -> None:
    with pytest.raises(error, match="expected a shape"):
        Regulator(shape)


@pytest.mark.parametrize(
    ("shape", "edge", "message"),
    [
        (y, sp.oo, "as a mass of slow modes"),
        (sp.exp(-y), sp.oo, "as a mass of slow modes"),
        (y ** -sp.Rational(1, 4), sp.oo, "as a mass of slow modes"),
        (1 / y + 1, sp.oo, "to fall to 0"),
        (-1 / y**2, sp.oo, "of at least 0"),
        ((1 - y / 2) * sp.exp(-y) / y, sp.oo, "of at least 0"),
        (sp.I / y**2, sp.oo, "of at least 0"),
        (1 / y - 1, 3, "of at least 0"),
        (sp.Max(0, 1 / y - sp.Rational(1, 3)), sp.oo, "with edge="),
        (sp.Piecewise((1 / y - 1, y < 1), (0, True)), sp.oo, "with edge="),
    ],
)
def test_a_shape_that_does_not_regulate_is_refused(shape: Any, edge: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Regulator(shape, edge=edge)


def test_a_shape_with_an_edge_or_parameters_is_taken() -> None:
    alpha = sp.Symbol("alpha", positive=True)
    assert Regulator(1 / y - sp.Rational(1, 3), edge=3).edge == 3
    assert Regulator(lambda x: alpha / (sp.exp(x) - 1)).shape.has(alpha)


def test_a_shape_may_be_an_expression_in_any_symbol_or_a_function() -> None:
    x = sp.Symbol("x")
    assert Regulator(1 / x**2) == Regulator(lambda z: z**-2)
    assert Regulator(1 / x**2) == PowerRegulator(2)
    assert LitimRegulator().shape == 1 / y - 1


@pytest.mark.parametrize("power", [0, -1, sp.Symbol("n", real=True)])
def test_a_power_that_is_not_positive_is_refused(power: Any) -> None:
    with pytest.raises(ValueError, match="expected a positive power"):
        PowerRegulator(power)


def test_the_sharp_cutoff_has_no_shape() -> None:
    with pytest.raises(ValueError, match="has no shape"):
        _ = SharpRegulator().shape


def test_the_flow_at_one_momentum_is_an_instance_of_the_flow_equation() -> None:
    step = DERIVATIONS[local_potential.IDENTIFIER]["flow equation at one momentum"]
    assert step.rule == trace_at_one_momentum.name
    assert "Wetterich equation of many" in {parent.name for parent in step.parents}


def test_the_flow_says_what_it_rests_on() -> None:
    named = {
        "local potential approximation",
        "dimensions and components of any real number",
        "derivatives under the integral",
    }
    assert set(DERIVATIONS[local_potential.IDENTIFIER]["flow of the potential"].rests_on) == named
