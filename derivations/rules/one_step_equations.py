"""Stationarity of the one-step free energy in both overlaps and in the size of a block.

With Z(u, v) the mean of (2 cosh(u + z))^x over z of variance v, its slopes are means with the same weight: dZ/dv of
x (1 - (1 - x) tanh^2)/2 by the heat equation, dZ/du that of x tanh, dZ/dx that of log 2 cosh.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false, reportIndexIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from derivations.rules.one_step_breaking import INNER, OUTER, Blocks
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.statements import Identity

SPREAD = sp.Symbol("v", positive=True)
MEAN = sp.Symbol("A", real=True)
LOGARITHM = sp.Symbol("Y", real=True)


class OneStepTerms:
    """The parts of a one-step free energy: what is polynomial, and the nested mean with its weight."""

    def __init__(self, free_energy: Any, breakpoint_parameter: sp.Symbol) -> None:
        (self.outer,) = (m for m in free_energy.atoms(GaussianMean) if m.family == OUTER)
        (self.inner,) = (m for m in free_energy.atoms(GaussianMean) if m.family == INNER)
        self.polynomial = free_energy.xreplace({self.outer: sp.Integer(0)})
        self.factor = sp.cancel((free_energy - self.polynomial).xreplace({self.outer: sp.Integer(1)}))
        self.spin, power = self.inner.body.as_base_exp()
        if power != breakpoint_parameter:
            raise ValueError(f"expected the power {breakpoint_parameter} of the sum over one spin, found {self.inner}")
        (cosh,) = self.spin.atoms(sp.cosh)
        self.magnetization = sp.tanh(cosh.args[0])

    def inside(self, quantity: Any) -> Any:
        """The mean of a quantity over one block's field, with the weight of the block."""
        return self.inner.with_body(quantity * self.inner.body) / self.inner

    def over_blocks(self, quantity: Any) -> Any:
        """The mean over the common field."""
        return self.outer.with_body(quantity)

    def slope(self, by: sp.Symbol, factor: Any) -> Identity:
        """dZ/d(by) as a mean with the weight of the block."""
        plain = GaussianMean(self.inner.body, INNER, SPREAD)
        value = GaussianMean(factor * self.inner.body, INNER, SPREAD)
        sets: dict[Any, Any] = {
            s: (0, 1) if s.is_positive else (-1, 1) for s in sorted(plain.free_symbols | {by}, key=str)
        }
        # By the node's own heat equation for the variance: what is left to prove is an equation of integrands.
        left = sp.diff(plain, by) if by == SPREAD else sp.Derivative(plain, by)
        return Identity(left, value, Domain(sets))


def saddle_point(free_energy: Any, blocks: Blocks, breakpoint_parameter: sp.Symbol) -> dict[sp.Symbol, Any]:
    """What each overlap equals at the saddle point, and for the size of a block the derivative that vanishes there."""
    terms = OneStepTerms(free_energy, breakpoint_parameter)
    inside, between = blocks.overlaps
    value = terms.over_blocks(terms.inside(sp.log(cast(Any, terms.spin)))) - terms.outer / breakpoint_parameter
    return {
        inside: terms.over_blocks(terms.inside(terms.magnetization**2)),
        between: terms.over_blocks(terms.inside(terms.magnetization) ** 2),
        breakpoint_parameter: sp.diff(terms.polynomial, breakpoint_parameter) + terms.factor * value,
    }


def _letters(terms: OneStepTerms, *extra: sp.Symbol) -> Domain:
    names = terms.polynomial.free_symbols | terms.factor.free_symbols | set(extra)
    return Domain({s: (0, 3) if s.is_positive else (-1, 1) for s in sorted(names, key=str)})


@rule(
    "overlap inside a block",
    "The derivative by the overlap inside a block vanishes where it is the mean squared magnetization of a replica, "
    "with the weight of its block.",
)
def overlap_inside(free_energy: Step, *, blocks: Blocks, breakpoint_parameter: sp.Symbol) -> Inference:
    """The derivative by q_1; A stands for the mean that ``saddle_point`` gives."""
    inside, x = blocks.overlaps[0], breakpoint_parameter
    terms = OneStepTerms(free_energy.result, x)
    growth = sp.diff(terms.inner.variance, inside) / 2
    slope = sp.diff(terms.polynomial, inside) + terms.factor * x * growth * (1 - (1 - x) * MEAN)
    front = sp.cancel(sp.diff(slope, MEAN))
    return Inference(
        statement=Identity(slope, front * (MEAN - inside), _letters(terms, MEAN)),
        obligations=(terms.slope(SPREAD, x * (1 - (1 - x) * terms.magnetization**2) / 2),),
    )


@rule(
    "overlap between blocks",
    "The derivative by the overlap between blocks vanishes where it is the mean squared magnetization of a block.",
)
def overlap_between(free_energy: Step, *, blocks: Blocks, breakpoint_parameter: sp.Symbol) -> Inference:
    """The derivative by q_0; A stands for the mean that ``saddle_point`` gives."""
    between, x = blocks.overlaps[1], breakpoint_parameter
    terms = OneStepTerms(free_energy.result, x)
    growth = sp.diff(terms.outer.variance, between) / 2
    # The spread inside falls as that of the common field grows; what is left of the heat equation is (dZ/du / Z)^2.
    slope = sp.diff(terms.polynomial, between) - terms.factor * x**2 * growth * MEAN
    front = sp.cancel(sp.diff(slope, MEAN))
    return Inference(
        statement=Identity(slope, front * (MEAN - between), _letters(terms, MEAN)),
        obligations=(terms.slope(OUTER, x * terms.magnetization),),
    )


@rule(
    "size of a block",
    "The free energy is stationary in the size of a block, too; the derivative compares the mean logarithm inside a "
    "block with the logarithm of the mean.",
)
def block_size(free_energy: Step, *, breakpoint_parameter: sp.Symbol) -> Inference:
    """The derivative by x; Y and A stand for the means of log Z and of its slope by x."""
    x = breakpoint_parameter
    terms = OneStepTerms(free_energy.result, x)
    slope = sp.diff(terms.polynomial, x) + sp.diff(terms.factor, x) * LOGARITHM + terms.factor * MEAN
    value = sp.factor(sp.diff(terms.polynomial, x)) + terms.factor * (MEAN - LOGARITHM / x)
    return Inference(
        statement=Identity(slope, value, _letters(terms, MEAN, LOGARITHM)),
        obligations=(terms.slope(x, sp.log(terms.spin)),),
    )
