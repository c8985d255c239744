"""What to say of a node that a language has no form for, and what could be done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy.core.function import AppliedUndef

_REMEDIES: tuple[tuple[tuple[str, ...], str], ...] = (
    (("Sigma", "Sum", "Product"), "hand in the sizes, as in lower(expression, arguments, sizes={L: 5})"),
    (("Integral", "GaussianMean"), "evaluate the average or integral first"),
    (("Derivative", "Subs"), "carry the derivative out first, with .doit()"),
    (("Indexed", "IndexedBase"), "hand the entry in as an argument"),
    (("ImaginaryUnit",), "lower the real and the imaginary part by themselves"),
    (("ComplexInfinity", "NaN"), "the expression has no value there"),
)


def unknown(node: Any, language: str, known: Sequence[str]) -> str:
    """What to say of a node that a language has no form for."""
    name = type(node).__name__
    remedy = next((text for names, text in _REMEDIES if name in names), None)
    if isinstance(node, AppliedUndef):
        remedy = "replace the undefined function by its definition first"
    remedy = remedy or f"rewrite it with sums, products, powers, Piecewise, Min, Max and {', '.join(known)}"
    return without_form(node, language, remedy)


def without_form(node: Any, language: str, remedy: str) -> str:
    return f"no {language} form for {type(node).__name__}, found {node}: {remedy}"
