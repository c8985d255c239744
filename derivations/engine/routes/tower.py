"""Expressions as elements of the field of letters: the rewriting rules of the exact route.

Trusted. Each rule is an identity of principal values; a logarithm or a root is split only at factors that are
proved to be nonnegative on the domain.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable
from math import lcm
from typing import Any

import sympy as sp
from flint import fmpq, fmpz_poly
from sympy.core.function import AppliedUndef

from derivations.engine.claims import encode
from derivations.engine.routes.field import LETTERS, Field, Letter, Ratio, UnsupportedError
from derivations.engine.routes.signs import is_real, nonnegative, ratio_nonnegative
from theory.domain import Domain
from theory.sums import Sigma

MAX_ORDER = 60
SIGNS = sp.FiniteSet(-1, 1)


class RetryError(Exception):
    """A letter needs a finer generator: start again with ``key`` refined to ``order``."""

    def __init__(self, key: str, order: int) -> None:
        super().__init__(key)
        self.key, self.order = key, order


class Tower:
    """Converts expressions over one domain. ``orders`` are the denominators found necessary so far."""

    def __init__(self, domain: Domain, orders: dict[str, int] | None = None, letters: int = LETTERS[0]) -> None:
        self.domain = domain
        self.field = Field(limit=letters)
        self.orders = orders or {}
        self._places: dict[str, int] = {}
        self._opaque: list[tuple[str, tuple[Ratio, ...], int]] = []
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

    # arithmetic ------------------------------------------------------------------------------------------------

    def convert(self, node: Any) -> Ratio:
        """The element that stands for an expression.

        Raises
        ------
        UnsupportedError
            If some node has no rule.
        RetryError
            If a letter must be refined first.
        """
        key = (node, self.scope)
        found = self._memo.get(key)
        if found is None:
            found = self._memo[key] = self._convert(node)
        return found

    def nonnegative(self, x: Ratio) -> bool:
        """Whether an element is proved >= 0 from the domain and from the ranges of the indices in force."""
        if ratio_nonnegative(self.field, x):
            return True
        facts = [f for f in self._facts() if set(self.field.used(f.num)) & set(self.field.used(x.num))]
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
            pairs = [d for index, low, high in ranges for d in (index - low, high - index)]
            self.scope = ()
            try:
                self._known_facts[scope] = [self.convert(sp.expand(d)) for d in pairs]
            finally:
                self.scope = scope
        return self._known_facts[scope]

    def _convert(self, node: Any) -> Ratio:
        if node.is_Rational:
            return self.field.constant(fmpq(int(node.p), int(node.q)))
        rule = RULES.get(node.func)
        if rule is not None:
            return rule(self, node)
        if isinstance(node, sp.Symbol | sp.Indexed | sp.NumberSymbol):
            return self.field.letter(self._atom(node))
        if isinstance(node, AppliedUndef | sp.Function):
            return self.opaque(f"call {node.func.__name__}", tuple(map(self.convert, node.args)), node)
        return self.structural(node)

    def structural(self, node: Any, **known: bool) -> Ratio:
        """A letter known only by its canonical form."""
        key = f"node {encode(node)}"
        return self.field.letter(self.place(key, lambda: Letter(kind="opaque", node=node, **known)))

    def opaque(self, head: str, arguments: tuple[Ratio, ...], node: sp.Expr, **known: bool) -> Ratio:
        """A letter for a function without rules: arguments are matched by zero difference, not by print."""
        for other, others, place in self._opaque:
            matching = other == head and len(others) == len(arguments)
            if matching and all(self.field.same(x, y) for x, y in zip(arguments, others, strict=True)):
                return self.field.letter(place)
        place = self.field.new(Letter(kind="opaque", node=node, content=(head, arguments), **known))
        self._opaque.append((head, arguments, place))
        return self.field.letter(place)

    def place(self, key: str, make: Callable[[], Letter]) -> int:
        """The place of the letter with this key, made if it is new."""
        if key not in self._places:
            self._places[key] = self.field.new(make())
        return self._places[key]

    def fresh_index(self, low: sp.Expr, high: sp.Expr) -> sp.Symbol:
        """An index for letters inside a sum: shared by all sums of one range that do not enclose each other."""
        names = [sp.Symbol(f"i\u2032{encode(low)}\u2032{encode(high)}\u2032{n}", integer=True) for n in range(99)]
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

    def rational_of(self, node: Any) -> fmpq | None:
        """The rational value of an expression, if its normal form is one."""
        return self.field.rational(self.convert(node))

    # symbols ---------------------------------------------------------------------------------------------------

    def _atom(self, node: Any) -> int:
        place = self.place(f"atom {encode(node)}", lambda: atom_letter(node, self.domain))
        letter = self.field.letters[place]
        if letter.relation is None and is_spin(node, self.domain):
            letter.relation, letter.real, letter.integer = (2, self.field.one), True, True
        return place

    def is_real_expression(self, node: Any, *spins: sp.Basic) -> bool:
        """Whether an expression of rational operations, sums and exponentials is real on the domain."""
        if isinstance(node, sp.Indexed):
            known = self.domain.sets.get(node.base)
            if known is None:
                return node.base in spins or is_spin(node, self.domain) or node.is_real is True
            return known.is_subset(sp.S.Reals) is True
        if isinstance(node, sp.Symbol):
            known = self.domain.sets.get(node)
            return (
                node.is_real is True
                or node.is_integer is True
                or (known is not None and known.is_subset(sp.S.Reals) is True)
            )
        if node.is_Rational or node is sp.pi:
            return True
        if isinstance(node, sp.Pow) and not node.exp.is_Integer:
            return False
        if not isinstance(node, sp.Add | sp.Mul | sp.Pow | sp.exp | Sigma | sp.Tuple | sp.KroneckerDelta):
            return False
        return all(self.is_real_expression(a, *spins) for a in node.args)

    def imaginary_unit(self) -> Ratio:
        """I, as a power of the root of unity in use."""
        return self.unit_root(fmpq(1, 2))

    def unit_root(self, turns: fmpq) -> Ratio:
        """exp(i pi turns)."""
        order = lcm(self.orders.get("unit", 2), int(turns.q), 2)
        if order != self.orders.get("unit", 2):
            if order > MAX_ORDER:
                raise UnsupportedError(f"a root of unity of order {2 * order}")
            raise RetryError("unit", order)
        place = self.place("unit", lambda: self._unit_letter(order))
        return self.field.power(self.field.letter(place), int(turns.p) * (order // int(turns.q)) % (2 * order))

    def _unit_letter(self, order: int) -> Letter:
        coefficients = [int(c) for c in fmpz_poly.cyclotomic(2 * order).coeffs()]
        place, field = len(self.field.letters), self.field
        value = field.context.constant(0)
        for power, coefficient in enumerate(coefficients[:-1]):
            value -= coefficient * field.gens[place] ** power
        relation = (len(coefficients) - 1, Ratio(value, field.one.den))
        return Letter(kind="unit", node=sp.exp(sp.I * sp.pi / order), relation=relation)

    # exponentials ----------------------------------------------------------------------------------------------

    def exponential(self, argument: Ratio) -> Ratio:
        """exp of an element, split over the monomials of its whole part and of its fractional part."""
        argument = self.field.reduced(argument)
        whole, rest = divmod(argument.num, argument.den)
        one = self.field.one.den
        terms = [(e, c, one) for e, c in whole.to_dict().items()] + [
            (e, c, argument.den) for e, c in rest.to_dict().items()
        ]
        result = self.field.one
        for exponents, coefficient, below in terms:
            base = self.field.quotient(self.field.context.from_dict({exponents: fmpq(1)}), below)
            lead = base.num.leading_coefficient()
            base = Ratio(base.num / lead, base.den)
            result = self.field.multiply(result, self._exp_term(base, coefficient * lead))
        return result

    def _exp_term(self, base: Ratio, coefficient: fmpq) -> Ratio:
        special = self._exp_of_log(base, coefficient) or self._exp_of_turn(base, coefficient)
        return special if special is not None else self._exp_letter(base, coefficient)

    def _exp_of_log(self, base: Ratio, coefficient: fmpq) -> Ratio | None:
        """exp(c log f) = f^c: the definition of the principal power."""
        if base.den != self.field.one.den:
            return None
        used = self.field.used(base.num)
        if len(used) != 1 or base.num != self.field.gens[used[0]] or self.field.letters[used[0]].kind != "log":
            return None
        return self.rational_power(self.field.letters[used[0]].content, coefficient)

    def _exp_of_turn(self, base: Ratio, coefficient: fmpq) -> Ratio | None:
        """exp(i pi c M): a root of unity, or a sign (-1)^M where M is a whole number."""
        pi, unit = self._places.get(f"atom {encode(sp.pi)}"), self._places.get("unit")
        if pi is None or unit is None or base.den != self.field.one.den:
            return None
        exponents = next(iter(base.num.to_dict()))
        if exponents[pi] != 1 or exponents[unit] != self.orders.get("unit", 2) // 2:
            return None
        rest = [(i, e) for i, e in enumerate(exponents) if e and i not in (pi, unit)]
        if not rest:
            return self.unit_root(coefficient)
        if coefficient.q != 1 or not all(self.field.letters[i].integer for i, _ in rest):
            return None
        whole = self.field.context.from_dict(
            {tuple(e if i not in (pi, unit) else 0 for i, e in enumerate(exponents)): 1}
        )
        return self.field.power(self.sign_power(Ratio(whole, self.field.one.den)), int(coefficient.p))

    def sign_power(self, whole: Ratio) -> Ratio:
        """(-1)^M for an integer-valued monomial M: a letter whose square is 1."""
        key = f"sign {self._key(whole)}"
        node = sp.Pow(sp.S.NegativeOne, self.field.expression(whole), evaluate=False)
        relation = (2, self.field.one)
        make = lambda: Letter(kind="sign", node=node, content=whole, real=True, integer=True, relation=relation)  # noqa: E731
        return self.field.letter(self.place(key, make))

    def _exp_letter(self, base: Ratio, coefficient: fmpq) -> Ratio:
        key = f"exp {self._key(base)}"
        order = lcm(self.orders.get(key, 1), int(coefficient.q))
        if order != self.orders.get(key, 1):
            raise RetryError(key, order)
        content = self.field.multiply(base, self.field.constant(fmpq(1, order)))
        real = is_real(self.field, content.num) and is_real(self.field, content.den)
        node = sp.exp(self.field.expression(content))
        letter = Letter(kind="exp", node=node, content=content, real=real, positive=real, nonnegative=real)
        place = self.place(key, lambda: letter)
        return self.field.power(self.field.letter(place), int(coefficient.p) * (order // int(coefficient.q)))

    def _key(self, x: Ratio) -> str:
        """Canonical text of an element: its letters by what they stand for, not by their place."""
        return encode(self.field.expression(x))

    # factors, powers, logarithms -------------------------------------------------------------------------------

    def factors(self, x: Ratio) -> tuple[fmpq, list[tuple[Any, int]]]:
        """Rational content, and irreducible factors of the numerator and (with negative powers) the denominator."""
        x = self.field.reduced(x)
        top, over = x.num.factor()
        bottom, under = x.den.factor()
        return top / bottom, [(f, int(e)) for f, e in over] + [(f, -int(e)) for f, e in under]

    def split(self, x: Ratio) -> tuple[fmpq, list[tuple[Any, int]], Ratio]:
        """x = content * (nonnegative factors) * rest, with content > 0: where powers and logarithms may be split."""
        content, factors = self.factors(x)
        proved: list[tuple[Any, int]] = []
        rest = self.field.one if content > 0 else self.field.constant(-1)
        for factor, power in factors:
            if nonnegative(self.field, factor):
                proved.append((factor, power))
            elif nonnegative(self.field, -factor):
                proved.append((-factor, power))
                rest = self.field.negative(rest) if power % 2 else rest
            elif power % 2 == 0 and is_real(self.field, factor):
                proved.append((self.modulus_letter(factor).num, power))
            else:
                rest = self.field.multiply(rest, self.field.power(Ratio(factor, self.field.one.den), power))
        return abs(content), proved, rest

    def modulus_letter(self, factor: Any) -> Ratio:
        """|f| for a real irreducible f: its square is f^2."""
        if factor.leading_coefficient() < 0:
            factor = -factor
        base = Ratio(factor, self.field.one.den)
        square = self.field.multiply(base, base)
        node = sp.Abs(self.field.expression(base))
        make = lambda: Letter(kind="abs", node=node, content=base, real=True, nonnegative=True, relation=(2, square))  # noqa: E731
        return self.field.letter(self.place(f"abs {self._key(base)}", make))

    def rational_power(self, x: Ratio, exponent: fmpq) -> Ratio:
        """The principal power x^(p/q)."""
        if exponent.q == 1:
            return self.field.power(x, int(exponent.p))
        content, proved, rest = self.split(x)
        result = self._root_of_rational(content, exponent)
        for factor, power in proved:
            result = self.field.multiply(result, self._root(Ratio(factor, self.field.one.den), exponent * power, True))
        if self.field.rational(rest) == -1:
            return self.field.multiply(result, self.unit_root(exponent))
        if self.field.rational(rest) != 1:
            result = self.field.multiply(result, self._root(rest, exponent, False))
        return result

    def _root_of_rational(self, content: fmpq, exponent: fmpq) -> Ratio:
        result = self.field.one
        for prime, power in [*_primes(int(content.p)), *((p, -e) for p, e in _primes(int(content.q)))]:
            result = self.field.multiply(result, self._root(self.field.constant(prime), exponent * power, True))
        return result

    def _root(self, base: Ratio, exponent: fmpq, proved: bool) -> Ratio:
        if exponent.q == 1:
            return self.field.power(base, int(exponent.p))
        monomial = self._monomial_of_exp(base)
        if monomial is not None and proved:
            return self.exponential(self.field.multiply(monomial, self.field.constant(exponent)))
        known_root = self._root_by_unit(base) if exponent.q == 2 else None
        if known_root is not None:
            return self.field.power(known_root, int(exponent.p))
        key = f"root {self._key(base)}"
        order = lcm(self.orders.get(key, 1), int(exponent.q))
        if order > MAX_ORDER:
            raise UnsupportedError(f"a root of order {order}")
        if order != self.orders.get(key, 1):
            raise RetryError(key, order)
        node = sp.Pow(self.field.expression(base), sp.Rational(1, order), evaluate=False)
        known = {
            "real": proved,
            "nonnegative": proved,
            "positive": proved and nonnegative(self.field, base.num, strict=True),
        }
        make = lambda: Letter(kind="root", node=node, content=base, relation=(order, base), **known)  # noqa: E731
        letter = self.field.letter(self.place(key, make))
        return self.field.power(letter, int(exponent.p) * (order // int(exponent.q)))

    def _root_by_unit(self, base: Ratio) -> Ratio | None:
        """sqrt 2 = 2 cos(pi/4) and sqrt 3 = 2 cos(pi/6), where such a root of unity is in use."""
        part = {2: 4, 3: 6}.get(self.field.rational(base))  # type: ignore[arg-type]
        if part is None or self.orders.get("unit", 2) % part:
            return None
        return self.field.add(self.unit_root(fmpq(1, part)), self.unit_root(fmpq(-1, part)))

    def _monomial_of_exp(self, base: Ratio) -> Ratio | None:
        """The exponent, if an element is a single exp letter."""
        used = self.field.used(base.num)
        if base.den != self.field.one.den or len(used) != 1 or base.num != self.field.gens[used[0]]:
            return None
        letter = self.field.letters[used[0]]
        return letter.content if letter.kind == "exp" else None

    def general_power(self, base: Ratio, exponent: Ratio, node: sp.Expr) -> Ratio:
        """base^exponent for an exponent that is not a number."""
        _, _, rest = self.split(base)
        constant = self.field.rational(rest)
        if constant == 1:
            return self.exponential(self.field.multiply(exponent, self.logarithm(base)))
        if not self.is_integer(exponent):
            return self.opaque("power", (base, exponent), node)
        positive = self.field.multiply(base, self.field.inverse(rest))
        result = self.exponential(self.field.multiply(exponent, self.logarithm(positive)))
        sign, factors = self.factors(rest)
        if sign < 0:
            result = self.field.multiply(result, self._integer_power(None, exponent))
        for factor, power in factors:
            scaled = self.field.multiply(exponent, self.field.constant(power))
            result = self.field.multiply(result, self._integer_power(factor, scaled))
        return result

    def _integer_power(self, factor: Any, exponent: Ratio) -> Ratio:
        """f^(sum of c M) = product of (f^M)^c over integer-valued monomials M; f = -1 for None."""
        result = self.field.one
        for exponents, coefficient in exponent.num.to_dict().items():
            whole = Ratio(self.field.context.from_dict({exponents: fmpq(1)}), self.field.one.den)
            if factor is None:
                part = self.field.constant(-1) if whole.num.is_one() else self.sign_power(whole)
            elif whole.num.is_one():
                part = Ratio(factor, self.field.one.den)
            elif self._monomial_of_exp(Ratio(factor, self.field.one.den)) is not None:
                content = self._monomial_of_exp(Ratio(factor, self.field.one.den))
                part = self.exponential(self.field.multiply(content or self.field.zero, whole))
            else:
                part = self._power_letter(Ratio(factor, self.field.one.den), whole)
            result = self.field.multiply(result, self.field.power(part, int(coefficient.p)))
        return result

    def _power_letter(self, base: Ratio, whole: Ratio) -> Ratio:
        node = sp.Pow(self.field.expression(base), self.field.expression(whole), evaluate=False)
        real = is_real(self.field, base.num)
        make = lambda: Letter(kind="power", node=node, content=(base, whole), real=real)  # noqa: E731
        return self.field.letter(self.place(f"power {self._key(base)} {self._key(whole)}", make))

    def is_integer(self, x: Ratio) -> bool:
        """Whether an element is proved to take integer values: integer coefficients, integer letters."""
        if x.den != self.field.one.den or any(c.q != 1 for c in x.num.coeffs()):
            return False
        return all(self.field.letters[i].integer for i in self.field.used(x.num))

    def logarithm(self, x: Ratio) -> Ratio:
        """The principal logarithm, split at factors that are proved nonnegative."""
        content, proved, rest = self.split(x)
        result = self.field.zero
        for prime, power in [*_primes(int(content.p)), *((p, -e) for p, e in _primes(int(content.q)))]:
            result = self._plus(result, self._log_of(self.field.constant(prime)), power)
        for factor, power in proved:
            result = self._plus(result, self._log_of(Ratio(factor, self.field.one.den)), power)
        if self.field.rational(rest) == -1:
            pi = self.field.letter(self._atom(sp.pi))
            return self.field.add(result, self.field.multiply(self.imaginary_unit(), pi))
        if self.field.rational(rest) != 1:
            result = self.field.add(result, self._log_letter(rest, real=False))
        return result

    def _plus(self, total: Ratio, part: Ratio, times: int) -> Ratio:
        return self.field.add(total, self.field.multiply(part, self.field.constant(times)))

    def _log_of(self, base: Ratio) -> Ratio:
        """log of a nonnegative factor: an exponent, a fraction of the log of a root's base, or a letter."""
        used = self.field.used(base.num)
        if len(used) == 1 and base.num == self.field.gens[used[0]]:
            letter = self.field.letters[used[0]]
            if letter.kind == "exp":
                return letter.content
            if letter.kind == "root" and letter.relation is not None:
                share = self.field.constant(fmpq(1, letter.relation[0]))
                return self.field.multiply(self.logarithm(letter.content), share)
        return self._log_letter(base, real=True)

    def _log_letter(self, base: Ratio, *, real: bool) -> Ratio:
        node = sp.log(self.field.expression(base), evaluate=False)
        make = lambda: Letter(kind="log", node=node, content=base, real=real)  # noqa: E731
        return self.field.letter(self.place(f"log {self._key(base)}", make))

    # a few more ------------------------------------------------------------------------------------------------

    def modulus(self, x: Ratio) -> Ratio:
        """|x| for a real element."""
        if not (is_real(self.field, x.num) and is_real(self.field, x.den)):
            raise UnsupportedError("the modulus of an element that is not proved real")
        content, proved, rest = self.split(x)
        result = self.field.constant(content)
        for factor, power in proved:
            result = self.field.multiply(result, self.field.power(Ratio(factor, self.field.one.den), power))
        _, factors = self.factors(rest)
        for factor, power in factors:
            result = self.field.multiply(result, self.field.power(self.modulus_letter(factor), power))
        return result


