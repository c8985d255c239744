"""What permutations of replicas make of pairs of replicas: three sectors, for any number of replicas.

The kernel A is 1 for two pairs that share one replica. Its product with itself is a combination of the three
patterns, so that multiplication by A is a 3 x 3 matrix. It has an eigenvalue for each sector, and polynomials in A are
the projectors. Every kernel that permutations leave as it is has these sectors (the Johnson scheme of pairs).
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false, reportIndexIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.pair_kernels import (
    CONSTANT,
    ONE_SHARED,
    SAME,
    PairKernel,
    Slots,
    product_over_pairs,
    summed_over_pairs,
)
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity
from theory.sums import Sigma, free_names

FEWEST = 4
"""Replicas: with fewer, no two pairs share no replica."""
SECTORS = ("longitudinal", "anomalous", "replicon")
"""Constant on all pairs; one value for each replica that a pair contains; what has neither."""


def pairs_domain(slots: Slots, n_replicas: sp.Symbol) -> Domain:
    """Two pairs a < b and c < d of at least four replicas."""
    a, b, c, d = slots
    first = sp.Range(1, n_replicas)
    after = {b: sp.Range(cast(Any, a) + 1, n_replicas + 1), d: sp.Range(cast(Any, c) + 1, n_replicas + 1)}
    return Domain({n_replicas: sp.Range(FEWEST, sp.oo), a: first, c: first, **after})


@rule(
    "products of pair patterns",
    "The pairs that share one replica with each of two given pairs are counted by summing out Kronecker deltas: their "
    "number depends only on how many replicas the two pairs share.",
)
def pair_products(*, slots: Slots, middle: tuple[sp.Symbol, sp.Symbol], n_replicas: sp.Symbol) -> Inference:
    """The product of the pattern "one replica in common" with itself; the result is its kernel in deltas."""
    a, b, c, d = slots
    near, far = ONE_SHARED.at(a, b, *middle), ONE_SHARED.at(*middle, c, d)
    square = product_over_pairs(near, far, middle, n_replicas)
    found = summed_over_pairs(square, slots, n_replicas).at(*slots)
    domain = pairs_domain(slots, n_replicas)
    neighbors = product_over_pairs(near, sp.Integer(1), middle, n_replicas)
    count = Identity(neighbors, summed_over_pairs(neighbors, slots, n_replicas).same, domain)
    return Inference(statement=Identity(square, found, domain), obligations=(count,))


@rule(
    "sectors under permutations of replicas",
    "Multiplication by the pattern is a matrix of three rows. Its characteristic polynomial factors for every number "
    "of replicas, and the projector on each sector is the product of what vanishes on the other two.",
)
def pair_sectors(products: Step, *, slots: Slots, n_replicas: sp.Symbol) -> Inference:
    """Eigenvalues of the pattern, by sector, and the projectors; the result has both for each sector.

    Claimed are the characteristic polynomial of the multiplication, and that the projectors add up to one.
    """
    square = PairKernel.of(products.result, slots)
    table = _multiplication(square, _number_of_neighbors(products))
    eigenvalues = _in_order(_roots(table), n_replicas)
    columns = [_projector(table, eigenvalues, place) for place in range(len(SECTORS))]
    x = sp.Symbol("xi", real=True)
    characteristic = sp.expand((x * sp.eye(3) - table).det(method="berkowitz"))
    factored = sp.Mul(*[x - value for value in eigenvalues])
    units = [PairKernel(same=s, one=o, none=n) for s, o, n in columns]
    total = sp.Add(*[unit.at(*slots) for unit in units])
    return Inference(
        statement=Identity(characteristic, factored, _counted(n_replicas).extended({x: (-9, 9)})),
        result=tuple(zip(eigenvalues, units, strict=True)),
        obligations=(Identity(total, SAME.at(*slots), pairs_domain(slots, n_replicas)),),
    )


@rule(
    "multiplicity of a sector",
    "The trace of a projector is the dimension of what it projects on.",
)
def sector_multiplicity(sectors: Step, *, sector: str, slots: Slots, n_replicas: sp.Symbol) -> Inference:
    """How many independent directions a sector has; the result is their number."""
    a, b, *_ = slots
    kernel = projector(sectors, sector)
    trace = Sigma(kernel.at(a, b, a, b), (a, 1, n_replicas - 1), (b, cast(Any, a) + 1, n_replicas))
    count = sp.factor(kernel.same * n_replicas * (n_replicas - 1) / 2)
    return Inference(statement=Identity(trace, count, _counted(n_replicas)))


@rule(
    "eigenvalue of a sector",
    "A kernel that permutations leave as it is multiplies each sector by a number.",
)
def sector_eigenvalue(
    kernel: Step,
    sectors: Step,
    *,
    sector: str,
    slots: Slots,
    middle: tuple[sp.Symbol, sp.Symbol],
    n_replicas: sp.Symbol,
) -> Inference:
    """The number by which the kernel of a step multiplies a sector; the result is that number."""
    a, b, c, d = slots
    values, unit = PairKernel.of(kernel.result, slots), projector(sectors, sector)
    number = _eigenvalue(values, sectors, sector, n_replicas)
    product = product_over_pairs(values.at(a, b, *middle), unit.at(*middle, c, d), middle, n_replicas)
    known = pairs_domain(slots, n_replicas)
    others = {n: s for n, s in cast(Any, kernel.statement).domain.sets.items() if n not in known.sets}
    free = {n: others.get(n, (-1, 1)) for n in _names(values) - set(known.sets)}
    return Inference(
        statement=Identity(product, number * unit.at(*slots), known.extended(free)),
        result=number,
    )


def projector(sectors: Step, sector: str) -> PairKernel:
    """The projector on a sector."""
    return sectors.result[_place(sector)][1]


def _eigenvalue(kernel: PairKernel, sectors: Step, sector: str, n_replicas: sp.Symbol) -> Any:
    """P + Q a + R b, where b follows from the row sum of all three patterns."""
    near, _ = sectors.result[_place(sector)]
    everything = _all_pairs(sectors) if sector == SECTORS[0] else sp.Integer(0)
    rest = everything - 1 - near
    total = sp.expand(kernel.same) + sp.factor(near) * kernel.one + sp.factor(rest) * kernel.none
    return sp.expand(total) if not total.has(n_replicas) else total


def _all_pairs(sectors: Step) -> Any:
    """The number of pairs: one over the constant projector."""
    return sp.cancel(1 / projector(sectors, SECTORS[0]).same)


def _place(sector: str) -> int:
    if sector not in SECTORS:
        raise ValueError(f"the sectors are {', '.join(SECTORS)}; found {sector!r}")
    return SECTORS.index(sector)


def _names(kernel: PairKernel) -> set[Any]:
    return set().union(*(free_names(value) for value in kernel.values))


def _number_of_neighbors(products: Step) -> Any:
    return cast(Identity, products.obligations[0]).right


def _multiplication(square: PairKernel, neighbors: Any) -> sp.Matrix:
    """Coordinates of the products of A with the three patterns, as columns."""
    with_none = [
        neighbors * c - o - s for c, o, s in zip(CONSTANT.values, ONE_SHARED.values, square.values, strict=True)
    ]
    columns = (ONE_SHARED.values, square.values, tuple(map(sp.factor, with_none)))
    return sp.Matrix(3, 3, lambda i, j: columns[j][i])


def _roots(table: sp.Matrix) -> list[Any]:
    """The eigenvalues, from the linear factors of the characteristic polynomial over the rational functions of m."""
    characteristic = table.charpoly()
    x, polynomial = characteristic.gen, sp.expand(characteristic.as_expr())
    factors = [(f, power) for f, power in sp.factor_list(polynomial)[1] if x in f.free_symbols]
    if [(sp.degree(f, x), power) for f, power in factors] != [(1, 1)] * table.rows:
        raise ValueError(f"expected {table.rows} different rational eigenvalues, found the roots of {polynomial}")
    return [sp.cancel(-factor.subs(x, 0) / sp.Poly(factor, x).LC()) for factor, _ in factors]


def _in_order(eigenvalues: list[Any], n_replicas: sp.Symbol) -> list[Any]:
    """The largest first, for many replicas."""
    return sorted(eigenvalues, key=lambda e: e.subs(n_replicas, 10**6), reverse=True)


def _projector(table: sp.Matrix, eigenvalues: list[Any], place: int) -> sp.Matrix:
    """The product of (A - other)/(own - other), applied to the unit kernel."""
    column, own = sp.Matrix(SAME.values), eigenvalues[place]
    for other in (e for k, e in enumerate(eigenvalues) if k != place):
        column = (table - other * sp.eye(3)) * column / (own - other)
    return column.applyfunc(lambda e: sp.factor(sp.cancel(e)))


def _counted(n_replicas: sp.Symbol) -> Domain:
    return Domain({n_replicas: sp.Range(FEWEST, sp.oo)})
