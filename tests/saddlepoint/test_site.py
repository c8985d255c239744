"""The site: every link leads somewhere, nothing is loaded from elsewhere, and a browser shows it without errors."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from derivations import find, judge
from derivations.engine.report import examine
from numerics.crosschecks.comparison import Comparison
from saddlepoint.results.findings import Findings
from saddlepoint.results.folder import ResultFolder
from saddlepoint.site.gauge import gauge_svg
from saddlepoint.site.pages import TONES
from saddlepoint.site.writing import write_site
from saddlepoint.strict_json import row
from theory.papers import PAPERS

SHOWN = ("forward-variance", "learning-equilibrium", "two-state-work")
SEEN = "[...document.querySelectorAll('.tex')].map(e => (e.querySelector('.katex-html') ?? e).textContent)"
PHONE, DESK = {"width": 390, "height": 800}, {"width": 1200, "height": 900}


class Page(HTMLParser):
    """Links, places and repeated places of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.places: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src") and value is not None:
                self.links.append(value)
            if name == "id" and value is not None:
                self.places.append(value)


@pytest.fixture(scope="session")
def found() -> Findings:
    """Two derivations, the ledger of one paper as far as they serve it, and one comparison."""
    reports = tuple(examine(find(name).build()) for name in SHOWN)
    known = {r.derivation.identifier: r for r in reports}
    entries = tuple(find(name) for name in SHOWN)
    rows = [row(r) for key in PAPERS for r in judge(key, reports=known, entries=entries)]
    comparison = Comparison(
        identifier="toy:1", title="A toy & its <network>", quantity="number of wheels", prediction=4.0,
        measurement=4.001, standard_error=0.01, degrees_of_freedom=19.0, finite_size_bias=0.0, k=3.5,
        false_alarm_rate=0.001, rival="tricycles", rival_prediction=3.0, n_samples=20, provenance={"seed": 0},
        serves=("bahri2020statistical:12",),
    )  # fmt: skip
    told = {"saddlepoint": "0", "time": "now", "seed": 0}
    return Findings(reports=reports, ledger=tuple(rows), comparisons=(comparison,), provenance=told, seconds=1.0)


@pytest.fixture(scope="session")
def site(found: Findings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("a site")
    write_site(found, ResultFolder(folder))
    for name in SHOWN:
        for kind in ("tex", "md"):
            (folder / f"derivations/{name}.{kind}").touch()
    return folder


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def test_every_link_leads_to_a_place_that_is_there(site: Path) -> None:
    read = {path: Page(path.read_text(encoding="utf-8")) for path in pages(site)}
    assert len(read) == 3 + len(SHOWN)
    for path, page in read.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme == "data":
                continue
            assert not parts.scheme and not parts.netloc, link
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.exists(), (path.name, link)
            if parts.fragment:
                assert unquote(parts.fragment) in read[target].places, (path.name, link)


def test_no_two_places_of_a_page_have_one_name(site: Path) -> None:
    for path in pages(site):
        places = Page(path.read_text(encoding="utf-8")).places
        assert len(places) == len(set(places))


def test_styles_and_scripts_name_no_other_host(site: Path) -> None:
    for path in (site / "assets").glob("*.css"):
        assert re.findall(r"url\((?!data:)", path.read_text(encoding="utf-8")) == []
    assert "://" not in (site / "assets/site.js").read_text(encoding="utf-8")


def test_text_from_outside_is_escaped(site: Path) -> None:
    page = (site / "networks.html").read_text(encoding="utf-8")
    assert "A toy &amp; its &lt;network&gt;" in page
    assert "<network>" not in page


def test_a_derivation_shows_its_code(site: Path) -> None:
    page = (site / f"derivations/{SHOWN[2]}.html").read_text(encoding="utf-8")
    assert "import numpy as np" in page
    assert "#include &lt;math.h&gt;" in page


def test_every_verdict_has_its_color() -> None:
    from derivations.engine.verdict import STATUSES
    from derivations.judging.rows import VERDICTS

    assert set(TONES) == {*STATUSES, *VERDICTS}


def test_what_does_not_stand_is_said_on_the_front_page(found: Findings, tmp_path: Path) -> None:
    wrong = replace(found.comparisons[0], measurement=5.0)
    write_site(replace(found, comparisons=(wrong,)), ResultFolder(tmp_path))
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "Something does not stand" in page
    assert "All derivations stand" not in page


def test_a_gauge_puts_the_measurement_and_the_rival_on_their_sides(found: Findings) -> None:
    picture = gauge_svg(found.comparisons[0])
    disc = float(re.search(r'circle cx="([\d.]+)"', picture)[1])  # type: ignore[index]
    cross = float(re.search(r'path d="M([\d.]+)', picture)[1])  # type: ignore[index]
    assert cross > disc > 200


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium without a window; skipped where Playwright or Chromium is missing."""
    driver = pytest.importorskip(
        "playwright.sync_api", reason="the browser tests need Playwright: pip install '.[browser]'"
    )
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("the browser tests need Chromium; found no program of that name")
    with driver.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_page_opens_without_errors(browser: Any, site: Path, scheme: str, size: dict[str, int]) -> None:
    page = browser.new_page(viewport=size, color_scheme=scheme)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda r: said.append(r.url) if not r.url.startswith(("file:", "data:")) else None)
    for path in pages(site):
        page.goto(path.as_uri())
        assert said == [], path.name
        assert page.locator(".katex-error, .tex.waiting").count() == 0, path.name
        visible = page.evaluate(SEEN)
        assert [text for text in visible if "\\" in text] == [], path.name
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not wide, f"{path.name} must be scrolled sideways"
    page.close()


def test_the_filter_narrows_the_ledger_and_can_be_linked_to(browser: Any, site: Path) -> None:
    page = browser.new_page()
    page.goto((site / "ledger.html").as_uri())
    rows = page.locator("article.row:visible")
    total = rows.count()
    page.select_option("select[name=paper]", "vanchurin2020towards")
    of_paper = rows.count()
    assert 0 < of_paper < total
    page.select_option("select[name=verdict]", "holds")
    holding = rows.count()
    assert 0 < holding < of_paper
    assert page.locator("form.filter output").text_content() == f"{holding} of {total} shown"
    again = browser.new_page()
    again.goto(page.url)
    assert again.locator("article.row:visible").count() == holding
    page.fill("input[name=search]", "no such words")
    assert rows.count() == 0
    page.click("button[type=reset]")
    page.wait_for_function("document.querySelectorAll('article.row[hidden]').length === 0")
    page.close()
    again.close()


def test_a_link_to_a_row_arrives_there(browser: Any, site: Path) -> None:
    page = browser.new_page(viewport=DESK)
    page.goto((site / "ledger.html").as_uri() + "#vanchurin2020towards-6.4")
    top = page.locator("[id='vanchurin2020towards-6.4']").bounding_box()["y"]
    assert 0 <= top < DESK["height"] / 2
    page.close()


def test_evidence_unfolds_by_keyboard(browser: Any, site: Path) -> None:
    page = browser.new_page()
    page.goto((site / f"derivations/{SHOWN[0]}.html").as_uri())
    fold = page.locator("details.note").first
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    assert fold.locator("li").first.is_visible()
    page.close()
