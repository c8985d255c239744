"""Whether an expression is certainly real and differentiable as often as one likes everywhere on a domain."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.routes.certificates.nonzero import nonzero, positive
from derivations.engine.routes.exact import with_tower
from derivations.engine.routes.normal_forms.field import UnsupportedError
from theory.domain import Domain

SMOOTH = (sp.exp, sp.sin, sp.cos, sp.sinh, sp.cosh, sp.tanh, sp.sech, sp.erf, sp.erfc, sp.atan, sp.asinh)
"""Real and analytic at every real argument."""


def analytic(node: Any, domain: Domain) -> bool:
    """Whether it is proved that the expression is real and analytic in every symbol, at every point of the domain."""
    if node.is_Rational or isinstance(node, sp.NumberSymbol):
        return True
    if isinstance(node, sp.Symbol | sp.Indexed):
        key = node.base if isinstance(node, sp.Indexed) else node
        return key in domain.sets and domain.sets[key].is_subset(sp.S.Reals) is True
    if not isinstance(node, (sp.Add, sp.Mul, sp.Pow, sp.log, *SMOOTH)) or not node.args:
        return False
    if not all(analytic(a, domain) for a in node.args):
        return False
    if isinstance(node, sp.log):
        return len(node.args) == 1 and _certainly(node.args[0], domain, strict=True)
    if isinstance(node, sp.Pow) and node.base is not sp.E:
        if node.exp.is_Integer:
            return node.exp > 0 or _certainly(node.base, domain, strict=False)
        return _certainly(node.base, domain, strict=True)
    return True


def _certainly(node: Any, domain: Domain, *, strict: bool) -> bool:
    """Positive where ``strict``, otherwise different from zero."""
    proof = positive if strict else nonzero
    try:
        return with_tower(domain, lambda tower: proof(tower, tower.convert(node)))
    except UnsupportedError:
        return False
