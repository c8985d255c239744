"""Labeled images of handwritten digits, split into a training and a test set."""

from __future__ import annotations

import io
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]

#: SHA-256 of the built-in pixels and labels, see `content_hash`. LICENSE-DIGITS.md beside the data repeats
#: it.
BUILT_IN_CONTENT = "f775420944783fbdc62eb702f916894656f0d77706d0c6671c48373cf12c34ff"


@dataclass(frozen=True, kw_only=True, eq=False)
class Digits:
    """Images as the trainer takes them.

    Parameters
    ----------
    x_train, x_test
        shape (n_samples, n_pixels), single precision: gray levels divided by 255, so in [0, 1], and nothing
        else (no centering, no whitening). Rows of an image follow one another.
    y_train, y_test
        shape (n_samples,), the digits as integers from 0.

    Raises
    ------
    ValueError
        If shapes do not fit each other, or a pixel or label is out of range.
    TypeError
        If pixels are not single precision, or labels not integers.
    """

    x_train: NDArray[np.float32]
    y_train: NDArray[np.intp]
    x_test: NDArray[np.float32]
    y_test: NDArray[np.intp]

    def __post_init__(self) -> None:
        _check_half("train", self.x_train, self.y_train)
        _check_half("test", self.x_test, self.y_test)
        if self.x_train.shape[1] != self.x_test.shape[1]:
            raise ValueError(f"training images have {self.x_train.shape[1]} pixels, test images {self.x_test.shape[1]}")

    @property
    def n_pixels(self) -> int:
        """Pixels of one image: the size of the network's layer 0."""
        return self.x_train.shape[1]

    @property
    def n_classes(self) -> int:
        """One more than the largest label: the least size of the network's last layer."""
        return 1 + int(max(self.y_train.max(), self.y_test.max()))

    @classmethod
    def from_bytes(cls, x_train: Bytes, y_train: Bytes, x_test: Bytes, y_test: Bytes) -> Self:
        """Digits from gray levels 0 to 255 and labels as MNIST has them.

        Parameters
        ----------
        x_train, x_test
            shape (n_samples, height, width) or (n_samples, n_pixels), uint8.
        y_train, y_test
            shape (n_samples,), uint8.
        """
        return cls(
            x_train=_gray_levels("x_train", x_train),
            y_train=_labels("y_train", y_train),
            x_test=_gray_levels("x_test", x_test),
            y_test=_labels("y_test", y_test),
        )


def load_digits() -> Digits:
    """The built-in digits: 2,000 training and 500 test images of MNIST, equally many of each digit.

    Notes
    -----
    Y. LeCun, C. Cortes and C. J. C. Burges, from data of NIST, under CC BY-SA 3.0; the file LICENSE-DIGITS.md
    beside the data says how the images were chosen.

    Raises
    ------
    ValueError
        If the installed file is not the one that was published.
    """
    raw = (files("numerics.networks") / "data" / "digits.npz").read_bytes()
    with np.load(io.BytesIO(raw), allow_pickle=False) as archive:
        halves = {name: archive[name] for name in ("x_train", "y_train", "x_test", "y_test")}
    found = content_hash(**halves)
    if found != BUILT_IN_CONTENT:
        raise ValueError(
            f"the built-in digits are damaged: expected content {BUILT_IN_CONTENT}, found {found}; "
            "install the package again"
        )
    return Digits.from_bytes(**halves)


def content_hash(x_train: Bytes, y_train: Bytes, x_test: Bytes, y_test: Bytes) -> str:
    """SHA-256, in hexadecimal, of the four arrays' bytes one after another, in this order, row by row."""
    digest = sha256()
    for array in (x_train, y_train, x_test, y_test):
        digest.update(np.ascontiguousarray(array, dtype=np.uint8).tobytes())
    return digest.hexdigest()


def _gray_levels(name: str, images: NDArray[Any]) -> NDArray[np.float32]:
    if images.dtype != np.uint8:
        raise ValueError(f"{name} must hold gray levels as uint8, found dtype {images.dtype}")
    if images.ndim not in (2, 3):
        raise ValueError(f"{name} must have shape (n, height, width) or (n, n_pixels), found {images.shape}")
    return images.reshape(len(images), -1).astype(np.float32) / np.float32(255)


def _labels(name: str, labels: NDArray[Any]) -> NDArray[np.intp]:
    if labels.dtype != np.uint8:
        raise ValueError(f"{name} must hold labels as uint8, found dtype {labels.dtype}")
    return labels.astype(np.intp)


def _check_half(half: str, x: NDArray[Any], y: NDArray[Any]) -> None:
    if x.dtype != np.float32:
        raise TypeError(f"x_{half} must be float32, found {x.dtype}")
    if y.dtype.kind != "i":
        raise TypeError(f"y_{half} must hold integers, found {y.dtype}")
    if x.ndim != 2 or 0 in x.shape:
        raise ValueError(f"x_{half} must have shape (n_samples, n_pixels), none of them 0, found {x.shape}")
    if y.shape != (len(x),):
        raise ValueError(f"y_{half} must have shape ({len(x)},), one label an image, found {y.shape}")
    if not (x.min() >= 0 and x.max() <= 1):  # written so that NaN fails too
        raise ValueError(f"x_{half} must lie in [0, 1], found values from {x.min()} to {x.max()}")
    if y.min() < 0:
        raise ValueError(f"y_{half} must hold labels from 0, found {y.min()}")
