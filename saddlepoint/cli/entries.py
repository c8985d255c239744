"""Derivations by the names given on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from saddlepoint.cli.answers import WrongCall, wrong_call

if TYPE_CHECKING:
    from derivations.collection import CatalogueEntry


def entry_named(identifier: str) -> CatalogueEntry:
    """The derivation of a name; an unknown one ends the program with the list of those there are."""
    from derivations import find

    if identifier.endswith(".json"):
        raise WrongCall(
            f"{identifier}: derivations are not read from files yet; give a name that `saddlepoint list` shows, or "
            "write the derivation in Python with derivations.Derivation"
        )
    with wrong_call(KeyError, ValueError):
        return find(identifier)


def entries_named(identifiers: tuple[str, ...]) -> tuple[CatalogueEntry, ...]:
    """Those of some names, all of them for none."""
    from derivations import catalogue

    return tuple(entry_named(i) for i in identifiers) if identifiers else catalogue()
