"""One named inference: computes its output from its input and states what it needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from theory.statements import Definition, Postulate, Statement


@dataclass(frozen=True, kw_only=True)
class Inference:
    """What a rule hands back.

    Attributes
    ----------
    statement
        The claim that was computed, to be verified.
    result
        The expression later rules work on; by default the right side of the statement.
    obligations
        Claims the inference needs; each is verified with the step.
    postulates
        Steps of physics it takes, which no checker establishes.
    remark
        A sentence for the reader, such as the first neglected term.
    """

    statement: Statement | Definition
    result: Any = None
    obligations: tuple[Statement, ...] = ()
    postulates: tuple[Postulate, ...] = ()
    remark: str = ""


@dataclass(frozen=True)
class Rule:
    """A named inference ``infer(*parents, **choices) -> Inference`` with the reason a reader is given."""

    name: str
    reason: str
    infer: Callable[..., Inference]

    def __call__(self, *parents: Any, **choices: Any) -> Inference:
        """Compute the inference from the parents' steps."""
        return self.infer(*parents, **choices)


def right_side(inference: Inference) -> Any:
    """The right side of the claim that an inference computed."""
    return getattr(inference.statement, "right", None)


def rule(name: str, reason: str) -> Callable[[Callable[..., Inference]], Rule]:
    """Turn a function into a ``Rule`` with a name and a reason."""

    def wrap(infer: Callable[..., Inference]) -> Rule:
        return Rule(name, reason, infer)

    return wrap
