"""Sums over symbolic ranges: the node ``Sigma`` and its meaning at concrete sizes.

SymPy's ``Sum`` confuses bound and free indices when differentiated or substituted, and follows Karr's
convention for reversed ranges. ``Sigma`` is empty when its upper bound lies below its lower bound, renames its
own index at construction so that nothing can be captured, and means exactly what :func:`unroll` writes out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

import sympy as sp
from sympy.concrete.expr_with_limits import ExprWithLimits
from sympy.core.function import UndefinedFunction
from sympy.printing.precedence import PRECEDENCE

Lookup = Callable[[sp.Expr], sp.Expr]
"""Gives the concrete value of a symbol or of an indexed atom whose indices are integers."""

_MARK = "\u00b7"


class Binder(sp.Expr):
    """An expression that binds something. Subclasses say how they unroll at concrete sizes."""

    is_commutative = True
    precedence = PRECEDENCE["Mul"]

    @property
    def bound_names(self) -> frozenset[sp.Basic]:
        """The symbols and families bound by this node."""
        raise NotImplementedError

    def written_out(self, lookup: Lookup) -> sp.Expr:
        """The node at concrete sizes, as a plain expression."""
        raise NotImplementedError


class Sigma(Binder):
    """The sum of ``summand`` over an integer index from ``lower`` to ``upper``, empty if ``upper < lower``.

    ``Sigma(f, (i, 1, n), (j, 1, i))`` nests: the first index is the outermost, later bounds may depend on earlier
    indices. Each stored node has one index.
    """

    def __new__(cls, summand: Any, *ranges: tuple[Any, Any, Any]) -> Sigma:
        if not ranges:
            raise ValueError("Sigma needs at least one range (index, lower, upper); found none")
        body = cast(sp.Expr, sp.sympify(summand, strict=True))
        for index, lower, upper in reversed(ranges):
            body = cls._bind(body, index, sp.sympify(lower, strict=True), sp.sympify(upper, strict=True))
        return cast("Sigma", body)

    @classmethod
    def _bind(cls, body: sp.Expr, index: Any, lower: sp.Basic, upper: sp.Basic) -> sp.Expr:
        if not isinstance(index, sp.Symbol):
            raise TypeError(f"the index of a Sigma must be a symbol, found {index!r}")
        canonical = bound_symbol(index, depth(body) + 1)
        body = rename(body, index, canonical)
        return sp.Expr.__new__(cls, body, sp.Tuple(canonical, lower, upper))

    @property
    def summand(self) -> sp.Expr:
        """The expression under the sum, in the canonical index."""
        return cast(sp.Expr, self.args[0])

    @property
    def index(self) -> sp.Symbol:
        """The canonical bound index."""
        return cast(sp.Symbol, self.args[1].args[0])

    @property
    def lower(self) -> sp.Expr:
        """The first value of the index."""
        return cast(sp.Expr, self.args[1].args[1])

    @property
    def upper(self) -> sp.Expr:
        """The last value of the index."""
        return cast(sp.Expr, self.args[1].args[2])

    @property
    def bound_names(self) -> frozenset[sp.Basic]:
        """The index."""
        return frozenset({self.index})

    @property
    def free_symbols(self) -> set[sp.Basic]:
        """Symbols that are not bound here."""
        return (self.summand.free_symbols - {self.index}) | self.lower.free_symbols | self.upper.free_symbols

    def opened(self) -> tuple[sp.Expr, sp.Symbol]:
        """The summand in a fresh index, and that index: the only safe way to look under the sum."""
        fresh = sp.Dummy(stem(self.index), integer=True)
        return rename(self.summand, self.index, fresh), fresh

    def _eval_derivative(self, s: Any) -> sp.Expr:
        body, fresh = self.opened()
        return Sigma(sp.diff(body, s), (fresh, self.lower, self.upper))

    def _eval_subs(self, old: Any, new: Any) -> sp.Expr | None:
        if old == self:
            return new
        body, fresh = self.opened()
        return Sigma(body.subs(old, new), (fresh, self.lower.subs(old, new), self.upper.subs(old, new)))

    def _latex(self, printer: Any) -> str:
        ranges, body = [], self
        while isinstance(body, Sigma):
            ranges.append((printer.doprint(body.index), printer.doprint(body.lower), printer.doprint(body.upper)))
            body = body.summand
        signs = "".join(rf"\sum_{{{i}={a}}}^{{{b}}} " for i, a, b in ranges)
        inner = printer.doprint(body)
        return signs + (rf"\left({inner}\right)" if isinstance(body, sp.Add) else inner)

    def _sympystr(self, printer: Any) -> str:
        return f"Sigma({printer.doprint(self.summand)}, ({self.index}, {self.lower}, {self.upper}))"

    def written_out(self, lookup: Lookup) -> sp.Expr:
        """Every term of the sum, written out and unrolled in turn."""
        terms = (self.at(value) for value in concrete_range(self.lower, self.upper, lookup))
        return sp.Add(*[unroll(term, lookup) for term in terms])

    def at(self, value: Any) -> sp.Expr:
        """The summand with ``value`` for the index."""
        return rename(self.summand, self.index, sp.sympify(value, strict=True))


class Inside(sp.Function):
    """Iverson bracket ``[lower <= index <= upper]``: 1 inside the range, 0 outside."""

    nargs = (3,)
    is_integer = True
    is_nonnegative = True

    @classmethod
    def eval(cls, *args: Any) -> Any:
        """Decide the bracket where the signs of both differences are known."""
        index, lower, upper = args
        above, below = sp.expand(index - lower), sp.expand(upper - index)
        if above.is_negative or below.is_negative:
            return sp.Integer(0)
        if above.is_nonnegative and below.is_nonnegative:
            return sp.Integer(1)
        return None

    def _latex(self, printer: Any) -> str:
        index, lower, upper = (printer.doprint(a) for a in self.args)
        return rf"\left[{lower}\le {index}\le {upper}\right]"


def stem(index: sp.Symbol) -> str:
    """The letter a bound index was given by its author."""
    return index.name.split(_MARK)[0]


def bound_symbol(index: sp.Symbol, level: int) -> sp.Symbol:
    """The canonical name of a bound index: its author's letter with its nesting depth."""
    return sp.Symbol(f"{stem(index)}{_MARK}{level}", integer=True)


