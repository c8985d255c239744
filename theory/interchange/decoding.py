"""From plain data to expressions and statements; whatever is not expected is refused with its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import sympy as sp
from sympy.core.symbol import Str

import theory.statements
from theory.domain import Domain
from theory.interchange.limits import MAX_DEPTH, MAX_DIGITS, MAX_NODES, InterchangeError, checked_name
from theory.interchange.nodes import CONSTANTS, KINDS, UNORDERED
from theory.laws import LAWS
from theory.statements import Definition, Postulate, Statement

_KINDS: dict[str, Any] = {
    name: kind
    for name in theory.statements.__all__
    if isinstance(kind := getattr(theory.statements, name), type)
    and issubclass(kind, Statement | Definition | Postulate)
    and kind is not Statement
}


class Decoder:
    """Reads the parts of one document with its table of symbols."""

    def __init__(self, symbols: Any) -> None:
        self._symbols = [_symbol(entry) for entry in _list(symbols, "the symbols")]
        self._nodes = 0

    def statement(self, data: Any) -> Any:
        """A statement, a definition or a postulate.

        Raises
        ------
        InterchangeError
            If it is malformed, or if what it says is no valid statement.
        """
        return self._record(data, _KINDS, "statement")

    def _record(self, data: Any, kinds: dict[str, Any], what: str) -> Any:
        kind = kinds.get(_entry(data, "kind", str))
        if kind is None:
            raise InterchangeError(f"there is no kind of {what} {data['kind']!r}; it is one of {', '.join(kinds)}")
        parts = {name: self.value(v) for name, v in _entry(data, "fields", dict).items()}
        expected = {f.name for f in fields(kind)}
        if set(parts) != expected:
            raise InterchangeError(f"a {kind.__name__} has the fields {sorted(expected)}; found {sorted(parts)}")
        try:
            return kind(**parts)
        except (TypeError, ValueError, AttributeError) as error:
            raise InterchangeError(f"a {kind.__name__} that is none: {error}") from error

    def value(self, data: Any) -> Any:
        """A field of a statement."""
        if data is None or isinstance(data, bool | str | int):
            return data
        if isinstance(data, dict) and len(data) == 1:
            ((what, inside),) = data.items()
            if what == "domain":
                return self.domain(inside)
            if what == "tuple":
                return tuple(self.value(v) for v in _list(inside, "a tuple"))
            if what == "expression":
                return self.expression(inside)
            if what == "law":
                return self._record(inside, {kind.__name__: kind for kind in LAWS}, "law")
        raise InterchangeError(f"expected a value of a field, found {str(data)[:80]}")

    def domain(self, data: Any) -> Domain:
        """Sets and constraints."""
        pairs = [_list(pair, "a name with its set") for pair in _entry(data, "sets", list)]
        if any(len(pair) != 2 for pair in pairs):
            raise InterchangeError("the sets of a domain are pairs of a name and a set")
        sets = {self.expression(name): self.expression(chosen) for name, chosen in pairs}
        try:
            return Domain(sets, [self.expression(c) for c in _entry(data, "constraints", list)])
        except (TypeError, ValueError, AttributeError) as error:
            raise InterchangeError(f"a domain that is none: {error}") from error

    def expression(self, data: Any, depth: int = 0) -> Any:
        """A node and what is in it."""
        self._nodes += 1
        if depth > MAX_DEPTH or self._nodes > MAX_NODES:
            raise InterchangeError(f"more than {MAX_NODES} nodes, or nested deeper than {MAX_DEPTH}")
        if isinstance(data, int) and not isinstance(data, bool):
            return sp.Integer(_checked(data))
        head, *rest = _list(data, "an expression") or [None]
        if not isinstance(head, str):
            raise InterchangeError(f"expected a node that starts with its name, found {str(data)[:80]}")
        try:
            return self._node(head, rest, depth)
        except InterchangeError:
            raise
        except Exception as error:  # whatever SymPy says of arguments that do not fit: the document is wrong
            raise InterchangeError(f"a node {head} that is none: {str(error)[:200]}") from error

    def _node(self, head: str, rest: list[Any], depth: int) -> Any:
        if head in CONSTANTS and not rest:
            return CONSTANTS[head]
        if head in ("Symbol", "IndexedBase"):
            (place,) = rest
            symbol = self._symbols[_index(place, len(self._symbols))]
            return symbol if head == "Symbol" else sp.IndexedBase(symbol)
        if head == "Text":
            (text,) = rest
            return Str(checked_name(text))
        if head == "Rational":
            p, q = map(_checked, rest)
            return sp.Rational(p, q)
        if head == "Matrix":
            rows, columns, *entries = rest
            return sp.ImmutableMatrix(
                _checked(rows), _checked(columns), [self.expression(e, depth + 1) for e in entries]
            )
        if head == "Function":
            name, assumed, *rest = rest
            function: Any = sp.Function(checked_name(name), **_assumptions(assumed))
            return function(*[self.expression(a, depth + 1) for a in rest])
        if head not in KINDS:
            raise InterchangeError(f"a node {head[:40]!r} has no place in a document")
        return built(KINDS[head], [self.expression(a, depth + 1) for a in rest])


def built(kind: Any, arguments: Sequence[Any]) -> Any:
    """The node with exactly these arguments: SymPy's simplification on construction is undone where it acts.

    Raises
    ------
    InterchangeError
        If the node cannot be built so.
    """
    for options in ({}, {"evaluate": False}):
        try:
            made = kind(*arguments, **options)
        except TypeError:
            if options:
                continue
            raise
        if getattr(made, "func", None) is kind and _same(kind, made.args, arguments):
            return made
    raise InterchangeError(f"a {kind.__name__} of {str(tuple(arguments))[:120]} is not what a derivation holds")


def _same(kind: Any, found: Sequence[Any], wanted: Sequence[Any]) -> bool:
    if issubclass(kind, UNORDERED):
        return len(found) == len(wanted) and all(found.count(a) == wanted.count(a) for a in set(wanted))
    return tuple(found) == tuple(wanted)


def _symbol(entry: Any) -> sp.Symbol:
    name = checked_name(_entry(entry, "name", str))
    make: Any = sp.Dummy if entry.get("dummy") is True else sp.Symbol
    try:
        return make(name, **_assumptions(_entry(entry, "assumptions", dict)))
    except Exception as error:  # SymPy's own error for contradictory assumptions has no public name
        raise InterchangeError(f"the assumptions of {name} contradict one another") from error


def _assumptions(data: Any) -> dict[str, bool]:
    known = sp.Symbol("x", positive=True).assumptions0 | dict.fromkeys(
        ("integer", "rational", "even", "odd", "prime", "irrational", "algebraic", "transcendental", "composite",
         "noninteger", "extended_real")
    )  # fmt: skip
    if not isinstance(data, dict) or any(k not in known or not isinstance(v, bool) for k, v in data.items()):
        raise InterchangeError(f"expected assumptions such as positive: true, found {str(data)[:80]}")
    return data


def _checked(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value.bit_length() > 3.4 * MAX_DIGITS:
        raise InterchangeError(f"expected an integer of at most {MAX_DIGITS} digits, found {str(value)[:40]}")
    return value


def _index(value: Any, count: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < count:
        raise InterchangeError(f"expected the place of one of {count} symbols, found {value!r}")
    return value


def _list(data: Any, what: str) -> list[Any]:
    if not isinstance(data, list):
        raise InterchangeError(f"expected {what} as a list, found {str(data)[:80]}")
    return data


def _entry(data: Any, key: str, kind: type) -> Any:
    if not isinstance(data, dict) or not isinstance(data.get(key), kind):
        raise InterchangeError(f"expected an object with {key!r}, found {str(data)[:80]}")
    return data[key]
