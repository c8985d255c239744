"""Entropy production of densities that move, and the symmetries of the Onsager tensor, step by step, and wrong ones."""

from __future__ import annotations

from itertools import permutations
from typing import Any, cast

import numpy as np
import pytest
import sympy as sp

from derivations.emergent_gravity import entropy_flow, reciprocity
from derivations.engine.derivation import Derivation
from derivations.engine.verify import verify
from derivations.rules.gaussian_entropy_flow import (
    diffusing_parameter,
    logarithmic_curvature,
    logarithmic_slope,
    motion_flow,
    production_by_curvature,
    production_by_square,
    sum_over_components,
)
from derivations.rules.index_symmetry import contraction_kept, group, symmetric_part, tensor_entries, unchanged_by
from derivations.rules.low_dimension import dependent_contractions
from theory import Definition
from theory.models import gaussian_family as gaussian
from theory.models import metric_field
from theory.models import onsager_tensor as model
from theory.statements import Statement
from theory.sums import unroll
from theory.tensors import InverseMetric, Slope

RULES = (
    logarithmic_slope, logarithmic_curvature, production_by_curvature, production_by_square, motion_flow,
    diffusing_parameter, sum_over_components, symmetric_part, unchanged_by, contraction_kept,
    tensor_entries, dependent_contractions,
)  # fmt: skip
FLOW, RECIPROCITY = ALL = (entropy_flow.build(), reciprocity.build())
CLAIMS = {f"{d.identifier}: {s.name}": s.statement for d in ALL for s in d if isinstance(s.statement, Statement)}


WITH_A_DIVERGENCE = f"{FLOW.identifier}: by two second slopes"
"""One term of its right side is a divergence by itself: slips in that term change nothing."""


@pytest.mark.parametrize("name", [n for n in CLAIMS if n != WITH_A_DIVERGENCE])
def test_a_step_holds_and_slips_in_it_are_refuted(name: str, holds_and_is_sharp: Any) -> None:
    holds_and_is_sharp(CLAIMS[name], slips=2)


def test_slips_in_the_square_of_the_slope_are_refuted() -> None:
    claim: Any = CLAIMS[WITH_A_DIVERGENCE]
    assert verify(claim).holds is True
    (square,) = [
        t for t in sp.Add.make_args(claim.right) if not t.has(sp.Derivative(gaussian.density, (gaussian.place, 2)))
    ]
    for wrong in (claim.right - square, claim.right + square, claim.right - 2 * square):
        assert verify(claim.replaced(right=wrong)).status == "refuted"


@pytest.mark.parametrize("derivation", ALL, ids=lambda d: d.identifier)
def test_nothing_is_typed_in_and_every_rule_is_used(derivation: Derivation) -> None:
    assert derivation.stated_steps == 0
    assert {rule.name for rule in RULES} <= {step.rule for d in ALL for step in d}


@pytest.mark.parametrize("step", [s for d in ALL for s in d if s.obligations], ids=lambda s: s.name)
def test_what_a_step_needs_holds(step: Any) -> None:
    for need in step.obligations:
        assert verify(need).holds is True


# Entropy production


def test_the_production_of_a_gaussian_density_is_the_slope_of_its_entropy_while_it_diffuses() -> None:
    rng = np.random.default_rng(5)
    root = rng.normal(size=(3, 3))
    precision, strength, step = root @ root.T + np.eye(3), 0.7, 1e-5
    covariance = np.linalg.inv(2 * precision)
    ends = [np.linalg.slogdet(covariance + strength * t * np.eye(3))[1] / 2 for t in (-step, step)]
    values = np.linalg.eigvalsh(precision)
    point = {gaussian.precisions[k + 1]: v for k, v in enumerate(values)} | {gaussian.diffusion: strength}
    total: Any = FLOW["production of all components"].result
    derived: Any = cast(Any, unroll(total.subs(gaussian.n_parameters, 3), lambda atom: atom)).xreplace(point)
    assert float(derived) == pytest.approx((ends[1] - ends[0]) / (2 * step), rel=1e-8)
    assert float(derived) == pytest.approx(strength * np.trace(precision), rel=1e-12)


def test_the_rate_of_the_entropy_is_minus_half_the_trace_of_the_logarithmic_rate() -> None:
    rng = np.random.default_rng(6)
    root, moved, step = rng.normal(size=(3, 3)), rng.normal(size=(3, 3)), 1e-5
    precision, rate = root @ root.T + np.eye(3), moved + moved.T
    ends = [-np.linalg.slogdet(precision + t * rate)[1] / 2 for t in (-step, step)]
    values, vectors = np.linalg.eigh(precision)
    diagonal = np.diag(vectors.T @ rate @ vectors)
    point = {gaussian.precisions[k + 1]: v for k, v in enumerate(values)}
    point |= {gaussian.rates[k + 1]: v for k, v in enumerate(diagonal)}
    total: Any = FLOW["rate of the entropy of all components"].result
    derived: Any = cast(Any, unroll(total.subs(gaussian.n_parameters, 3), lambda atom: atom)).xreplace(point)
    assert float(derived) == pytest.approx((ends[1] - ends[0]) / (2 * step), rel=1e-7)


def test_a_density_whose_form_diffusion_does_not_keep_is_refused() -> None:
    Q, s = gaussian.place, gaussian.precision
    fresh = Derivation("quartic")
    quartic = fresh.define(Definition(gaussian.gaussian_density, sp.exp(-s * Q**4)))
    names = {"parameter": s, "place": Q, "diffusion": gaussian.diffusion, "domain": gaussian.parameters_domain()}
    with pytest.raises(ValueError, match="whose form diffusion keeps"):
        fresh.apply(diffusing_parameter, quartic, **names)


