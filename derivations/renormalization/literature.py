"""What the derivations of flows rest on in print."""

from __future__ import annotations

from derivations.engine.graph import Reference

REFERENCES = (
    Reference(
        key="wetterich1993exact",
        citation="C. Wetterich, Exact evolution equation for the effective potential, Physics Letters B 301, 90 (1993)",
    ),
    Reference(
        key="berges2002nonperturbative",
        citation="J. Berges, N. Tetradis, C. Wetterich, Non-perturbative renormalization flow in quantum field theory "
        "and statistical physics, Physics Reports 363, 223 (2002)",
    ),
)
