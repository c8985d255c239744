"""A file of named arrays that is named by the SHA-256 of its content, written whole or not at all."""

from __future__ import annotations

import os
import re
import zipfile
import zlib
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

#: Begins the hashed text, so that a change of the rule below changes every digest.
_CANONICAL_FORM = b"saddlepoint arrays 1\n"

_ARRAY_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_PLAIN_KINDS = "biufcUS"


class BlobDamaged(ValueError):  # noqa: N818 - the state of the file, not of the program
    """A blob is missing, unreadable, or does not have the content that its name promises."""


def content_digest(arrays: Mapping[str, Array]) -> str:
    """SHA-256, in hexadecimal, of named arrays: the same for the same content, whatever file holds it.

    Hashed are, in the order of the names, a line ``name dtype shape`` and the elements in row-major,
    little-endian order.

    Raises
    ------
    TypeError
        If an array holds objects or records.
    ValueError
        If there is no array, or a name is not made of letters, digits, underscore, dot and hyphen.
    """
    digest = sha256(_CANONICAL_FORM)
    for name, array in _canonical(arrays).items():
        digest.update(f"{name} {array.dtype.str} {array.shape}\n".encode())
        digest.update(array.tobytes())
    return digest.hexdigest()


def write_blob(target: Path, arrays: Mapping[str, Array], temporary: Path) -> None:
    """Write an .npz at `target` by way of `temporary`, on the same disk; on disk when this returns.

    Whatever kills the process leaves the old file at `target`, or the new one, or none.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with temporary.open("wb") as stream:
        with zipfile.ZipFile(stream, "w") as archive:
            for name, array in _canonical(arrays).items():
                with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
                    np.lib.format.write_array(member, array, allow_pickle=False)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(target)
    _force_folder(target.parent)


def read_blob(path: Path, digest: str) -> dict[str, Array]:
    """The arrays of a blob, compared with the digest they should have.

    Raises
    ------
    BlobDamaged
        If the file is missing, cannot be read, or holds something else.
    """
    try:
        # Opened here: on a truncated archive np.load does not close what it has opened itself.
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files}
        found = content_digest(arrays)
    except FileNotFoundError as error:
        raise BlobDamaged(f"{path} is missing") from error
    except (ValueError, TypeError, EOFError, OSError, zipfile.BadZipFile, zlib.error) as error:
        raise BlobDamaged(f"{path} cannot be read: {error}") from error
    if found != digest:
        raise BlobDamaged(f"{path} is damaged: expected content {digest}, found {found}")
    return arrays


def _canonical(arrays: Mapping[str, Array]) -> dict[str, Array]:
    """The arrays in the order of their names, row-major and little-endian."""
    if not arrays:
        raise ValueError("expected at least one named array, found none")
    return {name: _canonical_array(name, np.asarray(arrays[name])) for name in sorted(arrays)}


def _canonical_array(name: str, array: Array) -> Array:
    if not _ARRAY_NAME.fullmatch(name):
        raise ValueError(f"array names are made of letters, digits, '_', '.' and '-', found {name!r}")
    if array.dtype.kind not in _PLAIN_KINDS:
        raise TypeError(f"{name} must hold numbers, truth values or text, found dtype {array.dtype}")
    return np.asarray(array, dtype=array.dtype.newbyteorder("<"), order="C")


def _force_folder(folder: Path) -> None:
    """Make a rename survive a power cut; where a folder cannot be opened (Windows) the system does it."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
