"""Integrands in which cosh u - sinh u, which cancels, is written as an exponential: their decay shows only then."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from functools import lru_cache
from typing import Any

import sympy as sp


@lru_cache(maxsize=512)
def plain(body: Any) -> Any:
    """The same function, with its sums of cosh and sinh of one argument as exponentials."""
    return body.replace(_cancels, lambda n: sp.expand_mul(_in_exponentials(n)))


def _cancels(node: Any) -> bool:
    """Whether cosh u and sinh u, of one argument, are factors in terms of a sum."""
    if not isinstance(node, sp.Add):
        return False
    factors = {f for term in node.args for f in sp.Mul.make_args(term)}
    even, odd = ({f.args[0] for f in factors if isinstance(f, kind)} for kind in (sp.cosh, sp.sinh))
    return any(u in odd or -u in odd for u in even)


def _in_exponentials(node: Any) -> Any:
    hyperbolic = (sp.cosh, sp.sinh)
    return node.replace(lambda n: isinstance(n, hyperbolic), lambda n: n.rewrite(sp.exp))
