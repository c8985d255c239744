"""Mean squares of activations, and of the inputs of the next layer."""

from typing import Any

import pytest
import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.verify import verify
from derivations.rules.rectified import activation_mean_square, next_layer
from derivations.signal_propagation.forward_variance import build
from theory.models import multilayer as model
from theory.sums import unroll

x, v = sp.Symbol("x", real=True), sp.Symbol("v", positive=True)
STEEP = sp.Piecewise((0, x <= 0), (3 * x, True))


def mean_square(activation: Any) -> Any:
    return Derivation("test").apply(activation_mean_square, activation=activation, variable=x, variance=v)


def test_a_steep_rectifier_keeps_half_of_nine_times_the_variance():
    step = mean_square(STEEP)
    assert sp.expand(step.result - 9 * v / 2) == 0
    assert verify(step.statement).holds is True
    assert verify(step.statement.replaced(value=2 * step.result)).status == "refuted"


def test_cases_that_are_no_intervals_are_refused():
    with pytest.raises(ValueError, match="cases on intervals"):
        mean_square(sp.Piecewise((1, sp.Or(x < -1, x > 1)), (0, True)))


def test_the_next_layer_has_the_variance_of_the_weights_times_that_of_the_activations():
    derivation = build()
    assert next_layer.name in {step.rule for step in derivation}
    sizes = {model.n_bonds: 3, model.k: 2, model.j: 1, model.layer_sizes[1]: 4, model.layer_sizes[2]: 2}
    variance, v = model.weight_variances[2], model.input_variance
    for name, expected in (("rectifiers", variance * v / 2), ("steps", variance)):
        written = unroll(derivation[f"the layer after {name}"].result, lambda atom: sp.sympify(sizes.get(atom, atom)))
        assert sp.expand(written - expected) == 0
    assert derivation.stated_steps == 0
