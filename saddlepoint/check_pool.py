"""Cross-checks in processes of their own: started at once, collected when their results are wanted."""

from __future__ import annotations

import queue
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import active_children, get_context
from types import TracebackType
from typing import TYPE_CHECKING, Any

from saddlepoint.blas_threads import use_one_blas_thread

if TYPE_CHECKING:
    from pathlib import Path

    from numerics.crosschecks import Comparison, CrossCheck

SECONDS_BETWEEN_LOOKS = 0.2
Progress = Callable[[str, int, int], None]
_PARENT: list[Any] = []
"""In a worker: the queue to its parent, put there once by ``_connect`` because a pool hands it over no other way."""


class CheckPool:
    """Runs whole cross-checks side by side, one BLAS thread each.

    Parameters
    ----------
    checks
        What to run, in the order in which results are handed out.
    scale, seed
        As in ``CrossCheck.run``.
    workers
        Number of processes.
    store
        Folder of a store for finished units, or None.
    """

    def __init__(
        self, checks: tuple[CrossCheck, ...], *, scale: Any, seed: int, workers: int, store: Path | None = None
    ) -> None:
        use_one_blas_thread()
        context = get_context("spawn")  # a fork would copy the parent's threads and locks
        self._news = context.Queue()
        self._pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_connect, initargs=(self._news,))
        others = set(active_children())
        self._waiting = [(c, self._pool.submit(_run_one, c.identifier, scale, seed, store)) for c in checks]
        self._workers = set(active_children()) - others
        self._again = lambda identifier: _run_one(identifier, scale, seed, store)

    def __enter__(self) -> CheckPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if kind is not None:  # nobody waits for the results: do not let the program wait for the work
            for process in self._workers:
                process.terminate()
        self._pool.shutdown(cancel_futures=True)

    def process_identifiers(self) -> tuple[int, ...]:
        """The workers, as the system numbers them."""
        return tuple(process.pid or 0 for process in self._workers)

    def collect(self, progress: Progress | None = None) -> Iterator[tuple[Comparison, ...]]:
        """The comparisons of each check in order, waiting for those that are not done."""
        for check, future in self._waiting:
            self._wait(future, progress)
            try:
                yield future.result()
            except BrokenExecutor:  # a worker was killed: do its work here, once
                yield self._again(check.identifier)

    def _wait(self, future: Future[Any], progress: Progress | None) -> None:
        while not future.done():
            news = self._latest()
            if news is not None and progress is not None:
                progress(*news)

    def _latest(self) -> tuple[str, int, int] | None:
        """The last thing the workers told, for older news is out of date."""
        news = None
        with suppress(queue.Empty):
            news = self._news.get(timeout=SECONDS_BETWEEN_LOOKS)
            while True:
                news = self._news.get_nowait()
        return news


def _connect(news: Any) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt from the keyboard is the parent's to handle
    _PARENT.append(news)


def _run_one(identifier: str, scale: Any, seed: int, store: Path | None) -> tuple[Comparison, ...]:
    from saddlepoint.check_names import checks_named
    from saddlepoint.store import Store

    (check,) = checks_named((identifier,))
    kept = None if store is None else Store(store)
    return check.run(seed=seed, scale=scale, store=kept, progress=lambda *news: _tell(check.title, *news))


def _tell(title: str, done: int, total: int, message: str) -> None:
    del message
    for news in _PARENT:
        news.put((title, done, total))
