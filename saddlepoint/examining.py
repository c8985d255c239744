"""Examine derivations, here or in several processes, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from itertools import count
from typing import Any

from derivations import catalogue, find
from derivations.collection import CatalogueEntry
from derivations.engine.findings import StepFindings, findings_of, report_from
from derivations.engine.report import DerivationReport, StepReport, examine
from saddlepoint.task_pool import Progress, Task, TaskPool, tell


def examined(
    entries: Sequence[CatalogueEntry],
    *,
    pool: TaskPool | None = None,
    on_entry: Callable[[CatalogueEntry], None] = lambda _: None,
    on_step: Callable[[StepReport], None] = lambda _: None,
    progress: Progress | None = None,
    **choices: Any,
) -> Iterator[DerivationReport]:
    """The report of each entry, in order; what a pool does begins at once.

    Parameters
    ----------
    entries
        Derivations of the catalogue, or a user's own.
    pool
        Where those of the catalogue are examined side by side; here if there is none.
    on_entry, on_step
        Called with each entry and each report of a step, in order.
    progress
        Called with what is examined, the steps done and their number.
    choices
        ``timeout``, ``seed`` and ``fresh``, as in ``examine``.
    """
    shared = set(catalogue())
    tasks = {e: pool.submit(_in_a_worker, e.identifier, choices) for e in entries if e in shared} if pool else {}

    def reported(entry: CatalogueEntry) -> DerivationReport:
        on_entry(entry)
        if pool is not None and entry in tasks:
            return _collected(entry, tasks[entry], pool, on_step, progress)
        return _here(entry, on_step, progress, choices)

    return map(reported, entries)


def pool_for(entries: Sequence[CatalogueEntry], workers: int) -> Any:
    """A context with a pool, or with None where nothing can be done side by side."""
    return TaskPool(workers) if workers > 1 and len(entries) > 1 else nullcontext()


def _collected(
    entry: CatalogueEntry, task: Task, pool: TaskPool, on_step: Callable[[StepReport], None], progress: Any
) -> DerivationReport:
    (findings,) = pool.results((task,), progress)
    report = report_from(entry.build(), findings)
    for step in report.steps:
        on_step(step)
    return report


def _here(
    entry: CatalogueEntry, on_step: Callable[[StepReport], None], progress: Progress | None, choices: dict[str, Any]
) -> DerivationReport:
    derivation, done = entry.build(), count(1)

    def told(step: StepReport) -> None:
        on_step(step)
        if progress is not None:
            progress(f"verifying {entry.identifier}", next(done), len(derivation.steps))

    return examine(derivation, on_step=told, **choices)


def _in_a_worker(identifier: str, choices: dict[str, Any]) -> tuple[StepFindings, ...]:
    return findings_of(_here(find(identifier), lambda _: None, tell, choices))
