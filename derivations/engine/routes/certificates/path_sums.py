"""Linear combinations of sums over the paths of one chain: equal path by path, or by induction over the steps.

Where both sides are sums over the same paths, it is enough that the summands are equal for every path. Where one side
is not, let S(T) = sum over paths of B(T) and let D(T) be the other side. If S and D are equal at the least T, if
D(T + 1) = r D(T), and if the sum of B(T + 1) over its new state is r B(T) for every path of the other states, they are
equal at every T. The new state may be the last or the first one: families that may be anything can be counted from
the last time on, so that the first time moves.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import sympy as sp

from derivations.engine.routes.budget import work_until
from derivations.engine.routes.certificates.chain_ends import ChainEnd, counted_from_the_end, written_over
from derivations.engine.routes.certificates.finite_values import is_finite
from derivations.engine.routes.certificates.one_step import by_one_step, free_of_ties, growing_sizes, growth
from derivations.engine.routes.normal_forms.field import UnsupportedError
from derivations.engine.routes.normal_forms.normal_form import Equation, by_normal_form, with_tower
from derivations.engine.routes.normal_forms.tower import Tower
from theory.paths import PathSum
from theory.sums import Sigma, rename

SECONDS = 8.0
"""Time of the processor for one proof of this kind: energies may be logarithms of sums."""


def by_path_sums(equation: Equation) -> str:
    """How an equation between sums over paths is proved; an empty text if it is not, or is none."""
    if not (equation.left.has(PathSum) or equation.right.has(PathSum)):
        return ""
    domain = free_of_ties(equation.domain, equation.left, equation.right)
    found = _Combination.of(equation.left, equation.right)
    if domain is None or found is None:
        return ""
    if not with_tower(domain, lambda tower: tower.nonnegative(tower.convert(sp.expand(found.n_states - 1)))):
        return ""
    inside = domain.extended({found.path: sp.Range(1, found.n_states + 1)})
    equation = replace(equation, domain=inside, until=max(equation.until, work_until(SECONDS)))
    return found.path_by_path(equation) if found.rest == 0 else found.step_by_step(equation)


@dataclass(frozen=True, kw_only=True)
class _Combination:
    """Sum over paths of (left - right) = rest."""

    path: Any
    n_states: Any
    low: Any
    high: Any
    left: Any
    right: Any
    rest: Any

    @classmethod
    def of(cls, left: Any, right: Any) -> _Combination | None:
        """From an equation whose sides are linear in sums over the same paths; None for any other."""
        path = sp.IndexedBase(sp.Dummy("x", integer=True), integer=True)
        laws, bodies, rest = set(), [sp.S.Zero, sp.S.Zero], sp.S.Zero
        for place, side in enumerate((left, right)):
            for term in sp.Add.make_args(side):
                sums = [f for f in sp.Mul.make_args(term) if isinstance(f, PathSum)]
                weight = sp.Mul(*[f for f in sp.Mul.make_args(term) if f not in sums])
                if len(sums) > 1 or weight.has(PathSum) or any(s.body.has(PathSum) for s in sums):
                    return None
                for node in sums:
                    laws.add((node.n_states, node.ranges))
                    bodies[place] += weight * rename(node.body, node.family, path)
                if not sums:
                    rest += term if place else -term
        if len(laws) != 1:
            return None
        ((n_states, ranges),) = laws
        if len(ranges) != 1:
            return None
        _, low, high = ranges[0].args
        return cls(path=path, n_states=n_states, low=low, high=high, left=bodies[0], right=bodies[1], rest=rest)

    def path_by_path(self, equation: Equation) -> str:
        """The summands are equal for every path: what both have as a factor may be left out."""
        left, right = (list(sp.Mul.make_args(side)) for side in (self.left, self.right))
        for factor in [f for f in left if f in right]:
            left.remove(factor)
            right.remove(factor)
        inner = replace(equation, left=sp.Mul(*left), right=sp.Mul(*right))
        for infer in (by_normal_form, by_one_step):
            try:
                technique = infer(inner)
            except UnsupportedError:
                continue
            if technique:
                return f"{technique}, for every path"
        return ""

    def step_by_step(self, equation: Equation) -> str:
        """By induction over a size, from either end of the chain."""
        for name in growing_sizes(equation):
            for at_start in (False, True):
                try:
                    if self._by_induction(equation, name, at_start=at_start):
                        end = "first" if at_start else "last"
                        return f"induction over {name} in normal form, the {end} state summed over"
                except UnsupportedError:
                    continue
        return ""

    def _by_induction(self, equation: Equation, name: sp.Symbol, *, at_start: bool) -> bool:
        body, rest, low, high = self.left - self.right, self.rest, self.low, self.high
        if at_start:
            families = _timed_families(body, rest) | {self.path}
            if sp.expand(high - name).has(name):
                return False
            body, rest = (counted_from_the_end(e, families, name) for e in (body, rest))
            low, high = sp.expand(low - name), sp.expand(high - name)
        least = int(equation.domain.sets[name].inf)
        end = ChainEnd(path=self.path, low=low, high=high, size=name, least=least, at_start=at_start)
        if not end.moves_by_one or sp.expand((high - low).subs(name, least)) != 0:
            return False
        state = sp.Dummy("y", integer=True)
        first = {name: sp.Integer(least)}
        only = self.path[sp.expand(low.subs(first))]
        at_first = written_over(rename(body, name, sp.Integer(least)), self.path).xreplace({only: state})
        base = Equation(
            left=Sigma(at_first, (state, 1, self.n_states)), right=rename(rest, name, sp.Integer(least)),
            domain=equation.domain, until=equation.until,
        )  # fmt: skip
        if at_first.has(self.path) or not by_normal_form(base):
            return False
        grown = Sigma(end.grown(body, state), (state, 1, self.n_states))
        later = rename(rest, name, name + 1)
        return with_tower(equation.domain, lambda tower: _goes_on(tower, grown, body, later, rest), equation.until)


def _goes_on(tower: Tower, grown: Any, body: Any, later: Any, rest: Any) -> bool:
    """Whether rest(T + 1) = r rest(T) and grown = r body with one r, where everything is finite."""
    if not (is_finite(tower, body) and is_finite(tower, rest)):
        return False
    factor = growth(tower, rest, later)
    if factor is None:
        return False
    same = tower.field.same(tower.convert(grown), tower.field.multiply(factor, tower.convert(body)))
    return same and not tower.obligations


def _timed_families(*expressions: Any) -> frozenset[Any]:
    """Families whose first slot holds no state of a path: they are counted by times."""
    atoms = set().union(*(e.atoms(sp.Indexed) for e in expressions))
    by_state = {atom.base for atom in atoms if atom.indices[0].has(sp.Indexed)}
    return frozenset({atom.base for atom in atoms} - by_state)
