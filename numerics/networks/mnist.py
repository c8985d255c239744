"""Read full MNIST, or a data set in its format, from an .npz file or a folder of IDX files."""

from __future__ import annotations

import os
import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.networks.digits import Digits
from numerics.networks.idx import read_idx

_ARRAYS = ("x_train", "y_train", "x_test", "y_test")

#: The names under which the four IDX files are published; in some copies the last hyphen is a dot.
_IDX_NAMES = {
    "x_train": "train-images-idx3-ubyte",
    "y_train": "train-labels-idx1-ubyte",
    "x_test": "t10k-images-idx3-ubyte",
    "y_test": "t10k-labels-idx1-ubyte",
}

#: Full MNIST unpacks to 55 MB. Archives that claim more than this are refused before anything is unpacked.
_LARGEST_MEMBER = 2**30


def read_mnist(path: str | os.PathLike[str]) -> Digits:
    """Digits from an .npz file, or from a folder that holds the four IDX files, plain or gzipped.

    Parameters
    ----------
    path
        An .npz with the arrays x_train, y_train, x_test, y_test (uint8), or a folder with
        train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte,
        each with or without ".gz".

    Raises
    ------
    FileNotFoundError
        If there is no such file, or the folder lacks one of the four.
    ValueError
        If a file is damaged, truncated or of another kind; nothing in it is ever executed.
    """
    source = Path(path)
    arrays = _from_folder(source) if source.is_dir() else _from_npz(source)
    try:
        return Digits.from_bytes(**arrays)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{source}: {error}") from error


def _from_folder(folder: Path) -> dict[str, NDArray[np.uint8]]:
    return {name: read_idx(_idx_path(folder, stem)) for name, stem in _IDX_NAMES.items()}


def _idx_path(folder: Path, stem: str) -> Path:
    dotted = stem.replace("-idx", ".idx")
    candidates = [folder / f"{name}{suffix}" for name in (stem, dotted) for suffix in ("", ".gz")]
    for candidate in candidates:
        if candidate.is_file():
            return candidate
    raise FileNotFoundError(f"{folder} has no {stem} (looked for {', '.join(c.name for c in candidates)})")


def _from_npz(path: Path) -> dict[str, NDArray[Any]]:
    try:
        _require_modest_archive(path)
        # Opened here: on a truncated archive np.load does not close what it has opened itself.
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as archive:
            return {name: archive[name] for name in _ARRAYS}
    except (ValueError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise ValueError(f"{path} is no readable .npz of digits: {error}") from error


def _require_modest_archive(path: Path) -> None:
    """Look at the table of contents only: the four names, and sizes that fit in memory."""
    with zipfile.ZipFile(path) as archive:
        sizes = {info.filename.removesuffix(".npy"): info.file_size for info in archive.infolist()}
    missing = [name for name in _ARRAYS if name not in sizes]
    if missing:
        raise ValueError(f"it needs the arrays {', '.join(_ARRAYS)}; it lacks {', '.join(missing)}")
    for name in _ARRAYS:
        if sizes[name] > _LARGEST_MEMBER:
            raise ValueError(f"{name} claims {sizes[name]} bytes, more than the {_LARGEST_MEMBER} allowed")
