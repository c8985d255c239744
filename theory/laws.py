"""Laws of random variables: discrete values, Gaussian vectors, and paths of a Markov chain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import sympy as sp

from theory.statements.statement import checked_expression

Weighted = tuple[tuple[Any, Any], ...]
"""Values with their probabilities."""


@dataclass(frozen=True, init=False)
class Discrete:
    """``name`` takes each value with its probability; for a family with ranges, every entry does so independently.

    ``Discrete(s, {1: p, -1: 1 - p})``, or ``Discrete(s, {1: p, -1: 1 - p}, (i, 1, N))``; probabilities may depend on
    the slots of the family.
    """

    name: Any
    outcomes: Weighted
    ranges: tuple[tuple[Any, Any, Any], ...]

    def __init__(
        self,
        name: Any,
        outcomes: Mapping[Any, Any] | Weighted,
        *slots: tuple[Any, Any, Any],
        ranges: tuple[tuple[Any, Any, Any], ...] = (),
    ) -> None:
        ranges = (*slots, *ranges)
        _check_name(name, ranges)
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "outcomes", _weighted(outcomes, name))
        ends = (tuple(sp.sympify(end, strict=True) for end in item) for item in ranges)
        object.__setattr__(self, "ranges", tuple(ends))

    @property
    def names(self) -> tuple[Any, ...]:
        """The random variables."""
        return (self.name,)

    @property
    def distributions(self) -> tuple[Weighted, ...]:
        """What must be probabilities that sum to one."""
        return (self.outcomes,)

    def expressions(self) -> tuple[Any, ...]:
        """What the law contains beside the names it gives values to."""
        return tuple(part for pair in self.outcomes for part in pair)


@dataclass(frozen=True, init=False)
class Gaussian:
    """A Gaussian variable with a mean and a variance, or several with a vector of means and a covariance matrix."""

    names: tuple[Any, ...]
    mean: Any
    covariance: Any

    def __init__(self, names: Any, mean: Any, covariance: Any) -> None:
        chosen = tuple(names) if isinstance(names, Iterable) else (names,)
        for name in chosen:
            _check_name(name, ())
        matrix = checked_expression(
            covariance if _is_matrix(covariance) else sp.Matrix([[covariance]]), "the covariance"
        )
        vector = checked_expression(mean if _is_matrix(mean) else sp.Matrix([mean] * len(chosen)), "the mean")
        if matrix.shape != (len(chosen), len(chosen)) or len(vector) != len(chosen):
            raise ValueError(
                f"{len(chosen)} variables have as many means and a square covariance; found {matrix.shape}"
            )
        if matrix != matrix.T:
            raise ValueError(f"a covariance is symmetric; {matrix} differs from its transpose")
        object.__setattr__(self, "names", chosen)
        object.__setattr__(self, "mean", vector)
        object.__setattr__(self, "covariance", matrix)

    @property
    def moments(self) -> tuple[Any, Any]:
        """The means and the covariance matrix."""
        return (self.mean, self.covariance)

    @property
    def distributions(self) -> tuple[Weighted, ...]:
        """None: a Gaussian law is normalized."""
        return ()

    @property
    def ranges(self) -> tuple[tuple[Any, Any, Any], ...]:
        """None: for a family of independent variables there is ``GaussianMean``."""
        return ()

    def expressions(self) -> tuple[Any, ...]:
        """The means and the covariance."""
        return (*self.mean, *self.covariance)


@dataclass(frozen=True, init=False)
class MarkovPath:
    """A path ``family[0], ..., family[length]`` of a Markov chain.

    ``initial`` gives the states with their probabilities at time 0; ``transition[a, b]`` is the probability to go from
    the state in place ``a`` to that in place ``b`` (rows sum to one). It may depend on ``time``, the number of the step
    that starts there, as in a protocol.
    """

    family: sp.IndexedBase
    length: Any
    initial: Weighted
    transition: Any
    time: Any

    def __init__(
        self,
        family: Any,
        length: Any,
        *,
        initial: Mapping[Any, Any] | Weighted,
        transition: Any,
        time: sp.Symbol | None = None,
    ) -> None:
        if not isinstance(family, sp.IndexedBase):
            raise TypeError(f"a path is an IndexedBase such as s, with s[t] its state at time t; found {family!r}")
        states = _weighted(initial, family)
        matrix = checked_expression(transition, "the transition matrix")
        if not _is_matrix(matrix) or matrix.shape != (len(states), len(states)):
            raise ValueError(f"the transition matrix has a row and a column for each of {len(states)} states")
        object.__setattr__(self, "family", family)
        object.__setattr__(self, "length", checked_expression(length, "the length of a path"))
        object.__setattr__(self, "initial", states)
        object.__setattr__(self, "transition", matrix)
        object.__setattr__(self, "time", time)
        for row in () if time is not None else self.distributions:
            _weighted(row, family)

    @property
    def names(self) -> tuple[Any, ...]:
        """The path."""
        return (self.family,)

    @property
    def states(self) -> tuple[Any, ...]:
        """The states in their order."""
        return tuple(state for state, _ in self.initial)

    @property
    def ranges(self) -> tuple[tuple[Any, Any, Any], ...]:
        """The times of the path."""
        return ((sp.Symbol("t", integer=True), sp.S.Zero, self.length),)

    @property
    def distributions(self) -> tuple[Weighted, ...]:
        """The initial law and the rows of the transition matrix."""
        rows = self.transition.tolist()
        return (self.initial, *(tuple(zip(self.states, row, strict=True)) for row in rows))

    def expressions(self) -> tuple[Any, ...]:
        """The length, the initial law and the transition matrix."""
        return (self.length, *(part for pair in self.initial for part in pair), *self.transition)


Law = Discrete | Gaussian | MarkovPath
LAWS = (Discrete, Gaussian, MarkovPath)


def support(law: Law) -> sp.Set:
    """Where the variables lie: a symbol must not be declared to lie anywhere else."""
    values = [value for outcomes in law.distributions[:1] for value, _ in outcomes]
    return sp.FiniteSet(*values) if values and all(v.is_number for v in values) else sp.S.Reals


def laws_of(over: Any) -> tuple[Law, ...]:
    """Laws, outermost first: as they are, or from a mapping to ``{value: probability}`` and ``(mean, variance)``."""
    if isinstance(over, LAWS):
        return (over,)
    if isinstance(over, Mapping):
        return tuple(_law(name, law) for name, law in over.items())
    found = tuple(over)
    for law in found:
        if not isinstance(law, LAWS):
            raise TypeError(f"a law is Discrete, Gaussian or MarkovPath; found {law!r}")
    return found


def _law(name: Any, law: Any) -> Law:
    if isinstance(law, Mapping):
        return Discrete(name, law)
    if isinstance(law, tuple) and len(law) == 2:
        return Gaussian(name, *law)
    raise TypeError(f"the law of {name} is {{value: probability}} or (mean, variance); found {law!r}")


def _is_matrix(value: Any) -> bool:
    return isinstance(value, sp.MatrixBase)


def _check_name(name: Any, ranges: tuple[Any, ...]) -> None:
    if not isinstance(name, sp.Symbol | sp.IndexedBase):
        raise TypeError(f"a random variable is a symbol or an IndexedBase; found {name!r}")
    if isinstance(name, sp.IndexedBase) != bool(ranges):
        raise ValueError(f"a family needs ranges and a symbol has none; found {name} with {ranges}")


def _weighted(outcomes: Any, name: Any) -> Weighted:
    """Checked values and probabilities; plain numbers must be probabilities that sum to one."""
    pairs = outcomes.items() if isinstance(outcomes, Mapping) else outcomes
    found = tuple((checked_expression(v, "a value"), checked_expression(p, "a probability")) for v, p in pairs)
    if not found:
        raise ValueError(f"the law of {name} has no values")
    weights = [p for _, p in found]
    if len({v for v, _ in found}) < len(found):
        raise ValueError(f"the values of {name} are not all different: {[v for v, _ in found]}")
    if all(p.is_Rational for p in weights):
        if min(cast(Any, weights)) < 0:
            raise ValueError(f"a probability is not negative; found {min(cast(Any, weights))} for {name}")
        if sum(weights) != 1:
            raise ValueError(f"the probabilities of {name} sum to {sum(weights)}; they must sum to 1")
    return found
