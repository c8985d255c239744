"""Normal form of sums over symbolic ranges, for all sizes.

A summand is multiplied out; what does not depend on the index is pulled out; powers of the index are summed in closed
form; deltas are solved; what remains becomes a letter, with its index shifted, its range brought to a common one by
explicit end terms, and its indices named in a canonical way.

Rewriting a range is valid while upper >= lower - 1. Where the domain does not say so it becomes an obligation.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from itertools import permutations, product
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derivations.engine.claims import encode
from derivations.engine.routes.certificates.geometric_sums import geometric_sum
from derivations.engine.routes.certificates.power_series import infinite_sum
from derivations.engine.routes.normal_forms.derivatives import field_derivative
from derivations.engine.routes.normal_forms.field import Letter, Ratio, UnsupportedError
from derivations.engine.routes.normal_forms.generators.atoms import is_positive_expression
from derivations.engine.routes.normal_forms.tower import RULES, Tower
from theory.field_derivative import FieldDerivative
from theory.sums import Inside, Sigma, free_names, rename

MAX_PEEL = 8
MAX_WRITTEN = 64
MAX_INDICES = 6
MAX_POWER = 40
Range = tuple[sp.Symbol, sp.Expr, sp.Expr]


def sigma(tower: Tower, node: Sigma) -> Ratio:
    """The normal form of a sum."""
    body, index = node.opened()
    low, high = (sp.expand(end) for end in (node.lower, node.upper))
    if high is sp.oo and not low.has(sp.oo, -sp.oo):
        return infinite_sum(tower, node)
    if low.has(sp.oo, -sp.oo) or high.has(sp.oo, -sp.oo):
        raise UnsupportedError("a sum over infinitely many terms")
    length = sp.expand(high - low)
    if length.is_Integer and length <= MAX_WRITTEN:
        return _written(tower, body, index, low, int(length))
    if _runs_backwards(body, index):
        node = Sigma(rename(body, index, low + high - index), (index, low, high))
    index = tower.fresh_index(low, high)
    body = node.at(index)
    outside, tower.scope = tower.scope, (*tower.scope, (index, low, high))
    try:
        element = tower.convert(body)
    finally:
        tower.scope = outside
    return sum_element(tower, element, (index, low, high))


def _runs_backwards(body: Any, index: sp.Symbol) -> bool:
    """Whether entries of families stand at places n - i alone: the sum is then counted from its other end."""
    slots = {slot for atom in body.atoms(sp.Indexed) for slot in atom.indices if not slot.has(sp.Indexed)}
    own = [slot for slot in slots if index in slot.free_symbols]
    return bool(own) and not any(index in sp.expand(slot + index).free_symbols for slot in own)


def _written(tower: Tower, body: Any, index: sp.Symbol, low: sp.Expr, length: int) -> Ratio:
    total = tower.field.zero
    for step in range(length + 1):
        total = tower.field.add(total, tower.convert(rename(body, index, sp.expand(low + step))))
    return total


def sum_element(tower: Tower, element: Ratio, bounds: Range) -> Ratio:
    """Sum an element over an index, monomial by monomial."""
    field, index = tower.field, bounds[0]
    depends = {i for i, letter in enumerate(field.letters) if index in letter.node.free_symbols}
    # Powers of letters below are powers with a negative exponent; what else depends on the index stays one factor.
    below = tuple(min(e[i] for e in element.den.monoms()) if i in depends else 0 for i in range(len(field.gens)))
    den = element.den / field.context.from_dict({below: 1})
    inner_den = any(i in depends for i in field.used(den))
    total = field.zero
    for exponents, coefficient in element.num.to_dict().items():
        outside = {tuple(0 if i in depends else e for i, e in enumerate(exponents)): coefficient}
        powers = [(i, int(e) - int(below[i])) for i, e in enumerate(exponents) if i in depends]
        inside = [(field.letters[i].node, e) for i, e in powers if e]
        if inner_den:
            inside.append((field.polynomial_expression(den), -1))
        part = sum_product(tower, inside, bounds)
        total = field.add(total, field.multiply(Ratio(field.context.from_dict(outside), field.one.den), part))
    return total if inner_den else field.multiply(total, Ratio(field.one.num, den))


def sum_product(tower: Tower, factors: list[tuple[sp.Expr, int]], bounds: Range) -> Ratio:
    """Sum a product of powers, each depending on the index."""
    index = bounds[0]
    for place, (factor, power) in enumerate(factors):
        if isinstance(factor, sp.KroneckerDelta) and power > 0:
            solved = _solved(factor, index)
            if solved is not None:
                return _at_delta(tower, factors[:place] + factors[place + 1 :], bounds, solved)
    if all(factor == index for factor, _ in factors):
        return _power_sum(tower, sum(power for _, power in factors), bounds)
    closed = geometric_sum(tower, factors, *bounds)
    if closed is not None:
        require_length(tower, *bounds[1:])
        return closed
    return _nest(tower, factors, bounds)


def _solved(delta: sp.KroneckerDelta, index: sp.Symbol) -> sp.Expr | None:
    """The value of the index at which a delta is one."""
    difference = sp.expand(delta.args[0] - delta.args[1])
    slope = difference.coeff(index)
    rest = sp.expand(difference - slope * index)
    if slope not in (1, -1) or index in rest.free_symbols:
        return None
    return sp.expand(-rest / slope)


def _at_delta(tower: Tower, factors: list[tuple[sp.Expr, int]], bounds: Range, value: sp.Expr) -> Ratio:
    """Sum over i of [i = v] f(i) = f(v) [low <= v <= high]."""
    index, low, high = bounds
    result = tower.convert(Inside(value, low, high))
    for factor, power in factors:
        result = tower.field.multiply(result, tower.field.power(tower.convert(rename(factor, index, value)), power))
    return result


def require_length(tower: Tower, low: sp.Expr, high: sp.Expr) -> None:
    """The range is empty at most by one: upper - lower + 1 >= 0."""
    length = sp.expand(high - low + 1)
    if not tower.nonnegative(tower.convert(length)) and length not in tower.obligations:
        tower.obligations.append(length)


def _power_sum(tower: Tower, power: int, bounds: Range) -> Ratio:
    """Sum of i^p = (B_{p+1}(high + 1) - B_{p+1}(low)) / (p + 1)."""
    _, low, high = bounds
    if not 0 <= power <= MAX_POWER:
        raise UnsupportedError(f"the sum of the power {power} of an index")
    require_length(tower, low, high)
    variable = sp.Dummy()
    polynomial = sp.expand((sp.bernoulli(power + 1, variable) - sp.bernoulli(power + 1, 0)) / (power + 1))
    ends = [tower.convert(sp.expand(polynomial.subs(variable, end))) for end in (high + 1, low)]
    return tower.field.add(ends[0], tower.field.negative(ends[1]))


def _nest(tower: Tower, factors: list[tuple[sp.Expr, int]], bounds: Range) -> Ratio:
    """A sum that stays: inner sums are merged into one nest, the range of the outermost index is normalized."""
    ranges, flat = [bounds], []
    for factor, power in factors:
        if isinstance(factor, Sigma) and power > 0:
            for _ in range(power):
                inner, body = _opened_nest(tower, factor)
                ranges += inner
                flat += _factors_of(body)
        else:
            flat.append((factor, power))
    if len(ranges) > MAX_INDICES:
        raise UnsupportedError(f"a sum over {len(ranges)} tied indices")
    return _with_normal_range(tower, sp.Mul(*(f**p for f, p in flat)), ranges)


def _opened_nest(tower: Tower, node: sp.Expr) -> tuple[list[Range], sp.Expr]:
    ranges: list[Range] = []
    while isinstance(node, Sigma):
        fresh = tower.new_index()
        ranges.append((fresh, node.lower, node.upper))
        node = node.at(fresh)
    return ranges, node


def _factors_of(body: sp.Expr) -> list[tuple[sp.Expr, int]]:
    result = []
    for factor in sp.Mul.make_args(body):
        base, power = factor.as_base_exp() if not isinstance(factor, sp.exp) else (factor, sp.S.One)
        result.append((base, int(power)) if power.is_Integer else (factor, 1))
    return result


def _with_normal_range(tower: Tower, body: sp.Expr, ranges: list[Range]) -> Ratio:
    """Shift the first index to least offset zero, and move its ends to their symbolic parts by explicit terms."""
    index, low, high = ranges[0]
    require_length(tower, low, high)
    shift = _least_offset([body, *(e for r in ranges[1:] for e in r[1:])], index)
    if shift is None:
        shift = -int(constant_part(low))
    rest = [(i, _moved(a, index, -shift), _moved(b, index, -shift)) for i, a, b in ranges[1:]]
    body, low, high = _moved(body, index, -shift), sp.expand(low + shift), sp.expand(high + shift)
    common = tower.common_range(low, high)
    below, above = int(low - common[0]), int(high - common[1])
    if max(abs(below), abs(above)) > MAX_PEEL:
        return _letter(tower, body, [(index, low, high), *rest])
    bottom, top = common
    try:
        result = tower.field.zero
        for sign, value in _end_terms(bottom, below, top, above):
            term = _end_term(tower, body, index, rest, value)
            result = tower.field.add(result, term if sign > 0 else tower.field.negative(term))
    except UnsupportedError:
        return _letter(tower, body, [(index, low, high), *rest])
    return tower.field.add(result, _letter(tower, body, [(index, bottom, top), *rest]))


def _end_terms(bottom: sp.Expr, below: int, top: sp.Expr, above: int) -> list[tuple[int, sp.Expr]]:
    """What to add to the sum from ``bottom`` to ``top`` for the one from bottom + below to top + above."""
    terms = [(-1, bottom + j) for j in range(below)] + [(1, bottom + j) for j in range(below, 0)]
    return terms + [(1, top + j) for j in range(1, above + 1)] + [(-1, top + j) for j in range(above + 1, 1)]


def _end_term(tower: Tower, body: sp.Expr, index: sp.Symbol, rest: list[Range], value: sp.Expr) -> Ratio:
    inner = [(i, rename(a, index, value), rename(b, index, value)) for i, a, b in rest]
    term = rename(body, index, value)
    if term.has(sp.zoo, sp.nan, sp.oo):
        raise UnsupportedError("an end term that is not finite")
    return tower.convert(Sigma(term, *inner) if inner else term)


def _moved(node: Any, index: sp.Symbol, by: int) -> Any:
    return rename(node, index, index + by) if by else node


def constant_part(node: sp.Expr) -> sp.Expr:
    """The integer added to an expression, or 0."""
    constant = sp.expand(node).as_coeff_Add()[0]
    return constant if constant.is_Integer else sp.S.Zero


def _least_offset(nodes: list[Any], index: sp.Symbol) -> int | None:
    """The least c with an entry of a family, or a value of an undetermined function, at index + c."""
    offsets = []
    for node in nodes:
        for atom in node.atoms(sp.Indexed, AppliedUndef):
            for slot in getattr(atom, "indices", atom.args):
                difference = sp.expand(slot - index)
                if difference.is_Integer:
                    offsets.append(int(difference))
    return min(offsets, default=None)


def _letter(tower: Tower, body: sp.Expr, ranges: list[Range]) -> Ratio:
    """The letter of a sum, its indices in the order that makes its text least."""
    key, order = min(_texts(body, ranges), key=lambda item: item[0])
    node = Sigma(body, *_outermost_first(order))

    def make() -> Letter:
        positive = _is_positive(tower, body, order)
        real = positive or tower.is_real_expression(node)
        return Letter(kind="sum", node=node, real=real, positive=positive, nonnegative=positive)

    return tower.field.letter(tower.place(f"sum {key}", make))


def _is_positive(tower: Tower, body: sp.Expr, ranges: list[Range]) -> bool:
    """Whether the terms of a sum are positive and it has at least one, on the whole domain."""
    if not is_positive_expression(body, tower.domain):
        return False
    outside = tower.scope
    try:
        for item in _outermost_first(ranges):
            if not tower.nonnegative(tower.convert(sp.expand(item[2] - item[1]))):
                return False
            tower.scope = (*tower.scope, item)
    finally:
        tower.scope = outside
    return True


def _texts(body: sp.Expr, ranges: list[Range]) -> list[tuple[str, list[Range]]]:
    groups: dict[str, list[Range]] = {}
    blank = {r[0]: "#" for r in ranges}
    for item in ranges:
        color = f"{encode(item[1], blank)}|{encode(item[2], blank)}|{_color(body, item[0], blank)}"
        groups.setdefault(color, []).append(item)
    texts = []
    for parts in product(*(permutations(groups[c]) for c in sorted(groups))):
        order = [r for part in parts for r in part]
        names = {r[0]: f"#{i}" for i, r in enumerate(order)}
        ends = ";".join(f"{encode(a, names)},{encode(b, names)}" for _, a, b in order)
        texts.append((f"{encode(body, names)}|{ends}", order))
    return texts


def _color(body: sp.Expr, index: sp.Symbol, blank: dict[Any, str]) -> str:
    """The factors an index occurs in, whatever the names: indices of different colors are never exchanged."""
    marked = {**blank, index: "@"}
    return ",".join(sorted(encode(f, marked) for f in sp.Mul.make_args(body) if index in f.free_symbols))


def _outermost_first(ranges: list[Range]) -> list[Range]:
    """An order in which every bound depends on earlier indices only."""
    placed: list[Range] = []
    waiting = list(ranges)
    while waiting:
        names = {r[0] for r in waiting}
        ready = next(r for r in waiting if not (r[1].free_symbols | r[2].free_symbols) & names)
        placed.append(ready)
        waiting.remove(ready)
    return placed


def _sympy_sum(tower: Tower, node: sp.Sum) -> Ratio:
    """SymPy's sum means the same where its range is not reversed."""
    body = node.function
    for index, low, high in node.limits:
        if high is not sp.oo:
            require_length(tower, low, high)
        body = Sigma(body, (index, low, high))
    return tower.convert(body)


