"""A derivation, as its author writes it: premises, definitions, steps computed by rules, steps stated and checked."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from derivations.engine.both_sides import BothSides
from derivations.engine.forms import Found, examined, stated_forms
from derivations.engine.graph import Reference
from derivations.engine.ground import Ground
from derivations.engine.premises import connected
from derivations.engine.repairs.written import in_own_terms
from derivations.engine.report import DerivationReport, StepReport, examine, reported, undecided, weakest_verdict
from derivations.engine.rule import Inference, Rule
from derivations.engine.step import Step
from derivations.engine.verdict import Verdict
from derivations.engine.verify import verify
from derivations.interchange.document import Document
from derivations.interchange.reading import read_steps
from derivations.interchange.writing import text_of
from theory.domain import Domain
from theory.printing import statement_text
from theory.statements import Definition, Postulate, Statement

__all__ = ["Derivation", "Reference", "RefutedStepError"]


class RefutedStepError(ValueError):
    """A step that is wrong, with its refutation."""

    def __init__(self, name: str, verdict: Verdict, claim: Any = None) -> None:
        lines = [f"the step {name!r} is refuted"]
        lines += [f"  claim: {statement_text(claim)}"] if claim is not None else []
        lines += [f"  {verdict}"]
        repair = verdict.repair
        lines += [f"  corrected: {statement_text(repair.statement)}"] if repair and _is_told(repair.statement) else []
        super().__init__("\n".join(lines))
        self.name, self.verdict, self.claim = name, verdict, claim


def _is_told(corrected: Statement) -> bool:
    """Whether a repaired claim says something to the reader: one with the same text on both sides does not."""
    return getattr(corrected, "left", 0) != getattr(corrected, "right", 1)


class Derivation(BothSides):
    """Steps that follow from one another, each with its claim.

    ``define``, ``premise`` and ``postulate`` enter what has no status; ``apply`` computes a step by a rule; ``so``
    takes a claim the author states, and verifies it on the spot.

    Parameters
    ----------
    identifier
        Name in the catalogue and on the command line.
    domain
        The set of every symbol, as a ``Domain`` or as its dictionary; claims given by their sides are made over it.
    title, introduction
        For the reader.
    references
        Sources, the papers first.
    conventions
        Sentences that fix signs, normalizations and units.
    timeout
        Seconds for one claim; one that takes longer is undecided.
    """

    def __init__(
        self,
        identifier: str,
        *,
        domain: Domain | Mapping[Any, Any] | None = None,
        title: str = "",
        introduction: str = "",
        references: tuple[Reference, ...] = (),
        conventions: tuple[str, ...] = (),
        timeout: float = 30.0,
    ) -> None:
        super().__init__(
            identifier, title=title, introduction=introduction, references=references, conventions=conventions
        )
        self.domain = domain if isinstance(domain, Domain) else Domain(domain or {})
        self.timeout = timeout
        self.reports: dict[str, StepReport] = {}
        """What was found last about each step that was examined, by its name."""

    # What has no status

    def define(
        self,
        definition: Any,
        expression: Any = None,
        *,
        name: str = "",
        reason: str = "",
        serves: tuple[str, ...] = (),
    ) -> Step:
        """Enter a definition: a ``Definition``, or a symbol and what it stands for.

        Claims may use the symbol from here on; what it stands for is put in when they are checked.

        Raises
        ------
        ValueError
            If the symbol has a set in the domain or was defined before, or is declared positive where its expression
            is not.
        """
        made = definition if isinstance(definition, Definition) else Definition(definition, expression)
        remark = ""
        for claim in self.ground.with_definition(made) if made is not definition else ():
            verdict = self._examiner(claim)
            if verdict.holds is False:
                raise RefutedStepError(name or str(made.symbol), verdict, claim)
            if verdict.holds is None:
                remark = f"That {statement_text(claim)}, as {made.symbol} is declared, is not shown."
        return self.append(
            name,
            statement=made,
            rule="definition",
            reason=reason,
            result=made.expression,
            defines=made.symbol,
            serves=serves,
            remark=remark,
        )

    def premise(self, *claim: Any, name: str = "", reason: str = "") -> Step:
        """Enter an equation that is assumed: what rests on it says so.

        An equation between symbols holds for the values at hand; one for an undetermined function, as
        ``f(x).diff(x) == -f(x)`` is written ``premise(f(x).diff(x), -f(x))``, holds for every value of its argument.
        """
        (statement,) = self.ground.claims(claim)
        return self.append(
            name, statement=statement, rule="premise", reason=reason, result=getattr(statement, "right", None)
        )

    def assume(self, postulate: Postulate, *, serves: tuple[str, ...] = ()) -> Step:
        """Enter a postulate."""
        return self.append(
            postulate.name, statement=postulate, rule="postulate", reason=postulate.justification, serves=serves
        )

    def postulate(self, name: str, claim: str, *, justification: str, test: str) -> Step:
        """Enter a step of physics that no checker establishes, in words."""
        return self.assume(Postulate(name=name, claim=claim, justification=justification, test=test))

    def given(self, result: Step, *, name: str = "") -> Step:
        """Use a result of another derivation; its premises come with it, and what it rests on stays in sight."""
        started = time.perf_counter()
        premises = tuple(self._premise_like(p) for p in result.given)
        claims = map(self._examiner, result.claims)
        verdict = undecided(result.doubt) if result.doubt else weakest_verdict(claims)
        checked = result.claims if result.checked else ()
        return self._entered(
            Found(verdict=verdict, checked=checked, given=premises, doubt=result.doubt),
            name or result.name,
            started,
            statement=result.statement,
            rule="earlier result",
            reason=result.reason,
            result=result.result,
            defines=result.defines,
            obligations=result.obligations,
            inherits=tuple(n for n in result.rests_on if not n.startswith("premise: ")),
        )

    def _premise_like(self, premise: Step) -> Step:
        """The same premise here: the one that is here already, or a new one."""
        here = [s for s in self.steps if s.rule == "premise" and s.statement == premise.statement]
        return here[0] if here else self.premise(premise.statement, name=premise.name, reason=premise.reason)

    # Steps

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
        return self.append(
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
        *claim: Any,
        by: str = "",
        name: str = "",
        parents: tuple[Step, ...] | None = None,
        timeout: float | None = None,
        **expansion: Any,
    ) -> Step:
        """State a claim of one's own; it is verified here and now.

        The claim is a statement, or its two sides, or a chain of sides each equal to the next. With ``O(x**n)`` in
        the last side, or with ``variable=`` and ``order=``, it is an expansion. Without ``parents`` it rests on the
        step before it, with ``parents=()`` on none. An undecided claim is entered as such and counted in ``undecided``.

        Raises
        ------
        RefutedStepError
            If the claim is refuted; the error shows the counterexample and, where one is found, a repair.
        """
        statements = self.ground.claims(claim, **expansion)
        links: list[Step] = []
        for place, statement in enumerate(statements, 1):
            label = name if place == len(statements) else f"{name or f'step-{len(self.steps) + 1}'}: link {place}"
            above = tuple(self.steps[-1:]) if parents is None else parents
            links.append(self._state(label, statement, by, tuple(links) or above, timeout or self.timeout))
        return links[-1]

    def _state(self, name: str, statement: Statement, by: str, parents: tuple[Step, ...], timeout: float) -> Step:
        started = time.perf_counter()
        ground = self.ground
        forms = stated_forms(ground, statement, parents)
        found = examined(forms, connected(ground.plain(statement), ground.premises), timeout)
        right = getattr(statement, "right", None)
        return self._entered(
            found, name, started, statement=statement, rule="stated", reason=by, parents=parents, result=right
        )

    def _entered(self, found: Found, name: str, started: float, **parts: Any) -> Step:
        """Append a step with its verdicts; one that is refuted raises and is not kept."""
        obligations = parts.get("obligations", ())
        verdict = in_own_terms(found.verdict, parts["statement"], self.ground.definitions)
        verdicts = (verdict, *map(self._examiner, obligations))
        for verdict, claim in zip(verdicts, (parts["statement"], *obligations), strict=True):
            if verdict.holds is False:
                raise RefutedStepError(name or f"step-{len(self.steps) + 1}", verdict, claim)
        form = {"checked": found.checked, "given": found.given, "doubt": found.doubt}
        step = self.append(name, verdicts=verdicts, **form, **parts)
        above = [self.reports[p.name].inherited for p in step.parents if p.name in self.reports]
        self.reports[step.name] = reported(step, verdicts[0], verdicts[1:], above, started)
        return step

    def _examiner(self, claim: Statement) -> Verdict:
        return verify(claim, timeout=self.timeout)

    # What stands

    @property
    def ground(self) -> Ground:
        """What the next claim may use."""
        definitions = tuple(s.statement for s in self.steps if isinstance(s.statement, Definition))
        premises = tuple(s for s in self.steps if s.rule == "premise")
        return Ground(domain=self.domain, definitions=definitions, premises=premises)

    @property
    def undecided(self) -> tuple[Step, ...]:
        """The steps checked on entry about which nothing could be decided."""
        return tuple(s for s in self.steps if s.name in self.reports and self.reports[s.name].status == "inconclusive")

    def to_json(self) -> str:
        """The derivation as a document that ``load`` and ``saddlepoint verify FILE`` read."""
        return text_of(self, self.domain)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the derivation to a file, as ``to_json`` gives it."""
        Path(path).write_text(self.to_json(), encoding="utf-8")

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Derivation:
        """Read a derivation that was saved; ``verify`` then examines its steps.

        Raises
        ------
        InterchangeError
            If the file is no such document, was changed after it was saved, or holds a step that its own rule does not
            give.
        """
        return cls.from_json(Path(path).read_bytes())

    @classmethod
    def from_json(cls, text: str | bytes) -> Derivation:
        """Read what ``to_json`` gave."""
        document = Document(text)
        derivation = cls(
            document.identifier,
            domain=document.domain,
            title=document.text("title"),
            introduction=document.text("introduction"),
            references=tuple(Reference(key=k, citation=c) for k, c in document.references),
            conventions=document.conventions,
        )
        read_steps(document, derivation)
        return derivation

    def result(self, name: str) -> Step:
        """A step by its name, to be used in another derivation with ``given``."""
        return self[name]

    def verify(self, *, timeout: float | None = None, seed: int = 0, fresh: bool = False) -> DerivationReport:
        """Examine every step; ``fresh`` asks for no verdict that was kept."""
        return self._kept(examine(self, timeout=timeout or self.timeout, seed=seed, fresh=fresh))

    def report(self) -> DerivationReport:
        """What was found last about every step, decided or not; only what nobody has examined is examined."""
        return self._kept(examine(self, timeout=self.timeout, known=self.reports))

    def _kept(self, report: DerivationReport) -> DerivationReport:
        self.reports.update((r.step.name, r) for r in report.steps if r.verdict is not None)
        return report
