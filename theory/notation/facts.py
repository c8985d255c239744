"""What the conditions of a text say about each name: sets, bounds, and relations that tie names together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import sympy as sp

from theory.notation.build import Builder
from theory.notation.conditions import Between, Condition, Members, Membership, Named, Steps
from theory.notation.functions import TAKEN
from theory.notation.scope import Scope
from theory.notation.syntax import Call, Chain, Entry, Link, Name, Negative, Node, Number

PROPERTIES: dict[str, sp.Set] = {
    "real": sp.S.Reals, "reals": sp.S.Reals, "integer": sp.S.Integers, "integers": sp.S.Integers,
    "positive": sp.Interval.open(0, sp.oo), "negative": sp.Interval.open(-sp.oo, 0),
    "nonnegative": sp.Interval(0, sp.oo), "nonpositive": sp.Interval(-sp.oo, 0),
    "nonzero": sp.Interval.open(-sp.oo, 0) + sp.Interval.open(0, sp.oo),
}  # fmt: skip
_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


@dataclass(frozen=True, kw_only=True)
class Tie:
    """A relation between expressions, to be built when all names are known."""

    builder: Builder
    left: Node
    sign: str
    right: Node


@dataclass(kw_only=True)
class Facts:
    """Collected from any number of texts; sets of one name are intersected.

    Attributes
    ----------
    sets
        For each name, the set of numbers it is known to lie in.
    ranges
        For each name, one set whose ends contain other names.
    families, functions
        Which names are families, with their number of indices, and which are undetermined functions.
    ties
        Relations among names.
    places
        Where each name was first spoken of.
    """

    sets: dict[str, sp.Set] = field(default_factory=dict)
    ranges: dict[str, tuple[Builder, Between | Steps]] = field(default_factory=dict)
    families: dict[str, int] = field(default_factory=dict)
    functions: set[str] = field(default_factory=set)
    ties: list[Tie] = field(default_factory=list)
    places: dict[str, tuple[Builder, Node]] = field(default_factory=dict)

    def note(self, builder: Builder, condition: Condition) -> None:
        """Take in one condition."""
        if isinstance(condition, Chain):
            self._note_chain(builder, condition)
            return
        for target in condition.targets:
            self._note_membership(builder, target, condition)

    def _note_membership(self, builder: Builder, target: Node, condition: Membership) -> None:
        word = condition.sets[0].word if isinstance(condition.sets[0], Named) else ""
        if word == "function":
            self._note_function(builder, target)
            return
        if word == "complex":
            builder.refuse("complex symbols have no points to be tried at; write x + i*y with x and y real", target)
        name = self._target(builder, target)
        sets = [_number_set(builder, s) for s in condition.sets]
        if None not in sets:
            self._narrow(builder, target, name, sp.Union(*sets))
        elif len(sets) > 1 or name in self.ranges:
            builder.refuse("expected numbers as ends where a name has several sets; use bounds such as x < a", target)
        elif isinstance(condition.sets[0], Between | Steps):
            self.ranges[name] = (builder, condition.sets[0])
        else:
            builder.refuse("expected numbers as members of a finite set", condition.sets[0])

    def _note_function(self, builder: Builder, target: Node) -> None:
        if isinstance(target, Entry):
            builder.refuse("expected a name such as f before `function`", target)
        name = self._checked(builder, target)
        if name in self.sets or name in self.families:
            builder.refuse(f"{name} is declared as a symbol already", target)
        self.functions.add(name)

    def _target(self, builder: Builder, target: Node) -> str:
        """The name of a symbol, or of the family of an entry."""
        name = self._checked(builder, target)
        if isinstance(target, Call):
            builder.refuse(f"expected a name, found {name}(…); a function is declared as `{name} function`", target)
        count = len(target.indices) if isinstance(target, Entry) else 0
        if self.families.setdefault(name, count) != count or name in self.functions:
            builder.refuse(f"{name} is declared already in another form", target)
        return name

    def _checked(self, builder: Builder, target: Any) -> str:
        if target.name in TAKEN:
            builder.refuse(f"{target.name} has a meaning here and cannot be declared; choose another name", target)
        self.places.setdefault(target.name, (builder, target))
        return target.name

    def _narrow(self, builder: Builder, node: Node, name: str, chosen: sp.Set) -> None:
        """What was known of a name, and this."""
        before = self.sets.get(name, sp.S.Reals)
        both = sp.Intersection(before, chosen)
        if both is sp.S.EmptySet:
            builder.refuse(f"expected a set with members for {name}, found none: {before} and {chosen}", node)
        if not isinstance(both, sp.Interval | sp.Range | sp.FiniteSet | sp.Union) and both != sp.S.Integers:
            builder.refuse(f"expected intervals, integers or a finite set for {name}, found {both}", node)
        self.sets[name] = both

    def _note_chain(self, builder: Builder, chain: Chain) -> None:
        """Bounds from numbers anywhere in the chain; what ties two expressions is kept as a relation."""
        items = (chain.first, *(link.right for link in chain.links))
        signs = tuple(link.sign for link in chain.links)
        if len({s[0] for s in signs}) > 1 or (signs[0] in ("=", "!=") and len(signs) > 1):
            builder.refuse("expected signs of one direction, as in 0 < x < 1", chain.links[-1])
        values = tuple(_number(builder, item) for item in items)
        for place, item in enumerate(items):
            if values[place] is None and isinstance(item, Name | Entry):
                self._bound(builder, item, place, signs, values)
        for place, link in enumerate(chain.links):
            self._tie(builder, items[place], link, values[place : place + 2])

    def _bound(self, builder: Builder, item: Node, place: int, signs: Any, values: Any) -> None:
        right = next((k for k in range(place + 1, len(values)) if values[k] is not None), None)
        left = next((k for k in range(place - 1, -1, -1) if values[k] is not None), None)
        if left is None and right is None:
            return
        name = self._target(builder, item)
        if right is not None:
            self._narrow_by(builder, item, name, _strictest(signs[place:right]), values[right])
        if left is not None:
            self._narrow_by(builder, item, name, _FLIPPED[_strictest(signs[left:place])], values[left])

    def _narrow_by(self, builder: Builder, item: Node, name: str, sign: str, value: Any) -> None:
        if sign == "!=" and _is_discrete(self.sets.get(name, sp.S.Reals)):
            self.ties.append(Tie(builder=builder, left=item, sign="!=", right=_written(value, item)))
        else:
            self._narrow(builder, item, name, BOUNDS[sign](value))

    def _tie(self, builder: Builder, left: Node, link: Link, values: tuple[Any, ...]) -> None:
        if None not in values:
            builder.refuse("expected a symbol on one side of this condition", link)
        names = [n for n, v in zip((left, link.right), values, strict=True) if v is None]
        if len(names) == 1 and isinstance(names[0], Name | Entry):
            return
        self.ties.append(Tie(builder=builder, left=left, sign=link.sign, right=link.right))


BOUNDS: dict[str, Callable[[Any], sp.Set]] = {
    "<": lambda v: sp.Interval.open(-sp.oo, v), "<=": lambda v: sp.Interval(-sp.oo, v),
    ">": lambda v: sp.Interval.open(v, sp.oo), ">=": lambda v: sp.Interval(v, sp.oo),
    "=": sp.FiniteSet, "!=": lambda v: sp.Complement(sp.S.Reals, sp.FiniteSet(v)),
}  # fmt: skip


def _is_discrete(chosen: Any) -> bool:
    return chosen.is_subset(sp.S.Integers) is True


def _strictest(signs: tuple[str, ...]) -> str:
    return next((s for s in signs if not s.endswith("=") or s == "!="), signs[0])


def _written(value: Any, like: Node) -> Node:
    number = Number(position=like.position, text=str(abs(value)))
    return Negative(position=like.position, operand=number) if value < 0 else number


def _number(builder: Builder, node: Node) -> Any:
    """The real number that a piece is, or None if it contains names that are no constants."""
    scope = Scope()
    if isinstance(node, Name | Entry) and not _is_constant(node):
        return None
    value = builder.end(node, scope)
    if scope.missing:
        return None
    if not value.is_extended_real:
        builder.refuse(f"expected a real number, found {value}", node)
    return value


def _is_constant(node: Any) -> bool:
    return isinstance(node, Name) and node.name in TAKEN


def _number_set(builder: Builder, node: Node) -> sp.Set | None:
    """A set of numbers, or None if an end contains a name."""
    if isinstance(node, Named):
        return PROPERTIES[node.word]
    if isinstance(node, Members):
        members = [_number(builder, item) for item in node.items]
        return None if None in members else sp.FiniteSet(*members)
    if not isinstance(node, Between | Steps):
        raise TypeError(f"no set for {node!r}")
    low, high = _number(builder, node.low), _number(builder, node.high)
    if low is None or high is None:
        return None
    if isinstance(node, Steps):
        return _steps(builder, node, low, high)
    return sp.Interval(low, high, left_open=node.brackets[0] == "(", right_open=node.brackets[1] == ")")


def _steps(builder: Builder, node: Steps, low: Any, high: Any) -> sp.Set:
    for end, where in ((low, node.low), (high, node.high)):
        if not (end.is_Integer or end.is_infinite):
            builder.refuse(f"expected integers as ends of a..b, found {end}", where)
    if low > high:
        builder.refuse(f"expected a..b with a at most b, found {low}..{high}", node)
    if low.is_infinite:
        return sp.Intersection(sp.S.Integers, sp.Interval(low, high))
    return sp.Range(low, high if high.is_infinite else high + 1)
