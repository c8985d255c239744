"""The suite that grades the engine: its wrong claims are wrong, its rewritten ones true, and no verdict is false."""

from __future__ import annotations

import random
from collections import Counter
from itertools import islice

import pytest
import sympy as sp

from derivations.grading.answer import Answer
from derivations.grading.grade import Case, Grade, Labeled, graded
from derivations.grading.marks import by_family, marks_of
from derivations.grading.rewriting import forms_of
from derivations.grading.slips import slips_of
from derivations.grading.suite import Amount, cases_of
from derivations.grading.truth import true_by_oracle
from derivations.identities.collection import FAMILIES
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.statements import Expansion, Identity, LimitStatement, PositiveDefinite

x, z = sp.symbols("x z", real=True)
t = sp.Symbol("t", positive=True)
n = sp.Symbol("n", integer=True, positive=True)
k = sp.Symbol("k", integer=True)
UNIT = Domain({x: (0, 1)})
MOMENT = Identity(GaussianMean(sp.cosh(x * z), z, 1), sp.exp(x**2 / 2), UNIT)
SUM = Identity(sp.Sum(k**2, (k, 1, n)), n * (n + 1) * (2 * n + 1) / 6, Domain({n: sp.Range(1, 6)}))
WAVE = Identity(sp.Integral(sp.cos(t) ** 2 / (1 + x), (t, 0, sp.pi)), sp.pi / 2 / (1 + x), UNIT)
SERIES = Expansion(sp.sin(x), x - x**3 / 6, UNIT, variable=x, order=5)
LIMIT = LimitStatement((1 - sp.cos(x)) / x**2, sp.Rational(1, 2), UNIT, variable=x, point=0)
DEFINITE = PositiveDefinite(sp.Matrix([[1, x], [x, 1]]), Domain({x: (0, 3)}), condition=x < 1)
CLAIMS = (MOMENT, SUM, WAVE, SERIES, LIMIT, DEFINITE)
WANTED = {
    0: {"sign", "factor", "power", "argument", "constant"},
    1: {"limits", "power", "factor", "constant", "lost term"},
    2: {"limits", "power", "lost term", "argument"},
    3: {"order", "lost term", "sign", "argument"},
    4: {"direction", "limits", "constant", "lost term"},
    5: {"condition", "constant", "power"},
}


def by_kind(statement):
    return Counter(slip.kind for slip in slips_of(statement, random.Random(0)))


@pytest.mark.parametrize("which", WANTED)
def test_a_statement_is_mutated_in_the_ways_of_its_kind(which):
    assert set(by_kind(CLAIMS[which])) >= WANTED[which]


@pytest.mark.parametrize("statement", CLAIMS[:5])
def test_most_slips_are_wrong_and_none_is_the_claim_itself(statement):
    slips = list(islice(slips_of(statement, random.Random(1)), 8))
    words = Counter(true_by_oracle(s.changed, points=2).word for s in slips)
    assert all(s.changed != statement for s in slips)
    assert words["different"] >= 5


@pytest.mark.parametrize("statement", CLAIMS[:5])
def test_rewritten_forms_are_true_and_not_the_claim_itself(statement):
    forms = list(forms_of(statement, random.Random(0)))
    assert len(forms) >= 2
    assert [f.text for f in forms if true_by_oracle(f.statement, points=2).word != "equal"] == []
    assert all(f.statement != statement for f in forms)


def test_the_same_seed_makes_the_same_suite():
    known = FAMILIES[0].identities[0]
    first, second = ([c.case for c in cases_of("a", known, Amount(wrong=2), seed=3)] for _ in range(2))
    assert first == second


def grade(word, holds, form="mutant"):
    text = {"family": "f", "name": "n", "change": "", "claim": "", "remark": "", "reason": ""}
    status = {True: "enclosed", False: "refuted", None: "inconclusive"}[holds]
    return Grade(form=form, truth=word, status=status, seconds=1.0, **text)


@pytest.mark.parametrize(
    ("word", "holds", "outcome"),
    [
        ("equal", True, "right"),
        ("equal", False, "false"),
        ("equal", None, "undecided"),
        ("different", False, "right"),
        ("different", True, "false"),
        ("different", None, "undecided"),
        ("unanswered", True, "unlabeled"),
    ],
)
def test_a_verdict_is_held_against_the_oracle(word, holds, outcome):
    assert grade(word, holds).outcome == outcome


def test_a_mutant_that_stays_true_is_recognized_and_not_counted_as_wrong():
    marks = marks_of([grade("equal", True), grade("different", False), grade("different", None)])
    assert (marks.true_mutants, marks.wrong, marks.refuted, len(marks.undecided)) == (1, 2, 1, 1)


def test_a_grade_is_read_back_from_plain_data():
    first = grade("equal", True)
    assert Grade.from_json(first.to_json()) == first


def test_marks_of_nothing_have_no_times():
    assert marks_of([]).median_seconds is None
    assert by_family([]) == {}


def test_a_wrong_claim_is_graded_right_when_it_is_refuted():
    case = Case(family="f", name="n", form="known", change="", statement=SUM.replaced(right=n))
    assert graded(Labeled(case=case, truth=Answer(word="different"))).outcome == "right"


def test_a_case_of_another_form_is_refused():
    with pytest.raises(ValueError, match="the form of a case"):
        Case(family="f", name="n", form="other", change="", statement=SUM)


QUICK = Amount(rewritten=1, wrong=2, attempts=3, patience=0.3)
SAMPLE = [(f.name, i) for f in FAMILIES for i in f.identities][5::31]


@pytest.mark.parametrize(("family", "known"), SAMPLE, ids=lambda v: getattr(v, "name", v))
def test_no_verdict_on_a_sample_of_the_suite_is_false(family, known):
    grades = [graded(c, timeout=3.0) for c in cases_of(family, known, QUICK)]
    assert [(g.change, g.status, g.claim) for g in grades if g.outcome == "false"] == []
