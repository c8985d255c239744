"""Derivatives of special functions by their arguments, as the handbooks state them (DLMF)."""

# pyright: reportArgumentType=false, reportOperatorIssue=false, reportCallIssue=false

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

SLOPES: dict[tuple[Any, int], Callable[..., sp.Expr]] = {
    (sp.erf, 0): lambda x: 2 * sp.exp(-(x**2)) / sp.sqrt(sp.pi),
    (sp.erfi, 0): lambda x: 2 * sp.exp(x**2) / sp.sqrt(sp.pi),
    (sp.gamma, 0): lambda x: sp.gamma(x) * sp.polygamma(0, x),
    (sp.loggamma, 0): lambda x: sp.polygamma(0, x),
    (sp.polygamma, 1): lambda n, x: sp.polygamma(n + 1, x),
    (sp.besselj, 1): lambda n, x: (sp.besselj(n - 1, x) - sp.besselj(n + 1, x)) / 2,
    (sp.bessely, 1): lambda n, x: (sp.bessely(n - 1, x) - sp.bessely(n + 1, x)) / 2,
    (sp.besseli, 1): lambda n, x: (sp.besseli(n - 1, x) + sp.besseli(n + 1, x)) / 2,
    (sp.besselk, 1): lambda n, x: -(sp.besselk(n - 1, x) + sp.besselk(n + 1, x)) / 2,
    (sp.hermite, 1): lambda n, x: 2 * x * sp.hermite(n, x) - sp.hermite(n + 1, x),
    (sp.hermite_prob, 1): lambda n, x: x * sp.hermite_prob(n, x) - sp.hermite_prob(n + 1, x),
    (sp.chebyshevt, 1): lambda n, x: n * sp.chebyshevu(n - 1, x),
    (sp.LambertW, 0): lambda x: sp.LambertW(x) / (x * (1 + sp.LambertW(x))),
    (sp.polylog, 1): lambda s, x: sp.polylog(s - 1, x) / x,
    (sp.airyai, 0): sp.airyaiprime,
    (sp.airybi, 0): sp.airybiprime,
    (sp.airyaiprime, 0): lambda x: x * sp.airyai(x),
    (sp.airybiprime, 0): lambda x: x * sp.airybi(x),
    (sp.Ei, 0): lambda x: sp.exp(x) / x,
    (sp.Si, 0): lambda x: sp.sin(x) / x,
    (sp.Ci, 0): lambda x: sp.cos(x) / x,
    (sp.Shi, 0): lambda x: sp.sinh(x) / x,
    (sp.Chi, 0): lambda x: sp.cosh(x) / x,
    (sp.li, 0): lambda x: 1 / sp.log(x),
    (sp.elliptic_k, 0): lambda m: (sp.elliptic_e(m) - (1 - m) * sp.elliptic_k(m)) / (2 * m * (1 - m)),
    (sp.elliptic_e, 0): lambda m: (sp.elliptic_e(m) - sp.elliptic_k(m)) / (2 * m),
}
"""By function and slot. LambertW with one argument is its principal branch."""
