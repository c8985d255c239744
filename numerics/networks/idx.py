"""The IDX format of the MNIST files: a magic number, big-endian sizes, then unsigned bytes.

    0  0  type  ndim | size_1 … size_ndim, 4 bytes each | size_1 * … * size_ndim bytes

Type 8 is the unsigned byte, the only one that MNIST uses; images have ndim 3, labels ndim 1.
"""

from __future__ import annotations

import gzip
import os
import zlib
from math import prod
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np
from numpy.typing import NDArray

_UNSIGNED_BYTE = 8
_LARGEST_NDIM = 3

#: Full MNIST has 47 MB of training pixels. A header that claims more than this is taken for damage.
_LARGEST_CONTENT = 2**30


def read_idx(path: str | os.PathLike[str]) -> NDArray[np.uint8]:
    """Array of unsigned bytes from an IDX file, gzipped if its name ends in ".gz".

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If the magic number is wrong, the type is not the unsigned byte, or the content is shorter or longer
        than the sizes in the header.
    """
    source = Path(path)
    try:
        with _opened(source) as stream:
            shape = _read_shape(stream)
            content = _read_content(stream, prod(shape))
    except (ValueError, EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise ValueError(f"{source} is no readable IDX file: {error}") from error
    return np.frombuffer(content, dtype=np.uint8).reshape(shape)


def _opened(path: Path) -> BinaryIO:
    return cast(BinaryIO, gzip.open(path, "rb")) if path.suffix == ".gz" else path.open("rb")


def _read_shape(stream: BinaryIO) -> tuple[int, ...]:
    magic = stream.read(4)
    if len(magic) < 4 or magic[:2] != b"\0\0":
        raise ValueError(f"expected a magic number that begins with two zero bytes, found {magic.hex() or 'nothing'}")
    kind, ndim = magic[2], magic[3]
    if kind != _UNSIGNED_BYTE:
        raise ValueError(f"expected elements of type {_UNSIGNED_BYTE} (unsigned byte), found type {kind}")
    if not 1 <= ndim <= _LARGEST_NDIM:
        raise ValueError(f"expected 1 to {_LARGEST_NDIM} dimensions, found {ndim}")
    header = stream.read(4 * ndim)
    if len(header) < 4 * ndim:
        raise ValueError(f"the header ends after {len(header)} of {4 * ndim} bytes of sizes")
    return tuple(int(size) for size in np.frombuffer(header, dtype=">u4"))


def _read_content(stream: BinaryIO, expected: int) -> bytes:
    if expected > _LARGEST_CONTENT:
        raise ValueError(f"the header claims {expected} bytes, more than the {_LARGEST_CONTENT} allowed")
    content = stream.read(expected + 1)  # one byte more than announced shows a file that is too long
    if len(content) != expected:
        found = f"only {len(content)}" if len(content) < expected else "more"
        raise ValueError(f"the header announces {expected} bytes of content, the file has {found}")
    return content
