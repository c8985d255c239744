import signal
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import saddlepoint
from numerics.networks.digits import Digits
from numerics.networks.initialization import sample_network
from numerics.networks.settings import TrainingSettings
from numerics.networks.state import TrainingState
from numerics.networks.trainer import train
from saddlepoint.blobs import content_digest
from saddlepoint.store import Store, StoreError, default_path, run_name

ROOT = Path(saddlepoint.__file__).parents[1]
RUN = {"sampler": "metropolis", "width": 64}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def blob_of(store: Store, digest: str) -> Path:
    (path,) = store.path.rglob(f"{digest}.npz")
    return path


def launch(code: str, folder: Path) -> subprocess.Popen[str]:
    """A separate process that runs `code` with the store's folder as its argument."""
    command = [sys.executable, "-c", textwrap.dedent(code), str(folder)]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)


def test_a_unit_comes_back_as_it_was_put(store: Store) -> None:
    arrays = {"energy": np.array([[0.5, np.nan]]), "step": np.array(7), "name": np.array(["a", "bc"])}
    digest = store.put(RUN, arrays, {"seed": 3, "note": "é"}, unit=2)
    unit = store.get(RUN, unit=2)
    assert (unit.run, unit.unit, unit.digest) == (run_name(RUN), 2, digest)
    assert unit.metadata == {"seed": 3, "note": "é"}
    assert unit.arrays.keys() == arrays.keys()
    for name, array in arrays.items():
        assert unit.arrays[name].dtype == array.dtype
        assert unit.arrays[name].tobytes() == array.tobytes()
        assert unit.arrays[name].shape == array.shape


def test_provenance_names_versions_host_and_time(store: Store) -> None:
    store.put("a", {"x": np.zeros(1)})
    origin = store.get("a").provenance
    assert origin["numpy"] == np.__version__
    assert {"python", "saddlepoint", "host", "time"} <= origin.keys()


def test_a_run_is_named_by_its_content_not_by_the_order_of_its_keys(store: Store) -> None:
    store.put({"a": 1, "b": [1, 2]}, {"x": np.zeros(1)})
    assert store.has({"b": [1, 2], "a": 1})
    assert not store.has({"b": [2, 1], "a": 1})
    assert store.has(run_name({"a": 1, "b": [1, 2]}))


def test_units_are_listed_in_order_and_missing_ones_named(store: Store) -> None:
    for unit in (4, 0, 2):
        store.put(RUN, {"x": np.array(unit)}, unit=unit)
    assert store.units(RUN) == [0, 2, 4]
    assert store.missing(RUN, [5, 4, 3, 2]) == [5, 3]
    assert [int(u.arrays["x"]) for u in store.iterate(RUN)] == [0, 2, 4]
    latest = store.latest(RUN)
    assert latest is not None
    assert latest.unit == 4
    assert store.latest("another") is None
    assert store.runs() == {run_name(RUN): 3}


def test_a_unit_that_is_not_there_is_a_key_error_with_those_that_are(store: Store) -> None:
    store.put(RUN, {"x": np.zeros(1)}, unit=1)
    with pytest.raises(KeyError, match=r"no unit 0 of the run .*stored are \[1\]"):
        store.get(RUN)


@pytest.mark.parametrize(
    "change",
    [
        lambda a: {"y": a["x"], "z": a["z"]},
        lambda a: {**a, "x": a["x"].reshape(2, 3)},
        lambda a: {**a, "x": a["x"].astype(np.float32)},
        lambda a: {**a, "x": -a["x"]},
        lambda a: {**a, "z": a["z"].view(np.uint64)},
        lambda a: {"x": a["x"]},
        lambda a: {"x": a["z"], "z": a["x"]},
    ],
)
def test_the_digest_sees_names_shapes_types_and_values(
    change: Callable[[dict[str, np.ndarray]], dict[str, np.ndarray]],
) -> None:
    arrays = {"x": np.arange(6.0), "z": np.arange(6)}
    assert content_digest(change(arrays)) != content_digest(arrays)


