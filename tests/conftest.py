"""No test may meet a verdict that another run has kept, and interrupts are heard however the tests were started."""

import os
import signal

from derivations.engine.cache import VARIABLE

# Here and not in a fixture: modules and fixtures of any scope may verify claims. Tests of the cache set a folder.
os.environ[VARIABLE] = "off"

# A shell that starts something in the background lets it ignore interrupts, and its children with it.
signal.signal(signal.SIGINT, signal.default_int_handler)
