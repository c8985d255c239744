"""Claims of section 6.4: annealed importance sampling and work, and diffusion as a generative model."""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.models import driven_chain as chain
from theory.models import work_laws as work
from theory.papers.bahri2020statistical.annealing import DELTA_F, ENDS, KERNELS, RATIO
from theory.papers.bahri2020statistical.letters import PAPER, K, R, T, U, a, b, every_path, paths, t
from theory.papers.writing import line
from theory.statements import Identity, Inequality, LimitStatement
from theory.sums import Sigma
from theory.symbols import family

f = chain.observable
STEP = {t: sp.Range(1, T + 1), a: sp.Range(1, chain.n_states + 1), b: sp.Range(1, chain.n_states + 1)}
WORKS = work.paths_domain()
MEAN_WORK = work.over_paths(work.forward[work.path] * work.work[work.path])
MEAN_WEIGHT = work.exponential_mean()
SPREADS = (work.annealed_spread, work.importance_spread)

i, j = sp.symbols("i j", integer=True)
steps = sp.Symbol("t", positive=True)
covariance, noise, variance = family("C", real=True), sp.Symbol("D", positive=True), sp.Symbol("s", positive=True)
PIXELS = Domain(
    {i: sp.Range(1, sp.oo), j: sp.Range(1, sp.oo), covariance: sp.S.Reals, noise: (0, sp.oo), steps: (0, sp.oo)}
)
SPREADING = Domain({variance: (0, sp.oo), noise: (0, sp.oo), steps: (0, sp.oo)})
data, forward, weights = family("q", real=True), family("k", real=True), family("J", positive=True)
x, y, z, n = *sp.symbols("x y z", integer=True), sp.Symbol("n", integer=True, positive=True)


def gaussian_entropy(of: Any) -> Any:
    """Of one variable with this variance."""
    return sp.log(2 * sp.pi * sp.E * of) / 2


def diffused(state: Any) -> Any:
    """The law of a state after one step."""
    return Sigma(data[z] * forward[z, state], (z, 1, n))


def chains() -> Domain:
    """Any law of data and any kernel of one step."""
    rows = sp.Eq(forward[x, y], weights[x, y] / Sigma(weights[x, z], (z, 1, n)))
    states = {x: sp.Range(1, n + 1), n: sp.Range(1, sp.oo)}
    return Domain({**states, data: (0, sp.oo), forward: (0, sp.oo), weights: (0, sp.oo)}, [rows])


