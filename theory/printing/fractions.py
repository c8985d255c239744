"""Fractions that are too wide for a line, written so that a line can end within them."""

from __future__ import annotations

from collections.abc import Callable

FRACTION = r"\frac"


def without_widest_fraction(
    latex: str, width: Callable[[str], float], is_breakable: Callable[[str], bool]
) -> str | None:
    r"""The formula with its widest breakable fraction as a product: ``\frac{1}{D} (N)``, or ``(D)^{-1} N``.

    Only fractions outside all braces count; None where no half of any can be broken.
    """
    found = [(start, *_halves(latex, start)) for start in _starts(latex)]
    halves = [
        (width(half), start, end, upper, lower, half) for start, end, upper, lower in found for half in (upper, lower)
    ]
    wide = [h for h in halves if is_breakable(h[-1])]
    if not wide:
        return None
    _, start, end, upper, lower, half = max(wide, key=lambda h: h[0])
    if half is upper:
        product = rf"{FRACTION}{{1}}{{{lower}}} \left({upper}\right)"
    else:
        product = r"\left(" + lower + r"\right)^{-1}" + ("" if upper.strip() == "1" else rf" {upper}")
    return latex[:start] + product + latex[end:]


def _starts(latex: str) -> list[int]:
    """Where fractions outside all braces begin."""
    found, depth, at = [], 0, 0
    while at < len(latex):
        if latex.startswith((r"\{", r"\}"), at):
            at += 2
            continue
        if depth == 0 and latex.startswith(FRACTION + "{", at):
            found.append(at)
        depth += (latex[at] == "{") - (latex[at] == "}")
        at += 1
    return found


def _halves(latex: str, start: int) -> tuple[int, str, str]:
    """Where a fraction ends, its numerator and its denominator."""
    middle = _closing(latex, start + len(FRACTION))
    end = _closing(latex, middle + 1)
    return end + 1, latex[start + len(FRACTION) + 1 : middle], latex[middle + 2 : end]


def _closing(latex: str, opening: int) -> int:
    """The brace that closes the one here."""
    depth, at = 0, opening
    while True:
        if latex[at] == "\\":
            at += 2
            continue
        depth += (latex[at] == "{") - (latex[at] == "}")
        if depth == 0:
            return at
        at += 1
