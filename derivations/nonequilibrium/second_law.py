"""The second law with its gap, the variance of the weights, and work near equilibrium.

Jarzynski (1997); Crooks (2000); Kawai, Parrondo and Van den Broeck (2007); Hermans (1991).
"""

from __future__ import annotations

import sympy as sp

from derivations.engine.derivation import Derivation, Reference
from derivations.rules.dissipated_work import (
    mean_dissipation,
    not_negative,
    relative_variance,
    reweighted,
    second_law,
    variance_bound,
    work_of_a_path,
)
from derivations.rules.work_cumulants import cumulants_of_work, gaussian_crooks, gaussian_spread, gaussian_work
from theory.models import work_laws as model
from theory.statements import Definition

IDENTIFIER = "second-law"
TITLE = "The second law with its gap, the variance of the weights, and work near equilibrium"
PAPER = "bahri2020statistical"
SERVES = (f"{PAPER}:claim:6.4.1b",)
REFERENCES = (
    Reference(
        key="kawai2007dissipation",
        citation="R. Kawai, J. M. R. Parrondo, C. Van den Broeck, Dissipation: the phase-space perspective, Physical "
        "Review Letters 98, 080602 (2007)",
    ),
    Reference(
        key="crooks2000path",
        citation="G. E. Crooks, Path-ensemble averages in systems driven far from equilibrium, Physical Review E 61, "
        "2361 (2000)",
    ),
    Reference(
        key="hermans1991simple",
        citation="J. Hermans, Simple analysis of noise and hysteresis in (slow-growth) free energy simulations, "
        "Journal of Physical Chemistry 95, 9029 (1991)",
    ),
)

w, W, p_f, p_r = model.path, model.work, model.forward, model.reverse
LAWS = (p_f[w], p_r[w])
PATHS = (w, 1, model.n_paths)
DOMAIN = model.paths_domain()
FREE = -sp.log(model.exponential_mean())
FORWARD = model.over_paths(p_f[w] * W[w]) - FREE
BACKWARD = FREE - model.over_paths(p_r[w] * W[w])


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="A system that starts in equilibrium is driven. The laws of its paths and of the paths of the "
        "reverse process are related by the work, path by path (Crooks). What follows holds for any number of paths, "
        "any law of the forward ones, and any works.",
        references=REFERENCES,
        conventions=(
            "Work and free energies are in units of $k_B T$, but where $\\beta$ is written.",
            "The dissipated work is the mean work less the change of the free energy.",
        ),
    )
    _second_law(d)
    _weights(d)
    _near_equilibrium(d)
    return d


def _second_law(d: Derivation) -> None:
    d.define(
        Definition(model.free_energy_name, FREE), name="free energy difference",
        reason="By the mean of the exponential of the work (Jarzynski).",
    )  # fmt: skip
    crooks = d.apply(work_of_a_path, laws=LAWS, work=W[w], free=FREE, paths=PATHS, domain=DOMAIN, name="work of a path")
    for name, defines, law, ratio, spent, laws in (
        ("dissipated work", model.dissipation_name, p_f[w], p_f[w] / p_r[w], FORWARD, LAWS),
        ("dissipated work of the reverse process", model.reverse_dissipation_name, p_r[w], p_r[w] / p_f[w], BACKWARD,
         LAWS[::-1]),
    ):  # fmt: skip
        mean = d.apply(
            mean_dissipation, because=(crooks,), law=law, ratio=ratio, dissipated=spent, paths=PATHS, domain=DOMAIN,
            name=name, defines=defines, serves=SERVES,
        )  # fmt: skip
        bound = d.apply(second_law, mean, laws=laws, paths=PATHS, domain=DOMAIN, name=f"gap of the {name}")
        if law == p_f[w]:
            d.apply(not_negative, mean, because=(bound,), domain=DOMAIN, name="second law", serves=SERVES)


def _weights(d: Derivation) -> None:
    crooks, backward = d["work of a path"], d["dissipated work of the reverse process"]
    d.apply(
        reweighted, because=(crooks,), laws=LAWS, work=W[w], observable=model.observable[w], free=FREE, paths=PATHS,
        domain=DOMAIN, name="weighted means have no bias",
    )  # fmt: skip
    variance = d.apply(
        relative_variance, because=(crooks,), laws=LAWS, work=W[w], paths=PATHS, domain=DOMAIN,
        name="variance of the weights", defines=model.spread_name,
    )  # fmt: skip
    d.apply(variance_bound, variance, backward, domain=DOMAIN, name="variance and dissipation")


def _near_equilibrium(d: Derivation) -> None:
    beta, mu, z, s = model.inverse_temperature, model.mean, model.deviation, model.variance
    domain, gaussian = DOMAIN.extended({beta: (0, 1)}), model.gaussian_domain()
    for order, name in ((3, "near equilibrium"), (4, "third cumulant")):
        d.apply(
            cumulants_of_work, law=p_f[w], work=W[w], paths=PATHS, inverse_temperature=beta, order=order,
            domain=domain, name=name,
        )  # fmt: skip
    law = (z, s)
    spent = d.apply(
        gaussian_work, mean=mu, law=law, inverse_temperature=beta, domain=gaussian, name="dissipation of Gaussian work"
    )
    d.apply(
        gaussian_crooks, spent, value=model.value, mean=mu, variance=s, beta=beta, domain=gaussian,
        name="Crooks' relation for Gaussian work",
    )  # fmt: skip
    d.apply(gaussian_spread, mean=mu, law=law, domain=gaussian, name="variance of Gaussian weights")
