"""The spectrum of a tridiagonal Toeplitz matrix of any size, by its eigenvectors."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity
from theory.sums import Sigma


@rule(
    "standing waves",
    "The rows of the matrix are alike but for its ends; sines that vanish one place beyond either end solve every row.",
)
def standing_waves(
    entry: Step, *, rows: tuple[sp.Symbol, sp.Symbol], layers: tuple[Any, Any], mode: sp.Symbol
) -> Inference:
    """Eigenvectors and eigenvalues of a matrix a on the diagonal, b beside it; the result is the eigenvalue.

    With v_j = sin((j - first + 1) theta) the neighbors add up to 2 cos(theta) v_j; v vanishes before the first row,
    and beyond the last one for theta = (r + 1) pi / (size + 1).
    """
    i, j = rows
    first, last = (sp.sympify(end, strict=True) for end in layers)
    diagonal, beside = _stencil(entry.result, i, j)
    theta = (mode + 1) * sp.pi / (last - first + 2)
    eigenvalue = diagonal + 2 * beside * sp.cos(theta)
    wave = sp.sin((j - first + 1) * theta)
    at_row = wave.subs(j, i)
    domain = _domain(entry, {i: sp.Range(first, last + 1), mode: sp.Range(0, last - first + 1)})
    whole = Identity(
        Sigma(entry.result * wave, (j, first, last)),
        eigenvalue * at_row,
        domain.restricted(eigenvalue, at_row),
    )
    interior = Identity(
        diagonal * at_row + beside * (wave.subs(j, i - 1) + wave.subs(j, i + 1)),
        eigenvalue * at_row,
        whole.domain,
    )
    if any(sp.expand(wave.subs(j, place)) != 0 for place in (first - 1, last + 1)):
        raise ValueError(f"the waves {wave} must vanish one place beyond either end; SymPy does not see that they do")
    return Inference(
        statement=whole,
        result=eigenvalue,
        obligations=(interior,),
        remark="The waves vanish at both ghost places, one before the first row and one beyond the last.",
    )


def _stencil(entry: Any, i: sp.Symbol, j: sp.Symbol) -> tuple[sp.Expr, sp.Expr]:
    """Diagonal and neighbor of a symmetric Toeplitz stencil in Kronecker deltas.

    Raises
    ------
    ValueError
        If the entry depends on the row, is not symmetric, or reaches further than one place.
    """
    collected: dict[int, Any] = {0: sp.Integer(0), 1: sp.Integer(0), -1: sp.Integer(0)}
    for term in sp.Add.make_args(sp.expand(entry)):
        deltas = [f for f in sp.Mul.make_args(term) if isinstance(f, sp.KroneckerDelta)]
        if len(deltas) != 1 or sp.cancel(term / deltas[0]).free_symbols & {i, j}:
            raise ValueError(f"expected a stencil that is the same in every row, found the term {term}")
        first, second = cast(Any, deltas[0].args)
        offset = sp.expand((first - second) * (1 if i in first.free_symbols else -1))
        place = int(cast(Any, sp.expand(i - j - offset)))
        if place not in collected:
            raise ValueError(f"expected a tridiagonal stencil, found an entry {place} places off the diagonal")
        collected[place] += sp.cancel(term / deltas[0])
    if sp.expand(collected[1] - collected[-1]) != 0:
        raise ValueError(f"expected a symmetric stencil, found {collected[1]} and {collected[-1]} beside the diagonal")
    return collected[0], collected[1]


def _domain(entry: Step, sets: dict[Any, Any]) -> Domain:
    return cast(Identity, entry.statement).domain.extended(sets)


@rule(
    "order of the eigenvalues",
    "The cosine decreases on $(0, \\pi)$: the eigenvalues are distinct, so there are as many as rows and the list is "
    "complete, and the first is the least.",
)
def increasing_eigenvalues(spectrum: Step, *, mode: sp.Symbol) -> Inference:
    """The gap between consecutive eigenvalues as a product of sines of angles in (0, pi), hence positive."""
    eigenvalue = spectrum.result
    (wave,) = eigenvalue.atoms(sp.cos)
    amplitude = sp.cancel((eigenvalue - eigenvalue.subs(wave, 0)) / wave)
    theta, following = wave.args[0], wave.args[0].subs(mode, mode + 1)
    mean, half = (sp.factor(sp.cancel(e / 2)) for e in (theta + following, following - theta))
    gap = -2 * amplitude * sp.sin(mean) * sp.sin(half)
    statement = cast(Identity, spectrum.statement)
    last = cast(Any, statement.domain.sets[mode].args[1]) - 1
    domain = statement.domain.restricted(eigenvalue).extended({mode: sp.Range(0, last)})
    return Inference(statement=Identity(eigenvalue.subs(mode, mode + 1) - eigenvalue, gap, domain))
