"""What one self-test asks: which identities, how many claims made of each, how long for each."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from derivations.grading.subjects import subject, subject_names
from derivations.grading.suite import Amount

EVERYTHING = 10**6


@dataclass(frozen=True, kw_only=True)
class Scale:
    """The size of a self-test.

    Attributes
    ----------
    identities
        Of each family, at most.
    amount
        What is made of each.
    timeout
        Seconds for one verdict.
    """

    identities: int
    amount: Amount
    timeout: float


SCALES = {
    "quick": Scale(identities=1, amount=Amount(rewritten=1, wrong=1, attempts=2, patience=1.0), timeout=5.0),
    "default": Scale(identities=4, amount=Amount(rewritten=1, wrong=2, attempts=4, patience=2.0), timeout=10.0),
    "full": Scale(identities=EVERYTHING, amount=Amount(), timeout=30.0),
}


@dataclass(frozen=True, kw_only=True)
class Unit:
    """The claims made of one known identity: what a worker does at a time."""

    family: str
    name: str
    scale: str
    seed: int

    def key(self, kernel: str) -> dict[str, Any]:
        """All that decides its grades, with the digest of the code that gives them."""
        return {"selftest": self.name, "of": self.family, "scale": self.scale, "seed": self.seed, "kernel": kernel}


def units(scale: str, seed: int, families: tuple[str, ...] = ()) -> tuple[Unit, ...]:
    """What a self-test does, a sample drawn with the seed where not all identities are wanted.

    Raises
    ------
    ValueError
        If a family does not exist.
    """
    chosen = families or subject_names()
    return tuple(Unit(family=f, name=n, scale=scale, seed=seed) for f in chosen for n in _drawn(f, scale, seed))


def _drawn(family: str, scale: str, seed: int) -> list[str]:
    names = [i.name for i in subject(family).identities]
    count = min(SCALES[scale].identities, len(names))
    drawn = set(random.Random(f"{seed} {family}").sample(names, count))
    return [n for n in names if n in drawn]
