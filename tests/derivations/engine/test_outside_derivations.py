"""Steps of derivations from outside papers, as a new user writes them, each beside slips at its own line.

The replica-symmetric Sherrington-Kirkpatrick model (Sherrington and Kirkpatrick 1975, de Almeida and Thouless 1978),
kernels of wide networks (Cho and Saul 2009, Poole et al. 2016), the teacher and the student (Seung, Sompolinsky and
Tishby 1992), a dragged oscillator (Mazonka and Jarzynski 1999) and the local potential approximation (Litim 2001).
"""

from typing import Any

import pytest
import sympy as sp

from derivations import Derivation, RefutedStepError
from theory.averages import ConfigurationSum, GaussianMean
from theory.sums import Sigma
from theory.symbols import family

beta, q, k, T, tau, w, c, g, eps = sp.symbols("beta q k T tau w c g epsilon", positive=True)
h, z, v, r, phi, A = sp.symbols("h z v r phi A", real=True)
n, N, L, a, b, layer = sp.symbols("n N L a b l", integer=True, positive=True)
s = family("s", real=True)
SETS = {
    **dict.fromkeys((beta, k, T, tau, w, c), (0, sp.oo)), **dict.fromkeys((q, g, eps), (0, 1)), h: (-2, 2),
    A: sp.S.Reals, v: sp.S.Reals, r: (-sp.S.Half, 1), phi: (-1, 1), n: sp.Range(1, sp.oo), N: sp.Range(2, sp.oo),
    L: sp.Range(1, sp.oo), s: sp.FiniteSet(-1, 1),
}  # fmt: skip
PAIRS = q * Sigma(Sigma(s[a] * s[b], (a, 1, b - 1)), (b, 1, n))
TOTAL = Sigma(s[a], (a, 1, n))
SITE = ConfigurationSum(sp.exp(h * TOTAL), s, (a, 1, n))
NEAR = tau / (1 - tau) ** 2
MASS, LAG = (1 - sp.exp(-k * tau)) / k, -v * (1 - sp.exp(-k * T)) / k
POTENTIAL = r * phi**2 / 2 + g * phi**4 / 24
MASS_FLOW, COUPLING_FLOW = -2 * r - c * g / (1 + r) ** 2, -eps * g + 6 * c * g**2 / (1 + r) ** 3
LITIM = -(4 - eps) * POTENTIAL + (2 - eps) / 2 * phi * POTENTIAL.diff(phi) + c / (1 + POTENTIAL.diff(phi, 2))
FIXED = {r: -eps / (12 + eps), g: 288 * eps / (c * (12 + eps) ** 3)}
SLOW = (-2 + 4 * eps / 3 - sp.sqrt((2 + 2 * eps / 3) ** 2 + 2 * eps**2)) / 2
ROOT = (sp.sqrt((1 - c + k) ** 2 + 4 * c * k) - (1 - c + k)) / (2 * c * k)


def relu(field: sp.Expr) -> sp.Expr:
    return sp.Max(field, 0)


def length(place: sp.Expr) -> sp.Expr:
    return q**place * w + (1 - q**place) / (1 - q)


def beta_functions(mass: Any, coupling: Any) -> sp.Expr:
    return c / (1 + r) + mass * phi**2 / 2 + coupling * phi**4 / 24


