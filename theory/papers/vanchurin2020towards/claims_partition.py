"""Claims of section 5."""

from __future__ import annotations

import sympy as sp

from theory.models import network_loss as network
from theory.models.mean_state import length, length_domain, saturation
from theory.papers.vanchurin2020towards.letters import ENSEMBLE, PAPER, N, a, beta, i, lam, m, over_neurons
from theory.papers.writing import line
from theory.records import Reading
from theory.statements import Identity, Inequality, LimitStatement

SIZES = length_domain()
ANY_LENGTH = ENSEMBLE.extended({a: sp.S.Reals})
WITHOUT_OBJECTIVE = ANY_LENGTH.extended({m: sp.FiniteSet(0)})
FORM = network.form(network.entry_of_g(lambda neuron: network.slopes[neuron]))
SQUARES = over_neurons((network.directions[i] - network.slopes[i] * network.deviation_of_field(i)) ** 2)
stiff = 1 - beta * m + beta * lam[i]
DROPPED = over_neurons((1 - beta * m) * beta * lam[i] * a[i] ** 2 / stiff)
KEPT = over_neurons(a[i] ** 2 * sp.log(stiff))
BOUNDED = "The length of the mean state stays bounded as N grows: its square is the sum of the a_i^2."

PARTITION_CLAIMS = (
    PAPER.claim(
        "5a",
        r"where $\lambda_i$ are the real eigenvalues",
        line("the form of G is a sum of squares", Identity(FORM, SQUARES, network.loss_domain().restricted(FORM))),
        line(
            "that are not negative in any direction",
            Inequality(SQUARES, 0, network.loss_domain().restricted(SQUARES), relation=">="),
        ),
    ),
    PAPER.claim(
        "5b",
        r"In the limit of a large number of neurons $N$, the average components are small $a_i^2 \ll 1$, the second "
        "term in (5.11) is subdominant in comparison to the first term and can be dropped.",
        line(
            "the mean square of the components, of neurons without weights that are all in the state c",
            LimitStatement(
                over_neurons(saturation**2) / N, 0, SIZES.restricted(N, saturation), variable=N, point=sp.oo
            ),
            readings=(
                Reading(
                    kind="condition",
                    text=BOUNDED,
                    statement=LimitStatement(length**2 / N, 0, SIZES.restricted(N, length), variable=N, point=sp.oo),
                ),
            ),
            note="The number of neurons alone does not make them small: they may saturate together.",
        ),
        line(
            "the second term against the first, each logarithm with the weight a_i^2",
            Inequality(DROPPED, KEPT, ANY_LENGTH.restricted(DROPPED)),
            readings=(
                Reading(
                    kind="condition",
                    text="There is no local objective, m = 0: otherwise logarithms may vanish or cancel.",
                    statement=Inequality(
                        DROPPED.subs(m, 0), KEPT.subs(m, 0), WITHOUT_OBJECTIVE.restricted(N, beta, lam, a)
                    ),
                ),
            ),
            note="What is dropped is at most the largest a_i^2 times what is kept.",
        ),
    ),
)
