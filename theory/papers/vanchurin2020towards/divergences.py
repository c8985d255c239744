"""Densities of the paper's integrals over the parameters of a network, compared up to divergences."""

from __future__ import annotations

from typing import Any

from theory.models import entropic as model
from theory.models.entropic import ONE, Parameters
from theory.statements import EqualUpToTotalDerivative

ANY_PARAMETER = "The term of any one Q_k; the others are held fixed in it."
BOUNDARY = "p vanishes at the boundary of the parameters."


def at_one_temperature(left: Any, right: Any, *names: Any, over: Parameters = ONE) -> EqualUpToTotalDerivative:
    """Both sides under an integral over the parameters; ``names`` stand for derived densities."""
    return _equal(left, right, over.at_one_temperature, names)


def over_time(left: Any, right: Any, *names: Any, over: Parameters = ONE) -> EqualUpToTotalDerivative:
    """Both sides under integrals over time and over the parameters."""
    return _equal(left, right, over.over_time, names)


def _equal(left: Any, right: Any, where: dict[str, Any], names: tuple[Any, ...]) -> EqualUpToTotalDerivative:
    domain = where["domain"].extended(dict.fromkeys(names, model.REAL))
    return EqualUpToTotalDerivative(left, right, domain, fields=where["fields"], coordinates=where["coordinates"])
