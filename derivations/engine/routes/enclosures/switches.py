"""Where an expression may change its form: zeros of what stands under a modulus, a step, a root, in a condition.

Random points miss a form that holds in a small part of a domain only, or at one place. Points are therefore also taken
in each part that these zeros cut out along lines through the domain, and at the zeros. A jump at a place that no
rational point meets stays unexamined, and says so.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, combinations, islice, pairwise, product
from typing import Any

import sympy as sp
from sympy.core.relational import Relational

from derivations.engine.routes.budget import BOUNDLESS, Budget
from derivations.engine.routes.enclosures.comparisons import point_at
from derivations.engine.routes.enclosures.zeros import Zero, window, zeros
from derivations.engine.routes.sampling import is_integer_set
from theory.domain import Assignment, Domain
from theory.membership import lies_in
from theory.nodes import distinct_nodes
from theory.sums import free_names

MOST_NODES = 4000
MOST_SWITCHES = 12
MOST_ON_A_LINE = 16
MOST_CROSSINGS = 16
MOST_STEPS = 3
"""Values of a rounded expression looked for around its value at a point."""
JUMPING = (sp.sign, sp.Heaviside, sp.floor, sp.ceiling)
AT_ONE = (sp.asin, sp.acos, sp.acosh, sp.atanh, sp.acoth, sp.asec, sp.acsc)
CUT = (sp.log, sp.atan, sp.asinh, sp.loggamma, sp.arg, *AT_ONE)
AT_POLES = {sp.tan: sp.cos, sp.sec: sp.cos, sp.cot: sp.sin, sp.csc: sp.sin}


@dataclass(frozen=True)
class Switch:
    """A function at whose zeros, or at whose integer values, an expression may change its form."""

    inside: Any
    jumps: bool = False
    rounds: bool = False


@dataclass
class Places:
    """The places on lines through points of a domain, and the jumps that no exact point met."""

    switches: tuple[Switch, ...]
    domain: Domain
    budget: Budget = BOUNDLESS
    missed: dict[Switch, float] = field(default_factory=dict)
    met: set[Switch] = field(default_factory=set)

    @property
    def unexamined(self) -> str:
        """Where a jump is that no exact point meets."""
        left = [f"{s.inside} = 0 near {place:.6g}" for s, place in self.missed.items() if s not in self.met]
        return f"no exact point meets the jump at {left[0]}" if left else ""

    def points(self, bases: Iterable[Assignment]) -> Iterator[Assignment]:
        """Points in all parts of the lines through some points, and where lines cross."""
        for base in bases:
            found: dict[Any, list[Any]] = {}
            for name in self._moving():
                values, exact = self._on_line(base, name)
                found[name] = exact
                yield from self._there(({name: v} for v in values[:MOST_ON_A_LINE]), base)
            crossed = {n: v[:2] for n, v in found.items() if v}
            choices = (dict(zip(crossed, v, strict=True)) for v in product(*crossed.values()))
            yield from self._there(islice(choices, MOST_CROSSINGS if len(crossed) > 1 else 0), base)

    def _moving(self) -> list[Any]:
        fixed = {left for left, _ in self.domain.equations()}
        used = set().union(*(free_names(s.inside) for s in self.switches)) if self.switches else set()
        names = (n for n in used if isinstance(n, sp.Symbol) and n in self.domain.sets and n not in fixed)
        return sorted(names, key=str)

    def _there(self, changes: Iterable[dict[Any, Any]], base: Assignment) -> Iterator[Assignment]:
        fixed = {left for left, _ in self.domain.equations()}
        free = {n: v for n, v in base.values.items() if isinstance(n, sp.Symbol) and n not in fixed}
        for change in changes:
            point = point_at(self.domain, {**free, **change})
            if point is not None:
                yield point

    def _on_line(self, base: Assignment, name: Any) -> tuple[list[Any], list[Any]]:
        """Values of one symbol in all parts of a line, and those at zeros."""
        chosen = self.domain.set_of(name)
        if chosen.free_symbols:
            return [], []
        others = {n: v for n, v in base.values.items() if n != name}
        cuts: list[Zero] = []
        for switch in self.switches:
            inside = switch.inside.xreplace(others)
            if inside.free_symbols == {name}:
                cuts += self._cut(switch, inside, name, base)
        exact = list(dict.fromkeys(z.low for z in cuts if z.is_exact))
        if is_integer_set(chosen):
            near = {m + d for z in cuts for m in (sp.floor(z.low), sp.ceiling(z.high)) for d in (0, 1, -1)}
            return sorted(near, key=lambda m: min(abs(m - z.low) for z in cuts)), exact
        low, high = window(chosen, [z.low for z in cuts])
        inner = sorted({*(z.low for z in cuts if low < z.low < high), *(z.high for z in cuts if low < z.high < high)})
        middles = [(a + b) / 2 for a, b in pairwise([low, *inner, high])] if cuts else []
        narrow = sorted(middles, key=lambda m: min(abs(m - z.low) for z in cuts))
        return [*exact, *narrow], exact

    def _cut(self, switch: Switch, inside: Any, name: Any, base: Assignment) -> Iterator[Zero]:
        chosen = self.domain.set_of(name)
        for level in _levels(inside, name, base, chosen) if switch.rounds else (0,):
            for zero in zeros(inside - level, name, chosen, self.budget):
                if lies_in(zero.low, chosen) is False and lies_in(zero.high, chosen) is False:
                    continue
                if switch.jumps and zero.is_exact:
                    self.met.add(switch)
                elif switch.jumps and not is_integer_set(chosen):
                    self.missed[switch] = float(zero.low)
                yield zero


def _levels(inside: Any, name: Any, base: Assignment, chosen: Any) -> list[int]:
    """Integers that a rounded expression may pass: near its value at a point and at the ends."""
    places = [base(name), *(e for e in (chosen.inf, chosen.sup) if e.is_Rational)]
    values = [sp.re(sp.N(inside.xreplace({name: place}))) for place in places]
    near = [int(sp.floor(v)) for v in values if v.is_Number and v.is_finite]
    span = range(min(near), max(near) + 2) if near else range(0)
    if len(span) <= 2 * MOST_STEPS:
        return list(span)
    return sorted({m + d for m in near for d in (0, 1)})[: 3 * MOST_STEPS]


def switches(pairs: Iterable[tuple[Any, ...]], domain: Domain) -> tuple[Switch, ...]:
    """The switches of both sides of all equations that are not under a binder."""
    nodes = list(islice(chain.from_iterable(distinct_nodes(side) for pair in pairs for side in pair[:2]), MOST_NODES))
    found = (s for rule in (_of, _off_the_line, _at_ends) for node in nodes for s in rule(node))
    known = set(domain.sets)
    ends = (Switch(c.lhs - c.rhs) for c in domain.constraints if isinstance(c, Relational) and not isinstance(c, sp.Eq))
    fit = (s for s in chain(found, ends) if s.inside.free_symbols and s.inside.free_symbols <= known)
    return tuple(islice(dict.fromkeys(fit), MOST_SWITCHES))


def _of(node: Any) -> Iterator[Switch]:
    """What a node asks of its operands."""
    if isinstance(node, sp.floor | sp.ceiling):
        yield Switch(node.args[0], jumps=True, rounds=True)
    elif isinstance(node, (sp.Abs, sp.log, *JUMPING)):
        yield Switch(node.args[0], jumps=isinstance(node, JUMPING))
    elif isinstance(node, sp.Max | sp.Min):
        yield from (Switch(a - b) for a, b in combinations(node.args, 2))
    elif isinstance(node, Relational):
        yield Switch(node.lhs - node.rhs, jumps=True)
    elif isinstance(node, sp.KroneckerDelta):
        yield Switch(node.args[0] - node.args[1], jumps=True)
    elif isinstance(node, sp.Pow) and not (node.exp.is_integer and node.exp.is_nonnegative):
        yield Switch(node.base)
    elif isinstance(node, AT_ONE):
        yield from (Switch(node.args[0] - level) for level in (-1, 1))
    elif isinstance(node, sp.atan2):
        yield from (Switch(a, jumps=i == 0) for i, a in enumerate(node.args))
    elif type(node) in AT_POLES:
        yield Switch(AT_POLES[type(node)](node.args[0]))


def _off_the_line(node: Any) -> Iterator[Switch]:
    """Where the operand of a function with a cut comes to the real axis, if it may leave it."""
    is_root = isinstance(node, sp.Pow) and not node.exp.is_integer
    if (is_root or isinstance(node, CUT)) and node.args[0].has(sp.I) and not node.args[0].is_real:
        yield Switch(sp.im(node.args[0], evaluate=False))


def _at_ends(node: Any) -> Iterator[Switch]:
    """Where a kink of an integrand passes an end of the range."""
    if not isinstance(node, sp.Integral):
        return
    limits: Any = node.limits
    for name, *ends in limits:
        inner = [s.inside for part in distinct_nodes(node.function) for s in _of(part) if s.inside.has(name)]
        for inside, end in product(inner, (e for e in ends if not e.is_infinite)):
            yield Switch(inside.xreplace({name: end}))


def factors(expression: Any) -> list[Any]:
    """Factors and bases with symbols: where one of them vanishes, a limit may be another one."""
    nodes = islice(distinct_nodes(expression), MOST_NODES)
    found = (a for n in nodes if isinstance(n, sp.Mul | sp.Pow) for a in (n.args[:1] if n.is_Pow else n.args))
    return [f for f in dict.fromkeys(found) if f.free_symbols]