def atom_letter(node: Any, domain: Domain) -> Letter:
    """The letter of a symbol, an entry of a family or a constant, with what the domain says about it."""
    if isinstance(node, sp.NumberSymbol):
        bounds = (fmpq(3), fmpq(4), True, True) if node is sp.pi else None
        return Letter(kind="constant", node=node, real=True, positive=True, nonnegative=True, bounds=bounds)
    key = node.base if isinstance(node, sp.Indexed) else node
    chosen = domain.sets.get(key)
    if chosen is None:
        integer = isinstance(node, sp.Symbol) and node.is_integer is True
        return Letter(kind="symbol", node=node, integer=integer, real=integer or node.is_real is True)
    integer = chosen.is_subset(sp.S.Integers) is True
    if not integer and chosen.is_subset(sp.S.Reals) is not True:
        return Letter(kind="symbol", node=node)
    return _real_letter(node, chosen, integer)


def _real_letter(node: Any, chosen: sp.Set, integer: bool) -> Letter:
    low, low_open = _end(chosen, "inf")
    high, high_open = _end(chosen, "sup")
    bounds = None if low is None and high is None else (low, high, low_open, high_open)
    nonneg = low is not None and low >= 0
    positive = low is not None and (low > 0 or (low == 0 and low_open))
    return Letter(
        kind="symbol", node=node, real=True, integer=integer, bounds=bounds, nonnegative=nonneg, positive=positive
    )


