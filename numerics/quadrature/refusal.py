"""The refusal of a quadrature whose accuracy was not reached."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class QuadratureError(ArithmeticError):
    """An average or integral did not reach the accuracy asked for; no number is given instead.

    Attributes
    ----------
    point
        The first such point, by argument.
    estimate
        The estimated error there, relative to the integral of the absolute value; infinite where nothing converged.
    tolerance
        What was asked for.
    """

    def __init__(self, what: str, point: Mapping[Any, float], estimate: float, tolerance: float, remedy: str) -> None:
        place = ", ".join(f"{name} = {value!r}" for name, value in point.items()) or "its only point"
        super().__init__(
            f"expected {what} to a relative error of {tolerance:g}; "
            f"found an estimate of {estimate:.2g} at {place}: {remedy}"
        )
        self.point = dict(point)
        self.estimate = estimate
        self.tolerance = tolerance

    def __reduce__(self) -> Any:
        """An exception that takes more than its message is otherwise not picklable."""
        return _again, (str(self), self.point, self.estimate, self.tolerance)


def _again(message: str, point: dict[Any, float], estimate: float, tolerance: float) -> QuadratureError:
    error = QuadratureError.__new__(QuadratureError)
    ArithmeticError.__init__(error, message)
    error.point, error.estimate, error.tolerance = point, estimate, tolerance
    return error
