"""JSON that every reader accepts: UTF-8, no NaN, undefined numbers as null."""

from __future__ import annotations

import json
import math
import os
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

SCHEMA = 1


def plain(value: Any) -> Any:
    """Text, numbers, truth values, None, lists and dictionaries that stand for a value.

    Raises
    ------
    TypeError
        If part of the value has no such form; an expression is written out by whoever knows how.
    """
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if hasattr(value, "to_json"):
        return plain(value.to_json())
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    return _from_array(value)


def _from_array(value: Any) -> Any:
    """NumPy's scalars and arrays, without importing NumPy."""
    if hasattr(value, "tolist") and hasattr(value, "dtype"):
        return plain(value.tolist())
    raise TypeError(f"expected plain data for JSON, found a {type(value).__name__}: {value!r}")


def row(value: Any) -> dict[str, Any]:
    """A row or an object of an answer, with the number of its schema."""
    return {"schema": SCHEMA, **plain(value)}


def dumps(value: Any) -> str:
    """The document as text, with a final newline."""
    return json.dumps(plain(value), ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def write_json(target: str | os.PathLike[str], value: Any) -> None:
    """Write one document to a file, whole or not at all; ``-`` is the standard output."""
    text = dumps(value)
    if str(target) == "-":
        sys.stdout.buffer.write(text.encode())
        sys.stdout.flush()
    else:
        write_text(Path(target), text)


def write_text(path: Path, text: str) -> None:
    """Write a UTF-8 file, as ``write_bytes`` does."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all; into a device or a pipe as it comes.

    Raises
    ------
    OSError
        If the folder does not exist or cannot be written to.
    """
    path = path.resolve()  # a link stays one: the file that it leads to is replaced
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o644 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
