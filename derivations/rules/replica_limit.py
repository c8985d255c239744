"""The limit of vanishing replica number, of an action that is a polynomial in it."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.sum_terms import SumTerm, assembled, sum_terms
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.statements import Identity, LimitStatement, Postulate
from theory.sums import Sigma, rename

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


@rule(
    "one-site term without replicas",
    "A mean of powers is $1 + m \\, \\mathbb{E} \\log + O(m^2)$: its logarithm is $m$ times the mean logarithm.",
)
def one_site_limit(transform: Step, *, n_replicas: sp.Symbol, continued: sp.Symbol) -> Inference:
    """The limit of log E F^m / m, which is E log F; the result is that mean."""
    statement = cast(Identity, transform.statement)
    power = cast(GaussianMean, rename(statement.right, n_replicas, continued))
    value = mean_logarithm(power, continued)
    sets = {n: s for n, s in statement.domain.sets.items() if n != n_replicas}
    domain = Domain({**sets, continued: (0, 1)})
    return Inference(
        statement=LimitStatement(sp.log(power) / continued, value, domain, variable=continued, point=0), result=value
    )


def mean_logarithm(power: GaussianMean, exponent: sp.Symbol) -> GaussianMean:
    """E log F for E F^m.

    Raises
    ------
    ValueError
        If what is averaged is no power with this exponent.
    """
    base, found = power.body.as_base_exp()
    if found != exponent or exponent in base.free_symbols:
        raise ValueError(f"expected the mean of a power with exponent {exponent}; found {power}")
    return cast(GaussianMean, power.with_body(cast(sp.Expr, sp.log(base))))


@rule("replica limit", "Only what is linear in the number of replicas survives in $S/m$ as $m$ tends to 0.")
def replica_limit(
    action: Step, one_site: Step | None = None, *, n_replicas: sp.Symbol, continued: sp.Symbol
) -> Inference:
    """The limit of S/m, with ``continued`` the number of replicas as a real number; the result is the limit.

    With ``one_site``, the limit of the one-site term, each logarithm of a mean of powers is m times the mean logarithm
    that it states, for the variance and the field at hand.
    """
    expression = rename(action.result, n_replicas, continued)
    if one_site is not None:
        expression = expression.replace(_is_log_of_mean, lambda e: continued * mean_logarithm(e.args[0], continued))
    terms = sum_terms(expression)
    left_over = assembled(_coefficient(t, continued, 0) for t in terms)
    if sp.expand(left_over) != 0:
        raise ValueError(f"the action must vanish at m = 0 for S/m to have a limit; it is {left_over} there")
    limit = assembled(_coefficient(t, continued, 1) for t in terms)
    domain = cast(Any, action.statement).domain.extended({continued: (0, 1)}).restricted(expression)
    return Inference(
        statement=LimitStatement(_divided(expression, continued), limit, domain, variable=continued, point=0),
        postulates=(CONTINUATION, ORDER_OF_LIMITS),
        result=limit,
    )


def _divided(expression: Any, by: sp.Symbol) -> Any:
    """The quotient; of a sum of products, term by term."""
    if expression.has(Sigma):
        return expression / by
    return sp.Add(*[term / by for term in sp.Add.make_args(expression)])


def _is_log_of_mean(expression: Any) -> bool:
    return isinstance(expression, sp.log) and isinstance(expression.args[0], GaussianMean)


def _coefficient(term: SumTerm, variable: sp.Symbol, power: int) -> SumTerm:
    """Coefficient of the power 0 or 1 of the number of replicas in an expansion about 0."""
    if any(variable in lo.free_symbols | hi.free_symbols for _, lo, hi in term.ranges):
        raise ValueError(f"a sum still runs over replicas: {term.assembled()}")
    means = {mean: sp.Dummy() for mean in term.body.atoms(GaussianMean) if variable not in mean.free_symbols}
    body: Any = sp.expand(term.body.xreplace(means))
    if body.is_polynomial(variable):
        found = body.coeff(variable, power)
    elif body.has(GaussianMean):
        raise ValueError(f"a mean still depends on the number of replicas: {term.assembled()}")
    else:
        found = (sp.diff(body, variable) if power else body).subs(variable, 0)
    return SumTerm(cast(sp.Expr, found.xreplace({name: mean for mean, name in means.items()})), term.ranges)
