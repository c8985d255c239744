"""Expressions as LaTeX in the notation of the field."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp
from sympy.printing.latex import LatexPrinter

from theory.averages import ConfigurationSum, GaussianMean, MagnetizationIntegral, OverlapIntegral
from theory.determinants import Determinant
from theory.field_derivative import FieldDerivative
from theory.paths import PathSum
from theory.printing.chains import Chain, Group, chain_of, groups
from theory.printing.layout import BREAK, FACTOR, LINE_WIDTH, width
from theory.printing.letters import Letters, slots_of
from theory.printing.notation import MULTILAYER, Notation, inside_angles, word_subscript
from theory.spheres import SphericalMean
from theory.sums import Binder, Inside, Sigma, is_bound_name, stem

OPEN_ENDED = (Sigma, ConfigurationSum, PathSum, OverlapIntegral, sp.Sum, sp.Integral)
"""Nodes whose body reaches to the end of the term: they go last, or in brackets."""
WIDEST_FRACTION = 0.8 * LINE_WIDTH
WIDEST_PRODUCT = 0.5 * LINE_WIDTH
"""Beyond it the sums of a numerator stand beside the fraction."""


class TheoryLatexPrinter(LatexPrinter):
    """Prints our nodes with one letter for each bound index; leaves a ``BREAK`` mark between terms.

    Parameters
    ----------
    letters
        The letters of the statement that is printed.
    notation
        Which families carry a layer.
    """

    def __init__(self, letters: Letters, notation: Notation = MULTILAYER) -> None:
        super().__init__()
        self._letters, self._notation = letters, notation

    def _print(self, expr: Any, **kwargs: Any) -> str:
        """Our nodes are printed here, where the letters in scope are known, whatever they offer themselves."""
        if isinstance(expr, Binder | Inside):
            return cast(str, getattr(self, f"_print_{type(expr).__name__}")(expr, **kwargs))
        return cast(str, super()._print(expr, **kwargs))

    def _print_Symbol(self, expr: sp.Symbol, style: str = "plain") -> str:
        letter = self._letters[expr] or (stem(expr) if is_bound_name(expr) else None)
        if letter is not None:
            bare = letter.rstrip("'")
            return super()._print_Symbol(sp.Symbol(bare), style) + letter.removeprefix(bare)
        if expr.name.endswith("_"):
            return f"{self._print(sp.Symbol(expr.name[:-1]))}'"
        angles, worded = inside_angles(expr.name), word_subscript(expr.name)
        if angles is not None:
            return rf"\left\langle {self._print(sp.Symbol(angles))} \right\rangle"
        if worded is not None:
            return rf"{self._print(sp.Symbol(worded[0]))}_{{\mathrm{{{worded[1]}}}}}"
        return super()._print_Symbol(expr, style)

    def _print_IndexedBase(self, expr: sp.IndexedBase) -> str:
        return self._print(expr.label)

    def _print_Indexed(self, expr: sp.Indexed) -> str:
        base, layer = self._print(cast(Any, expr.base).label), self._notation.superscript(expr)
        above = "" if layer is None else rf"^{{({self._print(layer)})}}"
        below = self._index_list(self._notation.subscripts(expr))
        if below and "_" in base:
            base = f"{{{base}}}"  # TeX takes one subscript to a letter
        return f"{base}{above}_{{{below}}}" if below else f"{base}{above}"

    def _index_list(self, indices: tuple[sp.Basic, ...]) -> str:
        single = all(isinstance(i, sp.Symbol) or (i.is_Integer and 0 <= cast(Any, i) < 10) for i in indices)
        return (" " if single else ", ").join(self._print(i) for i in indices)

    def _print_Pow(self, expr: sp.Pow) -> str:
        base, power = expr.args
        raised = isinstance(base, sp.Indexed) and self._notation.superscript(base) is not None
        if raised and power.is_Integer and cast(Any, power) > 0:
            return rf"\left({self._print(base)}\right)^{{{self._print(power)}}}"
        return cast(str, super()._print_Pow(expr))

    def _print_ExpBase(self, expr: sp.Expr, exp: str | None = None) -> str:
        exponent = cast(sp.Expr, expr.args[0])
        if exp is not None or not exponent.has(*OPEN_ENDED, sp.Add, sp.Indexed):
            return cast(str, super()._print_ExpBase(expr, exp))
        return rf"\exp\left({self._print(exponent)}\right)"

    def _print_Add(self, expr: sp.Add, order: str | None = None) -> str:
        text = ""
        for term in self._as_ordered_terms(expr, order=order):
            body = self._print(term)
            negative = body.startswith("-")
            sign = " - " if negative else " + "
            body = body.removeprefix("-").lstrip()
            text += (BREAK + sign if text else "- " if negative else "") + body
        return text

    def _print_log(self, expr: sp.log, exp: str | None = None) -> str:
        power = "" if exp is None else f"^{{{exp}}}"
        return rf"\log{power}\left({self._print(expr.args[0])}\right)"

    def _print_Mul(self, expr: sp.Expr) -> str:
        factors = cast(Any, expr).as_ordered_factors()
        below = [f for f in factors if f.is_Pow and f.args[1].could_extract_minus_sign()]
        bottom = sp.Mul(*[1 / f for f in below])
        heavy = [f for f in factors if _heavy(f) or (f.is_Add and bottom.is_number)]
        if not heavy:
            whole = cast(str, super()._print_Mul(expr))
            return whole if width(whole) <= WIDEST_PRODUCT or below else self._long_product(expr)
        if bottom.has(*OPEN_ENDED):
            return self._quotient([f for f in factors if f not in below], bottom)
        open_ended = [f for f in heavy if isinstance(f, OPEN_ENDED)]
        tail = open_ended.pop() if open_ended else None
        chain = chain_of(tail) if isinstance(tail, Sigma) else None
        light = sp.Mul(*[f for f in factors if f not in heavy])
        front = self._coefficient(light * chain.front if chain else light)
        parts = [self._factor(f) for f in heavy if f is not tail]
        parts += [self._sum(chain) if chain else self._print(tail)] if tail is not None else []
        return front + f" {FACTOR}".join(parts)

    def _long_product(self, expr: sp.Expr) -> str:
        """A product that may be broken between any two of its factors."""
        number, rest = expr.as_coeff_Mul()
        parts = [self._factor(f) for f in cast(Any, rest).as_ordered_factors()]
        return self._coefficient(number) + f" {FACTOR}".join(parts)

    def _quotient(self, above: list[sp.Expr], bottom: sp.Expr) -> str:
        """A fraction; sums that make it too wide for a line stand beside it, where they can be broken."""
        whole = rf"\frac{{{self._print(sp.Mul(*above))}}}{{{self._print(bottom)}}}"
        wide = [f for f in above if f.is_Add or _heavy(f)]
        if width(whole) <= WIDEST_FRACTION or not wide:
            return whole
        front = self._print(sp.Mul(*[f for f in above if f not in wide]) / bottom)
        return f"{front} " + f" {FACTOR}".join(self._factor(f) for f in wide)

    def _factor(self, factor: sp.Expr) -> str:
        """A factor that others follow."""
        printed = self._print(factor)
        return rf"\left({printed}\right)" if factor.is_Add or isinstance(factor, OPEN_ENDED) else printed

    def _coefficient(self, front: sp.Expr) -> str:
        if front == 1:
            return ""
        if front == -1:
            return "- "
        printed = self._print(front)
        return (rf"\left({printed}\right)" if front.is_Add else printed) + " "

    def _print_Sigma(self, expr: Sigma) -> str:
        chain = chain_of(expr)
        return self._coefficient(chain.front) + self._sum(chain) if chain.front != 0 else "0"

    def _sum(self, chain: Chain) -> str:
        with self._letters.bind(chain.indices):
            signs = "".join(self._sign(group) + " " for group in groups(chain.sums))
            inner = self._print(chain.body)
        return signs + (rf"\left({inner}\right)" if chain.body.is_Add else inner)

    def _sign(self, group: Group) -> str:
        lower, upper = self._print(group.lower), self._print(group.upper)
        names = [self._print(i) for i in group.indices]
        if group.kind == "ordered":
            return rf"\sum_{{{lower} \le {' < '.join(names)} \le {upper}}}"
        return rf"\sum_{{{', '.join(names)}={lower}}}^{{{upper}}}"

    def _print_Inside(self, expr: Inside, exp: str | None = None) -> str:
        index, lower, upper = (self._print(a) for a in expr.args)
        return rf"\mathbf{{1}}_{{{lower} \le {index} \le {upper}}}" + ("" if exp is None else rf"^{{{exp}}}")

    def _print_KroneckerDelta(self, expr: sp.KroneckerDelta, exp: str | None = None) -> str:
        first, second = expr.args[:2]
        glue = " " if first.is_Symbol and second.is_Symbol else ", "
        return rf"\delta_{{{self._print(first)}{glue}{self._print(second)}}}" + ("" if exp is None else rf"^{{{exp}}}")

    def _print_ConfigurationSum(self, expr: ConfigurationSum) -> str:
        return rf"\sum_{{\{{{self._entry(expr)}\}}}} {self._bracketed(expr.body)}"

    def _print_PathSum(self, expr: PathSum) -> str:
        return rf"\sum_{{{self._path(expr)}}} {self._bracketed(expr.body)}"

    def _print_Determinant(self, expr: Determinant) -> str:
        with self._letters.bind(expr.slots):
            entry, names = self._print(expr.body), ", ".join(map(self._print, expr.slots))
        return rf"\det_{{{names} \le {self._print(expr.size)}}} \left[{entry}\right]"

    def _path(self, expr: PathSum) -> str:
        """The first and the last entry of a path."""
        if len(expr.ranges) > 1:
            return self._entry(expr)
        _, first, last = cast(Any, expr).ranges[0].args
        ends = [self._print(cast(sp.IndexedBase, expr.family)[end]) for end in (first, last)]
        return ends[0] if ends[0] == ends[1] else rf"{ends[0]}, \ldots, {ends[1]}"

    def _entry(self, expr: Any) -> str:
        """The bound family with its slots, as in the name of the variables."""
        slots = slots_of(expr)
        with self._letters.bind(slots):
            return self._print(cast(sp.IndexedBase, expr.family)[slots])

    def _bracketed(self, body: sp.Expr) -> str:
        inner = self._print(body)
        return rf"\left({inner}\right)" if body.is_Add else inner

    def _print_GaussianMean(self, expr: GaussianMean) -> str:
        name = self._entry(expr) if expr.ranges else self._print(expr.family)
        with self._letters.bind(slots_of(expr)):
            spread = self._on_one_line(expr.variance)
        law = "" if expr.variance == 1 else rf" \sim \mathcal{{N}}(0, {spread})"
        return rf"\mathbb{{E}}_{{{name}{law}}} \left[{self._print(expr.body)}\right]"

    def _on_one_line(self, ratio: sp.Expr) -> str:
        """A ratio with a slash, for scripts."""
        top, bottom = ratio.as_numer_denom()
        simple = not (top.is_Add or bottom.is_Add or bottom.is_Mul or bottom == 1)
        return f"{self._print(top)} / {self._print(bottom)}" if simple else self._print(ratio)

    def _print_OverlapIntegral(self, expr: OverlapIntegral) -> str:
        measure = r"\, ".join(rf"\mathcal{{D}}{self._print(a)}" for a in expr.args[1:3])
        return rf"\int {measure}\; {self._bracketed(expr.body)}"

    def _print_MagnetizationIntegral(self, expr: MagnetizationIntegral) -> str:
        return self._print_OverlapIntegral(expr)

    def _print_SphericalMean(self, expr: SphericalMean) -> str:
        return rf"\mathbb{{E}}_{{{self._entry(expr)} \in S}} \left[{self._print(expr.body)}\right]"

    def _print_Derivative(self, expr: sp.Derivative) -> str:
        """A product stands in brackets: without them the operator would seem to act on its first factor."""
        printed, body = super()._print_Derivative(expr), self._print(expr.expr)
        if isinstance(expr.expr, sp.Mul) and printed.endswith(f" {body}"):
            return printed.removesuffix(body) + rf"\left({body}\right)"
        return printed

    def _print_FieldDerivative(self, expr: FieldDerivative) -> str:
        count = len(expr.atoms_by)
        power = "" if count == 1 else f"^{{{count}}}"
        below = r" \, ".join(rf"\partial {self._print(a)}" for a in expr.atoms_by)
        if expr.functional.is_Symbol:
            return rf"\frac{{\partial{power} {self._print(expr.functional)}}}{{{below}}}"
        return rf"\frac{{\partial{power}}}{{{below}}} \left[{self._print(expr.functional)}\right]"


def _heavy(factor: Any) -> bool:
    """Whether a factor is set beside a fraction rather than in its numerator."""
    if factor.is_Pow and factor.args[1].could_extract_minus_sign():
        return False
    return factor.has(*OPEN_ENDED, GaussianMean, FieldDerivative)
