"""The integral along a finite segment by Arb's adaptive quadrature."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false

from __future__ import annotations

from collections.abc import Callable

from flint import acb

from derivations.engine.routes.enclosures.points import TooLargeError, UnknownError, VagueError
from derivations.engine.routes.enclosures.table import NAN

EVALUATIONS = 20_000
PATIENCE = 400
"""After so many evaluations without one finite value the integral is given up."""


def enclosed_integral(function: Callable[[acb, bool], acb], low: acb, high: acb) -> acb:
    """The integral of ``function(x, analytic)`` along the segment.

    An exception inside flint's callback would become a ``SystemError``: it is kept and raised here.
    """
    kept: list[Exception] = []
    seen = [0, 0]

    def safe(x: acb, analytic: bool) -> acb:
        if kept:
            return NAN
        seen[0] += 1
        try:
            found = function(x, analytic)
        except VagueError as error:
            found = NAN
            if not analytic and x.rad() == 0:
                kept.append(error)
        except (UnknownError, TooLargeError, ValueError, ArithmeticError) as error:
            kept.append(error)
            return NAN
        seen[1] += found.is_finite()
        if seen[0] > PATIENCE and not seen[1]:
            kept.append(VagueError("an integrand without finite values"))
        return found

    result = acb.integral(safe, low, high, eval_limit=EVALUATIONS)
    if kept:
        raise kept[0]
    return result
