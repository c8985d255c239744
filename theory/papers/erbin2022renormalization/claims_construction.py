"""Claims of section 3 and of the caption of figure 1."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import sympy as sp

from theory.field_derivative import FieldDerivative
from theory.models import random_network as model
from theory.papers.erbin2022renormalization.claims_correspondence import ONE_OUTPUT, K, mean
from theory.papers.erbin2022renormalization.correspondence import covariance
from theory.papers.erbin2022renormalization.letters import (
    PAPER,
    THEIR_POINTS,
    THEIR_VALUES,
    M,
    N,
    a,
    among,
    at,
    d,
    kernel,
    mu,
    n,
    sigma_b,
    sigma_w,
    x,
)
from theory.papers.writing import line
from theory.records import PrintedLine, Reading
from theory.statements import Identity, Inequality, LimitStatement
from theory.sums import Sigma

FOUR, SIX = (1, 2, 3, 4), (1, 2, 3, 4, 5, 6)
THEIRS = {**THEIR_VALUES, x: THEIR_POINTS}
MOVED = Sigma(FieldDerivative(model.neuron_moment, x[a, mu]), (a, 1, n))
"""How the mean of the product of the activations of one neuron changes when all points move alike."""


def pairs(points: tuple[int, ...], mean: Any) -> Any:
    """The sum over pairings of the products of the means of pairs."""
    if not points:
        return sp.S.One
    first, *rest = points
    return sp.Add(*[mean(first, k) * pairs(tuple(r for r in rest if r != k), mean) for k in rest])


def moments(one: int, other: int) -> Any:
    """The moment of one neuron at two points."""
    return at(M, one, other)


def fourth(points: tuple[int, ...]) -> Any:
    """N times the fourth cumulant of the outputs at four points."""
    return sigma_w**4 * (3 * at(M, *points) - pairs(points, moments))


def sixth() -> Any:
    """N^2 times the sixth cumulant at six points."""
    mixed = sp.Add(*[3 * at(M, *f) * at(M, *(k for k in SIX if k not in f)) for f in combinations(SIX, 4)])
    return sigma_w**6 * (15 * at(M, *SIX) - mixed + 2 * pairs(SIX, moments))


def deviation(points: tuple[int, ...]) -> Any:
    """Of the correlation of these points from that of infinitely wide networks."""
    return at(model.correlation, *points) - pairs(points, kernel)


def covariance_is_kernel(label: str, **rest: Any) -> PrintedLine:
    """m_2 is zero at any width."""
    claim = Identity(at(model.correlation, 1, 2) - kernel(1, 2), 0, covariance.domain)
    return line(label, claim, at(model.correlation, 1, 2), **rest)


def of_order_one_over_width(points: tuple[int, ...], value: Any) -> PrintedLine:
    """N times a deviation tends to something finite."""
    limit = LimitStatement(N * deviation(points), value, among(model.correlation), variable=N, point=sp.oo)
    label = f"{len(points)} points: N times the deviation tends to a value that is finite and not zero"
    return line(label, limit, at(model.correlation, *points))


LOWEST_SIX = sp.Add(*[fourth(f) * kernel(*(k for k in SIX if k not in f)) for f in combinations(SIX, 4)])


def translations(sets: dict[Any, Any]) -> Identity:
    """The moments of one neuron do not change when all points move alike."""
    return Identity(MOVED, 0, among(model.neuron_moment).extended({mu: sp.Range(1, d + 1), **sets}))


def cumulant(points: tuple[int, ...], value: Any) -> PrintedLine:
    """A power of the width before what does not depend on it."""
    half = len(points) // 2
    claim = Identity(at(model.connected, *points), value / N ** (half - 1), among(model.connected))
    return line(f"{len(points)} points, at any width", claim, at(model.connected, *points))


def bound(value: Any, limit: Any, relation: str, *names: Any) -> Inequality:
    """At the values of section 3 and anywhere between its points."""
    return Inequality(value, limit, among(*names).extended(THEIRS), relation=relation)


COUPLING, ORIGIN = at(model.coupling, *FOUR), model.coupling_at_origin(4)


def slope_of_fourth_cumulant(fields: int, value: Any) -> Identity:
    """How the fourth cumulant of one output starts to change with the coupling of f^n / n!, by Gaussian means."""
    four = mean(4 + fields) - mean(4) * mean(fields)
    second = mean(2 + fields) - mean(2) * mean(fields)
    return Identity(-(four - 6 * mean(2) * second) / sp.factorial(fields), value, ONE_OUTPUT)


def irreducible_above_zero(sets: dict[Any, Any]) -> Inequality:
    """The coupling of six points at the origin, once exchanges are taken out, is positive."""
    return Inequality(model.irreducible, 0, among(model.irreducible).extended(sets), relation=">")


CONSTRUCTION_CLAIMS = (
    PAPER.claim(
        "3a",
        r"In this paper, we set $d_{\text{in}} = d_{\text{out}} = 1$ and focus on a translation-invariant activation "
        "function",
        line(
            "the mean of a product of activations of one neuron does not change when all points move alike, for any "
            "number of points",
            translations({}),
            model.neuron_moment,
            readings=(
                Reading(
                    kind="convention",
                    text="It is said of the Gaussian kernel, the mean of two activations; those of four and more, and "
                    "with them the connected correlations and couplings of networks of finite width, depend on where "
                    "the points are.",
                    statement=translations({n: sp.FiniteSet(2)}),
                ),
            ),
        ),
    ),
    PAPER.claim(
        "3b",
        r"Empirically, we find that $m_2 \approx 0$ (the second momentum is almost independent of $N$)",
        covariance_is_kernel("with exact averages it is zero at any width"),
    ),
    PAPER.claim(
        "3c",
        r"$m_{2n} = O\left(\frac{1}{N}\right)$ for $n > 1$",
        of_order_one_over_width(FOUR, fourth(FOUR)),
        of_order_one_over_width(SIX, LOWEST_SIX),
    ),
    PAPER.claim(
        "3d",
        r"the empirical $2n$-cumulant of the distribution $G_{\text{c,exp}}^{(2n)}$ must be of order $1/N^{n-1}$.",
        cumulant(FOUR, fourth(FOUR)),
        cumulant(SIX, sixth()),
    ),
    PAPER.claim(
        "3e",
        "For $m_2$, values centered around 0 and independent of $N$. For $m_4$, the values decrease as $N$ increases. "
        "(caption of figure 1)",
        covariance_is_kernel("m_2 is zero at any width"),
        line(
            "m_4 is a positive number, at the paper's variances and anywhere between its points, over N",
            bound(at(model.closed_connected, *FOUR), 0, ">", model.closed_connected),
            at(model.closed_connected, *FOUR),
        ),
        cumulant(FOUR, fourth(FOUR)),
    ),
    PAPER.claim(
        "3f",
        r"$\bar{u}_n$ is nothing but the magnitude of the lowest order deviation from the GEV",
        *(
            line(
                f"{count} fields: to first order, for one place of the interaction, minus the coupling times the whole "
                "kernel to each point",
                Identity(
                    model.first_order(count),
                    -model.bare[count]
                    * sp.Mul(
                        *[
                            sigma_b**2
                            + sigma_w**2
                            * sp.exp(-(sigma_w**2) / (2 * d) * Sigma((model.place[mu] - x[k, mu]) ** 2, (mu, 1, d)))
                            for k in range(1, count + 1)
                        ]
                    ),
                    among(model.first_order(count)).extended({model.bare: (-1, 1), model.place: (-1, 1)}),
                ),
                model.first_order(count),
            )
            for count in (4, 6)
        ),
    ),
    PAPER.claim(
        "3g",
        r"in perturbation theory (assuming $\bar{u}_n$ small enough), and $u_n = \bar{u}_n + \mathcal{O}(\bar{u}_n^2)$ "
        "(schematically).",
        line(
            "of one output: an interaction of six fields does not change the fourth cumulant to first order",
            slope_of_fourth_cumulant(6, sp.S.Zero),
            readings=(
                Reading(
                    kind="condition",
                    text=r"$n_0 = 2$; the truncation $n_0 = 3$ of the paper shifts $u_4$ by $\bar{u}_3 K / 2$, a term "
                    "of first order in the other coupling",
                    statement=slope_of_fourth_cumulant(4, -(K**4)),
                ),
            ),
        ),
    ),
    PAPER.claim(
        "3h",
        "we find that $u_4$ is negative but almost constant",
        line(
            "negative, at the paper's variances and anywhere between its points, at width 1",
            bound(COUPLING, 0, "<", model.coupling),
            COUPLING,
        ),
        line(
            "almost constant: above 1.001 times its value at the origin",
            bound(COUPLING, ORIGIN * sp.Rational(1001, 1000), ">", model.coupling, ORIGIN),
            COUPLING,
            ORIGIN,
        ),
        line(
            "and below 0.999 times that",
            bound(COUPLING, ORIGIN * sp.Rational(999, 1000), "<", model.coupling, ORIGIN),
            COUPLING,
            ORIGIN,
        ),
    ),
    PAPER.claim(
        "3i",
        "$u_6$ remains small but positive as required for stability.",
        line(
            "positive at the origin at the paper's variances, once exchanges between two interactions of four fields "
            "are taken out of the connected correlation of six",
            irreducible_above_zero(THEIR_VALUES),
            model.irreducible,
            readings=(
                Reading(
                    kind="condition",
                    text=r"$\sigma_b$ is small: in one dimension below 1/2, say, where the paper has $\sigma_b = 1$, "
                    r"and exchanges are taken out as said; of the whole connected correlation $u_6$ is negative for "
                    r"any $\sigma_b > 0$",
                    statement=irreducible_above_zero(
                        {**THEIR_VALUES, sigma_b: (sp.Rational(1, 10), sp.Rational(1, 2))}
                    ),
                ),
            ),
        ),
        conventions=(
            "The paper does not print the definition of u_6; it is taken as minus the connected correlation of six "
            "points over six propagators, with or without exchanges.",
        ),
    ),
)
