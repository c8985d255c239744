"""A second system is asked only on request, told nothing but elementary formulas, and believed only where it agrees."""

import pytest
import sympy as sp

from derivations.engine.evidence import Evidence
from derivations.engine.routes import second_system
from derivations.engine.verdict import status_of

x = sp.Symbol('x");system("exit 1")')
y = sp.Symbol("y")
PAIRS = [((x + y) ** 2, x**2 + 2 * x * y + y**2)]


@pytest.fixture
def fake(tmp_path, monkeypatch):
    """A program called maxima that says what a test wants, and keeps what it was asked."""

    def install(answer):
        program = tmp_path / "maxima"
        program.write_text(f'#!/bin/sh\nprintf "%s" "$3" > "{tmp_path}/asked"\n{answer}\n')
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
        monkeypatch.setenv(second_system.VARIABLE, "maxima")
        return tmp_path / "asked"

    return install


def test_its_agreement_is_shown_with_its_version(fake):
    asked = fake('echo; echo "version:5.47.0 zero:true"')
    (evidence,) = second_system.examine(PAIRS, "claim")
    assert (evidence.outcome, evidence.engine, evidence.claim) == ("agrees", "Maxima 5.47.0", "claim")
    assert "system(" not in asked.read_text()
    assert "x1" in asked.read_text()


@pytest.mark.parametrize(
    "answer",
    [
        'echo "version:5.47.0 zero:false"',
        'echo "incorrect syntax"',
        'echo "version:5.47.0 zero:true"; echo "version:5.47.0 zero:false"',
        'echo "version:evil zero:true"',
        "exit 3",
        "kill -9 $$",
    ],
)
def test_anything_but_one_clear_agreement_says_nothing(fake, answer):
    fake(answer)
    assert second_system.examine(PAIRS, "claim") == ()


def test_a_program_that_hangs_says_nothing(fake, monkeypatch):
    monkeypatch.setattr(second_system, "SECONDS", 0.2)
    fake("exec sleep 20")
    assert second_system.examine(PAIRS, "claim") == ()


def test_it_is_not_asked_unless_the_user_says_so(fake, monkeypatch):
    asked = fake('echo "version:5.47.0 zero:true"')
    monkeypatch.delenv(second_system.VARIABLE)
    assert second_system.examine(PAIRS, "claim") == ()
    assert not asked.exists()


def test_what_is_not_elementary_is_not_written(fake):
    fake('echo "version:5.47.0 zero:true"')
    for node in (sp.besselj(0, y), sp.Function("f")(y), sp.Integral(y, (y, 0, 1)), sp.I * y, sp.oo):
        assert second_system.examine([(node, y)], "claim") == ()


def test_its_agreement_changes_no_verdict():
    agrees = Evidence(route="second system", outcome="agrees", engine="Maxima 5.47.0")
    proof = Evidence(route="exact", outcome="proves")
    assert status_of((agrees,)) == "inconclusive"
    assert status_of((proof, agrees)) == "inconclusive"
