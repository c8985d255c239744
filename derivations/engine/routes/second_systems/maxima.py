"""Maxima: the difference is written in exponentials and brought to one fraction."""

from __future__ import annotations

from derivations.engine.routes.second_systems.notation import Notation
from derivations.engine.routes.second_systems.system import Pairs, System

NOTATION = Notation(pi="%pi", e="%e")
_VERSION = 'printf(true, "~%version:~a~%", build_info()@version)$'
_ZERO = 'printf(true, "~%zero:~a~%", is(ratsimp(exponentialize({})) = 0))$'


def _question(pairs: Pairs) -> str:
    return "\n".join([_VERSION, *(_ZERO.format(d) for d in NOTATION.differences(pairs)), ""])


MAXIMA = System(
    name="Maxima",
    program="maxima",
    file="question.mac",
    arguments=("--very-quiet", "--batch=question.mac"),
    question=_question,
)
