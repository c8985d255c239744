"""Gaussian means in one form: in tanh, and one mean for each term."""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.averages import GaussianMean


def in_tanh(expression: Any) -> Any:
    """Quotients of hyperbolic sines and cosines of one argument as powers of tanh."""
    turned = expression.replace(sp.sinh, lambda u: sp.tanh(u) * sp.cosh(u))
    return turned.replace(sp.sech, lambda u: 1 / sp.cosh(u))


def split_means(expression: Any) -> Any:
    """Each scalar Gaussian mean as a combination of means of single terms; a constant is its own mean."""
    return expression.replace(lambda e: isinstance(e, GaussianMean) and not e.ranges, _split)


def _split(mean: GaussianMean) -> Any:
    z = mean.family
    total = []
    for term in sp.Add.make_args(sp.expand(in_tanh(mean.body))):
        outside, inside = term.as_independent(z, as_Add=False)
        total.append(outside * mean.with_body(inside) if inside != 1 else outside)
    return sp.Add(*total)
