"""Powers of the response of a feedforward network: which of their entries vanish, for any number of layers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity
from theory.sums import Sigma, rename

Entry = Callable[[Any, Any], Any]
Power = Callable[..., Any]


@rule("ends of a network", "Nothing lies below the first layer, and nothing above the last one.")
def nothing_beyond(
    *, entry: Entry, layer: Any, ends: tuple[Any, Any], rows: tuple[Any, Any], domain: Domain
) -> Inference:
    """No entry leads to a neuron of the first layer; the obligation says that none leads away from the last one."""
    (first, last), (i, j) = ends, rows
    into = sp.KroneckerDelta(layer[i], first) * entry(i, j)
    away = sp.KroneckerDelta(layer[j], last) * entry(i, j)
    claims = [Identity(e, 0, domain.restricted(e)) for e in (into, away)]
    return Inference(statement=claims[0], result=sp.S.Zero, obligations=(claims[1],))


@rule(
    "powers beyond the layers",
    "Each step along a path climbs one layer at least: no path has as many steps as there are layers.",
)
def high_powers(
    *, entry: Entry, power: Power, transposed: Any, n_layers: sp.Symbol, beyond: sp.Symbol, domain: Domain
) -> Inference:
    """Every entry of the n-th power vanishes from n = ``n_layers`` on; the result is 0.

    The obligation says the same of the transposed matrix. The power is the sum over all paths of n steps.
    """
    number = n_layers + beyond
    claims = [Identity(e, 0, domain.restricted(e)) for e in (power(m, number) for m in (entry, transposed(entry)))]
    return Inference(statement=claims[0], result=sp.S.Zero, obligations=(claims[1],))


@rule("block form of powers", "If every step leads to the next layer, n steps lead n layers on.")
def power_blocks(
    *, entry: Entry, power: Power, layer: Any, rows: tuple[Any, Any], number: sp.Symbol, domain: Domain
) -> Inference:
    """The n-th power has entries from a layer k to the layer k + n only."""
    i, j = rows
    found = power(entry, number)
    block = sp.KroneckerDelta(layer[i], layer[j] + number) * found
    return Inference(statement=Identity(found, block, domain.restricted(found, block)))


@rule("closed paths", "A path that climbs with each step does not return.")
def closed_paths(*, entry: Entry, paths: Power, first: Any, last: Any, number: Any, domain: Domain) -> Inference:
    """The trace of every power but the zeroth one vanishes; ``number`` is any positive number of steps."""
    trace = paths(entry, number, sp.KroneckerDelta(first, last))
    return Inference(statement=Identity(trace, 0, domain.restricted(trace)), result=sp.S.Zero)


@rule("one step more", "A path of n + 1 steps is one step and a path of n steps.")
def longer_paths(
    *, entry: Entry, power: Power, rows: tuple[Any, Any], size: Any, number: Any, domain: Domain
) -> Inference:
    """The product of the matrix with its n-th power is the next power."""
    i, j = rows
    between = sp.Dummy("k", integer=True)
    left = Sigma(entry(i, between) * power(entry, number, between, j), (between, 1, size))
    right = power(entry, number + 1, i, j)
    return Inference(statement=Identity(left, right, domain.restricted(left, right)))


@rule(
    "inverse",
    "The sum of the powers telescopes: it is the inverse of one minus the matrix, since the power of the number of "
    "layers vanishes.",
)
def inverse_by_powers(
    step: Step,  # noqa: ARG001
    high: Step,  # noqa: ARG001
    *,
    entry: Entry,
    power: Power,
    powers: Any,
    rows: tuple[Any, Any],
    size: Any,
    n_layers: Any,
    number: Any,
    domain: Domain,
    instances: Domain,
) -> Inference:
    """(1 - M) (1 + M + ... + M^(L - 1)) = 1; the obligation is the telescoping sum, for any family of powers.

    The last obligation is the claim itself on ``instances``, where no power below the last one vanishes.
    """
    i, j = rows
    between = sp.Dummy("k", integer=True)
    every = Sigma(power(entry, number, between, j), (number, 0, n_layers - 1))
    left = Sigma((sp.KroneckerDelta(i, between) - entry(i, between)) * every, (between, 1, size))
    right = sp.KroneckerDelta(i, j)
    terms = powers[number, i, j] - powers[number + 1, i, j]
    ends = powers[0, i, j] - powers[n_layers, i, j]
    total = Sigma(terms, (number, 0, n_layers - 1))
    needs = Identity(total, ends, domain.restricted(total, ends))
    inverse = rename(every, between, i)
    return Inference(
        statement=Identity(left, right, domain.restricted(left, right)),
        result=inverse,
        obligations=(needs, Identity(left, right, instances.restricted(left, right))),
    )
