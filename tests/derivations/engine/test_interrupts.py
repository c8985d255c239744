"""Ctrl-C, pressed for real: the script ends with one word, and nothing of it is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
HANGING = """
import sys
import sympy as sp
from derivations import verify
from theory import Domain, Identity
x, u, v, w = sp.symbols("x u v w")
inner = sp.Integral(sp.exp(sp.sin(u * v * w) * sp.cos(x * u * v)), (u, 0, 50), (v, 0, 50), (w, 0, 50))
"""
ASKING = "verify(Identity(inner, x, Domain({x: (0, 5)})), timeout=300)\n"
WORKING = "print('at work', flush=True)\n"
pytestmark = pytest.mark.skipif(not hasattr(os, "killpg"), reason="interrupts a process group")


def at_work(source: str, seconds: float) -> subprocess.Popen[str]:
    """A script in a process group of its own, some seconds after it said that it is at work."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    script = subprocess.Popen(
        [sys.executable, "-c", source],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    assert script.stdout is not None
    assert script.stdout.readline() == "at work\n"
    time.sleep(seconds)
    return script


def interrupted(source: str, seconds: float, times: int = 1) -> tuple[int, str]:
    """Exit status and standard error of a script whose process group got interrupts."""
    script = at_work(source, seconds)
    for _ in range(times):
        with suppress(OSError):
            os.killpg(script.pid, signal.SIGINT)
        time.sleep(0.05)
    told = script.communicate(timeout=20)[1]
    return script.returncode, told


def is_gone(group: int) -> bool:
    """Whether no process of a group is left; a moment is given to those that notice it themselves."""
    for _ in range(50):
        with suppress(OSError):
            os.killpg(group, 0)
            time.sleep(0.1)
            continue
        return True
    return False


@pytest.mark.parametrize(("seconds", "times"), [(0.2, 1), (3.0, 1), (3.0, 3)])
def test_an_interrupted_script_ends_with_one_word(seconds: float, times: int) -> None:
    status, told = interrupted(HANGING + WORKING + ASKING, seconds, times)
    assert (status, told) == (-signal.SIGINT, "interrupted\n")


def test_a_shell_sees_130() -> None:
    source = HANGING + "import os, signal, threading\n"
    source += "threading.Timer(1.0, lambda: os.kill(os.getpid(), signal.SIGINT)).start()\n" + ASKING
    command = f"{sys.executable} -c '{source}'; echo $?"
    done = subprocess.run(
        ["sh", "-c", command], env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("130\n", "interrupted\n")


def test_an_interrupt_in_the_users_own_code_shows_where() -> None:
    status, told = interrupted(WORKING + "import derivations.engine.worker, time\ntime.sleep(60)", 1.0)
    assert status == -signal.SIGINT
    assert "time.sleep(60)" in told or "KeyboardInterrupt" in told


def test_whoever_catches_an_interrupt_can_go_on() -> None:
    source = HANGING + "try:\n    print('at work', flush=True)\n    " + ASKING
    source += "except KeyboardInterrupt:\n"
    source += "    print(verify(Identity(x + x, 2 * x, Domain({x: (0, 1)}))).status, file=sys.stderr)\n"
    assert interrupted(source, 3.0) == (0, "proved\n")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda n: n.name)
def test_no_process_is_left_whatever_ends_the_script(number: int) -> None:
    script = at_work(HANGING + WORKING + ASKING, 3.0)
    os.kill(script.pid, number)
    script.communicate(timeout=20)
    assert is_gone(script.pid)
