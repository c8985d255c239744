"""A computer algebra system: what it is called, what it reads, and how its answers look."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

VERSION = re.compile(r"^version:([0-9][0-9.]{0,20})$", re.MULTILINE)
ANSWER = re.compile(r"^ *zero:(true|false)$", re.MULTILINE)
"""Lines that a question makes a system print: its version, and whether a difference is zero."""
Pairs = list[tuple[Any, Any]]
"""Both sides of each equation."""


class UnprintableError(Exception):
    """An expression with a part that a system is not told."""


@dataclass(frozen=True, kw_only=True)
class System:
    """One system. It is asked by a file in an empty folder and answers ``zero:true`` or ``zero:false`` an equation.

    Attributes
    ----------
    name
        As it is shown.
    program
        Its executable.
    file, arguments
        The name of the file with the question, and the command line that makes the program read it.
    question
        Text of the file, for some equations.

        Raises ``UnprintableError`` for what is not written.
    version
        Pattern of the line with the version, where the system says it in a way of its own.
    """

    name: str
    program: str
    file: str
    arguments: tuple[str, ...]
    question: Callable[[Pairs], str]
    version: re.Pattern[str] = VERSION

    @property
    def path(self) -> str | None:
        """Where the program is: on the path, or in the environment of this interpreter, as a wheel installs it."""
        return shutil.which(self.program) or shutil.which(self.program, path=str(Path(sys.executable).parent))
