"""The principal logarithm, split at factors that are proved nonnegative."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

import sympy as sp
from flint import fmpq

from derivations.engine.routes.normal_forms.field import Letter, Ratio
from derivations.engine.routes.normal_forms.generators.factors import primes, split
from derivations.engine.routes.normal_forms.generators.letters import Letters
from derivations.engine.routes.normal_forms.generators.units import unit_root
from derivations.engine.routes.normal_forms.signs import ratio_nonnegative

Bounds = tuple[fmpq | None, fmpq | None, bool, bool]


def logarithm(tower: Letters, x: Ratio) -> Ratio:
    """The principal logarithm, split at factors that are proved nonnegative."""
    content, proved, rest = split(tower, x)
    result = tower.field.zero
    for prime, power in [*primes(int(content.p)), *((p, -e) for p, e in primes(int(content.q)))]:
        result = _plus(tower, result, _log_of(tower, tower.field.constant(prime)), power)
    for factor, power in proved:
        result = _plus(tower, result, _log_of(tower, Ratio(factor, tower.field.one.den)), power)
    if tower.field.rational(rest) == -1:
        pi = tower.field.letter(tower.atom(sp.pi))
        return tower.field.add(result, tower.field.multiply(unit_root(tower, fmpq(1, 2)), pi))
    if tower.field.rational(rest) != 1:
        result = tower.field.add(result, _log_letter(tower, rest, real=False))
    return result


def _plus(tower: Letters, total: Ratio, part: Ratio, times: int) -> Ratio:
    return tower.field.add(total, tower.field.multiply(part, tower.field.constant(times)))


def _log_of(tower: Letters, base: Ratio) -> Ratio:
    """log of a nonnegative factor: an exponent, a fraction of the log of a root's base, or a letter."""
    used = tower.field.used(base.num)
    if len(used) == 1 and base.num == tower.field.gens[used[0]]:
        letter = tower.field.letters[used[0]]
        if letter.kind == "exp":
            return letter.content
        if letter.kind == "root" and letter.relation is not None:
            share = tower.field.constant(fmpq(1, letter.relation[0]))
            return tower.field.multiply(tower.logarithm(letter.content), share)
    return _log_letter(tower, base, real=True)


def _log_letter(tower: Letters, base: Ratio, *, real: bool) -> Ratio:
    node = sp.log(tower.field.expression(base), evaluate=False)

    def make() -> Letter:
        bounds = _bounds(tower, base) if real else None
        above = bounds is not None and bounds[0] == 0
        positive = bounds is not None and above and bounds[2]
        return Letter(
            kind="log", node=node, content=base, real=real, bounds=bounds, nonnegative=above, positive=positive
        )

    return tower.field.letter(tower.place(f"log {tower.key(base)}", make))


def _bounds(tower: Letters, base: Ratio) -> Bounds | None:
    """Above 0 for what is above 1, below 0 for what is below."""
    beyond = tower.field.add(base, tower.field.constant(-1))
    for strict in (True, False):
        if ratio_nonnegative(tower.field, beyond, strict=strict):
            return fmpq(0), None, strict, True
        if ratio_nonnegative(tower.field, tower.field.negative(beyond), strict=strict):
            return None, fmpq(0), True, strict
    return None
