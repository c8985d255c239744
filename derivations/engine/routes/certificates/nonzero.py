"""Proofs that an element is not zero anywhere on the domain, and the real part of an element."""

# pyright: reportArgumentType=false

from __future__ import annotations

from derivations.engine.routes.normal_forms.field import Ratio
from derivations.engine.routes.normal_forms.signs import coefficients_of, is_real, ratio_nonnegative
from derivations.engine.routes.normal_forms.tower import Tower


def positive(tower: Tower, x: Ratio) -> bool:
    """Whether an element is proved to be real and > 0."""
    return ratio_nonnegative(tower.field, x, strict=True)


def negative(tower: Tower, x: Ratio) -> bool:
    """Whether an element is proved to be real and < 0."""
    return positive(tower, tower.field.negative(x))


def nonzero(tower: Tower, x: Ratio) -> bool:
    """Whether an element is proved to differ from zero: by its sign, or by that of its real or imaginary part."""
    if positive(tower, x) or negative(tower, x):
        return True
    parts = real_and_imaginary(tower, x)
    return parts is not None and any(positive(tower, part) or negative(tower, part) for part in parts)


def real_and_imaginary(tower: Tower, x: Ratio) -> tuple[Ratio, Ratio] | None:
    """Both parts of u + I v, with u and v real by their letters; None where the element has no such form."""
    field, unit = tower.field, tower.places.get("unit")
    x = field.reduced(x)
    if unit is None or unit not in field.used(x.num):
        return (x, field.zero) if is_real(field, x.num) and is_real(field, x.den) else None
    if tower.orders.get("unit", 2) != 2 or not is_real(field, x.den):
        return None
    split = coefficients_of(field, x.num, unit)
    parts = [split.get(k, field.context.constant(0)) for k in (0, 1)]
    if not all(is_real(field, part) for part in parts):
        return None
    return field.quotient(parts[0], x.den), field.quotient(parts[1], x.den)
