"""Source for an expression in a language: one named subexpression a line, each computed once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, cast

import sympy as sp

from numerics.lowering.dialect import Dialect, LoopCode
from numerics.lowering.formula import Formula
from numerics.lowering.joined_roots import pair_of_roots
from numerics.lowering.loops import Loop, LoopSum
from numerics.lowering.remedies import unknown, without_form

RECIPROCALS: dict[Any, Any] = {sp.cot: sp.tan, sp.sec: sp.cos, sp.csc: sp.sin, sp.coth: sp.tanh, sp.csch: sp.sinh}
RELATIONS: dict[Any, str] = {
    sp.StrictLessThan: "<", sp.LessThan: "<=", sp.StrictGreaterThan: ">", sp.GreaterThan: ">=",
    sp.Eq: "==", sp.Ne: "!=",
}  # fmt: skip

# Powers up to here are products; above it one call of pow is more accurate and no slower.
LARGEST_PRODUCT = 32
# Integers up to here are floating-point numbers without rounding.
LARGEST_EXACT = 2**53
LINE_WIDTH = 88

ATOM, POWER, PRODUCT, SUM, LOOSE = range(5)


@dataclass(frozen=True)
class Code:
    """A piece of source and how tightly it binds."""

    text: str
    binding: int = ATOM

    def within(self, binding: int) -> str:
        """The text, in brackets if it binds less tightly than asked for."""
        return self.text if self.binding <= binding else f"({self.text})"


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Lines that are run together: those of the program, or those of a loop for one value of its index."""

    index: Any = None
    lines: list[str] = field(default_factory=list)


