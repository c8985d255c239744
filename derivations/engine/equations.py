"""Equations on a domain through the routes: two balls, the exact route, then the remaining balls."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, islice

import sympy as sp

from derivations.engine.evidence import Evidence
from derivations.engine.routes import divergence, enclosed, exact, modular
from derivations.engine.routes.budget import Budget
from derivations.engine.routes.certificates import integration
from derivations.engine.routes.enclosures.brinks import brinks
from derivations.engine.routes.enclosures.comparisons import simple_points
from derivations.engine.routes.enclosures.hidden import MOST_BITS, bits_to_see, visible_at
from derivations.engine.routes.enclosures.switches import Places, switches
from derivations.engine.routes.question import Question
from derivations.engine.routes.sampling import distant_points, points
from derivations.engine.shown import with_shown
from derivations.engine.shrink import smallest
from theory.averages import GaussianMean
from theory.domain import Assignment, Domain
from theory.nodes import distinct_nodes
from theory.sums import Binder, Sigma

FIRST_POINTS = 2
POINTS = 24
POINTS_BESIDE_PROOF = 8
BALL_SECONDS = 2.0
CLOSE_POINTS = 4
"""Points tried for one at which a feasible precision shows every term."""
SWITCH_SECONDS = 2.0
CORNERS = 8
BASES = 4
"""Simple points, and points through which lines are drawn, where the sides may change their form."""
BRINKS = 2
"""Points around which the ends of the domain are looked at."""
BRINK_SECONDS = 1.0
BRINK_EVALUATIONS = 4000
COARSE = (128,)
"""One precision that is enough to refute what fails there, and as few values of integrands: it must be quick."""
LARGE = 400
"""Nodes of the equations from which on a normal form may be slow."""
NESTED_SECONDS = 8.0
NESTED_PRECISIONS = (112, 256)
"""Integrals of integrals are slow: they get more time, and no more digits than they need."""
FAR = 1000
FAR_SUMS = 12
"""Largest sizes beyond the small ones: in formulas, and in sums that are written out."""
FAR_SECONDS = 0.5
FAR_POINT_SECONDS = 0.1
"""Work for points with sizes of tens to a thousand, which grow until one of them takes that long."""
FAR_PRECISIONS = (340, 1360)
"""Terms of a sum of a thousand terms cancel to hundreds of digits."""


@dataclass(frozen=True, kw_only=True)
class Task:
    """Equations to examine: for the exact route as expressions, for the balls perhaps point by point.

    ``proof`` takes the place of the normal form where a kind of statement has an exact route of its own; ``first``
    are points to begin with.
    """

    pairs: enclosed.Pairs
    domain: Domain
    claim: str
    source: enclosed.Source | None = None
    notes: tuple[str, ...] = ()
    technique: str = ""
    proof: Callable[[], Evidence] | None = None
    first: tuple[Assignment, ...] = ()
    forms: enclosed.Pairs = field(default_factory=list)
    """Expressions in whose symbols the equations may change their form, beside the equations themselves."""

    def proved(self) -> Evidence:
        """What the exact route says."""
        if self.proof is not None:
            return self.proof()
        if not self.pairs:
            reason = "it is written out at concrete sizes only"
            return Evidence(route="exact", outcome="undecided", claim=self.claim, reason=reason)
        found = exact.prove(self.pairs, self.domain, self.claim, self.technique)
        if found.outcome == "proves" or not any(side.has(sp.Integral) for pair in self.pairs for side in pair[:2]):
            return found
        further = integration.prove(self.pairs, self.domain, self.claim)
        return further if further.outcome == "proves" else found


def equations(task: Task, deadline: float, seed: int) -> tuple[Evidence, ...]:
    """Two ball points, the exact route, then the remaining balls."""
    findings = enclosed.Findings()
    source = task.source if task.source is not None else task.pairs
    drawn: Iterator[Assignment] = chain(task.first, points(task.domain, random.Random(seed), _far(task)))
    nested = _is_nested(task)
    budget = Budget.of(NESTED_SECONDS if nested else BALL_SECONDS, deadline)
    precisions = NESTED_PRECISIONS if nested else enclosed.PRECISIONS
    try:
        enclosed.examine(findings, source, drawn, FIRST_POINTS, budget, precisions=precisions)
        if findings.refutation is not None:
            return (_refutation(findings, task, source),)
        modular_first = _modular(task, seed) if _is_large(task) else ()
        if any(e.outcome == "refutes" for e in modular_first):
            return modular_first
        proof = task.proved()
        wanted = POINTS_BESIDE_PROOF if proof.outcome == "proves" else POINTS
        enclosed.examine(findings, source, drawn, wanted, budget, precisions=precisions)
        proves = proof.outcome == "proves"
        is_seen = proves or _integrates(task) or _looked_closely(findings, task, source, seed, budget)
        unexamined = "" if proves else _looked_at_switches(findings, task, source, seed, deadline)
        if not proves:
            _looked_far(findings, task, source, seed, deadline)
        if findings.refutation is not None:
            return (proof, _refutation(findings, task, source))
        needed = proof.outcome != "proves" or not findings.agreeing
        modular_last = modular_first or (_modular(task, seed) if needed else ())
        diverging = None if proves and findings.agreeing else _diverging(findings, task, seed)
    except ValueError as error:
        return (Evidence(route="enclosed", outcome="undecided", claim=task.claim, reason=str(error)),)
    if diverging is not None:
        return (proof, diverging)
    agreed = any(e.outcome == "agrees" for e in modular_last)
    balls = enclosed.evidence_of(findings, task.domain, task.claim, task.notes)
    if unexamined and balls.outcome == "agrees" and not agreed:
        balls = replace(balls, outcome="undecided", reason=unexamined)
    found = (proof, *modular_last, balls if is_seen or agreed else _with_hidden_terms(balls))
    return with_shown(
        Question(
            pairs=task.pairs, source=source, domain=task.domain, claim=task.claim, found=found, deadline=deadline,
            seed=seed,
        )
    )  # fmt: skip


def _diverging(findings: enclosed.Findings, task: Task, seed: int) -> Evidence | None:
    """A simple point at which one side is an integral or a sum that diverges, where no ball could be made of it."""
    if not (findings.unknown or findings.vague or findings.undefined) or task.source is not None:
        return None
    looked = chain(
        islice(simple_points(task.domain), CORNERS), islice(points(task.domain, random.Random(seed)), CORNERS)
    )
    return divergence.refutation(task.pairs, looked, task.claim)


def _looked_closely(
    findings: enclosed.Findings, task: Task, source: enclosed.Source, seed: int, budget: Budget
) -> bool:
    """Look once more, so precisely that no small term is lost; whether there is a point at which that is feasible."""
    drawn = islice(points(task.domain, random.Random(seed + 1)), CLOSE_POINTS)
    found = visible_at(drawn, source, enclosed.FINEST[0])
    if found is None:
        return False
    point, bits = found
    before = findings.agreeing
    enclosed.examine(findings, source, iter([point]), before + 1, budget, 1, (bits,))
    looked = findings.agreeing > before or findings.refutation is not None
    return looked or bits == enclosed.FINEST[0]


def _looked_far(findings: enclosed.Findings, task: Task, source: enclosed.Source, seed: int, deadline: float) -> None:
    """Look at sizes of tens to a thousand, as far as a point takes little work: what is not proved may fail there."""
    if findings.refutation is not None or not findings.agreeing or not _far(task):
        return
    budget = Budget.of(FAR_SECONDS, deadline)
    for point in distant_points(task.domain, random.Random(seed + 3)):
        looked, started = enclosed.Findings(), time.thread_time()
        looked.take(source, point, FAR_PRECISIONS)
        findings.refutation = looked.refutation
        findings.agreeing += looked.agreeing
        findings.sizes |= looked.sizes
        long = time.thread_time() - started > FAR_POINT_SECONDS
        if looked.refutation is not None or long or budget.is_spent:
            return


def _looked_at_switches(
    findings: enclosed.Findings, task: Task, source: enclosed.Source, seed: int, deadline: float
) -> str:
    """Look where the sides change their form, at the ends and close to them; what stays unexamined."""
    if findings.refutation is not None or not findings.agreeing:
        return ""
    budget = Budget.of(SWITCH_SECONDS, deadline)
    places = Places(switches([*task.pairs, *task.forms], task.domain), task.domain)
    simple = list(islice(simple_points(task.domain), CORNERS))
    bases = [*islice(points(task.domain, random.Random(seed + 2)), BASES), *simple[:1]]
    vague = ""
    for point in chain(simple, places.points(bases)):
        looked = enclosed.Findings()
        looked.take(source, point, _precisions_at(point, task, source))
        if looked.refutation is not None:
            findings.refutation = looked.refutation
            return ""
        if looked.vague and not vague:
            vague = "the balls stay too large at " + ", ".join(f"{n} = {v}" for n, v in point.values.items())
        if budget.is_spent:
            break
    _looked_at_brinks(findings, task, source, bases[:BRINKS], Budget.of(BRINK_SECONDS, deadline))
    mostly = findings.undefined > findings.agreeing
    return vague or places.unexamined or ("at most of the points a side is not finite" if mostly else "")


def _looked_at_brinks(
    findings: enclosed.Findings, task: Task, source: enclosed.Source, bases: list[Assignment], budget: Budget
) -> None:
    """Look for a refutation close to the ends of the domain, where a ball may well be too large to say anything."""
    for point in brinks(task.domain, bases):
        looked = enclosed.Findings()
        looked.take(source, point, COARSE, BRINK_EVALUATIONS)
        findings.refutation = findings.refutation or looked.refutation
        if findings.refutation is not None or budget.is_spent:
            return


def _precisions_at(point: Assignment, task: Task, source: enclosed.Source) -> tuple[int, ...]:
    """So fine that no small term is lost at the point, where that is quick."""
    if _integrates(task):
        return enclosed.PRECISIONS
    return (min(max(enclosed.PRECISIONS[-1], bits_to_see(point, source)), MOST_BITS),)


def _with_hidden_terms(evidence: Evidence) -> Evidence:
    """Agreement that says nothing of the terms that are lost beside much larger ones."""
    if evidence.outcome != "agrees":
        return evidence
    return replace(
        evidence, outcome="undecided", reason="terms are too small to be seen beside others at the points tried"
    )


def _is_large(task: Task) -> bool:
    """Whether the equations are so large that the quick modular route comes before the normal form."""
    nodes = (node for pair in task.pairs for side in pair[:2] for node in distinct_nodes(side))
    return sum(1 for _ in islice(nodes, LARGE)) == LARGE


def _modular(task: Task, seed: int) -> tuple[Evidence, ...]:
    """What the modular route finds, if both sides of all equations are rational."""
    program = modular.program_of(task.pairs) if task.pairs and task.source is None else None
    if program is None:
        return ()
    return (modular.examine(program, task.domain, task.claim, task.notes, seed),)


def _integrates(task: Task) -> bool:
    """Whether a ball needs a quadrature, which is slow at the finest precision."""
    return any(side.has(GaussianMean, sp.Integral) for pair in task.pairs for side in pair)


def _is_nested(task: Task) -> bool:
    """Whether an integral stands in another."""
    kinds = (GaussianMean, sp.Integral)
    found = {node for pair in task.pairs for side in pair for node in side.atoms(*kinds)}
    return any(len(getattr(node, "limits", ())) > 1 or node.args[0].has(*kinds) for node in found)


def _far(task: Task) -> int:
    """How far beyond the small sizes the points go: as far as what is written out at them stays small."""
    if task.source is not None:
        return 0
    binders = {type(b) for pair in task.pairs for side in pair for b in side.atoms(Binder)}
    if binders - {Sigma}:
        return 0
    return FAR_SUMS if binders else FAR


def _refutation(findings: enclosed.Findings, task: Task, source: enclosed.Source) -> Evidence:
    """The refutation at the smallest point that was found."""

    def fails(point: Assignment) -> enclosed.Reading | None:
        attempt = enclosed.Findings()
        attempt.take(source, point)
        return attempt.refutation[1] if attempt.refutation else None

    if findings.refutation is not None:
        findings.refutation = smallest(*findings.refutation, fails)
    return enclosed.evidence_of(findings, task.domain, task.claim, task.notes)
