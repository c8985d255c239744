"""Rewriting rules of sequences with a recurrence in their index: orthogonal polynomials, Fibonacci numbers and others.

With p_(n+1) = A_n p_n + B_n p_(n-1) + C_n, members whose indices differ by a whole number are written by two neighbors,
or by one where B_n = 0. The coefficients are those of DLMF 18.9 for the polynomials.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sympy as sp

from derivations.engine.routes.certificates.nonzero import nonzero
from derivations.engine.routes.normal_forms.field import Ratio
from derivations.engine.routes.normal_forms.signs import is_real
from derivations.engine.routes.normal_forms.special import whole_part
from derivations.engine.routes.normal_forms.tower import RULES, Tower


@dataclass(frozen=True, kw_only=True)
class Sequence:
    """How a function goes on in its index.

    Attributes
    ----------
    coefficients
        A_n, B_n and C_n from n and the other arguments.
    place
        Which argument of the node is the index.
    neighbors
        By how many members the others are written.
    two_sided
        Whether the recurrence holds for negative indices too; otherwise it does from n = 1 on, or from 0 where B_n = 0.
    """

    coefficients: Callable[..., tuple[Any, Any, Any]]
    place: int = 0
    neighbors: int = 2
    two_sided: bool = False

    def coefficients_at(self, tower: Tower, node: Any, index: Ratio) -> tuple[Ratio, Ratio, Ratio]:
        """A_n, B_n and C_n as elements."""
        others = node.args[: self.place] + node.args[self.place + 1 :]
        found = self.coefficients(tower.field.expression(index), *others)
        a, b, c = (tower.convert(sp.sympify(part, strict=True)) for part in found)
        return a, b, c


def _rule(sequence: Sequence) -> Callable[[Tower, Any], Ratio]:
    def rule(tower: Tower, node: Any) -> Ratio:
        field, index = tower.field, tower.convert(node.args[sequence.place])
        shift = whole_part(tower, index)
        base = field.add(index, field.constant(-shift))
        lowest = field.add(base, field.constant(min(shift, 0)))
        if not (tower.is_integer(index) and (sequence.two_sided or tower.nonnegative(lowest))):
            return _letter(tower, node)
        members = [
            _member(tower, sequence, node, field.add(base, field.constant(j))) for j in range(sequence.neighbors)
        ]
        return (_above if shift > 0 else _below)(tower, sequence, node, base, shift, members)

    return rule


def _member(tower: Tower, sequence: Sequence, node: Any, index: Ratio) -> Ratio:
    """A letter, or the value of a member that SymPy writes otherwise."""
    arguments = list(node.args)
    arguments[sequence.place] = tower.field.expression(index)
    member = node.func(*arguments)
    return _letter(tower, member) if member.args == tuple(arguments) else tower.convert(member)


def _letter(tower: Tower, node: Any) -> Ratio:
    elements = tuple(map(tower.convert, node.args))
    real = all(is_real(tower.field, part) for e in elements for part in (e.num, e.den))
    return tower.opaque(f"call {node.func.__name__}", elements, node, real=real)


def _above(tower: Tower, sequence: Sequence, node: Any, base: Ratio, shift: int, members: list[Ratio]) -> Ratio:
    """Upwards from the members at the base and beside it."""
    field, last = tower.field, sequence.neighbors - 1
    for step in range(last, shift):
        a, b, c = sequence.coefficients_at(tower, node, field.add(base, field.constant(step)))
        parts = [field.multiply(a, members[-1]), field.multiply(b, members[0]) if last else field.zero, c]
        members = [*members[1:], field.add(field.add(*parts[:2]), parts[2])]
    return members[-1] if shift >= last else members[shift]


def _below(tower: Tower, sequence: Sequence, node: Any, base: Ratio, shift: int, members: list[Ratio]) -> Ratio:
    """Downwards, where B_n (A_n for one neighbor) has no zero: p_(n-1) = (p_(n+1) - A_n p_n - C_n) / B_n."""
    field, two = tower.field, sequence.neighbors == 2
    for step in range(0, shift, -1):
        a, b, c = sequence.coefficients_at(tower, node, field.add(base, field.constant(step if two else step - 1)))
        left = field.add(members[-1], field.negative(c))
        if two:
            left = field.add(left, field.negative(field.multiply(a, members[0])))
        divisor = b if two else a
        if not nonzero(tower, divisor):
            return _letter(tower, node)
        members = [field.multiply(left, field.inverse(divisor)), *members[:-1]]
    return members[0]


SEQUENCES: dict[Any, Sequence] = {
    sp.chebyshevt: Sequence(coefficients=lambda _, x: (2 * x, -1, 0), two_sided=True),
    sp.chebyshevu: Sequence(coefficients=lambda _, x: (2 * x, -1, 0), two_sided=True),
    sp.fibonacci: Sequence(coefficients=lambda _, x=1: (x, 1, 0), two_sided=True),
    sp.lucas: Sequence(coefficients=lambda _: (1, 1, 0), two_sided=True),
    sp.hermite: Sequence(coefficients=lambda n, x: (2 * x, -2 * n, 0)),
    sp.hermite_prob: Sequence(coefficients=lambda n, x: (x, -n, 0)),
    sp.legendre: Sequence(coefficients=lambda n, x: ((2 * n + 1) * x / (n + 1), -n / (n + 1), 0)),
    sp.laguerre: Sequence(coefficients=lambda n, x: ((2 * n + 1 - x) / (n + 1), -n / (n + 1), 0)),
    sp.assoc_laguerre: Sequence(coefficients=lambda n, a, x: ((2 * n + 1 + a - x) / (n + 1), -(n + a) / (n + 1), 0)),
    sp.gegenbauer: Sequence(
        coefficients=lambda n, a, x: (2 * (n + a) * x / (n + 1), -(n + 2 * a - 1) / (n + 1), 0)
    ),
    sp.subfactorial: Sequence(coefficients=lambda n: (n, n, 0)),
    sp.factorial2: Sequence(coefficients=lambda n: (0, n + 1, 0)),
    sp.harmonic: Sequence(coefficients=lambda n, order=1: (1, 0, (n + 1) ** -order), neighbors=1),
    sp.RisingFactorial: Sequence(coefficients=lambda n, x: (x + n, 0, 0), place=1, neighbors=1),
    sp.FallingFactorial: Sequence(coefficients=lambda n, x: (x - n, 0, 0), place=1, neighbors=1),
}  # fmt: skip
"""The gaps of the recurrences in their first steps, such as that of the derangements at n = 0, are never used."""

RULES.update({function: _rule(sequence) for function, sequence in SEQUENCES.items()})
