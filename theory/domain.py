"""The set each symbol of a claim ranges over, the constraints that tie symbols, and exact samples of both."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from typing import Any, cast

import sympy as sp

from theory.drawing import REACH, draw, is_empty, window
from theory.implicit import Solution
from theory.membership import lies_in
from theory.sums import free_names, unfold, unroll

REJECTIONS = 400
CORNER_SHARE = 0.15
"""Share of points at which every value lies close to an end of its interval."""
END_SHARE = 0.1
"""Share of values close to an end of an interval."""
FAR_SHARE = 0.2
"""Share of points at which unbounded sets are drawn from ten to a thousand times as far."""


class Domain:
    """For each free symbol or indexed family of a claim, its set; and relations that hold among them.

    Parameters
    ----------
    sets
        Maps a symbol, or an ``IndexedBase`` for all its entries, to a SymPy set or to ``(low, high)``, an *open*
        real interval. Bounds may contain other integer symbols of the domain, as in ``{i: Range(0, L + 1)}``.
    constraints
        SymPy inequalities that every sample satisfies, and equations ``Eq(symbol, expression)`` that determine a
        symbol from the others or implicitly, as in ``Eq(q, tanh(beta * q))``, or ``Eq(q[k], expression)`` that
        determine every entry of a family, ``k`` any index.

    Raises
    ------
    TypeError
        If a key is not a symbol or an indexed family, or a value is not a set.
    ValueError
        If a set is empty, reaches beyond what the symbol's own assumptions allow, a constraint has a symbol without
        a set, or an equation is about some entries of a family alone.
    """

    def __init__(self, sets: Mapping[Any, Any], constraints: Iterable[Any] = ()) -> None:
        self.sets: dict[sp.Basic, sp.Set] = {_checked_name(k): _checked_set(k, v) for k, v in sets.items()}
        for name, chosen in self.sets.items():
            _check_assumptions(name, chosen)
        self.constraints: tuple[sp.Basic, ...] = tuple(_checked_constraint(c) for c in constraints)
        for constraint in self.constraints:
            self._require_names(_names_of(constraint), "a constraint")

    def require(self, expression: sp.Basic, what: str) -> None:
        """Raise a ``ValueError`` that names every symbol of ``expression`` without a set."""
        self._require_names(free_names(expression), what)

    def _require_names(self, names: set[sp.Basic], what: str) -> None:
        missing = sorted(_name(n) for n in names - set(self.sets))
        if missing:
            raise ValueError(
                f"{what} has symbols that are not in its domain: {', '.join(missing)}; "
                f"the domain knows {', '.join(sorted(map(_name, self.sets))) or 'no symbol'}; "
                "add each missing one, as in Domain({symbol: (low, high)})"
            )

    def extended(self, sets: Mapping[Any, Any] | None = None, constraints: Iterable[Any] = ()) -> Domain:
        """A domain with more symbols, other sets for some of them, or further constraints."""
        return Domain({**self.sets, **(sets or {})}, (*self.constraints, *constraints))

    def restricted(self, *expressions: sp.Basic) -> Domain:
        """The part of the domain that the names in these expressions need, with the constraints among them."""
        names = set().union(*(free_names(e) for e in expressions))
        needed: dict[sp.Basic, sp.Set] = {}
        while names - set(needed):
            for name in names - set(needed):
                needed[name] = self.sets[name]
            names |= set().union(*(free_names(cast(sp.Basic, a)) for c in needed.values() for a in c.args))
        kept = {n: s for n, s in self.sets.items() if n in needed}
        return Domain(kept, [c for c in self.constraints if _names_of(c) <= set(kept)])

    def without(self, name: sp.Basic) -> Domain | None:
        """The domain of the other names; None where the set of one of them, or a constraint, depends on this one."""
        others = {n: s for n, s in self.sets.items() if n != name}
        parts = (free_names(cast(sp.Basic, a)) for s in others.values() for a in s.args)
        if any(name in names for names in (*parts, *map(_names_of, self.constraints))):
            return None
        return Domain(others, self.constraints)

    def equations(self) -> list[tuple[Any, Any]]:
        """What the constraints say a symbol, or every entry of a family, is equal to."""
        return [(c.args[0], c.args[1]) for c in self.constraints if _determines(c)]

    def determines(self, name: Any) -> bool:
        """Whether a constraint is an equation for a symbol, a family, or an entry of one."""
        heads = (getattr(left, "base", left) for left, _ in self.equations())
        return getattr(name, "base", name) in heads

    def set_of(self, name: sp.Basic) -> sp.Set:
        """The set of a symbol, of a family, or of an entry of a family."""
        key = name.base if isinstance(name, sp.Indexed) else name
        return self.sets[key]

    def sample(
        self, rng: random.Random, *, simple: bool = False, fixed: Mapping[sp.Basic, Any] | None = None
    ) -> Assignment:
        """One exact point of the domain.

        Parameters
        ----------
        rng
            Source of randomness.
        simple
            Take the simplest value of each set instead of a random rational.
        fixed
            Values given beforehand.

        Raises
        ------
        ValueError
            If no point satisfies the constraints after several hundred trials.
        """
        for _ in range(REJECTIONS):
            point = Assignment(self, rng, simple=simple, fixed=dict(fixed or {}))
            if point.satisfies_constraints():
                return point
            simple = False
        raise ValueError(f"no point of the domain satisfies {', '.join(map(str, self.constraints))}")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Domain) and (self.sets, self.constraints) == (other.sets, other.constraints)

    def __hash__(self) -> int:
        return hash((frozenset(self.sets.items()), self.constraints))

    def __repr__(self) -> str:
        inside = ", ".join(f"{_name(k)}: {v}" for k, v in self.sets.items())
        return f"Domain({{{inside}}}{', ' + str(self.constraints) if self.constraints else ''})"


class Assignment:
    """Exact values of the symbols of a domain, of family entries as they are asked for.

    Calling it with a symbol, or with an entry such as ``q[2]``, gives its value: it is the ``lookup`` of
    ``theory.sums.unroll``. A name outside the domain is returned as it is.
    """

    def __init__(self, domain: Domain, rng: random.Random, *, simple: bool, fixed: dict[sp.Basic, Any]) -> None:
        self.domain, self.values = domain, {k: cast(sp.Expr, sp.sympify(v, strict=True)) for k, v in fixed.items()}
        self._given = frozenset(self.values)
        self._rng, self._simple, self._open = rng, simple, set()
        self._end_share = 1.0 if rng.random() < CORNER_SHARE else END_SHARE
        self._reach = REACH if simple or rng.random() > FAR_SHARE else REACH * 10 ** rng.randint(1, 3)
        self._determined = {
            (left.base if isinstance(left, sp.Indexed) else left): (left, right) for left, right in domain.equations()
        }
        for name in domain.sets:
            if not isinstance(name, sp.IndexedBase):
                self(cast(sp.Expr, name))

    def __call__(self, name: sp.Expr) -> sp.Expr:
        if name not in self.values:
            key = self._key(name)
            if key not in self.domain.sets:
                return name
            self.values[name] = self._draw(name)
        return self.values[name]

    @staticmethod
    def _key(name: Any) -> sp.Basic:
        """The symbol or the family that has a set."""
        return name.base if isinstance(name, sp.Indexed) else name

    def _draw(self, name: sp.Expr) -> sp.Expr:
        if name in self._open:
            raise ValueError(f"the domain of {name} depends on itself")
        self._open.add(name)
        try:
            key = self._key(name)
            if key in self._determined:
                value = unfold(name, *self._determined[key])
                if isinstance(name, sp.Symbol) and name in free_names(value):
                    return self._solution(name, value)
                return unroll(value, self)
            return draw(
                self.concrete_set(name),
                self._rng,
                simple=self._simple,
                reach=self._reach,
                end_share=self._end_share,
            )
        finally:
            self._open.discard(name)

    def _solution(self, name: sp.Symbol, value: sp.Expr) -> sp.Expr:
        """What solves name = value, from either end of the interval of the name."""
        chosen = self.concrete_set(name)
        if not isinstance(chosen, sp.Interval):
            raise ValueError(f"{name} = {value} is solved in an interval only; found the set {chosen}")
        ends = window(chosen, self._reach)
        known = unroll(value, lambda other: other if other == name else self(other))
        return Solution(name - known, name, *(ends if self._rng.random() < 0.5 and not self._simple else ends[::-1]))

    def concrete_set(self, name: sp.Basic) -> sp.Set:
        """The set of a symbol, or of an entry of a family, where the other names have their values."""
        chosen = self.domain.set_of(name)
        if not chosen.free_symbols:
            return chosen
        return cast(sp.Set, chosen.func(*(unroll(a, self) if isinstance(a, sp.Expr) else a for a in chosen.args)))

    def satisfies_constraints(self) -> bool:
        """Whether every inequality of the domain holds here, and every value that was not drawn lies in its set."""
        determined = (n for n in self._determined if isinstance(n, sp.Symbol))
        known = (n for n in self._given if self._key(n) in self.domain.sets)
        if any(lies_in(self.values[n], self.concrete_set(n)) is False for n in (*determined, *known)):
            return False
        return all(self._holds(c) for c in self.domain.constraints)

    def _holds(self, constraint: sp.Basic) -> bool:
        """Whether a constraint holds; the equation that determines a name does, unless its value was given."""
        left = constraint.args[0]
        by_itself = _determines(constraint) and left not in self._given
        if by_itself and self._determined[self._key(left)] == constraint.args:
            return all(self._is_as_determined(n) for n in self._given if n != left and self._key(n) == self._key(left))
        return unroll(constraint, self) == sp.true

    def _is_as_determined(self, entry: Any) -> bool:
        """Whether an entry that was given has the value that the equation for its family says."""
        value = unroll(unfold(entry, *self._determined[self._key(entry)]), self)
        return sp.Eq(self.values[entry], value) == sp.true


ASSUMED_SETS: dict[str, sp.Set] = {
    "is_positive": sp.Interval.open(0, sp.oo),
    "is_negative": sp.Interval.open(-sp.oo, 0),
    "is_nonnegative": sp.Interval(0, sp.oo),
    "is_nonpositive": sp.Interval(-sp.oo, 0),
    "is_integer": sp.S.Integers,
}


def _check_assumptions(name: Any, chosen: sp.Set) -> None:
    """SymPy rewrites by a symbol's assumptions before anything is verified: the set must not reach beyond them."""
    probe = name[0] if isinstance(name, sp.IndexedBase) else name
    if chosen.free_symbols:
        return
    for assumption, allowed in ASSUMED_SETS.items():
        if getattr(probe, assumption) and chosen.is_subset(allowed) is False:
            raise ValueError(
                f"{_name(name)} is declared {assumption.removeprefix('is_')}, but its domain {chosen} reaches beyond; "
                "SymPy has already simplified by that assumption: declare the symbol without it, or narrow the set"
            )


