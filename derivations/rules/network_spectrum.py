"""What the matrix M of the linearized mean-field equations says about one network, and what it does not say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import sympy as sp

from derivations.algebra.merged_sums import merged
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Definition, Identity, Inequality, LimitStatement
from theory.sums import Sigma, rename, unfold, unroll

POSITIVE = (0, sp.oo)


@rule(
    "form of the matrix",
    "The largest eigenvalue is the largest value of the form on unit vectors. Its two parts lie between their own "
    "extreme eigenvalues.",
)
def spectral_bounds(
    matrix: Step, bond: Step, *, vector: Any, rows: tuple[sp.Symbol, sp.Symbol], upper: Any, domain: Domain
) -> Inference:
    """The form of M in any vector; the obligation gives it for a vector with a single entry, the diagonal of M."""
    definition = cast(Definition, bond.statement)
    i, j = rows
    form = Sigma(matrix.result * vector[i] * vector[j], (i, 1, upper), (j, 1, upper))
    parts = merged(form, (), i, j)
    left, right = (unfold(e, definition.symbol, definition.expression) for e in (form, parts))
    diagonal = unfold(rename(matrix.result, j, i), definition.symbol, definition.expression)
    squares = merged(rename(_under_delta(matrix.result), j, i), (), sp.Symbol("l", integer=True))
    own = unfold(squares, definition.symbol, definition.expression)
    known = domain.extended({vector: (-1, 1)})
    placed = domain.extended({i: sp.Range(1, upper + 1)}).restricted(diagonal, own)
    return Inference(
        statement=Identity(left, right, known.restricted(left, right)),
        result=parts,
        obligations=(Identity(diagonal, own, placed),),
        remark="With $D_i = \\sum_j \\mathcal{J}_{ij}^2$ the largest eigenvalue of $M$ lies between "
        "$\\beta \\lambda_{\\max}(\\mathcal{J}) - \\beta^2 \\max D$ and "
        "$\\beta \\lambda_{\\max}(\\mathcal{J}) - \\beta^2 \\min D$, and it is at least $-\\beta^2 \\min D$: "
        "$\\beta \\lambda_{\\max}(\\mathcal{J})$ at high temperature, $-\\beta^2 \\min D$ at low temperature.",
    )


def _under_delta(entry: Any) -> Any:
    terms = sp.Add.make_args(sp.expand(entry))
    return sp.Add(*[t for t in terms if t.has(sp.KroneckerDelta)])


@dataclass(frozen=True, kw_only=True)
class RowOfThree:
    """Three layers of one spin with equal bonds: the letters by which the blocks of M are written out.

    Attributes
    ----------
    letters
        Of the layers k, l and the sites i, j of an entry.
    n_bonds, sizes
        The number of bonds between layers, and the family of layer sizes.
    inverse_temperature, coupling
        Symbols; every bond has the value of ``coupling``.
    """

    letters: tuple[Any, ...]
    n_bonds: Any
    sizes: Any
    inverse_temperature: sp.Symbol
    coupling: sp.Symbol

    @property
    def domain(self) -> Domain:
        """Positive bonds at any temperature."""
        return Domain({self.inverse_temperature: POSITIVE, self.coupling: POSITIVE})

    def matrix(self, blocks: Step, reaction: Step) -> sp.Matrix:
        """M, written out."""
        entry = unfold(blocks.result, reaction.defines, reaction.result)
        places = [(sp.Integer(n), sp.Integer(1)) for n in range(3)]
        return sp.Matrix(3, 3, lambda row, column: self._entry(entry, places[row], places[column]))

    def _entry(self, entry: Any, first: Any, second: Any) -> Any:
        k, l, i, j = self.letters
        table = {k: first[0], l: second[0], i: first[1], j: second[1], self.n_bonds: sp.Integer(2)}

        def at(atom: Any) -> Any:
            if isinstance(atom, sp.Indexed):
                return sp.Integer(1) if atom.base == self.sizes else self.coupling
            return table.get(atom, atom)

        return unroll(entry, at)


@rule("three spins in a row", "One bond before the middle spin and an equal one behind it.")
def largest_of_three(blocks: Step, reaction: Step, *, system: RowOfThree) -> Inference:
    """The largest eigenvalue of M of three spins; the claim is that it is a root of the characteristic polynomial."""
    root = sp.Dummy("x")
    polynomial, values = _eigenvalues(system.matrix(blocks, reaction), root)
    largest = sp.factor_terms(values[0])
    obligations = tuple(_not_above(value, values[0], system.domain) for value in values[1:])
    statement = Identity(polynomial.subs(root, largest), 0, system.domain)
    return Inference(statement=statement, result=largest, obligations=obligations)


def _eigenvalues(matrix: Any, root: Any) -> tuple[Any, list[Any]]:
    """The characteristic polynomial and its roots, the largest first."""
    polynomial = sp.expand((root * sp.eye(matrix.rows) - matrix).det(method="berkowitz"))
    return polynomial, sorted(_roots(polynomial, root), key=lambda v: -_at_one(v))


def _not_above(value: Any, largest: Any, domain: Domain) -> Inequality:
    """value <= a + b with a square root b > 0; without a root of its own, by the squares of value - a and of b."""
    root = sp.Add(*[t for t in sp.Add.make_args(sp.expand(largest)) if _has_root(t)])
    if _has_root(value):
        return Inequality(value, largest, domain, relation="<=")
    offset = value - sp.expand(largest - root)
    return Inequality(sp.expand(offset**2), sp.expand(root**2), domain, relation="<=")


def _has_root(expression: Any) -> bool:
    return any(
        power.exp.is_Rational and not power.exp.is_Integer and power.base.free_symbols
        for power in expression.atoms(sp.Pow)
    )


def _roots(polynomial: Any, letter: Any) -> list[Any]:
    """The roots of every factor; a cubic that does not factorize is refused."""
    factors = [f for f, _ in sp.factor_list(sp.expand(polynomial))[1] if f.has(letter)]
    if any(sp.degree(f, letter) > 2 for f in factors):
        raise ValueError(f"expected a characteristic polynomial with factors of degree 2 at most; found {polynomial}")
    return [value for f in factors for value in sp.roots(f, letter)]


def _at_one(value: Any) -> float:
    """For the order of eigenvalues only; that the first is the largest is an obligation."""
    return float(value.subs(dict.fromkeys(value.free_symbols, 1)))


@rule("high temperature", "The bonds alone count.")
def at_high_temperature(largest: Step, blocks: Step, reaction: Step, *, system: RowOfThree) -> Inference:
    """The largest eigenvalue over beta tends to that of the bond matrix."""
    beta = system.inverse_temperature
    bonds = system.matrix(blocks, reaction).applyfunc(lambda e: sp.expand(e).coeff(beta, 1))
    value = _eigenvalues(bonds, sp.Dummy("x"))[1][0]
    claim = LimitStatement(largest.result / beta, value, system.domain, variable=beta, point=0)
    return Inference(statement=claim)


@rule("low temperature", "The reaction alone counts, and the spin with the weakest bonds has least of it.")
def at_low_temperature(largest: Step, blocks: Step, reaction: Step, *, system: RowOfThree) -> Inference:
    """The largest eigenvalue over beta^2 tends to minus the least sum of squared bonds of a spin."""
    beta = system.inverse_temperature
    squares = [-cast(Any, sp.expand(e)).coeff(beta, 2) for e in system.matrix(blocks, reaction).diagonal()]
    weakest = min(squares, key=_at_one)
    claim = LimitStatement(largest.result / beta**2, -weakest, system.domain, variable=beta, point=sp.oo)
    return Inference(statement=claim)


def _of_a_pair(expression: Any, bond: Step, letters: dict[Any, int], values: dict[Any, Any]) -> Any:
    """An expression for two spins: given values are put in, all magnetizations alike."""
    definition = cast(Definition, bond.statement)
    written = unfold(expression, definition.symbol, definition.expression)

    def at(atom: Any) -> Any:
        key = atom.base if isinstance(atom, sp.Indexed) else atom
        return sp.sympify(values.get(key, letters.get(key, atom)), strict=True)

    return unroll(written, at)


@rule("a pair of spins", "The determinant of $I - M$ of a single pair has no zero, and its diagonal is above one.")
def pair_stays_definite(
    matrix: Step, bond: Step, *, rows: Any, size: Any, couplings: Any, beta: Any, coupling: Any
) -> Inference:
    """det(I - M) of two spins is positive at every temperature: the linear equations show no transition."""

    def entry(row: int, column: int) -> Any:
        letters = {rows[0]: row + 1, rows[1]: column + 1, size: 2}
        return sp.Integer(row == column) - _of_a_pair(matrix.result, bond, letters, {couplings: coupling})

    system = sp.Matrix(2, 2, entry)
    domain = Domain({beta: POSITIVE, coupling: POSITIVE})
    return Inference(
        statement=Inequality(sp.expand(system.det()), 0, domain, relation=">"),
        obligations=(Inequality(system[0, 0], 1, domain, relation=">"),),
    )


@rule(
    "a magnetized pair",
    "At $\\beta J = 3$ both sides of the equation of two spins change their order between equal magnetizations of "
    "$9/10$ and of $99/100$: somewhere in between it has a solution.",
)
def magnetized_pair(
    equations: Step, bond: Step, *, row: Any, size: Any, couplings: Any, magnetizations: Any, beta: Any
) -> Inference:
    """At beta J = 3 the equations of two spins have a solution with equal magnetizations between 9/10 and 99/100.

    Though I - M is positive definite there: a positive definite I - M does not exclude other solutions.
    """

    def sides(m: Any) -> tuple[Any, Any]:
        values = {couplings: 1, magnetizations: m, beta: 3}
        return sp.atanh(m), _of_a_pair(equations.result, bond, {row: 1, size: 2}, values)

    low, high = sides(sp.Rational(9, 10)), sides(sp.Rational(99, 100))
    return Inference(
        statement=Inequality(*low, Domain({}), relation=">"),
        obligations=(Inequality(*high, Domain({}), relation="<"),),
        remark="At $m = 99/100$ the order is the other one.",
    )


@rule("diagonal in layers", "The diagonal of $I - M$ is one plus the squared couplings of the spin.")
def layered_diagonal(reaction: Step, *, squares: Any, site: Any, other: Any, beta: Any, domain: Domain) -> Inference:
    """The diagonal from which the local equation of the resolvent of one large network starts."""
    left = 1 - beta * rename(reaction.result, other, site)
    right = 1 + beta**2 * squares
    return Inference(statement=Identity(left, right, domain.restricted(left, right)))
