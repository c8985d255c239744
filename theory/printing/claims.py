"""A statement as a relation between printed parts, the same for LaTeX and for the terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import singledispatch
from typing import Any

import sympy as sp

from theory.laws import Discrete, Gaussian, Law
from theory.statements import (
    Definition,
    EnsembleMean,
    EqualUpToTotalDerivative,
    Expansion,
    Identity,
    Inequality,
    LimitStatement,
    PositiveDefinite,
    Postulate,
    Proportional,
    Stationarity,
)

Print = Callable[[Any], str]


@dataclass(frozen=True, kw_only=True)
class Words:
    """The signs of one medium."""

    equals: str
    defined: str
    iff: str
    definite: str
    remainder: Callable[[str, Any], str]
    limit: Callable[[str, str, str], str]
    slope: Callable[[str, str], str]
    variation: Callable[[str, str], str]
    entries: Callable[[str, str, str, str, str], str]
    at: str
    under: str
    proportional: str
    varying: Callable[[str], str]
    relations: Mapping[str, str]
    divergence: Callable[[str], str]
    mean: Callable[[str, str], str]
    over: str
    gaussian: Callable[[str, str, str], str]
    chance: Callable[[str, str], str]
    chances: str
    path: Callable[[str, str, str, str], str]


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A relation: what stands left of the sign, the sign, and what stands right; ``tail`` closes the line."""

    left: str
    sign: str = ""
    right: str = ""
    tail: str = ""


def roots(statement: Any) -> tuple[sp.Basic, ...]:
    """The expressions of a statement, whose free names no bound index may take."""
    if isinstance(statement, Definition):
        return (statement.symbol, statement.expression)
    return () if isinstance(statement, Postulate) else statement.expressions()


@singledispatch
def claim(statement: Any, write: Print, words: Words) -> Claim:
    """The parts of a statement, printed by ``write``.

    Raises
    ------
    TypeError
        If the kind of statement is not known here; register it with ``@claim.register``.
    """
    del write, words
    raise TypeError(f"no printed form for a {type(statement).__name__}; register one in theory/printing/claims.py")


@claim.register
def _identity(statement: Identity, write: Print, words: Words) -> Claim:
    return Claim(left=write(statement.left), sign=words.equals, right=write(statement.right))


@claim.register
def _expansion(statement: Expansion, write: Print, words: Words) -> Claim:
    infinite = statement.point[0] in (sp.oo, -sp.oo)
    away = (v if infinite else v - a for v, a in zip(statement.variables, statement.point, strict=True))
    small = ", ".join(map(write, away))
    rest = words.remainder(
        small if len(statement.variables) == 1 else f"|({small})|", -statement.order if infinite else statement.order
    )
    return Claim(left=write(statement.left), sign=words.equals, right=write(statement.right), tail=rest)


@claim.register
def _limit(statement: LimitStatement, write: Print, words: Words) -> Claim:
    infinite = statement.point in (sp.oo, -sp.oo)
    side = "" if infinite else statement.direction
    sign = words.limit(write(statement.variable), write(statement.point), side)
    inner = write(statement.expression)
    body = f"({inner})" if statement.expression.is_Add else inner
    return Claim(left=f"{sign} {body}", sign=words.equals, right=write(statement.value))


@claim.register
def _stationarity(statement: Stationarity, write: Print, words: Words) -> Claim:
    action = write(statement.action)
    slopes = ", ".join(
        (words.variation if v.args and v.is_Function else words.slope)(action, write(v)) for v in statement.variables
    )
    point = ", ".join(f"{write(k)} {words.equals} {write(v)}" for k, v in statement.at)
    held = ", ".join(f"{write(c)} {words.equals} 0" for c in statement.constraints)
    tail = (f"{words.at}{point}" if point else "") + (f"{words.under}{held}" if held else "")
    return Claim(left=slopes, sign=words.equals, right="0", tail=tail)


@claim.register
def _positive_definite(statement: PositiveDefinite, write: Print, words: Words) -> Claim:
    if statement.rows is None:
        matrix = write(statement.matrix)
    else:
        i, j, low, high = (write(part) for part in statement.rows)
        matrix = words.entries(write(statement.matrix), i, j, low, high)
    left = f"{matrix} {words.definite}"
    if statement.condition == sp.true:
        return Claim(left=left)
    return Claim(left=left, sign=words.iff, right=write(statement.condition))


@claim.register
def _proportional(statement: Proportional, write: Print, words: Words) -> Claim:
    names = ", ".join(write(v) for v in statement.variables)
    tail = words.varying(names) if names else ""
    return Claim(left=write(statement.left), sign=words.proportional, right=write(statement.right), tail=tail)


@claim.register
def _inequality(statement: Inequality, write: Print, words: Words) -> Claim:
    sign = words.relations[statement.relation]
    return Claim(left=write(statement.left), sign=sign, right=write(statement.right))


@claim.register
def _total_derivative(statement: EqualUpToTotalDerivative, write: Print, words: Words) -> Claim:
    names = ", ".join(write(c) for c in statement.coordinates)
    tail = words.divergence(names)
    return Claim(left=write(statement.left), sign=words.equals, right=write(statement.right), tail=tail)


@claim.register
def _ensemble_mean(statement: EnsembleMean, write: Print, words: Words) -> Claim:
    names = ", ".join(write(n) for law in statement.over for n in law.names)
    left = words.mean(write(statement.expression), names)
    laws = "; ".join(_law(law, write, words) for law in statement.over)
    return Claim(left=left, sign=words.equals, right=write(statement.value), tail=words.over + laws)


def _law(law: Law, write: Print, words: Words) -> str:
    if isinstance(law, Gaussian):
        return words.gaussian(", ".join(map(write, law.names)), *map(_scalar_or_matrix(write), law.moments))
    chances = ", ".join(words.chance(write(value), write(p)) for value, p in law.distributions[0])
    if isinstance(law, Discrete):
        return f"{write(law.name)}{words.chances} {chances}"
    return words.path(write(law.family), write(law.length), chances, write(law.transition))


def _scalar_or_matrix(write: Print) -> Print:
    return lambda matrix: write(matrix[0] if len(matrix) == 1 else matrix)


@claim.register
def _definition(statement: Definition, write: Print, words: Words) -> Claim:
    return Claim(left=write(statement.symbol), sign=words.defined, right=write(statement.expression))


@claim.register
def _postulate(statement: Postulate, write: Print, words: Words) -> Claim:
    del write, words  # a postulate is a sentence; there is nothing to typeset
    return Claim(left=statement.claim)
