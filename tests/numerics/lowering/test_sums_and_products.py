"""Sums and products with integer bounds are run through term by term, in both languages alike."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy as sp

from numerics.lowering import lower
from theory.sums import Inside, Sigma

x, y = sp.symbols("x y", real=True)
n = sp.Symbol("n", integer=True, positive=True)
k, j, m = sp.symbols("k j m")


def exact_sum(value: Fraction, low: int, high: int) -> Fraction:
    """Of value^k / k^2."""
    return sum((value**i / i**2 for i in range(low, high + 1)), Fraction(0))


@pytest.mark.parametrize("high", [1, 7, 24, 25, 60, 300])
@pytest.mark.parametrize("value", [0.5, -0.75, 1.0])
def test_a_sum_over_integers_is_right_to_the_last_places(backend: str, high: int, value: float) -> None:
    function = lower(sp.Sum(x**k / k**2, (k, 1, high)), [x], backend=backend, accuracy="strict")
    expected = float(exact_sum(Fraction(value), 1, high))
    assert abs(function(value) - expected) <= 4 * np.spacing(abs(expected))


def test_an_upper_bound_may_be_an_argument_and_differ_from_point_to_point(backend: str) -> None:
    function = lower(sp.Sum(x**k / k**2, (k, 1, n)), [x, n], backend=backend)
    counts = np.array([[1, 2, 3], [40, 5, 77]])
    values = np.array([0.5, -0.25, 1.0])
    expected = [[float(exact_sum(Fraction(v), 1, int(c))) for v, c in zip(values, row, strict=True)] for row in counts]
    np.testing.assert_allclose(function(values, counts), expected, rtol=1e-15)
    assert function.max_ulp < np.inf


def test_a_long_sum_keeps_its_digits(backend: str) -> None:
    function = lower(sp.Sum(x / k, (k, 1, n)), [x, n], backend=backend)
    expected = float(sum(Fraction(1, i) for i in range(1, 20_001)))
    assert abs(function(1.0, 20_000) - expected) <= 2 * np.spacing(expected)


def test_reversed_bounds_follow_the_convention_of_each_node(backend: str) -> None:
    low_to_high = lower(sp.Sum(x * k, (k, 5, m)), [x, m], backend=backend)
    assert [low_to_high(1.0, high) for high in (6, 5, 4, 3, 2)] == [11, 5, 0, -4, -7]
    product = lower(sp.Product(x + k, (k, 5, m)), [x, m], backend=backend)
    assert [product(1.0, high) for high in (6, 5, 4, 3)] == [42, 6, 1, 1 / 5]
    empty = lower(Sigma(x * k, (k, 5, m)), [x, m], backend=backend)
    assert [empty(1.0, high) for high in (6, 5, 4, 3)] == [11, 5, 0, 0]


@pytest.mark.parametrize("bound", [2.5, np.nan, np.inf, -np.inf, 1e12])
def test_bounds_that_cannot_be_run_through_give_no_number(backend: str, bound: float) -> None:
    for node in (sp.Sum(x**k, (k, 1, m)), sp.Product(x + k, (k, 1, m))):
        found = lower(node, [x, m], backend=backend)(0.5, np.array([bound, 3.0]))
        assert np.isnan(found[0])
        assert found[1] == {sp.Sum: 0.875, sp.Product: 13.125}[node.func]


def test_sums_in_sums_take_their_bounds_from_outside(backend: str) -> None:
    triangle = sp.Sum(x * k * j + sp.sin(y), (k, 1, j), (j, 1, n))
    function = lower(triangle, [x, y, n], backend=backend)
    expected = sum(2.0 * a * b + np.sin(0.3) for b in range(1, 31) for a in range(1, b + 1))
    assert function(2.0, 0.3, 30) == pytest.approx(expected, rel=1e-14)


def test_two_sums_may_share_the_name_of_their_index(backend: str) -> None:
    both = sp.Sum(x**k, (k, 0, n)) * sp.Sum(x**k * k, (k, 1, n)) + sp.Sum(sp.cos(k * y), (k, 1, n))
    expected = (1 + 0.5 + 0.25) * (0.5 + 0.5) + np.cos(0.7) + np.cos(1.4)
    assert lower(both, [x, y, n], backend=backend)(0.5, 0.7, 2) == pytest.approx(expected, rel=1e-15)


def test_what_does_not_depend_on_the_index_is_computed_before_the_loop(backend: str) -> None:
    source = lower(sp.Sum(sp.exp(sp.sin(y)) * x**k, (k, 1, n)), [x, y, n], backend=backend).source
    assert source.index("exp(") < source.index("for k") if backend == "numpy" else source.index("for (double k")


def test_an_infinite_term_gives_an_infinite_sum(backend: str) -> None:
    function = lower(sp.Sum(x**k, (k, 1, n)), [x, n], backend=backend)
    with np.errstate(over="ignore"):
        assert function(1e200, 30) == np.inf
        assert function(np.inf, 2) == np.inf


def test_derivatives_of_sums_are_carried_out(backend: str) -> None:
    slope = sp.Derivative(sp.Sum(x**k / k, (k, 1, n)), x)
    assert lower(slope, [x, n], backend=backend)(0.5, 30) == pytest.approx((1 - 0.5**30) / 0.5, rel=1e-15)


def test_deltas_and_brackets_select(backend: str) -> None:
    i, l = sp.symbols("i l", integer=True)
    entry = 2 * sp.KroneckerDelta(i, l) - sp.KroneckerDelta(i, l + 1) - sp.KroneckerDelta(i + 1, l)
    rows, columns = np.ogrid[1:5, 1:5]
    expected = 2 * np.eye(4) - np.eye(4, k=1) - np.eye(4, k=-1)
    np.testing.assert_array_equal(lower(entry, [i, l], backend=backend)(rows, columns), expected)
    assert lower(Inside(i, 2, l), [i, l], backend=backend)(np.arange(5), 3).tolist() == [0, 0, 1, 1, 0]


def test_sums_over_layers_are_written_out_at_sizes(backend: str) -> None:
    depth = sp.Symbol("L", integer=True, positive=True)
    layer = sp.Symbol("k", integer=True)
    sizes, variances = sp.IndexedBase("N"), sp.IndexedBase("C")
    action = Sigma(variances[layer] * sizes[layer] * sizes[layer + 1], (layer, 1, depth - 1))
    arguments = [variances[1], variances[2], *(sizes[i] for i in (1, 2, 3))]
    assert lower(action, arguments, backend=backend, sizes={depth: 3})(2, 3, 5, 7, 11) == 2 * 35 + 3 * 77
    with pytest.raises(ValueError, match="among the arguments"):
        lower(action, arguments, backend=backend, sizes={depth: 4})


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        (sp.Sum(x**k, (k, 0, sp.oo)), "finitely many terms"),
        (sp.Product(1 + x / k**2, (k, 1, sp.oo)), "finitely many terms"),
    ],
)
def test_sums_without_finite_bounds_are_refused(wrong: Any, found: str) -> None:
    with pytest.raises(TypeError, match=found):
        lower(wrong, [x])


@pytest.mark.parametrize("size", [2.5, sp.Rational(1, 2), y])
def test_sizes_that_are_no_integers_are_refused(size: Any) -> None:
    with pytest.raises(ValueError, match="expected an integer for the size"):
        lower(Sigma(x**k, (k, 1, n)), [x], sizes={n: size})


def test_sizes_by_text_are_refused() -> None:
    with pytest.raises(TypeError, match="expected sizes by their symbols"):
        lower(x, [x], sizes={"n": 3})


@pytest.mark.parametrize("node", [sp.Sum, Sigma])
def test_a_sum_over_layers_without_its_size_says_what_to_do(node: Any) -> None:
    layer = sp.Symbol("k", integer=True)
    with pytest.raises(ValueError, match=r"as in sizes=\{L: 4\}"):
        lower(node(sp.IndexedBase("C")[layer], (layer, 1, n)), [n])


@pytest.mark.parametrize("name", ["k0", "loop_add", "loop_start", "t1_rest", "t1"])
def test_arguments_may_have_the_names_of_what_a_loop_uses(backend: str, name: str) -> None:
    symbol = sp.Symbol(name)
    function = lower(sp.Sum(symbol * k + x**k, (k, 1, n)), [symbol, x, n], backend=backend)
    assert function(2.0, 0.5, 3) == 2 * 6 + 0.875
