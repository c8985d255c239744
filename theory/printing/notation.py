"""How families and symbols are written: layers as superscripts, replicas and sites as subscripts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import sympy as sp

GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ",
    "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ",
    "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ",
    "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip
_WORD_SUBSCRIPT = re.compile(r"^([A-Za-z]+)_([A-Za-z]{2,})$")
_BRACKETED = re.compile(r"^<(.+)>$")


@dataclass(frozen=True, kw_only=True)
class Notation:
    """Which families carry a layer in their first slot, written as a superscript in brackets.

    Attributes
    ----------
    layered
        For each such family, its number of slots. An entry with fewer indices has no layer: the spins of one site.
    """

    layered: Mapping[str, int]

    def superscript(self, atom: sp.Indexed) -> sp.Basic | None:
        """The layer of an entry, or None for an entry without one."""
        slots = self.layered.get(str(cast(Any, atom.base).label))
        return atom.indices[0] if slots is not None and len(atom.indices) >= slots else None

    def subscripts(self, atom: sp.Indexed) -> tuple[sp.Basic, ...]:
        """The other indices."""
        return atom.indices[1:] if self.superscript(atom) is not None else atom.indices


_BLOCKS = dict.fromkeys(("R", "W", "\\chi", "\\hat{\\chi}"), 3)
MULTILAYER = Notation(
    layered={"J": 3, "sigma": 2, "Q": 3, "Lambda": 3, "q": 1, "p": 1, "lambda": 1, "mu": 1, **_BLOCKS}
)
"""The letters of a layered network: couplings, spins, overlaps, their conjugates, blocks of eliminated layers."""


def word_subscript(name: str) -> tuple[str, str] | None:
    """``H_MSK`` as ``("H", "MSK")``; None for a name without a subscript of several letters."""
    found = _WORD_SUBSCRIPT.match(name)
    return (found[1], found[2]) if found and found[2] not in GREEK else None


def inside_angles(name: str) -> str | None:
    """``<Z^m>`` as ``Z^m``: the name of a mean; None for other names."""
    found = _BRACKETED.match(name)
    return found[1] if found else None


def unicode_name(name: str) -> str:
    """A symbol's name for the terminal, Greek letters by themselves."""
    bare = re.sub(r"[\\{}]|mathcal(?=\{)", "", name)
    if bare.endswith("_"):
        return unicode_name(bare[:-1]) + "'"
    head, *rest = bare.split("_")
    return "_".join([GREEK.get(head, head), *rest])
