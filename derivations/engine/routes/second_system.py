"""A second computer algebra system, where one is installed and asked for: Maxima simplifies the difference to zero.

Its agreement is shown in the evidence and changes no verdict; that it does not agree says nothing. It is asked only
where the environment variable ``SADDLEPOINT_SECOND_SYSTEM`` is ``maxima``, since it takes longer than all other routes.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from typing import Any

import sympy as sp

from derivations.engine.evidence import Evidence

VARIABLE = "SADDLEPOINT_SECOND_SYSTEM"
SECONDS = 5.0
FUNCTIONS = {
    sp.exp: "exp", sp.log: "log", sp.sin: "sin", sp.cos: "cos", sp.tan: "tan", sp.sinh: "sinh", sp.cosh: "cosh",
    sp.tanh: "tanh",
}  # fmt: skip
_ANSWER = re.compile(r"^version:([0-9][0-9.]{0,20}) zero:(true|false)$", re.MULTILINE)
_QUESTION = 'printf(true, "~%version:~a zero:~a~%", build_info()@version, is(ratsimp(exponentialize({})) = 0))$'


class UnprintableError(Exception):
    """A node that is neither rational nor elementary."""


def examine(pairs: list[tuple[Any, ...]], claim: str) -> tuple[Evidence, ...]:
    """Its agreement on all equations; nothing if it is not asked for, not there, does not agree or does not answer."""
    program = shutil.which("maxima") if os.environ.get(VARIABLE, "") == "maxima" else None
    if program is None or not pairs:
        return ()
    started = time.perf_counter()
    names: dict[sp.Symbol, str] = {}
    try:
        differences = [f"({written(p[0], names)})-({written(p[1], names)})" for p in pairs]
        versions = {_zero_according_to(program, difference) for difference in differences}
    except (UnprintableError, subprocess.SubprocessError, OSError):
        return ()
    if "" in versions:
        return ()
    return (
        Evidence(
            route="second system", outcome="agrees", technique="the difference simplifies to zero", claim=claim,
            engine=f"Maxima {versions.pop()}", seconds=time.perf_counter() - started,
        ),
    )  # fmt: skip


def _zero_according_to(program: str, expression: str) -> str:
    """The version of the program if it finds zero, otherwise nothing."""
    command = [program, "--very-quiet", "--batch-string", _QUESTION.format(expression)]
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=SECONDS,
        check=False,
    )
    answers = _ANSWER.findall(done.stdout)
    return answers[0][0] if len(answers) == 1 and answers[0][1] == "true" else ""


def written(node: Any, names: dict[sp.Symbol, str]) -> str:
    """An expression in the system's notation, every symbol under a name of our own.

    Raises
    ------
    UnprintableError
        If it holds anything but numbers, symbols, sums, products, powers and elementary functions.
    """
    if isinstance(node, sp.Rational):
        return f"({int(node.p)}/{int(node.q)})"
    if type(node) in (sp.Symbol, sp.Dummy) and node.is_commutative:
        return names.setdefault(node, f"x{len(names) + 1}")
    if node in (sp.pi, sp.E):
        return "%pi" if node is sp.pi else "%e"
    parts = [f"({written(a, names)})" for a in node.args]
    if type(node) in (sp.Add, sp.Mul) and parts:
        return ("+" if isinstance(node, sp.Add) else "*").join(parts)
    if type(node) is sp.Pow:
        return "^".join(parts)
    if type(node) in FUNCTIONS:
        return f"{FUNCTIONS[type(node)]}{parts[0]}"
    raise UnprintableError(f"{type(node).__name__} is not written for another system")
