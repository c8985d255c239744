"""One step of a derivation: a claim, the rule that computed it, and what it stands on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from theory.statements import Definition, Postulate, Statement


@dataclass(frozen=True, eq=False, kw_only=True)
class Step:
    """A node of a derivation.

    Attributes
    ----------
    name
        Name of the result within its derivation.
    statement
        The claim; a ``Definition`` or a ``Postulate`` has no status of its own.
    rule
        Name of the rule that computed it; ``"stated"`` for a claim typed in by its author.
    reason
        Why the step is taken, for the reader.
    parents
        The steps it follows from.
    result
        The expression that later rules work on.
    defines
        The symbol or indexed atom that names the result, such as ``H[i, j]``; None if it has no name.
    obligations, postulates
        Claims and steps of physics the inference needs.
    serves
        Printed equations it derives, as ``"paper:number"``.
    oracle
        Computes an independent ``Evidence`` by brute force, or None.
    remark
        A sentence shown with the step.
    """

    name: str
    statement: Statement | Definition | Postulate
    rule: str
    reason: str
    parents: tuple[Step, ...] = ()
    result: Any = None
    defines: Any = None
    obligations: tuple[Statement, ...] = ()
    postulates: tuple[Postulate, ...] = ()
    serves: tuple[str, ...] = ()
    oracle: Callable[[], Any] | None = None
    remark: str = ""

    @property
    def stated(self) -> bool:
        """Whether the claim was typed in rather than computed."""
        return self.rule == "stated"

    @property
    def needs_verdict(self) -> bool:
        """Whether there is a claim to verify: definitions and postulates have no status."""
        return isinstance(self.statement, Statement)
