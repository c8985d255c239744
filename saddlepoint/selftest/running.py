"""Running the units of a self-test, one after another or in several processes, and keeping what is done."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import active_children, get_context
from typing import TYPE_CHECKING, Any

from derivations.engine.kernel import kernel_digest
from derivations.grading.grade import Grade, graded
from derivations.grading.subjects import subject
from derivations.grading.suite import cases_of
from saddlepoint.blas_threads import use_one_blas_thread
from saddlepoint.selftest.plan import SCALES, Unit

if TYPE_CHECKING:
    from saddlepoint.store import Store


def run_units(
    units: tuple[Unit, ...],
    *,
    workers: int = 1,
    store: Store | None = None,
    on_unit: Callable[[Unit, int], None] | None = None,
) -> list[Grade]:
    """The grades of all units, in order.

    Parameters
    ----------
    units
        What to do.
    workers
        Number of processes.
    store
        Where finished units are kept and found again, or None.
    on_unit
        Called with each unit as it is done, and how many are.
    """
    kept = {unit: _stored(unit, store) for unit in units}
    missing = [unit for unit in units if kept[unit] is None]
    done = len(units) - len(missing)
    for unit, rows in _computed(missing, workers):
        kept[unit] = rows
        _keep(unit, rows, store)
        done += 1
        if on_unit is not None:
            on_unit(unit, done)
    return [Grade.from_json(row) for unit in units for row in kept[unit] or []]


def rows_of(unit: Unit) -> list[dict[str, Any]]:
    """The grades of the claims made of one identity, as plain data."""
    scale = SCALES[unit.scale]
    known = next(i for i in subject(unit.family).identities if i.name == unit.name)
    cases = cases_of(unit.family, known, scale.amount, unit.seed)
    return [graded(case, timeout=scale.timeout, seed=unit.seed).to_json() for case in cases]


def _computed(units: list[Unit], workers: int) -> Iterator[tuple[Unit, list[dict[str, Any]]]]:
    if workers == 1 or len(units) < 2:
        yield from ((unit, rows_of(unit)) for unit in units)
        return
    use_one_blas_thread()
    context = get_context("spawn")  # a fork would copy the pipes to the process in which claims are examined
    others = set(active_children())
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_leave_interrupts_to_the_parent)
    try:
        yield from zip(units, pool.map(rows_of, units), strict=True)
    except BaseException:  # nobody waits for the rest: do not let the program wait for it
        for process in set(active_children()) - others:
            process.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _stored(unit: Unit, store: Store | None) -> list[dict[str, Any]] | None:
    name = unit.key(kernel_digest())
    return store.get(name).metadata["grades"] if store is not None and store.has(name) else None


def _keep(unit: Unit, rows: list[dict[str, Any]], store: Store | None) -> None:
    if store is not None:
        from numpy import array

        store.put(unit.key(kernel_digest()), {"seconds": array([row["seconds"] for row in rows])}, {"grades": rows})
