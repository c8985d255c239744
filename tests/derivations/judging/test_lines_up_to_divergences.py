"""Printed densities that equal a derived one up to a divergence: judged, refuted and corrected."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from derivations import judge
from derivations.collection import CatalogueEntry
from derivations.engine.derivation import Derivation
from derivations.judging.edits import edits
from derivations.judging.rows import LineJudgement
from theory import Definition, Domain, EqualUpToTotalDerivative
from theory.records import Paper, PrintedEquation, PrintedLine, Reading

t, x = sp.symbols("t x", real=True)
g = sp.Symbol("g", positive=True)
density = sp.Symbol("s", real=True)
phi: Any = sp.Function("phi", real=True)(t, x)
COUPLING = Domain({g: (0, sp.oo)})
NAMED = COUPLING.extended({density: (-sp.oo, sp.oo)})
KEY = "toy2024action"


def toy() -> Derivation:
    """The density g (d phi / dx)^2."""
    derivation = Derivation("toy", title="A toy")
    derivation.define(Definition(density, g * phi.diff(x) ** 2), name="density", serves=(f"{KEY}:1",))
    gradients = EqualUpToTotalDerivative(
        phi.diff(x) ** 2, -phi * phi.diff(x, 2), COUPLING, fields=(phi,), coordinates=(t, x)
    )
    derivation.so(gradients, name="by parts")
    return derivation


ENTRY = CatalogueEntry(identifier="toy", title="A toy", serves=(f"{KEY}:1",), build=toy)


def up_to_a_divergence(right: Any) -> EqualUpToTotalDerivative:
    return EqualUpToTotalDerivative(density, right, NAMED, fields=(phi,), coordinates=(t, x))


def judged(right: Any, *readings: Reading) -> LineJudgement:
    line = PrintedLine(
        label="density",
        relation="equal",
        statement=up_to_a_divergence(right),
        derived=(density,),
        readings=readings,
    )
    equation = PrintedEquation(paper=KEY, number="1", latex="s = R", section="1", lines=(line,))
    paper = Paper(key=KEY, title="T", authors=("A B",), year=2024, eprint="0", primary_class="c", equations=(equation,))
    (row,) = judge(paper, (), entries=(ENTRY,))
    return row.lines[0]


@pytest.mark.parametrize("right", [-g * phi * phi.diff(x, 2), g * phi.diff(x) ** 2 + g * phi * phi.diff(t)])
def test_what_differs_by_a_divergence_holds(right: Any) -> None:
    found = judged(right)
    assert (found.verdict, found.status) == ("holds", "proved")


@pytest.mark.parametrize(
    "wrong",
    [
        g * phi * phi.diff(x, 2),
        -2 * g * phi * phi.diff(x, 2),
        -(g**2) * phi * phi.diff(x, 2),
        -g * phi.diff(x, 2),
    ],
)
def test_a_slip_is_refuted_and_its_correction_is_verified(wrong: Any) -> None:
    found = judged(wrong)
    assert found.verdict in ("misprint", "false")
    assert found.counterexample is not None
    if found.verdict == "misprint":
        assert found.corrected_status == "proved"
        corrected: Any = found.corrected_statement
        assert judged(corrected.right).verdict == "holds"


def test_a_sign_is_corrected() -> None:
    found = judged(g * phi * phi.diff(x, 2))
    assert found.verdict == "misprint"


def test_another_density_is_false() -> None:
    assert judged(g * phi.diff(t) ** 2).verdict == "false"


def test_a_condition_under_which_it_holds() -> None:
    condition = Reading(
        kind="condition", text="if phi is small", statement=up_to_a_divergence(-g * phi * phi.diff(x, 2))
    )
    found = judged(-g * phi * phi.diff(x, 2) + phi**2, condition)
    assert (found.verdict, found.condition) == ("holds if", "if phi is small")


def test_corrections_leave_the_places_of_fields_alone() -> None:
    for _, changed in edits(-g * phi * phi.diff(x, 2)):
        assert all(call == phi for call in changed.atoms(sp.core.function.AppliedUndef))
