"""A step that follows from a step of another derivation inherits its verdict."""

from __future__ import annotations

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.report import examine
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Definition, Identity

x = sp.Symbol("x", real=True)
DOMAIN = Domain({x: (-1, 1)})


@rule("wrong square", "Forgets the mixed term, or does not.")
def square(start: Step, *, mixed: int) -> Inference:
    return Inference(statement=Identity(start.result**2, x**2 + mixed * x + 1, DOMAIN))


@rule("twice", "Both sides twice.")
def twice(start: Step) -> Inference:
    return Inference(statement=Identity(2 * start.result, sp.expand(2 * start.result), DOMAIN))


def chain(mixed: int) -> Step:
    first = Derivation("elsewhere")
    start = first.define(Definition(sp.Symbol("y", real=True), x + 1), name="start")
    return first.apply(twice, first.apply(square, start, mixed=mixed, name="square"), name="between")


def test_a_refuted_step_elsewhere_is_inherited() -> None:
    here = Derivation("here")
    here.apply(twice, chain(1), name="doubled")
    (report,) = examine(here).steps
    assert (report.status, report.inherited) == ("proved", "refuted")


def test_a_right_one_leaves_the_verdict_as_it_is() -> None:
    here = Derivation("here")
    here.apply(twice, chain(2), name="doubled")
    (report,) = examine(here).steps
    assert (report.status, report.inherited) == ("proved", "proved")


def test_steps_elsewhere_are_examined_once_and_are_no_steps_of_the_report() -> None:
    here, above = Derivation("here"), chain(2)
    counted: list[int] = []

    def oracle() -> object:
        counted.append(1)
        return examine_evidence()

    object.__setattr__(above, "oracle", oracle)
    first = here.apply(twice, above, name="doubled")
    here.apply(twice, first, name="again", because=(above,))
    report = examine(here)
    assert [r.step.name for r in report.steps] == ["doubled", "again"]
    assert len(counted) == 1


def examine_evidence() -> object:
    from derivations.engine.evidence import Evidence

    return Evidence(route="enumerated", outcome="agrees", technique="oracle: counted", points=1, digits=20)
