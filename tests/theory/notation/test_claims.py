"""Lines of text as statements."""

from __future__ import annotations

import pytest
import sympy as sp

from theory.notation import NotationError, read_claims, read_domain
from theory.statements import Expansion, Identity, Inequality, LimitStatement

DECLARED = read_domain("x real, a > 0, m in (0, 1)")
x, a, m = (DECLARED.names[c] for c in "xam")


def test_an_equation_is_an_identity() -> None:
    assert read_claims("sin(x)^2 = 1 - cos(x)^2", DECLARED) == (
        Identity(sp.sin(x) ** 2, 1 - sp.cos(x) ** 2, DECLARED.domain),
    )


def test_a_chain_is_one_identity_for_each_sign() -> None:
    middle = sp.cos(x) ** 2
    assert read_claims("1 - sin(x)^2 = cos²(x) = x", DECLARED) == (
        Identity(1 - sp.sin(x) ** 2, middle, DECLARED.domain),
        Identity(middle, x, DECLARED.domain),
    )


def test_a_remainder_makes_an_expansion() -> None:
    about = Expansion(sp.log(a), a - 1, DECLARED.domain, variable=a, order=2, about=1)
    assert read_claims("log(a) = a - 1 + O((a - 1)^2)", DECLARED)[0] == about
    assert read_claims("log(a) = a - 1 + O((1 - a)^2)", DECLARED)[0] == about
    small = Expansion(m**3, 0, DECLARED.domain, variable=m, order=3)
    assert read_claims("m^3 = O(m^3)", DECLARED) == (small,)


def test_a_remainder_may_have_a_fractional_power_or_a_negative_one_at_infinity() -> None:
    rooted = Expansion(a, 0, DECLARED.domain, variable=a, order=sp.Rational(1, 2))
    assert read_claims("a = O(sqrt(a))", DECLARED) == read_claims("a = O(a^(1/2))", DECLARED) == (rooted,)
    far = Expansion(1 / a**2, 0, DECLARED.domain, variable=a, order=2, about=sp.oo)
    assert read_claims("1/a^2 = O(a^-2)", DECLARED) == read_claims("1/a^2 = O(1/a^2)", DECLARED) == (far,)
    declared = read_domain("t < 0")
    t = declared.names["t"]
    behind = Expansion(1 / t, 0, declared.domain, variable=t, order=1, about=-sp.oo)
    assert read_claims("1/t = O(1/t)", declared) == (behind,)


def test_an_expansion_is_one_claim_about_all_sides_that_the_domain_has() -> None:
    claim = Expansion(sp.Abs(x), x, DECLARED.domain, variable=x, order=3)
    assert read_claims("sqrt(x^2) = x + O(x^3)", DECLARED) == (claim,)
    with pytest.raises(NotationError, match="cannot tend to 5"):
        read_claims("m = 5 + O(m - 5)", DECLARED)


def test_a_chain_of_signs_is_one_inequality_for_each() -> None:
    assert read_claims("0 <= x^2 < 1 + x^2", DECLARED) == (
        Inequality(0, x**2, DECLARED.domain, relation="<="),
        Inequality(x**2, 1 + x**2, DECLARED.domain, relation="<"),
    )


def test_an_arrow_makes_a_limit_from_each_side_that_the_domain_has() -> None:
    def limit(variable: sp.Symbol, point: object, side: str) -> LimitStatement:
        return LimitStatement(variable**2, 0, DECLARED.domain, variable=variable, point=point, direction=side)

    assert read_claims("x^2 -> 0 as x -> 0", DECLARED) == (limit(x, 0, "+"), limit(x, 0, "-"))
    assert read_claims("x^2 -> 0 as x -> 0-", DECLARED) == (limit(x, 0, "-"),)
    assert read_claims("m^2 -> 0 as m -> 0", DECLARED) == (limit(m, 0, "+"),)
    assert read_claims("m^2 -> 0 as m → 1", DECLARED) == (limit(m, 1, "-"),)
    assert read_claims("a^2 -> 0 as a -> oo", DECLARED) == (limit(a, sp.oo, "+"),)


def test_an_infinite_limit_is_read() -> None:
    (claim,) = read_claims("1/a -> oo as a -> 0+", DECLARED)
    assert isinstance(claim, LimitStatement)
    assert claim.value == sp.oo
