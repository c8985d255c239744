"""Antiderivatives as SymPy guesses them, in a copy of this process that ends after a while. They are checked elsewhere.

The copy counts its own work, so that a busy machine changes no guess before the hard limit.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import sympy as sp
from sympy.integrals.manualintegrate import manualintegrate

from derivations.engine.fork import can_fork, in_a_copy
from derivations.engine.routes.budget import share
from derivations.engine.worker import WorkerLostError, WorkerTimeoutError
from theory.domain import Domain

WORK_SECONDS = 1.0
"""Time of the processor for one integrand and one algorithm."""
HARD_SECONDS = 6.0
MOST_NODES = 300
ALGORITHMS: tuple[Callable[[Any, sp.Symbol], Any], ...] = (manualintegrate, sp.integrate)
"""By rules, which are quick, and by everything that SymPy has."""


class _OverError(BaseException):
    """The time of the copy is over; no handler of SymPy's catches it."""


def guesses(integrand: Any, x: sp.Symbol, domain: Domain) -> Iterator[Any]:
    """Expressions whose derivative by ``x`` may be the integrand."""
    size = sum(1 for _ in sp.preorder_traversal(integrand))
    if not can_fork() or size > MOST_NODES:
        return
    there = {n: _stand_in(n, place, domain) for place, n in enumerate(sorted(integrand.free_symbols, key=str))}
    back = {stand_in: name for name, stand_in in there.items()}
    written, y = integrand.xreplace(there), there.get(x, x)
    for algorithm in ALGORITHMS:
        with suppress(WorkerTimeoutError, WorkerLostError):
            found = in_a_copy(lambda a=algorithm: _in_time(a, written, y), share(HARD_SECONDS))
            yield from (f.xreplace(back) for f in found) if isinstance(found, tuple) else ()


def _stand_in(name: Any, place: int, domain: Domain) -> sp.Symbol:
    """A symbol that tells SymPy what the domain knows."""
    chosen = domain.sets.get(name)
    known: dict[str, bool] = {"real": True} if chosen is None or chosen.is_subset(sp.S.Reals) is True else {}
    if chosen is not None and known and chosen.inf.is_nonnegative and chosen.contains(0) != sp.true:
        known = {"positive": True}
    return sp.Symbol(f"h\u2032{place}", **known)


def _in_time(algorithm: Callable[[Any, sp.Symbol], Any], integrand: Any, x: sp.Symbol) -> tuple[Any, ...]:
    """What an algorithm finds before the time is over, for the integrand as it stands and written in other ways."""
    found: dict[Any, None] = {}

    def stop(*_: object) -> None:
        raise _OverError

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, share(WORK_SECONDS))
    with suppress(_OverError):
        for form in dict.fromkeys([integrand, sp.expand(integrand), integrand.rewrite(sp.exp), sp.together(integrand)]):
            with suppress(Exception):
                found.update(dict.fromkeys(_pieces(algorithm(form, x))))
    signal.setitimer(signal.ITIMER_PROF, 0)
    return tuple(found)


def _pieces(guess: Any) -> Iterator[Any]:
    """A guess without what stands for no antiderivative; of a guess by cases each case."""
    cases = guess.atoms(sp.Piecewise)
    if cases:
        node = min(cases, key=sp.count_ops)
        for value, _ in node.args:
            yield from _pieces(guess.xreplace({node: value}))
    elif not guess.has(sp.Integral, sp.nan, sp.zoo, sp.floor, sp.RootSum):
        yield guess
