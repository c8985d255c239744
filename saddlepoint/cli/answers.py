"""Where an answer goes: to the terminal, to a file, or as JSON to standard output."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from saddlepoint.cli.outputs import json_target
from saddlepoint.settings import settings

WIDTH_OF_A_PIPE = 120
"""Columns where the output is no terminal, so that tables are not cut to 80."""


def json_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--json F``, the same on every command."""
    option = click.option(
        "--json",
        "json_file",
        metavar="F",
        callback=json_target,
        help="Also write the answer as JSON to the file F, new or an earlier answer; - is standard output.",
    )
    return option(function)


class Seconds(click.FloatRange):
    """A number of seconds that a claim may be given: above zero, at most a million, and a number."""

    name = "seconds"

    def __init__(self) -> None:
        super().__init__(min=0, min_open=True, max=1e6)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number, which `nan` is not."""
        found = super().convert(value, param, ctx)
        if math.isnan(found):
            self.fail(f"{value!r} is not a number of seconds.", param, ctx)
        return found


def timeout_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--timeout``, the same wherever claims are examined."""
    told = "Seconds for one claim; longer is inconclusive."
    return click.option("--timeout", default=30.0, show_default=True, type=Seconds(), help=told)(function)


def console_for(json_file: str | None) -> Console:
    """Where a person reads: standard error when standard output carries JSON."""
    stream = sys.stderr if json_file == "-" else sys.stdout
    width = None if stream.isatty() else WIDTH_OF_A_PIPE
    return Console(file=stream, width=width, highlight=False, no_color=not settings().colored or None)


def remark(text: str) -> None:
    """What a user may want to know beside the answer, on standard error; nothing if they asked for quiet."""
    if not settings().quiet:
        click.echo(text, err=True)


def answer_json(json_file: str | None, value: Any) -> None:
    """Write the answer where ``--json`` says, if it was given."""
    if json_file is not None:
        from saddlepoint.strict_json import write_json

        with wrong_call(OSError):
            write_json(json_file, value)


def answer_text(target: str, text: str) -> None:
    """Write a document to a file; ``-`` is standard output."""
    answer_document(target, text)


def answer_document(target: str, content: str | bytes) -> None:
    """Write text, or a document that is no text, to a file; ``-`` is standard output."""
    from saddlepoint.strict_json import write_bytes

    if target == "-":
        click.echo(content, nl=False)
        return
    with wrong_call(OSError):
        write_bytes(Path(target), content if isinstance(content, bytes) else content.encode("utf-8"))


@contextmanager
def wrong_call(*kinds: type[Exception], message: Callable[[Any], str] | None = None) -> Iterator[None]:
    """Turn an error that the caller can mend into a message and exit code 2."""
    try:
        yield
    except BrokenPipeError:
        raise
    except kinds as error:
        raise WrongCall((message or _message)(error)) from error


def _message(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return (
            f"{error.filename or 'file'}: {error.strerror}; give a path in a folder that exists and can be written to"
        )
    return str(error.args[0]) if error.args else type(error).__name__


class WrongCall(click.ClickException):
    """The call was wrong: the message says what was expected, what was found, and what to do."""

    exit_code = 2
