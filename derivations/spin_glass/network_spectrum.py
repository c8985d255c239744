"""The matrix M of one network: where its largest eigenvalue lies, and whether it tells of every transition."""

from __future__ import annotations

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.rules.network_spectrum import (
    RowOfThree,
    at_high_temperature,
    at_low_temperature,
    largest_of_three,
    layered_diagonal,
    magnetized_pair,
    pair_stays_definite,
    spectral_bounds,
)
from derivations.spin_glass import large_layers, tap_equations
from derivations.spin_glass.multilayer_replicas import REFERENCES
from theory.models import ising_pairs as model
from theory.models import multilayer as layered
from theory.symbols import family

IDENTIFIER = "network-spectrum"
TITLE = "What the matrix of one network says, and what it does not"
SERVES: tuple[str, ...] = ()

i, j, N, beta = model.i, model.j, model.n_spins, model.inverse_temperature
k, l = layered.k, sp.Symbol("l", integer=True)
VECTOR = family("x", real=True)
COUPLING = sp.Symbol("J", positive=True)


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    parent = tap_equations.build()
    matrix, bond = parent["matrix of the linearized equations"], parent["bond matrix"]
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction=(
            "The largest eigenvalue of $M$ is bounded by those of its two parts, which gives its behavior at high and "
            "at low temperature. That it stays below one excludes small magnetizations, not all of them."
        ),
        references=REFERENCES,
        conventions=("$M$ has $\\beta$ times the bonds off its diagonal, and minus $\\beta^2 \\sum J^2$ on it.",),
    )
    d.apply(
        spectral_bounds,
        matrix,
        bond,
        vector=VECTOR,
        rows=(i, j),
        upper=N,
        domain=model.pair_domain(),
        name="form of the matrix",
    )
    blocks, reaction = parent["block tridiagonal matrix"], parent["reaction blocks"]
    system = RowOfThree(
        letters=(k, l, i, j),
        n_bonds=layered.n_bonds,
        sizes=layered.layer_sizes,
        inverse_temperature=beta,
        coupling=COUPLING,
    )
    largest = d.apply(largest_of_three, blocks, reaction, system=system, name="three spins in a row")
    d.apply(at_high_temperature, largest, blocks, reaction, system=system, name="high temperature")
    d.apply(at_low_temperature, largest, blocks, reaction, system=system, name="low temperature")
    pair = {"size": N, "couplings": model.couplings, "beta": beta}
    d.apply(pair_stays_definite, matrix, bond, rows=(i, j), coupling=COUPLING, **pair, name="a pair of spins")
    equations = parent["TAP equations"]
    d.apply(
        magnetized_pair, equations, bond, row=i, magnetizations=model.magnetizations, **pair, name="a magnetized pair"
    )
    sites = {k: sp.Range(0, layered.n_bonds + 1), i: sp.Range(1, layered.layer_sizes[k] + 1)}
    d.apply(
        layered_diagonal,
        reaction,
        squares=large_layers.squared_couplings(sp.Integer(1)),
        site=i,
        other=j,
        beta=beta,
        domain=layered.multilayer_domain().extended({**sites, layered.couplings: (-sp.oo, sp.oo)}),
        name="diagonal in layers",
    )
    return d
