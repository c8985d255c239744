"""Diffusion, its stationary states, and its form as a Schrödinger equation."""

# pyright: reportArgumentType=false, reportOperatorIssue=false, reportCallIssue=false, reportAttributeAccessIssue=false, reportIndexIssue=false
# (SymPy annotations say Basic where an expression is meant)

from __future__ import annotations

import sympy as sp

from derivations.identities.known import Family, identity
from theory.domain import Domain

x, k, h = sp.symbols("x k h", real=True)
t, D, g, nu = sp.symbols("t D gamma nu", positive=True)
V, psi, W, p, phi = (sp.Function(name) for name in ("V", "psi", "W", "p", "phi"))
PLACE = Domain({x: (-2, 2), D: (sp.Rational(1, 2), 3)})
ALONE = Domain({x: (-2, 2)})
SPACETIME = Domain({x: (-2, 2), t: (sp.Rational(1, 2), 3), D: (sp.Rational(1, 2), 3)})
RISKEN = "Risken, The Fokker-Planck equation (1989)"
QUANTUM = "Landau and Lifshitz, Quantum mechanics"


def d(expression: sp.Expr, order: int = 1) -> sp.Derivative:
    """A derivative by the place."""
    return sp.Derivative(expression, (x, order))


HEAT = sp.exp(-(x**2) / (4 * D * t)) / sp.sqrt(4 * sp.pi * D * t)
SPREAD = D * (1 - sp.exp(-2 * t))
RELAXING = sp.exp(-((x - sp.exp(-t)) ** 2) / (2 * SPREAD)) / sp.sqrt(2 * sp.pi * SPREAD)

FAMILY = Family(
    name="fokker_planck_and_schroedinger",
    title="Fokker-Planck and Schrödinger equations",
    identities=(
        identity(
            "no current in equilibrium",
            D * d(sp.exp(-V(x) / D)) + d(V(x)) * sp.exp(-V(x) / D), 0, PLACE, RISKEN,
        ),
        identity(
            "Boltzmann weight is stationary",
            d(d(V(x)) * sp.exp(-V(x) / D)) + D * d(sp.exp(-V(x) / D), 2), 0, PLACE, RISKEN,
        ),
        identity(
            "Fokker-Planck operator as a Schrödinger operator",
            sp.exp(V(x) / (2 * D))
            * (D * d(sp.exp(-V(x) / (2 * D)) * psi(x), 2) + d(d(V(x)) * sp.exp(-V(x) / (2 * D)) * psi(x))),
            D * d(psi(x), 2) - (d(V(x)) ** 2 / (4 * D) - d(V(x), 2) / 2) * psi(x),
            PLACE, RISKEN,
        ),
        identity("heat kernel", sp.Derivative(HEAT, t), D * d(HEAT, 2), SPACETIME, RISKEN),
        identity(
            "relaxation of the Ornstein-Uhlenbeck process",
            sp.Derivative(RELAXING, t), d(x * RELAXING) + D * d(RELAXING, 2), SPACETIME,
            "Uhlenbeck and Ornstein, On the theory of Brownian motion (1930)",
        ),
        identity(
            "mass of the heat kernel", sp.Integral(HEAT, (x, -sp.oo, sp.oo)), 1,
            Domain({t: (sp.Rational(1, 2), 3), D: (sp.Rational(1, 2), 3)}), RISKEN,
        ),
        identity(
            "mean square displacement", sp.Integral(x**2 * HEAT, (x, -sp.oo, sp.oo)), 2 * D * t,
            Domain({t: (sp.Rational(1, 2), 3), D: (sp.Rational(1, 2), 3)}), "Einstein (1905)",
        ),
        identity(
            "ground state of the oscillator",
            -d(sp.exp(-(x**2) / 2), 2) / 2 + x**2 / 2 * sp.exp(-(x**2) / 2), sp.exp(-(x**2) / 2) / 2, ALONE, QUANTUM,
        ),
        identity(
            "first excited state of the oscillator",
            -d(x * sp.exp(-(x**2) / 2), 2) / 2 + x**3 / 2 * sp.exp(-(x**2) / 2), 3 * x / 2 * sp.exp(-(x**2) / 2),
            ALONE, QUANTUM,
        ),
        identity(
            "factorized Hamiltonian",
            -d(d(psi(x)) + W(x) * psi(x)) + W(x) * (d(psi(x)) + W(x) * psi(x)),
            -d(psi(x), 2) + (W(x) ** 2 - d(W(x))) * psi(x),
            ALONE, "Witten, Dynamical breaking of supersymmetry (1981)",
        ),
        identity(
            "quantum potential",
            d(sp.sqrt(p(x)), 2) / sp.sqrt(p(x)), d(p(x), 2) / (2 * p(x)) - d(p(x)) ** 2 / (4 * p(x) ** 2), ALONE,
            "Madelung (1927)",
        ),
        identity(
            "Fisher information as a curvature", d(sp.log(p(x)), 2), d(p(x), 2) / p(x) - (d(p(x)) / p(x)) ** 2, ALONE,
            "Fisher information of a density",
        ),
        identity(
            "Cole-Hopf velocity", d(-2 * nu * sp.log(phi(x))), -2 * nu * d(phi(x)) / phi(x),
            Domain({x: (-2, 2), nu: (0, 3)}), "Hopf, The partial differential equation of Burgers (1950)",
        ),
        identity(
            "plane wave", sp.I * sp.Derivative(sp.exp(sp.I * (k * x - k**2 * t / 2)), t),
            -d(sp.exp(sp.I * (k * x - k**2 * t / 2)), 2) / 2,
            Domain({x: (-2, 2), k: (-2, 2), t: (0, 3)}), QUANTUM,
        ),
        identity(
            "variance of the relaxing process",
            sp.Derivative(SPREAD, t), 2 * D - 2 * SPREAD, Domain({t: (0, 3), D: (0, 3)}), RISKEN,
        ),
        identity(
            "soliton well", -d(1 / sp.cosh(x), 2) - 2 / sp.cosh(x) ** 3, -1 / sp.cosh(x), ALONE,
            "Pöschl and Teller (1933)",
        ),
    ),
)  # fmt: skip
