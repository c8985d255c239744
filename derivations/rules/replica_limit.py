"""The limit of vanishing replica number, of an action that is a polynomial in it."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.sum_terms import SumTerm, assembled, sum_terms
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.statements import LimitStatement, Postulate
from theory.sums import rename

CONTINUATION = Postulate(
    name="continuation in the number of replicas",
    claim="What holds for every positive integer number of replicas $m$ is continued to real $m$ and taken to $m = 0$.",
    justification="For finite systems the moments $\\langle Z^m\\rangle$ are analytic at $m = 0$; their derivative "
    "there is $\\langle\\log Z\\rangle$.",
    test="Compare $(\\langle Z^m\\rangle - 1)/m$ with $\\langle\\log Z\\rangle$ on small systems as $m$ tends to 0: "
    "the difference falls like $m$.",
)
ORDER_OF_LIMITS = Postulate(
    name="order of limits",
    claim="The limit of large layers is taken before the limit $m \\to 0$.",
    justification="The saddle point of the replicated integral is needed at fixed $m$; the limits are expected to "
    "commute in the paramagnetic phase.",
    test="Extrapolate the critical temperature of sampled networks of growing width and compare.",
)


@rule("replica limit", "Only what is linear in the number of replicas survives in $S/m$ as $m$ tends to 0.")
def replica_limit(action: Step, *, n_replicas: sp.Symbol, continued: sp.Symbol) -> Inference:
    """The limit of S/m, with ``continued`` the number of replicas as a real number; the result is the limit."""
    expression = rename(action.result, n_replicas, continued)
    terms = sum_terms(expression)
    left_over = assembled(_coefficient(t, continued, 0) for t in terms)
    if left_over != 0:
        raise ValueError(f"the action must vanish at m = 0 for S/m to have a limit; it is {left_over} there")
    limit = assembled(_coefficient(t, continued, 1) for t in terms)
    domain = cast(Any, action.statement).domain.extended({continued: (0, 1)}).restricted(expression)
    return Inference(
        statement=LimitStatement(expression / continued, limit, domain, variable=continued, point=0),
        postulates=(CONTINUATION, ORDER_OF_LIMITS),
        result=limit,
    )


def _coefficient(term: SumTerm, variable: sp.Symbol, power: int) -> SumTerm:
    if any(variable in lo.free_symbols | hi.free_symbols for _, lo, hi in term.ranges):
        raise ValueError(f"a sum still runs over replicas: {term.assembled()}")
    return SumTerm(cast(sp.Expr, sp.expand(term.body).coeff(variable, power)), term.ranges)
