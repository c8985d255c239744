"""Means over laws, written out: sums over values and paths, Gaussian means of independent parts.

The variables of the innermost law are summed first. At concrete sizes everything is finite but for Gaussian variables.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise, product
from typing import Any

import sympy as sp

from derivations.engine.routes.enclosures.points import TooLargeError
from theory.averages import GaussianMean, places
from theory.laws import Discrete, Gaussian, Law, MarkovPath
from theory.sums import concrete, unfold, unroll

MOST = 4096
"""Configurations or paths that are written out."""
Lookup = Callable[[Any], Any]


def as_it_is(name: Any) -> Any:
    """The lookup that leaves every symbol as it is."""
    return name


def mean(expression: Any, laws: tuple[Law, ...], lookup: Lookup) -> Any:
    """The mean as one expression, with every free name looked up.

    Raises
    ------
    ValueError
        If a size is not concrete, or a value of a random variable makes the expression infinite.
    TooLargeError
        If there are too many configurations.
    """
    random = {n for law in laws for n in law.names}
    if any(law.ranges for law in laws) or lookup is not as_it_is:
        keep = _keeping(random, lookup)
        expression = unroll(expression, keep)
    else:
        keep = as_it_is
    for law in reversed(laws):
        expression = _over(expression, law, keep)
    if expression.has(sp.nan, sp.zoo, sp.oo):
        raise ValueError("the expression is infinite for some value of a random variable")
    return expression


def _keeping(random: set[Any], lookup: Lookup) -> Lookup:
    """Look up everything but the random variables."""
    return lambda atom: atom if (atom.base if isinstance(atom, sp.Indexed) else atom) in random else lookup(atom)


def _over(expression: Any, law: Law, keep: Lookup) -> Any:
    if isinstance(law, Gaussian):
        return _over_gaussian(expression, law, keep)
    paths = _paths(law, keep) if isinstance(law, MarkovPath) else _configurations(law, keep)
    terms = []
    for count, (values, weight) in enumerate(paths):
        if count > MOST:
            raise TooLargeError(f"more than {MOST} configurations of {law.names[0]}")
        inner = expression
        for name, value in values:
            inner = inner.xreplace({name: value}) if isinstance(name, sp.Indexed) else unfold(inner, name, value)
        terms.append(weight * inner)
    return sp.Add(*terms)


def _read(part: Any, keep: Lookup) -> Any:
    """A value or a probability; at concrete sizes with its free names looked up."""
    return part if keep is as_it_is else unroll(part, keep)


def _configurations(law: Discrete, keep: Lookup) -> Iterator[tuple[list[tuple[Any, Any]], Any]]:
    """Every choice of values with its probability."""
    if not law.ranges:
        for value, p in law.outcomes:
            yield [(law.name, _read(value, keep))], _read(p, keep)
        return
    entries = list(places(tuple(sp.Tuple(*r) for r in law.ranges), keep))
    choices = []
    for place in entries:
        table = {slot: sp.Integer(n) for (slot, _, _), n in zip(law.ranges, place, strict=True)}
        choices.append([tuple(_read(part.subs(table), keep) for part in pair) for pair in law.outcomes])
    if len(law.outcomes) ** len(entries) > MOST:
        raise TooLargeError(f"{len(law.outcomes)}^{len(entries)} configurations of {law.name}")
    for chosen in product(*choices):
        values = [(law.name[place], value) for place, (value, _) in zip(entries, chosen, strict=True)]
        yield values, sp.Mul(*(p for _, p in chosen))


def _paths(law: MarkovPath, keep: Lookup) -> Iterator[tuple[list[tuple[Any, Any]], Any]]:
    """Every path with its probability, step by step; paths of probability zero are left out."""
    steps = concrete(law.length, keep)
    if not steps.is_Integer or steps < 0:
        raise ValueError(f"a path has a length of 0 or more steps; found {steps}")
    if len(law.states) ** (int(steps) + 1) > MOST:
        raise TooLargeError(f"{len(law.states)}^{int(steps) + 1} paths of {law.family}")
    states = [_read(s, keep) for s in law.states]
    matrices = [law.transition.subs(law.time, t) if law.time is not None else law.transition for t in range(int(steps))]
    rows = [[[_read(p, keep) for p in row] for row in matrix.tolist()] for matrix in matrices]
    for path in product(range(len(states)), repeat=int(steps) + 1):
        moves = (rows[t][a][b] for t, (a, b) in enumerate(pairwise(path)))
        weight = sp.Mul(_read(law.initial[path[0]][1], keep), *moves)
        if weight != 0:
            yield [(law.family[t], states[place]) for t, place in enumerate(path)], weight


def _over_gaussian(expression: Any, law: Gaussian, keep: Lookup) -> Any:
    """One variable after another: the next is a linear function of those before, plus an independent part."""
    moments = [matrix.applyfunc(lambda e: _read(e, keep)) for matrix in law.moments]
    pivots, factors = conditional(moments[1])
    noises = [sp.Dummy(name.name, real=True) for name in law.names]
    for row, name in enumerate(law.names):
        value = moments[0][row] + sp.Add(*(factors[row, k] * noises[k] for k in range(row))) + noises[row]
        expression = unfold(expression, name, value)
    for noise, pivot in reversed(list(zip(noises, pivots, strict=True))):
        expression = unfold(expression, noise, sp.S.Zero) if pivot == 0 else GaussianMean(expression, noise, pivot)
    return expression


def conditional(covariance: Any) -> tuple[list[Any], Any]:
    """C = F diag(pivots) F^T with F lower triangular and ones on its diagonal.

    Raises
    ------
    ValueError
        If a pivot is zero while its column is not: then it is no covariance.
    """
    size = covariance.rows
    rest, factors, pivots = sp.Matrix(covariance), sp.eye(size), []
    for k in range(size):
        pivot = sp.cancel(rest[k, k])
        column = [sp.cancel(rest[i, k]) for i in range(k + 1, size)]
        if pivot == 0 and any(c != 0 for c in column):
            raise ValueError(f"{covariance} is no covariance: it is not positive semidefinite")
        pivots.append(pivot)
        for i, entry in enumerate(column, k + 1):
            factors[i, k] = sp.S.Zero if pivot == 0 else sp.cancel(entry / pivot)
        for i in range(k + 1, size):
            for j in range(k + 1, size):
                rest[i, j] -= factors[i, k] * pivot * factors[j, k]
    return pivots, factors
