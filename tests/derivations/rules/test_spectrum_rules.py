"""Rules on spectra, couplings and observables, each on an input that is not the paper's."""

import pytest
import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.step import Step
from derivations.engine.verify import verify
from derivations.rules.bond_matrix import bond_matrix
from derivations.rules.critical_point import infinite_depth, stability, vanishing_temperature
from derivations.rules.depth_expansion import depth_expansion
from derivations.rules.observable import mean_by_replica_limit, observable_in_one_replica
from derivations.rules.resolvent_edge import (
    deep_interior,
    edge_value,
    jacobian_is_hessian,
    maximal,
    uniform_solution,
)
from derivations.rules.second_moments import second_moments
from derivations.rules.symmetrized import unit_diagonal
from derivations.rules.toeplitz_spectrum import increasing_eigenvalues, standing_waves
from theory.domain import Domain
from theory.field_derivative import FieldDerivative
from theory.models import multilayer as model
from theory.models.disordered import DisorderedModel, Family
from theory.statements import Definition, Identity
from theory.sums import Inside, Sigma
from theory.symbols import family

k, i, j, r, a = model.k, model.i, model.j, model.r, model.a
L, N, C, J, s, beta = (
    model.n_bonds,
    model.layer_sizes,
    model.weight_variances,
    model.couplings,
    model.spins,
    model.inverse_temperature,
)
other_layer = sp.Symbol("l", integer=True)
c = sp.Symbol("c", positive=True)
size = sp.Symbol("M", integer=True, positive=True)
DELTA = sp.KroneckerDelta


def skipping_model() -> DisorderedModel:
    """Bonds between layers two apart, with a variance that does not scale."""
    ranges = ((k, 2, L), (i, 1, N[k - 2]), (j, 1, N[k]))
    return DisorderedModel(
        name="bonds between layers two apart",
        hamiltonian=-Sigma(J[k, i, j] * s[k - 2, i] * s[k, j], *ranges),
        spins=Family(base=s, ranges=((k, 0, L), (i, 1, N[k]))),
        couplings=Family(base=J, ranges=ranges),
        variance=C[k],
        inverse_temperature=beta,
        domain=model.multilayer_domain().extended({L: sp.Range(2, sp.oo)}),
    )


def entered(d: Derivation, expression: sp.Expr, statement: Identity, name: str) -> Step:
    """A step that enters an expression with a claim of its own."""
    step = d.define(Definition(sp.Symbol(name, real=True), expression))
    object.__setattr__(step, "statement", statement)
    return step


def test_bond_matrix_of_bonds_two_apart(holds_and_is_sharp):
    step = Derivation("test").apply(bond_matrix, model=skipping_model(), first=(k, i), second=(other_layer, j))
    assert step.result == DELTA(other_layer, k + 2) * J[k + 2, i, j] + DELTA(other_layer, k - 2) * J[k, j, i]
    holds_and_is_sharp(step.statement)


def test_observable_of_one_spin_is_carried_by_one_replica(holds_and_is_sharp):
    d = Derivation("test")
    choices = {"model": skipping_model(), "observable": s[0, 1] + 2, "sources": {}}
    step = d.apply(observable_in_one_replica, n_replicas=model.n_replicas, replica=a, **choices)
    limit = d.apply(mean_by_replica_limit, continued=model.continued_replicas, **choices)
    holds_and_is_sharp(step.statement, 2)
    assert verify(limit.statement).holds is True


def toeplitz(d: Derivation, diagonal: sp.Expr, beside: sp.Expr) -> Step:
    """A tridiagonal Toeplitz matrix with rows 1 to M, as the second derivative of a form."""
    field = family("y", real=True)
    form = Sigma(diagonal * field[k] ** 2 / 2, (k, 1, size)) + Sigma(beside * field[k - 1] * field[k], (k, 2, size))
    entry = diagonal * DELTA(i, j) + beside * (DELTA(j, i - 1) + DELTA(j, i + 1))
    rows = sp.Range(1, size + 1)
    domain = Domain({size: sp.Range(2, sp.oo), c: (0, 1), beta: (0, 2), field: (-1, 1), i: rows, j: rows})
    return entered(d, entry, Identity(FieldDerivative(form, field[i], field[j]), entry, domain), "entry")


def spectrum_of(d: Derivation, beside: sp.Expr) -> Step:
    matrix = toeplitz(d, 3 + c, beside)
    return d.apply(standing_waves, matrix, rows=(i, j), layers=(sp.Integer(1), size), mode=r, name="spectrum")


def test_standing_waves_of_rows_that_start_at_one(holds_and_is_sharp):
    d = Derivation("test")
    spectrum = spectrum_of(d, -c * beta**2)
    assert spectrum.result == 3 + c - 2 * c * beta**2 * sp.cos(sp.pi * (r + 1) / (size + 1))
    holds_and_is_sharp(spectrum.statement)
    assert all(verify(o).status == "proved" for o in spectrum.obligations)


def test_standing_waves_refuse_rows_that_differ():
    d = Derivation("test")
    matrix = toeplitz(d, 3 + c * i, -c)
    with pytest.raises(ValueError, match="same in every row"):
        d.apply(standing_waves, matrix, rows=(i, j), layers=(sp.Integer(1), size), mode=r)


