"""The rules of driven oscillators: on inputs of their own, with slips refuted, and against the whole path."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.nonequilibrium import dragged_oscillator, gaussian_work, stiffened_oscillator
from derivations.nonequilibrium.gaussian_work_oracle import path_terms
from derivations.oracles.gaussian_path import path_transform
from derivations.rules.carried_equilibrium import carried_equilibrium
from derivations.rules.constant_lag import constant_lag
from derivations.rules.expanded_map import expanded_map, map_at
from derivations.rules.gaussian_weight import gaussian_parts, gaussian_weight
from derivations.rules.square_law import free_energy_change, law_of_squares, slow_change
from derivations.rules.steady_drag import half_variance, over_the_time, rates_of_drag, relaxation
from derivations.rules.work_of_a_mode import density_of_a_square, distribution_of_a_square, fourier_transform
from derivations.rules.work_step import from_equilibrium, work_step, work_weight
from theory.domain import Domain
from theory.models import driven_oscillator as model
from theory.statements import Definition

RULES = (
    carried_equilibrium, constant_lag, density_of_a_square, distribution_of_a_square, expanded_map, fourier_transform,
    free_energy_change, from_equilibrium, gaussian_parts, gaussian_weight, half_variance, law_of_squares, map_at,
    over_the_time, rates_of_drag, relaxation, slow_change, work_step, work_weight,
)  # fmt: skip
STEPS = {
    f"{d.identifier}: {step.name}": step
    for d in (gaussian_work.build(), dragged_oscillator.build(), stiffened_oscillator.build())
    for step in d.steps
    if step.needs_verdict
}
SLOW = ("Fourier transform of a mode",)
x, a = sp.symbols("x a", real=True)
w = sp.Symbol("w", positive=True)
TRAPS = (
    ((1, 2), (0, 1)),
    ((1, 2, 4), (0, 1, -1)),
    ((3, 1, 2, 1), (0, 1, 1, 2)),
    ((2, 2, 2), (0, 1, 3)),
)


def test_every_rule_is_used_by_the_derivations():
    assert {rule.name for rule in RULES} - {step.rule for step in STEPS.values()} == set()


@pytest.mark.parametrize("name", [n for n in STEPS if not n.endswith(SLOW)])
def test_a_claim_holds_and_slips_in_it_are_refuted(name, holds_and_is_sharp):
    holds_and_is_sharp(STEPS[name].statement, slips=3)


def iterated(stiffnesses, centers, retained, power):
    """log <exp(-s W)> by the derived maps of one step, in exact numbers."""
    work = STEPS["gaussian-work: step of work"].result
    motion = STEPS["gaussian-work: step of motion"].result
    mean, precision, total = sp.sympify(centers[0]), sp.sympify(stiffnesses[0]), sp.S.Zero
    for (k, c), (l, e) in pairwise(zip(stiffnesses, centers, strict=True)):
        values = {
            model.mean: mean, model.precision: precision, model.stiffness: sp.sympify(k), model.center: sp.sympify(c),
            model.next_stiffness: sp.sympify(l), model.next_center: sp.sympify(e), model.power: power,
        }  # fmt: skip
        mass, mean, precision = (entry.xreplace(values) for entry in work)
        total += mass
        values |= {model.mean: mean, model.next_precision: precision, model.retained: retained}
        _, mean, precision = (entry.xreplace(values) for entry in motion)
    return total


@pytest.mark.parametrize("traps", TRAPS)
@pytest.mark.parametrize("power", [Fraction(1), Fraction(1, 3), Fraction(-1, 7)])
def test_the_iterated_step_is_the_integral_over_the_whole_path(traps, power):
    retained = Fraction(2, 5)
    stiffnesses, centers = ([Fraction(v) for v in row] for row in traps)
    ratio, exponent = path_transform(stiffnesses, centers, retained, power)
    found = iterated(*traps, sp.Rational(2, 5), sp.Rational(power.numerator, power.denominator))
    rest = sp.exp(2 * (found - sp.Rational(exponent.numerator, exponent.denominator)))
    assert sp.simplify(rest - sp.Rational(ratio.numerator, ratio.denominator)) == 0


@pytest.mark.parametrize("traps", TRAPS)
def test_the_path_integral_gives_the_free_energy_whatever_the_moves(traps):
    stiffnesses, centers = ([Fraction(v) for v in row] for row in traps)
    ratio, exponent = path_transform(stiffnesses, centers, Fraction(1, 4), Fraction(1))
    assert (ratio, exponent) == (stiffnesses[0] / stiffnesses[-1], 0)


def test_the_path_integral_refuses_a_weight_without_a_mean():
    with pytest.raises(ValueError, match="not positive"):
        path_transform([Fraction(1), Fraction(1, 2)], [Fraction(0)] * 2, Fraction(0), Fraction(3))


def test_a_mean_of_work_by_differences_of_the_path_integral_is_the_derived_one():
    step = STEPS["gaussian-work: moments after work"].result
    values = {
        gaussian_work.mean_at_zero: 1, gaussian_work.mean_slope: 0, gaussian_work.precision_at_zero: 2,
        gaussian_work.precision_slope: 0, model.stiffness: 2, model.center: 1, model.next_stiffness: 3,
        model.next_center: sp.Rational(1, 2),
    }  # fmt: skip
    traps = [Fraction(2), Fraction(3)], [Fraction(1), Fraction(1, 2)]
    h = Fraction(1, 10**4)

    def logarithm(power):
        ratio, exponent = path_transform(*traps, Fraction(0), power)
        return float(np.log(float(ratio)) / 2 + float(exponent))

    up, down = logarithm(h), logarithm(-h)
    assert float(step[1].subs(values)) == pytest.approx((up - down) / (2 * float(h)), abs=1e-6)
    assert float(step[2].subs(values)) == pytest.approx((up + down) / (2 * float(h) ** 2), abs=1e-5)


def quartic():
    d = Derivation("test")
    return d.define(Definition(w, sp.exp(-(x**4))), name="weight", reason="No quadratic.")


def test_what_is_no_quadratic_is_refused():
    domain = Domain({x: sp.S.Reals})
    choices = {"mean": a, "precision": sp.S.One, "deviation": model.deviation, "source": model.source}
    with pytest.raises(ValueError, match="quadratic"):
        gaussian_weight(quartic(), variable=x, domain=domain, **choices)
    with pytest.raises(ValueError, match="second degree"):
        gaussian_parts(quartic(), source=x, exponential=True, domain=domain)


def test_a_change_of_energy_that_is_no_quadratic_has_no_weight():
    d = Derivation("test")
    before = d.define(Definition(sp.Symbol("E_a", real=True), x**2), name="before", reason="A parabola.")
    after = d.define(Definition(sp.Symbol("E_b", real=True), x**4), name="after", reason="A quartic.")
    names = sp.symbols("p q", real=True)
    with pytest.raises(ValueError, match="up to a constant"):
        work_weight(
            before, after, variable=x, power=sp.S.One, quadratic=names[0] * x**2 + names[1] * x, names=names,
            domain=Domain({x: sp.S.Reals}),
        )  # fmt: skip


def test_a_rate_that_is_not_linear_does_not_relax():
    d = Derivation("test")
    u, t = sp.symbols("u t", positive=True)
    step = d.define(Definition(w, u**2), name="rate", reason="No line.")
    rates = replace(step, result=sp.Tuple(-step.result))
    with pytest.raises(ValueError, match="linear in u"):
        relaxation(rates, entry=0, unknown=u, time=t, domain=Domain({u: (0, 1), t: (0, 1)}))


def test_special_values_that_change_nothing_are_no_step():
    d = Derivation("test")
    step = replace(d.define(Definition(w, x**2), name="square", reason="A square."), result=sp.Tuple(x**2))
    with pytest.raises(ValueError, match="changes nothing"):
        map_at(step, at={a: sp.S.One}, domain=Domain({x: sp.S.Reals, a: sp.S.Reals}))


def test_whole_paths_agree_with_the_maps_and_refute_wrong_ones():
    work, motion = (STEPS[f"gaussian-work: step of {what}"].result for what in ("work", "motion"))
    found = path_terms(work, motion)()
    assert (found.outcome, found.points) == ("agrees", 18)
    mass, mean, precision = work
    wrong = [
        (sp.Tuple(mass, mean, precision + model.power), motion),
        (sp.Tuple(-mass, mean, precision), motion),
        (sp.Tuple(mass.xreplace({model.power: 2 * model.power}), mean, precision), motion),
        (work, sp.Tuple(motion[0], motion[1], motion[2].xreplace({model.retained: model.retained**2}))),
        (work, sp.Tuple(motion[0], model.next_center, motion[2])),
        (work.xreplace({model.center: model.next_center, model.next_center: model.center}), motion),
    ]
    assert [path_terms(*pair)().outcome for pair in wrong] == ["refutes"] * len(wrong)
