"""What the names of a formula stand for: the declared ones, and those bound on the way down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.notation.functions import BINDERS, CONSTANTS, FUNCTIONS
from theory.sums import free_names


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Names and what they stand for.

    Attributes
    ----------
    names
        Symbols, families (``IndexedBase``) and undetermined functions by name.
    bound
        Those among them that a sum, a mean or an integral around this place binds.
    missing
        Names that were used without being declared, with their places; shared by all inner scopes, so that one
        message can name them all.
    """

    names: Mapping[str, Any] = field(default_factory=dict)
    bound: frozenset[str] = frozenset()
    missing: dict[str, int] = field(default_factory=dict)

    def inside(self, name: str, symbol: Any) -> Scope:
        """The scope inside a sum, a mean or an integral."""
        return replace(self, names={**self.names, name: symbol}, bound=self.bound | {name})

    def stand_in(self, name: str, position: int) -> Any:
        """A symbol for a name that was not declared: reading goes on, and the end complains."""
        self.missing.setdefault(name, position)
        return sp.Symbol(name, real=True)


def scope_of(domain: Domain, *expressions: Any) -> Scope:
    """The scope in which the symbols of a domain, and the names of some expressions, are known by their names."""
    functions = {f.func.__name__: f.func for e in expressions for f in e.atoms(sp.core.function.AppliedUndef)}
    free = {_text(n): n for e in expressions for n in free_names(e)}
    return Scope(names={**functions, **free, **{_text(n): n for n in domain.sets}})


def _text(name: Any) -> str:
    return str(name.label) if isinstance(name, sp.IndexedBase) else str(name)


MEANT = {
    "int": "integral", "integrate": "integral", "product": "prod", "average": "mean", "expectation": "mean",
    "derivative": "diff", "tr": "trace", "arccosh": "acosh", "arcsinh": "asinh", "arctanh": "atanh",
}  # fmt: skip
"""Names by which others go elsewhere."""


def suggestion(name: str, declared: Iterable[str], *, called: bool) -> str:
    """What an unknown name may have been meant for; empty if there is no idea."""
    declared = sorted(declared)
    known = [*FUNCTIONS, *BINDERS] if called else [*declared, *CONSTANTS]
    if (split := _split(name, declared)) and not called:
        return f"write {split} for a product"
    if called and name.lower() in MEANT:
        return f"did you mean `{MEANT[name.lower()]}`?"
    close = get_close_matches(name, known, n=1, cutoff=0.6) or [k for k in known if k.lower() == name.lower()]
    return f"did you mean `{close[0]}`?" if close else ""


def _split(name: str, declared: list[str]) -> str:
    """``xy`` as ``x*y`` where both letters are declared."""
    letters = list(name)
    return "*".join(letters) if len(letters) > 1 and all(c in declared for c in letters) else ""
