"""Second systems are asked only on request, told nothing but formulas they know, and shown with what they answer."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sympy as sp

from derivations.engine.routes.question import Question
from derivations.engine.routes.second_systems import asked, process
from derivations.engine.routes.second_systems.form import fraction
from derivations.engine.verify import verify
from derivations.engine.worker import SHARED
from theory.domain import Domain
from theory.statements import Identity

x = sp.Symbol('x");system("exit 1")\n.end')
y = sp.Symbol("y")
PAIRS = [((x + y) ** 2, x**2 + 2 * x * y + y**2)]
NAMES = sorted(asked.SYSTEMS)
INSTALLED = [name for name in NAMES if asked.SYSTEMS[name].path]
VERSIONS = {"form": "version:4.3", "maxima": "version:5.47.0", "fricas": "   Version: FriCAS 1.3.8"}


def said(pairs, seconds=60.0):
    """What is shown of some equations."""
    question = Question(
        pairs=pairs, source=pairs, domain=Domain({}), claim="claim", found=(),
        deadline=time.perf_counter() + seconds, seed=0,
    )  # fmt: skip
    return asked.examine(question)


@pytest.fixture
def fake(tmp_path, monkeypatch):
    """A program of a system's name that says what a test wants, and keeps what it was asked."""

    def install(name, answer):
        program = tmp_path / asked.SYSTEMS[name].program
        program.write_text(f'#!/bin/sh\ncat question.* > "{tmp_path}/asked"\nenv > "{tmp_path}/env"\n{answer}\n')
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
        monkeypatch.setenv(asked.VARIABLE, name)
        return tmp_path / "asked"

    return install


@pytest.mark.parametrize("name", NAMES)
def test_agreement_is_shown_with_name_and_version(fake, name):
    told = fake(name, f'echo; echo "{VERSIONS[name]}"; echo "zero:true"')
    (evidence,) = said(PAIRS)
    assert (evidence.outcome, evidence.is_counted, evidence.claim) == ("agrees", False, "claim")
    assert evidence.engine == f"{asked.SYSTEMS[name].name} {VERSIONS[name].split()[-1].removeprefix('version:')}"
    assert evidence.technique.startswith(evidence.engine)
    assert "system(" not in told.read_text()
    assert "exit" not in told.read_text()
    assert "x1" in told.read_text()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "answer",
    [
        'echo "VERSION"; echo "zero:false"',
        'echo "incorrect syntax"',
        'echo "VERSION"; echo "zero:true"; echo "zero:false"',
        'echo "VERSION"; echo "zero:true"; echo "zero:true"',
        'echo "VERSION"; echo "VERSION"; echo "zero:true"',
        'echo "version:evil"; echo "zero:true"',
        'echo "zero:true"',
        'echo "VERSION"; echo "zero:true"; exit 3',
        "kill -9 $$",
    ],
)
def test_anything_but_one_clear_agreement_is_undecided(fake, name, answer):
    fake(name, answer.replace("VERSION", VERSIONS[name]))
    (evidence,) = said(PAIRS)
    assert (evidence.outcome, evidence.engine) == ("undecided", "")
    assert asked.SYSTEMS[name].name in evidence.reason


def test_every_equation_needs_its_answer(fake):
    fake("maxima", 'echo "version:5.47.0"; echo "zero:true"')
    (evidence,) = said(PAIRS * 2)
    assert evidence.outcome == "undecided"


@pytest.mark.parametrize("hanging", ["exec sleep 60", "sleep 60", "(sleep 2; touch AFTER) & sleep 60 | cat"])
def test_a_program_that_hangs_is_ended_with_all_it_started(fake, monkeypatch, tmp_path, hanging):
    monkeypatch.setattr(asked, "SECONDS", 0.5)
    after = tmp_path / "after"
    fake("maxima", hanging.replace("AFTER", str(after)))
    started = time.perf_counter()
    (evidence,) = said(PAIRS)
    assert time.perf_counter() - started < 40  # the program sleeps for a minute
    assert evidence.reason == "Maxima did not answer in time"
    time.sleep(2 if "AFTER" in hanging else 0)
    assert not after.exists()


