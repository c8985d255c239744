"""From expressions and statements to plain data."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef
from sympy.core.symbol import Str

from theory.domain import Domain
from theory.interchange.limits import MAX_DEPTH, MAX_DIGITS, MAX_NODES, InterchangeError, checked_name
from theory.interchange.nodes import CONSTANTS, KINDS, UNORDERED
from theory.laws import LAWS
from theory.statements import Definition, Postulate, Statement


class Encoder:
    """Writes the parts of one document; symbols are written once, in ``symbols``, and referred to by their place."""

    def __init__(self) -> None:
        self.symbols: list[dict[str, Any]] = []
        self._places: dict[sp.Symbol, int] = {}
        self._nodes = 0

    def statement(self, statement: Any) -> dict[str, Any]:
        """A statement, a definition or a postulate: its kind and its fields."""
        if not isinstance(statement, Statement | Definition | Postulate):
            raise InterchangeError(f"expected a statement, found a {type(statement).__name__}")
        parts = {f.name: self.value(getattr(statement, f.name)) for f in fields(statement)}
        return {"kind": type(statement).__name__, "fields": parts}

    def value(self, value: Any) -> Any:
        """A field: an expression, a domain, or a tuple of such; text, numbers and None as they are."""
        if value is None or isinstance(value, bool | str | int):
            return value
        if isinstance(value, Domain):
            return {"domain": self.domain(value)}
        if isinstance(value, tuple):
            return {"tuple": [self.value(v) for v in value]}
        if isinstance(value, sp.Basic | sp.MatrixBase):
            return {"expression": self.expression(value)}
        if isinstance(value, LAWS):
            parts = {f.name: self.value(getattr(value, f.name)) for f in fields(value)}
            return {"law": {"kind": type(value).__name__, "fields": parts}}
        raise InterchangeError(f"no form for a {type(value).__name__} in a document: {value!r}")

    def domain(self, domain: Domain) -> dict[str, Any]:
        """The sets by their names, and the constraints."""
        names = sorted(domain.sets, key=lambda n: (str(n), n.sort_key()))
        sets = [[self.expression(n), self.expression(domain.sets[n])] for n in names]
        return {"sets": sets, "constraints": [self.expression(c) for c in domain.constraints]}

    def expression(self, node: Any, depth: int = 0) -> Any:
        """A node: an integer, or a list that starts with the name of what it is.

        Raises
        ------
        InterchangeError
            If a node is not on the list, or there are too many, or they lie too deep.
        """
        self._nodes += 1
        if depth > MAX_DEPTH:
            raise InterchangeError(f"the expression is nested deeper than {MAX_DEPTH} nodes; give parts of it names")
        if self._nodes > MAX_NODES:
            raise InterchangeError(f"the document has more than {MAX_NODES} nodes; save parts of it by themselves")
        if isinstance(node, sp.MatrixBase):
            entries = [self.expression(entry, depth + 1) for entry in node]
            return ["Matrix", int(node.rows), int(node.cols), *entries]
        atom = self._atom(node)
        return atom if atom is not None else self._compound(node, depth)

    def _atom(self, node: Any) -> Any:
        if isinstance(node, sp.Integer):
            return _integer(int(node))
        if isinstance(node, sp.Rational):
            return ["Rational", _integer(int(node.p)), _integer(int(node.q))]
        for name, constant in CONSTANTS.items():
            if node == constant and type(node) is type(constant):
                return [name]
        if isinstance(node, Str):
            return ["Text", checked_name(node.name)]
        if isinstance(node, sp.Symbol):
            return ["Symbol", self._place(node)]
        if isinstance(node, sp.IndexedBase):
            if len(node.args) != 1 or not isinstance(node.label, sp.Symbol):
                raise InterchangeError(f"the family {node} has a shape; declare it without one")
            return ["IndexedBase", self._place(node.label)]
        return None

    def _compound(self, node: Any, depth: int) -> Any:
        if isinstance(node, AppliedUndef):
            head: list[Any] = ["Function", checked_name(node.func.__name__), _assumed(node.func)]
        else:
            name = _name_of(node)
            if KINDS.get(name) is not node.func:
                raise InterchangeError(f"a {type(node).__name__} has no place in a document: {str(node)[:80]}")
            head = [name]
        arguments = [self.expression(a, depth + 1) for a in node.args]
        if isinstance(node, UNORDERED):
            arguments.sort(key=json.dumps)
        return [*head, *arguments]

    def _place(self, symbol: sp.Symbol) -> int:
        if symbol not in self._places:
            self._places[symbol] = len(self.symbols)
            entry: dict[str, Any] = {"name": checked_name(symbol.name), "assumptions": assumptions(symbol)}
            self.symbols.append({**entry, "dummy": True} if isinstance(symbol, sp.Dummy) else entry)
        return self._places[symbol]


def assumptions(symbol: sp.Symbol) -> dict[str, bool]:
    """All that is known of a symbol by its assumptions, without what is always so."""
    return {k: v for k, v in sorted(symbol.assumptions0.items()) if k != "commutative" or not v}


def _assumed(function: Any) -> dict[str, bool]:
    return {k: bool(v) for k, v in sorted(getattr(function, "_kwargs", {}).items())}


def _name_of(node: Any) -> str:
    return next((name for name, kind in KINDS.items() if kind is node.func), type(node).__name__)


def _integer(value: int) -> int:
    if value.bit_length() > 3 * MAX_DIGITS:
        raise InterchangeError(f"an integer has more than {MAX_DIGITS} digits")
    return value