def _checked_name(key: Any) -> sp.Basic:
    if not isinstance(key, sp.Symbol | sp.IndexedBase):
        raise TypeError(f"a domain maps symbols or IndexedBase families to sets; found the key {key!r}")
    if isinstance(key, sp.Symbol) and not key.is_commutative:
        raise ValueError(f"{key} does not commute, but a domain gives numbers to symbols; declare it commutative")
    return key


def _checked_set(key: Any, value: Any) -> sp.Set:
    chosen = value
    if isinstance(value, tuple) and len(value) == 2:
        if any(isinstance(end, str) for end in value):
            raise TypeError(
                f"the ends of the domain of {_name(key)} are numbers, found {value!r}; text is never evaluated"
            )
        chosen = sp.Interval.open(*(sp.sympify(end, strict=True) for end in value))
    if not isinstance(chosen, sp.Set):
        raise TypeError(f"the domain of {_name(key)} must be a SymPy set or (low, high); found {value!r}")
    if is_empty(chosen):
        raise ValueError(f"the domain of {_name(key)} is empty: {value!r}")
    return chosen


def _checked_constraint(constraint: Any) -> sp.Basic:
    if not isinstance(constraint, sp.core.relational.Relational):
        raise TypeError(f"a constraint is a SymPy relation such as Lt(q, p) or Eq(q, 1 - p); found {constraint!r}")
    left = constraint.args[0]
    if isinstance(constraint, sp.Eq) and isinstance(left, sp.Indexed):
        slots = set(left.indices)
        if len(slots) < len(left.indices) or not all(isinstance(s, sp.Symbol) for s in slots):
            raise ValueError(
                f"an equation for a family determines every entry, so its indices are different symbols, as in "
                f"Eq(q[k], 1 - p[k]); found {left}: give that one entry a symbol of its own in the claim"
            )
    return constraint


def _determines(constraint: sp.Basic) -> bool:
    """Whether a constraint is an equation for a symbol, or for every entry of a family."""
    return isinstance(constraint, sp.Eq) and isinstance(constraint.args[0], sp.Symbol | sp.Indexed)


def _names_of(constraint: sp.Basic) -> set[sp.Basic]:
    """The names in a constraint; the index of an equation for a family stands for any index and is none of them."""
    left = constraint.args[0]
    slots = set(left.indices) if isinstance(constraint, sp.Eq) and isinstance(left, sp.Indexed) else set()
    return free_names(constraint) - {s for s in slots if isinstance(s, sp.Symbol)}


def _name(key: Any) -> str:
    return str(key.label) if isinstance(key, sp.IndexedBase) else str(key)
