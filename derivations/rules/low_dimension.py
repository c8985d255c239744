"""Contractions of tensors that depend on one another because the indices have few values."""

from __future__ import annotations

from itertools import product
from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from derivations.rules.index_symmetry import by_product, needed
from theory.domain import Domain
from theory.statements import Identity
from theory.sums import Sigma


@rule(
    "dependent contractions",
    "The contractions of the tensors with any forces are polynomials in these: at the unit metric they are compared "
    "coefficient by coefficient, and what holds there holds in the frame of any metric.",
)
def dependent_contractions(
    tensor: Step, *, metric: Any, weight: Any, places: tuple[sp.Symbol, ...], size: sp.Symbol, n: int, domain: Domain
) -> Inference:
    """One contraction by the others, where the indices take the values 1 to ``n``.

    Parameters
    ----------
    tensor
        Its result is a sum of products of entries of the symmetric family ``metric``; those with one coefficient are
        one tensor.
    weight
        The product of forces that the tensors are contracted with, symmetric as the domain says.
    places
        All indices, summed over.
    size
        The number of their values.

    Raises
    ------
    ValueError
        If the contractions are independent, or more than one depends on the others.
    """
    forms: dict[Any, Any] = {}
    for monomial, coefficient in by_product(cast(Any, tensor.result), metric).items():
        forms[coefficient] = forms.get(coefficient, sp.S.Zero) + monomial
    tensors = list(forms.values())
    values = [_at_unit_metric(t, metric, weight, places, n) for t in tensors]
    names = sorted(set().union(*(v.free_symbols for v in values)), key=str)
    monomials = sorted({m for v in values for m in sp.Poly(v, *names).monoms()})
    rows = sp.Matrix([[sp.Poly(v, *names).coeff_monomial(m) for v in values] for m in monomials])
    relations: Any = rows.nullspace()
    if len(relations) != 1:
        raise ValueError(f"expected one relation between {len(tensors)} contractions; found {len(relations)}")
    relation = list(relations[0])
    last = max(k for k, r in enumerate(relation) if r != 0)
    others = sp.Add(
        *(-r / relation[last] * t for k, (r, t) in enumerate(zip(relation, tensors, strict=True)) if k != last)
    )
    ranges = [(i, sp.Integer(1), size) for i in places]
    left, right = (Sigma(t * weight, *ranges) for t in (tensors[last], others))
    known = domain.extended({size: sp.FiniteSet(n)})
    return Inference(
        statement=Identity(left, right, needed(known, left, right)),
        remark=f"Of {len(tensors)} contractions {len(tensors) - 1} are independent.",
    )


def _at_unit_metric(tensor: Any, metric: Any, weight: Any, places: tuple[sp.Symbol, ...], n: int) -> Any:
    """The contraction at the unit metric, in symbols for the entries of the forces."""
    total = sp.S.Zero
    for values in product(range(1, n + 1), repeat=len(places)):
        at = dict(zip(places, map(sp.Integer, values), strict=True))
        count = tensor.xreplace(at).replace(
            lambda e: isinstance(e, sp.Indexed) and e.base == metric,
            lambda e: sp.Integer(int(e.indices[0] == e.indices[1])),
        )
        total += count * weight.xreplace(at).replace(lambda e: isinstance(e, sp.Indexed), _force)
    return sp.expand(total)


def _force(entry: Any) -> sp.Symbol:
    """A symbol for an entry that is symmetric in its last two indices."""
    *kept, a, b = map(int, entry.indices)
    return sp.Symbol("_".join(map(str, (entry.base.label, *kept, *sorted((a, b))))))
