"""Claims are examined in a process that can be killed, from anywhere, and nothing is left behind."""

import os
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
import sympy as sp

from derivations.engine.verify import verify
from derivations.engine.worker import SHARED, Worker, WorkerTimeoutError
from theory.domain import Domain
from theory.statements import Identity

x = sp.Symbol("x")
EASY = Identity(sp.cosh(x) ** 2 - sp.sinh(x) ** 2, 1, Domain({x: (0, 5)}))
ROOT = Path(__file__).parents[3]


def hanging():
    """Nested quadratures of a nested integral: far more than a second of work in C."""
    u, v, w = sp.symbols("u v w")
    inner = sp.Integral(sp.exp(sp.sin(u * v * w) * sp.cos(x * u * v)), (u, 0, 50), (v, 0, 50), (w, 0, 50))
    return Identity(inner, x, Domain({x: (0, 5)}))


def test_a_claim_that_hangs_ends_at_its_time_limit_and_costs_only_itself():
    start = time.perf_counter()
    verdict = verify(hanging(), timeout=1.0)
    assert verdict.status == "inconclusive"
    assert "time limit" in verdict.reason
    assert time.perf_counter() - start < 40  # it would take far longer
    assert verify(EASY).status == "proved"


def test_a_worker_that_was_killed_is_started_again():
    assert verify(EASY).status == "proved"
    process = SHARED._process  # pyright: ignore[reportPrivateUsage]
    assert process is not None
    process.kill()
    process.wait()
    assert verify(EASY).status == "proved"


def test_a_closed_worker_leaves_no_process():
    worker = Worker()
    with pytest.raises(WorkerTimeoutError):
        worker.request((hanging(), 60.0, 0), 0.2)
    assert worker._process is None  # pyright: ignore[reportPrivateUsage]


def test_a_plain_script_needs_no_main_guard_and_ends_silently(tmp_path):
    script = tmp_path / "claim.py"
    script.write_text(
        textwrap.dedent(
            """
            import sympy as sp
            from derivations.engine.verify import verify
            from theory.domain import Domain
            from theory.statements import Identity
            x = sp.Symbol("x")
            print(verify(Identity(sp.sin(2 * x), 2 * sp.sin(x) * sp.cos(x), Domain({x: (0, 1)}))).status)
            """
        )
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-W", "error", str(script)]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.stdout.strip(), done.stderr, done.returncode) == ("proved", "", 0)


def test_files_of_the_caller_that_are_named_like_a_library_do_not_stop_the_worker(tmp_path):
    (tmp_path / "nt.py").write_text("from pathlib import Path\n")
    script = tmp_path / "claim.py"
    script.write_text(
        textwrap.dedent(
            """
            import sympy as sp
            from derivations.engine.verify import verify
            from theory.domain import Domain
            from theory.statements import Identity
            x = sp.Symbol("x")
            for evidence in verify(Identity(x + x, 2 * x, Domain({x: (0, 1)}))).evidence:
                print(evidence.outcome)
            """
        )
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(script)]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.split() == ["proves", "agrees"], done.stderr


def test_classes_of_the_callers_own_script_are_examined_in_the_calling_process(tmp_path):
    script = tmp_path / "claim.py"
    script.write_text(
        textwrap.dedent(
            """
            import sympy as sp
            from derivations.engine.verify import verify
            from theory.domain import Domain
            from theory.statements import Identity
            class Mine(sp.Symbol):
                pass
            x = Mine("x")
            print(verify(Identity(x + x, 2 * x, Domain({x: (0, 1)}))).status)
            """
        )
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, str(script)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() in ("proved", "inconclusive")


def test_the_same_seed_gives_the_same_verdict():
    wrong = Identity(sp.cosh(x), sp.sinh(x), Domain({x: (0, 5)}))
    first, second = verify(wrong, seed=3), verify(wrong, seed=3)
    assert first.counterexample == second.counterexample
