"""Claims on densities of tensor fields, decided at jets: residues modulo random primes, and rational counterexamples.

A claim that two densities are equal, or that their Euler operators are, says that a polynomial in the numbers of a jet
vanishes. Random residues show that it does, but for a probability that is bounded by its degree (Schwartz 1980, Zippel
1979). A jet of small integers where the sides differ as rational numbers refutes.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations_with_replacement, islice
from math import log2
from typing import Any, cast

import flint
import sympy as sp

from derivations.engine.evidence import Counterexample, Evidence
from derivations.engine.routes.jet_values.euler import Sides
from derivations.engine.routes.jet_values.leaves import JetPoint, framed
from derivations.engine.routes.jet_values.rings import PRIME_BITS, Rationals, Residues
from theory.domain import Domain

ENGINE = f"NumPy and python-flint {flint.__version__}"
PRIMES = 3_645_744
"""So many primes lie between 2^26 and 2^27."""
CERTAINTY_BITS = 100
MOST_TRIALS = 12
SEARCHED = 40
"""So many small jets are tried for a counterexample."""
EXACT_POINTS = 20
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


def examine(sides: Sides, domain: Domain, claim: str, seed: int) -> Evidence:
    """A jet where the sides differ, or a count of random residues where they agree, with the bound for an error.

    Raises
    ------
    UnsupportedError
        If a density has a part that has no value at a jet.
    """
    started = time.perf_counter()
    jets = Jets(sides=sides, domain=domain, rng=random.Random(f"jets {seed}"))
    told: dict[str, Any] | None = _agreement(jets)
    if told is None:
        found = _counterexample(jets)
        told = {"outcome": "undecided", "reason": "the sides differ modulo a prime, and at no small jet that was tried"}
        if found is not None:
            told = {"outcome": "refutes", "points": 1, "counterexample": found}
    seconds = time.perf_counter() - started
    technique = "values" if sides.is_local else "Euler operators"
    technique += " at random jets modulo random primes" if told["outcome"] != "refutes" else " at a rational jet"
    return Evidence(route="modular", technique=technique, engine=ENGINE, claim=claim, seconds=seconds, **told)


def _agreement(jets: Jets) -> dict[str, Any] | None:
    """What random residues say; None where the sides differ."""
    chance = 2 * (jets.sides.degree / 2 ** (PRIME_BITS - 1) + (jets.sides.content_bits // 26 + 1) / PRIMES)
    bits = -log2(chance)
    wanted = int(-(-CERTAINTY_BITS // bits)) if bits >= 1 else MOST_TRIALS + 1
    if wanted > MOST_TRIALS:
        return {"outcome": "undecided", "reason": "the degree is too large for a bound on the error"}
    agreed = 0
    for _ in range(2 * wanted):
        prime = jets.prime()
        try:
            left, right = jets.sides.at(Residues(prime), jets.residues(prime), jets.weights(prime - 1))
        except ZeroDivisionError:
            continue
        if left != right:
            return None
        agreed += 1
        if agreed == wanted:
            bound = f"not an identity of rational functions with probability below 2^-{int(bits * agreed)}"
            return {"outcome": "agrees", "points": agreed, "reason": bound}
    return {"outcome": "undecided", "reason": "denominators vanish at random jets"}


def exact_values(sides: Sides, domain: Domain, claim: str, seed: int) -> Evidence:
    """Both sides as rational numbers at twenty random jets: balls without a radius."""
    started = time.perf_counter()
    jets = Jets(sides=sides, domain=domain, rng=random.Random(f"rational jets {seed}"))
    count = 0
    told: dict[str, Any] = {}
    while count < EXACT_POINTS and not told:
        try:
            left, right = sides.at(Rationals(), jets.rational(2, jets.parameters()), jets.weights(9))
        except ZeroDivisionError:
            continue
        count += 1
        if left != right:
            told = {"outcome": "undecided", "reason": "the sides differ at a rational jet"}
    told = told or {"outcome": "agrees"}
    seconds = time.perf_counter() - started
    technique = f"{'values' if sides.is_local else 'Euler operators'} at random jets of rational numbers, exactly"
    return Evidence(
        route="enclosed", technique=technique, engine=ENGINE, claim=claim, points=count, seconds=seconds, **told
    )


def _counterexample(jets: Jets) -> Counterexample | None:
    """A jet with few numbers, where that is found."""
    parameters, sides = jets.parameters(), jets.sides
    for chosen in islice(_sparse(jets), SEARCHED):
        point, weights = jets.rational(2, parameters, chosen), jets.weights(5)
        try:
            left, right = sides.at(Rationals(), point, weights)
        except ZeroDivisionError:
            continue
        if left != right:
            return _shown(jets, *_smaller(jets, parameters, chosen, point, weights))
    point, weights = jets.rational(2, parameters), jets.weights(5)
    left, right = sides.at(Rationals(), point, weights)
    return _shown(jets, point, weights) if left != right else None


def _smaller(
    jets: Jets, parameters: Mapping[Any, Fraction], chosen: Chosen, point: JetPoint, weights: Mapping[Any, int]
) -> tuple[JetPoint, Mapping[Any, int]]:
    """The jet without the derivatives that the difference does not need."""
    for key in tuple(chosen):
        fewer = {k: v for k, v in chosen.items() if k != key}
        candidate = jets.rational(2, parameters, fewer)
        left, right = jets.sides.at(Rationals(), candidate, weights)
        if left != right:
            chosen, point = fewer, candidate
    return point, weights


def _sparse(jets: Jets) -> Iterator[Chosen]:
    """No derivative but one of the second order, one of the first, two of the first, and so on."""
    sides, rng = jets.sides, jets.rng
    n = len(sides.coordinates)
    fields = sorted(sides.functions, key=str)
    singles = [(f, (k,)) for f in fields for k in range(n)]
    singles += [(f, ()) for f in fields if not any(f in m.components for m in sides.metrics)]
    seconds = [(f, p) for f in fields for p in combinations_with_replacement(range(n), 2)]
    yield {}
    for _ in range(SEARCHED // 4):
        yield {rng.choice(seconds): 1}
        yield {rng.choice(singles): 1}
        yield {rng.choice(singles): 1, rng.choice(singles): 1, rng.choice(seconds): 1}
        yield {rng.choice(singles): rng.choice((-1, 1)) for _ in range(2 * n)}


def _shown(jets: Jets, point: JetPoint, weights: Mapping[Any, int]) -> Counterexample:
    """The jet, and both sides there; for Euler operators, those in one field."""
    sides, note = jets.sides, "all components and derivatives that are not named are zero"
    left, right = sides.at(Rationals(), point, weights)
    if not sides.is_local:
        for f in sides.fields:
            one, other = sides.at(Rationals(), point, {f: 1})
            if one != other:
                left, right = one, other
                note = f"Euler operators in {f.func.__name__}; {note}"
                break
    named = [(key, v) for key, v in point.numbers.items() if v != 0 or isinstance(key[0], sp.Symbol)]
    values = sorted(((_named(sides, *key), _rational(v)) for key, v in named), key=lambda item: str(item[0]))
    return Counterexample(values=tuple(values), left=str(left), right=str(right), note=note)


def _named(sides: Sides, name: Any, places: tuple[int, ...]) -> Any:
    return sp.Derivative(name, *(sides.coordinates[p] for p in places)) if places else name


def _rational(value: Any) -> Any:
    ratio = Fraction(cast(Any, value))
    return sp.Rational(ratio.numerator, ratio.denominator)
