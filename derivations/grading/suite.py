"""The suite: every known identity, rewritten and mutated, and the steps of our own derivations."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from derivations.grading.grade import Case, Labeled
from derivations.grading.rewriting import forms_of
from derivations.grading.slips import slips_of
from derivations.grading.truth import true_by_oracle
from derivations.identities.known import KnownIdentity
from theory.statements import Statement


@dataclass(frozen=True, kw_only=True)
class Amount:
    """How many claims are made of each known identity.

    Attributes
    ----------
    rewritten
        Rewritten forms.
    wrong
        Mutants that the oracle calls different,
    attempts
        among at most so many mutants.
    patience
        Seconds that the oracle may think about one claim.
    """

    rewritten: int = 2
    wrong: int = 5
    attempts: int = 12
    patience: float = 6.0


def cases_of(family: str, known: KnownIdentity, amount: Amount, seed: int = 0) -> Iterator[Labeled]:
    """The claim itself, rewritten forms of it, and mutants until enough of them are wrong."""
    yield _labeled(family, known.name, "known", "", known.statement, amount, seed)
    rng = random.Random(f"{seed} {family} {known.name}")
    for text, statement in islice(forms_of(known.statement, rng), amount.rewritten):
        yield _labeled(family, known.name, "rewritten", text, statement, amount, seed)
    wrong = 0
    for slip in islice(slips_of(known.statement, rng), amount.attempts):
        if wrong == amount.wrong:
            return
        found = _labeled(family, known.name, "mutant", f"{slip.kind}: {slip.text}", slip.changed, amount, seed)
        wrong += found.truth.word == "different"
        yield found


def _labeled(
    family: str, name: str, form: str, change: str, statement: Statement, amount: Amount, seed: int
) -> Labeled:
    case = Case(family=family, name=name, form=form, change=change, statement=statement)
    return Labeled(case=case, truth=true_by_oracle(statement, seed=seed, seconds=amount.patience))
