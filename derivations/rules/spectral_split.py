"""A symmetric matrix by its eigenvectors, with its large and its small eigenvalues apart."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Expansion, Identity
from theory.sums import Sigma


@rule("large and small eigenvalues", "A sum over all eigenvalues is one over the large ones and one over the others.")
def split_form(
    *, eigenvalues: Any, vectors: Any, rows: tuple[Any, Any], label: Any, n_large: Any, size: Any, domain: Domain
) -> Inference:
    """An entry of sum_a lambda_a v_a v_a^T, the eigenvalues in falling order; the result is the sum in two parts."""
    i, j = rows
    term = eigenvalues[label] * vectors[label, i] * vectors[label, j]
    left = Sigma(term, (label, 1, size))
    right = Sigma(term, (label, 1, n_large)) + Sigma(term, (label, n_large + 1, size))
    return Inference(statement=Identity(left, right, domain.restricted(left, right)))


@rule(
    "small eigenvalues dropped",
    "Eigenvalues that are no larger than the temperature leave terms no larger than it: each is the temperature times "
    "a number that stays bounded.",
)
def large_part(
    split: Step, *, eigenvalues: Any, scaled: Any, temperature: sp.Symbol, label: Any, domain: Domain
) -> Inference:
    """The large eigenvalues alone, up to O(T) with T = 1 / beta, where the small ones are T mu_a."""
    terms: Any = sp.Add.make_args(split.result)
    large, small = sorted(terms, key=lambda term: term.lower != 1)
    body = small.at(label).xreplace({eigenvalues[label]: temperature * scaled[label]})
    left = large + Sigma(body, (label, small.lower, small.upper))
    return Inference(
        statement=Expansion(left, large, domain.restricted(left, large), variable=temperature, order=1),
        remark="What is dropped has the norm of the largest dropped eigenvalue; beside the largest one it is small if "
        "both are far apart. The inverse of G, and det G = 1, are not kept.",
    )


@rule("sums of logarithms", "Large and small eigenvalues have opposite sums of logarithms where det G = 1.")
def opposite_sums(total: Step, *, eigenvalues: Any, label: Any, n_large: Any, size: Any, domain: Domain) -> Inference:
    """The sum over the large eigenvalues by that over the others, and the logarithm of the determinant."""
    left = Sigma(sp.log(eigenvalues[label]), (label, 1, n_large))
    right = total.result - Sigma(sp.log(eigenvalues[label]), (label, n_large + 1, size))
    return Inference(statement=Identity(left, right, domain))
