"""One step of a derivation: a claim, the rule that computed it, and what it stands on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from derivations.display.html import step_html
from derivations.display.plain import step_text
from derivations.engine.verdict import Verdict, weakest
from theory.statements import Definition, Expansion, Postulate, Statement


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Step:
    """A node of a derivation.

    Attributes
    ----------
    name
        Name of the result within its derivation.
    statement
        The claim; a ``Definition`` or a ``Postulate`` has no status of its own.
    rule
        Name of the rule that computed it; ``"stated"`` for a claim typed in by its author, ``"premise"`` for one that
        is assumed.
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
    checked
        What is examined in place of the statement, such as the statement with definitions put in; empty if the
        statement itself is.
    given
        The premises under which the claim holds.
    doubt
        Why nothing can be examined, for a claim that is not seen to follow from its premises; empty otherwise.
    choices
        What an operation on both sides was told, by name, so that it can be done again.
    verdicts
        What was found when the step was entered: on its claim, then on what it needs; empty if nothing was examined.
    inherits
        What else it rests on, by name: the postulates and expansions of the derivation a result was taken from.
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
    checked: tuple[Statement, ...] = ()
    given: tuple[Step, ...] = ()
    doubt: str = ""
    choices: tuple[tuple[str, Any], ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    inherits: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict | None:
        """What was found about its claim when it was entered."""
        return self.verdicts[0] if self.verdicts else None

    @property
    def status(self) -> str | None:
        """The weakest of what was found on entry; None for what has no status."""
        if not self.needs_verdict:
            return None
        return weakest(v.status for v in self.verdicts) if self.verdicts else "unchecked"

    @property
    def findings(self) -> tuple[tuple[Verdict, Any], ...]:
        """Each verdict with the claim it is about: the step's own first, then what the inference needs."""
        return tuple(zip(self.verdicts, (self.statement, *self.obligations), strict=False))

    @property
    def step(self) -> Step:
        """The step itself: a step that was examined on entry is shown like its report."""
        return self

    def __repr__(self) -> str:
        return step_text(self)

    def _repr_html_(self) -> str:
        return step_html(self)

    @property
    def stated(self) -> bool:
        """Whether the claim was typed in rather than computed."""
        return self.rule == "stated"

    @property
    def needs_verdict(self) -> bool:
        """Whether there is a claim to verify: definitions, postulates and premises have no status."""
        return isinstance(self.statement, Statement) and self.rule != "premise"

    @property
    def claims(self) -> tuple[Statement, ...]:
        """What is examined."""
        if not isinstance(self.statement, Statement) or not self.needs_verdict:
            return ()
        return self.checked or (self.statement,)

    def ancestors(self) -> tuple[Step, ...]:
        """Every step it rests on, itself included, premises first."""
        seen: dict[int, Step] = {}
        waiting: list[tuple[Step, bool]] = [(self, False)]
        while waiting:
            node, ready = waiting.pop()
            if ready:
                seen.setdefault(id(node), node)
            elif id(node) not in seen:
                above = ((parent, False) for parent in reversed((*node.parents, *node.given)))
                waiting += [(node, True), *above]
        return tuple(seen.values())

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The postulates, premises and expansions under it, by name."""
        names: dict[str, None] = {}
        for node in self.ancestors():
            if isinstance(node.statement, Postulate):
                names.setdefault(node.statement.name)
            if node.rule == "premise":
                names.setdefault(f"premise: {node.name}")
            for name in (*(p.name for p in node.postulates), *node.inherits):
                names.setdefault(name)
            if isinstance(node.statement, Expansion):
                names.setdefault(f"expansion: {node.name}")
        return tuple(names)
