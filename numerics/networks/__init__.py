"""Empirical networks: initialization, training, data sets, checkpoints. Imports none of the theory.

A network that knew the theory could not test it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numerics.networks.boltzmann import RestrictedBoltzmannMachine as RestrictedBoltzmannMachine
    from numerics.networks.contrastive_divergence import train_restricted_machine as train_restricted_machine
    from numerics.networks.digits import Digits as Digits
    from numerics.networks.digits import load_digits as load_digits
    from numerics.networks.fully_connected import BoltzmannMachine as BoltzmannMachine
    from numerics.networks.hopfield import HopfieldNetwork as HopfieldNetwork
    from numerics.networks.initialization import sample_network as sample_network
    from numerics.networks.initialization import sample_weights as sample_weights
    from numerics.networks.layered import LayeredNetwork as LayeredNetwork
    from numerics.networks.machine_files import read_machine as read_machine
    from numerics.networks.mnist import read_mnist as read_mnist
    from numerics.networks.settings import TrainingSettings as TrainingSettings
    from numerics.networks.trainer import train as train

_HOMES = {
    "BoltzmannMachine": "fully_connected",
    "Digits": "digits",
    "HopfieldNetwork": "hopfield",
    "LayeredNetwork": "layered",
    "RestrictedBoltzmannMachine": "boltzmann",
    "TrainingSettings": "settings",
    "load_digits": "digits",
    "read_machine": "machine_files",
    "read_mnist": "mnist",
    "sample_network": "initialization",
    "sample_weights": "initialization",
    "train": "trainer",
    "train_restricted_machine": "contrastive_divergence",
}

__all__ = [
    "BoltzmannMachine",
    "Digits",
    "HopfieldNetwork",
    "LayeredNetwork",
    "RestrictedBoltzmannMachine",
    "TrainingSettings",
    "load_digits",
    "read_machine",
    "read_mnist",
    "sample_network",
    "sample_weights",
    "train",
    "train_restricted_machine",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'numerics.networks' has no attribute {name!r}")
    return getattr(import_module(f"numerics.networks.{_HOMES[name]}"), name)
