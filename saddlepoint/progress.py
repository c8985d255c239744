"""What is going on now, on standard error: a live line in a terminal, plain lines in a pipe."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

SECONDS_BETWEEN_LINES = 10.0


class Activity:
    """Tells how far a task has come.

    Parameters
    ----------
    live
        A running progress display, or None for plain lines on ``console``.
    """

    def __init__(self, console: Console, live: Progress | None) -> None:
        self.console, self._live = console, live
        self._task = live.add_task("", total=None) if live else None
        self._told, self._last = "", 0.0

    def __call__(self, title: str, done: int = 0, total: int | None = None) -> None:
        """Show a title, and the units done out of their number."""
        if self._live is not None and self._task is not None:
            self._live.update(self._task, description=title, completed=done, total=total)
        else:
            self._line(title, done, total)

    def _line(self, title: str, done: int, total: int | None) -> None:
        """A new title at once, counts only now and then."""
        now = time.monotonic()
        if title == self._told and now - self._last < SECONDS_BETWEEN_LINES:
            return
        self._told, self._last = title, now
        self.console.print(Text(f"... {title}" + _count(done, total), style="dim"))


def _count(done: int, total: int | None) -> str:
    return "" if not done else f" {done}/{total}" if total else f" {done}"


@contextmanager
def activity() -> Iterator[Activity]:
    """Show progress while the block runs."""
    console = Console(file=sys.stderr, highlight=False)
    if not sys.stderr.isatty():
        yield Activity(console, None)
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=24), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as live:
        yield Activity(console, live)
