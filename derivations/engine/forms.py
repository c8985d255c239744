"""The forms in which a claim can be examined: as it stands, where its premises hold, or side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derivations.engine.branches import on_a_branch
from derivations.engine.combination import combination
from derivations.engine.evidence import Evidence
from derivations.engine.ground import Ground
from derivations.engine.premises import connected, consequence, covers, cut_out, explicit_function
from derivations.engine.reduction import reduced
from derivations.engine.step import Step
from derivations.engine.undetermined import in_letters
from derivations.engine.verdict import STATUSES, Verdict
from derivations.engine.verify import verify
from derivations.operations.equation import Done
from theory.domain import Domain
from theory.statements import Identity, Inequality, Statement
from theory.sums import Binder, free_names


@dataclass(frozen=True, kw_only=True)
class Form:
    """Claims that together establish a step under some premises.

    ``decides`` is whether a refutation of them refutes the step; otherwise they only support it. What ``accepts``
    nothing can only refute. A verdict on them is ``told`` of the step's own claim.
    """

    checked: tuple[Statement, ...]
    given: tuple[Step, ...] = ()
    decides: bool = True
    accepts: bool = True
    told: Callable[[Verdict], Verdict] = lambda verdict: verdict


@dataclass(frozen=True, kw_only=True)
class Found:
    """What was examined for a step, under which premises, and with what verdict; ``doubt`` if nothing could be."""

    verdict: Verdict
    checked: tuple[Statement, ...] = ()
    given: tuple[Step, ...] = ()
    doubt: str = ""


def stated_forms(ground: Ground, statement: Statement, parents: tuple[Step, ...] = ()) -> Iterable[Form]:
    """For a claim that its author states: by itself first, then under the premises that share names with it.

    ``parents`` that hold under premises themselves may be used like these.
    """
    claim = ground.plain(statement)
    given = connected(claim, ground.premises)
    yield Form(checked=(claim,), decides=not given)
    if isinstance(claim, Identity) and any(e.atoms(AppliedUndef) for e in claim.expressions()):
        yield Form(checked=(in_letters(claim),), decides=False)
    if given:
        equations = _equations(ground, given)
        narrowed = _narrowed(ground, claim, given)
        placed = _placed(claim, narrowed) if narrowed is not None else None
        if placed is not None:
            yield Form(checked=(placed,), given=given)
        else:
            earlier = tuple(p for p in parents if p.given)
            known = (*_equations(ground, earlier), *equations)
            under = tuple(dict.fromkeys((*given, *(p for step in earlier for p in step.given))))
            held = ground.held(under)
            following = consequence(claim, known, held) if earlier else None
            if following is not None:
                yield Form(checked=(following,), given=under, decides=False)
            following = consequence(claim, equations)
            if following is not None:
                yield Form(checked=(following,), given=given, decides=_is_settled(claim, equations, len(given)))
            yield from _reduced_forms(claim, equations, given)
            yield from _combined_forms(claim, known, under, held)
            yield from _forms_on_a_branch(claim, equations, given)


def _combined_forms(
    claim: Statement, equations: Sequence[Identity], given: tuple[Step, ...], held: frozenset[Any]
) -> Iterable[Form]:
    """The claim as a combination of equations and their derivatives; that none is found says nothing."""
    if not isinstance(claim, Identity) or isinstance(claim.left, sp.MatrixBase):
        return
    found = combination(claim, [e for e in equations if covers(e, claim)], held)
    if found is not None:
        yield Form(checked=(in_letters(found),), given=given, decides=False)


def _forms_on_a_branch(claim: Statement, equations: Sequence[Identity], given: tuple[Step, ...]) -> Iterable[Form]:
    """The claim where its function's own equation has a simple solution, if that is all that is assumed."""
    if not isinstance(claim, Identity) or isinstance(claim.left, sp.MatrixBase):
        return
    if len(given) == len(equations) == 1 and covers(equations[0], claim):
        found = on_a_branch(claim, equations[0])
        if found is not None:
            yield Form(checked=(found.claim,), given=given, accepts=False, told=found.told)


def _reduced_forms(claim: Statement, equations: Sequence[Identity], given: tuple[Step, ...]) -> Iterable[Form]:
    """The claim with its functions' equations put in; it decides where these are all that is assumed."""
    if not isinstance(claim, Identity) or not all(covers(e, claim) for e in equations):
        return
    found = reduced(claim, equations)
    if found is not None:
        yield Form(checked=(found.claim,), given=given, decides=found.settled and len(equations) == len(given))


def _is_settled(claim: Statement, equations: Sequence[Identity], premises: int) -> bool:
    """Whether a claim says no less than what it becomes: the premises say what each of its functions is."""
    stated = {explicit_function(e) for e in equations if covers(e, claim)}
    used = set().union(*(e.atoms(AppliedUndef) for e in claim.expressions()))
    return len(equations) == premises and None not in stated and used <= stated


