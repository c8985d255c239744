"""Where a stored result comes from: versions, host, time. For results on disk, never for committed files."""

from __future__ import annotations

import platform
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version

_PACKAGES = ("saddlepoint", "numpy", "scipy", "sympy", "python-flint")


def provenance() -> dict[str, str]:
    """Versions of Python and of the packages that compute, host, processor, and the time in UTC.

    A seed belongs to what was asked for, so it stands in a run's key or metadata, not here.
    """
    return {
        **_versions(),
        "host": platform.node(),
        "machine": platform.machine(),
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
    }


@cache
def _versions() -> dict[str, str]:
    """Read from the installed metadata, so that no package is imported for its version."""
    return {"python": platform.python_version(), **{name: _version(name) for name in _PACKAGES}}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"  # a source tree that is run without being installed
