"""Densities of trigonometric fields on a torus, where the integral of a total derivative vanishes.

For periodic fields the integral of a density whose Euler operators vanish is the same for all of them, and the sum over
a regular grid is that integral, exactly for polynomials of few waves and to all digits that a finer grid confirms for
others.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import sympy as sp
from mpmath import mp
from sympy.core.function import AppliedUndef

from derivations.oracles.summation import UnansweredError

Compiler = Callable[[Any], Callable[[dict[Any, Any]], Any]]
WAVES = (((1, 0, 1), "0.31"), ((0, 1, -1), "0.83"), ((1, 1, 0), "1.7"))
"""Wave numbers in up to three coordinates, and phases."""


class Field:
    """A sum of waves within the set of a field's values; another ``shape`` is another field.

    Parameters
    ----------
    values
        The set of its values.
    shape
        Number that sets amplitudes and phases.
    """

    def __init__(self, values: sp.Set, shape: int) -> None:
        low, high = (float(v) if v.is_finite else None for v in (values.inf, values.sup))
        room = 2.0 if low is None or high is None else high - low
        middle = low + room / 2 if low is not None else high - room / 2 if high is not None else 0.3
        self._middle, self._shape = mp.mpf(middle), shape
        self._size = mp.mpf(room) / 14

    def __call__(self, *place: Any) -> Any:
        """The value at a place."""
        return self.derivative(place, (0,) * len(place))

    def derivative(self, place: Any, orders: tuple[int, ...]) -> Any:
        """A derivative, of some order in each coordinate."""
        total = mp.mpf(0) if any(orders) else self._middle
        for number, (wave, phase) in enumerate(WAVES):
            angle = sum((k * x for k, x in zip(wave, place, strict=False)), mp.mpf(phase) * self._shape)
            factor = mp.mpf(1)
            for k, order in zip(wave, orders, strict=False):
                factor *= mp.mpf(k) ** order
            amplitude = self._size / (1 + (number + self._shape) % len(WAVES))
            total += amplitude * factor * mp.sin(angle + sum(orders) * mp.pi / 2)
        return total


def change_of_integral(
    density: Any, fields: tuple[tuple[Any, sp.Set], ...], coordinates: tuple[Any, ...], compiled: Compiler
) -> Callable[[dict[Any, Any], int], Any]:
    """By how much the integral per volume differs between two choices of the fields, at a point, with so many nodes.

    Raises
    ------
    UnansweredError
        If the density depends on a coordinate by itself, or a field is not taken at the coordinates: then nothing is
        periodic.
    """
    names = {applied.func: applied.args for applied, _ in fields}
    _require_periodic(density, names, coordinates)
    slots: dict[Any, Any] = {}
    body = compiled(_with_slots(density, names, slots))

    def integral(point: dict[Any, Any], shape: int, nodes: int) -> Any:
        chosen = {applied.func: Field(values, shape + 2 * n) for n, (applied, values) in enumerate(fields)}
        total, ticks = mp.mpf(0), [2 * mp.pi * k / nodes for k in range(nodes)]
        for place in product(ticks, repeat=len(coordinates)):
            there = {**point, **chosen, **dict(zip(coordinates, place, strict=True))}
            total += body({**there, **{slot: _at(node, chosen, there) for node, slot in slots.items()}})
        return total / nodes ** len(coordinates)

    return lambda point, nodes: integral(point, 1, nodes) - integral(point, 2, nodes)


def _with_slots(node: Any, names: dict[Any, Any], slots: dict[Any, Any]) -> Any:
    """The density with a slot for each field and each derivative of one.

    What stands under a derivative of anything else stays, since it varies with the coordinates there.
    """
    if _is_plain(node, names):
        return slots.setdefault(node, sp.Dummy(real=True))
    if not node.args or isinstance(node, sp.Derivative):
        return node
    return node.func(*(_with_slots(a, names, slots) for a in node.args))


def _at(node: Any, chosen: dict[Any, Field], point: dict[Any, Any]) -> Any:
    applied = node.expr if isinstance(node, sp.Derivative) else node
    counts: Any = node.variable_count if isinstance(node, sp.Derivative) else ()
    orders: dict[Any, Any] = dict(counts)
    place = tuple(point[c] for c in applied.args)
    return chosen[applied.func].derivative(place, tuple(int(orders.get(c, 0)) for c in applied.args))


def _is_plain(node: Any, names: dict[Any, Any]) -> bool:
    """Whether a node is a field or a derivative of one by its coordinates."""
    applied = node.expr if isinstance(node, sp.Derivative) else node
    if not isinstance(applied, AppliedUndef) or applied.func not in names:
        return False
    counts: Any = node.variable_count if isinstance(node, sp.Derivative) else ()
    return all(n.is_Integer for _, n in counts)


def _require_periodic(node: Any, names: dict[Any, Any], coordinates: tuple[Any, ...]) -> None:
    if isinstance(node, AppliedUndef) and node.func in names:
        if node.args != names[node.func]:
            raise UnansweredError("the oracle takes fields at the coordinates themselves")
        return
    if node in coordinates:
        raise UnansweredError("the oracle takes fields of several coordinates in densities without these by themselves")
    for part in (node.expr,) if isinstance(node, sp.Derivative) else node.args:
        _require_periodic(part, names, coordinates)
