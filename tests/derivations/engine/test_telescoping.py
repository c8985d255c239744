"""Binomial sums for every size: proved with their edges and first values, and not proved beside the truth."""

import pytest
import sympy as sp

from derivations.engine.routes.certificates import telescoping
from derivations.engine.routes.certificates.induction import by_induction
from derivations.engine.routes.certificates.recurrence_hints import Recurrence
from derivations.engine.routes.normal_forms.field import Ratio
from derivations.engine.routes.normal_forms.normal_form import Equation
from theory.domain import Domain

n, m, k, r = sp.symbols("n m k r", integer=True)
p, x = sp.symbols("p x")
SIZES = Domain({n: sp.Range(0, sp.oo), m: sp.Range(0, sp.oo), p: (0, 1), x: (0, 3)})
C = sp.binomial


def total(term, low=0, high=n):
    return sp.Sum(term, (k, low, high))


def proof(left, right, domain=SIZES):
    return by_induction(Equation(left=left, right=right, domain=domain))


LAW = C(n, k) * p**k * (1 - p) ** (n - k)
# (sum, value, wrong values)
SUMS = {
    "row": (total(C(n, k)), 2**n, [2**n + 1, 2 ** (n + 1), 2**n + n * (n - 1) * (n - 2), 3**n]),
    "row without its end": (total(C(n, k), high=n - 1), 2**n - 1, [2**n, 2**n - 2, 2 ** (n - 1)]),
    "row without its start": (total(C(n, k), low=1), 2**n - 1, [2**n, 2**n - 2]),
    "alternating": (total((-1) ** k * C(n, k) * C(n + k, k)), (-1) ** n, [1, (-1) ** (n + 1), 0]),
    "squares": (total(C(n, k) ** 2), C(2 * n, n), [C(2 * n, n) + 1, C(2 * n + 1, n), 4**n]),
    "binomial theorem": (total(C(n, k) * x**k), (1 + x) ** n, [(1 - x) ** n, (1 + x) ** (n + 1), (2 + x) ** n]),
    "mean": (total(k * LAW), n * p, [n * (1 - p), (n - 1) * p, n * p + 1]),
    "variance": (total((k - n * p) ** 2 * LAW), n * p * (1 - p), [n * p]),
    "inverse weights": (total(C(n, k) / (k + 1)), (2 ** (n + 1) - 1) / (n + 1), [2 ** (n + 1) / (n + 1), 2**n]),
    "central": (total(C(2 * k, k) * C(2 * n - 2 * k, n - k)), 4**n, [4**n + n, 2**n]),
    "two rows": (total(C(m, k) * C(n, k)), C(m + n, n), [C(m + n, n) + m * n, C(m + n + 1, n)]),
}  # fmt: skip


@pytest.mark.parametrize("name", SUMS)
def test_a_binomial_sum_is_proved_for_every_size(name):
    left, right, _ = SUMS[name]
    assert "telescoping certificate" in proof(left, right)


@pytest.mark.parametrize("name", SUMS)
def test_a_wrong_value_is_not_proved(name):
    left, _, wrong = SUMS[name]
    assert not any(proof(left, sp.sympify(value)) for value in wrong)


def test_a_value_wrong_at_the_first_size_alone_is_not_proved():
    off = sp.Piecewise((2, sp.Eq(n, 0)), (2**n, True))
    assert not proof(total(C(n, k)), off)
    assert not proof(total(C(n, k)), 2**n + sp.KroneckerDelta(n, 0))


def size_letter(field):
    return field.gens[next(i for i, letter in enumerate(field.letters) if letter.node == n)]


@pytest.mark.parametrize(
    ("coefficients", "certificate"),
    [
        ((2, -1), lambda size, index: (-index, size + 1 - index)),
        ((-2, 1), lambda size, index: (index, size + 2 - index)),
        ((0, 0), lambda size, index: (0 * index, 1 + 0 * size)),
        ((-3, 1), lambda size, index: (-index, size + 1 - index)),
    ],
)
def test_a_wrong_certificate_is_found_out(coefficients, certificate, monkeypatch):
    places = []

    def wrong(field, step, shifts, place):
        places.append(place)
        above, below = certificate(size_letter(field), field.gens[place])
        return Recurrence(
            coefficients=tuple(map(field.constant, coefficients)), certificate=field.quotient(above, below)
        )

    monkeypatch.setattr(telescoping, "found_recurrence", wrong)
    assert not proof(total(C(n, k)), 2**n)
    assert places


def test_a_recurrence_that_stops_at_a_size_proves_what_comes_before_one_by_one(monkeypatch):
    good, least = telescoping.found_recurrence, []

    def stopped(field, step, shifts, place):
        found = good(field, step, shifts, place)
        times = lambda x: field.multiply(x, Ratio(size_letter(field) - 5, field.one.den))  # noqa: E731
        least.append(found)
        return found and Recurrence(
            coefficients=tuple(map(times, found.coefficients)), certificate=times(found.certificate)
        )

    monkeypatch.setattr(telescoping, "found_recurrence", stopped)
    assert proof(total(C(n, k)), 2**n)
    assert least
    assert not proof(total(C(n, k)), 2**n + sp.KroneckerDelta(n, 6))
    assert not proof(total(C(n, k)), 2**n + sp.KroneckerDelta(n, 5))
