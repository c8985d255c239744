"""Arguments of a lowered function: SymPy atoms on the outside, checked identifiers within.

No name that a user chose reaches generated code unless it matches a pattern that code cannot hide in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sympy as sp

from numerics.lowering.numpy_dialect import RESERVED

PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,29}")
# Letters of any alphabet, digits, and the marks of LaTeX names such as \mathcal{J}, <Z^m> or C[j - 1].
HARMLESS = re.compile(r"[\w ^\\{}<>\[\],.*+\-/']+")
_GENERATED = re.compile(r"[atk]\d+(_rest|_of)?")
_KEPT = ("positive", "nonnegative", "negative", "nonpositive", "integer")


@dataclass(frozen=True, kw_only=True)
class Argument:
    """One argument: the user's atom, and the real symbol that stands for it in generated code."""

    atom: Any
    symbol: sp.Symbol

    @property
    def identifier(self) -> str:
        """A Python identifier: the atom's own name if that is plain, else ``a`` and its position."""
        return self.symbol.name


def checked_arguments(atoms: Iterable[Any], reserved: frozenset[str] = RESERVED) -> tuple[Argument, ...]:
    """Give each atom an identifier that is not reserved.

    Raises
    ------
    TypeError
        If an atom is neither a symbol nor an entry of an indexed family.
    ValueError
        If two are equal, one cannot be real, or a name has characters that no symbol of a formula needs.
    """
    found: list[Argument] = []
    for position, atom in enumerate(atoms):
        _check(atom, position, found)
        taken = reserved.union(*(spoken_for(argument.identifier) for argument in found))
        found.append(Argument(atom=atom, symbol=sp.Symbol(_identifier(atom, position, taken), **_assumptions(atom))))
    return tuple(found)


def spoken_for(identifier: str) -> set[str]:
    """An identifier, and those of its array, its step and its block in C."""
    return {identifier, *(f"{identifier}_{part}" for part in ("values", "step", "block"))}


def _check(atom: Any, position: int, before: list[Argument]) -> None:
    if not isinstance(atom, sp.Symbol | sp.Indexed):
        raise TypeError(
            f"expected a symbol or an indexed entry as argument {position}; found {atom!r}: "
            "hand in the symbols of the expression, as in lower(expression, (beta, C[1]))"
        )
    if not HARMLESS.fullmatch(str(atom)):
        raise ValueError(
            f"expected a name of letters, digits and the marks ^ _ {{ }} \\ < > as argument {position}; found "
            f"{str(atom)!r}: rename the symbol before lowering"
        )
    if any(atom == other.atom for other in before):
        raise ValueError(f"expected each argument once; found {atom} twice")
    if atom.is_real is False:
        raise ValueError(f"expected real arguments; found {atom}, which its assumptions say is not real")


def _identifier(atom: Any, position: int, taken: frozenset[str]) -> str:
    name = re.sub(r"\[(\w+)\]", r"_\1", str(atom))
    name = re.sub(r"\[(\w+) - (\d+)\]", r"_\1_minus_\2", name)
    usable = PLAIN.fullmatch(name) and taken.isdisjoint(spoken_for(name))
    return name if usable and not _GENERATED.fullmatch(name) else f"a{position}"


def _assumptions(atom: Any) -> dict[str, bool]:
    kept = {name: True for name in _KEPT if getattr(atom, f"is_{name}") is True}
    return {"real": True, **kept}
