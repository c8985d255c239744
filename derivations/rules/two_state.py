"""A driven two-state system: equilibrium, moves in detailed balance, the law of the work by products of matrices."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.models import two_state as model
from theory.statements import Expansion, Identity
from theory.sums import Sigma

GAP, NEXT = model.gap, model.next_gap


def rows(matrix: Any) -> tuple[tuple[Any, ...], ...]:
    """The entries of a matrix, row by row."""
    return tuple(map(tuple, matrix.tolist()))


@rule("sum over both states", "The excited state has the reduced energy $\\epsilon$, the other one none.")
def sum_over_states() -> Inference:
    """Z(epsilon)."""
    total = sp.Add(*[sp.exp(-model.energy(sp.Integer(x), GAP)) for x in (0, 1)])
    claim = Sigma(sp.exp(-model.energy(model.x, GAP)), (model.x, 0, 1))
    return Inference(statement=Identity(claim, total, model.gap_domain().restricted(total)))


@rule("difference of free energies", "$F = -\\log Z$ at the last gap less the same at the first.")
def free_energy_difference(partition: Step) -> Inference:
    """F(eta) - F(epsilon); the claim is that its slope is the mean force."""
    before, after = (sp.log(partition.result.subs(GAP, gap)) for gap in (GAP, NEXT))
    force = -sp.diff(sp.log(partition.result), GAP)
    rest = Identity(sp.Derivative(before - after, NEXT), force.subs(GAP, NEXT), model.gap_domain())
    return Inference(
        statement=rest,
        result=before - after,
        obligations=(Identity((before - after).subs(NEXT, GAP), 0, model.gap_domain().restricted(GAP)),),
        remark="It vanishes where the gaps are equal: with this slope it is the work of an infinitely slow change.",
    )


@rule("occupation", "Minus the slope of $\\log Z$ is the mean of what multiplies $\\epsilon$.")
def occupation(partition: Step) -> Inference:
    """The equilibrium probabilities of both states; the claim is about the excited one."""
    weights = [sp.exp(-model.energy(sp.Integer(x), GAP)) for x in (0, 1)]
    row = tuple(1 / sp.expand(partition.result / weight) for weight in weights)
    slope = sp.Derivative(-sp.log(partition.result), GAP)
    domain = model.gap_domain().restricted(GAP)
    return Inference(
        statement=Identity(slope, row[1], domain),
        result=row,
        obligations=(Identity(row[0] + row[1], 1, domain),),
    )


@rule(
    "moves in detailed balance",
    "With probability $q$ the state stays, otherwise it is drawn from equilibrium; the flux between the states is the "
    "same both ways.",
)
def relaxing_moves(occupied: Step) -> Inference:
    """The transition matrix, rows before and columns after; the claim is that both fluxes are equal."""
    q = model.persistence
    matrix = q * sp.eye(2) + (1 - q) * sp.ones(2, 1) * sp.Matrix([occupied.result])
    domain = model.gap_domain().restricted(GAP).extended({q: (-1, 1)})
    weights = [sp.exp(-model.energy(sp.Integer(x), GAP)) for x in (0, 1)]
    balance = Identity(weights[0] * matrix[0, 1], weights[1] * matrix[1, 0], domain)
    whole = tuple(Identity(sum(matrix.row(x)), 1, domain) for x in (0, 1))
    return Inference(statement=balance, result=rows(matrix), obligations=whole)


@rule(
    "Metropolis moves",
    "The move to the other state has the ratio of the weights as its probability, or is certain where that is above "
    "one: the least $q$ for which no entry is negative.",
)
def metropolis_moves(moves: Step) -> Inference:
    """The transition matrix of Metropolis' algorithm; the claim is that the moves with this q are these."""
    upward, downward = (sp.exp(-sp.Max(0, change)) for change in (GAP, -GAP))
    matrix = sp.Matrix([[1 - upward, upward], [downward, 1 - downward]])
    least = sp.Matrix(moves.result).subs(model.persistence, -sp.exp(-sp.Abs(GAP)))
    domain = model.gap_domain().restricted(GAP)
    return Inference(
        statement=Identity(least[0, 1], upward, domain),
        result=rows(matrix),
        obligations=(Identity(least[1, 0], downward, domain),),
    )


