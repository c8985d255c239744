"""A quadratic exponent of a sum of spins as a Gaussian mean of a linear one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.averages import ConfigurationSum, FamilyBinder, GaussianMean, is_trace
from theory.domain import Domain
from theory.statements import Identity
from theory.sums import Sigma, rename, stem


@rule(
    "Hubbard-Stratonovich",
    "A Gaussian field linearizes the square of the magnetization over replicas; the replicas then decouple and each "
    "spin contributes a factor 2 cosh of the field.",
)
def hubbard_stratonovich(
    *,
    spin: sp.IndexedBase,
    replica: sp.Symbol,
    n_replicas: sp.Symbol,
    curvature: sp.Symbol,
    source: sp.Symbol | None = None,
) -> Inference:
    """Sum over m replicas of exp(x M^2 / 2 + y M), with M the sum of their spins, for curvature x > 0, source y."""
    field = sp.Symbol("z", real=True)
    push = sp.Integer(0) if source is None else source
    magnetization = Sigma(spin[replica], (replica, 1, n_replicas))
    exponent = curvature * magnetization**2 / 2 + push * magnetization
    trace = ConfigurationSum(sp.exp(exponent), spin, (replica, 1, n_replicas))
    mean = GaussianMean(one_spin(field + push) ** n_replicas, field, curvature)
    domain = Domain({n_replicas: sp.Range(1, sp.oo), curvature: (0, 2), **({source: (-2, 2)} if source else {})})
    return Inference(statement=Identity(trace, mean, domain))


def one_spin(field: Any) -> sp.Expr:
    """The sum over one Ising spin in a field."""
    return cast(sp.Expr, 2 * sp.cosh(field))


@rule("apply Hubbard-Stratonovich", "The trace over the replicas of one site is the one just transformed.")
def linearize_sites(
    symmetric: Step,
    *transforms: Step,
    curvature: sp.Symbol,
    source: sp.Symbol | None = None,
    square: sp.Symbol | None = None,
) -> Inference:
    """Put the transformed one-site sums into the action; with a source the claim is about the one-site sums at hand.

    Each transform says what the sum over the replicas of one site is, for Ising or for Gaussian spins: ``curvature`` is
    the coefficient of half the squared sum of the spins, ``source`` that of their sum, ``square`` that of half the sum
    of their squares.
    """
    letters = {"curvature": curvature, "source": source, "square": square}

    def value(trace: Any) -> Any:
        return _transformed(trace, transforms, letters)

    def logarithm(expression: Any) -> Any:
        inside, closed = value(expression.args[0]), _closed_logarithm(expression.args[0], transforms, letters)
        return sp.log(inside) if closed is None else closed

    result = symmetric.result.replace(lambda e: isinstance(e, sp.log) and is_trace(e.args[0]), logarithm)
    domain = cast(Identity, symmetric.statement).domain
    if source is None:
        return Inference(statement=Identity(symmetric.result, result, domain), result=result)
    traces = list(_with_layers(symmetric.result, ()))
    sides: Any = [sp.Add(*[t for t, _ in traces]), sp.Add(*[value(t) for t, _ in traces])]
    slots = {index: sp.Range(low, high + 1) for _, ranges in traces for index, low, high in ranges}
    limits = [c for t, _ in traces for c in _conditions(t, transforms, letters)]
    domain = domain.extended(slots, constraints=[c for c in limits if c not in domain.constraints])
    return Inference(statement=Identity(sides[0], sides[1], domain), result=result)


def _transformed(trace: FamilyBinder, transforms: tuple[Step, ...], letters: dict[str, sp.Symbol | None]) -> Any:
    transform = _transform_of(trace, transforms)
    return _put_in(cast(Identity, transform.statement).right, _coefficients(trace, transform, letters), letters)


def _closed_logarithm(trace: FamilyBinder, transforms: tuple[Step, ...], letters: dict[str, sp.Symbol | None]) -> Any:
    """The logarithm of a transformed sum where the transform itself gives it, else None."""
    transform = _transform_of(trace, transforms)
    statement = cast(Identity, transform.statement)
    if transform.result == statement.right:
        return None
    return _put_in(transform.result, _coefficients(trace, transform, letters), letters)


def _conditions(trace: FamilyBinder, transforms: tuple[Step, ...], letters: dict[str, sp.Symbol | None]) -> list[Any]:
    """Where a transform holds only on a part of its domain: the same for the sum at hand."""
    transform = _transform_of(trace, transforms)
    values = _coefficients(trace, transform, letters)
    return [_put_in(c, values, letters) for c in cast(Identity, transform.statement).domain.constraints]


def _put_in(expression: Any, values: dict[str, Any], letters: dict[str, sp.Symbol | None]) -> Any:
    for name, value in values.items():
        letter = letters[name]
        if letter is not None:
            expression = rename(expression, letter, value)
    return expression


def _transform_of(trace: FamilyBinder, transforms: tuple[Step, ...]) -> Step:
    """The transform of sums over the same kind of spins.

    Raises
    ------
    ValueError
        If there is none.
    """
    for transform in transforms:
        if isinstance(trace, type(cast(Identity, transform.statement).left)):
            return transform
    raise ValueError(f"no transform is for sums such as {trace}")


def _coefficients(trace: FamilyBinder, transform: Step, letters: dict[str, sp.Symbol | None]) -> dict[str, Any]:
    """Coefficients of half the squared sum of spins, of the sum, and of half the sum of squares."""
    pattern = cast(FamilyBinder, cast(Identity, transform.statement).left)
    spin, replica = cast(Any, trace.family), pattern.ranges[0]
    index = sp.Symbol(stem(cast(Any, replica.args[0])), integer=True)
    total, squares = sp.Dummy("M"), sp.Dummy("S")
    table = {spin[index]: total, spin[index] ** 2: squares}
    named = {s: table[s.at(index)] for s in trace.body.args[0].atoms(Sigma) if s.at(index) in table}
    exponent = sp.expand(trace.body.args[0].xreplace(named))
    values = {
        "curvature": 2 * exponent.coeff(total, 2),
        "source": exponent.coeff(total, 1),
        "square": 2 * exponent.coeff(squares, 1),
    }
    rest = exponent - values["curvature"] * total**2 / 2 - values["source"] * total - values["square"] * squares / 2
    refused = sp.expand(rest) != 0 or any(value.has(Sigma, total, squares) for value in values.values())
    if refused or any(letters[name] is None and value != 0 for name, value in values.items()):
        raise ValueError(f"expected {pattern.body} under the trace, found {trace.body}")
    return values


def _with_layers(expression: Any, ranges: tuple[Any, ...]) -> Iterator[tuple[FamilyBinder, tuple[Any, ...]]]:
    """Each trace of an action, with the indices of the sums around it, under names of their own."""
    if is_trace(expression):
        yield expression, ranges
    elif isinstance(expression, Sigma):
        index = sp.Symbol(stem(expression.index), integer=True)
        yield from _with_layers(expression.at(index), (*ranges, (index, expression.lower, expression.upper)))
    elif expression.has(ConfigurationSum, GaussianMean):
        for part in expression.args:
            yield from _with_layers(part, ranges)
