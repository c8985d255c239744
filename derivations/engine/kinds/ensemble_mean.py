"""A mean over randomness is one equation once it is written out; at concrete sizes where those are symbolic."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

import random
from itertools import islice
from math import inf
from typing import Any

import sympy as sp

from derivations.engine.claims import claim_hash
from derivations.engine.equations import Task, equations
from derivations.engine.evidence import Evidence
from derivations.engine.routes.budget import Budget
from derivations.engine.routes.certificates.inequalities import Certifier
from derivations.engine.routes.enclosures.balls import UnknownError, ball, precision
from derivations.engine.routes.enclosures.brinks import brinks
from derivations.engine.routes.enclosures.points import Frame, TooLargeError
from derivations.engine.routes.exact import vanishes
from derivations.engine.routes.normal_forms.field import UnsupportedError
from derivations.engine.routes.reductions.ensembles import as_it_is, conditional, mean
from derivations.engine.routes.sampling import points
from theory.averages import ConfigurationSum
from theory.domain import Assignment, Domain
from theory.laws import Discrete, Gaussian, Law, support
from theory.statements import EnsembleMean
from theory.sums import free_names

BITS = 170
CHECKS = 6
STEPS = 12
"""How many slots, or steps of a protocol, have their probabilities checked."""
SECONDS = 1.0
FAIR = {sp.S.One: sp.S.Half, sp.S.NegativeOne: sp.S.Half}


def examine(statement: EnsembleMean, deadline: float, seed: int) -> tuple[Evidence, ...]:
    """The evidence on the mean written out, after a check that the laws are laws."""
    claim = claim_hash(statement)
    fault = _fault(statement, seed)
    if fault:
        return (Evidence(route="exact", outcome="undecided", claim=claim, reason=fault),)
    try:
        pairs = _pairs(statement)
    except ValueError as error:
        return (Evidence(route="exact", outcome="undecided", claim=claim, reason=str(error)),)
    sized = None if pairs else _AtSizes(statement)
    pairs = pairs or _fair_spins(statement)
    task = Task(
        pairs=pairs, domain=statement.domain, claim=claim, source=sized, technique="the mean written out",
        notes=("the mean, written out, against the claimed value",),
    )  # fmt: skip
    return equations(task, deadline, seed)


def _pairs(statement: EnsembleMean) -> list[tuple[Any, Any]]:
    """The mean and its value as expressions; none where a size is symbolic or there are too many terms."""
    ends = [end for law in statement.over for _, *ends in law.ranges for end in ends]
    if not all(sp.sympify(end, strict=True).is_Integer for end in ends):
        return []
    try:
        return [(mean(statement.expression, statement.over, as_it_is), statement.value)]
    except TooLargeError as error:
        raise ValueError(str(error)) from error


def _fair_spins(statement: EnsembleMean) -> list[tuple[Any, Any]]:
    """The mean over independent fair signs of symbolic number, as a sum over their configurations."""
    (law, *others) = statement.over
    if others or not isinstance(law, Discrete) or len(law.ranges) != 1 or dict(law.outcomes) != FAIR:
        return []
    _, low, high = law.ranges[0]
    count = high - low + 1
    return [(ConfigurationSum(statement.expression, law.name, law.ranges[0]) / 2**count, statement.value)]


class _AtSizes:
    """The equation at one point, written out there."""

    def __init__(self, statement: EnsembleMean) -> None:
        self.statement = statement

    def __call__(self, point: Assignment) -> list[tuple[Any, Any]]:
        """The mean at the sizes of the point, and the claimed value."""
        return [(mean(self.statement.expression, self.statement.over, point), self.statement.value)]


def _fault(statement: EnsembleMean, seed: int) -> str:
    """Why a law is none: probabilities that do not sum to one or are negative, a covariance that is not one."""
    try:
        drawn = list(islice(points(statement.domain, random.Random(seed + 3)), CHECKS))
        drawn += islice(brinks(statement.domain, drawn[:1]), CHECKS)
        inner = statement.domain
        for law in statement.over:
            fault = _fault_of(law, inner, drawn)
            if fault:
                return fault
            inner = inner.extended(dict.fromkeys(law.names, support(law)))
    except (UnsupportedError, ValueError) as error:
        return f"the laws were not checked: {error}"
    return ""


def _fault_of(law: Law, domain: Domain, drawn: list[Assignment]) -> str:
    for outcomes in law.distributions:
        total = sp.Add(*(p for _, p in outcomes))
        if not vanishes(total - 1, domain):
            return f"the probabilities of {law.names[0]} are not proved to sum to 1: {total}"
    for weight in _weights(law, domain):
        negative = next((point for point in drawn if _is_negative(weight, point)), None)
        if negative is not None:
            return f"{weight} is negative at {_text(negative)}: {law.names[0]} has no such law"
        if not free_names(weight) <= set(drawn[0].domain.sets) and not _is_nonnegative(weight, domain):
            return f"{weight} is not proved to be nonnegative whatever the other variables are"
    return ""


def _weights(law: Law, domain: Domain) -> list[Any]:
    """What must not be negative: probabilities (at the first slots, or steps of a protocol), or variances."""
    if isinstance(law, Gaussian):
        return conditional(law.covariance)[0]
    weights = [p for outcomes in law.distributions for _, p in outcomes]
    slots = (
        law.ranges
        if isinstance(law, Discrete)
        else [(law.time, sp.S.Zero, law.length - 1)]
        if law.time is not None
        else ()
    )
    for slot, low, high in slots:
        weights = [w.subs(slot, n) for w in weights for n in _places(low, high, domain)]
    return weights


def _places(low: Any, high: Any, domain: Domain) -> range:
    """The first places of a range, at the largest size there may be."""
    first, last = (int(end) if end.is_Integer else None for end in (low, high))
    start = 0 if first is None else first
    if last is None:
        largest = {n: domain.sets[n].sup for n in free_names(high) if n in domain.sets}
        found = high.subs(largest)
        last = int(found) if found.is_Integer else start + STEPS
    return range(start, min(last, start + STEPS) + 1)


def _is_nonnegative(weight: Any, domain: Domain) -> bool:
    certifier = Certifier(budget=Budget.of(SECONDS, inf))
    return bool(certifier.proof(weight, domain, strict=False))


def _is_negative(weight: Any, point: Assignment) -> bool:
    """Whether a weight is certainly negative at a point; one that depends on other variables is not looked at."""
    try:
        with precision(BITS):
            value = ball(weight, Frame(free=point))
    except (UnknownError, TooLargeError, ValueError, ZeroDivisionError):
        return False
    return bool(value.is_finite() and value.real < 0)


def _text(point: Assignment) -> str:
    return ", ".join(f"{name} = {value}" for name, value in sorted(point.values.items(), key=lambda i: str(i[0])))