def _product(tower: Tower, node: sp.Product) -> Ratio:
    """A product over a symbolic range is a letter; whole steps of its upper end are written as factors."""
    if len(node.limits) != 1:
        raise UnsupportedError("a product over several indices")
    index, low, high = node.limits[0]
    require_length(tower, low, high)
    length = sp.expand(high - low)
    if length.is_Integer and length <= MAX_WRITTEN:
        return tower.convert(sp.Mul(*(rename(node.function, index, low + j) for j in range(int(length) + 1))))
    steps = int(constant_part(sp.expand(high)))
    if abs(steps) > MAX_PEEL:
        raise UnsupportedError(f"a product whose range ends at {high}")
    top = sp.expand(high - steps)
    others = free_names(node)
    names = (sp.Symbol(f"k\u2032{n}", integer=True) for n in range(99))
    fresh = next(name for name in names if name not in others)
    body = tower.field.expression(tower.convert(rename(node.function, index, fresh)))
    result = tower.structural(sp.Product(body, (fresh, low, top)))
    for step in range(1, abs(steps) + 1):
        place = top + step if steps > 0 else top - step + 1
        factor = tower.convert(rename(node.function, index, sp.expand(place)))
        result = tower.field.multiply(result, factor if steps > 0 else tower.field.inverse(factor))
    return result


def _field_derivative(tower: Tower, node: FieldDerivative) -> Ratio:
    result = node.functional
    for atom in node.atoms_by:
        result = field_derivative(result, atom)
    return tower.convert(result)


RULES.update({Sigma: sigma, FieldDerivative: _field_derivative, sp.Sum: _sympy_sum, sp.Product: _product})
