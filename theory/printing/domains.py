"""What the symbols of a claim range over, as a reader writes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.printing.latex import TheoryLatexPrinter
from theory.printing.layout import without_breaks
from theory.printing.letters import Letters
from theory.printing.text import TheoryTextPrinter

Signs = dict[str, str]
_LATEX = {
    "in": r" \in ",
    "le": r" \le ",
    "lt": " < ",
    "gt": " > ",
    "ge": r" \ge ",
    "dots": r"\dots",
    "reals": r"\mathbb{R}",
    "open": r"\{",
    "close": r"\}",
}
_TEXT = {
    "in": " in ",
    "le": " ≤ ",
    "lt": " < ",
    "gt": " > ",
    "ge": " ≥ ",
    "dots": "...",
    "reals": "R",
    "open": "{",
    "close": "}",
}


def domain_latex(domain: Domain, beyond: Domain | None = None, seen: Iterable[sp.Basic] = ()) -> list[str]:
    """One formula for each symbol and constraint; those of ``beyond`` are left out.

    A family is named by an entry found in the expressions ``seen``, so that its slots show.
    """
    printer = TheoryLatexPrinter(Letters())
    return _entries(domain, beyond, seen, lambda e: without_breaks(printer.doprint(e)), _LATEX)


def domain_text(domain: Domain, beyond: Domain | None = None, seen: Iterable[sp.Basic] = ()) -> list[str]:
    """The same for the terminal."""
    return _entries(domain, beyond, seen, TheoryTextPrinter(Letters()).doprint, _TEXT)


def _entries(domain: Domain, beyond: Domain | None, seen: Iterable[sp.Basic], write: Any, signs: Signs) -> list[str]:
    known = beyond.sets if beyond else {}
    told = set(beyond.constraints) if beyond else set()
    names = _entry_of_each_family(seen)
    sets = [_member(names.get(n, n), s, write, signs) for n, s in domain.sets.items() if known.get(n) != s]
    return sets + [write(c) for c in domain.constraints if c not in told]


def _entry_of_each_family(seen: Iterable[sp.Basic]) -> dict[sp.Basic, sp.Basic]:
    """For each family its entry with the plainest indices."""
    atoms = sorted((a for e in seen for a in e.atoms(sp.Indexed)), key=lambda a: (len(str(a)), str(a)), reverse=True)
    return {atom.base: atom for atom in atoms}


def _member(name: Any, chosen: sp.Set, write: Any, signs: Signs) -> str:
    label = write(name)
    if isinstance(chosen, sp.Range):
        return _integers(label, chosen, write, signs)
    if isinstance(chosen, sp.Interval):
        return _interval(label, chosen, write, signs)
    if isinstance(chosen, sp.FiniteSet):
        inside = ", ".join(write(e) for e in sorted(chosen.args, key=sp.default_sort_key))
        return f"{label}{signs['in']}{signs['open']}{inside}{signs['close']}"
    return f"{label}{signs['in']}{write(chosen)}"


def _integers(label: str, chosen: sp.Range, write: Any, signs: Signs) -> str:
    first, stop = chosen.start, chosen.stop
    if stop is sp.oo:
        return f"{label} = {write(first)}, {write(first + 1)}, {signs['dots']}"
    return f"{label} = {write(first)}, {signs['dots']}, {write(sp.expand(stop - 1))}"


def _interval(label: str, chosen: sp.Interval, write: Any, signs: Signs) -> str:
    low, high = chosen.start, chosen.end
    if low is -sp.oo and high is sp.oo:
        return f"{label}{signs['in']}{signs['reals']}"
    if high is sp.oo:
        return f"{label}{signs['gt'] if chosen.left_open else signs['ge']}{write(low)}"
    if low is -sp.oo:
        return f"{label}{signs['lt'] if chosen.right_open else signs['le']}{write(high)}"
    before, after = (signs["lt"] if o else signs["le"] for o in (chosen.left_open, chosen.right_open))
    return f"{write(low)}{before}{label}{after}{write(high)}"
