"""Stationarity of the one-step free energy at zero temperature, in the overlaps and in the size of a block."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false, reportIndexIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from derivations.rules.one_step_cold import LOCAL, Cold
from theory.averages import GaussianMean
from theory.statements import Identity, LimitStatement


@rule(
    "overlap inside a block at zero temperature",
    "A spin in a field that does not vanish points along it: its squared magnetization tends to 1.",
)
def cold_overlap_inside(*, cold: Cold) -> Inference:
    """The squared magnetization of a replica in the field X, which is not 0; fields that vanish have no weight."""
    t = cold.temperature
    squared = sp.tanh(LOCAL / t) ** 2
    domain = cold.domain(t).extended({LOCAL: (0, 5)})
    return Inference(statement=LimitStatement(squared, sp.Integer(1), domain, variable=t, point=0))


@rule(
    "magnetization of a block at zero temperature",
    "The slope of a block by its field, over $y$: the weight of fields that point up less that of those that "
    "point down.",
)
def cold_magnetization(block: Step, *, cold: Cold) -> Inference:
    """The mean spin of a block in the field a at its center, the result; Gaussian densities of both tails cancel."""
    y, a, v = cold.breakpoint_slope, cold.center, cold.spread
    up, down = cold.tail(1), cold.tail(-1)
    value = y * sp.exp(y**2 * v / 2) * (up - down) / 2
    statement = Identity(sp.Derivative(block.result, a), value, cold.domain(y, a, v))
    return Inference(statement=statement, result=(up - down) / (up + down))


@rule(
    "modulus of the field in a block at zero temperature",
    "The slope of a block by $y$ is the modulus of the field, weighted by the block.",
)
def cold_modulus(block: Step, *, cold: Cold) -> Inference:
    """The mean modulus of the field of a spin of a block, the result; the field at the center of the block is a."""
    y, a, v = cold.breakpoint_slope, cold.center, cold.spread
    up, down, front = cold.tail(1), cold.tail(-1), sp.exp(y**2 * v / 2) / 2
    density = sp.sqrt(8 * v / sp.pi) * sp.exp(-(a**2 / v + y**2 * v) / 2)
    slope = y * v * front * (up + down) + a * front * (up - down) + front * density
    statement = Identity(sp.Derivative(block.result, y), slope, cold.domain(y, a, v))
    return Inference(statement=statement, result=y * v + a - 2 * a * down / (up + down) + density / (up + down))


@rule(
    "overlap between blocks at zero temperature",
    "The derivative by the overlap between blocks vanishes where it is the mean squared magnetization of a block. By "
    "the heat equation of a block the two ways in which that overlap enters add up to this one mean.",
)
def cold_overlap_between(free_energy: Step, block: Step, magnetization: Step, *, cold: Cold) -> Inference:
    """The derivative by q_0; A is what q_0 equals, the result, with v = 1 - q_0.

    With Z a block, the mean of log Z changes by that of Z''/(2 Z) - Z'^2/(2 Z^2) for its own variance and by minus that
    of (dZ/dv)/Z for the variance inside a block.
    """
    y, a, v = cold.breakpoint_slope, cold.center, cold.spread
    mean = sp.Symbol("A", real=True)
    (site,) = free_energy.result.atoms(GaussianMean)
    polynomial = free_energy.result.xreplace({site: sp.Integer(0)})
    heat = Identity(sp.Derivative(block.result, v), sp.Derivative(block.result, (a, 2)) / 2, cold.domain(y, a, v))
    value = site.with_body(magnetization.result.subs(_at_site(site, cold)) ** 2)
    front = (free_energy.result - polynomial).xreplace({site: sp.Integer(1)})
    left = sp.diff(polynomial, cold.overlap) - front * y**2 * mean / 2
    known = cold.domain(y, cold.overlap).extended({mean: (0, 1)})
    return Inference(statement=Identity(left, y * (mean - cold.overlap) / 2, known), result=value, obligations=(heat,))


@rule(
    "size of a block at zero temperature",
    "The energy is stationary in the slope of the size of a block, too.",
)
def cold_block_size(free_energy: Step, modulus: Step, *, cold: Cold) -> Inference:
    """The derivative by y, the result, with v = 1 - q_0; Y is the mean of log Z, A that of the modulus of the field."""
    y = cold.breakpoint_slope
    logarithm, mean = sp.symbols("Y A", real=True)
    (site,) = free_energy.result.atoms(GaussianMean)
    polynomial = free_energy.result.xreplace({site: sp.Integer(0)})
    front = (free_energy.result - polynomial).xreplace({site: sp.Integer(1)})
    left = sp.diff(polynomial, y) + sp.diff(front, y) * logarithm + front * mean
    right = sp.diff(polynomial, y) - front * (logarithm / y - mean)
    at_site = _at_site(site, cold)
    parts = [(term, term.subs(at_site)) for term in sp.Add.make_args(modulus.result)]
    growth = sp.Add(*[site.with_body(there) if term.has(cold.center) else there for term, there in parts])
    known = cold.domain(y, cold.overlap).extended({logarithm: (-9, 9), mean: (-9, 9)})
    return Inference(
        statement=Identity(left, right, known), result=right.subs({logarithm: site, mean: growth}, simultaneous=True)
    )


def _at_site(site: GaussianMean, cold: Cold) -> dict[Any, Any]:
    """The field at the center of a block at the site of the free energy."""
    return {cold.center: cold.field + cast(Any, site.family)}
