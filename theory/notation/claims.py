"""Formulas as statements: identities, inequalities, expansions, limits; a chain ``a = b = c`` is several of them."""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.notation.build import Builder
from theory.notation.domains import Declarations, undeclared
from theory.notation.errors import NotationError
from theory.notation.grammar import Parser
from theory.notation.scope import Scope
from theory.notation.syntax import Call, Chain, Link, Name, Negative, Node, Sum
from theory.sides import sides_of
from theory.statements import Expansion, Identity, Inequality, LimitStatement, Statement


def read_claims(text: str, declared: Declarations) -> tuple[Statement, ...]:
    """The statements that a line of text makes.

    ``LEFT = RIGHT``, ``LEFT = RIGHT + O(x^3)``, ``EXPRESSION -> VALUE as x -> 0+``. A limit from no stated side is one
    statement for each side from which the domain lets the symbol come.

    Raises
    ------
    NotationError
        At the character where it stops being a formula, or at a name without a domain.
    """
    parser = Parser(text)
    chain = parser.chain()
    reader = _Reader(text, declared)
    if parser.at("->"):
        claims = reader.limits(chain, parser)
    else:
        parser.finish()
        claims = reader.links(chain)
    if reader.scope.missing:
        raise undeclared(text, reader.scope)
    return claims


def read_expression(text: str, scope: Scope) -> Any:
    """One expression, its names as the scope knows them.

    Raises
    ------
    NotationError
        At the character where it stops being an expression, or at a name without a domain.
    """
    parser = Parser(text)
    node = parser.sum()
    parser.finish()
    value = Builder(text).expression(node, scope)
    if scope.missing:
        raise undeclared(text, scope)
    return value


