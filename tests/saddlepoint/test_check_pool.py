"""Cross-checks in other processes give what they give here."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import replace

import pytest

from numerics.crosschecks import Comparison
from numerics.crosschecks.trained import TRAINED_GROWTH
from numerics.crosschecks.untrained_temperature import UNTRAINED_TEMPERATURE
from saddlepoint.check_pool import CheckPool
from saddlepoint.checking import run_checks


def numbers(comparisons: list[Comparison]) -> list[tuple[str, float]]:
    return [(c.identifier, c.measurement) for c in comparisons]


@pytest.fixture(scope="module")
def here() -> list[Comparison]:
    return run_checks((UNTRAINED_TEMPERATURE,), scale="quick", seed=1)


def test_processes_give_the_same_numbers_and_tell_how_far_they_are(here: list[Comparison]) -> None:
    told: list[tuple[str, int, int]] = []
    with CheckPool((UNTRAINED_TEMPERATURE,), scale="quick", seed=1, workers=1) as pool:
        (found,) = pool.collect(lambda *news: told.append(news))
    assert numbers(list(found)) == numbers(here)
    assert {title for title, _, _ in told} == {UNTRAINED_TEMPERATURE.title}


def test_work_of_a_killed_process_is_done_again(here: list[Comparison]) -> None:
    with CheckPool((UNTRAINED_TEMPERATURE,), scale="quick", seed=1, workers=1) as pool:
        (child,) = pool.process_identifiers()
        os.kill(child, signal.SIGKILL)
        (found,) = pool.collect()
    assert numbers(list(found)) == numbers(here)


def test_an_error_of_a_check_is_raised_here() -> None:
    unknown = replace(UNTRAINED_TEMPERATURE, identifier="no-such-check")
    with (
        CheckPool((unknown,), scale="quick", seed=1, workers=1) as pool,
        pytest.raises(ValueError, match="no-such-check"),
    ):
        list(pool.collect())


def test_a_pool_that_is_left_early_ends_its_work() -> None:
    started = time.monotonic()
    with pytest.raises(ZeroDivisionError), CheckPool((TRAINED_GROWTH,), scale="full", seed=1, workers=1) as pool:
        (child,) = pool.process_identifiers()
        raise ZeroDivisionError
    assert time.monotonic() - started < 30  # the check itself takes many minutes
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
