"""Regulators of the functional renormalization group, by their shape.

R_k(q^2) = Z q^2 r(y) with y = q^2 / k^2. Sources: D. F. Litim, Physical Review D 64, 105007 (2001); J. Berges,
N. Tetradis, C. Wetterich, Physics Reports 363, 223 (2002); F. J. Wegner, A. Houghton, Physical Review A 8, 401 (1973).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import sympy as sp

y = sp.Symbol("y", positive=True)
"""The squared momentum in units of the scale."""
PIECES = sp.Piecewise, sp.Heaviside, sp.DiracDelta, sp.Max, sp.Min, sp.Abs, sp.sign, sp.floor, sp.ceiling


class Regulator:
    """A regulator of a user's own shape.

    Parameters
    ----------
    shape
        r(y), dimensionless: a SymPy expression in one symbol, or a function that makes one of ``theory.regulators.y``,
        which may hold parameters. It cuts small momenta off if y r(y) does not vanish at 0, and leaves large ones alone
        if it falls fast enough.
    edge
        Beyond it the shape vanishes; infinite if it does not.

    Raises
    ------
    TypeError
        If the shape is neither.
    ValueError
        If it holds no symbol, or several; if it is given in pieces; or if it does not regulate: it is negative or not
        real somewhere, leaves slow modes without a mass, or does not fall at large momenta.
    """

    name: ClassVar[str] = "regulator of one's own"

    def __init__(self, shape: Any, *, edge: Any = sp.oo) -> None:
        self._shape = _in_y(shape)
        self._edge = sp.sympify(edge, strict=True)
        if not self.is_sharp:
            _check_that_it_regulates(self._shape, self._edge)

    @property
    def shape(self) -> Any:
        """r(y) below the edge, an expression in ``theory.regulators.y``."""
        return self._shape

    @property
    def edge(self) -> Any:
        """Where momenta end that the regulator acts on, in units of k^2."""
        return self._edge

    @property
    def is_sharp(self) -> bool:
        """Whether the regulator is a limit that has no shape."""
        return False

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Regulator) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    @property
    def _key(self) -> tuple[Any, ...]:
        return (self.is_sharp, self._shape, self._edge)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._shape})"


class LitimRegulator(Regulator):
    """The optimized regulator, r = (1/y - 1) theta(1 - y)."""

    name: ClassVar[str] = "Litim"

    def __init__(self) -> None:
        super().__init__(1 / y - 1, edge=1)

    def __repr__(self) -> str:
        return "LitimRegulator()"


class ExponentialRegulator(Regulator):
    """The exponential regulator, r = 1 / (e^y - 1)."""

    name: ClassVar[str] = "exponential"

    def __init__(self) -> None:
        super().__init__(1 / (sp.exp(y) - 1))

    def __repr__(self) -> str:
        return "ExponentialRegulator()"


class PowerRegulator(Regulator):
    """A power of the momentum, r = y^(-n).

    Parameters
    ----------
    n
        Positive; for 1 it is a mass, and threshold functions of low order diverge in two dimensions and above.

    Raises
    ------
    ValueError
        If the power is not a positive number.
    """

    name: ClassVar[str] = "power"

    def __init__(self, n: Any) -> None:
        power = _positive(n)
        super().__init__(y**-power)
        self.power = power

    def __repr__(self) -> str:
        return f"PowerRegulator({self.power})"


class SharpRegulator(Regulator):
    """The sharp cutoff: the limit of ever larger powers, in which r jumps from infinity to 0 at y = 1."""

    name: ClassVar[str] = "sharp"

    def __init__(self) -> None:
        super().__init__(sp.Piecewise((sp.oo, y < 1), (sp.S.Zero, True)), edge=1)

    @property
    def is_sharp(self) -> bool:
        """It is a limit that has no shape."""
        return True

    @property
    def shape(self) -> Any:
        """There is none.

        Raises
        ------
        ValueError
            Always; threshold functions have their limits.
        """
        raise ValueError("the sharp cutoff is a limit and has no shape; its threshold functions are known")

    def __repr__(self) -> str:
        return "SharpRegulator()"


def checked(regulator: Any) -> Regulator:
    """The regulator, if it is one.

    Raises
    ------
    TypeError
        If it is something else, as the name of one.
    """
    if not isinstance(regulator, Regulator):
        raise TypeError(f"expected a regulator of the theory, as LitimRegulator(); found {regulator!r}")
    return regulator


def _check_that_it_regulates(shape: Any, edge: Any) -> None:
    """By values at half decades and at the edge: R is never negative, a mass for slow modes, small for fast ones."""
    if shape.has(*PIECES):
        raise ValueError(f"expected one formula for r(y), with edge= where it ends; found pieces in {shape}")
    if shape.free_symbols != {y} or edge.free_symbols:
        return
    points = [point for point in (sp.Float(10) ** (sp.Integer(k) / 2) for k in range(-18, 13)) if point < edge]
    if edge != sp.oo:
        points.append(0.99 * edge)
    values = [shape.subs(y, point).evalf() for point in points]
    for point, value in zip(points, values, strict=True):
        if not (value.is_real and value >= 0):
            raise ValueError(f"expected a regulator r(y) of at least 0; found {value} at y = {point:.3g} in {shape}")
    slow, fast = points[0] * values[0], points[6] * values[6]
    if slow < fast / 2 or slow == 0:
        raise ValueError(f"expected y r(y) to stay above 0 at small y, as a mass of slow modes; found r(y) = {shape}")
    if edge == sp.oo and values[-1] > sp.Rational(1, 100):
        raise ValueError(f"expected r(y) to fall to 0 at large y; found r(y) = {shape}")


def _in_y(shape: Any) -> Any:
    if not isinstance(shape, sp.Expr):
        made = shape(y) if isinstance(shape, Callable) else None
        if not isinstance(made, sp.Expr):
            raise TypeError(f"expected a shape r(y) as a SymPy expression or a function of y; found {shape!r}")
        return made
    symbols = sorted(shape.free_symbols, key=str)
    if y in symbols:
        return shape
    if len(symbols) != 1:
        found = ", ".join(map(str, symbols)) or "none"
        raise ValueError(f"expected a shape in one symbol, the squared momentum y; found {found} in {shape}")
    return shape.xreplace({symbols[0]: y})


def _positive(n: Any) -> Any:
    power = sp.nsimplify(n) if isinstance(n, float) else sp.sympify(n, strict=True)
    if not power.is_positive:
        raise ValueError(f"expected a positive power n of the regulator y^(-n); found {n!r}")
    return power
