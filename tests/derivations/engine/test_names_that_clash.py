"""Indices of products and integrals, and families that are summed over, named as what the domain speaks about."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from derivations import verify
from derivations.engine.routes.certificates.finite_values import above_zero, is_finite
from derivations.engine.routes.exact import equal
from derivations.engine.routes.normal_forms.field import UnsupportedError
from derivations.engine.routes.normal_forms.tower import Tower
from theory.averages import ConfigurationSum, GaussianMean
from theory.domain import Domain
from theory.paths import PathSum
from theory.statements import Identity
from theory.sums import Sigma, rename, unfold
from theory.symbols import family

n = sp.Symbol("n", integer=True, positive=True)
T = sp.Symbol("T", integer=True, nonnegative=True)
t, i, k, c = sp.symbols("t i k c", integer=True)
w, z = sp.symbols("w z", real=True)
x, f, g, s = family("x", integer=True), family("f", real=True), family("g", real=True), family("s", integer=True)
SETS: dict[Any, Any] = {n: sp.Range(1, sp.oo), T: sp.Range(0, sp.oo), f: sp.S.Reals, g: sp.S.Reals, k: sp.Range(6, 9)}
PLAIN = Domain(SETS)
FACTORIAL = sp.Product(i, (i, 1, T))


def steps(factor: Any) -> Any:
    return sp.Product(factor, (t, 1, T))


def tied(name: Any, value: Any) -> Domain:
    sets = {**SETS, t: sp.Range(1, 5), w: sp.Interval(0, 9), z: sp.Interval(0, 9)}
    return Domain(sets, [sp.Eq(name, value)])


def over_paths(body: Any) -> PathSum:
    return PathSum(body, x, n, (t, 0, T))


AT_PATHS = Domain({**SETS, w: sp.S.Reals, x: sp.Range(1, n + 1)}, [sp.Eq(w, f[x[0]])])
AT_SPINS = Domain({**SETS, w: sp.S.Reals, s: sp.FiniteSet(-1, 1)}, [sp.Eq(w, f[1] * s[1])])
WRONG: dict[str, tuple[Any, Any, Domain]] = {
    "a power as a factorial": (steps(k), FACTORIAL, PLAIN),
    "a sign of the symbol k": (steps(sp.Abs(t - 5)), steps(t - 5), PLAIN),
    "a value that is the index of a product": (steps(w), FACTORIAL, tied(w, t)),
    "a family with the index of a product": (steps(g[t]), steps(f[t]) * FACTORIAL, tied(g[i], f[i] * t)),
    "a value that is the variable of an integral": (sp.Integral(w * z, (z, 0, 1)), sp.Rational(1, 3), tied(w, z)),
    "a value that is the index of a sum": (sp.Sum(w * t, (t, 1, 3)), 14, tied(w, t)),
    "a value that is averaged over": (GaussianMean(w * z, z, 1), 1, tied(w, z)),
    "states that the domain ties": (
        over_paths(x[0] * steps(1 / n) / n), 1, Domain({**SETS, x: sp.Range(1, 5)}, [sp.Eq(x[t], 1)]),
    ),
    "a value at a state": (over_paths(w * steps(1 / n) / n), Sigma(f[c], (c, 1, n)) / n, AT_PATHS),
    "a value at a spin": (ConfigurationSum(w, s, (t, 1, 3)), 0, AT_SPINS),
}  # fmt: skip
RIGHT: tuple[tuple[Any, Any, Domain], ...] = (
    (steps(k), sp.Product(k, (i, 1, T)), PLAIN),
    (sp.Product(w, (i, 1, T)), sp.Product(t, (i, 1, T)), tied(w, t)),
    (sp.Integral(w * z, (z, 0, 1)), z / 2, tied(w, z)),
    (sp.Sum(w * i, (i, 1, 3)), 6 * t, tied(w, t)),
    (over_paths(sp.Product(f[T], (T, 1, 3)) * steps(1 / n) / n), sp.Product(f[i], (i, 1, 3)), PLAIN),
)


@pytest.mark.parametrize("name", WRONG)
def test_a_name_that_is_bound_elsewhere_proves_nothing(name: str) -> None:
    left, right, domain = WRONG[name]
    try:
        technique = equal(sp.sympify(left), sp.sympify(right), domain)
    except UnsupportedError:
        technique = ""
    assert technique == ""
    verdict = verify(Identity(left, right, domain), timeout=20)
    assert verdict.status == "refuted", verdict


@pytest.mark.parametrize(("left", "right", "domain"), RIGHT)
def test_what_is_true_stays_proved(left: Any, right: Any, domain: Domain) -> None:
    assert verify(Identity(left, right, domain), timeout=20).status == "proved"


def test_indices_of_products_are_not_captured() -> None:
    assert rename(sp.Product(w * t, (t, 1, t)), t, i).dummy_eq(sp.Product(w * t, (t, 1, i)))
    moved = rename(sp.Product(c * t, (t, 1, T)), c, t)
    assert moved.limits[0][0] != t
    assert moved.doit() == t**T * sp.factorial(T)
    assert rename(FACTORIAL, i, sp.Integer(2)) == FACTORIAL
    assert unfold(sp.Sum(w * t, (t, 1, 3)), w, t).doit() == 6 * t
    assert unfold(sp.Sum(f[t], (t, 1, 2)), f[i], g[i] * t).doit() == (g[1] + g[2]) * t
    twice = sp.Integral(w * z, (z, 0, z), (z, 0, 1))
    assert rename(twice, w, z).doit() == z / 6
    assert rename(sp.Integral(z, z), z, w) == sp.Integral(w, w)


def test_the_index_of_a_product_is_not_the_symbol_of_the_domain() -> None:
    tower = Tower(PLAIN)
    from_below: Any = sp.Product(k, (k, -1, T))
    assert above_zero(tower, k)
    assert not above_zero(tower, from_below)
    assert is_finite(tower, from_below)
    assert not is_finite(tower, 1 / from_below)
    assert not is_finite(tower, sp.Product(1 / k, (k, -1, T)))


@pytest.mark.parametrize("entry", [f[1], f[T + 1], f[i, i], f[1, i], f[i, x[1]]])
def test_an_equation_for_one_entry_is_not_taken_for_all_of_them(entry: Any) -> None:
    sets = {**SETS, i: sp.Range(1, 5), x: sp.Range(1, 5)}
    with pytest.raises(ValueError, match="its indices are different symbols"):
        Domain(sets, [sp.Eq(entry, 0)])


def test_a_symbol_named_like_a_family_that_is_averaged_stays_free() -> None:
    label = sp.Symbol("h", real=True)
    entries: Any = sp.IndexedBase(label)
    mean: Any = GaussianMean(label * entries[1] ** 2, entries, 1, (i, 1, 2))
    assert label in mean.free_symbols
    assert label not in GaussianMean(entries[1] ** 2, entries, 1, (i, 1, 2)).free_symbols
    domain = Domain({label: (-2, 2)})
    assert verify(Identity(sp.Derivative(mean, label), 1, domain)).holds is True
    assert verify(Identity(sp.Derivative(mean, label), 0, domain)).status == "refuted"