def slot_symbol(slot: sp.Symbol, position: int) -> sp.Symbol:
    """The canonical name of a slot of a bound family."""
    return sp.Symbol(f"{stem(slot)}{_MARK}s{position}", integer=True)


def is_bound_name(symbol: sp.Basic) -> bool:
    """Whether a symbol is the canonical index of some binder."""
    return isinstance(symbol, sp.Symbol) and _MARK in symbol.name


def depth(expression: sp.Basic) -> int:
    """The largest number of nested sums in an expression."""
    inner = max((depth(a) for a in expression.args), default=0)
    return inner + 1 if isinstance(expression, Sigma) else inner


def rename(expression: sp.Basic, old: sp.Basic, new: sp.Basic) -> Any:
    """Replace the free occurrences of ``old``; occurrences bound by an inner node stay.

    An inner binder whose own name occurs in ``new`` is opened first, so that nothing is captured.
    """
    if expression == old:
        return new
    if not expression.args or old not in expression.atoms(type(old)):
        return expression
    if isinstance(expression, Sigma):
        return _rename_under_sigma(expression, old, new)
    if isinstance(expression, ExprWithLimits) and _has_ends(expression):
        if old not in free_names(expression):
            return expression
        expression = _opened_limits(expression, {old} | new.free_symbols)
    return expression.func(*(rename(a, old, new) for a in expression.args))


def _has_ends(node: Any) -> bool:
    """Whether an integral, a sum or a product has ends for each index: one without them binds nothing."""
    return all(len(limit.args) > 1 for limit in node.limits)


