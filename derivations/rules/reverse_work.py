"""The work spent on the reverse of a driven path: the same changes of the energy, taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from derivations.rules.path_means import Paths, over_all_paths
from theory.domain import Domain
from theory.statements import Identity
from theory.sums import Sigma, rename


@rule(
    "work taken back",
    "The reverse protocol makes the same changes of the energy in the opposite direction, each at the same state: "
    "before a step, where the forward protocol made it after one.",
)
def work_taken_back(work: Step, *, last: Any, domain: Domain) -> Inference:
    """The work of the reverse protocol along the reverse path is minus the work of the step's result.

    The reverse protocol has at its time s the control parameter of time ``last`` - s, and is at the state of that time.
    """
    sums: Any = work.result
    body, step = sums.opened()
    spent = -rename(body, step, last + 1 - step)
    taken_back = Sigma(spent, (step, sums.lower, sums.upper))
    return Inference(statement=Identity(taken_back, -sums, domain), result=taken_back)


@rule(
    "distributions of the work",
    "The generating function of the work over the driven paths, weighted by exp(-W), is that of minus the work spent "
    "on the reverse chain.",
)
def work_distributions(
    weighted: Step,
    work: Step,
    taken_back: Step,
    *,
    exponent: sp.Symbol,
    sampled: Step,
    wanted: Step,
    scale: Any,
    paths: Paths,
    domain: Domain,
) -> Inference:
    """The weighted law with exp(-u W) for every path, and with the work of the reverse chain on the right."""
    functional, reverse = sp.exp(-exponent * work.result), sp.exp(exponent * taken_back.result)
    found = over_all_paths(
        weighted,
        sampled=sampled,
        wanted=wanted,
        scale=scale,
        functional=functional,
        reverse=reverse,
        paths=paths,
        domain=domain,
    )
    told = (
        "Both works take finitely many values, so that equal generating functions mean equal distributions: "
        "$P_f(W) e^{-W} = e^{-\\Delta F} P_r(-W)$."
    )
    return replace(found, remark=told)
