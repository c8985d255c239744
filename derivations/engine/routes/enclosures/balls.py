"""Arb balls for expressions: a closed table of node types; whatever is not in it is ``UnknownError``.

A ball contains the true value at the point. The table is trusted; each entry is tested against mpmath.
"""

from __future__ import annotations

from derivations.engine.routes.enclosures import solutions
from derivations.engine.routes.enclosures.points import TooLargeError, UnknownError
from derivations.engine.routes.enclosures.table import FALLBACKS, NAN, RULES, ball, precision
from derivations.engine.routes.enclosures.values import (
    analytic,
    arithmetic,
    binders,
    combinatorics,
    conditions,
    parametric,
    polynomials,
    real_functions,
)
from derivations.engine.routes.enclosures.values.analytic import BRANCHED, HOLOMORPHIC
from derivations.engine.routes.enclosures.values.conditions import decided

FAMILIES = (
    arithmetic,
    analytic,
    real_functions,
    conditions,
    combinatorics,
    polynomials,
    parametric,
    binders,
    solutions,
)
"""A new family of functions is one more module and one more name here."""

for family in FAMILIES:
    RULES.update(family.TABLE)
FALLBACKS.extend((arithmetic.by_class, binders.by_class))

__all__ = ["BRANCHED", "HOLOMORPHIC", "NAN", "TooLargeError", "UnknownError", "ball", "decided", "precision"]
