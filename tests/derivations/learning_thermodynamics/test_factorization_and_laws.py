"""When the partition function factors, and how loss and entropy change while a network learns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.verify import verify
from derivations.learning_thermodynamics import equilibrium, factorization, learning_path
from derivations.rules.equilibrium_path import held_free_energy, law_along_a_path, law_along_the_temperatures
from derivations.rules.pair_of_eigenvalues import reciprocal_pair
from derivations.rules.separability import (
    at_one_value,
    derivative_by,
    four_points,
    mixed_derivative,
    parts_and_coupling,
)
from derivations.rules.spectral_rates import along_descent, first_law, in_units, rate
from theory import Definition, Inequality
from theory.models import learning as model
from theory.papers import find as paper_of
from theory.sums import Sigma, unroll

KEY = "vanchurin2020towards"
PAPER = paper_of(KEY)
FACTORS, EQUILIBRIUM, LAWS = ALL = (factorization.build(), equilibrium.build(), learning_path.build())
RULES = (
    parts_and_coupling, derivative_by, mixed_derivative, at_one_value, four_points, reciprocal_pair, rate, in_units,
    first_law, along_descent, law_along_a_path, law_along_the_temperatures, held_free_energy,
)  # fmt: skip
beta, x = model.inverse_temperature, model.log_root
CLAIMS = {
    f"{d.identifier}: {s.name}": s.statement
    for d in ALL
    for s in d
    if s.rule != "definition"
    and getattr(s.statement, "right", None) != 0
    and not (d is EQUILIBRIUM and s.name.endswith("equilibrium"))
}


@pytest.mark.parametrize("name", CLAIMS)
def test_a_step_holds_and_slips_in_it_are_refuted(name: str, holds_and_is_sharp: Callable[..., None]) -> None:
    holds_and_is_sharp(CLAIMS[name], slips=2)


def test_nothing_is_typed_in_and_every_rule_is_used() -> None:
    assert all(d.stated_steps == 0 for d in ALL)
    assert {rule.name for rule in RULES} <= {step.rule for d in ALL for step in d}


@pytest.mark.parametrize(
    "step",
    [FACTORS["the converse"], FACTORS["its slope at one temperature"], FACTORS["no product"]],
    ids=lambda s: s.name,
)
def test_what_is_compared_with_zero_holds_and_the_reverse_does_not(step: Any) -> None:
    claim = step.statement
    assert verify(claim).holds is True
    if isinstance(claim, Inequality):
        assert verify(claim.replaced(relation="<")).status == "refuted"
    else:
        assert verify(claim.replaced(right=sp.S.One)).status == "refuted"


def two_neurons(connection: float) -> np.ndarray:
    response = np.array([[0, 0], [connection, 0.0]])
    return np.linalg.eigvalsh((np.eye(2) - response).T @ (np.eye(2) - response))


def log_z(spectrum: np.ndarray, at: float) -> float:
    return float(-np.log1p(at * spectrum).sum() / 2 + len(spectrum) * np.log(2 * np.pi) / 2)


def loss_and_entropy(spectrum: np.ndarray, at: float) -> tuple[float, float]:
    loss = float((spectrum / (1 + at * spectrum)).sum() / 2)
    return loss, log_z(spectrum, at) + at * loss


def test_two_neurons_have_the_derived_partition_function() -> None:
    derived: Any = FACTORS["two neurons with one connection"].result
    for connection, at in ((0.3, 0.7), (2.0, 1.9)):
        there: Any = {beta: at, x: 2 * np.arcsinh(connection / 2)}
        value = float(derived.subs(there))
        assert value == pytest.approx(log_z(two_neurons(connection), at), rel=1e-12)


def test_without_hidden_layers_the_mean_loss_at_one_temperature_is_the_same_for_all_weights() -> None:
    rng = np.random.default_rng(5)
    for scale in (0.1, 1.0, 5.0):
        response = np.zeros((9, 9))
        response[5:, :5] = scale * rng.normal(size=(4, 5))
        spectrum = np.linalg.eigvalsh((np.eye(9) - response).T @ (np.eye(9) - response))
        assert loss_and_entropy(spectrum, 1.0)[0] == pytest.approx(9 / 4, rel=1e-9)
        assert loss_and_entropy(spectrum, 2.0)[0] != pytest.approx(9 / 6, rel=1e-4)


@pytest.mark.parametrize(("at", "rises"), [(0.3, True), (0.8, True), (1.5, False), (4.0, False)])
def test_gradient_descent_of_one_connection_moves_the_entropy_as_derived(at: float, rises: bool) -> None:
    connection, values = 1.2, []
    for _ in range(20):
        values.append(loss_and_entropy(two_neurons(connection), at))
        above, below = (loss_and_entropy(two_neurons(connection + d), at)[0] for d in (1e-5, -1e-5))
        connection -= 0.1 * (above - below) / 2e-5
    losses, entropies = np.array(values).T
    assert np.all(np.diff(losses) < 0)
    assert np.all((np.diff(entropies) > 0) == rises)


def test_rates_are_those_of_finite_differences() -> None:
    spectrum, speeds, at, speed = np.array([0.2, 1.0, 7.0]), np.array([0.3, -0.5, 1.1]), 0.8, 0.4
    point: Any = {beta: at, model.temperature_rate: speed}
    for k in range(3):
        point |= {model.eigenvalues[k + 1]: spectrum[k], model.rates[k + 1]: speeds[k]}
    step = 1e-6
    ends = [loss_and_entropy(spectrum + s * speeds, at + s * speed) for s in (step, -step)]
    for name, (above, below) in zip(
        ("rate of the mean loss", "rate of the total entropy"), zip(*ends, strict=True), strict=True
    ):
        derived: Any = LAWS[name].result
        written: Any = unroll(derived.subs(model.n_neurons, 3), lambda atom: atom)
        assert float(written.xreplace(point)) == pytest.approx((above - below) / (2 * step), rel=1e-6)


def test_a_quantity_that_keeps_the_temperature_is_refused() -> None:
    d = Derivation("test")
    names: Any = {
        "entry": model.eigenvalues[model.i], "ratio": model.ratios[model.i], "inverse_temperature": beta,
        "domain": model.rates_domain(),
    }  # fmt: skip
    step = d.define(Definition(sp.Symbol("X"), Sigma(model.eigenvalues[model.i], model.NEURONS)), name="one")
    with pytest.raises(ValueError, match="beta is left"):
        d.apply(in_units, step, **names)


@pytest.mark.parametrize("place", [0, 1])
def test_the_second_law_holds_under_its_condition_only(place: int, judged_line: Callable[..., Any]) -> None:
    line = PAPER["7.6"].lines[place]
    assert judged_line(f"{KEY}:7.6", line).verdict == "holds if"
    bare = judged_line(f"{KEY}:7.6", replace(line, readings=()))
    assert bare.verdict == "false"
    assert bare.counterexample is not None
    (reading,) = line.readings
    turned: Any = reading.statement
    reverse = replace(line, statement=turned.replaced(relation=">="), readings=())
    assert judged_line(f"{KEY}:7.6", reverse).verdict == "false"


def test_the_product_is_refused_for_two_neurons_and_not_for_what_couples_nothing(
    judged_line: Callable[..., Any],
) -> None:
    line = PAPER["6.3"].lines[0]
    assert judged_line(f"{KEY}:6.3", replace(line, readings=())).verdict == "false"
    (reading,) = line.readings
    uncoupled: Any = reading.statement
    lost = uncoupled.replaced(right=model.any_thermal_part + model.any_configuration_part)
    assert judged_line(f"{KEY}:6.3", replace(line, statement=lost, readings=())).verdict == "false"
