"""Batches of chains that run side by side, each kept when it is done, so that a run which was stopped goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from threading import Event, Lock
from typing import Any

import numpy as np

from numerics.unit_store import Arrays, UnitStore

Progress = Callable[[int, int, str], None]
Tell = Callable[[], None]
Unit = Callable[[np.random.Generator, Tell], Arrays]


class StoppedError(RuntimeError):
    """Another batch failed, or the run was interrupted: this one ends early."""


class AnnealingRun:
    """Units of work with numbers, each with a generator of its own.

    Parameters
    ----------
    key
        All that decides the numbers, for the store.
    seed
        With the number of a unit it makes the unit's generator.
    n_threads
        Units that run at once.
    total
        How often units tell of progress.
    store
        Finished units are put there at once, and taken from there.
    progress
        Called with how often units told, ``total``, and what they do.
    """

    def __init__(
        self,
        key: Mapping[str, Any],
        seed: tuple[int, ...],
        *,
        n_threads: int,
        total: int,
        store: UnitStore | None,
        progress: Progress | None,
    ) -> None:
        self._key, self._seed, self._n_threads, self._store = dict(key), seed, n_threads, store
        self._total, self._progress, self._told = total, progress, 0
        self._lock, self._stop = Lock(), Event()

    def units(self, compute: Mapping[int, Unit], title: str, *, tells: int) -> list[Arrays]:
        """The arrays of some units in the order of the mapping; each computation tells so often of progress.

        An interrupt or an error in one ends the others when they next tell.
        """
        found: dict[int, Arrays] = {}
        for number in compute:
            if self._store is not None and self._store.has(self._key, unit=number):
                found[number] = self._store.get(self._key, unit=number).arrays
                self._tell(title, tells)
        with self._pool() as pool:
            missing = [number for number in compute if number not in found]
            waiting = {pool.submit(compute[n], self._generator(n), lambda: self._tell(title)): n for n in missing}
            for future in as_completed(waiting):
                found[waiting[future]] = self._kept(waiting[future], future.result())
        return [found[number] for number in compute]

    @contextmanager
    def _pool(self) -> Iterator[ThreadPoolExecutor]:
        with ThreadPoolExecutor(self._n_threads) as pool:
            try:
                yield pool
            except BaseException:
                self._stop.set()
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def _generator(self, number: int) -> np.random.Generator:
        return np.random.default_rng((*self._seed, number))

    def _kept(self, number: int, arrays: Arrays) -> Arrays:
        if self._store is not None:
            self._store.put(self._key, dict(arrays), unit=number)
        return arrays

    def _tell(self, title: str, times: int = 1) -> None:
        if self._stop.is_set():
            raise StoppedError(title)
        with self._lock:
            self._told += times
            if self._progress is not None:
                self._progress(self._told, self._total, title)