def _end(chosen: sp.Set, which: str) -> tuple[fmpq | None, bool]:
    if isinstance(chosen, sp.Range) and chosen.free_symbols:
        value = chosen.args[0] if which == "inf" else chosen.args[1] - 1
    else:
        value = getattr(chosen, which)
    if not value.is_Rational:
        return None, True
    closed = isinstance(chosen, sp.Range) or chosen.contains(value) == sp.true
    return fmpq(int(value.p), int(value.q)), not closed


def spin_base(depth: int) -> sp.IndexedBase:
    """The canonical family of spins under a trace at some depth of nesting."""
    return sp.IndexedBase(f"s\u2032{depth}")


def is_spin(node: Any, domain: Domain) -> bool:
    """Whether an entry is +1 or -1: of a traced family, or by its domain."""
    if not isinstance(node, sp.Indexed):
        return domain.sets.get(node) == SIGNS
    return str(node.base.label).startswith("s\u2032") or domain.sets.get(node.base) == SIGNS


def symbolic_ranges(domain: Domain) -> list[tuple[sp.Symbol, sp.Expr, sp.Expr]]:
    """Integer symbols of the domain whose range ends at an expression."""
    found = []
    for name, chosen in domain.sets.items():
        if isinstance(name, sp.Symbol) and isinstance(chosen, sp.Range) and chosen.free_symbols and chosen.step == 1:
            start, stop = chosen.args[0], chosen.args[1]
            if start.is_finite is not False and stop.is_finite is not False:
                found.append((name, start, stop - 1))
    return found


def _primes(number: int) -> list[tuple[int, int]]:
    return sorted((int(p), int(e)) for p, e in sp.factorint(abs(number)).items()) if abs(number) > 1 else []


RULES: dict[Any, Callable[[Tower, Any], Ratio]] = {}
"""The rewriting rules by node type, filled by the modules ``elementary``, ``special`` and those of the binders."""
