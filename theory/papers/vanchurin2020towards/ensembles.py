"""Section 4, equations (4.1) to (4.10): ensembles of states, and the one of largest entropy."""

from __future__ import annotations

from theory.papers.vanchurin2020towards.letters import PAPER

ENSEMBLES = (
    PAPER.equation(
        "4.1",
        "4",
        r"U_0(\mathbf{b}, \hat{w}) \equiv \int d^{N_{\partial}} x_{\partial} \min_{(\hat{P}_{in} + "
        r"\hat{P}_{out})\mathbf{x} = \mathbf{x}_{\partial}} H(\mathbf{x}, \mathbf{b}, \hat{w}) "
        r"p_{\partial}(\mathbf{x}_{\partial})",
    ),
    PAPER.equation(
        "4.2",
        "4",
        r"p_0(\mathbf{x}) = p_{\partial}((\hat{P}_{in} + \hat{P}_{out})\mathbf{x})\delta(\bar{\mathbf{x}} - "
        r"\mathbf{x}),",
    ),
    PAPER.equation(
        "4.3", "4", r"U_0(\mathbf{b}, \hat{w}) = \int d^N x H(\mathbf{x}, \mathbf{b}, \hat{w}) p_0(\mathbf{x})."
    ),
    PAPER.equation(
        "4.4", "4", r"U(\mathbf{b}, \hat{w}) = \int d^N x H(\mathbf{x}, \mathbf{b}, \hat{w}) p(\mathbf{x})."
    ),
    PAPER.equation(
        "4.5",
        "4",
        r"S(p) \equiv -\int d^{N}x \ p(\mathbf{x}) \log p(\mathbf{x}) = -\langle \log p(\mathbf{x}) \rangle.",
    ),
    PAPER.equation(
        "4.6",
        "4",
        r"L(p, \beta, \nu) = S(p) + \beta \left( U(\mathbf{b}, \hat{w}) - \int d^N x \ p(\mathbf{x}) H(\mathbf{x}, "
        r"\mathbf{b}, \hat{w}) \right) + \nu \left( 1 - \int d^N x \ p(\mathbf{x}) \right), = \int d^N x \ "
        r"p(\mathbf{x}) \left( -\log p(\mathbf{x}) - \beta H(\mathbf{x}, \mathbf{b}, \hat{w}) - \nu \right) + \beta "
        r"U(\mathbf{b}, \hat{w}) + \nu",
    ),
    PAPER.equation(
        "4.7",
        "4",
        r"0 = \frac{\delta L(p, \beta, \nu)}{\delta p(\mathbf{x})} = -\beta H(\mathbf{x}, \mathbf{b}, \hat{w}) - \log "
        r"p(\mathbf{x}) - 1 - \nu",
    ),
    PAPER.equation(
        "4.8",
        "4",
        r"0 = \frac{\partial L(p, \beta, \nu)}{\partial \beta} = U(\mathbf{b}, \hat{w}) - \int d^N x \ p(\mathbf{x}) "
        r"H(\mathbf{x}, \mathbf{b}, \hat{w})",
    ),
    PAPER.equation(
        "4.9",
        "4",
        r"0 = \frac{\partial L(p, \beta, \nu)}{\partial \nu} = 1 - \int d^N x \ p(\mathbf{x}).",
    ),
    PAPER.equation(
        "4.10", "4", r"p(\mathbf{x}) = \exp\left(-\beta H(\mathbf{x}, \mathbf{b}, \hat{w}) - 1 - \nu\right)"
    ),
)
