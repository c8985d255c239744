"""Free energies in variables with a limit at zero temperature, and the three forms of a Gaussian mean."""

from __future__ import annotations

import numpy as np
import pytest
import sympy as sp

from numerics import lower
from numerics.replicas.cold_form import ReplicaFreeEnergy, cold_form, warm_form
from numerics.replicas.cold_functions import (
    SpinEntropy,
    SpinMagnetization,
    SpinPotential,
    at_zero_temperature,
    in_cold_functions,
    in_elementary_functions,
)
from numerics.replicas.evaluated import Evaluated
from numerics.replicas.many_digits import ManyDigits
from numerics.replicas.spread import constants_outside, in_spread_variables, in_unit_variables, over_local_fields
from theory.averages import GaussianMean

X = sp.Symbol("X", real=True)
T, Q, BETA = sp.symbols("T q beta", positive=True)
Z, H = sp.symbols("z h", real=True)


@pytest.mark.parametrize("by", [X, T])
def test_the_potential_of_a_spin_has_the_derivatives_of_its_elementary_form(by: sp.Symbol) -> None:
    derivative = sp.diff(SpinPotential(X, T), by)
    assert isinstance(derivative, SpinMagnetization | SpinEntropy)
    elementary = sp.diff(SpinPotential(X, T).as_elementary(), by)
    point = {X: sp.Rational(3, 7), T: sp.Rational(2, 5)}
    difference = in_elementary_functions(derivative) - elementary
    assert abs(sp.N(difference.subs(point), 30)) < 1e-28


@pytest.mark.parametrize("by", [X, T])
def test_the_magnetization_of_a_spin_has_the_derivatives_of_its_elementary_form(by: sp.Symbol) -> None:
    derivative = in_elementary_functions(sp.diff(SpinMagnetization(X, T), by))
    elementary = sp.diff(SpinMagnetization(X, T).as_elementary(), by)
    point = {X: sp.Rational(3, 7), T: sp.Rational(2, 5)}
    assert abs(sp.N((derivative - elementary).subs(point), 30)) < 1e-28


@pytest.mark.parametrize(
    "function", [sp.tanh(X / T), sp.sinh(X / T), T * sp.log(2 * sp.cosh(X / T)), sp.cosh(X / T) ** -4]
)
def test_hyperbolic_functions_keep_their_values_in_cold_functions(function: sp.Expr) -> None:
    rewritten = in_cold_functions(function, T)
    assert not rewritten.has(sp.tanh, sp.sinh, sp.cosh)
    point = {X: sp.Rational(3, 7), T: sp.Rational(2, 5)}
    assert abs(sp.N((in_elementary_functions(rewritten) - function).subs(point), 30)) < 1e-28


def test_a_limit_that_does_not_exist_term_by_term_is_refused() -> None:
    with pytest.raises(ValueError, match="with a limit at T = 0"):
        at_zero_temperature(SpinPotential(X, T) / T, T)


@pytest.mark.parametrize("form", [in_spread_variables, over_local_fields, in_unit_variables, constants_outside])
@pytest.mark.parametrize(
    "mean",
    [
        GaussianMean(sp.cosh(BETA * (sp.sqrt(Q) * Z + H)) ** -4, Z, 1),
        GaussianMean(1 + sp.tanh(Z + BETA * H) ** 2, Z, BETA**2 * Q),
        GaussianMean(sp.exp(-((BETA * Z) ** 2)) * sp.tanh(BETA * Z + H), Z, 1),
    ],
)
def test_the_forms_of_a_mean_have_one_value(form: object, mean: sp.Expr) -> None:
    rewritten = form(mean)  # type: ignore[operator]
    values = [float(lower(e, (BETA, Q, H))(1.3, 0.4, 0.2)) for e in (mean, rewritten)]
    assert values[0] == pytest.approx(values[1], rel=1e-10)


def test_a_mean_of_one_combination_changes_its_form() -> None:
    mean = GaussianMean(sp.cosh(BETA * (sp.sqrt(Q) * Z + H)) ** -4, Z, 1)
    spread = in_spread_variables(mean)
    assert spread.variance == BETA**2 * Q
    assert over_local_fields(mean).has(sp.Integral)
    assert in_unit_variables(spread).variance == 1


def test_the_limit_of_the_cold_form_is_approached_as_the_temperature_falls(
    one_step_free_energy: ReplicaFreeEnergy,
) -> None:
    form = cold_form(one_step_free_energy)
    limit = form.at_zero_temperature()
    arguments = (*form.unknowns, form.temperature, form.field)
    u = (0.5, 0.4, 1.3)
    quantities = [(f.free_energy, f.entropy, f.magnetization) for f in (form, limit)]
    cold = Evaluated(quantities[0], arguments, tolerance=1e-9)
    frozen = Evaluated(quantities[1], arguments, tolerance=1e-9)(*u, 0.0, 0.2)
    gaps = [np.abs(cold(*u, t, 0.2) - frozen) for t in (2e-3, 1e-3)]
    assert (gaps[1] < 4e-3).all()
    np.testing.assert_allclose(gaps[0] / gaps[1], 2, rtol=0.05)


def test_cold_and_warm_forms_are_one_function(symmetric_free_energy: ReplicaFreeEnergy) -> None:
    cold, warm = cold_form(symmetric_free_energy), warm_form(symmetric_free_energy)
    t, q, h = 0.7, 0.35, 0.2
    arguments = (*cold.unknowns, cold.temperature, cold.field)
    found = Evaluated((cold.free_energy, *cold.equations), arguments, tolerance=1e-11)((1 - q) / t, t, h)
    arguments = (*warm.unknowns, warm.temperature, warm.field)
    expected = Evaluated((warm.free_energy, *warm.equations), arguments, tolerance=1e-11)(q, t, h)
    np.testing.assert_allclose(found, expected, rtol=1e-11)


def test_a_breakpoint_has_no_warm_form(one_step_free_energy: ReplicaFreeEnergy) -> None:
    with pytest.raises(ValueError, match="breakpoints"):
        warm_form(one_step_free_energy)


def test_coarse_and_controlled_means_agree_where_integrands_are_smooth(
    one_step_free_energy: ReplicaFreeEnergy,
) -> None:
    form = cold_form(one_step_free_energy)
    arguments, point = (*form.unknowns, form.temperature, form.field), (0.3, 0.6, 0.8, 0.6, 0.1)
    coarse = Evaluated(form.equations, arguments, n_nodes=64)(*point)
    np.testing.assert_allclose(coarse, Evaluated(form.equations, arguments, tolerance=1e-10)(*point), atol=1e-7)


def test_many_digits_agree_with_doubles() -> None:
    mean = GaussianMean(sp.tanh(Z + H) ** 2, Z, Q) - Q
    assert float(ManyDigits([mean], (Q, H))(0.05, 0.1)[0]) == pytest.approx(
        float(lower(mean, (Q, H))(0.05, 0.1)), rel=1e-10
    )
