"""How skewed the eigenvalues of log G are in a feedforward network with any number of layers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import product
from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Expansion, Identity
from theory.sums import Sigma

Entry = Callable[[Any, Any], Any]
Word = tuple[str, ...]
UP, DOWN = "w", "t"
"""The response, which climbs one layer, and its transpose."""


@rule(
    "powers side by side", "An entry that one power has, no other power has: they lead different numbers of layers on."
)
def squared_powers(
    *, powers: Any, layer: Any, numbers: tuple[sp.Symbol, sp.Symbol], pairs: Any, n_layers: Any, domain: Domain
) -> Inference:
    """The sum of squares of all entries of a sum of powers, for any matrices that lead n layers on."""
    n, m = numbers
    (i, *_), (j, *_) = pairs

    def entry(number: Any) -> Any:
        return sp.KroneckerDelta(layer[i], layer[j] + number) * powers[number, i, j]

    left = Sigma(Sigma(entry(n), (n, 0, n_layers - 1)) ** 2, *pairs)
    right = Sigma(entry(n) * powers[n, i, j], (n, 0, n_layers - 1), *pairs)
    both = (1 - sp.KroneckerDelta(n, m)) * entry(n) * entry(m)
    needs = Identity(both, 0, domain.restricted(both))
    return Inference(statement=Identity(left, right, domain.restricted(left, right)), obligations=(needs,))


@rule("trace of G", "The response has no entry on the diagonal.")
def trace_of_form(*, entry: Entry, pairs: Any, domain: Domain) -> Inference:
    """The sum of the eigenvalues of G = (1 - M)^T (1 - M)."""
    (i, first, last), (j, *_) = pairs
    left = Sigma((sp.KroneckerDelta(i, j) - entry(i, j)) ** 2, *pairs)
    right = last + 1 - first + Sigma(entry(i, j) ** 2, *pairs)
    return Inference(statement=Identity(left, right, domain.restricted(left, right)))


@rule(
    "trace of the inverse of G",
    "The inverse of G is R R^T with the inverse R of one minus the response, the sum of all powers.",
)
def trace_of_inverse(
    inverse: Step,
    squares: Step,  # noqa: ARG001
    *,
    entry: Entry,
    power: Callable[..., Any],
    number: sp.Symbol,
    pairs: Any,
    n_layers: Any,
    domain: Domain,
    instances: Domain,
) -> Inference:
    """The sum of the inverse eigenvalues of G: the squares of all entries of every power.

    The obligation is the claim itself on ``instances``, where no power below the last one vanishes.
    """
    left = Sigma(inverse.result**2, *pairs)
    right = Sigma(power(entry, number) ** 2, (number, 0, n_layers - 1), *pairs)
    again = Identity(left, right, instances.restricted(left, right))
    return Inference(statement=Identity(left, right, domain.restricted(left, right)), obligations=(again,))


@rule(
    "odd sum",
    "The hyperbolic sine of a logarithm is half of what a number exceeds its inverse by. Were the spectrum of G that "
    "of its inverse, this sum would vanish.",
)
def odd_sum(trace: Step, inverse: Step, *, eigenvalues: Any, rows: Any, n_layers: Any, domain: Domain) -> Inference:
    """The sum of sinh(log lambda_i), by its traces; the result is minus half of the squares of all higher powers.

    The claim is that of one eigenvalue, summed; the powers 0 and 1 are in both traces and drop out.
    """
    i, *_ = rows
    left = Sigma(sp.sinh(sp.log(eigenvalues[i])), rows)
    right = (Sigma(eigenvalues[i], rows) - Sigma(1 / eigenvalues[i], rows)) / 2
    squares = cast(Any, inverse.result)
    higher = squares.func(squares.summand, (squares.index, 2, n_layers - 1))
    low = sp.Add(*(squares.at(n) for n in (0, 1)))
    obligation = Identity(trace.result, low, domain.restricted(trace.result, low))
    return Inference(
        statement=Identity(left, right, domain.restricted(left, right)),
        result=-higher / 2,
        obligations=(obligation,),
        remark="It is negative unless the second power of the response vanishes, and with it all higher ones.",
    )


@rule(
    "spectrum of the inverse",
    "Where the second power of the response vanishes, the inverse of one minus the response is one plus it, which a "
    "change of sign of all outputs brings back.",
)
def paired_spectrum(
    *, entry: Entry, layer: Any, rows: tuple[Any, Any], size: Any, n_layers: sp.Symbol, domain: Domain
) -> Inference:
    """Without hidden layers G has the spectrum of its inverse: eigenvalues come in pairs lambda, 1 / lambda.

    The claim: G times (1 + M) (1 + M)^T is one. The obligation: (1 + M)^T (1 + M) is S G S with S = 1 at inputs and -1
    at outputs; X X^T and X^T X have one spectrum.
    """
    i, j = rows
    k, m = sp.Dummy("k", integer=True), sp.Dummy("m", integer=True)
    one = sp.KroneckerDelta

    def form(row: Any, column: Any, sign: int) -> Any:
        """Of (1 + sign M)^T (1 + sign M)."""
        return Sigma((one(k, row) + sign * entry(k, row)) * (one(k, column) + sign * entry(k, column)), (k, 1, size))

    other = Sigma((one(m, k) + entry(m, k)) * (one(j, k) + entry(j, k)), (k, 1, size))
    product = Sigma(form(i, m, -1) * other, (m, 1, size))
    signs = sp.Mul(*(1 - 2 * one(layer[place], n_layers) for place in rows))
    shallow = domain.extended({n_layers: sp.FiniteSet(2)})
    turned = Identity(signs * form(i, j, -1), form(i, j, 1), shallow.restricted(signs, form(i, j, 1)))
    return Inference(
        statement=Identity(product, one(i, j), shallow.restricted(product, layer[i] - n_layers)),
        obligations=(turned,),
        remark="With more layers the odd sum of the spectrum tells it apart from that of the inverse.",
    )


@rule("third power of a logarithm", "The series of the logarithm to its second order.")
def cubed_logarithm(*, scale: sp.Symbol, deviation: Any, domain: Domain) -> Inference:
    """log(1 + epsilon x)^3 to the fourth order in epsilon."""
    left = sp.log(1 + scale * deviation) ** 3
    right = scale**3 * deviation**3 - sp.Rational(3, 2) * scale**4 * deviation**4
    return Inference(statement=Expansion(left, right, domain.restricted(left), variable=scale, order=5), result=right)


@rule(
    "leading skewness",
    "A product of responses and their transposes has a trace only if it climbs as often as it descends: odd orders "
    "vanish, and of the fourth one the squares of the second power are left.",
)
def leading_skewness(
    cubed: Step,
    *,
    any_entry: Entry,
    entry: Entry,
    scale: sp.Symbol,
    deviation: Any,
    size: Any,
    domain: Domain,
) -> Inference:
    """The coefficient of epsilon^4 in Tr (log G)^3 where all weights are multiplied by epsilon.

    G = 1 + X with X = - epsilon (M + M^T) + epsilon^2 M^T M. The claim is the sum of the traces of all words of this
    order that climb as often as they descend, for any matrix; the obligations say that the other ones vanish term by
    term, those of order 3 too, where ``entry`` climbs one layer.
    """
    series = sp.Poly(sp.expand(cubed.result), scale, deviation)
    orders = {order: Counter() for order in (3, 4)}
    for (_, power), factor in series.terms():
        for word in product(((UP,), (DOWN,), (DOWN, UP)), repeat=power):
            letters = sum(word, ())
            if len(letters) in orders:
                sign = (-1) ** sum(len(part) == 1 for part in word)
                orders[len(letters)][letters] += sign * factor
    kept = {w: f for w, f in orders[4].items() if w.count(UP) == w.count(DOWN)}
    lost = {_turned(w) for words in orders.values() for w in words if w.count(UP) != w.count(DOWN)}
    needs = [_vanishing(word, entry, size, domain) for word in sorted(lost)]
    left = sp.Add(*(factor * _trace(word, any_entry, size) for word, factor in kept.items()))
    alike: Counter[Word] = Counter()
    for word, factor in kept.items():
        alike[_turned(word)] += factor
    right = sp.Add(*(factor * _square(word, any_entry, size) for word, factor in alike.items() if factor != 0))
    return Inference(
        statement=Identity(left, right, domain.restricted(left, right)),
        result=right,
        obligations=tuple(needs),
        remark="Orders are even, so that the next one is epsilon^6.",
    )


def _turned(word: Word) -> Word:
    """The first of the words with the same trace: turned around, or transposed."""
    transposed = tuple({UP: DOWN, DOWN: UP}[letter] for letter in reversed(word))
    return max(w[n:] + w[:n] for w in (word, transposed) for n in range(len(word)))


def _vanishing(word: Word, entry: Entry, size: Any, domain: Domain) -> Identity:
    """No term of the trace of a word is left: the product of the entries around any closed walk is zero."""
    names = [sp.Symbol(f"i_{n}", integer=True) for n in range(1, len(word) + 1)]
    body = _around(word, entry, names)
    places = dict.fromkeys(names, sp.Range(1, size + 1))
    return Identity(body, 0, domain.extended(places).restricted(body))


def _trace(word: Word, entry: Entry, size: Any) -> Any:
    """The trace of a word, as a sum over an index for each letter."""
    names = [sp.Dummy(f"i_{n}", integer=True) for n in range(len(word))]
    return Sigma(_around(word, entry, names), *((name, 1, size) for name in names))


def _around(word: Word, entry: Entry, names: list[Any]) -> Any:
    """The entries around a closed walk through the given neurons."""
    steps = zip(word, names, (*names[1:], names[0]), strict=True)
    return sp.Mul(*(entry(a, b) if letter == UP else entry(b, a) for letter, a, b in steps))


def _square(word: Word, entry: Entry, size: Any) -> Any:
    """The trace of X^T X as the sum of squares of the entries of X, for a word of that form."""
    half = len(word) // 2
    first, last = word[:half], tuple({UP: DOWN, DOWN: UP}[letter] for letter in reversed(word[half:]))
    if first != last:
        return _trace(word, entry, size)
    row, column, *between = (sp.Dummy(name, integer=True) for name in ("i", "j", *"klmn"[: half - 1]))
    places = (row, *between, column)
    body = sp.Mul(
        *(entry(a, b) if c == UP else entry(b, a) for c, a, b in zip(first, places[:-1], places[1:], strict=True))
    )
    inner = Sigma(body, *((b, 1, size) for b in between)) if between else body
    return Sigma(inner**2, (row, 1, size), (column, 1, size))


@rule(
    "three neurons in a row",
    "The logarithms of the three eigenvalues add up to zero; the sum of their hyperbolic sines is the odd sum.",
)
def skewness_in_a_row(*, matrix: Any, logarithms: tuple[Any, Any], domain: Domain) -> Inference:
    """The product of 2 sinh(x / 2) over the three logarithms x of eigenvalues, by the weights.

    The claim: half of what the trace of G exceeds that of its inverse by. The obligations: for three numbers that add
    up to zero, the sum of their hyperbolic sines is half the product of 2 sinh(x / 2), and the sum of their third
    powers is three times their product; each factor 2 sinh(x / 2) has the sign of x.
    """
    first, second = logarithms
    third = -first - second
    three = (first, second, third)
    determinant = sp.expand(matrix.det(method="berkowitz"))
    left = matrix.trace() - (matrix.adjugate(method="berkowitz") / determinant).trace()
    value = sp.factor(sp.expand(left))
    sines = Identity(
        sp.Add(*(sp.sinh(x) for x in three)),
        sp.Mul(*(2 * sp.sinh(x / 2) for x in three)) / 2,
        domain.restricted(first, second),
    )
    cubes = Identity(sp.Add(*(x**3 for x in three)), 3 * sp.Mul(*three), domain.restricted(first, second))
    return Inference(
        statement=Identity(left, value, domain.restricted(left)),
        result=value,
        obligations=(sines, cubes),
        remark="So the product of the three logarithms has the sign of minus the square of the product of both "
        "weights, and the sum of their third powers with it.",
    )
