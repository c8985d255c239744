"""Flows of the vertices of an effective average action, with all external legs, for any number of degrees of freedom.

Sources: C. Wetterich, Physics Letters B 301, 90 (1993); T. R. Morris, International Journal of Modern Physics A 9, 2411
(1994).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache
from itertools import combinations_with_replacement, product
from typing import Any

import sympy as sp

from derivations.engine.derivation import Derivation, Reference
from derivations.engine.evidence import Evidence
from derivations.engine.oracle_evidence import Instance, against_oracle
from derivations.engine.step import Step
from derivations.oracles.one_loop import Matrix, derivative, inverse
from derivations.renormalization.component_flow import component_equation
from derivations.renormalization.flow_equation import equation_steps
from derivations.renormalization.literature import REFERENCES
from derivations.renormalization.vertex_words import against_set_partitions
from derivations.rules.component_contraction import component_contraction
from derivations.rules.vertex_flow import external, vertex_flow
from theory.domain import Domain
from theory.models import regulated_field as model
from theory.symbols import family

IDENTIFIER = "wetterich-vertices"
TITLE = "Flows of vertices"
SERVES: tuple[str, ...] = ()

size = sp.Symbol("N", integer=True, positive=True)
rate, propagator, vertex = family("\\dot{R}", real=True), family("G", real=True), family("Gamma", real=True)
action = sp.Function("Gamma", real=True)(model.field)
lines: tuple[sp.Symbol, sp.Symbol] = (sp.Symbol("\\dot{r}", real=True), sp.Symbol("g", real=True))
"""What the scale derivative of the regulator and the propagator of a symmetric point are multiples of."""
PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47)


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    derivation = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="A derivative of the flow equation by the mean field opens its loop. Every vertex flows by the "
        "vertices with up to two legs more.",
        references=(
            *REFERENCES[:1],
            Reference(
                key="morris1994exact",
                citation="T. R. Morris, The exact renormalization group and approximate solutions, International "
                "Journal of Modern Physics A 9, 2411 (1994)",
            ),
        ),
        conventions=(
            "Indices stand for components, momenta or sites together; $\\dot{R}$ is the scale derivative of the "
            "regulator, $G$ the inverse of the second derivative of the action and the regulator.",
            "$J_k$ is the loop of $\\dot{R}$ and $k$ propagators of a symmetric point at zero momenta.",
        ),
    )
    equation = equation_steps(derivation)
    for n, symmetric in ((1, False), (2, False), (3, False), (2, True), (4, True)):
        flow_of_vertex(derivation, equation, n, symmetric=symmetric)
    for n in (2, 4):
        flow_of_coupling(derivation, derivation[f"flow of the vertex of order {n} at a symmetric point"], n)
    return derivation


def flow_of_coupling(derivation: Derivation, flow: Step, n: int) -> Step:
    """The step with the flow of the coupling of n legs of an O(N) field about its origin, at zero momenta."""
    letters = (size, *lines, *(coupling(k) for k in range(4, n + 3, 2)))
    return derivation.apply(
        component_contraction,
        flow,
        n=n,
        names=(rate, propagator, vertex),
        lines=lines,
        coupling=coupling,
        loop=loop,
        size=size,
        domain=Domain({size: sp.Range(1, sp.oo), **dict.fromkeys(letters[1:], (-1, 1))}),
        name=f"flow of the coupling of order {n} of O(N) components",
    )


def coupling(n: int) -> sp.Symbol:
    """The vertex of n legs of one component at the origin."""
    return sp.Symbol(f"u_{n}", real=True)


def loop(count: int) -> sp.Symbol:
    """The loop of the scale derivative of the regulator and so many propagators."""
    return sp.Symbol(f"J_{count}", real=True)


def flow_of_vertex(derivation: Derivation, equation: Step, n: int, *, symmetric: bool = False) -> Step:
    """The step with the flow of the vertex of n legs; at a symmetric point, by vertices of even order alone."""
    return derivation.apply(
        vertex_flow,
        equation,
        n=n,
        field=model.field,
        action=action,
        second_derivative=model.second_derivative,
        names=(rate, propagator, vertex),
        size=size,
        domain=model.domain().extended({model.field: (-1, 1)}).restricted(model.time, model.field),
        symmetric=symmetric,
        oracle=lambda inference: against_set_partitions(inference.result, n, symmetric, (rate, propagator, vertex)),
        because=(_equation_of_many(),),
        name=f"flow of the vertex of order {n}" + (" at a symmetric point" if symmetric else ""),
    )


@cache
def _equation_of_many() -> Step:
    """One step for all flows, so that what it rests on is examined once."""
    return component_equation(Derivation("the flow equation of many"))


def against_expansion(flow: Any, n: int, symmetric: bool, sizes: tuple[int, ...] = (1, 2)) -> Callable[[], Evidence]:
    """Compare with the derivative of the trace itself, for exact vertices of a few degrees of freedom."""

    def instances() -> Iterator[Instance]:
        for count in sizes:
            legs = tuple(1 + k % count for k in range(n))
            entries = _vertices(count, n + 2, symmetric)
            base = _second(count)
            moved = [[Fraction(2 + a + b, 3) for b in range(count)] for a in range(count)]

            def matrix(
                places: tuple[int, ...], count: int = count, entries: Any = entries, legs: Any = legs, base: Any = base
            ) -> Matrix:
                if not places:
                    return base
                at = tuple(legs[k] for k in places)
                row = range(1, count + 1)
                return [[entries[tuple(sorted((a, *at, b)))] for b in row] for a in row]

            value = derivative(moved, matrix, tuple(range(n)))
            values = _values(count, entries, inverse(base), moved) | dict(
                zip(external(range(1, n + 1)), legs, strict=True)
            )
            yield Instance(values=values, low=value, high=value, label=f"N = {count}, legs {legs}")

    return lambda: against_oracle("expansion of the trace in nilpotent variables", flow, instances)


def _vertices(count: int, most: int, symmetric: bool) -> dict[tuple[int, ...], Fraction]:
    """Symmetric vertices of every order from 3."""
    found = {}
    for order in range(3, most + 1):
        for place, indices in enumerate(combinations_with_replacement(range(1, count + 1), order)):
            odd = symmetric and order % 2
            found[indices] = (
                Fraction(0) if odd else Fraction((-1) ** place * (place + order), PRIMES[place % len(PRIMES)])
            )
    return found


def _second(count: int) -> Matrix:
    return [[Fraction(3 if a == b else 1, 1 + abs(a - b)) for b in range(count)] for a in range(count)]


def _values(count: int, entries: dict[tuple[int, ...], Fraction], inverted: Matrix, moved: Matrix) -> dict[Any, Any]:
    row = range(1, count + 1)
    values: dict[Any, Any] = {size: count}
    values.update({propagator[a, b]: inverted[a - 1][b - 1] for a, b in product(row, row)})
    values.update({rate[a, b]: moved[a - 1][b - 1] for a, b in product(row, row)})
    orders = {len(indices) for indices in entries}
    values.update({vertex[at]: entries[tuple(sorted(at))] for order in orders for at in product(row, repeat=order)})
    return values
