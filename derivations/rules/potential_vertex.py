"""The vertices of a potential of an invariant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy as sp

from derivations.algebra.partitions import partitions
from derivations.engine.rule import Inference, rule
from theory.domain import Domain
from theory.field_derivative import FieldDerivative
from theory.statements import Identity
from theory.sums import Sigma

EXPANDED = (
    "The claim is that of a polynomial with free coefficients: a vertex holds no derivative of the potential of an "
    "order above the number of its legs."
)


@rule(
    "vertices of a potential",
    "The potential depends on the field through half the sum of the squared components. By the chain rule its legs sit "
    "alone, each along the field, or in pairs of one direction.",
)
def potential_vertex(
    *, fields: Any, legs: Sequence[sp.Symbol], size: Any, slopes: Sequence[Any], domain: Domain
) -> Inference:
    """The derivative by as many fields as there are ``legs``, the letters of their components.

    ``slopes`` are the letters of the derivatives of the potential by the invariant, from the first on, one for each
    leg; the result is in them.
    """
    index = sp.Dummy("a", integer=True)
    invariant, place = Sigma(fields[index] ** 2, (index, 1, size)) / 2, sp.Dummy("rho", real=True)
    coefficients = [sp.Symbol(f"g_{n}", real=True) for n in range(1, len(legs) + 1)]
    polynomial = sp.Add(*[g * place**n / sp.factorial(n) for n, g in enumerate(coefficients, start=1)])
    result = sp.Add(*[_attached(blocks, fields, slopes) for blocks in partitions(tuple(legs)) if _are_short(blocks)])
    values = {s: sp.diff(polynomial, place, n).subs(place, invariant) for n, s in enumerate(slopes, start=1)}
    placed = domain.extended(dict.fromkeys(coefficients, (-1, 1)) | dict.fromkeys(legs, sp.Range(1, size + 1)))
    left = FieldDerivative(polynomial.subs(place, invariant), *[fields[leg] for leg in legs])
    claim = Identity(left, result.xreplace(values), placed)
    return Inference(statement=claim, result=result, remark=EXPANDED)


def _are_short(blocks: Sequence[Sequence[Any]]) -> bool:
    """The third derivative of the invariant vanishes."""
    return all(len(block) <= 2 for block in blocks)


def _attached(blocks: Sequence[Sequence[Any]], fields: Any, slopes: Sequence[Any]) -> Any:
    factors = [fields[b[0]] if len(b) == 1 else sp.KroneckerDelta(*b) for b in blocks]
    return slopes[len(blocks) - 1] * sp.Mul(*factors)
