"""Published numbers on the Sherrington-Kirkpatrick model: couplings of variance 1/N, no field, energies per spin.

Sherrington and Kirkpatrick (1975) give the replica-symmetric limits at zero temperature, Parisi (1979) those of one
step of breaking.
"""

from __future__ import annotations

from theory.records import PublishedValue

CONVENTIONS = ("couplings of variance 1/N", "zero temperature", "no field", "per spin")

SYMMETRIC_ENERGY = PublishedValue(
    paper="sherrington1975solvable",
    quantity="replica-symmetric ground state energy, -(2/pi)^(1/2)",
    printed="-0.798",
    conventions=CONVENTIONS,
    source="Physical Review Letters 35, 1792 (1975)",
)
SYMMETRIC_ENTROPY = PublishedValue(
    paper="sherrington1975solvable",
    quantity="replica-symmetric entropy, -1/(2 pi)",
    printed="-0.16",
    conventions=CONVENTIONS,
    source="Physical Review Letters 35, 1792 (1975)",
)
ONE_STEP_ENERGY = PublishedValue(
    paper="parisi1979infinite",
    quantity="ground state energy with one step of breaking",
    printed="-0.765",
    conventions=CONVENTIONS,
    source="Physical Review Letters 43, 1754 (1979)",
)
ONE_STEP_ENTROPY = PublishedValue(
    paper="parisi1979infinite",
    quantity="entropy with one step of breaking",
    printed="-0.01",
    conventions=CONVENTIONS,
    source="Physical Review Letters 43, 1754 (1979)",
)
