"""Where an answer may be written: told before any work is done, and never over what somebody wrote by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

MOST_BYTES = 50_000_000
"""Of an older answer that is looked into before it is replaced."""


def json_target(context: click.Context, parameter: click.Parameter, name: str | None) -> str | None:
    """The callback of ``--json F``: a new file, or an older answer, which is replaced."""
    target = text_target(context, parameter, name)
    if target not in (None, "-") and not _may_be_replaced(Path(target)):
        raise click.BadParameter(
            f"{target} exists and is no earlier answer, so it is not overwritten. --json takes the file to write: name "
            "another one, or - for the standard output; what is read stands without an option"
        )
    return target


def text_target(context: click.Context, parameter: click.Parameter, name: str | None) -> str | None:
    """The callback of every option that names a file to write; ``-`` is the standard output."""
    del context, parameter
    if name is None or name == "-":
        return name
    path = Path(name)
    if not name or name.startswith("-"):
        raise click.BadParameter(f"expected the file to write, or -, found {name!r}; a file of that name is ./{name}")
    if path.is_dir():
        raise click.BadParameter(f"{name} is a folder; give a file in it")
    if not path.parent.is_dir():
        raise click.BadParameter(f"there is no folder {path.parent}; give a file in a folder that exists")
    return name


def require_apart(source: str, targets: dict[str, str | None]) -> None:
    """Refuse to write over the file that is read; ``targets`` are file names by their options."""
    for option, target in targets.items():
        if target not in (None, "-") and _is_one_file(Path(source), Path(target)):
            raise click.BadParameter(
                f"{target} is the file that is read; give another one to write", param_hint=f"'--{option}'"
            )


def _is_one_file(first: Path, second: Path) -> bool:
    try:
        return first.samefile(second)
    except OSError:  # one of them is not there
        return False


def _may_be_replaced(path: Path) -> bool:
    """Whether nothing is lost: no file, an empty one, a device, or an answer of ours."""
    try:
        if not path.is_file() or not path.stat().st_size:
            return True
        return path.stat().st_size <= MOST_BYTES and _is_answer(json.loads(path.read_bytes()))
    except (OSError, ValueError, RecursionError):
        return False


def _is_answer(document: Any) -> bool:
    rows = document if isinstance(document, list) else [document]
    return all(isinstance(r, dict) and "schema" in r and "format" not in r for r in rows)
