"""Vertices of a network ensemble from its known propagator, against quadrature, and what the constraint implies."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import mpmath
import pytest
import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.verify import verify
from derivations.oracles.fixed_propagator import Ensemble, vertex_of_four, vertex_of_six
from derivations.renormalization import flow_equation, network_flow, network_premises
from derivations.renormalization.network_flow_oracle import against_flow
from derivations.rules.loop_integral import loop_integral
from derivations.rules.momentum_routing import constant_vertices, momentum_conservation
from derivations.rules.scale_derivative import scale_derivative, scaling_exponent
from derivations.rules.small_momentum import limit_in_the_scale, small_momenta
from derivations.rules.solved_vertex import solved_vertex
from derivations.rules.special_case import sign, special_case
from theory.domain import Domain
from theory.models import network_flow as model
from theory.models import regulated_field as one
from theory.statements import Definition

DERIVATIONS = {m.IDENTIFIER: m.build() for m in (network_flow, network_premises)}
FLOW, PREMISES = DERIVATIONS["wetterich-network-flow"], DERIVATIONS["wetterich-network-premises"]
ENCLOSED = {f"incomplete gamma function of {n} propagators" for n in (2, 3)}
SLOW = {f"momenta in the flow of order {n}" for n in (2, 4)}
"""Sums over four and six momenta, which take seconds to prove or enumerate."""
ELSEWHERE = {step.name for step in flow_equation.build()}
x, k, p = sp.symbols("x k p", positive=True)
u = sp.Symbol("u", real=True)


@pytest.mark.parametrize("identifier", DERIVATIONS)
def test_every_step_is_proved_or_enclosed(identifier: str) -> None:
    derivation = DERIVATIONS[identifier]
    assert derivation.stated_steps == 0
    for step in derivation:
        expected = "enclosed" if step.name in ENCLOSED else "proved"
        for claim in step.claims + step.obligations if step.name not in SLOW | ELSEWHERE else ():
            assert verify(claim).status == expected, step.name


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(SLOW))
def test_momenta_are_conserved_along_loops(name: str) -> None:
    assert verify(FLOW[name].statement).holds  # type: ignore[arg-type]


@pytest.mark.parametrize("identifier", DERIVATIONS)
@pytest.mark.parametrize("slip", [2, -1])
def test_a_wrong_factor_of_any_step_is_refuted(identifier: str, slip: int) -> None:
    for step in DERIVATIONS[identifier]:
        claim: Any = step.statement
        if step.name not in SLOW | ELSEWHERE and hasattr(claim, "right") and claim.right != 0:
            assert verify(claim.replaced(right=slip * claim.right)).holds is False, step.name


@pytest.mark.parametrize("n", [4, 6])
def test_a_vertex_is_that_of_the_flow_of_a_constant_field(n: int) -> None:
    found = FLOW[f"vertex of order {n} by incomplete gamma functions"].result
    assert against_flow(found, n)().outcome == "agrees"
    for wrong in (-found, 2 * found, found.subs(model.scale, 1)):
        assert against_flow(wrong, n)().outcome == "refutes"


@pytest.mark.parametrize("position", range(2))
@pytest.mark.parametrize("factor", [-1, 2, sp.Rational(1, 2)])
def test_a_wrong_factor_of_one_loop_gives_another_vertex_of_order_six(position: int, factor: Any) -> None:
    """u_6 solved from a flow of u_4 with one term altered is not what a constant field gives."""
    terms = list(FLOW["flow of order 4 at zero momenta"].result.args)
    terms[position] *= factor
    motion, four = FLOW["scaling of the vertex of order 4"].result, FLOW["vertex of order 4 as a power of the scale"]
    (solution,) = sp.solve(sp.Add(*terms) - motion, model.coupling(6))
    loops = {FLOW[f"loop with {m} propagators"].defines: FLOW[f"loop with {m} propagators"].result for m in (2, 3)}
    plain = {FLOW[f"incomplete gamma function of {m} propagators"].result: model.ball_integral(m) for m in (2, 3)}
    value = solution.xreplace(loops).xreplace({model.coupling(4): four.result}).xreplace(network_flow.POWER)
    value = value.xreplace(network_flow.UNITS).xreplace({ball: closed for closed, ball in plain.items()})
    assert against_flow(value, 6)().outcome == "refutes"


@pytest.mark.parametrize(("n", "oracle"), [(4, vertex_of_four), (6, vertex_of_six)])
def test_vertices_with_an_anomalous_dimension_are_those_of_quadrature(n: int, oracle: Any) -> None:
    eta, alpha, scale, d = sp.Rational(3), sp.Rational(2, 3), sp.Rational(5, 4), 1
    values = {model.anomalous_dimension: eta, model.amplitude: alpha, model.scale: scale, model.dimension: d}
    values[model.normalization] = sp.S.One
    balls = {}
    for m in (2, 3):
        integrand = sp.lambdify(network_flow.y, model.ball_integrand(m).subs(values), "mpmath")
        with mpmath.workdps(40):
            balls[model.ball_integral(m)] = sp.Float(mpmath.quad(integrand, [0, 1]), 30)
    here = FLOW[f"vertex of order {n} as a power of the scale"].result.subs(values).subs(balls)
    ensemble = Ensemble(dimension=d, amplitude=Fraction(2, 3), anomalous_dimension=Fraction(3))
    there = oracle(ensemble, Fraction(5, 4))
    assert float(here / sp.Rational(there.numerator, there.denominator)) == pytest.approx(1, rel=1e-13)


def test_the_exponents_are_the_papers_for_a_constant_normalization_and_others_for_the_output_of_a_network() -> None:
    d, four, six = model.dimension, model.coupling(4), model.coupling(6)
    results = {s.name: s.result for s in FLOW}
    assert results["scaling of the vertex of order 4 with the weights"] == (4 - d) * four
    assert sp.expand(results["scaling of the vertex of order 6 with the weights"] - (6 - 2 * d) * six) == 0
    assert results["scaling of the normalization"] == (d - 4) * model.own_normalization
    assert results["scaling of the vertex of order 4 of the output of a network"] == (d - 4) * four
    assert results["scaling of the vertex of order 6 of the output of a network"] == (d - 6) * six


def test_the_optimized_amplitude_predicts_no_interaction() -> None:
    for n in (4, 6):
        assert FLOW[f"vertex of order {n} at the amplitude 1"].result == 0


def test_constant_vertices_contradict_the_known_flow_in_the_fourth_power_of_the_momentum() -> None:
    expected = 2 * (1 - model.amplitude) * model.scale**2 - model.external_momentum**4 / model.scale**2
    assert sp.expand(PREMISES["known flow at small momenta"].result - expected) == 0


def test_the_vertex_varies_over_the_loop_as_much_at_every_scale() -> None:
    """At the edge of the loop by one part in 1 - alpha: more than all of it for an amplitude between 0 and 1."""
    relative = PREMISES["relative vertex of order 4 in units of the scale"].result
    assert model.scale not in relative.free_symbols
    edge, origin = (sp.simplify(relative.subs(network_flow.y, at)) for at in (1, 0))
    assert origin == 1
    assert sp.simplify(edge - origin + 1 / (1 - model.amplitude)) == 0


def test_the_limits_of_the_known_vertex_are_not_those_of_an_action() -> None:
    assert PREMISES["vertex of order 2 at large scales"].result == 1 - model.amplitude
    large = PREMISES["vertex of order 2 at large scales, at the amplitude 1"]
    assert large.result == 2 * model.external_momentum**2
    assert PREMISES["reciprocal vertex of order 2 at small scales"].result == 0
    mass, phi = model.mass, one.field
    assert PREMISES["effective average action of a Gaussian at a large regulator"].result == mass * phi**2 / 2


def test_without_a_logarithm_the_flow_has_one_term_more() -> None:
    mean = sp.Derivative(one.partition_function, one.source)
    rate = sp.Derivative(one.regulator, one.time)
    wetterich = rate / (one.second_derivative + one.regulator) / 2
    found = PREMISES["flow equation without a logarithm"].result
    assert sp.expand(found - wetterich + rate * mean**2 / 2) == 0


def test_the_flow_says_what_it_rests_on() -> None:
    assert set(FLOW["vertex of order 6 by incomplete gamma functions"].rests_on) == {
        "derivatives under the integral",
        "vertices at zero momentum",
        "propagator fixed by the network",
        "infinite volume",
        "field in units of its normalization",
    }


def defined(value: Any) -> tuple[Derivation, Any]:
    derivation = Derivation("one definition")
    symbol = sp.Symbol("start", real=True)
    return derivation, derivation.define(Definition(symbol, value), name="start")


def test_rules_of_the_flow_hold_on_other_inputs() -> None:
    wave, eta = sp.Function("Z", positive=True)(k), sp.Symbol("eta", real=True)
    domain = Domain({k: (1, 2), x: (0, 1), p: (0, 1), eta: (-1, 1), u: (-1, 1)})
    derivation, start = defined(wave * k**3 * sp.cosh(x / k))
    moved = derivation.apply(
        scale_derivative, start, scale=k, wave_function=wave, anomalous_dimension=eta, domain=domain, name="moved"
    )
    _, plain = defined(7 * k**5 * x)
    scaled = scaling_exponent(plain, scale=k, letter=u, domain=domain)
    _, near = defined(sp.exp(x * p) / k)
    series = small_momenta(near, momentum=p, order=3, domain=domain)
    limit = limit_in_the_scale(near, scale=k, point=1, at={p: 1}, domain=domain)
    above = sign(near, relation=">", domain=domain)
    inferences = (scaled, series, limit, above)
    assert all(verify(i.statement).status == "proved" for i in inferences)  # type: ignore[arg-type]
    assert verify(moved.statement).status == "proved"  # type: ignore[arg-type]
    assert scaled.result == 5 * u
    assert sp.expand(series.result - (1 + x * p + x**2 * p**2 / 2) / k) == 0


def test_a_loop_in_other_units_and_a_vertex_of_another_flow() -> None:
    domain = Domain({k: (1, 2), x: (0, 1), p: (0, 1), u: (-1, 1)})
    derivation, start = defined(p**3 * k)
    ball = derivation.define(Definition(sp.Symbol("b", real=True), sp.Integral(x, (x, 0, 1))), name="ball")
    loop = loop_integral(start, ball, momentum=p, place=k * sp.sqrt(x), front=k**5 / 2, domain=domain)
    assert verify(loop.statement).status == "proved"  # type: ignore[arg-type]
    _, flow = defined(3 * u * k - x)
    found = solved_vertex(start, flow, unknown=u, at={p: 1}, domain=domain)
    assert verify(found.statement).status == "proved"  # type: ignore[arg-type]
    assert sp.simplify(found.result - (k + x) / (3 * k)) == 0
    value = special_case(flow, at={u: k}, domain=domain)
    assert verify(value.statement).status == "proved"  # type: ignore[arg-type]
    _, square = defined(u**2)
    with pytest.raises(ValueError, match="linear in u"):
        solved_vertex(start, square, unknown=u, at={}, domain=domain)
    with pytest.raises(ValueError, match="expected a power of k"):
        scaling_exponent(defined(1 + k)[1], scale=k, letter=u, domain=domain)


def test_a_momentum_that_is_not_conserved_and_a_vertex_that_is_not_constant_are_refuted() -> None:
    flow = FLOW["flow of the vertex of order 2 at a symmetric point"]
    names = (network_flow.vertex_flows.rate, network_flow.vertex_flows.propagator, network_flow.vertex_flows.vertex)
    modes = (model.mode_rate, model.mode_propagator, model.mode_vertex)
    routed = momentum_conservation(flow, n=2, names=names, modes=modes, cutoff=model.modes, domain=model.mode_domain())
    claim: Any = routed.statement
    assert verify(claim.replaced(right=2 * claim.right)).status == "refuted"
    still = constant_vertices(
        FLOW["momenta in the flow of order 4"], n=4, modes=modes, coupling=model.coupling, loop=model.loop,
        domain=model.mode_domain(),
    )  # fmt: skip
    four, six = model.coupling(4), model.coupling(6)
    assert still.result == 3 * model.loop(3) * four**2 - model.loop(2) * six / 2
