"""Compare a derived expression with an oracle's numbers on small instances."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, cast

import flint
import sympy as sp

from derivations.engine.evidence import Counterexample, Evidence
from derivations.engine.routes.enclosures.balls import ball, precision
from derivations.engine.routes.enclosures.points import Budget, Frame

BITS = 200
MOST_TERMS = 10**6
LEAST_DIGITS = 15
"""An agreement to fewer digits says nothing: the ball is too wide."""


@dataclass(frozen=True, kw_only=True)
class Instance:
    """One small case: exact values of sizes and parameters, and what the oracle gives for it.

    ``low`` and ``high`` enclose the oracle's number; they are equal where it is exact. ``exponents`` is used instead
    where the number is a sum of exponentials of rationals, ``{exponent: multiplicity}``.
    """

    values: Mapping[Any, Any]
    low: Fraction | None = None
    high: Fraction | None = None
    exponents: Mapping[Fraction, int] | None = None
    label: str = ""


def against_oracle(name: str, expression: Any, instances: Callable[[], Iterable[Instance]]) -> Evidence:
    """Evidence of agreement between ``expression``, written out at each instance, and the oracle.

    A ball of the expression that misses the oracle's number refutes the claim.
    """
    started, labels, digits = time.perf_counter(), [], 10**6
    for instance in instances():
        mine, theirs = _ball(expression, instance.values), _oracle_ball(instance)
        if not mine.overlaps(theirs):
            return _refutation(name, instance, mine, theirs, len(labels) + 1, time.perf_counter() - started)
        if not mine.is_finite() or _digits(mine - theirs, theirs) < LEAST_DIGITS:
            return Evidence(
                route="enumerated",
                outcome="undecided",
                technique=f"oracle: {name}",
                reason=f"the value at {instance.label} is enclosed too widely to compare",
            )
        digits = min(digits, _digits(mine - theirs, theirs))
        labels.append(instance.label)
    return Evidence(
        route="enumerated",
        outcome="agrees",
        technique=f"oracle: {name}",
        engine=f"python-flint {flint.__version__}",
        points=len(labels),
        digits=digits,
        seconds=time.perf_counter() - started,
        instances=tuple(labels),
    )


def _ball(expression: Any, values: Mapping[Any, Any]) -> flint.acb:
    exact = {name: _exact(value) for name, value in values.items()}
    with precision(BITS):
        return ball(expression, Frame(free=lambda atom: exact.get(atom, atom), budget=Budget(MOST_TERMS)))


def _exact(value: Any) -> sp.Expr:
    """A number of Python's as SymPy's."""
    ratio = Fraction(value)
    return cast(sp.Expr, sp.Rational(ratio.numerator, ratio.denominator))


def _oracle_ball(instance: Instance) -> flint.acb:
    with precision(BITS):
        if instance.exponents is not None:
            terms = (count * _arb(x).exp() for x, count in instance.exponents.items())
            return flint.acb(sum(terms, flint.arb(0)))
        if instance.low is None or instance.high is None:
            raise ValueError(f"the oracle gave no number for {instance.label}")
        return flint.acb(_arb(instance.low).union(_arb(instance.high)))


def _arb(value: Fraction) -> flint.arb:
    return flint.arb(flint.fmpq(value.numerator, value.denominator))


def _digits(difference: flint.acb, scale: flint.acb) -> int:
    with precision(64):
        size = abs(difference).upper() / (abs(scale).upper() + 1)
        return 60 if size == 0 else int(float(-size.log().mid() / flint.arb(10).log().mid()))


def _refutation(
    name: str, instance: Instance, mine: flint.acb, theirs: flint.acb, count: int, seconds: float
) -> Evidence:
    values = tuple((k, _exact(v)) for k, v in instance.values.items())
    found = Counterexample(
        values=values, left=mine.str(15, radius=False), right=theirs.str(15, radius=False), note=f"the oracle is {name}"
    )
    return Evidence(
        route="enumerated",
        outcome="refutes",
        technique=f"oracle: {name}",
        points=count,
        seconds=seconds,
        counterexample=found,
    )
