"""Determinants of matrices of any size: of products of matrices, and of matrices that a numbering makes triangular.

By the formula of Leibniz, each term of a determinant but the one of the diagonal runs around a cycle of at least two
indices. If every entry off the diagonal has a bracket or a delta that lets some integer h[i] - h[j] be at least 1
alone, the steps around a cycle would add up to at least their number, while they add up to zero: only the diagonal is
left. The determinant of a product of square matrices is the product of theirs.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import sympy as sp

from derivations.engine.routes.certificates.contradictions import conditions
from derivations.engine.routes.normal_forms.normal_form import Equation, by_normal_form
from theory.determinants import Determinant
from theory.domain import Domain
from theory.sums import Sigma, rename


def by_determinants(equation: Equation) -> str:
    """How an equation between determinants is proved; an empty text if it is not, or has none."""
    nodes = equation.left.atoms(Determinant) | equation.right.atoms(Determinant)
    if not nodes:
        return ""
    letters: dict[Any, sp.Symbol] = {}
    table = {node: _worked_out(node, equation.domain, letters) for node in nodes}
    left, right = (side.xreplace(table) for side in (equation.left, equation.right))
    if any(value.has(Determinant) for value in (left, right)):
        return ""
    domain = equation.domain.extended(dict.fromkeys(letters.values(), sp.S.Reals))
    found = by_normal_form(replace(equation, left=left, right=right, domain=domain))
    return f"determinants by their rules, {found}" if found else ""


def _worked_out(node: Determinant, domain: Domain, letters: dict[Any, sp.Symbol]) -> Any:
    """The value of a determinant, or a product of letters for those of its factors; the node if it may be complex."""
    factors = _factors(node)
    if factors is not None:
        return sp.Mul(*(_worked_out(f, domain, letters) for f in factors))
    value = _triangular(node, domain)
    if value is not None:
        return value
    if not _is_real(node.body):
        return node
    same = next((known for known in letters if _alike(known, node)), node)
    return letters.setdefault(same, sp.Dummy(f"d_{len(letters)}", real=True))


def _is_real(entry: Any) -> bool:
    """Whether an entry, and with it a letter for the determinant, is known to be real."""
    if isinstance(entry, Sigma):
        return _is_real(entry.summand)
    sums = {node: sp.Dummy(real=True) for node in entry.atoms(Sigma) if _is_real(node)}
    return bool(entry.xreplace(sums).is_real)


def _alike(one: Determinant, other: Determinant) -> bool:
    """Whether two determinants are the same, or one is that of the transposed matrix."""
    i, j = sp.Dummy("i", integer=True), sp.Dummy("j", integer=True)
    entries = (other.entry(i, j), other.entry(j, i))
    return one.size == other.size and any(sp.expand(one.entry(i, j) - e) == 0 for e in entries)


def _factors(node: Determinant) -> tuple[Determinant, Determinant] | None:
    """The determinants of two square matrices whose product is the matrix; None where it is none."""
    rows, columns = node.slots
    if not isinstance(node.body, Sigma) or (node.body.lower, node.body.upper) != (1, node.size):
        return None
    body, between = node.body.opened()
    left, right, rest = [], [], []
    for factor in sp.Mul.make_args(body):
        free = factor.free_symbols
        place = left if rows in free else right if columns in free else rest
        if {rows, columns} <= free or (place is rest and between in free):
            return None
        place.append(factor)
    return (
        Determinant(sp.Mul(*rest, *left), (rows, between), node.size),
        Determinant(sp.Mul(*right), (between, columns), node.size),
    )


def _triangular(node: Determinant, domain: Domain) -> Any:
    """The product of the diagonal, a power of one number, of a matrix that is triangular in some order of its rows."""
    i, j = sp.Dummy("i", integer=True), sp.Dummy("j", integer=True)
    diagonal = sp.expand(node.entry(i, i))
    if i in diagonal.free_symbols or not _is_size(node.size, domain):
        return None
    terms = sp.Add.make_args(sp.expand(node.entry(i, j)))
    beside = [t for t in terms if not _on_the_diagonal(t, i, j)]
    falls = [set(_falls(t, i, j)) for t in beside]
    if falls and not set.intersection(*falls):
        return None
    return diagonal**node.size


def _is_size(size: Any, domain: Domain) -> bool:
    """Whether a size is a number of rows everywhere: not negative."""
    chosen = domain.sets.get(size)
    return bool(size.is_nonnegative or (chosen is not None and chosen.is_subset(sp.S.Naturals0)))


def _on_the_diagonal(term: Any, i: sp.Symbol, j: sp.Symbol) -> bool:
    return any(isinstance(f, sp.KroneckerDelta) and set(f.args) == {i, j} for f in sp.Mul.make_args(term))


def _falls(term: Any, i: sp.Symbol, j: sp.Symbol) -> Iterable[Any]:
    """The h(i) for which the term is zero unless h(i) - h(j) is at least 1."""
    for factor in sp.Mul.make_args(term):
        equations, bounds = conditions(factor)
        for condition in (*bounds, *equations, *(-e for e in equations)):
            found = _fall(sp.expand(condition), i, j)
            if found is not None:
                yield found


def _fall(condition: Any, i: sp.Symbol, j: sp.Symbol) -> Any:
    """h of h(i) - h(j) - c, with a number c of at least 1, which is not negative; None for any other condition."""
    level = sp.Add(*(t for t in sp.Add.make_args(condition) if i in t.free_symbols))
    rest = condition - level + rename(level, i, j)
    if level == 0 or j in level.free_symbols or not rest.is_number:
        return None
    return rename(level, i, sp.Symbol("i", integer=True)) if -rest >= 1 else None