STEPS: dict[str, tuple[Any, Any, tuple[Any, ...]]] = {
    "the disorder average": (
        GaussianMean(sp.exp(beta * A * z / sp.sqrt(N)), z, 1),
        sp.exp(beta**2 * A**2 / (2 * N)),
        (sp.exp(beta**2 * A**2 / N), sp.exp(-(beta**2) * A**2 / (2 * N)), sp.exp(beta * A**2 / (2 * N))),
    ),
    "pairs of replicas": (
        PAIRS,
        q * (TOTAL**2 - n) / 2,
        (q * (TOTAL**2 + n) / 2, q * TOTAL**2 / 2, q * (TOTAL**2 - n**2) / 2, q * (TOTAL**2 - n)),
    ),
    "a site in a field": (
        SITE,
        (2 * sp.cosh(h)) ** n,
        ((2 * sp.cosh(h)) ** (n - 1), 2 * sp.cosh(h) ** n, (2 * sp.sinh(h)) ** n),
    ),
    "by parts": (
        GaussianMean(z * sp.tanh(beta * z + h), z, 1),
        beta * (1 - GaussianMean(sp.tanh(beta * z + h) ** 2, z, 1)),
        (
            beta * (1 + GaussianMean(sp.tanh(beta * z + h) ** 2, z, 1)),
            1 - GaussianMean(sp.tanh(beta * z + h) ** 2, z, 1),
        ),
    ),
    "the overlap near the transition": (
        NEAR - 2 * tau**2 / (1 - tau) ** 4,
        tau - 5 * tau**3 + sp.O(tau**4),
        (tau + sp.O(tau**4), tau + 5 * tau**3 + sp.O(tau**4), tau - 5 * tau**3 + sp.O(tau**5)),
    ),
    "the length of a layer": (
        w**2 * GaussianMean(relu(sp.sqrt(q) * z) ** 2, z, 1) + k,
        w**2 * q / 2 + k,
        (w**2 * q + k, w**2 * q / 2, w * q / 2 + k, w**2 * q / 2 - k),
    ),
    "lengths of all layers": (
        length(L + 1),
        q * length(L) + 1,
        (q * length(L - 1) + 1, q * length(L), q * length(L) - 1),
    ),
    "the tangent kernel": (
        Sigma(q ** (L - layer), (layer, 1, L)),
        (1 - q**L) / (1 - q),
        ((1 - q ** (L + 1)) / (1 - q), (1 - q**L) / (1 + q), (q**L - 1) / (1 - q)),
    ),
    "the growth of perturbations": (
        w**2 * GaussianMean(4 * sp.exp(-2 * q * z**2) / sp.pi, z, 1),
        4 * w**2 / (sp.pi * sp.sqrt(1 + 4 * q)),
        (
            4 * w**2 / (sp.pi * sp.sqrt(1 + 2 * q)),
            4 * w**2 / (sp.pi * (1 + 4 * q)),
            2 * w**2 / (sp.pi * sp.sqrt(1 + 4 * q)),
        ),
    ),
    "the generalization error": (
        sp.acos(1 - q) / sp.pi,
        sp.sqrt(2 * q) / sp.pi + sp.O(q ** sp.Rational(3, 2)),
        (sp.sqrt(q) / sp.pi + sp.O(q ** sp.Rational(3, 2)), sp.sqrt(2 * q) / sp.pi + sp.O(q**2)),
    ),
    "the resolvent of ridge regression": (
        ROOT,
        1 / (1 - c + k + c * k * ROOT),
        (1 / (1 + c + k + c * k * ROOT), 1 / (1 - c + k - c * k * ROOT)),
    ),
    "the mean work": (
        sp.Integral(-k * v * LAG, (T, 0, tau)),
        v**2 * (tau - MASS),
        (v**2 * (tau + MASS), v**2 * tau, 2 * v**2 * (tau - MASS)),
    ),
    "the work of a short drag": (
        v**2 * (tau - MASS),
        v**2 * k * tau**2 / 2 - v**2 * k**2 * tau**3 / 6 + sp.O(tau**4),
        (
            v**2 * k * tau**2 / 2 + v**2 * k**2 * tau**3 / 6 + sp.O(tau**4),
            v**2 * k * tau**2 + sp.O(tau**3),
            v**2 * k * tau**2 / 2 + sp.O(tau**4),
        ),
    ),
    "the work theorem": (
        GaussianMean(sp.exp(-(w + sp.sqrt(2 * T * w) * z) / T), z, 1),
        1,
        (2, sp.exp(w / T), 0),
    ),
    "beta functions": (
        LITIM,
        beta_functions(MASS_FLOW, COUPLING_FLOW) + sp.O(phi**6),
        (
            beta_functions(-MASS_FLOW, COUPLING_FLOW) + sp.O(phi**6),
            beta_functions(MASS_FLOW, -COUPLING_FLOW) + sp.O(phi**6),
            beta_functions(MASS_FLOW, COUPLING_FLOW + eps * g) + sp.O(phi**6),
            beta_functions(MASS_FLOW, COUPLING_FLOW) + sp.O(phi**7),
        ),
    ),
    "the fixed mass": (MASS_FLOW.subs(FIXED), 0, (eps, 1 / (12 + eps))),
    "the fixed coupling": (COUPLING_FLOW.subs(FIXED), 0, (eps**2, FIXED[g])),
    "nu": (
        -1 / SLOW,
        sp.S.Half + eps / 12 + sp.O(eps**2),
        (sp.S.Half + eps / 6 + sp.O(eps**2), sp.S.Half - eps / 12 + sp.O(eps**2), sp.S.Half + eps / 12 + sp.O(eps**3)),
    ),
}
SLIPS = [(name, place) for name, (_, _, slips) in STEPS.items() for place in range(len(slips))]


def outside() -> Derivation:
    return Derivation("outside", domain=SETS)


@pytest.mark.parametrize("name", STEPS)
def test_a_right_step_is_accepted(name: str):
    left, right, _ = STEPS[name]
    assert outside().so(left, right, name=name).status in ("proved", "enclosed", "enumerated")


@pytest.mark.parametrize(("name", "place"), SLIPS)
def test_a_slip_is_refuted_at_its_own_line(name: str, place: int):
    left, _, slips = STEPS[name]
    with pytest.raises(RefutedStepError, match=f"the step '{name}' is refuted"):
        outside().so(left, slips[place], name=name)
