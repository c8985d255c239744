"""What every rule must do: compute a claim that holds, and one that a slip would spoil; lines judged one by one."""

import itertools
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from derivations.collection import catalogue
from derivations.engine.derivation import Derivation
from derivations.engine.mutation import mutated_statements
from derivations.engine.report import DerivationReport, StepReport
from derivations.engine.verify import verify
from derivations.judging.bench import Bench
from derivations.judging.closing import Results
from derivations.judging.lines import judged
from theory.records import PrintedLine
from theory.statements import Statement


@pytest.fixture
def holds_and_is_sharp() -> Callable[[Statement], None]:
    """Check that a claim holds and that the first few slips in it are refuted with a counterexample."""

    def check(statement: Statement, slips: int = 4) -> None:
        verdict = verify(statement)
        assert verdict.holds is True, str(verdict)
        wrong = list(itertools.islice(mutated_statements(statement), slips))
        assert wrong, "nothing in the claim could be changed: it says nothing"
        refuted = [verify(slip.changed) for slip in wrong]
        assert any(v.status == "refuted" and v.counterexample is not None for v in refuted)
        assert all(v.holds is not True or equal_by_symmetry(slip.text) for v, slip in zip(refuted, wrong, strict=True))

    def equal_by_symmetry(label: str) -> bool:
        """Slips that change nothing: the sign of a coupling, and of a square's root."""
        return label.startswith("sign of")

    return check


@pytest.fixture(scope="session")
def assumed_results() -> Callable[[str], Results]:
    """The derivation that serves a row, ``"paper:number"``, with every step taken to stand; empty if none does."""

    def results(label: str) -> Results:
        return stand(next((e.identifier for e in catalogue() if label in e.serves), ""))

    @cache
    def stand(identifier: str) -> Results:
        found = [e for e in catalogue() if e.identifier == identifier]
        derivation = found[0].build() if found else Derivation("")
        steps = tuple(
            StepReport(
                step=s, verdict=None, obligations=(), status=None, inherited="proved",
                rests_on=derivation.rests_on(s), seconds=0.0,
            )
            for s in derivation
        )  # fmt: skip
        return Results(report=DerivationReport(derivation=derivation, steps=steps))

    return results


@pytest.fixture(scope="session")
def judged_line(assumed_results: Callable[[str], Results]) -> Callable[[str, PrintedLine], Any]:
    """Judge a line of a row, ``"paper:number"``, where only the line is examined."""
    return lambda label, line: judged(line, Bench(results=assumed_results(label), serving=label))


@pytest.fixture
def hastily(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for corrections of wrong lines for a second only: that a line is caught does not depend on them."""
    monkeypatch.setattr("derivations.judging.corrections.CORRECTION_SECONDS", 1.0)
