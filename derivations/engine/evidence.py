"""What one route found about one claim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

import sympy as sp

OUTCOMES = ("proves", "agrees", "refutes", "doubts", "undecided")
SHOWN = frozenset({"second system", "two quadratures"})
"""Routes whose findings are shown and never counted: they are not rigorous, or not ours to answer for."""


@dataclass(frozen=True, kw_only=True)
class Counterexample(Mapping[sp.Basic, sp.Expr]):
    """A point where a claim fails: symbols mapped to exact numbers, and what both sides are there.

    Attributes
    ----------
    values
        Pairs of a symbol (or an entry of a family, or a size) and its exact value.
    left, right
        Both sides at the point, as decimal text with at least twelve correct digits, or ``diverges`` and
        the like where a side has no value.
    note
        What else a reader needs, such as the order of a Taylor coefficient.
    """

    values: tuple[tuple[sp.Basic, sp.Expr], ...]  # pyright: ignore[reportIncompatibleMethodOverride]
    left: str
    right: str
    note: str = ""

    def __getitem__(self, key: sp.Basic) -> sp.Expr:
        return dict(self.values)[key]

    def __iter__(self) -> Iterator[sp.Basic]:
        return iter(name for name, _ in self.values)

    def __len__(self) -> int:
        return len(self.values)

    def __str__(self) -> str:
        at = ", ".join(f"{name} = {value}" for name, value in self.values)
        note = f" ({self.note})" if self.note else ""
        return f"{f'at {at}' if at else 'as it stands'}: left = {self.left}, right = {self.right}{note}"

    def to_json(self) -> dict[str, Any]:
        """Plain data: values as text, so that they stay exact."""
        values = {str(name): str(value) for name, value in self.values}
        return {"values": values, "left": self.left, "right": self.right, "note": self.note or None}


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """The outcome of one route on one claim.

    Attributes
    ----------
    route
        ``exact``, ``enclosed``, ``modular``, ``enumerated`` or ``measured``; or one of ``SHOWN``.
    outcome
        ``proves``, ``agrees`` (supports without proving), ``refutes`` or ``undecided``; ``doubts`` (speaks against it
        without refuting) from a route that is not counted.
    technique
        How it was found, in a few words.
    engine
        The program that did it, with its version.
    points
        How many points or instances were examined.
    digits
        Decimal digits to which the worst agreeing point agrees.
    seconds
        Time spent.
    kernel
        First digits of the digest of our own sources and of the versions under them.
    claim
        Hash of the exact claim.
    reason
        Why it is undecided, or what else a reader should know.
    instances
        The sizes tried, as text.
    counterexample
        Where the claim fails, if it was refuted.
    complete
        Whether the points are the whole domain, as for a claim without symbols.
    conditions
        What must hold besides for the use that the claim is made for, in words: the boundary obligations of densities
        that are equal up to a total derivative.
    """

    route: str
    outcome: str
    technique: str = ""
    engine: str = ""
    points: int = 0
    digits: int = 0
    seconds: float = 0.0
    kernel: str = ""
    claim: str = ""
    reason: str = ""
    instances: tuple[str, ...] = ()
    counterexample: Counterexample | None = None
    complete: bool = False
    conditions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.outcome not in OUTCOMES:
            raise ValueError(f"the outcome of a route is one of {', '.join(OUTCOMES)}; found {self.outcome!r}")
        if (self.outcome == "refutes") != (self.counterexample is not None):
            raise ValueError("a refutation comes with its counterexample, and nothing else does")
        if self.outcome in (("doubts",) if self.is_counted else ("proves", "refutes")):
            raise ValueError(
                f"the route {self.route!r} is {'' if self.is_counted else 'not '}counted: it never {self.outcome}"
            )

    @property
    def is_counted(self) -> bool:
        """Whether the verdict depends on it."""
        return self.route not in SHOWN

    @property
    def told_outcome(self) -> str:
        """The outcome as a reader sees it, who must not take for counted what is not."""
        return self.outcome if self.is_counted else f"{self.outcome} (not counted)"

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        found = self.counterexample
        plain = {f.name: getattr(self, f.name) for f in fields(self)}
        return {
            **plain,
            "counted": self.is_counted,
            "instances": list(self.instances),
            "conditions": list(self.conditions),
            "counterexample": found.to_json() if found is not None else None,
        }
