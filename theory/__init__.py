"""What is stated: symbols, domains, statements, models, and what each paper prints."""

from theory.domain import Domain
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
    "Definition",
    "Domain",
    "EnsembleMean",
    "EqualUpToTotalDerivative",
    "Expansion",
    "Identity",
    "Inequality",
    "LimitStatement",
    "PositiveDefinite",
    "Postulate",
    "Proportional",
    "Statement",
    "Stationarity",
]
