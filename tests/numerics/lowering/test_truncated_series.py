"""Programs of Taylor coefficients against power series of python-flint: exactly, at random rational couplings."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sympy as sp
from flint import arb, arb_series, ctx, fmpq, fmpq_series

import numerics.lowering.recurrences as module
from numerics.lowering.straight_line import StraightLineProgram
from numerics.lowering.truncated_series import taylor_jacobian, taylor_program

x = sp.Symbol("x", real=True)
f, g = sp.Function("f")(x), sp.Function("g")(x)
ORDER = 7
PADDED = ORDER + 4  # poles that cancel, and derivatives, take further coefficients of the oracle


@pytest.fixture(autouse=True)
def long_series() -> Iterator[None]:
    """Series of python-flint end at a global length, 10 unless told otherwise."""
    before, ctx.cap = ctx.cap, 40
    yield
    ctx.cap = before


def couplings(name: str, order: int = ORDER) -> tuple[sp.Symbol, ...]:
    return sp.symbols(f"{name}0:{order + 1}", real=True)


def random_values(symbols: Any, seed: int) -> dict[Any, sp.Rational]:
    rng = random.Random(seed)
    return {s: sp.Rational(rng.randint(1, 30) * rng.choice((-1, 1)), rng.randint(2, 12)) for s in symbols}


def exact(value: Any) -> fmpq:
    return fmpq(int(value.p), int(value.q))


def series(values: Any, prec: int = PADDED) -> fmpq_series:
    return fmpq_series([exact(v) for v in values], prec=prec)


def leading(oracle: fmpq_series, order: int = ORDER) -> list[sp.Rational]:
    found = [sp.Rational(int(c.p), int(c.q)) for c in oracle.coeffs()[: order + 1]]
    return found + [sp.Integer(0)] * (order + 1 - len(found))


def local_potential_flow(rho: Any, u: Any, d: Any, n: Any, c: Any) -> Any:
    """Flow of the potential of an O(n) model in d dimensions with the regulator of Litim (2001), stated here."""
    slope, curvature = sp.Derivative(u, rho), sp.Derivative(u, (rho, 2))
    return -d * u + (d - 2) * rho * slope + (n - 1) * c / (1 + slope) + c / (1 + slope + 2 * rho * curvature)


def local_potential_oracle(rho: fmpq_series, u: fmpq_series, d: fmpq, n: fmpq, c: fmpq) -> fmpq_series:
    slope, curvature = u.derivative(), u.derivative().derivative()
    return -d * u + (d - 2) * rho * slope + (n - 1) * c / (1 + slope) + c / (1 + slope + 2 * rho * curvature)


def flow_of_the_potential(order: int, about: Any, values: tuple[Any, ...]) -> tuple[StraightLineProgram, Any]:
    d, n, c = sp.symbols("d n c", real=True)
    rho, u = x, sp.Function("u")(x)
    return taylor_program(local_potential_flow(rho, u, d, n, c), rho, order, series={u: values}, about=about), (d, n, c)


@pytest.mark.parametrize("order", [10, 30])
@pytest.mark.parametrize("at_minimum", [False, True])
def test_the_flow_of_a_truncated_potential_is_the_exact_one(order: int, at_minimum: bool) -> None:
    u, kappa = couplings("u", order), sp.Symbol("kappa", positive=True)
    # About the running minimum kappa the potential has no slope.
    listed = (u[0], sp.Integer(0), *u[2:]) if at_minimum else u
    about = kappa if at_minimum else sp.Integer(0)
    program, parameters = flow_of_the_potential(order, about, listed)
    at = random_values((*u, kappa, *parameters), order)
    place = about.xreplace(at)
    potential = series([e.xreplace(at) for e in listed], order + 4)
    oracle = local_potential_oracle(
        series([place, sp.Integer(1)], order + 4), potential, *(exact(at[p]) for p in parameters)
    )
    assert list(program.at(at)) == leading(oracle, order)


def test_the_flow_of_the_minimum_keeps_the_slope_there_zero() -> None:
    u, kappa = couplings("u"), sp.Symbol("kappa", positive=True)
    program, parameters = flow_of_the_potential(ORDER, kappa, (u[0], sp.Integer(0), *u[2:]))
    flow_of_minimum = sp.Symbol("v")
    moved = [
        beta + flow_of_minimum * (k + 1) * (u[k + 1] if k < ORDER else 0) for k, beta in enumerate(program.outputs)
    ]
    whole = program.followed_by({flow_of_minimum: -program.outputs[1] / (2 * u[2])}, moved)
    at = random_values((*u, kappa, *parameters), 3)
    fixed = whole.at(at)
    still = program.at(at)
    assert fixed[1] == 0
    assert fixed[2] == still[2] - still[1] / (2 * at[u[2]]) * 3 * at[u[3]]


def test_a_program_takes_fewer_operations_than_its_expanded_coefficients_with_common_subexpressions() -> None:
    u = couplings("u", 5)
    program, _ = flow_of_the_potential(5, 0, u)
    shared, outputs = sp.cse([sp.expand(e) for e in program.expanded()])
    expanded = sum(int(sp.count_ops(e)) for e in (*(value for _, value in shared), *outputs))
    assert 2 * program.operations < expanded


def test_operations_grow_with_the_square_of_the_order() -> None:
    # Two convolutions of length k, each a product and a sum, are 2 k^2 operations; what is linear comes on top.
    for order in (10, 30):
        program, _ = flow_of_the_potential(order, 0, couplings("u", order))
        assert program.operations < 2 * order**2 + 15 * order


# With f_0 = 0 and g_0 = 1 all of these have rational coefficients.
RATIONAL: tuple[tuple[Any, Callable[[fmpq_series, fmpq_series], fmpq_series]], ...] = (
    (f * g + 3 * f - g / 2, lambda f, g: f * g + 3 * f - g / 2),
    (f**2 * g**3, lambda f, g: f * f * g * g * g),
    (g**5 * x**2, lambda f, g: g * g * g * g * g * fmpq_series([0, 0, 1], prec=PADDED)),
    (1 / (1 + f), lambda f, g: 1 / (1 + f)),
    (f / g**3, lambda f, g: f / (g * g * g)),
    (g**-4, lambda f, g: 1 / (g * g * g * g)),
    (sp.sqrt(g), lambda f, g: g.sqrt()),
    (f / sp.sqrt(g), lambda f, g: f * g.rsqrt()),
    (g ** sp.Rational(-5, 3), lambda f, g: (g.log() * fmpq(-5, 3)).exp()),
    (g**f, lambda f, g: (g.log() * f).exp()),
    (sp.exp(f), lambda f, g: f.exp()),
    (sp.log(g), lambda f, g: g.log()),
    (sp.tanh(f), lambda f, g: f.tanh()),
    (sp.sech(f) ** 2, lambda f, g: 1 - f.tanh() * f.tanh()),
    (sp.tan(f), lambda f, g: f.tan()),
    (sp.sin(f) * sp.cos(f), lambda f, g: f.sin() * f.cos()),
    (sp.sinh(f) / sp.cosh(f), lambda f, g: f.tanh()),
    (sp.atan(f), lambda f, g: f.atan()),
    (sp.atanh(f), lambda f, g: f.atanh()),
    (sp.asin(f), lambda f, g: f.asin()),
    (sp.asinh(f), lambda f, g: f.asinh()),
    (sp.exp(sp.sin(f) + sp.log(1 + f**2)), lambda f, g: (f.sin() + (1 + f * f).log()).exp()),
    (sp.sin(f) / x, lambda f, g: f.sin() / fmpq_series([0, 1], prec=PADDED)),
    ((1 - sp.cos(f)) / f**2, lambda f, g: (1 - f.cos()) / (f * f)),
    (x / sp.tanh(x), lambda f, g: fmpq_series([0, 1], prec=PADDED) / fmpq_series([0, 1], prec=PADDED).tanh()),
    (sp.Derivative(f * g, (x, 2)), lambda f, g: (f * g).derivative().derivative()),
    (sp.erf(f) * sp.sqrt(sp.pi) / 2, lambda f, g: ((-f * f).exp() * f.derivative()).integral()),
)


def rational_instance(expression: Any) -> tuple[tuple[Any, ...], list[Any], list[Any]]:
    """Outputs of the program at random couplings, and those couplings of f and of g."""
    a, b = couplings("a"), couplings("b")
    listed = {f: (sp.Integer(0), *a[1:]), g: (sp.Integer(1), *b[1:])}
    program = taylor_program(expression, x, ORDER, series=listed)
    at = random_values((*a[1:], *b[1:]), 1)
    return program.at(at), [sp.Integer(0), *(at[s] for s in a[1:])], [sp.Integer(1), *(at[s] for s in b[1:])]


@pytest.mark.parametrize(("expression", "oracle"), RATIONAL, ids=lambda e: str(e) if isinstance(e, sp.Expr) else "")
def test_each_recurrence_gives_exact_coefficients(expression: Any, oracle: Callable[..., Any]) -> None:
    outputs, a, b = rational_instance(expression)
    assert [sp.expand(e) for e in outputs] == leading(oracle(series(a), series(b)))


# About a point where the coefficients are no rationals: 50 digits of balls.
IRRATIONAL: tuple[tuple[Any, Callable[[arb_series], arb_series]], ...] = (
    (sp.exp(-f) * sp.sin(f), lambda f: (-f).exp() * f.sin()),
    (f ** sp.Rational(7, 3), lambda f: (f.log() * (arb(7) / 3)).exp()),
    (sp.tanh(f), lambda f: 1 - 2 / (1 + (2 * f).exp())),
    (sp.log(sp.cosh(f)), lambda f: ((f.exp() + (-f).exp()) / 2).log()),
    (sp.erf(f), lambda f: f.erf()),
    (sp.acos(1 / (2 + f)), lambda f: (1 / (2 + f)).acos()),
    (sp.loggamma(f), lambda f: f.lgamma()),
    (sp.LambertW(f), lambda f: f.lambertw()),
    (sp.atan2(f, 1 + f), lambda f: (f / (1 + f)).atan()),
)


@pytest.mark.parametrize(("expression", "oracle"), IRRATIONAL, ids=lambda e: str(e) if isinstance(e, sp.Expr) else "")
def test_compositions_about_an_ordinary_point_agree_to_forty_digits(
    expression: Any, oracle: Callable[..., Any]
) -> None:
    a = couplings("a")
    at = random_values(a, 2) | {a[0]: sp.Rational(4, 3)}
    program = taylor_program(expression, x, ORDER, series={f: a})
    before, ctx.prec = ctx.prec, 400
    try:
        inner = arb_series([arb(exact(at[s])) for s in a], prec=ORDER + 1)
        expected = [sp.Float(c.mid().str(60, radius=False), 60) for c in oracle(inner).coeffs()]
    finally:
        ctx.prec = before
    found = [sp.N(e, 60) for e in program.at({s: sp.Float(v, 60) for s, v in at.items()})]
    for ours, theirs in zip(found, expected, strict=True):
        assert abs(ours - theirs) <= abs(theirs) * sp.Float("1e-40", 60)


def test_a_function_that_solves_an_equation_of_ones_own_has_a_series() -> None:
    class Gompertz(sp.Function):
        """y' = y log(1/y), with y(0) = 1/e: exp(-exp(-x))."""

        @classmethod
        def eval(cls, argument: Any) -> Any:
            return sp.exp(-1) if argument == 0 else None

        def fdiff(self, argindex: int = 1) -> Any:
            return -self * sp.log(self)

    ours = taylor_program(Gompertz(x), x, ORDER, series={})
    closed = taylor_program(sp.exp(-sp.exp(-x)), x, ORDER, series={})
    assert [sp.simplify(a - b) for a, b in zip(ours.outputs, closed.outputs, strict=True)] == [0] * (ORDER + 1)


