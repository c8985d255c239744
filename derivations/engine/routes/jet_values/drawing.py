"""Jets for one claim: residues modulo a prime, or small rational numbers."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import flint
import sympy as sp

from derivations.engine.routes.jet_values.euler import Sides
from derivations.engine.routes.jet_values.leaves import JetPoint, framed
from derivations.engine.routes.jet_values.rings import PRIME_BITS
from theory.domain import Domain

Chosen = Mapping[tuple[Any, tuple[int, ...]], int]
"""The derivatives of fields that are not zero."""


@dataclass(kw_only=True)
class Jets:
    """Draws jets for one claim."""

    sides: Sides
    domain: Domain
    rng: random.Random

    def prime(self) -> int:
        """A random prime of 27 bits."""
        while True:
            candidate = self.rng.getrandbits(PRIME_BITS) | (1 << (PRIME_BITS - 1)) | 1
            if flint.fmpz(candidate).is_prime():
                return candidate

    def residues(self, prime: int) -> JetPoint:
        """A jet of random residues."""
        return framed(self.sides.metrics, lambda *_: self.rng.randrange(prime), self.rng, prime - 1)

    def weights(self, span: int) -> dict[Any, int]:
        """A random weight for each field."""
        return {f: self.rng.randint(1, span) for f in self.sides.fields}

    def parameters(self) -> dict[Any, Fraction]:
        """Small values of the parameters, in the domain, all different: 1 or 0 would hide a power or a term."""
        free = [sp.Integer(k) for k in (2, 3, 5, 7)] + [sp.Rational(1, k) for k in (2, 3, 5, 7)]
        given = {}
        for name in self.sides.parameters:
            fitting = [v for v in free if self.domain.sets[name].contains(v) == True]  # noqa: E712
            if fitting:
                given[name] = fitting[0]
                free.remove(fitting[0])
        point = self.domain.sample(self.rng, fixed={} if self.domain.constraints else given)
        values: dict[Any, Any] = {name: point(name) for name in self.sides.parameters}
        return {name: Fraction(int(v.p), int(v.q)) for name, v in values.items()}

    def rational(self, span: int, parameters: Mapping[Any, Fraction], chosen: Chosen | None = None) -> JetPoint:
        """A jet of small integers; with ``chosen``, all derivatives but these are zero and metrics are diagonal."""

        def draw(name: Any, places: tuple[int, ...]) -> Any:
            if name in parameters:
                return parameters[name]
            if chosen is not None:
                return chosen.get((name, places), 0)
            return self.rng.randint(-span, span)

        if chosen is None:
            return framed(self.sides.metrics, draw, self.rng, span)
        return _diagonal(self.sides, draw, self.rng)


def _diagonal(sides: Sides, draw: Any, rng: random.Random) -> JetPoint:
    """A jet at which metrics are diagonal with entries of 1 and -1."""
    frames, numbers = {}, {}
    for metric in sides.metrics:
        signs = [rng.choice((-1, 1, 1)) for _ in range(metric.dimension)]
        for component in metric.components:
            numbers[component, ()] = 0
        for place, sign in enumerate(signs):
            numbers[metric.component(place, place), ()] = sign
        frames[metric] = (None, 1)
    return JetPoint(draw=draw, numbers=numbers, frames=frames)
