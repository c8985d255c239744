"""FORM: the difference as one fraction of polynomials; the numerator is expanded, and the denominator is not zero."""

from __future__ import annotations

from itertools import chain
from typing import Any

import sympy as sp

from derivations.engine.routes.second_systems.notation import digits, is_symbol, own_name, short_enough
from derivations.engine.routes.second_systems.system import Pairs, System, UnprintableError

Fraction = tuple[str, str]
"""Numerator and denominator, each a polynomial with integer coefficients."""
LARGEST_EXPONENT = 1000
_VERSION = "#write \"version:`VERSION_'.`SUBVERSION_'\""
_ZERO = ("#if ( ( termsin(N{0}) == 0 ) && ( termsin(D{0}) != 0 ) )", '#write "zero:true"', "#else",
         '#write "zero:false"', "#endif")  # fmt: skip


def fraction(node: Any, names: dict[Any, str]) -> Fraction:
    """A rational expression over one denominator.

    Raises
    ------
    UnprintableError
        If it holds anything but rational numbers, symbols, sums, products and integer powers.
    """
    if isinstance(node, sp.Rational):
        return f"({digits(node.p)})", digits(node.q)
    if is_symbol(node):
        return own_name(node, names), "1"
    if type(node) in (sp.Add, sp.Mul) and node.args:
        found = fraction(node.args[0], names)
        for part in node.args[1:]:
            found = (_sum if type(node) is sp.Add else _product)(found, fraction(part, names))
        return found
    if type(node) is sp.Pow and node.exp.is_Integer and abs(int(node.exp)) <= LARGEST_EXPONENT:
        above, below = (_power(part, abs(int(node.exp))) for part in fraction(node.base, names))
        return (above, below) if node.exp > 0 else (below, above)
    found = f"the exponent {node.exp}"[:40] if type(node) is sp.Pow else type(node).__name__
    raise UnprintableError(f"it reads rational identities only; found {found}")


def _sum(first: Fraction, second: Fraction) -> Fraction:
    if first[1] == second[1]:
        return short_enough(f"({first[0]}+{second[0]})"), first[1]
    above = f"({_times(first[0], second[1])}+{_times(second[0], first[1])})"
    return short_enough(above), _times(first[1], second[1])


def _product(first: Fraction, second: Fraction) -> Fraction:
    return _times(first[0], second[0]), _times(first[1], second[1])


def _times(first: str, second: str) -> str:
    factors = [part for part in (first, second) if part != "1"]
    return short_enough("*".join(factors) or "1")


def _power(base: str, exponent: int) -> str:
    return base if exponent == 1 or base == "1" else f"({base})^{exponent}"


def _question(pairs: Pairs) -> str:
    names: dict[Any, str] = {}
    asked = []
    for left, right in pairs:
        above, below = fraction(right, names)
        asked.append(_sum(fraction(left, names), (f"(-1)*{above}", below)))
    locals_ = [f"Local N{n} = {above};\nLocal D{n} = {below};" for n, (above, below) in enumerate(asked)]
    symbols = [f"Symbols {','.join(names.values())};"] if names else []
    answers = chain.from_iterable((line.format(n) for line in _ZERO) for n in range(len(asked)))
    return "\n".join(["#-", "Off Statistics;", *symbols, *locals_, ".sort", _VERSION, *answers, ".end", ""])


FORM = System(
    name="FORM",
    program="form",
    file="question.frm",
    arguments=("-q", "question.frm"),
    question=_question,
)
