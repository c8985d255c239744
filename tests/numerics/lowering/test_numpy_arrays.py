"""However long arrays are and however they lie in memory, NumPy programs give the bits of the source as written."""

from __future__ import annotations

import warnings
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics.lowering import lower, numpy_function
from numerics.lowering.elementwise.branches import apart
from numerics.lowering.elementwise.recording import UnrecordedError, recorded
from numerics.lowering.elementwise.stages import whole
from numerics.lowering.lowered import Lowered
from numerics.lowering.program import compiled

x, y, z = sp.symbols("x y z", real=True)
FORMULAS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "integrand": (sp.exp(-(z**2) / 2) / sp.sqrt(2 * sp.pi) * sp.log(2 * sp.cosh(x * y * z)), (x, y, z)),
    "residual": (sp.atanh(x) - y * z + y**2 * (1 - z) * x, (x, y, z)),
    "stable functions": (sp.log(sp.cosh(x)) - 1 / (1 + sp.exp(-y)) + sp.sech(x), (x, y)),
    "branches": (sp.Piecewise((sp.log(x), x > 1), (1, y < 0), (x * y, True)) - sp.Max(x, y), (x, y)),
    "series": (sp.coth(x) - 1 / x + sp.tanh(x * y) / x, (x, y)),
    "polynomial": (sum(sp.Rational(1, k + 1) * x**k * (1 + y) ** (k % 3) for k in range(9)), (x, y)),
    "of one argument": (sp.tanh(x / 4) - x**3, (x,)),
    "not of all arguments": (sp.exp(-x) * x, (x, y)),
    "vector": (sp.Matrix([x * y, sp.exp(-x), 1, x, x * y]), (x, y)),
    "matrix": (sp.Matrix([[sp.cos(x), sp.sin(y)], [x + y, 0]]), (x, y)),
}
SHAPES = ((), (1,), (3,), (0,), (4097,), (5000, 1), (1, 9), (5000, 9), (40_000,), (2, 1, 9), (7, 1000, 1))


@cache
def lowered(name: str) -> Lowered:
    """Compiled once for each way in which arguments vary."""
    return lower(*FORMULAS[name])


def as_written(function: Lowered, values: list[Any], kind: Any) -> Any:
    """The source itself on whole arrays, its entries brought together."""
    arrays = [np.asarray(v, dtype=kind) for v in values]
    found = compiled(function.source)(*arrays)
    entries = found if function.shape else [found]
    spread = np.broadcast_arrays(*(np.asarray(e, dtype=kind) for e in entries), *arrays)[: len(entries)]
    return np.stack(spread, axis=-1).reshape(spread[0].shape + function.shape)


def drawn(data: st.DataObject, shape: tuple[int, ...], kind: Any, rng: np.random.Generator) -> Any:
    """An array of a shape: contiguous, transposed, with steps, backwards or read-only."""
    layout = data.draw(st.sampled_from(["contiguous", "transposed", "steps", "backwards", "read-only"]))
    if layout == "transposed":
        return rng.normal(size=shape[::-1]).astype(kind).T
    values = rng.normal(size=(*shape, 2)).astype(kind)[..., 0] if layout == "steps" else rng.normal(size=shape)
    values = np.asarray(values, dtype=kind)
    if layout == "backwards" and shape:
        return values[::-1]
    values.flags.writeable = layout != "read-only"
    return values


