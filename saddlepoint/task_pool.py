"""Tasks in processes of their own: started at once, collected when their results are wanted."""

from __future__ import annotations

import queue
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import active_children, get_context
from types import TracebackType
from typing import Any

from saddlepoint.blas_threads import use_one_blas_thread

SECONDS_BETWEEN_LOOKS = 0.2
Progress = Callable[[str, int, int], None]
_PARENT: list[Any] = []
"""In a worker: the queue to its parent, put there once by ``_connect`` because a pool hands it over no other way."""


@dataclass(frozen=True, kw_only=True)
class Task:
    """A call that was handed to a pool."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    future: Future[Any]

    def again(self) -> Any:
        """Its result, computed here."""
        return self.function(*self.arguments)


class TaskPool:
    """Runs tasks side by side, one BLAS thread each.

    Parameters
    ----------
    workers
        Number of processes.
    """

    def __init__(self, workers: int) -> None:
        use_one_blas_thread()
        context = get_context("spawn")  # a fork would copy the parent's threads and locks
        self._news = context.Queue()
        self._pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_connect, initargs=(self._news,))
        self._others = frozenset(active_children())

    def __enter__(self) -> TaskPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if kind is not None:  # nobody waits for the results: do not let the program wait for the work
            for process in self._workers():
                process.terminate()
        self._pool.shutdown(cancel_futures=True)

    def _workers(self) -> tuple[Any, ...]:
        return tuple(set(active_children()) - self._others)

    def process_identifiers(self) -> tuple[int, ...]:
        """The workers, as the system numbers them."""
        return tuple(process.pid or 0 for process in self._workers())

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Task:
        """Hand over a call of a module's function; its news come from ``tell``."""
        return Task(function=function, arguments=arguments, future=self._pool.submit(function, *arguments))

    def results(self, tasks: Iterable[Task], progress: Progress | None = None) -> Iterator[Any]:
        """The results of tasks in order, waiting for those that are not done."""
        for task in tasks:
            self._wait(task.future, progress)
            try:
                yield task.future.result()
            except BrokenExecutor:  # a worker was killed: do its work here, once
                yield task.again()

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


def tell(title: str, done: int, total: int) -> None:
    """Let the parent of this process know how far a task has come; nothing where there is no parent."""
    for news in _PARENT:
        news.put((title, done, total))


def _connect(news: Any) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt from the keyboard is the parent's to handle
    _PARENT.append(news)
