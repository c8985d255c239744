"""The modular route: rational identities at random points modulo random primes, with a bound for the error.

At a point of the domain whose values are rational, both sides are rational numbers. If no denominator vanishes modulo a
prime and the sides differ modulo it, they differ: that refutes. At random residues, a polynomial of degree d that is
not zero modulo p vanishes with probability at most d/p (Schwartz 1980, Zippel 1979), and an integer of H bits is
divisible by at most H/61 of the more than 2^55 primes between 2^61 and 2^62.
"""

from __future__ import annotations

import platform
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Any

import sympy as sp
from flint import fmpz

from derivations.engine.evidence import Counterexample, Evidence
from derivations.engine.routes.rational_size import Size, sum_size
from derivations.engine.routes.residues import Exact, Modulo, NotRationalError, Program
from derivations.engine.routes.sampling import points
from derivations.engine.shrink import smallest
from theory.domain import Assignment, Domain

ENGINE = f"integers of Python {platform.python_version()}"
PRIME_BITS = 62
PRIMES_BITS = 55
"""There are more than 2^55 primes of 62 bits."""
CERTAINTY_BITS = 100
MAX_TRIALS = 8
POINTS = 12
"""Points of the domain at which a refutation is looked for."""
TRIES = 20
EXACT_BITS = 200_000
"""Values up to this size are computed exactly for a counterexample; larger ones are shown modulo the prime."""
SHOWN_DIGITS = 24


def program_of(pairs: list[tuple[Any, ...]]) -> Program | None:
    """Both sides of all equations as one program, left before right; None if a side is not rational."""
    try:
        return Program([side for pair in pairs for side in pair[:2]])
    except NotRationalError:
        return None


