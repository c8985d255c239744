"""Expressions as elements of the field of letters: the rewriting rules of the exact route.

Trusted. Each rule is an identity of principal values; a logarithm or a root is split only at factors that are
proved to be nonnegative on the domain.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Any

import sympy as sp
from flint import fmpq
from sympy.core.function import AppliedUndef

from derivations.engine.claims import encode
from derivations.engine.routes.normal_forms.field import LETTERS, Ratio, UnsupportedError
from derivations.engine.routes.normal_forms.generators.atoms import is_real_expression, symbolic_ranges
from derivations.engine.routes.normal_forms.generators.exponentials import exponential
from derivations.engine.routes.normal_forms.generators.factors import modulus
from derivations.engine.routes.normal_forms.generators.letters import Letters
from derivations.engine.routes.normal_forms.generators.logarithms import logarithm
from derivations.engine.routes.normal_forms.generators.powers import general_power, rational_power
from derivations.engine.routes.normal_forms.generators.units import unit_root
from derivations.engine.routes.normal_forms.signs import ratio_nonnegative
from theory.domain import Domain


class Tower(Letters):
    """Converts expressions over one domain. ``orders`` are the denominators found necessary so far."""

    def __init__(
        self, domain: Domain, orders: dict[str, int] | None = None, letters: int = LETTERS[0], until: float = inf
    ) -> None:
        super().__init__(domain, orders, letters, until)
        self._memo: dict[Any, Ratio] = {}
        self.depth = 0
        """How many traces and means surround the place of conversion."""
        self.scope: tuple[tuple[sp.Symbol, sp.Expr, sp.Expr], ...] = ()
        """The bound indices in force, with their ranges."""
        self._fresh = 0
        self._ranges: dict[str, tuple[sp.Expr, sp.Expr]] = {}
        self._known_facts: dict[Any, list[Ratio]] = {}
        self.obligations: list[sp.Expr] = []
        """Integer expressions that must be nonnegative for the rewriting of sums to be valid."""
        self.techniques: set[str] = set()

    def convert(self, node: Any) -> Ratio:
        """The element that stands for an expression.

        Raises
        ------
        UnsupportedError
            If some node has no rule.
        RetryError
            If a letter must be refined first.
        """
        self.field.check_time()
        key = (node, self.scope)
        found = self._memo.get(key)
        if found is None:
            found = self._memo[key] = self._convert(node)
        return found

    def _convert(self, node: Any) -> Ratio:
        if node.is_Rational:
            return self.field.constant(fmpq(int(node.p), int(node.q)))
        if node in (sp.nan, sp.zoo, sp.oo, sp.S.NegativeInfinity):
            raise UnsupportedError(f"{node}, which is no number")
        rule = RULES.get(node.func)
        if rule is not None:
            return rule(self, node)
        if isinstance(node, sp.Symbol | sp.Indexed | sp.NumberSymbol):
            return self.field.letter(self.atom(node))
        if isinstance(node, AppliedUndef | sp.Function):
            real = isinstance(node, AppliedUndef) and node.is_real is True
            return self.opaque(f"call {node.func.__name__}", tuple(map(self.convert, node.args)), node, real=real)
        return self.structural(node)

    # elementary functions of elements --------------------------------------------------------------------------

    def exponential(self, argument: Ratio) -> Ratio:
        """exp of an element, split over the monomials of its whole part and of its fractional part."""
        return exponential(self, argument)

    def rational_power(self, x: Ratio, exponent: fmpq) -> Ratio:
        """The principal power x^(p/q)."""
        return rational_power(self, x, exponent)

    def general_power(self, base: Ratio, exponent: Ratio, node: sp.Expr) -> Ratio:
        """base^exponent for an exponent that is not a number."""
        return general_power(self, base, exponent, node)

    def logarithm(self, x: Ratio) -> Ratio:
        """The principal logarithm, split at factors that are proved nonnegative."""
        return logarithm(self, x)

    def modulus(self, x: Ratio) -> Ratio:
        """|x| for a real element."""
        return modulus(self, x)

    def imaginary_unit(self) -> Ratio:
        """I, as a power of the root of unity in use."""
        return unit_root(self, fmpq(1, 2))

    # indices and their ranges ----------------------------------------------------------------------------------

    def nonnegative(self, x: Ratio) -> bool:
        """Whether an element is proved >= 0 from the domain and from the ranges of the indices in force."""
        if ratio_nonnegative(self.field, x):
            return True
        facts = [f for f in self._facts() if set(self.field.used(f.num)) & set(self.field.used(x.num))]
        facts += self._facts_of_entries(x)
        left = [self.field.add(x, self.field.negative(f)) for f in facts]
        if any(ratio_nonnegative(self.field, y) for y in left):
            return True
        pairs = (self.field.add(y, self.field.negative(f)) for y in left for f in facts)
        return any(ratio_nonnegative(self.field, y) for y in pairs)

    def _facts(self) -> list[Ratio]:
        """What is known to be nonnegative: index - lower and upper - index, of symbols and of bound indices."""
        scope = self.scope
        if scope not in self._known_facts:
            ranges = [*scope, *symbolic_ranges(self.domain)]
            pairs = [
                second - first
                for index, low, high in ranges
                for first, second in ((low, index), (index, high))
                if not (first.is_infinite or second.is_infinite)
            ]
            self.scope = ()
            try:
                self._known_facts[scope] = [self.convert(sp.expand(d)) for d in pairs]
            finally:
                self.scope = scope
        return self._known_facts[scope]

    def _facts_of_entries(self, x: Ratio) -> list[Ratio]:
        """The same of entries of families whose set is a range that ends at an expression."""
        nodes = [self.field.letters[place].node for place in self.field.used(x.num)]
        ranges = {name: (low, high) for name, low, high in symbolic_ranges(self.domain, families=True)}
        entries = [node for node in nodes if isinstance(node, sp.Indexed) and node.base in ranges]
        ends = [(node, *ranges[node.base]) for node in entries]
        return [self.convert(sp.expand(d)) for node, low, high in ends for d in (node - low, high - node)]

    def fresh_index(self, low: sp.Expr, high: sp.Expr) -> sp.Symbol:
        """An index for letters inside a sum: shared by all sums of one range that do not enclose each other."""
        ends = f"{encode(low)}\u2032{encode(high)}"
        names = (sp.Symbol(f"i\u2032{ends}\u2032{n}", integer=True) for n in range(99))
        taken = {index for index, _, _ in self.scope}
        return next(name for name in names if name not in taken)

    def common_range(self, low: sp.Expr, high: sp.Expr) -> tuple[sp.Expr, sp.Expr]:
        """The range to which all sums with these ends, up to added integers, are brought: the first one met."""
        key = "|".join(encode(sp.expand(e - e.as_coeff_Add()[0])) for e in (low, high))
        return self._ranges.setdefault(key, (low, high))

    def new_index(self) -> sp.Symbol:
        """An index that occurs nowhere else."""
        self._fresh += 1
        return sp.Symbol(f"j\u2032{self._fresh}", integer=True)

    def new_real(self) -> sp.Symbol:
        """A real symbol that occurs nowhere else."""
        self._fresh += 1
        return sp.Symbol(f"r\u2032{self._fresh}", real=True)

    def is_real_expression(self, node: Any, *spins: sp.Basic) -> bool:
        """Whether an expression of rational operations, sums and exponentials is real on the domain."""
        return is_real_expression(node, self.domain, *spins)


RULES: dict[Any, Callable[[Tower, Any], Ratio]] = {}
"""The rewriting rules by node type, filled by the modules ``elementary``, ``special`` and those of the binders."""
