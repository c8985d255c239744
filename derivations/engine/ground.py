"""What a claim of a derivation may use: the sets of its symbols, its definitions and its premises."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import sympy as sp

from derivations.engine.isolation import known
from derivations.engine.premises import held_names
from derivations.engine.step import Step
from derivations.engine.unfolding import key_of, occurs, unfolded, without_definitions
from theory.domain import ASSUMED_SETS, Domain
from theory.statements import Definition, Expansion, Identity, Inequality, Statement
from theory.statements.statement import checked_expression
from theory.sums import free_names

SIGNS = {"is_positive": ">", "is_negative": "<", "is_nonnegative": ">=", "is_nonpositive": "<="}


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What stands before a claim is made."""

    domain: Domain
    definitions: tuple[Definition, ...] = ()
    premises: tuple[Step, ...] = ()

    def domain_for(self, *expressions: Any) -> Domain:
        """The domain of a claim with these parts: defined names in it are tied to what they stand for.

        Raises
        ------
        ValueError
            If a symbol has no set.
        """
        used = [d for d in self.definitions if any(occurs(d.symbol, e) for e in expressions)]
        plain = [without_definitions(sp.sympify(e, strict=True), self.definitions) for e in expressions]
        for expression in plain:
            self.domain.require(expression, "this claim")
        written = set().union(*(free_names(sp.sympify(e, strict=True)) for e in expressions)) & set(self.domain.sets)
        own = self.domain.restricted(*plain, *written, *_tied(self.domain, *plain))
        named = [d for d in used if isinstance(d.symbol, sp.Symbol | sp.Indexed)]
        if not named:
            return own
        inner = self.domain_for(*(d.expression for d in named))
        ties = [sp.Eq(d.symbol, d.expression, evaluate=False) for d in named]
        sets = {**inner.sets, **own.sets, **{key_of(d.symbol): assumed_set(d.symbol) for d in named}}
        return Domain(sets, dict.fromkeys((*inner.constraints, *own.constraints, *ties)))

    def claims(
        self, claim: tuple[Any, ...], *, variable: Any = None, order: Any = None, about: Any = 0
    ) -> tuple[Statement, ...]:
        """The statements of a claim: one as it is, or the links of a chain of sides."""
        if len(claim) == 1 and isinstance(claim[0], Statement):
            return (_about_its_own(claim[0]),)
        if len(claim) < 2:
            found = f"{claim[0]!r}; an equation is never a sympy.Eq, which SymPy may evaluate" if claim else "nothing"
            raise TypeError(f"expected a statement, or two or more sides as so(left, right); found {found}")
        links = list(pairwise(claim))
        made: list[Statement] = [self.equation(left, right) for left, right in links[:-1]]
        made.append(self.equation(*links[-1], variable=variable, order=order, about=about))
        if len(links) > 1:
            made.append(self.equation(claim[0], claim[-1], variable=variable, order=order, about=about))
        return tuple(made)

    def equation(self, left: Any, right: Any, *, variable: Any = None, order: Any = None, about: Any = 0) -> Statement:
        """``left = right``, or an expansion if the right side ends in ``O(x**n)`` or ``variable`` is given."""
        left, right = (checked_expression(side, "a side") for side in (left, right))
        remainder = right.getO() if isinstance(right, sp.Expr) else None
        if remainder is not None:
            variable, order, about = order_of(remainder)
            right = right.removeO()
        if variable is None:
            return Identity(left, right, self.domain_for(left, right))
        domain = self.domain_for(left, right, variable, about)
        return Expansion(left, right, domain, variable=variable, order=order, about=about)

    def plain(self, statement: Statement) -> Statement:
        """The statement with the definitions put in."""
        return unfolded(statement, self.definitions, self.domain)

    def plain_of(self, step: Step) -> Any:
        """The claim of a step with the definitions put in."""
        return self.plain(step.statement) if isinstance(step.statement, Statement) else step.statement

    def held(self, given: Iterable[Step]) -> frozenset[Any]:
        """Names that premises hold for certain values of only, as they are written and with the definitions put in."""
        told = [claim for p in given for claim in (p.statement, self.plain_of(p)) if isinstance(claim, Statement)]
        return held_names(told)

    def opened_for(self, statement: Statement, name: Any) -> Statement:
        """The statement with the definitions put in, if one that it uses depends on ``name`` or is ``name``."""
        used = [d for d in self.definitions if any(occurs(d.symbol, e) for e in statement.expressions())]
        plain = [without_definitions(d.expression, self.definitions) for d in used]
        depends = any(d.symbol == name or occurs(name, e) for d, e in zip(used, plain, strict=True))
        return self.plain(statement) if depends else statement

    def with_definition(self, definition: Definition) -> tuple[Statement, ...]:
        """What a definition needs: a name that is declared positive stands for something positive.

        Raises
        ------
        ValueError
            If the name has a set already, or was defined before.
        """
        name = definition.symbol
        key = key_of(name)
        if key in self.domain.sets:
            raise ValueError(
                f"{name} has a set in the domain, so it is a variable; enter the equation as a premise, or define "
                "another name"
            )
        if any(key_of(d.symbol) == key for d in self.definitions):
            raise ValueError(f"{name} was defined before; a name keeps its meaning through a derivation")
        plain = without_definitions(definition.expression, self.definitions)
        self.domain.require(_closed(plain, name), f"the definition of {name}")
        return self._declared(name, plain) if isinstance(name, sp.Symbol) else ()

    def _declared(self, name: sp.Symbol, plain: Any) -> tuple[Statement, ...]:
        """What the assumptions of a name say of its expression: SymPy simplifies by them before anything is checked."""
        for assumption in ("is_real", "is_integer", "is_zero"):
            if getattr(name, assumption) and getattr(known(plain, self.domain), assumption) is False:
                raise ValueError(
                    f"{name} is declared {assumption.removeprefix('is_')}, but {plain} is not; declare it otherwise"
                )
        for assumption, relation in SIGNS.items():
            if getattr(name, assumption):
                return (Inequality(plain, 0, self.domain.restricted(plain), relation=relation),)
        return ()


