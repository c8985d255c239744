r"""Recurrences for the Taylor coefficients of an expression in truncated power series, each computed when asked for.

(f g)_k   = sum_j f_j g_{k-j}
(f / g)_k = (f_k - sum_{j>0} g_j (f/g)_{k-j}) / g_0
k h(f)_k  = (f' h'(f))_{k-1}       where h' is expressed by h itself: exp, log, tanh, sin, atan, erf, ...
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from numerics.lowering.lines import Lines

Rule = Callable[[int], Any]

# Functions that SymPy differentiates although they have corners or steps.
_ROUGH = (
    sp.Abs,
    sp.sign,
    sp.Heaviside,
    sp.Max,
    sp.Min,
    sp.Piecewise,
    sp.floor,
    sp.ceiling,
    sp.re,
    sp.im,
    sp.DiracDelta,
)


class Coefficients:
    """The coefficients of one function, each written when it is first asked for.

    Attributes
    ----------
    rule
        The coefficient of a power, which may ask for lower ones.
    text
        How the function is written where a line says what it is; the formula itself if it is empty.
    """

    def __init__(self, node: Any, power: str, lines: Lines) -> None:
        self._node, self._power, self._lines = node, power, lines
        self._known: list[Any] = []
        self._busy, self.text = False, ""
        self.rule: Rule = lambda _: sp.S.Zero

    def __getitem__(self, k: int) -> Any:
        while len(self._known) <= k:
            self._known.append(self._next(len(self._known)))
        return self._known[k]

    def _next(self, k: int) -> Any:
        if self._busy:
            raise ValueError(f"expected a recurrence for {self._node}; found that coefficient {k} needs itself")
        self._busy = True
        found = self._lines.named(self.rule(k), partial(self.meaning, k))
        self._busy = False
        if found.is_number and found.is_finite is not True:
            raise ValueError(f"expected {self._node} to be regular where it is expanded; found {found}")
        return found

    def factor(self, k: int) -> Any:
        """The coefficient, named if it is anything but a symbol or a number."""
        return self._lines.factor(self[k], partial(self.meaning, k))

    def meaning(self, k: int | str) -> str:
        """Which coefficient of what it is."""
        if not self.text:
            self.text = str(_primed(self._node))
        return f"[{self._power}^{k}] {self.text}"

    def order(self, limit: int = 64) -> int:
        """The power of the first coefficient that does not vanish identically."""
        first = next((k for k in range(limit) if self[k] != 0), None)
        if first is None:
            raise ValueError(f"expected a denominator that does not vanish; found {self._node}")
        return first


class Expansion:
    """Series of an expression and of all its parts about one point: equal parts are expanded once."""

    def __init__(self, variable: sp.Symbol, about: Any, series: Mapping[Any, Sequence[Any]], lines: Lines) -> None:
        self.lines = lines
        self._variable, self._about = variable, sp.sympify(about, strict=True)
        self._given = {f: tuple(sp.sympify(v, strict=True) for v in values) for f, values in series.items()}
        self._power = str(variable) if self._about == 0 else f"({variable - self._about})"
        self._known: dict[Any, Coefficients] = {}

    def of(self, node: Any) -> Coefficients:
        """The series of a part."""
        if node not in self._known:
            # Known before it has a rule: the derivative of tanh contains tanh.
            found = self._known[node] = Coefficients(node, self._power, self.lines)
            found.rule = self._rule(node, found)
        return self._known[node]

    def _rule(self, node: Any, own: Coefficients) -> Rule:
        if self._variable not in node.free_symbols:
            return _listed((node,))
        if node == self._variable:
            return _listed((self._about, sp.S.One))
        if node in self._given:
            return _listed(self._given[node])
        if isinstance(node, sp.Derivative):
            return self._derivative(node)
        if isinstance(node, sp.Add):
            parts = [self.of(a) for a in node.args]
            return lambda k: sp.Add(*(p[k] for p in parts))
        if isinstance(node, sp.Mul):
            return self._product(node, own)
        if isinstance(node, sp.Pow):
            return self._power_of(node, own)
        if isinstance(node, sp.Function) and not isinstance(node, (AppliedUndef, *_ROUGH)):
            return self._composition(node)
        raise TypeError(
            f"no recurrence for {type(node).__name__}, found {node}: give its series, or rewrite it with sums, "
            "products, powers and functions that have a derivative"
        )

    def _derivative(self, node: Any) -> Rule:
        if any(variable != self._variable for variable in node.variables):
            raise TypeError(f"expected derivatives with respect to {self._variable} alone; found {node}")
        inner, n = self.of(node.expr), len(node.variables)
        return lambda k: sp.rf(k + 1, n) * inner[k + n]

    def _product(self, node: Any, own: Coefficients) -> Rule:
        constant, moving = node.as_independent(self._variable, as_Add=False)
        if constant != 1:
            if isinstance(moving, sp.Pow) and moving.exp == -1:
                return self._quotient(self.of(constant), self.of(moving.base), own)
            weight, rest = self.of(constant), self.of(moving)
            return lambda k: _term(weight, 0, rest, k)
        above = [f for f in moving.args if not _is_reciprocal(f)]
        below = [1 / f for f in moving.args if _is_reciprocal(f)]
        if above and below:
            return self._quotient(self.of(sp.Mul(*above)), self.of(sp.Mul(*below)), own)
        *first, last = moving.args
        return _convolution(self.of(sp.Mul(*first)), self.of(last))

    def _quotient(self, above: Coefficients, below: Coefficients, own: Coefficients) -> Rule:
        def rule(k: int) -> Any:
            lowest = below.order()
            if k == 0 and any(above[j] != 0 for j in range(lowest)):
                raise ValueError(f"expected no pole at {self._variable} = {self._about}; found one of {own.meaning(0)}")
            inverse = self.lines.factor(1 / below[lowest])
            known = sp.Add(*(_term(below, lowest + j, own, k - j) for j in range(1, k + 1)))
            if inverse == 1:
                return above[k + lowest] - known
            return self.lines.named(above[k + lowest] - self.lines.named(known)) * inverse

        return rule

    def _power_of(self, node: Any, own: Coefficients) -> Rule:
        base, exponent = node.base, node.exp
        if self._variable in exponent.free_symbols:
            return self._same(sp.exp(exponent * sp.log(base)))
        if exponent == -1:
            return self._quotient(self.of(sp.S.One), self.of(base), own)
        if isinstance(base, sp.sech) and exponent == 2:
            return self._squared_sech(base.args[0])
        if exponent.is_Integer:
            return self._integer_power(base, int(exponent))
        if exponent == sp.S.Half:
            return self._root(self.of(base), own)
        if exponent == -sp.S.Half:
            return self._quotient(self.of(sp.S.One), self.of(sp.sqrt(base)), own)
        return self._chain(node, lambda: exponent * node * sp.Derivative(base, self._variable) / base, {base: base})

    def _same(self, other: Any) -> Rule:
        inner = self.of(other)
        return lambda k: inner[k]

    def _integer_power(self, base: Any, n: int) -> Rule:
        unit = 1 if n > 0 else -1
        if n % 2 == 0:
            return self._square(self.of(base ** (n // 2)))
        return _convolution(self.of(base ** (n - unit)), self.of(base**unit))

    def _square(self, inner: Coefficients) -> Rule:
        def rule(k: int) -> Any:
            pairs = sp.Add(*(_term(inner, j, inner, k - j) for j in range((k + 1) // 2)))
            middle = inner.factor(k // 2) ** 2 if k % 2 == 0 else sp.S.Zero
            return 2 * self.lines.named(pairs) + middle

        return rule

    def _root(self, inner: Coefficients, own: Coefficients) -> Rule:
        def rule(k: int) -> Any:
            if inner[0] == 0:
                raise ValueError(
                    f"expected no branch point at {self._variable} = {self._about}; found {own.meaning(0)}"
                )
            if k == 0:
                return sp.sqrt(inner[0])
            pairs = sp.Add(*(_term(own, j, own, k - j) for j in range(1, (k + 1) // 2)))
            middle = own.factor(k // 2) ** 2 if k % 2 == 0 else sp.S.Zero
            rest = self.lines.named(inner[k] - middle - 2 * self.lines.named(pairs))
            return rest * self.lines.factor(1 / (2 * own[0]))

        return rule

    def _squared_sech(self, argument: Any) -> Rule:
        """1 - tanh^2, with a constant term that does not cancel."""
        square = self.of(sp.tanh(argument) ** 2)
        start = self.of(argument)
        return lambda k: sp.sech(start[0]) ** 2 if k == 0 else -square[k]

    def _composition(self, node: Any) -> Rule:
        moving = [i for i, a in enumerate(node.args) if self._variable in a.free_symbols]

        def slope() -> Any:
            return sp.Add(*(sp.Derivative(node.args[i], self._variable) * _partial(node, i) for i in moving))

        return self._chain(node, slope, {a: a for a in node.args})

    def _chain(self, node: Any, slope: Callable[[], Any], arguments: Mapping[Any, Any]) -> Rule:
        """Start from the value at the point; go on by the derivative, which may contain the function itself."""

        def rule(k: int) -> Any:
            if k == 0:
                return node.func(*(self.of(a)[0] if a in arguments else a for a in node.args))
            return sp.Rational(1, k) * self.lines.named(self.of(slope())[k - 1])

        return rule


def _primed(node: Any) -> Any:
    """The node as one writes it: u'' for a second derivative, u for u(x)."""
    marks = {d: sp.Symbol(d.expr.func.__name__ + "'" * len(d.variables)) for d in _derivatives(node)}
    bare = node.xreplace(marks)
    return bare.xreplace({u: sp.Symbol(u.func.__name__) for u in bare.atoms(AppliedUndef)})


def _derivatives(node: Any) -> set[Any]:
    return {d for d in node.atoms(sp.Derivative) if isinstance(d.expr, AppliedUndef)}


def _listed(values: Sequence[Any]) -> Rule:
    return lambda k: values[k] if k < len(values) else sp.S.Zero


def _convolution(first: Coefficients, second: Coefficients) -> Rule:
    return lambda k: sp.Add(*(_term(first, j, second, k - j) for j in range(k + 1)))


def _term(first: Coefficients, j: int, second: Coefficients, k: int) -> Any:
    """A product of two coefficients, which are named first unless one of them is a number."""
    if first[j].is_Rational or second[k].is_Rational:
        return first[j] * second[k]
    return first.factor(j) * second.factor(k)


def _is_reciprocal(factor: Any) -> bool:
    return isinstance(factor, sp.Pow) and bool(factor.exp.is_number and factor.exp.is_negative)


def _partial(node: Any, place: int) -> Any:
    """The derivative with respect to one argument, by functions of the same arguments."""
    if isinstance(node, sp.tanh):
        return sp.sech(node.args[0]) ** 2
    found = node.fdiff(place + 1)
    unknown = (sp.Derivative, sp.Subs)
    if found.atoms(*unknown) - node.atoms(*unknown):
        raise TypeError(f"no derivative of {type(node).__name__} is known: give its class a method fdiff")
    return found
