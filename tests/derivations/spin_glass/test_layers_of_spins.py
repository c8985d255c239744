"""The replica-symmetric free energy of layers, for any number of them, against its form in print at unequal sizes."""

import pytest
import sympy as sp

from derivations.engine.verify import verify
from derivations.spin_glass.replica_symmetric import replica_symmetric_free_energy
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.models import multilayer as model
from theory.models.replica_symbols import ReplicaSymbols
from theory.statements import Identity
from theory.sums import free_names, unroll

SIZES, VARIANCES = (2, 5, 3), (sp.Rational(3, 5), sp.Rational(7, 4))
beta, z = model.inverse_temperature, sp.Symbol("z", real=True)
fields, overlaps = sp.symbols("h_0:3", real=True), sp.symbols("q_0:3", positive=True)
WHERE = Domain({beta: (0, 2)} | dict.fromkeys(fields, (-1, 1)) | dict.fromkeys(overlaps, (0, 1)))


def in_print(factor: sp.Expr) -> sp.Expr:
    """In terms of overlaps alone; ``factor`` multiplies the energy of a pair of layers."""
    bonds = list(zip(SIZES[1:], VARIANCES, overlaps, overlaps[1:], strict=False))
    total = sum(factor * beta**2 * n * c * (1 - p) * (1 - q) for n, c, p, q in bonds)
    for layer, (size, field) in enumerate(zip(SIZES, fields, strict=True)):
        below = VARIANCES[layer - 1] * overlaps[layer - 1] if layer > 0 else 0
        above = VARIANCES[layer] * SIZES[layer + 1] * overlaps[layer + 1] / size if layer + 1 < len(SIZES) else 0
        spread = beta**2 * (below + above)
        total += size * GaussianMean(sp.log(2 * sp.cosh(beta * field + z)), z, spread)
    return -total / (beta * sum(SIZES))


@pytest.fixture(scope="module")
def derived():
    symbolic = model.multilayer_model_in_field()
    result = replica_symmetric_free_energy(symbolic)["replica-symmetric free energy"].result
    q = ReplicaSymbols.of(symbolic).off_diagonal.base
    (h,) = (name for name in free_names(result) if str(name) == "h")
    values = {model.n_bonds: 2}
    values |= {model.layer_sizes[k]: n for k, n in enumerate(SIZES)}
    values |= {model.weight_variances[k]: c for k, c in enumerate(VARIANCES, start=1)}
    values |= {q[k]: name for k, name in enumerate(overlaps)} | {h[k]: name for k, name in enumerate(fields)}
    return unroll(result, lambda name: sp.sympify(values.get(name, name)))


def test_the_free_energy_of_three_unequal_layers(derived):
    assert verify(Identity(derived, in_print(sp.Rational(1, 2)), WHERE), timeout=120).status == "proved"


@pytest.mark.parametrize("factor", [sp.Rational(1, 4), sp.Integer(1), -sp.Rational(1, 2)])
def test_another_factor_is_refuted(derived, factor):
    assert verify(Identity(derived, in_print(factor), WHERE)).status == "refuted"
