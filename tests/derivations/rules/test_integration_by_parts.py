"""Integration by parts and variational derivatives: of densities that are no paper's, against SymPy and integrals."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp
from sympy.calculus.euler import euler_equations

from derivations.engine.derivation import Derivation
from derivations.engine.step import Step
from derivations.engine.verify import verify
from derivations.rules.euler_lagrange import first_variation, stationary_field, variational_derivative
from derivations.rules.total_derivative import by_parts
from theory.domain import Domain
from theory.statements import Definition

t, x, y = sp.symbols("t x y", real=True)
mass = sp.Symbol("m", positive=True)
phi, eta = (sp.Function(name, real=True) for name in ("phi", "eta"))
u, v, w = phi(t, x), eta(t, x), sp.Function("rho", positive=True)(t, x)
q, r = phi(t), eta(t)
V = sp.Function("V", real=True)
DOMAIN = Domain({mass: (0, 5)})
PLANE: Any = {"coordinates": (t, x), "domain": DOMAIN}
LINE: Any = {"coordinates": (t,), "domain": DOMAIN}


def given(density: Any) -> Step:
    return Derivation("test").define(Definition(sp.Symbol("density"), density))


MOVED = {
    "a bending": (u.diff(x, 2) ** 2, {u.diff(x, 2): x}, {u: (-sp.oo, sp.oo)}),
    "a given force": (V(x) * u.diff(x), {u.diff(x): x}, {u: (-sp.oo, sp.oo)}),
    "a logarithm": (x * sp.log(w) * w.diff(x), {w.diff(x): x}, {w: (0, sp.oo)}),
    "two coordinates": (
        mass * u.diff(x) ** 2 + t**2 * u.diff(t) * sp.cos(u),
        {u.diff(x): x, u.diff(t): t},
        {u: (-sp.oo, sp.oo)},
    ),
}


@pytest.mark.parametrize("name", MOVED)
def test_a_density_integrated_by_parts_is_equal_up_to_the_divergence_of_the_boundary_terms(
    name: str, holds_and_is_sharp: Any
) -> None:
    density, moved, fields = MOVED[name]
    inference = by_parts(given(density), moved=moved, fields=fields, **PLANE)
    assert sp.simplify(inference.result - density) != 0
    holds_and_is_sharp(inference.statement)
    (current,) = inference.obligations
    assert verify(current).status == "proved"
    assert "at the boundary" in inference.remark


def test_both_densities_have_one_integral_for_fields_that_decay() -> None:
    inference = by_parts(given(x * u.diff(x, 2) ** 2), moved={u.diff(x, 2): x}, fields=(u,), **PLANE)
    packet = (1 + x**3) * sp.exp(-(x**2))
    both = [
        sp.integrate(sp.expand(e.subs(u, packet).doit()), (x, -sp.oo, sp.oo))
        for e in (x * u.diff(x, 2) ** 2, inference.result)
    ]
    assert sp.simplify(both[0] - both[1]) == 0
    assert both[0] != 0


def test_only_the_named_part_of_a_factor_is_integrated_by_parts() -> None:
    density = (1 + sp.log(w)) * w.diff(x, 2)
    inference = by_parts(given(density), moved={w.diff(x, 2): (x, sp.S.One)}, fields={w: (0, sp.oo)}, **PLANE)
    assert sp.expand(inference.result - sp.log(w) * w.diff(x, 2)) == 0


def test_a_derivative_that_is_no_factor_of_the_density_is_refused() -> None:
    with pytest.raises(ValueError, match="as a factor"):
        by_parts(given(sp.cos(u.diff(x))), moved={u.diff(x): x}, fields=(u,), **PLANE)
    with pytest.raises(ValueError, match="as a factor"):
        by_parts(given(u.diff(t)), moved={u.diff(x): x}, fields=(u,), **PLANE)
    with pytest.raises(ValueError, match="derivative by t"):
        by_parts(given(u.diff(x)), moved={u.diff(x): t}, fields=(u,), **PLANE)


ACTIONS = {
    "an oscillator": (mass * q.diff(t) ** 2 / 2 - V(q), q, r, LINE),
    "a beam": (u.diff(x, 2) ** 2 + mass * u.diff(t) ** 2 * sp.cos(x), u, v, PLANE),
    "a wave that couples to its slope": (u * u.diff(t) * u.diff(x) + u**3, u, v, PLANE),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_the_first_variation_is_the_variation_times_the_euler_operator(name: str, holds_and_is_sharp: Any) -> None:
    density, field, variation, where = ACTIONS[name]
    inference = first_variation(given(density), field=field, variation=variation, fields=(field,), **where)
    holds_and_is_sharp(inference.statement)
    (expected,) = euler_equations(density, [field], list(where["coordinates"]))
    assert sp.simplify(inference.result - expected.lhs) == 0


def test_a_wave_equation_makes_its_action_stationary(holds_and_is_sharp: Any) -> None:
    action = given(u.diff(t) ** 2 / 2 - mass * u.diff(x) ** 2 / 2 - u**4)
    inference = stationary_field(action, field=u, solve_for=u.diff(t, 2), domain=DOMAIN)
    assert sp.expand(inference.result - mass * u.diff(x, 2) + 4 * u**3) == 0
    holds_and_is_sharp(inference.statement)


def test_the_field_of_one_coordinate_is_stationary_after_integration_over_the_other() -> None:
    density = V(x) * r.diff(t) * w
    inference = first_variation(
        given(density), field=r, variation=sp.Function("zeta", real=True)(t), fields={w: (0, sp.oo)}, **PLANE
    )
    assert sp.expand(inference.result + V(x) * w.diff(t)) == 0
    assert inference.remark == "It is to vanish after integration over x."
    claim: Any = inference.statement
    assert verify(claim).status == "proved"


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="a new function"):
        first_variation(given(u**2), field=u, variation=r, fields=(u,), **PLANE)
    with pytest.raises(ValueError, match="a new function"):
        first_variation(given(u * v), field=u, variation=v, fields=(u, v), **PLANE)
    with pytest.raises(ValueError, match="linear"):
        stationary_field(given(u.diff(x) ** 4), field=u, solve_for=u.diff(x, 2) ** 2, domain=DOMAIN)
    with pytest.raises(ValueError, match="only"):
        first_variation(given(u * phi(t, x + 1)), field=u, variation=v, fields=(u,), **PLANE)


def test_a_total_derivative_has_no_variational_derivative() -> None:
    assert variational_derivative(sp.diff(u.diff(x) * sp.sin(u), t), u) == 0