def test_a_program_that_nobody_ends_runs_out_of_time_by_itself(monkeypatch):
    monkeypatch.setattr(process, "_BOUNDED", process._BOUNDED.replace(f"-t {process.CPU_SECONDS}", "-t 1"))
    with pytest.raises(subprocess.SubprocessError, match="ended with"):
        process.output_of([sys.executable, "-c", "while True: pass"], "question", "", 60.0)


def test_the_program_sees_an_empty_folder_and_nothing_of_the_user(fake, tmp_path, monkeypatch):
    monkeypatch.setenv("MAXIMA_USERDIR", "/nowhere")
    monkeypatch.setenv("FORMSETUP", "secret")
    fake("maxima", f'ls -A > "{tmp_path}/seen"')
    said(PAIRS)
    assert (tmp_path / "seen").read_text().split() == ["question.mac"]
    environment = (tmp_path / "env").read_text()
    assert "secret" not in environment
    assert "/nowhere" not in environment
    assert str(Path.home()) not in [line.removeprefix("HOME=") for line in environment.splitlines()]


def test_nothing_is_asked_unless_the_user_says_so(fake, monkeypatch):
    told = fake("maxima", 'echo "version:5.47.0"; echo "zero:true"')
    monkeypatch.delenv(asked.VARIABLE)
    assert said(PAIRS) == ()
    assert not told.exists()


@pytest.mark.parametrize("name", [*NAMES, "auto"])
def test_what_is_not_installed_is_said(monkeypatch, tmp_path, name):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv(asked.VARIABLE, name)
    (evidence,) = said(PAIRS)
    assert evidence.outcome == "undecided"
    assert "is not installed" in evidence.reason


def test_an_unknown_system_is_named_with_those_there_are(monkeypatch):
    monkeypatch.setenv(asked.VARIABLE, "maple")
    (evidence,) = said(PAIRS)
    assert evidence.reason == "SADDLEPOINT_SECOND_SYSTEM is one of form, maxima, fricas and auto; found 'maple'"


class Disguised(sp.Symbol):
    """A symbol that would print itself as it likes."""


@pytest.mark.parametrize("name", NAMES)
def test_what_a_system_is_not_told_is_said(fake, name):
    told = fake(name, f'echo "{VERSIONS[name]}"; echo "zero:true"')
    others = (sp.besselj(0, y), sp.Function("f")(y), sp.Integral(y, (y, 0, 1)), sp.I * y, sp.oo, Disguised("q"))
    for node in (*others, sp.Symbol("A", commutative=False), sp.Integer(2) ** 20_000 + y):
        (evidence,) = said([(node, y)])
        assert evidence.outcome == "undecided"
        assert evidence.reason.startswith(asked.SYSTEMS[name].name)
    assert not told.exists()


@pytest.mark.parametrize("node", [sp.cosh(y), sp.sqrt(y), sp.pi * y, y**x, y**5000, sp.exp(y)])
def test_form_says_that_it_reads_rational_identities_only(fake, node):
    fake("form", "")
    (evidence,) = said([(node, y)])
    assert evidence.reason.startswith("FORM: it reads rational identities only; found")


def test_a_fraction_for_form_has_one_denominator():
    above, below = fraction(1 / (y + 1) - sp.Rational(1, 3), {})
    assert below.count("/") == above.count("/") == 0
    assert fraction(sp.Integer(4) + 0 * y, {}) == ("(4)", "1")


def test_an_expression_that_explodes_is_not_written(fake):
    fake("form", "")
    sum_of_fractions = sp.Add(*(1 / (y + n) for n in range(1, 400)))
    (evidence,) = said([(1 / sum_of_fractions + sum_of_fractions, y)])
    assert evidence.reason == "FORM: the equation is too long"


