"""What the user sees: command line, documents, reports, the store. The only package that prints."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from saddlepoint.exporting import export as export

__all__ = ["export"]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for: SymPy is slow to load."""
    if name not in __all__:
        raise AttributeError(f"module 'saddlepoint' has no attribute {name!r}")
    return getattr(import_module("saddlepoint.exporting"), name)
