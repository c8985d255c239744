"""Tables stay within half a unit in the last place of what they stand for, by proof or, at infinity, at many points."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from flint import acb, arb

from derivations.engine.routes.enclosures.table import precision
from numerics.lowering.series_tables import SeriesTable
from numerics.lowering.special_tables import TABLES

UNIT = 2.0**-53
"""Half a unit in the last place of 1."""
N_PLACES = 23
BITS = 320

PIECES = [(name, piece) for name, table in TABLES.items() for piece in range(table.n_pieces)]
REAL_ONLY = {"erfcinv_series", "erfinv_series"}
"""Inverse functions, of which no complex values are known."""


def reaches_infinity(table: SeriesTable, piece: int) -> bool:
    """Whether the piece begins where the function is not analytic: t = 0 stands for the far end of a half-line."""
    entire = table.disc is not None and math.isinf(table.disc[1])
    inside = table.disc is not None and table.disc[0] == 0.0
    return table.start == 0 and piece == 0 and not entire and not inside


def is_proved(name: str, piece: int) -> bool:
    return name not in REAL_ONLY and not reaches_infinity(TABLES[name], piece)


@pytest.mark.parametrize(("name", "piece"), [part for part in PIECES if is_proved(*part)])
def test_the_error_of_a_piece_has_a_proved_bound(name: str, piece: int) -> None:
    table = TABLES[name]
    assert table.error(piece) <= UNIT * abs(table.coefficients[piece][0])


@pytest.mark.parametrize(("name", "piece"), [part for part in PIECES if not is_proved(*part)])
def test_where_there_is_no_proof_balls_agree_at_many_places(name: str, piece: int) -> None:
    assert worst_at_places(TABLES[name], piece) <= 1.5 * UNIT  # the first two coefficients are rounded


def worst_at_places(table: SeriesTable, piece: int) -> float:
    worst = 0.0
    with precision(BITS):
        for s in np.linspace(-0.499, 0.499, N_PLACES).tolist():
            exact = table.value(piece, arb(s)).real
            found = arb(0)
            for coefficient in reversed(table.coefficients[piece].tolist()):
                found = found * arb(s) + arb(coefficient)
            worst = max(worst, abs(float(((found - exact) / exact).mid())))
    return worst


@pytest.mark.parametrize("degree", [4, 8])
def test_a_degree_that_is_too_low_is_found_out(degree: int) -> None:
    table = SeriesTable(function=acb.exp, start=0, end=4, n_pieces=1, degree=degree, disc=(0.0, math.inf))
    with precision(BITS):
        middle = float(acb(2).exp().real.mid())
    assert UNIT * middle < worst_at_places(table, 0) * middle * math.e**2 < table.error(0) * 1e3
    assert table.error(0) > UNIT * middle


def test_no_bound_is_given_where_the_function_is_not_known_to_be_analytic() -> None:
    def table(disc: Any) -> SeriesTable:
        return SeriesTable(function=acb.exp, start=0, end=1, n_pieces=1, degree=12, disc=disc)

    assert math.isinf(table(None).error(0))
    assert math.isinf(table((1.0, 1.0)).error(0))
    assert math.isfinite(table((0.0, 20.0)).error(0))


def test_places_beyond_the_ends_and_what_is_not_a_number_are_safe() -> None:
    table = TABLES["trigamma_series"]
    values = table(np.array([np.nan, 1.0, 0.0]))
    assert np.isnan(values[0]) and np.all(np.isfinite(values[1:]))
    assert table(np.float64(0.5)).shape == ()
