"""Which verdicts are kept, and when one that was kept may answer again."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from derivations.engine import cache
from derivations.engine.claims import claim_hash
from derivations.engine.kernel import kernel_digest
from derivations.engine.stored import NotStorableError, is_ours, text_of, verdict_of
from derivations.engine.verdict import Verdict
from theory.statements import Statement

DECIDED = ("proved", "enclosed", "enumerated", "refuted")


def recalled(statement: Statement, timeout: float, seed: int) -> Verdict | None:
    """The verdict found earlier on this very claim, by this very kernel with this seed, if it may answer now.

    One that more time might have improved answers only where no more time is given than it had.
    """
    key = _key(statement, seed)
    text = cache.kept(key) if key else None
    if text is None:
        return None
    try:
        document = json.loads(text)
        verdict = verdict_of(document["verdict"], statement)
    except (NotStorableError, ValueError, TypeError, KeyError):
        return None
    enough = _is_final(verdict) or timeout <= document["timeout"]
    return verdict if enough and verdict.status in DECIDED and _is_about(verdict, statement) else None


def remember(statement: Statement, verdict: Verdict, timeout: float, seed: int, kernel: str) -> None:
    """Keep a decided verdict, unless the process that found it had imported other sources than this one."""
    key = _key(statement, seed)
    if not key or kernel != kernel_digest() or verdict.status not in DECIDED or not _is_about(verdict, statement):
        return
    try:
        document: dict[str, Any] = {"timeout": timeout, "verdict": text_of(verdict, statement)}
    except NotStorableError:
        return
    cache.keep(key, json.dumps(document))


def _key(statement: Statement, seed: int) -> str:
    """What a verdict depends on; empty for a claim whose verdict is not kept."""
    if cache.folder() is None or not kernel_digest():
        return ""
    try:
        if not is_ours(statement):
            return ""
        return hashlib.sha256(f"{claim_hash(statement)} {kernel_digest()} {seed}".encode()).hexdigest()
    except (ValueError, RecursionError):
        return ""


def _is_final(verdict: Verdict) -> bool:
    return verdict.status == "proved" or (verdict.status == "refuted" and verdict.repair is not None)


def _is_about(verdict: Verdict, statement: Statement) -> bool:
    return {e.claim for e in verdict.evidence} == {claim_hash(statement)}
