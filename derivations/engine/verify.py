"""``verify``: examine a claim in a process that can be killed, and say what the routes found."""

from __future__ import annotations

import pickle
from dataclasses import replace

from derivations.engine.claims import claim_hash
from derivations.engine.evidence import Evidence
from derivations.engine.examine import answered
from derivations.engine.failure import UNREADABLE, Failure, failure
from derivations.engine.fork import can_fork, in_a_copy
from derivations.engine.memory import recalled, remember
from derivations.engine.verdict import Interim, Verdict
from derivations.engine.worker import SHARED, NoWorkerError, WorkerLostError, WorkerTimeoutError
from theory.statements import Definition, Postulate, Statement

GRACE = 0.5
"""Seconds beyond the time limit before the worker is killed: it stops by itself where it can."""
LONGEST = 1e6
"""Seconds that a claim may be given at most."""


def verify(
    statement: Statement, *, timeout: float = 30.0, seed: int = 0, fresh: bool = False, repair: bool = True
) -> Verdict:
    """Examine a claim.

    Parameters
    ----------
    statement
        An ``Identity`` or another statement of ``theory.statements``.
    timeout
        Seconds after which the answer is ``inconclusive``. Beyond the usual 30 every route may work longer, in
        proportion: on a slow machine, or for a claim that the usual limits leave undecided.
    seed
        Of the random points: the same seed gives the same verdict.
    fresh
        Examine it anew, even if a verdict on it was kept.
    repair
        Whether to look for what would make a refuted claim true.

    Raises
    ------
    TypeError
        If ``statement`` is a definition, a postulate or no statement: nothing about it can be true or false; or if the
        seed is no integer.
    ValueError
        If the time limit is not a positive number of seconds.
    """
    _require_claim(statement)
    if not (isinstance(timeout, int | float) and 0 < timeout <= LONGEST):
        raise ValueError(f"the time limit is a number of seconds above 0 and at most {LONGEST:g}; found {timeout!r}")
    if not isinstance(seed, int):
        raise TypeError(f"the seed is an integer; found {seed!r}")
    known = None if fresh else recalled(statement, timeout, seed)
    return known or _examined(statement, timeout, seed, repair)


def _require_claim(statement: object) -> None:
    if isinstance(statement, Definition | Postulate):
        raise TypeError(f"a {type(statement).__name__} has no verdict: it is not a claim; found {statement!r}")
    if not isinstance(statement, Statement):
        raise TypeError(f"verify takes a statement such as Identity(left, right, domain); found {statement!r}")


def _examined(statement: Statement, timeout: float, seed: int, repair: bool) -> Verdict:
    try:
        return _verdict(statement, _answer(statement, timeout, seed, repair), timeout, seed, repair)
    except WorkerTimeoutError:
        return _undecided(statement, f"stopped at its time limit of {timeout:g} s")
    except RecursionError:
        return _undecided(statement, "the expression is nested too deeply")
    except WorkerLostError as error:
        return _undecided(statement, str(error))
    except NoWorkerError as error:
        return _in_this_process(statement, timeout, seed, repair, str(error))


def _answer(statement: Statement, timeout: float, seed: int, repair: bool) -> object:
    """What the worker answers; what a copy of this process answers where only this one knows the classes."""
    try:
        found = SHARED.request((statement, timeout, seed, repair), timeout + GRACE)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        found = failure(error, UNREADABLE)
    if not (isinstance(found, Failure) and found.kind == UNREADABLE):
        return found
    if not can_fork():
        raise NoWorkerError(found.text)
    return in_a_copy(lambda: answered(statement, timeout, seed, repair), timeout + GRACE)


def _verdict(statement: Statement, found: object, timeout: float, seed: int, repair: bool) -> Verdict:
    if isinstance(found, Interim):
        return _about(statement, found.answer)  # not kept: with more time it might have come with a repair
    if isinstance(found, Verdict):
        verdict = _about(statement, found)
        if repair or verdict.status != "refuted":
            remember(statement, verdict, timeout, seed, SHARED.kernel)
        return verdict
    told = f"{found.kind}: {found.text}" if isinstance(found, Failure) else f"no answer but {type(found).__name__}"
    return _undecided(statement, told)


def _about(statement: Statement, verdict: Verdict) -> Verdict:
    """The verdict, after a check that its evidence is about this very claim."""
    claims, own = {e.claim for e in verdict.evidence if e.claim}, claim_hash(statement)
    if claims <= {own}:
        return verdict
    # SymPy evaluates what it reads: -(x - 8)/8, left so by its `factor`, arrives at the worker as 1 - x/8.
    if claims <= {claim_hash(pickle.loads(pickle.dumps(statement)))}:
        found = (replace(e, claim=own) if e.claim else e for e in verdict.evidence)
        return replace(verdict, evidence=tuple(found))
    return _undecided(statement, "the answer was about another claim, which is a fault of the engine: please report it")


def _undecided(statement: Statement, reason: str) -> Verdict:
    try:
        claim = claim_hash(statement)
    except (RecursionError, ValueError):
        claim = ""
    return Verdict(evidence=(Evidence(route="exact", outcome="undecided", claim=claim, reason=reason),))


def _in_this_process(statement: Statement, timeout: float, seed: int, repair: bool, why: str) -> Verdict:
    """Without a worker: the verdict is as good, but nothing can stop a call that hangs."""
    verdict = answered(statement, timeout, seed, repair)
    note = f"examined in the calling process, without a hard time limit ({why})"
    extra = Evidence(route="exact", outcome="undecided", claim=claim_hash(statement), reason=note)
    return Verdict(evidence=(*verdict.evidence, extra), repair=verdict.repair)