@pytest.mark.parametrize("name", FORMULAS)
@settings(max_examples=30, deadline=None)
@given(data=st.data(), seed=st.integers(0, 2**32 - 1))
@pytest.mark.filterwarnings("ignore:.*encountered:RuntimeWarning")
def test_any_arrays_give_the_bits_of_the_source(name: str, data: st.DataObject, seed: int) -> None:
    function, rng = lowered(name), np.random.default_rng(seed)
    shape = data.draw(st.sampled_from(SHAPES))
    kind = data.draw(st.sampled_from([np.float64, np.float64, np.float32]))
    # An axis left out or of length 1 is broadcast.
    chosen = [
        tuple(1 if data.draw(st.booleans()) else n for n in shape)[data.draw(st.integers(0, len(shape))) :]
        for _ in function.arguments
    ]
    values = [drawn(data, s, kind, rng) for s in chosen]
    before = [np.array(v) for v in values]
    found = function(*values)
    expected = as_written(function, values, kind)
    np.testing.assert_array_equal(found, expected)
    np.testing.assert_array_equal(np.signbit(found[~np.isnan(found)]), np.signbit(expected[~np.isnan(expected)]))
    assert found.dtype == kind
    for value, old in zip(values, before, strict=True):
        np.testing.assert_array_equal(value, old)
        assert not np.may_share_memory(found, value)


@pytest.mark.parametrize("name", FORMULAS)
@pytest.mark.parametrize("count", [1, 64, 5000, 30_000])
@pytest.mark.filterwarnings("ignore:.*encountered:RuntimeWarning")
def test_numbers_beside_arrays_are_arrays_of_that_number(name: str, count: int) -> None:
    function, values = lowered(name), np.random.default_rng(0).normal(size=count)
    others = (0.3, np.float64(-0.7))[: len(function.arguments) - 1]
    spread = [values, *(np.full(count, other) for other in others)]
    np.testing.assert_array_equal(function(values, *others), function(*spread))


@pytest.mark.parametrize("count", [3, 5000, 30_000])
def test_warnings_are_those_of_the_source(count: int) -> None:
    values = np.full(count, -1.0)
    function = lower(sp.log(x) + 1 / (x + 1) + sp.exp(1000 * x**2), [x])
    with warnings.catch_warnings(record=True) as raised:
        warnings.simplefilter("always")
        function(values)
    with warnings.catch_warnings(record=True) as expected:
        warnings.simplefilter("always")
        compiled(function.source)(values)
    assert {str(w.message) for w in raised} == {str(w.message) for w in expected} != set()


@pytest.mark.parametrize("count", [3, 5000, 30_000])
def test_branches_not_taken_are_silent_at_every_length(count: int) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert np.all(lower(sp.Piecewise((sp.log(x), x > 0), (0, True)), [x])(np.full(count, -1.0)) == 0)


@pytest.mark.parametrize("shift", [-30.0, 0.0, 1.2, 30.0])
def test_a_branch_is_left_out_only_where_no_element_chooses_it(shift: float) -> None:
    function = lower(sp.coth(x) - 1 / x, (x,))
    values = np.sort(np.random.default_rng(3).normal(size=60_000)) + shift  # blocks of one branch, and of both
    np.testing.assert_array_equal(function(values), as_written(function, [values], np.float64))
    for few in (values[:1], values[::20_000], values[:100]):
        np.testing.assert_array_equal(function(few), as_written(function, [few], np.float64))
    rows = values.reshape(-1, 100).T
    np.testing.assert_array_equal(function(rows), function(values).reshape(-1, 100).T)


@pytest.mark.parametrize("share", [0.0, 0.001, 0.05, 0.1, 0.5, 0.97, 1.0])
def test_a_branch_of_few_elements_has_the_values_it_has_everywhere(share: float) -> None:
    function, rng = lower(sp.coth(x) - 1 / x, (x,)), np.random.default_rng(4)
    values = np.where(rng.random(50_000) < share, rng.normal(size=50_000) / 100, rng.uniform(5, 9, 50_000))
    values[::1000] = np.nan
    np.testing.assert_array_equal(function(values), as_written(function, [values], np.float64))
    single = values.astype(np.float32)
    np.testing.assert_array_equal(function(single), as_written(function, [single], np.float32))


