"""The methods of a derivation that work on both sides of an equation."""

from __future__ import annotations

import time
from typing import Any

from derivations.engine.forms import Found, assumed, computed_forms, examined, needed
from derivations.engine.graph import StepGraph
from derivations.engine.ground import Ground
from derivations.engine.step import Step
from derivations.operations.equation import Done, Equation, OperationError, joined
from derivations.operations.table import OPERATIONS
from theory.domain import Domain
from theory.statements import Definition, Expansion, Identity, Inequality


class BothSides(StepGraph):
    """Operations on both sides of an equation: each computes the new one, checks it, and lists what it needs.

    Every operation takes ``of``, the step it works on (by default the last equation), ``by``, a reason in place of the
    usual one, and ``name``. One that may not be done raises ``OperationError``; one whose side condition fails raises
    ``RefutedStepError`` with the point where it does; a side condition that is not shown leaves the step undecided.
    """

    timeout: float

    @property
    def ground(self) -> Ground:
        """What the next claim may use."""
        raise NotImplementedError

    def _entered(self, found: Found, name: str, started: float, **parts: Any) -> Step:
        raise NotImplementedError

    def add(self, what: Any, **told: Any) -> Step:
        """Add an expression, or another equation, to both sides."""
        return self._operate("add", told, what=what)

    def subtract(self, what: Any, **told: Any) -> Step:
        """Subtract an expression, or another equation, from both sides."""
        return self._operate("subtract", told, what=what)

    def multiply(self, what: Any, **told: Any) -> Step:
        """Multiply both sides by an expression, or by another equation."""
        return self._operate("multiply", told, what=what)

    def divide(self, what: Any, **told: Any) -> Step:
        """Divide both sides by an expression, or by another equation, that vanishes nowhere on the domain."""
        return self._operate("divide", told, what=what)

    def swap(self, **told: Any) -> Step:
        """Swap the sides."""
        return self._operate("swap", told)

    def differentiate(self, by: Any, **told: Any) -> Step:
        """Differentiate both sides by a symbol for every value of which the equation holds."""
        return self._operate("differentiate", told, choice={"by": by})

    def integrate(self, over: Any, low: Any, high: Any, **told: Any) -> Step:
        """Integrate both sides over a symbol from ``low`` to ``high``."""
        return self._operate("integrate", told, over=over, low=low, high=high)

    def average(self, over: Any, *, variance: Any = 1, **told: Any) -> Step:
        """Average both sides over a centered Gaussian variable, or over the values of a finite set."""
        return self._operate("average", told, over=over, variance=variance)

    def limit(self, symbol: Any, to: Any, *, direction: str = "+", **told: Any) -> Step:
        """Take the limit of both sides."""
        return self._operate("limit", told, choice={"of": symbol}, to=to, direction=direction)

    def expand(self, variable: Any, order: int, *, about: Any = 0, **told: Any) -> Step:
        """Expand the right side in a variable; the result is an ``Expansion`` with a remainder of that order."""
        return self._operate("expand", told, choice={"by": variable}, order=order, about=about)

    def log(self, **told: Any) -> Step:
        """Take the logarithm of both sides, which must be positive."""
        return self._operate("logarithm", told)

    def exp(self, **told: Any) -> Step:
        """Take the exponential of both sides."""
        return self._operate("exponential", told)

    def substitute(self, symbol: Any, value: Any, **told: Any) -> Step:
        """Put a value for a symbol for every value of which the equation holds; it must lie in the symbol's set."""
        return self._operate("substitute", told, symbol=symbol, value=value)

    def rewrite(self, using: Step, **told: Any) -> Step:
        """Replace the left side of another equation, or a defined name, by what it is equal to."""
        return self._operate("rewrite", told, using=using)

    def _operate(
        self, operation: str, told: dict[str, Any], *, choice: dict[str, Any] | None = None, **choices: Any
    ) -> Step:
        """Do an operation; ``told`` has what the caller said of the step."""
        unknown = set(told) - {"of", "by", "name"}
        if unknown:
            raise TypeError(f"{operation} takes of=, by= and name=; found {min(unknown)}=")
        started = time.perf_counter()
        step = told.get("of") or self.last_equation()
        chosen = {**choices, **(choice or {})}
        others = tuple(c for c in chosen.values() if isinstance(c, Step))
        given = premises_under(step, *others)
        rule = f"both sides: {operation}"
        done = self.done(rule, step, given, chosen)
        ground = self.ground
        given = tuple(dict.fromkeys((*given, *assumed(ground, done))))
        found = examined(computed_forms(ground, done, given), given, self.timeout)
        return self._entered(
            found,
            told.get("name", ""),
            started,
            statement=done.statement,
            rule=rule,
            reason=told.get("by") or done.reason,
            parents=(step, *others),
            result=getattr(done.statement, "right", None),
            obligations=needed(ground, done, given),
            choices=tuple(chosen.items()),
        )

    def done(self, rule: str, step: Step, given: tuple[Step, ...], choices: dict[str, Any]) -> Done:
        """The outcome of an operation, before it is examined."""
        told = {k: v.statement if isinstance(v, Step) else v for k, v in choices.items()}
        return OPERATIONS[rule](self._equation(step, given), **told)

    def last_equation(self) -> Step:
        """The last step that is a relation between two sides.

        Raises
        ------
        OperationError
            If there is none.
        """
        for step in reversed(self.steps):
            if isinstance(step.statement, Identity | Expansion | Inequality):
                return step
        raise OperationError(f"{self.identifier} has no equation yet; enter one with premise or so")

    def _equation(self, step: Step, given: tuple[Step, ...]) -> Equation:
        if not isinstance(step.statement, Identity | Expansion | Inequality):
            raise OperationError(
                f"expected an equation to work on, found the {type(step.statement).__name__} {step.name!r}"
            )
        ground = self.ground
        return Equation(
            statement=step.statement, ambient=_ambient(ground), held=ground.held(given), opened=ground.opened_for
        )


def premises_under(*steps: Step) -> tuple[Step, ...]:
    """The premises that equations hold under."""
    return tuple(dict.fromkeys(p for s in steps for p in ((s,) if s.rule == "premise" else s.given)))


def _ambient(ground: Ground) -> Domain:
    """The domain of the derivation with every defined name."""
    names = [d.symbol for d in ground.definitions if isinstance(d, Definition) and d.symbol.is_Symbol]
    return joined(ground.domain_for(*names), ground.domain) if names else ground.domain