def test_the_digest_does_not_see_memory_order_byte_order_or_insertion_order() -> None:
    x, z = np.arange(6.0).reshape(2, 3), np.arange(3)
    same = {"z": z, "x": np.asfortranarray(x).astype(">f8")}
    assert content_digest(same) == content_digest({"x": x, "z": z})


def test_equal_contents_share_a_file_until_the_last_of_them_goes(store: Store) -> None:
    digest = store.put("a", {"x": np.zeros(3)})
    assert store.put("b", {"x": np.zeros(3)}) == digest
    store.put("a", {"x": np.ones(3)})
    assert np.array_equal(store.get("b").arrays["x"], np.zeros(3))
    store.put("b", {"x": np.ones(3)})
    assert not list(store.path.rglob(f"{digest}.npz"))
    assert len(list(store.path.rglob("*.npz"))) == 1


def test_removing_a_run_leaves_the_others(store: Store) -> None:
    store.put("a", {"x": np.zeros(3)}, unit=0)
    store.put("a", {"x": np.ones(3)}, unit=1)
    store.put("b", {"x": np.ones(3)})
    assert store.remove("a") == 2
    assert store.runs() == {"b": 1}
    assert np.array_equal(store.get("b").arrays["x"], np.ones(3))
    assert len(list(store.path.rglob("*.npz"))) == 1


@pytest.mark.parametrize("damage", ["flipped", "cut", "emptied", "other content"])
def test_a_damaged_file_is_detected_and_named_and_can_be_put_again(store: Store, damage: str) -> None:
    arrays = {"x": np.arange(100.0)}
    digest = store.put(RUN, arrays)
    path = blob_of(store, digest)
    whole = path.read_bytes()
    at = whole.index(arrays["x"].tobytes()) + 80
    if damage == "other content":
        np.savez(path, x=np.arange(1.0, 101.0))
    else:
        path.write_bytes(
            {
                "flipped": whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :],
                "cut": whole[:-30],
                "emptied": b"",
            }[damage]
        )
    with pytest.raises(StoreError, match=rf"{digest}\.npz .*delete that file"):
        store.get(RUN)
    store.put(RUN, arrays)
    assert np.array_equal(store.get(RUN).arrays["x"], arrays["x"])


def test_a_deleted_file_makes_its_unit_missing(store: Store) -> None:
    store.put(RUN, {"x": np.zeros(1)}, unit=0)
    blob_of(store, store.put(RUN, {"x": np.ones(1)}, unit=1)).unlink()
    assert not store.has(RUN, unit=1)
    assert store.missing(RUN, range(2)) == [1]
    latest = store.latest(RUN)
    assert latest is not None
    assert latest.unit == 0


def test_objects_are_neither_written_nor_read(store: Store) -> None:
    with pytest.raises(TypeError, match="x must hold numbers, truth values or text, found dtype object"):
        store.put(RUN, {"x": np.array([None], dtype=object)})
    digest = store.put(RUN, {"x": np.zeros(1)})
    np.savez(blob_of(store, digest), x=np.array([print], dtype=object))
    with pytest.raises(StoreError, match="Object arrays cannot be loaded"):
        store.get(RUN)


def test_what_cannot_be_stored_is_refused_before_anything_is_written(store: Store) -> None:
    with pytest.raises(ValueError, match="at least one named array"):
        store.put(RUN, {})
    with pytest.raises(ValueError, match=r"found '\.\./x'"):
        store.put(RUN, {"../x": np.zeros(1)})
    with pytest.raises(TypeError, match="expected plain JSON values"):
        store.put({"width": np.int64(3)}, {"x": np.zeros(1)})
    with pytest.raises(TypeError, match="expected plain JSON values"):
        store.put(RUN, {"x": np.zeros(1)}, {"loss": float("nan")})
    assert store.runs() == {}
    assert not list(store.path.rglob("*.npz"))


def test_a_store_of_another_schema_is_refused(store: Store) -> None:
    connection = sqlite3.connect(store.path / "index.sqlite")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreError, match="has schema 99, this version reads schema 1: choose another folder"):
        Store(store.path)


def test_a_file_that_is_no_index_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(StoreError, match="cannot be used as a store's index"):
        Store(tmp_path)


