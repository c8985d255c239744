"""The canonical form of a claim, and its hash.

Equal for claims that differ in the order of terms or in the names of bound indices, and in every process: nothing
here depends on Python's hashing, on SymPy's ground types or on the order in which dummies were made. The domain belongs
to the claim. What this module does not know has no canonical form: two claims never share a hash by default.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

import sympy as sp
from sympy.concrete.expr_with_limits import ExprWithLimits
from sympy.core.function import UndefinedFunction
from sympy.core.symbol import Str

from theory.averages import FamilyBinder
from theory.determinants import Determinant
from theory.domain import Domain
from theory.statements import Statement
from theory.sums import Binder, Sigma

VERSION = "claims-2"
LONGEST = 200
"""Texts beyond this length stand as their digest, so that shared parts of an expression are not written out."""
_BINDING = (Binder, ExprWithLimits, sp.Lambda, sp.Subs, sp.Limit, sp.ConditionSet)
_UNORDERED = (
    sp.Add, sp.Max, sp.Min, sp.And, sp.Or, sp.Xor, sp.FiniteSet, sp.Union, sp.Intersection, sp.KroneckerDelta,
    sp.Eq, sp.Ne,
)  # fmt: skip


def claim_hash(statement: Statement) -> str:
    """Hash of the exact claim, its domain included: 32 hexadecimal digits.

    Raises
    ------
    ValueError
        If a part of the claim has no canonical form, such as a floating-point number.
    """
    return hashlib.sha256(canonical(statement).encode()).hexdigest()[:32]


def canonical(statement: Statement) -> str:
    """The text behind the hash; what is long in it stands as its digest."""
    return f"{VERSION} " + _record(statement, names_of(statement))


def encode(node: Any, names: Mapping[Any, str] | None = None) -> str:
    """Canonical text of an expression; bound symbols are numbered by the depth of their binder.

    ``names`` gives some symbols a text beforehand.

    Raises
    ------
    ValueError
        If it holds a floating-point number, which stands for no exact claim, or a node without a canonical form.
    """
    return Scope(names or {}, len(names or {})).text(node)


def names_of(statement: Statement) -> Scope:
    """The names that a claim gives to dummies of its domain, and to names that it binds itself.

    Dummies of one name and one set of assumptions are told apart by the order in which they were made.
    """
    given = list(statement.domain.sets)
    dummies = sorted((s for s in given if isinstance(s, sp.Dummy)), key=lambda s: s.dummy_index)
    looks = [_named(d) for d in dummies]
    table = {d: f"{look}~{looks[:i].count(look)}" for i, (d, look) in enumerate(zip(dummies, looks, strict=True))}
    parts = [getattr(statement, f.name) for f in fields(statement) if f.name != "domain"]
    bound = [n for n in _direct_names(parts) if n not in given]
    return Scope({**table, **{n: f"@{i}" for i, n in enumerate(dict.fromkeys(bound))}})


def _direct_names(value: Any) -> Iterator[Any]:
    """Names that stand by themselves in a statement, as the rows of a matrix do."""
    if isinstance(value, sp.Symbol | sp.IndexedBase):
        yield value
    elif isinstance(value, sp.Indexed):
        yield from _direct_names(value.args)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _direct_names(item)
    elif is_dataclass(value) and not isinstance(value, type | Domain):
        yield from _direct_names([getattr(value, f.name) for f in fields(value)])


def _record(value: Any, scope: Scope) -> str:
    """A statement, or another record in one."""
    parts = (f"{f.name}={_part(getattr(value, f.name), scope)}" for f in fields(value))
    return f"{head(type(value))}[" + " ".join(sorted(parts)) + "]"


def _part(value: Any, scope: Scope) -> str:
    if isinstance(value, Domain):
        sets = sorted(f"{scope.text(name)}:{scope.text(chosen)}" for name, chosen in value.sets.items())
        return "{" + ",".join(sets) + "|" + ",".join(sorted(_constraint(c, scope) for c in value.constraints)) + "}"
    if isinstance(value, Mapping):
        return "{" + ",".join(sorted(f"{_part(k, scope)}:{_part(v, scope)}" for k, v in value.items())) + "}"
    if isinstance(value, tuple | list):
        return "(" + ",".join(_part(v, scope) for v in value) + ")"
    if is_dataclass(value) and not isinstance(value, type):
        return _record(value, scope)
    return scope.text(value)


def _constraint(relation: Any, scope: Scope) -> str:
    """A constraint; in an equation for all entries of a family, the index of the entry is bound."""
    left = relation.args[0]
    if not (isinstance(relation, sp.Eq) and isinstance(left, sp.Indexed)):
        return scope.text(relation)
    return "all " + scope.binding(*(i for i in left.indices if isinstance(i, sp.Symbol))).texts(*relation.args)


@dataclass(frozen=True)
class Scope:
    """The names in force at one place of an expression, and the texts found there already."""

    names: Mapping[Any, str] = field(default_factory=dict)
    depth: int = 0
    found: dict[int, tuple[Any, str]] = field(default_factory=dict)
    """By identity, with the node itself, so that its identity is not given to another one."""

    def binding(self, *bound: Any) -> Scope:
        """The scope under a binder."""
        new = {b: f"#{self.depth + i}" for i, b in enumerate(bound)}
        return Scope({**self.names, **new}, self.depth + len(bound))

    def text(self, node: Any) -> str:
        """Canonical text of a node in this scope; operands come first, so that only binders nest calls."""
        waiting: list[tuple[Any, bool]] = [(node, False)]
        while waiting:
            top, ready = waiting.pop()
            if id(top) in self.found:
                continue
            if not ready and isinstance(top, sp.Basic) and not isinstance(top, _BINDING):
                waiting.append((top, True))
                waiting += [(a, False) for a in top.args]
                continue
            text = self.names.get(top) if self.names and isinstance(top, sp.Basic) else None
            self.found[id(top)] = (top, _short(_written(top, self) if text is None else text))
        return self.found[id(node)][1]

    def texts(self, *nodes: Any) -> str:
        """Several nodes, in their order."""
        return ",".join(map(self.text, nodes))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else "~" + hashlib.sha256(text.encode()).hexdigest()


def _written(node: Any, scope: Scope) -> str:
    if isinstance(node, sp.MatrixBase):
        return f"matrix{node.shape}[{scope.texts(*node.flat())}]"
    if not isinstance(node, sp.Basic):
        return _plain(node)
    if isinstance(node, sp.Float):
        raise ValueError(f"{node} is a float; a claim is exact")
    if isinstance(node, sp.Rational):
        return f"{int(node.p):x}/{int(node.q):x}"
    if isinstance(node, sp.Symbol) and not isinstance(node, sp.Wild):
        return f"{_named(node)}~{node.dummy_index}" if isinstance(node, sp.Dummy) else _named(node)
    if isinstance(node, Str):
        return f"t{json.dumps(node.name)}"
    return _compound(node, scope)


def _plain(value: Any) -> str:
    """Plain Python values, and functions that are not applied to anything."""
    if isinstance(value, type) and issubclass(value, sp.Basic):
        return head(value)
    if type(value) in (str, int, bool, type(None)):
        return f"p{json.dumps(value)}"
    if isinstance(value, tuple):
        return "(" + ",".join(map(_plain, value)) + ")"
    raise ValueError(f"{value!r} of type {type(value).__name__} has no canonical form in a claim; write it with SymPy")


def _named(symbol: Any) -> str:
    """A symbol by its name and everything that is assumed of it."""
    known = symbol.assumptions0.items()
    assumed = ",".join(f"{k}={int(v)}" for k, v in sorted(known) if (k, v) != ("commutative", True))
    kind = "s" if type(symbol) is sp.Symbol else head(type(symbol))
    return f"{kind}{json.dumps(symbol.name)}" + (f"[{assumed}]" if assumed else "")


def _compound(node: Any, scope: Scope) -> str:
    for kind, rule in _RULES:
        if isinstance(node, kind):
            return f"{head(type(node))}({rule(node, scope)})"
    if node._hashable_content() != node.args:
        raise ValueError(f"{type(node).__name__} {node} says more than its arguments and has no canonical form here")
    if isinstance(node, sp.Mul):
        parts = _factors(node, scope)
    else:
        parts = [scope.text(a) for a in node.args]
        parts = sorted(parts) if isinstance(node, _UNORDERED) else parts
    return f"{head(type(node))}({','.join(parts)})" if parts else head(type(node))


def _factors(node: sp.Mul, scope: Scope) -> list[str]:
    """The factors of a product: those that commute in any order, the others in theirs."""
    commuting = sorted(scope.text(a) for a in node.args if a.is_commutative)
    return [*commuting, *(scope.text(a) for a in node.args if not a.is_commutative)]


def head(kind: Any) -> str:
    """The name of a class: short for SymPy's own, with its module for any other, with its assumptions if undefined."""
    if isinstance(kind, UndefinedFunction):
        known = sorted(kind._kwargs.items())  # pyright: ignore[reportPrivateUsage]
        if not all(isinstance(value, bool | None) for _, value in known):
            raise ValueError(f"the function {kind.name} has attributes beside its assumptions and no canonical form")
        return f"u{json.dumps(kind.name)}[{','.join(f'{k}={v}' for k, v in known)}]"
    name = kind.__qualname__
    return name if getattr(sp, name, None) is kind else f"{kind.__module__}:{name}"


