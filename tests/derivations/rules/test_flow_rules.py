"""The rules of the flow equation and of its truncations, on inputs that are not those of the derivations."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.step import Step
from derivations.engine.verify import verify
from derivations.rules.constant_field import propagator, propagator_trace, second_variation
from derivations.rules.coupling_flow import derivative_of_the_flow
from derivations.rules.dimensionless_flow import Units, dimensionless_flow
from derivations.rules.effective_average_action import (
    flow_at_fixed_field,
    flow_equation,
    generator_flow,
    heat_equation,
    legendre_slope,
)
from derivations.rules.exponential_mean import exponential_mean
from derivations.rules.integral_value import integral_value
from derivations.rules.integrand_limit import integrand_limit, substituted
from derivations.rules.momentum_shell import in_units_of_the_scale, regulator_derivative, threshold_form
from derivations.rules.network_moments import connected_correlation, network_correlation, output_layer
from derivations.rules.running_point import minimum_velocity, running_coupling
from theory.domain import Domain
from theory.field_derivative import FieldDerivative
from theory.models import regulated_field as one
from theory.models import scalar_field as model
from theory.statements import Definition
from theory.sums import Sigma
from theory.symbols import family

x, y, s, n, k, w = sp.symbols("x y s n k w", positive=True)
t, j, phi = one.time, one.source, one.field
a, b, c = model.a, model.b, model.c


def defined(value: Any) -> tuple[Derivation, Step]:
    derivation = Derivation("one definition")
    return derivation, derivation.define(Definition(sp.Symbol("start", real=True), value), name="start")


def holds(step: Step) -> bool:
    claims = (step.statement, *step.obligations)
    return all(verify(claim).status == "proved" for claim in claims)  # type: ignore[arg-type]


def test_a_matrix_with_other_coefficients_has_its_inverse_and_trace() -> None:
    size, field = model.n_components, model.fields
    squares = Sigma(field[a] ** 2, (a, 1, size)) / 2
    bend, along = FieldDerivative(squares, field[a], field[b]), FieldDerivative(squares, field[a])
    derivation, start = defined(3 * bend + w * along * FieldDerivative(squares, field[b]))
    sizes: dict[str, Any] = {"fields": field, "rows": (a, b), "size": size}
    domain = Domain({size: sp.Range(1, sp.oo), field: (-2, 2), w: (0, 2)})
    variation = derivation.apply(second_variation, start, domain=domain, **sizes)
    inverse = derivation.apply(propagator, variation, column=c, **sizes)
    total = derivation.apply(propagator_trace, variation, inverse, invariant=x, **sizes)
    assert all(map(holds, (variation, inverse, total)))
    assert sp.simplify(total.result - ((size - 1) / 3 + 1 / (3 + 2 * w * x))) == 0


def test_a_regulator_without_renormalization_is_differentiated_and_scaled() -> None:
    one_more = sp.Function("Z", positive=True, real=True)(k)
    derivation, start = defined(one_more * k**2 * sp.exp(-(x**2) / k**2))
    domain = Domain({k: (sp.Rational(1, 2), 2), x: (0, 2)})
    eta = sp.Symbol("eta", real=True)
    slope = derivation.apply(
        regulator_derivative, start, scale=k, wave_function=one_more, anomalous_dimension=eta, domain=domain
    )
    assert holds(slope)
    bare = slope.result.xreplace({one_more: sp.S.One, eta: sp.S.Zero})
    assert sp.simplify(bare - (2 * k**2 + 2 * x**2) * sp.exp(-(x**2) / k**2)) == 0
    _, plain = defined(x**2 / (x**2 + k**2))
    place = k * sp.sqrt(y)
    there = Domain({k: (sp.Rational(1, 2), 2), y: (0, 2)})
    scaled = derivation.apply(
        in_units_of_the_scale, plain, momentum=x, place=place, squared=y, front=k, domain=there, name="scaled"
    )
    assert holds(scaled)
    assert sp.simplify(scaled.result - sp.sqrt(y) / (2 * (y + 1))) == 0


def test_terms_of_one_function_are_collected_and_others_are_refused() -> None:
    first, second = sp.symbols("w_1 w_2", positive=True)
    derivation, start = defined(5 / (y + first) - 2 / (y + second))
    integrand = derivation.apply(
        in_units_of_the_scale, start, momentum=x, place=y, squared=y, front=1,
        domain=Domain({y: (0, 2), first: (0, 2), second: (0, 2)}),
    )  # fmt: skip
    function = sp.Function("l", real=True)
    kernel = derivation.define(Definition(function(w), sp.Integral(1 / (y + w), (y, 0, 1))))
    form = derivation.apply(threshold_form, integrand, kernel, masses=(first, second))
    assert holds(form)
    assert form.result == 5 * function(first) - 2 * function(second)
    other = derivation.define(Definition(function(w), sp.Integral(1 / (y + w) ** 2, (y, 0, 1))), name="another")
    with pytest.raises(ValueError, match="expected a sum of"):
        threshold_form(integrand, other, masses=(first, second))


def test_a_potential_in_other_units_scales_with_its_dimensions() -> None:
    potential, flowing = sp.Function("U", real=True), sp.Function("u", real=True)(x)
    loop_name = sp.Symbol("w_1", real=True), sp.Symbol("w_2", real=True)
    derivation, start = defined(sum(loop_name))
    factor = derivation.define(Definition(w, sp.Integer(2)), name="factor")
    units = Units(potential=potential, variable=x, unit=k**5 * w, place=w * x * k**3, squared_mass=k**2)
    step = derivation.apply(
        dimensionless_flow, start, factor, scale=k, units=units, front=k**5, masses=loop_name,
        growth=(sp.Symbol("none"), sp.S.Zero), flowing=flowing, domain=Domain({k: (0, 2), x: (0, 2), w: (0, 2)}),
    )  # fmt: skip
    assert holds(step)
    loop = flowing.diff(x) + x * flowing.diff(x, 2)
    assert sp.simplify(step.result - (-5 * flowing + 3 * x * flowing.diff(x) + loop)) == 0


def test_a_coupling_of_any_order_moves_with_its_point() -> None:
    derivation = Derivation("moving")
    letters = sp.symbols("f lambda v", real=True)
    step = derivation.apply(
        running_coupling, potential=model.potential, point=model.minimum(t), time=t, variable=x, order=4,
        letters=letters, domain=Domain({t: (-1, 1)}),
    )  # fmt: skip
    assert holds(step)
    rest = derivation.apply(
        minimum_velocity, step, velocity=letters[2], domain=Domain(dict.fromkeys(letters[:2], (1, 2)))
    )
    assert holds(rest)
    assert rest.result == -letters[0] / letters[1]


def test_a_coupling_at_a_point_that_rests_moves_with_its_flow_alone() -> None:
    slope, following = sp.symbols("f lambda", real=True)
    step = Derivation("resting").apply(
        running_coupling, potential=model.potential, point=sp.Integer(2), time=t, variable=x, order=3,
        letters=(slope, following, sp.S.Zero), domain=Domain({t: (-1, 1)}),
    )  # fmt: skip
    assert holds(step)
    assert step.result == slope


def test_a_derivative_of_a_flow_is_that_of_its_series_and_a_wrong_sign_in_it_is_refuted() -> None:
    u, loop = model.potential(x), sp.Function("loop", real=True)
    derivation, flow = defined(-3 * u + x * u.diff(x) + loop(u.diff(x) + 5 * x * u.diff(x, 2)))
    g = sp.symbols("g1:6", positive=True)
    step = derivation.apply(
        derivative_of_the_flow, flow, potential=u, series=sum(v * x**m / sp.factorial(m) for m, v in enumerate(g, 1)),
        variable=x, point=sp.S.Zero, order=2, domain=Domain(dict.fromkeys(g, (0, 1))),
    )  # fmt: skip
    assert holds(step)
    first, second = (loop(g[0]).diff(g[0], m) for m in (1, 2))
    assert sp.expand(step.result - (-g[1] + 36 * g[1] ** 2 * second + 11 * g[2] * first)) == 0
    claim: Any = step.statement
    for term in sp.Add.make_args(step.result):
        assert verify(claim.replaced(right=claim.right - 2 * term)).status == "refuted"


def test_a_flow_equation_follows_from_a_weight_and_needs_a_square() -> None:
    rate, regulator = sp.Symbol("a", positive=True), sp.Function("R", real=True)(t)
    derivation, weight = defined(sp.exp(-(phi**4) - 3 * regulator * phi**2 + j * phi))
    domain = one.domain()
    choices: dict[str, Any] = {"partition_function": one.partition_function, "domain": domain}
    heat = derivation.apply(heat_equation, weight, time=t, source=j, field=phi, **choices)
    flow = derivation.apply(generator_flow, heat, generator=one.generator, source=j, **choices)
    assert all(map(holds, (heat, flow)))
    assert heat.result.coeff(sp.Derivative(one.partition_function, (j, 2))) == -3 * regulator.diff(t)
    _, cubic = defined(sp.exp(-(phi**4) - regulator * phi**3 + j * phi))
    with pytest.raises(ValueError, match="quadratic in phi"):
        heat_equation(cubic, time=t, source=j, field=phi, **choices)
    mean = one.mean_field
    action = derivation.define(Definition(rate, j * mean - one.generator - 3 * regulator * mean**2), name="action")
    legendre: dict[str, Any] = {"source": j, "mean_field": mean, "domain": domain}
    slope = derivation.apply(legendre_slope, action, name="slope", **legendre)
    bend = derivation.apply(legendre_slope, slope, name="bend", **legendre)
    moved = derivation.apply(flow_at_fixed_field, action, slope, time=t, mean_field=mean, domain=domain)
    last = derivation.apply(
        flow_equation, moved, flow, bend, time=t, source=j, moving=one.generator,
        second_derivative=one.second_derivative, domain=domain,
    )  # fmt: skip
    assert all(map(holds, (slope, bend, moved, last)))
    expected = 3 * regulator.diff(t) / (one.second_derivative + 6 * regulator)
    assert sp.simplify(last.result - expected) == 0


def test_an_integral_and_a_limit_of_integrals() -> None:
    derivation, start = defined(sp.Integral(x**n * (1 - x), (x, 0, 1)))
    value = derivation.apply(integral_value, start, domain=Domain({n: (0, 5)}))
    assert holds(value)
    assert sp.simplify(value.result - 1 / ((n + 1) * (n + 2))) == 0
    _, hidden = defined(sp.Integral(sp.Function("f")(x), (x, 0, 1)))
    with pytest.raises(ValueError, match="closed form"):
        integral_value(hidden, domain=Domain({}))
    _, family_of = defined(sp.Integral(n / (1 + x**n) / x, (x, 1, sp.oo)))
    sets = Domain({n: (1, sp.oo), s: (0, sp.oo)})
    integrand = derivation.apply(substituted, family_of, new=s, place=s ** (-1 / n), domain=sets, name="substituted")
    limit = derivation.apply(integrand_limit, integrand, variable=n, new=s)
    assert all(map(holds, (integrand, limit)))
    assert sp.simplify(limit.result.function - 1 / (1 + s)) == 0


def test_the_mean_of_an_exponential_of_two_families() -> None:
    i, size = sp.Symbol("i", integer=True), sp.Symbol("m", integer=True, positive=True)
    first, field = family("v", real=True), family("h", real=True)
    z = sp.Symbol("z", real=True)
    derivation, start = defined(sp.exp(Sigma(field[i] * first[i], (i, 1, size)) + 2 * z - 1))
    laws = ((z, w, ()), (first, 1 / size, ((i, sp.Integer(1), size),)))
    domain = Domain({size: sp.Range(1, sp.oo), field: (-1, 1), w: (0, 1)})
    mean = derivation.apply(exponential_mean, start, laws=laws, domain=domain)
    assert holds(mean)
    _, plain = defined(w)
    with pytest.raises(ValueError, match="expected an exponential"):
        exponential_mean(plain, laws=laws, domain=domain)


def test_correlations_of_one_neuron_are_those_of_a_product() -> None:
    moment = family("M", real=True)
    ensemble: dict[str, Any] = {"width": sp.S.One, "weight_variance": w, "bias_variance": sp.S.Zero}
    domain = Domain({w: (0, 2), moment: (0, 2)})
    four = network_correlation(n=4, moment=moment, domain=domain, **ensemble)
    assert four.result == 3 * w**2 * moment[1, 2, 3, 4]
    derivation = Derivation("one neuron")
    lower = [
        derivation.apply(network_correlation, n=size, moment=moment, domain=domain, name=str(size), **ensemble)
        for size in (2, 4)
    ]
    assert holds(derivation.apply(connected_correlation, *lower, n=4, moment=moment, domain=domain, **ensemble))
    activations = family("g", real=True)
    paired = derivation.apply(
        output_layer, n=2, names=(family("W", real=True), activations, sp.Symbol("c", real=True)),
        domain=Domain({w: (0, 2), activations: (0, 2)}), **ensemble,
    )  # fmt: skip
    assert verify(paired.statement).holds  # type: ignore[arg-type]