def examine(program: Program, domain: Domain, claim: str, notes: tuple[str, ...], seed: int) -> Evidence:
    """Look for a point of the domain where the sides differ, then count random points where they agree."""
    started = time.perf_counter()
    rng = random.Random(f"modular {seed}")
    found = _differing(program, domain, rng)
    if found is not None:
        point, difference = smallest(*found, lambda p: _difference(program, p, rng))
        told = {"outcome": "refutes", "points": 1, "counterexample": _counterexample(program, point, difference, notes)}
    else:
        told = _agreement(program, rng)
    seconds = time.perf_counter() - started
    technique = "exact values modulo random primes"
    return Evidence(route="modular", technique=technique, engine=ENGINE, claim=claim, seconds=seconds, **told)


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Values of both sides of one equation that differ modulo a prime."""

    place: int
    prime: int
    sides: tuple[int, int]


def primes(rng: random.Random) -> Iterator[int]:
    """Random primes of 62 bits."""
    while True:
        candidate = rng.getrandbits(PRIME_BITS) | (1 << (PRIME_BITS - 1)) | 1
        if fmpz(candidate).is_prime():
            yield candidate


def _differing(program: Program, domain: Domain, rng: random.Random) -> tuple[Assignment, Difference] | None:
    try:
        for point in islice(points(domain, rng), POINTS):
            difference = _difference(program, point, rng)
            if difference is not None:
                return point, difference
    except ValueError:  # the domain has no point that can be drawn
        return None
    return None


def _difference(program: Program, point: Assignment, rng: random.Random) -> Difference | None:
    """Where the sides of an equation differ at a rational point, if they do; None where a denominator vanishes."""
    values = _rational_values(program, point)
    arithmetic = Modulo(next(primes(rng)))
    try:
        sides = program.values({name: arithmetic.number(v) for name, v in values.items()}, arithmetic)
    except (ZeroDivisionError, KeyError):  # no value there modulo the prime, or a name whose value is not rational
        return None
    for place, pair in enumerate(zip(sides[::2], sides[1::2], strict=True)):
        if pair[0] != pair[1]:
            return Difference(place=place, prime=arithmetic.prime, sides=pair)
    return None


def _rational_values(program: Program, point: Assignment) -> dict[Any, Any]:
    values = {name: point(name) for name in program.free_names()}
    return {name: value for name, value in values.items() if isinstance(value, sp.Rational)}


def _agreement(program: Program, rng: random.Random) -> dict[str, Any]:
    """What random residues say, with the bound that they allow."""
    bits = _certainty(program)
    if bits <= 0:
        return {"outcome": "undecided", "reason": "the degree is too large for a bound on the error"}
    wanted = -(-CERTAINTY_BITS // bits)
    if wanted > MAX_TRIALS:
        return {"outcome": "undecided", "reason": f"{wanted} primes would be needed for a bound of 2^-{CERTAINTY_BITS}"}
    agreed = 0
    for prime in islice(primes(rng), TRIES):
        try:
            sides = program.values({name: rng.randrange(prime) for name in program.free_names()}, Modulo(prime))
        except ZeroDivisionError:
            continue
        if sides[::2] != sides[1::2]:
            return {
                "outcome": "undecided",
                "reason": "the sides differ as rational functions, at points outside the domain",
            }
        agreed += 1
        if agreed == wanted:
            bound = f"not an identity of rational functions with probability below 2^-{bits * agreed}"
            return {"outcome": "agrees", "points": agreed, "reason": bound}
    return {"outcome": "undecided", "reason": "denominators vanish at random points"}


def _certainty(program: Program) -> int:
    """Bits of certainty of one prime with one point: minus the logarithm of the probability of a false agreement."""
    sizes, poles = program.sizes()
    differences = [sum_size([left, right]) for left, right in zip(sizes[::2], sizes[1::2], strict=True)]
    if poles >= 1 << (PRIME_BITS - 3):
        return 0
    # Twice the sum of both chances, since points at which a denominator vanishes are drawn again.
    chance = sum(_chance(size) for size in differences)
    return PRIME_BITS - 2 - chance.bit_length()


def _chance(size: Size) -> int:
    """Chance of a false zero in units of 2^-61, for degree and content together."""
    return size.degree + ((size.bits // (PRIME_BITS - 1) + 1) << (PRIME_BITS - 1 - PRIMES_BITS))


def _counterexample(program: Program, point: Assignment, found: Difference, notes: tuple[str, ...]) -> Counterexample:
    note = notes[found.place] if found.place < len(notes) else ""
    values = tuple(sorted(point.values.items(), key=lambda item: str(item[0])))
    shown = [_shown(side) for side in _exact_sides(program, point, found.place) or ()]
    if len(set(shown)) == 2:
        return Counterexample(values=values, left=shown[0], right=shown[1], note=note)
    left, right = (f"{side} modulo {found.prime}" for side in found.sides)
    return Counterexample(
        values=values, left=left, right=right, note=note or "rational numbers that differ modulo a prime"
    )


def _exact_sides(program: Program, point: Assignment, place: int) -> tuple[Fraction, Fraction] | None:
    """Both sides as rational numbers, where these are not too large.

    Raises
    ------
    ValueError
        If they are equal, which no difference modulo a prime allows.
    """
    values = _rational_values(program, point)
    bits = max((max(int(v.p).bit_length(), int(v.q).bit_length()) for v in values.values()), default=0)
    sizes, _ = program.sizes()
    if sum((s.degree + s.under_degree) * bits + s.bits + s.under_bits for s in sizes) > EXACT_BITS:
        return None
    arithmetic = Exact()
    sides = program.values({name: arithmetic.number(v) for name, v in values.items()}, arithmetic)
    left, right = sides[2 * place : 2 * place + 2]
    if left == right:
        raise ValueError("two equal numbers differed modulo a prime, which is a fault of the engine: please report it")
    return left, right


def _shown(value: Fraction) -> str:
    """Exactly if that is short, otherwise with fifteen digits."""
    text = str(value)
    return text if len(text) <= SHOWN_DIGITS else str(sp.N(sp.Rational(value.numerator, value.denominator), 15))
