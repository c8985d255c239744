"""The Ising model on a torus without a field: Kaufman's four products, compared with sums over all configurations."""

from __future__ import annotations

from derivations.engine.derivation import Derivation, Reference
from derivations.nonequilibrium.ising_oracles import brute_force_torus
from derivations.rules.polygon_sums import (
    city_of_four,
    four_products,
    growth_of_a_wave,
    in_couplings,
    product_over_waves,
)

IDENTIFIER = "ising-torus"
TITLE = "The two-dimensional Ising model on a torus"
SERVES: tuple[str, ...] = ()
REFERENCES = (
    Reference(
        key="kaufman1949crystal",
        citation="B. Kaufman, Crystal Statistics. II. Partition Function Evaluated by Spinor Analysis, Physical Review "
        "76, 1232 (1949)",
    ),
    Reference(
        key="hurst1960new",
        citation="C. A. Hurst, H. S. Green, New Solution of the Ising Problem for a Rectangular Lattice, Journal of "
        "Chemical Physics 33, 1059 (1960)",
    ),
    Reference(
        key="kasteleyn1961statistics",
        citation="P. W. Kasteleyn, The statistics of dimers on a lattice, Physica 27, 1209 (1961)",
    ),
)


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="The sum over configurations is one over closed polygons, and these are counted by determinants "
        "of one wave each. That four of them make the whole is not proved here: it is compared with the sums over all "
        "configurations of small tori.",
        references=REFERENCES,
        conventions=(
            "Energies are in units of $k_B T$; the torus has $L$ times $M$ spins, couplings $K_x$ along the first side "
            "and $K_y$ along the second, both positive. A side of two spins has double bonds.",
        ),
    )
    city = d.apply(city_of_four, name="city of four")
    factor = d.apply(in_couplings, city, name="factor of a wave")
    growth = d.apply(growth_of_a_wave, factor, name="growth of a wave")
    roots = d.apply(product_over_waves, name="product over all waves")
    d.apply(four_products, growth, roots, name="partition function of the torus", oracle=brute_force_torus)
    return d
