"""The derivations that ship with the workbench."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from derivations.emergent_gravity import curvature, entropy_flow, field_equations, matter, reciprocity, ricci_tensor
from derivations.engine.derivation import Derivation
from derivations.entropic_mechanics import entropic_action, entropic_schroedinger
from derivations.learning_thermodynamics import (
    entropy_density,
    entropy_production,
    equilibrium,
    extremum_kinds,
    factorization,
    feedforward,
    gaussian_window,
    learning_path,
    maximum_entropy,
    neural_septuple,
    partition_function,
    quadratic_loss,
    shallow_spectrum,
    spectrum_split,
    two_fractions,
)
from derivations.nonequilibrium import (
    boltzmann_learning,
    crooks,
    dragged_oscillator,
    driving_speed,
    gaussian_work,
    ising_chain,
    ising_torus,
    jarzynski,
    second_law,
    stiffened_oscillator,
    two_state_work,
)
from derivations.renormalization import (
    anomalous_dimension,
    component_flow,
    flow_equation,
    local_potential,
    network_correlators,
    network_couplings,
    network_flow,
    network_momentum,
    network_premises,
    threshold_functions,
    vertex_flows,
)
from derivations.signal_propagation import forward_variance
from derivations.spin_glass import (
    bipartite_free_energy,
    hopfield_free_energy,
    ising_p_spin_free_energy,
    large_layers,
    multilayer_free_energy,
    multilayer_replicas,
    multilayer_stability,
    network_spectrum,
    one_step_breaking,
    one_step_ground_state,
    replica_stability,
    sherrington_kirkpatrick,
    spherical_p_spin_free_energy,
    tap_equations,
)


@dataclass(frozen=True, kw_only=True)
class CatalogueEntry:
    """One derivation: its name, its subject, the printed equations it serves, and how to compute it."""

    identifier: str
    title: str
    serves: tuple[str, ...]
    build: Callable[[], Derivation]

    @property
    def subject(self) -> str:
        """The branch of physics: the folder of its module here, in words; ``own work`` for one from elsewhere."""
        package, *folders = self.build.__module__.split(".")
        return folders[0].replace("_", " ") if package == "derivations" and len(folders) > 1 else "own work"


ENTRIES = tuple(
    CatalogueEntry(identifier=m.IDENTIFIER, title=m.TITLE, serves=m.SERVES, build=m.build)
    for m in (
        multilayer_replicas,
        large_layers,
        tap_equations,
        network_spectrum,
        forward_variance,
        replica_stability,
        one_step_breaking,
        one_step_ground_state,
        multilayer_free_energy,
        multilayer_stability,
        sherrington_kirkpatrick,
        ising_p_spin_free_energy,
        spherical_p_spin_free_energy,
        hopfield_free_energy,
        bipartite_free_energy,
        flow_equation,
        component_flow,
        vertex_flows,
        local_potential,
        threshold_functions,
        anomalous_dimension,
        network_correlators,
        network_flow,
        network_premises,
        network_momentum,
        network_couplings,
        jarzynski,
        crooks,
        boltzmann_learning,
        second_law,
        driving_speed,
        two_state_work,
        gaussian_work,
        dragged_oscillator,
        stiffened_oscillator,
        maximum_entropy,
        quadratic_loss,
        gaussian_window,
        partition_function,
        equilibrium,
        factorization,
        two_fractions,
        extremum_kinds,
        spectrum_split,
        learning_path,
        entropy_production,
        entropy_density,
        shallow_spectrum,
        neural_septuple,
        feedforward,
        entropy_flow,
        reciprocity,
        curvature,
        field_equations,
        ricci_tensor,
        matter,
        entropic_action,
        entropic_schroedinger,
        ising_chain,
        ising_torus,
    )
)


def catalogue() -> tuple[CatalogueEntry, ...]:
    """Every derivation of the workbench, in reading order."""
    return ENTRIES


def find(identifier: str) -> CatalogueEntry:
    """The entry of a name.

    Raises
    ------
    ValueError
        If there is none; the message lists the names there are.
    """
    for entry in ENTRIES:
        if entry.identifier == identifier:
            return entry
    known = ", ".join(e.identifier for e in ENTRIES)
    raise ValueError(f"there is no derivation {identifier!r}; the catalogue has {known}")
