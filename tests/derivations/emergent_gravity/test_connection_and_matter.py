"""The connection of a metric, the trace of its curvature, and the energy of matter, step by step, and wrong ones."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
import sympy as sp

from derivations.emergent_gravity import matter, ricci_tensor
from derivations.engine.derivation import Derivation
from derivations.engine.verify import verify
from derivations.oracles.curvature import MetricJet
from derivations.rules.energy_momentum import energy_bound, energy_momentum
from derivations.rules.metric_connection import (
    connection_of_forces,
    exchanged_difference,
    raised_connection,
    slope_of_trace,
    trace_of_connection,
    trace_of_curvature,
)
from theory import Definition, Domain, Identity
from theory.models import connection as model
from theory.models import scalar_matter
from theory.sums import unroll

RULES = (
    connection_of_forces, raised_connection, trace_of_connection, slope_of_trace, trace_of_curvature,
    exchanged_difference, energy_momentum, energy_bound,
)  # fmt: skip
CONNECTION, MATTER = ALL = (ricci_tensor.build(), matter.build())
CLAIMS = {f"{d.identifier}: {s.name}": s.statement for d in ALL for s in d if s.rule != "definition"}


@pytest.mark.parametrize("name", CLAIMS)
def test_a_step_holds_and_slips_in_it_are_refuted(name: str, holds_and_is_sharp: Any) -> None:
    holds_and_is_sharp(CLAIMS[name], slips=2)


@pytest.mark.parametrize("derivation", ALL, ids=lambda d: d.identifier)
def test_nothing_is_typed_in_and_every_rule_is_used(derivation: Derivation) -> None:
    assert derivation.stated_steps == 0
    assert {rule.name for rule in RULES} <= {step.rule for d in ALL for step in d}


def random_jet(n: int, seed: int) -> MetricJet:
    rng = random.Random(seed)

    def symmetric() -> list[list[Fraction]]:
        drawn = {(a, b): Fraction(rng.randint(-5, 5), rng.randint(1, 3)) for a in range(n) for b in range(a, n)}
        return [[drawn[min(a, b), max(a, b)] for b in range(n)] for a in range(n)]

    metric = symmetric()
    for a in range(n):
        metric[a][a] += 7 if a else -7
    second = {(k, l): symmetric() for k in range(n) for l in range(k, n)}
    table = [[second[min(k, l), max(k, l)] for l in range(n)] for k in range(n)]
    return MetricJet(metric, [symmetric() for _ in range(n)], table)


def number_at(expression: Any, n: int, jet: MetricJet, places: dict[Any, int]) -> Any:
    """A derived result at the numbers of a jet; indices count from 1."""
    tables: dict[Any, Any] = {
        model.inverse_metric: jet.inverse, model.forces: jet.first, model.force_slopes: jet.second,
        model.connection: jet.christoffel,
    }  # fmt: skip

    def look_up(atom: Any) -> Any:
        if isinstance(atom, sp.Symbol):
            return sp.Integer(n if atom == model.dimension else places[atom])
        at = [int(i) - 1 for i in atom.indices]
        if atom.base == model.connection_slopes:
            value: Any = jet.christoffel_slopes[at.pop()]
        else:
            value = tables[atom.base]
        for k in at:
            value = value[k]
        return sp.Rational(value.numerator, value.denominator)

    return unroll(expression, look_up)


@pytest.mark.parametrize(("n", "seed"), [(2, 1), (3, 2)])
def test_the_connection_and_its_curvature_are_those_of_the_oracle(n: int, seed: int) -> None:
    jet = random_jet(n, seed)
    raised, ricci = CONNECTION["Christoffel symbol"].result, CONNECTION["Ricci tensor"].result
    for a, b in product(range(n), repeat=2):
        at = {model.mu: a + 1, model.gamma: b + 1, model.delta: n}
        expected = jet.christoffel[a][b][n - 1]
        assert number_at(raised, n, jet, at) == sp.Rational(expected.numerator, expected.denominator)
        expected = jet.ricci[a][b]
        found = number_at(ricci, n, jet, {model.mu: a + 1, model.nu: b + 1})
        assert found == sp.Rational(expected.numerator, expected.denominator)


def test_the_trace_of_the_connection_is_half_the_slope_of_the_logarithm_of_the_determinant() -> None:
    jet = random_jet(3, 5)
    trace, slope = CONNECTION["trace of the connection"].result, CONNECTION["slope of the trace"].result
    matrices = [sp.Matrix(3, 3, lambda a, b, m=m: sp.Rational(str(m[a][b]))) for m in (jet.metric, *jet.first)]
    for k in range(3):
        expected = (matrices[0].inv() * matrices[k + 1]).trace() / 2
        assert number_at(trace, 3, jet, {model.gamma: k + 1}) == expected
    one, other = (number_at(slope, 3, jet, {model.gamma: a, model.delta: b}) for a, b in ((1, 3), (3, 1)))
    assert one == other
    total = sum((jet.christoffel_slopes[2][a][0][a] for a in range(3)), Fraction(0))
    assert one == sp.Rational(total.numerator, total.denominator)


def test_a_connection_with_torsion_is_not_determined_by_the_metric() -> None:
    claim: Any = CLAIMS[f"{CONNECTION.identifier}: connection with all indices below"]
    free = Domain({name: chosen for name, chosen in claim.domain.sets.items() if name != model.half_lowered})
    assert verify(Identity(claim.left, claim.right, free)).status == "refuted"


def test_without_the_symmetry_of_the_slopes_the_ricci_tensor_is_not_symmetric() -> None:
    claim: Any = CLAIMS[f"{CONNECTION.identifier}: symmetry of the Ricci tensor"]
    assert verify(claim.replaced(right=sp.S.Zero)).status == "refuted"


@pytest.mark.parametrize("dimension", scalar_matter.DIMENSIONS)
def test_the_stress_of_a_scalar_field_is_that_of_text_books(dimension: int) -> None:
    matrix, f = scalar_matter.inverse_metric(dimension), scalar_matter.slopes(dimension)
    rng = random.Random(dimension)
    values = {
        s: sp.Rational(rng.randint(-6, 6), rng.randint(1, 3)) for s in (*sorted(matrix.free_symbols, key=str), *f)
    }
    values[scalar_matter.potential] = sp.Rational(5, 7)
    metric = matrix.subs(values).inv()
    lagrangian: Any = scalar_matter.scalar_lagrangian(dimension).subs(values)
    for name, (a, b) in (("energy", (0, 0)), ("flow of energy", (0, 1))):
        found = MATTER[f"{name} in {dimension} dimensions"].result.subs(values)  # type: ignore[union-attr]
        assert found == values[f[a]] * values[f[b]] + metric[a, b] * lagrangian


def test_an_energy_with_slopes_of_both_signs_is_refused() -> None:
    fresh, domain = Derivation("ghost"), scalar_matter.matter_domain(2)
    one, other = scalar_matter.slopes(2)
    ghost = fresh.define(Definition(scalar_matter.energy_density, one**2 - other**2))
    with pytest.raises(ValueError, match="one sign"):
        fresh.apply(energy_bound, ghost, values=scalar_matter.flat(2), slopes=(one, other), domain=domain)
