"""T log(2 cosh(X / T)) and its derivatives as functions whose limits at T = 0 are known.

A free energy of Ising spins depends on the temperature T through such functions of local fields X alone. Written in
them, it and its derivatives stay finite as T vanishes, term by term, and the limit is taken by substitution.
"""

from __future__ import annotations

from typing import Any

import sympy as sp


class _OfFieldAndTemperature(sp.Function):
    """A function of the local field X and the temperature T."""

    is_real = True

    @property
    def field(self) -> Any:
        """X."""
        return self.args[0]

    @property
    def temperature(self) -> Any:
        """T."""
        return self.args[1]


class SpinEntropy(_OfFieldAndTemperature):
    """The entropy of a spin in the field X at the temperature T: log(2 cosh(u)) - u tanh(u) with u = X / T."""

    def as_elementary(self) -> Any:
        """In hyperbolic functions."""
        u = self.field / self.temperature
        return sp.log(2 * sp.cosh(u)) - u * sp.tanh(u)

    def at_zero_temperature(self) -> Any:
        """The ground state of a spin is one state."""
        return sp.S.Zero


class SpinMagnetization(_OfFieldAndTemperature):
    """The mean of a spin in the field X at the temperature T: tanh(X / T)."""

    def as_elementary(self) -> Any:
        """In hyperbolic functions."""
        return sp.tanh(self.field / self.temperature)

    def at_zero_temperature(self) -> Any:
        """The spin follows the field."""
        return sp.sign(self.field)

    def fdiff(self, argindex: int = 1) -> Any:
        """(1 - tanh(u)^2) / T by the field, -u (1 - tanh(u)^2) / T by the temperature."""
        magnetization: Any = self
        slope = (1 - magnetization**2) / self.temperature
        return slope if argindex == 1 else -self.field / self.temperature * slope


class SpinPotential(_OfFieldAndTemperature):
    """Minus the free energy of a spin in the field X at the temperature T: T log(2 cosh(X / T))."""

    def as_elementary(self) -> Any:
        """In hyperbolic functions."""
        return self.temperature * sp.log(2 * sp.cosh(self.field / self.temperature))

    def at_zero_temperature(self) -> Any:
        """The ground state's energy is -|X|."""
        return sp.Abs(self.field)

    def fdiff(self, argindex: int = 1) -> Any:
        """The magnetization by the field, the entropy by the temperature."""
        return SpinMagnetization(*self.args) if argindex == 1 else SpinEntropy(*self.args)


COLD = (SpinEntropy, SpinMagnetization, SpinPotential)


def in_cold_functions(expression: Any, temperature: sp.Symbol) -> Any:
    """An expression in which local fields stand in cosh, sinh and tanh of X / T, in functions with a limit at T = 0."""
    table = {
        sp.tanh: lambda u: SpinMagnetization(_field(u, temperature), temperature),
        sp.sinh: lambda u: SpinMagnetization(_field(u, temperature), temperature) * _cosh(u, temperature),
        sp.cosh: lambda u: _cosh(u, temperature),
    }
    for kind, written in table.items():
        expression = expression.replace(kind, written)
    return expression.replace(sp.log, lambda argument: sp.expand_log(sp.log(argument), force=False))


def _field(argument: Any, temperature: sp.Symbol) -> Any:
    return sp.expand_mul(argument * temperature)


def _cosh(argument: Any, temperature: sp.Symbol) -> Any:
    """exp(T log(2 cosh(X / T)) / T) / 2."""
    return sp.exp(SpinPotential(_field(argument, temperature), temperature) / temperature) / 2


def in_elementary_functions(expression: Any) -> Any:
    """The same in hyperbolic functions, for lowering."""
    return _replaced(expression, lambda node: node.as_elementary())


def at_zero_temperature(expression: Any, temperature: sp.Symbol) -> Any:
    """The limit of an expression in these functions as T falls to zero.

    Raises
    ------
    ValueError
        If it has no finite limit that could be read off term by term.
    """
    limit = _replaced(expression, lambda node: node.at_zero_temperature()).subs(temperature, 0)
    if limit.has(sp.nan, sp.zoo, sp.oo):
        raise ValueError(f"expected an expression with a limit at {temperature} = 0 term by term; found {expression}")
    return limit


def _replaced(expression: Any, of: Any) -> Any:
    return expression.replace(lambda node: isinstance(node, COLD), of)
