"""The mean of an expression over randomness."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import sympy as sp

from theory.domain import Domain
from theory.laws import Law, laws_of, support
from theory.statements.statement import Statement, checked_expression


@dataclass(frozen=True, init=False)
class EnsembleMean(Statement):
    """The mean of ``expression`` over the laws ``over`` is ``value``.

    ``over`` is a law of ``theory.laws``, several in a tuple, or a mapping from symbols to ``{value: probability}`` or
    ``(mean, variance)``. Variables of different laws are independent, but for what a later law says of earlier ones:
    its probabilities may depend on them.
    """

    claimed: ClassVar[str] = "value"

    expression: Any
    value: Any
    over: tuple[Law, ...]

    def __init__(
        self, expression: Any, value: Any, domain: Domain, *, over: Law | Iterable[Law] | Mapping[Any, Any]
    ) -> None:
        object.__setattr__(self, "expression", checked_expression(expression, "the expression of a mean"))
        object.__setattr__(self, "value", checked_expression(value, "the value of a mean"))
        object.__setattr__(self, "over", laws_of(over))
        object.__setattr__(self, "domain", domain)
        if not self.over:
            raise ValueError("a mean is over at least one law; found none")
        self._validate()

    def _validate(self) -> None:
        inner = self.domain
        if not isinstance(inner, Domain):
            raise TypeError(f"the domain of an EnsembleMean must be a Domain, found {inner!r}")
        for law in self.over:
            known = inner.extended(dict.fromkeys(_slots(law), sp.S.Integers))
            for part in (*law.expressions(), *(end for _, *ends in law.ranges for end in ends)):
                known.require(part, f"the law of {law.names[0]}")
            taken = [n for n in law.names if n in inner.sets]
            if taken:
                raise ValueError(f"{taken[0]} is random: its law gives its values, so it has no place in the domain")
            inner = inner.extended(dict.fromkeys(law.names, support(law)))
        inner.require(self.expression, "this EnsembleMean")
        self.domain.require(self.value, "the value of this EnsembleMean")

    def expressions(self) -> tuple[sp.Basic, ...]:
        """The expression, its mean, and what the laws contain."""
        return (self.expression, self.value, *(e for law in self.over for e in law.expressions()))


def _slots(law: Any) -> list[Any]:
    """Symbols that a law binds inside itself: indices of a family, the time of a step."""
    time = getattr(law, "time", None)
    return [*(item[0] for item in law.ranges), *([time] if time is not None else [])]
