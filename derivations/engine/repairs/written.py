"""The repair of a claim that was examined with definitions put in, told of the claim as its author wrote it.

Each side of the written claim is changed until it becomes, definitions put in, the side that was verified; a side for
which no such change is found is shown as it was verified. So nothing is said that was not.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from itertools import chain
from typing import Any

import sympy as sp

from derivations.engine.repairs.factors import said_factor, said_of_term
from derivations.engine.repairs.slips import Change, changes
from derivations.engine.unfolding import without_definitions
from derivations.engine.verdict import Repair, Verdict
from theory.statements import Definition, Statement

SECONDS = 1.0


def in_own_terms(verdict: Verdict, written: Any, definitions: Iterable[Definition]) -> Verdict:
    """The verdict with its repair told of the written claim, where the claim uses definitions."""
    known = tuple(definitions)
    if verdict.repair is None or not known or type(verdict.repair.statement) is not type(written):
        return verdict
    try:
        return replace(verdict, repair=_told(verdict.repair, written, known))
    except (TypeError, ValueError):  # the change leaves the sets of the written claim
        return verdict


def _told(repair: Repair, written: Statement, definitions: tuple[Definition, ...]) -> Repair:
    text, parts, deadline = repair.text, {}, time.perf_counter() + SECONDS
    for name in (f.name for f in fields(written) if f.name != "domain"):
        before, corrected = getattr(written, name), getattr(repair.statement, name)
        parts[name] = corrected
        if isinstance(before, sp.Expr):
            side = _Side(before, corrected, definitions, deadline)
            said, parts[name] = side.changed()
            text = said.replace("**", "^") or text
    return Repair(text=text, statement=written.replaced(**parts), status=repair.status)


class _Side:
    """A side as it was written, and as it was corrected after the definitions were put in."""

    def __init__(self, written: Any, corrected: Any, definitions: tuple[Definition, ...], deadline: float) -> None:
        self.written, self.corrected, self.definitions, self.deadline = written, corrected, definitions, deadline
        self.plain = self._put_in(written)

    def changed(self) -> tuple[str, Any]:
        """The change in words, and the written side with it."""
        if self.plain == self.corrected:
            return "", self.written
        if self.plain == self.written:
            return "", self.corrected
        for text, changed in chain(self._by_a_factor(), changes(self.written), self._by_a_term(), self._folded()):
            if time.perf_counter() > self.deadline:
                break
            if _same(self._put_in(changed), self.corrected):
                return text, changed
        return "", self.corrected

    def _put_in(self, expression: Any) -> Any:
        return without_definitions(expression, self.definitions)

    def _by_a_factor(self) -> Iterator[Change]:
        """Another factor of the whole, or of one term."""
        if self.plain != 0 and _is_monomial(factor := self.corrected / self.plain):
            yield said_factor(factor), factor * self.written
        for term in self.written.args if isinstance(self.written, sp.Add) else ():
            part = self._put_in(term)
            factor = 1 + (self.corrected - self.plain) / part if part != 0 else sp.nan
            if _is_monomial(factor):
                yield said_of_term(said_factor(factor), factor, term), self.written - term + factor * term

    def _by_a_term(self) -> Iterator[Change]:
        gap = self.corrected - self.plain
        if _is_monomial(gap):
            yield f"a further term {gap}", self.written + gap

    def _folded(self) -> Iterator[Change]:
        """The corrected side with the names back in place of what they stand for."""
        folded = self.corrected
        for definition in reversed(self.definitions):
            folded = folded.subs(self._put_in(definition.expression), definition.symbol)
        yield "", folded


def _is_monomial(expression: Any) -> bool:
    return not expression.has(sp.nan, sp.zoo, sp.Add, sp.Function)


def _same(first: Any, second: Any) -> bool:
    return first == second or sp.expand(first - second) == 0
