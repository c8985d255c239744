"""C functions of the benchmark's own, compiled as the lowered ones are."""

from __future__ import annotations

import ctypes
import re
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from numerics.lowering.c.toolchain import compiler

FOLDER = Path(__file__).parent / "handwritten"
_DECLARATION = re.compile(r"^void (\w+)\(([^)]*)\)", re.MULTILINE)

Native = Callable[..., None]


def handwritten(file: str) -> str:
    """The text of a C function from `FOLDER`."""
    return (FOLDER / file).read_text(encoding="utf-8")


def native(text: str) -> Native:
    """The last function of a C text, with the vector functions of the library at its disposal.

    It takes integers as sizes, floats as doubles, and what `pointer` gives.

    Raises
    ------
    CompilerMissingError
        If there is no compiler, or it refuses the text.
    """
    name, parameters = _DECLARATION.findall(text)[-1]
    source, target = _paths(Path(_scratch().name))
    source.write_text(handwritten("vector_libm.h") + text, encoding="utf-8")
    compiler().compile(source, target, "fast")
    function: Any = getattr(ctypes.CDLL(str(target)), name)
    function.restype = None
    function.argtypes = [_kind(parameter) for parameter in parameters.split(",")]
    return function


def pointer(array: Any) -> int:
    """Where an array of doubles begins, for `native`; the array must be kept alive."""
    return array.__array_interface__["data"][0]


def _kind(parameter: str) -> Any:
    if "*" in parameter:
        return ctypes.c_void_p
    return ctypes.c_size_t if "size_t" in parameter else ctypes.c_double


def _paths(folder: Path) -> tuple[Path, Path]:
    number = len(list(folder.glob("*.c")))
    return folder / f"text{number}.c", folder / f"text{number}.so"


@cache
def _scratch() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="saddlepoint-benchmark-")
