"""A sum over the eigenvalues of two neurons with one connection, which are each other's reciprocals."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity
from theory.sums import Sigma


@rule("two reciprocal eigenvalues", "There are two, with the product one.")
def reciprocal_pair(
    total: Step, *, entry: sp.Indexed, number: sp.Symbol, logarithm: sp.Symbol, domain: Domain
) -> Inference:
    """A result with a sum over ``number`` eigenvalues where they are exp(x) and exp(-x)."""
    (node,) = cast(Any, total.result).atoms(Sigma)
    (index,) = cast(Any, entry).indices
    term = node.at(index)
    written = sp.Add(*[term.xreplace({entry: sp.exp(sign * logarithm)}) for sign in (1, -1)])
    left = cast(Any, total.result).xreplace({node: written}).subs(number, 2)
    (factor, argument), rest = _one_logarithm(written)
    value = cast(Any, total.result).xreplace({node: factor * sp.log(argument) + rest}).subs(number, 2)
    return Inference(statement=Identity(left, value, domain.restricted(left)), result=value)


def _one_logarithm(written: Any) -> tuple[tuple[Any, Any], Any]:
    """Logarithms of the same coefficient as one, in hyperbolic functions."""
    logs = [t for t in sp.Add.make_args(written) if t.has(sp.log)]
    parts = [t.as_independent(sp.log, as_Add=False) for t in logs]
    (factor,) = {c for c, _ in parts}
    product = sp.expand(sp.Mul(*[cast(Any, f).args[0] for _, f in parts]))
    plain = sp.Add(*[t for t in sp.Add.make_args(product) if not t.has(sp.exp)])
    waves = sp.Add(*[t for t in sp.Add.make_args(product) if t.has(sp.exp)])
    rest = sp.Add(*[t for t in sp.Add.make_args(written) if not t.has(sp.log)])
    turned = waves.replace(sp.exp, lambda argument: sp.cosh(argument) + sp.sinh(argument))
    return (factor, plain + sp.expand(turned)), rest
