"""What is graded: the known identities, and the steps of our own derivations."""

from __future__ import annotations

from functools import cache

from derivations.collection import CatalogueEntry, catalogue
from derivations.identities.collection import FAMILIES
from derivations.identities.known import Family, KnownIdentity
from theory.statements import Statement


def subject_names() -> tuple[str, ...]:
    """The names of all families, without building a derivation."""
    return (*(f.name for f in FAMILIES), *(e.identifier for e in catalogue()))


@cache
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
    claims = {s.name: s.statement for s in entry.build() if isinstance(s.statement, Statement)}
    source = f"a step of {entry.identifier}"
    members = (KnownIdentity(name=name, statement=claim, source=source) for name, claim in claims.items())
    return Family(name=entry.identifier, title=entry.title, identities=tuple(members))
