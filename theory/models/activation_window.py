"""One component of a network's state in the bounds of its activation, and with a Gaussian window in their place.

Source: V. Vanchurin, Towards a theory of machine learning (2020), equations (5.7) and (5.8), for the bounds of tanh.
The stiffness is ``s = beta (lambda - m)``, that of a component which no other couples to.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.models.learning import component, n_neurons, shift

stiffness = sp.Symbol("s", positive=True)
bounded, windowed = sp.symbols("Z_1 Z_w", positive=True)
"""The integral in the bounds, and with the window."""
window_error, centered_error = sp.symbols("delta delta_0", real=True)
"""How much the window adds to the logarithm of the integral: about a mean of the state, and about zero."""
free_error = sp.symbols("delta_f", real=True)
"""The same where the bounds are left out and no window is put in their place."""
volume_error = sp.Symbol("delta_N", real=True)

SMALLEST, LARGEST = sp.Rational(1, 100), sp.Integer(100)
"""Between which stiffnesses the error is enclosed; beyond, its expansions say how large it is."""


def exponent(*, window: bool) -> Any:
    """Minus the loss of one component about its mean, times beta, with or without the window of variance one."""
    return -stiffness * (component - shift) ** 2 / 2 - (component**2 / 2 if window else 0)


def component_domain() -> Domain:
    """Any stiffness, and a mean inside the bounds."""
    return Domain({stiffness: (0, sp.oo), shift: (-1, 1), n_neurons: sp.Range(1, sp.oo)})


def enclosed_domain() -> Domain:
    """Stiffnesses over four decades."""
    return Domain({stiffness: (SMALLEST, LARGEST)})
