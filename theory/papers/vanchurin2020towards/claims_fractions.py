"""Claims of sections 9 and 10: the phases of two groups of eigenvalues, and what the experiments are said to imply."""

from __future__ import annotations

import sympy as sp

from theory.domain import Domain
from theory.models import learning as model
from theory.papers.vanchurin2020towards.depth import DEPTH, GROUPS
from theory.papers.vanchurin2020towards.equilibrium import LARGE_ALONE
from theory.papers.vanchurin2020towards.letters import EQUILIBRIUM, FRACTIONS, PAPER, N, N_large, among, beta, gamma
from theory.papers.writing import line
from theory.statements import Identity, Inequality

HALF = sp.Rational(1, 2)
UP_TO_A_THIRD = sp.Interval.Lopen(0, sp.Rational(1, 3))
BENDS = among(FRACTIONS, model.bend_at_equal, model.bend_at_ratio)
VALUES = among(FRACTIONS, model.value_at_equal, model.value_far_below)
(PLACE,) = [line for e in DEPTH if e.number == "9.4" for line in e.lines]
beyond = sp.Symbol("u", positive=True)
x = model.log_eigenvalue
MINUS_LAPLACIAN = "Stable is a minimum of minus the Laplacian, unstable a maximum."

FRACTION_CLAIMS = (
    PAPER.claim(
        "9e",
        r"In the initial phase, $\beta < 1/2$, (e.g. blue line on Fig. 1) there is a stable local minimum at $\log "
        r"\lambda \approx 3\log \left(-\frac{1}{2}+\sqrt{\frac{1}{4}+\frac{1}{\beta}}\right)$ and an unstable maximum "
        r"at $\log \lambda=0$.",
        line(
            "the maximum at equal eigenvalues, for every fraction",
            Inequality(model.bend_at_equal, 0, BENDS.extended({beta: (0, HALF)}), relation="<"),
            model.bend_at_equal,
        ),
        line(
            "the minimum at a larger eigenvalue, for fractions up to 1/3",
            Inequality(
                model.bend_at_ratio,
                0,
                BENDS.extended({gamma: UP_TO_A_THIRD, model.root: (1, sp.oo)}),
                relation=">",
            ),
            model.bend_at_ratio,
        ),
        PLACE,
        conventions=(GROUPS, MINUS_LAPLACIAN),
    ),
    PAPER.claim(
        "9f",
        r"In the intermediate phase, $1/2<\beta<\sqrt{N}-1$, (e.g. green line on Fig. 1) the two extreme points switch "
        "and there an unstable maximum at (9.4).",
        line(
            "the minimum at equal eigenvalues, for every fraction",
            Inequality(model.bend_at_equal, 0, BENDS.extended({beta: (HALF, sp.oo)}), relation=">"),
            model.bend_at_equal,
        ),
        line(
            "the maximum at a smaller eigenvalue, for fractions up to 1/3",
            Inequality(
                model.bend_at_ratio,
                0,
                BENDS.extended({gamma: UP_TO_A_THIRD, model.root: (0, 1)}),
                relation="<",
            ),
            model.bend_at_ratio,
        ),
        PLACE,
        conventions=(GROUPS, MINUS_LAPLACIAN),
    ),
    PAPER.claim(
        "9g",
        r"In this phase only a decreasing fraction, $\gamma < (\beta+1)^{-2}$, of the small eigenvalues, $\log \lambda "
        r"< 3\log\left(-\frac{1}{2}+\sqrt{\frac{1}{4}+\frac{1}{\beta}}\right)$, can still move to even smaller values, "
        r"but the motion is terminated when the smallest values [...] reach the plateau.",
        line(
            "how far the value at equal eigenvalues is above the plateau",
            Identity(
                model.value_at_equal - model.value_far_below,
                N * beta / 2 * ((beta + 1) ** -2 - gamma),
                VALUES,
            ),
            model.value_at_equal,
            model.value_far_below,
        ),
        conventions=(GROUPS, "To move is to reach lower values of minus the Laplacian than those at log lambda = 0."),
    ),
    PAPER.claim(
        "9h",
        r"And finally, in the final phase, $\beta>\sqrt{N}-1$, (e.g. red line on Fig. 1) the global minimum is at "
        r"$\log\lambda=0$, the individual eigenvalues can no longer move towards $\log\lambda=-\infty$",
        line(
            "one eigenvalue of N: the value at equal eigenvalues against the plateau, in units of N beta / 2",
            Inequality(
                (1 + (sp.sqrt(N) - 1 + beyond)) ** -2,
                1 / N,
                Domain({N: sp.Range(1, sp.oo), beyond: (0, sp.oo)}),
                relation="<",
            ),
            note="Figure 1 has one third of the eigenvalues in place of one: its phases part at the square root of 3, "
            "less 1, which is 0.73.",
        ),
        conventions=("beta is the square root of N, less 1, plus any u > 0.",),
    ),
)

EXPERIMENT_CLAIMS = (
    PAPER.claim(
        "10a",
        r"This gap is expected to be at unstable maximum defined by equation (9.4) which implies that after 100 epochs "
        r"$\beta \approx 1.37$, after 1000 epochs $\beta \approx 1.40$ and after 10000 epochs $\beta \approx 1.47$.",
        *(
            line(
                f"after {epochs} epochs, where the gap is seen near {gap / 10}",
                Inequality(
                    model.gap_temperature,
                    sp.Rational(printed, 1000),
                    among(FRACTIONS, model.gap_temperature).extended(
                        {x: sp.Interval(sp.Rational(2 * gap - 1, 20), sp.Rational(2 * gap + 1, 20))}
                    ),
                    relation="<",
                ),
                model.gap_temperature,
            )
            for epochs, gap, printed in ((100, -23, 1375), (1000, -25, 1405), (10000, -30, 1475))
        ),
        conventions=(
            "The gap is anywhere within half a unit of its last printed digit, and beta is below the upper end of what "
            "its printed digits allow.",
            "For the fraction 1/3 of figure 1 there is an extremum beside log lambda = 0 for beta < 1 only.",
        ),
    ),
    PAPER.claim(
        "10b",
        r"thermodynamic entropy (10.3) (which scales linearly with $\log U$ whenever $N_{>}$ remains constant)",
        line(
            "the slope by the logarithm of the mean loss",
            Identity(
                model.loss_value * sp.Derivative(model.entropy_by_loss, model.loss_value),
                N_large / 2,
                among(EQUILIBRIUM, model.entropy_by_loss),
            ),
            model.entropy_by_loss,
            note="The slope is half the number of large eigenvalues, 10 for 20 of them; those of the complexities in "
            "figure 7 are 1.25 and 1.41.",
        ),
        conventions=(LARGE_ALONE,),
    ),
)
