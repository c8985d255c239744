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
    "The slope of the logarithm of a block by its field, over $y$: the weight of fields that point up less that of "
    "those that point down, over their sum.",
)
def cold_magnetization(block: Step, *, cold: Cold) -> Inference:
    """The mean spin of a block in the field a at its center; the Gaussian densities of both tails cancel."""
    y, a, v = cold.breakpoint_slope, cold.center, cold.spread
    up, down = cold.tail(1), cold.tail(-1)
    slope = sp.diff(sp.log(block.result), a) / y
    return Inference(statement=Identity(slope, (up - down) / (up + down), cold.domain(y, a, v)))


@rule(
    "modulus of the field in a block at zero temperature",
    "The slope of the logarithm of a block by $y$ is the mean modulus of the field, weighted by the block.",
)
def cold_modulus(block: Step, *, cold: Cold) -> Inference:
    """The mean modulus of the field of a spin of a block, with the field a at the center of the block."""
    y, a, v = cold.breakpoint_slope, cold.center, cold.spread
    up, down = cold.tail(1), cold.tail(-1)
    density = sp.sqrt(8 * v / sp.pi) * sp.exp(-(a**2 / v + y**2 * v) / 2)
    value = y * v + a * (up - down) / (up + down) + density / (up + down)
    return Inference(statement=Identity(sp.diff(sp.log(block.result), y), value, cold.domain(y, a, v)))


@rule(
    "overlap between blocks at zero temperature",
    "The derivative by the overlap between blocks vanishes where it is the mean squared magnetization of a block. By "
    "the heat equation of a block the two ways in which that overlap enters add up to this one mean.",
)
def cold_overlap_between(free_energy: Step, block: Step, magnetization: Step, *, cold: Cold) -> Inference:
    """The derivative by q_0; A is what q_0 equals, the result."""
    y, a, v = cold.breakpoint_slope, cold.center, cold.spread
    mean = sp.Symbol("A", real=True)
    (site,) = free_energy.result.atoms(GaussianMean)
    polynomial = free_energy.result.xreplace({site: sp.Integer(0)})
    log_block = sp.log(block.result)
    slope = sp.diff(log_block, a)
    heat = Identity(sp.diff(log_block, a, 2) / 2 - sp.diff(log_block, v), -(slope**2) / 2, cold.domain(y, a, v))
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
    """The derivative by y, the result; Y is the mean logarithm of a block, A that of the modulus of the field in it."""
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
    """The field at the center of a block and the variance of its own, at the site of the free energy."""
    return {cold.center: cold.field + cast(Any, site.family), cold.spread: 1 - cold.overlap}
