"""Annealing that was stopped and goes on: the same bits, and no batch twice."""

from __future__ import annotations

import threading
from dataclasses import asdict

import numpy as np
import pytest

from numerics.free_energies import restricted_path
from numerics.free_energies.annealed_machine import annealed_log_partition
from numerics.free_energies.annealing_run import AnnealingRun, StoppedError
from numerics.networks import BoltzmannMachine, RestrictedBoltzmannMachine
from saddlepoint.store import Store

HOW = {"n_chains": 600, "n_temperatures": 250}


def restricted(seed=1):
    rng = np.random.default_rng(seed)
    return RestrictedBoltzmannMachine(0.2 * rng.normal(size=(26, 30)), rng.normal(size=26), rng.normal(size=30))


def coupled():
    upper = np.triu(0.2 * np.random.default_rng(2).normal(size=(20, 20)), 1)
    return BoltzmannMachine(upper + upper.T, np.zeros(20))


def answer(machine, *, seed=3, **how):
    return annealed_log_partition(machine, rng=np.random.default_rng(seed), **{**HOW, **how})


def bits(found):
    return {k: v for k, v in asdict(found).items() if isinstance(v, float)}


class InterruptAfter:
    """A progress bar on which somebody presses Ctrl-C."""

    def __init__(self, count):
        self.left = count

    def __call__(self, done, total, title):
        self.left -= 1
        if self.left < 0 and threading.current_thread() is not threading.main_thread():
            raise KeyboardInterrupt


@pytest.mark.parametrize("machine", [restricted(), coupled()], ids=["restricted", "coupled"])
@pytest.mark.parametrize("threads", [1, 2])
def test_a_stopped_run_goes_on_to_the_same_bits(tmp_path, machine, threads):
    store = Store(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        answer(machine, store=store, n_threads=threads, progress=InterruptAfter(12))
    ((_, kept),) = store.runs().items()
    assert 1 < kept < 12
    counts = []
    found = answer(machine, store=store, n_threads=threads, progress=lambda *news: counts.append(news))
    assert bits(found) == bits(answer(machine))
    assert counts[-1][:2] == (34, 34)
    ((_, kept),) = store.runs().items()
    assert kept == 1 + 5 + 5 + 1


def test_a_finished_run_takes_no_chain_again(tmp_path, monkeypatch):
    store = Store(tmp_path)
    first = answer(restricted(), store=store)
    monkeypatch.setattr(restricted_path.RestrictedPath, "works", lambda *_: pytest.fail("a chain moved"))
    assert bits(answer(restricted(), store=store)) == bits(first)


def test_another_machine_seed_or_size_is_another_run(tmp_path):
    store = Store(tmp_path)
    answer(restricted(), store=store)
    assert bits(answer(restricted(4), store=store)) == bits(answer(restricted(4)))
    answer(restricted(), store=store, seed=5)
    answer(restricted(), store=store, n_temperatures=20)
    answer(restricted(), store=store, n_chains=20)
    assert len(store.runs()) == 5


def test_an_error_in_a_batch_ends_the_others():
    run = AnnealingRun({}, (1,), n_threads=2, total=9, store=None, progress=None)
    started, ended = threading.Event(), []

    def fails(rng, tell):
        started.wait(10)
        raise ArithmeticError("lost")

    def runs(rng, tell):
        started.set()
        try:
            while True:
                tell()
        except StoppedError:
            ended.append(True)
            raise

    with pytest.raises(ArithmeticError, match="lost"):
        run.units({0: fails, 1: runs}, "chains", tells=1)
    assert ended == [True]


def test_each_unit_has_a_generator_of_its_own():
    run = AnnealingRun({}, (1, 2), n_threads=1, total=2, store=None, progress=None)
    draws = run.units({k: lambda rng, tell: {"x": rng.random(3)} for k in range(2)}, "chains", tells=0)
    assert not np.array_equal(draws[0]["x"], draws[1]["x"])