def test_order_critical_point_and_depth_of_another_chain(holds_and_is_sharp):
    d = Derivation("test")
    spectrum = spectrum_of(d, -c * beta**2)
    ordering = d.apply(increasing_eigenvalues, spectrum, mode=r)
    critical = d.apply(vanishing_temperature, spectrum, ordering, mode=r, inverse_temperature=beta)
    assert critical.result**2 == 2 * c * sp.cos(sp.pi / (size + 1)) / (c + 3)
    stable = d.apply(
        stability,
        d.steps[0],
        critical,
        rows=(i, j),
        layers=(sp.Integer(1), size),
        inverse_temperature=beta,
    )
    deep = d.apply(infinite_depth, critical, n_bonds=size)
    holds_and_is_sharp(ordering.statement)
    holds_and_is_sharp(critical.statement)
    holds_and_is_sharp(deep.statement)
    assert verify(stable.statement).holds is True


def test_depth_expansion_of_a_rational_function(holds_and_is_sharp):
    d = Derivation("test")
    value = c * L / (L + 3)
    step = entered(d, value, Identity(value, value, Domain({L: sp.Range(1, sp.oo), c: (0, 1)})), "value")
    small = sp.Symbol("epsilon", positive=True)
    series = d.apply(depth_expansion, step, n_bonds=L, small=small, order=3)
    assert sp.expand(series.result - c * (1 - 3 * small + 3 * small**2)) == 0
    holds_and_is_sharp(series.statement)


def test_unit_diagonal_of_a_matrix_with_a_positive_bond(holds_and_is_sharp):
    d = Derivation("test")
    field, weight = family("y", real=True), family("w", positive=True)
    form = Sigma(weight[k] * field[k] ** 2, (k, 0, L)) + Sigma(c * field[k - 1] * field[k], (k, 1, L))
    entry = 2 * weight[i] * DELTA(i, j) + c * (DELTA(j, i - 1) + DELTA(j, i + 1))
    rows = sp.Range(0, L + 1)
    domain = Domain({L: sp.Range(1, sp.oo), c: (0, 1), weight: (0, 2), field: (-1, 1), i: rows, j: rows})
    step = entered(d, entry, Identity(FieldDerivative(form, field[i], field[j]), entry, domain), "entry")
    scaled = d.apply(unit_diagonal, step, rows=(i, j), layers=(sp.Integer(0), L))
    assert sp.simplify(scaled.result - c / (2 * sp.sqrt(weight[j - 1] * weight[j]))) == 0
    holds_and_is_sharp(scaled.statement)


def edge_of_bonds_two_apart(d: Derivation) -> tuple[Step, sp.IndexedBase]:
    resolvent = family("g", positive=True)
    up = Inside(k, 0, L - 2) * Sigma(J[k + 2, i, j] ** 2 * (1 - resolvent[k + 2]), (j, 1, N[k + 2]))
    down = Inside(k, 2, L) * Sigma(J[k, j, i] ** 2 * (1 - resolvent[k - 2]), (j, 1, N[k - 2]))
    local = d.define(Definition(sp.Symbol("z"), 1 - 1 / resolvent[k] + beta**2 * (up + down)))
    sites = {k: sp.Range(0, L + 1), i: sp.Range(1, N[k] + 1), resolvent: (0, 2)}
    domain = skipping_model().domain.extended(sites)
    return d.apply(second_moments, local, model=skipping_model(), domain=domain), resolvent


def test_second_moments_and_uniform_resolvent_of_bonds_two_apart(holds_and_is_sharp):
    d = Derivation("test")
    equation, resolvent = edge_of_bonds_two_apart(d)
    holds_and_is_sharp(equation.statement)
    uniform = d.apply(uniform_solution, equation, resolvent=resolvent[k])
    assert uniform.result == 0
    assert verify(uniform.statement).holds is True


def test_jacobian_of_the_edge_equation_is_refused_against_a_wrong_hessian():
    d = Derivation("test")
    equation, resolvent = edge_of_bonds_two_apart(d)
    entry = (
        N[i] * DELTA(i, j)
        - beta**2 * N[i - 2] * N[i] * C[i] * DELTA(j, i - 2)
        - beta**2 * N[i] * N[i + 2] * C[i + 2] * DELTA(j, i + 2)
    )
    rows = {i: sp.Range(0, L + 1), j: sp.Range(0, L + 1)}
    domain = skipping_model().domain.extended(rows)
    for factor, status in ((1, True), (2, False)):
        value = entry.subs(beta, factor * beta)
        right = entered(d, value, Identity(value, value, domain), f"hessian_{factor}")
        claim = d.apply(jacobian_is_hessian, equation, right, resolvent=resolvent, slot=k, rows=(i, j), size=N)
        assert verify(claim.statement).holds is status


def test_interior_edge_of_another_equation(holds_and_is_sharp):
    d = Derivation("test")
    resolvent, weight = family("g", positive=True), family("w", positive=True)
    uniform = sp.Symbol("g", positive=True)
    value = 1 - 4 / resolvent[k] - beta**2 * Inside(k, 1, L) * weight[k] * resolvent[k - 1]
    domain = Domain({L: sp.Range(2, sp.oo), beta: (0, 3), weight: (0, 2)})
    inner = domain.extended({resolvent: (0, 2), k: sp.Range(0, L + 1)})
    equation = entered(d, value, Identity(value, value, inner), "equation")
    equal = d.define(Definition(weight[k], c))
    interior = d.apply(deep_interior, equation, equal, slot=k, resolvent=resolvent, uniform=uniform, inner=domain)
    maximum = d.apply(maximal, interior, by=uniform)
    edge = d.apply(edge_value, interior, maximum, by=uniform, square_in=beta)
    assert maximum.result == 2 / (sp.sqrt(c) * beta)
    holds_and_is_sharp(interior.statement)
    holds_and_is_sharp(maximum.statement)
    # 1 - 4 beta sqrt(c) has no square in it, and the completed square must be refused.
    assert verify(edge.statement).status == "refuted"
