"""The cross-checks themselves, at their quick scale: theory accepted, rivals rejected, units kept."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pytest

from numerics.crosschecks import CROSSCHECKS, Comparison
from numerics.crosschecks.crosscheck import Run
from numerics.crosschecks.gate import REPETITIONS
from numerics.crosschecks.untrained_temperature import CASES


@dataclass
class MemoryStore:
    """Keeps units as `saddlepoint.store.Store` does."""

    units: dict[str, dict[int, Any]] = field(default_factory=dict)
    n_put: int = 0

    def has(self, run: Any, *, unit: int = 0) -> bool:
        return unit in self.units.get(json.dumps(run, sort_keys=True), {})

    def get(self, run: Any, *, unit: int = 0) -> Any:
        return self.units[json.dumps(run, sort_keys=True)][unit]

    def put(self, run: Any, arrays: Any, metadata: Any = None, *, unit: int = 0) -> None:
        self.n_put += 1
        kept = type("Unit", (), {"arrays": {name: np.array(a) for name, a in arrays.items()}})()
        self.units.setdefault(json.dumps(run, sort_keys=True), {})[unit] = kept


@dataclass
class Watched:
    """One run of a check with what it reported."""

    comparisons: tuple[Comparison, ...]
    store: MemoryStore
    reports: list[tuple[int, int, str]]


@pytest.fixture(scope="module", params=CROSSCHECKS, ids=lambda c: c.identifier)
def watched(request: pytest.FixtureRequest) -> tuple[Any, Watched]:
    store, reports = MemoryStore(), []
    found = request.param.run(
        seed=0, scale="quick", store=store, progress=lambda done, total, text: reports.append((done, total, text))
    )
    return request.param, Watched(comparisons=found, store=store, reports=reports)


def test_the_theory_is_accepted_and_every_rival_rejected(watched: tuple[Any, Watched]) -> None:
    for comparison in watched[1].comparisons:
        assert comparison.accepted, comparison.to_json()
        assert comparison.rival_rejected, comparison.to_json()


def test_the_rivals_value_would_not_have_been_accepted(watched: tuple[Any, Watched]) -> None:
    for comparison in watched[1].comparisons:
        if comparison.prediction is not None:
            assert not replace(comparison, prediction=comparison.rival_prediction).accepted


def test_a_second_run_takes_every_unit_from_the_store(watched: tuple[Any, Watched]) -> None:
    check, first = watched
    before = first.store.n_put
    again = check.run(seed=0, scale="quick", store=first.store)
    assert first.store.n_put == before > 0
    assert [c.to_json() for c in again] == [c.to_json() for c in first.comparisons]


def test_progress_counts_up_to_the_total(watched: tuple[Any, Watched]) -> None:
    reports = watched[1].reports
    assert [done for done, _, _ in reports] == list(range(1, reports[0][1] + 1))


def test_false_alarms_were_counted_within_their_interval(watched: tuple[Any, Watched]) -> None:
    for comparison in watched[1].comparisons:
        counted = comparison.data["false_alarms"]
        assert counted["repetitions"] == REPETITIONS["quick"] >= 20
        assert counted["interval"][0] <= counted["counted"] <= counted["interval"][1]


def test_records_are_json_and_named_after_their_check(watched: tuple[Any, Watched]) -> None:
    check, first = watched
    for comparison in first.comparisons:
        assert json.loads(json.dumps(comparison.to_json(), allow_nan=False))["identifier"].startswith(check.identifier)
        assert comparison.n_samples >= 20


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.ensemble.name)
@pytest.mark.parametrize("scale", ["quick", "default", "full"])
def test_every_size_has_twenty_seeds_and_four_widths(case: Any, scale: Any) -> None:
    run = Run(seed=0, scale=scale)
    assert case.n_seeds(run) >= 20 and len(case.widths(run)) >= 4


def test_an_unknown_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="quick, default, full; found 'huge'"):
        CROSSCHECKS[0].run(scale="huge")  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", [-1, 1.5, True])
def test_a_seed_that_is_none_is_refused(seed: Any) -> None:
    with pytest.raises(ValueError, match="integer seed"):
        CROSSCHECKS[0].run(seed=seed)
