"""No test may meet a verdict that another run has kept."""

import os

from derivations.engine.cache import VARIABLE

# Here and not in a fixture: modules and fixtures of any scope may verify claims. Tests of the cache set a folder.
os.environ[VARIABLE] = "off"
