"""Learning a Boltzmann law: log-likelihood, free energies and relative entropy.

Bahri et al. (2020), sections 6.1 and 6.2, equations (12) to (14).
"""

from __future__ import annotations

import sympy as sp

from derivations.engine.derivation import Derivation, Reference
from derivations.nonequilibrium.densities_on_a_line import data_set, on_a_line
from derivations.rules.boltzmann_law import (
    at_equal_laws,
    gibbs_inequality,
    logarithm_of_law,
    mean_over_data,
    relative_entropy,
    vanishing_probability,
    variational_bound,
)
from derivations.rules.likelihood_slopes import concave_where_linear, curvature, gradient
from theory.domain import Domain
from theory.models import boltzmann_law as model
from theory.statements import Definition

IDENTIFIER = "boltzmann-learning"
TITLE = "Learning a Boltzmann law: likelihood, free energies and relative entropy"
PAPER = "bahri2020statistical"
SERVES = tuple(f"{PAPER}:{n}" for n in ("12", "13", "14", *(f"claim:6.2{letter}" for letter in "abcde")))
REFERENCES = (
    Reference(
        key=PAPER,
        citation="Y. Bahri, J. Kadmon, J. Pennington, S. S. Schoenholz, J. Sohl-Dickstein, S. Ganguli, Statistical "
        "mechanics of deep learning, Annual Review of Condensed Matter Physics 11, 501 (2020)",
    ),
    Reference(
        key="cover2006elements",
        citation="T. M. Cover, J. A. Thomas, Elements of information theory, 2nd edition (2006), chapter 2",
    ),
)

x, q, p, E, Z, r = model.x, model.data_law, model.model_law, model.energies, model.partition_function, model.weights
w, n = model.parameter, model.n_states
STATES = (x, 1, n)
LAWS = model.states_domain()
scale = sp.Symbol("c", positive=True)
u, v = sp.symbols("u v", positive=True)
PROBABILITIES = Domain({u: (0, 1), v: (0, 1)})
TERM = u * sp.log(u / v)
HELMHOLTZ = -sp.log(Z)


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="A model gives each state x the probability p(x) = exp(-E(x)) / Z. The data have a law q. "
        "All of it holds for any number of states and any energies; then for densities on a line, where a finite set "
        "of data shows what has no limit.",
        references=REFERENCES,
        conventions=(
            "Energies and free energies are in units of kT.",
            "The log-likelihood is a mean over the data, not a sum.",
            "Sums over states stand for integrals over densities.",
        ),
    )
    _on_states(d)
    _slopes(d)
    on_a_line(d)
    data_set(d)
    return d


def _on_states(d: Derivation) -> None:
    data = d.define(
        Definition(q[x], model.LAW_OF_DATA),
        name="law of the data",
        reason="Any law with positive probabilities is written by positive weights.",
    )
    d.define(Definition(Z, model.TRACE), name="partition function", reason="It normalizes the Boltzmann law.")
    law = d.define(
        Definition(p[x], model.BOLTZMANN_LAW),
        name="Boltzmann law",
        reason="The law of the model. It needs a finite Z, which finitely many finite energies always have.",
        serves=_serving("12"),
    )
    d.define(Definition(model.helmholtz, HELMHOLTZ), name="Helmholtz free energy", reason="In units of kT.")
    d.define(Definition(model.entropy, model.ENTROPY), name="entropy", reason="Of the law of the data.")
    d.define(
        Definition(model.gibbs, model.over_states(q[x] * E[x]) - model.ENTROPY),
        name="Gibbs free energy",
        reason="The mean energy of the data less their entropy.",
    )
    d.define(
        Definition(model.log_likelihood, model.LIKELIHOOD),
        name="log-likelihood",
        reason="The mean over the data of the logarithm of the model's law.",
    )
    d.define(
        Definition(model.divergence, model.DIVERGENCE), name="relative entropy of two laws", reason="By definition."
    )
    logarithm = d.apply(logarithm_of_law, law, states=STATES, domain=LAWS, name="logarithm of the law")
    likelihood = d.apply(
        mean_over_data, logarithm, data, states=STATES, domain=LAWS, name="negative log-likelihood",
        serves=_serving("13", "claim:6.2a"),
    )  # fmt: skip
    divergence = d.apply(
        relative_entropy, likelihood, data, law, states=STATES, domain=LAWS,
        name="relative entropy", serves=_serving("14", "claim:6.2b", "claim:6.2d"),
    )  # fmt: skip
    inequality = d.apply(
        gibbs_inequality, divergence, data, law, states=STATES, domain=LAWS,
        name="Gibbs inequality", serves=_serving("claim:6.2c"),
    )  # fmt: skip
    equation = sp.Eq(r[x], scale * sp.exp(-E[x]))
    d.apply(
        at_equal_laws, divergence, equation=equation, sets={scale: (0, sp.oo)}, because=(inequality,),
        name="equality", serves=_serving("claim:6.2c"),
    )  # fmt: skip
    d.apply(
        variational_bound, inequality, divergence, helmholtz=HELMHOLTZ, name="variational principle",
        serves=_serving("claim:6.2e"),
    )  # fmt: skip
    d.apply(
        vanishing_probability, term=TERM, variable=u, domain=PROBABILITIES, name="a state that the data leave out",
        remark="So states without data add nothing, and all of it holds for laws that leave states out.",
    )  # fmt: skip
    d.apply(
        vanishing_probability, term=TERM, variable=v, domain=PROBABILITIES, name="a state that the model excludes",
        remark="The relative entropy is finite only if the model gives every state of the data a positive "
        "probability, as every finite energy does.",
    )  # fmt: skip


def _slopes(d: Derivation) -> None:
    """In a parameter on which the energies depend in any smooth way."""
    domain = model.parameter_domain()
    free = d.define(
        Definition(sp.Symbol("F_w", real=True), -sp.log(model.over_states(sp.exp(-model.energy(x, w))))),
        name="free energy at a parameter",
        reason="Each energy is any smooth function of the parameter.",
    )
    value = -model.over_states(model.LAW_OF_DATA * model.energy(x, w)) + free.result
    function = d.define(
        Definition(sp.Symbol("ell_w", real=True), value),
        name="log-likelihood at a parameter",
        reason="The negative log-likelihood with energies that depend on the parameter.",
    )
    d.apply(gradient, function, parameter=w, domain=domain, name="gradient of the log-likelihood")
    bend = d.apply(
        curvature, free, energy=model.energy(x, w), parameter=w, states=STATES, domain=domain,
        name="curvature of the free energy",
    )  # fmt: skip
    d.apply(
        concave_where_linear, bend, energy=model.energy(x, w), linear=E[x] + w * model.features[x], domain=domain,
        name="concave where the energy is linear",
    )  # fmt: skip


def _serving(*numbers: str) -> tuple[str, ...]:
    return tuple(f"{PAPER}:{number}" for number in numbers)
