"""An expansion: two expressions agree up to a remainder of a given order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.statements.statement import Statement, checked_expression, require_name

INFINITIES = (sp.oo, -sp.oo)


@dataclass(frozen=True, init=False)
class Expansion(Statement):
    """``left = right + O((variable - about)^order)`` as the variable tends to ``about`` within its set.

    Where the set lies on both sides of ``about`` the claim is about both.

    About plus or minus infinity the remainder is ``O(variable^-order)``. The order is a positive rational number. For
    a tuple of variables (``about`` is then one number for all, or as many numbers) the order counts total degree.
    """

    left: Any
    right: Any
    variable: Any
    order: Any
    about: Any

    def __init__(self, left: Any, right: Any, domain: Domain, *, variable: Any, order: Any, about: Any = 0) -> None:
        object.__setattr__(self, "left", checked_expression(left, "the left of an expansion"))
        object.__setattr__(self, "right", checked_expression(right, "the right of an expansion"))
        object.__setattr__(self, "variable", _checked_variable(variable))
        object.__setattr__(self, "order", _checked_order(order, several=isinstance(variable, tuple | list)))
        object.__setattr__(self, "about", _checked_about(about, self.variable))
        object.__setattr__(self, "domain", domain)
        self._validate()

    @property
    def variables(self) -> tuple[Any, ...]:
        """The variables, one or several."""
        return self.variable if isinstance(self.variable, tuple) else (self.variable,)

    @property
    def point(self) -> tuple[Any, ...]:
        """The value that each of ``variables`` tends to."""
        return self.about if isinstance(self.about, tuple) else (self.about,)

    def expressions(self) -> tuple[sp.Basic, ...]:
        """Both sides, the variables and the point."""
        return (self.left, self.right, *self.variables, *self.point)


def _checked_variable(variable: Any) -> Any:
    several = isinstance(variable, tuple | list)
    for name in variable if several else (variable,):
        require_name(name, "the variable of an expansion")
    if several and len(set(variable)) < max(len(variable), 1):
        raise ValueError(f"an expansion needs variables that are all different; found {variable!r}")
    return tuple(variable) if several else variable


def _checked_order(order: Any, *, several: bool) -> Any:
    whole = isinstance(order, int) and not isinstance(order, bool)
    if isinstance(order, sp.Integer):
        order, whole = int(order), True
    if not (whole or isinstance(order, sp.Rational)) or order <= 0:
        raise ValueError(f"the order of an expansion is a positive integer or rational number, found {order!r}")
    if several and not whole:
        raise ValueError(f"the order of an expansion in several variables is a positive integer, found {order!r}")
    return order


def _checked_about(about: Any, variable: Any) -> Any:
    if not isinstance(variable, tuple):
        return checked_expression(about, "the about of an expansion")
    values = tuple(about) if isinstance(about, tuple | list) else (about,) * len(variable)
    found = tuple(checked_expression(v, "the about of an expansion") for v in values)
    if len(found) != len(variable):
        raise ValueError(f"{len(variable)} variables tend to as many values; found {len(found)}")
    if set(found) & set(INFINITIES):
        raise ValueError("an expansion about infinity has one variable")
    return found