def _closed(expression: Any, name: Any) -> Any:
    """A definition's expression without the indices or arguments of its name, which stand for any."""
    places = name.indices if isinstance(name, sp.Indexed) else name.args
    return expression.subs({p: sp.Integer(1) for p in places if isinstance(p, sp.Symbol)})


def _about_its_own(statement: Statement) -> Statement:
    """The statement over the sets of its own symbols, so that no counterexample lists others."""
    names = set().union(*(free_names(e) for e in statement.expressions()))
    own = statement.domain.restricted(*(names & set(statement.domain.sets)), *_tied(statement.domain, *names))
    return statement if own == statement.domain else statement.replaced(domain=own)


def _tied(domain: Domain, *expressions: Any) -> set[Any]:
    """The names that inequalities tie to those of the expressions: without them, these could have other values."""
    names = set().union(*(free_names(e) for e in expressions))
    bounds = [free_names(c) for c in domain.constraints if not isinstance(c, sp.Eq)]
    while more := set().union(*(b for b in bounds if b & names)) - names:
        names |= more
    return names & set(domain.sets)


def assumed_set(name: Any) -> sp.Set:
    """The set that the assumptions of a symbol allow."""
    for assumption, allowed in ASSUMED_SETS.items():
        if getattr(name, assumption, False):
            return allowed
    return sp.S.Reals


def order_of(remainder: Any) -> tuple[sp.Symbol, Any, Any]:
    """Variable, order and point of a remainder ``O((x - a)**n)``, or of ``O(x**-n, (x, oo))``; n may be a fraction.

    Raises
    ------
    ValueError
        If it is of another form.
    """
    ((variable, about),) = remainder.args[1:] if len(remainder.args) == 2 else ((None, None),)
    base, power = sp.powsimp(remainder.expr).as_base_exp()
    far = about is not None and about.is_infinite
    order = -power if far else power
    if variable is None or base != (variable if far else variable - about) or not (order.is_Rational and order > 0):
        raise ValueError(f"expected a remainder such as O(x**3) in one variable, found {remainder}")
    return variable, int(order) if order.is_Integer else order, about