@dataclass
class Printer:
    """Collects the lines of one program.

    Attributes
    ----------
    dialect
        The language.
    """

    dialect: Dialect
    _scopes: list[Scope] = field(default_factory=lambda: [Scope()])
    _named: dict[Any, Code] = field(default_factory=dict)
    _uses: Counter[Any] = field(default_factory=Counter)
    _n_names: int = 0

    @property
    def lines(self) -> list[str]:
        """Assignments and loops, in order of computation."""
        return self._scopes[0].lines

    def program(self, formula: Formula) -> list[str]:
        """Fill `lines`, and return the source of each entry.

        Raises
        ------
        TypeError
            If a node has no form in the language; the message names it.
        """
        for part in formula.parts():
            self._count(part)
        for symbol, value in formula.steps:
            self._named[symbol] = self._name(value, self._named.get(value) or self._fresh(value), comment=symbol.name)
        return [self._code(entry).text for entry in formula.entries]

    def _count(self, node: Any) -> None:
        self._uses[node] += 1
        if self._uses[node] == 1:
            for argument in node.args[2:] if isinstance(node, Loop) else node.args:
                self._count(argument)
            if isinstance(node, sp.Pow) and node.exp.is_Integer and node.exp >= 4:
                self._uses[node.base**2] += 2

    def _code(self, node: Any) -> Code:
        if node in self._named:
            return self._named[node]
        depth = self._depth(node)
        if node.args and not node.is_number and depth + 1 < len(self._scopes):
            return self._before_the_loop(node, depth)
        code = self._fresh(node)
        shared = self._uses[node] > 1 and node.args
        return self._name(node, code) if shared or len(code.text) > LINE_WIDTH else code

    def _depth(self, node: Any) -> int:
        """The innermost loop on whose index a node depends; 0 where it depends on none."""
        if len(self._scopes) == 1:
            return 0
        free = node.free_symbols
        return max((k for k, scope in enumerate(self._scopes) if scope.index in free), default=0)

    def _before_the_loop(self, node: Any, depth: int) -> Code:
        """What is the same in every pass through a loop is computed once."""
        scopes, self._scopes = self._scopes, self._scopes[: depth + 1]
        code = self._name(node, self._fresh(node))
        self._scopes = scopes
        return code

    def _name(self, key: Any, code: Code, comment: str = "") -> Code:
        if key not in self._named:
            name = self._next("t")
            self._scopes[self._depth(key)].lines.append(self.dialect.assignment(name, code.text, comment))
            self._named[key] = Code(name)
        return self._named[key]

    def _next(self, letter: str) -> str:
        self._n_names += 1
        return f"{letter}{self._n_names - 1}"

    def _loop(self, node: Loop) -> Code:
        body, own, low, high = node.args
        bounds = [self._code(bound).text for bound in (low, high)]
        index = sp.Symbol(self._next("k"), **own.assumptions0)
        inner = body.xreplace({own: index})
        self._count(inner)
        self._scopes.append(Scope(index=index))
        value = self._code(inner).text
        scope = self._scopes.pop()
        total = self._next("t")
        loop = LoopCode(
            total=total,
            index=index.name,
            low=bounds[0],
            high=bounds[1],
            is_sum=isinstance(node, LoopSum),
            is_concrete=node.is_concrete,
            lines=tuple(scope.lines),
            value=value,
        )
        lines, text = self.dialect.loop(loop)
        self._scopes[-1].lines.extend(lines)
        self._named[node] = Code(text)
        return self._named[node]

    def _fresh(self, node: Any) -> Code:
        if node.is_Symbol:
            return Code(node.name)
        if node in (sp.true, sp.false):
            return Code(self.dialect.true if node == sp.true else self.dialect.false)
        if getattr(node, "is_number", False):
            return self.number(node)
        if isinstance(node, sp.Add):
            return self._sum(node)
        if isinstance(node, sp.Mul):
            return self._product(node)
        if isinstance(node, sp.Pow):
            return self._power(node)
        if isinstance(node, sp.Piecewise):
            return self._piecewise(node)
        if isinstance(node, Loop):
            return self._loop(node)
        return self._call(node)

    def number(self, node: Any) -> Code:
        """A constant: exact where doubles are, else rounded once, on a line that says what it is."""
        if node.is_Rational or node.is_Float:
            return self.rational(sp.Rational(node)) if node.is_Rational else Code(literal(node), _sign_binding(node))
        if node is sp.oo or node is -sp.oo:
            sign = "" if node is sp.oo else "-"
            return Code(sign + self.dialect.infinity, SUM if sign else ATOM)
        known = (sp.Add, sp.Mul, sp.Pow, sp.Min, sp.Max, sp.erfc, *self.dialect.functions, *RECIPROCALS)
        for part in sp.preorder_traversal(node):
            if part.args and not isinstance(part, known):
                raise TypeError(self._unknown(part))
        if node is sp.nan or node is sp.zoo or not node.is_real:
            raise TypeError(self._unknown(node))
        return self._name(node, Code(literal(node)), comment=str(node))

    def rational(self, value: Any) -> Code:
        """An exact literal: a quotient of two numbers that are exact is rounded once."""
        whole = self.dialect.whole
        if value.q == 1 and abs(value.p) <= LARGEST_EXACT:
            return Code(whole(value.p), _sign_binding(value))
        if max(abs(value.p), value.q) <= LARGEST_EXACT:
            return Code(f"{whole(value.p)}/{whole(value.q)}", PRODUCT if value > 0 else SUM)
        return Code(literal(value), _sign_binding(value))

    def _sum(self, node: Any) -> Code:
        text = ""
        terms = in_order(node)
        if self.dialect.fuses and len(terms) > 2 and terms[-1].is_number and not _is_negated(terms[-1]):
            terms = [terms[-1], *terms[:-1]]
        for term in terms:
            negated = _is_negated(term)
            code = self._code(-term if negated else term).within(PRODUCT)
            text = f"{text} {'-' if negated else '+'} {code}" if text else ("-" if negated else "") + code
        return Code(text, SUM)

    def _product(self, node: Any) -> Code:
        if _is_negated(node):
            return Code("-" + self._code(-node).within(PRODUCT), SUM)
        constant = sp.Mul(*(a for a in node.args if a.is_number))
        above, below = [], []
        factors = sorted((a for a in node.args if not a.is_number), key=sp.default_sort_key)
        if self.dialect.root_of_product:
            factors = self._without_pairs(factors, above, below)
        for factor in factors:
            base, exponent = factor.as_base_exp() if isinstance(factor, sp.Pow) else (factor, sp.S.One)
            if exponent.is_number and exponent.is_negative:
                below.append(self._code(base**-exponent).within(POWER))
            else:
                above.append(self._code(factor).within(POWER))
        _place(constant, self, above, below)
        top = "*".join(above) or self.dialect.whole(1)
        if not below:
            return Code(top, PRODUCT)
        return Code(f"{top}/{below[0]}" if len(below) == 1 else f"{top}/({'*'.join(below)})", PRODUCT)

    def _without_pairs(self, factors: list[Any], above: list[str], below: list[str]) -> list[Any]:
        """The factors that are left where two square roots that nothing else needs are computed as one."""
        alone = [f for f in factors if self._uses[f] + self._uses[1 / f] <= 1]
        for exponent, place in ((sp.S.Half, above), (-sp.S.Half, below)):
            if pair := pair_of_roots(alone, exponent):
                place.append(f"{self.dialect.root_of_product}({', '.join(self._code(f.base).text for f in pair)})")
                factors = [f for f in factors if f not in pair]
        return factors

    def _power(self, node: Any) -> Code:
        base, exponent = node.args
        if exponent.is_number and exponent.is_negative:
            return self._reciprocal(base**-exponent)
        if exponent.is_Integer and exponent <= LARGEST_PRODUCT:
            return self._integer_power(base, int(exponent))
        if exponent.is_Rational and exponent.q == 2 and exponent <= LARGEST_PRODUCT:
            return self._half_integer_power(base, exponent)
        if exponent == sp.Rational(1, 3) and base.is_nonnegative:
            return Code(f"{self.dialect.cbrt}({self._code(base).text})")
        if base == 2:
            return Code(f"{self.dialect.exp2}({self._code(exponent).text})")
        return Code(f"{self.dialect.power}({self._float(base)}, {self._float(exponent)})")

    def _reciprocal(self, node: Any) -> Code:
        return Code(f"{self.dialect.whole(1)}/{self._code(node).within(POWER)}", PRODUCT)

    def _float(self, node: Any) -> str:
        """An argument of a power: in NumPy an integer literal would choose integer arithmetic there."""
        return literal(node) if node.is_Integer else self._code(node).text

    def _integer_power(self, base: Any, n: int) -> Code:
        atom = self._atom(base)
        if n <= 3:
            return Code("*".join([atom.text] * n), PRODUCT)
        if n % 2:
            return Code(f"{self._atom(base ** (n - 1)).text}*{atom.text}", PRODUCT)
        half = self._atom(base ** (n // 2)).text
        return Code(f"{half}*{half}", PRODUCT)

    def _half_integer_power(self, base: Any, exponent: Any) -> Code:
        if exponent == sp.S.Half:
            return Code(f"{self.dialect.sqrt}({self._code(base).text})")
        atom = self._atom(base)
        whole = self._code(base ** (exponent - sp.S.Half)).within(PRODUCT)
        return Code(f"{whole}*{self.dialect.sqrt}({atom.text})", PRODUCT)

    def _atom(self, node: Any) -> Code:
        """The node as a name, on a line of its own if need be."""
        code = self._code(node)
        return code if code.text.isidentifier() else self._name(node, code)

    def _call(self, node: Any) -> Code:
        if node.func in (sp.Min, sp.Max):
            return self._extremum(node)
        if node.func in RECIPROCALS:
            return self._reciprocal(RECIPROCALS[node.func](node.args[0]))
        if node.func not in self.dialect.functions or (isinstance(node, sp.log) and len(node.args) > 1):
            raise TypeError(self._unknown(node))
        return Code(f"{self.dialect.functions[node.func]}({', '.join(self._code(a).text for a in node.args)})")

    def _extremum(self, node: Any) -> Code:
        name = self.dialect.maximum if isinstance(node, sp.Max) else self.dialect.minimum
        first, *rest = (self._code(a).text for a in sorted(node.args, key=sp.default_sort_key))
        for other in rest:
            first = f"{name}({first}, {other})"
        return Code(first)

    def _piecewise(self, node: Any) -> Code:
        text = self.dialect.nan
        for value, condition in reversed(node.args):
            branch = self._code(value).text
            chosen = condition == sp.true
            text = branch if chosen else self.dialect.choice(self._condition(condition), branch, text)
        return Code(text)

    def _condition(self, node: Any) -> str:
        if isinstance(node, sp.And | sp.Or):
            sign = self.dialect.both if isinstance(node, sp.And) else self.dialect.either
            return sign.join(f"({self._condition(c)})" for c in sorted(node.args, key=sp.default_sort_key))
        if isinstance(node, sp.ITE):
            condition, first, second = cast(Any, node.args)
            return self._condition(sp.Or(sp.And(condition, first), sp.And(sp.Not(condition), second)))
        if isinstance(node, sp.Not):
            return f"{self.dialect.negation}({self._condition(node.args[0])})"
        if node.func in RELATIONS:
            return f"{self._code(node.lhs).text} {RELATIONS[node.func]} {self._code(node.rhs).text}"
        raise TypeError(self._unknown(node))

    def _unknown(self, node: Any) -> str:
        known = (*self.dialect.functions, *RECIPROCALS, sp.erfc)
        if type(node) in self.dialect.remedies:
            return without_form(node, self.dialect.language, self.dialect.remedies[type(node)])
        return unknown(
            node, self.dialect.language, sorted(f.__name__ for f in known if f.__module__.startswith("sympy"))
        )


def _place(constant: Any, printer: Printer, above: list[str], below: list[str]) -> None:
    """Multiply by a constant: exactly as p above and q below where both are exact, else as one rounded number."""
    if not (constant.is_Rational and max(abs(constant.p), constant.q) <= LARGEST_EXACT):
        above.insert(0, printer.number(constant).within(POWER))
        return
    if constant.q != 1 and not below and printer.dialect.folds_quotients:
        above.insert(0, printer.rational(constant).within(POWER))
        return
    if constant.p != 1 or not above:
        above.insert(0, printer.dialect.whole(constant.p))
    if constant.q != 1:
        below.insert(0, printer.dialect.whole(constant.q))


def in_order(total: Any) -> list[Any]:
    """The terms of a sum as they are added up."""
    numbers = [a for a in total.args if a.is_number]
    terms = sorted((a for a in total.args if not a.is_number), key=sp.default_sort_key)
    if numbers:
        terms.append(sp.Add(*numbers))
    return sorted(terms, key=_is_negated)  # positive terms first, so that no line begins with a minus


def literal(value: Any) -> str:
    """The double nearest to a real constant.

    Raises
    ------
    ValueError
        If it is larger than any double.
    """
    number = float(sp.N(value, 40))
    if number in (float("inf"), float("-inf")):
        raise ValueError(
            f"expected constants within the range of doubles; found {value}: divide it out before lowering"
        )
    return repr(number)


def _sign_binding(value: Any) -> int:
    return SUM if value.is_negative else ATOM


def _is_negated(node: Any) -> bool:
    if isinstance(node, sp.Mul):
        constant = sp.Mul(*(a for a in node.args if a.is_number))
        return bool(constant.is_negative)
    return bool(node.is_number and node.is_negative)