def _opened_limits(node: Any, taken: set[sp.Basic]) -> Any:
    """SymPy's own integral, sum or product with fresh indices, where one of its own is taken."""
    if not any(limit.args[0] in taken for limit in node.limits):
        return node
    body, limits = node.function, [list(limit.args) for limit in node.limits]
    for place, limit in enumerate(limits):
        own, limit[0] = limit[0], limit[0].as_dummy()
        body = rename(body, own, limit[0])
        for inner in limits[:place]:
            inner[1:] = [rename(end, own, limit[0]) for end in inner[1:]]
    return node.func(body, *limits)


def _rename_under_sigma(node: Sigma, old: sp.Basic, new: sp.Basic) -> Sigma:
    lower, upper = rename(node.lower, old, new), rename(node.upper, old, new)
    if node.index == old:
        return Sigma(node.summand, (node.index, lower, upper))
    body, index = node.summand, node.index
    if index in new.free_symbols:
        body, index = node.opened()
    return Sigma(rename(body, old, new), (index, lower, upper))


def concrete_range(lower: sp.Expr, upper: sp.Expr, lookup: Lookup) -> range:
    """The integers from ``lower`` to ``upper`` at concrete sizes, empty if they are reversed.

    Raises
    ------
    ValueError
        If a bound is not an integer once the sizes are put in.
    """
    first, last = concrete(lower, lookup), concrete(upper, lookup)
    if not (first.is_Integer and last.is_Integer):
        raise ValueError(f"a sum runs over integers; found the range {first} to {last}")
    return range(int(first), int(last) + 1)


def concrete(expression: sp.Expr, lookup: Lookup) -> sp.Expr:
    """A size or an index at concrete values."""
    return cast(sp.Expr, sp.expand(unroll(expression, lookup)))


def unroll(expression: Any, lookup: Lookup) -> sp.Expr:
    """Write an expression out at concrete sizes: what a symbolic sum, trace or average *means*.

    Parameters
    ----------
    expression
        Any expression over ``Sigma`` and the other binders.
    lookup
        Gives the value of each free symbol and of each indexed atom with concrete indices. It may return its
        argument, which then stays symbolic.
    """
    if isinstance(expression, Binder):
        return expression.written_out(lookup)
    if isinstance(expression, sp.Indexed):
        return _look_up_indexed(expression, lookup)
    if isinstance(expression, sp.Symbol):
        return lookup(expression)
    if not expression.args or isinstance(expression, UndefinedFunction):
        return cast(sp.Expr, expression)
    if isinstance(expression, sp.Mul) and _switched_off(expression, lookup):
        return sp.Integer(0)
    if isinstance(expression, sp.Product):
        return _written_product(cast(Any, expression), lookup)
    return expression.func(*(unroll(a, lookup) for a in expression.args))


def _written_product(node: Any, lookup: Lookup) -> sp.Expr:
    """SymPy's product over finite ranges, the last limit outermost; factors of entries need their index."""
    if any(end.is_infinite for limit in node.limits for end in limit[1:]):
        return node.func(*(unroll(a, lookup) for a in node.args))
    *inner, (index, lower, upper) = node.limits
    values = concrete_range(lower, upper, lookup)
    if values.stop < values.start:
        raise ValueError(f"the range {values.start} to {values.stop - 1} of a product is reversed: conventions differ")
    body = sp.Product(node.function, *inner) if inner else node.function
    return sp.Mul(*[unroll(rename(body, index, sp.Integer(value)), lookup) for value in values])


def _switched_off(product: sp.Mul, lookup: Lookup) -> bool:
    """Whether a bracket or a delta of the product is 0: what it guards may have no value outside its range."""
    guards = (f for f in product.args if isinstance(f, Inside | sp.KroneckerDelta))
    return any(unroll(g, lookup) == 0 for g in guards)


