"""Induction over a size: both sides obey one recurrence from some size on, and are equal at the sizes before.

Let f be the difference of both sides or its numerator, finite at every size: no gap of the claim breaks the chain. If
a_0 f(n) + ... + a_J f(n + J) = 0, and a_J is nowhere zero from n = N on, f vanishes everywhere if it does at the sizes
below N + J. A sum whose terms contain n is a sequence of its own, by its telescoping recurrence.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import sympy as sp

from derivations.engine.routes.budget import work_until
from derivations.engine.routes.certificates.nonzero import nonzero, positive
from derivations.engine.routes.certificates.shifts import (
    LaterError,
    Shift,
    recurrence,
    require_length,
    require_never_zero,
)
from derivations.engine.routes.certificates.telescoping import continuation, is_gamma, sums_with
from derivations.engine.routes.normal_forms.field import Letter, Ratio, TooLongError, UnsupportedError
from derivations.engine.routes.normal_forms.normal_form import Equation, by_normal_form, with_tower
from derivations.engine.routes.normal_forms.sequences import SEQUENCES
from derivations.engine.routes.normal_forms.tower import Tower
from derivations.engine.routes.sampling import size_symbols
from theory.domain import Domain
from theory.sums import free_names, rename

MAX_DEPTH = 2
"""Sizes over which a proof may run, one inside the first values of the other."""
MAX_FIRST = 24
"""First values that may be looked at one by one."""
SECONDS = 1.5
"""Time of the processor for one proof of this kind."""
TRIES = 4
"""How often a proof may begin again at a later size."""


def by_induction(equation: Equation, depth: int = MAX_DEPTH) -> str:
    """How the equation is proved by induction over one of its sizes; an empty text if it is not."""
    if equation.domain.constraints:
        return ""
    equation = _untied(equation)
    equation = replace(equation, until=min(equation.until, work_until(SECONDS)))
    names = [n for n in size_symbols(equation.domain) if n in free_names(equation.left) | free_names(equation.right)]
    for name in names:
        chosen = equation.domain.sets[name]
        if chosen.inf.is_Integer and chosen.sup != chosen.inf:
            found = _over(equation, name, depth)
            if found:
                return found
    return ""


def _untied(equation: Equation) -> Equation:
    """Sizes that start at another one as that one plus a distance; an upper end at another one is given up."""
    for name, chosen in equation.domain.sets.items():
        if not (
            isinstance(name, sp.Symbol) and isinstance(chosen, sp.Range) and chosen.free_symbols and chosen.step == 1
        ):
            continue
        low = chosen.args[0]
        sets = {n: s for n, s in equation.domain.sets.items() if n != name}
        if low.is_Integer:
            return _untied(replace(equation, domain=Domain({**sets, name: sp.Range(low, sp.oo)})))
        if low.is_finite is False or any(name in s.free_symbols for s in sets.values()):
            continue
        distance = sp.Symbol(f"{name.name}\u2032", integer=True)
        left, right = (rename(side, name, low + distance) for side in (equation.left, equation.right))
        moved = Domain({**sets, distance: sp.Range(0, sp.oo)})
        return _untied(replace(equation, left=left, right=right, domain=moved))
    return equation


def _over(equation: Equation, name: sp.Symbol, depth: int) -> str:
    least = first = int(equation.domain.sets[name].inf)
    if not _holds_at(equation, name, least, depth):
        return ""
    for _ in range(TRIES):
        sets = {**equation.domain.sets, name: sp.Range(first, sp.oo)}
        step = Step(equation=replace(equation, domain=Domain(sets)), name=name)
        try:
            order, words = step.order()
        except LaterError as later:
            first = max(later.start, first + 1)
            if first - least > MAX_FIRST:
                return ""
            continue
        if order is None or not all(_holds_at(equation, name, n, depth) for n in range(least + 1, first + order)):
            return ""
        return f"induction over {name} from {least}, {words}"
    return ""


def _holds_at(equation: Equation, name: sp.Symbol, value: int, depth: int) -> bool:
    try:
        special = equation.at(name, value)
        if by_normal_form(special):
            return True
    except (UnsupportedError, ValueError):  # SymPy refuses members of sequences that do not exist
        return False
    return depth > 1 and bool(by_induction(special, depth - 1))


@dataclass(frozen=True, kw_only=True)
class Step:
    """The step of the induction over a size that runs from the least value of its set on."""

    equation: Equation
    name: sp.Symbol

    def order(self) -> tuple[int | None, str]:
        """The order of a recurrence of the difference, and what is said of it; None where none was found.

        Raises
        ------
        LaterError
            If the step holds from a later size on.
        """
        domain, until = self.equation.domain, self.equation.until
        sums = sums_with(self.name, self.equation.left, self.equation.right)
        for replaced in (sums, ()) if sums else ((),):
            try:
                found = with_tower(domain, lambda tower, nodes=replaced: self._obeyed(tower, nodes), until)
            except TooLongError:
                raise
            except UnsupportedError:
                continue
            if found is not None:
                return found
        return None, ""

    def _obeyed(self, tower: Tower, nodes: Any) -> tuple[int | None, str] | None:
        """As ``order``, with letters for sums; None where none of these goes on by a recurrence."""
        shift = Shift(tower, self.name)
        letters = _letters_of_sums(shift, nodes)
        if nodes and not letters:
            return None
        sides = [tower.convert(side.xreplace(letters)) for side in (self.equation.left, self.equation.right)]
        self._require_lengths(tower)
        difference = tower.field.reduced(tower.field.add(sides[0], tower.field.negative(sides[1])))
        certificate = "with a telescoping certificate" if nodes else "in normal form"
        if tower.field.same(shift(difference), difference) and not tower.obligations:
            return 1, f"each step {certificate}"
        for element in self._finite(tower, difference):
            coefficients = recurrence(shift, element)
            self._require_lengths(tower)
            if coefficients and require_never_zero(tower, coefficients[-1], self.name):
                order = len(coefficients) - 1
                return order, f"a recurrence of order {order} {certificate}"
        if nodes:
            return None, ""
        return (1, "each step in normal form") if self._by_quotients(tower, shift, sides) else (None, "")

    def _by_quotients(self, tower: Tower, shift: Shift, sides: list[Ratio]) -> bool:
        """left(n + 1) right(n) = right(n + 1) left(n), where right(n) is never zero."""
        field, (left, right) = tower.field, sides
        if not (positive(tower, right) or positive(tower, field.negative(right))):
            return False
        same = field.same(field.multiply(shift(left), right), field.multiply(shift(right), left))
        return same and not tower.obligations

    def _finite(self, tower: Tower, x: Ratio) -> Iterator[Ratio]:
        """The difference, and its numerator, each if it has a finite value at every size."""
        field = tower.field
        least = tuple(min(e) for e in zip(*x.den.monoms(), strict=True))
        rest = x.den / field.context.from_dict({least: 1})
        powers = {
            (i, e > d)
            for exponents in x.num.monoms()
            for i, (e, d) in enumerate(zip(exponents, least, strict=True))
            if e != d
        }
        known = all(
            self._is_finite(tower, field.letters[i]) if up else self._keeps_away(tower, field.gens[i])
            for i, up in powers
        )
        if known and all(self._keeps_away(tower, factor) for factor, _ in rest.factor()[1]):
            yield x
        if not x.den.is_constant() and all(self._is_finite(tower, field.letters[i]) for i in field.used(x.num)):
            yield Ratio(x.num, field.one.den)

    def _keeps_away(self, tower: Tower, factor: Any) -> bool:
        """Whether a factor below is free of the size or has no zero; one over a gamma function is finite."""
        x = Ratio(factor, tower.field.one.den)
        used = [tower.field.letters[i] for i in tower.field.used(factor)]
        if not any(self.name in letter.node.free_symbols for letter in used) or nonzero(tower, x):
            return True
        return len(used) == 1 and (used[0].kind in ("exp", "sign") or is_gamma(used[0]))

    def _require_lengths(self, tower: Tower) -> None:
        """Ranges that may be reversed at the first sizes put the start of the induction off."""
        for obligation in tower.obligations:
            require_length(obligation, self.name)

    def _is_finite(self, tower: Tower, letter: Letter) -> bool:
        """Whether what a letter stands for is finite at every size."""
        if self.name not in letter.node.free_symbols:
            return True
        if letter.kind in ("symbol", "sign", "sum"):
            return True
        if letter.kind in ("exp", "abs", "root"):
            return letter.content.den.is_constant()
        if letter.kind == "power":
            return letter.content[0].den.is_constant() and tower.nonnegative(letter.content[1])
        if not isinstance(letter.content, tuple):
            return isinstance(letter.node, sp.Product)
        head, arguments = letter.content
        if head in ("delta", "step"):
            return True
        if is_gamma(letter):
            return tower.nonnegative(tower.field.add(arguments[0], tower.field.constant(-1)))
        sequence = SEQUENCES.get(letter.node.func)
        return sequence is not None and (sequence.two_sided or tower.nonnegative(arguments[sequence.place]))


def _letters_of_sums(shift: Shift, nodes: Any) -> dict[Any, Any]:
    """A letter S(n) for each sum that goes on by a recurrence, with what the shift makes of it."""
    tower, first = shift.tower, {}
    for node in nodes:
        found = continuation(tower, node, shift.name)
        if found is None:
            continue
        members = [sp.Dummy(f"S{j}") for j in range(len(found.coefficients) - 1)]
        elements, total = list(map(tower.convert, members)), found.rest
        for coefficient, element in zip(found.coefficients, elements, strict=False):
            total = tower.field.add(total, tower.field.negative(tower.field.multiply(coefficient, element)))
        last = tower.field.multiply(total, tower.field.inverse(found.coefficients[-1]))
        shift.images |= dict(zip(members, [*elements[1:], last], strict=True))
        first[node] = members[0]
    return first