def computed_forms(ground: Ground, done: Done, given: tuple[Step, ...]) -> Iterable[Form]:
    """For the outcome of an operation: directly, or each side against the operation as it is written."""
    claim = ground.plain(done.statement)
    narrowed = _narrowed(ground, claim, given) if given else claim.domain
    if narrowed is not None:
        yield Form(checked=(claim.replaced(domain=narrowed) if given else claim,), given=given)
    if done.written is not None:
        new: Any = done.statement
        pairs = zip((new.left, new.right), done.written, strict=True)
        sides = tuple(_side(ground, done.statement, side, written) for side, written in pairs)
        yield Form(checked=sides, given=given, decides=False)


def needed(ground: Ground, done: Done, given: tuple[Step, ...]) -> tuple[Statement, ...]:
    """What an operation needs, where the premises hold."""
    plain = (ground.plain(claim) for claim in done.obligations)
    return tuple(_where(ground, claim, given) for claim in plain if not _is_assumed(ground, claim, given))


def assumed(ground: Ground, done: Done) -> tuple[Step, ...]:
    """The premises that state what an operation needs: that something is above zero, where it must not vanish."""
    needs = [claim for claim in map(ground.plain, done.obligations) if isinstance(claim, Inequality)]
    gaps = {claim.gap for claim in needs if claim.relation == ">"}
    return tuple(p for p in ground.premises if _strict_gap(ground, p) in gaps or _square(ground, p) in gaps)


def _strict_gap(ground: Ground, premise: Step) -> Any:
    bound = ground.plain_of(premise)
    return bound.gap if isinstance(bound, Inequality) and bound.strict else None


def _square(ground: Ground, premise: Step) -> Any:
    gap = _strict_gap(ground, premise)
    return None if gap is None else gap**2


def _is_assumed(ground: Ground, claim: Statement, given: tuple[Step, ...]) -> bool:
    if not isinstance(claim, Inequality) or claim.relation != ">":
        return False
    return any(claim.gap in (_strict_gap(ground, p), _square(ground, p)) for p in given)


def examined(forms: Iterable[Form], premises: Iterable[Step], timeout: float) -> Found:
    """Try the forms in turn: the first that holds, or that refutes where it may; else what stayed open."""
    still_open: Found | None = None
    for form in forms:
        verdicts = (verify(c, timeout=timeout, repair=form.decides) for c in form.checked)
        verdict = min(verdicts, key=lambda v: STATUSES.index(v.status))
        found = Found(verdict=form.told(verdict), checked=form.checked, given=form.given)
        if (verdict.holds and form.accepts) or (form.decides and verdict.holds is False):
            return found
        if form.decides and form.accepts:
            still_open = still_open or found
    return still_open or _doubtful(tuple(premises))


def _doubtful(given: tuple[Step, ...]) -> Found:
    names = ", ".join(repr(p.name) for p in given)
    doubt = f"not seen to follow from {names}; compute it from there step by step, as with multiply or rewrite"
    evidence = Evidence(route="exact", outcome="undecided", reason=doubt)
    return Found(verdict=Verdict(evidence=(evidence,)), given=given, doubt=doubt)


def _side(ground: Ground, statement: Statement, side: Any, written: Any) -> Statement:
    missing = {n: s for n, s in ground.domain.sets.items() if n not in statement.domain.sets}
    wide = statement.domain.extended(missing).restricted(written, *statement.expressions())
    claim = ground.plain(Identity(written, side, wide))
    return in_letters(claim) if isinstance(claim, Identity) else claim


def _where(ground: Ground, claim: Statement, given: tuple[Step, ...]) -> Statement:
    narrowed = _narrowed(ground, claim, given) if given else None
    return claim.replaced(domain=narrowed) if narrowed is not None else claim


def _placed(claim: Statement, domain: Domain) -> Statement | None:
    """The claim over another domain; None if a claim of its kind cannot be made there."""
    try:
        return claim.replaced(domain=domain)
    except ValueError:
        return None


def _narrowed(ground: Ground, claim: Statement, given: tuple[Step, ...]) -> Domain | None:
    """The part of a claim's domain where the premises hold; None if a domain cannot say so."""
    plain = [ground.plain_of(p) for p in given]
    equations = [p for p in plain if isinstance(p, Identity)]
    bounds = [p for p in plain if isinstance(p, Inequality)]
    if not all(covers(p, claim) for p in (*equations, *bounds)):
        return None
    if len(equations) + len(bounds) < len(plain) or any(b.gap.has(AppliedUndef, Binder) for b in bounds):
        return None
    if any(side.has(AppliedUndef) for e in equations for side in e.expressions()):
        return None  # it says something at every value of an argument, a domain at one
    around = _around(claim, (*equations, *bounds))
    relations = [sp.Gt(b.gap, 0) if b.strict else sp.Ge(b.gap, 0) for b in bounds]
    return cut_out(around.extended(constraints=[r for r in relations if r != sp.true]), equations)


def _equations(ground: Ground, given: tuple[Step, ...]) -> list[Identity]:
    return [p for p in map(ground.plain_of, given) if isinstance(p, Identity)]


def _around(claim: Statement, equations: Sequence[Identity | Inequality]) -> Domain:
    """The claim's domain with the other symbols of the premises."""
    names = set().union(*(free_names(side) for e in equations for side in (e.left, e.right)))
    sets = {n: s for e in equations for n, s in e.domain.sets.items() if n in names}
    return claim.domain.extended({n: s for n, s in sets.items() if n not in claim.domain.sets})
