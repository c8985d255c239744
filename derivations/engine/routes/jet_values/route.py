"""Claims on densities of tensor fields, decided at jets: residues modulo random primes, and rational counterexamples.

A claim that two densities are equal, or that their Euler operators are, says that a polynomial in the numbers of a jet
vanishes. Random residues show that it does, but for a probability that is bounded by its degree (Schwartz 1980, Zippel
1979). A jet of small integers where the sides differ as rational numbers refutes.
"""

from __future__ import annotations

import random
import time
from math import log2
from typing import Any

import flint

from derivations.engine.evidence import Evidence
from derivations.engine.routes.jet_values.drawing import Jets
from derivations.engine.routes.jet_values.euler import Sides
from derivations.engine.routes.jet_values.rings import PRIME_BITS, Rationals, Residues
from derivations.engine.routes.jet_values.small_jets import counterexample
from theory.domain import Domain

ENGINE = f"NumPy and python-flint {flint.__version__}"
PRIMES = 3_645_744
"""So many primes lie between 2^26 and 2^27."""
CERTAINTY_BITS = 100
MOST_TRIALS = 12
EXACT_POINTS = 20


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
        found = counterexample(jets)
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