def _sigma(node: Sigma, scope: Scope) -> str:
    return f"{scope.binding(node.index).text(node.summand)};{scope.texts(node.lower, node.upper)}"


def _determinant(node: Determinant, scope: Scope) -> str:
    return f"{scope.binding(*node.slots).text(node.body)};{scope.text(node.size)}"


def _family(node: FamilyBinder, scope: Scope) -> str:
    families = [a for a in node.args[1:3] if isinstance(a, sp.IndexedBase | sp.Symbol) and a in node.bound_names]
    slots, ranges = scope, []
    for item in node.ranges:
        index, low, high = item.args
        ranges.append(f"({slots.texts(low, high)})")
        slots = slots.binding(index)
    rest = [slots.text(a) for a in node.args[1 + len(families) :] if not isinstance(a, sp.Tuple)]
    return f"{scope.binding(*families).text(node.args[0])};{','.join(rest)};{','.join(ranges)}"


def _limits(node: Any, scope: Scope) -> str:
    """SymPy's integrals, sums and products: the last limit is the outermost; one without ends binds nothing."""
    inner, ranges = scope, []
    for limit in reversed(node.limits):
        name, *ends = limit.args
        ranges.append(f"({inner.texts(*(ends or [name]))})")
        inner = inner.binding(name) if ends else inner
    return f"{inner.text(node.function)};{','.join(ranges)}"


