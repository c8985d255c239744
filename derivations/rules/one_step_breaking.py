"""One step of replica symmetry breaking: the replicas come in blocks, with one overlap inside and one between blocks.

Source: G. Parisi, A sequence of approximated solutions to the S-K model for spin glasses, Journal of Physics A 13, L115
(1980). A replica is member mu of block B; n blocks of x members make m = n x replicas.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false, reportIndexIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import sympy as sp

from derivations.algebra.sum_terms import SumTerm, assembled, resolved, sum_terms
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from derivations.rules.hubbard_stratonovich import one_spin
from theory.averages import ConfigurationSum, GaussianMean
from theory.domain import Domain
from theory.statements import Identity, Postulate
from theory.sums import Sigma, rename

ONE_STEP = Postulate(
    name="one step of replica symmetry breaking",
    claim="At the saddle point the replicas come in equal blocks, and overlaps depend only on whether two replicas "
    "share one.",
    justification="It is the first of Parisi's approximations, exact for models whose states do not cluster further.",
    test="Compare its free energy with that of two steps, and with Monte Carlo.",
)


@dataclass(frozen=True, kw_only=True)
class Blocks:
    """Names of a division of replicas into blocks.

    Attributes
    ----------
    count, size
        How many blocks there are, and how many replicas each has, as positive integers.
    overlaps, conjugates
        The values inside a block and between blocks, in this order.
    """

    count: sp.Symbol
    size: sp.Symbol
    overlaps: tuple[sp.Symbol, sp.Symbol]
    conjugates: tuple[sp.Symbol, sp.Symbol]

    @staticmethod
    def entry(values: tuple[Any, Any], diagonal: Any, one: Any, other: Any) -> Any:
        """The entry of a block matrix at two replicas, each a block and a member of it."""
        inside, between = values
        same = sp.KroneckerDelta(one[0], other[0])
        return between + same * (inside - between) + same * sp.KroneckerDelta(one[1], other[1]) * (diagonal - inside)


@rule(
    "one-step ansatz",
    "The replicas come in blocks; double sums over replicas become sums over blocks and their members.",
)
def one_step_action(
    action: Step,
    *,
    overlap: Any,
    conjugate: Any,
    blocks: Blocks,
    n_replicas: sp.Symbol,
) -> Inference:
    """The action on block matrices; overlaps are 1 and conjugates 0 on the diagonal, as squared spins are 1."""
    matrices = {overlap.base: (blocks.overlaps, 1), conjugate.base: (blocks.conjugates, 0)}
    (trace,) = cast(Any, action.result).atoms(ConfigurationSum)
    spin = cast(sp.IndexedBase, trace.family)

    def divided(expression: Any) -> Any:
        return assembled(_by_members(t, matrices, spin, blocks, n_replicas) for t in sum_terms(expression))

    def worked_out(expression: Any) -> Any:
        return resolved(_without_spin_squares(resolved(expression), spin))

    def one_site(exponent: Any) -> Any:
        block, member = sp.symbols("B mu", integer=True)
        ranges = ((block, 1, blocks.count), (member, 1, blocks.size))
        return sp.log(ConfigurationSum(sp.exp(exponent), spin, *ranges))

    name = sp.Dummy("log")
    exponent, rest = divided(trace.body.args[0]), divided(action.result.xreplace({sp.log(trace): name}))
    whole = rest.xreplace({name: one_site(exponent)})
    value = worked_out(rest).xreplace({name: one_site(worked_out(exponent))})
    known = cast(Any, action.statement).domain
    sets = {n: s for n, s in known.sets.items() if n not in (n_replicas, overlap.base, conjugate.base)}
    sets |= {blocks.count: sp.Range(1, 4), blocks.size: sp.Range(1, 4)}
    sets |= dict.fromkeys(blocks.overlaps, (-1, 1)) | dict.fromkeys(blocks.conjugates, sp.S.Reals)
    return Inference(
        statement=Identity(whole, value, Domain(sets).restricted(whole)), result=value, postulates=(ONE_STEP,)
    )


def _by_members(term: SumTerm, matrices: dict[Any, Any], spin: Any, blocks: Blocks, count: Any) -> SumTerm:
    """A sum over replicas as a sum over blocks and members."""
    pairs = {
        index: tuple(sp.Dummy(letter, integer=True) for letter in ("B", "mu"))
        for index, low, high in term.ranges
        if (low, high) == (1, count)
    }
    ranges = tuple(r for r in term.ranges if r[0] not in pairs)
    for block, member in pairs.values():
        ranges += ((block, sp.Integer(1), blocks.count), (member, sp.Integer(1), blocks.size))
    table = {}
    for entry in term.body.atoms(sp.Indexed):
        if entry.base in matrices:
            values, diagonal = matrices[entry.base]
            first, second = (pairs[i] for i in entry.indices)
            table[entry] = blocks.entry(values, sp.Integer(diagonal), first, second)
        elif entry.base == spin:
            table[entry] = spin[pairs[entry.indices[0]]]
    body = rename(term.body.xreplace(table), count, blocks.count * blocks.size)
    return SumTerm(sp.expand(body), cast(Any, ranges))


def _without_spin_squares(expression: Any, spin: Any) -> Any:
    return expression.replace(
        lambda e: isinstance(e, sp.Pow) and isinstance(e.base, sp.Indexed) and e.base.base == spin and e.exp == 2,
        lambda _: sp.Integer(1),
    )


@rule(
    "nested Gaussian fields",
    "One Gaussian field for each block and one for all blocks linearize the squares of the magnetizations; replicas "
    "then decouple.",
)
def nested_fields(
    *, spin: sp.IndexedBase, blocks: Blocks, variances: tuple[sp.Symbol, sp.Symbol], field: sp.Symbol
) -> Inference:
    """Sum over replicas of exp(v_0 M^2 / 2 + v_1 sum of M_B^2 / 2 + field M), M_B the magnetization of a block."""
    block, member = sp.symbols("B mu", integer=True)
    inside, between = variances
    ranges = ((block, 1, blocks.count), (member, 1, blocks.size))
    total = Sigma(spin[block, member], *ranges)
    one = Sigma(Sigma(spin[block, member], ranges[1]) ** 2, ranges[0])
    trace = ConfigurationSum(sp.exp(between * total**2 / 2 + inside * one / 2 + field * total), spin, *ranges)
    inner = block_sum(blocks.size, variances, field)
    mean = GaussianMean(inner**blocks.count, OUTER, between)
    few = {blocks.count: sp.Range(1, 4), blocks.size: sp.Range(1, 4)}
    domain = Domain({**few, inside: (0, 1), between: (0, 1), field: (-1, 1)})
    return Inference(statement=Identity(trace, mean, domain))


OUTER, INNER = sp.symbols("z_0 z_1", real=True)
"""Gaussian fields of all blocks together, and of one."""


def block_sum(size: Any, variances: tuple[Any, Any], field: Any) -> GaussianMean:
    """The sum over the replicas of one block, at the common field."""
    return GaussianMean(cast(Any, one_spin(cast(Any, OUTER + INNER + field))) ** size, INNER, variances[0])
