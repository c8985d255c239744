"""The exact route: a difference that vanishes in normal form. It proves, or it is undecided; it never refutes."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import flint
import sympy as sp

from derivations.engine.evidence import Evidence
from derivations.engine.routes.budget import work_until
from derivations.engine.routes.certificates.classes import by_classes
from derivations.engine.routes.certificates.common_law import by_common_law
from derivations.engine.routes.certificates.contradictions import by_contradiction
from derivations.engine.routes.certificates.determinants import by_determinants
from derivations.engine.routes.certificates.induction import by_induction
from derivations.engine.routes.certificates.members import by_members
from derivations.engine.routes.certificates.one_step import by_one_step
from derivations.engine.routes.certificates.parameters import by_parameter
from derivations.engine.routes.certificates.path_sums import by_path_sums
from derivations.engine.routes.normal_forms.field import UnsupportedError
from derivations.engine.routes.normal_forms.normal_form import Equation, by_normal_form, with_tower
from theory.domain import Domain
from theory.sums import Binder, Sigma, free_names, unfold

ENGINE = f"saddlepoint tower on python-flint {flint.__version__}"
SECONDS = 2.0
"""Time of the processor for the proof of a claim: beyond it the claim is left to the other routes."""
INFERENCES: tuple[Callable[[Equation], str], ...] = (
    by_common_law, by_contradiction, by_determinants, by_normal_form, by_path_sums, by_one_step, by_members, by_classes,
    by_induction, by_parameter,
)  # fmt: skip
"""Tried in turn; each answers how the equation is proved, or an empty text."""


def determined(expression: Any, domain: Domain) -> Any:
    """Put in what the domain's equations say about symbols.

    Raises
    ------
    UnsupportedError
        If a derivative is taken by one of these symbols, or by one that their values depend on; or if a sum over
        configurations or paths, or a mean, is over a name of the equations.
    """
    by = {v for node in expression.atoms(sp.Derivative) for v in node.variables}
    bound = {name for node in expression.atoms(Binder) if not isinstance(node, Sigma) for name in node.bound_names}
    for name, value in domain.equations():
        if by & ({name} | value.free_symbols):
            raise UnsupportedError(f"a derivative at fixed {name}, which is tied to the variable")
        if bound & ({getattr(name, "base", name)} | free_names(value)):
            raise UnsupportedError(f"a sum or a mean over what the equation for {name} is about")
        expression = unfold(expression, name, value)
    return expression


def equal(left: Any, right: Any, domain: Domain, until: float | None = None) -> str:
    """How two expressions are proved equal on the domain; an empty text if they are not.

    ``until`` is where the thread's clock stands when the proof is given up: usually two seconds later.

    Raises
    ------
    UnsupportedError
        If a node has no rule, or the thread's clock is past ``until``.
    """
    left, right = determined(left, domain), determined(right, domain)
    until = work_until(SECONDS) if until is None else until
    equation = Equation(left=left, right=right, domain=domain, until=until)
    unsupported: UnsupportedError | None = None
    for infer in INFERENCES:
        try:
            technique = infer(equation)
        except UnsupportedError as error:
            unsupported = error
            continue
        if technique:
            return technique
    if unsupported is not None:
        raise unsupported
    return ""


def vanishes(expression: Any, domain: Domain) -> str:
    """How an expression is proved to be zero on the domain; an empty text if it is not."""
    return equal(expression, sp.S.Zero, domain)


def normal_form(expression: Any, domain: Domain) -> sp.Expr:
    """The expression rewritten in normal form: equal to it wherever both are defined."""
    return with_tower(domain, lambda tower: tower.field.expression(tower.convert(determined(expression, domain))))


def prove(pairs: list[tuple[Any, Any]], domain: Domain, claim: str, by: str = "") -> Evidence:
    """The exact route on a list of equations."""
    start, until = time.perf_counter(), work_until(SECONDS)
    found: set[str] = {by} if by else set()
    reason = ""
    try:
        for left, right in pairs:
            technique = equal(left, right, domain, until)
            if not technique:
                reason = "the difference has a normal form that is not zero, which decides nothing"
                break
            found.add(technique)
    except UnsupportedError as error:
        reason = str(error)
    outcome = "undecided" if reason else "proves"
    return Evidence(
        route="exact", outcome=outcome, technique="; ".join(sorted(found)) if not reason else "", engine=ENGINE,
        seconds=time.perf_counter() - start, claim=claim, reason=reason,
    )  # fmt: skip
