"""From the Hamiltonian of pairs of spins to the Thouless-Anderson-Palmer equations and the melting of one network.

Steps (19) to (27) of Barney, Winer and Galitski (2024), with what their section 2.2 claims in prose.
"""

from __future__ import annotations

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.graph import Reference
from derivations.engine.rule import right_side
from derivations.engine.step import Step
from derivations.rules.block_elimination import (
    block_congruence,
    elimination_determinant,
    opposite_signs,
)
from derivations.rules.bond_matrix import bond_matrix
from derivations.rules.layer_blocks import layer_blocks, layer_reaction
from derivations.rules.pivots import pivot_recursion
from derivations.rules.plefka_expansion import plefka_expansion
from derivations.rules.tap_equations import (
    curvature,
    linearized,
    matrix_form,
    mean_field_free_energy,
    paramagnet_curvature,
    tap_equations,
    without_fields,
)
from derivations.spin_glass import tap_oracles as oracles
from derivations.spin_glass.multilayer_replicas import PAPER, REFERENCES, serving
from theory.models import ising_pairs as model
from theory.models import multilayer as layered
from theory.statements import Definition
from theory.sums import Inside

IDENTIFIER = "tap-equations"
TITLE = "Mean-field equations of one network"
CLAIMS = ("2.2a", "2.2b", "2.2c", "2.2d", "2.2e", "2.2f", "2.2g", "3.3a", "3.4a", "3.4b", "3.4c")
SERVES = tuple(f"{PAPER}:{n}" for n in (*range(19, 28), *(f"claim:{place}" for place in CLAIMS)))

i, j, N, beta = model.i, model.j, model.n_spins, model.inverse_temperature
m, h, J = model.magnetizations, model.fields, model.couplings
SITE = model.SITES[0]
k, l, a, b = layered.k, sp.Symbol("l", integer=True), layered.a, layered.b
L, sizes = layered.n_bonds, layered.layer_sizes
ORDER = 4
SINGLE_SPINS = (1, 1, 1)
SHAPES = (SINGLE_SPINS, (2, 1))
"""Layer sizes at which the elimination is written out."""
SMALL = sp.Symbol("epsilon", real=True)


