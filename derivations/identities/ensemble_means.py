"""Means over coins, spins, Gaussian variables and the paths of Markov chains."""

# pyright: reportArgumentType=false, reportOperatorIssue=false, reportCallIssue=false, reportAttributeAccessIssue=false, reportIndexIssue=false
# (SymPy annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.identities.known import Family, KnownIdentity
from theory.domain import Domain
from theory.laws import Discrete, MarkovPath
from theory.statements import EnsembleMean
from theory.sums import Sigma

p, b, a, m, v = sp.symbols("p beta a m v")
k, t, n, T = sp.symbols("k t n T", integer=True)
x, spin = sp.symbols("x sigma")
s, level = sp.IndexedBase("s"), sp.IndexedBase("lambda")
HALF = sp.Rational(1, 2)
FAIR = {1: HALF, -1: HALF}
BIASED = {spin: {1: p, -1: 1 - p}}
UNIT = Domain({p: (0, 1)})
SIZES = Domain({n: sp.Range(1, 6)})
FLIPS = sp.Matrix([[1 - p, p], [p, 1 - p]])


def boltzmann(energy: Any, sign: int) -> Any:
    """The weight of a spin in a field."""
    return sp.exp(b * energy * sign) / (2 * sp.cosh(b * energy))


def average(name: str, expression: object, over: object, value: object, domain: Domain, source: str) -> KnownIdentity:
    """A known mean."""
    return KnownIdentity(name=name, statement=EnsembleMean(expression, value, domain, over=over), source=source)


HEAT_BATH = sp.Matrix([[boltzmann(level[t + 1], 1), boltzmann(level[t + 1], -1)]] * 2)
START = ((1, boltzmann(level[0], 1)), (-1, boltzmann(level[0], -1)))
PROTOCOL = MarkovPath(s, T, initial=START, transition=HEAT_BATH, time=t)  # pyright: ignore[reportArgumentType]
WORK = Sigma((level[k + 1] - level[k]) * s[k], (k, 0, T - 1))
DRIVEN = Domain({b: (0, 1), T: sp.Range(1, 4), level: (0, 2)})  # pyright: ignore[reportUnhashable]
TEXT = "any textbook of probability"

FAMILY = Family(
    name="ensemble_means",
    title="Means over ensembles",
    identities=(
        average("biased spin", spin, BIASED, 2 * p - 1, UNIT, TEXT),
        average("square of a biased spin", spin**2, BIASED, 1, UNIT, TEXT),
        average("variance of a biased spin", (spin - 2 * p + 1) ** 2, BIASED, 4 * p * (1 - p), UNIT, TEXT),
        average(
            "spin in a field", spin, {spin: {1: boltzmann(a, 1), -1: boltzmann(a, -1)}}, sp.tanh(b * a),
            Domain({b: (0, 1), a: (0, 2)}), "Callen's identity for one spin",
        ),
        average(
            "generating function of a spin", sp.exp(a * spin), {spin: FAIR}, sp.cosh(a), Domain({a: (-2, 2)}), TEXT
        ),
        average(
            "generating function of a Gaussian", sp.exp(a * x), {x: (m, v)}, sp.exp(a * m + a**2 * v / 2),
            Domain({a: (-1, 1), m: (-1, 1), v: (0, 2)}), TEXT,
        ),
        average("second moment of a Gaussian", x**2, {x: (m, v)}, m**2 + v, Domain({m: (-1, 1), v: (0, 2)}), TEXT),
        average(
            "fourth moment of a Gaussian", x**4, {x: (m, v)}, m**4 + 6 * m**2 * v + 3 * v**2,
            Domain({m: (-1, 1), v: (0, 2)}), TEXT,
        ),
        average(
            "square of a magnetization", Sigma(s[k], (k, 1, n)) ** 2, Discrete(s, FAIR, (k, 1, n)), n, SIZES,
            "central limit theorem, variance of a sum",
        ),
        average(
            "fourth power of a magnetization", Sigma(s[k], (k, 1, n)) ** 4, Discrete(s, FAIR, (k, 1, n)),
            3 * n**2 - 2 * n, SIZES, "fourth moment of the simple random walk",
        ),
        average(
            "annealed partition function of free spins",
            sp.exp(a * Sigma(s[k], (k, 1, n))), Discrete(s, FAIR, (k, 1, n)), sp.cosh(a) ** n,
            Domain({a: (-1, 1), n: sp.Range(1, 6)}), "independent spins",
        ),
        average(
            "memory of a symmetric chain", s[0] * s[T], MarkovPath(s, T, initial=FAIR, transition=FLIPS),
            (1 - 2 * p) ** T, Domain({p: (0, 1), T: sp.Range(1, 6)}), "second eigenvalue of the chain",
        ),
        average(
            "a fair chain stays fair", s[T], MarkovPath(s, T, initial=FAIR, transition=FLIPS), 0,
            Domain({p: (0, 1), T: sp.Range(1, 6)}), "the uniform law is stationary",
        ),
        average(
            "number of flips of a chain", Sigma((1 - s[k] * s[k + 1]) / 2, (k, 0, T - 1)),
            MarkovPath(s, T, initial=FAIR, transition=FLIPS), T * p, Domain({p: (0, 1), T: sp.Range(1, 6)}), TEXT,
        ),
        average(
            "Jarzynski equality of a driven spin", sp.exp(b * WORK), PROTOCOL,
            sp.cosh(b * level[T]) / sp.cosh(b * level[0]), DRIVEN, "Jarzynski (1997)",
        ),
    ),
)  # fmt: skip
