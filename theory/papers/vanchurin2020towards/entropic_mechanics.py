"""Section 11, equations (11.1) to (11.9): from entropy production to a Schroedinger equation."""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.models import entropic as model
from theory.models.entropic import ONE
from theory.papers.vanchurin2020towards.divergences import ANY_PARAMETER, over_time
from theory.papers.vanchurin2020towards.letters import PAPER
from theory.papers.writing import line
from theory.records import Reading
from theory.statements import Definition, Identity, Stationarity
from theory.sums import Sigma

D, t, (Q,) = model.diffusion, model.time, ONE.coordinates
p, theta, F = ONE.density, ONE.phase, ONE.free_energy
root = sp.sqrt(p)
Psi, Psi_bar = ONE.wave
wave, conjugate = ONE.polar_wave
CONSTRAINTS = 4 * sp.Derivative(theta, t)
"""The sum over constraints of the rate of each multiplier times the constraint: four times the rate of the phase."""
ANY_CONSTRAINTS = "Any number of constraints: their sum is four times the rate of the phase theta of (11.8)."
DIFFUSING = "p obeys (11.5)."
MULTIPLIERS = model.constraint_domain()


def summed(*factors: Any) -> Any:
    """A sum over all constraints."""
    return Sigma(sp.Mul(*factors), model.CONSTRAINTS)


k = model.place
BOUNDARY = "p vanishes at the boundaries of integration."
FIXED = "At a fixed temperature T, between equilibria of one total free energy F; A = U - T S_0 = F + T C."
T, path = sp.Symbol("T", positive=True), sp.Symbol("s", real=True)
total, U, S_0, C = sp.Symbol("F", real=True), *(sp.Function(name, real=True)(path) for name in ("U", "S_0", "C"))
CHANGES = Domain({T: (0, sp.oo), path: sp.S.Reals, total: sp.S.Reals})

