"""Losses on the boundary and in the bulk of a neural network, written in other ways."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity, Inequality
from theory.sums import Sigma


@rule("square of a projection", "A projection is symmetric, and applied twice it is itself.")
def by_projection(squares: Step, *, projection: Any, deviation: Any, rows: Any, domain: Domain) -> Inference:
    """The squared error of a projected deviation as a form of the projection.

    The obligation writes it with the projection twice, before P P = P is used.
    """
    form = Sigma(deviation * projection * deviation, rows)
    twice = Sigma(deviation * projection * projection * deviation, rows)
    return Inference(
        statement=Identity(squares.result, form, domain), obligations=(Identity(squares.result, twice, domain),)
    )


@rule("errors on the whole boundary", "There is no error on the inputs: the form may hold their projection, too.")
def on_the_boundary(
    form: Step, *, projection: Any, others: Any, deviation: Any, rows: Any, domain: Domain
) -> Inference:
    """The same form with the projection on inputs beside that on outputs; ``domain`` has no error on inputs."""
    whole = Sigma(deviation * (others + projection) * deviation, rows)
    return Inference(
        statement=Identity(form.result, whole, domain),
        remark="Half of it is the boundary loss where the bulk loss has its factor 1/2.",
    )


@rule("bulk loss neuron by neuron", "Errors and local objectives are summed over the same neurons.")
def neuron_by_neuron(
    errors: Step, objective: Step, *, error: Any, state: Any, mass: Any, rows: Any, domain: Domain
) -> Inference:
    """The bulk loss with its local objective as half of one sum over neurons."""
    left = errors.result + objective.result
    right = Sigma(error**2 - mass * state**2, rows) / 2
    return Inference(statement=Identity(left, right, domain))


@rule("squares are positive", "A sum of squares of real errors is not negative, whatever they are.")
def no_negative_loss(errors: Step, *, error: Any, values: Any, rows: Any, domain: Domain) -> Inference:
    """The bulk loss without a local objective is at least 0: so it is with any ``values`` for the errors."""
    i, *_ = rows
    factor, total = errors.result.as_coeff_Mul()
    terms = factor * Sigma(_with(total, error, values, i), rows)
    return Inference(statement=Inequality(terms, sp.S.Zero, domain, relation=">="))


def _with(total: Any, error: Any, values: Any, index: sp.Symbol) -> Any:
    """The summand of a sum of errors with a value in place of the error."""
    summand = total.at(index)
    found = summand.xreplace({error: values})
    if found == summand:
        raise ValueError(f"expected a sum over the errors {error}; found {total}")
    return found


@rule("bounded objective", "No state leaves the range of the activation.")
def bounded_objective(objective: Step, *, mass: Any, size: Any, domain: Domain) -> Inference:
    """The local objective is at least - m N / 2 where all states lie between -1 and 1."""
    return Inference(statement=Inequality(objective.result, -mass * size / 2, domain, relation=">="))
