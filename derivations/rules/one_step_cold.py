"""One step of replica symmetry breaking as the temperature vanishes: the free energy of Ising spins and its limit.

The overlap inside a block is written 1 - T c and the size of a block T y, and Gaussian fields are in units of the
coupling. The sum over a block becomes a mean of exp(y |field|), which error functions express.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false, reportIndexIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from derivations.rules.one_step_breaking import INNER, OUTER, Blocks
from derivations.rules.one_step_equations import OneStepTerms
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.statements import Identity, Inequality, LimitStatement

HALF = sp.Rational(1, 2)
SITE = sp.Symbol("W", real=True)
"""The mean over the common field of the logarithm of the sum over one block, over y."""
LOCAL = sp.Symbol("X", real=True)


@dataclass(frozen=True, kw_only=True)
class Cold:
    """Names of what stays finite as the temperature vanishes.

    Attributes
    ----------
    temperature
        T.
    deficit
        c in the overlap 1 - T c inside a block.
    breakpoint_slope
        y in the size T y of a block.
    overlap
        q_0, the overlap between blocks.
    field
        The external field.
    center, spread
        Field at the center of a block, and the variance of its own field.
    common, own
        The Gaussian fields, in units of the coupling.
    """

    temperature: sp.Symbol
    deficit: sp.Symbol
    breakpoint_slope: sp.Symbol
    overlap: sp.Symbol
    field: sp.Symbol
    center: sp.Symbol
    spread: sp.Symbol
    common: sp.Symbol
    own: sp.Symbol

    def domain(self, *names: sp.Symbol) -> Domain:
        """Where claims are checked: the spread inside a block is positive."""
        sets: dict[Any, Any] = {
            self.temperature: (0, HALF), self.deficit: (0, HALF), self.overlap: (0, HALF), self.field: (-1, 1),
            self.breakpoint_slope: (0, 2), self.center: (-2, 2), self.spread: (0, 1), self.own: (-3, 3),
            LOCAL: (-5, 5), SITE: (-9, 9),
        }  # fmt: skip
        return Domain({n: sets[n] for n in names})

    def tail(self, sign: int) -> Any:
        """The part of exp(y |a + u|) where a + u has a sign, averaged over u of variance v, times 2 exp(-y^2 v / 2)."""
        y, a, v = self.breakpoint_slope, sign * self.center, self.spread
        return sp.exp(y * a) * sp.erfc(-(y * v + a) / sp.sqrt(2 * v))


@rule(
    "cold variables",
    "The overlap inside a block is $1 - T c$ and the size of a block $T y$. Gaussian fields are taken in units of the "
    "coupling: a mean over a field $z$ of variance $v / T^2$ is one over $u = T z$ of variance $v$.",
)
def cold_variables(
    free_energy: Step, *, blocks: Blocks, breakpoint_parameter: sp.Symbol, inverse_temperature: sp.Symbol, cold: Cold
) -> Inference:
    """The free energy in T, c and y; W is the site term. The result: the polynomial, and the mean over one block."""
    terms = OneStepTerms(free_energy.result, breakpoint_parameter)
    t, inside = cold.temperature, 1 - cold.temperature * cold.deficit
    table = {
        inverse_temperature: 1 / t,
        breakpoint_parameter: t * cold.breakpoint_slope,
        blocks.overlaps[0]: inside,
        blocks.overlaps[1]: cold.overlap,
    }
    warm = [
        e.subs(table, simultaneous=True) for e in (terms.polynomial, terms.factor, terms.inner, terms.outer.variance)
    ]
    polynomial, factor, block, common = warm[0], sp.cancel(warm[1]), warm[2], sp.cancel(t**2 * warm[3])
    if common != cold.overlap or factor != -1 / cold.breakpoint_slope:
        raise ValueError(f"expected a site term over -y and a common field of variance q_0, found {factor}, {common}")
    spread = sp.expand(t**2 * block.variance)
    local = sp.expand(t * terms.magnetization.args[0].subs(table).subs({OUTER: cold.center / t, INNER: cold.own / t}))
    own = GaussianMean(sp.exp(cold.breakpoint_slope * spin_potential(local, t)), cold.own, spread)
    value = sp.expand(sp.cancel(polynomial))
    letters = (t, cold.deficit, cold.breakpoint_slope, cold.overlap)
    rescaled = (
        _rescaled(cold),
        Identity(block.subs(OUTER, cold.center / t), own, cold.domain(*letters, cold.field, cold.center)),
    )
    return Inference(
        statement=Identity(
            polynomial + factor * SITE, value - SITE / cold.breakpoint_slope, cold.domain(*letters, SITE)
        ),
        result=(value, own.subs(cold.center, cold.common)),
        obligations=rescaled,
    )


def spin_potential(local: Any, temperature: Any) -> Any:
    """Minus the free energy of one spin in a field: T log(2 cosh(X / T))."""
    return temperature * sp.log(2 * sp.cosh(local / temperature))


def _rescaled(cold: Cold) -> Identity:
    """A Gaussian field in units of the coupling, for any function of it."""
    function: Any = sp.Function("F")
    left = GaussianMean(function(OUTER), OUTER, cold.spread / cold.temperature**2)
    right = GaussianMean(function(cold.common / cold.temperature), cold.common, cold.spread)
    return Identity(left, right, cold.domain(cold.temperature, cold.spread))


@rule(
    "spin at zero temperature",
    "A spin follows its field: minus its free energy lies between the modulus of the field and that plus "
    "$T \\log 2$, so that the sum over a block, to the power of its size, is off by a factor of at most $2^{T y}$.",
)
def cold_spin(*, cold: Cold) -> Inference:
    """The limit of T log(2 cosh(X / T)), which is |X|, and how far it is."""
    t = cold.temperature
    potential = sp.log(2 * sp.cosh(LOCAL))
    steps = ((sp.Abs(LOCAL), potential), (potential, sp.Abs(LOCAL) + sp.log(2)))
    bounds = tuple(Inequality(low, high, cold.domain(LOCAL), relation="<=") for low, high in steps)
    statement = LimitStatement(spin_potential(LOCAL, t), sp.Abs(LOCAL), cold.domain(t, LOCAL), variable=t, point=0)
    return Inference(statement=statement, result=sp.Abs(LOCAL), obligations=bounds)


@rule(
    "block at zero temperature",
    "The mean of the exponential of a modulus over a Gaussian field is a sum of two Gaussian tails.",
)
def cold_block(*, cold: Cold) -> Inference:
    """The mean of exp(y |a + u|) over u of variance v, in error functions."""
    y, a, v = cold.breakpoint_slope, cold.center, cold.spread

    mean = GaussianMean(sp.exp(y * sp.Abs(a + cold.own)), cold.own, v)
    value = sp.exp(y**2 * v / 2) * (cold.tail(1) + cold.tail(-1)) / 2
    return Inference(statement=Identity(mean, value, cold.domain(y, a, v)))


@rule(
    "one-step free energy at zero temperature",
    "The polynomial part has a limit. In the site term a block becomes its limit, uniformly in the fields; its own "
    "field keeps the variance $1 - q_0$. The logarithm of a block is not negative and grows no faster than its field, "
    "so that the limit may be taken under the mean over the common field.",
)
def cold_free_energy(free_energy: Step, block: Step, *, cold: Cold) -> Inference:
    """The limit at T = 0; the result is the ground-state energy as a function of q_0 and y."""
    polynomial, own = free_energy.result
    t, y, v = cold.temperature, cold.breakpoint_slope, cold.spread
    limit = sp.factor(polynomial.subs(t, 0))
    inside = own.body.args[0].atoms(sp.cosh)
    (local,) = (sp.expand(c.args[0] * t) - cold.own for c in inside)
    log_block = sp.log(block.result)
    pointwise = LimitStatement(
        log_block.subs(v, own.variance),
        log_block.subs(v, own.variance.subs(t, 0)),
        cold.domain(t, cold.deficit, y, cold.overlap, cold.center),
        variable=t,
        point=0,
    )
    a, u = cold.center, cold.own
    bounds = (
        Inequality(sp.Integer(1), sp.exp(y * sp.Abs(LOCAL)), cold.domain(y, LOCAL), relation="<="),
        Inequality(sp.Abs(a + u), sp.Abs(a) + sp.Abs(u), cold.domain(a, u), relation="<="),
    )
    site = GaussianMean(log_block.subs(v, own.variance.subs(t, 0)).subs(a, local), cold.common, cold.overlap)
    return Inference(
        statement=LimitStatement(
            polynomial - SITE / y,
            limit - SITE / y,
            cold.domain(t, cold.deficit, y, cold.overlap, SITE),
            variable=t,
            point=0,
        ),
        result=limit - site / y,
        obligations=(pointwise, *bounds),
        remark="$W$ is the mean over the common field of the logarithm of one block.",
    )
