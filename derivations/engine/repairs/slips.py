"""Single changes anywhere in an expression, likely ones first, each said in words."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportCallIssue=false, reportIndexIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import sympy as sp

from derivations.engine.mutation import descends, mutants
from theory.sums import Sigma, free_names, is_bound_name, rename

Change = tuple[str, Any]
Slips = Callable[[Any, list[Any]], Iterator[Change]]
"""The changes of one node, given the symbols that may be missing there."""
PARTNERS = {
    sp.sinh: sp.cosh, sp.cosh: sp.sinh, sp.sin: sp.cos, sp.cos: sp.sin, sp.tanh: sp.coth, sp.coth: sp.tanh,
    sp.erf: sp.erfc, sp.erfc: sp.erf, sp.exp: sp.log, sp.log: sp.exp, sp.asin: sp.acos, sp.acos: sp.asin,
    sp.tan: sp.cot, sp.cot: sp.tan, sp.Max: sp.Min, sp.Min: sp.Max,
}  # fmt: skip
SUMS = (sp.Sum, sp.Product)


def changes(expression: Any) -> Iterator[Change]:
    """All of them, without repetition."""
    names = sorted((n for n in free_names(expression) if isinstance(n, sp.Symbol)), key=str)
    seen = {expression}
    for text, changed in _all(expression, names):
        if changed not in seen and not changed.has(sp.zoo, sp.nan):
            seen.add(changed)
            yield text, changed


def _all(expression: Any, names: list[Any]) -> Iterator[Change]:
    yield from _renamed(expression, names)
    for slips in (
        _signs,
        _factors,
        _powers,
        _distributed,
        _arguments,
        _shifts,
        _partners,
        _bounds,
        _complements,
        _other_names,
    ):
        yield from anywhere(expression, slips, names)
    yield from ((text, changed) for _, text, changed in mutants(expression))


def anywhere(node: Any, slips: Slips, names: list[Any]) -> Iterator[Change]:
    """The changes of a node and of everything inside it."""
    yield from slips(node, names)
    for place, argument in enumerate(node.args):
        if not descends(node, argument):
            continue
        for text, changed in anywhere(argument, slips, names):
            try:
                yield text, node.func(*node.args[:place], changed, *node.args[place + 1 :])
            except (TypeError, ValueError, ZeroDivisionError):
                continue


def _slots(node: Any) -> Iterator[tuple[int, Any]]:
    """The arguments of a function, and the exponent of a power that is no number."""
    if isinstance(node, sp.Function | sp.exp) and not isinstance(node, sp.Piecewise):
        yield from enumerate(node.args)
    elif isinstance(node, sp.Pow) and not node.exp.is_Number:
        yield 1, node.exp


def _with(node: Any, place: int, changed: Any) -> Any:
    return node.func(*node.args[:place], changed, *node.args[place + 1 :])


def _signs(node: Any, names: list[Any]) -> Iterator[Change]:
    del names
    for term in node.args if isinstance(node, sp.Add) else ():
        yield f"the opposite sign of the term {term}", node - 2 * term
    for place, argument in _slots(node):
        yield f"{-argument} for {argument} in {node}", _with(node, place, -argument)


def _factors(node: Any, names: list[Any]) -> Iterator[Change]:
    del names
    for term in node.args if isinstance(node, sp.Add) else ():
        for factor in (sp.Integer(2), sp.S.Half):
            yield f"a factor {factor} in the term {term}", node - term + factor * term
        yield f"no term {term}", node - term
    for place, argument in _slots(node):
        for factor in (sp.Integer(2), sp.S.Half, sp.sqrt(2), 1 / sp.sqrt(2), sp.pi, 1 / sp.pi):
            yield f"{factor * argument} for {argument} in {node}", _with(node, place, factor * argument)


def _powers(node: Any, names: list[Any]) -> Iterator[Change]:
    del names
    if isinstance(node, sp.Pow) and node.exp.is_Rational:
        for power in (-node.exp, node.exp + 1, node.exp - 1, 2 * node.exp, node.exp / 2):
            yield f"{node.base**power} for {node}", node.base**power
    elif isinstance(node, sp.Function | sp.Symbol) and not is_bound_name(node):
        for power in (2, sp.S.Half, -1):
            yield f"{node**power} for {node}", node**power


def _distributed(node: Any, names: list[Any]) -> Iterator[Change]:
    """A number before a power that belongs under it, or the other way round."""
    del names
    coefficient, rest = node.as_coeff_Mul()
    for power in sp.Mul.make_args(rest):
        if not isinstance(power, sp.Pow) or power.exp.is_Number:
            continue
        if coefficient not in (1, -1):
            yield f"{(coefficient * power.base) ** power.exp} for {coefficient * power}", rest * coefficient**power.exp
        if power.base.is_number:
            yield f"{power.base} for {power}", node / power * power.base


def _arguments(node: Any, names: list[Any]) -> Iterator[Change]:
    """A factor that was dropped from an argument, or put there."""
    for place, argument in _slots(node):
        for name in names:
            for changed in (argument * name, argument / name, argument * sp.sqrt(name), argument / sp.sqrt(name)):
                yield f"{changed} for {argument} in {node}", _with(node, place, changed)
        for changed in (argument + 1, argument - 1, argument**2, sp.sqrt(argument)):
            yield f"{changed} for {argument} in {node}", _with(node, place, changed)
    if isinstance(node, sp.Add):
        for term in node.args:
            for name in names:
                yield f"one more power of {name} in the term {term}", node - term + term * name
                yield f"one less power of {name} in the term {term}", node - term + term / name


def _shifts(node: Any, names: list[Any]) -> Iterator[Change]:
    for step in (1, -1):
        if isinstance(node, sp.Indexed):
            moved = node.base[(node.indices[0] + step, *node.indices[1:])]
            yield f"{moved} for {node}", moved
        elif isinstance(node, sp.Add) or _counts(node, names):
            yield f"{node + step} for {node}", node + step


def _counts(node: Any, names: list[Any]) -> bool:
    """Whether a node is a size, or a number that may be one off."""
    return (node in names and node.is_integer) or (isinstance(node, sp.Integer) and abs(node) > 1)


def _complements(node: Any, names: list[Any]) -> Iterator[Change]:
    """The other of two probabilities."""
    if node in names:
        yield f"{1 - node} for {node}", 1 - node


def _other_names(node: Any, names: list[Any]) -> Iterator[Change]:
    """One symbol written for another."""
    for name in names if node in names else ():
        if name != node:
            yield f"{name} for {node}", name


def _renamed(expression: Any, names: list[Any]) -> Iterator[Change]:
    """A size that is one more or one less at every place."""
    for name in names:
        for step in (1, -1):
            if name.is_integer:
                yield f"{name + step} for {name} everywhere", rename(expression, name, name + step)


def _partners(node: Any, names: list[Any]) -> Iterator[Change]:
    del names
    if node.func in PARTNERS:
        changed = PARTNERS[node.func](*node.args)
        yield f"{changed} for {node}", changed


def _bounds(node: Any, names: list[Any]) -> Iterator[Change]:
    """The ends of a sum or a product, one later or one earlier; those of an integral exchanged."""
    del names
    if isinstance(node, Sigma):
        body, index = node.opened()
        for low, high in _moved(node.lower, node.upper):
            yield f"the sum from {low} to {high}", Sigma(body, (index, low, high))
    if isinstance(node, SUMS) and len(node.limits) == 1 and len(node.limits[0].args) == 3:
        index, lower, upper = node.limits[0].args
        for low, high in _moved(lower, upper):
            yield f"{index} from {low} to {high}", node.func(node.function, (index, low, high))


def _moved(lower: Any, upper: Any) -> Iterator[tuple[Any, Any]]:
    for step in (1, -1):
        yield lower + step, upper
        if not upper.is_infinite:
            yield lower, upper + step
