"""Quiet, colors, traces, interrupts: what every command does alike."""

from __future__ import annotations

import io
import re
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from saddlepoint.cli.app import KEPT, program
from saddlepoint.progress import activity
from saddlepoint.settings import afresh, change, settings

COMMANDS = sorted(program.commands)


def call(*arguments: str) -> Result:
    return CliRunner().invoke(program, arguments)


@pytest.fixture
def breaking(monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalogue that cannot be read."""

    def broken() -> Any:
        raise RuntimeError("the shelf fell down")

    monkeypatch.setattr("derivations.catalogue", broken)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_takes_the_same_settings_and_shows_two_examples(name: str) -> None:
    told = call(name, "--help").stdout
    assert [option for option in ("--quiet", "--no-color", "--debug") if option not in told] == []
    assert len(re.findall(rf"^ +saddlepoint {name}\b", told, re.MULTILINE)) >= 2


def test_an_unexpected_error_is_told_without_its_trace(breaking: None) -> None:
    answer = call("list")
    assert answer.exit_code == 1
    assert "the shelf fell down" in answer.stderr
    assert "--debug" in answer.stderr
    assert "Traceback" not in answer.output


@pytest.mark.parametrize("arguments", [("list", "--debug"), ("--debug", "list")])
def test_debug_shows_it(breaking: None, arguments: tuple[str, ...]) -> None:
    answer = call(*arguments)
    assert isinstance(answer.exception, RuntimeError)


def test_settings_end_with_the_command() -> None:
    call("list", "--quiet", "--no-color", "--debug")
    assert (settings().quiet, settings().colored, settings().traced) == (False, True, False)


def test_an_interrupt_says_what_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped() -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr("derivations.catalogue", stopped)
    monkeypatch.setitem(KEPT, "list", "what was listed is kept")
    answer = call("list")
    assert answer.exit_code == 130
    assert answer.stderr == "interrupted; what was listed is kept: the same call goes on from there\n"


def test_what_is_kept_is_told_of_commands_that_are_there() -> None:
    assert set(KEPT) <= set(COMMANDS)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("terminal", "quiet", "shown"), [(True, False, True), (True, True, False), (False, False, False)]
)
def test_progress_is_for_a_person_who_has_not_asked_for_quiet(
    terminal: bool, quiet: bool, shown: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = Terminal() if terminal else io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    with afresh():
        change(quiet=quiet)
        with activity() as progress:
            progress("counting sheep", 1, 2)
    assert ("counting sheep" in stream.getvalue()) is shown


def test_colors_are_left_out_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    from saddlepoint.cli.answers import console_for

    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    stream = Terminal()
    monkeypatch.setattr("sys.stdout", stream)
    with afresh():
        console_for(None).print("plain", style="red")
        assert "\x1b[31m" in stream.getvalue()
        stream.truncate(0)
        change(colored=False)
        console_for(None).print("plain", style="red")
        assert "\x1b[31m" not in stream.getvalue()


def test_a_setting_takes_no_value() -> None:
    assert all(
        isinstance(p, click.Option) and p.is_flag
        for c in program.commands.values()
        for p in c.params
        if p.name == "quiet"
    )
