"""Laws of spins, layers, means of couplings and stored patterns in one model; the rules take them as they come."""

from dataclasses import replace

import pytest
import sympy as sp

from derivations.engine.verify import verify
from derivations.spin_glass.replica_symmetric import replica_symmetric_free_energy
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.models import multilayer
from theory.models import sherrington_kirkpatrick as pairs
from theory.models.disordered import Family, GaussianCouplings
from theory.models.hopfield import hopfield_model, load
from theory.models.replica_symbols import ReplicaSymbols
from theory.models.spin_laws import SphericalSpins
from theory.statements import Identity
from theory.sums import Sigma, unroll

beta, h, N = pairs.inverse_temperature, pairs.external_field, pairs.n_spins
SYMBOLS = ReplicaSymbols.of(pairs.sherrington_kirkpatrick_model())
q, M = SYMBOLS.off_diagonal, SYMBOLS.magnetization
J0, z = sp.symbols("J_0 z", real=True)
variance = sp.Symbol("Delta", positive=True)
CONTRACTION = 1 - beta * (1 - q)
WHERE = Domain(
    {beta: (0, 3), h: (-1, 1), load: (0, 1), variance: (0, 1), q: (0, 1), M: (-1, 1)}, [sp.Gt(CONTRACTION, 0)]
)


@pytest.mark.parametrize("patterns_first", [True, False])
def test_stored_patterns_beside_random_couplings(patterns_first):
    model = hopfield_model()
    bonds = Sigma(pairs.couplings[pairs.i, pairs.j] * pairs.spins[pairs.i] * pairs.spins[pairs.j], *pairs.PAIRS)
    law = GaussianCouplings(family=Family(base=pairs.couplings, ranges=pairs.PAIRS), variance=variance / N)
    model = replace(
        model,
        hamiltonian=model.hamiltonian - bonds,
        disorder=(*model.disorder, law) if patterns_first else (law, *model.disorder),
        domain=model.domain.extended({variance: (0, sp.oo)}),
    )
    derived = replica_symmetric_free_energy(model)["replica-symmetric free energy"].result
    noise = sp.sqrt(load * q / CONTRACTION**2 + variance * q) * z
    stored = load / 2 * (1 - q / CONTRACTION + q * (1 - q) * beta / CONTRACTION**2) + load / (2 * beta) * sp.log(
        CONTRACTION
    )
    glass = beta * variance * (1 - q) ** 2 / 4
    printed = stored - glass + M**2 / 2 - GaussianMean(sp.log(2 * sp.cosh(beta * (M + h + noise))), z, 1) / beta
    assert verify(Identity(derived, printed, WHERE), timeout=120).holds is True
    assert verify(Identity(derived, printed + 2 * glass, WHERE)).status == "refuted"


def test_stored_patterns_on_spherical_spins():
    model = replace(hopfield_model(), spin_law=SphericalSpins())
    derived = replica_symmetric_free_energy(model)["replica-symmetric free energy"].result.subs(h, 0)
    shape = sp.log(1 - q) / 2 + (q - M**2) / (2 * (1 - q))
    stored = -sp.log(CONTRACTION) / 2 + beta * q / (2 * CONTRACTION) - beta / 2
    printed = -(beta * M**2 / 2 + shape + load * stored) / beta
    assert verify(Identity(derived, printed, WHERE)).status == "proved"
    assert verify(Identity(derived, printed + load / 2, WHERE)).status == "refuted"


def at_two_layers(model, expression, names):
    """An expression of the layered model with two layers, of 2 and 5 spins."""
    symbols = ReplicaSymbols.of(model)
    table = {multilayer.n_bonds: 1, multilayer.layer_sizes[0]: 2, multilayer.layer_sizes[1]: 5}
    table |= {
        multilayer.weight_variances[1]: variance,
        multilayer.external_fields[0]: 0,
        multilayer.external_fields[1]: 0,
    }
    for layer, (overlap, mean) in enumerate(names):
        table |= {symbols.off_diagonal.base[layer]: overlap, symbols.magnetization.base[layer]: mean}
    return unroll(expression, lambda atom: sp.sympify(table.get(atom, atom)))


NAMES = tuple((sp.Symbol(f"q_{k}", positive=True), sp.Symbol(f"M_{k}", real=True)) for k in range(2))
LAYERS = Domain(
    {multilayer.inverse_temperature: (0, 2), variance: (0, 1), J0: (0, 1)}
    | {name: (0, 1) for name, _ in NAMES}
    | {name: (-1, 1) for _, name in NAMES}
)


def test_two_layers_of_spherical_spins():
    model = replace(multilayer.multilayer_model_in_field(), spin_law=SphericalSpins())
    derived = at_two_layers(model, replica_symmetric_free_energy(model)["replica-symmetric free energy"].result, NAMES)
    (first, _), (second, _) = NAMES
    shapes = [n * (sp.log(1 - x) / 2 + x / (2 * (1 - x))) for n, x in ((2, first), (5, second))]
    bonds = 5 * multilayer.inverse_temperature**2 * variance * (1 - first * second) / 2
    printed = -(bonds + sp.Add(*shapes)) / (7 * multilayer.inverse_temperature)
    assert verify(Identity(derived, printed, LAYERS)).status == "proved"
    assert verify(Identity(derived, printed + bonds / 7, LAYERS)).status == "refuted"


def test_two_layers_with_a_mean_of_their_bonds():
    model = multilayer.multilayer_model_in_field()
    below = multilayer.layer_sizes[multilayer.k - 1]
    model = replace(model, mean=J0 / below, domain=model.domain.extended({J0: (-sp.oo, sp.oo)}))
    equation = replica_symmetric_free_energy(model)["self-consistency of the magnetization"].result
    derived = at_two_layers(model, equation.subs(multilayer.k, 0), NAMES)
    (_, _), (overlap, mean) = NAMES
    local = multilayer.inverse_temperature * sp.Rational(5, 2) * J0 * mean
    spread = multilayer.inverse_temperature**2 * variance * sp.Rational(5, 2) * overlap
    printed = GaussianMean(sp.tanh(local + z), z, spread)
    assert verify(Identity(derived, printed, LAYERS)).holds is True
    assert verify(Identity(derived, GaussianMean(sp.tanh(2 * local + z), z, spread), LAYERS)).status == "refuted"
