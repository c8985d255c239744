"""Stationarity: the derivative of an action vanishes where given equations hold.

Two independent ways: symbolically, by deltas under the sums; and at concrete sizes, by writing the action out first
and differentiating what was written.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.routes.jumps import corners
from derivations.engine.routes.normal_forms.derivatives import field_derivative
from derivations.engine.routes.normal_forms.field import UnsupportedError
from derivations.engine.routes.normal_forms.normal_form import with_tower
from derivations.engine.routes.normal_forms.signs import is_real, ratio_nonnegative
from derivations.engine.routes.normal_forms.tower import Tower
from theory.domain import Assignment
from theory.statements import Stationarity
from theory.sums import concrete, rename, unfold, unroll

ROUNDS = 8


def symbolic_pairs(statement: Stationarity) -> list[tuple[Any, Any]]:
    """Each derivative, by the rules for symbolic sums, with the point put in; all of them equal zero.

    Raises
    ------
    UnsupportedError, ValueError
        If a derivative is not known, or the action has none at the point.
    """
    insides = (c for node in statement.action.atoms(sp.Piecewise) for _, when in node.args for c in corners(when))
    if any(_vanishes_at(c, statement.at) for c in insides):
        raise UnsupportedError("the action changes its form at the point")
    derived = (field_derivative(statement.action, v) for v in statement.variables)
    return [(_slope_at_point(d, statement.at), sp.S.Zero) for d in derived]


def _slope_at_point(derived: Any, at: tuple[tuple[Any, Any], ...]) -> Any:
    """The derivative at the point; the sign of what vanishes there comes from a corner, and must not count."""
    bent = [node for node in derived.atoms(sp.sign, sp.Heaviside) if _vanishes_at(node.args[0], at)]
    sides = {node: sp.Dummy("side", real=True) for node in bent}
    there = sp.expand(at_point(derived.xreplace(sides), at))
    if there.free_symbols & set(sides.values()):
        raise UnsupportedError("the action has a corner at the point, and no derivative")
    return at_point(derived, at)


def _vanishes_at(expression: Any, at: tuple[tuple[Any, Any], ...]) -> bool:
    return sp.expand(at_point(expression, at)) == 0


def at_point(expression: Any, equations: tuple[tuple[Any, Any], ...]) -> Any:
    """Put the equations in until none of their left sides is left, or for a few rounds."""
    for _ in range(ROUNDS):
        before = expression
        for name, value in equations:
            expression = unfold(expression, name, value)
        if expression == before:
            break
    return expression


def lies_inside(name: sp.Symbol, statement: Stationarity) -> bool:
    """Whether the stationary value of a symbol is proved to lie in its set wherever the other symbols lie in theirs."""
    chosen, value = statement.domain.sets.get(name), at_point(name, statement.at)
    if chosen is None:
        return True
    if not isinstance(chosen, sp.Interval):
        return chosen.contains(value) == sp.true
    ends = [(1, chosen.start, chosen.left_open), (-1, chosen.end, chosen.right_open)]
    gaps = [(sign * (value - end), bool(is_open)) for sign, end, is_open in ends if not end.is_infinite]

    def work(tower: Tower) -> bool:
        element = tower.convert(value)
        real = all(is_real(tower.field, part) for part in (element.num, element.den))
        return real and all(ratio_nonnegative(tower.field, tower.convert(g), strict=strict) for g, strict in gaps)

    try:
        return with_tower(statement.domain, work)
    except UnsupportedError:
        return False


class WrittenOut:
    """The equations at one point, from the action written out there."""

    def __init__(self, statement: Stationarity) -> None:
        self.statement = statement
        names = {n for n, _ in statement.at} | set(statement.variables)
        self.fields = {n.base if isinstance(n, sp.Indexed) else n for n in names}

    def __call__(self, point: Assignment) -> list[tuple[Any, Any]]:
        """The derivative of the written action by each variable, and zero."""

        def keep(atom: Any) -> Any:
            return atom if self._is_field(atom) else point(atom)

        action = unroll(self.statement.action, keep)
        derived = [(self._derived(action, v, point), sp.S.Zero) for v in self.statement.variables]
        return [*derived, *(self._membership(n, v, point) for n, v in self.statement.at if isinstance(n, sp.Symbol))]

    def _membership(self, name: Any, value: Any, point: Assignment) -> tuple[Any, Any]:
        """Whether the stationary value of a symbol lies in its set: 1 where it does."""
        if name not in point.domain.sets:
            return sp.S.One, sp.S.One
        there = point.concrete_set(name).contains(unroll(value, point))
        return (sp.S.Zero if there == sp.false else sp.S.One), sp.S.One

    def _is_field(self, atom: Any) -> bool:
        return (atom.base if isinstance(atom, sp.Indexed) else atom) in self.fields

    def _derived(self, action: Any, variable: Any, point: Assignment) -> Any:
        entry = variable
        if isinstance(variable, sp.Indexed):
            base: Any = variable.base
            entry = base[tuple(concrete(i, point) for i in variable.indices)]
        slope = sp.diff(action, entry)
        for _ in range(ROUNDS):
            before = slope
            slope = self._placed(slope, point)
            if slope == before:
                break
        return slope

    def _placed(self, slope: Any, point: Assignment) -> Any:
        for name, value in self.statement.at:
            for atom in [a for a in slope.atoms(type(name)) if _matches(a, name)]:
                slope = slope.xreplace({atom: self._value(atom, name, value, point)})
        return slope

    def _value(self, atom: Any, name: Any, value: Any, point: Assignment) -> Any:
        if isinstance(name, sp.Indexed):
            for slot, index in zip(name.indices, atom.indices, strict=True):
                value = rename(value, slot, index)
        return unroll(value, lambda a: a if self._is_field(a) else point(a))


def _matches(atom: Any, name: Any) -> bool:
    return atom.base == name.base if isinstance(name, sp.Indexed) else atom == name
