"""What is graded: the known identities, and the steps of our own derivations."""

from __future__ import annotations

from functools import lru_cache

from derivations.collection import CatalogueEntry, catalogue
from derivations.identities.collection import FAMILIES
from derivations.identities.known import Family, KnownIdentity
from theory.statements import Definition, Statement


def subject_names() -> tuple[str, ...]:
    """The names of all families, without building a derivation."""
    return (*(f.name for f in FAMILIES), *(e.identifier for e in catalogue()))


@lru_cache(maxsize=None)
def subject(name: str) -> Family:
    """A family of known identities, or the claims of a derivation.

    Raises
    ------
    ValueError
        If there is no such family; the message lists those there are.
    """
    for family in FAMILIES:
        if family.name == name:
            return family
    for entry in catalogue():
        if entry.identifier == name:
            return _steps(entry)
    raise ValueError(f"no family {name!r}; there are {', '.join(subject_names())}")


def _steps(entry: CatalogueEntry) -> Family:
    claims = (s for s in entry.build() if isinstance(s.statement, Statement) and not isinstance(s.statement, Definition))
    source = f"a step of {entry.identifier}"
    members = (KnownIdentity(name=s.name, statement=s.statement, source=source) for s in claims)  # pyright: ignore[reportArgumentType]
    return Family(name=entry.identifier, title=entry.title, identities=tuple(members))
