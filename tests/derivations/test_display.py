"""Steps and derivations show themselves: verdicts, reasons and evidence, without anything loaded from elsewhere."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import sympy as sp

from derivations import Derivation, verify
from derivations.display.plain import chain_text
from theory import Domain, Identity

h, t = sp.symbols("h t", real=True)
f = sp.Function("f")


def mixed() -> Derivation:
    d = Derivation("mixed", title="Mixed <verdicts>", domain={h: (-1, 1), t: (0, 5)})
    d.premise(f(t).diff(t), -(f(t) ** 2), name="decay")
    d.so(sp.cosh(2 * h), 1 + 2 * sp.sinh(h) ** 2, name="double", by="addition & squares", parents=(d["decay"],))
    d.log(name="logarithm")
    d.so(f(t), sp.exp(-t), name="guess", by="what else")
    return d


class Tags(HTMLParser):
    """Counts what is open and what is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.seen.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_a_derivation_is_a_chain_of_steps_with_verdicts_and_folded_evidence():
    page = mixed()._repr_html_()
    tags = Tags()
    tags.feed(page)
    assert tags.open == []
    assert {"details", "summary", "table"} <= tags.seen
    for part in (
        "Mixed &lt;verdicts&gt;",
        "addition &amp; squares",
        "proved",
        "inconclusive",
        "rests on premise: decay",
    ):
        assert part in page


def test_nothing_is_loaded_and_no_script_runs():
    page = mixed()._repr_html_()
    assert re.findall(r"https?:|<script|<img|<link|javascript:|\son\w+=", page) == []


def test_a_terminal_shows_the_same_chain():
    text = repr(mixed())
    assert text.splitlines()[0] == "Mixed <verdicts>: 4 steps, 2 proved, 1 inconclusive, 2 typed in"
    assert "✓ proved       double" in text
    assert "by addition & squares" in text
    assert "? inconclusive guess" in text
    assert "needs 2*sinh(h)^2 + 1 > 0: proved" in text
    assert "$" not in text


def test_a_step_shows_its_own_verdict():
    d = mixed()
    assert repr(d["double"]).startswith("✓ proved: double: cosh(2*h) = ")
    assert "details" in d["double"]._repr_html_()
    assert "evidence" not in d["decay"]._repr_html_()


def test_a_report_shows_itself_alike():
    d = mixed()
    report = d.verify()
    assert repr(report) == repr(d)
    assert repr(report["double"]) == repr(d["double"])
    assert report._repr_html_().count("<details") == 3


def test_a_refutation_is_in_sight_with_its_repair():
    d = Derivation("wrong", domain={h: (-1, 1)})
    claim = Identity(sp.cosh(2 * h), 1 - 2 * sp.sinh(h) ** 2, Domain({h: (-1, 1)}))
    step = d.append("slip", statement=claim, rule="stated", reason="", verdicts=(verify(claim),))
    before = step._repr_html_().split("<details")[0]
    assert "refuted" in before
    assert "would hold" in before
    assert "✗ refuted" in chain_text("wrong", [step])


def test_what_is_not_counted_is_shown_and_marked():
    x = sp.Symbol("x", real=True)
    claim = Identity(sp.Integral(sp.airyai(x), (x, 0, sp.oo)), sp.Rational(1, 2), Domain({}))
    step = Derivation("doubted").append("area", statement=claim, rule="stated", reason="", verdicts=(verify(claim),))
    in_sight, folded = step._repr_html_().split("<details")
    assert "the sides differ by 0.167: probably wrong, not proved" in in_sight
    assert "doubts (not counted)" in folded
    assert "refuted" not in in_sight
