"""Correlation functions of a sum over independent neurons, by how points fall on neurons."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import factorial
from typing import Any

import sympy as sp

from derivations.algebra.partitions import even_partitions, pairings, partitions
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.models.random_network import letter
from theory.statements import Identity
from theory.sums import Sigma


@rule(
    "pairings",
    "Given the first layer, the network is a linear form of centered Gaussian weights and of its output bias: its "
    "products have the means of Isserlis, a covariance for each pair.",
)
def output_layer(
    *, n: int, width: Any, weight_variance: Any, bias_variance: Any, names: tuple[Any, Any, Any], domain: Domain
) -> Inference:
    """The mean of f(x_1) ... f(x_n) over the output weights and bias, at given activations.

    ``names`` are the families of weights and activations, and the bias.
    """
    weights, activations, bias = names
    neuron = sp.Symbol("i", integer=True)
    ranges = (neuron, sp.Integer(1), width)
    product = sp.Mul(*[Sigma(weights[neuron] * activations[neuron, p], ranges) + bias for p in _points(n)])
    left = GaussianMean(GaussianMean(product, bias, bias_variance), weights, weight_variance, ranges)

    def covariance(first: int, second: int) -> Any:
        shared = Sigma(activations[neuron, first] * activations[neuron, second], ranges)
        return weight_variance * shared + bias_variance

    right = sp.Add(*[sp.Mul(*[covariance(*pair) for pair in pairs]) for pairs in _pairs(_points(n))])
    return Inference(statement=Identity(left, right, domain), result=right)


@rule(
    "independent neurons",
    "Each pair falls on the output bias or on a neuron. Neurons are independent and alike: pairs on one neuron share a "
    "moment, and N (N - 1) ... choices put them on different ones.",
)
def network_correlation(
    *, n: int, width: Any, weight_variance: Any, bias_variance: Any, moment: Any, domain: Domain
) -> Inference:
    """The mean of f(x_1) ... f(x_n) over the first layer too, for any width, with the moments of one neuron as letters.

    The claim is about sums over the neurons of all pairs; the result counts how they may coincide.

    Raises
    ------
    ValueError
        If the number of points is not even and positive.
    """
    points, left, right = _points(n), sp.S.Zero, sp.S.Zero
    for size in range(0, n + 1, 2):
        for biased in combinations(points, size):
            rest = [p for p in points if p not in biased]
            on_bias = pairings(size) * bias_variance ** (size // 2)
            left += on_bias * _sums_over_neurons(rest, width, weight_variance, moment)
            right += on_bias * _on_neurons(rest, width, weight_variance, moment)
    return Inference(statement=Identity(left, right, domain.restricted(left)), result=right)


def _pairs(points: Sequence[int]) -> list[list[tuple[int, ...]]]:
    return [p for p in even_partitions(points) if all(len(block) == 2 for block in p)]


def _sums_over_neurons(points: Sequence[int], width: Any, variance: Any, moment: Any) -> Any:
    return sp.Add(*[variance ** len(pairs) * _over_neurons(pairs, width, moment) for pairs in _pairs(points)])


def _over_neurons(pairs: Sequence[tuple[int, ...]], width: Any, moment: Any) -> Any:
    """The sum over a neuron for each pair of the mean over the first layer, which depends on which of them coincide."""
    neurons = sp.symbols(f"i_1:{len(pairs) + 1}", integer=True)
    body = sp.S.Zero
    for groups in partitions(range(len(pairs))):
        group = {place: number for number, places in enumerate(groups) for place in places}
        means = [letter(moment, [p for place in places for p in pairs[place]]) for places in groups]
        same = [
            sp.KroneckerDelta(neurons[q], neurons[r])
            if group[q] == group[r]
            else 1 - sp.KroneckerDelta(neurons[q], neurons[r])
            for q, r in combinations(range(len(pairs)), 2)
        ]
        body += sp.Mul(*means, *same)
    return Sigma(body, *((i, 1, width) for i in neurons)) if pairs else sp.S.One


def _on_neurons(points: Sequence[int], width: Any, variance: Any, moment: Any) -> Any:
    return sp.Add(
        *[
            sp.ff(width, len(blocks)) * sp.Mul(*[_block(block, variance, moment) for block in blocks])
            for blocks in even_partitions(points)
        ]
    )


def _block(block: Sequence[int], variance: Any, moment: Any) -> Any:
    return variance ** (len(block) // 2) * pairings(len(block)) * letter(moment, block)


@rule(
    "connected correlation",
    "Cumulants of sums of independent variables add up: of the neurons, all alike, and of the output bias, which has "
    "the second one alone.",
)
def connected_correlation(
    *lower: Step, n: int, width: Any, weight_variance: Any, bias_variance: Any, moment: Any, domain: Domain
) -> Inference:
    """The cumulant of f at n points, from one neuron; the claim is that the cumulant of the correlations is this.

    ``lower`` are the steps with the correlations of 2, 4, ..., n points, in this order.
    """
    points = _points(n)
    known = {2 * place: step.result for place, step in enumerate(lower, start=1)}

    def correlation(block: Sequence[int]) -> Any:
        places = {letter(moment, p): letter(moment, [block[k - 1] for k in p]) for p in _subsets(len(block))}
        return known[len(block)].xreplace(places)

    left = _cumulant(points, correlation)
    right = cumulant_of_neurons(n, width, weight_variance, bias_variance, moment)
    return Inference(statement=Identity(left, right, domain), result=right)


def cumulant_of_neurons(n: int, width: Any, weight_variance: Any, bias_variance: Any, moment: Any) -> Any:
    """What the rule claims of n points: the cumulant of one neuron for each, and the variance of the output bias."""
    neurons = width * _cumulant(_points(n), lambda block: _block(block, weight_variance, moment))
    return neurons + (bias_variance if n == 2 else 0)


def _cumulant(points: Sequence[int], mean: Any) -> Any:
    """Of products of centered variables with vanishing odd means, by the means of blocks."""
    return sp.Add(
        *[
            (-1) ** (len(blocks) - 1) * factorial(len(blocks) - 1) * sp.Mul(*map(mean, blocks))
            for blocks in even_partitions(points)
        ]
    )


def _points(n: int) -> list[int]:
    if n <= 0 or n % 2:
        raise ValueError(f"expected an even number of points; found {n}: odd correlations of this ensemble vanish")
    return list(range(1, n + 1))


def _subsets(n: int) -> list[tuple[int, ...]]:
    return [p for size in range(2, n + 1, 2) for p in combinations(range(1, n + 1), size)]
