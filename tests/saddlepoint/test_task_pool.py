"""Work done in other processes gives what it gives here: cross-checks, and the verdicts on derivations."""

from __future__ import annotations

import os
import signal
import time
from contextlib import nullcontext
from dataclasses import replace
from typing import Any

import pytest

from derivations import find
from derivations.engine.findings import findings_of, report_from
from derivations.engine.report import DerivationReport, examine
from numerics.crosschecks import Comparison
from numerics.crosschecks.trained import TRAINED_GROWTH
from numerics.crosschecks.untrained_temperature import UNTRAINED_TEMPERATURE
from saddlepoint.checking import run_checks, submitted
from saddlepoint.examining import examined, pool_for
from saddlepoint.task_pool import TaskPool

QUICK: dict[str, Any] = {"scale": "quick", "seed": 1, "store": None}
TWO = ("forward-variance", "large-layer-edge")


def numbers(comparisons: list[Comparison]) -> list[tuple[str, float]]:
    return [(c.identifier, c.measurement) for c in comparisons]


@pytest.fixture(scope="module")
def here() -> list[Comparison]:
    return run_checks((UNTRAINED_TEMPERATURE,), scale="quick", seed=1)


def test_processes_give_the_same_numbers_and_tell_how_far_they_are(here: list[Comparison]) -> None:
    told: list[tuple[str, int, int]] = []
    with TaskPool(1) as pool:
        (found,) = pool.results(submitted(pool, (UNTRAINED_TEMPERATURE,), **QUICK), lambda *news: told.append(news))
    assert numbers(list(found)) == numbers(here)
    assert {title for title, _, _ in told} == {UNTRAINED_TEMPERATURE.title}


def test_work_of_a_killed_process_is_done_again(here: list[Comparison]) -> None:
    with TaskPool(1) as pool:
        tasks = submitted(pool, (UNTRAINED_TEMPERATURE,), **QUICK)
        (child,) = pool.process_identifiers()
        os.kill(child, signal.SIGKILL)
        (found,) = pool.results(tasks)
    assert numbers(list(found)) == numbers(here)


def test_an_error_of_a_check_is_raised_here() -> None:
    unknown = replace(UNTRAINED_TEMPERATURE, identifier="no-such-check")
    with TaskPool(1) as pool, pytest.raises(ValueError, match="no-such-check"):
        list(pool.results(submitted(pool, (unknown,), **QUICK)))


def test_a_pool_that_is_left_early_ends_its_work() -> None:
    started, children = time.monotonic(), []
    with pytest.raises(ZeroDivisionError), TaskPool(1) as pool:
        submitted(pool, (TRAINED_GROWTH,), scale="full", seed=1, store=None)
        children += pool.process_identifiers()
        raise ZeroDivisionError
    assert time.monotonic() - started < 30  # the check itself takes many minutes
    assert len(children) == 1
    with pytest.raises(ProcessLookupError):
        os.kill(children[0], 0)


def told_of(reports: Any) -> list[list[tuple[Any, ...]]]:
    return [[(s.step.name, s.status, s.inherited, s.rests_on) for s in report.steps] for report in reports]


def test_derivations_are_examined_in_processes_as_they_are_here() -> None:
    entries = [find(name) for name in TWO]
    names, steps, told = [], [], []
    with pool_for(entries, 2) as pool:
        shown = {"on_entry": lambda e: names.append(e.identifier), "on_step": steps.append}
        there = list(examined(entries, pool=pool, progress=lambda *news: told.append(news), **shown))
    here = list(examined(entries))
    assert told_of(there) == told_of(here)
    assert names == list(TWO)
    assert [s.step.name for s in steps] == [s.step.name for report in here for s in report.steps]
    assert {title for title, _, _ in told} <= {f"verifying {name}" for name in TWO}
    assert [v.evidence for s in there[0].steps for v in (s.verdict,) if v]


@pytest.mark.parametrize(("n_entries", "workers"), [(1, 2), (2, 1)])
def test_no_process_is_started_where_nothing_can_be_done_side_by_side(n_entries: int, workers: int) -> None:
    assert isinstance(pool_for([find(name) for name in TWO[:n_entries]], workers), nullcontext)


def test_findings_on_other_steps_are_refused() -> None:
    report: DerivationReport = examine(find(TWO[0]).build())
    shorter = findings_of(report)[:-1]
    renamed = (*shorter, replace(findings_of(report)[-1], name="another"))
    for wrong in (shorter, renamed):
        with pytest.raises(ValueError, match="expected findings on the steps of forward-variance"):
            report_from(find(TWO[0]).build(), wrong)
