"""The multilayer Sherrington-Kirkpatrick model: Ising spins in layers, Gaussian bonds between neighbors.

Source: Barney, Winer, Galitski (2024), equation (1). Layers are numbered 0 to L; layer k has N[k] spins; the
entry J[k, i, j] couples spin i of layer k - 1 with spin j of layer k and has variance C[k] / N[k - 1].
"""

from __future__ import annotations

from dataclasses import replace

import sympy as sp

from theory.domain import Domain
from theory.models.disordered import DisorderedModel, Family
from theory.sums import Sigma
from theory.symbols import family

n_bonds = sp.Symbol("L", integer=True, positive=True)
n_replicas = sp.Symbol("m", integer=True, positive=True)
continued_replicas = sp.Symbol("m", positive=True)
inverse_temperature = sp.Symbol("beta", positive=True)
layer_size = sp.Symbol("n", integer=True, positive=True)
weight_variance = sp.Symbol("C", positive=True)

k, i, j, r = sp.symbols("k i j r", integer=True)
a, b = sp.symbols("a b", integer=True)

layer_sizes = family("N", integer=True, positive=True)
weight_variances = family("C", positive=True)
couplings = family("J", real=True)
spins = family("sigma", real=True)
external_fields = family("h", real=True)
bond_matrix = family("\\mathcal{J}", real=True)

overlap = family("Q", real=True)
conjugate_overlap = family("Lambda", real=True)
off_diagonal = family("q", real=True)
diagonal = family("p", real=True)
conjugate_off_diagonal = family("lambda", real=True)
conjugate_diagonal = family("mu", real=True)

# Names of derived results, as printed equations use them.
hamiltonian_name = sp.Symbol("H_MSK", real=True)
replicated_partition_function = sp.Symbol("Z^m", positive=True)
mean_replicated_partition_function = sp.Symbol("<Z^m>", positive=True)
action = sp.Symbol("S", real=True)
quadratic_action = sp.Symbol("s_RS", real=True)
saddle_action = sp.Symbol("s_q", real=True)
action_hessian = family("H", real=True)
input_variance = sp.Symbol("v", positive=True)
fluctuation = family("x", real=True)
resolvent = family("g", positive=True)
hessian_eigenvalue = family("h", real=True)
critical_temperature = sp.Symbol("T_c", positive=True)
overlap_exponent = sp.Symbol("X", real=True)
row_sum = family("d", real=True)
pair_action = sp.Symbol("s_12", real=True)
equal_layer_hessian = family("H_n", real=True)
edge_spectral_parameter = family("\\bar{z}", real=True)
next_rectified = family("v_+", real=True)
next_step = family("v_s", real=True)
deep_edge = sp.Symbol("z_deep", real=True)


def multilayer_domain() -> Domain:
    """Sets of the parameters: any number of layers, any sizes, any positive variances and temperatures."""
    return Domain(
        {
            n_bonds: sp.Range(1, sp.oo),
            layer_sizes: sp.Range(1, sp.oo),
            weight_variances: (0, sp.oo),
            inverse_temperature: (0, sp.oo),
        }
    )


def multilayer_model() -> DisorderedModel:
    """The model of equation (1), with symbolic L, N[k], C[k]."""
    energy = -Sigma(
        couplings[k, i, j] * spins[k - 1, i] * spins[k, j],
        (k, 1, n_bonds),
        (i, 1, layer_sizes[k - 1]),
        (j, 1, layer_sizes[k]),
    )
    return DisorderedModel(
        name="multilayer Sherrington-Kirkpatrick model",
        hamiltonian=energy,
        spins=Family(base=spins, ranges=((k, 0, n_bonds), (i, 1, layer_sizes[k]))),
        couplings=Family(base=couplings, ranges=((k, 1, n_bonds), (i, 1, layer_sizes[k - 1]), (j, 1, layer_sizes[k]))),
        variance=weight_variances[k] / layer_sizes[k - 1],
        inverse_temperature=inverse_temperature,
        domain=multilayer_domain(),
    )


def multilayer_model_in_field() -> DisorderedModel:
    """The same model with an external field h[k] on every spin of layer k: its energy is - h[k] sigma[k, i]."""
    model = multilayer_model()
    fields = Sigma(external_fields[k] * spins[k, i], *model.spins.ranges)
    return replace(
        model,
        name=f"{model.name} in a field",
        hamiltonian=model.hamiltonian - fields,
        domain=model.domain.extended({external_fields: (-sp.oo, sp.oo)}),
    )
