"""The languages that can be run here."""

from __future__ import annotations

import pytest

from numerics.lowering.c.toolchain import CompilerMissingError, compiler


def backends() -> list[str]:
    """NumPy, and C where there is a compiler."""
    try:
        compiler()
    except CompilerMissingError:
        return ["numpy"]
    return ["numpy", "c"]


@pytest.fixture(params=backends())
def backend(request: pytest.FixtureRequest) -> str:
    """Each of them in turn."""
    return request.param
