"""What a claim can say: typed relations over a domain, definitions, and postulates; one kind a module.

A statement is data. It is never true or false by itself; ``derivations.verify`` examines it. None of them is a
``sympy.Eq``, which evaluates ``Eq(x, x)`` to ``True`` before anybody has checked anything.
"""

from theory.statements.definition import Definition
from theory.statements.ensemble_mean import EnsembleMean
from theory.statements.expansion import Expansion
from theory.statements.identity import Identity
from theory.statements.inequality import Inequality
from theory.statements.limit import LimitStatement
from theory.statements.positive_definite import PositiveDefinite
from theory.statements.postulate import Postulate
from theory.statements.proportional import Proportional
from theory.statements.statement import Statement
from theory.statements.stationarity import Stationarity
from theory.statements.total_derivative import EqualUpToTotalDerivative

__all__ = [
    "Definition",
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
