"""Expressions as plain text for the terminal, in the same letters as the LaTeX."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp
from sympy.printing.str import StrPrinter

from theory.averages import ConfigurationSum, GaussianMean, MagnetizationIntegral, OverlapIntegral
from theory.determinants import Determinant
from theory.field_derivative import FieldDerivative
from theory.paths import PathSum
from theory.printing.chains import Chain, Group, chain_of, groups
from theory.printing.letters import Letters, slots_of
from theory.printing.notation import unicode_name
from theory.spheres import SphericalMean
from theory.sums import Binder, Inside, Sigma, is_bound_name, stem


class TheoryTextPrinter(StrPrinter):
    """Prints our nodes on one line, Greek letters by themselves and powers with a caret."""

    def __init__(self, letters: Letters) -> None:
        super().__init__()
        self._letters = letters

    def _print(self, expr: Any, **kwargs: Any) -> str:
        """Our nodes are printed here, where the letters in scope are known, whatever they offer themselves."""
        if isinstance(expr, Binder | Inside):
            return cast(str, getattr(self, f"_print_{type(expr).__name__}")(expr, **kwargs))
        return cast(str, super()._print(expr, **kwargs))

    def doprint(self, expr: Any) -> str:
        """The expression as text."""
        return super().doprint(expr).replace("**", "^")

    def _print_Symbol(self, expr: sp.Symbol) -> str:
        return self._letters[expr] or (stem(expr) if is_bound_name(expr) else unicode_name(expr.name))

    def _print_Dummy(self, expr: sp.Dummy) -> str:
        return self._print_Symbol(expr)

    def _print_IndexedBase(self, expr: sp.IndexedBase) -> str:
        return self._print(expr.label)

    def _print_Indexed(self, expr: sp.Indexed) -> str:
        return f"{self._print(cast(Any, expr.base).label)}[{', '.join(self._print(i) for i in expr.indices)}]"

    def _print_Mul(self, expr: sp.Expr) -> str:
        sums = [f for f in sp.Mul.make_args(expr) if isinstance(f, Sigma)]
        if len(sums) != 1:
            return cast(str, super()._print_Mul(expr))
        chain = chain_of(sums[0])
        return self._sum(cast(sp.Expr, expr / sums[0]) * chain.front, chain)

    def _print_Sigma(self, expr: Sigma) -> str:
        chain = chain_of(expr)
        return self._sum(chain.front, chain)

    def _sum(self, front: sp.Expr, chain: Chain) -> str:
        if front == 0:
            return "0"
        with self._letters.bind(chain.indices):
            signs = " ".join(self._sign(group) for group in groups(chain.sums))
            inner = self._print(chain.body)
        text = f"{signs} ({inner})" if chain.body.is_Add else f"{signs} {inner}"
        if front in (1, -1):
            return text if front == 1 else f"-{text}"
        return f"({self._print(front)})*{text}" if front.is_Add else f"{self._print(front)}*{text}"

    def _print_MatrixBase(self, expr: Any) -> str:
        rows = (f"[{', '.join(self._print(entry) for entry in row)}]" for row in expr.tolist())
        return f"Matrix([{', '.join(rows)}])"

    def _sign(self, group: Group) -> str:
        names = [self._print(i) for i in group.indices]
        lower, upper = self._print(group.lower), self._print(group.upper)
        if group.kind == "ordered":
            return f"Σ_{{{lower} ≤ {' < '.join(names)} ≤ {upper}}}"
        return f"Σ_{{{', '.join(names)}={lower}..{upper}}}"

    def _print_Inside(self, expr: Inside) -> str:
        index, lower, upper = (self._print(a) for a in expr.args)
        return f"[{lower} ≤ {index} ≤ {upper}]"

    def _print_KroneckerDelta(self, expr: sp.KroneckerDelta) -> str:
        return f"δ[{', '.join(self._print(a) for a in expr.args[:2])}]"

    def _print_ConfigurationSum(self, expr: ConfigurationSum) -> str:
        return f"Σ_{{{self._entry(expr)} = ±1}} {self._bracketed(expr.body)}"

    def _print_PathSum(self, expr: PathSum) -> str:
        return f"Σ_{{{self._path(expr)} = 1..{self._print(expr.n_states)}}} {self._bracketed(expr.body)}"

    def _print_Determinant(self, expr: Determinant) -> str:
        with self._letters.bind(expr.slots):
            entry, names = self._print(expr.body), ", ".join(map(self._print, expr.slots))
        return f"det_{{{names} = 1..{self._print(expr.size)}}}[{entry}]"

    def _path(self, expr: PathSum) -> str:
        """The first and the last entry of a path."""
        if len(expr.ranges) > 1:
            return self._entry(expr)
        _, first, last = cast(Any, expr).ranges[0].args
        ends = [self._print(cast(sp.IndexedBase, expr.family)[end]) for end in (first, last)]
        return ends[0] if ends[0] == ends[1] else f"{ends[0]}, …, {ends[1]}"

    def _bracketed(self, body: sp.Expr) -> str:
        return f"({self._print(body)})" if body.is_Add else self._print(body)

    def _entry(self, expr: Any) -> str:
        slots = slots_of(expr)
        with self._letters.bind(slots):
            return self._print(cast(sp.IndexedBase, expr.family)[slots])

    def _print_GaussianMean(self, expr: GaussianMean) -> str:
        name = self._entry(expr) if expr.ranges else self._print(expr.family)
        with self._letters.bind(slots_of(expr)):
            law = "" if expr.variance == 1 else f" ~ N(0, {self._print(expr.variance)})"
        return f"E_{{{name}{law}}}[{self._print(expr.body)}]"

    def _print_OverlapIntegral(self, expr: OverlapIntegral) -> str:
        measure = " ".join(f"D{self._print(a)}" for a in expr.args[1:3])
        return f"∫ {measure} {self._bracketed(expr.body)}"

    def _print_MagnetizationIntegral(self, expr: MagnetizationIntegral) -> str:
        return self._print_OverlapIntegral(expr)

    def _print_SphericalMean(self, expr: SphericalMean) -> str:
        return f"E_{{{self._entry(expr)} on spheres}}[{self._print(expr.body)}]"

    def _print_FieldDerivative(self, expr: FieldDerivative) -> str:
        below = " ".join(f"∂{self._print(a)}" for a in expr.atoms_by)
        power = "" if len(expr.atoms_by) == 1 else f"^{len(expr.atoms_by)}"
        return f"(∂{power}/{below})[{self._print(expr.functional)}]"