class _Reader:
    """Builds the statements of one line."""

    def __init__(self, text: str, declared: Declarations) -> None:
        self.builder, self.domain, self.scope = Builder(text), declared.domain, declared.scope()

    def links(self, chain: Chain) -> tuple[Statement, ...]:
        """One statement for each sign of the chain."""
        if not chain.links:
            raise NotationError(
                "expected `=` with a right side, found an expression only; a claim is LEFT = RIGHT",
                self.builder.text,
                len(self.builder.text),
            )
        left = self.builder.expression(chain.first, self.scope)
        found: list[Statement] = []
        for link in chain.links:
            right, remainder = _without_remainder(link.right)
            value = self.builder.expression(right, self.scope) if right is not None else sp.Integer(0)
            if remainder is not None and link is not chain.links[-1]:
                self.builder.refuse("expected the remainder in the last part of the chain", remainder)
            found += self._related(left, link, value, remainder)
            left = value
        return tuple(found)

    def _related(self, left: Any, link: Link, right: Any, remainder: Call | None) -> tuple[Statement, ...]:
        if link.sign == "!=":
            self.builder.refuse("expected `=` or an inequality; for a factorial write `n! = …` with a space", link)
        if self.scope.missing:
            raise undeclared(self.builder.text, self.scope)
        if remainder is not None:
            if link.sign != "=":
                self.builder.refuse("expected `=` before a right side with a remainder", link)
            return (self._expansion(left, right, remainder),)
        if link.sign != "=":
            return (self._made(lambda: Inequality(left, right, self.domain, relation=link.sign), link),)
        return (self._made(lambda: Identity(left, right, self.domain), link),)

    def _expansion(self, left: Any, right: Any, remainder: Call) -> Statement:
        variable, about, order = self._order(remainder)
        self._sides(variable, about, "", remainder)
        return self._made(
            lambda: Expansion(left, right, self.domain, variable=variable, order=order, about=about), remainder
        )

    def _order(self, remainder: Call) -> tuple[Any, Any, Any]:
        """Variable, point and order of ``O(x^3)``, ``O((x - a)^(3/2))``, or at infinity ``O(x^-3)``."""
        small = self.builder.scalar(remainder.arguments[0], self.scope)
        if self.scope.missing:
            raise undeclared(self.builder.text, self.scope)
        base, power = small.as_base_exp()
        if base.is_Pow:
            base, power = base.base, base.exp * power
        names = sorted(base.free_symbols, key=str)
        variable = next((n for n in names if any(_is_free(base + s * n, n) for s in (1, -1))), None)
        allowed = power.is_Rational and 0 < abs(power) <= 100 and (power > 0 or base == variable)
        if len(remainder.arguments) != 1 or variable is None or not allowed:
            self.builder.refuse("expected a power of a symbol, as in O(x^3), O((x - 1)^3) or O(x^-3)", remainder)
        about = sp.expand(variable - base if _is_free(base - variable, variable) else variable + base)
        about = about if power > 0 else self._infinity(variable)
        return variable, about, int(abs(power)) if power.is_Integer else abs(power)

    def _infinity(self, variable: Any) -> Any:
        """Minus infinity where the domain reaches no other."""
        ends = self.domain.sets[variable]
        return -sp.oo if not ends.free_symbols and ends.sup is not sp.oo else sp.oo

    def limits(self, chain: Chain, parser: Parser) -> tuple[Statement, ...]:
        """``EXPRESSION -> VALUE as x -> point``, the point with + or - for one side."""
        if chain.links:
            self.builder.refuse("expected an expression before `->`, found a relation", chain.links[0])
        arrow = parser.take()
        value = parser.sum()
        if not parser.at_word("as"):
            raise parser.error(f"expected `as x -> point` after the limit, found {parser.found()}")
        parser.take()
        name = parser.primary()
        parser.expect("->", f" after `as {name.name if isinstance(name, Name) else 'x'}`")
        point = parser.signed()
        side = parser.take().text if parser.at("+", "-") else ""
        parser.finish()
        return self._limits(chain.first, value, name, point, side, arrow.position)

    def _limits(
        self, expression: Node, value: Node, name: Node, point: Node, side: str, position: int
    ) -> tuple[Statement, ...]:
        tending = self.builder.expression(expression, self.scope)
        to = self.builder.end(value, self.scope)
        variable = self.builder.scalar(name, self.scope)
        place = self.builder.end(point, self.scope)
        if self.scope.missing:
            raise undeclared(self.builder.text, self.scope)
        if not isinstance(variable, sp.Symbol):
            self.builder.refuse("expected a symbol that tends to a point", name)
        where = Name(position=position, name="limit")
        return tuple(
            self._made(
                lambda s=s: LimitStatement(tending, to, self.domain, variable=variable, point=place, direction=s), where
            )
            for s in self._sides(variable, place, side, point)
        )

    def _sides(self, variable: Any, place: Any, side: str, point: Node) -> tuple[str, ...]:
        if place.is_infinite:
            ends = self.domain.sets[variable]
            if not ends.free_symbols and place not in (ends.inf, ends.sup):
                self.builder.refuse(f"{variable} cannot tend to {place} in its domain {ends}", point)
            return ("+",)
        possible = sides_of(self.domain.sets[variable], place)
        if not possible or (side and side not in possible):
            self.builder.refuse(
                f"{variable} cannot tend to {place}{side} in its domain {self.domain.sets[variable]}", point
            )
        return (side,) if side else possible

    def _made(self, make: Any, node: Node) -> Statement:
        """A statement; what it complains about is said at its sign."""
        try:
            return make()
        except (TypeError, ValueError) as error:
            self.builder.refuse(str(error), node)


def _without_remainder(node: Node) -> tuple[Node | None, Call | None]:
    """A right side without its O(…), and that; None for a side that is nothing else."""
    if isinstance(node, Call) and node.name == "O":
        return None, node
    if not isinstance(node, Sum):
        return node, None
    terms = [t.operand if isinstance(t, Negative) else t for t in node.terms]
    found = [t for t in terms if isinstance(t, Call) and t.name == "O" and t.power == 1]
    if len(found) != 1:
        return node, None
    rest = tuple(t for t, bare in zip(node.terms, terms, strict=True) if bare is not found[0])
    return Sum(position=node.position, terms=rest), found[0]


def _is_free(expression: Any, name: Any) -> bool:
    return name not in sp.expand(expression).free_symbols
