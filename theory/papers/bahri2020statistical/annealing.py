"""Section 6.4.1, equations (15) and (16): the Jarzynski equality and annealed importance sampling."""

from __future__ import annotations

import sympy as sp

from theory.models import driven_chain as chain
from theory.papers.bahri2020statistical.letters import PAPER, K, R, T, U, paths, t
from theory.papers.writing import line
from theory.statements import Identity

RATIO = chain.partition_function(T) / chain.partition_function(0)
ENDS = sp.exp(-U[T, paths[T]]) / sp.exp(-U[0, paths[0]])
KERNELS = chain.steps_product(R[t - 1, paths[t], paths[t - 1]] / K[t - 1, paths[t - 1], paths[t]])
DELTA_F = chain.free_energy_difference()
DELTA_F_NAME = chain.free_energy_difference_name

ANNEALING = (
    PAPER.equation(
        15,
        "6.4.1",
        r"\exp(-\Delta F) = \langle \exp(-W) \rangle,",
        line(
            "any number of states and steps, kernels that leave the equilibrium of their own time invariant",
            Identity(
                sp.exp(-DELTA_F_NAME),
                chain.over_paths(chain.forward_law() * sp.exp(-chain.work())),
                chain.invariant().extended({DELTA_F_NAME: sp.S.Reals}),
            ),
            DELTA_F_NAME,
            note="The paths start in equilibrium and need not end there.",
        ),
        conventions=(
            "Work and energies are in units of $kT$; time is in steps.",
            r"Trajectories are those of $p_f$ below (16): the first state is drawn from $p[\mathbf{x}^0; \lambda(0)]$.",
        ),
    ),
    PAPER.equation(
        16,
        "6.4.1",
        r"\frac{Z^T}{Z^0} = \frac{Z^T}{Z^0} \int d\mathbf{x}^{0\dots T} p_f(\mathbf{x}^{0\dots T}) "
        r"\frac{p_r(\mathbf{x}^{0\dots T})}{p_f(\mathbf{x}^{0\dots T})} = \left\langle "
        r"\frac{e^{-E(\mathbf{x}^T; \lambda(T))}}{e^{-E(\mathbf{x}^0; \lambda(0))}} \prod_{t=1}^T "
        r"\frac{p_r[\mathbf{x}^{t-1} | \mathbf{x}^t; \lambda(t-1)]}"
        r"{p_f[\mathbf{x}^t | \mathbf{x}^{t-1}; \lambda(t-1)]} "
        r"\right\rangle p_f,",
        line(
            "first form, for any kernels that give every path a chance",
            Identity(
                RATIO,
                RATIO * chain.over_paths(chain.forward_law() * (chain.reverse_law() / chain.forward_law())),
                chain.unrelated(),
            ),
        ),
        line(
            "second form",
            Identity(RATIO, chain.over_paths(chain.forward_law() * ENDS * KERNELS), chain.unrelated()),
        ),
        conventions=(
            r"$p_f(\mathbf{x}^{0\dots T}) = p[\mathbf{x}^0; \lambda(0)] \prod_{t=1}^T p_f[\mathbf{x}^t | "
            r"\mathbf{x}^{t-1}; \lambda(t-1)]$ and $p_r(\mathbf{x}^{0\dots T}) = p[\mathbf{x}^T; \lambda(T)] "
            r"\prod_{t=1}^T p_r[\mathbf{x}^{t-1} | \mathbf{x}^t; \lambda(t-1)]$.",
            r"The last bracket is a mean over $p_f$, which stands as its index.",
        ),
        damage="The index of the last bracket stands beside it in the text; that it is an index is plain.",
    ),
)
