"""Documents: links resolve, modules and commands that are named exist, code runs."""

from __future__ import annotations

import doctest
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
PACKAGES = ("theory", "derivations", "numerics", "saddlepoint")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
MODULE = re.compile(rf"`((?:{'|'.join(PACKAGES)})(?:\.[A-Za-z_]+)+)")
PLACE = re.compile(rf"`((?:{'|'.join((*PACKAGES, 'tests', 'docs', 'benchmarks'))})/[\w/.]*)`")
COMMAND = re.compile(r"\bsaddlepoint ([a-z]+)\b(?=[^`\n]*`|[ \w-]*(?:--|#|$))", re.MULTILINE)
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def dead_links(text: str, folder: Path) -> list[str]:
    """Relative links without a file behind them."""
    targets = (link.split("#")[0] for link in LINK.findall(text) if "://" not in link)
    return [target for target in targets if target and not (folder / target).exists()]


def unknown_modules(text: str) -> list[str]:
    """Dotted names that are neither a module nor something in one."""
    return [name for name in sorted(set(MODULE.findall(text))) if not known(name)]


def known(name: str) -> bool:
    parent, _, last = name.rpartition(".")
    if find_spec(parent) is None:
        return False
    return find_spec(name) is not None if _is_package(parent) and not _defines(parent, last) else _defines(parent, last)


def _is_package(name: str) -> bool:
    spec = find_spec(name)
    return spec is not None and spec.submodule_search_locations is not None


def _defines(module: str, name: str) -> bool:
    """Whether a module's source names something at all; nothing is imported."""
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        return False
    return re.search(rf"\b{re.escape(name)}\b", Path(spec.origin).read_text(encoding="utf-8")) is not None


def missing_places(text: str) -> list[str]:
    return [place for place in PLACE.findall(text) if not (ROOT / place).exists()]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.name)
def test_links_resolve(path: Path) -> None:
    assert dead_links(path.read_text(encoding="utf-8"), path.parent) == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.name)
def test_named_modules_and_files_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert unknown_modules(text) == []
    assert missing_places(text) == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.name)
def test_code_in_documents_runs(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    test = doctest.DocTestParser().get_doctest(text, {}, path.name, str(path), 0)
    results = doctest.DocTestRunner(optionflags=flags).run(test)
    assert results.failed == 0


def test_documents_that_show_python_were_run() -> None:
    shown = [p.name for p in DOCUMENTS if ">>>" in p.read_text(encoding="utf-8")]
    assert "README.md" in shown


def test_the_readme_starts_with_its_two_commands() -> None:
    blocks = FENCE.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    (first, run), (second, tests) = blocks[:2]
    assert (first, second) == ("bash", "bash")
    assert "python3 -m venv" in run
    assert "saddlepoint run" in run
    assert "python3 -m venv" in tests
    assert "-m pytest" in tests.rstrip().splitlines()[-1]


def test_named_commands_exist() -> None:
    from saddlepoint.cli.app import program

    named = {c for p in DOCUMENTS for c in COMMAND.findall(p.read_text(encoding="utf-8"))}
    assert {"run", "verify"} <= named
    assert sorted(named - set(program.commands)) == []


def test_dead_links_and_unknown_modules_are_found(tmp_path: Path) -> None:
    assert dead_links("see [this](no-such.md) and [that](https://example.org)", tmp_path) == ["no-such.md"]
    assert unknown_modules("`theory.nonsense` and `theory.sums`") == ["theory.nonsense"]
    assert unknown_modules("`theory.sums.Sigma` and `theory.sums.Nonsense`") == ["theory.sums.Nonsense"]
    assert missing_places("`theory/nonsense/` and `theory/models/`") == ["theory/nonsense/"]
