"""The page on the kernel names every module of the engine, and only modules of guesses call what guesses."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ENGINE = ROOT / "derivations" / "engine"
PAGE = (ROOT / "docs" / "kernel.md").read_text(encoding="utf-8")
GUESSING = frozenset(
    ("simplify", "trigsimp", "nsimplify", "gammasimp", "combsimp", "hyperexpand", "expand_func", "integrate", "limit",
     "series", "summation", "solve", "solveset", "nsolve", "dsolve", "rsolve", "gruntz", "residue", "refine", "ask",
     "lambdify")
)  # fmt: skip
METHODS = frozenset(
    {"simplify", "trigsimp", "nsimplify", "equals", "integrate", "as_leading_term", "aseries", "nseries"}
)
HINTS = {
    "routes/certificates/antiderivative_hints.py",
    "routes/certificates/recurrence_hints.py",
    "routes/asymptotics/closed_sums.py",
    "routes/reductions/jets.py",
}


def guesses(source: str) -> list[str]:
    """Calls of SymPy's heuristics: ``sp.simplify(...)``, and methods such as ``x.equals(...)``."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        of_sympy = isinstance(node.func.value, ast.Name) and node.func.value.id in ("sp", "sympy")
        if node.func.attr in (GUESSING if of_sympy else METHODS):
            found.append(f"line {node.lineno}: {node.func.attr}")
    return found


def names(source: str) -> list[str]:
    """Heuristics imported by name."""
    nodes = (
        n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.ImportFrom) and (n.module or "").startswith("sympy")
    )
    return [a.name for n in nodes for a in n.names if a.name in GUESSING]


def engine_modules() -> list[str]:
    return sorted(p.relative_to(ENGINE).as_posix() for p in ENGINE.rglob("*.py") if p.name != "__init__.py")


def is_named(module: str) -> bool:
    """By itself, or by a folder it is in."""
    folders = [f"`{parent.as_posix()}/`" for parent in Path(module).parents if parent != Path()]
    return f"`{module}`" in PAGE or any(folder in PAGE for folder in folders)


def test_every_module_of_the_engine_is_on_the_page() -> None:
    assert [m for m in engine_modules() if not is_named(m)] == []


@pytest.mark.parametrize("module", engine_modules())
def test_only_modules_of_guesses_call_heuristics(module: str) -> None:
    source = (ENGINE / module).read_text(encoding="utf-8")
    assert module in HINTS or guesses(source) + names(source) == []


@pytest.mark.parametrize("source", ["sp.simplify(x)", "x.equals(y)", "sympy.limit(f, x, 0)", "(a - b).simplify()"])
def test_a_guess_is_seen(source: str) -> None:
    assert guesses(source)


def test_an_imported_heuristic_is_seen() -> None:
    assert names("from sympy import simplify, Symbol") == ["simplify"]


def test_modules_of_guesses_are_named_as_not_trusted() -> None:
    untrusted = PAGE.split("## What is not trusted")[1].split("## What is taken from outside")[0]
    assert all(f"`{module}`" in untrusted for module in HINTS)


def test_every_test_file_on_the_page_exists() -> None:
    known = {p.stem for p in (ROOT / "tests").rglob("test_*.py")}
    named = {word for word in PAGE.replace("`", " ").replace(",", " ").split() if word.startswith("test_")}
    assert named - known == set()
