"""A program in an empty folder, without the user's environment, that is ended with all it has started."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
from pathlib import Path

CPU_SECONDS = 20
"""Ends what nobody is left to end."""
FILE_BLOCKS = 200_000
"""Of 512 bytes: what it may write into one file."""
_BOUNDED = f'ulimit -t {CPU_SECONDS}; ulimit -f {FILE_BLOCKS}; exec "$@"'


def output_of(command: list[str], file: str, text: str, seconds: float) -> str:
    """What a program prints that is started beside one file; it finds no initial files of the user.

    Raises
    ------
    OSError
        If it cannot be started.
    subprocess.SubprocessError
        If it does not end in time, or fails.
    """
    with tempfile.TemporaryDirectory(prefix="second-system-", ignore_cleanup_errors=True) as folder:
        Path(folder, file).write_text(text, encoding="ascii")
        process = subprocess.Popen(
            ["/bin/sh", "-c", _BOUNDED, "sh", *command],
            cwd=folder,
            env=_environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        try:
            printed, _ = process.communicate(timeout=seconds)
        except BaseException:
            _end(process)
            raise
        if process.returncode != 0:
            raise subprocess.SubprocessError(f"it ended with {process.returncode}")
        return printed


def _environment(folder: str) -> dict[str, str]:
    places = dict.fromkeys(("HOME", "TMPDIR", "FORMTMP", "FORMTMPSORT", "MAXIMA_USERDIR", "MAXIMA_TEMPDIR"), folder)
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", **places}


def _end(process: subprocess.Popen[str]) -> None:
    """End it and what it has started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
