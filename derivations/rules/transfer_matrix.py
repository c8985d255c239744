"""A chain of Ising spins summed over one spin after another, for any number of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.models import ising_chain as model
from theory.paths import PathSum
from theory.statements import Identity
from theory.sums import Sigma
from theory.symbols import family

K, H, N = model.coupling, model.field, model.n_spins
ONE, OTHER = sp.symbols("s t", integer=True)
UP, ACROSS, SLOPE = sp.symbols("a c w", positive=True)
STATES = family("x", integer=True)
SIGNS = (1, -1)


@dataclass(frozen=True, kw_only=True)
class Mode:
    """An eigenvalue of the transfer matrix, its eigenvector, and the square of the vector's length.

    In the letters a = T(+, +), c = T(+, -) and w, with (1, w) the first eigenvector; T(-, -) follows from these.
    """

    eigenvalue: Any
    vector: tuple[Any, Any]

    @property
    def square(self) -> Any:
        """Of the eigenvector."""
        return self.vector[0] ** 2 + self.vector[1] ** 2

    def at(self, state: Any) -> Any:
        """The component in state 1, spin up, or 2, spin down."""
        return self.vector[0] * (2 - state) + self.vector[1] * (state - 1)


MODES = (
    Mode(eigenvalue=UP + ACROSS * SLOPE, vector=(sp.S.One, SLOPE)),
    Mode(eigenvalue=UP - ACROSS / SLOPE, vector=(-SLOPE, sp.S.One)),
)
DOWN = UP + ACROSS * SLOPE - ACROSS / SLOPE


def matrix_entry(one: Any, other: Any) -> Any:
    """T between two states, 1 or 2, with (1, w) as its first eigenvector."""
    same = UP * (2 - one) * (2 - other) + DOWN * (one - 1) * (other - 1)
    return same + ACROSS * ((one - 1) * (2 - other) + (2 - one) * (other - 1))


def letters(**more: Any) -> Domain:
    """Any positive matrix with this eigenvector, and any number of spins."""
    sets: dict[Any, Any] = {UP: (0, 3), ACROSS: (0, 3), SLOPE: (0, 3), N: sp.Range(1, sp.oo)}
    return Domain({**sets, **{cast(Any, sp.Symbol(name, positive=True)): chosen for name, chosen in more.items()}})


def row_product() -> Any:
    """The product of the entries along an open chain."""
    i = model.i
    return sp.Product(matrix_entry(STATES[i], STATES[i + 1]), (i, 1, N - 1))


def over_states(body: Any) -> Any:
    """The sum over the states of all spins."""
    return PathSum(body, STATES, 2, (model.i, 1, N))


@rule("bond by bond", "Each spin gives half of its field to either of its bonds.")
def bond_by_bond() -> Inference:
    """The energy of a ring as a sum over its bonds; the result is the energy of one bond."""
    s, i = model.spins, model.i
    bonds = Sigma(model.pair_energy(s[i], s[i + 1]), (i, 1, N - 1)) + model.pair_energy(s[N], s[1])
    domain = model.chain_domain().extended({s: sp.FiniteSet(*SIGNS)})
    return Inference(statement=Identity(model.ring_energy(), bonds, domain), result=model.pair_energy(ONE, OTHER))


@rule("transfer matrix", "The weights of one bond, spin up before spin down.")
def transfer_matrix(bond: Step) -> Inference:
    """The two by two weights; the claim is that the weight of any bond is the matrix's entry."""
    entries = tuple(
        tuple(sp.exp(-sp.expand(bond.result.subs({ONE: one, OTHER: other}))) for other in SIGNS) for one in SIGNS
    )
    chosen = sp.Add(
        *[
            entries[row][column] * (1 + SIGNS[row] * ONE) * (1 + SIGNS[column] * OTHER) / 4
            for row in (0, 1)
            for column in (0, 1)
        ]
    )
    signs = {name: sp.FiniteSet(*SIGNS) for name in (ONE, OTHER)}
    domain = model.chain_domain().restricted(K, H).extended(signs)
    return Inference(statement=Identity(sp.exp(-bond.result), chosen, domain), result=entries)


@rule(
    "eigenvector",
    "A symmetric matrix leaves the direction $(1, w)$ where $c\\,w^2 + (a - d)\\,w = c$; the root is positive.",
)
def eigenvector(matrix: Step) -> Inference:
    """w of the transfer matrix, in K and h; the claim is its quadratic equation."""
    (a, c), (_, d) = matrix.result
    slope = sp.exp(-sp.asinh(sp.exp(2 * K) * sp.sinh(H)))
    domain = model.chain_domain().restricted(K, H)
    half = Identity((a - d) / (2 * c), sp.exp(2 * K) * sp.sinh(H), domain)
    return Inference(statement=Identity(c * slope**2 + (a - d) * slope, c, domain), result=slope, obligations=(half,))


