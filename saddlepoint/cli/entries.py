"""Derivations by the names given on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from saddlepoint.cli.answers import WrongCall

if TYPE_CHECKING:
    from derivations.collection import CatalogueEntry


def entry_named(identifier: str) -> CatalogueEntry:
    """The derivation of a name, or of a file that ``Derivation.save`` wrote; anything else ends the program."""
    from derivations import find

    if identifier.endswith(".json"):
        return _saved(identifier)
    try:
        return find(identifier)
    except ValueError as error:
        if Path(identifier).exists():
            return _saved(identifier)
        raise WrongCall(f"{error}; a derivation of your own is a file, FILE.json") from error


def _saved(path: str) -> CatalogueEntry:
    from derivations import Derivation
    from derivations.collection import CatalogueEntry
    from derivations.interchange.document import MAX_BYTES

    try:
        with Path(path).open("rb") as file:
            text = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise WrongCall(f"{path}: {error.strerror}; give a file that Derivation.save wrote") from error
    try:
        derivation = Derivation.from_json(text)
    except ValueError as error:
        raise WrongCall(f"{path}: {error}") from error
    return CatalogueEntry(identifier=derivation.identifier, title=derivation.title, serves=(), build=lambda: derivation)


def entries_named(identifiers: tuple[str, ...]) -> tuple[CatalogueEntry, ...]:
    """Those of some names, all of them for none."""
    from derivations import catalogue

    return tuple(entry_named(i) for i in identifiers) if identifiers else catalogue()
