"""What is going on now, on standard error: a live line in a terminal, nothing in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from saddlepoint.settings import settings


class Activity:
    """Tells how far a task has come.

    Parameters
    ----------
    live
        A running progress display, or None to be silent.
    """

    def __init__(self, live: Progress | None) -> None:
        self._live = live
        self._task = live.add_task("", total=None) if live else None

    def __call__(self, title: str, done: int = 0, total: int | None = None) -> None:
        """Show a title, and the units done out of their number."""
        if self._live is not None and self._task is not None:
            self._live.update(self._task, description=title, completed=done, total=total)


@contextmanager
def activity() -> Iterator[Activity]:
    """Show progress while the block runs, where a person can see it."""
    if settings().quiet or not sys.stderr.isatty():
        yield Activity(None)
        return
    console = Console(file=sys.stderr, highlight=False, no_color=not settings().colored or None)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=24), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as live:
        yield Activity(live)
