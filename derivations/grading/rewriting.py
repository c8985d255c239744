"""True claims said differently: rewritten forms that follow from a claim but are not identical to it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import sympy as sp

from derivations.grading.variables import rescaled_integrals, shifted_symbol
from theory.statements import EnsembleMean, Expansion, Identity, Inequality, LimitStatement, Statement


class Form(NamedTuple):
    """A claim in other words: what was done, and the claim."""

    text: str
    statement: Statement


def forms_of(statement: Statement, rng: random.Random) -> Iterator[Form]:
    """Rewritten forms of a claim, in random order, none identical to it."""
    made = list(REWRITINGS)
    rng.shuffle(made)
    for rewriting in made:
        try:
            form = rewriting(statement, rng)
        except (ValueError, TypeError, NotImplementedError, sp.PolynomialError):
            # SymPy cannot expand or rewrite everything; another form will do.
            continue
        if form is not None and not _same(form.statement, statement):
            yield form


def _same(first: Statement, second: Statement) -> bool:
    """Whether the expressions are identical, or the sides of one only swapped."""
    if first.expressions() == second.expressions():
        return True
    return isinstance(first, Identity) and first.expressions() == second.expressions()[::-1]


def sides(statement: Statement) -> tuple[str, str] | None:
    """The names of the two expressions that are said to be equal, in whichever sense."""
    if isinstance(statement, Identity | Expansion | Inequality):
        return ("left", "right")
    return ("expression", "value") if isinstance(statement, LimitStatement | EnsembleMean) else None


def _both(statement: Statement, change: Callable[[Any], Any], text: str) -> Form | None:
    names = sides(statement)
    if names is None:
        return None
    return Form(text, statement.replaced(**{n: change(getattr(statement, n)) for n in names}))


def _one(statement: Statement, change: Callable[[Any], Any], text: str, rng: random.Random) -> Form | None:
    """The first side, in random order, that the change changes."""
    names = sides(statement)
    for name in rng.sample(names, 2) if names else ():
        side = getattr(statement, name)
        other = side.applyfunc(change) if isinstance(side, sp.MatrixBase) else change(side)
        if other != side:
            return Form(f"{text} ({name})", statement.replaced(**{name: other}))
    return None


def scaled(statement: Statement, rng: random.Random) -> Form | None:
    """Both sides multiplied by a number or by an expression that does not vanish."""
    factor = _nonzero(statement, rng)
    return _both(statement, lambda side: side * factor, f"both sides times {factor}")


def added(statement: Statement, rng: random.Random) -> Form | None:
    """The same added to both sides."""
    names = sides(statement)
    if names is None or isinstance(getattr(statement, names[0]), sp.MatrixBase):
        return None
    term = _nonzero(statement, rng)
    return _both(statement, lambda side: side + term, f"{term} added to both sides")


def moved(statement: Statement, rng: random.Random) -> Form | None:
    """A term of one side taken to the other."""
    if not isinstance(statement, Identity) or isinstance(statement.left, sp.MatrixBase):
        return None
    term = rng.choice(sp.Add.make_args(statement.right))
    parts = {"left": statement.left - term, "right": statement.right - term}
    return Form(f"the term {term} taken to the left", statement.replaced(**parts))


def squared(statement: Statement, rng: random.Random) -> Form | None:
    """The square of both sides."""
    del rng
    if not isinstance(statement, Identity) or isinstance(statement.left, sp.MatrixBase):
        return None
    return _both(statement, lambda side: side**2, "both sides squared")


EXPONENTIALS: dict[Any, Callable[..., Any]] = {
    sp.cosh: lambda x: (sp.exp(x) + sp.exp(-x)) / 2,
    sp.sinh: lambda x: (sp.exp(x) - sp.exp(-x)) / 2,
    sp.tanh: lambda x: (sp.exp(2 * x) - 1) / (sp.exp(2 * x) + 1),
    sp.coth: lambda x: (sp.exp(2 * x) + 1) / (sp.exp(2 * x) - 1),
    sp.sech: lambda x: 2 / (sp.exp(x) + sp.exp(-x)),
}
OTHER_FUNCTIONS: dict[Any, Callable[..., Any]] = {
    sp.erfc: lambda x: 1 - sp.erf(x),
    sp.erf: lambda x: 1 - sp.erfc(x),
    sp.exp: lambda x: sp.cosh(x) + sp.sinh(x),
    sp.tan: lambda x: sp.sin(x) / sp.cos(x),
    sp.cos: lambda x: 1 - 2 * sp.sin(x / 2) ** 2,
    sp.sin: lambda x: 2 * sp.sin(x / 2) * sp.cos(x / 2),
    sp.factorial: lambda n: sp.gamma(n + 1),
    sp.gamma: lambda x: sp.gamma(x + 1) / x,
    sp.binomial: lambda n, k: sp.binomial(n, n - k),
}


def exponential(statement: Statement, rng: random.Random) -> Form | None:
    """Hyperbolic functions as exponentials."""
    return _one(statement, lambda side: _in_terms(side, EXPONENTIALS), "in exponentials", rng)


def other_functions(statement: Statement, rng: random.Random) -> Form | None:
    """Functions by their relatives: erf and erfc, half angles, factorials and gamma functions."""
    return _one(statement, lambda side: _in_terms(side, OTHER_FUNCTIONS), "in related functions", rng)


def _in_terms(side: Any, table: dict[Any, Callable[..., Any]]) -> Any:
    for function, other in table.items():
        if side.has(function):
            return side.replace(function, other)
    return side


def expanded(statement: Statement, rng: random.Random) -> Form | None:
    """One side multiplied out."""
    return _one(statement, lambda side: sp.expand(side, deep=False), "multiplied out", rng)


def over_one_denominator(statement: Statement, rng: random.Random) -> Form | None:
    """One side over one denominator, factored."""
    return _one(statement, lambda side: sp.factor(sp.together(side)), "factored", rng)


def other_variable(statement: Statement, rng: random.Random) -> Form | None:
    """Every integration and averaging variable in another unit."""
    names = sides(statement)
    parts = {n: getattr(statement, n) for n in names or ()}
    if any(isinstance(side, sp.MatrixBase) for side in parts.values()):
        return None
    scale = rng.choice((sp.Integer(2), sp.Rational(1, 3), sp.Rational(3, 2)))
    changed = {n: rescaled_integrals(side, scale) for n, side in parts.items()}
    text = f"integration variables in units of {scale}"
    return Form(text, statement.replaced(**changed)) if changed != parts else None


def other_parameter(statement: Statement, rng: random.Random) -> Form | None:
    """A parameter under another name, shifted by one."""
    found = shifted_symbol(statement, rng)
    return Form(*found) if found else None


def _nonzero(statement: Statement, rng: random.Random) -> Any:
    """A number, or an expression in a real symbol of the claim, that is nowhere zero."""
    bound = set(statement.variables) if isinstance(statement, Expansion) else {getattr(statement, "variable", None)}
    names = [n for n in statement.domain.sets if isinstance(n, sp.Symbol) and n.is_real and n not in bound]
    choices = [sp.Integer(3), sp.Rational(5, 7), *(2 + n**2 for n in sorted(names, key=str))]
    return rng.choice(choices)


Rewriting = Callable[[Statement, random.Random], Form | None]
REWRITINGS: tuple[Rewriting, ...] = (
    scaled,
    added,
    moved,
    squared,
    exponential,
    other_functions,
    expanded,
    over_one_denominator,
    other_variable,
    other_parameter,
)
