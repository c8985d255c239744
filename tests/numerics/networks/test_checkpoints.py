"""Weights from .npz files: their order, what is skipped, and what is refused without being run."""

from __future__ import annotations

import io
import pickle
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from numerics.networks.checkpoints import read_weights


def numbered(number: int) -> Any:
    return np.full((2, 2), float(number))


def test_arrays_come_in_the_order_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "named.npz"
    np.savez(file, hidden=numbered(1), deep=numbered(2), output=numbered(3))
    assert read_weights(file).names == ("hidden", "deep", "output")


@pytest.mark.parametrize("pattern", ["W{}", "arr_{}", "layers.{}.weight", "net2.fc{}.w"])
def test_numbered_names_come_in_the_order_of_their_numbers(tmp_path: Path, pattern: str) -> None:
    file = tmp_path / "numbered.npz"
    np.savez(file, **{pattern.format(k): numbered(k) for k in (10, 2, 1)})
    assert [matrix[0, 0] for matrix in read_weights(file).matrices] == [1, 2, 10]


def test_biases_are_skipped_and_named(tmp_path: Path) -> None:
    file = tmp_path / "biased.npz"
    np.savez_compressed(file, W2=numbered(2), b2=np.ones(2), W1=numbered(1), scale=np.float32(3))
    stored = read_weights(str(file))
    assert stored.names == ("W1", "W2")
    assert stored.skipped == ("b2", "scale")
    np.testing.assert_array_equal(stored.matrices[0], numbered(1))


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.int8, np.uint64])
def test_numbers_keep_their_width(tmp_path: Path, dtype: Any) -> None:
    np.savez(tmp_path / "w.npz", np.ones((2, 3), dtype=dtype))
    assert read_weights(tmp_path / "w.npz").matrices[0].dtype == dtype


class Bomb:
    """Leaves a file behind when it is unpickled."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.target,)


def test_a_pickled_object_is_refused_and_not_run(tmp_path: Path) -> None:
    array = np.empty((1, 1), dtype=object)
    array[0, 0] = Bomb(tmp_path / "exploded")
    np.savez(tmp_path / "bomb.npz", weights=array)
    with pytest.raises(ValueError, match=r"found an object array 'weights.npy'.*pickle can run any code"):
        read_weights(tmp_path / "bomb.npz")
    with zipfile.ZipFile(tmp_path / "raw.npz", "w") as archive:
        archive.writestr("weights.npy", pickle.dumps(Bomb(tmp_path / "exploded")))
    with pytest.raises(ValueError, match=r"found 'weights.npy', which is none"):
        read_weights(tmp_path / "raw.npz")
    assert not (tmp_path / "exploded").exists()


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_a_truncated_file_is_refused(tmp_path: Path, kept: float, save: Any) -> None:
    save(tmp_path / "whole.npz", np.random.default_rng(0).standard_normal((20, 30)))
    content = (tmp_path / "whole.npz").read_bytes()
    (tmp_path / "cut.npz").write_bytes(content[: int(kept * len(content))])
    with pytest.raises(ValueError, match=r"found cut.npz cut off, damaged or in another format"):
        read_weights(tmp_path / "cut.npz")


@pytest.mark.parametrize("at", [0.2, 0.4, 0.6])
def test_a_damaged_file_is_refused(tmp_path: Path, at: float) -> None:
    np.savez_compressed(tmp_path / "w.npz", np.random.default_rng(0).standard_normal((20, 30)))
    content = bytearray((tmp_path / "w.npz").read_bytes())
    content[int(at * len(content))] ^= 0xFF
    (tmp_path / "w.npz").write_bytes(content)
    with pytest.raises(ValueError, match="expected"):
        read_weights(tmp_path / "w.npz")


def npy(header: bytes, body: bytes = b"") -> bytes:
    padded = header.ljust(117) + b"\n"
    return b"\x93NUMPY\x01\x00" + len(padded).to_bytes(2, "little") + padded + body


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            npy(b"{'descr': '<f8', 'fortran_order': False, 'shape': (100000, 100000), }", b"\0" * 80),
            "expected 80000000000",
        ),
        (
            npy(b"{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }", b"\0" * 31),
            "expected 32 bytes.*found 31",
        ),
        (npy(b"__import__('os').getcwd()"), "which is none"),
        (b"no header at all", "which is none"),
        (b"\x93NUMPY\x07\x00", r"npy format 7\.0"),
    ],
)
def test_a_header_that_does_not_fit_its_array_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    with zipfile.ZipFile(tmp_path / "w.npz", "w") as archive:
        archive.writestr("w.npy", content)
    with pytest.raises(ValueError, match=message):
        read_weights(tmp_path / "w.npz")


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({"b": np.ones(3)}, r"found b of shape \(3,\), no layer to connect"),
        ({}, "found no array, no layer to connect"),
        ({"kernel": np.ones((2, 2, 2))}, r"found 'kernel.npy' of shape \(2, 2, 2\)"),
        ({"names": np.array([["a"]])}, "found dtype <U1"),
        ({"phases": np.ones((2, 2)) * 1j}, "found dtype complex128"),
    ],
)
def test_files_without_usable_matrices_are_refused(tmp_path: Path, arrays: Any, message: str) -> None:
    np.savez(tmp_path / "w.npz", **arrays)
    with pytest.raises(ValueError, match=message):
        read_weights(tmp_path / "w.npz")


def test_an_empty_file_a_bare_array_and_a_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.npz").touch()
    with pytest.raises(ValueError, match=r"found empty.npz empty"):
        read_weights(tmp_path / "empty.npz")
    buffer = io.BytesIO()
    np.save(buffer, np.ones((2, 2)))
    for content in (buffer.getvalue(), b"weights = 1, 2, 3"):
        (tmp_path / "other.npz").write_bytes(content)
        with pytest.raises(ValueError, match="in another format"):
            read_weights(tmp_path / "other.npz")


def test_a_missing_file_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_weights(tmp_path / "missing.npz")