RATIONAL = {
    "a square": ((x + y) ** 2, x**2 + 2 * x * y + y**2, True),
    "a square without its middle": ((x + y) ** 2, x**2 + y**2, False),
    "fractions": (1 / (y + 1) - 1 / (y + 2), 1 / ((y + 1) * (y + 2)), True),
    "fractions shifted": (1 / (y + 1) - 1 / (y + 2), 1 / ((y + 1) * (y + 3)), False),
    "a fraction of fractions": (1 / (1 + 1 / y), y / (1 + y), True),
    "a fraction of fractions turned": (1 / (1 + 1 / y), (1 + y) / y, False),
    "numbers": (y / 3 + y / 6, y / 2, True),
    "a sign": (y - x, x - y, False),
    "a denominator that is zero": (1 / (x * (y + 1) - x * y - x), y, False),
}
ELEMENTARY = {
    "hyperbolic": (sp.cosh(y) ** 2 - sp.sinh(y) ** 2, sp.Integer(1), True),
    "hyperbolic, wrong sign": (sp.cosh(y) ** 2 + sp.sinh(y) ** 2, sp.Integer(1), False),
    "double argument": (sp.tanh(2 * y), 2 * sp.tanh(y) / (1 + sp.tanh(y) ** 2), True),
    "double argument, wrong sign": (sp.tanh(2 * y), 2 * sp.tanh(y) / (1 - sp.tanh(y) ** 2), False),
    "exponentials": (sp.exp(x + y), sp.exp(x) * sp.exp(y), True),
    "exponentials added": (sp.exp(x + y), sp.exp(x) + sp.exp(y), False),
    "trigonometric": (sp.sin(2 * y), 2 * sp.sin(y) * sp.cos(y), True),
    "trigonometric, factor lost": (sp.sin(2 * y), sp.sin(y) * sp.cos(y), False),
}
REAL = [(name, case) for name in INSTALLED for case in (RATIONAL if name == "form" else {**RATIONAL, **ELEMENTARY})]


@pytest.mark.skipif(not INSTALLED, reason="no second system is installed")
@pytest.mark.parametrize(("name", "case"), REAL)
def test_an_installed_system_tells_right_from_wrong(monkeypatch, name, case):
    left, right, holds = {**RATIONAL, **ELEMENTARY}[case]
    monkeypatch.setenv(asked.VARIABLE, name)
    monkeypatch.setattr(asked, "SECONDS", 60.0)
    (evidence,) = said([(left, right)])
    assert evidence.outcome == ("agrees" if holds else "undecided")
    assert evidence.engine.startswith(asked.SYSTEMS[name].name) == holds
    assert holds or "does not simplify to zero" in evidence.reason or case == "a denominator that is zero"


@pytest.mark.skipif(not INSTALLED, reason="no second system is installed")
@pytest.mark.parametrize("name", INSTALLED)
def test_an_installed_system_reads_no_initial_files(monkeypatch, tmp_path, name):
    (tmp_path / "maxima-init.mac").write_text("quit()$\n")
    (tmp_path / ".maxima").mkdir()
    (tmp_path / ".maxima" / "maxima-init.mac").write_text("quit()$\n")
    (tmp_path / ".fricas.input").write_text(")quit\n")
    (tmp_path / "form.set").write_text("nonsense\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(asked.VARIABLE, name)
    monkeypatch.setattr(asked, "SECONDS", 60.0)
    (evidence,) = said(PAIRS)
    assert evidence.outcome == "agrees"


@pytest.mark.skipif(not INSTALLED, reason="no second system is installed")
@pytest.mark.parametrize("name", [*INSTALLED, "auto"])
def test_an_installed_system_is_shown_beside_a_verdict_that_it_does_not_change(monkeypatch, name):
    claim = Identity((x + y) ** 2, x**2 + 2 * x * y + y**2, Domain({x: (0, 1), y: (0, 1)}))
    monkeypatch.delenv(asked.VARIABLE, raising=False)
    SHARED.close()
    plain = verify(claim)
    monkeypatch.setenv(asked.VARIABLE, name)
    SHARED.close()
    try:
        verdict = verify(claim)
    finally:
        SHARED.close()
    (evidence,) = [e for e in verdict.evidence if e.route == asked.ROUTE]
    assert plain.status == verdict.status == "proved"
    assert evidence.outcome == "agrees" or "in time" in evidence.reason
    assert len(verdict.evidence) == len(plain.evidence) + 1
