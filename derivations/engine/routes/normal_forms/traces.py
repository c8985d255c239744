"""Normal form of sums over spin configurations: squares of spins are one, independent indices factorize.

The trace of a function of the total spin of n spins is a binomial sum; the trace of an exponential whose exponent is
a sum over one slot of the spins is a product over that slot.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.claims import encode
from derivations.engine.routes.normal_forms.field import Letter, Ratio
from derivations.engine.routes.normal_forms.generators.atoms import spin_base
from derivations.engine.routes.normal_forms.monomials import occurs, over_monomials, shadows
from derivations.engine.routes.normal_forms.sums_form import require_length
from derivations.engine.routes.normal_forms.tower import RULES, Tower
from theory.averages import ConfigurationSum
from theory.sums import Sigma, rename

Factors = list[tuple[sp.Expr, int]]
MAX_WRITTEN_SPINS = 6


def configuration_sum(tower: Tower, node: ConfigurationSum) -> Ratio:
    """The normal form of a trace, linear in what is summed."""
    if shadows(node.body, node.family):
        return tower.structural(node)
    written = _written(node)
    if written is not None:
        return tower.convert(written)
    base = spin_base(tower.depth)
    tower.depth += 1
    try:
        element = tower.convert(rename(node.body, node.family, base))
    finally:
        tower.depth -= 1
    return over_monomials(tower, element, base, lambda factors: _trace(tower, factors, base, node.ranges))


def _written(node: ConfigurationSum) -> sp.Expr | None:
    """A trace over a few spins, term by term."""
    ends = [e for r in node.ranges for e in r.args[1:]]
    if not all(e.is_Integer for e in ends):
        return None
    number = sp.prod(int(r.args[2]) - int(r.args[1]) + 1 for r in node.ranges)
    if number > MAX_WRITTEN_SPINS:
        return None
    try:
        return node.written_out(lambda atom: atom)
    except ValueError:  # a sum inside whose range is symbolic
        return None


def _trace(tower: Tower, factors: Factors, base: sp.IndexedBase, ranges: tuple[Any, ...]) -> Ratio:
    if not factors:
        return tower.convert(2 ** _count(ranges))
    body = sp.Mul(*(f**p for f, p in factors))
    found = _by_slots(tower, factors, base, ranges)
    if found is None:
        found = _by_total_spin(tower, body, base, ranges)
    return found if found is not None else _letter(tower, body, base, ranges)


def _count(ranges: tuple[Any, ...]) -> sp.Expr:
    return Sigma(sp.S.One, *(tuple(r.args) for r in ranges))


def _by_total_spin(tower: Tower, body: sp.Expr, base: sp.IndexedBase, ranges: tuple[Any, ...]) -> Ratio | None:
    """Sum over n spins of f(total) = sum over j of binomial(n, j) f(n - 2 j)."""
    if len(ranges) != 1:
        return None
    index, low, high = ranges[0].args
    total = Sigma(base[index], (index, low, high))
    number, down = sp.expand(high - low + 1), tower.new_index()
    key = encode(total)
    same = [node for node in body.atoms(Sigma) if encode(node) == key]
    summand = body.xreplace(dict.fromkeys(same, number - 2 * down))
    if occurs(summand, base):
        return None
    require_length(tower, low, high)
    tower.techniques.add("total spin")
    return tower.convert(Sigma(sp.binomial(number, down) * summand, (down, 0, number)))


def _by_slots(tower: Tower, factors: Factors, base: sp.IndexedBase, ranges: tuple[Any, ...]) -> Ratio | None:
    """The trace of exp(sum over x of g_x) with g_x on the spins of slot value x alone: a product over x."""
    if not all(isinstance(f, sp.exp) for f, _ in factors):
        return None
    exponent = sp.expand(sp.Add(*(f.args[0] * p for f, p in factors)))
    for slot, item in enumerate(ranges):
        _, low, high = item.args
        if (low.free_symbols | high.free_symbols) & {r.args[0] for r in ranges}:
            continue
        inner = _on_one_value(tower, exponent, base, slot, low, high)
        if inner is not None:
            value, summand = inner
            tower.techniques.add("factorized trace")
            return _product(tower, value, summand, base, ranges, slot)
    return None


def _on_one_value(
    tower: Tower, exponent: sp.Expr, base: sp.IndexedBase, slot: int, low: sp.Expr, high: sp.Expr
) -> tuple[sp.Symbol, sp.Expr] | None:
    """The exponent as a sum over x from low to high of g_x: x and g_x."""
    value = tower.new_index()
    parts = []
    for term in sp.Add.make_args(exponent):
        sums = [f for f in sp.Mul.make_args(term) if occurs(f, base)]
        if len(sums) != 1 or not isinstance(sums[0], Sigma):
            return None
        part = _without_index(tower, sums[0], base, slot, low, high, value)
        if part is None:
            return None
        parts.append(term / sums[0] * part)
    return value, sp.Add(*parts)


def _without_index(
    tower: Tower, node: Sigma, base: sp.IndexedBase, slot: int, low: Any, high: Any, value: sp.Symbol
) -> sp.Expr | None:
    """The nest of sums without the index that stands in one slot of every spin, that index renamed to ``value``."""
    ranges, body = [], node
    while isinstance(body, Sigma):
        fresh = tower.new_index()
        ranges.append((fresh, body.lower, body.upper))
        body = body.at(fresh)
    slots = {atom.indices[slot] for atom in body.atoms(sp.Indexed) if atom.base == base}
    chosen = [r for r in ranges if r[0] in slots]
    if len(slots) != 1 or len(chosen) != 1 or (chosen[0][1], chosen[0][2]) != (low, high):
        return None
    name = chosen[0][0]
    rest = [tuple(rename(e, name, value) for e in r) for r in ranges if r[0] != name]
    body = rename(body, name, value)
    return Sigma(body, *rest) if rest else body


def _product(
    tower: Tower, value: sp.Symbol, summand: sp.Expr, base: sp.IndexedBase, ranges: tuple[Any, ...], slot: int
) -> Ratio:
    index, low, high = ranges[slot].args
    rest = [tuple(rename(e, index, value) for e in r.args) for k, r in enumerate(ranges) if k != slot]
    one = _trace_at(sp.exp(summand), base, slot, rest)
    require_length(tower, low, high)
    if value not in one.free_symbols:
        return tower.convert(one ** sp.expand(high - low + 1))
    return tower.convert(sp.exp(Sigma(sp.log(one), (value, low, high))))


def _trace_at(body: sp.Expr, base: sp.IndexedBase, slot: int, rest: list[Any]) -> sp.Expr:
    """The trace over the spins of one slot value."""
    atoms = [a for a in body.atoms(sp.Indexed) if a.base == base]
    if not rest:
        return sp.Add(*(body.xreplace(dict.fromkeys(atoms, sp.Integer(s))) for s in (1, -1)))
    smaller = sp.IndexedBase(f"{base.label}\u2032s")
    replaced = _without_slot(body, base, smaller, slot)
    return ConfigurationSum(replaced, smaller, *rest)


def _without_slot(node: Any, base: sp.IndexedBase, smaller: sp.IndexedBase, slot: int) -> Any:
    if isinstance(node, sp.Indexed) and node.base == base:
        return smaller[tuple(i for k, i in enumerate(node.indices) if k != slot)]
    if not node.args or not occurs(node, base):
        return node
    if isinstance(node, Sigma):
        body, fresh = node.opened()
        return Sigma(_without_slot(body, base, smaller, slot), (fresh, node.lower, node.upper))
    return node.func(*(_without_slot(a, base, smaller, slot) for a in node.args))


def _letter(tower: Tower, body: sp.Expr, base: sp.IndexedBase, ranges: tuple[Any, ...]) -> Ratio:
    node = ConfigurationSum(body, base, *(tuple(r.args) for r in ranges))
    real = tower.is_real_expression(body, base)
    positive = real and all(isinstance(f, sp.exp) for f in sp.Mul.make_args(body))
    letter = Letter(kind="trace", node=node, real=real, positive=positive, nonnegative=positive)
    return tower.field.letter(tower.place(f"trace {encode(node)}", lambda: letter))


def checked_count(tower: Tower, number: Ratio) -> bool:
    """Whether a number of replicas is a nonnegative integer."""
    return tower.is_integer(number) and tower.nonnegative(number)


RULES[ConfigurationSum] = configuration_sum
