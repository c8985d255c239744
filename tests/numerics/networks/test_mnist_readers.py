import gzip
import io
import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest

from numerics.networks.idx import read_idx
from numerics.networks.mnist import read_mnist

NAMES = (
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
)


def idx_bytes(array: np.ndarray, *, kind: int = 8) -> bytes:
    header = struct.pack(">HBB", 0, kind, array.ndim) + struct.pack(f">{array.ndim}I", *array.shape)
    return header + array.tobytes()


@pytest.fixture
def halves() -> dict[str, np.ndarray]:
    rng = np.random.default_rng(6)
    return {
        "x_train": rng.integers(0, 256, (6, 4, 3)).astype(np.uint8),
        "y_train": rng.integers(0, 10, 6).astype(np.uint8),
        "x_test": rng.integers(0, 256, (2, 4, 3)).astype(np.uint8),
        "y_test": rng.integers(0, 10, 2).astype(np.uint8),
    }


def write_folder(folder: Path, halves: dict[str, np.ndarray], *, dotted: bool = False, gz: bool = False) -> None:
    for name, array in zip(NAMES, halves.values(), strict=True):
        path = folder / ((name.replace("-idx", ".idx") if dotted else name) + (".gz" if gz else ""))
        path.write_bytes(gzip.compress(idx_bytes(array)) if gz else idx_bytes(array))


@pytest.mark.parametrize("dotted", [False, True])
@pytest.mark.parametrize("gz", [False, True])
def test_idx_folders_and_npz_files_give_the_same_digits(
    tmp_path: Path, halves: dict[str, np.ndarray], dotted: bool, gz: bool
) -> None:
    write_folder(tmp_path, halves, dotted=dotted, gz=gz)
    np.savez(tmp_path / "all.npz", **halves)
    for digits in (read_mnist(tmp_path), read_mnist(str(tmp_path / "all.npz"))):
        assert np.array_equal(np.rint(255 * digits.x_train), halves["x_train"].reshape(6, 12))
        assert np.array_equal(digits.y_train, halves["y_train"])
        assert np.array_equal(np.rint(255 * digits.x_test), halves["x_test"].reshape(2, 12))
        assert np.array_equal(digits.y_test, halves["y_test"])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "magic number.*found nothing"),
        (b"PK\3\4....", "magic number that begins with two zero bytes, found 504b0304"),
        (idx_bytes(np.zeros(4, np.uint8), kind=13), r"expected elements of type 8 .*, found type 13"),
        (b"\0\0\x08\x00", "expected 1 to 3 dimensions, found 0"),
        (b"\0\0\x08\x09" + b"\0" * 36, "expected 1 to 3 dimensions, found 9"),
        (b"\0\0\x08\x03\0\0\0\1", "header ends after 4 of 12 bytes"),
        (idx_bytes(np.zeros(4, np.uint8))[:-1], "announces 4 bytes of content, the file has only 3"),
        (idx_bytes(np.zeros(4, np.uint8)) + b"x", "announces 4 bytes of content, the file has more"),
        (b"\0\0\x08\x03" + b"\xff" * 12, "claims 79228162458924105385300197375 bytes, more than"),
    ],
)
def test_a_damaged_idx_file_is_named_with_its_defect(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "bad-idx"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=f"bad-idx is no readable IDX file: .*{message}"):
        read_idx(path)


@pytest.mark.parametrize("damage", ["not gzip", "cut", "flipped"])
def test_a_damaged_gzip_file_is_named(tmp_path: Path, damage: str) -> None:
    whole = gzip.compress(idx_bytes(np.arange(200, dtype=np.uint8)))
    middle = len(whole) // 2
    flipped = whole[:middle] + bytes([whole[middle] ^ 255]) + whole[middle + 1 :]
    content = {"not gzip": b"plain text", "cut": whole[:-12], "flipped": flipped}[damage]
    (tmp_path / "bad.gz").write_bytes(content)
    with pytest.raises(ValueError, match=r"bad\.gz is no readable IDX file"):
        read_idx(tmp_path / "bad.gz")


def test_a_folder_that_lacks_a_file_says_which(tmp_path: Path, halves: dict[str, np.ndarray]) -> None:
    write_folder(tmp_path, halves)
    (tmp_path / NAMES[3]).unlink()
    with pytest.raises(FileNotFoundError, match=r"no t10k-labels-idx1-ubyte \(looked for .*idx1-ubyte\.gz"):
        read_mnist(tmp_path)


def test_images_and_labels_of_different_number_are_refused(tmp_path: Path, halves: dict[str, np.ndarray]) -> None:
    write_folder(tmp_path, {**halves, "y_train": halves["y_train"][:-1]})
    with pytest.raises(ValueError, match=r"y_train must have shape \(6,\), one label an image, found \(5,\)"):
        read_mnist(tmp_path)


def test_an_npz_that_lacks_an_array_says_which(tmp_path: Path, halves: dict[str, np.ndarray]) -> None:
    del halves["y_test"]
    np.savez(tmp_path / "part.npz", **halves)
    with pytest.raises(ValueError, match="it lacks y_test"):
        read_mnist(tmp_path / "part.npz")


def test_an_npz_of_another_type_is_refused(tmp_path: Path, halves: dict[str, np.ndarray]) -> None:
    np.savez(tmp_path / "wide.npz", **{**halves, "x_train": halves["x_train"].astype(np.float64)})
    with pytest.raises(ValueError, match="x_train must hold gray levels as uint8, found dtype float64"):
        read_mnist(tmp_path / "wide.npz")


def test_an_array_of_objects_is_refused_unopened(tmp_path: Path, halves: dict[str, np.ndarray]) -> None:
    objects = np.array([None, print], dtype=object)
    with zipfile.ZipFile(tmp_path / "bomb.npz", "w") as archive:
        for name, array in {**halves, "x_train": objects}.items():
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, array, allow_pickle=True)
            archive.writestr(f"{name}.npy", buffer.getvalue())
    with pytest.raises(ValueError, match="Object arrays cannot be loaded"):
        read_mnist(tmp_path / "bomb.npz")


@pytest.mark.parametrize("damage", ["text", "cut", "flipped", "npy"])
def test_a_damaged_npz_is_named(tmp_path: Path, halves: dict[str, np.ndarray], damage: str) -> None:
    path = tmp_path / "bad.npz"
    np.savez(path, **halves)
    whole = path.read_bytes()
    at = whole.index(halves["x_train"].tobytes()[:8])
    path.write_bytes(
        {
            "text": b"no archive",
            "cut": whole[: len(whole) // 2],
            "flipped": whole[:at] + bytes([whole[at] ^ 255]) + whole[at + 1 :],
            "npy": b"\x93NUMPY\1\0",
        }[damage]
    )
    with pytest.raises(ValueError, match=r"bad\.npz is no readable \.npz of digits"):
        read_mnist(path)


def test_an_archive_that_claims_too_much_is_not_unpacked(
    tmp_path: Path, halves: dict[str, np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("numerics.networks.mnist._LARGEST_MEMBER", 100)
    np.savez(tmp_path / "large.npz", **halves)
    with pytest.raises(ValueError, match="x_train claims 200 bytes, more than the 100 allowed"):
        read_mnist(tmp_path / "large.npz")


def test_a_file_that_is_not_there_is_a_file_not_found(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_mnist(tmp_path / "nowhere.npz")