def _look_up_indexed(atom: sp.Indexed, lookup: Lookup) -> sp.Expr:
    place = tuple(concrete(cast(sp.Expr, i), lookup) for i in atom.indices)
    if not all(i.is_Integer for i in place):
        raise ValueError(f"{atom} needs integer indices at concrete sizes; found {place}")
    return lookup(cast(Any, atom.base)[place])


def free_names(expression: sp.Basic) -> set[sp.Basic]:
    """Free symbols and free indexed families (as ``IndexedBase``) of an expression, sorted out from its labels."""
    return set(_FreeNames().under(expression, frozenset()))


class _FreeNames:
    """A walk that visits what an expression shares once for each set of bound names around it."""

    def __init__(self) -> None:
        self._seen: dict[tuple[int, frozenset[sp.Basic]], sp.Basic] = {}

    def under(self, node: sp.Basic, bound: frozenset[sp.Basic]) -> Iterator[sp.Basic]:
        """The names that are free in a node under binders of ``bound``."""
        if (id(node), bound) not in self._seen:
            self._seen[id(node), bound] = node
            yield from self._names(node, bound)

    def _names(self, node: sp.Basic, bound: frozenset[sp.Basic]) -> Iterator[sp.Basic]:
        if isinstance(node, sp.Symbol | sp.IndexedBase):
            if node not in bound:
                yield node
            return
        for part, inner in _scopes(node, bound):
            yield from self.under(part, inner)


def _scopes(node: Any, bound: frozenset[sp.Basic]) -> Iterator[tuple[sp.Basic, frozenset[sp.Basic]]]:
    """The parts of a node, each with the names that are bound there."""
    if isinstance(node, sp.Indexed):
        yield from ((part, bound) for part in (node.base, *node.indices))
    elif isinstance(node, Binder):
        yield from ((part, bound | node.bound_names) for part in node.args)
    elif isinstance(node, ExprWithLimits):
        yield from _scopes_of_limits(node, bound)
    elif isinstance(node, sp.Subs):
        yield from ((value, bound) for value in cast(Any, node.point))
        yield node.expr, bound | set(cast(Any, node.variables))
    else:
        yield from ((part, bound) for part in node.args)


def _scopes_of_limits(node: Any, bound: frozenset[sp.Basic]) -> Iterator[tuple[sp.Basic, frozenset[sp.Basic]]]:
    """SymPy's own integrals, sums and products: the last limit is the outermost."""
    inner = bound
    for limit in reversed(node.limits):
        yield from ((end, inner) for end in limit.args[1:])
        inner = inner | {limit.args[0]}
    yield node.function, inner


def unfold(expression: sp.Basic, pattern: sp.Basic, replacement: sp.Basic) -> Any:
    """Put a definition to use: replace every instance of ``pattern`` by ``replacement``.

    ``pattern`` is a symbol or an indexed atom whose indices are symbols standing for *any* index, as in
    ``unfold(expression, q[k], 1 - p[k])``. Inner bound indices are never captured.
    """
    if not isinstance(pattern, sp.Indexed):
        return rename(expression, pattern, replacement)
    if isinstance(expression, sp.Indexed) and expression.base == pattern.base:
        result = replacement
        stand_ins = [sp.Dummy(str(i), integer=True) for i in pattern.indices]
        for slot, fresh in zip(pattern.indices, stand_ins, strict=True):
            result = rename(result, slot, fresh)
        for fresh, index in zip(stand_ins, expression.indices, strict=True):
            result = rename(result, fresh, index)
        return result
    if not expression.args:
        return expression
    if isinstance(expression, Sigma):
        body, index = expression.opened()
        ends = (unfold(e, pattern, replacement) for e in (expression.lower, expression.upper))
        return Sigma(unfold(body, pattern, replacement), (index, *ends))
    if isinstance(expression, ExprWithLimits) and _has_ends(expression):
        expression = _opened_limits(expression, replacement.free_symbols)
    return expression.func(*(unfold(a, pattern, replacement) for a in expression.args))
