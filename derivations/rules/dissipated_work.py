"""What Crooks' relation between the laws of the paths says about the work: means, gaps and variances."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity, Inequality
from theory.sums import Sigma

Paths = tuple[sp.Symbol, Any, Any]
"""An index of paths with its first and its last value."""


@rule("logarithm of Crooks' relation", "The ratio of the laws of a path is an exponential of its work.")
def work_of_a_path(*, laws: tuple[Any, Any], work: Any, free: Any, paths: Paths, domain: Domain) -> Inference:
    """The dissipated work of a path is the logarithm of the ratio of its laws."""
    forward, reverse = laws
    inside = domain.extended({paths[0]: sp.Range(paths[1], paths[2] + 1)})
    return Inference(statement=Identity(sp.log(forward / reverse), work - free, inside))


@rule("mean over the paths", "Averaged over paths, the logarithm of the ratio of two laws is a relative entropy.")
def mean_dissipation(*, law: Any, ratio: Any, dissipated: Any, paths: Paths, domain: Domain) -> Inference:
    """The mean of the dissipated work over paths of a ``law``, as that of the logarithm of ``ratio``."""
    return Inference(statement=Identity(dissipated, Sigma(law * sp.log(ratio), paths), domain))


@rule("second law", "A relative entropy is not negative, and it vanishes only where both laws agree.")
def second_law(dissipation: Step, *, laws: tuple[Any, Any], paths: Paths, domain: Domain) -> Inference:
    """The relative entropy is at least the squared distance of the roots of the probabilities."""
    first, second = laws
    distance = Sigma((sp.sqrt(first) - sp.sqrt(second)) ** 2, paths)
    return Inference(statement=Inequality(dissipation.result, distance, domain, relation=">="), result=distance)


@rule("no less than nothing", "What is at least a sum of squares is not negative.")
def not_negative(dissipation: Step, *, domain: Domain) -> Inference:
    """The mean dissipated work is not negative."""
    left: Any = dissipation.statement
    return Inference(statement=Inequality(left.left, sp.S.Zero, domain, relation=">="))


@rule("reweighting", "Weighted with exp(-W), forward paths have the law of the reverse ones.")
def reweighted(
    *, laws: tuple[Any, Any], work: Any, observable: Any, free: Any, paths: Paths, domain: Domain
) -> Inference:
    """The weighted mean of an observable, without bias: <f exp(-W)> is exp(-free) times its mean over reverse paths."""
    forward, reverse = laws
    left = Sigma(forward * sp.exp(-work) * observable, paths)
    return Inference(statement=Identity(left, sp.exp(-free) * Sigma(reverse * observable, paths), domain))


@rule("variance of the weights", "The second moment of exp(-W), with Crooks' relation for both of its factors.")
def relative_variance(*, laws: tuple[Any, Any], work: Any, paths: Paths, domain: Domain) -> Inference:
    """The variance of exp(-W) over the square of its mean: the chi-square divergence of the laws."""
    forward, reverse = laws
    moments = [Sigma(forward * sp.exp(-power * work), paths) for power in (1, 2)]
    right = Sigma((reverse - forward) ** 2 / forward, paths)
    return Inference(statement=Identity(moments[1] / moments[0] ** 2 - 1, right, domain))


@rule("chi-square bound", "$\\log u \\le u - 1$ for each path, with $u$ the ratio of its laws.")
def variance_bound(variance: Step, reverse_dissipation: Step, *, domain: Domain) -> Inference:
    """The relative variance is at least the dissipation of the reverse process."""
    claim = Inequality(variance.result, reverse_dissipation.result, domain, relation=">=")
    return Inference(statement=claim, result=reverse_dissipation.result)
