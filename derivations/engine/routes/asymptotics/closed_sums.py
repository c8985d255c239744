"""Sums and products up to the variable in closed form: SymPy proposes one, the exact route must prove it."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportCallIssue=false, reportIndexIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import sympy as sp

from derivations.engine.routes import exact
from derivations.engine.routes.normal_forms.field import UnsupportedError
from theory.domain import Domain
from theory.sums import Sigma

BINDERS = (sp.Sum, sp.Product, Sigma)


def closed(expression: Any, variable: sp.Symbol, domain: Domain) -> Any:
    """The expression with closed forms for the sums and products whose ends hold the variable.

    A sum without a proved closed form stays, and has no series.
    """
    found = {node: _closed_form(node, domain) for node in expression.atoms(*BINDERS) if _ends_with(node, variable)}
    result = expression.xreplace({node: form for node, form in found.items() if form is not None})
    return result.replace(sp.harmonic, _harmonic)


def _ends_with(node: Any, variable: sp.Symbol) -> bool:
    if isinstance(node, Sigma):
        return variable in (node.lower.free_symbols | node.upper.free_symbols)
    return len(node.limits) == 1 and any(variable in end.free_symbols for end in node.limits[0].args[1:])


def _closed_form(node: Any, domain: Domain) -> Any | None:
    plain = _plain(node)
    (index, lower, upper), body = plain.limits[0].args, plain.function
    power = _power(body, index)
    if isinstance(plain, sp.Sum) and lower == 1 and power:
        return body.subs(index, 1) * _harmonic(upper, power)
    return next((form for form in _proposals(plain) if _is_proved(plain, form, domain)), None)


def _is_proved(node: Any, form: Any, domain: Domain) -> bool:
    try:
        return not form.has(*BINDERS, sp.Piecewise) and bool(exact.equal(node, form, domain))
    except (UnsupportedError, ValueError):
        return False


def _proposals(node: Any) -> Iterator[Any]:
    """Guesses: what SymPy evaluates, in gamma functions and as it is, its general case, and the binomial theorem."""
    index, lower, upper = node.limits[0].args
    found: list[Any] = []
    with suppress(TypeError, ValueError, NotImplementedError, RecursionError):
        found.append(node.doit())
        if isinstance(node, sp.Sum) and isinstance(node.function, sp.log):
            found.append(sp.log(sp.Product(node.function.args[0], node.limits[0]).doit()))
    if isinstance(node, sp.Sum) and lower == 0 and node.function.has(sp.binomial(upper, index)):
        ratio = node.function / sp.binomial(upper, index)
        base = sp.simplify(ratio.subs(index, index + 1) / ratio)
        found.append(ratio.subs(index, 0) * (1 + base) ** upper)
    for form in found:
        yield sp.gammasimp(form.rewrite(sp.gamma))
        yield form
        if isinstance(form, sp.Piecewise):
            yield form.args[-1][0]


def _plain(node: Any) -> Any:
    if not isinstance(node, Sigma):
        return node
    body, index = node.opened()
    return sp.Sum(body, (index, node.lower, node.upper))


def _power(body: Any, index: sp.Symbol) -> Any:
    """p where the summand is c/k^p with a positive integer p and a constant c, else 0."""
    constant, rest = body.as_independent(index, as_Add=False)
    del constant
    base, exponent = rest.as_base_exp()
    return -exponent if base == index and exponent.is_Integer and exponent < 0 else sp.S.Zero


def _harmonic(upper: Any, power: Any = sp.S.One) -> Any:
    """The sum of 1/k^p up to an integer n by polygamma functions (DLMF 5.15.1)."""
    if power == 1:
        return sp.digamma(upper + 1) + sp.EulerGamma
    if not (power.is_Integer and power > 1):
        return sp.harmonic(upper, power)
    return sp.zeta(power) - (-1) ** power * sp.polygamma(power - 1, upper + 1) / sp.factorial(power - 1)
