"""Propose what would make a refuted identity true. Only what has been verified is said."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import sympy as sp

from derivations.engine.evidence import Evidence
from derivations.engine.mutation import mutants
from derivations.engine.routes import enclosed
from derivations.engine.routes.balls import UnknownError
from derivations.engine.routes.points import TooLargeError
from derivations.engine.routes.sampling import points
from derivations.engine.verdict import HOLDING, Repair, status_of
from theory.domain import Assignment
from theory.statements import Identity
from theory.sums import Sigma, free_names, rename

SECONDS = 1.0
SCREENS = 4
Examiner = Callable[[Identity], tuple[Evidence, ...]]


def repaired(statement: Any, examine: Examiner, seed: int, seconds: float = SECONDS) -> Repair | None:
    """The first simple change of the right side that holds, or None within the time."""
    if not isinstance(statement, Identity) or isinstance(statement.right, sp.MatrixBase):
        return None
    deadline = time.perf_counter() + seconds
    screen = list(islice(points(statement.domain, random.Random(seed + 1)), SCREENS))
    for text, right in proposals(statement.right):
        if time.perf_counter() > deadline:
            return None
        if not all(_agrees(statement.left, right, point) for point in screen):
            continue
        corrected = Identity(statement.left, right, statement.domain)
        status = status_of(examine(corrected))
        if status in HOLDING:
            return Repair(text=text, statement=corrected, status=status)
    return None


def _agrees(left: Any, right: Any, point: Assignment) -> bool:
    try:
        return enclosed.read(left, right, point).outcome == "agrees"
    except (UnknownError, TooLargeError, ValueError, ZeroDivisionError):
        return False


def proposals(right: Any) -> Iterator[tuple[str, Any]]:
    """Changes of an expression, likely ones first, each with its description."""
    yield "the opposite sign", -right
    yield "a factor 2", 2 * right
    yield "a factor 1/2", right / 2
    yield from _terms(right)
    yield from _powers(right)
    yield from _shifts(right)
    yield from _inner(right)
    for _, text, changed in mutants(right):
        if not changed.has(sp.zoo, sp.nan):
            yield text, changed


def _terms(right: Any) -> Iterator[tuple[str, Any]]:
    terms = sp.Add.make_args(right)
    for term in terms if len(terms) > 1 else ():
        rest = right - term
        yield f"the opposite sign of the term {term}", rest - term
        yield f"a factor 2 in the term {term}", rest + 2 * term
        yield f"a factor 1/2 in the term {term}", rest + term / 2
        yield f"no term {term}", rest


def _powers(right: Any) -> Iterator[tuple[str, Any]]:
    names = sorted((n for n in free_names(right) if isinstance(n, sp.Symbol)), key=str)
    for name in names:
        yield f"one more power of {name}", right * name
        yield f"one less power of {name}", right / name
    terms = sp.Add.make_args(right)
    for term in terms if len(terms) > 1 else ():
        for name in names:
            yield f"one more power of {name} in the term {term}", right - term + term * name
            yield f"one less power of {name} in the term {term}", right - term + term / name


def _shifts(right: Any) -> Iterator[tuple[str, Any]]:
    for name in sorted((n for n in free_names(right) if isinstance(n, sp.Symbol)), key=str):
        for step in (1, -1):
            if name.is_integer:
                yield f"{name} {step:+d} for {name}", rename(right, name, name + step)
    for node in sorted(right.atoms(Sigma), key=str):
        for text, changed in _moved_ends(node):
            yield text, right.xreplace({node: changed})
    for atom in sorted(right.atoms(sp.Indexed), key=str):
        for step in (1, -1):
            moved = atom.base[(atom.indices[0] + step, *atom.indices[1:])]
            yield f"{moved} for {atom}", right.xreplace({atom: moved})


def _moved_ends(node: Sigma) -> Iterator[tuple[str, Any]]:
    body, index = node.opened()
    for step in (1, -1):
        yield f"the sum from {node.lower + step}", Sigma(body, (index, node.lower + step, node.upper))
        yield f"the sum to {node.upper + step}", Sigma(body, (index, node.lower, node.upper + step))


def _inner(right: Any) -> Iterator[tuple[str, Any]]:
    """The same changes inside a function or a power."""
    for node in sorted(right.atoms(sp.Function, sp.Pow), key=str):
        for place, argument in enumerate(node.args):
            for text, changed in _changed_argument(argument) if isinstance(argument, sp.Expr) else ():
                arguments = (*node.args[:place], changed, *node.args[place + 1 :])
                replaced = right.xreplace({node: node.func(*arguments)})
                if replaced != right and not replaced.has(sp.zoo, sp.nan):
                    yield f"{text} in {node}", replaced


def _changed_argument(argument: Any) -> Iterator[tuple[str, Any]]:
    yield f"{-argument} for {argument}", -argument
    yield f"{2 * argument} for {argument}", 2 * argument
    yield f"{argument / 2} for {argument}", argument / 2
    yield f"{argument + 1} for {argument}", argument + 1
    yield f"{argument - 1} for {argument}", argument - 1
