"""A kept verdict is the one that was found, on this very claim by this very kernel; a broken cache costs nothing."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import sympy as sp

from derivations.engine import cache, memory
from derivations.engine.stored import is_ours, text_of, verdict_of
from derivations.engine.verify import verify
from theory.domain import Domain
from theory.statements import Identity
from theory.sums import Sigma

x, y = sp.symbols("x y")
n, k = sp.symbols("n k", integer=True)
q = sp.IndexedBase("q")
RIGHT = Identity(sp.sin(2 * x), 2 * sp.sin(x) * sp.cos(x), Domain({x: (0, 1)}))
WRONG = Identity(sp.sinh(2 * x), sp.sinh(x) * sp.cosh(x), Domain({x: (0, 1)}))
FAMILY = Identity(Sigma(q[k], (k, 1, n)), q[1] + n / 3, Domain({q: (0, 1), n: sp.Range(1, 5)}))
OPEN = Identity(sp.mathieus(1, x, 2), sp.mathieuc(x, 1, 2), Domain({x: (0, 1)}))
ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.mark.parametrize("claim", [RIGHT, WRONG, FAMILY], ids=["proved", "repaired", "family"])
def test_a_kept_verdict_comes_back_whole_and_says_so(claim):
    first, second = verify(claim), verify(claim)
    assert (first.cached, second.cached) == (False, True)
    assert second == first
    assert "(cached)" in str(second)
    assert "(cached)" in repr(second)
    assert second.to_json()["cached"] is True


def test_a_counterexample_comes_back_with_exact_numbers_and_the_repair_with_its_claim():
    first, second = verify(WRONG), verify(WRONG)
    assert second.counterexample is not None and second.repair is not None and first.repair is not None
    assert dict(second.counterexample) == dict(first.counterexample or {})
    assert all(isinstance(v, sp.Rational) for _, v in second.counterexample.items())
    assert second.repair.statement == first.repair.statement
    assert verify(second.repair.statement).status == "proved"


def test_a_fresh_verdict_is_found_anew_and_kept():
    verify(RIGHT)
    assert verify(RIGHT, fresh=True).cached is False
    assert verify(RIGHT).cached is True


@pytest.mark.parametrize(
    "changed",
    [
        Identity(sp.sin(2 * x), 2 * sp.sin(x) * sp.sin(x), RIGHT.domain),
        Identity(sp.sin(2 * x), 2 * sp.sin(x) * sp.cos(x), Domain({x: (0, 2)})),
        Identity(sp.sin(2 * x), 2 * sp.sin(x) * sp.cos(x), Domain({x: (0, 1)}, [x > sp.Rational(1, 2)])),
        Identity(2 * sp.sin(x) * sp.cos(x), sp.sin(2 * x), RIGHT.domain),
    ],
    ids=["formula", "domain", "constraint", "sides"],
)
def test_a_changed_claim_never_meets_an_old_verdict(changed):
    verify(RIGHT)
    assert verify(changed).cached is False


def test_another_seed_or_another_kernel_never_meets_an_old_verdict(monkeypatch):
    verify(RIGHT)
    assert verify(RIGHT, seed=1).cached is False
    monkeypatch.setattr(memory, "kernel_digest", lambda: "another kernel")
    assert verify(RIGHT).cached is False
    assert verify(RIGHT).cached is False, "a verdict of the worker's kernel was kept for another one"


def test_what_is_undecided_is_not_kept():
    assert verify(OPEN).status == "inconclusive"
    assert verify(OPEN).cached is False


def test_a_verdict_that_more_time_might_improve_answers_only_for_as_much_time():
    claim = Identity(sp.erf(x), sp.erf(x / 2) + sp.gamma(x) / 7, Domain({x: (1, 2)}))
    verdict = verify(claim, timeout=5.0)
    assert (verdict.status, verdict.repair) == ("refuted", None)
    assert verify(claim, timeout=4.0).cached is True
    assert verify(claim, timeout=6.0).cached is False


def test_classes_from_elsewhere_are_not_kept():
    class Mine(sp.Function):
        pass

    claim = Identity(Mine(x), Mine(x), Domain({x: (0, 1)}))
    assert not is_ours(claim)
    assert is_ours(OPEN)
    verify(claim)
    assert verify(claim).cached is False


def test_a_damaged_file_is_moved_aside_with_a_warning(folder):
    verify(RIGHT)
    (folder / cache.FILE).write_bytes(b"no database at all " * 500)
    with pytest.warns(UserWarning, match="damaged"):
        assert verify(RIGHT).status == "proved"
    assert (folder / "verdicts.damaged").exists()
    assert verify(RIGHT).cached is True


def test_a_damaged_row_is_no_verdict(folder):
    verify(WRONG)
    with sqlite3.connect(folder / cache.FILE) as connection:
        connection.execute("UPDATE verdicts_1 SET verdict = replace(verdict, 'refutes', 'proves')")
    assert verify(WRONG).cached is False


def test_a_verdict_kept_under_the_key_of_another_claim_does_not_answer():
    verdict = verify(RIGHT)
    key = memory._key(WRONG, 0)
    cache.keep(key, json.dumps({"timeout": 30.0, "verdict": text_of(verdict, RIGHT)}))
    assert verify(WRONG).status == "refuted"


def test_without_a_folder_to_write_to_there_is_no_cache_and_no_failure(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "file" / "below"))
    assert verify(RIGHT).status == "proved"
    assert verify(RIGHT).cached is False


def test_the_cache_can_be_switched_off(monkeypatch):
    verify(RIGHT)
    monkeypatch.setenv(cache.VARIABLE, "off")
    assert verify(RIGHT).cached is False


def test_a_locked_file_costs_no_verdict(folder, monkeypatch):
    verify(RIGHT)
    monkeypatch.setattr(cache, "BUSY_SECONDS", 0.05)
    holder = sqlite3.connect(folder / cache.FILE, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        assert verify(WRONG).status == "refuted"
    finally:
        holder.close()


def test_two_processes_share_the_cache(folder):
    script = (
        "import sympy as sp\nfrom derivations.engine.verify import verify\nfrom theory.domain import Domain\n"
        "from theory.statements import Identity\nx = sp.Symbol('x')\n"
        "print(verify(Identity(sp.sin(2*x), 2*sp.cos(x)*sp.sin(x), Domain({x: (0, 1)}))).cached)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "9"}
    runs = [
        subprocess.Popen([sys.executable, "-c", script], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for run in runs:
        out, _ = run.communicate(timeout=60)
        assert (run.returncode, out.strip() in ("True", "False")) == (0, True)
    assert verify(RIGHT).cached is True


def test_the_oldest_verdicts_make_room(monkeypatch):
    monkeypatch.setattr(cache, "KEPT", 3)
    for number in range(5):
        cache.keep(str(number), "text")
    assert [cache.kept(str(number)) for number in range(5)] == [None, None, "text", "text", "text"]
    assert cache.clear() == 3
    assert cache.kept("4") is None


def test_what_the_text_names_must_be_in_the_claim():
    text = text_of(verify(WRONG), WRONG)
    assert verdict_of(text, WRONG).status == "refuted"
    renamed = Identity(sp.sinh(2 * y), sp.sinh(y) * sp.cosh(y), Domain({y: (0, 1)}))
    with pytest.raises(Exception, match="'s"):
        verdict_of(text, renamed)