@pytest.mark.parametrize(
    "expression",
    [
        local_potential_flow(x, f, *sp.symbols("d n c", real=True)),
        sp.exp(f) * sp.Derivative(f, x) / (1 + x * f),
        sp.Derivative(f * sp.log(2 + f), x) - 3 * x**2,
    ],
    ids=str,
)
def test_the_jacobian_by_shifted_series_is_that_in_forward_mode(expression: Any) -> None:
    a = couplings("a", 4)
    by_shifts = taylor_jacobian(expression, x, 5, series={f: a}, of=f)
    program = taylor_program(expression, x, 5, series={f: a})
    at = random_values(a, 4) | random_values(sp.symbols("d n c", real=True), 5)
    found, expected = by_shifts.at(at), program.jacobian(a).at(at)
    assert [sp.expand(e) for e in found] == [sp.expand(e) for e in expected]


def test_the_jacobian_by_shifted_series_takes_fewer_operations() -> None:
    a = couplings("a", 10)
    expression = local_potential_flow(x, f, *sp.symbols("d n c", real=True))
    by_shifts = taylor_jacobian(expression, x, 10, series={f: a}, of=f)
    assert 2 * by_shifts.operations < taylor_program(expression, x, 10, series={f: a}).jacobian(a).operations


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        ("_convolution", lambda a, b: lambda k: sp.Add(*(a[j] * b[k - j] for j in range(k)))),
        ("_convolution", lambda a, b: lambda k: sp.Add(*(a[j] * b[max(k - j - 1, 0)] for j in range(k + 1)))),
        ("_listed", lambda values: lambda k: values[k] if k < len(values) - 1 else sp.S.Zero),
    ],
)
def test_a_wrong_index_is_noticed(rule: str, wrong: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    expression, oracle = f * g + x, lambda f, g: f * g + fmpq_series([0, 1], prec=PADDED)
    outputs, a, b = rational_instance(expression)
    assert list(outputs) == leading(oracle(series(a), series(b)))
    monkeypatch.setattr(module, rule, wrong)
    outputs, a, b = rational_instance(expression)
    assert list(outputs) != leading(oracle(series(a), series(b)))


def test_equal_parts_are_expanded_once() -> None:
    a = couplings("a")
    product = taylor_program(sp.sin(f) * sp.cos(f), x, ORDER, series={f: a})
    both = taylor_program(sp.sin(f) * sp.cos(f) + sp.sin(f) + sp.cos(f), x, ORDER, series={f: a})
    # Two sums for each coefficient, and two factors 1 / k.
    assert both.operations < product.operations + 4 * (ORDER + 1)


def test_what_vanishes_or_is_constant_takes_no_line() -> None:
    program = taylor_program(sp.exp(x) * (1 + x), x, ORDER, series={})
    assert program.assignments == ()
    assert program.outputs == tuple(sp.Rational(k + 1, sp.factorial(k)) for k in range(ORDER + 1))


def test_the_constant_of_a_squared_sech_does_not_cancel() -> None:
    a = couplings("a", 1)
    program = taylor_program(sp.Derivative(sp.tanh(f), x), x, 0, series={f: a})
    slope = program.at({a[0]: 30, a[1]: 1})[0]
    assert float(slope) == pytest.approx(float(sp.N(sp.sech(30) ** 2, 30)), rel=1e-15)
    assert slope.has(sp.sech)


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        (1 / f, "pole"),
        (sp.log(f), "regular|pole"),
        (sp.sqrt(f), "branch point"),
        (1 / sp.Function("h")(x), "vanish"),
        (1 / x - 1 / sp.sin(x), "pole"),
    ],
)
def test_what_is_singular_at_the_point_is_refused(expression: Any, message: str) -> None:
    a, b = couplings("a"), couplings("b")
    with pytest.raises(ValueError, match=message):
        taylor_program(expression, x, ORDER, series={f: (0, *a[1:]), g: (1, *b[1:]), sp.Function("h")(x): (0,)})


@pytest.mark.parametrize(
    "expression",
    [sp.Abs(f), sp.Piecewise((f, f > 0), (0, True)), sp.Function("h")(f), sp.Max(f, 0), sp.Function("h")(x)],
)
def test_what_has_no_recurrence_is_refused_by_name(expression: Any) -> None:
    with pytest.raises(TypeError, match=r"no recurrence for|no derivative of"):
        taylor_program(expression, x, ORDER, series={f: couplings("a")})
