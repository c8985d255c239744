"""Rules that hold for every committed file."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
QUIET = ("theory", "derivations", "numerics")
# Written in pieces, so that this file does not hold what it forbids.
_PLACES = "|".join("/" + name for name in ("work/", "root/", "home/[a-z]", "tmp/[a-z]", "Users/"))
_HOSTS = "|".join(("py" + r"pi\.org", "python" + r"hosted\.", "npm" + r"js\.", "index-" + "url", "artifact" + "ory"))
MACHINE = re.compile(rf"(?<![\w.~$}}])(?:{_PLACES})|{_HOSTS}")


def committed_files() -> list[Path]:
    """Files under version control; those on disk where there is no repository."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        names = [name for name in listed.stdout.split("\0") if name]
        return [ROOT / name for name in names if (ROOT / name).is_file()]
    folders = (*QUIET, "saddlepoint", "tests", "docs", "benchmarks", "notebooks", ".ci")
    found = [p for folder in folders for p in (ROOT / folder).rglob("*") if "__pycache__" not in p.parts]
    return [p for p in (*found, *ROOT.glob("*.md"), ROOT / "pyproject.toml") if p.is_file()]


def star_imports(source: str) -> list[str]:
    nodes = (n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.ImportFrom))
    return [f"line {n.lineno}: from {n.module} import *" for n in nodes if any(a.name == "*" for a in n.names)]


def prints(source: str) -> list[str]:
    nodes = (n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Call))
    return [f"line {n.lineno}" for n in nodes if isinstance(n.func, ast.Name) and n.func.id == "print"]


def asserts(source: str) -> list[str]:
    return [f"line {n.lineno}" for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Assert)]


def evaluations_of_text(source: str) -> list[str]:
    """Where text could be executed: SymPy's ``sympify`` evaluates what is no expression yet, unless it is strict."""
    nodes = list(ast.walk(ast.parse(source)))
    strict = [n.func for n in nodes if isinstance(n, ast.Call) and any(_is_strict(k) for k in n.keywords)]
    names = [_name_of(n) for n in nodes if n not in strict]
    return [n for n in names if n in ("eval", "exec", "parse_expr", "parse_latex", "sympify")]


def _name_of(node: ast.AST) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


def _is_strict(keyword: ast.keyword) -> bool:
    return keyword.arg == "strict" and isinstance(keyword.value, ast.Constant) and keyword.value.value is True


def machine_traces(text: str) -> list[str]:
    """Paths of one machine and hosts of package registries."""
    return [match[0] for match in MACHINE.finditer(text)]


def found_in(files: list[Path], look: Callable[[str], list[str]]) -> dict[str, list[str]]:
    results = {str(p.relative_to(ROOT)): look(p.read_text(encoding="utf-8")) for p in files}
    return {name: found for name, found in results.items() if found}


def python_files(*packages: str) -> list[Path]:
    return [p for p in committed_files() if p.suffix == ".py" and p.relative_to(ROOT).parts[0] in packages]


def test_no_file_has_a_star_import() -> None:
    assert found_in(python_files(*QUIET, "saddlepoint", "tests", "benchmarks"), star_imports) == {}


def test_only_saddlepoint_prints() -> None:
    assert found_in(python_files(*QUIET), prints) == {}


def test_no_package_evaluates_text() -> None:
    # The one place that runs a source runs what the lowering has written.
    found = found_in(python_files(*QUIET, "saddlepoint"), evaluations_of_text)
    assert found == {"numerics/lowering/program.py": ["exec"]}


@pytest.mark.parametrize("source", ["sp.sympify(x)", "map(sp.sympify, xs)", "eval(x)", "sympify(x, strict=False)"])
def test_an_evaluation_of_text_is_seen(source: str) -> None:
    assert evaluations_of_text(source)
    assert not evaluations_of_text("sp.sympify(x, strict=True)")


def test_no_package_asserts() -> None:
    assert found_in(python_files(*QUIET, "saddlepoint"), asserts) == {}


def test_tests_are_no_packages() -> None:
    assert [p for p in committed_files() if p.name == "__init__.py" and p.relative_to(ROOT).parts[0] == "tests"] == []


def test_test_files_have_different_names() -> None:
    names = [p.name for p in committed_files() if p.name.startswith("test_") and p.suffix == ".py"]
    assert sorted(n for n in set(names) if names.count(n) > 1) == []


def test_no_committed_file_names_a_machine_or_a_registry() -> None:
    text = [p for p in committed_files() if p.suffix in {".py", ".md", ".toml", ".txt", ".json", ".cfg", ".yml", ""}]
    assert found_in(text, machine_traces) == {}


@pytest.mark.parametrize(
    ("look", "wrong"),
    [
        (star_imports, "from sympy import *"),
        (prints, "def f():\n    print(1)"),
        (asserts, "def f(x):\n    assert x > 0"),
        (machine_traces, "see " + "/ho" + "me/alice/notes"),
        (machine_traces, "pip install --index-" + "url somewhere"),
        (machine_traces, "https://py" + "pi.org/simple"),
    ],
)
def test_a_violation_is_found(look: Callable[[str], list[str]], wrong: str) -> None:
    assert look(wrong)


@pytest.mark.parametrize(
    ("look", "right"),
    [
        (star_imports, "from sympy import Symbol"),
        (prints, 'def f():\n    """print(1)"""\n    return printer(1)'),
        (asserts, "def f(x):\n    if x <= 0:\n        raise ValueError(x)"),
        (machine_traces, "python3 -m venv .venv && .venv/bin/python -m pip install -e ."),
    ],
)
def test_what_is_allowed_is_left_alone(look: Callable[[str], list[str]], right: str) -> None:
    assert look(right) == []
