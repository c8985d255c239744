"""A claim about a function that solves its own equation, at the points of its branches.

Where f = G(x, f) has a simple solution y at x, some function satisfies the equation, has the value y there, and has the
derivatives of an implicit function. A claim that fails at such a point does not follow from the equation. That it
holds at all of them proves nothing: what happens where two branches meet is left out.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import sympy as sp
from sympy.concrete.expr_with_limits import ExprWithLimits
from sympy.core.function import AppliedUndef

from derivations.engine.undetermined import worked_out
from derivations.engine.verdict import Verdict
from theory.statements import Identity
from theory.sums import Binder

MOST_ORDERS = 3


@dataclass(frozen=True, kw_only=True)
class Branch:
    """A claim in numbers: the arguments of a function, and its value, tied by its equation."""

    written: Identity
    claim: Identity
    value: sp.Symbol
    call: Any

    def told(self, verdict: Verdict) -> Verdict:
        """The verdict with its repair told of the function; none where it changes a derivative that was put in."""
        repair, sides = verdict.repair, {}
        if repair is None or not isinstance(repair.statement, Identity):
            return verdict
        for name in ("left", "right"):
            before, after, written = (getattr(c, name) for c in (self.claim, repair.statement, self.written))
            if before != after and written.has(sp.Derivative):
                return replace(verdict, repair=None)
            sides[name] = written if before == after else after.xreplace({self.value: self.call})
        return replace(verdict, repair=replace(repair, statement=self.written.replaced(**sides)))


def on_a_branch(claim: Identity, equation: Identity) -> Branch | None:
    """The claim at the points of the branches, if it is about the one function of the equation."""
    sides = [worked_out(side) for side in (claim.left, claim.right, equation.left, equation.right)]
    calls = set().union(*(side.atoms(AppliedUndef) for side in sides))
    if len(calls) != 1 or any(side.has(ExprWithLimits, Binder, sp.Subs) for side in sides):
        return None
    (call,) = calls
    taken = {str(n) for n in (*claim.domain.sets, *equation.domain.sets)}
    value = sp.Symbol(f"value of {call.func}" if str(call.func) in taken else str(call.func), real=True)
    gap = (sides[2] - sides[3]).xreplace({call: value})
    chosen = _set_of(call)
    if chosen is None or not _is_plain(call) or gap.has(sp.Derivative) or not gap.has(value):
        return None
    own = sides[3] if sides[2] == call else sides[2] if sides[3] == call else call - sides[2] + sides[3]
    tied = own.xreplace({call: value})
    if not tied.has(value):
        return None
    left, right = (_in_numbers(side, call, value, gap) for side in sides[:2])
    if left is None or right is None:
        return None
    sets = {n: s for n, s in equation.domain.sets.items() if n not in claim.domain.sets}
    domain = claim.domain.extended({**sets, value: chosen}, [sp.Eq(value, tied, evaluate=False)])
    return Branch(written=claim, claim=Identity(left, right, domain), value=value, call=call)


def _is_plain(call: Any) -> bool:
    return all(isinstance(a, sp.Symbol) for a in call.args) and len(set(call.args)) == len(call.args)


def _set_of(call: Any) -> sp.Set | None:
    """Where the function has its values; None if more is declared of it than its sign."""
    if call.is_integer is not None:
        return None
    if call.is_positive:
        return sp.Interval.open(0, sp.oo)
    return sp.S.Reals if call.is_nonnegative is call.is_negative is call.is_nonzero is None else None


def _in_numbers(side: Any, call: Any, value: Any, gap: Any) -> Any | None:
    """The expression with the implicit function's derivatives."""
    table = {}
    for node in side.atoms(sp.Derivative):
        if node.expr != call or node.derivative_count > MOST_ORDERS:
            return None
        slope = value
        for variable in node.variables:
            along = -sp.diff(gap, variable) / sp.diff(gap, value)
            slope = sp.diff(slope, variable) + sp.diff(slope, value) * along
        table[node] = slope
    return side.xreplace(table).xreplace({call: value})
