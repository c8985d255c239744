"""The languages that can be run here."""

from __future__ import annotations

import pytest


@pytest.fixture(params=["numpy", "c"])
def backend(request: pytest.FixtureRequest) -> str:
    """Each of them in turn; C where there is a compiler."""
    if request.param == "c":
        request.getfixturevalue("needs_compiler")
    return request.param
