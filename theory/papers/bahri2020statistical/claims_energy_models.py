"""Claims of sections 6.1 and 6.2."""

from __future__ import annotations

import sympy as sp

from theory.domain import Domain
from theory.models import boltzmann_law as law
from theory.papers.bahri2020statistical.energy_models import MEAN_ENERGY
from theory.papers.bahri2020statistical.letters import PAPER, D, E, F, G, S, among, ell, n, p, q, x
from theory.papers.writing import line
from theory.statements import Identity, Inequality
from theory.sums import Sigma
from theory.symbols import family

i, j = sp.symbols("i j", integer=True)
N = sp.Symbol("N", integer=True, positive=True)
spins, biases, couplings = family("s", real=True), family("b", real=True), family("W", real=True)
PAIRS = (i, 1, N), (j, 1, N)
w, energy = law.parameter, law.energy
AT_W = law.parameter_domain()
DATA_ENERGY = law.over_states(law.LAW_OF_DATA * energy(x, w))
LOG_TRACE = sp.log(law.over_states(sp.exp(-energy(x, w))))
scale = sp.Symbol("c", positive=True)
ROOTS = Sigma((sp.sqrt(q[x]) - sp.sqrt(p[x])) ** 2, (x, 1, n))


def machine(unit: sp.Symbol) -> sp.Expr:
    """A unit of a Boltzmann machine, 0 or 1, by an Ising spin."""
    return (1 + spins[unit]) / 2


ENERGY_MODEL_CLAIMS = (
    PAPER.claim(
        "6.1a",
        "The earliest energy-based probabilistic models in machine learning were in fact called Boltzmann machines "
        r"(157), and map directly onto Ising spin models with a learned coupling structure $\mathbf{w}$.",
        line(
            "units 0 and 1 as spins: couplings W / 4, fields b / 2 and the means of the couplings of each unit",
            Identity(
                Sigma(couplings[i, j] * machine(i) * machine(j), *PAIRS) / 2 + Sigma(biases[i] * machine(i), (i, 1, N)),
                Sigma(couplings[i, j] / 4 * spins[i] * spins[j], *PAIRS) / 2
                + Sigma(spins[i] * (biases[i] / 2 + Sigma((couplings[i, j] + couplings[j, i]) / 8, PAIRS[1])), PAIRS[0])
                + Sigma(biases[i], (i, 1, N)) / 2
                + Sigma(couplings[i, j], *PAIRS) / 8,
                Domain(
                    {
                        N: sp.Range(1, sp.oo),
                        spins: sp.FiniteSet(-1, 1),
                        **dict.fromkeys((biases, couplings), sp.S.Reals),
                    }
                ),
            ),
        ),
    ),
    PAPER.claim(
        "6.2a",
        "Thus, learning via maximizing the log likelihood corresponds to minimizing the energy of observed data while "
        "increasing the overall free energy of the model distribution.",
        line(
            "the slope of the negative log-likelihood, for energies that depend on w in any smooth way",
            Identity(
                sp.Derivative(DATA_ENERGY + LOG_TRACE, w),
                sp.Derivative(DATA_ENERGY, w) - sp.Derivative(-LOG_TRACE, w),
                AT_W,
            ),
        ),
        line(
            "what it is: the slope of the energy over the data less that over the model",
            Identity(
                sp.Derivative(DATA_ENERGY + LOG_TRACE, w),
                law.over_states(law.LAW_OF_DATA * sp.Derivative(energy(x, w), w))
                - law.over_states(sp.exp(-energy(x, w)) * sp.Derivative(energy(x, w), w))
                / law.over_states(sp.exp(-energy(x, w))),
                AT_W,
            ),
            note="The difference is minimized. A constant added to all energies moves both and changes nothing.",
        ),
        line("the sum itself", Identity(-ell, MEAN_ENERGY - F, among(ell, F)), ell, F),
    ),
    PAPER.claim(
        "6.2b",
        r"Maximizing $l(\mathbf{w})$ is also equivalent to minimizing the Kullback-Leibler (KL) divergence",
        line(
            "their sum is minus the entropy of the data, in which there is no w",
            Identity(D + ell, -S, among(D, ell, S)),
            D,
            ell,
            S,
            note="Where that entropy is finite. For finitely many points of a continuum the divergence is infinite at "
            "every w; the likelihood is not.",
        ),
    ),
    PAPER.claim(
        "6.2c",
        r"Here, $D_{\text{KL}}(q \| p)$ is a nonnegative information theoretic measure of the divergence between two "
        "distributions $q$ and $p$ that is zero if and only if $q = p$ (154).",
        line(
            "at least the squared distance of the roots, which is above zero where the laws differ in any state",
            Inequality(D, ROOTS, among(D), relation=">="),
            D,
        ),
        line(
            "zero where they agree",
            Identity(D, 0, among(D).extended({scale: (0, sp.oo)}, [sp.Eq(law.weights[x], scale * sp.exp(-E[x]))])),
            D,
        ),
    ),
    PAPER.claim(
        "6.2d",
        "In the special case when $p$ takes the Boltzmann form in Equation 12, the KL divergence becomes the "
        r"difference between the Gibbs free energy of $q$, defined as $G_{\mathbf{w}}(q) = \langle E(\mathbf{x}; "
        r"\mathbf{w}) \rangle_q - S(q)$ [where $S(q) = -\int d\mathbf{x} q(\mathbf{x}) \ln q(\mathbf{x})$ "
        r"is the entropy of $q$] and the Helmholtz free energy $F_{\mathbf{w}}$ of $p$.",
        line("the Gibbs free energy", Identity(G, MEAN_ENERGY - S, among(G, S)), G, S),
        line("the entropy", Identity(S, -Sigma(q[x] * sp.log(q[x]), (x, 1, n)), among(S)), S),
        line("the difference", Identity(D, G - F, among(D, G, F)), D, G, F),
    ),
    PAPER.claim(
        "6.2e",
        r"such an approximation can be derived by fixing $\mathbf{w}$ and equivalently minimizing with respect to $q$ "
        r"either the KL divergence $D_{\text{KL}}(q \| p)$ or the Gibbs free energy $G_{\mathbf{w}}(q)$.",
        line("their difference does not depend on q", Identity(D - G, -F, among(D, G, F)), D, G, F),
        line(
            "the least Gibbs free energy is that of Helmholtz",
            Inequality(G, F, among(G, F), relation=">="),
            G,
            F,
        ),
    ),
)
