"""The partition function of a network's states and the two groups of eigenvalues, step by step, and wrong ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import sympy as sp

from derivations.algebra.outer_factors import factors_in_front
from derivations.engine.derivation import Derivation
from derivations.engine.verify import verify
from derivations.learning_thermodynamics import (
    entropy_density,
    equilibrium,
    partition_function,
    results,
    shallow_spectrum,
    spectrum_split,
    two_fractions,
)
from derivations.rules.gaussian_components import component_integral, component_product, without_shift
from derivations.rules.growth_over_temperature import (
    grown_density,
    growth_bounds,
    growth_exponent,
    growth_of_small,
)
from derivations.rules.integral_value import integral_value
from derivations.rules.log_partition import mean_energy, mean_over_states, total_entropy, total_free_energy
from derivations.rules.separated_temperature import (
    configuration_part,
    entropy_of_energy,
    large_argument,
    large_eigenvalues,
    thermal_part,
    thermodynamic_entropy,
)
from derivations.rules.spectral_remainder import counted, group_terms, left_out, settled_term, within_leading
from derivations.rules.split_spectrum import laplacian, two_groups
from derivations.rules.two_group_extrema import (
    coalescence,
    extremal_temperature,
    logarithmic_slope,
    logarithmic_temperature,
    slope_in_factors,
    solved_ratio,
)
from derivations.rules.unimodular_logarithm import (
    logarithm_entry,
    odd_traces,
    trace_of_power,
    unimodular_logarithm,
)
from theory import Definition, Domain, Inequality, Stationarity
from theory.models import learning as model
from theory.sums import Sigma, unroll

RULES = (
    component_integral, component_product, without_shift, total_free_energy, mean_energy, mean_over_states,
    total_entropy, laplacian, two_groups, logarithmic_slope, slope_in_factors, extremal_temperature,
    logarithmic_temperature, coalescence, solved_ratio, large_argument, large_eigenvalues, thermal_part,
    configuration_part, thermodynamic_entropy, entropy_of_energy, unimodular_logarithm, logarithm_entry, trace_of_power,
    odd_traces, growth_exponent, growth_of_small, integral_value, grown_density, growth_bounds,
    settled_term, group_terms, left_out, within_leading,
    counted,
)  # fmt: skip
SHALLOW = shallow_spectrum.build()
PARTITION, EQUILIBRIUM, FRACTIONS, _, DENSITY, SPLIT = ALL = (
    partition_function.build(), equilibrium.build(), two_fractions.build(), SHALLOW, entropy_density.build(),
    spectrum_split.build(),
)  # fmt: skip
CLAIMS = {
    f"{d.identifier}: {s.name}": s.statement
    for d in ALL
    for s in d
    if s.rule != "definition"
    and 0 not in (getattr(s.statement, part, None) for part in ("right", "value"))
    and not isinstance(s.statement, Inequality)
}
beta, gamma, x, r = model.inverse_temperature, model.fraction, model.log_eigenvalue, model.log_root


@pytest.mark.parametrize("name", CLAIMS)
def test_a_step_holds_and_slips_in_it_are_refuted(name: str, holds_and_is_sharp) -> None:
    holds_and_is_sharp(CLAIMS[name], slips=3)


@pytest.mark.parametrize("derivation", ALL, ids=lambda d: d.identifier)
def test_nothing_is_typed_in_and_every_rule_is_used(derivation: Derivation) -> None:
    assert derivation.stated_steps == 0
    used = {step.rule for d in ALL for step in d}
    assert {rule.name for rule in RULES} <= used


@pytest.mark.parametrize("step", [s for d in ALL for s in d if s.obligations], ids=lambda s: s.name)
def test_what_a_step_needs_holds(step: Any) -> None:
    for need in step.obligations:
        assert verify(need).holds is True


@pytest.mark.parametrize(
    ("at", "wrong"),
    [
        (sp.Rational(1, 3), 3 * sp.log(1 / beta - 1)),
        (0, 2 * sp.log(-sp.Rational(1, 2) + sp.sqrt(sp.Rational(1, 4) + 1 / beta))),
    ],
)
def test_another_multiple_of_the_logarithm_is_not_stationary(at: Any, wrong: Any) -> None:
    slope = FRACTIONS["slope"].statement.right  # type: ignore[union-attr]
    right = FRACTIONS["a third of the eigenvalues" if at else "a small fraction of the eigenvalues"]
    assert verify(right.statement).holds is True
    claim: Any = right.statement
    assert verify(claim.replaced(left=(slope / gamma).subs(gamma, at).subs(x, wrong))).status == "refuted"


def test_the_printed_place_is_not_stationary_for_a_third_of_the_eigenvalues() -> None:
    few = FRACTIONS["a small fraction of the eigenvalues"].result
    function = FRACTIONS["two groups"].result.subs(gamma, sp.Rational(1, 3))  # type: ignore[union-attr]
    domain = Domain({beta: (0, 1), model.n_neurons: sp.Range(1, sp.oo), x: (-sp.oo, sp.oo)})
    assert verify(Stationarity(function, domain, variables=(x,), at={x: few})).status == "refuted"
    third = FRACTIONS["a third of the eigenvalues"].result
    assert verify(Stationarity(function, domain, variables=(x,), at={x: third})).holds is True


def test_log_z_of_four_neurons_is_that_of_their_gaussian_integral() -> None:
    derived = unroll(PARTITION["all components"].result.subs(model.n_neurons, 4), lambda atom: atom)  # type: ignore[union-attr]
    rng = np.random.default_rng(3)
    response = rng.normal(size=(4, 4)) / 2
    quadratic = (np.eye(4) - response).T @ (np.eye(4) - response)
    values, vectors = np.linalg.eigh(quadratic)
    mean, b, m = rng.normal(size=4) / 3, 1.3, 0.4
    matrix = (1 - b * m) * np.eye(4) + b * quadratic
    tilt = b * quadratic @ mean
    expected = 2 * np.log(2 * np.pi) - np.linalg.slogdet(matrix)[1] / 2 - b * mean @ quadratic @ mean / 2
    expected += tilt @ np.linalg.solve(matrix, tilt) / 2
    point = {beta: b, model.mass: m}
    point |= {model.eigenvalues[k + 1]: values[k] for k in range(4)}
    point |= {model.mean_state[k + 1]: (vectors.T @ mean)[k] for k in range(4)}
    assert float(derived.xreplace(point)) == pytest.approx(expected, rel=1e-12)


def test_an_exponent_that_is_not_quadratic_or_grows_is_refused() -> None:
    y, stiff = model.component, model.stiffness
    domain = model.learning_domain()
    apply = Derivation("test").apply
    with pytest.raises(ValueError, match="quadratic in y"):
        apply(component_integral, exponent=-stiff * y**4, component=y, domain=domain)
    with pytest.raises(ValueError, match="falls with y"):
        apply(component_integral, exponent=stiff * y**2, component=y, domain=domain)


def test_the_stationary_temperature_is_largest_where_its_two_branches_meet() -> None:
    curve, top = results.log_stationary_temperature(), results.coalescence_ratio()
    for share in (0.35, 0.45, 0.5, 0.6):
        at = float(top.subs(gamma, share))
        values = [float(curve.subs({gamma: share, r: at + d})) for d in (-1e-3, 0, 1e-3)]
        assert max(values) == values[1]
        assert values[1] == pytest.approx(float(results.log_coalescence_temperature().subs(gamma, share)), abs=1e-14)


def test_factors_in_front_of_a_sum_leave_its_value() -> None:
    i, n = model.i, model.n_neurons
    given = Sigma(-beta * (beta * model.mass - 1) * i / (2 * (beta * model.mass - i - 1)), (i, 1, n)) + Sigma(
        0 * i, (i, 1, n)
    )
    pulled = factors_in_front(given)
    assert pulled != given
    written = [unroll(e.subs(n, 3), lambda atom: atom) for e in (given, pulled)]
    assert sp.simplify(written[0] - written[1]) == 0


def test_the_free_energy_of_all_eigenvalues_has_no_two_parts() -> None:
    mixed = Derivation("mixed")
    step = mixed.define(Definition(model.free_energy, SPLIT["free energy of all eigenvalues"].result))
    with pytest.raises(ValueError, match="function of beta beside the terms over it"):
        mixed.apply(
            thermal_part, step, inverse_temperature=model.inverse_temperature, domain=model.equilibrium_domain()
        )


@pytest.mark.parametrize("step", [s for s in SHALLOW if getattr(s.statement, "right", None) == 0], ids=lambda s: s.name)
def test_traces_of_odd_powers_vanish_and_are_not_one(step: Any) -> None:
    assert verify(step.statement).holds is True
    assert verify(step.statement.replaced(right=sp.S.One)).status == "refuted"


def test_the_trace_of_the_square_does_not_vanish() -> None:
    fresh = shallow_spectrum.build()
    parts: Any = {"matrix": model.shallow_block(), "half_angle": model.half_angle, "domain": model.shallow_domain()}
    square = fresh.apply(trace_of_power, fresh["logarithm of G"], power=2, **parts)
    assert sp.simplify(square.result - 8 * model.half_angle**2) == 0


def test_the_logarithm_is_that_of_a_network_without_hidden_layers() -> None:
    from scipy.linalg import logm

    rng = np.random.default_rng(4)
    block = rng.normal(size=(2, 5))
    response = np.zeros((7, 7))
    response[5:, :5] = block
    one_less = np.eye(7) - response
    left, strengths, right = np.linalg.svd(block, full_matrices=False)
    basis = np.zeros((7, 4))
    basis[:5, ::2], basis[5:, 1::2] = right.T, left
    found = basis.T @ logm(one_less.T @ one_less).real @ basis
    among, between, last = (
        SHALLOW[f"logarithm {n}"].result for n in ("among inputs", "between inputs and outputs", "among outputs")
    )
    derived: Any = sp.Matrix([[among, between], [between, last]])
    for k, strength in enumerate(strengths):
        expected = np.array(derived.subs(model.half_angle, np.arcsinh(strength / 2)).tolist(), dtype=float)
        np.testing.assert_allclose(found[2 * k : 2 * k + 2, 2 * k : 2 * k + 2], expected, atol=1e-12)
    assert found[0, 0] > 0.1


def test_a_matrix_that_is_not_symmetric_has_no_such_logarithm() -> None:
    with pytest.raises(ValueError, match="symmetric"):
        unimodular_logarithm(matrix=sp.Matrix([[1, 1], [0, 1]]), half_angle=model.half_angle, domain=Domain({}))


def test_the_growth_is_the_integral_of_the_rate_by_quadrature() -> None:
    from scipy.integrate import quad

    values, end = (0.3, 2.0, 11.0), 1.7
    expected = -sum(quad(lambda t, v=v: t / 2 / (1 + t * v) ** 2, 0, end)[0] for v in values)
    derived: Any = DENSITY["growth of the entropy density"].result
    point = {model.eigenvalues[k + 1]: v for k, v in enumerate(values)} | {beta: end, model.learning_strength: 1}
    written = unroll(derived.subs(model.n_neurons, 3), lambda atom: atom)
    assert float(written.xreplace(point)) == pytest.approx(expected, rel=1e-12)
    printed = -sum((1 + end * v) ** -2 for v in values) / 2
    assert abs(printed - expected) > 0.01


def test_the_decay_by_one_eigenvalue_lies_between_none_and_that_of_a_small_one() -> None:
    bound: Any = DENSITY["growth by one eigenvalue, over that of a small one"]
    assert verify(bound.statement).holds is True
    assert verify(bound.statement.replaced(right=sp.Rational(1, 2))).status == "refuted"
    for need in bound.obligations:
        assert verify(need).holds is True
