"""Time for one route: work counts, waiting does not, and the deadline holds for both."""

import time

from derivations.engine.routes.budget import Budget


def test_waiting_spends_no_work():
    budget = Budget.of(0.01, time.perf_counter() + 60)
    time.sleep(0.05)
    assert not budget.is_spent


def test_work_spends_it():
    budget = Budget.of(0.01, time.perf_counter() + 60)
    until = time.thread_time() + 0.02
    while time.thread_time() < until:
        sum(range(1000))
    assert budget.is_spent


def test_the_deadline_spends_it_without_work():
    assert Budget.of(60, time.perf_counter() - 1).is_spent
