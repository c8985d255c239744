"""What cannot be read is refused at its character, with what was expected and what to do."""

from __future__ import annotations

import pytest

from theory.notation import NotationError, read_claims, read_domain

DECLARED = read_domain("x, y real, beta > 0, n in 1..oo, f function, q[k] in (0, 1)")


def refusal(text: str) -> NotationError:
    with pytest.raises(NotationError) as caught:
        read_claims(text, DECLARED)
    return caught.value


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ('__import__("os") = 1', 0, "name begins with a letter"),
        ("x.__class__ = 1", 1, "found `.`"),
        ("x = lambda: 0", 10, "found `:`"),
        ('"x" = 1', 0, "quotation marks"),
        ("eval(x) = 1", 0, "`eval` is no function here"),
        ("getattr(x, y) = 1", 0, "no function here"),
        ("x__y = 1", 0, "found `x__y`"),
        ("2 + * x = 1", 4, "expected a number, a name, a bracket or a minus sign, found `*`"),
        ("(x + 1 = 2", 7, "expected `)` or `,`"),
        ("x + 1) = 2", 5, "expected a sign of arithmetic or the end"),
        ("x 2 = 1", 2, "found `2`"),
        ("1/2x = 1", 3, "1/2x may mean"),
        ("e^2x = 1", 3, "e^2x may mean"),
        ("e^-2x = 1", 4, "e^2x may mean"),
        ("√x^2 = 1", 2, "√x^2 may mean"),
        ("x(y + 1) = 1", 0, "x is a symbol, no function; for a product write x*(…)"),
        ("f (x) = 1", 0, "as in f(x)"),
        ("beta (x + 1) = 1", 0, "beta is a symbol, no function"),
        ("sin x = 1", 0, "as in sin(x)"),
        ("f = 1", 0, "as in f(x)"),
        ("q = 1", 0, "as in q[k]"),
        ("q[x] = 1", 2, "expected an integer for an index of q"),
        ("x[1] = 1", 0, "x is no family"),
        ("sin^-1(x) = 1", 6, "e^2x may mean"),
        ("sin(x, y) = 1", 0, "expected 1 argument(s) of sin, found 2"),
        ("sum(j, 1, n) = 1", 0, "expected sum(k, 1, n, term)"),
        ("sum(j, 1, x, j) = 1", 10, "expected an integer as an end of the range, found x"),
        ("diff(x^2, n) = 1", 10, "expected a continuous symbol"),
        ("delta(x) = 1", 0, "the Dirac delta"),
        ("bta = 1", 0, "did you mean `beta`?"),
        ("xy = 1", 0, "write x*y for a product"),
        ("int(x) = 1", 0, "did you mean `integral`?"),
        ("coshh(x) = 1", 0, "did you mean `cosh`?"),
        ("x + c + d = 1", 4, "`c`, `d` have no domain"),
        ("1/(x - x) = 1", 1, "divides by zero"),
        ("oo - oo = 1", 0, "oo is no number"),
        ("[[x, y], [1]] = 1", 0, "rows of a matrix have one length"),
        ("[[x, y], [y, x]] + 1 = 1", 0, "a matrix and a scalar are added"),
        ("inv([[x, x], [x, x]]) = 1", 0, "without an inverse"),
        ("exp([x, y]) = 1", 4, "expected a scalar, found a matrix"),
        ("x", 1, "expected `=`"),
        ("x = ", 4, "found the end"),
        ("x := 1", 2, "write ="),
        ("x ≈ 1", 2, "ALMOST EQUAL TO"),
        ("x ~ 1", 2, "with a remainder"),
        ("x = O(y) + O(x)", 4, "last term of the right side"),
        ("x = x + O(x, y)", 8, "expected a power of a symbol"),
        ("x = x + O(x^x)", 8, "expected a power of a symbol"),
        ("beta = O(1/(beta*x))", 7, "expected a power of a symbol"),
        ("x = x + O((x - 1)^-2)", 8, "expected a power of a symbol"),
        ("x -> 1", 6, "expected `as x -> point`"),
        ("1/beta -> 0 as beta -> -oo", 23, "cannot tend to"),
        ("cbrt(x) = 1", 0, "sign(x)*abs(x)^(1/3)"),
        ("beta -> 1 as beta -> -1", 21, "cannot tend to"),
        ("хx = 1", 0, "CYRILLIC SMALL LETTER HA"),
        ("x\u200b = 1", 1, "ZERO WIDTH SPACE"),
        ("x = ο", 4, "GREEK SMALL LETTER OMICRON"),
        ("x\u202e = 1", 1, "RIGHT-TO-LEFT OVERRIDE"),
        ("\\frac{x}{2} = 1", 0, "LaTeX is not read"),
        ("9^9^9^9 = 1", 3, "expected an exponent of at most"),
        ("x^(10^9) = 1", 1, "expected an exponent of at most"),
        ("(10^9)! = 1", 6, "in this function"),
        ("1e999999 = 1", 0, "power of ten"),
        ("hermite(1000, x) = 1", 0, "a degree of at most"),
    ],
)
def test_an_error_points_at_its_character(text: str, place: int, words: str) -> None:
    error = refusal(text)
    assert words in error.problem
    assert error.position == place


def test_the_message_has_the_line_and_a_caret() -> None:
    assert str(refusal("x = 1 + $")).splitlines()[1:] == ["    x = 1 + $", "            ^"]


@pytest.mark.parametrize(
    "text",
    ["(" * 10_000 + "x" + ")" * 10_000 + " = 1", "x + " * 400_000 + "x = 1", "x^" * 3_000 + "x = 1",
     "-" * 5_000 + "x = 1", "x" + "!" * 3_000 + " = 1", "|" * 5_000, "[" * 5_000, "f(" * 3_000,
     "f'" * 2_000 + "(x) = 1", "x" * 10_000 + " = 1"],
    ids=["brackets", "length", "powers", "signs", "factorials", "bars", "rows", "calls", "primes", "name"],
)  # fmt: skip
def test_hostile_text_is_refused(text: str) -> None:
    refusal(text)