ANNEALING_CLAIMS = (
    PAPER.claim(
        "6.4.1a",
        "the Jarzynski equality (JE) is a special case of annealed importance sampling (AIS) from machine learning.",
        line(
            "in balance each weight of (16) is exp(-W), path by path",
            Identity(ENDS * KERNELS, sp.exp(-chain.work()), every_path(chain.balanced())),
        ),
        line("and the ratio is that of the free energies", Identity(RATIO, sp.exp(-DELTA_F), chain.driven())),
    ),
    PAPER.claim(
        "6.4.1b",
        "Remarkably, the JE replaces the inequality in the second law of thermodynamics with an equality",
        line(
            "the second law: the mean work is at least the change of the free energy that (15) gives",
            Inequality(MEAN_WORK, -sp.log(MEAN_WEIGHT), WORKS, relation=">="),
        ),
        line(
            "what is missing is the relative entropy of the laws of the paths",
            Identity(
                MEAN_WORK + sp.log(MEAN_WEIGHT),
                work.dissipation_name,
                WORKS.extended({work.dissipation_name: sp.S.Reals}),
            ),
            work.dissipation_name,
        ),
    ),
    PAPER.claim(
        "6.4.1c",
        "AIS (185) and extensions (186, 187) are a generalization of importance sampling (IS), and allow an unbiased "
        "expectation to be computed over an intractable distribution by reweighting samples from a tractable "
        "distribution.",
        line(
            "weighted last states have the wanted law, times the ratio of the normalizers",
            Identity(
                chain.over_paths(f[paths[T]] * chain.forward_law() * sp.exp(-chain.work())),
                Sigma(f[chain.c] * sp.exp(-U[T, chain.c]), (chain.c, 1, chain.n_states)) / chain.partition_function(0),
                chain.invariant().extended({f: sp.S.Reals}),
            ),
            note="Without bias where the ratio is known, or where it is what is asked for; divided by the mean weight "
            "of the same samples an estimate has a bias that falls with their number.",
        ),
    ),
    PAPER.claim(
        "6.4.1d",
        "In AIS, forward and reverse Markov chains are constructed bridging between the two distributions, allowing "
        "for a lower variance estimator than that provided by IS.",
        line(
            "two Gaussian laws at any distance, with chains that come to equilibrium in each step: any number of steps "
            "from two on",
            Inequality(
                *SPREADS,
                Domain({**dict.fromkeys(SPREADS, sp.S.Reals), work.n_steps: sp.Range(2, sp.oo)}),
                relation="<",
            ),
            *SPREADS,
            note="It allows for a lower variance, and grants none: chains that do not move give the weights of "
            "importance sampling.",
        ),
    ),
    PAPER.claim(
        "6.4.1e",
        "In AIS, it is most common to choose the Markov transitions in the forward and reverse chains to satisfy a "
        r"detailed balance condition such that $\frac{p_r[\mathbf{x}^{t-1} | \mathbf{x}^t; \lambda(t-1)]}"
        r"{p_f[\mathbf{x}^t | \mathbf{x}^{t-1}; \lambda(t-1)]} = \exp \{E[\mathbf{x}^t; \lambda(t-1)] - "
        r"E[\mathbf{x}^{t-1}; \lambda(t-1)]\}$.",
        line(
            "kernels in balance with each other",
            Identity(
                R[t - 1, b, a] / K[t - 1, a, b],
                sp.exp(U[t - 1, b] - U[t - 1, a]),
                chain.balanced().extended(STEP),
            ),
        ),
    ),
    PAPER.claim(
        "6.4.1f",
        r"If we further identify $\Delta W^t = E[\mathbf{x}^t; \lambda(t)] - E[\mathbf{x}^t; \lambda(t-1)]$ as the "
        r"work done in time step $t$ and $W = \sum_{t=1}^T \Delta W^t$ as the total work, and note that "
        r"$\frac{Z^T}{Z^0} = \exp(-\Delta F)$, then we can see that the independently "
        "discovered equalities in Equations 15 and 16 become equivalent.",
        line(
            "the weights of (16) with the detailed balance of the paper are those of (15), path by path",
            Identity(
                ENDS * chain.steps_product(sp.exp(U[t - 1, paths[t]] - U[t - 1, paths[t - 1]])),
                sp.exp(-Sigma(U[t, paths[t]] - U[t - 1, paths[t]], (t, 1, T))),
                every_path(chain.driven()),
            ),
        ),
        line("the ratio of the normalizers", Identity(RATIO, sp.exp(-DELTA_F), chain.driven())),
    ),
)

DIFFUSION_CLAIMS = (
    PAPER.claim(
        "6.4.2a",
        "diffusion would correspond to each pixel intensity undergoing an independent unbiased random walk, which "
        "gradually turns any structured image into a white noise image.",
        line(
            "any covariance of the pixels of the data, in units of the variance of the walk after many steps",
            LimitStatement(
                (covariance[i, j] + noise * steps * sp.KroneckerDelta(i, j)) / (noise * steps),
                sp.KroneckerDelta(i, j),
                PIXELS,
                variable=steps,
                point=sp.oo,
            ),
            note="Relative to its own spread, which grows without bound: the walk has no equilibrium.",
        ),
    ),
    PAPER.claim(
        "6.4.2b",
        "this irreversible, entropy producing diffusive process.",
        line(
            "one pixel with a Gaussian law: its entropy grows with every step of the walk",
            Inequality(gaussian_entropy(variance + noise * steps), gaussian_entropy(variance), SPREADING, relation=">"),
            note="For other laws of the data it is not judged, nor whether a network learns to run it backwards.",
        ),
    ),
    PAPER.claim(
        "6.4.2c",
        "In this generative model, one just samples from the simple distribution $p(\\mathbf{x}^T)$, and then "
        r"repeatedly applies successive reverse transitions $p_r(\mathbf{x}^t | \mathbf{x}^{t+1})$ to arrive at an "
        r"approximation of the original data distribution $q(\mathbf{x}^0)$.",
        line(
            "a step back by the kernel that Bayes' rule gives undoes a step, for any law and any kernel",
            Identity(
                Sigma(diffused(y) * (data[x] * forward[x, y] / diffused(y)), (y, 1, n)),
                data[x],
                chains(),
            ),
            note="What is learned approximates that kernel, and the simple law approximates the last one.",
        ),
    ),
)
