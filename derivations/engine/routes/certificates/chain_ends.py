"""The last, or the first, step of a chain split off: sums and products over its steps, and the state at its end."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp
from sympy.concrete.expr_with_limits import ExprWithLimits

from derivations.engine.routes.normal_forms.field import UnsupportedError
from theory.sums import Binder, Sigma, rename

Scope = tuple[tuple[sp.Symbol, Any, Any], ...]


@dataclass(frozen=True, kw_only=True)
class ChainEnd:
    """One end of a chain whose length grows with ``size``, from the value ``least`` on.

    Attributes
    ----------
    path
        The family of the states.
    low, high
        The first and the last time, one of them moving with the size.
    at_start
        Whether the first time moves, by one down for each step; the last one moves up otherwise.
    """

    path: sp.IndexedBase
    low: Any
    high: Any
    size: sp.Symbol
    least: int
    at_start: bool

    @property
    def moves_by_one(self) -> bool:
        """Whether one end moves by one with the size, and the other one stays."""
        moving, still = (self.low, self.high) if self.at_start else (self.high, self.low)
        return not still.has(self.size) and _slope(moving, self.size) == (-1 if self.at_start else 1)

    @property
    def place(self) -> Any:
        """The time of the state that comes in when the size grows by one."""
        return sp.expand((self.low if self.at_start else self.high).subs(self.size, self.size + 1))

    def grown(self, body: Any, state: sp.Symbol) -> Any:
        """The body at the next size, its new step split off, with ``state`` for the new state of the path.

        Raises
        ------
        UnsupportedError
            If the new state is not seen to occur in the new step alone.
        """
        return self._with_state(self._split(rename(body, self.size, self.size + 1)), state, ())

    def _split(self, node: Any) -> Any:
        """Sums and products over steps with the term of the new step beside them."""
        if not node.has(self.size) or not node.args or isinstance(node, sp.Indexed):
            return node
        if isinstance(node, Sigma | sp.Product):
            return self._terms(*_range_of(node), product=isinstance(node, sp.Product))
        return node.func(*map(self._split, node.args))

    def _terms(self, body: Any, index: sp.Symbol, low: Any, high: Any, *, product: bool) -> Any:
        make = sp.Product if product else Sigma
        moving, still = (low, high) if self.at_start else (high, low)
        if not (low.has(self.size) or high.has(self.size)):
            return make(self._split(body), (index, low, high))
        if still.has(self.size) or _slope(moving, self.size) != (-1 if self.at_start else 1):
            raise UnsupportedError(f"a range from {low} to {high} that does not grow with the chain")
        self._require_at_least(high - low, 0)
        ends = (low + 1, high) if self.at_start else (low, high - 1)
        term = self._split(rename(body, index, sp.expand(moving)))
        rest = make(body, (index, *map(sp.expand, ends)))
        return rest * term if product else rest + term

    def _with_state(self, node: Any, state: sp.Symbol, scope: Scope) -> Any:
        """The new state by its name, where it is clear which state stands where."""
        if not node.has(self.path):
            return node
        if isinstance(node, sp.Indexed) and node.base == self.path:
            return self._entry(node, state, scope)
        if isinstance(node, Sigma | sp.Product):
            body, *limit = _range_of(node)
            if any(end.has(self.path) for end in limit):
                raise UnsupportedError("a range that ends at the state of a path")
            return type(node)(self._with_state(body, state, (*scope, tuple(limit))), tuple(limit))
        if isinstance(node, Binder):
            raise UnsupportedError(f"the states of a path under {type(node).__name__}")
        return node.func(*(self._with_state(a, state, scope) if a != self.path else a for a in node.args))

    def _entry(self, atom: sp.Indexed, state: sp.Symbol, scope: Scope) -> Any:
        slot = sp.expand(atom.indices[0])
        if sp.expand(slot - self.place) == 0:
            return state
        for index, low, high in reversed(scope):
            if index in slot.free_symbols:
                if _slope(slot, index) != 1:
                    raise UnsupportedError(f"the state at {slot}")
                slot = sp.expand(rename(slot, index, low if self.at_start else high))
        self._require_at_least(slot - self.place if self.at_start else self.place - slot, 1)
        return atom

    def _require_at_least(self, distance: Any, least: int) -> None:
        """The distance is a whole number of steps that does not shrink with the size, and is long enough at first."""
        distance = sp.expand(distance)
        slope = _slope(distance, self.size)
        first = sp.expand(distance.subs(self.size, self.least))
        if not (slope is not None and slope >= 0 and first.is_Integer and first >= least):
            raise UnsupportedError(f"the distance {distance} between steps is not known to be {least} or more")


def _slope(expression: Any, name: sp.Symbol) -> Any:
    """The integer coefficient of a name in what is linear in it; None for anything else."""
    slope = sp.expand(expression).coeff(name)
    rest = sp.expand(expression - slope * name)
    return slope if slope.is_Integer and name not in rest.free_symbols else None


def counted_from_the_end(expression: Any, families: frozenset[Any], by: sp.Symbol) -> Any:
    """The expression with ``F[i - by, ...]`` for ``F[i, ...]``; sums over times are written over the new times.

    Raises
    ------
    UnsupportedError
        If a node other than a sum or a product over one index binds names: it may bind one of the families.
    """
    if isinstance(expression, sp.Indexed):
        first, *rest = (counted_from_the_end(i, families, by) for i in expression.indices)
        moved = sp.expand(first - by) if expression.base in families else first
        return expression.func(expression.base, moved, *rest)
    if not expression.args:
        return expression
    if isinstance(expression, Sigma | sp.Product):
        body, index, *ends = _range_of(expression)
        ends = [counted_from_the_end(end, families, by) for end in ends]
        moved = counted_from_the_end(body, families, by)
        return type(expression)(*_over_new_times(moved, index, ends, families, by))
    if isinstance(expression, Binder | ExprWithLimits):
        raise UnsupportedError(f"the families of a chain under {type(expression).__name__}")
    return expression.func(*(counted_from_the_end(a, families, by) for a in expression.args))


def _over_new_times(body: Any, index: sp.Symbol, ends: Any, families: frozenset[Any], by: sp.Symbol) -> Any:
    """A range of times moved along; any range may be moved so, a range of times then reads as before."""
    slots = [atom.indices[0] for atom in body.atoms(sp.Indexed) if atom.base in families]
    own = [slot for slot in slots if index in slot.free_symbols]
    if not own or not all(sp.expand(slot - index + by).is_Integer for slot in own):
        return body, (index, *ends)
    return rename(body, index, index + by), (index, *(sp.expand(end - by) for end in ends))


def written_over(node: Any, path: sp.IndexedBase) -> Any:
    """The sums and products over the steps of a path written out, where their ranges are numbers.

    Raises
    ------
    UnsupportedError
        If another node binds an index of a state.
    """
    if not node.has(path) or isinstance(node, sp.Indexed):
        return node
    if isinstance(node, Sigma | sp.Product):
        body, index, low, high = _range_of(node)
        if not any(index in atom.free_symbols for atom in body.atoms(sp.Indexed) if atom.base == path):
            return type(node)(written_over(body, path), (index, low, high))
        if not (low.is_Integer and high.is_Integer and high >= low - 1):
            raise UnsupportedError(f"the states of a path from {low} to {high}")
        terms = (written_over(rename(body, index, sp.Integer(i)), path) for i in range(int(low), int(high) + 1))
        return sp.Mul(*terms) if isinstance(node, sp.Product) else sp.Add(*terms)
    if isinstance(node, Binder):
        raise UnsupportedError(f"the states of a path under {type(node).__name__}")
    return node.func(*(written_over(a, path) if a != path else a for a in node.args))


def _range_of(node: Any) -> tuple[Any, sp.Symbol, Any, Any]:
    if isinstance(node, Sigma):
        body, index = node.opened()
        return body, index, node.lower, node.upper
    if len(node.limits) != 1:
        raise UnsupportedError("a product over several indices")
    return node.function, *node.limits[0]
