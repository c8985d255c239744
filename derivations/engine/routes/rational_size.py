"""How large the numerator and the denominator of a rational expression can become, without computing either."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Size:
    """Bounds for a quotient of two polynomials with integer coefficients.

    Attributes
    ----------
    degree, under_degree
        Total degrees of numerator and denominator.
    bits, under_bits
        Binary digits of the sum of the moduli of their coefficients.
    """

    degree: int = 0
    bits: int = 0
    under_degree: int = 0
    under_bits: int = 0

    def inverse(self) -> Size:
        """Of one over it."""
        return Size(
            degree=self.under_degree, bits=self.under_bits, under_degree=self.degree, under_bits=self.bits
        )  # fmt: skip

    def power(self, exponent: int) -> Size:
        """Of a power with an integer exponent."""
        base, n = (self if exponent >= 0 else self.inverse()), abs(exponent)
        return Size(
            degree=n * base.degree, bits=n * base.bits,
            under_degree=n * base.under_degree, under_bits=n * base.under_bits,
        )  # fmt: skip


def product_size(parts: list[Size]) -> Size:
    """Of a product."""
    return Size(
        degree=sum(p.degree for p in parts), bits=sum(p.bits for p in parts),
        under_degree=sum(p.under_degree for p in parts), under_bits=sum(p.under_bits for p in parts),
    )  # fmt: skip


def sum_size(parts: list[Size]) -> Size:
    """Of a sum, over the product of the denominators."""
    degree, bits = sum(p.under_degree for p in parts), sum(p.under_bits for p in parts)
    return Size(
        degree=max(p.degree + degree - p.under_degree for p in parts),
        bits=max(p.bits + bits - p.under_bits for p in parts) + len(parts).bit_length(),
        under_degree=degree,
        under_bits=bits,
    )
