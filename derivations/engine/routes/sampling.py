"""Exact points at which a claim is examined: small sizes first, then ordinary rationals.

Sizes are the symbols of integer sets (layers, replicas, sites); they are enumerated from the smallest up, everything
else is drawn at random.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import islice, product
from typing import Any, cast

import sympy as sp

from theory.domain import Assignment, Domain
from theory.drawing import simplest_first
from theory.membership import holds_integers_only, lies_in

SPAN = 3
"""How far above its least value a size is tried; from -2 where there is no least value."""
MAX_SIZES = 400
SCALES = (30, 97, 300, 1000)
"""Distances from their least values at which sizes are tried where a point takes little work."""
FAR_EVERY = 3
"""After every so many choices of small sizes comes one of large ones."""


def is_integer_set(chosen: sp.Set) -> bool:
    """Whether a set holds integers only."""
    return holds_integers_only(chosen)


def size_symbols(domain: Domain) -> list[sp.Symbol]:
    """The free sizes: integer symbols whose set does not depend on another symbol, in order of their names."""
    names = [n for n, s in domain.sets.items() if isinstance(n, sp.Symbol) and is_integer_set(s) and not s.free_symbols]
    return sorted(cast(list[sp.Symbol], names), key=lambda s: s.name)


def has_sizes(domain: Domain) -> bool:
    """Whether some symbol or family of the domain is integer-valued: points are then instances."""
    return any(is_integer_set(s) for s in domain.sets.values())


def is_single_point(domain: Domain) -> bool:
    """Whether a domain leaves nothing to sample: the claim is closed."""
    fixed = {left.base if isinstance(left, sp.Indexed) else left for left, _ in domain.equations()}
    return all(n in fixed or (isinstance(s, sp.FiniteSet) and len(s) == 1) for n, s in domain.sets.items())


def members(chosen: sp.Set, span: int = SPAN) -> list[sp.Integer]:
    """The first few integers of a set: of each part, in steps of a range, the simplest of a finite set."""
    if isinstance(chosen, sp.Union):
        parts = (n for part in chosen.args for n in members(part, span))
        return [sp.Integer(n) for n in sorted(set(parts))]
    if isinstance(chosen, sp.FiniteSet):
        return simplest_first(chosen)[: span + 1]
    low, high = chosen.inf, chosen.sup
    if isinstance(chosen, sp.Range) and low.is_finite:
        upward = chosen if chosen.step > 0 else chosen.reversed
        return [sp.Integer(n) for n in islice(upward, span + 1)]
    start = int(low) if low.is_finite else (int(high) - span if high.is_finite else -2)
    stop = min(int(high), start + span) if high.is_finite else start + span
    return [sp.Integer(n) for n in range(start, stop + 1) if lies_in(sp.Integer(n), chosen)]


def size_choices(domain: Domain, span: int = SPAN) -> list[dict[sp.Symbol, sp.Integer]]:
    """All choices of small sizes, smallest total first."""
    names = size_symbols(domain)
    while span > 1 and (span + 1) ** len(names) > MAX_SIZES:
        span -= 1
    choices = product(*(members(domain.sets[n], span) for n in names))
    ordered = sorted(choices, key=lambda values: (sum(map(abs, values)), max(map(abs, values), default=0), values))
    return [dict(zip(names, values, strict=True)) for values in ordered[:MAX_SIZES]]


def size_rounds(domain: Domain) -> Iterator[list[dict[sp.Symbol, sp.Integer]]]:
    """Small sizes, then those up to three times as far, then both again: a gap is where a wrong claim hides."""
    near = size_choices(domain)
    while True:
        yield near
        yield [choice for choice in size_choices(domain, 3 * SPAN) if choice not in near] or near


def far_sizes(domain: Domain, rng: random.Random, far: int) -> dict[sp.Symbol, sp.Integer]:
    """One choice of sizes beyond the small ones: a claim must not hold at the first few integers alone."""
    sizes = {}
    for name in size_symbols(domain):
        chosen = domain.sets[name]
        near = members(chosen)
        reach = int(near[-1]) + int(far ** rng.uniform(0.2, 1.0))
        beyond = sp.Integer(min(reach, int(chosen.sup)) if chosen.sup.is_finite else reach)
        sizes[name] = beyond if lies_in(beyond, chosen) else rng.choice(near)
    return sizes


def with_small_families(domain: Domain, span: int) -> Domain:
    """The domain with families of sizes held close to their least value; spins and the like keep all their values."""
    narrowed: dict[Any, Any] = {}
    for name, chosen in domain.sets.items():
        sized = is_integer_set(chosen) and not isinstance(chosen, sp.FiniteSet)
        if isinstance(name, sp.IndexedBase) and sized and not chosen.free_symbols:
            narrowed[name] = sp.FiniteSet(*members(chosen, span))
    return domain.extended(narrowed) if narrowed else domain


def points(domain: Domain, rng: random.Random, far: int = 0) -> Iterator[Assignment]:
    """Points without end (or one, for a closed claim): sizes ascend, and each round goes on to larger ones.

    With ``far``, every few points the sizes are drawn from the integers up to that far beyond the small ones.

    Raises
    ------
    ValueError
        If the domain cannot be sampled.
    """
    if is_single_point(domain):
        yield domain.sample(rng)
        return
    rounds = size_rounds(domain)
    span = 1
    yielded = False
    while True:
        narrowed = with_small_families(domain, span)
        for count, sizes in enumerate(next(rounds)):
            if far and sizes and count % FAR_EVERY == FAR_EVERY - 1:
                distant = _point(narrowed, rng, far_sizes(domain, rng, far))
                if distant is not None:
                    yield distant
            point = _point(narrowed, rng, sizes)
            if point is not None:
                yielded = True
                yield point
        if not yielded:
            raise ValueError("no point of the domain satisfies its constraints at small sizes")
        span = min(span + 1, SPAN)


def distant_points(domain: Domain, rng: random.Random) -> Iterator[Assignment]:
    """Points with sizes of tens to a thousand: all sizes together, then each by itself beside small ones."""
    names, seen = size_symbols(domain), set()
    narrowed = with_small_families(domain, 1)
    for scale in SCALES:
        for large in [names, *([name] for name in names if len(names) > 1)]:
            sizes = {name: _beyond(domain.sets[name], scale if name in large else SPAN) for name in names}
            key = tuple(sizes.values())
            point = _point(narrowed, rng, sizes) if sizes and key not in seen else None
            seen.add(key)
            if point is not None:
                yield point


def _beyond(chosen: sp.Set, distance: int) -> sp.Integer:
    """A member of a set at that distance from the least one, or less far where the set ends or has a gap."""
    near = members(chosen)
    reach = int(near[0]) + distance
    last = min(reach, int(chosen.sup)) if chosen.sup.is_finite else reach
    return next((n for n in map(sp.Integer, range(last, last - SPAN, -1)) if lies_in(n, chosen)), near[-1])


def _point(domain: Domain, rng: random.Random, sizes: dict[sp.Symbol, sp.Integer]) -> Assignment | None:
    try:
        return domain.sample(rng, fixed=sizes)
    except ValueError:
        if not sizes:
            raise
        return None


def sizes_text(point: Assignment) -> str:
    """The sizes of a point, as a reader writes them."""
    named = sorted((str(n), str(v)) for n, v in point.values.items() if _is_size(point, n))
    return ", ".join(f"{n} = {v}" for n, v in named)


def _is_size(point: Assignment, name: sp.Basic) -> bool:
    key = name.base if isinstance(name, sp.Indexed) else name
    chosen = point.domain.sets.get(key)
    return chosen is not None and is_integer_set(chosen)
