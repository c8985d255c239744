"""What the derivations of this subject are about, and how they name the equations they serve."""

from __future__ import annotations

from derivations.engine.graph import Reference

PAPER = "vanchurin2020towards"
REFERENCES = (
    Reference(
        key=PAPER,
        citation="V. Vanchurin, Towards a theory of machine learning (2020), arXiv:2004.09280",
    ),
    Reference(
        key="landau1975classical",
        citation="L. D. Landau, E. M. Lifshitz, The classical theory of fields, 4th edition (1975), sections 85 to 95",
    ),
)


def serving(*numbers: str) -> tuple[str, ...]:
    """Printed equations of the paper, by their numbers."""
    return tuple(f"{PAPER}:{number}" for number in numbers)
