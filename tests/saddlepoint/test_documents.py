"""One derivation as LaTeX, Markdown, HTML and terminal text."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from rich.console import Console

from derivations import Derivation, catalogue
from derivations.engine.evidence import Evidence
from derivations.engine.report import DerivationReport, StepReport, examine
from saddlepoint.render.blocks import Equation, Note
from saddlepoint.render.html import html_document
from saddlepoint.render.latex import escaped, latex_document
from saddlepoint.render.markdown import markdown_document
from saddlepoint.render.narrative import document
from saddlepoint.render.plain_math import plain_math
from saddlepoint.render.terminal import print_document
from saddlepoint.render.wording import evidence_words, standing


@pytest.fixture
def report(toy: Derivation) -> DerivationReport:
    return examine(toy)


def unexamined(derivation: Derivation) -> DerivationReport:
    """A report without verdicts, for what concerns only the equations."""
    steps = tuple(
        StepReport(
            step=s,
            verdict=None,
            obligations=(),
            status="unchecked" if s.needs_verdict else None,
            inherited="unchecked",
            rests_on=derivation.rests_on(s),
            seconds=0.0,
        )
        for s in derivation
    )
    return DerivationReport(derivation=derivation, steps=steps)


def test_a_result_on_a_postulate_is_never_called_proved(report: DerivationReport) -> None:
    last = report["small energy"]
    assert last.rests_on
    assert "proved" not in standing(last)
    notes = [b.text for b in document(report).blocks if isinstance(b, Note)]
    assert "proved" in notes[0].lower()
    assert "proved" not in notes[1].lower()
    assert "formal" in notes[1]


def test_the_article_has_reasons_numbers_postulates_and_sources(report: DerivationReport) -> None:
    source = latex_document(document(report))
    for part in (
        r"\title{The energy of a toy}",
        r"A square \& its terms.",
        r"\label{eq:3}",
        r"From \eqref{eq:1}, by the rule `expand the square'",
        r"Postulate P1 (order of limits)",
        r"equations (3) and (4) of \cite{toy2020paper}",
        r"\bibitem{toy2020paper} A. Author, Toys\_and\_tools (2020).",
        r"It costs 100\% \& more\_less.",
        r"$k_B = 1$",
    ):
        assert part in source


def test_the_article_compiles_without_a_warning(report: DerivationReport, tmp_path: Path) -> None:
    compile_article(latex_document(document(report)), tmp_path)


@pytest.mark.parametrize("entry", catalogue(), ids=lambda e: e.identifier)
def test_our_derivations_compile_without_a_formula_off_the_page(entry: object, tmp_path: Path) -> None:
    compile_article(latex_document(document(unexamined(entry.build()))), tmp_path)  # type: ignore[attr-defined]


def compile_article(source: str, folder: Path) -> None:
    if shutil.which("pdflatex") is None:
        pytest.skip("pdflatex is not installed")
    (folder / "article.tex").write_text(source, encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "article.tex"]
    for _ in range(2):
        done = subprocess.run(command, cwd=folder, capture_output=True, encoding="latin-1", check=False)
        assert done.returncode == 0, done.stdout[-2000:]
    assert (folder / "article.pdf").stat().st_size > 10_000
    assert not re.findall(r"undefined|multiply defined|LaTeX Warning.*", done.stdout)
    overfull = [float(points) for points in re.findall(r"Overfull \\hbox \(([\d.]+)pt", done.stdout)]
    assert max(overfull, default=0.0) < 20.0  # points; a formula that leaves the margin by more is seen


@pytest.mark.parametrize("entry", catalogue(), ids=lambda e: e.identifier)
def test_no_internal_name_of_an_index_is_shown(entry: object) -> None:
    story = document(unexamined(entry.build()))  # type: ignore[attr-defined]
    shown = [b.latex + b.text for b in story.blocks if isinstance(b, Equation)]
    assert len(shown) > 5
    assert [s for s in shown if "·" in s or "\ue000" in s or "Sigma(" in s or "Tuple" in s] == []


@pytest.mark.parametrize("entry", catalogue(), ids=lambda e: e.identifier)
def test_every_formula_of_ours_can_be_drawn(entry: object) -> None:
    page = html_document(document(unexamined(entry.build())))  # type: ignore[attr-defined]
    assert page.count("<svg role") > 5
    assert re.findall("<code>.*?</code>", page) == []


def test_the_page_asks_nothing_of_another_host(report: DerivationReport) -> None:
    page = html_document(document(report))
    assert "<svg" in page
    assert re.findall(r"""(?:src|href)=["'](?!#|data:)[^"']*|https?://|@import|<script""", page) == []


def test_markdown_numbers_its_equations(report: DerivationReport) -> None:
    text = markdown_document(document(report))
    assert text.startswith("# The energy of a toy\n")
    assert r"\tag{2}" in text
    assert r"100% & more\_less" in text


def test_the_terminal_shows_every_step_in_plain_letters(report: DerivationReport) -> None:
    screen = io.StringIO()
    print_document(document(report), Console(file=screen, width=100))
    shown = screen.getvalue()
    assert "(2)   E_toy = x^2 + 2*x*y + y^2" in shown or "(2)   (x + y)^2 = x^2 + 2*x*y + y^2" in shown
    assert "\\" not in shown
    assert "$" not in shown


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\sigma^{(k)} \in \{-1, 1\}", "σ^(k) ∈ {-1, 1}"),
        (r"L = 1, 2, \dots", "L = 1, 2, …"),
        (r"0, \ldots, T", "0, …, T"),
        (r"-\beta^2 \lambda_{\min}(R)", "-β^2 λ_min(R)"),
        (r"K_{t a b} = \exp\left(E_{t a}\right) S_{t a b}", "K_{t a b} = exp(E_{t a}) S_{t a b}"),
        (r"\frac{S_{t a b}}{\sum_{c=1}^{n} S_{t a c}}", "S_{t a b}/(Σ_{c=1}^n S_{t a c})"),
        (r"e^{- E_{t}}", "e^(- E_t)"),
        (r"\frac{1}{2} \sqrt{x}", "1/2 √x"),
        (r"\mathbb{R}^{n - 1}", "ℝ^(n - 1)"),
        (r"\text{odd } n \unknown", "odd n"),
        (r"{a}_{b", "a_b"),
    ],
)
def test_short_formulas_become_plain_text(latex: str, text: str) -> None:
    assert plain_math(latex) == text


def test_text_cannot_break_the_article() -> None:
    assert escaped(r"a_b \input{x} $1 50% #1 ~ ^") == (
        r"a\_b \textbackslash{}input\{x\} \$1 50\% \#1 \textasciitilde{} \textasciicircum{}"
    )


def test_evidence_that_is_not_counted_is_told_as_such():
    ball = Evidence(route="enclosed", outcome="agrees", technique="balls", points=8, digits=30)
    other = Evidence(route="second system", outcome="agrees", technique="FORM 4.3: the difference simplifies to zero")
    doubt = Evidence(route="two quadratures", outcome="doubts", reason="the sides differ")
    told = evidence_words((ball, other, doubt))
    assert told == (
        "enclosed by balls at 8 points, 30 digits; "
        "second system by FORM 4.3: the difference simplifies to zero (shown, not counted)"
    )
