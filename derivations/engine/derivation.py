"""A derivation: a directed acyclic graph of steps from premises to named results."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from derivations.engine.rule import Inference, Rule
from derivations.engine.step import Step
from derivations.engine.verdict import Verdict
from derivations.engine.verify import verify
from theory.statements import Definition, Postulate, Statement


class RefutedStepError(ValueError):
    """A step that is wrong, with its refutation."""

    def __init__(self, name: str, verdict: Verdict) -> None:
        super().__init__(f"the step {name!r} is refuted: {verdict}")
        self.name, self.verdict = name, verdict


@dataclass(frozen=True, kw_only=True)
class Reference:
    """Where a derivation's subject was published."""

    key: str
    citation: str


class Derivation:
    """Steps that follow from one another, each with its claim.

    ``define`` and ``assume`` enter what has no status; ``apply`` computes a step by a rule; ``so`` takes a claim the
    author states, and verifies it on the spot.

    Parameters
    ----------
    identifier
        Name in the catalogue and on the command line.
    title, introduction
        For the reader.
    references
        Sources, the papers first.
    conventions
        Sentences that fix signs, normalisations and units.
    """

    def __init__(
        self,
        identifier: str,
        *,
        title: str = "",
        introduction: str = "",
        references: tuple[Reference, ...] = (),
        conventions: tuple[str, ...] = (),
    ) -> None:
        self.identifier, self.title, self.introduction = identifier, title or identifier, introduction
        self.references, self.conventions = references, conventions
        self.steps: list[Step] = []

    def __iter__(self) -> Iterator[Step]:
        return iter(self.steps)

    def __getitem__(self, name: str) -> Step:
        for step in self.steps:
            if step.name == name:
                return step
        known = ", ".join(s.name for s in self.steps)
        raise KeyError(f"{self.identifier} has no step {name!r}; it has {known}")

    def define(self, definition: Definition, *, name: str = "", reason: str = "", serves: tuple[str, ...] = ()) -> Step:
        """Enter a definition."""
        return self._add(
            name,
            statement=definition,
            rule="definition",
            reason=reason,
            result=definition.expression,
            defines=definition.symbol,
            serves=serves,
        )

    def assume(self, postulate: Postulate, *, serves: tuple[str, ...] = ()) -> Step:
        """Enter a postulate."""
        return self._add(
            postulate.name,
            statement=postulate,
            rule="postulate",
            reason=postulate.justification,
            serves=serves,
        )

    def apply(
        self,
        rule: Rule,
        *parents: Step,
        name: str = "",
        serves: tuple[str, ...] = (),
        oracle: Callable[[Inference], Callable[[], Any]] | None = None,
        because: tuple[Step, ...] = (),
        defines: Any = None,
        **choices: Any,
    ) -> Step:
        """Compute a step by a rule from its parents.

        ``because`` names further steps it rests on; ``defines`` is the symbol or indexed atom that names its result;
        ``oracle`` makes of the inference a brute-force check, which runs when the step is examined.
        """
        inference = rule(*parents, **choices)
        result = inference.result
        if result is None and isinstance(inference.statement, Statement):
            result = getattr(inference.statement, "right", None)
        return self._add(
            name,
            statement=inference.statement,
            rule=rule.name,
            reason=rule.reason,
            parents=(*parents, *because),
            result=result,
            defines=defines,
            obligations=inference.obligations,
            postulates=inference.postulates,
            serves=serves,
            oracle=oracle(inference) if oracle else None,
            remark=inference.remark,
        )

    def so(
        self,
        statement: Statement,
        *,
        by: str = "",
        name: str = "",
        parents: tuple[Step, ...] = (),
        timeout: float = 30.0,
    ) -> Step:
        """State a claim of one's own; it is verified here and now.

        Without ``parents`` the claim rests on the step before it.

        Raises
        ------
        RefutedStepError
            If the claim is refuted; the error shows the counterexample and, where one is found, a repair.
        """
        verdict = verify(statement, timeout=timeout)
        if verdict.holds is False:
            raise RefutedStepError(name or str(len(self.steps) + 1), verdict)
        chain = parents or tuple(self.steps[-1:])
        return self._add(
            name,
            statement=statement,
            rule="stated",
            reason=by,
            parents=chain,
            result=getattr(statement, "right", None),
        )

    def _add(self, name: str, **parts: Any) -> Step:
        name = name or f"step-{len(self.steps) + 1}"
        if any(s.name == name for s in self.steps):
            raise ValueError(f"{self.identifier} already has a step {name!r}; give this one another name")
        strangers = [p.name for p in parts.get("parents", ()) if p not in self.steps and not isinstance(p, Step)]
        if strangers:
            raise TypeError(f"parents must be steps, found {strangers}")
        step = Step(name=name, **parts)
        self.steps.append(step)
        return step

    @property
    def stated_steps(self) -> int:
        """Number of steps typed in rather than computed."""
        return sum(step.stated for step in self.steps)

    def ancestors(self, step: Step) -> tuple[Step, ...]:
        """Every step a result rests on, itself included, premises first."""
        seen: dict[int, Step] = {}

        def visit(node: Step) -> None:
            for parent in node.parents:
                visit(parent)
            seen.setdefault(id(node), node)

        visit(step)
        return tuple(seen.values())

    def rests_on(self, step: Step) -> tuple[str, ...]:
        """The postulates, approximations and definitions-free premises under a result, by name."""
        names: dict[str, None] = {}
        for node in self.ancestors(step):
            if isinstance(node.statement, Postulate):
                names.setdefault(node.statement.name)
            for postulate in node.postulates:
                names.setdefault(postulate.name)
            if type(node.statement).__name__ == "Expansion":
                names.setdefault(f"expansion: {node.name}")
        return tuple(names)
