"""Zeilberger's algorithm: a recurrence in n for the sum over k of F(n, k). What it finds is a hint and is checked.

Looked for are a_0 .. a_J free of k, and a rational C(n, k), such that

    sum_j a_j F(n + j, k) = C(n, k + 1) F(n, k + 1) - C(n, k) F(n, k).
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp
from sympy.concrete.gosper import gosper_normal
from sympy.polys.matrices import DomainMatrix

MAX_DEGREE = 4


@dataclass(frozen=True, kw_only=True)
class Recurrence:
    """``coefficients`` a_0 .. a_J and the ``certificate`` C."""

    coefficients: tuple[sp.Expr, ...]
    certificate: sp.Expr


def found_recurrence(step: sp.Expr, shifts: list[sp.Expr], k: sp.Symbol) -> Recurrence | None:
    """From ``step`` = F(n, k+1)/F(n, k) and ``shifts`` = F(n+j, k)/F(n, k), all rational in ``k``."""
    tops, bottoms = zip(*(sp.fraction(sp.cancel(s)) for s in shifts), strict=True)
    common = sp.Integer(1)
    for bottom in bottoms:
        common = sp.lcm(common, bottom)
    parts = [sp.cancel(t * common / b) for t, b in zip(tops, bottoms, strict=True)]
    # F/common is the term to be summed: its ratio, in Gosper's form A(k) c(k+1) / (B(k) c(k))
    top, bottom = sp.fraction(sp.cancel(step * common / common.subs(k, k + 1)))
    a, b, c = (sp.sympify(p, strict=True) for p in gosper_normal(top, bottom, k, polys=False))
    for degree in range(MAX_DEGREE + 1):
        solved = _solution(a, b.subs(k, k - 1), [sp.expand(c * p) for p in parts], k, degree)
        if solved is not None:
            coefficients, polynomial = solved
            certificate = sp.cancel(b.subs(k, k - 1) * polynomial / (c * common))
            return Recurrence(coefficients=coefficients, certificate=certificate)
    return None


def _solution(
    a: sp.Expr, b: sp.Expr, parts: list[sp.Expr], k: sp.Symbol, degree: int
) -> tuple[tuple[sp.Expr, ...], sp.Expr] | None:
    """Numbers a_j and a polynomial x with a x(k+1) - b x(k) = sum of a_j parts_j, not all a_j zero."""
    columns = [sp.Poly(-p, k) for p in parts]
    columns += [sp.Poly(sp.expand(a * (k + 1) ** d - b * k**d), k) for d in range(degree + 1)]
    size = max(p.degree() for p in columns) + 1
    rows = [[p.coeff_monomial(k**power) for p in columns] for power in range(int(size))]
    matrix = DomainMatrix.from_Matrix(sp.Matrix(rows)).to_field()
    for vector in matrix.nullspace().to_Matrix().tolist():
        if any(v != 0 for v in vector[: len(parts)]):
            bottom = sp.Integer(1)
            for v in vector:
                bottom = sp.lcm(bottom, sp.fraction(sp.cancel(v))[1])
            vector = [sp.cancel(v * bottom) for v in vector]
            polynomial = sp.Add(*(v * k**d for d, v in enumerate(vector[len(parts) :])))
            return tuple(vector[: len(parts)]), polynomial
    return None