ENTROPIC_MECHANICS = (
    PAPER.equation(
        "11.1",
        "11",
        r"dA = dU - TdS_0 = TdC.",
        line(
            "first equality",
            Identity(
                sp.Derivative(U - T * S_0, path),
                sp.Derivative(U, path) - T * sp.Derivative(S_0, path),
                CHANGES.restricted(T * path),
            ),
        ),
        line(
            "second equality",
            Identity(sp.Derivative(total + T * C, path), T * sp.Derivative(C, path), CHANGES),
        ),
        conventions=("By the first law of learning (7.11).", FIXED),
    ),
    PAPER.equation(
        "11.2",
        "11",
        r"\frac{dQ_k}{d\beta} = \alpha \frac{\partial F}{\partial Q_k} \sim 0",
        line(
            "the rate that is to be small",
            Definition(model.equilibrium_slope, model.learning_strength * sp.Derivative(F, Q)),
            relation="definition",
            note="That it is close to zero says what an equilibrium is.",
        ),
        conventions=("At an equilibrium.", ANY_PARAMETER),
    ),
    PAPER.equation(
        "11.3",
        "11",
        r"\Theta_{\tilde{k}}(\mathbf{Q}) = 0",
        line(
            "on the manifold",
            Definition(model.constraint_on_manifold, sp.S.Zero),
            relation="definition",
            note="The equilibrium manifold is where all constraints vanish.",
        ),
    ),
    PAPER.equation(
        "11.4",
        "11",
        r"\int d^K Q \ p(t, \mathbf{Q}) \Theta_{\tilde{k}}(\mathbf{Q}) = 0.",
        line(
            "the mean that vanishes",
            Definition(model.constraint_mean, sp.Integral(p * ONE.local_constraint, (Q, -sp.oo, sp.oo))),
            relation="definition",
            note="That it vanishes is what is insisted on.",
        ),
        line(
            "a mean that vanishes once vanishes while p diffuses by (11.5)",
            over_time(model.constraint_drift, sp.S.Zero, model.constraint_drift),
            model.constraint_drift,
            readings=(
                Reading(
                    kind="condition",
                    text="if the mean of the Laplacian of the constraint vanishes: the mean of the constraint drifts "
                    "by D / 2 times it",
                    statement=over_time(
                        model.constraint_drift, D / 2 * p * ONE.laplacian(ONE.local_constraint), model.constraint_drift
                    ),
                ),
            ),
        ),
        conventions=("At all times, with (11.5).", ANY_PARAMETER),
    ),
    PAPER.equation(
        "11.5",
        "11",
        r"\frac{\partial p(t, \mathbf{Q})}{\partial t} = \frac{D}{2} \sum_{k} \frac{\partial^{2} p(t, "
        r"\mathbf{Q})}{\partial Q_{k}^{2}} = \frac{D}{2} \Delta p(t, \mathbf{Q})",
        line("diffusion", Definition(model.diffusion_rate, D / 2 * ONE.laplacian(p)), relation="definition"),
        conventions=(
            ANY_PARAMETER,
            "The coefficient D depends neither on time nor on Q.",
        ),
    ),
    PAPER.equation(
        "11.6",
        "11",
        r"S(p, \mathbf{\Phi}) = -\int_{0}^{T} dt \frac{d}{dt} \int d^{K}Q \ p(t, \mathbf{Q}) \log(p(t, \mathbf{Q})) + "
        r"\int_{0}^{T} dt \int d^{K}Q \sum_{\tilde{k}} \frac{d\Phi_{\tilde{k}}(t)}{dt} \Theta_{\tilde{k}}(\mathbf{Q}) "
        r"p(t, \mathbf{Q}) = \int_{0}^{T} dt \int d^{K}Q \ \left( -\log(p(t, \mathbf{Q})) \frac{D}{2} \sum_{k} "
        r"\frac{\partial^{2}p(t, \mathbf{Q})}{\partial Q_{k}^{2}} + \sum_{\tilde{k}} \frac{d\Phi_{\tilde{k}}(t)}{dt} "
        r"\Theta_{\tilde{k}}(\mathbf{Q}) p(t, \mathbf{Q}) \right).",
        line(
            "second line from the first",
            over_time(
                model.diffusion_entropy_rate + CONSTRAINTS * p,
                -sp.log(p) * D / 2 * ONE.laplacian(p) + CONSTRAINTS * p,
                model.diffusion_entropy_rate,
            ),
            model.diffusion_entropy_rate,
            note="With (11.5) put in. For a p that varies freely the first line has a total time derivative instead.",
        ),
        conventions=(DIFFUSING, ANY_PARAMETER, ANY_CONSTRAINTS),
    ),
    PAPER.equation(
        "11.7",
        "11",
        r"S(p, \mathbf{\Phi}) = \int_{0}^{T} dt \int d^{K}Q \left( 2D \sum_{k} \left( \frac{\partial \sqrt{p(t, "
        r"\mathbf{Q})}}{\partial Q_{k}} \right)^{2} + \sum_{\tilde{k}} \frac{d\Phi_{\tilde{k}}(t)}{dt} "
        r"\Theta_{\tilde{k}}(\mathbf{Q}) p(t, \mathbf{Q}) \right) = \int_{0}^{T} dt \int d^{K}Q \sqrt{p(t, "
        r"\mathbf{Q})} \left( -2D \sum_{k} \frac{\partial^{2}}{\partial Q_{k}^{2}} + \sum_{\tilde{k}} "
        r"\frac{d\Phi_{\tilde{k}}(t)}{dt} \Theta_{\tilde{k}}(\mathbf{Q}) \right) \sqrt{p(t, \mathbf{Q})} = -4 "
        r"\int_{0}^{T} dt \int d^{K}Q \Psi^{*}(t, \mathbf{Q}) \left( \frac{D}{2} \Delta + i \frac{d}{dt} \right) "
        r"\Psi(t, \mathbf{Q})",
        line(
            "first line from (11.6)",
            over_time(
                model.action_density,
                2 * D * sp.Derivative(root, Q) ** 2 + CONSTRAINTS * p,
                model.action_density,
            ),
            model.action_density,
        ),
        line(
            "second line from (11.6)",
            over_time(
                model.action_density,
                root * (-2 * D * ONE.laplacian(root) + CONSTRAINTS * root),
                model.action_density,
            ),
            model.action_density,
        ),
        line(
            "the constraints by the phase",
            Identity(
                4 * model.superposed_rate,
                summed(model.multiplier_rates[k], model.constraint_values[k]),
                MULTIPLIERS.extended({model.superposed_rate: sp.S.Reals}),
            ),
            model.superposed_rate,
        ),
        line(
            "third line from the second, without the phase energy Delta",
            over_time(
                model.amplitude_action,
                -4 * conjugate * (D / 2 * ONE.laplacian(wave) + sp.I * sp.Derivative(wave, t)),
                model.amplitude_action,
            ),
            model.phase_energy,
            model.amplitude_action,
            model.phase_action,
        ),
        conventions=(BOUNDARY, ANY_PARAMETER, ANY_CONSTRAINTS),
    ),
    PAPER.equation(
        "11.8",
        "11",
        r"\Psi(t, \mathbf{Q}) \equiv \sqrt{p(t, \mathbf{Q})} \exp \left( i \frac{1}{4} \sum_{\tilde{k}} "
        r"\Theta_{\tilde{k}}(\mathbf{Q}) \Phi_{\tilde{k}}(t) \right).",
        line("modulus and phase", Definition(model.wave_value, root * sp.exp(sp.I * theta)), relation="definition"),
        line(
            "the phase",
            Definition(model.superposed_phase, summed(model.constraint_values[k], model.multipliers[k]) / 4),
            relation="definition",
        ),
    ),
    PAPER.equation(
        "11.9",
        "11",
        r"-i\frac{d}{dt}\Psi(t,\mathbf{Q}) = \frac{D}{2}\Delta\Psi(t,\mathbf{Q})",
        line(
            "where the third line of (11.7) is stationary",
            Stationarity(
                sp.Integral(
                    -4 * Psi_bar * (D / 2 * ONE.laplacian(Psi) + sp.I * sp.Derivative(Psi, t)),
                    (t, -sp.oo, sp.oo),
                    (Q, -sp.oo, sp.oo),
                ),
                Domain({D: (0, sp.oo)}),
                variables=(Psi_bar,),
                at={sp.Derivative(Psi, t): D / 2 * ONE.laplacian(Psi) / -sp.I},
            ),
            note="For a wave function and a conjugate that vary freely. Varying the multipliers of given constraints "
            "gives the imaginary part against each constraint only, integrated over the parameters.",
        ),
        conventions=("Upon varying (11.7).", ANY_PARAMETER),
    ),
)
