"""Functional derivatives of actions that are integrals of densities in fields, at given fields."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derivations.engine.routes.normal_forms.field import UnsupportedError
from derivations.engine.routes.reductions.jets import Jets
from theory.domain import Domain
from theory.statements import Stationarity
from theory.tensors import SymmetricTensorField

ROUNDS = 6


def functional_pairs(statement: Stationarity) -> tuple[list[tuple[Any, Any]], Domain]:
    """The functional derivative by each field, where the equations hold, with zero; and the domain of its letters.

    Raises
    ------
    UnsupportedError
        If the action is no sum of integrals of local densities over all coordinates of its fields.
    """
    fields = [v for v in statement.variables if isinstance(v, AppliedUndef)]
    if len(fields) < len(statement.variables):
        raise UnsupportedError("fields and symbols are varied together; state them one by one")
    coordinates = tuple(dict.fromkeys(x for f in fields for x in f.args))
    taken = {s.name for e in statement.expressions() for s in e.free_symbols} | set(map(str, statement.domain.sets))
    others = {k if isinstance(k, AppliedUndef) else k.expr for k, _ in statement.at}
    jets = Jets([(f, sp.S.Reals) for f in dict.fromkeys([*fields, *others])], coordinates, taken)
    density = jets.convert(_density(statement.action, coordinates))
    derived = [_at(jets.euler(density, f), jets, statement) for f in fields]
    met = set().union(*(d.free_symbols for d in derived))
    letters = {s: chosen for s, chosen in jets.domain(Domain({})).sets.items() if s in met}
    return [(d, sp.S.Zero) for d in derived], statement.domain.extended(letters)


def _density(action: Any, coordinates: tuple[Any, ...]) -> Any:
    """The sum of the densities; terms without any field, as what a multiplier is to fix, have no derivative."""
    total = sp.S.Zero
    for term in sp.Add.make_args(sp.expand_mul(action)):
        if not term.has(AppliedUndef, sp.Integral, SymmetricTensorField):
            continue
        integrals = [f for f in sp.Mul.make_args(term) if isinstance(f, sp.Integral)]
        if len(integrals) != 1 or term.func is sp.Pow:
            raise UnsupportedError(f"{term} is no integral of a density")
        (integral,) = integrals
        factor = term / integral
        names = tuple(limit.args[0] for limit in integral.limits)
        if set(names) != set(coordinates) or factor.has(AppliedUndef) or factor.free_symbols & set(names):
            raise UnsupportedError(f"{integral} is not over {', '.join(map(str, coordinates))}")
        total += factor * integral.function
    return total


def _at(expression: Any, jets: Jets, statement: Stationarity) -> Any:
    """Put in what the fields, or derivatives of theirs, are; derivatives of that follow."""
    rules = [_rule(jets, key, value) for key, value in statement.at]
    for _ in range(ROUNDS):
        table = {}
        for symbol in expression.free_symbols & set(jets.meaning):
            value = next((v for rule in rules if (v := rule(symbol)) is not None), None)
            if value is not None:
                table[symbol] = value
        if not table:
            return expression
        expression = expression.xreplace(table)
    raise UnsupportedError("the equations of the stationary field refer to one another without end")


def _rule(jets: Jets, key: Any, value: Any) -> Any:
    """For the symbol of a derivative of the key, the same derivative of its value."""
    start = jets.convert(key)
    field, order = jets.meaning[start]
    converted = jets.convert(value)

    def rule(symbol: Any) -> Any:
        met, there = jets.meaning[symbol]
        if met != field or any(a < b for a, b in zip(there, order, strict=True)):
            return None
        result = converted
        for coordinate, more, less in zip(jets.coordinates, there, order, strict=True):
            for _ in range(more - less):
                result = jets.total(result, coordinate)
        return result

    return rule
