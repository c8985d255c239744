"""Put derived results in the place of their names: what a printed line claims once nothing in it is a mere name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

import sympy as sp

from derivations.engine.claims import claim_hash
from derivations.engine.report import DerivationReport, StepReport
from derivations.engine.verdict import Verdict
from derivations.judging.settling import plain_entries, settled
from theory.domain import Domain
from theory.statements import (
    EqualUpToTotalDerivative,
    Expansion,
    Identity,
    Inequality,
    LimitStatement,
    PositiveDefinite,
    Statement,
    Stationarity,
)
from theory.sums import Sigma, free_names, unfold

Change = Callable[[Any], Any]


class MissingResultError(LookupError):
    """A printed line names a result that no serving derivation has."""


@dataclass(frozen=True, kw_only=True)
class Closed:
    """A claim without names of derived results, and the steps whose results stand in it."""

    statement: Statement
    steps: tuple[StepReport, ...]


@dataclass(frozen=True, kw_only=True)
class Results:
    """The named results of one examined derivation."""

    report: DerivationReport

    @cached_property
    def verdicts(self) -> dict[str, Verdict]:
        """Verdicts on the derivation's own claims, by the hash of the claim."""
        claims = ((s.step.statement, s.verdict) for s in self.report.steps)
        return {claim_hash(c): v for c, v in claims if isinstance(c, Statement) and v is not None}

    def naming(self, name: sp.Expr, *, serving: str) -> StepReport:
        """The step whose result ``name`` stands for, one that serves the equation before others.

        Raises
        ------
        MissingResultError
            If there is none.
        """
        alike = [s for s in self.report.steps if names_alike(s.step.defines, name)]
        if not alike:
            raise MissingResultError(f"{self.report.derivation.identifier} has no result that is named {name}")
        return next((s for s in alike if serving in s.step.serves), alike[0])

    def closed(self, statement: Statement, names: Iterable[sp.Expr], *, serving: str) -> Closed:
        """The statement with the derived results in place of their names."""
        steps = tuple(self.naming(name, serving=serving) for name in names)

        put_in = settled(statement.domain)

        def change(expression: Any) -> Any:
            for found in steps:
                expression = unfold(expression, found.step.defines, found.step.result)
            return put_in(expression)

        sets = {n: s for n, s in statement.domain.sets.items() if n not in {head(f.step.defines) for f in steps}}
        known = Domain({**self.sets(steps), **sets}, statement.domain.constraints)
        return Closed(statement=transformed(statement, change, known), steps=steps)

    def sets(self, first: Iterable[StepReport] = ()) -> dict[Any, Any]:
        """The sets of all symbols of the derivation, those of the given steps before others."""
        sets: dict[Any, Any] = {}
        for found in (*self.report.steps, *reversed(tuple(first))):
            sets.update(getattr(getattr(found.step.statement, "domain", None), "sets", {}))
        return sets


def head(name: Any) -> Any:
    """A symbol itself, or the family of an indexed atom."""
    return name.base if isinstance(name, sp.Indexed) else name


def names_alike(one: Any, other: Any) -> bool:
    """Whether two names are the same symbol, or atoms of one family with as many indices."""
    return (
        one is not None
        and head(one) == head(other)
        and len(getattr(one, "indices", ())) == len(getattr(other, "indices", ()))
    )


def transformed(statement: Statement, change: Change, domain: Domain) -> Statement:
    """The statement with ``change`` applied to its expressions, on as much of ``domain`` as it needs.

    Raises
    ------
    TypeError
        If the kind of statement is not known here; add it to the table.
    """
    rebuild = _REBUILD.get(type(statement))
    if rebuild is None:
        raise TypeError(f"a {type(statement).__name__} cannot be rebuilt; add it to derivations/judging/closing.py")
    return rebuild(statement, change, domain)


def _identity(statement: Identity, change: Change, domain: Domain) -> Identity:
    left, right = change(statement.left), change(statement.right)
    return Identity(left, right, _needed(domain, left, right))


def _limit(statement: LimitStatement, change: Change, domain: Domain) -> LimitStatement:
    expression, value = change(statement.expression), change(statement.value)
    keywords = {"variable": statement.variable, "point": statement.point, "direction": statement.direction}
    return LimitStatement(expression, value, _needed(domain, expression, value, statement.variable), **keywords)


def _expansion(statement: Expansion, change: Change, domain: Domain) -> Expansion:
    left, right = change(statement.left), change(statement.right)
    keywords: dict[str, Any] = {"variable": statement.variable, "order": statement.order, "about": statement.about}
    return Expansion(left, right, _needed(domain, left, right, statement.variable), **keywords)


def _stationarity(statement: Stationarity, change: Change, domain: Domain) -> Stationarity:
    action, at = change(statement.action), {name: change(value) for name, value in statement.at}
    constraints = tuple(change(c) for c in statement.constraints)
    names = (*statement.variables, *(name for name, _ in statement.at))
    needed = _needed(domain, action, *names, *at.values(), *constraints)
    return statement.replaced(action=action, at=at, constraints=constraints, domain=needed)


def _inequality(statement: Inequality, change: Change, domain: Domain) -> Inequality:
    within, (left, right) = plain_entries(domain, change(statement.left), change(statement.right))
    return Inequality(left, right, _needed(within, left, right), relation=statement.relation)


def _definite(statement: PositiveDefinite, change: Change, domain: Domain) -> PositiveDefinite:
    condition = change(statement.condition)
    if statement.rows is None:
        matrix = statement.matrix.applyfunc(change)
        return PositiveDefinite(matrix, _needed(domain, *matrix, condition), condition=condition)
    i, j, low, high = statement.rows
    entry, ends = change(statement.matrix), (change(low), change(high))
    needed = _needed(domain, Sigma(entry, (i, *ends), (j, *ends)), condition)
    return PositiveDefinite(entry, needed, condition=condition, rows=(i, j, *ends))


def _divergence(statement: EqualUpToTotalDerivative, change: Change, domain: Domain) -> EqualUpToTotalDerivative:
    left, right = change(statement.left), change(statement.right)
    needed = _needed(domain, left, right, *statement.coordinates, *(applied for applied, _ in statement.fields))
    return statement.replaced(left=left, right=right, domain=needed)


def _needed(domain: Domain, *expressions: Any) -> Domain:
    """The part of the domain that the expressions need; constraints bring their own symbols, and these theirs."""
    names, known = _names(expressions), set()
    while names != known:
        known = names
        tied = (free_names(c) for c in domain.constraints if free_names(c) & known)
        # The index in an equation for a family stands for any index: it has no set.
        names = known.union(*({n for n in some if n in domain.sets} for some in tied))
    return domain.restricted(*expressions, *cast(Any, names))


def _names(expressions: Iterable[Any]) -> set[Any]:
    return set().union(*(free_names(e) for e in expressions))


_REBUILD: Mapping[type, Callable[[Any, Change, Domain], Statement]] = {
    Identity: _identity,
    LimitStatement: _limit,
    Expansion: _expansion,
    Stationarity: _stationarity,
    Inequality: _inequality,
    PositiveDefinite: _definite,
    EqualUpToTotalDerivative: _divergence,
}
