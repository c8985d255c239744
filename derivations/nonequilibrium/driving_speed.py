"""Infinitely fast and infinitely slow protocols: relative entropies of the equilibria before and after each step.

Zwanzig (1954); Crooks (2007), Measuring thermodynamic length.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.derivation import Derivation, Reference
from derivations.nonequilibrium.densities_on_a_line import relative_entropy
from derivations.rules.protocol_limits import (
    back_is_positive,
    both_orders,
    equal_steps,
    free_energy_perturbation,
    half_and_half,
    independent_weights,
    many_steps,
    more_steps_vary_less,
    one_of_many,
    orders_differ_little,
    slow_bound,
    small_step,
    spent_in_all,
    sudden_dissipation,
)
from derivations.rules.work_cumulants import gaussian_spread
from theory.domain import Domain
from theory.models import boltzmann_law as laws
from theory.models import work_laws as model

IDENTIFIER = "fast-and-slow-driving"
TITLE = "Sudden changes and slow protocols: what is dissipated"
PAPER = "bahri2020statistical"
SERVES = (f"{PAPER}:claim:6.4.1d",)
REFERENCES = (
    Reference(
        key="zwanzig1954high",
        citation="R. W. Zwanzig, High-temperature equation of state by a perturbation method, Journal of Chemical "
        "Physics 22, 1420 (1954)",
    ),
    Reference(
        key="crooks2007measuring",
        citation="G. E. Crooks, Measuring thermodynamic length, Physical Review Letters 99, 100602 (2007)",
    ),
)

lam, delta, T, t = model.control, model.step, model.n_steps, model.time
STATES = (model.state, 1, model.n_paths)
STEPS = (t, 1, T)
ENDS = (lam, lam + delta)
DOMAIN, PROTOCOL = model.control_domain(), model.protocol_domain()
D, B, m = model.spent, model.back, model.slopes
h, v, kappa = model.shift, model.width, model.stiffening
EXACT = Domain(
    {
        T: sp.Range(1, sp.oo),
        **dict.fromkeys((h, v, kappa), (0, sp.oo)),
        **dict.fromkeys((laws.place, model.mean), sp.S.Reals),
    }
)
ORIGIN = {laws.data_mean: sp.S.Zero, laws.model_variance: v}
TRAPS: dict[str, dict[Any, Any]] = {
    "dragged trap": {**ORIGIN, laws.model_mean: h / T, laws.data_variance: v},
    "stiffened trap": {**ORIGIN, laws.model_mean: sp.S.Zero, laws.data_variance: v * kappa ** (1 / T)},
}
"""The law before a step and that after it."""


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="The energy E(x) + lambda phi(x) of any number of states is linear in the control parameter. A "
        "step changes lambda while nothing moves; then the system comes to equilibrium, or, in a sudden change, "
        "never does.",
        references=REFERENCES,
        conventions=(
            "Energies and works are in units of $k_B T$.",
            "$D_t$ is the relative entropy of the equilibrium before step t from that after it, $B_t$ that in the "
            "other order, $m_t$ the mean of phi after it; the T steps are equal, and lambda moves by 1 in all.",
        ),
    )
    _one_step(d)
    _all_steps(d)
    _traps(d)
    return d


def _one_step(d: Derivation) -> None:
    common: dict[str, Any] = {"ends": ENDS, "law": model.equilibrium, "states": STATES, "domain": DOMAIN}
    jump: dict[str, Any] = {"trace": model.partition_function, "work": delta * model.features[model.state], **common}
    change = d.apply(free_energy_perturbation, name="free energy perturbation", **jump)
    spent = d.apply(sudden_dissipation, because=(change,), name="sudden change", **jump)
    both = d.apply(both_orders, spent, slope=model.mean_feature, name="both orders", **common)
    d.apply(back_is_positive, because=(both,), name="other order", **common)
    moments = (model.mean_feature(lam), model.mean_feature(lam, 2))
    d.apply(small_step, spent, moments=moments, step=delta, domain=DOMAIN, name="small step")
    d.apply(orders_differ_little, spent, because=(both,), step=delta, name="both orders of a small step", **common)


def _all_steps(d: Derivation) -> None:
    common: dict[str, Any] = {"steps": STEPS, "domain": PROTOCOL}
    total = d.apply(
        spent_in_all, spent=D[t], back=B[t], slopes=m, because=(d["both orders"],), name="sum over the steps", **common
    )
    d.apply(slow_bound, total, back=B[t], because=(d["other order"],), name="bound on slow driving", **common)
    d.apply(
        half_and_half, total, spent=D[t], back=B[t], slopes=m, because=(d["both orders of a small step"],),
        name="leading order of slow driving", **common,
    )  # fmt: skip


def _traps(d: Derivation) -> None:
    """Harmonic traps, each step of which is the same; with one step of the dragged one as importance sampling."""
    *_, divergence = relative_entropy(d, "the density before a step", "the density after it")
    total = divergence
    for name, at in TRAPS.items():
        each = d.apply(one_of_many, divergence, at=at, domain=EXACT, name=f"a step of the {name}")
        total = d.apply(equal_steps, each, steps=STEPS, domain=EXACT, name=name)
    d.apply(many_steps, total, n_steps=T, domain=EXACT, name="slow stiffened trap")
    law = (model.deviation, model.variance)
    spread = d.apply(
        gaussian_spread, mean=model.mean, law=law, domain=model.gaussian_domain(), name="variance of Gaussian weights"
    )
    each = d.apply(
        one_of_many, spread, at={model.variance: (h / T) ** 2 / v}, domain=EXACT, name="weights of a step that drags"
    )
    spread = d.apply(
        independent_weights, each, steps=STEPS, domain=EXACT, name="variance of the weights of all steps",
        defines=model.annealed_spread, serves=SERVES,
    )  # fmt: skip
    d.apply(
        more_steps_vary_less, spread, n_steps=T, domain=EXACT, name="annealing against importance sampling",
        defines=model.importance_spread, serves=SERVES,
    )  # fmt: skip
