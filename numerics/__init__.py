"""How much it is: lowering, solvers, networks, and the cross-checks where theory and networks meet."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numerics.analysis import analyze as analyze
    from numerics.correlators.couplings import measured_coupling as measured_coupling
    from numerics.correlators.ensemble import sampled_correlators as sampled_correlators
    from numerics.correlators.exact import connected_correlator as connected_correlator
    from numerics.correlators.noise import signal_to_noise as signal_to_noise
    from numerics.correlators.random_networks import RandomNetworks as RandomNetworks
    from numerics.ensemble import ensemble_critical_temperature as ensemble_critical_temperature
    from numerics.evolution.constrained_diffusion import constrained_diffusion as constrained_diffusion
    from numerics.evolution.fokker_planck import fokker_planck_evolution as fokker_planck_evolution
    from numerics.evolution.grid import Grid as Grid
    from numerics.evolution.schroedinger import schroedinger_evolution as schroedinger_evolution
    from numerics.evolution.schroedinger import wave_function as wave_function
    from numerics.flows.fixed_points import local_potential_fixed_point as local_potential_fixed_point
    from numerics.flows.global_fixed_point import global_fixed_point as global_fixed_point
    from numerics.flows.thresholds import threshold_function as threshold_function
    from numerics.free_energies.acceptance_ratio import bennett_acceptance_ratio as bennett_acceptance_ratio
    from numerics.free_energies.annealing import annealed_importance_sampling as annealed_importance_sampling
    from numerics.free_energies.exponential_average import jarzynski as jarzynski
    from numerics.free_energies.log_partition import log_partition as log_partition
    from numerics.free_energies.schedules import adaptive_schedule as adaptive_schedule
    from numerics.learning.log_partition import learning_log_partition as learning_log_partition
    from numerics.learning.spectrum import learning_spectrum as learning_spectrum
    from numerics.learning.two_fractions import two_fraction_extrema as two_fraction_extrema
    from numerics.lowering import lower as lower
    from numerics.replicas.almeida_thouless import almeida_thouless_field as almeida_thouless_field
    from numerics.replicas.sherrington_kirkpatrick import one_step_solution as one_step_solution
    from numerics.replicas.sherrington_kirkpatrick import replica_symmetric_solution as replica_symmetric_solution
    from numerics.sampling import parallel_tempering as parallel_tempering
    from numerics.solvers.critical_temperature import critical_temperature as critical_temperature
    from numerics.solvers.fixed_points import lower_fixed_point as lower_fixed_point
    from numerics.tap import tap_solution as tap_solution
    from numerics.tap import tap_solutions as tap_solutions

_HOMES = {
    "adaptive_schedule": "numerics.free_energies.schedules",
    "Grid": "numerics.evolution.grid",
    "RandomNetworks": "numerics.correlators.random_networks",
    "almeida_thouless_field": "numerics.replicas.almeida_thouless",
    "analyze": "numerics.analysis",
    "annealed_importance_sampling": "numerics.free_energies.annealing",
    "bennett_acceptance_ratio": "numerics.free_energies.acceptance_ratio",
    "constrained_diffusion": "numerics.evolution.constrained_diffusion",
    "connected_correlator": "numerics.correlators.exact",
    "critical_temperature": "numerics.solvers.critical_temperature",
    "ensemble_critical_temperature": "numerics.ensemble",
    "jarzynski": "numerics.free_energies.exponential_average",
    "fokker_planck_evolution": "numerics.evolution.fokker_planck",
    "global_fixed_point": "numerics.flows.global_fixed_point",
    "learning_log_partition": "numerics.learning.log_partition",
    "learning_spectrum": "numerics.learning.spectrum",
    "local_potential_fixed_point": "numerics.flows.fixed_points",
    "log_partition": "numerics.free_energies.log_partition",
    "lower": "numerics.lowering",
    "lower_fixed_point": "numerics.solvers.fixed_points",
    "measured_coupling": "numerics.correlators.couplings",
    "one_step_solution": "numerics.replicas.sherrington_kirkpatrick",
    "replica_symmetric_solution": "numerics.replicas.sherrington_kirkpatrick",
    "parallel_tempering": "numerics.sampling",
    "schroedinger_evolution": "numerics.evolution.schroedinger",
    "sampled_correlators": "numerics.correlators.ensemble",
    "signal_to_noise": "numerics.correlators.noise",
    "threshold_function": "numerics.flows.thresholds",
    "tap_solution": "numerics.tap",
    "tap_solutions": "numerics.tap",
    "two_fraction_extrema": "numerics.learning.two_fractions",
    "wave_function": "numerics.evolution.schroedinger",
}

__all__ = [
    "adaptive_schedule",
    "Grid",
    "RandomNetworks",
    "almeida_thouless_field",
    "analyze",
    "annealed_importance_sampling",
    "bennett_acceptance_ratio",
    "connected_correlator",
    "constrained_diffusion",
    "critical_temperature",
    "ensemble_critical_temperature",
    "fokker_planck_evolution",
    "jarzynski",
    "global_fixed_point",
    "learning_log_partition",
    "learning_spectrum",
    "local_potential_fixed_point",
    "log_partition",
    "lower",
    "lower_fixed_point",
    "measured_coupling",
    "one_step_solution",
    "parallel_tempering",
    "replica_symmetric_solution",
    "sampled_correlators",
    "schroedinger_evolution",
    "signal_to_noise",
    "tap_solution",
    "tap_solutions",
    "threshold_function",
    "two_fraction_extrema",
    "wave_function",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for: SciPy and SymPy are slow to load."""
    if name not in _HOMES:
        raise AttributeError(f"module 'numerics' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
