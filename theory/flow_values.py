"""Published numbers on fixed points of the local potential approximation in three dimensions, optimized regulator.

The pages of the paper were not read: digits are as usually quoted from it.
"""

from __future__ import annotations

from theory.records import PublishedValue

CONVENTIONS = ("local potential approximation", "optimized regulator", "three dimensions", "one component")
SOURCE = (
    "C. Bervillier, A. Juettner, D. F. Litim, Nuclear Physics B 783, 213 (2007); digits as usually quoted; the pages "
    "were not read"
)

CORRELATION_LENGTH_EXPONENT = PublishedValue(
    paper="bervillier2007high",
    quantity="nu",
    printed="0.649561773880",
    conventions=CONVENTIONS,
    source=SOURCE,
)
CORRECTION_EXPONENT = PublishedValue(
    paper="bervillier2007high",
    quantity="omega",
    printed="0.655745939193",
    conventions=CONVENTIONS,
    source=SOURCE,
)
