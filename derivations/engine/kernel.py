"""What a verdict depends on beside the claim: the sources that compute it, and the libraries under them."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from pathlib import Path

import flint
import mpmath
import sympy
from sympy.external.gmpy import GROUND_TYPES

import theory
from derivations.engine.routes.second_systems.asked import setting

FOLDERS = (Path(theory.__file__).parent, Path(__file__).parents[1])
"""All of ``theory`` and of ``derivations``: any of it may enter a verdict."""


@cache
def kernel_digest() -> str:
    """Digest of the sources and the versions of the libraries; empty where the sources cannot be read.

    It is taken once in a process, as early as possible, since a process runs what it has imported.
    """
    digest = hashlib.sha256(repr(versions()).encode())
    for folder in FOLDERS:
        sources = sorted(folder.rglob("*.py"))
        if not sources:
            return ""
        for path in sources:
            try:
                content = path.read_bytes()
            except OSError:
                return ""
            digest.update(f"{path.relative_to(folder).as_posix()} {len(content)} ".encode() + content)
    return digest.hexdigest()[:32]


def versions() -> tuple[str, ...]:
    """The versions on which the outcome of a route may depend."""
    python = ".".join(platform.python_version_tuple()[:2])
    return (f"python {python}", f"sympy {sympy.__version__}", f"ground types {GROUND_TYPES}",
            f"second system {setting()}",
            f"python-flint {flint.__version__}", f"mpmath {mpmath.__version__}")  # fmt: skip
