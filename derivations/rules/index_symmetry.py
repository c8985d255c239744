"""Tensors whose entries are polynomials in those of symmetric matrices: the part that exchanges of indices leave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Definition, Identity
from theory.sums import free_names

Exchange = Mapping[Any, Any]


@rule("symmetric part", "The mean over all orders of the indices that the exchanges lead to.")
def symmetric_part(
    tensor: Step, *, exchanges: Iterable[Exchange], symmetric: Any, coefficients: Any, domain: Domain
) -> Inference:
    """The mean of the step's result over the group that the exchanges of indices generate.

    Parameters
    ----------
    exchanges
        Each maps indices to those that take their places.
    symmetric
        The family of the entries of a symmetric matrix: its indices are put in order, so that equal products meet.
    coefficients
        The family of the coefficients; the remark counts the products that keep a coefficient of their own.
    """
    given = cast(Any, tensor.result)
    orders = group(exchanges)
    left = sp.Add(*(given.xreplace(dict(order)) for order in orders)) / len(orders)
    found = by_product(left, symmetric)
    ordered = sorted(found.items(), key=lambda item: str(item[0]))
    right = sp.Add(*(sp.factor_terms(c) * product for product, c in ordered))
    names = {e for e in given.atoms(sp.Indexed) if e.base == coefficients}
    remark = (
        f"Of {len(names)} coefficients the exchanges leave {len(set(found.values()))} that differ." if names else ""
    )
    return Inference(statement=Identity(left, right, needed(domain, left)), result=right, remark=remark)


@rule("entries of a tensor", "The tensor with its indices, as it stands in front of both forces.")
def tensor_entries(contraction: Step, *, forces: Any, inverse_metric: Any, entries: Any, symbol: Any) -> Inference:
    """What multiplies the product of two forces in the step's result, a contraction.

    Parameters
    ----------
    forces
        The product of both forces, with the letters of the contraction.
    inverse_metric
        The node of an entry of the inverse metric; its letters become indices of the family ``entries``.
    symbol
        The entry that the result defines; its indices have the names of the letters.
    """
    tensor = sp.expand(cast(Any, contraction.result).summand / forces)
    letters = {str(i): i for i in symbol.indices}
    found = tensor.replace(
        lambda e: isinstance(e, inverse_metric), lambda e: entries[tuple(letters[i] for i in e.indices)]
    )
    if any(e.base != entries for e in found.atoms(sp.Indexed)) or found.has(type(forces.args[0])):
        raise ValueError(f"expected a tensor of inverse metrics times {forces}; found {contraction.result}")
    return Inference(statement=Definition(symbol, found), result=found)


@rule("exchange of indices", "Indices that are exchanged leave the tensor as it is.")
def unchanged_by(tensor: Step, *, exchange: Exchange, domain: Domain) -> Inference:
    """The step's result with indices exchanged, by the result itself."""
    given = cast(Any, tensor.result)
    left = given.xreplace(dict(exchange))
    return Inference(statement=Identity(left, given, needed(domain, left, given)), result=left)


@rule(
    "contraction with symmetric forces",
    "The orders of one set of indices all stand in a sum over all indices; what multiplies the tensor is the same in "
    "each of them.",
)
def contraction_kept(
    tensor: Step, part: Step, *, weight: Any, exchanges: Iterable[Exchange], domain: Domain
) -> Inference:
    """The terms of all orders of one set of indices in the sum of tensor times weight, by the symmetric part.

    Summed over all indices it says that both have one contraction with the weight, in any dimension.
    """
    orders = group(exchanges)
    left = sp.Add(*((cast(Any, tensor.result) * weight).xreplace(dict(order)) for order in orders))
    right = len(orders) * cast(Any, part.result) * weight
    return Inference(statement=Identity(left, right, needed(domain, left, right)))


def group(exchanges: Iterable[Exchange]) -> list[tuple[tuple[Any, Any], ...]]:
    """All orders of the indices that the exchanges generate, the order as it is first."""
    moves = [dict(e) for e in exchanges]
    names = sorted({i for move in moves for i in move}, key=str)
    found = [tuple((i, i) for i in names)]
    for order in found:
        for move in moves:
            after = tuple((i, move.get(j, j)) for i, j in order)
            if after not in found:
                found.append(after)
    return found


def by_product(tensor: Any, symmetric: Any) -> dict[Any, Any]:
    """The coefficient of each product of entries of a symmetric matrix, their indices in order."""
    found: dict[Any, Any] = {}
    for term in sp.Add.make_args(sp.expand(tensor)):
        entries = {e for e in term.atoms(sp.Indexed) if e.base == symmetric}
        product = sp.Mul(*(f for f in sp.Mul.make_args(term) if f.atoms(sp.Indexed) & entries))
        name = product.xreplace({e: symmetric[tuple(sorted(e.indices, key=str))] for e in entries})
        found[name] = found.get(name, sp.S.Zero) + term / product
    return {name: c for name, c in ((n, sp.expand(c)) for n, c in found.items()) if c != 0}


def needed(domain: Domain, *expressions: Any) -> Domain:
    """The part of the domain that the expressions need, with the equations for their families."""
    names = set().union(*map(free_names, expressions))
    tied = (free_names(cast(Any, c)) for c in domain.constraints if free_names(cast(Any, c)) & names)
    behind = {name for some in tied for name in some if name in domain.sets}
    return domain.restricted(*expressions, *cast(Any, behind))
