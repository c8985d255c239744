"""Propose what would make a refuted claim true. Only what has been verified is said."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import chain
from typing import Any

import sympy as sp

from derivations.engine.evidence import Evidence
from derivations.engine.repairs.candidates import candidates, changes_of_the_left
from derivations.engine.repairs.screen import Screen
from derivations.engine.verdict import HOLDING, Repair, status_of
from theory.statements import Identity, Statement

SECONDS = 1.5
Examiner = Callable[[Any], tuple[Evidence, ...]]


def repaired(statement: Any, examine: Examiner, seed: int, seconds: float = SECONDS) -> Repair | None:
    """The first simple change that makes the statement hold, or None within the time."""
    if not isinstance(statement, Statement):
        return None
    deadline = time.perf_counter() + seconds
    if isinstance(statement, Identity) and isinstance(statement.left, sp.MatrixBase):
        return _of_one_entry(statement, examine, seed, seconds) or _first(statement, examine, seed, deadline)
    return _first(statement, examine, seed, deadline)


def _of_one_entry(statement: Any, examine: Examiner, seed: int, seconds: float) -> Repair | None:
    """Of a matrix with one wrong entry, the repair of that entry."""
    entries = list(zip(statement.left.flat(), statement.right.flat(), strict=True))
    wrong = []
    for place, (left, right) in enumerate(entries):
        screen = Screen(Identity(left, right, statement.domain), seed)
        if not screen.passes(screen.statement):
            wrong.append(place)
    if len(wrong) != 1:
        return None
    place = wrong[0]
    found = repaired(Identity(entries[place][0], entries[place][1], statement.domain), examine, seed, seconds / 2)
    if found is None:
        return None
    parts = [found.statement.right if k == place else right for k, (_, right) in enumerate(entries)]
    row, column = divmod(place, statement.left.cols)
    corrected = statement.replaced(right=sp.ImmutableMatrix(*statement.left.shape, parts))
    status = status_of(examine(corrected))
    text = f"{found.text} in entry ({row + 1}, {column + 1})"
    return Repair(text=text, statement=corrected, status=status) if status in HOLDING else None


def _first(statement: Statement, examine: Examiner, seed: int, deadline: float) -> Repair | None:
    screen = Screen(statement, seed)
    of_the_left = changes_of_the_left(statement)
    for text, corrected in chain(screen.guesses(), candidates(statement), screen.late_guesses(), of_the_left):
        if time.perf_counter() > deadline:
            return None
        if corrected == statement or _says_nothing(corrected, statement) or not screen.passes(corrected):
            continue
        status = status_of(examine(corrected))
        if status in HOLDING:
            return Repair(text=text.replace("**", "^"), statement=corrected, status=status)
    return None


def _says_nothing(corrected: Any, statement: Any) -> bool:
    """Whether both sides became one expression with nothing of what was claimed left in it."""
    left, right = getattr(corrected, "left", None), getattr(corrected, "right", None)
    return left is not None and left == right and (left == 0 or not statement.right.args)