def test_the_default_folder_is_the_users(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    if sys.platform == "linux":
        assert default_path() == tmp_path / "saddlepoint" / "store"
    assert default_path().parts[-2:] == ("saddlepoint", "store")


# The child kills itself in its third unit, at one of the two places where its work is half done.
KILLED = """
    import os, signal, sys
    import numpy as np
    from saddlepoint import blobs
    from saddlepoint.store import Store

    store, calls, real = Store(sys.argv[1]), [], os.fsync

    def fsync(descriptor):
        calls.append(descriptor)
        if len(calls) == {fatal_call}:
            os.kill(os.getpid(), signal.SIGKILL)
        real(descriptor)

    blobs.os.fsync = fsync
    for unit in range(5):
        store.put("run", {{"x": np.full(1000, unit)}}, unit=unit)
"""


# Each unit syncs its file and then its folder: call 5 has the third file still under its temporary name,
# call 6 has it renamed and its row not yet committed.
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
@pytest.mark.parametrize("fatal_call", [5, 6])
def test_a_killed_writer_leaves_whole_units_and_the_next_goes_on(tmp_path: Path, fatal_call: int) -> None:
    child = launch(KILLED.format(fatal_call=fatal_call), tmp_path)
    _, errors = child.communicate(timeout=60)
    assert child.returncode == -signal.SIGKILL, errors

    store = Store(tmp_path)
    assert store.units("run") == [0, 1]
    for unit in store.missing("run", range(5)):
        store.put("run", {"x": np.full(1000, unit)}, unit=unit)
    assert [int(u.arrays["x"][0]) for u in store.iterate("run")] == [0, 1, 2, 3, 4]
    assert not (store.path / "blobs" / ".writing").exists()
    assert len(list(store.path.rglob("*.npz"))) == 5


SHARING = """
    import sys
    import numpy as np
    from saddlepoint.store import Store

    store = Store(sys.argv[1])
    for unit in range({first}, 40, 2):
        store.put("run", {{"x": np.full(500, unit)}}, unit=unit)
        store.put("common", {{"x": np.full(500, unit % 3)}})
"""


def test_two_processes_share_a_store_from_its_first_moment(tmp_path: Path) -> None:
    children = [launch(SHARING.format(first=first), tmp_path) for first in (0, 1)]
    for child in children:
        _, errors = child.communicate(timeout=60)
        assert child.returncode == 0, errors
    store = Store(tmp_path)
    assert [int(u.arrays["x"][0]) for u in store.iterate("run")] == list(range(40))
    assert int(store.get("common").arrays["x"][0]) in (0, 1, 2)
    assert len(list(store.path.rglob("*.npz"))) == 40


class Stopped(Exception):
    pass


def test_training_that_is_stopped_goes_on_from_the_store_bit_for_bit(store: Store) -> None:
    rng = np.random.default_rng(0)
    data = Digits(
        x_train=rng.random((30, 6), dtype=np.float32),
        y_train=rng.integers(0, 3, 30),
        x_test=rng.random((9, 6), dtype=np.float32),
        y_test=rng.integers(0, 3, 9),
    )
    network = sample_network((6, 5, 3), (2.0, 2.0), rng)
    settings = TrainingSettings(epochs=4, learning_rate=1e-2, momentum=0.9, batch_size=8, margin=1.0)

    def keep(state: TrainingState) -> None:
        store.put("training", state.to_arrays(), unit=state.epoch)
        if state.epoch == 2:
            raise Stopped

    with pytest.raises(Stopped):
        train(network, data, settings, seed=1, on_epoch=keep)
    latest = store.latest("training")
    assert latest is not None
    start = TrainingState.from_arrays(latest.arrays)
    resumed = train(network, data, settings, seed=1, start=start)
    whole = train(network, data, settings, seed=1)
    assert start.epoch == 2
    assert content_digest(resumed.to_arrays()) == content_digest(whole.to_arrays())
    shorter = train(network, data, replace(settings, epochs=3), seed=1)
    assert content_digest(shorter.to_arrays()) != content_digest(whole.to_arrays())
