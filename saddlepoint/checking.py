"""Run cross-checks, here or in several processes, and tell what each comparison found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

from saddlepoint.strict_json import row

if TYPE_CHECKING:
    from pathlib import Path

    from numerics.crosschecks import Comparison, CrossCheck
    from saddlepoint.store import Store
    from saddlepoint.task_pool import Task, TaskPool


def status_of(comparison: Comparison) -> str:
    """``measured`` for one that agrees and rejects its rival; one that cannot tell them apart is inconclusive."""
    if not comparison.accepted:
        return "refuted"
    return "measured" if comparison.rival_rejected else "inconclusive"


def run_checks(
    checks: Iterable[CrossCheck],
    *,
    scale: Any,
    seed: int,
    workers: int = 1,
    on_comparison: Callable[[Comparison], None] = lambda _: None,
    progress: Callable[[str, int, int], None] | None = None,
    store: Store | None = None,
) -> list[Comparison]:
    """The comparisons of some cross-checks, in order.

    Parameters
    ----------
    checks
        Entries of the catalogue of cross-checks.
    scale
        ``quick``, ``default`` or ``full``.
    seed
        Seed of all random numbers.
    workers
        Number of processes; more than one runs whole checks side by side.
    on_comparison
        Called with each comparison as it comes in.
    progress
        Called with the title of the check, the units done and their number.
    store
        Where finished units are kept and found again.
    """
    chosen = tuple(checks)
    if workers > 1 and len(chosen) > 1:
        from saddlepoint.task_pool import TaskPool

        with TaskPool(workers) as pool:
            tasks = submitted(pool, chosen, scale=scale, seed=seed, store=store)
            return handed_out(pool.results(tasks, progress), on_comparison)
    return handed_out(_here(chosen, scale, seed, progress, store), on_comparison)


def submitted(
    pool: TaskPool, checks: Iterable[CrossCheck], *, scale: Any, seed: int, store: Store | None
) -> tuple[Task, ...]:
    """Cross-checks at work in a pool, a task each; its result is the check's comparisons."""
    folder = None if store is None else store.path
    return tuple(pool.submit(_in_a_worker, check.identifier, scale, seed, folder) for check in checks)


def _in_a_worker(identifier: str, scale: Any, seed: int, folder: Path | None) -> tuple[Comparison, ...]:
    from saddlepoint.check_names import checks_named
    from saddlepoint.store import Store
    from saddlepoint.task_pool import tell

    (check,) = checks_named((identifier,))
    kept = None if folder is None else Store(folder)
    return check.run(seed=seed, scale=scale, store=kept, progress=_titled(tell, check.title))


def handed_out(
    batches: Iterable[tuple[Comparison, ...]], on_comparison: Callable[[Comparison], None]
) -> list[Comparison]:
    """All comparisons of some batches, each shown as it comes in."""
    found = []
    for batch in batches:
        for comparison in batch:
            on_comparison(comparison)
            found.append(comparison)
    return found


def _here(
    checks: tuple[CrossCheck, ...], scale: Any, seed: int, progress: Any, store: Store | None
) -> Iterator[tuple[Comparison, ...]]:
    for check in checks:
        yield check.run(seed=seed, scale=scale, progress=_titled(progress, check.title), store=store)


def _titled(progress: Any, title: str) -> Callable[[int, int, str], None] | None:
    if progress is None:
        return None
    progress(title, 0, 0)
    return lambda done, total, _: progress(title, done, total)


def check_rows(comparisons: Iterable[Comparison]) -> list[dict[str, Any]]:
    """A row for each comparison, with all its fields and its status."""
    return [{**row(comparison), "status": status_of(comparison)} for comparison in comparisons]


def print_comparison(comparison: Comparison, console: Console) -> None:
    """Prediction, measurement, distance in standard errors, and the rival."""
    from saddlepoint.render.terminal import STYLES
    from saddlepoint.render.wording import MARKS

    status = status_of(comparison)
    style = STYLES.get(status, "yellow")
    console.print(Text(f"  {MARKS[status]} {status:<13}", style=style) + Text(comparison.title, style="default"))
    console.print(Text(f"      {numbers_of(comparison)}", style="dim"))
    rival = (
        f"      rival: {comparison.rival}: {comparison.rival_prediction:.6g}, {abs(comparison.rival_z):.1f} sigma off"
    )
    console.print(Text(rival, style="dim"))


def numbers_of(comparison: Comparison) -> str:
    """The numbers of a comparison in one line."""
    measured = f"measured {comparison.measurement:.6g} ± {comparison.standard_error:.2g}"
    bias = f", bias at most {comparison.finite_size_bias:.2g}" if comparison.finite_size_bias else ""
    if comparison.prediction is None or comparison.z is None:
        return f"{comparison.quantity}: {measured}{bias}"
    gate = f"gate {comparison.k:.1f} sigma, false alarms {comparison.false_alarm_rate:.2g}"
    predicted = f"{comparison.quantity}: predicted {comparison.prediction:.6g}"
    return f"{predicted}, {measured}{bias}, z = {comparison.z:.2f} ({gate})"
