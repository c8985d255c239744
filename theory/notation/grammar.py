"""Formulas by recursive descent: sums of products of powers, calls, entries and brackets, to a bounded depth."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from theory.notation.errors import NotationError, character_name
from theory.notation.functions import BINDERS, FUNCTIONS
from theory.notation.syntax import (
    Call,
    Chain,
    Entry,
    Link,
    Name,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Rows,
    Sum,
)
from theory.notation.tokens import Token, tokens_of

MAX_DEPTH = 64
RELATIONS = ("=", "<=", ">=", "<", ">", "!=")
RESERVED = frozenset({"where", "and", "or", "in", "as", "is"})
"""Words of the notation, never names."""
CALLED = frozenset(FUNCTIONS) | frozenset(BINDERS)
"""Names that may stand apart from their bracket; behind another name, p^k (1 - p) is a product."""
_STOPS = "a number, a name, a bracket or a minus sign"


class Parser:
    """Reads one text from left to right."""

    def __init__(self, text: str) -> None:
        self.text, self._tokens, self._place = text, tokens_of(text), 0
        self._depth, self._open_bars = 0, 0

    @property
    def now(self) -> Token:
        """The token that comes next."""
        return self._tokens[self._place]

    def peek(self, distance: int = 1) -> Token:
        """A token further on."""
        return self._tokens[min(self._place + distance, len(self._tokens) - 1)]

    def take(self) -> Token:
        """The next token, which is then behind."""
        token = self.now
        self._place = min(self._place + 1, len(self._tokens) - 1)
        return token

    def mark(self) -> int:
        """The place, to come back to."""
        return self._place

    def back(self, mark: int) -> None:
        """Go back to a place."""
        self._place = mark

    def at(self, *signs: str) -> bool:
        """Whether one of these signs comes next."""
        return self.now.kind == "sign" and self.now.text in signs

    def at_word(self, *words: str) -> bool:
        """Whether one of these words comes next."""
        return self.now.kind == "name" and self.now.text in words

    def accept(self, sign: str) -> bool:
        """Pass a sign if it comes next."""
        if not self.at(sign):
            return False
        self.take()
        return True

    def expect(self, sign: str, why: str = "") -> Token:
        """Pass a sign that must come next."""
        if not self.at(sign):
            raise self.error(f"expected `{sign}`{why}, found {self.found()}")
        return self.take()

    def found(self) -> str:
        """The next token for a message."""
        token = self.now
        if token.kind == "end":
            return "the end"
        shown = self.text[token.position]
        return f"`{token.text}`" if shown.isascii() else character_name(shown)

    def error(self, problem: str, position: int | None = None) -> NotationError:
        """An error at the next token, or at a position."""
        return NotationError(problem, self.text, self.now.position if position is None else position)

    def finish(self) -> None:
        """Nothing may be left."""
        if self.now.kind != "end":
            raise self.error(f"expected a sign of arithmetic or the end, found {self.found()}")

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """One more level of nesting."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self.error(f"expected at most {MAX_DEPTH} levels of nesting; name a part of it and split the formula")
        yield
        self._depth -= 1

    def chain(self) -> Chain:
        """Expressions joined by signs of relation."""
        position = self.now.position
        first, links = self.sum(), []
        while self.at(*RELATIONS):
            sign = self.take()
            links.append(Link(position=sign.position, sign=sign.text, right=self.sum()))
        return Chain(position=position, first=first, links=tuple(links))

    def sum(self) -> Node:
        """Terms with + and - between them."""
        position, terms = self.now.position, [self.product()]
        while self.at("+", "-"):
            sign = self.take()
            term = self.product()
            terms.append(Negative(position=sign.position, operand=term) if sign.text == "-" else term)
        return terms[0] if len(terms) == 1 else Sum(position=position, terms=tuple(terms))

    def product(self) -> Node:
        """Factors with * and / between them, or side by side where that has one meaning only."""
        start = self.now.position
        factors, inverted = [self.signed()], [False]
        position = start
        while True:
            if self.at("*", "/"):
                sign = self.take()
                position = sign.position if sign.text == "/" else position
                factors.append(self.signed())
                inverted.append(sign.text == "/")
            elif self._factor_follows():
                self._refuse_ambiguity(inverted)
                factors.append(self.power())
                inverted.append(False)
            else:
                break
        if len(factors) == 1:
            return factors[0]
        return Product(position=position, factors=tuple(factors), inverted=tuple(inverted))

    def _factor_follows(self) -> bool:
        if self.now.kind == "name":
            return self.now.text not in RESERVED
        return self.at("(", "√") or (self.at("|") and not self._open_bars)

    def _refuse_ambiguity(self, inverted: list[bool]) -> None:
        if any(inverted):
            raise self.error(
                f"expected `*` or brackets before {self.found()}: 1/2x may mean (1/2)*x or 1/(2*x), so a product after "
                "a division is written with `*`"
            )
        if self._after_bare_exponent() and not self.now.spaced:
            raise self.error(
                f"expected `*` or brackets before {self.found()}: e^2x may mean e^2*x or e^(2*x), so an exponent "
                "is followed by a space, by `*`, or stands in brackets"
            )

    def _after_bare_exponent(self) -> bool:
        """Whether the last token was a number or a name that ends an exponent."""
        last = self._place - 1
        while last > 0 and self._tokens[last].kind in ("number", "name"):
            before = self._tokens[last - 1]
            if before.kind == "sign" and before.text == "^":
                return True
            if not (before.kind == "sign" and before.text in "+-") or last < 2:
                return False
            return self._tokens[last - 2].text == "^"
        return False

    def signed(self) -> Node:
        """A power with signs in front: -x^2 is -(x^2)."""
        if not self.at("+", "-"):
            return self.power()
        sign = self.take()
        with self.deeper():
            operand = self.signed()
        return Negative(position=sign.position, operand=operand) if sign.text == "-" else operand

    def power(self) -> Node:
        """A base with its exponent; 2^3^2 is 2^(3^2)."""
        base = self.postfix()
        if not self.at("^"):
            return base
        sign = self.take()
        with self.deeper():
            exponent = self.exponent()
        return Power(position=sign.position, base=base, exponent=exponent)

    def exponent(self) -> Node:
        """What follows ^: a power, with signs in front."""
        if not self.at("+", "-"):
            return self.power()
        sign = self.take()
        with self.deeper():
            operand = self.exponent()
        return Negative(position=sign.position, operand=operand) if sign.text == "-" else operand

    def postfix(self) -> Node:
        """A primary with factorial signs or superscript digits behind it."""
        node = self.primary()
        for _ in range(MAX_DEPTH):
            if self.at("!", "!!"):
                sign = self.take()
                name = "factorial" if sign.text == "!" else "factorial2"
                node = Call(position=sign.position, name=name, arguments=(node,))
            elif self.now.kind == "power":
                token = self.take()
                exponent = Number(position=token.position, text=token.text)
                node = Power(position=token.position, base=node, exponent=exponent)
            else:
                return node
        raise self.error("expected fewer signs behind one another; use brackets")

    def primary(self) -> Node:
        """A number, a name, a call, an entry, or something in brackets."""
        token = self.now
        with self.deeper():
            if token.kind == "number":
                self.take()
                return Number(position=token.position, text=token.text)
            if token.kind == "name" and token.text not in RESERVED:
                return self._named()
            if self.at("("):
                return self._bracketed()
            if self.at("["):
                return self._rows()
            if self.at("|"):
                return self._modulus()
            if self.at("√"):
                return self._root()
        raise self.error(f"expected {_STOPS}, found {self.found()}")

    def _named(self) -> Node:
        token = self.take()
        if self.at("[") and not self.now.spaced:
            self.take()
            return Entry(position=token.position, name=token.text, indices=self._list("]"))
        primes, power = self._primes(), self._power_of_function()
        if primes or (self.at("(") and (not self.now.spaced or token.text in CALLED)):
            self.expect("(", f" after the function {token.text}")
            arguments = self._list(")")
            return Call(position=token.position, name=token.text, arguments=arguments, power=power, primes=primes)
        return Name(position=token.position, name=token.text)

    def _primes(self) -> int:
        count = 0
        while self.accept("'"):
            count += 1
        return count

    def _power_of_function(self) -> int:
        """sin^2(x) and sin²(x): only a whole number, directly between the name and its bracket."""
        if self.now.kind == "power" and self._is_open(self.peek()):
            return self._small(self.take())
        exponent, bracket = self.peek(), self.peek(2)
        if self.at("^") and exponent.kind == "number" and exponent.text.isdigit() and self._is_open(bracket):
            self.take()
            return self._small(self.take())
        return 1

    def _small(self, token: Token) -> int:
        if len(token.text) > 3:
            raise self.error("expected an exponent below 1000", token.position)
        return int(token.text)

    @staticmethod
    def _is_open(token: Token) -> bool:
        return token.kind == "sign" and token.text == "(" and not token.spaced

    def _list(self, closing: str) -> tuple[Node, ...]:
        """Expressions with commas between them, up to a closing bracket."""
        bars, self._open_bars = self._open_bars, 0
        items = [self.sum()]
        while self.accept(","):
            items.append(self.sum())
        self.expect(closing, " or `,`")
        self._open_bars = bars
        return tuple(items)

    def _bracketed(self) -> Node:
        opening = self.take()
        inside, *more = self._list(")")
        if more:
            raise self.error("expected one expression in brackets, found a list; a column is [a, b]", opening.position)
        return inside

    def _rows(self) -> Node:
        opening = self.take()
        return Rows(position=opening.position, items=self._list("]"))

    def _modulus(self) -> Node:
        opening = self.take()
        self._open_bars += 1
        inner = self.sum()
        self.expect("|", " that closes the modulus")
        self._open_bars -= 1
        return Call(position=opening.position, name="abs", arguments=(inner,))

    def _root(self) -> Node:
        sign, bare = self.take(), not self.at("(")
        operand = self.primary()
        if bare and (self.at("^", "!", "!!") or self.now.kind == "power"):
            raise self.error(f"expected brackets after √ before {self.found()}: √x^2 may mean √(x^2) or (√x)^2")
        return Call(position=sign.position, name="sqrt", arguments=(operand,))
