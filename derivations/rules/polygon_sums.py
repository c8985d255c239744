"""Closed polygons on a torus by determinants: the two-dimensional Ising model without a field."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.models import ising_torus as model
from theory.statements import Identity

KX, KY, WAVE, OTHER = model.coupling_x, model.coupling_y, model.wave_x, model.wave_y
L, M = model.length, model.width
TX, TY, X, Y = sp.symbols("t_x t_y X Y", positive=True)
GROWTH = sp.Symbol("g", real=True)


@rule(
    "city of four",
    "Four points stand for a site, with arrows between them such that every polygon counts with the same sign (Hurst "
    "and Green); a wave multiplies the bond to the next site by its phase.",
)
def city_of_four() -> Inference:
    """The determinant of the arrows of one wave, in t = tanh K and the phases X and Y; the result is in cosines."""
    right, up = TX * X, TY * Y
    left, down = TX / X, TY / Y
    city = sp.Matrix(
        [
            [0, 1 + right, -1, -1],
            [-1 - left, 0, 1, -1],
            [1, -1, 0, 1 + up],
            [1, 1, -1 - down, 0],
        ]
    )
    determinant: Any = sp.expand(city.det(method="berkowitz"))
    found = (determinant.coeff(X, 0).coeff(Y, 0), determinant.coeff(X, 1), determinant.coeff(Y, 1))
    still, x, y = cast(Any, tuple(map(sp.factor, found)))
    folded = still + x * (X + 1 / X) + y * (Y + 1 / Y)
    domain = Domain({TX: (0, 1), TY: (0, 1), X: (0, 2), Y: (0, 2)})
    waves = still + 2 * x * sp.cos(WAVE) + 2 * y * sp.cos(OTHER)
    return Inference(
        statement=Identity(determinant, folded, domain),
        result=waves,
        remark="For a wave the phases are $X = e^{ik}$ and $Y = e^{iq}$, so that $X + 1/X = 2\\cos k$.",
    )


@rule("hyperbolic functions of the couplings", "$t = \\tanh K$; two powers of $\\cosh K$ a bond and wave are taken in.")
def in_couplings(city: Step) -> Inference:
    """The factor of a wave in K_x and K_y."""
    factor = (sp.cosh(KX) * sp.cosh(KY)) ** 2 * city.result.subs({TX: sp.tanh(KX), TY: sp.tanh(KY)})
    doubled = sp.cosh(2 * KX) * sp.cosh(2 * KY) - sp.sinh(2 * KX) * sp.cos(WAVE) - sp.sinh(2 * KY) * sp.cos(OTHER)
    return Inference(statement=Identity(factor, doubled, model.wave_domain()))


@rule(
    "growth of a wave",
    "Along the other side a wave grows by $e^{\\gamma}$; without a phase $\\gamma_0 = 2K_x + \\log\\tanh K_y$ changes "
    "its sign at the critical point.",
)
def growth_of_a_wave(factor: Step) -> Inference:
    """gamma of a wave k; the claim is that the factor of a wave is a difference of two cosines."""
    rest = 2 * KX + sp.log(sp.tanh(KY))
    growth = 2 * sp.asinh(sp.sqrt(sp.sinh(rest / 2) ** 2 + sp.sinh(2 * KX) / sp.sinh(2 * KY) * sp.sin(WAVE / 2) ** 2))
    difference = sp.sinh(2 * KY) * (2 * sp.cosh(growth) - 2 * sp.cos(OTHER))
    return Inference(statement=Identity(2 * factor.result, difference, model.wave_domain()), result=(rest, growth))


@rule(
    "product over all waves",
    "The $M$ waves that fit are the roots of $\\cosh M\\gamma = \\cos M q$; both products are squares.",
)
def product_over_waves() -> Inference:
    """The product along one side with periodic waves, u = 0, and antiperiodic ones, u = 1; the results are roots."""
    u, b = sp.Symbol("u", integer=True), model.b
    waves = sp.Product(2 * sp.cosh(GROWTH) - 2 * sp.cos((2 * b + u) * sp.pi / M), (b, 0, M - 1))
    whole = 2 * sp.cosh(M * GROWTH) - 2 * sp.cos(u * sp.pi)
    domain = Domain({GROWTH: (0, 2), M: sp.Range(1, sp.oo)})
    roots = {0: 2 * sp.sinh(M * GROWTH / 2), 1: 2 * sp.cosh(M * GROWTH / 2)}
    return Inference(
        statement=Identity(waves, whole, domain.extended({u: sp.FiniteSet(0, 1)})),
        result=(roots[0], roots[1]),
        obligations=tuple(Identity(whole.subs(u, at), root**2, domain) for at, root in roots.items()),
    )


@rule(
    "four sums over polygons",
    "Polygons that wind around the torus have another sign; half the sum of four products, with waves that are "
    "periodic or antiperiodic along either side, counts every polygon once (Kasteleyn). The product with periodic "
    "waves along both sides changes its sign with $\\gamma_0$.",
)
def four_products(growth: Step, roots: Step) -> Inference:
    """Kaufman's formula; its claim is compared with all configurations of small tori, not proved."""
    rest, of_wave = growth.result
    sinh, cosh = roots.result
    a = model.a

    def along(root: Any, shift: int, first: int = 0) -> Any:
        wave = of_wave.subs(WAVE, (2 * a + shift) * sp.pi / L)
        return sp.Product(root.subs(GROWTH, wave), (a, first, L - 1))

    uniform = sinh.subs(GROWTH, rest) * along(sinh, 0, first=1)
    total = along(cosh, 1) + along(sinh, 1) + along(cosh, 0) + uniform
    front = (2 * sp.sinh(2 * KY)) ** (cast(Any, L) * M / 2) / 2
    return Inference(statement=Identity(model.partition_function(), front * total, model.torus_domain()), result=front)
