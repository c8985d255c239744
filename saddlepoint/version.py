"""The version of the installed package."""

from __future__ import annotations


def own_version() -> str:
    """Version from the installed metadata; a source tree that is run in place says so."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("saddlepoint")
    except PackageNotFoundError:
        return "(source tree, not installed)"
