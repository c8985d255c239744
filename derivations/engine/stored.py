"""A verdict as plain text and back, exact numbers and the repaired statement included.

Names and functions stand by their canonical texts and are found again in the claim itself, so that nothing in the text
is ever executed. What does not come back equal to what it was is not written in the first place.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from functools import cached_property
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derivations.engine.claims import Scope, head, names_of
from derivations.engine.evidence import Counterexample, Evidence
from derivations.engine.verdict import Repair, Verdict
from theory.statements import Identity, Statement
from theory.sums import Sigma

_ARITHMETIC = (sp.Add, sp.Mul, sp.Pow, sp.Tuple, sp.Indexed, Sigma)
_PLAIN = [f.name for f in fields(Evidence) if f.name != "counterexample"]


class NotStorableError(Exception):
    """A verdict with a part that does not come back as it was."""


class Dictionary:
    """The names, constants and functions of one claim, by their canonical texts."""

    def __init__(self, statement: Statement) -> None:
        self.statement = statement

    @cached_property
    def scope(self) -> Scope:
        """The names as the hash of the claim has them."""
        return names_of(self.statement)

    @cached_property
    def leaves(self) -> dict[str, Any]:
        """Symbols, families and constants."""
        nodes = (n for n in nodes_of(self.statement) if not n.args or isinstance(n, sp.IndexedBase))
        return {self.scope.text(node): node for node in nodes}

    @cached_property
    def heads(self) -> dict[str, Any]:
        """Functions and other nodes with arguments."""
        kinds = {*_ARITHMETIC, *(type(n) for n in nodes_of(self.statement) if n.args)}
        return {head(kind): kind for kind in kinds}

    def write(self, node: Any) -> Any:
        """An expression as nested lists."""
        if isinstance(node, sp.Rational):
            return f"{node.p}/{node.q}"
        if self.leaves.get(text := self.scope.text(node)) == node:
            return ["leaf", text]
        if self.heads.get(name := head(type(node))) is not type(node):
            raise NotStorableError(f"{type(node).__name__} does not occur in the claim")
        return [name, *(self.write(a) for a in node.args)]

    def read(self, plain: Any) -> Any:
        """The expression that was written."""
        if isinstance(plain, str):
            return sp.Rational(*map(int, plain.split("/")))
        name, *parts = plain
        if name == "leaf":
            return self.leaves[parts[0]]
        return self.heads[name](*map(self.read, parts))

    def checked(self, node: Any) -> Any:
        """An expression as nested lists that are known to give it back."""
        plain = self.write(node)
        if self.read(plain) != node:
            raise NotStorableError(f"{node} does not come back as it was")
        return plain


def nodes_of(statement: Statement) -> Iterator[Any]:
    """Every node of a claim and of its domain, each object once."""
    domain = statement.domain
    waiting: list[Any] = [*domain.sets, *domain.sets.values(), *domain.constraints]
    waiting += [getattr(statement, f.name) for f in fields(statement) if f.name != "domain"]
    seen: dict[int, Any] = {}
    while waiting:
        value = waiting.pop()
        if id(value) in seen:
            continue
        seen[id(value)] = value
        if isinstance(value, tuple | list):
            waiting += value
        elif isinstance(value, sp.Basic):
            yield value
            waiting += value.args


def is_ours(statement: Statement) -> bool:
    """Whether a claim consists of nodes of SymPy and of ``theory`` only: others may change their meaning unseen."""
    kinds = {type(statement), *(type(node) for node in nodes_of(statement))}
    return all(
        kind.__bases__ == (AppliedUndef,) if issubclass(kind, AppliedUndef) else _home(kind) in ("sympy", "theory")
        for kind in kinds
    )


def _home(kind: type) -> str:
    return kind.__module__.split(".")[0]


def text_of(verdict: Verdict, statement: Statement) -> str:
    """The verdict as text.

    Raises
    ------
    NotStorableError
        If a part of it would not come back as it was.
    """
    words = Dictionary(statement)
    try:
        document = {
            "evidence": [_evidence(e, words) for e in verdict.evidence],
            "repair": _repair(verdict.repair, statement, words) if verdict.repair else None,
        }
        return json.dumps(document)
    except (TypeError, ValueError, KeyError, RecursionError) as error:
        raise NotStorableError(str(error)) from error


def verdict_of(text: str, statement: Statement) -> Verdict:
    """The verdict that was written, on this statement.

    Raises
    ------
    NotStorableError
        If the text is of another form, or about names that the statement does not have.
    """
    words = Dictionary(statement)
    try:
        document = json.loads(text)
        evidence = tuple(_evidence_of(plain, words) for plain in document["evidence"])
        repair = _repair_of(document["repair"], statement, words) if document["repair"] else None
    except (TypeError, ValueError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise NotStorableError(str(error)) from error
    return Verdict(evidence=evidence, repair=repair, cached=True)


def _evidence(evidence: Evidence, words: Dictionary) -> dict[str, Any]:
    found = evidence.counterexample
    point = None
    if found is not None:
        values = [[words.checked(name), words.checked(value)] for name, value in found.values]
        point = {"values": values, "left": found.left, "right": found.right, "note": found.note}
    return {**{name: getattr(evidence, name) for name in _PLAIN}, "counterexample": point}


def _evidence_of(plain: dict[str, Any], words: Dictionary) -> Evidence:
    point = plain.pop("counterexample")
    found = None
    if point is not None:
        values = tuple((words.read(name), words.read(value)) for name, value in point["values"])
        found = Counterexample(values=values, left=point["left"], right=point["right"], note=point["note"])
    listed = {name: tuple(plain[name]) for name in ("instances", "conditions")}
    return Evidence(**{**plain, **listed, "counterexample": found})


def _repair(repair: Repair, statement: Statement, words: Dictionary) -> dict[str, Any]:
    """A repair changes the right side of an identity and nothing else."""
    fixed = repair.statement
    if not isinstance(statement, Identity) or fixed != Identity(statement.left, fixed.right, statement.domain):
        raise NotStorableError("a repair of more than the right side")
    return {"text": repair.text, "status": repair.status, "right": words.checked(fixed.right)}


def _repair_of(plain: dict[str, Any], statement: Any, words: Dictionary) -> Repair:
    fixed = Identity(statement.left, words.read(plain["right"]), statement.domain)
    return Repair(text=plain["text"], statement=fixed, status=plain["status"])
