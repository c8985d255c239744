"""Expressions written back as text that reads as the same expression."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from theory.averages import GaussianMean
from theory.notation.functions import TAKEN
from theory.notation.names import ATOMS, NAMES, constant_text
from theory.notation.tokens import tokens_of
from theory.sums import Sigma, free_names, stem

SUM, PRODUCT, POWER, ATOM = range(4)
"""How tightly a piece holds together; a looser one stands in brackets inside a tighter one."""
Piece = tuple[str, int]


def write(expression: Any) -> str:
    """An expression in our notation: ``read_expression(write(e), scope)`` is ``e`` again.

    Products of a number and a sum, which SymPy distributes when it meets them, come back distributed; bound names
    that stand for two things at once come back renamed.

    Raises
    ------
    ValueError
        If part of it has no form in the notation, as a matrix power of unknown exponent or a name such as ``x y``.
    """
    expression = sp.ImmutableMatrix(expression) if isinstance(expression, sp.MatrixBase) else expression
    taken = frozenset(_label(n) for n in free_names(expression)) | {
        f.func.__name__ for f in expression.atoms(AppliedUndef)
    }
    return _Writer(taken=taken).text(expression)


@dataclass(frozen=True, kw_only=True)
class _Writer:
    """Writes one expression.

    Attributes
    ----------
    taken
        Free names of the whole expression and bound names around this place.
    letters
        What bound symbols are called.
    """

    taken: frozenset[str]
    letters: dict[Any, str] = field(default_factory=dict)

    def text(self, node: Any, level: int = SUM) -> str:
        """The text of a piece, in brackets if it is looser than its surroundings."""
        text, own = self._piece(node)
        return text if own >= level else f"({text})"

    def _piece(self, node: Any) -> Piece:
        if isinstance(node, sp.MatrixBase):
            return self._matrix(node), ATOM
        rule = next((r for kind, r in RULES if isinstance(node, kind)), None)
        if rule is not None:
            return rule(self, node)
        if node.func in NAMES:
            return self._call(node), ATOM
        raise ValueError(f"no notation for {type(node).__name__}: {node}")

    def name(self, symbol: Any) -> str:
        """The name of a symbol, bound or free."""
        text = self.letters.get(symbol) or _label(symbol)
        if text in TAKEN or not _is_name(text):
            raise ValueError(f"a name in the notation is a word such as beta_1 without a meaning; found {text!r}")
        return text

    def inside(self, symbol: Any, *around: Any) -> _Writer:
        """The writer under a binder of a symbol; its letter is free there, and in ``around``."""
        outer = self.taken | {_label(n) for part in around for n in free_names(part)}
        letter, number = stem(symbol), 1
        while letter in outer or letter in TAKEN:
            number += 1
            letter = f"{stem(symbol)}{number}"
        return replace(self, taken=self.taken | {letter}, letters={**self.letters, symbol: letter})

    def call(self, name: str, arguments: Iterable[Any]) -> str:
        """``name(arguments)``."""
        return f"{name}({', '.join(self.text(a) for a in arguments)})"

    def _call(self, node: Any) -> str:
        names, arguments = NAMES[node.func](node)
        name = next((n for n in names if n not in self.taken), None)
        if name is None:
            raise ValueError(
                f"{names[0]} is a symbol here, so the function {node} cannot be written; rename the symbol"
            )
        return self.call(name, arguments)

    def _matrix(self, node: Any) -> str:
        if node.cols == 1:
            return f"[{', '.join(self.text(entry) for entry in node)}]"
        rows = (f"[{', '.join(self.text(entry) for entry in row)}]" for row in node.tolist())
        return f"[{', '.join(rows)}]"


def _label(name: Any) -> str:
    return str(name.label) if isinstance(name, sp.IndexedBase) else str(name.name)


def _is_name(text: str) -> bool:
    try:
        return [(t.kind, t.text) for t in tokens_of(text)] == [("name", text), ("end", "")]
    except ValueError:
        return False


def _rational(writer: _Writer, node: Any) -> Piece:
    del writer
    level = ATOM if node.is_Integer and node >= 0 else (SUM if node < 0 else PRODUCT)
    return f"{node.p}" if node.q == 1 else f"{node.p}/{node.q}", level


def _constant(writer: _Writer, node: Any) -> Piece:
    return constant_text(node, writer.taken)


def _symbol(writer: _Writer, node: Any) -> Piece:
    return writer.name(node), ATOM


def _entry(writer: _Writer, node: Any) -> Piece:
    return f"{writer.name(node.base)}[{', '.join(writer.text(i) for i in node.indices)}]", ATOM


def _sum(writer: _Writer, node: Any) -> Piece:
    first, *rest = node.as_ordered_terms()
    text = writer.text(first)
    for term in rest:
        minus = term.as_coeff_Mul()[0].is_negative
        text += f" - {writer.text(-term, PRODUCT)}" if minus else f" + {writer.text(term, PRODUCT)}"
    return text, SUM


def _product(writer: _Writer, node: Any) -> Piece:
    """Numbers and powers above the line, the rest divided by; the sign in front."""
    number, _ = node.as_coeff_Mul()
    if not number.is_Rational:
        raise ValueError(f"no notation for an infinite number inside an expression: {node}")
    factors = node.args[1:] if number is not sp.S.One else node.args
    above = [f for f in factors if not _is_below(f)]
    below = [sp.Pow(f.base, -f.exp) for f in factors if _is_below(f)]
    tops = [writer.text(f, POWER) for f in above]
    if abs(number.p) != 1 or not tops:
        tops.insert(0, str(abs(number.p)))
    bottoms = [writer.text(f, POWER) for f in below]
    if number.q != 1:
        bottoms.insert(0, str(number.q))
    line = "*".join(tops) + _divided(bottoms, together=not any(f.is_Add for f in below))
    return (f"-{line}", SUM) if number < 0 else (line, PRODUCT)


def _divided(bottoms: list[str], *, together: bool) -> str:
    """One bracket for all divisors, unless a number would be distributed over a sum in it."""
    if together and len(bottoms) > 1:
        return f"/({'*'.join(bottoms)})"
    return "".join(f"/{b}" for b in bottoms)


def _is_below(factor: Any) -> bool:
    return factor.is_Pow and factor.exp.is_Rational and factor.exp < 0 and factor.base is not sp.E


def _power(writer: _Writer, node: Any) -> Piece:
    if _is_below(node):
        return f"1/{writer.text(sp.Pow(node.base, -node.exp), POWER)}", PRODUCT
    if node.exp == sp.S.Half:
        return f"sqrt({writer.text(node.base)})", ATOM
    return f"{writer.text(node.base, ATOM)}^{writer.text(node.exp, ATOM)}", POWER


def _exponential(writer: _Writer, node: Any) -> Piece:
    return f"exp({writer.text(node.args[0])})", ATOM


def _undetermined(writer: _Writer, node: Any) -> Piece:
    name = node.func.__name__
    if name in TAKEN or not _is_name(name):
        raise ValueError(f"a function in the notation has a name such as f without a meaning; found {name!r}")
    return writer.call(name, node.args), ATOM


def _sigma(writer: _Writer, node: Sigma) -> Piece:
    inner = writer.inside(node.index, node.lower, node.upper)
    ends = (writer.text(e) for e in (node.lower, node.upper))
    return f"sum({inner.letters[node.index]}, {', '.join(ends)}, {inner.text(node.summand)})", ATOM


def _mean(writer: _Writer, node: GaussianMean) -> Piece:
    if node.ranges:
        raise ValueError(f"no notation for the mean over a whole family: {node}")
    inner = writer.inside(node.family, node.variance)
    variance = "" if node.variance == 1 else f"{writer.text(node.variance)}, "
    return f"mean({inner.letters[node.family]}, {variance}{inner.text(node.body)})", ATOM


def _with_limits(name: str) -> Callable[[_Writer, Any], Piece]:
    def rule(writer: _Writer, node: Any) -> Piece:
        *inside, last = node.limits
        if len(last) != 3:
            raise ValueError(f"an integral in the notation has two ends; found {node}")
        symbol, low, high = last
        if isinstance(node, sp.Sum) and not (low.is_infinite or high.is_infinite):
            raise ValueError(f"a finite sum is a theory.sums.Sigma, which is empty where it is reversed; found {node}")
        inner = writer.inside(symbol, low, high)
        body = node.func(node.function, *inside) if inside else node.function
        return f"{name}({inner.letters[symbol]}, {writer.text(low)}, {writer.text(high)}, {inner.text(body)})", ATOM

    return rule


def _derivative(writer: _Writer, node: Any) -> Piece:
    by = ", ".join(f"{writer.name(x)}" + (f", {n}" if n != 1 else "") for x, n in node.variable_count)
    return f"diff({writer.text(node.expr)}, {by})", ATOM


def _at(writer: _Writer, node: Any) -> Piece:
    if len(node.variables) != 1:
        raise ValueError(f"no notation for several values at once: {node}")
    symbol = node.variables[0]
    inner = replace(writer, letters={**writer.letters, symbol: stem(symbol)})
    return f"at({inner.text(node.expr)}, {stem(symbol)}, {writer.text(node.point[0])})", ATOM


RULES: tuple[tuple[Any, Callable[[_Writer, Any], Piece]], ...] = (
    (sp.Rational, _rational), (ATOMS, _constant), (sp.Symbol, _symbol), (sp.Indexed, _entry), (sp.Add, _sum),
    (sp.Mul, _product), (sp.exp, _exponential), (sp.Pow, _power), (AppliedUndef, _undetermined), (Sigma, _sigma),
    (GaussianMean, _mean), (sp.Sum, _with_limits("sum")), (sp.Product, _with_limits("prod")),
    (sp.Integral, _with_limits("integral")), (sp.Derivative, _derivative), (sp.Subs, _at),
)  # fmt: skip
