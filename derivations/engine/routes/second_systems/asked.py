"""The second system that the user asks for by an environment variable: its agreement, or why there is none."""

from __future__ import annotations

import os
import subprocess
import time

from derivations.engine.evidence import Evidence
from derivations.engine.routes.question import Question
from derivations.engine.routes.second_systems.form import FORM
from derivations.engine.routes.second_systems.fricas import FRICAS
from derivations.engine.routes.second_systems.maxima import MAXIMA
from derivations.engine.routes.second_systems.process import output_of
from derivations.engine.routes.second_systems.system import ANSWER, System, UnprintableError

VARIABLE = "SADDLEPOINT_SECOND_SYSTEM"
SYSTEMS = {"form": FORM, "maxima": MAXIMA, "fricas": FRICAS}
ANY = "auto"
"""Stands for the first of them that is installed and reads the claim."""
ROUTE = "second system"
SECONDS = 5.0
AGREES = "the difference simplifies to zero"


def setting() -> str:
    """On what it depends who is asked: the variable, and the programs that are there."""
    chosen = os.environ.get(VARIABLE, "")
    return " ".join([chosen, *(system.path or "" for system in SYSTEMS.values())]) if chosen else ""


class NoAnswerError(Exception):
    """A system that says nothing of a claim, and why."""


def examine(question: Question) -> tuple[Evidence, ...]:
    """What the system says of the equations; nothing where none is asked for, or the claim is no equation."""
    chosen = os.environ.get(VARIABLE, "").strip().lower()
    if not chosen or not question.pairs:
        return ()
    started = time.perf_counter()
    try:
        engine = _agreeing(chosen, question, started)
        technique, reason = f"{engine}: {AGREES}", ""
    except NoAnswerError as error:
        engine, technique, reason = "", "", str(error)
    return (
        Evidence(
            route=ROUTE, outcome="undecided" if reason else "agrees", technique=technique, engine=engine, reason=reason,
            claim=question.claim, seconds=time.perf_counter() - started,
        ),
    )  # fmt: skip


def _agreeing(chosen: str, question: Question, started: float) -> str:
    """The name and version of the system that agrees."""
    refusals = []
    for system in _candidates(chosen):
        try:
            text = _written(system, question)
        except NoAnswerError as error:
            refusals.append(str(error))
            continue
        seconds = min(SECONDS, question.deadline - started)
        return _asked(system, text, len(question.pairs), seconds)
    raise NoAnswerError("; ".join(refusals))


def _candidates(chosen: str) -> tuple[System, ...]:
    if chosen != ANY and chosen not in SYSTEMS:
        raise NoAnswerError(f"{VARIABLE} is one of {', '.join(SYSTEMS)} and {ANY}; found {chosen[:20]!r}")
    return tuple(SYSTEMS.values()) if chosen == ANY else (SYSTEMS[chosen],)


def _written(system: System, question: Question) -> str:
    if system.path is None:
        raise NoAnswerError(f"{system.name} is not installed: no program {system.program} was found")
    try:
        return system.question([(p[0], p[1]) for p in question.pairs])
    except UnprintableError as error:
        raise NoAnswerError(f"{system.name}: {error}") from error
    except RecursionError as error:
        raise NoAnswerError(f"{system.name}: the expression is nested too deeply") from error


def _asked(system: System, text: str, equations: int, seconds: float) -> str:
    """The name and version, if it answers every equation and finds zero in each."""
    try:
        printed = output_of([str(system.path), *system.arguments], system.file, text, max(seconds, 0.0))
    except subprocess.TimeoutExpired as error:
        raise NoAnswerError(f"{system.name} did not answer in time") from error
    except (subprocess.SubprocessError, OSError) as error:
        raise NoAnswerError(f"{system.name}: {error}") from error
    versions, answers = system.version.findall(printed), ANSWER.findall(printed)
    if len(versions) != 1 or len(answers) != equations:
        raise NoAnswerError(f"{system.name} gave no clear answer")
    if "false" in answers:
        raise NoAnswerError(f"the difference does not simplify to zero in {system.name}, which decides nothing")
    return f"{system.name} {versions[0]}"
