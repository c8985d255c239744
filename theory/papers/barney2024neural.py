"""Barney, Winer and Galitski, Neural Networks as Spin Models: equations (1) to (31) as printed, misprints included.

Sections 2 and 3 of arXiv:2408.06421. Each equation is a transcription; the statements beside it say the same in the
vocabulary of ``theory.models.multilayer``. The paper's k of equation (16) is the mode r there.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sympy as sp

from theory.averages import ConfigurationSum, GaussianMean, OverlapIntegral
from theory.domain import Domain
from theory.models import multilayer as model
from theory.records import Paper, PrintedEquation, PrintedLine, PublishedValue, Reading
from theory.statements import Definition, Identity, LimitStatement, Stationarity
from theory.sums import Sigma
from theory.symbols import family

KEY = "barney2024neural"

k, i, j, r, a, b = model.k, model.i, model.j, model.r, model.a, model.b
second_layer = sp.Symbol("l", integer=True)
L, m, n, C_equal = model.n_bonds, model.n_replicas, model.layer_size, model.weight_variance
beta, N, C = model.inverse_temperature, model.layer_sizes, model.weight_variances
J, sigma, bond = model.couplings, model.spins, model.bond_matrix
Q, Lambda = model.overlap, model.conjugate_overlap
q, p, lam, mu = model.off_diagonal, model.diagonal, model.conjugate_off_diagonal, model.conjugate_diagonal
H, h, T_c = model.action_hessian, model.hessian_eigenvalue, model.critical_temperature

sources = family("h", real=True)
"""Fields of the generating observable A = exp(sum of h sigma): its derivatives give every function of the spins."""
mean_observable = sp.Symbol("<E(A)>", real=True)
continued = model.continued_replicas

REAL = (-sp.oo, sp.oo)
PARAMETERS = model.multilayer_domain()
SPINS = ((k, sp.Integer(0), L), (i, sp.Integer(1), N[k]))
BONDS = ((k, sp.Integer(1), L), (i, sp.Integer(1), N[k - 1]), (j, sp.Integer(1), N[k]))
PAIRS = ((a, 1, m), (b, 1, m))

WEIGHT = (
    "Z is the partition function, but in (5) and (6) Z^m stands for the replicated Boltzmann weight, and the sum over "
    "the configurations of the replicas is written outside; in (7) Z^m is that sum again."
)
CONSTANTS = "Constant terms, which no order parameter enters, are left out."
HIGHER_ORDERS = "Terms of higher order in m, and beyond the second order in q and lambda, are left out."


def energy(*replica: Any) -> Any:
    """The Hamiltonian (1) of one replica, or of the system itself."""
    return -Sigma(J[k, i, j] * sigma[(k - 1, i, *replica)] * sigma[(k, j, *replica)], *BONDS)


def observable(*replica: Any) -> Any:
    """A function of the spins: the generating one."""
    return sp.exp(Sigma(sources[k, i] * sigma[(k, i, *replica)], *SPINS))


def mean(expression: Any) -> GaussianMean:
    """The disorder average."""
    return GaussianMean(expression, J, C[k] / N[k - 1], *BONDS)


BOLTZMANN = sp.exp(-beta * energy())
PARTITION = ConfigurationSum(BOLTZMANN, sigma, *SPINS)
OBSERVED = ConfigurationSum(observable() * BOLTZMANN, sigma, *SPINS)
REPLICATED_WEIGHT = sp.exp(-beta * Sigma(energy(a), (a, 1, m)))


def over_replicas(body: Any) -> ConfigurationSum:
    """The sum over the configurations of all replicas."""
    return ConfigurationSum(body, sigma, *SPINS, (a, sp.Integer(1), m))


def among(*names: Any) -> Domain:
    """The parameters with the named derived results as real numbers."""
    return PARAMETERS.extended(dict.fromkeys(names, REAL))


REPLICAS = PARAMETERS.extended({m: sp.Range(1, sp.oo)})
WITH_SOURCES = PARAMETERS.extended({sources: (-1, 1)})
FIELDS = dict.fromkeys((q, p, lam, mu), (-1, 1))
LAYERS = {k: sp.Range(0, L + 1)}
SYMMETRIC = REPLICAS.extended({**FIELDS, **LAYERS, a: sp.Range(1, m + 1), b: sp.Range(1, m + 1)})
EQUAL = Domain({L: sp.Range(1, sp.oo), beta: (0, sp.oo), n: sp.Range(1, sp.oo), C_equal: (0, sp.oo)})


def equation(number: int, section: str, latex: str, *lines: PrintedLine, **rest: Any) -> PrintedEquation:
    """One printed equation of this paper."""
    return PrintedEquation(paper=KEY, number=str(number), section=section, latex=latex, lines=lines, **rest)


def sides(number: int, section: str, left: str, right: str, only: PrintedLine, **rest: Any) -> PrintedEquation:
    """An equation with one line, printed as a left side with its sign, and a right side."""
    return equation(number, section, left + right, replace(only, fragment=right), **rest)


def line(label: str, statement: Any, *derived: Any, relation: str = "equal", **rest: Any) -> PrintedLine:
    """One line of a printed equation, with the names of derived results in it."""
    return PrintedLine(label=label, relation=relation, statement=statement, derived=derived, **rest)


MODEL = (
    sides(
        1,
        "2",
        r"H_{\text{MSK}}(\sigma) = ",
        r"-\sum_{k=1}^{L} \sum_{i,j=1}^{N_{k-1}, N_k} "
        r"J_{ij}^{(k)} \sigma_i^{(k-1)} \sigma_j^{(k)}",
        line(
            "the Hamiltonian",
            Definition(model.hamiltonian_name, energy()),
            relation="definition",
            domain=PARAMETERS.extended({J: REAL, sigma: sp.FiniteSet(-1, 1)}),
        ),
        conventions=("The entries of J^(k) are independent, with mean 0 and variance C_k / N_{k-1}.",),
    ),
    equation(
        2,
        "2",
        r"\sigma_i^{(k)} = \sigma_{i + \sum_{\ell=0}^{k-1} N_\ell}",
        line(
            "the spin of a single label",
            Definition(sigma[i + Sigma(N[second_layer], (second_layer, 0, k - 1))], sigma[k, i]),
            relation="definition",
            note="The new symbol is the spin with a single label, on the right side.",
        ),
        line(
            "the labels of a layer follow on those of the layer before",
            Identity(
                1 + Sigma(N[second_layer], (second_layer, 0, k)),
                (N[k] + Sigma(N[second_layer], (second_layer, 0, k - 1))) + 1,
                PARAMETERS.extended(LAYERS).restricted(N[k], k),
            ),
        ),
    ),
    sides(
        3,
        "2",
        r"H_{\text{MSK}}(\sigma) = ",
        r"-\frac{1}{2} \sum_{i,j=1}^{N} J_{ij} \sigma_i \sigma_j",
        line(
            "the Hamiltonian as a quadratic form of the bond matrix",
            Identity(
                model.hamiltonian_name,
                -Sigma(
                    bond[k, second_layer, i, j] * sigma[k, i] * sigma[second_layer, j],
                    *SPINS,
                    (second_layer, 0, L),
                    (j, 1, N[second_layer]),
                )
                / 2,
                PARAMETERS.extended({sigma: sp.FiniteSet(-1, 1), bond: REAL, model.hamiltonian_name: REAL}),
            ),
            model.hamiltonian_name,
            bond[k, second_layer, i, j],
        ),
        conventions=("Spins and bonds carry the single labels of (2); here they carry layer and site instead.",),
    ),
    equation(
        4,
        "2",
        r"J = \begin{pmatrix} 0 & J^{(1)} & 0 & \cdots & 0 \\ J^{(1)T} & 0 & J^{(2)} & \ddots & \vdots \\ "
        r"0 & J^{(2)T} & \ddots & \ddots & 0 \\ \vdots & \ddots & \ddots & 0 & J^{(L)} \\ "
        r"0 & \cdots & 0 & J^{(L)T} & 0 \end{pmatrix}",
        line(
            "entry i, j of the block k, l of the bond matrix",
            Definition(
                bond[k, second_layer, i, j],
                sp.KroneckerDelta(second_layer, k + 1) * J[second_layer, i, j]
                + sp.KroneckerDelta(k, second_layer + 1) * J[k, j, i],
            ),
            relation="definition",
            domain=PARAMETERS.extended(
                {
                    J: REAL,
                    **LAYERS,
                    second_layer: sp.Range(0, L + 1),
                    i: sp.Range(1, N[k] + 1),
                    j: sp.Range(1, N[second_layer] + 1),
                }
            ),
        ),
    ),
)

REPLICA_TRICK = (
    equation(
        5,
        "2.1",
        r"\langle \mathbb{E}(A) \rangle = "
        r"\left\langle \frac{1}{Z} \sum_{\sigma_1} A(\sigma_1) e^{-\beta H(\sigma_1)} \right\rangle = "
        r"\lim_{m \to 0} \left\langle Z^{m-1} \sum_{\sigma_1} A(\sigma_1) e^{-\beta H(\sigma_1)} \right\rangle = "
        r"\lim_{m \to 0} \sum_{\{\sigma_\alpha\}_{\alpha=1}^m} A(\sigma_1) \langle Z^m \rangle",
        line(
            "the disorder averaged expectation",
            Definition(mean_observable, mean(OBSERVED / PARTITION)),
            relation="definition",
        ),
        line(
            "the inverse of Z as a limit of its powers, for each realization of the disorder",
            LimitStatement(
                PARTITION ** (continued - 1) * OBSERVED,
                OBSERVED / PARTITION,
                WITH_SOURCES.extended({continued: (0, 1), J: REAL}),
                variable=continued,
                point=0,
            ),
            assumes=("the limit and the disorder average are exchanged",),
            note="For finite layers the exchange is a dominated limit: a power of Z below 1 is at most 1 + Z.",
        ),
        line(
            "the powers of Z as replicas, before the limit, for each number of replicas",
            Identity(
                mean(PARTITION ** (m - 1) * OBSERVED),
                over_replicas(observable(1) * mean(PARTITION**m)),
                WITH_SOURCES.extended({m: sp.Range(1, sp.oo)}),
            ),
            assumes=("continuation in the number of replicas",),
            readings=(
                Reading(
                    kind="convention",
                    text=f"{WEIGHT} It holds for each realization of the disorder, hence in the mean.",
                    statement=Identity(
                        PARTITION ** (m - 1) * OBSERVED,
                        over_replicas(observable(1) * REPLICATED_WEIGHT),
                        WITH_SOURCES.extended({m: sp.Range(1, sp.oo), J: REAL}),
                    ),
                ),
            ),
        ),
        conventions=("Z is the partition function.", WEIGHT),
    ),
    sides(
        6,
        "2.1",
        r"Z^{m} = ",
        r"\exp\left[-\beta \sum_{\alpha=1}^{m} H(\sigma_{\alpha})\right]",
        line(
            "the replicated partition function",
            Identity(PARTITION**m, REPLICATED_WEIGHT, REPLICAS.extended({J: REAL, sigma: sp.FiniteSet(-1, 1)})),
            readings=(
                Reading(
                    kind="convention",
                    text=WEIGHT,
                    statement=Identity(PARTITION**m, over_replicas(REPLICATED_WEIGHT), REPLICAS.extended({J: REAL})),
                ),
            ),
        ),
        conventions=("Z is the partition function.", WEIGHT),
    ),
    sides(
        7,
        "2.1",
        r"\langle Z^m \rangle = ",
        r"\int \mathcal{D}Q \mathcal{D}\Lambda \ e^S",
        line(
            "the averaged replicated partition function as an integral over overlaps",
            Identity(
                mean(PARTITION**m),
                OverlapIntegral(sp.exp(model.action), Q, Lambda, (k, 0, L), m, N[k]),
                REPLICAS.extended({model.action: REAL}),
            ),
            model.action,
            note="The measure is normalized so that the overlaps take the values that Ising spins allow.",
        ),
    ),
    sides(
        8,
        "2.1",
        r"S = ",
        r"\frac{1}{2}\beta^2 \sum_{k=1}^L N_k \sum_{\alpha\beta} C_k Q_{\alpha\beta}^{(k-1)} Q_{\alpha\beta}^{(k)} "
        r"+ \sum_{k=0}^L N_k \left[ \sum_{\alpha\beta} \frac{1}{2} \Lambda_{\alpha\beta}^{(k)} Q_{\alpha\beta}^{(k)} "
        r"+ \log \sum_{\{\sigma_{\alpha}\}} \exp \left( -\frac{1}{2} \sum_{\alpha\beta} "
        r"\sigma_{\alpha} \Lambda_{\alpha\beta}^{(k)} \sigma_{\beta} \right) \right]",
        line(
            "the replica action",
            Identity(
                model.action,
                beta**2 / 2 * Sigma(N[k] * Sigma(C[k] * Q[k - 1, a, b] * Q[k, a, b], *PAIRS), (k, 1, L))
                + Sigma(
                    N[k]
                    * (
                        Sigma(Lambda[k, a, b] * Q[k, a, b] / 2, *PAIRS)
                        + sp.log(
                            ConfigurationSum(
                                sp.exp(-Sigma(sigma[a] * Lambda[k, a, b] * sigma[b], *PAIRS) / 2),
                                sigma,
                                (a, sp.Integer(1), m),
                            )
                        )
                    ),
                    (k, 0, L),
                ),
                REPLICAS.extended({model.action: REAL, Q: (-1, 1), Lambda: (-1, 1)}),
            ),
            model.action,
        ),
    ),
)

REPLICA_SYMMETRY = (
    sides(
        9,
        "2.1",
        r"Q_{\alpha\beta}^{(k)} = ",
        r"q^{(k)} + \delta_{\alpha\beta}(p^{(k)} - q^{(k)})",
        line(
            "replica-symmetric overlaps",
            Definition(Q[k, a, b], q[k] + sp.KroneckerDelta(a, b) * (p[k] - q[k])),
            relation="ansatz",
            domain=SYMMETRIC,
        ),
        conventions=("The replica symmetric ansatz is made here.",),
    ),
    sides(
        10,
        "2.1",
        r"\Lambda_{\alpha\beta}^{(k)} = ",
        r"\lambda^{(k)} + \delta_{\alpha\beta}(\mu^{(k)} - \lambda^{(k)})",
        line(
            "replica-symmetric conjugates",
            Definition(Lambda[k, a, b], lam[k] + sp.KroneckerDelta(a, b) * (mu[k] - lam[k])),
            relation="ansatz",
            domain=SYMMETRIC,
        ),
        conventions=("The replica symmetric ansatz is made here.",),
    ),
    sides(
        11,
        "2.1",
        r"S/m \approx ",
        r"\frac{\beta^2}{2} \sum_{k=1}^{L} N_k C_k (p^{(k-1)} p^{(k)} - q^{(k-1)} q^{(k)}) + "
        r"\frac{1}{2} \sum_{k=0}^{L} N_k \left( \mu^{(k)} (p^{(k)} - 1) - \lambda^{(k)} q^{(k)} - "
        r"\frac{1}{2} (\lambda^{(k)})^2 \right)",
        line(
            "the action for each replica, to second order",
            Identity(
                model.quadratic_action,
                beta**2 / 2 * Sigma(N[k] * C[k] * (p[k - 1] * p[k] - q[k - 1] * q[k]), (k, 1, L))
                + Sigma(N[k] * (mu[k] * (p[k] - 1) - lam[k] * q[k] - lam[k] ** 2 / 2), (k, 0, L)) / 2,
                among(model.quadratic_action).extended(FIELDS),
            ),
            model.quadratic_action,
            relation="approximate",
        ),
        conventions=(CONSTANTS, HIGHER_ORDERS),
    ),
    sides(
        12,
        "2.1",
        r"p^{(k)} = ",
        r"1",
        line(
            "stationary in mu",
            Stationarity(
                model.quadratic_action,
                among(model.quadratic_action).extended({**FIELDS, **LAYERS}),
                variables=(mu[k],),
                at={p[k]: 1},
            ),
            model.quadratic_action,
        ),
        conventions=("The derivative of the action (11) by mu vanishes.",),
    ),
    sides(
        13,
        "2.1",
        r"\lambda^{(k)} = ",
        r"-q^{(k)}",
        line(
            "stationary in lambda",
            Stationarity(
                model.quadratic_action,
                among(model.quadratic_action).extended({**FIELDS, **LAYERS}),
                variables=(lam[k],),
                at={lam[k]: -q[k]},
            ),
            model.quadratic_action,
        ),
        conventions=("The derivative of the action (11) by lambda vanishes.",),
    ),
    sides(
        14,
        "2.1",
        r"S/m \approx ",
        r"-\frac{\beta^2}{2} \sum_{k=1}^{L} N_k C_k q^{(k-1)} q^{(k)} + "
        r"\frac{1}{4} \sum_{k=0}^{L} N_k (q^{(k)})^2",
        line(
            "the action for each replica at the saddle point",
            Identity(
                model.saddle_action,
                -(beta**2) / 2 * Sigma(N[k] * C[k] * q[k - 1] * q[k], (k, 1, L))
                + Sigma(N[k] * q[k] ** 2, (k, 0, L)) / 4,
                among(model.saddle_action).extended({q: (-1, 1)}),
            ),
            model.saddle_action,
            relation="approximate",
        ),
        conventions=(CONSTANTS, HIGHER_ORDERS),
    ),
)


def hessian_entry(label: str, row: Any, column: Any, printed: Any, indices: dict[Any, Any], **rest: Any) -> PrintedLine:
    """One kind of entry of the matrix (15)."""
    statement = Identity(H[row, column], printed, among(H).extended(indices))
    return line(label, statement, H[i, j], **rest)


INSIDE = {L: sp.Range(2, sp.oo), j: sp.Range(1, L)}
LAST = r"-\beta N_L C_L"
STABILITY = (
    equation(
        15,
        "2.1",
        r"\mathbf{H} = \begin{pmatrix} N_0 & -\beta^2 N_1 C_1 & 0 & \cdots & 0 \\ "
        r"-\beta^2 N_1 C_1 & N_1 & -\beta^2 N_2 C_2 & \cdots & \vdots \\ "
        r"0 & -\beta^2 N_2 C_2 & N_2 & \cdots & 0 \\ "
        r"\vdots & \ddots & \ddots & \ddots & -\beta N_L C_L \\ "
        r"0 & \cdots & 0 & -\beta N_L C_L & N_L \end{pmatrix}",
        hessian_entry("diagonal", j, j, N[j], {j: sp.Range(0, L + 1)}),
        hessian_entry("above the diagonal, but for the last column", j - 1, j, -(beta**2) * N[j] * C[j], INSIDE),
        hessian_entry("below the diagonal, but for the last row", j, j - 1, -(beta**2) * N[j] * C[j], INSIDE),
        hessian_entry("above the diagonal, last column", L - 1, L, -beta * N[L] * C[L], {}, fragment=LAST),
        hessian_entry("below the diagonal, last row", L, L - 1, -beta * N[L] * C[L], {}, fragment=LAST),
        line(
            "beyond the neighbors of the diagonal",
            Identity(
                H[i, j],
                0,
                PARAMETERS.extended(
                    {H: REAL, L: sp.Range(2, sp.oo), i: sp.Range(0, L + 1), j: sp.Range(0, L + 1)},
                    [sp.Ge((i - j) ** 2, 4)],
                ),
            ),
            H[i, j],
        ),
        conventions=("The Hessian is proportional to this matrix; here it is scaled to hold N_k on its diagonal.",),
    ),
    equation(
        16,
        "2.1",
        r"n\left[1 - 2\beta^2 C \cos\left(\frac{(k+1)\pi}{L+2}\right)\right], \quad k = 0, \dots, L",
        line(
            "the eigenvalues for equal layers",
            Identity(
                h[r],
                n * (1 - 2 * beta**2 * C_equal * sp.cos((r + 1) * sp.pi / (L + 2))),
                EQUAL.extended({h: REAL, r: sp.Range(0, L + 1)}),
            ),
            h[r],
            fragment=r"n\left[1 - 2\beta^2 C \cos\left(\frac{(k+1)\pi}{L+2}\right)\right]",
        ),
        conventions=("All layers are identical: N_k = n and C_k = C.",),
    ),
    sides(
        17,
        "2.1",
        r"T_c = ",
        r"\left[2C\cos\left(\frac{\pi}{L+2}\right)\right]^{1/2}",
        line(
            "where the least eigenvalue vanishes",
            Identity(
                T_c,
                sp.sqrt(2 * C_equal * sp.cos(sp.pi / (L + 2))),
                EQUAL.extended({T_c: (0, sp.oo)}).restricted(T_c, L, C_equal),
            ),
            T_c,
        ),
    ),
    sides(
        18,
        "2.1",
        r"T_c = ",
        r"\sqrt{2C}",
        line(
            "infinite depth",
            LimitStatement(
                T_c,
                sp.sqrt(2 * C_equal),
                EQUAL.extended({T_c: (0, sp.oo)}).restricted(T_c, L, C_equal),
                variable=L,
                point=sp.oo,
            ),
            T_c,
        ),
        conventions=("The limit of large L.",),
    ),
)

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

TRAINING = (
    equation(
        28,
        "3.1",
        r"\phi_{\text{forward}}(x) = \text{step}(x) = \begin{cases} -1, & x < 0 \\ 1, & x > 0 \end{cases}",
        transcription="doubtful",
        damage="No value is given at x = 0; whether a sign lost its equality in the conversion cannot be told.",
    ),
    equation(
        29,
        "3.1",
        r"\phi_{\text{back}}(x) = \text{htanh}(x) = "
        r"\begin{cases} -1, & x < -1 \\ x, & -1 < x < 1 \\ 1, & x > 1 \end{cases}",
        transcription="doubtful",
        damage="No value is given at x = -1 and x = 1; whether signs lost their equality cannot be told.",
    ),
    equation(
        30,
        "3.1",
        r"\phi(x) = \text{ReLU}(x) = \begin{cases} 0, & x \le 0 \\ x, & x > 0 \end{cases}",
    ),
    equation(31, "3.2", r"H(\sigma, t) = -\frac{1}{2} \sum_{i,j=1}^{N} J_{ij}(t) \sigma_i \sigma_j"),
)

PROTOCOL = ("MNIST", "three hidden layers of 512", "momentum 0.9", "batch size 32", "squared hinge loss with margin 10")


def validation_error(printed: str, network: str, learning_rate: str, epochs: int) -> PublishedValue:
    """A row of table 1."""
    return PublishedValue(
        paper=KEY,
        quantity=f"validation error rate of the {network} network",
        printed=printed,
        conventions=(*PROTOCOL, f"learning rate {learning_rate}", f"{epochs} epochs"),
        source="table 1",
    )


VALUES = (
    validation_error("0.0266", "binarized", "1e-4", 500),
    validation_error("0.0742", "binarized", "1e-6", 960),
    validation_error("0.0189", "standard", "1e-4", 60),
    validation_error("0.0267", "standard", "1e-6", 960),
)

PAPER = Paper(
    key=KEY,
    title="Neural Networks as Spin Models: From Glass to Hidden Order Through Training",
    authors=("Richard Barney", "Michael Winer", "Victor Galitski"),
    year=2024,
    eprint="2408.06421",
    primary_class="cond-mat.dis-nn",
    equations=(
        *MODEL,
        *REPLICA_TRICK,
        *REPLICA_SYMMETRY,
        *STABILITY,
        *THOULESS_ANDERSON_PALMER,
        *TRAINING,
    ),
    values=VALUES,
)
