"""The folder that a run writes its results into."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from saddlepoint.strict_json import dumps, write_text


class FolderError(OSError):
    """The folder cannot be used; the message says why and what to do."""


class ResultFolder:
    """A folder for results, made if it is not there; each file appears whole or not at all.

    Parameters
    ----------
    path
        The folder. Files of an earlier run in it are replaced.

    Raises
    ------
    FolderError
        If there is a file of that name, or the folder cannot be made or written to.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        if self.path.exists() and not self.path.is_dir():
            raise FolderError(f"{self.path} is a file, expected a folder; choose another with -o DIR")
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self.write(".probe", "").unlink()  # now, so that a long run does not end at a folder it cannot write to
        except OSError as error:
            raise FolderError(f"cannot write into {self.path}: {error.strerror}; choose another with -o DIR") from error

    def write(self, name: str, text: str) -> Path:
        """Write a text file; folders in its name are made."""
        target = self.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        write_text(target, text)
        return target

    def write_json(self, name: str, value: Any) -> Path:
        """Write a JSON document."""
        return self.write(name, dumps(value))

    def place(self, name: str) -> Path:
        """Where a file goes that somebody else writes."""
        target = self.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        return target
