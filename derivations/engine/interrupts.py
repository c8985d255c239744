"""An interrupt from the keyboard while the engine is at work: the script ends with one word, not with our frames.

The process still ends as interrupted ones do, so that a shell sees 130. Whoever catches ``KeyboardInterrupt``, has an
exception hook of their own, or works in a notebook, notices nothing of this.
"""

from __future__ import annotations

import sys
import traceback
from types import TracebackType

OURS = "derivations."


def end_scripts_quietly() -> None:
    """Take the place of the interpreter's own hook, if nobody has taken it yet."""
    if sys.excepthook is sys.__excepthook__:
        sys.excepthook = _told


def _told(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt) and _is_in_the_engine(trace):
        sys.stderr.write("interrupted\n")
    else:
        sys.__excepthook__(kind, error, trace)


def _is_in_the_engine(trace: TracebackType | None) -> bool:
    return any(frame.f_globals.get("__name__", "").startswith(OURS) for frame, _ in traceback.walk_tb(trace))
