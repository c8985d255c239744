"""Cross-checks by the names given on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numerics.crosschecks import CrossCheck


def checks_named(identifiers: tuple[str, ...]) -> tuple[CrossCheck, ...]:
    """The cross-checks of some names, all for none.

    Raises
    ------
    ValueError
        If there is no such check; the message lists those there are.
    """
    from numerics.crosschecks import CROSSCHECKS

    known = {check.identifier: check for check in CROSSCHECKS}
    strangers = [name for name in identifiers if name not in known]
    if strangers:
        raise ValueError(f"there is no cross-check {strangers[0]!r}; there are {', '.join(known)}")
    return tuple(known[name] for name in identifiers) if identifiers else tuple(known.values())
