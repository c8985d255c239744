"""The program of a formula in the language of a backend."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sympy as sp

from numerics.lowering.arguments import Argument, checked_arguments
from numerics.lowering.backends import BACKENDS, Accuracy
from numerics.lowering.expressions import formula
from numerics.lowering.formula import Formula
from numerics.lowering.means.lifting import has_means
from numerics.lowering.means.reductions import with_own_variables
from numerics.lowering.plain_forms import plain
from numerics.lowering.polynomials import factored
from numerics.lowering.rewrites import stable
from numerics.lowering.special_forms import carried_out


@dataclass(frozen=True, kw_only=True)
class Program:
    """A source, and the shape of its value at one point."""

    source: str
    shape: tuple[int, ...]


@lru_cache(maxsize=1024)  # solvers lower the same formulas again and again
def program_of(node: Any, atoms: tuple[Any, ...], backend: str, accuracy: Accuracy) -> Program:
    """The source of a formula, which depends on nothing else; empty where there are means."""
    used = BACKENDS[backend]
    checked = checked_arguments(atoms, used.reserved)
    inner = formula(with_own_variables(node).xreplace({a.atom: a.symbol for a in checked})).map(carried_out)
    _check_symbols(inner, checked)
    if has_means(node):
        return Program(source="", shape=inner.shape)
    return Program(source=used.source(made_stable(inner), checked, accuracy), shape=inner.shape)


def made_stable(inner: Formula) -> Formula:
    """A formula with its derivatives carried out, in the form that is printed."""
    return factored(inner.map(plain).map(stable))


def _check_symbols(inner: Formula, arguments: tuple[Argument, ...]) -> None:
    known = {a.symbol for a in arguments} | {name for name, _ in inner.steps}
    entries = set().union(*(part.atoms(sp.Indexed) for part in inner.parts()))
    inside = {s for entry in entries for s in entry.free_symbols}
    free = set().union(*(part.free_symbols for part in inner.parts()))
    missing = sorted(map(str, entries | (free - inside - known)))
    if missing:
        symbolic = any(not all(i.is_Integer for i in entry.indices) for entry in entries)
        remedy = (
            "write sums over layers or sites out, as in sizes={L: 4}"
            if symbolic
            else "add them, or put in their values"
        )
        listed = ", ".join(str(a.atom) for a in arguments) or "none"
        raise ValueError(
            f"expected every symbol of the expression among the arguments ({listed}); "
            f"found {', '.join(missing)} beside them: {remedy}"
        )
