"""The letters in use over one domain, found again by what they stand for; making elements of them is left open."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from math import inf
from typing import Any

import sympy as sp
from flint import fmpq

from derivations.engine.claims import encode
from derivations.engine.routes.normal_forms.field import LETTERS, Field, Letter, Ratio
from derivations.engine.routes.normal_forms.generators.atoms import atom_letter, is_spin
from theory.domain import Domain

MAX_ORDER = 60


class RetryError(Exception):
    """A letter needs a finer generator: start again with ``key`` refined to ``order``."""

    def __init__(self, key: str, order: int) -> None:
        super().__init__(key)
        self.key, self.order = key, order


class Letters(ABC):
    """The field over one domain. ``orders`` are the denominators found necessary so far."""

    def __init__(
        self, domain: Domain, orders: dict[str, int] | None = None, letters: int = LETTERS[0], until: float = inf
    ) -> None:
        self.domain = domain
        self.field = Field(limit=letters, until=until)
        self.orders = orders or {}
        self.places: dict[str, int] = {}
        self._opaque: list[tuple[str, tuple[Ratio, ...], int]] = []

    @abstractmethod
    def convert(self, node: Any) -> Ratio:
        """The element that stands for an expression."""

    @abstractmethod
    def exponential(self, argument: Ratio) -> Ratio:
        """exp of an element."""

    @abstractmethod
    def rational_power(self, x: Ratio, exponent: fmpq) -> Ratio:
        """The principal power of an element."""

    @abstractmethod
    def logarithm(self, x: Ratio) -> Ratio:
        """The principal logarithm of an element."""

    def place(self, key: str, make: Callable[[], Letter]) -> int:
        """The place of the letter with this key, made if it is new."""
        if key not in self.places:
            self.places[key] = self.field.new(make())
        return self.places[key]

    def key(self, x: Ratio) -> str:
        """Canonical text of an element: its letters by what they stand for, not by their place."""
        return encode(self.field.expression(x))

    def atom(self, node: Any) -> int:
        """The place of a symbol, an entry of a family or a constant."""
        place = self.place(f"atom {encode(node)}", lambda: atom_letter(node, self.domain))
        letter = self.field.letters[place]
        if letter.relation is None and is_spin(node, self.domain):
            letter.relation, letter.real, letter.integer = (2, self.field.one), True, True
        return place

    def structural(self, node: Any, **known: bool) -> Ratio:
        """A letter known only by its canonical form."""
        key = f"node {encode(node)}"
        return self.field.letter(self.place(key, lambda: Letter(kind="opaque", node=node, **known)))

    def opaque(self, head: str, arguments: tuple[Ratio, ...], node: sp.Expr, **known: bool) -> Ratio:
        """A letter for a function without rules: arguments are matched by zero difference, not by print."""
        for other, others, place in self._opaque:
            matching = other == head and len(others) == len(arguments)
            if matching and all(self.field.same(x, y) for x, y in zip(arguments, others, strict=True)):
                return self.field.letter(place)
        place = self.field.new(Letter(kind="opaque", node=node, content=(head, arguments), **known))
        self._opaque.append((head, arguments, place))
        return self.field.letter(place)

    def arguments_of(self, head: str) -> list[tuple[Ratio, ...]]:
        """The arguments at which a function without rules is in use."""
        return [arguments for other, arguments, _ in self._opaque if other == head]

    def is_integer(self, x: Ratio) -> bool:
        """Whether an element is proved to take integer values: integer coefficients, integer letters."""
        if x.den != self.field.one.den or any(c.q != 1 for c in x.num.coeffs()):
            return False
        return all(self.field.letters[i].integer for i in self.field.used(x.num))
