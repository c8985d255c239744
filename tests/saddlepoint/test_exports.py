"""A user's derivation in every form: documents, a notebook that runs, a picture of its steps."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import sympy as sp
from click.testing import CliRunner

import saddlepoint
from derivations import Derivation
from saddlepoint.cli.app import program
from saddlepoint.exporting import FORMS
from saddlepoint.render.formula_svg import with_plain_parentheses
from saddlepoint.render.graph_svg import graph_svg
from saddlepoint.render.notebook import notebook
from theory import Domain, EqualUpToTotalDerivative, Identity, Inequality

h, m = sp.symbols("h m", real=True)
beta = sp.Symbol("beta", positive=True)
SVG = "{http://www.w3.org/2000/svg}"


def mine() -> Derivation:
    d = Derivation("mine", title="Mine & yours", domain={h: (-1, 1), m: (0, 1), beta: (0, sp.oo)})
    d.premise(m, sp.tanh(beta * m), name="self-consistency", reason="Mean field")
    d.so(sp.cosh(2 * h), 1 + 2 * sp.sinh(h) ** 2, name="double", by="squares add up")
    d.so(sp.cosh(beta * m), 1 / sp.sqrt(1 - m**2), name="slope", parents=(d["self-consistency"],))
    d.log(of=d["double"], name="logarithm")
    return d


@pytest.mark.parametrize(
    ("ending", "part"),
    [
        (".tex", r"\documentclass"),
        (".md", "squares add up:"),
        (".html", "<!doctype html>"),
        (".ipynb", '"nbformat": 4'),
        (".json", '"format": "saddlepoint derivation"'),
        (".svg", "<svg "),
    ],
)
def test_the_ending_of_the_file_chooses_the_form(tmp_path: Path, ending: str, part: str):
    path = saddlepoint.export(mine(), tmp_path / f"mine{ending}")
    assert part in path.read_text(encoding="utf-8")


def test_an_ending_that_is_no_form_is_refused(tmp_path: Path):
    with pytest.raises(ValueError, match=r"\.ipynb"):
        saddlepoint.export(mine(), tmp_path / "mine.doc")
    assert set(FORMS) == {".tex", ".pdf", ".md", ".html", ".ipynb", ".json", ".svg", ".bib"}


def code_cells(text: str) -> list[str]:
    return [c["source"] for c in json.loads(text)["cells"] if c["cell_type"] == "code"]


def run(cells: list[str]) -> None:
    names: dict[str, object] = {}
    for cell in cells:
        exec(compile(cell, "<cell>", "exec"), names)


def test_the_notebook_rebuilds_and_verifies_the_derivation():
    d = mine()
    text = notebook(d.verify(), d.to_json())
    cells = code_cells(text)
    run(cells)
    assert 'report["slope"]' in cells
    data = json.loads(text)
    assert len({c["id"] for c in data["cells"]}) == len(data["cells"])


def test_the_last_cell_of_the_notebook_can_fail():
    d = mine()
    cells = code_cells(notebook(d.verify(), d.to_json()))
    with pytest.raises(AssertionError):
        run([*cells[:-1], cells[-1].replace('"slope": "proved"', '"slope": "refuted"')])


def test_the_picture_has_a_row_for_each_step_and_a_line_for_each_parent():
    root = ET.fromstring(graph_svg(mine().verify()))
    names = [t.text for t in root.iter(f"{SVG}tspan") if t.get("font-weight") == "bold"]
    assert names == ["self-consistency", "double", "slope", "logarithm"]
    assert len(list(root.iter(f"{SVG}circle"))) == 4
    assert len(list(root.iter(f"{SVG}path"))) == 3


def test_lines_that_overlap_run_in_lanes_of_their_own():
    root = ET.fromstring(graph_svg(mine().verify()))
    long = [p.get("d", "") for p in root.iter(f"{SVG}path") if " C" in p.get("d", "")]
    lanes = [d.split(" C")[1].split()[0] for d in long]
    assert len(set(lanes)) == len(lanes) == 2


def test_the_picture_and_the_notebook_are_written_by_the_command_line(tmp_path: Path):
    mine().save(tmp_path / "mine.json")
    files = ["--svg", str(tmp_path / "a.svg"), "--notebook", str(tmp_path / "a.ipynb")]
    answer = CliRunner().invoke(program, ["derive", str(tmp_path / "mine.json"), *files])
    assert answer.exit_code == 0
    assert (tmp_path / "a.svg").read_text(encoding="utf-8").startswith("<svg")
    assert len(code_cells((tmp_path / "a.ipynb").read_text(encoding="utf-8"))) > 3


def test_a_premise_is_told_as_one(tmp_path: Path):
    text = saddlepoint.export(mine(), tmp_path / "mine.md").read_text(encoding="utf-8")
    assert "**Self-consistency.** Mean field. We assume:" in text


def with_an_integral() -> Derivation:
    g = sp.Function("g")
    d = Derivation("integral", domain={h: (-1, 1), beta: (0, sp.oo)})
    d.define(g(h), sp.exp(-beta * h**2), name="weight")
    d.so(sp.Integral(g(m), (m, -sp.oo, sp.oo)), sp.sqrt(sp.pi / beta), name="mass")
    d.define(sp.Symbol("a", real=True), h**2, name="last")
    return d


def test_a_page_draws_integrals_instead_of_showing_their_source(tmp_path: Path):
    page = saddlepoint.export(with_an_integral(), tmp_path / "mine.html").read_text(encoding="utf-8")
    assert "<code>" not in page


def test_an_article_that_ends_in_a_definition_has_no_empty_list(tmp_path: Path):
    article = saddlepoint.export(with_an_integral(), tmp_path / "mine.tex").read_text(encoding="utf-8")
    assert article.count(r"\begin{itemize}") == 1


def test_parentheses_around_letters_keep_their_size():
    assert with_plain_parentheses(r"f{\left(g{\left(x \right)} \right)}") == r"f{(g{(x )} )}"
    high = r"\left(\frac{1}{x}\right)"
    assert with_plain_parentheses(high) == high


def test_a_notebook_runs_that_takes_a_result_from_a_derivation_it_does_not_have(tmp_path: Path):
    d = Derivation("next", domain={h: (-1, 1), beta: (0, sp.oo)})
    d.given(with_an_integral().result("mass"))
    d.so(sp.cosh(2 * h), 1 + 2 * sp.sinh(h) ** 2, name="double")
    run(code_cells(saddlepoint.export(d, tmp_path / "next.ipynb").read_text(encoding="utf-8")))


def with_an_open_step() -> Derivation:
    """Its second step is stated under a premise from which nothing here can conclude it."""
    f = sp.Function("f")
    d = Derivation("open", domain={h: (-1, 1), m: (0, 1), beta: (0, sp.oo)})
    d.premise(f(h).diff(h, 2), f(h) ** 3, name="equation of motion")
    d.so(f(h).diff(h) ** 2, f(h) ** 4 / 2 + m, name="energy")
    d.so(sp.cosh(2 * h), 1 + 2 * sp.sinh(h) ** 2, name="double")
    return d


@pytest.mark.parametrize("ending", FORMS)
def test_an_export_examines_nothing_again(tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch):
    d = with_an_open_step()
    assert [s.name for s in d.undecided] == ["energy"]
    monkeypatch.setattr("derivations.engine.report.verify", lambda *_, **__: pytest.fail("examined again"))
    saddlepoint.export(d, tmp_path / f"open{ending}")


def test_a_result_of_another_derivation_costs_an_export_no_other_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    d = with_an_open_step()
    d.given(with_an_integral().result("mass"))
    monkeypatch.setattr("derivations.engine.report.verify", lambda *_, **__: pytest.fail("examined again"))
    page = saddlepoint.export(d, tmp_path / "open.ipynb").read_text(encoding="utf-8")
    assert '"energy": "inconclusive"' in code_cells(page)[-1].replace("\\", "")


def test_a_step_that_nobody_has_examined_is_examined_for_the_export(tmp_path: Path):
    read = Derivation.from_json(mine().to_json())
    assert not read.reports
    assert "Unchecked" not in saddlepoint.export(read, tmp_path / "mine.md").read_text(encoding="utf-8")
    assert read.reports["double"].status == "proved"


def test_a_report_inherits_from_a_step_that_was_not_examined_on_entry():
    d = mine()
    d.append("wrong", statement=Identity(h, -h, Domain({h: (-1, 1)})), rule="typed in elsewhere", reason="")
    d.so(sp.cosh(h), sp.cosh(-h), name="after it", parents=(d["wrong"],))
    assert [d.report()[name].inherited for name in ("double", "wrong", "after it")] == ["proved", "refuted", "refuted"]


def with_a_slip() -> Derivation:
    """An undecided step, a wrong one, one that needs what is wrong, and one with conditions at the boundary."""
    q = sp.Function("q")(m)
    d = with_an_open_step()
    d.append(
        "slip", statement=Identity(sp.cosh(2 * h), 1 + sp.sinh(h) ** 2, Domain({h: (-1, 1)})), rule="stated", reason=""
    )
    above = Inequality(h, 0, Domain({h: (-1, 1)}), relation=">")
    d.append(
        "needy", statement=Identity(h + h, 2 * h, Domain({h: (-1, 1)})), rule="by hand", reason="", obligations=(above,)
    )
    parts = EqualUpToTotalDerivative(q * q.diff(m, 2), -(q.diff(m) ** 2), Domain({}), fields=(q,), coordinates=(m,))
    d.so(parts, name="by parts", parents=())
    return d


@pytest.mark.parametrize("ending", [".md", ".html", ".tex"])
def test_a_document_says_once_what_was_found_and_what_would_hold(tmp_path: Path, ending: str):
    text = saddlepoint.export(with_a_slip(), tmp_path / f"slip{ending}").read_text(encoding="utf-8")
    assert "Inconclusive: not seen to follow from" in text
    assert "nconclusive: inconclusive" not in text
    assert "Refuted: at h = 1/2: left = 1.54308063481524, right = 1.27154031740762; would hold with" in text
    assert "It would hold as" in text
    assert "What it needs is refuted: at h = 0: left = 0, right = 0" in text
    assert "The integrals are equal if q(m)" in text
    assert "takes equal values at both ends of m." in text
    assert "Not established: energy " in text
