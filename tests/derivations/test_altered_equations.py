"""Each printed equation that holds is altered and must be caught; each wrong one is corrected and must hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import sympy as sp

from theory.models import multilayer as model
from theory.papers import find as paper_of
from theory.records import PrintedLine
from theory.statements import Definition, Identity, LimitStatement, Stationarity

KEY = "barney2024neural"
PAPER = paper_of(KEY)
LETTERS = (
    model.inverse_temperature, model.weight_variance, model.off_diagonal, model.couplings, model.bond_matrix,
    model.conjugate_off_diagonal,
)  # fmt: skip
GOOD = ("holds", "approximation", "convention", "definition")
BAD = ("misprint", "false")
SLOW = {"5", "6", "7"}
"""Sums over all configurations on both sides."""
QUICK_ALTERATIONS = {("5", 1, "sign"), ("7", 0, "sign")}
"""What the quick suite examines of these."""


def raised(expression: Any) -> Any:
    """One letter of the expression squared; one added to a number."""
    names = sorted(expression.atoms(sp.Symbol, sp.Indexed), key=str)
    for letter in LETTERS:
        for name in names:
            if name == letter or getattr(name, "base", None) == letter:
                return expression.xreplace({name: name**2}) if not _is_label(name, expression) else expression
    return expression + 1


def _is_label(name: Any, expression: Any) -> bool:
    """A symbol that is only the label of a family, as the C of C[k]."""
    return isinstance(name, sp.Symbol) and any(name == i.base.label for i in expression.atoms(sp.Indexed))


ALTERATIONS: dict[str, Callable[[Any], Any]] = {
    "sign": lambda right: -right,
    "factor": lambda right: 2 * right,
    "power": raised,
}


def altered(statement: Any, change: Callable[[Any], Any]) -> Any:
    """The statement with its printed side changed."""
    if isinstance(statement, Definition):
        return Definition(statement.symbol, change(statement.expression))
    if isinstance(statement, Identity):
        return Identity(statement.left, change(statement.right), statement.domain)
    if isinstance(statement, LimitStatement):
        keywords = {"variable": statement.variable, "point": statement.point}
        return LimitStatement(statement.expression, change(statement.value), statement.domain, **keywords)
    assert isinstance(statement, Stationarity)
    at = {name: change(value) for name, value in statement.at}
    return Stationarity(statement.action, statement.domain, variables=statement.variables, at=at)


def cases() -> list[Any]:
    found = []
    for equation in PAPER.equations[:18]:
        for place, line in enumerate(equation.lines):
            if not _is_altered(equation.number, line):
                continue
            for kind in ALTERATIONS:
                slow = equation.number in SLOW and (equation.number, place, kind) not in QUICK_ALTERATIONS
                marks = (pytest.mark.slow,) if slow else ()
                found.append(
                    pytest.param(equation.number, place, kind, marks=marks, id=f"{equation.number}-{place}-{kind}")
                )
    return found


def _is_altered(number: str, line: PrintedLine) -> bool:
    """Not the wrong lines of (15), entries that are zero, and names that the paper only introduces."""
    introduced = line.relation == "definition" and line.domain is None
    right = getattr(line.statement, "right", None)
    return not introduced and not (number == "15" and line.fragment) and right != 0


@pytest.mark.parametrize(("number", "place", "kind"), cases())
def test_an_altered_equation_is_caught(number, place, kind, judged_line):
    line, change = PAPER[number].lines[place], ALTERATIONS[kind]
    wrong = altered(line.statement, change)
    if wrong == line.statement:
        wrong = altered(line.statement, lambda right: right + 1)
    readings = tuple(replace(r, statement=altered(r.statement, change)) for r in line.readings)
    found = judged_line(f"{KEY}:{number}", replace(line, statement=wrong, readings=readings))
    assert found.verdict in BAD
    assert found.counterexample is not None


@pytest.mark.parametrize("number", [e.number for e in PAPER.equations[:18] if e.number not in SLOW])
def test_the_printed_equation_itself_is_not_accused(number, judged_line):
    lines = [s for s in PAPER[number].lines if not (number == "15" and s.fragment)]
    assert {judged_line(f"{KEY}:{number}", line).verdict for line in lines} <= set(GOOD)


def test_the_corrected_hessian_holds(judged_line):
    wrong = [line for line in PAPER["15"].lines if line.fragment]
    assert len(wrong) == 2
    for line in wrong:
        found = judged_line(f"{KEY}:15", line)
        assert found.verdict == "misprint"
        corrected = replace(line, statement=found.corrected_statement)
        assert judged_line(f"{KEY}:15", corrected).verdict == "holds"


@pytest.mark.parametrize("number", ["11", "13", "16", "17", "18"])
def test_the_correction_of_an_alteration_is_the_printed_equation(number, judged_line):
    line = PAPER[number].lines[0]
    found = judged_line(f"{KEY}:{number}", replace(line, statement=altered(line.statement, lambda right: -right)))
    assert judged_line(f"{KEY}:{number}", replace(line, statement=found.corrected_statement)).verdict in GOOD


def test_an_index_shifted_by_one_is_caught(judged_line):
    line = PAPER["14"].lines[0]
    k, q = model.k, model.off_diagonal
    pairs = {atom for atom in line.statement.right.atoms(sp.Indexed) if atom.base == model.weight_variances}
    (variance,) = pairs
    shifted = altered(line.statement, lambda right: right.xreplace({variance: variance.base[variance.indices[0] - 1]}))
    assert q[k] != shifted.right
    assert judged_line(f"{KEY}:14", replace(line, statement=shifted)).verdict in BAD


@pytest.mark.parametrize(("number", "wrong"), [("17", 1), ("16", 3)])
def test_another_number_of_layers_in_the_cosine_is_caught(number, wrong, judged_line):
    line, layers = PAPER[number].lines[0], model.n_bonds
    changed = altered(line.statement, lambda right: right.xreplace({layers + 2: layers + wrong}))
    assert changed != line.statement
    assert judged_line(f"{KEY}:{number}", replace(line, statement=changed)).verdict in BAD