@pytest.mark.parametrize("share", [0.01, 0.99])
def test_few_elements_of_one_branch_beside_numbers_and_in_matrices(share: float) -> None:
    both = sp.Piecewise((sp.sin(x * y) ** 2 + sp.exp(x) * y, x < y), (sp.log(x) ** 3 * y + sp.cos(x), True))
    rng = np.random.default_rng(5)
    values = np.where(rng.random(30_000) < share, rng.uniform(0, 1, 30_000), rng.uniform(2, 3, 30_000))
    for formula, shape in ((both, ()), (sp.Matrix([both, both * x, x, both + 1]), (4, 1))):
        function = lower(formula, (x, y))
        expected = as_written(function, [values, np.full(30_000, 1.5)], np.float64)
        np.testing.assert_array_equal(function(values, 1.5), expected)
        rows = function(values.reshape(-1, 100), np.full((300, 1), 1.5))
        np.testing.assert_array_equal(rows.reshape(30_000, *shape), expected)


def test_the_operations_of_a_long_branch_stand_before_its_selection() -> None:
    recording = recorded(compiled(lower(sp.coth(x) - 1 / x, (x,)).source), 1)
    stage, guards = apart(whole(recording))
    assert set(stage.operations) == set(recording.operations)
    order = list(stage.operations)
    (selection,) = (place for place, o in stage.operations.items() if o.function is np.where)
    series = [place for place, guard in guards.items() if guard.wanted]
    assert len(series) > 20
    assert max(map(order.index, series)) < order.index(selection)
    for place, operation in stage.operations.items():
        assert all(order.index(v.place) < order.index(place) for v in operation.values if v.place in order)
    outside = [o for place, o in stage.operations.items() if place not in guards and place != selection]
    assert not any(value.place in guards for operation in outside for value in operation.values)


def test_subclasses_and_other_byte_orders_count_as_their_values() -> None:
    function, values = lowered("of one argument"), np.random.default_rng(0).normal(size=(70, 80))
    expected = function(values)
    for other in (np.ma.masked_array(values), values.astype(values.dtype.newbyteorder()), values.tolist()):
        found = function(other)
        assert type(found) is np.ndarray
        np.testing.assert_array_equal(found, expected)


def test_overlapping_arrays_give_the_same_values_as_copies() -> None:
    function, values = lowered("stable functions"), np.random.default_rng(0).normal(size=40_001)
    np.testing.assert_array_equal(function(values[1:], values[:-1]), function(values[1:].copy(), values[:-1].copy()))


def test_threads_do_not_share_what_lies_between() -> None:
    function, rng = lowered("integrand"), np.random.default_rng(0)
    values = [[rng.normal(size=20_000) for _ in range(3)] for _ in range(40)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda v: function(*v), values))
    for one, arguments in zip(found, values, strict=True):
        np.testing.assert_array_equal(one, function(*arguments))


@pytest.mark.parametrize(
    "function",
    [lambda a: a if a > 0 else -a, np.sum, lambda a: a[0], np.asarray, lambda a: a],
    ids=["branch", "sum", "index", "conversion", "nothing"],
)
def test_what_is_not_elementwise_is_not_recorded(function: Any) -> None:
    with pytest.raises(UnrecordedError, match="expected"):
        recorded(function, 1)


def test_a_recording_has_each_operation_once_and_no_negations_or_halvings() -> None:
    recording = recorded(lambda a: np.exp(-(a * a) / 2) + np.exp(-(a * a) / 2) * (-a), 1)
    names = [operation.function.__name__ for operation in recording.operations.values()]
    assert names.count("exp") == 1 and "divide" not in names


def test_one_short_call_is_computed_as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    function, values = lower(sp.exp(-x) * sp.sin(x) + 1, (x,)), np.linspace(0, 1, 7)
    with monkeypatch.context() as patch:
        patch.setattr(numpy_function, "recorded", lambda *_: pytest.fail("a recording for one call"))
        first = function(values)
    np.testing.assert_array_equal(first, function(values))
    np.testing.assert_array_equal(first, function(values))
