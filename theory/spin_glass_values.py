"""Published numbers on the Sherrington-Kirkpatrick model and the Hopfield model, per spin.

Each source says what of it was read. Where only the digits usually quoted from a paper are known, and its pages were
not read, it says so: the digits then stand for what is quoted, not for a place in the paper.
"""

from __future__ import annotations

from theory.records import PublishedValue

CONVENTIONS = ("couplings of variance 1/N", "zero temperature", "no field", "per spin")
QUOTED = "digits as usually quoted; the pages were not read"

SYMMETRIC_ENERGY = PublishedValue(
    paper="sherrington1975solvable",
    quantity="replica-symmetric ground state energy, -(2/pi)^(1/2)",
    printed="-0.798",
    conventions=CONVENTIONS,
    source=f"D. Sherrington, S. Kirkpatrick, Phys. Rev. Lett. 35, 1792 (1975); {QUOTED}",
)
SYMMETRIC_ENTROPY = PublishedValue(
    paper="sherrington1975solvable",
    quantity="replica-symmetric entropy, -1/(2 pi)",
    printed="-0.16",
    conventions=CONVENTIONS,
    source=f"D. Sherrington, S. Kirkpatrick, Phys. Rev. Lett. 35, 1792 (1975); {QUOTED}",
)
ONE_STEP_ENERGY = PublishedValue(
    paper="parisi1979infinite",
    quantity="ground state energy with one step of breaking",
    printed="-0.765",
    conventions=CONVENTIONS,
    source=f"G. Parisi, Phys. Rev. Lett. 43, 1754 (1979); {QUOTED}",
)
ONE_STEP_ENTROPY = PublishedValue(
    paper="parisi1979infinite",
    quantity="entropy with one step of breaking",
    printed="-0.01",
    conventions=CONVENTIONS,
    source=f"G. Parisi, Phys. Rev. Lett. 43, 1754 (1979); {QUOTED}",
)
STABILITY_NEAR_CRITICAL = PublishedValue(
    paper="almeida1978stability",
    quantity="limit of h^2 / (1 - T)^3 on the stability line as T tends to 1",
    printed="4/3",
    conventions=("couplings of variance 1/N", "uniform field", "units of the coupling"),
    source=f"J. R. L. de Almeida, D. J. Thouless, J. Phys. A 11, 983 (1978); {QUOTED}",
)
STABILITY_NEAR_ZERO = PublishedValue(
    paper="almeida1978stability",
    quantity="limit of (2 pi)^(1/2) T exp(h^2/2) on the stability line as T tends to 0",
    printed="4/3",
    conventions=("couplings of variance 1/N", "uniform field", "units of the coupling"),
    source=f"J. R. L. de Almeida, D. J. Thouless, J. Phys. A 11, 983 (1978); {QUOTED}",
)
HOPFIELD_SYMMETRIC_LOAD = PublishedValue(
    paper="steffan1994replica",
    quantity="largest load at which a stored pattern is retrieved, replica-symmetric",
    printed="0.137905",
    conventions=("Hebb's couplings of patterns over spins", "zero temperature"),
    source="H. Steffan, R. Kuehn, Replica symmetry breaking in attractor neural network models (1994); "
    "abstract, which was read",
)
HOPFIELD_ONE_STEP_LOAD = PublishedValue(
    paper="steffan1994replica",
    quantity="largest load at which a stored pattern is retrieved, one step of breaking",
    printed="0.138186",
    conventions=("Hebb's couplings of patterns over spins", "zero temperature"),
    source="H. Steffan, R. Kuehn, Replica symmetry breaking in attractor neural network models (1994); "
    "abstract, which was read",
)
