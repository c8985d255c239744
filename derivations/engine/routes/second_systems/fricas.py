"""FriCAS: the difference is brought to the normal form of elementary functions of independent kernels."""

from __future__ import annotations

import re

from derivations.engine.routes.second_systems.notation import Notation
from derivations.engine.routes.second_systems.system import Pairs, System

NOTATION = Notation(pi="%pi", e="exp(1)")
_QUIET = (")set output algebra off", ")set messages type off")
_ZERO = 'output(if zero? normalize(({}) :: Expression Integer) then "zero:true" else "zero:false")'


def _question(pairs: Pairs) -> str:
    return "\n".join([*_QUIET, *(_ZERO.format(d) for d in NOTATION.differences(pairs)), ")quit", ""])


FRICAS = System(
    name="FriCAS",
    program="fricas",
    file="question.input",
    arguments=("-nosman", "-eval", ")read question.input )quiet"),
    question=_question,
    version=re.compile(r"^ *Version: FriCAS ([0-9][0-9.]{0,20})", re.MULTILINE),
)
