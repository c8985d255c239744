"""Long sums of products by Horner's scheme in several quantities, where that takes fewer operations."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

import sympy as sp

from numerics.lowering.formula import Formula

# Shorter sums stay in the form that was chosen for them, by the user or for accuracy.
LONG_SUM = 8
# Nested brackets beyond this many get a line of their own.
DEEP = 6
_OPEN = (sp.Add, sp.Mul, sp.Pow, sp.Function)

Monomial = tuple[Any, Counter[Any]]
"""A number, and the exponents of what it multiplies."""


def factored(formula: Formula) -> Formula:
    """The formula with long sums of products nested, if it then takes fewer operations; programs stay as they are."""
    if formula.steps:
        return formula
    nesting = Nesting()
    entries = tuple(nesting.of(entry) for entry in formula.entries)
    nested = replace(formula, entries=entries, steps=tuple(nesting.steps))
    return nested if operations(nested) < operations(formula) else formula


def operations(formula: Formula) -> int:
    """Additions, multiplications, divisions and calls, each different subexpression counted once."""
    seen: set[Any] = set()
    waiting = list(formula.parts())
    while waiting:
        node = waiting.pop()
        if node.args and node not in seen:
            seen.add(node)
            waiting.extend(node.args)
    return sum(map(_cost, seen))


def _cost(node: Any) -> int:
    if isinstance(node, sp.Add | sp.Mul):
        return len(node.args) - 1
    if isinstance(node, sp.Pow) and node.exp.is_Integer:
        n = abs(int(node.exp))
        return n.bit_length() + n.bit_count() - 2 + bool(node.exp.is_negative)
    return 1


@dataclass
class Nesting:
    """Nested forms of expressions, with the lines that they share.

    Attributes
    ----------
    steps
        Named reciprocals, sums and inner brackets, in order: products take a fraction of the time of divisions, and
        no language likes brackets a hundred deep.
    """

    steps: list[tuple[Any, Any]] = field(default_factory=list)
    _known: dict[Any, Any] = field(default_factory=dict)
    _named: dict[Any, Any] = field(default_factory=dict)

    def of(self, node: Any) -> Any:
        """The expression with all long sums in it nested."""
        if not node.args or not isinstance(node, _OPEN) or isinstance(node, sp.Piecewise):
            return node
        if node not in self._known:
            self._known[node] = self._nested(node)
        return self._known[node]

    def _nested(self, node: Any) -> Any:
        if isinstance(node, sp.Add) and len(node.args) >= LONG_SUM:
            return self._horner([self._monomial(term) for term in node.args])[0]
        parts = [self.of(a) for a in node.args]
        return node if all(new is old for new, old in zip(parts, node.args, strict=True)) else node.func(*parts)

    def _monomial(self, term: Any) -> Monomial:
        number, rest = term.as_independent(*term.free_symbols, as_Add=False)
        powers: Counter[Any] = Counter()
        for factor in sp.Mul.make_args(rest):
            base, exponent = factor.as_base_exp() if isinstance(factor, sp.Pow) else (factor, sp.S.One)
            if not exponent.is_Integer:
                powers[self.of(factor)] += 1
            elif exponent > 0:
                powers[self.of(base)] += int(exponent)
            else:
                powers[1 / self.of(base)] -= int(exponent)
        powers.pop(sp.S.One, None)
        return number, powers

    def _horner(self, monomials: list[Monomial]) -> tuple[Any, int]:
        """The sum, bracketed by what occurs in most terms first, and how deep its brackets are."""
        counts = Counter(base for _, powers in monomials for base in powers)
        shared = max(counts, key=lambda base: (counts[base], sp.default_sort_key(base)), default=None)
        if shared is None or counts[shared] < 2:
            return sp.Add(*map(self._product, monomials)), 0
        lowest = min(powers[shared] for _, powers in monomials if shared in powers)
        inside = [(number, _without(powers, shared, lowest)) for number, powers in monomials if shared in powers]
        bracket, depth = self._horner(inside)
        rest, depth_of_rest = self._horner([m for m in monomials if shared not in m[1]])
        if depth >= DEEP:
            bracket, depth = self._name(bracket), 0
        return self._power(shared, lowest) * bracket + rest, max(depth + 1, depth_of_rest)

    def _product(self, monomial: Monomial) -> Any:
        number, powers = monomial
        return sp.Mul(number, *(self._power(base, n) for base, n in powers.items()))

    def _power(self, base: Any, n: int) -> Any:
        # SymPy would multiply numbers into a sum again.
        is_open = isinstance(base, sp.Add) or (isinstance(base, sp.Pow) and base.exp.is_negative)
        return (self._name(base) if is_open else base) ** n

    def _name(self, value: Any) -> Any:
        if value not in self._named:
            self._named[value] = sp.Dummy("", real=True)
            self.steps.append((self._named[value], value))
        return self._named[value]


def _without(powers: Counter[Any], base: Any, n: int) -> Counter[Any]:
    left = Counter(powers)
    left[base] -= n
    return +left
