"""Section 11, equations (11.1) to (11.9): from entropy production to a Schroedinger equation."""

from __future__ import annotations

from theory.papers.vanchurin2020towards.letters import PAPER

BOUNDARY = "p vanishes at the boundaries of integration."

ENTROPIC_MECHANICS = (
    PAPER.equation(
        "11.1",
        "11",
        r"dA = dU - TdS_0 = TdC.",
        conventions=("By the first law of learning (7.11).",),
    ),
    PAPER.equation(
        "11.2",
        "11",
        r"\frac{dQ_k}{d\beta} = \alpha \frac{\partial F}{\partial Q_k} \sim 0",
        conventions=("At an equilibrium.",),
    ),
    PAPER.equation("11.3", "11", r"\Theta_{\tilde{k}}(\mathbf{Q}) = 0"),
    PAPER.equation("11.4", "11", r"\int d^K Q \ p(t, \mathbf{Q}) \Theta_{\tilde{k}}(\mathbf{Q}) = 0."),
    PAPER.equation(
        "11.5",
        "11",
        r"\frac{\partial p(t, \mathbf{Q})}{\partial t} = \frac{D}{2} \sum_{k} \frac{\partial^{2} p(t, "
        r"\mathbf{Q})}{\partial Q_{k}^{2}} = \frac{D}{2} \Delta p(t, \mathbf{Q})",
        conventions=("The coefficient D depends neither on time nor on Q.",),
    ),
    PAPER.equation(
        "11.6",
        "11",
        r"S(p, \mathbf{\Phi}) = -\int_{0}^{T} dt \frac{d}{dt} \int d^{K}Q \ p(t, \mathbf{Q}) \log(p(t, \mathbf{Q})) + "
        r"\int_{0}^{T} dt \int d^{K}Q \sum_{\tilde{k}} \frac{d\Phi_{\tilde{k}}(t)}{dt} \Theta_{\tilde{k}}(\mathbf{Q}) "
        r"p(t, \mathbf{Q}) = \int_{0}^{T} dt \int d^{K}Q \ \left( -\log(p(t, \mathbf{Q})) \frac{D}{2} \sum_{k} "
        r"\frac{\partial^{2}p(t, \mathbf{Q})}{\partial Q_{k}^{2}} + \sum_{\tilde{k}} \frac{d\Phi_{\tilde{k}}(t)}{dt} "
        r"\Theta_{\tilde{k}}(\mathbf{Q}) p(t, \mathbf{Q}) \right).",
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
        conventions=(BOUNDARY,),
    ),
    PAPER.equation(
        "11.8",
        "11",
        r"\Psi(t, \mathbf{Q}) \equiv \sqrt{p(t, \mathbf{Q})} \exp \left( i \frac{1}{4} \sum_{\tilde{k}} "
        r"\Theta_{\tilde{k}}(\mathbf{Q}) \Phi_{\tilde{k}}(t) \right).",
    ),
    PAPER.equation(
        "11.9",
        "11",
        r"-i\frac{d}{dt}\Psi(t,\mathbf{Q}) = \frac{D}{2}\Delta\Psi(t,\mathbf{Q})",
        conventions=("Upon varying (11.7).",),
    ),
)
