"""No test may meet a verdict that another run has kept, and interrupts are heard however the tests were started."""

import os
import signal

import pytest

from derivations.engine.cache import VARIABLE
from numerics.lowering.c.toolchain import CompilerMissingError, compiler

# Here and not in a fixture: modules and fixtures of any scope may verify claims. Tests of the cache set a folder.
os.environ[VARIABLE] = "off"

# A shell that starts something in the background lets it ignore interrupts, and its children with it.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def needs_compiler() -> None:
    """Leave a test out where C cannot be compiled, and say why."""
    try:
        compiler()
    except CompilerMissingError as error:
        pytest.skip(f"there is no C compiler: {error}")