def test_a_flow_that_is_no_square_of_the_slope_is_refused() -> None:
    p, Q = gaussian.density, gaussian.place
    fresh, domain = Derivation("other"), gaussian.parameters_domain()
    flow = fresh.define(Definition(gaussian.squared_flow, sp.Derivative(p, Q) ** 2))
    with pytest.raises(ValueError, match="product with"):
        fresh.apply(logarithmic_slope, flow, density=p, place=Q, domain=domain)
    with pytest.raises(ValueError, match="multiple of"):
        fresh.apply(logarithmic_curvature, flow, density=p, place=Q, domain=domain)


# Symmetries


def test_six_indices_are_joined_in_fifteen_ways() -> None:
    found = list(model.joinings())
    assert len(set(found)) == len(found) == 15
    orders = {frozenset(frozenset(order[k : k + 2]) for k in (0, 2, 4)) for order in permutations(model.PLACES)}
    assert {frozenset(frozenset(e.indices) for e in product.atoms(sp.Indexed)) for product in found} == orders


def test_the_exchanges_generate_eight_orders_and_leave_five_coefficients() -> None:
    assert len(group(model.EXCHANGES)) == 8
    part: Any = RECIPROCITY["the part with all symmetries"]
    assert "Of 15 coefficients the exchanges leave 5 that differ." in part.remark


def tensor_of(expression: Any, metric: np.ndarray, coefficients: np.ndarray) -> np.ndarray:
    """A tensor of products of entries of the metric, by its terms, shape (n,) * 6."""
    letters = dict(zip(model.PLACES, "mnabcd", strict=True))
    total = np.zeros((len(metric),) * 6)
    for term in sp.Add.make_args(sp.expand(expression)):
        entries = [e for e in sp.Mul.make_args(term) if isinstance(e, sp.Indexed) and e.base == model.inverse_metric]
        number = (term / sp.Mul(*entries)).subs({model.coefficients[k + 1]: c for k, c in enumerate(coefficients)})
        word = ",".join("".join(letters[i] for i in e.indices) for e in entries)
        total += float(number) * np.einsum(f"{word}->mnabcd", *[metric] * 3)
    return total


@pytest.mark.parametrize("n", [2, 3])
def test_the_symmetric_part_is_the_mean_of_the_transposed_tensor(n: int) -> None:
    rng = np.random.default_rng(n)
    root, coefficients = rng.normal(size=(n, n)), rng.normal(size=15)
    metric = root + root.T
    everything = tensor_of(RECIPROCITY["any tensor of three inverse metrics"].result, metric, coefficients)
    found = tensor_of(RECIPROCITY["the part with all symmetries"].result, metric, coefficients)
    exchanged = (everything + everything.transpose(1, 0, 4, 5, 2, 3)) / 2
    first = (exchanged + exchanged.transpose(0, 1, 3, 2, 4, 5)) / 2
    expected = (first + first.transpose(0, 1, 2, 3, 5, 4)) / 2
    np.testing.assert_allclose(found, expected, atol=1e-12)
    forces = rng.normal(size=(n, n, n))
    forces += forces.transpose(0, 2, 1)
    contracted = [np.einsum("mnabcd,mab,ncd->", tensor, forces, forces) for tensor in (everything, found)]
    assert contracted[0] == pytest.approx(contracted[1], rel=1e-10)
    assert not np.allclose(found, found.transpose(1, 0, 3, 2, 5, 4))


def test_a_tensor_that_is_not_symmetric_is_not_called_unchanged() -> None:
    step = reciprocity.build()["any tensor of three inverse metrics"]
    claim = unchanged_by(step, exchange=model.OF_FIRST, domain=model.tensor_domain()).statement
    assert verify(claim).status == "refuted"  # type: ignore[arg-type]


def test_the_tensor_of_the_curvature_has_the_symmetries_and_is_no_tensor_of_other_forces() -> None:
    part: Any = RECIPROCITY["symmetric tensor of the curvature"].result
    coefficients = np.zeros(15)
    metric = np.diag([-1.0, 1.0, 2.0]) + 0.3
    found = tensor_of(part.subs(metric_field.coupling, 1), metric, coefficients)
    for order in ((1, 0, 4, 5, 2, 3), (0, 1, 3, 2, 4, 5), (0, 1, 2, 3, 5, 4)):
        np.testing.assert_allclose(found, found.transpose(order), atol=1e-14)
    field = metric_field.metric_field(metric_field.SPACETIME)
    other = Slope(field, "alpha", "mu", "beta") * Slope(field, "gamma", "delta", "nu")
    names = {"inverse_metric": InverseMetric, "entries": model.inverse_metric, "symbol": model.chosen[model.PLACES]}
    with pytest.raises(ValueError, match="expected a tensor of inverse metrics"):
        tensor_entries(RECIPROCITY["contraction of first derivatives"], forces=other, **names)


def test_one_of_five_contractions_depends_on_the_others_in_two_dimensions_and_none_in_three() -> None:
    names: dict[str, Any] = {
        "metric": model.inverse_metric, "weight": model.force_weight(), "places": model.PLACES,
        "size": model.dimension, "domain": model.tensor_domain(),
    }  # fmt: skip
    relation: Any = RECIPROCITY["relation in two dimensions"]
    assert relation.remark == "Of 5 contractions 4 are independent."
    with pytest.raises(ValueError, match="expected one relation between 5 contractions; found 0"):
        dependent_contractions(RECIPROCITY["the part with all symmetries"], n=3, **names)
    wider: Any = relation.statement
    free = wider.domain.extended({model.dimension: sp.FiniteSet(3)})
    assert verify(wider.replaced(domain=free)).status == "refuted"
