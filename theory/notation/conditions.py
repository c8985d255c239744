"""Conditions on symbols as they are written: ``beta > 0, x in (-3, 3), L in 1..8, n integer``."""

from __future__ import annotations

from dataclasses import dataclass

from theory.notation.errors import NotationError
from theory.notation.grammar import Parser
from theory.notation.syntax import Call, Chain, Entry, Name, Node, Product

KINDS = frozenset(
    {"real", "integer", "complex", "positive", "negative", "nonnegative", "nonpositive", "nonzero", "function"}
)
NAMED_SETS = frozenset({"reals", "integers"})


@dataclass(frozen=True, kw_only=True)
class Between(Node):
    """An interval, with the brackets it was written in."""

    low: Node
    high: Node
    brackets: str


@dataclass(frozen=True, kw_only=True)
class Steps(Node):
    """The integers from ``low`` to ``high``, both included."""

    low: Node
    high: Node


@dataclass(frozen=True, kw_only=True)
class Members(Node):
    """A finite set."""

    items: tuple[Node, ...]


@dataclass(frozen=True, kw_only=True)
class Named(Node):
    """A set or a property by its name."""

    word: str


@dataclass(frozen=True, kw_only=True)
class Membership(Node):
    """Some names, each in one of the sets: their union."""

    targets: tuple[Node, ...]
    sets: tuple[Node, ...]


Condition = Membership | Chain


def parse_conditions(text: str) -> tuple[Condition, ...]:
    """The conditions of a text, separated by commas, semicolons or ``and``.

    Raises
    ------
    NotationError
        At the character where it stops being a list of conditions.
    """
    parser, found = Parser(text), []
    while parser.now.kind != "end":
        found += _condition(parser)
        if parser.now.kind == "end":
            break
        if not (parser.at(",", ";") or parser.at_word("and")):
            raise parser.error(f"expected `,` before the next condition, found {parser.found()}")
        parser.take()
    return tuple(found)


def _condition(parser: Parser) -> list[Condition]:
    """One condition on one name, or on several: ``a, b > 0`` says it of both."""
    targets: list[Node] = []
    while (target := _bare_target(parser)) is not None:
        targets.append(target)
        if not parser.accept(","):
            return [_membership(parser, targets)]
    start = parser.mark()
    chain = parser.chain()
    end = parser.mark()
    if not chain.links:
        raise _no_condition(parser, chain.first)
    found: list[Condition] = [chain]
    for target in targets:
        parser.back(start)
        found.append(_about(parser, target))
    parser.back(end)
    return found


def _no_condition(parser: Parser, found: Node) -> NotationError:
    last = found.factors[-1] if isinstance(found, Product) else None
    if isinstance(last, Name):
        words = ", ".join(sorted(KINDS))
        return parser.error(f"expected `in`, a sign such as > or one of {words}, found `{last.name}`", last.position)
    return parser.error(f"expected a condition such as x > 0 or x in (0, 1), found {parser.found()}")


def _about(parser: Parser, target: Node) -> Chain:
    """The condition that comes next, said of another name; it must begin with a name."""
    chain = parser.chain()
    if not isinstance(chain.first, Name | Entry):
        raise parser.error(
            "expected a condition after each name, as in x > 0; names in a list share one that begins with a name, as "
            "in a, b > 0",
            target.position,
        )
    return Chain(position=target.position, first=target, links=chain.links)


def _bare_target(parser: Parser) -> Node | None:
    """A name, a family entry or a function in front of `in`, a property, or a comma; nothing is passed otherwise."""
    start = parser.mark()
    if parser.now.kind != "name":
        return None
    node = parser.primary()
    ends = parser.at(",") or parser.at_word("in", "is") or parser.at_word(*KINDS)
    if isinstance(node, Name | Entry | Call) and ends:
        return node
    parser.back(start)
    return None


def _membership(parser: Parser, targets: list[Node]) -> Membership:
    position = targets[0].position
    if parser.at_word("in"):
        parser.take()
        sets = [_set(parser)]
        while parser.accept("∪") or parser.at_word("or"):
            if parser.at_word("or"):
                parser.take()
            sets.append(_set(parser))
        return Membership(position=position, targets=tuple(targets), sets=tuple(sets))
    if parser.at_word("is"):
        parser.take()
    word = parser.now
    if not parser.at_word(*KINDS):
        raise parser.error(f"expected one of {', '.join(sorted(KINDS))}, found {parser.found()}")
    parser.take()
    return Membership(position=position, targets=tuple(targets), sets=(Named(position=word.position, word=word.text),))


def _set(parser: Parser) -> Node:
    start = parser.now
    if parser.at("{"):
        parser.take()
        items = [parser.sum()]
        while parser.accept(","):
            items.append(parser.sum())
        parser.expect("}", " or `,`")
        return Members(position=start.position, items=tuple(items))
    if parser.at_word(*NAMED_SETS):
        return Named(position=start.position, word=parser.take().text)
    if parser.at("(", "[") and (interval := _interval(parser)) is not None:
        return interval
    low = parser.sum()
    parser.expect("..", " as in 1..8, or an interval such as (0, 1)")
    return Steps(position=start.position, low=low, high=parser.sum())


def _interval(parser: Parser) -> Between | None:
    """``(a, b)`` with round or square brackets; None if the bracket opens something else, as in (a+1)..b."""
    start = parser.mark()
    opening = parser.take()
    low = parser.sum()
    if not parser.accept(","):
        parser.back(start)
        return None
    high = parser.sum()
    if not parser.at(")", "]"):
        raise parser.error(f"expected `)` or `]` at the end of the interval, found {parser.found()}")
    brackets = opening.text + parser.take().text
    return Between(position=opening.position, low=low, high=high, brackets=brackets)