@rule(
    "eigenvalues",
    "$\\lambda_+ = a + c\\,w$ and $\\lambda_- = a - c/w$: half the trace, and the root of a sum of squares.",
)
def eigenvalues(matrix: Step, vector: Step) -> Inference:
    """Both eigenvalues in K and h, the larger one first; the obligations are about the other one and the product."""
    values = {UP: matrix.result[0][0], ACROSS: matrix.result[0][1], SLOPE: vector.result}
    first, second = (mode.eigenvalue.subs(values) for mode in MODES)
    middle = sp.exp(K) * sp.cosh(H)
    root = sp.sqrt(sp.exp(2 * K) * sp.sinh(H) ** 2 + sp.exp(-2 * K))
    domain = model.chain_domain().restricted(K, H)
    return Inference(
        statement=Identity(first, middle + root, domain),
        result=(middle + root, middle - root),
        obligations=(
            Identity(second, middle - root, domain),
            Identity((middle + root) * (middle - root), 2 * sp.sinh(2 * K), domain),
        ),
    )


@rule(
    "sum over one spin after another",
    "The last spin takes a component of the eigenvector; the sum over it gives the eigenvalue and leaves the same "
    "component for the spin before.",
)
def spin_after_spin(*, mode: Mode) -> Inference:
    """The sum over an open chain with an eigenvector at both ends, for any matrix and number of spins."""
    i = model.i
    body = mode.at(STATES[1]) * row_product() * mode.at(STATES[N])
    value = sp.Product(mode.eigenvalue, (i, 1, N - 1)) * mode.square
    return Inference(
        statement=Identity(over_states(body), value, letters()), result=mode.eigenvalue ** (N - 1) * mode.square
    )


@rule("closing bond", "The matrix is the sum over both eigenvectors of the eigenvalue times the vector with itself.")
def closing_bond(*sums: Step) -> Inference:
    """A ring as two open chains that end in eigenvectors, path by path; the result puts their sums in."""
    ring = over_states(row_product() * matrix_entry(STATES[N], STATES[1]))
    chains = [mode.at(STATES[1]) * row_product() * mode.at(STATES[N]) for mode in MODES]
    weights = [mode.eigenvalue / mode.square for mode in MODES]
    split = sp.Add(*[weight * over_states(chain) for weight, chain in zip(weights, chains, strict=True)])
    total = sp.Add(*[sp.powsimp(weight * s.result) for weight, s in zip(weights, sums, strict=True)])
    closed = Identity(total, sp.Add(*[mode.eigenvalue**N for mode in MODES]), letters())
    return Inference(statement=Identity(ring, split, letters()), result=closed.right, obligations=(closed,))


@rule("partition function of the ring", "The eigenvalues of the chain put in.")
def ring_partition_function(ring: Step, values: Step) -> Inference:
    """The sum over all configurations of a ring."""
    first, second = values.result
    total = first**N + second**N
    table = dict(zip((mode.eigenvalue for mode in MODES), values.result, strict=True))
    if ring.result.xreplace(table) != total:
        raise ValueError(f"expected the sum of both eigenvalues to the power {N}; found {ring.result}")
    return Inference(statement=Identity(model.summed(sp.exp(-model.ring_energy())), total, model.chain_domain()))


@rule(
    "open ends",
    "Either end has half of its field left over; the vector of both ends is split along the eigenvectors.",
)
def open_partition_function(values: Step, vector: Step) -> Inference:
    """The sum over all configurations of an open chain."""
    ends = tuple(sp.exp(H * sign / 2) for sign in SIGNS)
    table = {SLOPE: vector.result}
    total = sp.Integer(0)
    for mode, value in zip(MODES, values.result, strict=True):
        along = sum(e * v for e, v in zip(ends, mode.vector, strict=True))
        total += (along**2 / mode.square).subs(table) * value ** (N - 1)
    return Inference(statement=Identity(model.summed(sp.exp(-model.open_energy())), total, model.chain_domain()))


@rule(
    "magnetization of a long chain", "Of the larger eigenvalue alone; its logarithm is minus the free energy per spin."
)
def long_chain_magnetization(values: Step) -> Inference:
    """The mean of one spin for many spins, the slope of log lambda_+ by the field."""
    first = sp.log(values.result[0])
    mean = sp.sinh(H) / sp.sqrt(sp.sinh(H) ** 2 + sp.exp(-4 * K))
    return Inference(statement=Identity(sp.Derivative(first, H), mean, model.chain_domain().restricted(K, H)))


@rule(
    "correlations",
    "Between both spins the chain has one eigenvector or the other; the spin turns one into the other by an angle.",
)
def correlations(values: Step, vector: Step) -> Inference:
    """The mean of s_1 s_(1+r) of a ring times its partition function; the result is the mean in a long chain."""
    first, second = values.result
    w, r, s = vector.result, model.r, model.spins
    kept = ((1 - w**2) / (1 + w**2)) ** 2
    turned = 1 - kept
    total = kept * (first**N + second**N) + turned * (first**r * second ** (N - r) + second**r * first ** (N - r))
    domain = model.chain_domain().extended({r: sp.Range(0, N)})
    mean = kept + turned * (second / first) ** r
    product = model.summed(s[1] * s[1 + r] * sp.exp(-model.ring_energy()))
    return Inference(statement=Identity(product, total, domain), result=mean)
