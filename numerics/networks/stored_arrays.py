"""Arrays of numbers from an .npz file, without running anything that is in it.

An .npz file is a zip archive of .npy arrays. Every header is read and checked before any array is loaded, so a pickled
object, a cut-off file or an array larger than its file is refused with a message.
"""

import math
import zipfile
import zlib
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

# The two npy format versions that numpy.savez writes for arrays of plain numbers.
_HEADER_READERS = {
    (1, 0): np.lib.format.read_array_header_1_0,
    (2, 0): np.lib.format.read_array_header_2_0,
}


def read_arrays(path: str | Path) -> dict[str, NDArray[np.number]]:
    """Every array of an .npz file, of at most two axes, by name in the order of the file.

    Raises
    ------
    ValueError
        The file is empty, cut off or no .npz; or an array in it is pickled, not of real numbers, or has more than two
        axes.
    OSError
        There is no such file, or it may not be read.
    """
    path = Path(path)
    if path.stat().st_size == 0:
        raise ValueError(f"expected an .npz file of weights; found {path.name} empty: write it again with numpy.savez")
    try:
        with zipfile.ZipFile(path) as archive:
            return {_name(entry): _array(archive, entry) for entry in archive.infolist() if not entry.is_dir()}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise ValueError(
            f"expected a whole .npz file (a zip archive); found {path.name} cut off, damaged or in another format "
            f"({error}): write it again with numpy.savez"
        ) from error


def _name(entry: zipfile.ZipInfo) -> str:
    return entry.filename.removesuffix(".npy")


def _array(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> NDArray[np.number]:
    with archive.open(entry) as stream:
        try:
            shape, dtype = _header(stream)
            header_size = stream.tell()
        except ValueError as error:
            raise ValueError(
                f"expected arrays written by numpy.savez; found {entry.filename!r}, which is none ({error}): "
                "save the weights as plain arrays"
            ) from error
    _check(entry, shape, dtype, header_size)
    with archive.open(entry) as stream:
        return np.lib.format.read_array(stream, allow_pickle=False)


def _header(stream: IO[bytes]) -> tuple[tuple[int, ...], np.dtype[np.generic]]:
    version = np.lib.format.read_magic(stream)
    if version not in _HEADER_READERS:
        raise ValueError(f"npy format {version[0]}.{version[1]}")
    shape, _, dtype = _HEADER_READERS[version](stream)
    return shape, dtype


def _check(entry: zipfile.ZipInfo, shape: tuple[int, ...], dtype: np.dtype[np.generic], header_size: int) -> None:
    """Refuse what is no array of numbers before a byte of it is loaded."""
    if dtype.hasobject:
        raise ValueError(
            f"expected arrays of numbers; found an object array {entry.filename!r}, which only a pickle can restore "
            "and a pickle can run any code: save each weight matrix as an array of its own"
        )
    if dtype.kind not in "fiub":
        raise ValueError(
            f"expected real numbers in {entry.filename!r}; found dtype {dtype}: convert the weights to float64"
        )
    found, expected = entry.file_size - header_size, math.prod(shape) * dtype.itemsize
    if found != expected:
        raise ValueError(
            f"expected {expected} bytes for {entry.filename!r} of shape {shape}; found {found}: the file is damaged"
        )
    if len(shape) > 2:
        raise ValueError(
            f"expected matrices; found {entry.filename!r} of shape {shape}: reshape it to (inputs, outputs), "
            "or leave it out"
        )
