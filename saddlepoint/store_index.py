"""The SQLite index of a store: which unit of which run has which content."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

#: Raised by one whenever the table or the meaning of a column changes.
STORE_SCHEMA = 1

#: A writer holds the lock for a fraction of a second; to wait a minute means that somebody never let go.
_LOCK_TIMEOUT_S = 60.0

_CREATE_TABLE = """
CREATE TABLE units (
    run TEXT NOT NULL, unit INTEGER NOT NULL, digest TEXT NOT NULL,
    metadata TEXT NOT NULL, provenance TEXT NOT NULL,
    PRIMARY KEY (run, unit)
) WITHOUT ROWID
"""


class StoreError(RuntimeError):
    """The store or one of its files cannot be used; the message says which and what to do."""


class StoreIndex:
    """One table, `units`, in a write-ahead log: readers never wait for a writer.

    A connection lives as long as one operation, so nothing is shared with threads or forked children.

    Raises
    ------
    StoreError
        If the file is no index, or one of another schema.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        if not path.exists():
            self._create()
        self._check_schema()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection for queries; every failure of SQLite comes out as a `StoreError`."""
        try:
            with closing(self._connect(self._path)) as connection:
                yield connection
        except sqlite3.Error as error:
            raise StoreError(f"{self._path} cannot be used as a store's index: {error}") from error

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection that holds the write lock from its first line; commits, or rolls back on an error."""
        with self.reading() as connection:
            connection.execute("PRAGMA synchronous = FULL")  # a committed unit survives a power cut too
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    @staticmethod
    def _connect(path: Path) -> sqlite3.Connection:
        return sqlite3.connect(path, timeout=_LOCK_TIMEOUT_S, isolation_level=None)

    def _create(self) -> None:
        """Make the index beside its place and link it there whole: two first users cannot collide."""
        with tempfile.TemporaryDirectory(dir=self._path.parent, prefix=".creating-") as folder:
            fresh = Path(folder) / self._path.name
            with closing(self._connect(fresh)) as connection:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute(_CREATE_TABLE)
                connection.execute(f"PRAGMA user_version = {STORE_SCHEMA}")
            try:
                self._path.hardlink_to(fresh)
            except FileExistsError:
                return  # another process was first; its index is as good

    def _check_schema(self) -> None:
        with self.reading() as connection:
            found = connection.execute("PRAGMA user_version").fetchone()[0]
        if found != STORE_SCHEMA:
            raise StoreError(
                f"{self._path} has schema {found}, this version reads schema {STORE_SCHEMA}: "
                "choose another folder, or the version of saddlepoint that wrote it"
            )
