"""Every kind of thing that ships appears in some test."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def classes(source: str) -> set[str]:
    """Public classes defined at the top of a module."""
    tree = ast.parse(source)
    return {n.name for n in tree.body if isinstance(n, ast.ClassDef) and not n.name.startswith("_")}


def rules(source: str) -> set[str]:
    """Functions under the ``@rule(...)`` decorator."""
    functions = (n for n in ast.parse(source).body if isinstance(n, ast.FunctionDef))
    return {f.name for f in functions if any(_is_rule(d) for d in f.decorator_list)}


def _is_rule(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name) and decorator.func.id == "rule"


def untested(names: set[str], tests: str) -> list[str]:
    """Names that do not occur as a word."""
    return sorted(name for name in names if not re.search(rf"\b{re.escape(name)}\b", tests))


def text_of_tests(*folders: str) -> str:
    files = [p for folder in folders for p in sorted((ROOT / "tests" / folder).rglob("test_*.py"))]
    return "\n".join(p.read_text(encoding="utf-8") for p in files if p != Path(__file__))


def test_every_statement_appears_in_a_test() -> None:
    files = sorted((ROOT / "theory" / "statements").glob("*.py"))
    names = set().union(*(classes(p.read_text(encoding="utf-8")) for p in files))
    assert len(names) > 5
    assert untested(names, text_of_tests("theory", "derivations")) == []


def test_every_rule_appears_in_a_test() -> None:
    files = sorted((ROOT / "derivations" / "rules").glob("*.py"))
    names = set().union(*(rules(p.read_text(encoding="utf-8")) for p in files))
    assert len(names) > 10
    assert untested(names, text_of_tests("derivations")) == []


def test_every_paper_appears_in_a_test() -> None:
    names = {p.stem for p in (ROOT / "theory" / "papers").iterdir() if re.search(r"\d{4}", p.stem)}
    assert names
    assert untested(names, text_of_tests("theory", "derivations")) == []


def test_every_module_says_what_it_is() -> None:
    packages = ("theory", "derivations", "numerics", "saddlepoint")
    files = [p for package in packages for p in sorted((ROOT / package).rglob("*.py"))]
    silent = [p for p in files if len(ast.get_docstring(ast.parse(p.read_text(encoding="utf-8"))) or "") < 10]
    assert [str(p.relative_to(ROOT)) for p in silent] == []


@pytest.mark.parametrize(
    ("names", "tests", "missing"),
    [
        ({"Identity"}, "Identity(x, x, domain)", []),
        ({"Identity"}, "IdentityMatrix()", ["Identity"]),
        ({"hessian", "replicate"}, "replicate(model=m)", ["hessian"]),
    ],
)
def test_a_missing_name_is_found(names: set[str], tests: str, missing: list[str]) -> None:
    assert untested(names, tests) == missing


def test_rules_are_recognized_by_their_decorator() -> None:
    source = '@rule("a", "b")\ndef f():\n    pass\n\n@cache\ndef g():\n    pass\n'
    assert rules(source) == {"f"}
