"""A jet of small integers at which two densities, or their Euler operators, differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import combinations_with_replacement, islice
from typing import Any, cast

import sympy as sp

from derivations.engine.evidence import Counterexample
from derivations.engine.routes.jet_values.drawing import Chosen, Jets
from derivations.engine.routes.jet_values.euler import Sides
from derivations.engine.routes.jet_values.leaves import JetPoint
from derivations.engine.routes.jet_values.rings import Rationals, Residues

SEARCHED = 60
"""So many small jets are tried for a counterexample."""
ROUNDS = 3
"""In so many rounds each kind of derivative of each tensor is tried alone."""


def counterexample(jets: Jets) -> Counterexample | None:
    """A jet with few numbers, where that is found; residues are looked at first, which is quick."""
    parameters = jets.parameters()
    for chosen in islice(_sparse(jets), SEARCHED):
        point, weights = jets.rational(2, parameters, chosen), jets.weights(5)
        if _differ(jets, point, weights):
            return _shown(jets, *_smaller(jets, parameters, chosen, point, weights))
    point, weights = jets.rational(2, parameters), jets.weights(5)
    return _shown(jets, point, weights) if _differ(jets, point, weights) else None


def _differ(jets: Jets, point: JetPoint, weights: Mapping[Any, int]) -> bool:
    """Whether the sides differ modulo a prime: then they differ."""
    try:
        left, right = jets.sides.at(Residues(jets.prime()), point, weights)
    except ZeroDivisionError:
        return False
    return bool(left != right)


def _smaller(
    jets: Jets, parameters: Mapping[Any, Fraction], chosen: Chosen, point: JetPoint, weights: Mapping[Any, int]
) -> tuple[JetPoint, Mapping[Any, int]]:
    """The jet without the derivatives that the difference does not need."""
    for key in tuple(chosen):
        fewer = {k: v for k, v in chosen.items() if k != key}
        candidate = jets.rational(2, parameters, fewer)
        if _differ(jets, candidate, weights):
            chosen, point = fewer, candidate
    return point, weights


def _sparse(jets: Jets) -> Iterator[Chosen]:
    """Nothing but the metric; then one derivative of each kind alone; then several at once."""
    sides, rng = jets.sides, jets.rng
    n = len(sides.coordinates)
    words = {k: list(combinations_with_replacement(range(n), k)) for k in range(3)}
    fields = sorted(sides.functions, key=str)
    metrics = {c for m in sides.metrics for c in m.components}
    kinds = {(f.func.__name__.partition("_")[0], k) for f in fields for k in words if k or f not in metrics}

    def drawn(kind: tuple[str, int]) -> dict[Any, int]:
        name, order = kind
        alike = [f for f in fields if f.func.__name__.partition("_")[0] == name]
        return {(rng.choice(alike), rng.choice(words[order])): rng.choice((-1, 1))}

    yield {}
    for _ in range(ROUNDS):
        yield from map(drawn, sorted(kinds))
    while True:
        yield {k: v for _ in range(rng.randint(2, 2 * n)) for k, v in drawn(rng.choice(sorted(kinds))).items()}


def _shown(jets: Jets, point: JetPoint, weights: Mapping[Any, int]) -> Counterexample | None:
    """The jet, and both sides there as rational numbers; for Euler operators, those in one field."""
    sides, note = jets.sides, "all components and derivatives that are not named are zero"
    if not sides.is_local:
        field = next((f for f in sides.fields if _differ(jets, point, {f: 1})), None)
        if field is not None:
            weights, note = {field: 1}, f"Euler operators in {field.func.__name__}; {note}"
    left, right = sides.at(Rationals(), point, weights)
    if left == right:
        return None
    named = [(key, v) for key, v in point.numbers.items() if v != 0 or isinstance(key[0], sp.Symbol)]
    values = sorted(((_named(sides, *key), _rational(v)) for key, v in named), key=lambda item: str(item[0]))
    return Counterexample(values=tuple(values), left=str(left), right=str(right), note=note)


def _named(sides: Sides, name: Any, places: tuple[int, ...]) -> Any:
    return sp.Derivative(name, *(sides.coordinates[p] for p in places)) if places else name


def _rational(value: Any) -> Any:
    ratio = Fraction(cast(Any, value))
    return sp.Rational(ratio.numerator, ratio.denominator)
