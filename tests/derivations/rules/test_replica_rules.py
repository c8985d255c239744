"""The replica rules on models that are not the paper's, against moments that are multiplied out."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

import pytest
import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.oracle_evidence import Instance, against_oracle
from derivations.oracles.disorder_average import Interaction, moments_of_partition_function
from derivations.rules.conjugate_overlaps import factorize_sites
from derivations.rules.gaussian_average import gaussian_average
from derivations.rules.overlaps import introduce_overlaps
from derivations.rules.replicate import replicate
from theory.models import multilayer as model
from theory.models.disordered import DisorderedModel, Family
from theory.statements import Definition
from theory.sums import Sigma

k, i, j, a, b = model.k, model.i, model.j, model.a, model.b
second = sp.Symbol("l", integer=True)
L, N, C, J, s = model.n_bonds, model.layer_sizes, model.weight_variances, model.couplings, model.spins
BETA, VARIANCE = Fraction(2, 3), Fraction(3, 7)


@dataclass(frozen=True)
class Case:
    """A model, and its interactions spelled out for given layer sizes."""

    name: str
    energy: sp.Expr
    ranges: tuple
    variance: sp.Expr
    reach: int
    sizes: tuple[tuple[int, ...], ...]


NEXT_NEAREST = Case(
    "bonds between layers two apart",
    J[k, i, j] * s[k - 2, i] * s[k, j],
    ((k, 2, L), (i, 1, N[k - 2]), (j, 1, N[k])),
    C[k] / N[k - 2],
    2,
    ((1, 1, 1), (2, 1, 1), (1, 1, 2)),
)
THREE_SPIN = Case(
    "three spins, two of them in one layer",
    J[k, i, j, second] * s[k - 1, i] * s[k, j] * s[k, second],
    ((k, 1, L), (i, 1, N[k - 1]), (j, 1, N[k]), (second, 1, N[k])),
    C[k] / N[k - 1] ** 2,
    1,
    ((1, 1), (2, 1), (1, 2)),
)


def disordered(case: Case) -> DisorderedModel:
    return DisorderedModel(
        name=case.name,
        hamiltonian=-Sigma(case.energy, *case.ranges),
        spins=Family(base=s, ranges=((k, 0, L), (i, 1, N[k]))),
        couplings=Family(base=J, ranges=case.ranges),
        variance=case.variance,
        inverse_temperature=model.inverse_temperature,
        domain=model.multilayer_domain().extended({L: sp.Range(case.reach, sp.oo)}),
    )


def interactions(case: Case, sizes: tuple[int, ...]) -> list[Interaction]:
    starts = [sum(sizes[:layer]) for layer in range(len(sizes))]
    found: list[Interaction] = []
    for layer in range(case.reach, len(sizes)):
        low = layer - case.reach
        sites = product(range(sizes[low]), range(sizes[layer]))
        for first, one in sites:
            if case is NEXT_NEAREST:
                found.append(((starts[low] + first, starts[layer] + one), VARIANCE / sizes[low]))
            else:
                for other in range(sizes[layer]):
                    support = (starts[low] + first, starts[layer] + one, starts[layer] + other)
                    found.append((support, VARIANCE / sizes[low] ** 2))
    return found


def instances(case: Case, power: int) -> Iterator[Instance]:
    for sizes in case.sizes:
        values = {L: len(sizes) - 1, model.n_replicas: power, model.inverse_temperature: BETA}
        values |= {N[layer]: size for layer, size in enumerate(sizes)}
        values |= {C[layer]: VARIANCE for layer in range(len(sizes))}
        moments = moments_of_partition_function(sum(sizes), interactions(case, sizes), power, BETA)
        yield Instance(values=values, exponents=moments, label=str(sizes))


def derived(case: Case) -> Derivation:
    d = Derivation("test")
    msk = disordered(case)
    replicas = d.apply(replicate, model=msk, n_replicas=model.n_replicas, replica=a)
    averaged = d.apply(gaussian_average, replicas, model=msk, name="averaged")
    sites = Sigma(s[k, i, a] * s[k, i, b], (i, 1, N[k]))
    overlap = d.define(Definition(model.overlap[k, a, b], sites / N[k]))
    exponent = d.apply(introduce_overlaps, averaged, overlap, name="exponent")
    d.apply(factorize_sites, exponent, averaged, overlap, model=msk, conjugate=model.conjugate_overlap, name="action")
    return d


@pytest.mark.parametrize("case", [NEXT_NEAREST, THREE_SPIN], ids=lambda c: c.name)
@pytest.mark.parametrize("power", [1, 2, 3])
def test_average_over_couplings_equals_the_moments_multiplied_out(case, power):
    right = derived(case)["averaged"].statement.right
    evidence = against_oracle("moments", right, lambda: instances(case, power))
    assert evidence.outcome == "agrees" and evidence.points == len(case.sizes)


@pytest.mark.parametrize("case", [NEXT_NEAREST, THREE_SPIN], ids=lambda c: c.name)
def test_replica_action_integrates_to_the_moments(case):
    right = derived(case)["action"].statement.right
    evidence = against_oracle("moments", right, lambda: instances(case, 2))
    assert evidence.outcome == "agrees" and evidence.digits > 30


def test_three_spin_action_couples_one_overlap_to_the_square_of_the_next():
    exponent = derived(THREE_SPIN)["exponent"].result
    q = model.overlap
    expected = (
        model.inverse_temperature**2
        / 2
        * Sigma(C[k] * N[k] ** 2 / N[k - 1] * q[k - 1, a, b] * q[k, a, b] ** 2, (k, 1, L), (a, 1, 2), (b, 1, 2))
    )
    point = {L: sp.Integer(2), model.n_replicas: sp.Integer(2)}
    from theory.sums import unroll

    look = lambda atom: point.get(atom, atom)  # noqa: E731
    assert sp.expand(unroll(exponent, look) - unroll(expected, look)) == 0


@pytest.mark.parametrize("factor", [sp.Rational(1, 2), sp.Integer(2), sp.Integer(-1)])
def test_oracle_refuses_an_average_with_a_wrong_factor(factor):
    right = derived(NEXT_NEAREST)["averaged"].statement.right
    wrong = right.with_body(sp.exp(factor * right.body.args[0]))
    evidence = against_oracle("moments", wrong, lambda: instances(NEXT_NEAREST, 2))
    assert evidence.outcome == "refutes" and evidence.counterexample is not None


def test_oracle_refuses_the_variance_of_the_wrong_layer():
    shifted = Case("wrong", NEXT_NEAREST.energy, NEXT_NEAREST.ranges, C[k] / N[k], 2, NEXT_NEAREST.sizes)
    right = derived(shifted)["averaged"].statement.right
    evidence = against_oracle("moments", right, lambda: instances(NEXT_NEAREST, 2))
    assert evidence.outcome == "refutes"
