"""A small derivation with every kind of step, and one with a wrong step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sympy as sp

import derivations.collection
from derivations import Derivation
from derivations.collection import CatalogueEntry
from derivations.engine.derivation import Reference
from derivations.engine.rule import Inference, rule
from theory import Definition, Domain, Expansion, Identity, Postulate

x, y = sp.symbols("x y", positive=True)
SETS = Domain({x: (0, 1), y: (0, 1)})
ENERGY = sp.Symbol("E_toy")
ORDER = Postulate(
    name="order of limits",
    claim="The limits commute.",
    justification="They do in all known cases.",
    test="Take them in the other order.",
)


@rule("expand the square", "A square of a sum has three terms.")
def expand_square(premise: Any) -> Inference:
    return Inference(
        statement=Identity(premise.result, sp.expand(premise.result), SETS), remark="It costs 100% & more_less."
    )


@rule("forget a term", "A wrong rule: it forgets the mixed term.")
def forget_term(premise: Any) -> Inference:
    return Inference(statement=Identity(premise.result, x**2 + y**2, SETS))


@rule("take the small limit", "Small $y$ leaves two terms.")
def small_limit(expanded: Any) -> Inference:
    series = Expansion(expanded.result, x**2 + 2 * x * y, SETS, variable=y, order=2)
    return Inference(statement=series, postulates=(ORDER,), obligations=(Identity(x + x, 2 * x, SETS),))


def _toy(*, wrong: bool) -> Derivation:
    derivation = Derivation(
        "toy",
        title="The energy of a toy",
        introduction="A square & its terms.",
        references=(Reference(key="toy2020paper", citation="A. Author, Toys_and_tools (2020)"),),
        conventions=("Units: $k_B = 1$.",),
    )
    energy = derivation.define(Definition(ENERGY, (x + y) ** 2), name="energy", reason="The energy is a square.")
    square = derivation.apply(
        forget_term if wrong else expand_square, energy, name="square", serves=("toy2020paper:2",)
    )
    derivation.apply(small_limit, square, name="small energy", serves=("toy2020paper:3", "toy2020paper:4"))
    return derivation


@pytest.fixture
def toy() -> Derivation:
    """A derivation that stands."""
    return _toy(wrong=False)


@pytest.fixture
def wrong_toy() -> Derivation:
    """A derivation with a refuted step."""
    return _toy(wrong=True)


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> Callable[[Derivation], None]:
    """Let the catalogue hold one derivation."""

    def put(derivation: Derivation) -> None:
        entry = CatalogueEntry(
            identifier=derivation.identifier,
            title=derivation.title,
            serves=("toy2020paper:2",),
            build=lambda: derivation,
        )
        monkeypatch.setattr(derivations.collection, "ENTRIES", (entry,))

    return put
