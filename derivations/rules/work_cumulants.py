"""Work near equilibrium: its cumulants, and Gaussian laws of it."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.statements import Expansion, Identity
from theory.sums import Sigma


@rule(
    "cumulants of the work",
    "The logarithm of the mean of $\\exp(-\\beta W)$ is the series of the cumulants of the work.",
)
def cumulants_of_work(
    *, law: Any, work: Any, paths: Any, inverse_temperature: sp.Symbol, order: int, domain: Domain
) -> Inference:
    """beta times the mean dissipated work as a series in beta, by the moments of the work; ``order`` is 3 or 4."""
    beta = inverse_temperature
    moment = [Sigma(law * work**power, paths) for power in range(4)]
    second = moment[2] - moment[1] ** 2
    third = moment[3] - 3 * moment[1] * moment[2] + 2 * moment[1] ** 3
    left = beta * moment[1] + sp.log(Sigma(law * sp.exp(-beta * work), paths))
    right = sp.Add(*[beta**2 * second / 2, -(beta**3) * third / 6][: order - 2])
    return Inference(
        statement=Expansion(left, right, domain, variable=beta, order=order),
        remark="The first term that is left out is the third cumulant of the work times $-\\beta^3/6$."
        if order == 3
        else "",
    )


@rule("Gaussian work", "The mean of an exponential of a Gaussian variable.")
def gaussian_work(
    *, mean: Any, law: tuple[sp.Symbol, Any], inverse_temperature: sp.Symbol, domain: Domain
) -> Inference:
    """The mean dissipated work of Gaussian works: the series ends."""
    z, variance = law
    beta = inverse_temperature
    weight = GaussianMean(sp.exp(-beta * (mean + z)), z, variance)
    return Inference(statement=Identity(mean + sp.log(weight) / beta, beta * variance / 2, domain))


@rule("variance of Gaussian weights", "The means of two exponentials of a Gaussian variable.")
def gaussian_spread(*, mean: Any, law: tuple[sp.Symbol, Any], domain: Domain) -> Inference:
    """The relative variance of exp(-W) for Gaussian works, in units of k_B T."""
    z, variance = law
    once, twice = (GaussianMean(sp.exp(-power * (mean + z)), z, variance) for power in (1, 2))
    return Inference(statement=Identity(twice / once**2 - 1, sp.exp(variance) - 1, domain))


@rule(
    "Crooks' relation for Gaussian work",
    "A Gaussian density times an exponential of its variable is a Gaussian density about another mean.",
)
def gaussian_crooks(
    dissipated: Step, *, value: sp.Symbol, mean: Any, variance: Any, beta: Any, domain: Domain
) -> Inference:
    """p_f(W) exp(-beta (W - Delta F)) is the density of minus the reverse work, of the same variance."""
    free = mean - cast(Any, dissipated.result)

    def density(center: Any) -> Any:
        return sp.exp(-((value - center) ** 2) / (2 * variance)) / sp.sqrt(2 * sp.pi * variance)

    left = density(mean) * sp.exp(-beta * (value - free))
    right = density(mean - beta * variance)
    return Inference(
        statement=Identity(left, right, domain),
        remark="Both directions dissipate the same mean work, and the densities cross at $\\Delta F$.",
    )
