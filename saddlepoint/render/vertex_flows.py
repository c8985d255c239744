"""Flows of vertices as LaTeX, with the momenta routed through the loop and an index for each component."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy as sp

from derivations.algebra.necklaces import Necklace, shapes

LOOP_INDICES = "abcdefgh"
"""Letters of components inside a loop; external ones are i_1, i_2, and so on."""


def vertex_flow_latex(n: int, *, components: bool = True, even: bool = True) -> str:
    """The flow of the vertex of n legs in LaTeX, for the inside of an ``aligned`` or ``align`` environment.

    Terms that differ in the labels of their legs alone are written once, with the number of the others. All external
    momenta come in and add up to zero; q is the momentum at the regulator.

    Parameters
    ----------
    n
        Number of external legs, at least 1.
    components
        Whether each leg has an index, summed over where it occurs twice; the propagator is that of a symmetric point, a
        multiple of the unit matrix.
    even
        Whether vertices with an odd number of legs vanish, as at a symmetric point.

    Raises
    ------
    ValueError
        If the number of legs is not positive, or odd where odd vertices vanish, or if components are asked for where
        odd vertices do not vanish: the propagator is then no multiple of the unit matrix.
    """
    if n < 1 or (even and n % 2):
        raise ValueError(f"expected a positive number of legs, even where odd vertices vanish; found {n}")
    if components and not even:
        raise ValueError("expected components at a symmetric point; pass components=False with even=False")
    legs = range(1, n + 1)
    left = rf"\partial_t {_vertex(legs, _indices(legs) if components else (), _momenta(legs))}"
    terms = [_term(term, count, components) for term, count in shapes(n, even=even)]
    return left + " &= " + " \\\\\n&\\quad ".join(terms)


def _term(term: Necklace, count: int, components: bool) -> str:
    """One term with its sign, its loop integral and the number of its permutations."""
    carried = ["q", *(_carried(term, place) for place in range(1, len(term.vertices)))]
    lines = ["G(q)^2", *(f"G({momentum})" for momentum in carried[1:])]
    vertices = _vertices(term, carried, components)
    wide = [f"\\\\\n&\\qquad \\times {vertex}" for vertex in vertices[1:]]
    inside = [r"\dot R(q)", *lines, *(vertices if len(vertices) < 3 else [vertices[0], *wide])]
    permuted = rf" + \text{{{count - 1} permutations}}" if count > 2 else (r" + \text{1 permutation}" * (count == 2))
    return f"{_front(term.coefficient)} \\int_q {' '.join(inside)}{permuted}"


def _vertices(term: Necklace, carried: Sequence[str], components: bool) -> list[str]:
    """The vertices in order: the loop enters with its momentum and leaves with minus the next."""
    after = [*carried[1:], "q"]
    count, found = len(term.vertices), []
    for place, legs in enumerate(term.vertices):
        letters = (LOOP_INDICES[place], *_indices(legs), LOOP_INDICES[(place + 1) % count]) if components else ()
        leaving = after[place].replace(" + ", " - ")
        found.append(_vertex((0, *legs, 0), letters, (carried[place], *_momenta(legs), f"-{leaving}")))
    return found


def _carried(term: Necklace, place: int) -> str:
    """The momentum of the loop after some vertices."""
    passed = sorted(leg for legs in term.vertices[:place] for leg in legs)
    return " + ".join(["q", *_momenta(passed)])


def _vertex(legs: Sequence[int], indices: Sequence[str], momenta: Sequence[str]) -> str:
    below = f"_{{{' '.join(indices)}}}" if indices else ""
    return rf"\Gamma^{{({len(legs)})}}{below}({', '.join(momenta)})"


def _indices(legs: Sequence[int]) -> tuple[str, ...]:
    return tuple(f"i_{leg}" for leg in legs)


def _momenta(legs: Sequence[int]) -> tuple[str, ...]:
    return tuple(f"p_{leg}" for leg in legs)


def _front(coefficient: Any) -> str:
    size = abs(coefficient)
    return ("-" if coefficient < 0 else "+") + ("" if size == 1 else f" {sp.latex(size)}")
