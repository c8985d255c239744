"""Noise of gradient descent: continuous and discrete relaxation on a quadratic loss."""

# pyright: reportArgumentType=false, reportOperatorIssue=false, reportCallIssue=false, reportAttributeAccessIssue=false, reportIndexIssue=false
# (SymPy annotations say Basic where an expression is meant)

from __future__ import annotations

import sympy as sp

from derivations.identities.known import Family, KnownIdentity, identity
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.statements import LimitStatement
from theory.sums import Sigma

g, D, eta, C, H, T, N = sp.symbols("gamma D eta C H T N", positive=True)
t, tau = sp.symbols("t tau", positive=True)
x, y = sp.symbols("x y", real=True)
n = sp.Symbol("n", integer=True, positive=True)
k = sp.Symbol("k", integer=True)
FLOW = Domain({g: (0, 2), D: (0, 2), t: (0, 2)})
RATE = Domain({eta: (0, 1), H: (0, 1), C: (0, 2)})
RUN = Domain({eta: (0, 1), H: (0, 1), C: (0, 2), n: sp.S.Naturals})
MANDT = "Mandt, Hoffman and Blei, Stochastic gradient descent as approximate Bayesian inference (2017)"
UHLENBECK = "Uhlenbeck and Ornstein, On the theory of Brownian motion (1930)"
damping = 1 - eta * H
stationary = eta * C / (H * (2 - eta * H))
velocity = D / g * (1 - sp.exp(-2 * g * t))


def variance(steps: sp.Expr) -> sp.Expr:
    """Variance after some steps from zero."""
    return stationary * (1 - damping ** (2 * steps))


FAMILY = Family(
    name="stochastic_descent",
    title="Stochastic descent",
    identities=(
        identity(
            "variance of the Ornstein-Uhlenbeck process",
            sp.Integral(2 * D * sp.exp(-2 * g * (t - tau)), (tau, 0, t)), velocity, FLOW, UHLENBECK,
        ),
        identity("its rate equation", sp.Derivative(velocity, t), 2 * D - 2 * g * velocity, FLOW, UHLENBECK),
        identity(
            "variance of discrete descent", sp.Sum(eta**2 * C * damping ** (2 * k), (k, 0, sp.oo)), stationary, RATE,
            MANDT
        ),
        identity(
            "variance after n steps", Sigma(eta**2 * C * damping ** (2 * k), (k, 0, n - 1)), variance(n), RUN, MANDT
        ),
        identity(
            "one more step", damping**2 * variance(n) + eta**2 * C, variance(n + 1), RUN, MANDT, independent=False
        ),
        identity(
            "stationary variance is a fixed point", damping**2 * stationary + eta**2 * C, stationary, RATE, MANDT,
            independent=False,
        ),
        identity(
            "loss in the stationary state", GaussianMean(H * x**2 / 2, x, stationary), eta * C / (2 * (2 - eta * H)),
            RATE,
            MANDT,
        ),
        identity(
            "Boltzmann form of the stationary state",
            sp.Integral(x**2 * sp.exp(-H * x**2 / (2 * T)), (x, -sp.oo, sp.oo)),
            T / H * sp.sqrt(2 * sp.pi * T / H), Domain({H: (0, 3), T: (0, 3)}), MANDT,
        ),
        KnownIdentity(
            name="small steps are a flow",
            statement=LimitStatement(
                (1 - g * t / N) ** N, sp.exp(-g * t), Domain({g: (0, 2), t: (0, 2), N: (10, sp.oo)}), variable=N,
                point=sp.oo, direction="-",
            ),
            source="Euler's limit",
        ),
        identity("decaying steps", sp.Product(1 - 1 / (k + 1), (k, 1, n)), 1 / (n + 1), Domain({n: sp.S.Naturals}),
                 "Robbins and Monro, A stochastic approximation method (1951)"),
        identity(
            "mean of a batch", GaussianMean((x / sp.sqrt(n)) ** 2, x, C), C / n, Domain({C: (0, 2), n: sp.S.Naturals}),
            MANDT
        ),
        identity(
            "gradient flow", sp.Derivative(y * sp.exp(-H * t), t), -H * y * sp.exp(-H * t),
            Domain({y: (-2, 2), H: (0, 2), t: (0, 2)}), "gradient flow of a quadratic loss",
        ),
        identity(
            "correlation of the stationary process",
            sp.Integral(2 * D * sp.exp(-g * (t + 2 * tau)), (tau, 0, sp.oo)), D / g * sp.exp(-g * t), FLOW, UHLENBECK,
        ),
        identity(
            "power spectrum", sp.Integral(sp.exp(-g * tau) * sp.cos(y * tau), (tau, 0, sp.oo)), g / (g**2 + y**2),
            Domain({g: (sp.Rational(1, 2), 2), y: (-2, 2)}), "Wiener-Khinchin theorem",
        ),
        KnownIdentity(
            name="small learning rate",
            statement=LimitStatement(stationary / eta, C / (2 * H), RATE, variable=eta, point=0),
            source=MANDT,
        ),
    ),
)  # fmt: skip
