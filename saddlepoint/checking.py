"""Run cross-checks, here or in several processes, and tell what each comparison found."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from rich.console import Console
from rich.text import Text

from saddlepoint.strict_json import row

Comparisons = tuple[Any, ...]


def checks_named(identifiers: tuple[str, ...]) -> tuple[Any, ...]:
    """The cross-checks of some names, all for none.

    Raises
    ------
    ValueError
        If there is no such check; the message lists those there are.
    """
    from numerics.crosschecks import catalogue

    known = {check.identifier: check for check in catalogue()}
    strangers = [name for name in identifiers if name not in known]
    if strangers:
        raise ValueError(f"there is no cross-check {strangers[0]!r}; there are {', '.join(known)}")
    return tuple(known[name] for name in identifiers) if identifiers else tuple(known.values())


def run_checks(
    checks: Iterable[Any],
    *,
    scale: str,
    seed: int,
    workers: int = 1,
    on_comparison: Callable[[Any], None] = lambda _: None,
    progress: Callable[[str, int, int], None] | None = None,
) -> list[Any]:
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
        Called with the title of the check, the units done and their number; not called from other processes.
    """
    chosen = tuple(checks)
    batches = _side_by_side(chosen, scale, seed, workers) if workers > 1 else _here(chosen, scale, seed, progress)
    found = []
    for batch in batches:
        for comparison in batch:
            on_comparison(comparison)
            found.append(comparison)
    return found


def _here(checks: tuple[Any, ...], scale: str, seed: int, progress: Any) -> Iterator[Comparisons]:
    for check in checks:
        yield check.run(seed=seed, scale=scale, progress=_titled(progress, check.title))


def _titled(progress: Any, title: str) -> Any:
    return None if progress is None else lambda done, total: progress(title, done, total)


def _side_by_side(checks: tuple[Any, ...], scale: str, seed: int, workers: int) -> Iterator[Comparisons]:
    """Fresh processes with one BLAS thread each: threads of several processes slow one another down."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    with ProcessPoolExecutor(max_workers=workers, mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(_run_one, check.identifier, scale, seed) for check in checks]
        yield from (future.result() for future in waiting)


def _run_one(identifier: str, scale: str, seed: int) -> Comparisons:
    (check,) = checks_named((identifier,))
    return tuple(check.run(seed=seed, scale=scale, progress=None))


def check_rows(comparisons: Iterable[Any]) -> list[dict[str, Any]]:
    """A row for each comparison, with all its fields."""
    return [row(comparison) for comparison in comparisons]


def print_comparison(comparison: Any, console: Console) -> None:
    """Prediction, measurement, distance in standard errors, and the rival."""
    style = {"agrees": "green", "disagrees": "bold red"}.get(comparison.status, "yellow")
    console.print(Text(f"  {comparison.status:<13}", style=style) + Text(comparison.title, style="default"))
    bias = f", bias at most {comparison.finite_size_bias:.2g}" if comparison.finite_size_bias else ""
    console.print(
        Text(
            f"      predicted {comparison.prediction:.8g}, measured {comparison.measurement:.8g} "
            f"± {comparison.standard_error:.2g}{bias}, z = {comparison.z:.2f}",
            style="dim",
        )
    )
    if comparison.rival:
        console.print(Text(f"      rival: {comparison.rival}, z = {comparison.rival_z:.1f}", style="dim"))
