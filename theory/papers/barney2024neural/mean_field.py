"""Section 2.2, equations (19) to (27): mean-field equations for one network."""

from __future__ import annotations

from theory.papers.barney2024neural.printed import equation

THOULESS_ANDERSON_PALMER = (
    equation(
        19,
        "2.2",
        r"F = -\frac{1}{2} \sum_{ij} J_{ij} m_i m_j - \frac{1}{4} \beta \sum_{ij} J_{ij}^2 (1 - m_i^2)(1 - m_j^2) + "
        r"\frac{1}{2} T \sum_i \left\{ (1 + m_i) \log \left[ \frac{1}{2} (1 + m_i) \right] + "
        r"(1 - m_i) \log \left[ \frac{1}{2} (1 - m_i) \right] \right\}",
    ),
    equation(
        20,
        "2.2",
        r"\tanh^{-1} m_i = \beta \sum_j J_{ij} m_j - \beta^2 \sum_j J_{ij}^2 (1 - m_j^2) m_i",
    ),
    equation(21, "2.2", r"m_i = \beta \sum_j J_{ij} m_j - \beta^2 \sum_j J_{ij}^2 m_i"),
    equation(22, "2.2", r"(I_N - M)\mathbf{m} = 0"),
    equation(23, "2.2", r"M_{ij} = \beta J_{ij} - \delta_{ij} \beta^2 \sum_{\ell} J_{i\ell}^2"),
    equation(
        24,
        "2.2",
        r"M = \beta \begin{pmatrix} R^{(0)} & J^{(1)} & 0 & \cdots & 0 \\ J^{(1)T} & R^{(1)} & J^{(2)} & \ddots & "
        r"\vdots \\ 0 & J^{(2)T} & R^{(2)} & \ddots & 0 \\ \vdots & \ddots & \ddots & \ddots & J^{(L)} \\ "
        r"0 & \cdots & 0 & J^{(L)T} & R^{(L)} \end{pmatrix}",
    ),
    equation(
        25,
        "2.2",
        r"R_{ij}^{(k)} = -\delta_{ij}\beta \begin{cases} \sum_{\ell=1}^{N_1} (J_{i\ell}^{(1)})^2, & k=0 \\ "
        r"\sum_{\ell=1}^{N_{k-1}} (J_{\ell\ell}^{(k)})^2 + \sum_{\ell=1}^{N_{k+1}} (J_{i\ell}^{(k+1)})^2, "
        r"& 1 \leq k \leq L-1 \\ \sum_{\ell=1}^{N_{L-1}} (J_{\ell\ell}^{(L)})^2, & k=L \end{cases}",
        transcription="doubtful",
        damage="Both factors J_{ll} are most likely J_{li} with a misread i: as they stand, the free index i is lost "
        "and the first index runs over the wrong layer for unequal sizes.",
    ),
    equation(
        26,
        "2.2",
        r"\chi_k = \begin{cases} \beta R^{(0)} - I_{N_0}, & k = 0\\ "
        r"\beta R^{(k)} - I_{N_k} - \beta^2 J^{(k)T} \chi_{k-1}^{-1} J^{(k)}, & 1 \le k \le L \end{cases}",
    ),
    equation(27, "2.2", r"\det I_N - M = \prod_{i=0}^{L} \det \chi_k"),
)
