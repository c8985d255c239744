"""Finished units of long computations, kept so that a run which was stopped goes on where it was.

A *run* is what was asked for: a dictionary, or a string, that names all that decides the result. Its *units*
are numbered pieces of work: an epoch, a seed, a repetition. A unit is a set of named arrays in a file that is
named by the SHA-256 of its content, plus one row of an index::

    index.sqlite         run, unit -> digest, metadata, provenance
    blobs/3f/3fa9….npz   the arrays

A blob is complete on disk before its row is committed, so whatever kills the process leaves a whole unit or
none. Writers hold the index's lock over both steps, and any number of processes can share a store. Nothing is
unpickled.

The trainer of `numerics.networks` is kept by a callback and knows nothing of this module::

    last = store.latest(run)
    start = TrainingState.from_arrays(last.arrays) if last else None
    train(..., start=start, on_epoch=lambda state: store.put(run, state.to_arrays(), unit=state.epoch))
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import index as integer
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from saddlepoint.blobs import BlobDamaged, content_digest, read_blob, write_blob
from saddlepoint.provenance import provenance
from saddlepoint.store_index import StoreError, StoreIndex

__all__ = ["Store", "StoreError", "StoredUnit", "default_path", "run_name"]

Array = NDArray[Any]
RunKey = Mapping[str, Any] | str


@dataclass(frozen=True, kw_only=True, eq=False)
class StoredUnit:
    """One finished unit of work as it was stored.

    Parameters
    ----------
    run
        Canonical name of the run, see `run_name`.
    unit
        Number of the unit within its run.
    digest
        SHA-256 of the content of `arrays`.
    arrays
        The named arrays.
    metadata
        What the writer added.
    provenance
        Versions, host and time of the writer.
    """

    run: str
    unit: int
    digest: str
    arrays: dict[str, Array]
    metadata: dict[str, Any]
    provenance: dict[str, Any]


class Store:
    """A folder of stored units; opened by any number of processes at once.

    Parameters
    ----------
    path
        The folder, created if need be. None takes `default_path`.

    Raises
    ------
    StoreError
        If the folder holds an index that is damaged or of another schema.

    Examples
    --------
    >>> import tempfile, numpy as np
    >>> folder = tempfile.TemporaryDirectory()
    >>> store, run = Store(folder.name), {"sampler": "metropolis", "width": 64}
    >>> digest = store.put(run, {"energy": np.array([0.5])}, unit=3)
    >>> store.missing(run, range(3, 6))
    [4, 5]
    >>> folder.cleanup()
    """

    def __init__(self, path: str | os.PathLike[str] | None = None) -> None:
        self.path = default_path() if path is None else Path(path)
        self._blobs = self.path / "blobs"
        self._blobs.mkdir(parents=True, exist_ok=True)
        self._index = StoreIndex(self.path / "index.sqlite")

    def put(
        self,
        run: RunKey,
        arrays: Mapping[str, Array],
        metadata: Mapping[str, Any] | None = None,
        *,
        unit: int = 0,
    ) -> str:
        """Store one unit, in place of an earlier one of the same run and number; returns its digest.

        When this returns the unit is on disk. The file of an earlier one goes if no other unit needs it.

        Raises
        ------
        TypeError
            If an array holds objects, or run or metadata are not plain JSON values.
        ValueError
            If there is no array, or a name is not made of letters, digits, underscore, dot and hyphen.
        """
        name, number, digest = run_name(run), integer(unit), content_digest(arrays)
        row = (name, number, digest, _json(metadata or {}), _json(provenance()))
        replaced = self._row(name, number)
        with self._index.writing() as connection:
            # Written also over a file of that name, for it may be damaged. There is one writer at a time, so
            # one temporary name will do, and a killed writer's leftovers are overwritten by the next.
            write_blob(self._blob(digest), arrays, temporary=self._blobs / ".writing")
            connection.execute("INSERT OR REPLACE INTO units VALUES (?, ?, ?, ?, ?)", row)
        if replaced is not None:
            self._drop_unreferenced([self._blob(replaced[0])])
        return digest

    def get(self, run: RunKey, *, unit: int = 0) -> StoredUnit:
        """The stored unit, its content compared with its digest.

        Raises
        ------
        KeyError
            If there is no such unit.
        StoreError
            If its file is missing or damaged.
        """
        name, number = run_name(run), integer(unit)
        row = self._row(name, number)
        if row is None:
            raise KeyError(f"no unit {number} of the run {name} in {self.path}; stored are {self.units(run)}")
        digest, metadata, origin = row
        return StoredUnit(
            run=name,
            unit=number,
            digest=digest,
            arrays=self._read(digest),
            metadata=json.loads(metadata),
            provenance=json.loads(origin),
        )

    def has(self, run: RunKey, *, unit: int = 0) -> bool:
        """Whether the unit is stored and its file is there."""
        row = self._row(run_name(run), integer(unit))
        return row is not None and self._blob(row[0]).is_file()

    def units(self, run: RunKey) -> list[int]:
        """Numbers of a run's stored units, ascending; one whose file was deleted counts as not stored."""
        query = "SELECT unit, digest FROM units WHERE run = ? ORDER BY unit"
        with self._index.reading() as connection:
            rows = connection.execute(query, (run_name(run),)).fetchall()
        return [unit for unit, digest in rows if self._blob(digest).is_file()]

    def missing(self, run: RunKey, wanted: Iterable[int]) -> list[int]:
        """Those of the wanted units that are still to be computed, in the order given."""
        stored = set(self.units(run))
        return [unit for unit in wanted if unit not in stored]

    def latest(self, run: RunKey) -> StoredUnit | None:
        """The stored unit with the highest number, or None: where a run of consecutive units goes on."""
        stored = self.units(run)
        return self.get(run, unit=stored[-1]) if stored else None

    def iterate(self, run: RunKey) -> Iterator[StoredUnit]:
        """The stored units of a run in ascending order, each read when its turn comes."""
        for unit in self.units(run):
            yield self.get(run, unit=unit)

    def runs(self) -> dict[str, int]:
        """Canonical name of every run, with the number of its units."""
        with self._index.reading() as connection:
            rows = connection.execute("SELECT run, COUNT(*) FROM units GROUP BY run ORDER BY run").fetchall()
        return dict(rows)

    def remove(self, run: RunKey) -> int:
        """Forget all units of a run and free their files; returns how many units there were."""
        with self._index.writing() as connection:
            removed = connection.execute("DELETE FROM units WHERE run = ?", (run_name(run),)).rowcount
        self._drop_unreferenced(self._blobs.glob("*/*.npz"))
        return removed

    def _row(self, name: str, number: int) -> tuple[str, str, str] | None:
        query = "SELECT digest, metadata, provenance FROM units WHERE run = ? AND unit = ?"
        with self._index.reading() as connection:
            return connection.execute(query, (name, number)).fetchone()

    def _blob(self, digest: str) -> Path:
        return self._blobs / digest[:2] / f"{digest}.npz"

    def _read(self, digest: str) -> dict[str, Array]:
        try:
            return read_blob(self._blob(digest), digest)
        except BlobDamaged as error:
            remedy = "delete that file: its unit then counts as not stored and is computed again"
            raise StoreError(f"{error}; {remedy}") from error

    def _drop_unreferenced(self, candidates: Iterable[Path]) -> None:
        """Delete those blobs that no unit refers to, while no writer can be about to refer to one."""
        with self._index.writing() as connection:
            kept = {self._blob(digest) for (digest,) in connection.execute("SELECT digest FROM units")}
            for path in candidates:
                if path not in kept:
                    path.unlink(missing_ok=True)


def run_name(run: RunKey) -> str:
    """The canonical name of a run: a string is its own, a dictionary becomes JSON with sorted keys.

    Raises
    ------
    TypeError
        If a value of the dictionary is not plain JSON: text, number, truth value, None, list, dictionary.
    """
    return run if isinstance(run, str) else _json(run)


def default_path() -> Path:
    """The folder that is used when none is named: "store" in the user's data folder."""
    from platformdirs import user_data_path  # here, so that a command which names its folder does not pay

    return user_data_path("saddlepoint", appauthor=False) / "store"


def _json(values: Mapping[str, Any]) -> str:
    try:
        return json.dumps(dict(values), sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    except (TypeError, ValueError) as error:
        message = f"expected plain JSON values (finite numbers, no NumPy scalars), found {values!r}: {error}"
        raise TypeError(message) from error
