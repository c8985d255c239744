"""Which results of a derivation have a program: expressions, their arguments, and the domain they are checked on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from numerics.lowering.expressions import checked_expression, natural_arguments
from theory.domain import Domain

if TYPE_CHECKING:
    from derivations.engine.step import Step
    from numerics.lowering import Lowered


class NothingToLowerError(ValueError):
    """No result has a program; the message says why the last that was tried has none."""


@dataclass(frozen=True, kw_only=True)
class Lowerable:
    """A result as the lowering takes it."""

    step: Step
    expression: Any
    arguments: list[Any]
    domain: Domain | None


def last_lowered(
    steps: Iterable[Step],
    how: Callable[[Lowerable], Lowered],
    *,
    sizes: Callable[[Any], Mapping[Any, int]] = lambda _: {},
    remedy: Callable[[Any], str] = lambda _: "",
) -> tuple[Step, Lowered]:
    """The last result that ``how`` can lower, and its function.

    Parameters
    ----------
    steps
        Steps in their order; those without a result are left out.
    how
        Lowers one; raises TypeError or ValueError where that cannot be.
    sizes
        Integers for the sizes in a result.
    remedy
        What a user can do about a result that has no program.

    Raises
    ------
    NothingToLowerError
        If there is none.
    """
    reason = "no step has a result"
    for step in reversed([s for s in steps if s.result is not None]):
        try:
            return step, how(lowerable(step, sizes(step.result)))
        except (TypeError, ValueError) as error:
            reason = f"step {step.name!r}: {error}{remedy(step.result)}"
    raise NothingToLowerError(reason)


def lowerable(step: Step, sizes: Mapping[Any, int]) -> Lowerable:
    """The result of a step.

    Raises
    ------
    TypeError, ValueError
        If it has no program: sums of symbolic size, or nodes that no backend knows.
    """
    expression = checked_expression(step.result, sizes)
    arguments = natural_arguments(expression)
    return Lowerable(step=step, expression=expression, arguments=arguments, domain=_domain(step, arguments))


def sources(steps: Iterable[Step]) -> Iterator[tuple[str, Step, str]]:
    """The last result that depends on something, in each language: its name, the step, the source.

    Nothing is compiled and no accuracy is measured.
    """
    from numerics.lowering.backends import NUMPY, C
    from numerics.lowering.lowered import written

    several = tuple(steps)
    for name, backend in (("NumPy", NUMPY), ("C", C)):

        def how(found: Lowerable, backend: Any = backend) -> Lowered:
            if not found.arguments:
                raise ValueError("the result is a number")
            return written(found.expression, found.arguments, backend=backend, domain=found.domain, accuracy="fast")

        try:
            step, function = last_lowered(several, how)
        except NothingToLowerError:
            continue
        yield name, step, function.source


def _domain(step: Step, arguments: list[Any]) -> Domain | None:
    """The domain of the step's claim, where it knows all arguments."""
    domain = getattr(step.statement, "domain", None)
    names = {getattr(a, "base", a) for a in arguments}
    return domain if isinstance(domain, Domain) and domain.sets.keys() >= names else None
