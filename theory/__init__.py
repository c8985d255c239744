"""What is stated: symbols, domains, statements, models, and what each paper prints."""

from theory.domain import Domain
from theory.models.hopfield import HopfieldModel
from theory.models.multilayer_instances import BipartiteSpinGlass, MultilayerSpinGlass
from theory.models.p_spin import PSpinModel, SphericalPSpinModel
from theory.models.sherrington_kirkpatrick import SherringtonKirkpatrick
from theory.regulators import (
    ExponentialRegulator,
    LitimRegulator,
    PowerRegulator,
    Regulator,
    SharpRegulator,
)
from theory.statements import (
    Definition,
    EnsembleMean,
    EqualUpToTotalDerivative,
    Expansion,
    Identity,
    Inequality,
    LimitStatement,
    PositiveDefinite,
    Postulate,
    Proportional,
    Statement,
    Stationarity,
)

__all__ = [
    "SharpRegulator",
    "Regulator",
    "PowerRegulator",
    "LitimRegulator",
    "ExponentialRegulator",
    "BipartiteSpinGlass",
    "Definition",
    "Domain",
    "EnsembleMean",
    "EqualUpToTotalDerivative",
    "Expansion",
    "HopfieldModel",
    "Identity",
    "Inequality",
    "LimitStatement",
    "MultilayerSpinGlass",
    "PSpinModel",
    "PositiveDefinite",
    "Postulate",
    "Proportional",
    "SherringtonKirkpatrick",
    "SphericalPSpinModel",
    "Statement",
    "Stationarity",
]
