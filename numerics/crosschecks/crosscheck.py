"""What a cross-check is: a question, and a run that answers it with comparisons."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from numerics.crosschecks.comparison import Comparison
from numerics.unit_store import Arrays, UnitStore

Scale = Literal["quick", "default", "full"]
SCALES: tuple[Scale, ...] = ("quick", "default", "full")
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, kw_only=True)
class CrossCheck:
    """A question put to networks.

    Attributes
    ----------
    identifier
        Its name on the command line.
    title, question
        For people.
    answer
        The work behind `run`.
    """

    identifier: str
    title: str
    question: str
    answer: Callable[[Run], tuple[Comparison, ...]]

    def run(
        self,
        *,
        seed: int = 0,
        scale: Scale = "default",
        progress: Progress | None = None,
        store: UnitStore | None = None,
    ) -> tuple[Comparison, ...]:
        """Sample or train the networks and compare.

        Parameters
        ----------
        seed
            Fixes every network of the run.
        scale
            "quick" a few seconds, "default" at most a minute, "full" as long as it takes.
        progress
            Called with (done, total, message) after each unit of work.
        store
            Finished units are put there at once, and taken from there.

        Raises
        ------
        ValueError
            For a scale that is none of the three, or a negative seed.
        """
        if scale not in SCALES:
            raise ValueError(f"expected one of the scales {', '.join(SCALES)}; found {scale!r}")
        if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
            raise ValueError(f"expected an integer seed of at least 0; found {seed!r}")
        return self.answer(Run(seed=seed, scale=scale, progress=progress, store=store))


@dataclass(frozen=True, kw_only=True)
class Run:
    """How a cross-check is to be run, and the keeping of its units."""

    seed: int
    scale: Scale
    progress: Progress | None = None
    store: UnitStore | None = None

    def unit(self, key: Mapping[str, Any], number: int, compute: Callable[[], Arrays]) -> Arrays:
        """A unit's arrays: from the store if they are there, else computed and put there."""
        if self.store is None:
            return compute()
        run = {"seed": self.seed, **key}
        if not self.store.has(run, unit=number):
            self.store.put(run, dict(compute()), unit=number)
        return self.store.get(run, unit=number).arrays

    def report(self, done: int, total: int, message: str) -> None:
        """Tell whoever is watching."""
        if self.progress is not None:
            self.progress(done, total, message)
