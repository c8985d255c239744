"""A true statement of the field, with where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from theory.domain import Domain
from theory.statements import Definition, Identity, Statement


@dataclass(frozen=True, kw_only=True)
class KnownIdentity:
    """A true statement that graders of the engine start from.

    Attributes
    ----------
    name
        A few words, unique in the collection.
    statement
        The claim.
    source
        Where it stands in the literature, in words.
    independent
        Whether one side is a definition (an integral, a sum, a derivative, a trace, a limit), not a closed form.
    """

    name: str
    statement: Statement
    source: str
    independent: bool = True

    def __post_init__(self) -> None:
        if not self.name.strip() or not self.source.strip():
            raise ValueError(f"a known identity has a name and a source; found {self.name!r} from {self.source!r}")
        if not isinstance(self.statement, Statement) or isinstance(self.statement, Definition):
            raise TypeError(f"{self.name} must be a claim, found {self.statement!r}")


@dataclass(frozen=True, kw_only=True)
class Family:
    """Identities of one kind.

    Attributes
    ----------
    name
        The name of its module.
    title
        What they are about.
    identities
        The members.
    """

    name: str
    title: str
    identities: tuple[KnownIdentity, ...]

    def __post_init__(self) -> None:
        names = [i.name for i in self.identities]
        twice = sorted({n for n in names if names.count(n) > 1})
        if twice:
            raise ValueError(f"the family {self.name} has {', '.join(twice)} more than once")


def identity(
    name: str, left: Any, right: Any, domain: Domain, source: str, *, independent: bool = True
) -> KnownIdentity:
    """A known identity whose claim is that two expressions are equal."""
    return KnownIdentity(name=name, statement=Identity(left, right, domain), source=source, independent=independent)