def build() -> Derivation:
    """The whole derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction=(
            "For one realization of the weights nothing is averaged. The free energy at fixed magnetizations is "
            "expanded in the inverse temperature; to second order it is that of Thouless, Anderson and Palmer. Its "
            "curvature at zero magnetizations tells where the paramagnet of one network becomes unstable."
        ),
        references=(
            *REFERENCES,
            Reference(
                key="plefka1982convergence",
                citation="T. Plefka, Convergence condition of the TAP equation for the infinite-ranged Ising spin "
                "glass model, J. Phys. A 15, 1971 (1982)",
            ),
            Reference(
                key="georges1991how",
                citation="A. Georges, J. S. Yedidia, How to expand around mean-field theory using high-temperature "
                "expansions, J. Phys. A 24, 2173 (1991)",
            ),
        ),
        conventions=(
            "The energy is minus the sum over pairs of coupling times both spins, minus fields times spins; the bond "
            "matrix is symmetric and its diagonal vanishes.",
            "The Boltzmann constant is 1; $\\beta$ is the inverse temperature.",
        ),
    )
    matrix = _equations(d)
    _layers(d, matrix)
    return d


def _equations(d: Derivation) -> Step:
    sets = {"magnetizations": m, "inverse_temperature": beta}
    energy = d.define(
        Definition(model.hamiltonian_name, model.pair_hamiltonian()),
        name="Hamiltonian",
        reason="Every pair of spins interacts through one coupling; each spin feels an external field.",
    )
    gibbs = d.apply(
        plefka_expansion,
        energy,
        spins=model.spin_family(),
        **sets,
        domain=model.pair_domain(),
        order=ORDER,
        oracle=lambda x: oracles.plefka_terms(right_side(x), ORDER),
        name="Gibbs free energy to fourth order",
        defines=model.gibbs_free_energy,
        serves=serving("claim:2.2a"),
    )
    bond = d.define(
        Definition(model.bond_matrix[i, j], Inside(j, i + 1, N) * J[i, j] + Inside(i, j + 1, N) * J[j, i]),
        name="bond matrix",
        reason="The couplings as a symmetric matrix.",
    )
    energies = d.apply(
        mean_field_free_energy,
        gibbs,
        bond,
        magnetizations=m,
        fields=h,
        temperature_inverse=beta,
        site=SITE,
        name="mean-field free energy in a field",
    )
    free = d.apply(
        without_fields,
        energies,
        bond,
        fields=h,
        name="mean-field free energy",
        defines=model.mean_field_free_energy,
        serves=serving(19),
    )
    d.apply(tap_equations, energies, bond, **sets, site=SITE, name="TAP equations in a field")
    equations = d.apply(
        tap_equations,
        free,
        bond,
        **sets,
        site=SITE,
        name="TAP equations",
        defines=model.local_field[i],
        serves=serving(20, "claim:2.2b", "claim:2.2c"),
    )
    domain = model.pair_domain().extended({i: sp.Range(1, N + 1)})
    linear = d.apply(
        linearized,
        equations,
        bond,
        magnetizations=m,
        small=SMALL,
        site=i,
        domain=domain,
        name="linearized TAP equations",
        defines=model.linear_field[i],
        serves=serving(21, "claim:2.2d"),
    )
    matrix = d.apply(
        matrix_form,
        linear,
        bond,
        magnetizations=m,
        rows=(i, j),
        upper=N,
        domain=domain,
        name="matrix of the linearized equations",
        defines=model.stability_matrix[i, j],
        serves=serving(22, 23, "claim:3.3a", "claim:3.4b", "claim:3.4c"),
    )
    hessian = d.apply(
        curvature, equations, bond, magnetizations=m, rows=(i, j), upper=N, domain=domain, name="curvature"
    )
    d.apply(
        paramagnet_curvature,
        hessian,
        matrix,
        bond,
        magnetizations=m,
        rows=(i, j),
        name="curvature of the free energy of the paramagnet",
        serves=serving("claim:2.2e", "claim:3.4a"),
    )
    return matrix


def _layers(d: Derivation, matrix: Step) -> None:
    """The matrix of a layered network in blocks, and its elimination layer by layer."""
    bond = d.apply(
        bond_matrix,
        model=layered.multilayer_model(),
        first=(k, i),
        second=(l, j),
        name="bond matrix of a layered network",
        defines=layered.bond_matrix[k, l, i, j],
    )
    places = {"rows": (i, j), "layers": ((k, l), (sp.Integer(0), L), sizes), "inverse_temperature": beta}
    reaction = d.apply(
        layer_reaction,
        matrix,
        bond,
        **places,
        name="reaction blocks",
        defines=model.reaction[k, i, j],
        serves=serving(25),
    )
    blocks = d.apply(
        layer_blocks,
        matrix,
        bond,
        reaction,
        **places,
        name="block tridiagonal matrix",
        defines=model.layered_matrix[k, l, i, j],
        serves=serving(24),
    )
    congruence = d.apply(
        block_congruence,
        pivot=model.schur_complement,
        transfer=model.transfer,
        layers=(k, l, sp.Integer(0), L),
        sizes=sizes,
        rows=(i, j, a, b),
        name="elimination of layers",
    )
    d.apply(
        pivot_recursion,
        congruence,
        blocks,
        pivot=model.schur_complement,
        reaction=model.reaction,
        layers=(k, l),
        rows=(i, j),
        name="pivots",
        defines=model.pivot[k, i, j],
        serves=serving(26, "claim:2.2f"),
    )
    for shape in SHAPES:
        d.apply(
            elimination_determinant,
            blocks,
            sizes=shape,
            letters=(k, l, i, j),
            inverse_temperature=beta,
            name=f"determinant for layers of {_listed(shape)} spins",
            defines=model.stability_determinant if shape == SINGLE_SPINS else None,
            serves=serving(27, "claim:2.2g"),
        )
    for shape in (SINGLE_SPINS, (1, 1)):
        d.apply(
            opposite_signs,
            blocks,
            sizes=shape,
            letters=(k, l, i, j),
            inverse_temperature=beta,
            name=f"opposite signs for layers of {_listed(shape)} spins",
            serves=serving(26, 27),
        )


def _listed(shape: tuple[int, ...]) -> str:
    return ", ".join(map(str, shape[:-1])) + f" and {shape[-1]}"