@rule(
    "tilted step",
    "Each path has the weight $e^{-sW}$: the excited state takes a factor when the gap changes, then the state moves.",
)
def tilted_step(moves: Step, occupied: Step, partition: Step) -> Inference:
    """The matrix of one step; the claim is the mean of exp(-s W) over two steps, as a product of the matrices."""
    change = sp.exp(-model.s * (model.energy(sp.Integer(1), NEXT) - model.energy(sp.Integer(1), GAP)))
    step = sp.diag(1, change) * sp.Matrix(moves.result).subs(GAP, NEXT)
    row: Any = sp.Matrix([occupied.result]).subs(GAP, model.gaps[0])
    for place in range(2):
        row = row * step.subs({GAP: model.gaps[place], NEXT: model.gaps[place + 1]}, simultaneous=True)
    claim = _mean(partition, model.s, model.persistence, sum(row))
    domain = claim.domain.extended({model.n_steps: sp.Range(2, 3)})
    return Inference(statement=Identity(claim.left, claim.right, domain), result=rows(step))


@rule(
    "exponential mean of the work",
    "The row $(1, e^{-\\epsilon})$ becomes that of the next gap by the factor of the change, and moves in detailed "
    "balance leave it: all that is left is a ratio of partition functions.",
)
def exponential_mean(step: Step, partition: Step) -> Inference:
    """Jarzynski's equality for any number of steps and weights; the obligations tell its step by gaps."""
    left = sp.Matrix([[sp.exp(-model.energy(sp.Integer(x), GAP)) for x in (0, 1)]])
    at_one = left * sp.Matrix(step.result).subs(model.s, 1)
    domain = model.gap_domain().extended({model.persistence: (-1, 1)})
    last, first = (partition.result.subs(sp.exp(-GAP), model.weights[place]) for place in (model.n_steps, 0))
    mean = model.mean_of_exponential_work(partition.result, model.persistence)
    return Inference(
        statement=Identity(mean, last / first, model.weight_domain().extended({model.persistence: (-1, 1)})),
        obligations=tuple(Identity(at_one[x], left.subs(GAP, NEXT)[x], domain) for x in (0, 1)),
    )


@rule(
    "complete equilibration",
    "For $q = 0$ nothing is remembered: the works of the steps are independent, each with two values.",
)
def independent_steps(partition: Step) -> Inference:
    """The mean of exp(-s W) as a product over the steps, for any number of them."""
    t, last = model.t, model.n_steps - 1
    gap, change = model.gaps[t], model.gaps[t + 1] - model.gaps[t]
    factor = partition.result.subs(GAP, gap + model.s * change) / partition.result.subs(GAP, gap)
    value = sp.Product(factor, (t, 0, last))
    return Inference(statement=_mean(partition, model.s, sp.Integer(0), value), result=value)


@rule("sudden change", "A single step: the state has no time to move.")
def sudden_change(product: Step) -> Inference:
    """The mean of exp(-s W) over one step."""
    whole = product.result.subs(model.n_steps, 1).doit()
    back = {model.gaps[0]: GAP, model.gaps[1]: NEXT}
    value = whole.subs(back)
    domain = model.gap_domain().extended({model.s: (-2, 2)})
    before, after = model.energy(model.x, GAP), model.energy(model.x, NEXT)
    tilted = sp.exp(-before - model.s * (after - before))
    claim = Sigma(tilted, (model.x, 0, 1)) / Sigma(sp.exp(-before), (model.x, 0, 1))
    return Inference(statement=Identity(claim, value, domain))


@rule(
    "slow change",
    "A small change dissipates half the variance of its work; over many steps the sum is inversely proportional to "
    "their number.",
)
def slow_step(occupied: Step, difference: Step) -> Inference:
    """Mean work of a small change after equilibration, less the difference of free energies, to second order."""
    p, change = occupied.result[1], sp.Symbol("delta", real=True)
    dissipated = p * change - difference.result.subs(NEXT, GAP + change)
    variance = p * (1 - p) * change**2
    domain = model.gap_domain().restricted(GAP).extended({change: (-1, 1)})
    slope = Identity(sp.Derivative(-p, GAP), p * (1 - p), model.gap_domain().restricted(GAP))
    return Inference(
        statement=Expansion(dissipated, variance / 2, domain, variable=change, order=3),
        obligations=(slope,),
        remark="In $T$ equal steps the sum is $(\\eta - \\epsilon)(p(\\epsilon) - p(\\eta))/(2T)$ for large $T$, since "
        "$p(1-p)$ is minus the slope of $p$.",
    )


def _mean(partition: Step, tilt: Any, persistence: Any, value: Any) -> Identity:
    """The claim that the mean of exp(-tilt W) over all paths has a value."""
    mean = model.mean_of_tilted_work(tilt, partition.result, persistence)
    letters = {e: (0, 1) for e in (tilt, persistence) if not e.is_number}
    return Identity(mean, value, model.path_domain().extended(letters))
