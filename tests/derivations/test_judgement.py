"""The judgement on printed equations, on a toy paper and on the ledger of the multilayer spin glass."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

import pytest
import sympy as sp

from derivations import judge
from derivations.collection import CatalogueEntry, find
from derivations.engine.derivation import Derivation
from derivations.engine.report import DerivationReport, StepReport
from derivations.judging.ansatz import invariance
from derivations.judging.closing import Results
from derivations.judging.rows import LedgerRow, LineJudgement, worst
from derivations.judging.settling import settled
from theory import Definition, Domain, Identity
from theory.models import multilayer as model
from theory.papers import find as paper_of
from theory.records import Paper, PrintedEquation, PrintedLine, Reading
from theory.statements import Inequality, PositiveDefinite
from theory.sums import Sigma
from theory.symbols import family

x, y = sp.symbols("x y", positive=True)
energy = sp.Symbol("E", real=True)
POSITIVE = Domain({x: (0, sp.oo), y: (0, sp.oo), energy: (-sp.oo, sp.oo)})
KEY = "toy2024energy"


def toy() -> Derivation:
    """E = 3 x^2 y, defined; equations 1 to 5 are about it."""
    derivation = Derivation("toy", title="A toy")
    derivation.define(Definition(energy, 3 * x**2 * y), name="energy", serves=(f"{KEY}:1",))
    derivation.so(Identity((x + y) ** 2, x**2 + 2 * x * y + y**2, POSITIVE.restricted(x + y)), name="square")
    return derivation


ENTRY = CatalogueEntry(identifier="toy", title="A toy", serves=tuple(f"{KEY}:{n}" for n in range(1, 6)), build=toy)


def printed(right: Any, latex: str = r"E = R", **rest: Any) -> PrintedEquation:
    """An equation (2) that claims E = right."""
    line = PrintedLine(
        label="energy", relation="equal", statement=Identity(energy, right, POSITIVE), derived=(energy,), fragment="R"
    )
    return PrintedEquation(paper=KEY, number="2", latex=latex, section="1", lines=(replace(line, **rest),))


def row_of(equation: PrintedEquation, comparisons: tuple[Any, ...] = ()) -> LedgerRow:
    paper = Paper(key=KEY, title="T", authors=("A B",), year=2024, eprint="0", primary_class="c", equations=(equation,))
    (row,) = judge(paper, comparisons, entries=(ENTRY,))
    return row


def test_a_right_equation_holds_and_names_its_derivation():
    row = row_of(printed(3 * y * x**2))
    assert (row.verdict, row.status, row.derivation) == ("holds", "proved", "toy")
    assert row.corrected_latex is None
    assert row.counterexample is None


@pytest.mark.parametrize(
    "wrong", [-3 * x**2 * y, 3 * x * y, 6 * x**2 * y, 3 * x**3 * y, 3 * x**2 / y, sp.Rational(3, 2) * x**2 * y]
)
def test_one_slip_is_a_misprint_whose_correction_is_verified(wrong):
    row = row_of(printed(wrong))
    assert (row.verdict, row.status, row.derivation) == ("misprint", "refuted", "toy")
    assert row.corrected_latex == "E = 3 x^{2} y"
    assert row.lines[0].corrected_status == "proved"
    point = row.counterexample
    assert point is not None
    assert wrong.subs(dict(point)) != (3 * x**2 * y).subs(dict(point))


def test_the_corrected_form_in_its_place_holds():
    corrected = row_of(printed(3 * x * y)).lines[0].corrected_statement
    assert isinstance(corrected, Identity)
    assert row_of(printed(corrected.right)).verdict == "holds"


def test_what_no_single_correction_repairs_is_false_with_the_true_statement():
    row = row_of(printed(sp.exp(x) + sp.sin(y)))
    assert (row.verdict, row.status) == ("false", "refuted")
    assert row.counterexample is not None
    assert row.corrected_latex == "E = 3 x^{2} y"
    assert row.derivation == "toy"


def test_an_equation_that_needs_a_condition_holds_if():
    restricted = Domain({**POSITIVE.sets, y: sp.FiniteSet(1)})
    reading = Reading(kind="condition", text="y = 1", statement=Identity(energy, 3 * x**2, restricted))
    row = row_of(printed(3 * x**2, readings=(reading,)))
    assert (row.verdict, row.condition, row.derivation) == ("holds if", "y = 1", "toy")
    assert row.counterexample is not None


def test_an_equation_under_the_paper_s_convention_is_a_convention():
    reading = Reading(
        kind="convention", text="The energy is per y.", statement=Identity(energy / y, 3 * x**2, POSITIVE)
    )
    row = row_of(printed(3 * x**2, readings=(reading,)))
    assert (row.verdict, row.status) == ("convention", "proved")
    assert row.reason is not None
    assert row.reason.startswith("The energy is per y. Read literally it fails at")


def test_a_correction_that_the_record_proposes_is_told_only_if_it_holds():
    def judged(right: Any) -> LedgerRow:
        reading = Reading(kind="correction", text="the square", statement=Identity(energy, right, POSITIVE))
        return row_of(printed(sp.exp(x) + sp.sin(y), readings=(reading,)))

    right, wrong = judged(3 * x**2 * y), judged(5 * x**2)
    assert (right.verdict, right.corrected_latex, right.reason) == (
        "misprint",
        "E = 3 x^{2} y",
        "holds with the square",
    )
    assert right.counterexample is not None
    assert wrong.verdict == "false"
    assert "5 x^{2}" not in str(wrong.corrected_latex)


class Riddle(sp.Function):
    """A function that no checker knows."""

    is_real = True


def test_a_line_whose_other_reading_is_undecided_is_not_accused():
    unknown = Identity(energy, Riddle(x), POSITIVE)
    reading = Reading(kind="convention", text="The energy is f.", statement=unknown)
    row = row_of(printed(sp.exp(x), readings=(reading,)))
    assert (row.verdict, row.status, row.counterexample) == ("open", "inconclusive", None)
    assert "under a convention (The energy is f.) is inconclusive" in str(row.reason)


def test_a_line_is_not_accused_where_the_derived_statement_does_not_stand():
    report = assumed(toy(), inherited="inconclusive")
    data = {"key": KEY, "title": "T", "authors": ("A",), "year": 1, "eprint": "0", "primary_class": "c"}
    for wrong in (sp.exp(x), 3 * x * y):
        (row,) = judge(Paper(**data, equations=(printed(wrong),)), entries=(ENTRY,), reports={"toy": report})
        assert row.verdict == "open"
        assert "but what would hold instead is inconclusive" in str(row.reason)


def test_sizes_that_can_have_one_value_only_are_put_in():
    n, size, i = sp.Symbol("n", integer=True), family("N", integer=True, positive=True), sp.Symbol("i", integer=True)
    put_in = settled(Domain({n: sp.FiniteSet(2), size: sp.FiniteSet(3), x: sp.FiniteSet(5)}))
    assert put_in(Sigma(x * i, (i, 1, size[n]))) == 6 * x
    assert settled(Domain({n: sp.FiniteSet(2, 3)}))(n * x) == n * x


def test_a_reading_that_fails_too_excuses_nothing():
    reading = Reading(
        kind="convention", text="The energy is per y.", statement=Identity(energy / y, 5 * x**2, POSITIVE)
    )
    row = row_of(printed(sp.exp(x), readings=(reading,)))
    assert row.verdict in ("misprint", "false")


def test_an_approximation_that_agrees_is_called_one():
    assert row_of(printed(3 * x**2 * y, relation="approximate")).verdict == "approximation"


def test_a_name_without_a_derived_result_leaves_the_line_open():
    other = sp.Symbol("F", real=True)
    claim = Identity(other, x, POSITIVE.extended({other: (-sp.oo, sp.oo)}))
    row = row_of(printed(x, statement=claim, derived=(other,)))
    assert row.verdict == "open"
    assert row.reason == "toy has no result that is named F"


def test_a_line_that_cannot_be_stated_is_open_with_its_note():
    row = row_of(printed(x, statement=None, note="The contour is not given."))
    assert (row.verdict, row.reason) == ("open", "The contour is not given.")


def test_a_weak_derivation_weakens_what_is_compared_with_it():
    report = assumed(toy(), inherited="inconclusive")
    paper = Paper(
        key=KEY, title="T", authors=("A",), year=1, eprint="0", primary_class="c", equations=(printed(3 * y * x**2),)
    )
    (row,) = judge(paper, entries=(ENTRY,), reports={"toy": report})
    assert (row.verdict, row.status) == ("open", "inconclusive")


def test_an_equation_that_nothing_serves_is_unchecked():
    row = row_of(replace(printed(3 * x**2 * y), number="7"))
    assert (row.verdict, row.status, row.derivation) == ("unchecked", "unchecked", None)


def alone(*lines: PrintedLine) -> LedgerRow:
    return row_of(PrintedEquation(paper=KEY, number="9", latex="E", section="1", lines=lines))


def test_a_definition_that_nothing_serves_is_a_definition_with_the_arguments_it_leaves_out():
    step = sp.Function("phi")(x)
    gap = Definition(step, sp.Piecewise((-1, x < 1), (1, x > 1)))
    whole = Definition(step, sp.Piecewise((-1, x < 1), (1, x >= 1)))
    rows = [alone(PrintedLine(label="s", relation="definition", statement=d)) for d in (gap, whole)]
    assert [(row.verdict, row.condition, row.derivation) for row in rows] == [
        ("definition", "x ≠ 1", None),
        ("definition", None, None),
    ]


def test_a_claim_about_numbers_needs_no_derivation_to_hold_and_one_to_be_wrong():
    def row(right: int) -> LedgerRow:
        return alone(PrintedLine(label="sum", relation="equal", statement=Identity(sp.Integer(4), right, Domain({}))))

    assert (row(4).verdict, row(4).derivation) == ("holds", None)
    assert (row(5).verdict, row(5).counterexample) == ("open", None)
    assert "no derivation serves it, and as it stands it fails" in str(row(5).reason)


def test_a_claim_in_prose_has_its_text_and_stands_after_the_equations():
    unmarked = printed(3 * x**2 * y, fragment="")
    claim = replace(unmarked, number="claim:1a", latex="", text="the energy is quadratic")
    paper = Paper(
        key=KEY, title="T", authors=("A",), year=1, eprint="0", primary_class="c",
        equations=(printed(3 * x**2 * y),), claims=(claim,),
    )  # fmt: skip
    entry = replace(ENTRY, serves=(*ENTRY.serves, f"{KEY}:claim:1a"))
    first, second = judge(paper, entries=(entry,))
    assert (first.text, second.text) == (None, "the energy is quadratic")
    assert (second.equation, second.verdict, second.printed_latex) == ("claim:1a", "holds", None)


def test_positive_definiteness_and_inequalities_are_closed_by_derived_results():
    report = assumed(toy())
    bench = Results(report=report)
    matrix = sp.Matrix([[energy, 1], [1, 1]])
    definite = PositiveDefinite(matrix, POSITIVE, condition=sp.Gt(energy, 1))
    closed = bench.closed(definite, (energy,), serving="").statement
    assert isinstance(closed, PositiveDefinite)
    assert closed.matrix[0, 0] == 3 * x**2 * y
    assert closed.condition == sp.Gt(3 * x**2 * y, 1)
    assert energy not in closed.domain.sets
    bound = bench.closed(Inequality(energy, x, POSITIVE, relation=">"), (energy,), serving="").statement
    assert isinstance(bound, Inequality)
    assert (bound.left, bound.relation) == (3 * x**2 * y, ">")


@dataclass(frozen=True, kw_only=True)
class Check:
    """A cross-check as the judgement sees it."""

    accepted: bool
    rival_rejected: bool = True
    identifier: str = "counted"
    serves: tuple[str, ...] = (f"{KEY}:7",)


@pytest.mark.parametrize(
    ("check", "verdict"),
    [
        (Check(accepted=True), "empirical"),
        (Check(accepted=False), "open"),
        (Check(accepted=True, rival_rejected=False), "open"),
        (Check(accepted=True, serves=()), "unchecked"),
    ],
)
def test_only_a_measurement_that_could_fail_makes_an_equation_empirical(check, verdict):
    assert row_of(replace(printed(3 * x**2 * y), number="7"), (check,)).verdict == verdict


def test_comparisons_that_name_no_equation_are_passed_over():
    assert row_of(replace(printed(3 * x**2 * y), number="7"), (object(),)).verdict == "unchecked"


def test_a_definition_the_derivation_shares_has_no_status():
    line = PrintedLine(
        label="energy", relation="definition", statement=Definition(energy, 3 * y * x * x), domain=POSITIVE
    )
    row = row_of(PrintedEquation(paper=KEY, number="1", latex="E", section="1", lines=(line,)))
    assert (row.verdict, row.status) == ("definition", None)


def test_a_definition_that_slipped_is_a_misprint_and_another_one_is_open():
    def verdict(expression: Any) -> str:
        line = PrintedLine(label="e", relation="definition", statement=Definition(energy, expression), domain=POSITIVE)
        return row_of(PrintedEquation(paper=KEY, number="1", latex="E", section="1", lines=(line,))).verdict

    assert verdict(-3 * y * x**2) == "misprint"
    assert verdict(sp.exp(x)) == "open"


def test_a_row_is_as_bad_as_its_worst_line():
    good, bad = printed(3 * x**2 * y).lines[0], replace(printed(3 * x * y).lines[0], label="again")
    row = row_of(replace(printed(x), lines=(good, bad)))
    assert row.verdict == "misprint"
    assert [line.verdict for line in row.lines] == ["holds", "misprint"]
    assert worst(["holds", "definition", "convention"]) == "convention"


def test_rows_are_plain_data_with_every_field_of_the_contract():
    row = row_of(printed(3 * x * y))
    assert json.loads(json.dumps(row.to_json(), allow_nan=False)) == dict(row)
    assert set(row) == {
        "schema", "paper", "equation", "verdict", "transcription", "printed_latex", "corrected_latex", "condition",
        "counterexample", "derivation", "reason", "status", "rests_on", "lines", "text",
    }  # fmt: skip
    assert row["schema"] == 1
    assert row["printed_latex"] == "E = R"


def test_a_false_line_without_a_counterexample_cannot_be_made():
    with pytest.raises(ValueError, match="counterexample"):
        LineJudgement(label="x", verdict="false")
    with pytest.raises(ValueError, match="corrected form"):
        LineJudgement(label="x", verdict="misprint")


def test_an_ansatz_that_permutations_change_is_refuted():
    a, b, k = model.a, model.b, model.k
    q, p = model.off_diagonal, model.diagonal
    symmetric = Definition(model.overlap[k, a, b], q[k] + sp.KroneckerDelta(a, b) * (p[k] - q[k]))
    graded = Definition(model.overlap[k, a, b], q[k] + a * b * (p[k] - q[k]))
    assert invariance(symmetric, (a, b)).outcome == "agrees"
    assert invariance(graded, (a, b)).outcome == "refutes"


def test_an_ansatz_with_too_few_or_too_many_parameters_is_not_the_general_one():
    a, b, k = model.a, model.b, model.k
    q, p = model.off_diagonal, model.diagonal
    constant = Definition(model.overlap[k, a, b], q[k])
    double = Definition(model.overlap[k, a, b], q[k] + p[k] + sp.KroneckerDelta(a, b) * model.conjugate_diagonal[k])
    assert invariance(constant, (a, b)).outcome != "agrees"
    assert invariance(double, (a, b)).outcome == "undecided"


def assumed(derivation: Derivation, *, inherited: str = "proved") -> DerivationReport:
    """A report in which every step is taken to stand, so that only printed lines are examined."""
    steps = tuple(
        StepReport(
            step=step, verdict=None, obligations=(), status=None, inherited=inherited,
            rests_on=derivation.rests_on(step), seconds=0.0,
        )
        for step in derivation
    )  # fmt: skip
    return DerivationReport(derivation=derivation, steps=steps)


def test_a_printed_name_is_closed_by_the_step_that_serves_the_equation():
    derivation = find("multilayer-critical-temperature").build()
    results = Results(report=assumed(derivation))
    name = model.overlap[model.k, model.a, model.b]
    assert results.naming(name, serving="barney2024neural:9").step.name == "replica-symmetric overlaps"
    assert results.naming(name, serving="").step.name == "overlap matrix"


EXPECTED = {
    "1": "definition", "2": "definition", "3": "holds", "4": "definition", "5": "convention", "6": "convention",
    "7": "holds", "8": "holds", "9": "holds", "10": "holds", "11": "approximation", "12": "holds", "13": "holds",
    "14": "approximation", "15": "misprint", "16": "holds", "17": "holds", "18": "holds",
    "19": "holds", "20": "holds", "21": "approximation", "22": "holds", "23": "holds", "24": "holds",
    "25": "misprint", "26": "misprint", "27": "holds if",
    "28": "definition", "29": "definition", "30": "definition", "31": "definition",
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_the_ledger_of_the_multilayer_spin_glass_rests_on_examined_steps():
    rows = {row.equation: row for row in judge("barney2024neural")}
    assert {n: rows[n].verdict for n in EXPECTED} == EXPECTED
    assert sum(row.text is None for row in rows.values()) == 31
    assert sum(row.text is not None for row in rows.values()) == len(paper_of("barney2024neural").claims)
    good = {"proved", "enclosed", "enumerated"}
    assert {row.status for row in rows.values() if row.verdict == "holds"} <= good
    assert "replica symmetry" in rows["9"].rests_on


def test_the_hessian_is_a_misprint_and_its_correction_has_beta_squared():
    report = assumed(find("multilayer-critical-temperature").build())
    paper = paper_of("barney2024neural")
    rows = judge(replace(paper, equations=(paper["15"],), claims=()), reports={report.derivation.identifier: report})
    (row,) = rows
    assert row.verdict == "misprint"
    assert row.corrected_latex is not None
    assert row.corrected_latex.count(r"- \beta^{2} C_{L} N_{L}") == 2
    assert r"-\beta N_L C_L" not in row.corrected_latex
    assert {line.corrected_status for line in row.lines if line.verdict == "misprint"} == {"proved"}


def test_no_correction_divides_by_zero():
    from derivations.judging.edits import edits

    found = [changed for _, changed in edits(x / (x - 1))]
    assert found
    assert not any(changed.has(sp.zoo, sp.nan) for changed in found)
