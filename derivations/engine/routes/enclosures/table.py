"""The ball evaluator: it looks a node up in a table that the modules beside it fill."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flint import acb, ctx

from derivations.engine.routes.enclosures.points import Frame, UnknownError

Rule = Callable[[Any, Frame, bool], acb]
NAN = acb("nan")
RULES: dict[Any, Rule] = {}
"""One rule for each class of node."""
FALLBACKS: list[Callable[[Any], Rule | None]] = []
"""Rules for families of classes: numbers, entire functions, other binders."""


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """Work with ``bits`` of precision inside the block."""
    before = ctx.prec
    ctx.prec = bits
    try:
        yield
    finally:
        ctx.prec = before


def ball(node: Any, frame: Frame, analytic: bool = False) -> acb:
    """A ball that contains the value of ``node`` at the point of ``frame``.

    With ``analytic`` the symbols may be complex balls, and the result is not finite unless the expression is
    analytic there: what ``acb.integral`` asks for.

    Raises
    ------
    UnknownError
        If a node is not in the table.
    TooLargeError
        If sums would be written out over too many terms.
    """
    rule = RULES.get(node.func)
    for fallback in FALLBACKS if rule is None else ():
        rule = fallback(node)
        if rule is not None:
            break
    if rule is None:
        raise UnknownError(f"no ball for {node.func.__name__}: {node}")
    return rule(node, frame, analytic)
