"""The whole suite, family by family: no verdict is false."""

from __future__ import annotations

import pytest

from derivations.grading.grade import graded
from derivations.grading.marks import marks_of
from derivations.grading.subjects import subject, subject_names
from derivations.grading.suite import Amount, cases_of


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("family", subject_names())
def test_no_verdict_on_a_family_is_false(family: str) -> None:
    marks = marks_of(graded(c) for known in subject(family).identities for c in cases_of(family, known, Amount()))
    print(f"{family}: {marks.to_json()}")
    assert [(g.name, g.change, g.status, g.claim) for g in marks.false_verdicts] == []
    assert marks.labeled > 0
