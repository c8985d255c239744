"""Changes of variables in claims: integrals in other units, parameters renamed and shifted."""

from __future__ import annotations

import random
from typing import Any

import sympy as sp

from theory.averages import GaussianMean
from theory.domain import Domain
from theory.statements import Identity, Statement
from theory.sums import Binder, rename


def rescaled_integrals(expression: Any, scale: Any) -> Any:
    """Every integral with its variables in units of ``scale``, and every mean over a symbol with another variance."""
    if not expression.args:
        return expression
    node = expression.func(*(rescaled_integrals(a, scale) for a in expression.args))
    if isinstance(node, sp.Integral):
        return _integral(node, scale)
    if isinstance(node, GaussianMean) and not node.ranges:
        return GaussianMean(rename(node.body, node.family, node.family / scale), node.family, scale**2 * node.variance)
    return node


def _integral(node: Any, scale: Any) -> Any:
    """``x = scale y`` in the first limit, where the others do not depend on it: it is the innermost."""
    (name, low, high), *others = node.limits
    body = rename(node.function, name, scale * name)
    return scale * sp.Integral(body, (name, low / scale, high / scale), *others)


def shifted_symbol(statement: Statement, rng: random.Random) -> tuple[str, Statement] | None:
    """An identity in ``new = old - 1`` for one of its parameters; None where no parameter can be replaced so."""
    if not isinstance(statement, Identity):
        return None
    names = [n for n in statement.domain.sets if _is_free_to_move(n, statement)]
    if not names:
        return None
    old = rng.choice(sorted(names, key=str))
    new = sp.Symbol(f"{old}_s", real=True, integer=True if old.is_integer else None)
    sets = {(new if n == old else n): (_moved(s) if n == old else s) for n, s in statement.domain.sets.items()}
    left, right = (rename(side, old, new + 1) for side in (statement.left, statement.right))
    return f"{new} = {old} - 1", Identity(left, right, Domain(sets, statement.domain.constraints))


def _moved(chosen: Any) -> Any:
    if isinstance(chosen, sp.Interval):
        low, high, *opened = chosen.args
        return sp.Interval(low - 1, high - 1, *opened)  # pyright: ignore[reportArgumentType, reportOperatorIssue]
    return sp.Range(chosen.start - 1, chosen.stop - 1, chosen.step)


def _is_free_to_move(name: Any, statement: Identity) -> bool:
    """Whether a parameter is a symbol of its own, on which neither sets nor derivatives depend."""
    domain = statement.domain
    if not isinstance(name, sp.Symbol) or not isinstance(domain.sets[name], sp.Interval | sp.Range):
        return False
    others = [*domain.constraints, *domain.sets.values()]
    derivatives = {v for side in statement.expressions() for d in side.atoms(sp.Derivative) for v in d.variables}
    binders = {n for side in statement.expressions() for b in side.atoms(Binder) for n in b.bound_names}
    limits = {n for side in statement.expressions() for n in _limit_names(side)}
    return name not in derivatives | binders | limits and not any(name in o.free_symbols for o in others)


def _limit_names(side: Any) -> set[Any]:
    return {limit[0] for node in side.atoms(sp.Integral, sp.Sum, sp.Product) for limit in node.limits}