def _derivative(node: Any, scope: Scope) -> str:
    counts = ",".join(sorted(f"{scope.text(v)}^{scope.text(n)}" for v, n in node.variable_count))
    return f"{scope.text(node.expr)};{counts}"


def _lambda(node: Any, scope: Scope) -> str:
    return scope.binding(*node.variables).texts(node.signature, node.expr)


def _subs(node: Any, scope: Scope) -> str:
    return f"{scope.binding(*node.variables).text(node.expr)};{scope.texts(*node.point)}"


def _base(node: Any, scope: Scope) -> str:
    """A family: its label, its shape and what is assumed of its entries."""
    assumed = ",".join(f"{k}={int(v)}" for k, v in sorted(node.assumptions0.items()) if (k, v) != ("commutative", True))
    return scope.texts(*node.args) + (f"[{assumed}]" if assumed else "")


def _entry(node: sp.Indexed, scope: Scope) -> str:
    return scope.texts(*node.args)


def _limit(node: sp.Limit, scope: Scope) -> str:
    expression, name, point, direction = node.args
    return f"{scope.binding(name).text(expression)};{scope.text(point)};{direction}"


def _condition_set(node: Any, scope: Scope) -> str:
    inner = scope.binding(*(node.sym if isinstance(node.sym, sp.Tuple) else (node.sym,)))
    return f"{inner.texts(node.sym, node.condition)};{scope.text(node.base_set)}"


_RULES: tuple[tuple[Any, Callable[[Any, Scope], str]], ...] = (
    (Sigma, _sigma),
    (FamilyBinder, _family),
    (Determinant, _determinant),
    (ExprWithLimits, _limits),
    (sp.Derivative, _derivative),
    (sp.Lambda, _lambda),
    (sp.Subs, _subs),
    (sp.Limit, _limit),
    (sp.ConditionSet, _condition_set),
    (sp.IndexedBase, _base),
    (sp.Indexed, _entry),
)
"""How each kind of node that binds names, or is more or less than its arguments in their order, is written."""
