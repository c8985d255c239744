"""Letters of symbols, entries of families and constants, with what the domain says about them."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any

import sympy as sp
from flint import fmpq

from derivations.engine.routes.normal_forms.field import Letter
from theory.domain import Domain
from theory.sums import Sigma

SIGNS = sp.FiniteSet(-1, 1)


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
    # An end may belong to a set whose other end is a symbol: it is open only where it is known to be outside.
    is_open = not isinstance(chosen, sp.Range) and chosen.contains(value) == sp.false
    return fmpq(int(value.p), int(value.q)), is_open


def spin_base(depth: int) -> sp.IndexedBase:
    """The canonical family of spins under a trace at some depth of nesting."""
    return sp.IndexedBase(f"s\u2032{depth}")


def is_spin(node: Any, domain: Domain) -> bool:
    """Whether an entry is +1 or -1: of a traced family, or by its domain."""
    if not isinstance(node, sp.Indexed):
        return domain.sets.get(node) == SIGNS
    return str(node.base.label).startswith("s\u2032") or domain.sets.get(node.base) == SIGNS


def symbolic_ranges(domain: Domain, *, families: bool = False) -> list[tuple[Any, sp.Expr, sp.Expr]]:
    """Integer symbols of the domain, or families, whose range ends at an expression."""
    found, kind = [], sp.IndexedBase if families else sp.Symbol
    for name, chosen in domain.sets.items():
        if isinstance(name, kind) and isinstance(chosen, sp.Range) and chosen.free_symbols and chosen.step == 1:
            start, stop = chosen.args[0], chosen.args[1]
            if start.is_finite is not False and stop.is_finite is not False:
                found.append((name, start, stop - 1))
    return found


def is_real_expression(node: Any, domain: Domain, *spins: sp.Basic) -> bool:
    """Whether an expression of rational operations, sums and exponentials is real on the domain."""
    if isinstance(node, sp.Indexed):
        known = domain.sets.get(node.base)
        if known is None:
            return node.base in spins or is_spin(node, domain) or node.is_real is True
        return known.is_subset(sp.S.Reals) is True
    if isinstance(node, sp.Symbol):
        known = domain.sets.get(node)
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
    return all(is_real_expression(a, domain, *spins) for a in node.args)


def is_positive_expression(node: Any, domain: Domain) -> bool:
    """Whether an expression is built of positive entries, numbers and exponentials so that it is positive itself.

    A sum in it says nothing: its range may be empty.
    """
    if isinstance(node, sp.Symbol | sp.Indexed):
        chosen = domain.sets.get(node.base if isinstance(node, sp.Indexed) else node)
        return chosen is not None and chosen.is_subset(sp.Interval.open(0, sp.oo)) is True
    if isinstance(node, sp.exp):
        return is_real_expression(node.args[0], domain)
    if isinstance(node, sp.Pow):
        return is_positive_expression(node.base, domain) and is_real_expression(node.exp, domain)
    if isinstance(node, sp.Add | sp.Mul):
        return all(is_positive_expression(a, domain) for a in node.args)
    return bool(node.is_Rational and node > 0)
