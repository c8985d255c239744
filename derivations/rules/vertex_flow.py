"""The flow of a vertex: derivatives of the flow equation by the mean field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import sympy as sp

from derivations.algebra.necklaces import Necklace, necklaces
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity
from theory.sums import Sigma

MANY = (
    "The claim is that of one degree of freedom. What is carried on has an index for each: its terms are products of "
    "matrices, and are compared as such, which settles it for any number of degrees of freedom."
)


@rule(
    "vertex flow",
    "Each derivative by the mean field opens a propagator and puts a vertex there, with a sign, or adds a leg to a "
    "vertex.",
)
def vertex_flow(
    equation: Step,
    *,
    n: int,
    field: sp.Symbol,
    action: Any,
    second_derivative: sp.Symbol,
    names: tuple[Any, Any, Any],
    size: Any,
    domain: Domain,
    symmetric: bool = False,
) -> Inference:
    """The flow of the n-th derivative of the effective average action, with all external legs.

    The claim is that of one degree of freedom, for any ``action``, a function of the field. The result is that of any
    number of them, ``size``: components, momenta and sites are one index. ``names`` are the families of the scale
    derivative of the regulator, the propagator and the vertices; a vertex has first the index where the loop enters,
    then its external legs x_1, ..., x_n by their numbers, then the index where the loop leaves. At a ``symmetric``
    point vertices with an odd number of legs vanish, and the result leaves them out.

    Raises
    ------
    ValueError
        If the number of legs is not positive.
    """
    if n < 1:
        raise ValueError(f"expected at least one external leg; found {n}")
    whole = cast(Any, equation.result).xreplace({second_derivative: sp.Derivative(action, (field, 2))})
    rate, inverse = cast(Any, sp.fraction(2 * cast(Any, equation.result)))
    propagator: Any = 1 / inverse.xreplace({second_derivative: sp.Derivative(action, (field, 2))})
    claim = Identity(sp.Derivative(whole, (field, n)), _at_one_place(n, rate, propagator, action, field), domain)
    terms = necklaces(n, even=symmetric)
    return Inference(statement=claim, result=sp.Add(*[_with_indices(t, names, size) for t in terms]), remark=MANY)


def _at_one_place(n: int, rate: Any, propagator: Any, action: Any, field: sp.Symbol) -> Any:
    """With one degree of freedom, terms with vertices of the same orders are alike."""
    counted: dict[tuple[int, ...], Any] = {}
    for term in necklaces(n):
        orders = tuple(sorted(term.orders))
        counted[orders] = counted.get(orders, sp.S.Zero) + term.coefficient
    terms = [
        weight * rate * propagator ** (len(orders) + 1) * sp.Mul(*[sp.Derivative(action, (field, k)) for k in orders])
        for orders, weight in counted.items()
    ]
    return sp.Add(*terms)


def _with_indices(term: Necklace, names: tuple[Any, Any, Any], size: Any) -> Any:
    rate, propagator, vertex = names
    count = len(term.vertices)
    loop = sp.symbols(f"a_1:{2 * count + 3}", integer=True)
    factors = [rate[loop[0], loop[1]]]
    for place, legs in enumerate(term.vertices):
        before, enters, leaves = loop[2 * place + 1 : 2 * place + 4]
        factors += [propagator[before, enters], vertex[(enters, *external(legs), leaves)]]
    factors.append(propagator[loop[-1], loop[0]])
    ranges = [(index, 1, size) for index in loop]
    return term.coefficient * Sigma(sp.Mul(*factors), *ranges)


def external(legs: Sequence[int]) -> tuple[sp.Symbol, ...]:
    """The indices of external legs."""
    return tuple(sp.Symbol(f"x_{leg}", integer=True) for leg in legs)
