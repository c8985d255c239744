"""Correlations of random networks, step by step, and wrong ones."""

from __future__ import annotations

from typing import Any

import pytest

from derivations.algebra.partitions import even_partitions, pairings, partitions
from derivations.engine.derivation import Derivation
from derivations.engine.verify import verify
from derivations.renormalization import network_correlators
from derivations.rules.network_moments import network_correlation
from theory.models import random_network as model

SMALL = Derivation("correlators of two and four points")
network_correlators.neuron_moment(SMALL)
for points in (2, 4):
    network_correlators.correlators(SMALL, points)


def test_every_step_holds() -> None:
    report = SMALL.verify()
    assert {r.status for r in report.steps if r.verdict is not None} <= {"proved", "enumerated"}
    assert [r.step.name for r in report.steps if r.status == "enumerated"] == ["pairings of 2", "pairings of 4"]


@pytest.mark.parametrize("name", [s.name for s in SMALL if hasattr(s.statement, "right")])
def test_a_wrong_factor_is_refuted(name: str) -> None:
    claim: Any = SMALL[name].statement
    assert verify(claim.replaced(right=2 * claim.right)).status == "refuted"


def test_a_wrong_count_of_neurons_is_refuted() -> None:
    claim: Any = SMALL["correlation of 4 points"].statement
    n = model.width
    assert verify(claim.replaced(right=claim.right.subs(n - 1, n))).status == "refuted"


def test_the_correlation_of_two_points_does_not_depend_on_the_width() -> None:
    assert model.width not in SMALL["correlation of 2 points"].result.expand().free_symbols


@pytest.mark.parametrize("n", [0, -2, 3])
def test_odd_numbers_of_points_are_refused(n: int) -> None:
    with pytest.raises(ValueError, match="expected an even number of points"):
        network_correlation(
            n=n,
            width=model.width,
            weight_variance=1,
            bias_variance=1,
            moment=model.moment,
            domain=model.point_domain(),
        )


def test_partitions_are_counted_by_bell_and_double_factorials() -> None:
    assert [sum(1 for _ in partitions(range(n))) for n in range(7)] == [1, 1, 2, 5, 15, 52, 203]
    assert [sum(1 for _ in even_partitions(range(n))) for n in (2, 4, 6)] == [1, 4, 31]
    assert [pairings(n) for n in range(9)] == [1, 0, 1, 0, 3, 0, 15, 0, 105]
